// Package laws states what holds for every text that package stacktrace reads, as functions that
// say what is wrong. The tests call them on the captures, the fuzz targets on anything.
package laws

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/formats"
)

// Invented returns an error if a string or a number of what Parse makes of text does not stand in
// text.
func Invented(text string) error {
	return invented(stacktrace.Parse(text), text)
}

// InventedByReport is Invented for ParseReport.
func InventedByReport(r stacktrace.Report) error {
	return invented(stacktrace.ParseReport(r), strings.Join([]string{r.Name, r.Message, r.Stack, r.File, strconv.Itoa(r.Line), strconv.Itoa(r.Col)}, " \n"))
}

// tree returns t and all errors that are part of it, each before its own.
func tree(t *stacktrace.Trace) []*stacktrace.Trace {
	all := []*stacktrace.Trace{t}
	for i := 0; i < len(all); i++ {
		if all[i].Cause != nil {
			all = append(all, all[i].Cause)
		}
		all = append(all, all[i].Errors...)
		for _, p := range all[i].Props {
			if p.Trace != nil {
				all = append(all, p.Trace)
			}
		}
	}
	return all
}

func invented(trace *stacktrace.Trace, text string) error {
	clean := Clean(text)
	for names := trace.Wrapping; len(names) > 0; names = names[:len(names)-1] {
		clean += "\n" + Clean(unwrapped(text, names))
	}
	for _, t := range tree(trace) {
		if err := inventedOne(t, clean); err != nil {
			return err
		}
	}
	return nil
}

func inventedOne(trace *stacktrace.Trace, clean string) error {
	stands := func(what, s string) error {
		for line := range strings.SplitSeq(Clean(s), "\n") {
			if !strings.Contains(clean, line) {
				return fmt.Errorf("%s %q is not in the text", what, line)
			}
		}
		return nil
	}
	for what, s := range map[string]string{"label": trace.Label, "type": trace.Type, "code": trace.Code, "message": trace.Message} {
		if err := stands(what, s); err != nil {
			return err
		}
	}
	for _, p := range trace.Props {
		if err := stands("property", p.Name); err != nil {
			return err
		}
		if err := stands("text of "+p.Name, p.Text); err != nil {
			return err
		}
	}
	for _, f := range trace.Frames {
		for what, s := range map[string]string{"func": f.Func, "alias": f.Alias, "file": f.File, "origin": f.Origin, "cause": f.AsyncCause, "source": f.Source, "text": f.Text} {
			if err := stands(what, s); err != nil {
				return err
			}
		}
		for what, n := range map[string]int{"line": f.Line, "col": f.Col, "index": f.Index, "skipped": f.Skipped} {
			if n < 0 || n > 0 && !strings.Contains(clean, strconv.Itoa(n)) {
				return fmt.Errorf("%s %d is not in the text", what, n)
			}
		}
		if f.Offset < 0 || f.Offset > 0 && !strings.Contains(clean, strconv.Itoa(f.Offset)) && !strings.Contains(clean, strconv.FormatInt(int64(f.Offset), 16)) {
			return fmt.Errorf("offset %d is not in the text", f.Offset)
		}
	}
	return nil
}

// Clean returns text without the control sequences of a terminal and with "\n" for line ends.
func Clean(text string) string {
	var b strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		if body, ok := strings.CutSuffix(line, "\r\n"); ok {
			line = body + "\n"
		}
		for {
			before, after, found := strings.Cut(line, "\x1b")
			b.WriteString(before)
			if !found {
				break
			}
			line = after[sequenceLen(after):]
		}
	}
	return b.String()
}

// sequenceLen returns the length of what follows ESC in a control sequence.
func sequenceLen(s string) int {
	if s == "" || s[0] != '[' {
		return 0
	}
	end := strings.IndexFunc(s[1:], func(r rune) bool { return r < 0x20 || r > 0x3f })
	if end < 0 || s[1+end] < 0x40 || s[1+end] > 0x7e {
		return 0
	}
	return end + 2
}

