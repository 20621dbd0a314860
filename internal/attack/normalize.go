package attack

import (
	"encoding/json"
	"unsafe"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// mostCanonical is how many bytes per byte may be allocated for the canonical form of a trace: the
// placeholder of an empty quote is four times its length, the text that holds it doubles as it grows,
// and what is hashed holds it again.
const mostCanonical = 28

// mostOfTwo is the same of two traces, or of a trace and what is said of each of its frames.
const mostOfTwo = 2 * mostCanonical

// normalizeFunctions returns the functions of package normalize that take a trace.
func normalizeFunctions(last *lastText) []Function {
	of := func(name string, most int, run func(trace *stacktrace.Trace) Result) Function {
		return Function{Name: "normalize." + name, Most: most, Prepare: func(text string) func() Result {
			trace := last.parse(text)
			return func() Result { return run(trace) }
		}}
	}
	functions := []Function{
		of("Trace", mostCanonical, func(trace *stacktrace.Trace) Result {
			return measureCanonical(normalize.Trace(trace), trace)
		}),
		of("Same", mostOfTwo, func(trace *stacktrace.Trace) Result {
			normalize.Same(trace, trace)
			return Result{Frames: 2 * len(trace.Frames)}
		}),
		of("Fingerprint", mostCanonical, func(trace *stacktrace.Trace) Result {
			normalize.Fingerprint(trace, normalize.Stable, normalize.CountMessage())
			return Result{Frames: len(trace.Frames)}
		}),
		of("Explain", mostOfTwo, func(trace *stacktrace.Trace) Result {
			all := normalize.Explain(trace, normalize.KeepOrigin(), normalize.KeepQuery())
			held := len(all) * int(unsafe.Sizeof(normalize.Explanation{}))
			for i := range all {
				held += len(all[i].From) + len(all[i].To)
			}
			return Result{Frames: len(trace.Frames), Held: held}
		}),
	}
	for _, s := range []normalize.Strength{normalize.Exact, normalize.Loose} {
		functions = append(functions, Function{Name: "Canonical.Fingerprint/" + s.String(), Most: mostCanonical, Prepare: func(text string) func() Result {
			canonical := normalize.Trace(last.parse(text))
			return func() Result {
				canonical.Fingerprint(s)
				return Result{}
			}
		}})
	}
	return append(functions, Function{Name: "Canonical.MarshalJSON", Most: mostJSON, Prepare: func(text string) func() Result {
		trace := stacktrace.Parse(text[:len(text)/perJSON])
		canonical := normalize.Trace(trace)
		return func() Result {
			encoded, _ := json.Marshal(canonical)
			return Result{Held: len(encoded)}
		}
	}})
}

// measureCanonical adds up what the canonical form of trace holds.
func measureCanonical(c *normalize.Canonical, trace *stacktrace.Trace) Result {
	// A canonical frame is smaller than a frame, and there may be two lists of them.
	return Result{Frames: len(trace.Frames), Held: int(unsafe.Sizeof(*c)) + len(c.Message.Text)}
}
