package formats

import "strings"

// Which engine wrote a trace in which no line is conclusive.

// Weights adds up, for the engines of one family, what their hints say of the lines of a trace.
type Weights struct {
	at   [len(table)]int // by engine
	sign [len(table)]int

	columns bool // an "at" line has a column

	kinds [maxKinds]kind // of "at" lines; kinds[:n] are known
	n     int

	file    string // the last one that tells no engine
	numbers uint8  // behind it
	place   shape  // of both
}

// kind is what all hints say of lines that are alike to them: most lines of a trace are of three or four kinds.
type kind struct {
	shape shape
	count int
	hints [len(table)]int8
}

// maxKinds is the number of kinds that are kept; lines of others are weighed one by one.
const maxKinds = 12

// hopeless is a weight so low that other lines cannot outweigh it: only so many lines of a trace are weighed.
const hopeless = -3 * never

// AddAt weighs one more line that begins with "at ", and returns the engine that alone writes it, or nil.
// Headed must be the same for all lines.
func (w *Weights) AddAt(line string, headed bool) *Format {
	if len(line) <= len("at ") {
		return nil
	}
	var c call
	c.cut(line)
	return w.add(&c, headed)
}

// AddFrame weighs the line of f as AddAt does. F is one that [ReadPlainAt] or [ReadUndecided] has read, and the "at " of its
// line ends at from.
func (w *Weights) AddFrame(f *Frame, from int, headed bool) *Format {
	var c call
	c.cutFrame(f, from)
	return w.add(&c, headed)
}

func (w *Weights) add(c *call, headed bool) *Format {
	var shape shape
	ok := false
	if c.numbers == w.numbers && c.isPlaced() && c.file() == w.file && isOrdinaryName(c.name()) {
		shape, ok = shapeOfName(c, w.place)
	} else {
		isOrdinary := c.isOrdinary()
		if !isOrdinary {
			if engine := c.matchAny(); engine != nil {
				return engine
			}
		}
		if shape, ok = shapeOfPlace(c); ok {
			if isOrdinary && c.isPlaced() {
				w.file, w.numbers, w.place = c.file(), c.numbers, shape
			}
			shape, ok = shapeOfName(c, shape)
		}
	}
	w.columns = w.columns || c.numbers == 2
	if !ok {
		w.addAlone(c, headed)
		return nil
	}
	for i := range w.kinds[:w.n] {
		if k := &w.kinds[i]; k.shape == shape {
			k.count++
			return nil
		}
	}
	if w.n == maxKinds {
		w.addAlone(c, headed)
		return nil
	}
	k := &w.kinds[w.n]
	w.n++
	k.shape, k.count = shape, 1
	for _, format := range atOrder {
		k.hints[format.engine] = int8(format.at.weigh(*c, headed))
	}
	return nil
}

// addAlone weighs a line whose hints are not kept for others of its kind.
func (w *Weights) addAlone(c *call, headed bool) {
	for _, format := range atOrder {
		if w.at[format.engine] > hopeless {
			w.at[format.engine] += format.at.weigh(*c, headed)
		}
	}
}

// shape holds what hints need to know of a line.
type shape uint32

// What stands behind the file, and what a name is. The bits above are shapes by themselves.
const (
	oneNumber shape = 1 + iota
	twoNumbers
	zeroColumn // two numbers, the second of which is 0

	isNameless shape = iota << 2 // "<anonymous>"
	isUnnamed                    // "anonymous"
	isGlobal                     // "global"
	isMain                       // "main"
	isScoped                     // ends in "/<"

	isBare        shape = 32 << iota // there are no parentheses
	isAsync                          // "async " stands before the name
	isConstructor                    // "new " stands before the name
	hasBlank                         // in the name, behind such a mark
	isWeb                            // the file begins with "http"
	isURL                            // the file of a line without a column holds "://"
	isNative
	isDotted    // native code with a type before its name
	isPrototype // native code with ".prototype" in its name
)

// shapeOf returns the shape of c. It reports false if a hint may need to know more of c.
func shapeOf(c *call) (s shape, ok bool) {
	if s, ok = shapeOfPlace(c); ok {
		return shapeOfName(c, s)
	}
	return 0, false
}

