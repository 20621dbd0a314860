package formats

import "strings"

// bun is Bun, which writes JavaScriptCore's frames almost as V8 does.
//
//	frame = "at " , [ "async " ] , ( [ "new " ] , name , " (" , where , ")" | location | "unknown" ) ;
//	where = "unknown" | ( "native" | "unknown" ) , ":" , line , ":" , column | location ;
//
// Lines:
//
//	at fail (/app/p.js:1:30)
//	at <anonymous> (/app/p.js:16:26)
//	at /app/p.js:6:1
//	at new Foo (/app/p.js:3:29)
//	at async <anonymous> (/app/p.js:4:29)
//	at forEach (native:1:11)
//	at forEach (1:11)
//	at sort (unknown)
//	at new DefaultCtor (unknown:1:28)
//	at <parse> (:0)
//	at unknown
//
// Names have no type before them and no alias behind. "native" is a builtin that is JavaScript
// inside, and its position one in that hidden source; "unknown" is one that is not, and WebAssembly.
// Eval'd code has the file of its caller and a position in the eval'd text, which nothing shows.
var bun = Format{
	engine: Bun,
	name:   "bun",
	title:  "Bun",
	at:     atSyntax{order: 60, match: matchBun, hint: hintBun, read: readBun, plain: true},
	append: appendBun,
	stack:  Stack{Indent: "    ", Headed: true, Anonymous: "<anonymous>", Eval: "<anonymous>", Natives: true},
}

func matchBun(c call) bool {
	if !c.paired {
		return c.text == unknownBun
	}
	switch c.location() {
	case unknownBun, nativeBun + ":1:11", "1:11":
		return true
	}
	return c.name() == "<parse>" || strings.HasPrefix(c.location(), unknownBun+":")
}

func hintBun(c call, _ bool) int {
	switch {
	case !c.paired:
		if c.file() == "<anonymous>" {
			return -never
		}
		return 1
	case c.location() == "native", strings.HasSuffix(c.name(), "]") && strings.Contains(c.name(), " [as "):
		return -never
	case c.name() == "<anonymous>", c.name() == "async <anonymous>", strings.HasPrefix(c.location(), nativeBun+":"):
		return 3
	}
	return 0
}

func readBun(f *Frame, c call) bool {
	if c.text == unknownBun {
		f.set("", "", 0, 0, Bun)
		f.Native = true
		return true
	}
	async := c.text[0] == 'a' && c.cutMark("async ")
	if !c.paired {
		f.set("", "", 0, 0, Bun)
		f.Async = async
		return c.readBare(f, "")
	}
	name, constructor := c.name(), false
	if after, ok := strings.CutPrefix(name, "new "); ok && after != "" {
		constructor, name = true, after
	}
	f.set(name, "", 0, 0, Bun)
	f.Async, f.Constructor = async, constructor
	if c.numbers == 2 {
		f.File, f.Line, f.Col = c.file(), int(c.line), int(c.col)
	} else if c.location() == unknownBun {
		f.Native = true
		return true
	} else if !c.readFile(f, "") {
		return false
	}
	switch {
	case f.File == nativeBun && hasPosition(f), f.File == "" && c.location()[0] != ':':
		f.File, f.Native = "", true
	case f.File == unknownBun && hasPosition(f):
		f.File = ""
	}
	return true
}

func hasPosition(f *Frame) bool { return f.Line > 0 || f.Col > 0 }

func appendBun(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	if f.Async && f.AsyncCause == "" {
		b = append(b, "async "...)
	}
	if f.Native && f.Func == "" && !hasPosition(&f) && !f.Constructor && !f.Async {
		return append(b, unknownBun...)
	}
	if f.File != "" && isV8Bare(&f) {
		return appendFile(b, &f, "")
	}
	if f.Constructor {
		b = append(b, "new "...)
	}
	b = append(b, f.Func...)
	b = append(b, " ("...)
	switch {
	case f.Native && hasPosition(&f):
		b = append(b, nativeBun...)
		b = appendPosition(b, &f)
	case f.Native:
		b = append(b, unknownBun...)
	case f.File == "" && f.Line > 0 && f.Col > 0:
		b = append(b, unknownBun...)
		b = appendPosition(b, &f)
	case f.File == "" && !hasPosition(&f):
		b = append(b, ":0"...)
	default:
		b = appendFile(b, &f, "")
	}
	return append(b, ')')
}
