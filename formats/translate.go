package formats

import (
	"slices"
	"strings"
)

// Translate puts f, a frame of another engine, into this engine's terms: names of code that has no
// name, marks that the engine does not make, and code from a string. It reports false if this engine
// would leave the frame out. Code from a string is of no engine in V8's terms: it is written as V8's, with
// the Origin, which may be long, in its words.
func (format *Format) Translate(f *Frame) bool {
	if f.Native && !format.Stack.Natives {
		return false
	}
	from := f.Engine
	stack := &format.Stack
	switch {
	case f.TopLevel && (f.Func == "module code" || f.Func == "Module code" || f.Func == "Module Code"):
		f.Func = stack.Module
	case f.TopLevel:
		f.Func = stack.Script
	case f.Func == "eval code" && f.Eval:
		f.Func = stack.Eval
	case f.Func == "" || isAnonymous(f.Func, from):
		f.Func = stack.Anonymous
	}
	switch format.Name {
	case "hermes", "quickjs", "nashorn", "njs", "qv4", "python":
		f.TopLevel = f.Func == stack.Script // the name alone says it
	default:
		f.TopLevel = f.TopLevel && stack.Script != ""
	}
	if format.Name == "duktape" && f.Native {
		f.TopLevel = false
	}
	if from == "goja" || format.Name == "goja" {
		f.Offset = 0 // the index of an instruction means nothing elsewhere
	}
	if format.Name == "njs" {
		f.Skipped = 0 // its line would say that the frame before repeats
	}
	if !isBoundary(f.AsyncCause) {
		if format.Name != "spidermonkey" {
			f.AsyncCause = ""
		} else if f.Async && f.AsyncCause == "" {
			f.AsyncCause = "async"
		}
	}
	if f.Eval && f.File == "" && f.Origin != "" && from != format.Name && isScriptName(f.Origin) {
		f.Eval, f.File, f.Origin = false, f.Origin, ""
	}
	if f.Eval && f.File != "" && format.Name != "v8" {
		f.Eval, f.Origin = false, "" // the file is all that the others show
	}
	if f.Eval && f.File == "" {
		switch format.Name {
		case "hermes":
			f.File = "JavaScript"
		case "quickjs":
			f.File = "<input>"
		case "python":
			f.File = "<string>"
		}
	}
	if format == &rows {
		f.Alias = "" // of a call as V8 writes it
	}
	if from == "presto" {
		f.Index = 0 // of an inline script, which the others do not count
	}
	f.Engine, f.Text = format.Name, ""
	if f.Eval && f.File == "" && format.Name == "v8" && from != "v8" {
		f.Engine = ""
	}
	return !stack.Placed || format.canSay(f)
}

// canSay reports whether this engine has a line for the function and the place of f. Vue's lines
// have no position.
func (format *Format) canSay(f *Frame) bool {
	var again Frame
	return format.Read(&again, string(format.Append(nil, f))) &&
		again.Func == f.Func && again.File == f.File && (again.Line == f.Line || format == &vue)
}

// isScriptName reports whether an origin is no more than the name that a sourceURL gave to the code,
// as Deno writes it.
func isScriptName(origin string) bool {
	if chakraOrigin(origin) != "" || duktapeOrigin(origin) != "" || isCounter(origin) {
		return false
	}
	var c Frame
	return !Caller(&c, &Frame{Origin: origin}) && !strings.HasPrefix(origin, "eval at ") && !strings.HasPrefix(origin, "evaluate at ")
}

// isAnonymous reports whether name is what engine writes for a function without a name.
func isAnonymous(name, engine string) bool {
	switch name {
	case "<anonymous>":
		return true
	case "Anonymous function":
		return engine == "chakra"
	case "anonymous":
		return engine == "hermes" || engine == "njs" || engine == "rhino"
	case "[anon]":
		return engine == "duktape"
	case "<lambda>":
		return engine == "python"
	case "(anonymous)", "(anonymous function)":
		return engine == "devtools" || engine == "safariconsole"
	case "<anonymous function>":
		return engine == "carakan"
	}
	return false
}

// AppendBoundary appends the line that says of an asynchronous break what f tells of it, for the
// causes that have a line of their own, without a line end. It appends nothing if there is none.
func AppendBoundary(b []byte, f *Frame) []byte {
	if !isBoundary(f.AsyncCause) {
		return b
	}
	isZone := strings.HasPrefix(f.AsyncCause, zoneBoundary)
	if isZone && !isSign(f.Engine) {
		b = append(b, "    at "...)
		b = append(b, f.AsyncCause...)
		return append(b, " (http://localhost)"...)
	}
	b = append(b, f.AsyncCause...)
	switch {
	case isZone:
		b = append(b, "@[native]"...)
	case f.AsyncCause[0] != '-' && f.AsyncCause[0] != '=':
		b = append(b, ':')
	}
	return b
}

// zoneBoundary begins the name of the frame that zone.js makes up for an asynchronous break.
const zoneBoundary = "____________________Elapsed_"

// isSign reports whether engine writes "NAME@LOCATION".
func isSign(engine string) bool {
	return slices.ContainsFunc(signFormats[:], func(format *Format) bool { return format.Name == engine && engine != "hermes" && engine != "rhino" })
}

// AppendSkipped appends the line that says how many frames were left out before f, as the engine or
// its runtime writes it, without a line end; Python writes it behind the frame. It appends nothing if the engine has no such line.
func (format *Format) AppendSkipped(b []byte, f *Frame) []byte {
	if f.Skipped == 0 {
		return b
	}
	switch format.Name {
	case "hermes":
		b = append(b, format.Stack.Indent+"... skipping "...)
		b = appendInt(b, f.Skipped)
		return append(b, " frames"...)
	case "duktape":
		b = append(b, format.Stack.Indent+"[... "...)
		b = appendInt(b, f.Skipped)
		return append(b, " more frames"...)
	case "njs":
		b = append(b, format.Stack.Indent+"  repeats "...)
		b = appendInt(b, f.Skipped)
		return append(b, " times"...)
	case "python":
		b = append(b, format.Stack.Indent+"[Previous line repeated "...)
		b = appendInt(b, f.Skipped)
		if f.Skipped == 1 {
			return append(b, " more time]"...)
		}
		return append(b, " more times]"...)
	case "v8":
		b = append(b, format.Stack.Indent+"... "...)
		b = appendInt(b, f.Skipped)
		return append(b, " lines matching cause stack trace ..."...)
	}
	return b
}
