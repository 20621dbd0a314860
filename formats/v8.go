package formats

import "strings"

// v8 is V8: Chrome, Edge since 79, Opera since 15, Node, Deno, Electron, workerd.
//
//	frame     = "at " , [ "async " ] , ( combinator | call | location ) ;
//	call      = [ "new " ] , name , [ " [as " , alias , "]" ] , " (" , location , ")" ;
//	combinator = "Promise." , ( "all" | "allSettled" | "any" ) , " (index " , int , ")" ;
//	location  = [ origin , ", " ] , ( file | "<anonymous>" ) , [ ":" , line , [ ":" , column ] ]
//	          | "<anonymous>" | "native" | wasm ;
//
// Lines of all its ages:
//
//	at fail (/app/p.js:1:26)
//	at /app/p.js:16:26
//	at new Foo (/app/p.js:3:29)
//	at Object.fail [as renamed] (/app/p.js:1:26)
//	at get prop [as prop] (/app/p.js:5:23)
//	at odd name (x) (/app/p.js:8:29)
//	at Array.forEach (<anonymous>)
//	at Array.sort (native)
//	at Array.sort ()
//	at <anonymous>
//	at eval (eval at <anonymous> (/app/p.js:33:28), <anonymous>:1:1)
//	at async Promise.all (index 1)
//	at my mod.inner (wasm://wasm/my mod-856146a6:wasm-function[1]:0x2a)
//	at wasm-function[1]:1
//	at my file (1).js:1:1
//
// Lines and columns are 1-based, columns in UTF-16 units; the column is where the call expression,
// the "new" or the "throw" begins (v8, src/objects/call-site-info.cc, SerializeJSStackFrame).
var v8 = Format{
	engine: V8,
	name:   "v8",
	title:  "V8",
	// Asked last: its lines are the usual ones, and it is the engine of a trace in which no line decides, because
	// most traces are its.
	at:      atSyntax{order: 255, match: matchV8, hint: hintV8, read: readV8},
	append:  appendV8,
	stack:   Stack{Indent: "    ", Headed: true, Eval: "eval", Natives: true},
	skipped: "... ", skippedEnd: " lines matching cause stack trace ...",
	anonymousNew: "<anonymous>",
	evalPlaces:   true,
}

func matchV8(c call) bool {
	if !c.paired {
		return strings.HasPrefix(c.text, "async Promise.") || strings.HasPrefix(c.text, "node:internal/") ||
			strings.HasPrefix(c.text, "async node:internal/") || isV8Wasm(c.text)
	}
	switch {
	case c.location() == "<anonymous>":
		return c.name() != ""
	case strings.HasPrefix(c.text, "async Promise."):
		return true
	case strings.HasSuffix(c.name(), "]") && strings.Contains(c.name(), " [as "):
		name, _, _ := strings.Cut(c.name(), " [as ")
		return strings.Count(name, "[") == strings.Count(name, "]")
	case c.name() == "Object.<anonymous>", c.name() == "new <anonymous>":
		return true
	case strings.HasPrefix(c.location(), "eval at "):
		return strings.Contains(c.location(), ", <anonymous>:")
	}
	return strings.HasPrefix(c.location(), "node:internal/") || strings.HasPrefix(c.location(), "internal/") || isV8Wasm(c.location())
}

// isV8Wasm reports whether location is one in WebAssembly with an offset.
func isV8Wasm(location string) bool {
	return strings.Contains(location, wasmPart) && strings.Contains(location, "]:")
}

// hintV8 knows that V8 writes an anonymous function as a bare location, but so does Bun; and that
// it names what a function is a method of.
func hintV8(c call, _ bool) int {
	switch {
	case c.name() == "<anonymous>":
		return -2
	case !c.paired:
		return 1
	}
	return -hintNative(c)
}

func readV8(f *Frame, c call) bool {
	call := c.text
	if ReadPlainAt(f, call, nil) != NotPlain {
		return true
	}
	if after, ok := strings.CutPrefix(call, "async "); ok && after != "" && after[0] != '(' && !strings.HasPrefix(after, "[as ") {
		*f = Frame{Async: true, Engine: V8}
		return readV8Call(f, after)
	}
	*f = Frame{Engine: V8}
	return readV8Call(f, call)
}

// ReadSync reads again a line of V8's that begins with "at async ", for a frame that cannot be
// asynchronous: "async" is part of its name or its file.
func ReadSync(f *Frame, line string) bool {
	*f = Frame{Engine: V8}
	return readV8Call(f, line[len("at "):])
}

// readV8Call reads a line without "at " and "async ".
func readV8Call(f *Frame, call string) bool {
	if isNativeAt(call) {
		f.Native = true
		return true
	}
	name, location, ok := cutCall(call)
	if !ok {
		if call[len(call)-1] == ')' && isGluedCall(call) {
			return readGlued(f, call)
		}
		return readV8Bare(f, call)
	}
	if f.Async {
		if number, ok := strings.CutPrefix(location, "index "); ok {
			rest, index, ok := cutNumber(number)
			f.Func, f.Index, f.Native = name, index, true
			return ok && rest == "" && isCombinator(name)
		}
	}
	f.Func = name
	f.cutV8Name()
	return readV8Location(f, location)
}

