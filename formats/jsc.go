package formats

import "strings"

// jsc is JavaScriptCore: Safari, every browser on iOS, WebKitGTK, and React Native before Hermes.
//
//	frame = [ "async " ] , name , "@" , [ location ]       (* since 2023 *)
//	      | name , [ "@" , location ] | location ;         (* 2013 to 2023 *)
//	location = url , ":" , line , [ ":" , column ] | "[native code]" | "[wasm code]"
//	      | ( module | "<?>" ) , ":wasm-function[" , index , "]" ;
//
// Lines of all its generations:
//
//	fail@http://h/p.js:1:39
//	@http://h/p.js:16:30
//	http://path/to/file.js:48:22
//	@http://path/to/file.js:48
//	global code@http://h/u.js:1:16
//	module code@http://h/m2.mjs:1:46
//	eval code@
//	eval code
//	baz
//	anonymous@
//	forEach@[native code]
//	[native code]
//	async two@http://h/a.js:4:23
//	inner@my mod:wasm-function[1]
//	1@<?>:wasm-function[1]
//	<?>.wasm-function[4]@[wasm code]
//	wasm-stub@[wasm code]
//	foo@webkit-masked-url://hidden/:12:34
//	render@12:34
//
// A bare location is an anonymous function, a bare word a function in eval'd code. Lines and columns
// are 1-based; the column is behind the callee, at the parenthesis. Eval'd code has no position and
// no origin (WebKit, Source/JavaScriptCore/runtime/StackFrame.cpp, toString).
var jsc = Format{
	engine: JSC,
	name:   "jsc",
	title:  "JavaScriptCore",
	// Asked last, and the engine of a trace in which no line decides: it is in Safari and in every browser on iOS,
	// which are several times as many as the browsers with SpiderMonkey.
	sign:   signSyntax{order: 255, match: matchJSC, read: readJSC},
	at:     jscAt,
	append: appendJSC,
	stack:  Stack{Script: "global code", Module: "module code", Eval: "eval code", Natives: true},
}

// jscAt is the WebKit of early 2012, in PhantomJS 1 and QtWebKit 2, which imitated V8.
//
//	frame = "at " , ( name , [ " (" , ( location | "native" ) , ")" ] | location
//	      | "eval at " , name , [ " (" , location , ")" ] | "(native)" | "unknown source" ) ;
//
// Lines, which never have a column:
//
//	at foo (http://path/to/file.js:4283)
//	at file:///path/to/file.js:878
//	at eval at foo (http://path/to/file.js:12)
//	at forEach (native)
//	at unknown source
//
// It also reads the lines of today's Safari that a library has put into V8's words, with the
// parenthesis in the middle of the URL:
//
//	at ClipperError@safari-extension:(//3284871F-A480/2665fee0/commons.js:223036:10)
var jscAt = atSyntax{order: 70, match: matchJSCAt, hint: hintJSCAt, read: readJSCAt, noColumns: true}

// isCodeName reports whether name is JavaScriptCore's for code that is no function.
func isCodeName(name string) bool {
	return name == "global code" || name == "module code" || name == "eval code"
}

func matchJSC(line string) bool {
	at := strings.IndexByte(line, '@')
	if at < 0 {
		return line == nativeJSC || isCodeName(line)
	}
	name, location := line[:at], line[at+1:]
	switch {
	case isCodeName(name):
		_, _, _, numbers := cutPosition(location)
		return name != "eval code" || numbers == 0 // eval'd code has no position
	case strings.HasSuffix(line, "@"+nativeJSC), strings.HasSuffix(line, "@[wasm code]"):
		return true
	case strings.HasPrefix(name, "async "):
		return isWord(name[len("async "):]) && isLocated(location)
	}
	for _, scheme := range [...]string{"webkit-masked-url:", "safari-extension:", "safari-web-extension:", "user-script:", "capacitor:", "ionic:"} {
		if strings.HasPrefix(location, scheme) {
			return true
		}
	}
	return strings.HasSuffix(line, "]") && strings.Contains(line, ":"+wasmPart)
}

func readJSC(f *Frame, line string) bool {
	*f = Frame{Engine: JSC}
	rest := line
	if after, ok := strings.CutPrefix(line, "async "); ok && strings.IndexByte(after, '@') >= 0 {
		f.Async, rest = true, after
	}
	name, location, ok := cutSign(rest)
	if !ok {
		return readJSCBare(f, rest)
	}
	f.Func = name
	f.TopLevel = name == "global code" || name == "module code"
	f.Eval = name == "eval code"
	switch location {
	case "":
		return true
	case nativeJSC:
		f.Native = true
		return true
	case "[wasm code]":
		f.Wasm = true
		if at := strings.LastIndex(name, "."+wasmPart); at >= 0 {
			_, f.Index, _, _ = cutWasm(name[at+1:])
		}
		return true
	}
	if module, index, offset, ok := cutWasm(location); ok {
		f.File, f.Index, f.Offset, f.Wasm = module, index, offset, true
		return true
	}
	file, lineNumber, col, numbers := cutPosition(location)
	if numbers == 0 || numbers == 1 && isCutURL(file) {
		return false
	}
	if rest, first, ok := cutNumber(file); ok && rest == "" && numbers == 1 {
		file, lineNumber, col = "", first, lineNumber // "render@12:34", as React Native passes it on
	}
	f.File, f.Line, f.Col = file, lineNumber, col
	return true
}

