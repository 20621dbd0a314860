// Package fuzz holds the laws of package stacktrace as fuzz targets. Each run of one target takes
//
//	go test -fuzz '^FuzzNothingLost$' ./fuzz
//
// and what it finds is kept in testdata/fuzz, which plain go test replays.
package fuzz

import (
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/internal/laws"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// everyNth thins the captures out: neighbours differ little, and each seed is run before fuzzing.
const everyNth = 23

// seed adds captures of every engine, and texts that are no traces.
func seed(f *testing.F, add func(name, message, text string)) {
	f.Helper()
	all, err := corpus.Read[struct{ Name, Message, Text string }]("../testdata/captures/traces.jsonl.gz")
	if err != nil {
		f.Fatal(err)
	}
	for n := 0; n < len(all); n += everyNth {
		add(all[n].Name, all[n].Message, all[n].Text)
	}
	for _, text := range []string{
		"",
		"\n",
		"Script error.",
		"connect ECONNREFUSED ::1:45999",
		"Connection string: svc@https://db.example.com/app.js:1:1",
		"Error: x\n    at f (http://h/x.js:1:2",
		"foo@http://h/a.js:1:2\n    at bar (http://h/b.js:3:4)\n",
		"a\x1bt 0",
		"| at  (/)",
		" | at ()",
		"(node:) ",
		"(node:12) ",
		"@A:A:10\n0<@/0:100:1",
		"\n 00\n    at 0 (<anonymous>)\n ",
		"00 [0]: r\nat A:1:0 {\n[cause]: r\nat A:0:0",
		"at A:1:0 {\n  []: \n  [cause]: 00\nat 00\nat 0000000000000000000\n... 0 lines matching cause stack trace ...\nat 00000000000A:1:10 {\n    []: \n    [\n  0: 000010000",
		"{ err: { Error: x\n    at f (/a.js:4:25)\n  other: 1 }\n    at g (b.js:6:10)\n    at h (b.js:5:32) [Symbol(x)]: 'Tag' },\n    at i (b.js:6:30)",
		"[AggregateError: x] {\n  [errors]: [\n[Error: a],\n    'no error'\n  ]\n}\n",
		"error: Uncaught AggregateError: x\n    Error: a\n        at f (a.js:1:2)\n    \"no error\"\n\nthrow x;\n^\n    at g (a.js:3:4)",
		"From previous event:\n    -> a.ts:1:2\n    at f (a.js:1:2)",
		"Error: x\n    at f (a.js:1:2)\n\n        -> /a.ts:1:2\n    at g (b.js:3:4)",
		"Error: x\n    at f (a.js:1:2) {\n}",
		"at A:1:0 {\n[errors]: [\n\n0",
		"at A:1:0 {\n  []: \n  [00000]: []:\n    []:",
		"at r \nat 0 (:1)\nat r\n0\nat div\n0",
		"at A:1:0 {\n0: \n\n)",
		"0()@.js:0\n1()00@0:1",
		"\x1b[31mError: x\x1b[39m\r\n    at f (\x1b[4m/a.js\x1b[24m:1:2)\r\n",
		"[1] Error: x\n[1]     at f (/a.js:1:2)\n",
		`Error: x\n    at f (C:\new\x.js:1:2)\n    at g (/a.js:3:4)`,
		`{"level":"error","err":{"stack":"Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}}`,
		`2026-11-21 ERROR {"stack":"Error: \u00e9 \"x\"\\n    at f (/a.js:1:2)\\n    at g (/a.js:3:4)`,
		"Error: x |     at f (/a.js:1:2) |     at g (/a.js:3:4)",
		"Error: x at f (/a.js:1:2) at g (/a.js:3:4)",
		"f@http://h/a.js:1:2 g@http://h/a.js:3:4",
		"<pre>Error: it&#39;s x<br> &nbsp; &nbsp;at f (/a.js:1:2)<br> &nbsp; &nbsp;at Array.map (&lt;anonymous&gt;)</pre>\n",
		"10:00:01.123 [app] Error: x\n10:00:01.2 [app]     at f (/a.js:1:2)\n",
		"\ufeffError: x\n    at f (/a.js:1:2)",
		"Error: x\n    at a (b.js:1:2)\n    ... skipping 51 frames\n    at c (d.js:3:4)",
		"Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    f()\n    ~^^\n  File \"<string>\", line 2, in f\n  [Previous line repeated 9 more times]\nE.E: x\ny\n",
		"Traceback (most recent call last):\nFile \"a.py\", line 1, in f\nf()\nE: x\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\nFile \"a.py\", line 1, in f\nE: x\n",
		"  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 1, in f\n  | E: g (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | E: x\ny\n    | z\n    +------------------------------------\n",
		"| E: g (2 sub-exceptions)\n+-+---------------- 1 ----------------\n| E: g (1 sub-exception)\n+-+---------------- 1 ----------------\n| E: x\n+------------------------------------\n+---------------- 2 ----------------\n| E: y\n+------------------------------------\n",
		"Fatal Python error: x\n\nThread 0x1 (most recent call first):\n  File \"a.py\", line 1 in f\n\nCurrent thread 0x2 (most recent call first):\n  File \"a.py\", line 2 in f\n",
		"p.RemoteTraceback: \n\"\"\"\nTraceback (most recent call last):\n  File \"a.py\", line 1, in f\nE: x\n\"\"\"\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File “a.py”, line 1, in\nE: x\n",
		"[ERROR] E: x\nTraceback (most recent call last):\n  File \"a.py\", line 1, in f\nINFO: x\n",
		"  File \"a.py\", line 1\n    (\n    ^\nSyntaxError: x\nERROR: Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n",

		// Consoles, components, the old Opera.
		"file.js:12 Uncaught Error: x\nfoo @ file.js:12\nShow 3 more frames\nsetTimeout (async)\n(anonymous)\t@\tVM123:1:2\nShow less",
		"Error: x\n    at foo (file.js:12:3)\nfoo @ file.js:12\nawait in foo\nbar @ (index):3\n",
		"Uncaught Error: x\n    foo http://h/a.js:12\n    promise callback*<anonymous> http://h/a.js:1:2\na.js:12:5",
		"Error: x\nfoo — file.js:12\n(anonymous function) — file.js:12:3\n",
		"Error: x\n\n  phantomjs://code/x.js:12 in foo\n  http://h/a.js:12 in foo\n",
		" FAIL  a > b\nError: x\n ❯ f a.mjs:2:27\n      1| x\n ❯ a.mjs:4:24\nCaused by: Error: y",
		"The above error occurred in the <Foo> component:\n    in Foo (at App.js:12)\n    in Bar (created by Custom (Display)@Name)\n    in div\n\nx",
		"\n    at Foo (http://h/a.js:1:2)\n    at Bar\n    at div (<anonymous>)",
		"\nFoo@http://h/a.js:1:2\nBar\nCustom (Display)@Name@unknown:0:0\nBaz@\ndiv",
		"Error: x\n    at f (a.js:1:2)\n\nThe above error occurred in the <Foo> component:\n\n    at Foo (a.js:3:4)\n    at div",
		"[Vue warn]: x\n  at <Foo key=1 > \n  at <App>",
		"[Vue warn]: x\n\nfound in\n\n---> <Foo> at src/Foo.vue\n       <Root>",
		"Statement on line 44: x\nBacktrace:\n  ...  Line 44 of linked script http://h/a.js\n    f();\n  Line 4 of inline#1 script in http://h/: In function bar\n    g();",
		"f([arguments not available])@http://h/x.js:43\n<anonymous function>@http://h/x.js:15\nError created at <anonymous function>@http://h/x.js:15",
		"Error thrown at line 42, column 12 in <anonymous function: f>(a) in http://h/x.js:\n    x();\ncalled from line 15, column 0 in http://h/x.js:\n    f();",
		"[1:1:1/1.1:INFO:CONSOLE:1] \"Uncaught Error: x\n    at foo (http://h/a.js:1:2)\n    at http://h/a.js:3:4\", source: http://h/a.js (1)",

		// Found by fuzzing.
		"at {",
		"at  (0:1)\nat .\n:1",
		"at  (native:0:1)",
		"  0\n \nat  (:0)",
		"at  (A://)",
		" at  (:0)\n at 0(\n (0:1)",
		"at , <anonymous>0",
		"0\nat  (:0)\nat <anonymous> (\n(0:1)",
		"0\n0\r\r",
		"at  (:0:-0)",
		"at  (:0) construct",
		" \n    at  (:0)\nat  (:0)",
		"at  (/app/e5-names.mjs)\nat async 0(/app/e5-names.mjs:0:1)\nat /app/e5-names.mjs:0:0",
		"at eval at 0",
		"  0\n  at  (:0)\n ",
		"at new  (A:1:1)",
		"0\n at at 0 (:///:0)",
		"at 0, <anonymous>",
		"at  (, <anonymous>:1",
		"at  (0, <anonymous>:1\nat 0, <anonymous>:1",
		"at  (0:0:0)",
		"at  (eval at  (, :1)",
		"at  (:0:1:0)",
		"at  (eval at  (A), A:0)",
		"0\nat <anonymous> (1:-0)",
		"0\nat <anonymous> (1:0)",
		"A://:1:0",
		"at  (:0)\n0\r\r",
		"0\nat 0(native:0:1)\nat <anonymous> (0:0)",
		"at  (:0)\nFrom previous event:\n\nat  (:0)",
		"error: ",
		"at  (/:0:1)",
		"at  (/()\nat 0 (A:A(0:0)\n00000000000000000",
		"Error: x\nEmitted 'error' event at:\n",
		"Error: x\nThrown at:\n    at no frame\n",
		"0\n0\r\r\n",
		"at <eval>",
		"Error: Error:",
		"at A:1:0 {\n  []: \n  []: 00",
		" \"at (A:0)\n",
		"0 |0000000000\n00\n e\x1b: e:\n ",
		"(at \"at .j\":0",
		"at  (<anonymous> (:0)\nat ()",
		"A\u2029",
		"0* @/:0\nglobal code",
		"at  (eval at  (0://), :1)",
		"Error: x\n    at f (/a.js:1:2) {\n  code: 'E',\n  [cause]: TypeError: y\n      at g (/a.js:3:4) {\n    [errors]: [\n      [Error: z]\n    ]\n  }\n}",
		"{ Error: x\n    at f (/a.js:1:2) code: 'E', list: [ 1, 2 ] }",
		"error: Uncaught AggregateError: x\n    Error: y\n        at f (/a.js:1:2)\n    Caused by: Error: z\n        at f (/a.js:1:2)\n    1\nthrow e;\n^\n    at f (/a.js:1:2)\nCaused by: Error: w\n    at f (/a.js:1:2)",
		"1 | x\n    ^\nerror: x\n code: \"E\",\n  a: {\n },\n\n      at f (/a.js:1:2)\n\n1 | y\n    ^\nerror: y\n      at f (/a.js:1:2)\n\nBun v1.4.5",
		"(node:1) [DEP1] DeprecationWarning: x\n    at f (/a.js:1:2)\n(node:1) Warning: y",
		"[0]\n[0]at 0",
		"Error: x\n    at f (/a.js:1:2) [angular]\n    at ____________________Elapsed_2_ms__At__x (http://localhost)\n    at g (/a.js:3:4) [<root>]",
		"f@http://h/a.js:1:2\n____________________Elapsed_2_ms__At__x@[native]\ng@http://h/a.js:3:4 [<root>]",
		"Error: x\n    (No stack trace)\nfrom execution context:\n    at g (/a.js:3:4)",
		"@.js:1\n0@.js:1",
	} {
		add("Error", "x", text)
	}
}

func fuzzText(f *testing.F, law func(text string) error) {
	seed(f, func(_, _, text string) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text string) {
		if err := law(text); err != nil {
			t.Fatalf("%v\nin %q", err, text)
		}
	})
}

