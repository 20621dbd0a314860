package formats

import "strings"

// spidermonkey is SpiderMonkey: Firefox, Thunderbird, gjs.
//
//	frame  = [ cause , "*" ] , [ name ] , "@" , source , ":" , line , [ ":" , column ] ;
//	source = url , { " line " , line , " > " , introducer } ;
//
// Lines:
//
//	fail@http://h/p.js:1:26
//	@http://h/p.js:16:30
//	ns.deep/</<@http://h/sm.js:9:61
//	obj["@fn"]@Scratchpad/1:10:29
//	async*two@http://h/async.js:4:29
//	promise callback*@http://h/a.js:5:7
//	@http://h/p.js line 36 > eval line 1 > eval:1:5
//	anonymous@http://h/sm.js line 21 > Function:3:7
//	my mod.f@http://h/w.js line 12 > WebAssembly.Module:wasm-function[2]:0x2f
//	dumpException3@http://path/to/file.js:52
//	bar(1,"x")@http://127.0.0.1:8000/js/file.js:13
//
// The last but one is Firefox 14 to 29, the last Firefox 13 and older: the values of the arguments
// are no part of the name. Self-hosted and native functions have no frame. The column is 1-based
// and counts UTF-16 units; it is where the callee begins. A cause stands on the first frame behind
// an asynchronous break (gecko, js/src/vm/SavedStacks.cpp, FormatSpiderMonkeyStackFrame).
var spidermonkey = Format{
	engine: SpiderMonkey,
	name:   "spidermonkey",
	title:  "SpiderMonkey",
	sign:   signSyntax{order: 50, match: matchSpiderMonkey, hint: hintSpiderMonkey, read: readSpiderMonkey},
	at:     spidermonkeyAt,
	append: appendSpiderMonkey,
	stack:  Stack{LineEnd: true},
	causes: true,
}

// spidermonkeyAt is SpiderMonkey that an embedder has told to imitate V8 (gecko,
// js/src/vm/SavedStacks.cpp, FormatV8StackFrame). It has a header then.
//
//	at fail (http://h/p.js:1:26)
//	at http://h/p.js:16:30
//	at outer/< (http://h/p.js:7:53)
//	at p.js line 33 > eval:1:5
//
// No line is its alone: what tells these from V8's may be in any file's or function's name.
var spidermonkeyAt = atSyntax{order: 160, hint: hintSpiderMonkeyAt, read: readSpiderMonkeyAt}

func matchSpiderMonkey(line string) bool {
	name, location, ok := cutSign(line)
	if !ok || location == "" {
		return false
	}
	for _, scheme := range [...]string{"moz-extension:", "resource://", "chrome://", "debugger eval code:", "Scratchpad/", "self-hosted:", "javascript:"} {
		if strings.HasPrefix(location, scheme) {
			return true
		}
	}
	file, _, _, numbers := cutPosition(location)
	if numbers == 0 {
		_, _, offset, ok := cutWasm(location)
		return ok && offset != 0
	}
	if _, _, ok := cutIntroducer(file); ok {
		return true
	}
	if !isLocated(file) && !hasScriptEnding(file) {
		return false
	}
	if cause, _, ok := strings.Cut(name, "*"); ok && isCause(cause) {
		return true
	}
	if strings.HasSuffix(name, "<") || strings.HasPrefix(name, "get ") || strings.HasPrefix(name, "set ") {
		return true
	}
	if strings.HasSuffix(name, ")") && numbers == 1 {
		return true
	}
	return false
}

// hintSpiderMonkeyAt knows how a file of eval'd code and a name of a nested function are written.
func hintSpiderMonkeyAt(c call, _ bool) int {
	if c.numbers != 2 || strings.HasPrefix(c.location(), "eval at ") {
		return -never
	}
	if _, _, ok := cutIntroducer(c.file()); ok {
		return 3
	}
	if strings.HasSuffix(c.name(), "/<") && isPlainName(c.name()) {
		return 2
	}
	return 0
}

