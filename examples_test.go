package stacktrace_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// chrome, firefox and safari are the traces of one mistake in three browsers.
const (
	chrome = `TypeError: Cannot read properties of undefined (reading 'price')
    at total (https://shop.example/cart.js:12:28)
    at Array.reduce (<anonymous>)
    at new Cart (https://shop.example/cart.js:8:17)
    at async load (https://shop.example/app.js:40:5)`

	firefox = `total@https://shop.example/cart.js:12:28
Cart@https://shop.example/cart.js:8:17
async*load@https://shop.example/app.js:40:5
`

	safari = `total@https://shop.example/cart.js:12:33
reduce@[native code]
Cart@https://shop.example/cart.js:8:23
global code@https://shop.example/app.js:40:9`
)

func ExampleParse() {
	trace := stacktrace.Parse(chrome)
	fmt.Println(trace.Type, "in", trace.Engine)
	for _, f := range trace.Frames {
		fmt.Printf("%s %s:%d:%d native=%t\n", f.Func, f.File, f.Line, f.Col, f.Native)
	}
	// Output:
	// TypeError in v8
	// total https://shop.example/cart.js:12:28 native=false
	// Array.reduce :0:0 native=true
	// Cart https://shop.example/cart.js:8:17 native=false
	// load https://shop.example/app.js:40:5 native=false
}

// A text without frames is read too.
func ExampleParse_noFrames() {
	trace := stacktrace.Parse("Uncaught TypeError: x is not a function")
	fmt.Println(len(trace.Frames), "frames")
	fmt.Printf("%q %q\n", trace.Type, trace.Message)
	// Output:
	// 0 frames
	// "TypeError" "x is not a function"
}

// Firefox and Safari leave the error's name and message out of error.stack.
func ExampleParseReport() {
	trace := stacktrace.ParseReport(stacktrace.Report{
		Name:    "TypeError",
		Message: `can't access property "price", item is undefined`,
		Stack:   firefox,
	})
	fmt.Printf("%s: %s\n", trace.Type, trace.Message)
	fmt.Println(trace.Frames[2].Func, trace.Frames[2].Async)
	// Output:
	// TypeError: can't access property "price", item is undefined
	// load true
}

// An old browser gives window.onerror a place and no stack.
func ExampleParseReport_onerror() {
	trace := stacktrace.ParseReport(stacktrace.Report{
		Message: "Uncaught ReferenceError: cart is not defined",
		File:    "https://shop.example/app.js",
		Line:    40,
		Col:     5,
	})
	fmt.Println(trace.Type, "|", trace.Message)
	fmt.Println(trace.Frames[0].File, trace.Frames[0].Line)
	// Output:
	// ReferenceError | cart is not defined
	// https://shop.example/app.js 40
}

// What a Parser leaves out is told, and what it keeps is bounded.
func ExampleParser() {
	parser := stacktrace.Parser{MaxFrames: 1, MaxLine: 40}
	trace := parser.Parse("RangeError: too deep\n" + strings.Repeat("    at f (https://example.com/a/very/long/path/to/a.js:1:2)\n", 50))
	f := trace.Frames[0]
	fmt.Println(f.Func, f.File, f.Line)
	fmt.Printf("%+v\n", trace.Truncated)
	// Output:
	// f https://example.com/a/very/long/path/to/ 1
	// {Bytes:0 Lines:1 Frames:49 Errors:0}
}

func ExampleParser_Parse() {
	trace := stacktrace.Parser{MaxBytes: 130}.Parse(chrome)
	fmt.Println("frames:", len(trace.Frames), "bytes left out:", trace.Truncated.Bytes)
	// Output:
	// frames: 1 bytes left out: 139
}

func ExampleParser_ParseAll() {
	for _, trace := range (stacktrace.Parser{MaxFrames: 2}).ParseAll(chrome) {
		fmt.Println(trace.Type, len(trace.Frames), "of", len(trace.Frames)+trace.Truncated.Frames)
	}
	// Output:
	// TypeError 2 of 4
}

func ExampleParser_ParseReport() {
	trace := stacktrace.Parser{MaxFrames: 2}.ParseReport(stacktrace.Report{Name: "TypeError", Message: "item is undefined", Stack: firefox})
	fmt.Println(trace.Message, len(trace.Frames))
	// Output:
	// item is undefined 2
}

