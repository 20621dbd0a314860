package formats

import "strings"

// hermes is Hermes, React Native's engine.
//
//	frame = "at " , name , " (" , where , ")" ;
//	where = "native" | file , ":" , line , ":" , column
//	      | "address at " , ( file | "unknown" ) , ":" , segment , ":" , offset ;
//
// Lines:
//
//	at fail (h.js:2:39)
//	at anonymous (http://localhost:8081/index.bundle//&platform=ios:9:30)
//	at global (address at index.android.bundle:1:1234567)
//	at tryCallOne (address at InternalBytecode.js:1:1180)
//	at eval (JavaScript:1:5)
//	at forEach (native)
//
// Without debug information it knows no source position: what follows "address at" is the number of
// the bundle's segment, from 1, and a byte offset into its bytecode, from 0. They become Index and
// Offset, never Line and Col. It marks neither constructors nor async functions (hermes,
// lib/VM/JSError.cpp, constructStackTraceString_RJS).
var hermes = Format{
	engine:    Hermes,
	name:      "hermes",
	title:     "Hermes",
	at:        atSyntax{order: 10, match: matchHermes, hint: hintHermes, read: readHermes, plain: true},
	sign:      hermesShort,
	signIsOld: true,
	append:    appendHermes,
	stack:     Stack{Indent: "    ", Headed: true, Anonymous: "anonymous", Script: "global", Module: "global", Eval: "eval", Natives: true},
	anonymous: []string{"anonymous"},
	evalFile:  "JavaScript",
	skipped:   "... skipping ", skippedEnd: " frames",
	tellsTopLevel: true,
}

// hermesShort is the form in which React Native passes Hermes' addresses on: segment and offset,
// without the file.
//
//	anonymous@1:557290
//
// It is asked first: "1" would be a file to the others.
var hermesShort = signSyntax{order: 10, match: matchHermesShort, read: readHermesShort}

const addressAt = "address at "

func matchHermes(c call) bool {
	return c.paired && strings.HasPrefix(c.location(), addressAt) || strings.HasSuffix(c.file(), "InternalBytecode.js") ||
		strings.Contains(c.file(), ".bundle//&") || // Metro's way to write a query for Hermes
		strings.HasPrefix(c.text, "?anon_")
}

// hintHermes knows the names of code without one; and that Hermes writes no bare locations, no
// marks, and no type before the name of a builtin.
func hintHermes(c call, _ bool) int {
	switch {
	case !c.paired, strings.HasPrefix(c.text, "<"), c.hasMark("async "), c.hasMark("new "):
		return -never
	case c.name() == "anonymous", c.file() == "JavaScript":
		return 2
	case c.name() == "global":
		return 3
	}
	return hintNative(c)
}

// never is the weight of a line that an engine does not write.
const never = 100

// hintNative weighs a builtin: V8 put a type before the names of most when it called them native.
func hintNative(c call) int {
	if !c.paired || c.location() != "native" {
		return 0
	}
	if strings.IndexByte(c.name(), '.') >= 0 {
		return -1
	}
	return 1
}

func readHermes(f *Frame, c call) bool {
	if !c.paired {
		return false
	}
	if c.numbers == 2 {
		if file, ok := strings.CutPrefix(c.file(), addressAt); ok {
			if file == "unknown" {
				file = ""
			}
			f.set(c.name(), file, 0, 0, Hermes)
			f.Index, f.Offset = int(c.line), int(c.col)
		} else {
			f.set(c.name(), file, int(c.line), int(c.col), Hermes)
			f.Eval = file == "JavaScript"
		}
		f.TopLevel = f.Func == "global"
		return true
	}
	f.set(c.name(), "", 0, 0, Hermes)
	f.TopLevel = f.Func == "global"
	if c.location() == "native" {
		f.Native = true
		return true
	}
	if strings.HasPrefix(c.location(), addressAt) {
		return false
	}
	ok := c.readFile(f, "")
	f.Eval = f.File == "JavaScript"
	return ok
}

func appendHermes(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	b = append(b, f.Func...)
	b = append(b, " ("...)
	switch {
	case f.Native:
		b = append(b, "native"...)
	case f.Line == 0 && f.Col == 0 && !f.Wasm && (f.Index != 0 || f.Offset != 0):
		b = append(b, addressAt...)
		if f.File == "" {
			b = append(b, "unknown"...)
		}
		b = append(b, f.File...)
		b = append(b, ':')
		b = appendInt(b, f.Index)
		b = append(b, ':')
		b = appendInt(b, f.Offset)
	default:
		b = appendFile(b, &f, "")
	}
	return append(b, ')')
}

// minOffset is less than any function's offset in a bundle, which begins with a header of 128 bytes.
// "f@1:5" is a line and a column.
const minOffset = 100

func matchHermesShort(line string) bool {
	var f Frame
	return readHermesShort(&f, line)
}

func readHermesShort(f *Frame, line string) bool {
	rest, offset, ok := cutNumber(line)
	name, ok2 := strings.CutSuffix(rest, "@1:")
	if !ok || !ok2 || name == "" || strings.IndexByte(name, ' ') >= 0 || offset < minOffset {
		return false
	}
	*f = Frame{Func: name, TopLevel: name == "global", Index: 1, Offset: offset, Engine: Hermes}
	return true
}
