package formats

import "strings"

// firefoxConsole is the stack below a message in Firefox's console, copied as text.
//
//	frame = [ cause , "*" ] , ( name | "<anonymous>" ) , " " , url , ":" , line , [ ":" , column ] ;
//
// Lines:
//
//	foo http://h/a.js:12
//	<anonymous> http://h/a.js:20
//	promise callback*bar http://h/a.js:1:2
//	forEach self-hosted:4324
//
// Names are SpiderMonkey's.
var firefoxConsole = Format{
	engine:  FirefoxConsole,
	name:    "firefoxconsole",
	title:   "Firefox's console",
	foreign: true,
	match:   matchFirefoxConsole,
	read:    readFirefoxConsole,
	append:  appendFirefoxConsole,
	stack:   Stack{Indent: "    ", Headed: true, Anonymous: "<anonymous>", Script: "<anonymous>", Module: "<anonymous>", Eval: "<anonymous>", Placed: true},
}

// selfHosted is the file of what SpiderMonkey has written in JavaScript.
const selfHosted = "self-hosted"

// matchFirefoxConsole knows the word for code without a name, causes, and the files of Firefox itself.
func matchFirefoxConsole(line string) bool {
	var f Frame
	return readFirefoxConsole(&f, line) && (f.Func == "<anonymous>" || IsConsoleName(f.Func) && (f.Async || isFirefoxFile(f.File)))
}

func isFirefoxFile(file string) bool {
	for _, scheme := range [...]string{selfHosted, "resource://", "chrome://", "moz-extension://", "jar:file:"} {
		if strings.HasPrefix(file, scheme) {
			return true
		}
	}
	return false
}

func readFirefoxConsole(f *Frame, line string) bool {
	blank := strings.LastIndexByte(line, ' ')
	if blank < 0 || !hasScheme(line[blank+1:]) && !strings.HasPrefix(line[blank+1:], selfHosted+":") {
		return false
	}
	name := line[:blank]
	file, lineNumber, col, numbers := cutPosition(line[blank+1:])
	if numbers == 0 || lineNumber == 0 || isCutURL(file) || file != selfHosted && (!hasScheme(file) || !strings.Contains(file, "://")) {
		return false
	}
	cause := ""
	if before, after, ok := strings.Cut(name, "*"); ok && isCause(before) {
		cause, name = before, after
	}
	f.set(name, file, lineNumber, col, FirefoxConsole)
	f.Async, f.AsyncCause = cause != "", cause
	return name != "" && !isBlank(name[0]) && !isBlank(name[len(name)-1])
}

func appendFirefoxConsole(b []byte, f Frame) []byte {
	if f.AsyncCause != "" && !isBoundary(f.AsyncCause) {
		b = append(b, f.AsyncCause...)
		b = append(b, '*')
	}
	b = append(b, f.Func...)
	b = append(b, ' ')
	b = append(b, f.File...)
	return appendPosition(b, &f)
}
