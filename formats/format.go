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

import (
	"slices"
	"strings"
)

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
	Engine      Engine
	Source      string
	Text        string
}

// Format is the line syntax of one engine, or of what prints frames in a syntax of its own. Its values are
// in a table that nobody can change.
type Format struct {
	engine  Engine
	name    string // as in JSON: "v8"
	title   string // as people know it: "V8"
	foreign bool   // no JavaScript engine writes it

	at   atSyntax
	sign signSyntax

	// Lines of neither family.
	match func(line string) bool
	read  func(f *Frame, line string) bool

	// append writes a frame as the engine does today.
	append func(b []byte, f Frame) []byte

	// stack is how the engine puts a trace together from its lines.
	stack Stack

	// The names of code that has none, besides "<anonymous>". stack has the one that is written.
	anonymous []string

	// anonymousNew is the name of a constructor that has none, where other code without a name has another or none.
	anonymousNew string

	// evalFile is the file of code from a string, "" if the engine tells an origin or nothing.
	evalFile string

	// What stands before and behind the number in the line that says how many frames were left out.
	// Both are "" if there is no such line.
	skipped, skippedEnd string
	skippedOne          string // in the place of skippedEnd behind 1, if the engine knows the singular

	signIsOld     bool // "NAME@LOCATION" is not what the engine writes today
	tellsTopLevel bool // the name alone tells that code is the body of a script
	marksNative   bool // native code is marked behind the name, and never taken for the body of a script
	causes        bool // the cause of an asynchronous break is told, if only by "async"
	evalPlaces    bool // eval'd code may have a file of its own
	instructions  bool // Offset is the index of an instruction
	inlineScripts bool // Index is the number of a script in a page
	repeats       bool // what was left out repeats the frame before it
	dropsAlias    bool // Alias is told only of a call as V8 writes it
	placeless     bool // no line has a position
}

// atSyntax is how an engine writes lines that begin with "at "; without read it writes none.
type atSyntax struct {
	// match reports whether c is a line that only this engine writes. Nil if each may be another's.
	match func(c call) bool

	// hint weighs a line for a trace in which no line is a proof: above zero if it looks like this
	// engine's, below if this engine would not write it. The weights of a trace's lines add up.
	// Headed tells whether the trace has a header. Nil where there is nothing to go by.
	hint func(c call, headed bool) int

	// read fills f from c and reports whether c is a frame. It sets every field but Text, Source,
	// AsyncCause of a boundary line and Skipped; f is undefined if the result is false.
	read func(f *Frame, c call) bool

	// order tells when the engine is asked for a line: those with lower numbers first. A tie of hints is won by
	// the engine that is asked first.
	order uint8

	noColumns bool // a line that ends in two numbers is not the engine's

	// plain says that the engine writes "at NAME (FILE:LINE:COL)", lined that it writes "at NAME (FILE:LINE)", so that
	// read sets those four fields of a frame whose name and file are no words of an engine, and no other.
	plain, lined bool
}

