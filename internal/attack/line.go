package attack

import (
	"unsafe"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// lineFunctions returns the functions that take a line, or a piece of one.
func lineFunctions() []Function {
	of := func(name string, run func(text string)) Function {
		return Function{Name: name, Line: true, Prepare: func(text string) func() Result {
			return func() Result {
				run(text)
				return Result{}
			}
		}}
	}
	functions := []Function{
		of("Frame.Caller", func(text string) {
			f := stacktrace.Frame{Engine: stacktrace.V8, Eval: true, Origin: text}
			f.Caller()
		}),
		of("Frame.Caller/all", func(text string) {
			f := stacktrace.Frame{Engine: stacktrace.V8, Eval: true, Origin: text}
			for ok := true; ok; {
				f, ok = f.Caller()
			}
		}),
		{Name: "Frame.Name", Line: true, Prepare: func(text string) func() Result {
			return func() Result { return Result{Held: len(piecesOf(text, stacktrace.V8).Name())} }
		}},
		{Name: "Frame.Location", Line: true, Prepare: func(text string) func() Result {
			return func() Result {
				f := stacktrace.Frame{Engine: stacktrace.V8, Text: text}
				return Result{Held: len(piecesOf(text, stacktrace.V8).Location()) + len(f.Location())}
			}
		}},
		of("Trace.Title/message", func(text string) { (&stacktrace.Trace{Type: text, Message: text}).Title() }),
		{Name: "Frame.Clone", Line: true, Prepare: func(text string) func() Result {
			return func() Result { return Result{Held: len(piecesOf(text, stacktrace.V8).Clone().Text)} }
		}},
	}
	functions = append(functions, canonicalFunctions()...)
	functions = append(functions,
		of("formats.MatchAt", func(text string) { formats.MatchAt(text) }),
		of("formats.MatchSign", func(text string) { formats.MatchSign(text) }),
		of("formats.Weights", func(text string) {
			var w formats.Weights
			w.AddAt(text, true)
			w.AddSign(text, true)
			w.At()
			w.Sign()
		}),
		of("formats.ReadPlainAt", func(text string) {
			var f, next formats.Frame
			if plain := formats.ReadPlainAt(&f, text, nil); plain != formats.NotPlain {
				formats.ReadPlainAt(&next, text, &f)
				f.Text = "at " + text
				formats.PlainEngine(&f, f.Text)
				var w formats.Weights
				w.AddFrame(&f, len("at "), true)
				formats.DefaultAt().Reread(&f, len("at "))
			}
		}),
		of("formats.ReadPlainSign", func(text string) {
			var f, next formats.Frame
			if formats.ReadPlainSign(&f, text, formats.SpiderMonkey, nil) != formats.NotPlain {
				formats.ReadPlainSign(&next, text, formats.SpiderMonkey, &f)
			}
		}),
		of("formats.ReadName", func(text string) { formats.ReadName(new(formats.Frame), text) }),
		of("formats.ReadSync", func(text string) { formats.ReadSync(new(formats.Frame), text) }),
		of("formats.ReadComponent", func(text string) { formats.ReadComponent(new(formats.Frame), formats.V8, text) }),
		of("formats.IsDoubtful", func(text string) {
			f := formats.Frame{Func: text, File: text, Line: 1, Col: 2}
			formats.IsDoubtful(&f, text)
			formats.IsProse(&f)
		}),
		of("formats.IsConsoleName", func(text string) { formats.IsConsoleName(text) }),
		of("formats.IsCarakanTrace", func(text string) { formats.IsCarakanTrace(text) }),
		of("formats.IsElement", func(text string) {
			_ = formats.IsElement(text) || formats.IsShortElement(text)
		}),
		Function{Name: "formats.AppendBoundary", Line: true, Prepare: func(text string) func() Result {
			f := formats.Frame{AsyncCause: text, Async: true, Skipped: 3}
			return func() Result {
				return Result{Held: len(formats.V8.Format().AppendSkipped(formats.AppendBoundary(nil, &f), &f))}
			}
		}})
	for _, engine := range stacktrace.Engines() {
		format := engine.Format()
		functions = append(functions,
			of("formats.Read/"+engine.String(), func(text string) {
				format.Match(text)
				formats.Read(new(formats.Frame), engine, text)
			}),
			Function{Name: "Frame.String/" + engine.String(), Line: true, Most: mostRendered, Prepare: func(text string) func() Result {
				f := piecesOf(text, engine)
				return func() Result {
					other := formats.Frame(piecesOf(text, stacktrace.V8))
					format.Translate(&other)
					return Result{Held: len(f.String())}
				}
			}})
	}
	return functions
}

// piecesOf returns a frame of eval'd code with a piece of text in each of its fields.
func piecesOf(text string, engine stacktrace.Engine) stacktrace.Frame {
	n := len(text) / 5
	return stacktrace.Frame{Engine: engine, Func: text[:n], Alias: text[n : 2*n], File: text[2*n : 3*n], Line: 1, Col: 2,
		Origin: text[3*n : 4*n], AsyncCause: text[4*n:], Eval: true}
}

// canonicalFunctions returns the functions that take the parts of a trace to be compared.
func canonicalFunctions() []Function {
	var functions []Function
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
	for _, engine := range []stacktrace.Engine{stacktrace.V8, stacktrace.SpiderMonkey, stacktrace.JSC} {
		functions = append(functions, Function{Name: "normalize.Func/" + engine.String(), Line: true, Most: mostCanonical, Prepare: func(text string) func() Result {
			f := stacktrace.Frame{Func: text, File: "http://h/a.js", Line: 1, Col: 2, Engine: engine}
			return func() Result { return Result{Held: len(normalize.Func(f))} }
		}})
	}
	return append(functions,
		Function{Name: "normalize.Compare/messages", Line: true, Most: mostCanonical, Prepare: func(text string) func() Result {
			a := stacktrace.Trace{Type: "TypeError", Message: text[:len(text)/2]}
			b := stacktrace.Trace{Type: "TypeError", Message: text[:len(text)/2] + "."}
			return func() Result {
				c := normalize.Compare(&a, &b)
				return Result{Held: len(c.Reasons[0])}
			}
		}},
		Function{Name: "normalize.Frame", Line: true, Most: mostCanonical, Prepare: func(text string) func() Result {
			f := piecesOf(text, stacktrace.V8)
			return func() Result {
				c := normalize.Frame(f, normalize.KeepQuery())
				return Result{Held: len(c.Func) + len(c.File) + len(c.Package)}
			}
		}},
		Function{Name: "normalize.File", Line: true, Most: mostCanonical, Prepare: func(text string) func() Result {
			return func() Result { return Result{Held: len(normalize.File(text))} }
		}},
		Function{Name: "normalize.Message", Line: true, Most: mostCanonical, Prepare: func(text string) func() Result {
			return func() Result {
				t := normalize.Message("TypeError", text)
				t.Param("path")
				return Result{Held: len(t.Text) + len(t.Params)*int(unsafe.Sizeof(normalize.Param{}))}
			}
		}},
		Function{Name: "normalize.Message/system", Line: true, Most: mostCanonical, Prepare: func(text string) func() Result {
			text = "ENOENT: no such file or directory, open '" + text + "'"
			return func() Result {
				t := normalize.Message("Error", text)
				return Result{Held: len(t.Text) + len(t.Params)*int(unsafe.Sizeof(normalize.Param{}))}
			}
		}})
}
