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
func (c *call) cut(line string) {
	c.text = line[len("at "):]
	if c.name, c.location, c.paired = cutCall(c.text); !c.paired {
		c.location = c.text
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
