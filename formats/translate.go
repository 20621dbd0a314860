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
	if f.Native && !format.stack.Natives {
		return false
	}
	from := f.Engine.Format()
	if from == nil {
		from = &unknown
	}
	stack := &format.stack
	switch {
	case f.TopLevel && (f.Func == "module code" || f.Func == "Module code" || f.Func == "Module Code"):
		f.Func = stack.Module
	case f.TopLevel:
		f.Func = stack.Script
	case f.Func == "eval code" && f.Eval:
		f.Func = stack.Eval
	case f.Func == "" || from.isAnonymous(f.Func):
		f.Func = stack.Anonymous
	}
	if f.Constructor && f.Func == "" {
		f.Func = format.anonymousNew
	}
	switch {
	case format.tellsTopLevel:
		f.TopLevel = f.Func == stack.Script
	case format.marksNative && f.Native:
		f.TopLevel = false
	default:
		f.TopLevel = f.TopLevel && stack.Script != ""
	}
	if from.instructions || format.instructions {
		f.Offset = 0 // the index of an instruction means nothing elsewhere
	}
	if format.repeats {
		f.Skipped = 0 // its line would say that the frame before repeats
	}
	if !isBoundary(f.AsyncCause) {
		if !format.causes {
			f.AsyncCause = ""
		} else if f.Async && f.AsyncCause == "" {
			f.AsyncCause = "async"
		}
	}
	format.translateEval(f, from)
	if format.dropsAlias {
		f.Alias = ""
	}
	if from.inlineScripts {
		f.Index = 0 // which the others do not count
	}
	f.Engine, f.Text = format.engine, ""
	if f.Eval && f.File == "" && format.engine == V8 && from != format {
		f.Engine = NoEngine
	}
	return !stack.Placed || format.canSay(f)
}

// unknown is what a frame of no engine is translated from.
var unknown Format

// translateEval puts code from a string into this engine's terms.
func (format *Format) translateEval(f *Frame, from *Format) {
	if f.Eval && f.File == "" && f.Origin != "" && from != format && isScriptName(f.Origin) {
		f.Eval, f.File, f.Origin = false, f.Origin, ""
	}
	if f.Eval && f.File != "" && !format.evalPlaces {
		f.Eval, f.Origin = false, "" // the file is all that the others show
	}
	if f.Eval && f.File == "" {
		f.File = format.evalFile
	}
}

// canSay reports whether this engine has a line for the function and the place of f. Vue's lines
// have no position.
func (format *Format) canSay(f *Frame) bool {
	var again Frame
	return format.ReadInto(&again, string(format.append(nil, *f))) &&
		again.Func == f.Func && again.File == f.File && (again.Line == f.Line || format.placeless)
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

// isAnonymous reports whether name is what the engine writes for a function without a name.
func (format *Format) isAnonymous(name string) bool {
	return name == "<anonymous>" || slices.Contains(format.anonymous, name)
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

// isSign reports whether engine writes "NAME@LOCATION" today.
func isSign(engine Engine) bool {
	format := engine.Format()
	return format != nil && format.sign.read != nil && !format.signIsOld
}

// AppendSkipped appends the line that says how many frames were left out before f, as the engine or
// its runtime writes it, without a line end; Python writes it behind the frame. It appends nothing if the engine has no such line.
func (format *Format) AppendSkipped(b []byte, f *Frame) []byte {
	if f.Skipped == 0 || format.skipped == "" {
		return b
	}
	b = append(b, format.stack.Indent...)
	b = append(b, format.skipped...)
	b = appendInt(b, f.Skipped)
	if f.Skipped == 1 && format.skippedOne != "" {
		return append(b, format.skippedOne...)
	}
	return append(b, format.skippedEnd...)
}
