package stacktrace

import (
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Limits bound what is read of a text from a stranger, and what is kept of it. A limit of zero is none,
// and the zero value reads as [Parse] and [ParseReport] do: time and memory grow with the length of the
// text, whatever it holds, and no more than 1,000 causes are read one behind the other and no more than
// 64 errors one within the other, so that the result can be written as JSON and read again.
//
// What a limit cut is said in [Trace.Truncated]. A result of which something was cut shares no memory
// with the text, so that what is kept is bounded too, however long the text was.
type Limits struct {
	// Bytes is how much of a text is read. What is behind the last line end within it is not looked at;
	// if there is no line end, the line is cut. Of a [Report] it is the limit of the stack.
	Bytes int

	// Line is how many bytes are kept of a line. A longer line is read like any other, so that the
	// function and the position of a frame stay right, but the strings that the result holds of it,
	// such as the Text and the File of a frame, a line of the message or an unparsed line, end there.
	Line int

	// Frames is how many frames are kept of an error: the innermost.
	Frames int

	// Depth is how many errors are kept one within or behind the other: 1 is the error itself, 2 its
	// cause and the errors that it gathers.
	Depth int
}

// Truncated tells how much the limits of a [Limits] left out. It is zero where they cut nothing.
type Truncated struct {
	Bytes  int `json:"bytes,omitempty"`  // at the end of the text, in the outermost error
	Lines  int `json:"lines,omitempty"`  // that were longer than is kept, of this error
	Frames int `json:"frames,omitempty"` // the outermost ones of this error
	Errors int `json:"errors,omitempty"` // causes and gathered errors of this error, with all that are within them
}

// Parse is [Parse] within the limits.
func (l Limits) Parse(text string) (*Trace, error) {
	text, cut := l.cutText(text)
	t, err := Parse(text)
	return l.keep(t, cut), err
}

// ParseReport is [ParseReport] within the limits.
func (l Limits) ParseReport(r Report) (*Trace, error) {
	stack, cut := l.cutText(r.Stack)
	r.Stack = stack
	t, err := ParseReport(r)
	return l.keep(t, cut), err
}

// keep returns what is kept of t, which was read from a text of which cut bytes were not.
func (l Limits) keep(t *Trace, cut int) *Trace {
	t.Truncated.Bytes = cut
	if l.apply(t, 1) || cut > 0 {
		return t.Clone()
	}
	return t
}

// cutText returns what is read of text, and how many bytes are not.
func (l Limits) cutText(text string) (read string, cut int) {
	if l.Bytes <= 0 || len(text) <= l.Bytes {
		return text, 0
	}
	read = text[:l.Bytes+1] // a line that ends just here is whole
	if end := strings.LastIndexByte(read, '\n'); end >= 0 {
		read = read[:end]
	} else {
		read = cutAtRune(text, l.Bytes)
	}
	return read, len(text) - len(read)
}

// cutAtRune returns no more than the first n bytes of s, and no part of a character.
func cutAtRune(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := n; i >= 0 && n-i < utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return s[:i]
		}
	}
	return s[:n]
}

// apply makes t, the error at a depth, what is kept of it, and reports whether anything was cut.
func (l Limits) apply(t *Trace, depth int) (cut bool) {
	if l.Frames > 0 && len(t.Frames) > l.Frames {
		t.Truncated.Frames = len(t.Frames) - l.Frames
		t.Frames = t.Frames[:l.Frames]
		cut = true
	}
	if l.Line > 0 && l.cutLines(t) {
		cut = true
	}
	if l.Depth > 0 && depth >= l.Depth {
		t.Truncated.Errors = countErrors(t.Cause)
		for _, e := range t.Errors {
			t.Truncated.Errors += countErrors(e)
		}
		t.Cause, t.Errors = nil, nil
		cut = cut || t.Truncated.Errors > 0
	}
	if t.Cause != nil && l.apply(t.Cause, depth+1) {
		cut = true
	}
	for _, e := range t.Errors {
		if l.apply(e, depth+1) {
			cut = true
		}
	}
	return cut
}

// countErrors returns how many errors t is, with those that it holds.
func countErrors(t *Trace) int {
	n := 0
	for ; t != nil; t = t.Cause {
		n++
		for _, e := range t.Errors {
			n += countErrors(e)
		}
	}
	return n
}

// cutLines shortens the strings of t, and reports whether one was longer than is kept.
func (l Limits) cutLines(t *Trace) (cut bool) {
	shorten := func(s *string) (isLong bool) {
		isLong = len(*s) > l.Line
		*s = cutAtRune(*s, l.Line)
		cut = cut || isLong
		return isLong
	}
	shortenEach := func(text *string) {
		var long int
		*text, long = l.cutEach(*text)
		t.Truncated.Lines += long
		cut = cut || long > 0
	}
	for i := range t.Frames {
		f := &t.Frames[i]
		if shorten(&f.Text) {
			t.Truncated.Lines++
		}
		for _, s := range f.pieces() {
			shorten(s)
		}
	}
	shorten(&t.Type)
	shorten(&t.Code)
	shortenEach(&t.Message)
	for i := range t.Props {
		shorten(&t.Props[i].Name)
		shortenEach(&t.Props[i].Text)
	}
	for i := range t.Unparsed {
		shortenEach(&t.Unparsed[i])
	}
	return cut
}

// cutEach returns text with each of its lines shortened, and how many were longer.
func (l Limits) cutEach(text string) (short string, long int) {
	if len(text) <= l.Line {
		return text, 0
	}
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > l.Line {
			long++
		}
	}
	switch {
	case long == 0:
		return text, 0
	case strings.IndexByte(text, '\n') < 0:
		return cutAtRune(text, l.Line), long
	}
	return txt.EachLine(text, func(line string) string { return cutAtRune(line, l.Line) }), long
}
