package formats

import (
	"slices"
	"strings"
)

// Code that eval, Function or a script element made from a string. Some engines tell where it came
// from, and most of them do so for any depth:
//
//	eval at g (http://h/x.js:1:2)                       V8
//	eval at <anonymous> (eval at g (http://h/x.js:1:2)) V8, eval within eval
//	http://h/x.js line 1 > eval                         SpiderMonkey
//	http://h/x.js line 14 > eval line 1 > Function      SpiderMonkey, Function within eval
//	x.js#14(eval)                                       Rhino
//	x.js#14(eval)#1(Function)                           Rhino, Function within eval
//	x.js#14:3<eval>                                     Nashorn
//
// Others only say which of them made the code, "eval code", or count it, "#7".

// cutOrigin splits V8's location of a frame in eval'd code, "ORIGIN, LOCATION". Location is where
// the frame is within the eval'd text. The origin is "eval at …"; "evaluate at …" from Puppeteer;
// from Deno, which puts lines together by itself, the name that a sourceURL gave to the text.
func cutOrigin(s string) (origin, location string, ok bool) {
	if strings.IndexByte(s, ',') < 0 {
		return "", "", false // most locations; the search from the right is slow
	}
	comma := strings.LastIndex(s, ", ")
	if comma < 0 {
		return "", "", false
	}
	origin, location = s[:comma], s[comma+2:]
	isAnonymous := location == "<anonymous>" || strings.HasPrefix(location, "<anonymous>:")
	return origin, location, origin != "" && (isAnonymous || strings.HasPrefix(origin, "eval at "))
}

// cutIntroducer takes " line N > INTRODUCER" off the right end of s. The introducers are an open
// set: eval, Function, GeneratorFunction, AsyncFunction, WebAssembly.Module, injectedScript and
// more (SpiderMonkey, js/src/vm/JSScript.cpp, FormatIntroducedFilename).
func cutIntroducer(s string) (source string, line int, ok bool) {
	at := len(s)
	for at > 0 && isIntroducerByte(s[at-1]) {
		at--
	}
	before, ok := strings.CutSuffix(s[:at], " > ")
	if !ok || at == len(s) {
		return s, 0, false
	}
	rest, line, ok := cutNumber(before)
	if !ok || !strings.HasSuffix(rest, " line ") {
		return s, 0, false
	}
	return rest[:len(rest)-len(" line ")], line, true
}

func isIntroducerByte(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '.' || c == '_' || c == '-'
}

// Caller fills c with the frame that called eval, as the origin of f tells it, and reports whether
// it tells one. If that frame is in eval'd code itself, it has an origin in turn.
func Caller(c, f *Frame) bool {
	*c = Frame{Engine: f.Engine, Text: f.Origin}
	if source, line, ok := cutIntroducer(f.Origin); ok {
		c.Line = line
		if _, _, nested := cutIntroducer(source); nested {
			c.Eval, c.Origin = true, source
		} else {
			c.File = source
		}
		return true
	}
	if file, line, ok := cutRhinoOrigin(f.Origin); ok {
		c.Line = line
		if _, _, nested := cutRhinoOrigin(file); nested {
			c.Eval, c.Origin = true, file
		} else if !isRhinoPlaceholder(file) {
			c.File = file
		}
		return true
	}
	if file, line, col, ok := cutNashornOrigin(f.Origin); ok {
		c.File, c.Line, c.Col = file, line, col
		return true
	}
	if location, ok := strings.CutPrefix(f.Origin, "evaluate at "); ok {
		return readFile(c, location, "<anonymous>")
	}
	call, ok := strings.CutPrefix(f.Origin, "eval at ")
	if !ok {
		return false
	}
	if at := strings.Index(call, " (eval at "); at >= 0 && call[len(call)-1] == ')' {
		// No look for the pair of the last parenthesis: there is one at each depth.
		c.Func, c.Eval, c.Origin = call[:at], true, call[at+len(" ("):len(call)-1]
		return true
	}
	name, location, ok := cutCall(call)
	if !ok {
		c.Func = call
		return call != ""
	}
	c.Func = name
	if location == "unknown source" {
		return true
	}
	if !readFile(c, location, "<anonymous>") {
		c.File = location // a name that a sourceURL gave: no position follows it
	}
	return true
}

// appendOrigin appends, in V8's words, where the eval'd code of f came from. The second part says
// what the engine does not: nothing was called, so nothing is known. However deep evals are nested, the
// stack is not.
func appendOrigin(b []byte, f *Frame) []byte {
	at, open := *f, 0
	for {
		if at.Engine == V8 && at.Origin != "" || strings.HasPrefix(at.Origin, "eval at ") {
			b = append(b, at.Origin...)
			break
		}
		b = append(b, "eval at "...)
		var c Frame
		if !Caller(&c, &at) {
			b = append(b, "<anonymous> (unknown source)"...)
			break
		}
		if c.Func == "" {
			b = append(b, "<anonymous>"...)
		} else {
			b = append(b, c.Func...)
		}
		b = append(b, " ("...)
		open++
		if !c.Eval {
			b = appendFile(b, &c, "<anonymous>")
			break
		}
		at = c
	}
	for range open {
		b = append(b, ')')
	}
	return b
}

// appendIntroducer appends, in SpiderMonkey's words, where the eval'd code of f came from.
func appendIntroducer(b []byte, f *Frame) []byte {
	return appendOutermostFirst(b, f, cutIntroducer, "<unknown>", " line ", " > eval")
}

// leastOrigin is the length of the shortest words for a call of eval, Rhino's: "#1(eval)".
const leastOrigin = 8

// appendOutermostFirst appends where the eval'd code of f came from: a file, or unknown, and the line of each
// call of eval between before and after. The outermost eval comes first, which is found last. What cut can
// cut is in these words already.
func appendOutermostFirst(b []byte, f *Frame, cut func(string) (string, int, bool), unknown, before, after string) []byte {
	if _, _, ok := cut(f.Origin); ok {
		return append(b, f.Origin...)
	}
	lines := make([]int32, 0, len(f.Origin)/leastOrigin+1)
	for at := *f; ; {
		var c Frame
		if !Caller(&c, &at) {
			c = Frame{}
		}
		lines = append(lines, int32(c.Line))
		if !c.Eval {
			if c.File == "" {
				c.File = unknown
			}
			b = append(b, c.File...)
			break
		}
		if _, _, ok := cut(c.Origin); ok {
			b = append(b, c.Origin...)
			break
		}
		at = c
	}
	for _, line := range slices.Backward(lines) {
		b = append(b, before...)
		b = appendInt(b, int(line))
		b = append(b, after...)
	}
	return b
}

// isBoundary reports whether cause stood on a line of its own, which a library printed, rather than
// in the frame's line.
func isBoundary(cause string) bool {
	return cause == "From previous event" || cause == "from execution context" ||
		strings.HasPrefix(cause, "----") || strings.HasPrefix(cause, "====") || strings.HasPrefix(cause, zoneBoundary)
}