func ExampleParser_AppendFrames() {
	frames := stacktrace.Parser{MaxFrames: 2}.AppendFrames(nil, safari)
	fmt.Println(len(frames), frames[1].Func)
	// Output:
	// 2 reduce
}

// A service that keeps what browsers send bounds it.
func ExampleUntrusted() {
	parser := stacktrace.Untrusted()
	parser.MaxFrames = 50 // for this service
	trace := parser.Parse("RangeError: Maximum call stack size exceeded\n" + strings.Repeat("    at f (https://shop.example/app.js:1:2)\n", 200))
	fmt.Println(len(trace.Frames), "frames,", trace.Truncated.Frames, "left out")
	// Output:
	// 50 frames, 150 left out
}

func ExampleParseAll() {
	for _, trace := range stacktrace.ParseAll(chrome) {
		fmt.Println(trace.Type, len(trace.Frames))
	}
	// Output:
	// TypeError 4
}

// A slice that is used again makes reading free of allocations.
func ExampleAppendFrames() {
	var frames []stacktrace.Frame
	for _, text := range []string{chrome, safari} {
		frames = stacktrace.AppendFrames(frames[:0], text)
		fmt.Println(len(frames), frames[0].Func)
	}
	// Output:
	// 4 total
	// 4 total
}

func ExampleDetect() {
	fmt.Println(stacktrace.Detect(chrome))
	fmt.Println(stacktrace.Detect(firefox))
	fmt.Println(stacktrace.Detect(safari))
	fmt.Printf("%q\n", stacktrace.Detect("no trace at all"))
	// Output:
	// v8
	// spidermonkey
	// jsc
	// ""
}

func ExampleFrame_String() {
	f := stacktrace.Frame{Engine: stacktrace.V8, Func: "Cart", Constructor: true, File: "cart.js", Line: 8, Col: 17}
	fmt.Println(f)
	f.Engine = stacktrace.JSC
	fmt.Println(f)
	// Output:
	// at new Cart (cart.js:8:17)
	// Cart@cart.js:8:17
}

func ExampleFrame_AppendTo() {
	line := []byte("    ")
	line = stacktrace.Frame{Engine: stacktrace.V8, Func: "total", File: "cart.js", Line: 12, Col: 28}.AppendTo(line)
	fmt.Printf("%q\n", line)
	// Output:
	// "    at total (cart.js:12:28)"
}

// Code from eval tells where eval was called, as often as evals are nested.
func ExampleFrame_Caller() {
	trace := stacktrace.Parse("Error: x\n    at eval (eval at <anonymous> (eval at run (https://shop.example/app.js:7:3)), <anonymous>:1:7)")
	f := trace.Frames[0]
	for caller, ok := f.Caller(); ok; caller, ok = caller.Caller() {
		fmt.Printf("%s %s:%d:%d\n", caller.Func, caller.File, caller.Line, caller.Col)
	}
	// Output:
	// <anonymous> :0:0
	// run https://shop.example/app.js:7:3
}

// A frame's strings are pieces of the text. Clone keeps the frame and lets the text go.
func ExampleFrame_Clone() {
	frames := stacktrace.AppendFrames(nil, chrome)
	top := frames[0].Clone()
	fmt.Println(top == frames[0])
	// Output:
	// true
}

// All errors of a text that caused each other are in one tree.
func ExampleTrace_All() {
	trace := stacktrace.Parse(`Error: cannot load the cart
    at load (/app/cart.js:40:5) {
  [cause]: TypeError: fetch failed
      at fetch (/app/http.js:12:3) {
    [cause]: Error: connect ECONNREFUSED 127.0.0.1:80
        at connect (node:net:1:2)
  }
}`)
	for e := range trace.All() {
		fmt.Println(e.Type, "in", e.Frames[0].Func)
	}
	// Output:
	// Error in load
	// TypeError in fetch
	// Error in connect
}

func ExampleTrace_Title() {
	fmt.Println(stacktrace.Parse(chrome).Title())
	fmt.Println(stacktrace.Parse(safari).Title()) // which does not tell the error
	// Output:
	// TypeError: Cannot read properties of undefined (reading 'price')
	// total@https://shop.example/cart.js:12:33
}

