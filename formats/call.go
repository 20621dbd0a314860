package formats

import (
	"math"
	"strings"
)

// call is a line that begins with "at ", cut into the parts that all engines ask for. It is small enough to be passed by
// value in registers: what is passed by a pointer to a function of a table is put on the heap.
type call struct {
	text    string // without "at "
	nameLen int32  // of "NAME (LOCATION)"
	fileLen int32  // of the location as [cutPosition] cuts it
	line    int32
	col     int32
	numbers uint8 // how many follow the file
	paired  bool  // there are parentheses
}

// name returns NAME of "NAME (LOCATION)".
func (c *call) name() string { return c.text[:c.nameLen] }

// location returns what is within the parentheses; all of the text if there are none.
func (c *call) location() string {
	if !c.paired {
		return c.text
	}
	return c.text[c.nameLen+2 : len(c.text)-1]
}

// file returns what stands before the numbers of the location.
func (c *call) file() string { return c.location()[:c.fileLen] }

// cut cuts line, which begins with "at ".
func (c *call) cut(line string) { c.cutText(line[len("at "):]) }

// cutText cuts text, a line without its "at ". Nearly all lines have one pair of parentheses, or none at the end,
// and two numbers.
func (c *call) cutText(text string) {
	if last := len(text) - 1; last > 0 && last < math.MaxInt32 && text[last] == ')' {
		if open := findParen(text); open > 0 && text[open] == '(' && text[open-1] == ' ' {
			location := text[open+1 : last]
			if at, line, col := cutPlaces(location); at > 0 && !hasParen(location[:at]) {
				*c = call{text: text, nameLen: int32(open - 1), fileLen: int32(at), line: int32(line), col: int32(col), numbers: 2, paired: true}
				return
			}
		}
	}
	c.cutAny(text)
}

// cutAny is cutText of any line.
func (c *call) cutAny(text string) {
	if len(text) > math.MaxInt32 {
		text = text[:math.MaxInt32] // which is no frame
	}
	var name string
	c.text = text
	name, _, c.paired = cutCall(text)
	c.nameLen = int32(len(name))
	c.cutNumbers()
}

// cutFrame cuts the line of f, which [ReadPlainAt] or [ReadUndecided] has read from it, and whose "at " ends at from. The fields
// of a frame without marks tell where its parts are.
func (c *call) cutFrame(f *Frame, from int) {
	text := f.Text[from:]
	name, file := len(f.Func), len(f.File)
	paired := name > 0 && text[len(text)-1] == ')' && name+1 < len(text) && text[name+1] == '('
	switch {
	case f.Async || f.Constructor || f.Eval || f.Wasm || name > 0 && !paired || len(text) > math.MaxInt32:
		c.cutText(text)
	case f.Native && paired:
		*c = call{text: text, nameLen: int32(name), fileLen: int32(len(text) - name - len(" ()")), paired: true}
	case f.Line == 0, file == 0, f.Col == 0 && text[len(text)-1] == '0', f.Col == 0 && paired && text[len(text)-2] == '0':
		c.cutText(text) // the column may be 0
	case f.Col == 0:
		*c = call{text: text, nameLen: int32(name), fileLen: int32(file), line: int32(f.Line), numbers: 1, paired: paired}
	default:
		*c = call{text: text, nameLen: int32(name), fileLen: int32(file), line: int32(f.Line), col: int32(f.Col), numbers: 2, paired: paired}
	}
}

// cutNumbers cuts the location.
func (c *call) cutNumbers() {
	location := c.location()
	if at, line, col := cutPlaces(location); at > 0 {
		c.fileLen, c.line, c.col, c.numbers = int32(at), int32(line), int32(col), 2
		return
	}
	file, line, col, numbers := cutPosition(location)
	c.fileLen, c.line, c.col, c.numbers = int32(len(file)), int32(line), int32(col), uint8(numbers)
}

// hasMark reports whether mark, a word and a blank, stands before the name: "async ". A function may be
// called "async" too.
func (c *call) hasMark(mark string) bool {
	if c.paired {
		return strings.HasPrefix(c.name(), mark)
	}
	return strings.HasPrefix(c.text, mark)
}

// endsInParen reports whether the last byte is a parenthesis, which may belong to a name or a file.
func (c *call) endsInParen() bool { return strings.HasSuffix(c.text, ")") }

