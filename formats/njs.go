package formats

import "strings"

// njs is njs, the JavaScript of nginx.
//
//	frame = "at " , name , " (" , ( file , ":" , line | "native" ) , ")" ;
//
// Lines:
//
//	at boom (/app/e5-native.js:4)
//	at anonymous (/app/e5-native.js:18)
//	at main (/app/e5-native.js:25)
//	at Array.prototype.forEach (native)
//	at RegExp.prototype[Symbol.replace] (native)
//
// There are no columns, and every frame has a name: "anonymous" a function without one, "main" the
// top level, which cannot be told from a function called so. A frame that repeats is written once,
// and a line behind it says how often (the lines are those of njs 0.7.9).
var njs = Format{
	engine:    NJS,
	name:      "njs",
	title:     "njs",
	at:        atSyntax{order: 140, hint: hintNJS, read: readNJS, noColumns: true, lined: true},
	append:    appendNJS,
	stack:     Stack{Indent: "    ", Headed: true, LineEnd: true, Anonymous: "anonymous", Script: "main", Module: "main", Eval: "main", Natives: true},
	anonymous: []string{"anonymous"},
	skipped:   "  repeats ", skippedEnd: " times",
	tellsTopLevel: true, repeats: true,
}

// hintNJS knows the names of code without one.
func hintNJS(c call, _ bool) int {
	switch {
	case !c.paired, strings.HasPrefix(c.name(), "<"):
		return -never
	case c.location() == "native":
		if strings.Contains(c.name(), ".prototype") {
			return 2
		}
		return 0
	case c.numbers != 1:
		return -never
	case c.name() == "main":
		return 3
	case c.name() == "anonymous":
		return 1
	}
	return 0
}

func readNJS(f *Frame, c call) bool {
	if !c.paired {
		return false
	}
	*f = Frame{Func: c.name(), TopLevel: c.name() == "main", Engine: NJS}
	if c.location() == "native" {
		f.Native = true
		return true
	}
	return readLine(f, c.location())
}

func appendNJS(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	b = append(b, f.Func...)
	if f.Native {
		return append(b, " (native)"...)
	}
	b = append(b, " ("...)
	return append(appendLine(b, &f), ')')
}
