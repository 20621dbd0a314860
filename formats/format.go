// Package formats is the syntax layer of package stacktrace: it knows what a single line of a
// stack trace looks like in each JavaScript engine, and nothing about whole traces.
//
// A [Format] answers two questions about a line, and writes lines. Match is strict: it is true of a
// line that only this engine writes, so that one such line decides a whole trace. Read is tolerant:
// it fills a frame in place from any line that can be taken for this engine's. The caller removes
// indentation, line ends and colours first.
//
// Most programs want package stacktrace, which finds the lines, decides the engine once per trace
// and reads the error's header too.
package formats

import "strings"

// Frame is one frame as its line tells it. The fields are those of stacktrace.Frame, where they are
// documented; the two types are converted into each other without copying.
type Frame struct {
	Func        string
	Alias       string
	File        string
	Line, Col   int
	Index       int
	Offset      int
	Origin      string
	AsyncCause  string
	Skipped     int
	Async       bool
	Constructor bool
	Eval        bool
	Native      bool
	Wasm        bool
	TopLevel    bool
	Component   bool
	Engine      string
	Source      string
	Text        string
}

// Format is the line syntax of one engine.
type Format struct {
	// Name is the engine's name as in stacktrace.Trace.Engine.
	Name string

	// Match reports whether line is one that only this engine writes.
	Match func(line string) bool

	// Hint weighs an "@" line for a trace in which no line is a proof: above zero if it looks like this
	// engine's, below if this engine would not write it. The weights of a trace's lines add up.
	// Headed tells whether the trace has a header. Nil where there is nothing to go by.
	Hint func(line string, headed bool) int

	// Read fills f from line and reports whether line is a frame. It sets every field but Text,
	// AsyncCause of a boundary line and Skipped; f is undefined if the result is false.
	Read func(f *Frame, line string) bool

	// Append appends f to b as this engine writes it today, without indentation or line end.
	Append func(b []byte, f *Frame) []byte

	// Stack is how this engine puts a trace together from its lines.
	Stack Stack

	// NoColumns says that the engine writes no columns, so that a line that ends in two numbers is
	// not its own.
	NoColumns bool

	// plain says that the engine writes "at NAME (FILE:LINE:COL)", lined that it writes "at NAME (FILE:LINE)", bare that it
	// writes "at FILE:LINE:COL", or without a column, native that it writes "at NAME (native)", so that what ReadPlainAt has
	// read of such a line is what Read would.
	plain, lined, bare, native bool
}

// Stack is the layout of an engine's error.stack.
type Stack struct {
	Indent  string // before each frame
	Headed  bool   // the error's name and message come first
	LineEnd bool   // the last line has an end too

	// The line above the frames of an engine that puts the outermost call first, and the name and
	// message last. "" for all others.
	Title string

	// The names of code that has none. "" where the engine writes none.
	Anonymous, Script, Module, Eval string

	Natives bool // native code has frames
	Placed  bool // there is no line for a frame without a file and a position
}

// The engines that write "at NAME (LOCATION)", in the order in which they are asked whether a line is
// theirs alone. V8 comes last: its lines are the plain ones, and it is the engine of a trace in which
// no line decides, because most traces are V8's.
const (
	atHermes = iota
	atChakra
	atGoja // its "(pc)" is the surest mark of all
	atDuktape
	atQuickJS
	atBun
	atJSC   // the WebKit of early 2012, which imitated V8
	atRhino // before XS, whose files may be called anything
	atMuJS
	atNashorn
	atOtto
	atGraalJS
	atXS
	atNJS
	atEngine262 // behind Bun, which also names functions without a name, and is run more
	atSpiderMonkey
	atV8
)

var atFormats = [...]*Format{
	atHermes:       &hermes,
	atChakra:       &chakra,
	atGoja:         &goja,
	atDuktape:      &duktape,
	atQuickJS:      &quickjs,
	atBun:          &bun,
	atJSC:          &jscAt,
	atRhino:        &rhino,
	atMuJS:         &mujs,
	atNashorn:      &nashorn,
	atOtto:         &otto,
	atGraalJS:      &graaljs,
	atXS:           &xs,
	atNJS:          &njs,
	atEngine262:    &engine262,
	atSpiderMonkey: &spidermonkeyAt,
	atV8:           &v8,
}

// matches is Match of atFormats[engine]. It is a switch and no table of functions: what is passed to a
// function that the compiler cannot see is put on the heap.
func (c *call) matches(engine int) bool {
	if c.numbers == 2 && atFormats[engine].NoColumns {
		return false
	}
	switch engine {
	case atHermes:
		return matchHermes(c)
	case atChakra:
		return matchChakra(c)
	case atGoja:
		return matchGoja(c)
	case atDuktape:
		return matchDuktape(c)
	case atQuickJS:
		return matchQuickJS(c)
	case atBun:
		return matchBun(c)
	case atJSC:
		return matchJSCAt(c)
	case atRhino:
		return matchRhino(c)
	case atMuJS:
		return matchMuJS(c)
	case atNashorn:
		return matchNashorn(c)
	case atOtto:
		return matchOtto(c)
	case atGraalJS:
		return matchGraalJS(c)
	case atXS:
		return matchXS(c)
	case atEngine262:
		return matchEngine262(c)
	case atV8:
		return matchV8(c)
	}
	return false // every line may be another engine's too
}