// signSyntax is how an engine writes "NAME@LOCATION". Its functions are as those of [atSyntax].
type signSyntax struct {
	order uint8
	match func(line string) bool
	hint  func(line string, headed bool) int
	read  func(f *Frame, line string) bool
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

// atOrder are the engines that write "at NAME (LOCATION)", in the order in which they are asked whether a line is
// theirs alone; signOrder those that write "NAME@LOCATION". The last is the engine of a trace in which no line decides.
var (
	atOrder   = inOrder(func(f *Format) (order uint8, writes bool) { return f.at.order, f.at.read != nil })
	signOrder = inOrder(func(f *Format) (order uint8, writes bool) { return f.sign.order, f.sign.read != nil })
)

// inOrder returns those of the table that write lines of a family, sorted by their order.
func inOrder(family func(f *Format) (order uint8, writes bool)) (formats []*Format) {
	for _, format := range table[V8:] {
		if _, writes := family(format); writes {
			formats = append(formats, format)
		}
	}
	slices.SortStableFunc(formats, func(a, b *Format) int {
		first, _ := family(a)
		second, _ := family(b)
		return int(first) - int(second)
	})
	return formats
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

// AskAt returns what [MatchAt] does, and whether line, if no engine alone writes it, is no hint at an engine either.
func AskAt(line string) (engine *Format, silent bool) {
	if len(line) <= len("at ") {
		return nil, false
	}
	var c call
	c.cut(line)
	if c.isOrdinary() {
		return nil, c.isSilent()
	}
	return c.matchAny(), false
}

// match returns the engine that alone writes c, or nil.
func (c *call) match() *Format {
	if c.isOrdinary() {
		return nil
	}
	return c.matchAny()
}

// matchAny is match without a look at what is ordinary.
func (c *call) matchAny() *Format {
	for _, format := range atOrder {
		if at := &format.at; at.match != nil && !(c.numbers == 2 && at.noColumns) && at.match(*c) {
			return format
		}
	}
	return nil
}

// weigh returns what hint says of c.
func (a *atSyntax) weigh(c call, headed bool) int {
	if a.hint == nil || c.numbers == 2 && a.noColumns {
		return 0
	}
	return a.hint(c, headed)
}

// MatchSign returns the engine that alone writes line, which does not begin with "at ", or nil. Only
// JavaScriptCore writes lines without "@".
func MatchSign(line string) *Format {
	if strings.IndexByte(line, '@') < 0 {
		if matchJSC(line) {
			return table[JSC]
		}
		return nil
	}
	for _, format := range signOrder {
		if format.sign.match(line) {
			return format
		}
	}
	return nil
}

// DefaultAt is the engine of "at" lines that nothing decides.
func DefaultAt() *Format { return &v8 }

// DefaultSign is the engine of "@" lines that nothing decides.
func DefaultSign() *Format { return &jsc }

// Engine returns the engine whose syntax this is.
func (e *Format) Engine() Engine { return e.engine }

// Name returns the name of the engine in JSON and on command lines: "v8".
func (e *Format) Name() string { return e.name }

// Title returns the name of the engine as people know it: "V8".
func (e *Format) Title() string { return e.title }

// Match reports whether line is one that only this engine writes. Indentation, line end and colours must have
// been taken off.
func (e *Format) Match(line string) bool {
	if strings.HasPrefix(line, "at ") && e.at.match != nil && len(line) > len("at ") {
		var c call
		c.cut(line)
		if e.at.match(c) {
			return true
		}
	}
	return e.sign.match != nil && e.sign.match(line) || e.match != nil && e.match(line)
}

// Read returns the frame that line is, if the engine writes it or ever wrote it. Indentation, line end and colours
// must have been taken off.
func (e *Format) Read(line string) (f Frame, ok bool) {
	ok = Read(&f, e.engine, line)
	return f, ok
}

// Append appends f to b as the engine writes it today, without indentation or line end.
func (e *Format) Append(b []byte, f Frame) []byte { return e.append(b, f) }

// Stack returns how the engine puts a trace together.
func (e *Format) Stack() Stack { return e.stack }

// ReadInto is Read without copying the frame, for whoever reads many lines. Of an engine that writes lines of both
// families a line that begins with "at " is read as one of those only.
func (e *Format) ReadInto(f *Frame, line string) bool {
	switch {
	case e.at.read != nil && (e.sign.read == nil || strings.HasPrefix(line, "at ")):
		return e.readAt(f, line)
	case e.sign.read != nil:
		return e.sign.read(f, line)
	}
	return e.read(f, line)
}

// ReadAt is ReadInto of the default engine of "at" lines. It calls no function of a table, so that f need not be on the heap.
func ReadAt(f *Frame, line string) bool {
	if len(line) <= len("at ") || !strings.HasPrefix(line, "at ") {
		return false
	}
	var c call
	c.cut(line)
	return readV8(f, c)
}

// ReadSign is ReadInto of the default engine of "@" lines, as [ReadAt] is of the others.
func ReadSign(f *Frame, line string) bool {
	if !strings.HasPrefix(line, "at ") {
		return readJSC(f, line)
	}
	if len(line) == len("at ") {
		return false
	}
	var c call
	c.cut(line)
	return readJSCAt(f, c)
}

// readAt reads a line that begins with "at ".
func (e *Format) readAt(f *Frame, line string) bool {
	if len(line) <= len("at ") || !strings.HasPrefix(line, "at ") {
		return false
	}
	var c call
	c.cut(line)
	return e.at.read(f, c)
}

// ReadLine reads line, whose "at " ends at from, as ReadInto does, faster, and sets the Text of f too. It reports false
// also of a line that may be more than a frame: one that ends in a blank or in what belongs to an object, and zone.js's.
func (e *Format) ReadLine(f *Frame, line string, from int) bool {
	text := line[from:]
	if !IsBare(text) {
		return false
	}
	var c call
	c.cutText(text)
	if !e.at.read(f, c) {
		return false
	}
	f.Text = line
	return true
}

// Reread reads the line of f again if it is e's too. F is one that [ReadPlainAt] or [ReadUndecided] has read, and the "at " of
// its line ends at from.
func (e *Format) Reread(f *Frame, from int) {
	if f.isPlain() && (e.at.plain && f.Col > 0 || e.at.lined && f.Col == 0 && !f.endsInColumn()) {
		f.Engine = e.engine
		return
	}
	var c call
	c.cutFrame(f, from)
	before := *f
	if !e.at.read(f, c) {
		*f = before
	}
	f.Text = before.Text
}

// isPlain reports whether f is the frame of a function at a place, without marks, and neither its name nor its file may be
// words of an engine.
func (f *Frame) isPlain() bool {
	if f.Line == 0 || f.Func == "" || f.File == "" || f.Async || f.Constructor || f.Eval || f.Alias != "" || isOddName(f.Func) || f.Func == "main" {
		return false
	}
	switch f.Func[len(f.Func)-1] {
	case ')', ' ':
		return false
	}
	switch f.File[0] {
	case '<', '(', '#', 'n', 'u', 'J', 'e', 'F', 'U', 'a', 'i', 'c':
		return false
	}
	return isLetter(f.File[len(f.File)-1])
}

// endsInColumn reports whether the line of f, in which there is no column, may end in one that is 0.
func (f *Frame) endsInColumn() bool { return strings.HasSuffix(f.Text, ":0)") }

// ReadUndecided is ReadLine of the default engine for a line that no engine alone writes. It reports false of others.
// If the line is silent, it is no hint at an engine either.
func ReadUndecided(f *Frame, line string, from int) (ok, silent bool) {
	text := line[from:]
	if !IsBare(text) {
		return false, false
	}
	var c call
	c.cutText(text)
	if isOrdinary := c.isOrdinary(); isOrdinary {
		silent = c.isSilent()
		ok = c.paired && c.numbers == 2 && readOrdinaryV8(f, &c)
	} else if c.matchAny() != nil {
		return false, false
	}
	if !ok && !ReadV8(f, line, from) && !readV8(f, c) {
		return false, false
	}
	f.Text = line
	return true, silent
}

// readOrdinaryV8 is readV8 of a line that is ordinary, and has a column. It reports false of a line that needs a second look.
func readOrdinaryV8(f *Frame, c *call) bool {
	file := c.file()
	if strings.IndexByte(file, ',') >= 0 {
		return false // it may be behind an origin
	}
	f.set(c.name(), file, int(c.line), int(c.col), V8)
	return f.cutV8Marks()
}

// IsBare reports whether text, a line without its "at ", can be a frame and nothing else: neither a blank nor what
// belongs to an object is behind it, nor is it a line of zone.js.
func IsBare(text string) bool {
	if text == "" {
		return false
	}
	switch text[len(text)-1] {
	case ')':
	case ' ', '\t', '\r', '{', '}', ']', ',':
		return false
	}
	return !strings.HasPrefix(text, "____")
}

// Append appends f to b as its engine writes it today, as V8 does if f is of none.
func Append(b []byte, f Frame) []byte {
	if format := f.Engine.Format(); format != nil {
		return format.append(b, f)
	}
	return appendV8(b, f)
}

// Read fills f from line as engine writes it, or ever wrote it, and reports whether
// line is a frame of it.
func Read(f *Frame, engine Engine, line string) bool {
	e := engine.Format()
	switch {
	case e == nil:
		return false
	case e.at.read != nil && e.readAt(f, line):
		return true
	case e.sign.read != nil:
		return e.sign.read(f, line)
	}
	return e.read != nil && e.read(f, line)
}
