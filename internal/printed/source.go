package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Source tells how the lines of a text are read.
type Source struct {
	// Strip takes the colours off a line. Nil where the text has none.
	Strip func(line string) string

	Errors Errors // reads the errors among them
}

// Errors reads an error that stands within another: the reader of whole texts does.
type Errors interface {
	// Segment reads text, of which the first line ends in what it says of the error, value.
	Segment(text, value string) Found

	// Excerpted reads an error that begins with an excerpt of its source. It reports false if it has no
	// frames.
	Excerpted(text string) (Found, bool)

	// Begins reports whether a header at the beginning of text has frames behind it, so that another error
	// begins there. The texts of later calls end where that of the first does.
	Begins(text string) bool
}

// Found is an error that was read, as far as its frames.
type Found struct {
	*model.Parsed
	Size int    // how much of the text it is
	Tail string // what else is in the last frame's line, of the object that the error was printed in
	Open bool   // it has no frames, and its properties follow
}

// lineReader reads the lines of a text one by one.
type lineReader struct {
	Source
	text string
	pos  int

	closers string // the brackets and the comma behind what was read last, which close what is around it
}

func (s Source) lines(text string) *lineReader { return &lineReader{Source: s, text: text} }

// stripped returns line without colours.
func (s Source) stripped(line string) string {
	if s.Strip == nil {
		return line
	}
	return s.Strip(line)
}

// body returns line without what surrounds its content: colours, blanks on either side.
func (s Source) body(line string) string { return txt.TrimBlanks(s.stripped(line)) }

// peek returns the next line and where the one behind it begins; ok is false at the end.
func (r *lineReader) peek() (line model.Line, next int, ok bool) {
	if r.pos >= len(r.text) {
		return model.Line{}, r.pos, false
	}
	raw, next := txt.LineAt(r.text, r.pos)
	own := strings.TrimRight(r.stripped(raw), " \t\r")
	body := strings.TrimLeft(own, " \t")
	return model.Line{Raw: raw, Own: own, Body: body, Indent: len(own) - len(body)}, next, true
}

// skip goes to the next line.
func (r *lineReader) skip() { _, r.pos, _ = r.peek() }

// readValue reads the lines of a value that begins with first, on the line that r is at, and belongs
// to a property or an element with the given indentation.
func (r *lineReader) readValue(first string, indent int) string {
	r.skip()
	from, size := r.pos, len(first)
	level := opened(first)
	for {
		line, next, ok := r.peek()
		if !ok || line.Body == "" || line.Indent < indent {
			break
		}
		if line.Indent == indent {
			if level <= 0 {
				break
			}
		}
		if strings.IndexByte("}])", line.Body[0]) >= 0 {
			level--
		}
		level += opened(line.Body)
		size += len("\n") + len(line.Own) - indent
		r.pos = next
	}
	return r.join(first, from, indent, size)
}

// join returns first and the lines from an offset up to the one that r is at, without an indentation. Length
// is that of all of it.
func (r *lineReader) join(first string, from, indent, length int) string {
	if from == r.pos {
		return first
	}
	var b strings.Builder
	b.Grow(length)
	b.WriteString(first)
	again := lineReader{Source: r.Source, text: r.text[:r.pos], pos: from}
	for {
		line, next, ok := again.peek()
		if !ok {
			return b.String()
		}
		b.WriteByte('\n')
		b.WriteString(line.Own[min(indent, len(line.Own)):])
		again.pos = next
	}
}
