package stacktrace

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
)

// Frame is one call on the stack, as its line in the trace tells it.
//
// A Frame is comparable. The zero value of a field means that the text did not tell it.
//
// Its strings are pieces of the text that was parsed and keep the whole text in memory. [Frame.Clone]
// returns a copy that does not.
type Frame struct {
	// Func is the function's name exactly as the engine wrote it, without markers: "async", "new",
	// "[as x]", "async*", a list of arguments. [Frame.Name] has them. The engines' words for code
	// without a name are kept: "<anonymous>", "Anonymous function", "global code". "" means that
	// nothing was written.
	Func string `json:"func,omitempty"`

	// Alias is the property through which V8 found the function: x in "f [as x]".
	Alias string `json:"alias,omitempty"`

	// File is the script's URL or path as written. It is "" if the engine wrote a word for a script
	// without a name or for code without a source, such as "<anonymous>", "[native code]" or
	// "eval code", and in eval'd code that has an Origin. [Frame.Location] has those words.
	File string `json:"file,omitempty"`

	// Line and Col are the position as the engine wrote it, 0 if it wrote none. In eval'd code it is a
	// position in the eval'd text.
	//
	// Lines count from 1. Columns count from 1 too, except in Carakan and in some builds of SpiderMonkey
	// around Firefox 30, where they count from 0; a column of 0 is 0 here, as if unknown. V8, JavaScriptCore and Chakra count columns in UTF-16 code units,
	// and so do Bun and SpiderMonkey, except for some releases of Firefox that counted code
	// points, as QuickJS does. Hermes and goja count bytes of UTF-8. For the other engines the unit has not been
	// established. It matters only behind characters outside ASCII.
	//
	// Engines do not agree on which token of a call the column is. V8 and SpiderMonkey tell where the name
	// that is called begins, JavaScriptCore, Hermes and QuickJS the parenthesis behind it, Chakra where the
	// statement begins.
	Line int `json:"line,omitempty"`
	Col  int `json:"col,omitempty"`

	// Index is a number whose meaning depends on the kind of the frame, 0 in all other frames. A method
	// tells each kind, and whether the frame has such a number at all:
	//
	//	WasmFunction      WebAssembly: the function's index in its module, from 0
	//	PromiseIndex      Promise.all and its like in V8: the promise that is waited for, from 0
	//	BytecodeAddress   Hermes without source positions: the segment of the bundle, from 1
	//	InlineScript      Presto: the number of the script element on its page, from 1
	Index int `json:"index,omitempty"`

	// Offset is a number that is no position in a source, from 0. Its meaning depends on the kind of the
	// frame as that of Index does:
	//
	//	WasmOffset        WebAssembly: the instruction's offset in its module, in bytes;
	//	                  in V8 before 2019, in its function
	//	BytecodeAddress   Hermes without source positions: the instruction's offset in its segment, in bytes
	//	Instruction       goja: the instruction's index in its function
	Offset int `json:"offset,omitempty"`

	// Origin is where eval'd code came from, as written: "eval at g (u:1:2)" in V8,
	// "u line 1 > eval" in SpiderMonkey, "u#1(eval)" in Rhino. Chakra, Duktape and QML's engine tell
	// only how the code was made, such as "eval code" or "Function code", and XS numbers it: "#7". A
	// WebAssembly module that SpiderMonkey compiled has an origin, and so has a component of React that
	// tells what created it. [Frame.Caller] reads origins.
	Origin string `json:"origin,omitempty"`

	// AsyncCause is what the engine or a library said of the asynchronous break between this frame
	// and the one before it: "promise callback", "setTimeout handler", "async",
	// "From previous event".
	AsyncCause string `json:"asyncCause,omitempty"`

	// Skipped is the number of frames that the text says were left out just before this one.
	Skipped int `json:"skipped,omitempty"`

	// Async says that the frame is on the far side of an asynchronous break: it is a caller that waits.
	Async bool `json:"async,omitempty"`

	// Constructor says that the function was called with new. V8, Bun, Duktape and engine262 tell.
	Constructor bool `json:"constructor,omitempty"`

	// Eval says that the code came from a string: eval, Function, or a script made on the fly.
	Eval bool `json:"eval,omitempty"`

	// Native says that the code has no source: it is a function of the engine or its host.
	Native bool `json:"native,omitempty"`

	// Wasm says that the code is WebAssembly.
	Wasm bool `json:"wasm,omitempty"`

	// TopLevel says that the code is not a function but the body of a script or module. V8 and
	// SpiderMonkey do not distinguish that from a function without a name.
	TopLevel bool `json:"topLevel,omitempty"`

	// Component says that the frame is no call but a component of a user interface, rendered by the
	// next one: React's component stacks and Vue's traces.
	Component bool `json:"component,omitempty"`

	// Engine is the engine in whose syntax the line is, as in [Trace.Engine]; a text may hold frames
	// of two. [NoEngine] for a frame that no engine wrote, such as that of window.onerror.
	Engine Engine `json:"engine,omitempty"`

	// Source is the line of source code that the text shows for the frame, without its indentation, its number
	// and the carets below it: Python's, and that of an excerpt which Node, Deno, Bun, Babel, Vite, Jest, Vitest
	// or Next prints, of which all lines are in [Trace.Context]. "" if there is none. AppendFrames looks for no
	// excerpts.
	Source string `json:"source,omitempty"`

	// Text is the line as it stands in the input, with its indentation and without its line end.
	Text string `json:"text,omitempty"`
}

// Clone returns f with strings that share no memory with the text it was parsed from.
func (f Frame) Clone() Frame {
	f.Text = strings.Clone(f.Text)
	for _, s := range f.pieces() {
		*s = strings.Clone(*s)
	}
	return f
}

// pieces returns the strings of f that are pieces of its Text in most frames.
func (f *Frame) pieces() [6]*string {
	return [...]*string{&f.Func, &f.Alias, &f.File, &f.Origin, &f.AsyncCause, &f.Source}
}

// Caller returns the frame that called eval, or that made the function or module, as the Origin of a
// frame in eval'd code tells it. It reports false if the origin tells none. The caller may be in eval'd
// code itself and have a Caller in turn; the last one has a file. The Text of a caller is the origin that
// it was read from.
func (f Frame) Caller() (Frame, bool) {
	var caller Frame
	if !formats.Caller((*formats.Frame)(&caller), (*formats.Frame)(&f)) {
		return Frame{}, false
	}
	return caller, true
}
