package formats

import "strings"

// devtools is the stack below a message in the console of Chrome's DevTools, copied as text.
//
//	frame    = name , " @ " , file , ":" , line , [ ":" , column ] ;
//	name     = function | "(anonymous)" | "(anonymous function)" ;
//	file     = basename , [ query ] | "(index)" | "VM" , number , [ " " , basename ] ;
//
// Lines, in which tabs may stand around the "@", as they do between the cells of a table:
//
//	foo @ file.js:12
//	(anonymous) @ VM123:1
//	(anonymous function)	@	throw-error-basic.html:14
//	foo @ main.a3158be.js:1
//	foo @ index.js?v=2:10
//	foo @ (index):12
//	foo @ VM123 x.js:3
//	foo @ file.js:12:5
//	| foo | @ | file.js:12
//	$func219 @ 00970ca6:0x1a129
//
// The last but one is a row of a table in Markdown. The last is a function of WebAssembly, with its module
// and the offset in it.
//
// The file is what DevTools shows of a URL: its last part. Lines are 1-based
// (devtools-frontend, JSPresentationUtils.ts, buildStackTraceRows).
var devtools = Format{
	engine:    DevTools,
	name:      "devtools",
	title:     "Chrome's console",
	foreign:   true,
	match:     matchDevTools,
	read:      readDevTools,
	append:    appendDevTools,
	stack:     Stack{Headed: true, Anonymous: "(anonymous)", Script: "(anonymous)", Module: "(anonymous)", Eval: "(anonymous)", Placed: true},
	anonymous: []string{"(anonymous)", "(anonymous function)"},
}

// cutDevTools splits "NAME @ LOCATION" at its last "@" with blanks on both sides.
func cutDevTools(line string) (name, location string, ok bool) {
	for at := strings.LastIndexByte(line, '@'); at > 0; at = strings.LastIndexByte(line[:at], '@') {
		if at+1 < len(line) && isBlank(line[at-1]) && isBlank(line[at+1]) {
			name, location = strings.TrimRight(line[:at], " \t"), strings.TrimLeft(line[at+1:], " \t")
			if before, cell := strings.CutSuffix(name, " |"); cell && strings.HasPrefix(location, "| ") {
				name = strings.TrimLeft(strings.TrimRight(before, " \t"), "| \t")
				location = strings.TrimRight(strings.TrimLeft(location, "| \t"), "| \t")
			}
			return name, location, name != "" && location != ""
		}
	}
	return "", "", false
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// matchDevTools knows the words for code without a name or a file, and files of scripts.
func matchDevTools(line string) bool {
	var f Frame
	if !readDevTools(&f, line) {
		return false
	}
	return f.Func == "(anonymous)" || f.Func == "(anonymous function)" || f.Wasm && f.Func[0] == '$' || IsConsoleName(f.Func) && isLinkText(f.File)
}

// IsConsoleName reports whether s is a function's name as consoles show it: one word, but for the
// markers before it and the words for code without a name.
func IsConsoleName(s string) bool {
	switch s {
	case "(anonymous)", "(anonymous function)":
		return true
	}
	for _, marker := range [...]string{"get ", "set ", "new ", "async ", "static "} {
		s = strings.TrimPrefix(s, marker)
	}
	return s != "" && strings.IndexByte(s, ' ') < 0 && strings.IndexByte(s, '\t') < 0 && s[len(s)-1] != ':' && hasWord(s)
}

// hasWord reports whether s holds a byte of an identifier.
func hasWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if inIdentifier[s[i]] {
			return true
		}
	}
	return false
}

// isLinkText reports whether file is what consoles show of a script's URL.
func isLinkText(file string) bool {
	if file == "(index)" || file == "(program)" {
		return true
	}
	if rest, ok := strings.CutPrefix(file, "VM"); ok {
		number, _, _ := strings.Cut(rest, " ")
		if isNumber(number) {
			return true
		}
	}
	if query := strings.IndexAny(file, "?#"); query > 0 {
		file = file[:query]
	}
	return strings.IndexByte(file, ' ') < 0 && hasScriptEnding(file)
}

func readDevTools(f *Frame, line string) bool {
	name, location, ok := cutDevTools(line)
	if !ok {
		return false
	}
	file, lineNumber, col, numbers := cutPosition(location)
	if module, digits, ok := strings.Cut(location, ":0x"); ok && module != "" && strings.IndexByte(module, ' ') < 0 {
		f.set(name, module, 0, 0, DevTools)
		f.Wasm = true
		f.Offset, ok = parseHex(digits)
		return ok
	}
	if numbers == 0 || lineNumber == 0 || file == "" || numbers == 1 && isCutURL(file) {
		return false
	}
	f.set(name, file, lineNumber, col, DevTools)
	return true
}

func appendDevTools(b []byte, f Frame) []byte {
	b = append(b, f.Func...)
	b = append(b, " @ "...)
	b = append(b, f.File...)
	if f.Wasm && f.Index == 0 {
		b = append(b, ":0x"...)
		return appendHex(b, f.Offset)
	}
	return appendPosition(b, &f)
}
