package formats

import "strings"

// call is a line that begins with "at ", cut into the parts that all engines ask for.
type call struct {
	text     string // without "at "
	name     string // of "NAME (LOCATION)"
	location string // what is within the parentheses; all of text if there are none
	paired   bool   // there are parentheses

	// The location as [cutPosition] cuts it: numbers is how many follow the file.
	file      string
	line, col int
	numbers   int
}

// cut cuts line, which begins with "at ".
func (c *call) cut(line string) { c.cutText(line[len("at "):]) }

// cutText cuts text, a line without its "at ".
func (c *call) cutText(text string) {
	c.text = text
	if c.name, c.location, c.paired = cutCall(c.text); !c.paired {
		c.location = c.text
	}
	if at, line, col := cutPlaces(c.location); at > 0 {
		c.file, c.line, c.col, c.numbers = c.location[:at], line, col, 2
		return
	}
	c.file, c.line, c.col, c.numbers = cutPosition(c.location)
}

// fill makes c what hints ask of a line without marks that [ReadPlainAt] has read as f.
func (c *call) fill(f *Frame) {
	c.name, c.paired = f.Func, f.Func != ""
	c.file, c.line, c.col = f.File, f.Line, f.Col
	switch {
	case f.Native:
		c.file = "native"
	case f.Col == 0:
		c.numbers = 1
	default:
		c.numbers = 2
	}
	c.location = c.file // the numbers behind it are asked for by themselves
	c.text = c.location
	if c.paired {
		c.text = c.name
	}
}

// hasMark reports whether mark, a word and a blank, stands before the name: "async ". A function may be
// called "async" too.
func (c *call) hasMark(mark string) bool {
	if c.paired {
		return strings.HasPrefix(c.name, mark)
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
	switch n := len(mark); {
	case c.paired && len(c.name) >= n:
		c.name = c.name[n:]
	case !c.paired:
		c.location = rest
		c.file, c.line, c.col, c.numbers = cutPosition(rest)
	}
	return true
}

// readFile reads the location between parentheses: "FILE:LINE:COL", "FILE:LINE" or an absolute "FILE"; anonymous
// is the engine's word for a file that has no name, or "".
func (c *call) readFile(f *Frame, anonymous string) bool {
	if c.numbers < 2 {
		return readFile(f, c.location, anonymous)
	}
	if c.file != anonymous {
		f.File = c.file
	}
	f.Line, f.Col = c.line, c.col
	return true
}

// readBare reads the whole line as "FILE:LINE:COL" or "FILE:LINE".
func (c *call) readBare(f *Frame, anonymous string) bool { return readBare(f, c.text, anonymous) }
