// Package model holds what the readers of a text share: its lines, and the trace that they fill.
package model

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Frame is one call, as the syntax layer reads it.
type Frame = formats.Frame

// Trace is an error as a text reports it. Its fields are those of the root package's Trace, in their
// order, where they are documented: the root takes the one for the other without copying it.
type Trace struct {
	Engine    formats.Engine
	Label     string
	Type      string
	Code      string
	Message   string
	Frames    []Frame
	Cause     *Trace
	Errors    []*Trace
	Props     []Prop
	Context   []string
	Wrapping  []string
	Unparsed  []string
	Truncated Truncated
}

// Prop is a property of an error as it was printed: its name, and its value with its quotes, or the error that the
// value is.
type Prop struct {
	Name, Text string
	Trace      *Trace
}

// Truncated tells what limits left out. The reader knows no limits and leaves it zero.
type Truncated struct{ Bytes, Lines, Frames, Errors int }

// Parsed is a Trace with the lines of its header.
type Parsed struct {
	Trace
	Header string // as they stand in the text
	Before int    // Unparsed[:Before] stand before them

	Braced   bool // the header begins with the brace that Node 8 and 10 put there
	IsBun    bool // an excerpt of the source as Bun prints it stands before the header
	Uncaught bool // an excerpt of the source stands before the header: nobody caught the error
}

// LeaveLines makes lines unparsed ones.
func (t *Trace) LeaveLines(lines Lines) {
	if lines.Bare || lines.Len() == 0 {
		return
	}
	t.Unparsed = txt.WithRoom(t.Unparsed, lines.Len())
	for _, l := range lines.All() {
		t.Unparsed = append(t.Unparsed, l.Raw)
	}
}

// Take appends a frame that was read from l.
func (t *Trace) Take(f *formats.Frame, l Line) {
	t.Frames = append(txt.WithRoom(t.Frames, 1), Frame(*f))
	t.Frames[len(t.Frames)-1].Text = l.Raw
	t.Engine = t.Frames[0].Engine
}

// AddProp adds a property, of which "code" is the error's code too.
func (t *Trace) AddProp(name, text string) {
	text = strings.TrimSuffix(text, ",")
	if name == "code" {
		if code, ok := unquote(text); ok && code != "" {
			t.Code = code
		} else if txt.IsNumber(strings.TrimPrefix(text, "-")) {
			t.Code = text
		}
	}
	t.Props = append(txt.WithRoom(t.Props, 1), Prop{Name: keyOf(name), Text: text})
}

// AddErrorProp adds a property that is an error.
func (t *Trace) AddErrorProp(name string, value *Trace) {
	t.Props = append(txt.WithRoom(t.Props, 1), Prop{Name: keyOf(name), Trace: value})
}

// keyOf returns the name of a property without its quotes.
func keyOf(name string) string {
	if len(name) > 2 {
		if key, ok := unquote(name); ok {
			return key
		}
	}
	return name
}

// unquote returns what stands between quotes, if nothing in it is escaped.
func unquote(s string) (text string, ok bool) {
	if len(s) < 2 || s[0] != s[len(s)-1] || strings.IndexByte("'\"`", s[0]) < 0 || strings.IndexByte(s, '\\') >= 0 {
		return "", false
	}
	return s[1 : len(s)-1], true
}

// SetCode sets the code that a header tells. The properties may have told one, but not the header.
func (t *Trace) SetCode(code string) {
	if code != "" {
		t.Code = code
	}
}

// Leave adds whole lines to the unparsed ones.
func (t *Trace) Leave(lines string) {
	t.Unparsed = txt.AppendLines(t.Unparsed, lines)
}

// Wrap names a wrapping that was around all that p was read from.
func (t *Trace) Wrap(name string) {
	t.Wrapping = append([]string{name}, t.Wrapping...)
}