// isCombinator reports whether V8 prints an index for the function called name.
func isCombinator(name string) bool {
	return name == "Promise.all" || name == "Promise.any" || name == "Promise.allSettled"
}

// readV8Location reads what stands between the parentheses.
func readV8Location(f *Frame, location string) bool {
	if isNativeAt(location) || location == "" { // what a web page leaves of "<anonymous>"
		f.Native = true
		return true
	}
	if origin, within, ok := cutOrigin(location); ok {
		f.Eval, f.Origin = true, origin
		if within == "<anonymous>" {
			return true
		}
		return readFile(f, within, "<anonymous>")
	}
	if strings.HasPrefix(location, "eval at ") {
		return false // cut off before the position
	}
	if module, index, offset, ok := cutWasm(location); ok {
		f.File, f.Index, f.Offset, f.Wasm = module, index, offset, true
		return true
	}
	if location == "unknown source" || location == "unknown location" {
		return true // before 2012
	}
	return readFile(f, location, "<anonymous>")
}

// readV8Bare reads a location that stands alone, for want of a name.
func readV8Bare(f *Frame, location string) bool {
	if module, index, offset, ok := cutWasm(location); ok {
		f.File, f.Index, f.Offset, f.Wasm = module, index, offset, true
		return strings.HasPrefix(location, wasmPart) || !hasOpenParen(module)
	}
	if origin, within, ok := cutOrigin(location); ok {
		f.Eval, f.Origin = true, origin
		return readFile(f, within, "<anonymous>") && f.Line > 0 && !hasOpenParen(origin)
	}
	return readBare(f, location, "<anonymous>")
}

// readGlued reads "NAME(FILE:LINE:COL)", which lacks the blank: React Native wrote frames so after
// it had symbolicated them. Java's frames look like it too, but have no column.
func readGlued(f *Frame, call string) bool {
	open := openingParen(call)
	if open <= 0 {
		return false
	}
	f.Func = call[:open]
	f.cutV8Name()
	return readFile(f, call[open+1:len(call)-1], "<anonymous>") && f.Col > 0 && f.File != ""
}

// isGluedCall reports whether there is no blank in call but those of V8's markers: "new F(…)", "f [as g](…)".
func isGluedCall(call string) bool {
	call = strings.TrimPrefix(call, "new ")
	blank := strings.IndexByte(call, ' ')
	if blank < 0 {
		return true
	}
	alias, place, ok := strings.Cut(call[blank:], "](")
	return ok && strings.HasPrefix(alias, " [as ") && strings.IndexByte(alias[len(" [as "):], ' ') < 0 && strings.IndexByte(place, ' ') < 0
}

func appendV8(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	if f.Async && f.AsyncCause == "" {
		b = append(b, "async "...)
	}
	if isV8Bare(&f) {
		return appendV8Location(b, &f)
	}
	if f.Constructor {
		b = append(b, "new "...)
		if f.Func == "" {
			b = append(b, "<anonymous>"...)
		}
	}
	b = append(b, f.Func...)
	if f.Alias != "" {
		b = append(b, " [as "...)
		b = append(b, f.Alias...)
		b = append(b, ']')
	}
	b = append(b, " ("...)
	b = appendV8Location(b, &f)
	return append(b, ')')
}

// isV8Bare reports whether f is written as a location alone, and would be read back as one.
func isV8Bare(f *Frame) bool {
	switch {
	case f.Func != "" || f.Constructor || f.Alias != "":
		return false
	case f.Native || f.Col > 0 && isLocated(f.File) && strings.IndexByte(f.File, ' ') < 0:
		return true
	case f.Line == 0 && f.File == "" && !f.Wasm || strings.HasPrefix(f.File, "async ") || f.Async && strings.HasPrefix(f.File, "("):
		return false
	}
	var again Frame
	return readV8Bare(&again, string(appendV8Location(nil, f)))
}

func appendV8Location(b []byte, f *Frame) []byte {
	switch {
	case f.Native && f.Async && isCombinator(f.Func):
		b = append(b, "index "...)
		return appendInt(b, f.Index)
	case f.Native:
		return append(b, "<anonymous>"...)
	case f.Wasm:
		return appendWasm(b, f, f.File, "<anonymous>")
	case f.Eval:
		b = appendOrigin(b, f)
		b = append(b, ", "...)
		if f.Line == 0 && f.Col == 0 && f.File == "" {
			return append(b, "<anonymous>"...)
		}
		return appendFile(b, f, "<anonymous>")
	case f.File == "" && f.Line == 0 && f.Col == 0:
		return append(b, "unknown source"...)
	}
	return appendFile(b, f, "<anonymous>")
}