// RoundTrip returns an error if a frame of text, written from its fields in its own engine's syntax
// and read again, is not the same, or if writing it in another engine's loses what that can say.
func RoundTrip(text string) error {
	frames := stacktrace.AppendFrames(nil, text)
	trace := stacktrace.Parse(text)
	for _, t := range tree(trace)[1:] {
		frames = append(frames, t.Frames...)
	}
	for _, f := range frames {
		own := f.Engine != stacktrace.FirefoxConsole || strings.Contains(f.Text, f.AsyncCause+"*") // it tells its cause itself
		f.Text, f.Source, f.Skipped = "", "", 0
		if !own || isSeparator(f.AsyncCause) || isSeparator(f.AsyncCause+":") || f.Engine == stacktrace.DevTools {
			f.Async, f.AsyncCause = false, "" // from a line of its own
		}
		if f.Engine != stacktrace.React && f.Engine != stacktrace.Vue {
			f.Component = false // told by the lines around it
		}
		if f.Engine == stacktrace.V8 && strings.HasPrefix(f.Func+f.File, "async ") {
			continue // told from an asynchronous frame by its neighbours only
		}
		line := f.String()
		got, ok := read(f.Engine, line)
		if !ok || got != f {
			return fmt.Errorf("%+v\nwritten as %q\nread as    %+v, %v", fields(f), line, fields(got), ok)
		}
		for _, engine := range stacktrace.Engines() {
			if err := foreign(f, engine); err != nil {
				return err
			}
		}
	}
	return nil
}

// fields is a frame that prints as its fields, not as a line.
type fields stacktrace.Frame

func read(engine stacktrace.Engine, line string) (f stacktrace.Frame, ok bool) {
	ok = formats.Read((*formats.Frame)(&f), engine, line)
	return f, ok
}

// foreign checks that f, written in the syntax of engine and read again, keeps what the syntax has a
// place for. Names that no program has by accident are left out: in another syntax they may hold its
// punctuation.
func foreign(f stacktrace.Frame, engine stacktrace.Engine) error {
	if engine == f.Engine || !isPlainOrigin(f) || !isPlain(f.Func) || !isPlainFile(f.File) || !isPlain(f.Alias) || f.AsyncCause != "" && !isPlain(f.AsyncCause) {
		return nil
	}
	switch f.File + f.Origin {
	case "native", "unknown", "JavaScript", "input", "compile", "Unnamed":
		return nil // another engine's words for no file
	}
	format := engine.Format()
	want := f
	if !format.Translate((*formats.Frame)(&want)) {
		return nil // the engine has no such frame
	}
	line := want.String()
	got, ok := read(engine, line)
	if !ok {
		return fmt.Errorf("%+v\nwritten for %s as %q\ncannot be read", fields(f), engine, line)
	}
	want.Engine = engine // none is as good as V8
	keep(&want, engine)
	keep(&got, engine)
	if got != want {
		return fmt.Errorf("%+v\nwritten for %s as %q\nread as %+v\nwant    %+v", fields(f), engine, line, fields(got), fields(want))
	}
	return nil
}

