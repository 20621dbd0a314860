package formats

import "strings"

// mujs is MuJS, the engine of MuPDF. Its traces stand in an error's string and in its stackTrace.
//
//	frame = "at " , ( name , " (" , ( file , ":" , line | "native" ) , ")" | file , ":" , line ) ;
//	file  = path | "(eval)" ;
//
// Lines:
//
//	at fail (p.js:2)
//	at p.js:14
//	at (eval):1
//	at Array.prototype.forEach (native)
//	at [bind] (native)
//
// There are no columns. A location alone is a function without a name or the top level. Natives have
// the names of the specification. "(eval)" is the file of all code from a string (mujs, jsrun.c,
// js_stacktrace; the lines are those of MuJS 1.3.2).
var mujs = Format{
	engine: MuJS,
	name:   "mujs",
	title:  "MuJS",
	at:     atSyntax{order: 90, match: matchMuJS, hint: hintMuJS, read: readMuJS, noColumns: true, lined: true},
	append: appendMuJS,
	stack:  Stack{Indent: "\t", Headed: true, Natives: true},
}

const evalMuJS = "(eval)"

func matchMuJS(c call) bool {
	return c.file() == evalMuJS && c.numbers > 0
}

// hintMuJS knows that MuJS writes neither columns nor, its language being an old one, names with
// blanks; and that few other engines write a location alone that has no column.
func hintMuJS(c call, headed bool) int {
	switch {
	case !c.paired && c.numbers != 1:
		return -never
	case !c.paired && headed:
		return 2
	case !c.paired:
		return 1 // Rhino's, as likely
	case strings.IndexByte(c.name(), ' ') >= 0, strings.HasPrefix(c.name(), "<"):
		return -never
	case c.location() == "native":
		return 2
	case c.numbers != 1:
		return -never
	}
	return 0
}

func readMuJS(f *Frame, c call) bool {
	*f = Frame{Engine: MuJS}
	ok := true
	if !c.paired {
		ok = readBareLine(f, c.text, evalMuJS)
	} else if f.Func = c.name(); c.location() == "native" {
		f.Native = true
	} else {
		ok = readLine(f, c.location())
	}
	if f.File == evalMuJS {
		f.Eval, f.File = true, ""
	}
	return ok
}

func appendMuJS(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	if f.Native {
		b = append(b, f.Func...)
		return append(b, " (native)"...)
	}
	location := f
	if f.Eval && f.File == "" {
		location.File = evalMuJS
	}
	return appendCall(b, f.Func, appendLine(nil, &location), func(where string) bool {
		var again Frame
		return readBareLine(&again, where, evalMuJS)
	})
}
