package formats

// otto is otto, a JavaScript engine for Go programs.
//
//	frame = "at " , ( name , " (" , where , ")" | where ) ;
//	where = ( file | "<anonymous>" ) , ":" , line , ":" , column | "<native code>" | "<unknown>" ;
//
// Lines:
//
//	at inner (/app/e5-eval.js:3:13)
//	at /app/e5-eval.js:6:1
//	at evalInside (<anonymous>:1:1)
//	at <anonymous>:1:11
//	at forEach (<native code>)
//	at <unknown>
//
// "<anonymous>" is the file of code that has none, such as that of eval; "<unknown>" is a place that
// the engine lost. A location alone is a function without a name or the top level. But for these
// words and the natives the lines are V8's too (the lines are those of otto 0.5.1).
var otto = Format{
	engine: Otto,
	name:   "otto",
	title:  "otto",
	at:     atSyntax{order: 110, match: matchOtto, read: readOtto, plain: true},
	append: appendOtto,
	stack:  Stack{Indent: "    ", Headed: true, LineEnd: true, Natives: true},
}

const (
	anonymousOtto = "<anonymous>"
	nativeOtto    = "<native code>"
	unknownOtto   = "<unknown>"
)

func matchOtto(c call) bool {
	return c.location() == nativeOtto || c.location() == unknownOtto
}

func readOtto(f *Frame, c call) bool {
	*f = Frame{Engine: Otto}
	f.Func = c.name()
	switch c.location() {
	case nativeOtto:
		f.Native = true
		return true
	case unknownOtto:
		return true
	}
	if !c.paired {
		return c.readBare(f, anonymousOtto)
	}
	return c.readFile(f, anonymousOtto)
}

func appendOtto(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	location := f
	switch {
	case f.Native:
		location = Frame{File: nativeOtto}
	case f.File == "" && f.Line == 0 && f.Col == 0:
		location = Frame{File: unknownOtto}
	}
	var where []byte
	if location.Line == 0 && location.Col == 0 && location.File != f.File {
		where = append(where, location.File...)
	} else {
		where = appendFile(where, &location, anonymousOtto)
	}
	return appendCall(b, f.Func, where, func(where string) bool {
		var again Frame
		return where == nativeOtto || where == unknownOtto || readBare(&again, where, anonymousOtto)
	})
}
