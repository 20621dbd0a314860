package stacktrace

import (
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Parser reads texts as [Parse] and the other functions of this package do, within limits. A limit that
// is zero or less means no limit, so the zero Parser does what the functions do.
//
// Limits bound what is read and what is kept. Without them too, time and memory grow only with the
// length of the text, whatever it holds, and the errors of a Trace nest at most 64 deep, with at most
// 1,000 causes in a row, so that the result can be written as JSON and read again.
//
// [Trace.Truncated] tells what the limits left out. A Trace of which something was left out shares no
// memory with the text, so a few kept bytes never keep a long text in memory.
//
// A Parser has no other state. It is safe for concurrent use.
type Parser struct {
	// MaxBytes is how many bytes are read of a text, and of each string of a [Report]. The text ends at
	// the last line end within the limit, or within a line if there is none.
	MaxBytes int

	// MaxLine is how many bytes of a line are kept. A longer line is read in full, so the function and
	// the position of its frame are right, but every string of the result that comes from it is cut to
	// this length: the Text or File of a frame, a line of a message, an unparsed line.
	MaxLine int

	// MaxFrames is how many frames of each error are kept: the innermost ones.
	MaxFrames int

	// MaxDepth is how deep errors are kept: 1 is the error itself, 2 its cause and the errors that it
	// gathers, 3 theirs.
	MaxDepth int
}

// Untrusted returns the Parser for what strangers send. Its limits are far above what programs print,
// and low enough to keep many results in memory:
//
//   - MaxBytes is 1 MiB. A trace of 1,000 frames with long URLs has about 200 KiB.
//   - MaxLine is 8 KiB, the length to which servers commonly limit a URL. Longer lines are data: URLs
//     and minified source in an excerpt.
//   - MaxFrames is 256. Engines print 10 to 128 frames unless told otherwise; beyond 256 there is
//     hardly anything but recursion.
//   - MaxDepth is 16. Chains of causes have a handful of errors, and readers of the result that
//     recurse stay shallow.
//
// A program with other needs changes the fields.
func Untrusted() Parser {
	return Parser{MaxBytes: 1 << 20, MaxLine: 8 << 10, MaxFrames: 256, MaxDepth: 16}
}

// Truncated tells how much the limits of a [Parser] left out. It is zero if they left out nothing.
type Truncated struct {
	Bytes  int `json:"bytes,omitempty"`  // at the ends of the texts that were read; only in the outermost error, the last one of ParseAll
	Lines  int `json:"lines,omitempty"`  // lines of this error that were cut
	Frames int `json:"frames,omitempty"` // frames of this error, the outermost ones
	Errors int `json:"errors,omitempty"` // causes and gathered errors of this error, with all errors within them
}

// Parse is the function [Parse] within the limits.
func (p Parser) Parse(text string) *Trace {
	text, cut := p.cutText(text)
	return p.keep(Parse(text), cut)
}

// ParseAll is the function [ParseAll] within the limits.
func (p Parser) ParseAll(text string) []*Trace {
	text, cut := p.cutText(text)
	all := ParseAll(text)
	for i, t := range all {
		of := 0
		if i == len(all)-1 {
			of = cut // the text was cut behind it
		}
		all[i] = p.keep(t, of)
	}
	return all
}

// ParseReport is the function [ParseReport] within the limits.
func (p Parser) ParseReport(r Report) *Trace {
	cut := 0
	for _, s := range [...]*string{&r.Name, &r.Message, &r.Stack, &r.File} {
		read, n := p.cutText(*s)
		*s = read
		cut += n
	}
	return p.keep(ParseReport(r), cut)
}

// AppendFrames is the function [AppendFrames] within the limits. It does not tell what they left out.
// If they left out anything, the appended frames share no memory with text.
func (p Parser) AppendFrames(dst []Frame, text string) []Frame {
	read, cut := p.cutText(text)
	all := AppendFrames(dst, read)
	t := Trace{Frames: all[len(dst):]}
	if isCut := p.cutTrace(&t, 1); !isCut && cut == 0 {
		return all
	}
	kept := t.Clone().Frames
	clear(dst[len(dst):min(len(all), cap(dst))]) // frames behind the kept ones would keep text in memory
	return append(dst, kept...)
}

// keep returns what is kept of t, which was read from texts of which cut bytes were left out.
func (p Parser) keep(t *Trace, cut int) *Trace {
	t.Truncated.Bytes = cut
	if p.cutTrace(t, 1) || cut > 0 {
		return t.Clone()
	}
	return t
}

// cutText returns what is read of text, and how many bytes are not.
func (p Parser) cutText(text string) (read string, cut int) {
	if p.MaxBytes <= 0 || len(text) <= p.MaxBytes {
		return text, 0
	}
	read = text[:p.MaxBytes+1] // a line that ends just here is whole
	if end := strings.LastIndexByte(read, '\n'); end >= 0 {
		read = read[:end]
	} else {
		read = cutAtRune(text, p.MaxBytes)
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

// cutTrace reduces t, an error at a depth from 1, to what is kept, and reports whether anything was left
// out.
func (p Parser) cutTrace(t *Trace, depth int) (cut bool) {
	if p.MaxFrames > 0 && len(t.Frames) > p.MaxFrames {
		t.Truncated.Frames = len(t.Frames) - p.MaxFrames
		t.Frames = t.Frames[:p.MaxFrames]
		cut = true
	}
	if p.MaxLine > 0 && p.cutLines(t) {
		cut = true
	}
	if p.MaxDepth > 0 && depth >= p.MaxDepth {
		t.Truncated.Errors = countErrors(t.Cause)
		for _, e := range t.Errors {
			t.Truncated.Errors += countErrors(e)
		}
		for i := range t.Props {
			t.Truncated.Errors += countErrors(t.Props[i].Trace)
			t.Props[i].Trace = nil
		}
		t.Cause, t.Errors = nil, nil
		cut = cut || t.Truncated.Errors > 0
	}
	if t.Cause != nil && p.cutTrace(t.Cause, depth+1) {
		cut = true
	}
	for _, e := range t.Errors {
		if p.cutTrace(e, depth+1) {
			cut = true
		}
	}
	for _, prop := range t.Props {
		if prop.Trace != nil && p.cutTrace(prop.Trace, depth+1) {
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
		for _, p := range t.Props {
			n += countErrors(p.Trace)
		}
	}
	return n
}

// cutLines shortens the strings of t, and reports whether one was longer than is kept.
func (p Parser) cutLines(t *Trace) (cut bool) {
	shorten := func(s *string) (isLong bool) {
		isLong = len(*s) > p.MaxLine
		*s = cutAtRune(*s, p.MaxLine)
		cut = cut || isLong
		return isLong
	}
	shortenEach := func(text *string) {
		var long int
		*text, long = p.cutEach(*text)
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
	shorten(&t.Label)
	shorten(&t.Type)
	shorten(&t.Code)
	shortenEach(&t.Message)
	for i := range t.Props {
		shorten(&t.Props[i].Name)
		shortenEach(&t.Props[i].Text)
	}
	for i := range t.Context {
		shortenEach(&t.Context[i])
	}
	for i := range t.Unparsed {
		shortenEach(&t.Unparsed[i])
	}
	return cut
}

// cutEach returns text with each of its lines shortened, and how many were longer.
func (p Parser) cutEach(text string) (short string, long int) {
	if len(text) <= p.MaxLine {
		return text, 0
	}
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > p.MaxLine {
			long++
		}
	}
	switch {
	case long == 0:
		return text, 0
	case strings.IndexByte(text, '\n') < 0:
		return cutAtRune(text, p.MaxLine), long
	}
	return txt.EachLine(text, func(line string) string { return cutAtRune(line, p.MaxLine) }), long
}
