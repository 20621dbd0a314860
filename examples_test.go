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
	trace, err := stacktrace.Parse(chrome)
	if err != nil {
		fmt.Println(err)
		return
	}
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

// A text without a frame is no failure of its own: what it says is there.
func ExampleParse_noFrames() {
	trace, err := stacktrace.Parse("Uncaught TypeError: x is not a function")
	fmt.Println(err)
	fmt.Printf("%q %q\n", trace.Type, trace.Message)
	// Output:
	// stacktrace: no stack frame in the text
	// "TypeError" "x is not a function"
}

// Firefox and Safari leave the error's name and message out of error.stack.
func ExampleParseReport() {
	trace, err := stacktrace.ParseReport(stacktrace.Report{
		Name:    "TypeError",
		Message: `can't access property "price", item is undefined`,
		Stack:   firefox,
	})
	fmt.Println(err)
	fmt.Printf("%s: %s\n", trace.Type, trace.Message)
	fmt.Println(trace.Frames[2].Func, trace.Frames[2].Async)
	// Output:
	// <nil>
	// TypeError: can't access property "price", item is undefined
	// load true
}

// An old browser gives window.onerror a place and no stack.
func ExampleParseReport_onerror() {
	trace, _ := stacktrace.ParseReport(stacktrace.Report{
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

// A slice that is used again makes reading free of allocations.
func ExampleLimits() {
	limits := stacktrace.Limits{Frames: 1, Line: 40}
	trace, err := limits.Parse("RangeError: too deep\n" + strings.Repeat("    at f (https://example.com/a/very/long/path/to/a.js:1:2)\n", 50))
	if err != nil {
		fmt.Println(err)
		return
	}
	f := trace.Frames[0]
	fmt.Println(f.Func, f.File, f.Line)
	fmt.Printf("%+v\n", trace.Truncated)
	// Output:
	// f https://example.com/a/very/long/path/to/ 1
	// {Bytes:0 Lines:1 Frames:49 Errors:0}
}

func ExampleAppendFrames() {
	var frames []stacktrace.Frame
	for _, text := range []string{chrome, safari} {
		frames, _ = stacktrace.AppendFrames(frames[:0], text)
		fmt.Println(len(frames), frames[0].Func)
	}
	// Output:
	// 4 total
	// 4 total
}

func ExampleFrames() {
	for f := range stacktrace.Frames(safari) {
		if !f.Native {
			fmt.Println(f.Func, f.Line)
		}
	}
	// Output:
	// total 12
	// Cart 8
	// global code 40
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
	f := stacktrace.Frame{Engine: "v8", Func: "Cart", Constructor: true, File: "cart.js", Line: 8, Col: 17}
	fmt.Println(f)
	f.Engine = "jsc"
	fmt.Println(f)
	// Output:
	// at new Cart (cart.js:8:17)
	// Cart@cart.js:8:17
}

func ExampleFrame_AppendTo() {
	line := []byte("    ")
	line = stacktrace.Frame{Engine: "v8", Func: "total", File: "cart.js", Line: 12, Col: 28}.AppendTo(line)
	fmt.Printf("%q\n", line)
	// Output:
	// "    at total (cart.js:12:28)"
}

// Code from eval tells where eval was called, as often as evals are nested.
func ExampleFrame_Caller() {
	trace, _ := stacktrace.Parse("Error: x\n    at eval (eval at <anonymous> (eval at run (https://shop.example/app.js:7:3)), <anonymous>:1:7)")
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
	frames, _ := stacktrace.AppendFrames(nil, chrome)
	top := frames[0].Clone()
	fmt.Println(top == frames[0])
	// Output:
	// true
}

func ExampleTrace_Render() {
	trace, _ := stacktrace.Parse(safari)
	trace.Type, trace.Message = "TypeError", "undefined is not an object"
	text, _ := trace.Render("v8")
	fmt.Println(text)
	// Output:
	// TypeError: undefined is not an object
	//     at total (https://shop.example/cart.js:12:33)
	//     at reduce (<anonymous>)
	//     at Cart (https://shop.example/cart.js:8:23)
	//     at https://shop.example/app.js:40:9
}

func ExampleTrace_String() {
	trace, _ := stacktrace.Parse("total@cart.js:12:33\r\nglobal code@app.js:40:9\r\n")
	fmt.Println(trace)
	// Output:
	// total@cart.js:12:33
	// global code@app.js:40:9
}

func ExampleTrace_MarshalJSON() {
	trace, _ := stacktrace.Parse("Error: x\n    at <anonymous> (native:1:11)")
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
	// [v8 spidermonkey jsc chakra hermes quickjs bun duktape mujs rhino nashorn graaljs xs goja otto njs qv4 engine262 python carakan devtools firefoxconsole safariconsole phantomjs vitest react vue presto]
}
