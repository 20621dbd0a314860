package stacktrace_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
)

func TestTitle(t *testing.T) {
	long := strings.Repeat("é", 150)
	frame := []stacktrace.Frame{{Engine: stacktrace.JSC, Func: "f", File: "a.js", Line: 1, Col: 2}}
	for _, test := range []struct {
		name  string
		trace stacktrace.Trace
		want  string
	}{
		{"nothing", stacktrace.Trace{}, ""},
		{"nothing but the engine", stacktrace.Trace{Engine: stacktrace.V8, Wrapping: []string{"json"}, Unparsed: []string{" "}}, ""},
		{"type and message", stacktrace.Trace{Type: "TypeError", Message: "x is not a function"}, "TypeError: x is not a function"},
		{"type", stacktrace.Trace{Type: "TypeError", Message: " \n"}, "TypeError"},
		{"message", stacktrace.Trace{Message: "Script error."}, "Script error."},
		{"several lines", stacktrace.Trace{Type: "Error", Message: "\n\tone\t two \nthree"}, "Error: one  two"},
		{"line separators", stacktrace.Trace{Message: "one\r\u2028two\u0085three"}, "one  two three"},
		{"control characters", stacktrace.Trace{Message: "\x1b[31mred\x00"}, "\uFFFD[31mred\uFFFD"},
		{"invalid UTF-8", stacktrace.Trace{Message: "a\xffb"}, "a\uFFFDb"},
		{"too long", stacktrace.Trace{Type: "Error", Message: long}, "Error: " + long[:2*95] + "…"},
		{"just short enough", stacktrace.Trace{Message: strings.Repeat("x", 200) + "\ny"}, strings.Repeat("x", 200)},
		{"one byte too long", stacktrace.Trace{Message: strings.Repeat("x", 201)}, strings.Repeat("x", 197) + "…"},
		{"short enough without blanks", stacktrace.Trace{Message: strings.Repeat("x", 200) + "   "}, strings.Repeat("x", 200)},
		{"code", stacktrace.Trace{Code: "ENOENT", Frames: frame}, "ENOENT"},
		{"label", stacktrace.Trace{Label: "Uncaught", Frames: frame}, "Uncaught"},
		{"frame", stacktrace.Trace{Frames: frame}, "f@a.js:1:2"},
		{"cause", stacktrace.Trace{Unparsed: []string{"x"}, Cause: &stacktrace.Trace{Type: "RangeError"}}, "RangeError"},
		{"gathered error", stacktrace.Trace{Errors: []*stacktrace.Trace{nil, {}, {Message: "two"}}}, "two"},
		{"property", stacktrace.Trace{Props: []stacktrace.Prop{{Name: "code", Text: "'X'"}}, Unparsed: []string{"x"}}, "code: 'X'"},
		{"unparsed line", stacktrace.Trace{Unparsed: []string{"", "  x", "y"}}, "x"},
	} {
		if got := test.trace.Title(); got != test.want {
			t.Errorf("%s: Title() = %q, want %q", test.name, got, test.want)
		}
	}
	if got := (*stacktrace.Trace)(nil).Title(); got != "" {
		t.Errorf("title of nil is %q", got)
	}
}

func TestAll(t *testing.T) {
	trace := &stacktrace.Trace{Type: "A",
		Cause: &stacktrace.Trace{Type: "B", Errors: []*stacktrace.Trace{{Type: "C"}}},
		Errors: []*stacktrace.Trace{
			{Type: "D", Cause: &stacktrace.Trace{Type: "E"}},
			nil,
			{Type: "F"},
		},
	}
	for n := range 7 {
		var got []string
		for e := range trace.All() {
			if len(got) == n {
				break
			}
			got = append(got, e.Type)
		}
		if want := []string{"A", "B", "C", "D", "E", "F"}[:min(n, 6)]; !slices.Equal(got, want) {
			t.Errorf("the first %d of All are %q, want %q", n, got, want)
		}
	}
	for e := range (*stacktrace.Trace)(nil).All() {
		t.Errorf("All of nil has %+v", e)
	}
}

