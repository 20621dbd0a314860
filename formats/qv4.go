package formats

import "strings"

// qv4 is V4, the engine of Qt's QML and QJSEngine.
//
//	frame = [ name ] , "@" , [ file ] , ":" , line ;
//	name  = function | "%entry" ;
//	file  = url | "eval code" ;
//
// Lines:
//
//	boom@file:///app/e5-names.js:3
//	@file:///app/e5-messages.js:65
//	%entry@file:///app/e5-eval.js:6
//	%entry@eval code:1
//	anonymous@:2
//
// There are no columns and no natives. "%entry" is the top level, of a file and of eval'd code; the
// body of a Function has an empty file. "qrc:" is the scheme of files that are built into a program. "eval code" becomes the Origin, for it says what made the
// code, though not where. The line is 0 where the engine has run out of stack (the lines are those of
// Qt 5.15.8).
var qv4 = Format{
	engine:        QV4,
	name:          "qv4",
	title:         "QML's V4",
	sign:          signSyntax{order: 40, match: matchQV4, hint: hintQV4, read: readQV4},
	append:        appendQV4,
	stack:         Stack{Script: "%entry", Module: "%entry", Eval: "%entry"},
	tellsTopLevel: true,
}

const evalQV4 = "eval code"

func matchQV4(line string) bool {
	if line == "" || !isDigit(line[len(line)-1]) {
		return false
	}
	name, location, ok := cutSign(line)
	if !ok {
		return false
	}
	file, _, ok := cutLine(location)
	return ok && (name == "%entry" || file == evalQV4 || strings.HasPrefix(file, "qrc:/"))
}

// hintQV4 knows that V4 names files by their URLs and counts no columns; Firefox counts them since
// 2014.
func hintQV4(line string, headed bool) int {
	_, location, ok := cutSign(line)
	if !ok {
		return -never
	}
	file, _, _, numbers := cutPosition(location)
	switch {
	case numbers != 1:
		return -never
	case strings.HasPrefix(file, "file:///"):
		return 1
	}
	return 0
}

func readQV4(f *Frame, line string) bool {
	name, location, ok := cutSign(line)
	if !ok {
		return false
	}
	*f = Frame{Func: name, TopLevel: name == "%entry", Engine: QV4}
	if !readLine(f, location) {
		return false
	}
	if f.File == evalQV4 {
		f.Eval, f.Origin, f.File = true, evalQV4, ""
	}
	return true
}

func appendQV4(b []byte, f Frame) []byte {
	b = append(b, f.Func...)
	b = append(b, '@')
	location := f
	if f.Eval && f.File == "" {
		location.File = evalQV4
	}
	return appendLine(b, &location)
}
