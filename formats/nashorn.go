package formats

import "strings"

// nashorn is Nashorn, the JavaScript of Java 8 to 14.
//
//	frame = "at " , name , " (" , file , ":" , line , ")" ;
//	name  = function | "<anonymous>" | "<program>" ;
//	file  = path | "<eval>" | "<shell>" | path , "#" , line , ":" , column , "<eval>" ;
//
// Lines:
//
//	at fail (p.js:2)
//	at <anonymous> (p.js:14)
//	at <program> (p.js:9)
//	at f (<eval>:1)
//
// There are no columns. "<program>" is the body of a script, "<eval>" the file of code that has
// none, and "<shell>" that of what was typed into jjs. Code that a file eval'd tells the place of
// the call. Java's own frames are not among them (jdk.nashorn.api.scripting.NashornException,
// getScriptStackString).
var nashorn = Format{
	engine:        Nashorn,
	name:          "nashorn",
	title:         "Nashorn",
	at:            atSyntax{order: 100, match: matchNashorn, hint: hintNashorn, read: readNashorn, noColumns: true, lined: true},
	append:        appendNashorn,
	stack:         Stack{Indent: "\t", Headed: true, Anonymous: "<anonymous>", Script: "<program>", Module: "<program>", Eval: "<program>"},
	tellsTopLevel: true,
}

const (
	evalNashorn  = "<eval>"
	shellNashorn = "<shell>"
)

func matchNashorn(c call) bool {
	if !c.paired || c.numbers != 1 {
		return false
	}
	_, _, _, isEval := cutNashornOrigin(c.file())
	return isEval || c.name() == "<program>" || c.file() == evalNashorn || c.file() == shellNashorn
}

// hintNashorn knows the name of a function without one; the others that write it have columns or no
// header.
func hintNashorn(c call, headed bool) int {
	switch {
	case !c.paired, !headed, c.numbers != 1:
		return -never
	case c.name() == "<anonymous>":
		return 4
	}
	return 0
}

// cutNashornOrigin takes "#LINE:COL<eval>" off the right end of a file's name.
func cutNashornOrigin(s string) (file string, line, col int, ok bool) {
	position, ok := strings.CutSuffix(s, evalNashorn)
	if !ok {
		return s, 0, 0, false
	}
	rest, col, ok := cutNumber(position)
	if !ok || !strings.HasSuffix(rest, ":") {
		return s, 0, 0, false
	}
	rest, line, ok = cutNumber(rest[:len(rest)-1])
	if !ok || !strings.HasSuffix(rest, "#") {
		return s, 0, 0, false
	}
	return rest[:len(rest)-1], line, col, true
}

func readNashorn(f *Frame, c call) bool {
	if !c.paired {
		return false
	}
	*f = Frame{Func: c.name(), TopLevel: c.name() == "<program>", Engine: Nashorn}
	if !readLine(f, c.location()) {
		return false
	}
	if _, _, _, ok := cutNashornOrigin(f.File); ok {
		f.Eval, f.Origin, f.File = true, f.File, ""
		return true
	}
	switch f.File {
	case evalNashorn:
		f.Eval, f.File = true, ""
	case shellNashorn:
		f.File = ""
	}
	return true
}

func appendNashorn(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	b = append(b, f.Func...)
	b = append(b, " ("...)
	location := f
	if f.File == "" {
		_, _, _, isOrigin := cutNashornOrigin(f.Origin)
		switch {
		case f.Eval && isOrigin:
			location.File = f.Origin
		case f.Eval:
			location.File = evalNashorn
		default:
			location.File = shellNashorn
		}
	}
	return append(appendLine(b, &location), ')')
}