func readSpiderMonkeyAt(f *Frame, c call) bool {
	if strings.ContainsAny(c.name(), "*@\"") || strings.HasSuffix(c.name(), ")") || strings.IndexByte(c.location(), '@') >= 0 || hasOpenParen(c.location()) {
		return false // would not mean the same in the other syntax
	}
	*f = Frame{Func: c.name(), Engine: SpiderMonkey}
	if c.numbers != 2 || c.file() == "" {
		return false
	}
	f.File, f.Line, f.Col = c.file(), int(c.line), int(c.col)
	if _, _, ok := cutIntroducer(c.file()); ok {
		f.Eval, f.Origin, f.File = true, c.file(), ""
	}
	return true
}

// hintSpiderMonkey knows that a name may be a path of scopes, or the expression that a function was
// assigned to; but so may be a name in JavaScriptCore, if the program sets it.
func hintSpiderMonkey(line string, headed bool) int {
	name, location, ok := cutSign(line)
	if ok && isLocated(location) && strings.IndexByte(name, ' ') < 0 && strings.ContainsAny(name, "./[") && !strings.Contains(name, "://") {
		return 1
	}
	return 0
}

// isCause reports whether s can be what SpiderMonkey says of an asynchronous break. The words are
// the embedder's: "async", "promise callback", "EventListener.handleEvent".
func isCause(s string) bool {
	if strings.HasPrefix(s, "get ") || strings.HasPrefix(s, "set ") {
		return false // an accessor whose name holds a star
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; !isLetter(c) && !isDigit(c) && c != ' ' && c != '.' && c != '_' && c != '-' && c != ':' {
			return false
		}
	}
	return s != ""
}

func readSpiderMonkey(f *Frame, line string) bool {
	name, location, ok := cutSign(line)
	if !ok {
		return false
	}
	*f = Frame{Engine: SpiderMonkey}
	if cause, after, ok := strings.Cut(name, "*"); ok && isCause(cause) {
		f.Async, f.AsyncCause, name = true, cause, after
	}
	if module, index, offset, ok := cutWasm(location); ok {
		f.Func, f.File, f.Index, f.Offset, f.Wasm = name, module, index, offset, true
		if _, _, ok := cutIntroducer(module); ok {
			f.Origin = module
		}
		return true
	}
	file, lineNumber, col, numbers := cutPosition(location)
	_, _, introduced := cutIntroducer(file)
	if numbers == 0 || numbers == 1 && !introduced && isCutURL(file) {
		return false
	}
	f.File, f.Line, f.Col = file, lineNumber, col
	if introduced {
		f.Eval, f.Origin, f.File = true, file, ""
	}
	if numbers == 1 && strings.HasSuffix(name, ")") {
		if open := strings.IndexByte(name, '('); open >= 0 {
			name = name[:open]
		}
	}
	f.Func = name
	return true
}

func appendSpiderMonkey(b []byte, f Frame) []byte {
	switch {
	case !f.Async || isBoundary(f.AsyncCause):
	case isCause(f.AsyncCause):
		b = append(b, f.AsyncCause...)
		b = append(b, '*')
	default:
		b = append(b, "async*"...)
	}
	b = append(b, f.Func...)
	b = append(b, '@')
	switch {
	case f.Wasm && f.File == "" && f.Origin != "":
		return appendWasm(b, &f, f.Origin, "")
	case f.Wasm:
		return appendWasm(b, &f, f.File, "<anonymous>")
	case f.Native:
		b = append(b, "self-hosted"...)
	case f.Eval && f.File == "":
		b = appendIntroducer(b, &f)
	default:
		b = append(b, f.File...)
	}
	if f.Line == 0 && f.Col == 0 {
		return append(b, ":0:0"...)
	}
	b = appendPosition(b, &f)
	if f.Col == 0 && strings.HasSuffix(f.Func, ")") && !isOpenEnded(f.File) && !isCutURL(f.File) {
		b = append(b, ":0"...) // else the parentheses would be an argument list
	}
	return b
}
