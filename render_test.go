package stacktrace_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace"
)

// TestRenderSmall writes a trace of V8's as the smaller engines would.
func TestRenderSmall(t *testing.T) {
	const text = "TypeError: boom\n" +
		"    at new Foo (/app/p.js:3:29)\n" +
		"    at eval (eval at g (/app/p.js:33:28), <anonymous>:1:7)\n" +
		"    at Array.forEach (<anonymous>)\n" +
		"    at /app/p.js:16:1"
	trace := stacktrace.Parse(text)
	if len(trace.Frames) == 0 {
		t.Fatal("no frame")
	}
	for engine, want := range map[stacktrace.Engine]string{
		stacktrace.Duktape:   "TypeError: boom\n    at Foo (/app/p.js:3) construct\n    at eval (input:1) directeval preventsyield\n    at Array.forEach () native strict preventsyield\n    at [anon] (/app/p.js:16)",
		stacktrace.MuJS:      "TypeError: boom\n\tat Foo (/app/p.js:3)\n\tat eval ((eval):1)\n\tat Array.forEach (native)\n\tat /app/p.js:16",
		stacktrace.Rhino:     "\tat /app/p.js:3 (Foo)\n\tat /app/p.js#33(eval):1 (eval)\n\tat /app/p.js:16\n",
		stacktrace.Nashorn:   "TypeError: boom\n\tat Foo (/app/p.js:3)\n\tat eval (<eval>:1)\n\tat <anonymous> (/app/p.js:16)",
		stacktrace.GraalJS:   "TypeError: boom\n    at Foo (/app/p.js:3:29)\n    at eval (Unnamed:1:7)\n    at Array.forEach (native)\n    at /app/p.js:16:1",
		stacktrace.XS:        "TypeError: boom\n at Foo (/app/p.js:3)\n at eval (#0:1)\n at Array.forEach ()\n at (/app/p.js:16)",
		stacktrace.Goja:      "TypeError: boom\n\tat Foo (/app/p.js:3:29(0))\n\tat eval (<eval>:1:7(0))\n\tat Array.forEach (native)\n\tat /app/p.js:16:1(0)\n",
		stacktrace.Otto:      "TypeError: boom\n    at Foo (/app/p.js:3:29)\n    at eval (<anonymous>:1:7)\n    at Array.forEach (<native code>)\n    at /app/p.js:16:1\n",
		stacktrace.NJS:       "TypeError: boom\n    at Foo (/app/p.js:3)\n    at eval (:1)\n    at Array.forEach (native)\n    at anonymous (/app/p.js:16)\n",
		stacktrace.QV4:       "Foo@/app/p.js:3\neval@eval code:1\n@/app/p.js:16",
		stacktrace.Engine262: "TypeError: boom\n    at new Foo (/app/p.js:3:29)\n    at eval (<anonymous>:1:7)\n    at Array.forEach (native)\n    at <anonymous> (/app/p.js:16:1)",
	} {
		got, err := trace.Render(engine)
		if err != nil || got != want {
			t.Errorf("Render(%q) = %q, %v, want %q", engine, got, err, want)
		}
	}
}

// TestRenderFromSmall writes traces of the smaller engines as V8 would.
func TestRenderFromSmall(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{
			"Error: x\n    at Ctor (input:1) construct\n    at [anon] (es5.js:9)\n    at forEach () native strict preventsyield\n    at global (es5.js:9) preventsyield",
			"Error: x\n    at new Ctor (eval at <anonymous> (unknown source), <anonymous>:1)\n    at es5.js:9\n    at forEach (<anonymous>)\n    at es5.js:9",
		},
		{
			"Error: x\n    at [anon] (es5.js:3) construct\n    at  (:0) construct\n    at [anon] (es5.js:9)",
			"Error: x\n    at new <anonymous> (es5.js:3)\n    at new <anonymous> (unknown source)\n    at es5.js:9",
		},
		{
			"\tat /app/f.js#14(eval)#2(eval):1\n\tat /app/f.js:14 (g)\n",
			"\n    at  (eval at <anonymous> (eval at <anonymous> (/app/f.js:14)), <anonymous>:1)\n    at g (/app/f.js:14)",
		},
		{
			"Error: x\n\tat <eval>:1:5(1)\n\tat forEach (native)\n\tat dir/a b.js:4:34(3)",
			"Error: x\n    at eval at <anonymous> (unknown source), <anonymous>:1:5\n    at forEach (<anonymous>)\n    at dir/a b.js:4:34",
		},
	} {
		trace := stacktrace.Parse(test.text)
		if len(trace.Frames) == 0 {
			t.Fatal("no frame")
		}
		if got, err := trace.Render(stacktrace.V8); err != nil || got != test.want {
			t.Errorf("Render(%q) of %q = %q, %v, want %q", "v8", test.text, got, err, test.want)
		}
	}
}

// TestSmallMarks reads the lines that say which frames an engine left out, and writes them again.
func TestSmallMarks(t *testing.T) {
	for _, text := range []string{
		"Error: x\n    at f (a.js:3)\n      repeats 278 times\n    at main (a.js:5)\n",
		"Error: x\n    at [anon] (a.js:3)\n    [... 994 more frames\n    at global (a.js:5) preventsyield",
	} {
		trace := stacktrace.Parse(text)
		if len(trace.Frames) != 2 || trace.Frames[1].Skipped < 278 || len(trace.Unparsed) > 0 {
			t.Errorf("Parse(%q) = %+v, want 2 frames and the skipped ones between them", text, trace)
		} else if got := trace.String(); got != text {
			t.Errorf("String of %q = %q", text, got)
		}
	}
}
