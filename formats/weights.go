package formats

import "strings"

// Which engine wrote a trace of which no line is a proof.

// Weights adds up, for the engines of one family, what their hints say of the lines of a trace.
type Weights struct {
	at   [len(atOrder)]int
	sign [len(signOrder)]int

	columns bool // an "at" line has a column

	kinds [maxKinds]kind // of the plain "at" lines; kinds[:n] are known
	n     int
}

// kind is what all hints say of plain lines that are alike to them: most lines of a trace are of three
// or four kinds.
type kind struct {
	shape shape
	count int
	hints [len(atOrder)]int8
}

// maxKinds is the number of kinds that are kept; lines of others are weighed one by one.
const maxKinds = 12

// hopeless is a weight that no lines make good for: those of a trace that are weighed are too few.
const hopeless = -3 * never

// AddPlain weighs the line that [ReadPlainAt] has read as f, for which [PlainEngine] has been asked unless it
// is [IsPlain]. It reports false if the line needs [Weights.AddAt]. Before is another such frame, with a
// column, or nil: its file needs not be looked at again. Headed must be the same for all lines.
func (w *Weights) AddPlain(f, before *Frame, headed bool) bool {
	shape, ok := shapeOf(f, before)
	if !ok {
		return false
	}
	for i := range w.kinds[:w.n] {
		if k := &w.kinds[i]; k.shape == shape {
			k.count++
			return true
		}
	}
	return false
}

// AddAt weighs one more line that begins with "at ", and returns the engine that alone writes it, or nil.
// Asked says that [MatchAt] has been asked for the line if it is not plain.
func (w *Weights) AddAt(line string, headed, asked bool) *Format {
	if len(line) <= len("at ") {
		return nil
	}
	var f Frame
	var c call
	c.cut(line)
	if plain := ReadPlainAt(&f, line[len("at "):], nil); plain != NotPlain && plain != IsProof {
		if engine := PlainEngine(&f, line); engine != nil {
			return engine
		}
		if shape, ok := shapeOf(&f, nil); ok && w.n < maxKinds {
			w.addKind(&c, shape, headed)
			return nil
		}
	} else if !asked {
		if engine := c.match(); engine != nil {
			return engine
		}
	}
	w.columns = w.columns || c.numbers == 2
	for i, engine := range atOrder {
		if w.at[i] > hopeless {
			w.at[i] += table[engine].at.weigh(c, headed)
		}
	}
	return nil
}

// addKind weighs c, the first line of its shape.
func (w *Weights) addKind(c *call, shape shape, headed bool) {
	w.columns = w.columns || c.numbers == 2
	k := &w.kinds[w.n]
	w.n++
	k.shape, k.count = shape, 1
	for i, engine := range atOrder {
		k.hints[i] = int8(table[engine].at.weigh(*c, headed))
	}
}

// shape tells of a plain line all that hints ask of it.
type shape struct {
	async, constructor bool
	numbers            uint8 // how many stand behind the file
	name               nameShape
	file               fileShape
}

type nameShape uint8

const (
	noName nameShape = iota
	isOrdinary
	isDotted    // of native code: with a type or more before the name
	isPrototype // of native code, with ".prototype" in it
	isNameless  // "<anonymous>"
	isBracketed // another that begins with "<"
	isUnnamed   // "anonymous"
	isGlobal    // "global"
	isScoped    // "a/<"
)

type fileShape uint8

const (
	isFile fileShape = iota
	isWeb            // begins with "http"
	isURL            // of a line without a column: holds "://"
	isWebURL
)

// nameBytes are kinds of bytes in a name.
type nameBytes uint8

const (
	dotBytes nameBytes = 1 << iota
	bracketBytes
	otherBytes // neither of these, nor a slash, nor of an identifier
)

var nameBytesOf = func() (kinds [256]nameBytes) {
	for c := range kinds {
		switch {
		case inIdentifier[c] || c == '/':
		case c == '.':
			kinds[c] = dotBytes
		case c == '<' || c == '>':
			kinds[c] = bracketBytes
		default:
			kinds[c] = otherBytes
		}
	}
	return kinds
}()

// shapeOf returns the shape of f, which [ReadPlainAt] has read. It reports false if f may be a proof, or have
// more to be asked of.
func shapeOf(f, before *Frame) (s shape, ok bool) {
	s.async, s.constructor = f.Async, f.Constructor
	switch {
	case f.Alias != "":
		return s, false
	case f.Col > 0:
		s.numbers = 2
	case f.Line > 0:
		s.numbers = 1
	}
	var bytes nameBytes
	for i := 0; i < len(f.Func); i++ {
		bytes |= nameBytesOf[f.Func[i]]
	}
	switch name := f.Func; {
	case name == "":
	case bytes&otherBytes != 0, bytes&bracketBytes != 0 && (f.Async || f.Constructor), f.Async && strings.HasPrefix(name, "Promise."):
		return s, false
	case name == "<anonymous>":
		s.name = isNameless
	case name[0] == '<':
		s.name = isBracketed
	case bytes&bracketBytes != 0:
		if !strings.HasSuffix(name, "/<") || strings.IndexByte(name, '<') < len(name)-1 || strings.IndexByte(name, '>') >= 0 {
			return s, false
		}
		s.name = isScoped
	case name == "anonymous":
		s.name = isUnnamed
	case name == "global":
		s.name = isGlobal
	case f.Native && bytes&dotBytes != 0:
		s.name = isDotted
		if strings.Contains(name, ".prototype") {
			s.name = isPrototype
		}
	default:
		s.name = isOrdinary
	}
	if f.Col > 0 && (before == nil || before.File != f.File) && mayProve(f.File) {
		return s, false
	}
	if strings.HasPrefix(f.File, "http") {
		s.file = isWeb
	}
	if s.numbers == 1 && strings.Contains(f.File, "://") {
		s.file += isURL
	}
	return s, true
}

// mayProve reports whether file may tell the engine, or may have been cut at the wrong parenthesis.
func mayProve(file string) bool {
	switch file[0] {
	case 'n':
		if strings.HasPrefix(file, "node:internal/") || strings.HasPrefix(file, nativeBun+":") {
			return true
		}
	case 'i':
		if strings.HasPrefix(file, "internal/") {
			return true
		}
	}
	return strings.IndexByte(file, '(') >= 0 || strings.IndexByte(file, ')') >= 0 || strings.HasSuffix(file, "InternalBytecode.js")
}

// AddSign weighs one more line that does not begin with "at ".
func (w *Weights) AddSign(line string, headed bool) {
	for i, engine := range signOrder {
		if hint := table[engine].sign.hint; hint != nil && w.sign[i] > hopeless {
			w.sign[i] += hint(line, headed)
		}
	}
}

// At returns the engine of the "at" lines: the heaviest, or the default if none outweighs it.
func (w *Weights) At() *Format {
	all := w.at
	for i := range w.kinds[:w.n] {
		for engine, hint := range w.kinds[i].hints {
			all[engine] += w.kinds[i].count * int(hint)
		}
	}
	return heaviest(all[:], atOrder[:], w.columns)
}

// Sign returns the engine of the "@" lines.
func (w *Weights) Sign() *Format { return heaviest(w.sign[:], signOrder[:], false) }

func heaviest(weights []int, engines []Engine, columns bool) *Format {
	best := len(engines) - 1
	most := max(weights[best], 0)
	for i, weight := range weights {
		if weight > most && !(columns && table[engines[i]].at.noColumns) {
			best, most = i, weight
		}
	}
	return table[engines[best]]
}