// keep clears the fields of f for which the syntax of engine has no place.
func keep(f *stacktrace.Frame, engine stacktrace.Engine) {
	if f.Line == 0 || engine == stacktrace.Python {
		f.Col = 0
	}
	switch engine {
	case stacktrace.PhantomJS, stacktrace.Presto:
		f.Col = 0
	case stacktrace.Vue:
		f.Line, f.Col = 0, 0
	}
	f.Component = false
	caller, _ := f.Caller()
	for caller.Eval {
		caller, _ = caller.Caller()
	}
	f.Origin = ""
	says := map[stacktrace.Engine]string{ // what has a place
		stacktrace.V8:           "col alias async constructor eval native wasm offset",
		stacktrace.SpiderMonkey: "col async cause eval wasm offset",
		stacktrace.JSC:          "col async native wasm toplevel",
		stacktrace.Chakra:       "col eval native toplevel",
		stacktrace.Hermes:       "col native toplevel eval address",
		stacktrace.QuickJS:      "col native toplevel eval",
		stacktrace.Bun:          "col async constructor native",
		stacktrace.Duktape:      "constructor eval native toplevel",
		stacktrace.MuJS:         "eval native",
		stacktrace.Rhino:        "eval",
		stacktrace.Nashorn:      "eval toplevel",
		stacktrace.GraalJS:      "col native",
		stacktrace.XS:           "eval",
		stacktrace.Goja:         "col eval native",
		stacktrace.Otto:         "col native",
		stacktrace.NJS:          "native toplevel",
		stacktrace.QV4:          "eval toplevel",
		stacktrace.Engine262:    "col alias async constructor native",
		stacktrace.Python:       "toplevel eval",

		stacktrace.Carakan:        "col",
		stacktrace.DevTools:       "col wasm offset",
		stacktrace.FirefoxConsole: "col",
		stacktrace.SafariConsole:  "col toplevel",
		stacktrace.Vitest:         "col",
		stacktrace.React:          "col",
		stacktrace.Rows:           "col native",
	}[engine]
	has := func(word string) bool { return strings.Contains(says, word) }
	if !has("col") {
		f.Col = 0
	}
	if f.Eval && has("eval") && (engine == stacktrace.V8 || engine == stacktrace.SpiderMonkey || engine == stacktrace.Rhino) {
		f.Origin = strings.TrimPrefix(caller.File, "<unknown>")
	}
	if !has("alias") {
		f.Alias = ""
	}
	f.Async = f.Async && has("async")
	if !has("cause") || f.AsyncCause == "" {
		f.AsyncCause = ""
	}
	f.Constructor = f.Constructor && has("constructor")
	f.Eval = f.Eval && has("eval")
	if f.Native {
		f.Line, f.Col, f.File, f.Index, f.Offset = 0, 0, "", 0, 0
	}
	f.Native = f.Native && has("native")
	f.TopLevel = f.TopLevel && has("toplevel")
	isAddress := f.Index+f.Offset > 0 && !f.Wasm
	if f.Wasm && !has("wasm") {
		f.Wasm, f.Index, f.Offset = false, 0, 0
	}
	if f.Wasm && !has("offset") {
		f.Offset = 0
	}
	if isAddress && !has("address") {
		f.Index, f.Offset = 0, 0
	}
}

// isPlain reports whether s holds nothing that is punctuation in some syntax.
func isPlain(s string) bool {
	return !strings.ContainsAny(s, " ()[]<>@,*\t\r\n") && !strings.HasSuffix(s, ":") && !strings.HasPrefix(s, ":")
}

// isPlainFile reports whether s is plain and does not end in what may be a position.
func isPlainFile(s string) bool {
	before := strings.TrimRight(s, "0123456789-")
	return isPlain(s) && (s == "" || before != "") && !strings.HasSuffix(before, ":")
}

// isPlainOrigin reports whether the callers that the origin of f tells are plain.
func isPlainOrigin(f stacktrace.Frame) bool {
	switch f.Origin {
	case "", "eval code", "Function code", "Unknown script code":
		return true
	}
	caller, ok := f.Caller()
	if !ok {
		return isPlainFile(f.Origin)
	}
	return isPlain(strings.Trim(caller.Func, "<>")) && isPlainFile(caller.File) && isPlainOrigin(caller)
}

// OneAnswer returns an error if the ways of reading a text that has no wrapping differ.
func OneAnswer(text string) error {
	trace := stacktrace.Parse(text)
	if len(trace.Wrapping) > 0 {
		return nil
	}
	appended := stacktrace.AppendFrames(make([]stacktrace.Frame, 1, 3), text)[1:]
	if err := same("AppendFrames", appended, trace.Frames); err != nil {
		return err
	}
	if engine := stacktrace.Detect(text); engine != trace.Engine {
		return fmt.Errorf("detected %q, Parse says %q", engine, trace.Engine)
	}
	return nil
}

func same(what string, got, want []stacktrace.Frame) error {
	if len(got) != len(want) {
		return fmt.Errorf("%s gives %d frames, want %d", what, len(got), len(want))
	}
	for i := range got {
		unsourced := want[i]
		unsourced.Source = got[i].Source // AppendFrames looks for no excerpts
		if got[i] != unsourced {
			return fmt.Errorf("%s gives %+v, want %+v", what, fields(got[i]), fields(want[i]))
		}
	}
	return nil
}
