package formats

import "strings"

// quickjs is QuickJS, Bellard's and quickjs-ng. Its traces have no header.
//
//	frame = "at " , ( name , [ " (" , where , ")" ] | file , ":" , line , ":" , column ) ;
//	where = "native" | "missing" | file , [ ":" , line , [ ":" , column ] ] ;
//
// Lines:
//
//	at fail (p.js:1:39)
//	at <anonymous> (p.js:16:30)
//	at <eval> (<input>:1:5)
//	at anonymous (<input>:3:5)
//	at [Symbol.replace] (native)
//	at foo (p.js:12)
//	at foo
//	at <input>:2:1
//
// "<eval>" is the top level of a script and of eval'd code alike; "<input>" is the file of code
// that has none. Builds before 2025 have no column, bytecode without debug information has no
// location at all, and the last form is where a syntax error was found (quickjs.c,
// build_backtrace).
var quickjs = Format{
	engine:        QuickJS,
	name:          "quickjs",
	title:         "QuickJS",
	at:            atSyntax{order: 50, match: matchQuickJS, hint: hintQuickJS, read: readQuickJS, plain: true},
	append:        appendQuickJS,
	stack:         Stack{Indent: "    ", LineEnd: true, Anonymous: "<anonymous>", Script: "<eval>", Module: "<anonymous>", Eval: "<eval>", Natives: true},
	evalFile:      "<input>",
	tellsTopLevel: true,
}

func matchQuickJS(c call) bool {
	switch {
	case !c.paired:
		return strings.HasPrefix(c.text, "<input>:")
	case c.name() == "<eval>", c.location() == "missing":
		return true
	}
	return c.numbers > 0 && (c.file() == "<input>" || c.file() == "<evalScript>" || c.file() == "<cmdline>")
}

// hintWebQuickJS weighs a file of the web: QuickJS runs in no browser.
const hintWebQuickJS = -4

func hintQuickJS(c call, headed bool) int {
	switch {
	case headed, c.hasMark("async "), c.name() == "global":
		return -never
	case c.name() == "<anonymous>":
		return 4
	case c.paired && strings.HasPrefix(c.location(), "http"):
		return hintWebQuickJS
	case !c.paired && isWord(c.text):
		return 1
	}
	return 2 * hintNative(c)
}

// ReadName reads "at NAME", the line of a function without debug information, for a trace without a
// header whose engine is not decided. Nothing in the line tells it from prose.
func ReadName(f *Frame, line string) bool {
	name := strings.TrimPrefix(line, "at ")
	f.set(name, "", 0, 0, QuickJS)
	f.TopLevel = name == "<eval>"
	return isWord(name)
}

func readQuickJS(f *Frame, c call) bool {
	if !c.paired {
		f.set("", "", 0, 0, QuickJS)
		if c.readBare(f, "") {
			f.Eval = f.File == "<input>"
			return true
		}
		f.Func, f.TopLevel = c.text, c.text == "<eval>"
		return isWord(c.text)
	}
	if c.numbers == 2 {
		f.set(c.name(), c.file(), int(c.line), int(c.col), QuickJS)
		f.TopLevel, f.Eval = f.Func == "<eval>", f.File == "<input>"
		return true
	}
	f.set(c.name(), "", 0, 0, QuickJS)
	f.TopLevel = f.Func == "<eval>"
	switch c.location() {
	case "native":
		f.Native = true
		return true
	case "missing", "":
		return true
	}
	ok := c.readFile(f, "")
	f.Eval = f.File == "<input>"
	return ok
}

func appendQuickJS(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	bare := Frame{}
	switch {
	case f.Native:
		b = append(b, f.Func...)
		return append(b, " (native)"...)
	case f.Func == "" && f.File != "" && readBare(&bare, string(appendFile(nil, &f, "")), ""):
		return appendFile(b, &f, "")
	case f.File == "" && f.Line == 0 && f.Col == 0:
		b = append(b, f.Func...)
		if isWord(f.Func) {
			return b
		}
		return append(b, " (missing)"...)
	}
	b = append(b, f.Func...)
	b = append(b, " ("...)
	b = appendFile(b, &f, "")
	return append(b, ')')
}

// isWord reports whether s can be a function's name without any sign of being prose: letters,
// digits and what identifiers and the engines' placeholders hold besides.
func isWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if !inWord[s[i]] {
			return false
		}
	}
	return s != ""
}

// inWord holds the bytes of identifiers, of "#private" and of "<anonymous>"; a byte of a letter
// outside ASCII counts.
var inWord = func() (set [256]bool) {
	for c := range set {
		set[c] = c >= 0x80 || isLetter(byte(c)) || isDigit(byte(c)) || strings.IndexByte("_$#<>.", byte(c)) >= 0
	}
	return set
}()
