package formats

import "strings"

// chakra is Chakra: Internet Explorer 10 and 11, Edge 12 to 18, ChakraCore.
//
//	frame = "at " , name , " (" , ( file , ":" , line , ":" , column | "native code" ) , ")" ;
//	name  = hint | "Anonymous function" | "Global code" | "Module code" | "eval code" | "Function code" ;
//	file  = url | "" | "eval code" | "Function code" | "Unknown script code" ;
//
// Lines:
//
//	at foo (http://path/to/file.js:46:9)
//	at Anonymous function (http://path/to/file.js:48:13)
//	at Global code (http://localhost:8080/file.js:32:9)
//	at Foo.prototype.bar (file.js:3:5)
//	at odd[foo (http://x/y.js:1:2)] (file.js:7:3)
//	at get [nm (http://h/x.js:13:25)
//	at eval code (eval code:4:18)
//	at namedInside (Function code:2:2)
//	at f (:2:3)
//	at Array.prototype.forEach (native code)
//	at foo(number, string) (x.js:3:5)
//
// The last is the test host's, which adds the types of the arguments.
//
// Names are hints from the source text; the accessor of a computed name lacks its closing bracket,
// which is the engine's fault. A file of eval'd code is one of three placeholders: it becomes the
// Origin, for it says what made the code, though not where. Nothing marks constructors or async
// functions. The column is where the statement begins (ChakraCore,
// lib/Runtime/Language/JavascriptExceptionOperators.cpp, AppendExternalFrameToStackTrace).
var chakra = Format{
	engine:    Chakra,
	name:      "chakra",
	title:     "Chakra",
	at:        atSyntax{order: 20, match: matchChakra, read: readChakra, plain: true},
	append:    appendChakra,
	stack:     Stack{Indent: "   ", Headed: true, Anonymous: "Anonymous function", Script: "Global code", Module: "Module code", Eval: "eval code", Natives: true},
	anonymous: []string{"Anonymous function"},
}

// chakraOrigin returns which of Chakra's placeholders for eval'd code s is, or "".
func chakraOrigin(s string) string {
	switch s {
	case "eval code", "Function code", "Unknown script code":
		return s
	}
	return ""
}

func matchChakra(c call) bool {
	if !c.paired {
		return false
	}
	switch c.name() {
	case "Anonymous function", "Global code", "Module code", "Function code":
		return true
	}
	return c.location() == nativeChakra || chakraOrigin(c.file()) != ""
}

func readChakra(f *Frame, c call) bool {
	if !c.paired {
		return false
	}
	name := cutTypes(c.name())
	if c.numbers == 2 {
		f.set(name, c.file(), int(c.line), int(c.col), Chakra)
	} else {
		f.set(name, "", 0, 0, Chakra)
	}
	f.TopLevel = name == "Global code" || name == "Module code"
	if c.numbers < 2 {
		if c.location() == nativeChakra {
			f.Native = true
			return true
		}
		if !c.readFile(f, "") {
			return false
		}
	}
	if origin := chakraOrigin(f.File); origin != "" {
		f.Eval, f.Origin, f.File = true, origin, ""
	}
	return true
}

// cutTypes takes the types of arguments off the end of a name: "(number, string, ...)".
func cutTypes(name string) string {
	if !strings.HasSuffix(name, ")") {
		return name
	}
	open := strings.LastIndexByte(name, '(')
	if open <= 0 {
		return name
	}
	for word := range strings.SplitSeq(name[open+1:len(name)-1], ", ") {
		switch word {
		case "null", "undefined", "boolean", "string", "number", "NaN", "symbol", "object", "...":
		default:
			return name
		}
	}
	return name[:open]
}

func appendChakra(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	b = append(b, f.Func...)
	b = append(b, " ("...)
	switch {
	case f.Native:
		b = append(b, nativeChakra...)
	case f.Eval && f.File == "":
		origin := chakraOrigin(f.Origin)
		if origin == "" {
			origin = "eval code"
		}
		b = appendFile(b, &f, origin)
	default:
		b = appendFile(b, &f, "")
	}
	return append(b, ')')
}
