package formats

import "strings"

// safariConsole is the stack below a message in Safari's Web Inspector, copied as text.
//
//	frame = ( name | "(anonymous function)" | "Global Code" | "Module Code" | "Eval Code" ) , " — " , file , ":" , line , [ ":" , column ] ;
//
// Lines:
//
//	foo — file.js:12
//	(anonymous function) — file.js:12:3
//
// The file is the last part of the URL.
var safariConsole = Format{
	engine:    SafariConsole,
	name:      "safariconsole",
	title:     "Safari's console",
	foreign:   true,
	match:     matchSafariConsole,
	read:      readSafariConsole,
	append:    appendSafariConsole,
	stack:     Stack{Headed: true, Anonymous: "(anonymous function)", Script: "Global Code", Module: "Module Code", Eval: "Eval Code", Placed: true},
	anonymous: []string{"(anonymous)", "(anonymous function)"},
}

// dash stands between the name and the location.
const dash = " — "

func matchSafariConsole(line string) bool {
	var f Frame
	if !readSafariConsole(&f, line) {
		return false
	}
	return f.TopLevel || f.Eval || f.Func == "(anonymous function)" || IsConsoleName(f.Func) && isLinkText(f.File)
}

func readSafariConsole(f *Frame, line string) bool {
	at := strings.LastIndex(line, dash)
	if at <= 0 {
		return false
	}
	name := line[:at]
	file, lineNumber, col, numbers := cutPosition(line[at+len(dash):])
	if numbers == 0 || lineNumber == 0 || file == "" || isBlank(name[len(name)-1]) || isBlank(file[0]) || numbers == 1 && isCutURL(file) {
		return false
	}
	f.set(name, file, lineNumber, col, SafariConsole)
	f.TopLevel = name == "Global Code" || name == "Module Code"
	f.Eval = name == "Eval Code"
	return true
}

func appendSafariConsole(b []byte, f Frame) []byte {
	b = append(b, f.Func...)
	b = append(b, dash...)
	b = append(b, f.File...)
	return appendPosition(b, &f)
}
