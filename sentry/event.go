package sentry

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// Option changes how a trace is written.
type Option func(*config)

type config struct {
	raw       *stacktrace.Trace
	normalize []normalize.Option
}

// Raw tells the trace of the minified code, of which the trace that is written is the mapped one. Both
// must have the same errors; an error of raw without a counterpart is left out.
func Raw(raw *stacktrace.Trace) Option { return func(c *config) { c.raw = raw } }

// Normalize tells the options with which package normalize decides whose code a frame is, such as
// [normalize.AppCode].
func Normalize(opts ...normalize.Option) Option {
	return func(c *config) { c.normalize = append(c.normalize, opts...) }
}

// NewEvent returns t as an event without an ID and a time. It has no fingerprint, so that Sentry groups
// it; a sender who wants errors of all browsers in one group sets Fingerprint to that of package
// normalize.
func NewEvent(t *stacktrace.Trace, opts ...Option) *Event {
	return &Event{
		Platform:  platform(t),
		Level:     level(t),
		Exception: ExceptionList{Exceptions(t, opts...)},
	}
}

// Exceptions returns t and all errors within it as the values of an exception interface: the error itself
// last, and each error before the one that it is within. What t has nothing of is left out; Unparsed
// lines are.
func Exceptions(t *stacktrace.Trace, opts ...Option) []Exception {
	var c config
	for _, opt := range opts {
		opt(&c)
	}
	var values []Exception
	c.append(&values, t, c.raw, nil, "")
	slices.Reverse(values)
	return values
}

// append appends t and then the errors within it, each after the one that it is within.
func (c *config) append(values *[]Exception, t, raw *stacktrace.Trace, parent *int, source string) {
	id := len(*values)
	e := Exception{Type: t.Type, Value: t.Message, Mechanism: mechanism(t), Stacktrace: c.stacktrace(t)}
	e.Mechanism.ExceptionID = id
	if parent != nil {
		e.Mechanism.Type, e.Mechanism.ParentID, e.Mechanism.Source = "chained", parent, source
	}
	if raw != nil {
		e.RawStacktrace = c.stacktrace(raw)
	}
	*values = append(*values, e)
	if t.Cause != nil {
		var rawCause *stacktrace.Trace
		if raw != nil {
			rawCause = raw.Cause
		}
		c.append(values, t.Cause, rawCause, &id, "cause")
	}
	for i, gathered := range t.Errors {
		var rawError *stacktrace.Trace
		if raw != nil && i < len(raw.Errors) {
			rawError = raw.Errors[i]
		}
		c.append(values, gathered, rawError, &id, fmt.Sprintf("errors[%d]", i))
	}
	for i, p := range t.Props {
		if p.Trace == nil {
			continue
		}
		var rawError *stacktrace.Trace
		if raw != nil && i < len(raw.Props) {
			rawError = raw.Props[i].Trace
		}
		c.append(values, p.Trace, rawError, &id, p.Name)
	}
}

// mechanism returns how t came about, as its label tells.
func mechanism(t *stacktrace.Trace) *Mechanism {
	m := &Mechanism{Type: "generic", IsExceptionGroup: len(t.Errors) > 0}
	label := strings.ToLower(t.Label)
	switch {
	case strings.Contains(label, "reject") || strings.Contains(label, "promise"):
		m.Type, m.Handled = "onunhandledrejection", new(bool)
	case strings.Contains(label, "uncaught") || strings.Contains(label, "unhandled"):
		m.Type, m.Handled = "onerror", new(bool)
	}
	set := func(name, value string) {
		if value == "" {
			return
		}
		if m.Data == nil {
			m.Data = map[string]string{}
		}
		m.Data[name] = value
	}
	for _, p := range t.Props {
		set(p.Name, p.Text)
	}
	set("code", t.Code)
	set("label", t.Label)
	return m
}

// stacktrace returns the frames of t, the outermost first; nil if there are none.
func (c *config) stacktrace(t *stacktrace.Trace) *Stacktrace {
	if len(t.Frames) == 0 {
		return nil
	}
	s := &Stacktrace{Frames: make([]Frame, 0, len(t.Frames))}
	for _, f := range slices.Backward(t.Frames) {
		s.Frames = append(s.Frames, c.frame(f))
	}
	return s
}

// unknownFunction is what Sentry's SDKs write for a function without a name.
const unknownFunction = "?"

// nativeFile is what stands for the file of the engine's functions. What stands for another file that
// has no name is in angle brackets.
const nativeFile = "[native code]"

func (c *config) frame(f stacktrace.Frame) Frame {
	out := Frame{
		Function: cmp.Or(f.Func, unknownFunction),
		AbsPath:  f.File,
		Filename: path(f.File),
		Lineno:   f.Line,
		Colno:    f.Col,
		InApp:    normalize.Frame(f, c.normalize...).InApp,
	}
	if name := f.Name(); name != f.Func {
		out.RawFunction = name
	}
	switch {
	case f.File != "":
	case f.Native:
		out.Filename = nativeFile
	case f.Eval:
		out.Filename = "<eval>"
	default:
		out.Filename = "<anonymous>"
	}
	if offset, ok := f.WasmOffset(); ok {
		out.InstructionAddr, out.Platform = fmt.Sprintf("%#x", offset), "native"
	}
	return out
}

// path returns the path of a URL, and anything else as it is.
func path(file string) string {
	scheme, rest, ok := strings.Cut(file, "://")
	if !ok || strings.ContainsAny(scheme, "/\\") {
		return file
	}
	if u, err := url.Parse(file); err == nil && u.Path != "" {
		return u.Path
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return rest[i:]
	}
	return file
}

// platform returns what the code of t runs on.
func platform(t *stacktrace.Trace) string {
	for e := range t.All() {
		for _, f := range e.Frames {
			switch {
			case f.Engine == stacktrace.Python:
				return "python"
			case strings.HasPrefix(f.File, "node:"), strings.HasPrefix(f.File, "/"), strings.HasPrefix(f.File, `C:\`):
				return "node"
			}
		}
	}
	return "javascript"
}

func level(t *stacktrace.Trace) string {
	if strings.HasSuffix(t.Type, "Warning") {
		return "warning"
	}
	return "error"
}