// cutMark takes a mark, a word and a blank, off the beginning of the line, if more than a location in
// parentheses follows it.
func (c *call) cutMark(mark string) bool {
	rest, ok := strings.CutPrefix(c.text, mark)
	if !ok || rest == "" || rest[0] == '(' {
		return false
	}
	c.text = rest
	if c.paired {
		c.nameLen -= int32(len(mark))
	} else {
		c.cutNumbers()
	}
	return true
}

// readFile reads the location between parentheses: "FILE:LINE:COL", "FILE:LINE" or an absolute "FILE"; anonymous
// is the engine's word for a file that has no name, or "".
func (c *call) readFile(f *Frame, anonymous string) bool {
	if c.numbers < 2 {
		return readFileAt(f, c.location(), anonymous, c.file(), int(c.line), 0, int(c.numbers))
	}
	if file := c.file(); file != anonymous {
		f.File = file
	}
	f.Line, f.Col = int(c.line), int(c.col)
	return true
}

// readBare reads the whole line, which has no parentheses, as "FILE:LINE:COL" or "FILE:LINE".
func (c *call) readBare(f *Frame, anonymous string) bool {
	return readBareAt(f, anonymous, c.text[:c.fileLen], int(c.line), int(c.col), int(c.numbers))
}

// isOrdinary reports whether c is surely a line that no engine alone writes, as a line of a program mostly is: a name
// and a place that hold nothing by which an engine is known, or native code.
func (c *call) isOrdinary() bool {
	switch {
	case !c.paired && (c.numbers == 0 || c.hasMark("async ") || c.text[0] == '?' || c.endsInParen()):
		return false
	case c.paired && (c.nameLen == 0 || !isOrdinaryName(c.name())):
		return false
	case c.numbers == 0:
		return c.location() == "native"
	}
	file := c.file()
	if file == "" || hasParen(file) || strings.HasPrefix(file, addressAt) {
		return false
	}
	switch file[0] {
	case '<':
		return false
	case 'n':
		if file == nativeBun || strings.HasPrefix(file, "node:internal/") {
			return false
		}
	case 'u':
		if file == unknownBun {
			return false
		}
	case 'i':
		if strings.HasPrefix(file, "internal/") {
			return false
		}
	case 'e', 'F', 'U':
		if chakraOrigin(file) != "" || strings.HasPrefix(file, evalAt) {
			return false
		}
	}
	if last := file[len(file)-1]; c.numbers == 1 && !isLetter(last) || last == ']' {
		return false // "#1", "x.js#1:2<eval>", "wasm-function[1]"
	}
	return strings.IndexByte(file, '&') < 0 && !strings.HasSuffix(file, "InternalBytecode.js")
}

// isPlaced reports whether c is a function at a line, and a column if there is one.
func (c *call) isPlaced() bool {
	return c.paired && c.nameLen > 0 && c.line > 0 && (c.numbers < 2 || c.col > 0)
}

// isSilent reports whether c, which is ordinary, is no hint at an engine either.
func (c *call) isSilent() bool {
	if c.numbers != 2 || c.col == 0 {
		return false
	}
	if name := c.name(); name == "<anonymous>" || name == "anonymous" || name == "global" {
		return false
	}
	file := c.file()
	return file != "JavaScript" && strings.IndexByte(file, '>') < 0
}

// isOrdinaryName reports whether name, which is not empty, is in itself no sign of an engine.
func isOrdinaryName(name string) bool {
	switch name[0] {
	case '<':
		return name == "<anonymous>"
	case '?', '(':
		return false // "?anon_"
	case '[':
		if name == "[anon]" {
			return false
		}
	case 'a', 'e':
		if strings.HasPrefix(name, "async ") || strings.HasPrefix(name, evalAt) {
			return false
		}
	}
	switch last := name[len(name)-1]; last {
	case ')', ']', '>':
		return false // "f (as g)", "f [as g]", "Object.<anonymous>"
	case 'e', 'n':
		if strings.HasSuffix(name, " code") || strings.HasSuffix(name, " function") {
			return false // "Global code", "Anonymous function"
		}
	default:
		if isDigit(last) && strings.IndexByte(name, ':') >= 0 {
			return false // "a.js:1 (f)"
		}
	}
	return !hasParen(name)
}