// readJSCBare reads a line without "@".
func readJSCBare(f *Frame, line string) bool {
	switch {
	case line == nativeJSC:
		f.Native = true
		return true
	case isCodeName(line):
		f.Func, f.TopLevel, f.Eval = line, line != "eval code", line == "eval code"
		return true
	case isWord(line) && !isErrorName(line):
		f.Func = line
		return true
	}
	file, lineNumber, col, numbers := cutPosition(line)
	if numbers < 2 || file == "" || isNumber(file) {
		return false
	}
	if strings.IndexByte(file, ' ') >= 0 || !isLocated(file) && !hasScriptEnding(file) && !strings.HasPrefix(file, "user-script:") {
		return false
	}
	f.File, f.Line, f.Col = file, lineNumber, col
	return true
}

// isErrorName reports whether a word is an error's name rather than a function's: a header.
func isErrorName(word string) bool {
	return strings.HasSuffix(word, "Error") || strings.HasSuffix(word, "Exception")
}

// wasmStub is the name of the frame between JavaScript and WebAssembly.
const wasmStub = "wasm-stub"

func appendJSC(b []byte, f Frame) []byte {
	if strings.HasPrefix(f.Origin, "eval at ") && f.Func == "" && f.Line == 0 {
		b = append(b, "at "...)
		return append(b, f.Origin...)
	}
	if f.Async && f.AsyncCause == "" {
		b = append(b, "async "...)
	}
	b = append(b, f.Func...)
	b = append(b, '@')
	switch {
	case f.Native:
		return append(b, nativeJSC...)
	case f.Wasm && f.File == "" && (f.Func == wasmStub || strings.Contains(f.Func, wasmPart)):
		return append(b, "[wasm code]"...)
	case f.Wasm:
		if f.File == "" {
			b = append(b, "<?>"...)
		}
		b = append(b, f.File...)
		b = append(b, ':')
		b = append(b, wasmPart...)
		b = appendInt(b, f.Index)
		return append(b, ']')
	case f.File == "":
		return appendPosition(b, &f)
	case f.Line == 0 && f.Col == 0:
		b = append(b, f.File...)
		return append(b, ":0:0"...)
	}
	b = append(b, f.File...)
	return appendPosition(b, &f)
}

func matchJSCAt(c call) bool {
	return strings.HasPrefix(c.text, "eval at ") && !strings.Contains(c.text, ", <anonymous>") ||
		c.text == "unknown source" || c.text == "(native)" || !c.paired && isMisplacedParen(c.text)
}

// isMisplacedParen reports whether call, which is not empty, is "NAME@SCHEME:(//REST)".
func isMisplacedParen(call string) bool {
	if call[len(call)-1] != ')' {
		return false
	}
	paren := strings.Index(call, ":(//")
	return paren > 0 && strings.IndexByte(call[:paren], '@') >= 0
}

// hintJSCAt looks for a position without a column in an absolute file, which no other engine with
// a header and this layout writes.
func hintJSCAt(c call, headed bool) int {
	switch {
	case !headed, c.numbers == 0:
		return 0
	case c.numbers == 1 && strings.Contains(c.file(), "://"):
		return 3
	}
	return -never
}

func readJSCAt(f *Frame, c call) bool {
	call := c.text
	if isMisplacedParen(call) {
		return readJSC(f, call[:len(call)-1]) && f.Line > 0
	}
	if strings.IndexByte(call, '@') >= 0 {
		return false
	}
	*f = Frame{Engine: JSC}
	switch {
	case call == "unknown source":
		return true
	case call == "(native)":
		f.Native = true
		return true
	case strings.HasPrefix(call, "eval at ") && isOriginAt(call):
		f.Eval, f.Origin = true, call
		return true
	}
	if !c.paired {
		if c.readBare(f, "") {
			return true
		}
		f.Func = call
		return isWord(call)
	}
	f.Func = c.name()
	if !isPlainName(c.name()) {
		return false
	}
	if isNativeAt(c.location()) {
		f.Native = true
		return true
	}
	return c.readFile(f, "")
}

// isOriginAt reports whether s is "eval at NAME" or "eval at NAME (LOCATION)".
func isOriginAt(s string) bool {
	name := s[len("eval at "):]
	if before, _, ok := cutCall(name); ok {
		name = before
	}
	return isPlainName(name)
}

// isPlainName reports whether s is a name that means the same in both of JavaScriptCore's syntaxes.
func isPlainName(s string) bool {
	return s == strings.TrimSpace(s) && !isCodeName(s) && !strings.HasPrefix(s, "async ") && !strings.HasPrefix(s, "at ") && !hasOpenParen(s)
}
