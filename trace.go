package stacktrace

import (
	"iter"
	"strings"
)

// Trace is an error as a text reports it. The zero value of a field means that the text did not
// say. Its strings are pieces of the text, which they keep in memory; [Trace.Clone] returns a copy
// that does not.
type Trace struct {
	// Engine is the engine in whose syntax the first frame is: one of [Engines], among which are those of
	// consoles, components and Python too. Engines write some lines alike; where no line of the
	// trace is one engine's alone, it is the most common engine that writes such lines: [V8] for
	// "at f (u:1:2)", [JSC] for "f@u:1:2". [NoEngine] if no frame was found.
	Engine Engine

	// Label is what a console or a runtime put before the error to tell how it got there, without the
	// colon at its end: "Uncaught", "Uncaught (in promise)", "Unhandled Rejection",
	// "UnhandledPromiseRejectionWarning". The level "error:" of Deno and Bun is no label. Words that a
	// program printed before its error are taken off too, but are not kept.
	Label string

	// Type is the error's name, "TypeError", without its Label.
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
	// them.
	Props []Prop

	// Context are the lines of source code that the text shows with the error, in their order and as they
	// stand in the text: with the place above them, their numbers, and the carets below. Node, Deno and Bun
	// print them before an error that nobody caught, Babel, Vite, Jest and Next around the frames. The
	// [Frame.Source] of the frame that they are of is one of them. A line that a text shows below each frame,
	// as Python does, is only there.
	Context []string

	// Wrapping is what was around the whole text and was taken off to read it, outermost first:
	//
	//	prefix   the prefix of a log before lines, in which numbers may differ: "[1] ",
	//	         "2026-11-21T10:00:00Z [app] ", "app-1  | "
	//	json     a string or a list of JSON or logfmt, in an object or a log line; or a member of
	//	         the objects that the lines are
	//	yaml     a block of YAML
	//	quoted   a string as Node prints it in an object, perhaps in parts: 'x\n' + 'y'
	//	escaped  line ends written as \n, \r\n, \\n or #012
	//	pasted   colours whose escape became visible, no-break spaces, the edges of a table, quotes
	//	         around the whole
	//	wrapped  lines that were cut at the width of a terminal
	//	joined   lines joined into one by " | " or blanks
	//	html     tags, line breaks and entities of HTML
	//	bom      a byte-order mark
	//
	// The lines in Unparsed and in a Frame's Text are those of the text within, decoded; prefixes,
	// quotes and tags are left out. Around a JSON string, and the <pre> of a page, other text may
	// stand, which is in Unparsed as it is written there. Line ends, indentation and colours are no
	// wrapping.
	Wrapping []string

	// Unparsed are the lines that belong to none of the above, in their order: text behind the last frame,
	// other errors that have nothing to do with this one, errors nested too deep, a last line that was cut off.
	// Empty lines at the end of the text are left out.
	Unparsed []string

	// Truncated is what the limits of a [Parser] left out. The functions of the package have no limits.
	Truncated Truncated
}

// Prop is a property of an error as it was printed. Name is without quotes, but with the brackets of
// a symbol or of a property that is not enumerable: "[cause]". Text is the value with its quotes, of
// several lines perhaps, without the indentation of the property. If the value is an error, Trace is that
// error, and Text is "".
type Prop struct {
	Name  string `json:"name"`
	Text  string `json:"text,omitempty"`
	Trace *Trace `json:"trace,omitempty"`
}

// All returns an iterator over t and all errors within it, depth first: t itself, then its cause with
// all within that, then each error that it gathers with all within that, and then each that is a property.
// Of nil there are none.
func (t *Trace) All() iter.Seq[*Trace] {
	return func(yield func(*Trace) bool) { t.visit(yield) }
}

// visit calls yield for t and all errors within it until yield returns false, and returns what yield
// returned last.
func (t *Trace) visit(yield func(*Trace) bool) bool {
	if t == nil {
		return true
	}
	if !yield(t) || !t.Cause.visit(yield) {
		return false
	}
	for _, e := range t.Errors {
		if !e.visit(yield) {
			return false
		}
	}
	for _, p := range t.Props {
		if !p.Trace.visit(yield) {
			return false
		}
	}
	return true
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
	for i := range c.Props {
		if e := c.Props[i].Trace; e != nil {
			c.Props[i].Trace = e.cloneSlices()
		}
	}
	c.Context = cloneExact(t.Context)
	c.Wrapping = cloneExact(t.Wrapping)
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
	for _, s := range [...]*string{&t.Label, &t.Type, &t.Code, &t.Message} {
		visit(s, "")
	}
	for i := range t.Frames {
		f := &t.Frames[i]
		visit(&f.Text, "")
		for _, s := range f.pieces() {
			visit(s, f.Text)
		}
	}
	for i := range t.Props {
		visit(&t.Props[i].Name, "")
		visit(&t.Props[i].Text, "")
		if e := t.Props[i].Trace; e != nil {
			e.eachString(visit)
		}
	}
	for i := range t.Context {
		visit(&t.Context[i], "")
	}
	for i := range t.Wrapping {
		visit(&t.Wrapping[i], "")
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
