package stacktrace

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
)

// Frame is one call on the stack, as its line in the trace tells it.
//
// A Frame is comparable, and the zero value of a field means that the engine did not say. Its
// strings are pieces of the text that was parsed and keep that text's memory alive; [Frame.Clone]
// and [Trace.Clone] return copies that do not.
type Frame struct {
	// Func is the function's name exactly as the engine wrote it, without its markers: "async",
	// "new", "[as x]", "async*", an argument list. Words that engines put for code that has no name
	// are kept: "<anonymous>", "Anonymous function", "global code". "" if nothing was written.
	Func string `json:"func,omitempty"`

	// Alias is the property under which V8 found the function: x of "f [as x]".
	Alias string `json:"alias,omitempty"`

	// File is the script's URL or path as written. "" where the engine put a word for a script that
	// has no name or for code without a source, such as "<anonymous>", "[native code]" or
	// "eval code", and in eval'd code whose engine tells an Origin.
	File string `json:"file,omitempty"`

	// Line and Col are 1-based, as the engine counts them; columns are UTF-16 units in every engine.
	// Engines do not agree on which token of a call the column is. In eval'd code they are positions
	// in the eval'd text. 0 is unknown.
	Line int `json:"line,omitempty"`
	Col  int `json:"col,omitempty"`

	// Index is the index of a WebAssembly function in its module, imported functions first; the
	// index of the promise that V8's Promise.all, any or allSettled waits for, from 0; or the number
	// of the segment of a Hermes bundle, from 1.
	Index int `json:"index,omitempty"`

	// Offset is in bytes, from 0, and is no position in a source: of a WebAssembly instruction in its
	// module, or of a Hermes instruction in its bytecode. V8 before 2019 counts a WebAssembly
	// offset from the function's start. In goja it is the index of the instruction in its function,
	// from 0.
	Offset int `json:"offset,omitempty"`

	// Origin is where eval'd code came from, as written: "eval at g (u:1:2)" in V8,
	// "u line 1 > eval" in SpiderMonkey, "u#1(eval)" in Rhino. Chakra says only which of "eval code",
	// "Function code" and "Unknown script code" it is, Duktape and QML's engine are as brief, and XS
	// counts: "#7". A WebAssembly module that SpiderMonkey compiled has an origin
	// too, and a component of React what it was created by. See [Frame.Caller].
	Origin string `json:"origin,omitempty"`

	// AsyncCause is what the engine or a library said of the asynchronous break between this frame
	// and the one before it: "promise callback", "setTimeout handler", "async",
	// "From previous event".
	AsyncCause string `json:"asyncCause,omitempty"`

	// Skipped is the number of frames that the text says were left out just before this one.
	Skipped int `json:"skipped,omitempty"`

	// Async says that the frame is on the far side of an asynchronous break: a caller that waits.
	Async bool `json:"async,omitempty"`

	// Constructor says that the function was called with new. V8, Bun, Duktape and engine262 tell.
	Constructor bool `json:"constructor,omitempty"`

	// Eval says that the code came from a string: eval, Function, or a script made on the fly.
	Eval bool `json:"eval,omitempty"`

	// Native says that the code has no source: a function of the engine or its host.
	Native bool `json:"native,omitempty"`

	// Wasm says that the code is WebAssembly.
	Wasm bool `json:"wasm,omitempty"`

	// TopLevel says that the code is no function but the body of a script or module. V8 and
	// SpiderMonkey do not tell it from a function without a name.
	TopLevel bool `json:"topLevel,omitempty"`

	// Component says that the frame is no call but a component of a user interface, rendered by the
	// next one: React's component stacks and Vue's traces.
	Component bool `json:"component,omitempty"`

	// Engine is the engine in whose syntax the line is, as in [Trace.Engine]; a text may hold frames
	// of two. [NoEngine] for a frame that no engine wrote, such as that of window.onerror.
	Engine Engine `json:"engine,omitempty"`

	// Source is the line of source code that the text shows for the frame, without its indentation:
	// Python's, and that of an excerpt which Node, Deno, Bun or Jest prints. "" if there is none.
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

// Caller returns the frame that called eval, or made the function or module, as the Origin of a
// frame in eval'd code tells it. It reports false if the engine told nothing. That caller may itself
// be in eval'd code, and Caller be called on it again, up to the code that has a file. Its Text is
// the origin that it was read from.
func (f Frame) Caller() (Frame, bool) {
	var caller Frame
	if !formats.Caller((*formats.Frame)(&caller), (*formats.Frame)(&f)) {
		return Frame{}, false
	}
	return caller, true
}