// FuzzNothingInvented: every string and number of the result stands in the text.
func FuzzNothingInvented(f *testing.F) { fuzzText(f, laws.Invented) }

// FuzzNothingLost: every line of the text is in exactly one place.
func FuzzNothingLost(f *testing.F) { fuzzText(f, laws.Lost) }

// FuzzRoundTrip: a frame that is written and read again is the same.
func FuzzRoundTrip(f *testing.F) { fuzzText(f, laws.RoundTrip) }

// FuzzNeutral: line ends, indentation, colours and a log's prefix change nothing.
func FuzzNeutral(f *testing.F) { fuzzText(f, laws.Neutral) }

// FuzzOneAnswer: all ways of reading give the same frames.
func FuzzOneAnswer(f *testing.F) { fuzzText(f, laws.OneAnswer) }

// FuzzDescribed: titles are one short line, places are not invented, and clones are equal.
func FuzzDescribed(f *testing.F) { fuzzText(f, laws.Described) }

// FuzzReport: what a report says beside the stack is not invented either.
func FuzzReport(f *testing.F) {
	seed(f, func(name, message, text string) { f.Add(name, message, text, "http://h/a.js", 1, 2) })
	f.Fuzz(func(t *testing.T, name, message, stack, file string, line, col int) {
		r := stacktrace.Report{Name: name, Message: message, Stack: stack, File: file, Line: line, Col: col}
		if err := laws.InventedByReport(r); err != nil {
			t.Fatalf("%v\nin %+v", err, r)
		}
	})
}

