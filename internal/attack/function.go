package attack

import (
	"runtime"
	"slices"
	"unsafe"

	"github.com/stacktrace-go/stacktrace"
)

// Function is a use of the library that takes a text of anybody's. Prepare returns what is measured,
// and is not part of it. Functions that came in one list share what they need to know of the last text,
// so they are best prepared one after the other for each text.
type Function struct {
	Name    string
	Prepare func(text string) func() Result

	// Line says that the text is a single line, or a piece of one.
	Line bool

	// Most is how many bytes per byte of the text may be allocated beside the result; 0 is
	// [MostBeside].
	Most int

	// Window is how many bytes the function looks back or ahead at most, so that a byte may cost more
	// until a text is as long; 0 if it has no such bound.
	Window int
}

// MostBeside is how many bytes per byte of a text may be allocated beside the result: two copies, since what stands
// around a trace is taken off in more than one way.
const MostBeside = 2

// Result is what came out of a text.
type Result struct {
	Frames int // in all
	Held   int // bytes of memory that the result holds beside its frames and the text
	Fixed  int // bytes that are allocated for a text of any length
}

// Functions returns the functions that take a text.
func Functions() []Function {
	var last lastText
	functions := rootFunctions(&last)
	functions = append(functions, normalizeFunctions(&last)...)
	functions = append(functions, logscanFunctions()...)
	return append(functions, lineFunctions()...)
}

// lastText keeps what was read of the last text that was asked for.
type lastText struct {
	text  string
	trace *stacktrace.Trace
	found []stacktrace.Frame // nil if they were not asked for
}

func (l *lastText) see(text string) {
	if len(text) != len(l.text) || unsafe.StringData(text) != unsafe.StringData(l.text) {
		*l = lastText{text: text}
	}
}

// parse returns the trace of text.
func (l *lastText) parse(text string) *stacktrace.Trace {
	if l.see(text); l.trace == nil {
		l.trace = stacktrace.Parse(text)
	}
	return l.trace
}

// frames returns the frames of text, with room for two more.
func (l *lastText) frames(text string) []stacktrace.Frame {
	if l.see(text); l.found == nil {
		frames := stacktrace.AppendFrames(nil, text)
		l.found = slices.Grow(frames, 2)
	}
	return l.found
}

// measure adds up what trace and the traces within it hold.
func measure(trace *stacktrace.Trace) Result {
	r := Result{Frames: len(trace.Frames), Held: int(unsafe.Sizeof(*trace))}
	r.Held += (len(trace.Unparsed)+len(trace.Context))*int(unsafe.Sizeof("")) + len(trace.Props)*int(unsafe.Sizeof(stacktrace.Prop{}))
	add := func(t *stacktrace.Trace) {
		inner := measure(t)
		r.Frames += inner.Frames
		r.Held += inner.Held + int(unsafe.Sizeof(t))
	}
	for _, t := range trace.Errors {
		add(t)
	}
	if trace.Cause != nil {
		add(trace.Cause)
	}
	return r
}

// Growth is how much more may be allocated for a slice of the result than it holds: slices grow.
const Growth = 2

// Allocated calls run and returns how many bytes it allocated, and how many of them are beside the
// result, [Growth] times what that holds. Nothing else may run meanwhile.
func Allocated(run func() Result) (all, beside int) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := run()
	runtime.ReadMemStats(&after)
	all = int(after.TotalAlloc - before.TotalAlloc)
	return all, max(all-r.Fixed-Growth*(r.Frames*int(unsafe.Sizeof(stacktrace.Frame{}))+r.Held), 0)
}
