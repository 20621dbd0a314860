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

// cutText cuts text, a line without its "at ".
func (c *call) cutText(text string) {
	if len(text) > math.MaxInt32 {
		text = text[:math.MaxInt32] // which is no frame
	}
	var name string
	c.text = text
	name, _, c.paired = cutCall(text)
	c.nameLen = int32(len(name))
	c.cutNumbers()
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
		return readFile(f, c.location(), anonymous)
	}
	if file := c.file(); file != anonymous {
		f.File = file
	}
	f.Line, f.Col = int(c.line), int(c.col)
	return true
}

// readBare reads the whole line as "FILE:LINE:COL" or "FILE:LINE".
func (c *call) readBare(f *Frame, anonymous string) bool { return readBare(f, c.text, anonymous) }

// isOrdinary reports whether c is surely a line that no engine alone writes, as a line of a program mostly is: a name of
// letters and blanks, and a file with a line and a column that holds nothing by which an engine is known.
func (c *call) isOrdinary() bool {
	if !c.paired || c.numbers != 2 || c.fileLen == 0 {
		return false
	}
	name := c.name()
	for i := 0; i < len(name); i++ {
		if !inOrdinary[name[i]] {
			return false
		}
	}
	if strings.HasPrefix(name, "async ") || strings.HasSuffix(name, " code") || strings.HasSuffix(name, " function") || strings.HasPrefix(c.file(), addressAt) {
		return false
	}
	file := c.file()
	switch file[0] {
	case '<', 'n', 'u', 'i', 'e', 'F', 'U':
		return false // "<input>", "native", "unknown", "internal/", "eval at ", "Function code"
	}
	return !hasParen(file) && strings.IndexByte(file, '[') < 0 && strings.IndexByte(file, '&') < 0 && !strings.HasSuffix(file, "InternalBytecode.js")
}

// inOrdinary holds the bytes of ordinary names.
var inOrdinary = func() (set [256]bool) {
	for c := range set {
		set[c] = inIdentifier[c] || c == '.' || c == ' '
	}
	return set
}()