// TestFrameDescribed reads a line of each kind and checks its name and location.
func TestFrameDescribed(t *testing.T) {
	for _, test := range []struct{ text, name, location string }{
		{"    at f (/a.js:1:2)", "f", "/a.js:1:2"},
		{"    at /a.js:1:2", "", "/a.js:1:2"},
		{"    at new Foo (/a.js:1:2)", "new Foo", "/a.js:1:2"},
		{"    at async f (/a.js:1:2)", "async f", "/a.js:1:2"},
		{"    at Object.f [as g] (/a.js:1:2)", "Object.f [as g]", "/a.js:1:2"},
		{"    at Array.map (<anonymous>)", "Array.map", "<anonymous>"},
		{"    at Array.sort (native)", "Array.sort", "native"},
		{"    at native (native)\n    at f (/a.js:1:2)", "native", "native"},
		{"    at eval (eval at g (/a.js:1:2), <anonymous>:3:4)", "eval", "eval at g (/a.js:1:2), <anonymous>:3:4"},
		{"    at async Promise.all (index 0)", "async Promise.all", "index 0"},
		{"    at async Promise.any (index 3)", "async Promise.any", "index 3"},
		{"    at m.f (wasm://wasm/m-5bfa65e6:wasm-function[1]:0x2a)", "m.f", "wasm://wasm/m-5bfa65e6:wasm-function[1]:0x2a"},
		{"    at f (wasm-function[0]:1)", "f", "wasm-function[0]:1"},
		{"f@http://h/a.js:1:2\nasync*g@http://h/a.js:1:2", "f", "http://h/a.js:1:2"},
		{"promise callback*g@http://h/a.js:1:2\nf@http://h/a.js:1:2", "promise callback*g", "http://h/a.js:1:2"},
		{"f@http://h/a.js line 3 > eval:1:5", "f", "http://h/a.js line 3 > eval:1:5"},
		{"forEach@[native code]\nglobal code@http://h/a.js:1:2", "forEach", "[native code]"},
		{"eval code@\nglobal code@http://h/a.js:1:2", "eval code", ""},
		{"inner@my mod:wasm-function[1]\nglobal code@http://h/a.js:1:2", "inner", "my mod:wasm-function[1]"},
		{"Error: x\n   at eval code (eval code:4:18)", "eval code", "eval code:4:18"},
		{"Error: x\n   at Array.prototype.forEach (native code)", "Array.prototype.forEach", "native code"},
		{"Error: x\n    at f (address at index.android.bundle:1:1234567)", "f", "address at index.android.bundle:1:1234567"},
		{"Error: x\n    at f (address at unknown:1:1234567)", "f", "address at unknown:1:1234567"},
		{"f@1:557290", "f", "1:557290"},
		{"Error: x\n    at forEach (native:1:11)", "forEach", "native:1:11"},
		{"Error: x\n\tat f (dir/a.js:1:24(3))", "f", "dir/a.js:1:24"},
	} {
		frames := stacktrace.AppendFrames(nil, test.text)
		if len(frames) == 0 {
			t.Errorf("%q has no frame", test.text)
			continue
		}
		f := frames[0]
		if got := f.Name(); got != test.name {
			t.Errorf("name of %q is %q, want %q", test.text, got, test.name)
		}
		if got := f.Location(); got != test.location {
			t.Errorf("location of %q is %q, want %q", test.text, got, test.location)
		}
		f.Text = "" // as in a frame that a program made, which is written as engines do today
		again := stacktrace.AppendFrames(nil, f.String())
		if len(again) == 0 || again[0].Location() != f.Location() {
			t.Errorf("location of %q without its text is %q, want that of %q", test.text, f.Location(), f.String())
		}
	}
}

// TestNumbers checks that each kind of number is told of its own frames and of no others.
func TestNumbers(t *testing.T) {
	type numbers struct{ wasm, offset, promise, segment, address, instruction, inline int }
	none := numbers{-1, -1, -1, -1, -1, -1, -1}
	with := func(change func(n *numbers)) numbers {
		n := none
		change(&n)
		return n
	}
	for _, test := range []struct {
		line string
		want numbers
	}{
		{"    at f (/a.js:1:2)", none},
		{"    at Array.map (<anonymous>)", none},
		{"    at async f (<anonymous>)", none},
		{"    at m.f (wasm://wasm/m-5bfa65e6:wasm-function[1]:0x2a)", with(func(n *numbers) { n.wasm, n.offset = 1, 42 })},
		{"    at f (wasm-function[0]:0)", with(func(n *numbers) { n.wasm, n.offset = 0, 0 })},
		{"inner@my mod:wasm-function[0]", with(func(n *numbers) { n.wasm = 0 })},
		{"wasm-stub@[wasm code]", none},
		{"    at async Promise.all (index 0)", with(func(n *numbers) { n.promise = 0 })},
		{"    at async Promise.allSettled (index 2)", with(func(n *numbers) { n.promise = 2 })},
		{"    at async Promise.any (<anonymous>)", none},
		{"    at f (address at index.android.bundle:1:0)", with(func(n *numbers) { n.segment, n.address = 1, 0 })},
		{"    at f (dir/a.js:1:24(0))", with(func(n *numbers) { n.instruction = 0 })},
		{"    at forEach (native)\n    at f (dir/a.js:1:24(0))", none},
		{"Backtrace:\n  Line 4 of inline#2 script in http://h/: In function bar\n    g();", with(func(n *numbers) { n.inline = 2 })},
	} {
		frames := stacktrace.AppendFrames(nil, test.line)
		if len(frames) == 0 {
			t.Errorf("%q has no frame", test.line)
			continue
		}
		f, got := frames[0], none
		for _, number := range []struct {
			to   *int
			tell func() (int, bool)
		}{
			{&got.wasm, f.WasmFunction}, {&got.offset, f.WasmOffset}, {&got.promise, f.PromiseIndex},
			{&got.instruction, f.Instruction}, {&got.inline, f.InlineScript},
		} {
			if n, ok := number.tell(); ok {
				*number.to = n
			} else if n != 0 {
				t.Errorf("a number of %q is %d though there is none", test.line, n)
			}
		}
		if segment, offset, ok := f.BytecodeAddress(); ok {
			got.segment, got.address = segment, offset
		}
		if got != test.want {
			t.Errorf("numbers of %q are %+v, want %+v", test.line, got, test.want)
		}
	}
}