// FuzzCanonical checks that any trace has a canonical form: the same one each time, with every frame
// in it one of the trace, and the same as the trace itself to [normalize.Same].
func FuzzCanonical(f *testing.F) {
	seed(f, func(name, message, text string) { f.Add(name, message, text) })
	f.Add("0", "0", "at /es20-promise.js:1 at http:///es20-promise.js:10")
	f.Fuzz(func(t *testing.T, name, message, text string) {
		trace := stacktrace.ParseReport(stacktrace.Report{Name: name, Message: message, Stack: text})
		c := normalize.Trace(trace)
		last := -1
		for _, frame := range c.Frames {
			if frame.Index <= last || frame.Index >= len(trace.Frames) {
				t.Fatalf("frame %d behind frame %d, of %d", frame.Index, last, len(trace.Frames))
			}
			last = frame.Index
			if frame.Func == "" {
				t.Errorf("frame %d has no canonical name", frame.Index)
			}
			if again := normalize.File(frame.File); frame.Code == normalize.App && normalize.File(again) != again {
				t.Errorf("File(%q) = %q, and that again %q", frame.File, again, normalize.File(again))
			}
		}
		for _, strength := range []normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose} {
			print := normalize.Fingerprint(trace, strength)
			if again := c.Fingerprint(strength); again != print || len(print) != len("st2:e")+32 {
				t.Errorf("fingerprints %s and %s", print, again)
			}
		}
		if same, score := normalize.Same(trace, trace); score < 0 || score > 1 || len(c.Frames) > 1 && !same && c.Frames[0].Line > 0 && c.Frames[0].File != "" {
			t.Errorf("a trace is the same as itself: %v, %v: %q", same, score, normalize.Compare(trace, trace).Reasons)
		}
		for _, e := range normalize.Explain(trace) {
			if e.Name == "" || e.Why == "" || e.Frame >= len(trace.Frames) {
				t.Errorf("explanation %+v", e)
			}
		}
	})
}
