package stacktrace

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// ErrNoFrames says that a text holds no stack frame, or none of the error itself: its cause may have
// some.
var ErrNoFrames = errors.New("stacktrace: no stack frame in the text")

// Trace is an error as a text reports it. The zero value of a field means that the text did not
// say. Its strings are pieces of the text, which they keep in memory; [Trace.Clone] returns a copy
// that does not.
type Trace struct {
	// Engine is the engine in whose syntax the first frame is: "v8", "spidermonkey", "jsc",
	// "chakra", "hermes", "quickjs", "bun", or another of [Engines], among which are those of
	// consoles, components and Python too. Engines write some lines alike; where no line of the
	// trace is one engine's alone, it is the most common engine that writes such lines: "v8" for
	// "at f (u:1:2)", "jsc" for "f@u:1:2". "" if no frame was found.
	Engine string

	// Type is the error's name, "TypeError", without words of the console such as "Uncaught".
	Type string

	// Code is Node's code of the error, as its header or its printed properties tell it:
	// "ERR_INVALID_ARG_TYPE", "ENOENT". In Python it is the code that the message tells: "2" of
	// "[Errno 2]", "404" of "HTTP Error 404", "PERMISSION_DENIED" of gRPC.
	Code string

	// Message is the error's message, which may hold several lines.
	Message string

	// Frames are the calls, innermost first.
	Frames []Frame

	// Cause is the error that caused this one, as the text tells it below this one. A cause that is
	// no error, or that is this error itself ("[Circular *1]"), is among Props.
	Cause *Trace

	// Errors are the errors that this one gathers: those of an AggregateError or an ExceptionGroup.
	// A value among them that is no error has only a Message, the value as it was printed.
	Errors []*Trace

	// Props are the properties of the error that were printed with it, in their order, "code" among
	// them. Errors that are neither cause nor gathered are in the Text of their property.
	Props []Prop

	// Wrapping is what was around the whole text and was taken off to read it, from the outside in
	// with a blank between several:
	//
	//	prefix   the prefix of a log before each line, in which numbers may differ: "[1] ",
	//	         "2026-11-21T10:00:00Z [app] ", "app-1  | "
	//	json     a string of JSON or logfmt, in an object or a log line
	//	escaped  line ends written as \n, \r\n or \\n
	//	joined   lines joined into one by " | " or blanks
	//	html     tags, line breaks and entities of HTML
	//	bom      a byte-order mark
	//
	// The lines in Unparsed and in a Frame's Text are those of the text within, decoded; prefixes,
	// quotes and tags are left out. Around a JSON string, and the <pre> of a page, other text may
	// stand, which is in Unparsed as it is written there. Line ends, indentation and colours are no
	// wrapping.
	Wrapping string

	// Unparsed are the lines that belong to none of the above, in their order: the source excerpt
	// that Node puts before an error, text behind the last frame, other errors that have nothing to
	// do with this one, errors nested too deep, a last line that was cut off.
	// Empty lines at the end of the text are left out.
	Unparsed []string

	// Truncated is what the limits of a [Limits] left out. [Parse] and [ParseReport] leave nothing out.
	Truncated Truncated
}

// Prop is a property of an error as it was printed. Name is without quotes, but with the brackets of
// a symbol or of a property that is not enumerable: "[cause]". Text is the value with its quotes, of
// several lines perhaps, without the indentation of the property.
type Prop struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Report is what a program knows of an error besides its stack: the fields of an Error object and
// the arguments of window.onerror. All are optional.
type Report struct {
	Name    string // error.name
	Message string // error.message, or the first argument of window.onerror
	Stack   string // error.stack
	File    string // the script that window.onerror tells
	Line    int    // its line, 1-based; 0 if unknown
	Col     int    // its column, 1-based; 0 if unknown
}

// Clone returns a copy of t, with its causes and gathered errors, that shares no memory with t or
// with the text that t was parsed from. The strings of the copy are pieces of one new string, so that
// one of them keeps all of them in memory. Clone of nil is nil.
func (t *Trace) Clone() *Trace {
	if t == nil {
		return nil
	}
	c := t.cloneSlices()
	size := 0
	c.eachString(func(s *string, whole string) {
		if !strings.Contains(whole, *s) {
			size += len(*s)
		}
	})
	var b strings.Builder
	b.Grow(size)
	c.eachString(func(s *string, whole string) {
		if i := strings.Index(whole, *s); i >= 0 {
			*s = whole[i : i+len(*s)]
			return
		}
		start := b.Len()
		b.WriteString(*s)
		*s = b.String()[start:]
	})
	return c
}

