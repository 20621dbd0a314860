package attack

import (
	"encoding/json"

	"github.com/stacktrace-go/stacktrace"
)

// mostJSON is how many bytes per byte encoding/json may allocate beside the result.
const mostJSON = 64

// perJSON is how much longer a trace may be in JSON than its text: so much less text makes a JSON that
// is about as long as a text.
const perJSON = 8

// mostCut is how many bytes per byte may be allocated where lines are cut: what is left of them is put
// together again.
const mostCut = MostBeside + 1

// mostRendered is how many bytes per byte may be allocated beside a trace or a frame that is written: some
// lines are read again, to see that they say what they should.
const mostRendered = MostBeside + 1

// rootFunctions returns the functions of the root package that take a whole text, or the trace of one.
func rootFunctions(last *lastText) []Function {
	functions := []Function{
		{Name: "Parse", Prepare: func(text string) func() Result {
			return func() Result {
				trace := stacktrace.Parse(text)
				return measure(trace)
			}
		}},
		{Name: "Parser.Parse", Most: mostCut, Prepare: func(text string) func() Result {
			whole := measure(last.parse(text)) // which is made, and cut then
			parser := stacktrace.Parser{MaxBytes: len(text), MaxLine: 100, MaxFrames: 50, MaxDepth: 3}
			return func() Result {
				parser.Parse(text)
				return whole
			}
		}},
		{Name: "ParseReport", Prepare: func(text string) func() Result {
			return func() Result {
				trace := stacktrace.ParseReport(stacktrace.Report{Name: "TypeError", Message: "x", Stack: text})
				return measure(trace)
			}
		}},
		{Name: "ParseReport/message", Prepare: func(text string) func() Result {
			stack := "Error: " + text + "\n    at f (u:1:2)"
			return func() Result {
				trace := stacktrace.ParseReport(stacktrace.Report{Name: "Error", Message: text, Stack: stack})
				return measure(trace)
			}
		}},
		{Name: "Parser.ParseReport/message", Most: mostCut, Prepare: func(text string) func() Result {
			parser := stacktrace.Parser{MaxBytes: len(text), MaxLine: 100, MaxFrames: 50, MaxDepth: 3}
			return func() Result {
				trace := parser.ParseReport(stacktrace.Report{Name: "Error", Message: text, Stack: "Error: x\n    at f (u:1:2)"})
				return measure(trace)
			}
		}},
		{Name: "ParseReport/onerror", Prepare: func(text string) func() Result {
			return func() Result {
				trace := stacktrace.ParseReport(stacktrace.Report{Name: text, Message: text, File: text, Line: 1, Col: 2})
				return measure(trace)
			}
		}},
		{Name: "AppendFrames", Prepare: func(text string) func() Result {
			frames := last.frames(text)
			return func() Result {
				frames = stacktrace.AppendFrames(frames[:0], text)
				return Result{}
			}
		}},
		{Name: "Parser.AppendFrames", Most: mostCut, Prepare: func(text string) func() Result {
			frames := last.frames(text) // with room for all, of which few are kept
			parser := stacktrace.Parser{MaxBytes: len(text), MaxLine: 100, MaxFrames: 50}
			return func() Result {
				kept := parser.AppendFrames(frames[:0], text)
				return Result{Frames: len(kept), Held: len(kept) * 8 * 100}
			}
		}},
		{Name: "Detect", Prepare: func(text string) func() Result {
			n := len(last.frames(text))
			return func() Result {
				stacktrace.Detect(text)
				return Result{Frames: n}
			}
		}},
		{Name: "Trace.Clone", Prepare: func(text string) func() Result {
			trace := last.parse(text)
			return func() Result {
				r := measure(trace.Clone())
				r.Held += len(text)
				return r
			}
		}},
		{Name: "Trace.All", Prepare: func(text string) func() Result {
			trace := last.parse(text)
			return func() Result {
				for t := range trace.All() {
					t.Truncated.Lines = 0
				}
				return Result{}
			}
		}},
		{Name: "Trace.Title", Most: mostRendered, Prepare: func(text string) func() Result {
			trace := last.parse(text)
			return func() Result { return Result{Held: len(trace.Title())} }
		}},
		{Name: "Trace.String", Prepare: func(text string) func() Result {
			trace := last.parse(text)
			return func() Result { return Result{Held: len(trace.String())} }
		}},
		{Name: "Trace.MarshalJSON", Most: mostJSON, Prepare: func(text string) func() Result {
			trace := stacktrace.Parse(text[:len(text)/perJSON])
			return func() Result {
				encoded, _ := json.Marshal(trace)
				return Result{Held: len(encoded)}
			}
		}},
		{Name: "Trace.UnmarshalJSON", Most: mostJSON, Prepare: func(text string) func() Result {
			trace := stacktrace.Parse(text[:len(text)/perJSON])
			encoded, _ := json.Marshal(trace)
			return func() Result {
				var trace stacktrace.Trace
				if err := json.Unmarshal(encoded, &trace); err != nil {
					panic(err)
				}
				return measure(&trace)
			}
		}},
		{Name: "Trace.UnmarshalJSON/text", Most: mostJSON, Prepare: func(text string) func() Result {
			encoded := []byte(text)
			return func() Result {
				var trace stacktrace.Trace
				_ = trace.UnmarshalJSON(encoded)
				return measure(&trace)
			}
		}},
	}
	for _, engine := range []stacktrace.Engine{stacktrace.V8, stacktrace.SpiderMonkey, stacktrace.JSC, stacktrace.Chakra, stacktrace.Rhino, stacktrace.Python} {
		functions = append(functions, Function{Name: "Trace.Render/" + engine.String(), Most: mostRendered, Prepare: func(text string) func() Result {
			trace := last.parse(text)
			return func() Result {
				rendered, _ := trace.Render(engine)
				return Result{Held: len(rendered)}
			}
		}})
	}
	return functions
}