// hint weighs c for atFormats[engine], as [Format].Hint does an "@" line.
func (c *call) hint(engine int, headed bool) int {
	if c.numbers == 2 && atFormats[engine].NoColumns {
		return 0
	}
	switch engine {
	case atHermes:
		return hintHermes(c)
	case atQuickJS:
		return hintQuickJS(c, headed)
	case atBun:
		return hintBun(c)
	case atJSC:
		return hintJSCAt(c, headed)
	case atRhino:
		return hintRhino(c, headed)
	case atMuJS:
		return hintMuJS(c, headed)
	case atNashorn:
		return hintNashorn(c, headed)
	case atXS:
		return hintXS(c)
	case atNJS:
		return hintNJS(c)
	case atEngine262:
		return hintEngine262(c, headed)
	case atSpiderMonkey:
		return hintSpiderMonkeyAt(c)
	case atV8:
		return hintV8(c)
	}
	return 0
}

// The engines that write "NAME@LOCATION". JavaScriptCore comes last and is the engine of a trace in
// which no line decides: it is in Safari and in every browser on iOS, which are several times as
// many as the browsers with SpiderMonkey.
var signFormats = [...]*Format{
	&hermesShort, // "f@1:557290" would be a file called "1" to the others
	&carakan,     // "f([arguments not available])@…" has the arguments of an old Firefox
	&rhinoSign,   // "f()@p.js:5" would be an argument list to SpiderMonkey
	&qv4,
	&spidermonkey,
	&jsc,
}

// The texts whose lines are of neither family. None of them is asked for a line by itself.
var otherFormats = [...]*Format{
	&devtools,
	&firefoxConsole,
	&safariConsole,
	&phantomJS,
	&vitest,
	&react,
	&vue,
	&presto,
}

// MatchAt returns the engine that alone writes line, which begins with "at ", or nil.
func MatchAt(line string) *Format {
	if len(line) <= len("at ") {
		return nil
	}
	var c call
	c.cut(line)
	return c.match()
}

// match returns the engine that alone writes c, or nil.
func (c *call) match() *Format {
	for engine, format := range atFormats {
		if c.matches(engine) {
			return format
		}
	}
	return nil
}

// MatchSign returns the engine that alone writes line, which does not begin with "at ", or nil. Only
// JavaScriptCore writes lines without "@".
func MatchSign(line string) *Format {
	if strings.IndexByte(line, '@') >= 0 {
		for _, format := range signFormats {
			if format.Match(line) {
				return format
			}
		}
		return nil
	}
	if matchJSC(line) {
		return &jsc
	}
	return nil
}

// DefaultAt is the engine of "at" lines that nothing decides.
func DefaultAt() *Format { return &v8 }

// DefaultSign is the engine of "@" lines that nothing decides.
func DefaultSign() *Format { return &jsc }

// Named returns the format in which the engine called name writes today, or nil if there is none.
func Named(name string) *Format {
	switch name {
	case "v8":
		return &v8
	case "spidermonkey":
		return &spidermonkey
	case "jsc":
		return &jsc
	case "chakra":
		return &chakra
	case "hermes":
		return &hermes
	case "quickjs":
		return &quickjs
	case "bun":
		return &bun
	case "duktape":
		return &duktape
	case "mujs":
		return &mujs
	case "rhino":
		return &rhino
	case "nashorn":
		return &nashorn
	case "graaljs":
		return &graaljs
	case "xs":
		return &xs
	case "goja":
		return &goja
	case "otto":
		return &otto
	case "njs":
		return &njs
	case "qv4":
		return &qv4
	case "engine262":
		return &engine262
	case "python":
		return &python
	case "carakan":
		return &carakan
	}
	for _, format := range otherFormats {
		if format.Name == name {
			return format
		}
	}
	return nil
}

// Append appends f to b as its engine writes it today, as V8 does if f is of none. For the engines of
// browsers and servers it puts nothing on the heap.
func Append(b []byte, f *Frame) []byte {
	switch f.Engine {
	case "v8", "":
		return appendV8(b, f)
	case "spidermonkey":
		return appendSpiderMonkey(b, f)
	case "jsc":
		return appendJSC(b, f)
	case "chakra":
		return appendChakra(b, f)
	case "hermes":
		return appendHermes(b, f)
	case "quickjs":
		return appendQuickJS(b, f)
	case "bun":
		return appendBun(b, f)
	}
	format := Named(f.Engine)
	if format == nil {
		return appendV8(b, f)
	}
	again := *f // f itself would be put on the heap for every engine
	return format.Append(b, &again)
}

// Read fills f from line as the engine called name writes it, or ever wrote it, and reports whether
// line is a frame of it.
func Read(f *Frame, name, line string) bool {
	for _, format := range atFormats {
		if format.Name == name && strings.HasPrefix(line, "at ") && format.Read(f, line) {
			return true
		}
	}
	for _, format := range signFormats {
		if format.Name == name && format.Read(f, line) {
			return true
		}
	}
	for _, format := range otherFormats {
		if format.Name == name && format.Read(f, line) {
			return true
		}
	}
	return name == "python" && readPython(f, line)
}

// Names returns the names that [Named] knows, in the order of their documentation.
func Names() []string {
	names := []string{"v8", "spidermonkey", "jsc", "chakra", "hermes", "quickjs", "bun",
		"duktape", "mujs", "rhino", "nashorn", "graaljs", "xs", "goja", "otto", "njs", "qv4", "engine262", "python", "carakan"}
	for _, format := range otherFormats {
		names = append(names, format.Name)
	}
	return names
}