// shapeOfName is shapeOf where the shape of the place is known.
func shapeOfName(c *call, s shape) (_ shape, ok bool) {
	if !c.paired {
		return s | isBare, c.numbers > 0 && !c.hasMark("async ") && !c.hasMark("new ")
	}
	name := c.name()
	switch {
	case name == "", name == "new":
		return 0, false
	case c.hasMark("async "):
		s |= isAsync
		name = name[len("async "):]
	case c.hasMark("new "):
		s |= isConstructor
		name = name[len("new "):]
	}
	var bytes nameBytes
	for i := 0; i < len(name); i++ {
		bytes |= nameBytesOf[name[i]]
	}
	if bytes&blankBytes != 0 {
		s |= hasBlank
	}
	if s&isNative != 0 && bytes&dotBytes != 0 {
		s |= isDotted
		if strings.Contains(name, ".prototype") {
			s |= isPrototype
		}
	}
	switch {
	case bytes&otherBytes != 0:
		return 0, false
	case bytes&bracketBytes == 0:
		return s | wordShape(name), true
	case name == "<anonymous>":
		return s | isNameless, s&isConstructor == 0
	case strings.HasSuffix(name, "/<") && strings.IndexByte(name, '<') == len(name)-1 && strings.IndexByte(name, '>') < 0:
		return s | isScoped, bytes&blankBytes == 0 && s&(isAsync|isConstructor) == 0
	}
	return 0, false
}

// wordShape returns what an engine may mean by a name.
func wordShape(name string) shape {
	switch name {
	case "anonymous":
		return isUnnamed
	case "global":
		return isGlobal
	case "main":
		return isMain
	}
	return 0
}

// shapeOfPlace returns what the shape of c tells of its place. It reports false as [shapeOf] does.
func shapeOfPlace(c *call) (s shape, ok bool) {
	file := c.file()
	switch {
	case c.numbers == 0:
		return isNative, c.paired && c.location() == "native"
	case file == "", file[0] == '<', strings.HasPrefix(file, nativeBun), file == "JavaScript", strings.HasPrefix(file, evalAt), strings.IndexByte(file, '>') >= 0:
		return 0, false
	case c.numbers == 1:
		s = oneNumber
		if strings.Contains(file, "://") {
			s |= isURL
		}
	case c.col == 0:
		s = zeroColumn
		ok = c.line > 0
		if !ok {
			return 0, false
		}
	default:
		s = twoNumbers
	}
	if strings.HasPrefix(file, "http") {
		s |= isWeb
	}
	return s, true
}

// nameBytes are kinds of bytes in a name.
type nameBytes uint8

const (
	dotBytes nameBytes = 1 << iota
	bracketBytes
	blankBytes
	otherBytes // of which a name may be more than its letters: parentheses, quotes, brackets
)

var nameBytesOf = func() (kinds [256]nameBytes) {
	for c := range kinds {
		switch {
		case inIdentifier[c] || c == '/' || c == '-' || c == ':' || c == '@':
		case c == '.':
			kinds[c] = dotBytes
		case c == '<' || c == '>':
			kinds[c] = bracketBytes
		case c == ' ':
			kinds[c] = blankBytes
		default:
			kinds[c] = otherBytes
		}
	}
	return kinds
}()

// AddSign weighs one more line that does not begin with "at ".
func (w *Weights) AddSign(line string, headed bool) {
	for _, format := range signOrder {
		if hint := format.sign.hint; hint != nil && w.sign[format.engine] > hopeless {
			w.sign[format.engine] += hint(line, headed)
		}
	}
}

// At returns the engine of the "at" lines: the heaviest, or the default if none outweighs it.
func (w *Weights) At() *Format {
	all := w.at
	for i := range w.kinds[:w.n] {
		k := &w.kinds[i]
		for _, format := range atOrder {
			all[format.engine] += k.count * int(k.hints[format.engine])
		}
	}
	return heaviest(&all, atOrder, w.columns)
}

// Sign returns the engine of the "@" lines.
func (w *Weights) Sign() *Format { return heaviest(&w.sign, signOrder, false) }

func heaviest(weights *[len(table)]int, formats []*Format, columns bool) *Format {
	best := formats[len(formats)-1]
	most := max(weights[best.engine], 0)
	for _, format := range formats {
		if weight := weights[format.engine]; weight > most && !(columns && format.at.noColumns) {
			best, most = format, weight
		}
	}
	return best
}
