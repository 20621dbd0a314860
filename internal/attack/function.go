package attack

import (
	"encoding/json"
	"runtime"
	"slices"
	"unsafe"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// Function is a use of the package that takes a text of anybody's. Prepare returns what is measured,
// and is not part of it.
type Function struct {
	Name    string
	Prepare func(text string) func() Result

	// Line says that the text is a single line, or a piece of one.
	Line bool

	// Most is how many bytes per byte of the text may be allocated beside the result; 0 is
	// [MostBeside].
	Most int
}

// MostBeside is how many bytes per byte of a text may be allocated beside the result.
const MostBeside = 2

// Result is what came out of a text.
type Result struct {
	Frames int // in all
	Held   int // bytes of memory that the result holds beside its frames and the text
}

// Functions returns the functions that take a text.
func Functions() []Function {
	functions := []Function{
		{Name: "Parse", Prepare: func(text string) func() Result {
			return func() Result {
				trace, _ := stacktrace.Parse(text)
				return measure(trace)
			}
		}},
		{Name: "ParseReport", Prepare: func(text string) func() Result {
			return func() Result {
				trace, _ := stacktrace.ParseReport(stacktrace.Report{Name: "TypeError", Message: "x", Stack: text})
				return measure(trace)
			}
		}},
		{Name: "ParseReport/message", Prepare: func(text string) func() Result {
			stack := "Error: " + text + "\n    at f (u:1:2)"
			return func() Result {
				trace, _ := stacktrace.ParseReport(stacktrace.Report{Name: "Error", Message: text, Stack: stack})
				return measure(trace)
			}
		}},
		{Name: "ParseReport/onerror", Prepare: func(text string) func() Result {
			return func() Result {
				trace, _ := stacktrace.ParseReport(stacktrace.Report{Message: text, File: text, Line: 1, Col: 2})
				return measure(trace)
			}
		}},
		{Name: "AppendFrames", Prepare: func(text string) func() Result {
			return func() Result {
				frames, _ := stacktrace.AppendFrames(nil, text)
				return Result{Frames: len(frames)}
			}
		}},
		{Name: "AppendFrames/room", Prepare: func(text string) func() Result {
			frames, _ := stacktrace.AppendFrames(nil, text)
			frames = slices.Grow(frames, 2)
			return func() Result {
				frames, _ = stacktrace.AppendFrames(frames[:0], text)
				return Result{}
			}
		}},
		{Name: "Frames", Prepare: func(text string) func() Result {
			return func() (r Result) {
				for range stacktrace.Frames(text) {
					r.Frames++
				}
				return r
			}
		}},
		{Name: "Detect", Prepare: func(text string) func() Result {
			frames, _ := stacktrace.AppendFrames(nil, text)
			n := len(frames)
			return func() Result {
				stacktrace.Detect(text)
				return Result{Frames: n}
			}
		}},
		{Name: "Trace.String", Prepare: func(text string) func() Result {
			trace, _ := stacktrace.Parse(text)
			return func() Result { return Result{Held: len(trace.String())} }
		}},
		{Name: "Trace.MarshalJSON", Most: 64, Prepare: func(text string) func() Result {
			trace, _ := stacktrace.Parse(text)
			return func() Result {
				encoded, _ := json.Marshal(trace)
				return Result{Held: len(encoded)}
			}
		}},
	}
	for _, engine := range []string{"v8", "spidermonkey", "jsc", "chakra", "python"} {
		functions = append(functions, Function{Name: "Trace.Render/" + engine, Prepare: func(text string) func() Result {
			trace, _ := stacktrace.Parse(text)
			return func() Result {
				rendered, _ := trace.Render(engine)
				return Result{Held: len(rendered)}
			}
		}})
	}
	functions = append(functions, Function{Name: "normalize.Fingerprint", Most: mostCanonical, Prepare: func(text string) func() Result {
		trace, _ := stacktrace.Parse(text)
		return func() Result {
			normalize.Fingerprint(trace, normalize.Stable)
			return Result{Frames: len(trace.Frames)}
		}
	}})
	return append(functions, lineFunctions()...)
}

// mostCanonical is how many bytes per byte may be allocated for the canonical form of a trace: the
// placeholder of an empty quote is four times its length, the text that holds it doubles as it grows,
// and what is hashed holds it again.
const mostCanonical = 28

// lineFunctions returns the functions that take a line, or a piece of one.
func lineFunctions() []Function {
	functions := []Function{
		{Name: "Frame.Caller", Line: true, Prepare: func(text string) func() Result {
			f := stacktrace.Frame{Engine: "v8", Eval: true, Origin: text}
			return func() Result {
				f.Caller()
				return Result{}
			}
		}},
		{Name: "Frame.Caller/all", Line: true, Prepare: func(text string) func() Result {
			return func() Result {
				f := stacktrace.Frame{Engine: "v8", Eval: true, Origin: text}
				for ok := true; ok; {
					f, ok = f.Caller()
				}
				return Result{}
			}
		}},
	}
	for _, whole := range []struct {
		name  string
		trace func(text string) stacktrace.Trace
	}{
		{"message", func(text string) stacktrace.Trace { return stacktrace.Trace{Type: "TypeError", Message: text} }},
		{"func", func(text string) stacktrace.Trace {
			return stacktrace.Trace{Frames: []stacktrace.Frame{{Func: text, File: "http://h/a.js", Line: 1}}}
		}},
		{"file", func(text string) stacktrace.Trace {
			return stacktrace.Trace{Frames: []stacktrace.Frame{{Func: "f", File: "http://h/" + text, Line: 1}}}
		}},
	} {
		functions = append(functions, Function{Name: "normalize.Fingerprint/" + whole.name, Line: true, Most: mostCanonical, Prepare: func(text string) func() Result {
			trace := whole.trace(text)
			return func() Result {
				normalize.Fingerprint(&trace, normalize.Stable)
				return Result{}
			}
		}})
	}
	for _, engine := range stacktrace.Engines() {
		functions = append(functions,
			Function{Name: "formats.Read/" + engine, Line: true, Prepare: func(text string) func() Result {
				return func() Result {
					var f formats.Frame
					formats.Read(&f, engine, text)
					return Result{}
				}
			}},
			Function{Name: "Frame.String/" + engine, Line: true, Prepare: func(text string) func() Result {
				n := len(text) / 5
				f := stacktrace.Frame{Engine: engine, Func: text[:n], Alias: text[n : 2*n], File: text[2*n : 3*n], Line: 1, Col: 2,
					Origin: text[3*n : 4*n], AsyncCause: text[4*n:], Eval: true}
				return func() Result { return Result{Held: len(f.String())} }
			}})
	}
	return functions
}

// measure adds up what trace and the traces within it hold.
func measure(trace *stacktrace.Trace) Result {
	r := Result{Frames: len(trace.Frames), Held: int(unsafe.Sizeof(*trace))}
	r.Held += len(trace.Unparsed)*int(unsafe.Sizeof("")) + len(trace.Props)*int(unsafe.Sizeof(stacktrace.Prop{}))
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
	return all, max(all-Growth*(r.Frames*int(unsafe.Sizeof(stacktrace.Frame{}))+r.Held), 0)
}