// A trace that is kept should not keep a large text in memory.
func ExampleTrace_Clone() {
	trace := stacktrace.Parse(strings.Repeat("a log line\n", 1000) + chrome).Clone()
	trace.Unparsed = nil
	fmt.Println(trace.Type, len(trace.Frames))
	// Output:
	// TypeError 4
}

func ExampleFrame_Name() {
	for _, f := range stacktrace.Parse(chrome).Frames {
		fmt.Println(f.Name())
	}
	// Output:
	// total
	// Array.reduce
	// new Cart
	// async load
}

func ExampleFrame_Location() {
	for _, f := range stacktrace.Parse(safari).Frames {
		fmt.Println(f.Location())
	}
	// Output:
	// https://shop.example/cart.js:12:33
	// [native code]
	// https://shop.example/cart.js:8:23
	// https://shop.example/app.js:40:9
}

func ExampleFrame_WasmFunction() {
	f := stacktrace.Parse("Error: x\n    at m.add (wasm://wasm/m-5bfa65e6:wasm-function[1]:0x2a)").Frames[0]
	fmt.Println(f.WasmFunction())
	// Output:
	// 1 true
}

func ExampleFrame_WasmOffset() {
	f := stacktrace.Parse("Error: x\n    at m.add (wasm://wasm/m-5bfa65e6:wasm-function[1]:0x2a)").Frames[0]
	fmt.Println(f.WasmOffset())
	// Output:
	// 42 true
}

func ExampleFrame_PromiseIndex() {
	f := stacktrace.Parse("Error: x\n    at async Promise.all (index 1)").Frames[0]
	fmt.Println(f.PromiseIndex())
	// Output:
	// 1 true
}

func ExampleFrame_BytecodeAddress() {
	f := stacktrace.Parse("Error: x\n    at render (address at index.android.bundle:1:123456)").Frames[0]
	fmt.Println(f.BytecodeAddress())
	// Output:
	// 1 123456 true
}

func ExampleFrame_Instruction() {
	f := stacktrace.Parse("Error: x\n\tat total (cart.js:12:28(3))").Frames[0]
	fmt.Println(f.Instruction())
	// Output:
	// 3 true
}

func ExampleFrame_InlineScript() {
	f := stacktrace.Parse("Backtrace:\n  Line 4 of inline#2 script in http://shop.example/: In function total\n    sum();").Frames[0]
	fmt.Println(f.InlineScript())
	// Output:
	// 2 true
}

func ExampleTrace_Render() {
	trace := stacktrace.Parse(safari)
	trace.Type, trace.Message = "TypeError", "undefined is not an object"
	text, _ := trace.Render(stacktrace.V8)
	fmt.Println(text)
	// Output:
	// TypeError: undefined is not an object
	//     at total (https://shop.example/cart.js:12:33)
	//     at reduce (<anonymous>)
	//     at Cart (https://shop.example/cart.js:8:23)
	//     at https://shop.example/app.js:40:9
}

func ExampleTrace_String() {
	trace := stacktrace.Parse("total@cart.js:12:33\r\nglobal code@app.js:40:9\r\n")
	fmt.Println(trace)
	// Output:
	// total@cart.js:12:33
	// global code@app.js:40:9
}

func ExampleTrace_MarshalJSON() {
	trace := stacktrace.Parse("Error: x\n    at <anonymous> (native:1:11)")
	e := json.NewEncoder(os.Stdout)
	e.SetEscapeHTML(false)
	e.Encode(trace)
	// Output:
	// {"engine":"bun","type":"Error","message":"x","frames":[{"func":"<anonymous>","line":1,"col":11,"native":true,"text":"    at <anonymous> (native:1:11)"}]}
}

func ExampleTrace_UnmarshalJSON() {
	var trace stacktrace.Trace
	err := json.Unmarshal([]byte(`{"engine":"jsc","frames":[{"func":"total","file":"cart.js","line":12}]}`), &trace)
	fmt.Println(err, trace.Frames[0].Engine, trace.Frames[0])
	// Output:
	// <nil> jsc total@cart.js:12
}

func ExampleEngines() {
	fmt.Println(stacktrace.Engines())
	// Output:
	// [v8 spidermonkey jsc chakra hermes quickjs bun duktape mujs rhino nashorn graaljs xs goja otto njs qv4 engine262 carakan presto python devtools firefoxconsole safariconsole phantomjs vitest react vue rows]
}
