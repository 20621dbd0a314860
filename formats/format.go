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
	Text        string
}

// Format is the line syntax of one engine.
type Format struct {
	// Name is the engine's name as in stacktrace.Trace.Engine.
	Name string

	// Match reports whether line is one that only this engine writes.
	Match func(line string) bool

	// Hint weighs line for a trace in which no line is a proof: above zero if it looks like this
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
	// not its own: neither Match nor Hint is asked.
	NoColumns bool
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

// The engines that write "at NAME (LOCATION)". The order is that in which they are asked whether a
// line is theirs alone. V8 comes last: its lines are the plain ones, and it is the engine of a
// trace in which no line decides, because most traces are V8's.
var atFormats = [...]*Format{
	&hermes,
	&chakra,
	&goja, // its "(pc)" is the surest mark of all
	&duktape,
	&quickjs,
	&bun,
	&jscAt, // the WebKit of early 2012, which imitated V8
	&rhino, // before XS, whose files may be called anything
	&mujs,
	&nashorn,
	&otto,
	&graaljs,
	&xs,
	&njs,
	&engine262, // behind Bun, which also names functions without a name, and is run more
	&spidermonkeyAt,
	&v8,
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
	hasColumn := endsInColumn(line)
	for _, format := range atFormats {
		if !(hasColumn && format.NoColumns) && format.Match(line) {
			return format
		}
	}
	return nil
}

// MatchPlainAt is [MatchAt] for a line that [ReadPlainAt] calls plain. Hermes and V8 have names and files
// of their own; the other engines that know such a line would know it by further parentheses.
func MatchPlainAt(line string) *Format {
	pairs := strings.Count(line[len(line)-1:], ")")
	switch {
	case strings.Count(line, "(") != pairs, strings.Count(line, ")") != pairs:
		return MatchAt(line)
	case hermes.Match(line):
		return &hermes
	case v8.Match(line):
		return &v8
	}
	return nil
}

// endsInColumn reports whether line ends in ":LINE:COL", perhaps with a parenthesis behind it.
func endsInColumn(line string) bool {
	i := len(line) - 1
	if i >= 0 && line[i] == ')' {
		i--
	}
	for range 2 {
		end := i
		for i >= 0 && isDigit(line[i]) {
			i--
		}
		if i == end || i < 0 || line[i] != ':' {
			return false
		}
		i--
	}
	return true
}

// MatchSign returns the engine that alone writes line, which does not begin with "at ", or nil. Only
// JavaScriptCore writes lines without "@".
func MatchSign(line string) *Format {
	if strings.IndexByte(line, '@') >= 0 {
		return match(signFormats[:], line)
	}
	if jsc.Match(line) {
		return &jsc
	}
	return nil
}

func match(formats []*Format, line string) *Format {
	for _, format := range formats {
		if format.Match(line) {
			return format
		}
	}
	return nil
}

// Weights adds up, for the engines of one family, what [Format].Hint says of the lines of a trace.
type Weights struct {
	at   [len(atFormats)]int
	sign [len(signFormats)]int

	columns bool // an "at" line has a column
}

// hopeless is a weight that no lines make good for: those of a trace that are weighed are too few.
const hopeless = -3 * never

// Add weighs one more line.
func (w *Weights) Add(line string, headed bool) {
	formats, weights := signFormats[:], w.sign[:]
	hasColumn := false
	if strings.HasPrefix(line, "at ") {
		formats, weights = atFormats[:], w.at[:]
		hasColumn = endsInColumn(line)
		w.columns = w.columns || hasColumn
	}
	for i, format := range formats {
		if format.Hint != nil && weights[i] > hopeless && !(hasColumn && format.NoColumns) {
			weights[i] += format.Hint(line, headed)
		}
	}
}

// At returns the engine of the "at" lines: the heaviest, or the default if none outweighs it.
func (w *Weights) At() *Format { return heaviest(w.at[:], atFormats[:], w.columns) }

// Sign returns the engine of the "@" lines.
func (w *Weights) Sign() *Format { return heaviest(w.sign[:], signFormats[:], false) }

func heaviest(weights []int, formats []*Format, columns bool) *Format {
	best := len(formats) - 1
	most := max(weights[best], 0)
	for i, weight := range weights {
		if weight > most && !(columns && formats[i].NoColumns) {
			best, most = i, weight
		}
	}
	return formats[best]
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