// cloneSlices returns a copy of t and the errors within it that shares only the bytes of strings.
func (t *Trace) cloneSlices() *Trace {
	c := *t
	c.Frames = cloneExact(t.Frames)
	c.Props = cloneExact(t.Props)
	c.Unparsed = cloneExact(t.Unparsed)
	c.Errors = cloneExact(t.Errors)
	for i, e := range c.Errors {
		if e != nil {
			c.Errors[i] = e.cloneSlices()
		}
	}
	if t.Cause != nil {
		c.Cause = t.Cause.cloneSlices()
	}
	return &c
}

// cloneExact returns a copy of s without room for more. A nil s gives nil.
func cloneExact[E any](s []E) []E {
	if s == nil {
		return nil
	}
	return append(make([]E, 0, len(s)), s...)
}

// eachString calls visit for each string of t and of the errors within it. Whole is another string
// of t, visited before, that may hold the same text; "" if there is none.
func (t *Trace) eachString(visit func(s *string, whole string)) {
	for _, s := range [...]*string{&t.Engine, &t.Type, &t.Code, &t.Message, &t.Wrapping} {
		visit(s, "")
	}
	for i := range t.Frames {
		f := &t.Frames[i]
		visit(&f.Engine, t.Engine)
		visit(&f.Text, "")
		for _, s := range f.pieces() {
			visit(s, f.Text)
		}
	}
	for i := range t.Props {
		visit(&t.Props[i].Name, "")
		visit(&t.Props[i].Text, "")
	}
	for i := range t.Unparsed {
		visit(&t.Unparsed[i], "")
	}
	for _, e := range t.Errors {
		if e != nil {
			e.eachString(visit)
		}
	}
	if t.Cause != nil {
		t.Cause.eachString(visit)
	}
}

// traceJSON is a Trace in JSON. A frame's engine is written only where it is not the trace's. The
// traces within are of this type too: what a method of theirs returned would be gone through once more
// at each level.
type traceJSON struct {
	Engine   string       `json:"engine,omitempty"`
	Type     string       `json:"type,omitempty"`
	Code     string       `json:"code,omitempty"`
	Message  string       `json:"message,omitempty"`
	Frames   []Frame      `json:"frames"`
	Cause    *traceJSON   `json:"cause,omitempty"`
	Errors   []*traceJSON `json:"errors,omitempty"`
	Props    []Prop       `json:"props,omitempty"`
	Wrapping string       `json:"wrapping,omitempty"`
	Unparsed []string     `json:"unparsed,omitempty"`

	Truncated Truncated `json:"truncated,omitzero"`
}

// encoded returns t as it is written; nil is nil.
func (t *Trace) encoded() *traceJSON {
	if t == nil {
		return nil
	}
	out := &traceJSON{t.Engine, t.Type, t.Code, t.Message, make([]Frame, len(t.Frames)), t.Cause.encoded(), nil, t.Props, t.Wrapping, t.Unparsed, t.Truncated}
	copy(out.Frames, t.Frames)
	for i := range out.Frames {
		if out.Frames[i].Engine == t.Engine {
			out.Frames[i].Engine = ""
		}
	}
	for _, e := range t.Errors {
		out.Errors = append(out.Errors, e.encoded())
	}
	return out
}

// decoded returns what was encoded.
func (in *traceJSON) decoded() *Trace {
	if in == nil {
		return nil
	}
	t := &Trace{in.Engine, in.Type, in.Code, in.Message, in.Frames, in.Cause.decoded(), nil, in.Props, in.Wrapping, in.Unparsed, in.Truncated}
	for i := range t.Frames {
		if t.Frames[i].Engine == "" {
			t.Frames[i].Engine = t.Engine
		}
	}
	for _, e := range in.Errors {
		t.Errors = append(t.Errors, e.decoded())
	}
	return t
}

// MarshalJSON writes the trace with the lower-case names of its fields. Zero values are left out,
// but frames are always there; a frame's engine is left out where it is the trace's. The characters
// <, > and & are not escaped here, but a [json.Encoder] around it does so unless told otherwise.
func (t Trace) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(t.encoded()); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Trace) UnmarshalJSON(data []byte) error {
	var in traceJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*t = *in.decoded()
	return nil
}
