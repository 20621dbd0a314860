package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// TestParseHeader reads what stands before frames. Each text is followed by one frame of V8's unless
// it has frames already.
func TestParseHeader(t *testing.T) {
	const frame = "\n    at f (/a.js:1:2)"
	for _, test := range []struct {
		name, text         string
		typ, code, message string
		unparsed           []string
	}{
		{"type and message", "TypeError: x is undefined", "TypeError", "", "x is undefined", nil},
		{"type alone", "Error", "Error", "", "", nil},
		{"type and blank", "Error: ", "Error", "", "", nil},
		{"type with a trimmed blank", "Error:", "Error", "", "", nil},
		{"lower-case type alone", "fnObj", "fnObj", "", "", nil},
		{"type of several words", "Custom Error With Spaces: m", "Custom Error With Spaces", "", "m", nil},
		{"type with a colon", "Ns:Error: m", "Ns:Error", "", "m", nil},
		{"message alone", "no name here", "", "", "no name here", nil},
		{"message with a colon", "could not read it: no", "", "", "could not read it: no", nil},
		{"several lines", "Error: one\ntwo\n\nfour", "Error", "", "one\ntwo\n\nfour", nil},
		{"empty first line", "Error: \ntwo", "Error", "", "\ntwo", nil},
		{"nested", "Error: Error: Error: x", "Error", "", "Error: Error: x", nil},

		{"uncaught", "Uncaught TypeError: x", "TypeError", "", "x", nil},
		{"uncaught in promise", "Uncaught (in promise) RangeError: x", "RangeError", "", "x", nil},
		{"uncaught string", "Uncaught 5: 6", "5", "", "6", nil}, // or a name; nobody can tell
		{"unhandled rejection in Safari", "Unhandled Promise Rejection: TypeError: x", "TypeError", "", "x", nil},
		{"unhandled rejection", "Unhandled rejection Error: x", "Error", "", "x", nil},
		{"Deno", "error: Uncaught (in promise) Error: x", "Error", "", "x", nil},
		{"Bun", "error: x", "", "", "x", nil},

		{"Node's code", "TypeError [ERR_INVALID_ARG_TYPE]: The \"x\"", "TypeError", "ERR_INVALID_ARG_TYPE", "The \"x\"", nil},
		{"code without message", "AssertionError [ERR_ASSERTION]", "AssertionError", "ERR_ASSERTION", "", nil},
		{"class that kept its parent's name", "A [Error]: q", "A", "", "q", nil},
		{"system error", "Error: ENOENT: no such file or directory, open '/x'", "Error", "ENOENT", "ENOENT: no such file or directory, open '/x'", nil},
		{"system error of Node 0.10", "Error: ENOENT, no such file or directory '/x'", "Error", "ENOENT", "ENOENT, no such file or directory '/x'", nil},
		{"system call", "Error: connect ECONNREFUSED 127.0.0.1:80", "Error", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:80", nil},
		{"system call with a colon", "Error: listen EADDRINUSE: address already in use :::3000", "Error", "EADDRINUSE", "listen EADDRINUSE: address already in use :::3000", nil},
		{"spawn", "Error: spawnSync no-such-bin ENOENT", "Error", "ENOENT", "spawnSync no-such-bin ENOENT", nil},
		{"DNS", "Error: getaddrinfo ENOTFOUND example.invalid", "Error", "ENOTFOUND", "getaddrinfo ENOTFOUND example.invalid", nil},
		{"a word like a code", "Error: ERROR in x", "Error", "", "ERROR in x", nil},

		{"IP address", "Error: connect ECONNREFUSED ::1:45999", "Error", "ECONNREFUSED", "connect ECONNREFUSED ::1:45999", nil},
		{"URL", "Error: GET http://h:80/a.js:1:2 failed", "Error", "", "GET http://h:80/a.js:1:2 failed", nil},
		{"a frame of Firefox's", "Error: foo@http://x/y.js:1:2", "Error", "", "foo@http://x/y.js:1:2", nil},
		{"a place", "Error: bad value (foo.js:1:2)", "Error", "", "bad value (foo.js:1:2)", nil},
		{"at", "Error: at foo (x.js:1:1)", "Error", "", "at foo (x.js:1:1)", nil},
		{"prose with at", "Error: it broke\nat the end of the day\nat home", "Error", "", "it broke\nat the end of the day\nat home", nil},
		{"time", "Error: late\nat 12:30:45", "Error", "", "late\nat 12:30:45", nil},
		{"e-mail", "Error: contact me@example.com:25:1 now", "Error", "", "contact me@example.com:25:1 now", nil},
		{"JSON", `Error: {"stack":"Error: x\n    at f (a.js:1:2)"}`, "Error", "", `{"stack":"Error: x\n    at f (a.js:1:2)"}`, nil},
		{"Java", "Error: remote\n\tat java.lang.Foo(Foo.java:12)", "Error", "", "remote\n\tat java.lang.Foo(Foo.java:12)", nil},
		{"frames and more", "Error: looks like\n    at foo (http://example.com/bar.js:1:2)\nend", "Error", "", "looks like\n    at foo (http://example.com/bar.js:1:2)\nend", nil},
		{"deeper frames", "Error: outer\n    [cause]: Error: inner\n        at x (y.js:1:1)", "Error", "", "outer\n    [cause]: Error: inner\n        at x (y.js:1:1)", nil},
		{"anonymous frame", "Error: oops\n    at <anonymous>", "Error", "", "oops\n    at <anonymous>", nil},

		{"Node's excerpt", "/app/a.js:4\n  throw e;\n  ^\n\nTypeError: x", "TypeError", "", "x", []string{"/app/a.js:4", "  throw e;", "  ^"}},
		{"excerpt without an empty line", "node:events:491\n      throw er; // Unhandled 'error' event\n      ^\nError: x", "Error", "", "x", []string{"node:events:491", "      throw er; // Unhandled 'error' event", "      ^"}},
		{"excerpt of a nameless script", ":2\n  throw 1\n  ^\n\nError: x", "Error", "", "x", []string{":2", "  throw 1", "  ^"}},
		{"excerpt of a package's script", "node_modules/@scope/pkg/index.js:3\nx y\n  ^\n\nSyntaxError: x", "SyntaxError", "", "x", []string{"node_modules/@scope/pkg/index.js:3", "x y", "  ^"}},
		{"excerpt behind an empty line", "\n/app/a.js:4\nthrow 1\n^\nError: x", "Error", "", "x", []string{"/app/a.js:4", "throw 1", "^", ""}},
		{"Deno's excerpt", "error: Uncaught Error: x\n  throw e;\n        ^", "Error", "", "x", []string{"  throw e;", "        ^"}},
		{"a caret in the message", "SyntaxError: bad\n  foo bar\n      ^", "SyntaxError", "", "bad\n  foo bar\n      ^", nil},
		{"log lines", "Server listening on 3000\nTypeError: x", "TypeError", "", "x", []string{"Server listening on 3000"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			trace := stacktrace.Parse(test.text + frame)
			if len(trace.Frames) == 0 {
				t.Fatal("no frame")
			}
			got := []any{trace.Type, trace.Code, trace.Message, append(trace.Context, trace.Unparsed...), len(trace.Frames)}
			if diff := cmp.Diff([]any{test.typ, test.code, test.message, test.unparsed, 1}, got); diff != "" {
				t.Errorf("Parse(%q): type, code, message, context and unparsed, frames (-want +got)\n%s", test.text, diff)
			}
		})
	}
}

// TestParseOdd reads texts that are no clean traces.
func TestParseOdd(t *testing.T) {
	v8 := func(fn, text string) stacktrace.Frame {
		return stacktrace.Frame{Func: fn, File: "/a.js", Line: 1, Col: 2, Engine: stacktrace.V8, Text: text}
	}
	for _, test := range []struct {
		name, text string
		want       stacktrace.Trace
	}{
		{"nothing", "", stacktrace.Trace{}},
		{"line ends", "\n\r\n", stacktrace.Trace{}},
		{"a word", "hello", stacktrace.Trace{Message: "hello"}},
		{"Script error.", "Script error.", stacktrace.Trace{Message: "Script error."}},
		{"a header", "Uncaught TypeError: x", stacktrace.Trace{Label: "Uncaught", Type: "TypeError", Message: "x"}},
		{"prose", "two lines\nof prose", stacktrace.Trace{Unparsed: []string{"two lines", "of prose"}}},
		{"an address", "git@github.com:22:1", stacktrace.Trace{Message: "git@github.com:22:1"}},
		{"a connection string", "Connection string: svc@https://db.example.com/app.js:1:1", stacktrace.Trace{Message: "Connection string: svc@https://db.example.com/app.js:1:1"}},
		{"an address with a port", "connect ECONNREFUSED ::1:45999", stacktrace.Trace{Code: "ECONNREFUSED", Message: "connect ECONNREFUSED ::1:45999"}},
		{"bytes", "\x00\xff\xfe\x80@\x01", stacktrace.Trace{Message: "\x00\xff\xfe\x80@\x01"}},
		{"half a trace", "x.js:3:4)\n    at f (/a.js:1:2)", stacktrace.Trace{
			Engine: stacktrace.V8, Message: "x.js:3:4)", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")},
		}},
		{"a line that is cut off", "Error: x\n    at f (/a.js:1:2)\n    at g (http://h:80", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")}, Unparsed: []string{"    at g (http://h:80"},
		}},
		{"a bare location that is cut off", "Error: x\n    at f (/a.js:1:2)\n    at http://localhost:80", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")}, Unparsed: []string{"    at http://localhost:80"},
		}},
		{"a column that is cut off", "Error: x\n    at f (/a.js:1:2)\n    at /b.js:1", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")}, Unparsed: []string{"    at /b.js:1"},
		}},
		{"no column anywhere", "f@/a.js:1\ng@/a.js:2\n", stacktrace.Trace{Engine: stacktrace.JSC, Frames: []stacktrace.Frame{
			{Func: "f", File: "/a.js", Line: 1, Engine: stacktrace.JSC, Text: "f@/a.js:1"},
			{Func: "g", File: "/a.js", Line: 2, Engine: stacktrace.JSC, Text: "g@/a.js:2"},
		}}},
		{"Node's trailer", "Error: x\n    at f (/a.js:1:2)\n\nNode.js v24.21.0\n", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")}, Unparsed: []string{"", "Node.js v24.21.0"},
		}},
		{"two frames in code that has no file", "    at g (<input>:3:1)\n    at g (<input>:3:1)\n", stacktrace.Trace{Engine: stacktrace.QuickJS, Frames: []stacktrace.Frame{
			{Func: "g", File: "<input>", Line: 3, Col: 1, Eval: true, Engine: stacktrace.QuickJS, Text: "    at g (<input>:3:1)"},
			{Func: "g", File: "<input>", Line: 3, Col: 1, Eval: true, Engine: stacktrace.QuickJS, Text: "    at g (<input>:3:1)"},
		}}},
		{"printed properties", "Error: x\n    at f (/a.js:1:2) {\n  code: 'X'\n}\n", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Code: "X", Message: "x", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2) {")}, Props: []stacktrace.Prop{{Name: "code", Text: "'X'"}},
		}},
		{"frames that were left out", "Error: x\n    at f (/a.js:1:2)\n    ... 5 lines matching cause stack trace ...\n    at g (/a.js:1:2)", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				v8("f", "    at f (/a.js:1:2)"),
				{Func: "g", File: "/a.js", Line: 1, Col: 2, Skipped: 5, Engine: stacktrace.V8, Text: "    at g (/a.js:1:2)"},
			},
		}},
		{"a spoilt frame", "Error: x\n    at f (/a.js:1:2)\n    at g (/b.js:3:4\n    at <error: x>\n    at f (/a.js:1:2)", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				v8("f", "    at f (/a.js:1:2)"), {Func: "g", File: "/b.js", Line: 3, Col: 4, Engine: stacktrace.V8, Text: "    at g (/b.js:3:4"}, v8("f", "    at f (/a.js:1:2)"),
			},
			Unparsed: []string{"    at <error: x>"},
		}},
		{"an error without frames, with those of its emitter", "Error: x\nEmitted 'error' event on ReadStream instance at:\n    at f (/a.js:1:2)", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")},
			Unparsed: []string{"Emitted 'error' event on ReadStream instance at:"},
		}},
		{"QuickJS without debug information", "    at f\n    at forEach (native)\n    at <eval>\n", stacktrace.Trace{
			Engine: stacktrace.QuickJS, Frames: []stacktrace.Frame{
				{Func: "f", Engine: stacktrace.QuickJS, Text: "    at f"},
				{Func: "forEach", Native: true, Engine: stacktrace.QuickJS, Text: "    at forEach (native)"},
				{Func: "<eval>", TopLevel: true, Engine: stacktrace.QuickJS, Text: "    at <eval>"},
			},
		}},
		{"React Native's fatal report", "render@12:34\n<unknown>@1:2\nvalue@index.android.bundle:12:1917", stacktrace.Trace{
			Engine: stacktrace.JSC, Frames: []stacktrace.Frame{
				{Func: "render", Line: 12, Col: 34, Engine: stacktrace.JSC, Text: "render@12:34"},
				{Func: "<unknown>", Line: 1, Col: 2, Engine: stacktrace.JSC, Text: "<unknown>@1:2"},
				{Func: "value", File: "index.android.bundle", Line: 12, Col: 1917, Engine: stacktrace.JSC, Text: "value@index.android.bundle:12:1917"},
			},
		}},
		{"left out at the end", "Error: x\n    at f (/a.js:1:2)\n    ... skipping 51 frames", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")}, Unparsed: []string{"    ... skipping 51 frames"},
		}},
		{"a long stack", "Error: x\n    at f (/a.js:1:2)\nFrom previous event:\n    at g (/a.js:1:2)", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				v8("f", "    at f (/a.js:1:2)"),
				{Func: "g", File: "/a.js", Line: 1, Col: 2, AsyncCause: "From previous event", Async: true, Engine: stacktrace.V8, Text: "    at g (/a.js:1:2)"},
			},
		}},
		{"two engines", "Error: x\n    at f (address at index.android.bundle:1:123456)\nforEach@[native code]\n", stacktrace.Trace{
			Engine: stacktrace.Hermes, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				{Func: "f", File: "index.android.bundle", Index: 1, Offset: 123456, Engine: stacktrace.Hermes, Text: "    at f (address at index.android.bundle:1:123456)"},
				{Func: "forEach", Native: true, Engine: stacktrace.JSC, Text: "forEach@[native code]"},
			},
		}},
		{"two engines, with a header between", "f@http://h/a.js:1:2\nglobal code@http://h/a.js:3:4\nError: x\n    at f (/a.js:1:2)", stacktrace.Trace{
			Engine: stacktrace.JSC, Frames: []stacktrace.Frame{
				{Func: "f", File: "http://h/a.js", Line: 1, Col: 2, Engine: stacktrace.JSC, Text: "f@http://h/a.js:1:2"},
				{Func: "global code", File: "http://h/a.js", Line: 3, Col: 4, TopLevel: true, Engine: stacktrace.JSC, Text: "global code@http://h/a.js:3:4"},
			},
		}},
		{"a log's prefix", "[1] Error: x\n[1] two\n[1]     at f (/a.js:1:2)\n[1]\n", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x\ntwo", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")}, Wrapping: []string{"prefix"},
		}},
		{"a log's prefix before Firefox's lines", "web | f@http://h/a.js:1:2\nweb | get g@http://h/a.js:3:4\n", stacktrace.Trace{
			Engine: stacktrace.SpiderMonkey, Frames: []stacktrace.Frame{
				{Func: "f", File: "http://h/a.js", Line: 1, Col: 2, Engine: stacktrace.SpiderMonkey, Text: "f@http://h/a.js:1:2"},
				{Func: "get g", File: "http://h/a.js", Line: 3, Col: 4, Engine: stacktrace.SpiderMonkey, Text: "get g@http://h/a.js:3:4"},
			},
			Wrapping: []string{"prefix"},
		}},
		{"colours", "\x1b[31mError: x\x1b[39m\n\x1b[90m    at f (/\x1b[4ma.js\x1b[24m:1:2)\x1b[39m", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{v8("f", "\x1b[90m    at f (/\x1b[4ma.js\x1b[24m:1:2)\x1b[39m")},
		}},
		{"Windows", "Error: one\r\ntwo\r\n    at f (/a.js:1:2)\r\n", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "one\ntwo", Frames: []stacktrace.Frame{v8("f", "    at f (/a.js:1:2)")},
		}},
		{"a name with a newline", "Error: x\n    at f (/a.js:1:2)\n    at get new\nline (/a.js:1:2)", stacktrace.Trace{
			Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				v8("f", "    at f (/a.js:1:2)"), v8("get new\nline", "    at get new\nline (/a.js:1:2)"),
			},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := stacktrace.Parse(test.text)
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Errorf("Parse(%q): -want +got\n%s", test.text, diff)
			}
		})
	}
}

// TestLabel reads what consoles and runtimes put before an error.
func TestLabel(t *testing.T) {
	for _, test := range []struct{ header, label, typ, message string }{
		{"TypeError: x", "", "TypeError", "x"},
		{"Uncaught TypeError: x", "Uncaught", "TypeError", "x"},
		{"Uncaught (in promise) TypeError: x", "Uncaught (in promise)", "TypeError", "x"},
		{"Uncaught x", "Uncaught", "", "x"},
		{"Uncaught (in promise) DOMException: x", "Uncaught (in promise)", "DOMException", "x"},
		{"Unhandled Rejection: TypeError: x", "Unhandled Rejection", "TypeError", "x"},
		{"Unhandled Promise Rejection: TypeError: x", "Unhandled Promise Rejection", "TypeError", "x"},
		{"Unhandled rejection TypeError: x", "Unhandled rejection", "TypeError", "x"},
		{"uncaught exception: x", "uncaught exception", "", "x"},
		{"error: Uncaught TypeError: x", "Uncaught", "TypeError", "x"},
		{"error: Uncaught (in promise) TypeError: x", "Uncaught (in promise)", "TypeError", "x"},
		{`error: Uncaught (in worker "w") (in promise) TypeError: x`, `Uncaught (in worker "w") (in promise)`, "TypeError", "x"},
		{"error: TypeError: x", "", "TypeError", "x"},
		{"(node:12) UnhandledPromiseRejectionWarning: TypeError: x", "UnhandledPromiseRejectionWarning", "TypeError", "x"},
		{"(node:12) DeprecationWarning: x", "", "DeprecationWarning", "x"},
		{`js: "a.js", line 1: uncaught JavaScript runtime exception: TypeError: x`, `js: "a.js", line 1: uncaught JavaScript runtime exception`, "TypeError", "x"},
	} {
		for _, frames := range []string{"", "\n    at f (/a.js:1:2)"} {
			got := stacktrace.Parse(test.header + frames)
			if got.Label != test.label || got.Type != test.typ || got.Message != test.message {
				t.Errorf("Parse(%q) has label %q, type %q, message %q, want %q, %q, %q", test.header+frames, got.Label, got.Type, got.Message, test.label, test.typ, test.message)
			}
		}
	}
	r := stacktrace.Report{Name: "TypeError", Message: "x", Stack: "Uncaught TypeError: x\n    at f (/a.js:1:2)"}
	if got := stacktrace.ParseReport(r); got.Label != "Uncaught" {
		t.Errorf("ParseReport(%+v) has label %q, want that of the stack", r, got.Label)
	}
}

// TestParseLong reads one line of many megabytes, of each sort that reading could get lost in.
func TestParseLong(t *testing.T) {
	size := 1 << 20
	if corpus.IsWhole() {
		size = 8 << 20
	}
	for _, part := range []string{"x", " ", "(", ")", "@", ":1", "at ", "eval at f (", " line 1 > eval", "\x1b[0m", "\x00", "é"} {
		long := strings.Repeat(part, size/len(part))
		for _, text := range []string{long, "Error: x\n    at f (/a.js:1:2)\n    at " + long + "\n    at g (/a.js:3:4)\n"} {
			trace := stacktrace.Parse(text)
			if len(trace.Frames) > 0 && trace.Frames[len(trace.Frames)-1].Func != "g" && text != long {
				t.Errorf("a line of %q: frames %v", part, len(trace.Frames))
			}
		}
	}
}

func TestParseReport(t *testing.T) {
	const stack = "TypeError: x\n    at f (/a.js:1:2)"
	frame := stacktrace.Frame{Func: "f", File: "/a.js", Line: 1, Col: 2, Engine: stacktrace.V8, Text: "    at f (/a.js:1:2)"}
	fake := stacktrace.Frame{Func: "g", File: "/g.js", Line: 3, Col: 4, Engine: stacktrace.V8, Text: "    at g (/g.js:3:4)"}
	for _, test := range []struct {
		name   string
		report stacktrace.Report
		want   stacktrace.Trace
	}{
		{"nothing", stacktrace.Report{}, stacktrace.Trace{}},
		{"a header behind empty lines that is not the message", stacktrace.Report{Message: "0", Stack: "\n \nat 0, "}, stacktrace.Trace{Message: "0", Unparsed: []string{"", " ", "at 0, "}}},
		{"empty lines before frames", stacktrace.Report{Message: "0", Stack: "\n \n    at f (/a.js:1:2),"}, stacktrace.Trace{
			Engine: stacktrace.V8, Message: "0", Frames: []stacktrace.Frame{{Func: "f", File: "/a.js", Line: 1, Col: 2, Engine: stacktrace.V8, Text: "    at f (/a.js:1:2),"}}, Unparsed: []string{" "},
		}},
		{"a stack alone", stacktrace.Report{Stack: stack}, stacktrace.Trace{Engine: stacktrace.V8, Type: "TypeError", Message: "x", Frames: []stacktrace.Frame{frame}}},
		{"all of an Error", stacktrace.Report{Name: "TypeError", Message: "x", Stack: stack}, stacktrace.Trace{Engine: stacktrace.V8, Type: "TypeError", Message: "x", Frames: []stacktrace.Frame{frame}}},
		{"no header in the stack", stacktrace.Report{Name: "TypeError", Message: "x", Stack: "f@/a.js:1:2\n"}, stacktrace.Trace{
			Engine: stacktrace.JSC, Type: "TypeError", Message: "x", Frames: []stacktrace.Frame{{Func: "f", File: "/a.js", Line: 1, Col: 2, Engine: stacktrace.JSC, Text: "f@/a.js:1:2"}},
		}},
		{
			"frames in the message",
			stacktrace.Report{Name: "Error", Message: "y\n    at g (/g.js:3:4)", Stack: "Error: y\n    at g (/g.js:3:4)\n    at f (/a.js:1:2)"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "Error", Message: "y\n    at g (/g.js:3:4)", Frames: []stacktrace.Frame{frame}},
		},
		{
			"a message that is part of the frames",
			stacktrace.Report{Name: "Error", Message: "y", Stack: "Error: y\n    at g (/g.js:3:4)\n    at f (/a.js:1:2)"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "Error", Message: "y", Frames: []stacktrace.Frame{fake, frame}},
		},
		{
			"other line ends",
			stacktrace.Report{Name: "Error", Message: "one\ntwo", Stack: "Error: one\r\ntwo\r\n    at f (/a.js:1:2)\r\n"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "Error", Message: "one\ntwo", Frames: []stacktrace.Frame{frame}},
		},
		{
			"Node's code in the stack",
			stacktrace.Report{Name: "TypeError", Message: "x", Stack: "TypeError [ERR_X]: x\n    at f (/a.js:1:2)"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "TypeError", Code: "ERR_X", Message: "x", Frames: []stacktrace.Frame{frame}},
		},
		{
			"Node's code in the name",
			stacktrace.Report{Name: "AssertionError [ERR_ASSERTION]", Message: "x", Stack: "AssertionError [ERR_ASSERTION]: x\n    at f (/a.js:1:2)"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "AssertionError", Code: "ERR_ASSERTION", Message: "x", Frames: []stacktrace.Frame{frame}},
		},
		{
			"an excerpt before the header",
			stacktrace.Report{Name: "SyntaxError", Message: "1", Stack: "a.js:1\nthrow 1\n^\n\nSyntaxError: 1\n    at f (/a.js:1:2)"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "SyntaxError", Message: "1", Frames: []stacktrace.Frame{frame}, Context: []string{"a.js:1", "throw 1", "^"}},
		},
		{
			"a name that was changed later",
			stacktrace.Report{Name: "MyError", Message: "x", Stack: stack},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "MyError", Message: "x", Frames: []stacktrace.Frame{frame}},
		},
		{
			"a message that was changed later",
			stacktrace.Report{Name: "TypeError", Message: "changed", Stack: stack},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "TypeError", Message: "changed", Frames: []stacktrace.Frame{frame}, Unparsed: []string{"TypeError: x"}},
		},
		{
			"lines behind the header",
			stacktrace.Report{Name: "Error", Message: "x", Stack: "Error: x\nsome words\n    at f (/a.js:1:2)"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "Error", Message: "x", Frames: []stacktrace.Frame{frame}, Unparsed: []string{"some words"}},
		},
		{
			"the console's words in the message",
			stacktrace.Report{Message: "Uncaught TypeError: x", Stack: stack, File: "/a.js", Line: 1, Col: 2},
			stacktrace.Trace{Engine: stacktrace.V8, Label: "Uncaught", Type: "TypeError", Message: "x", Frames: []stacktrace.Frame{frame}},
		},
		{
			"a message with a colon and no type",
			stacktrace.Report{Message: "ENOENT: no such file", Stack: "Error: ENOENT: no such file\n    at f (/a.js:1:2)"},
			stacktrace.Trace{Engine: stacktrace.V8, Type: "Error", Code: "ENOENT", Message: "ENOENT: no such file", Frames: []stacktrace.Frame{frame}},
		},
		{
			"window.onerror",
			stacktrace.Report{Message: "Uncaught MyErr: custom", File: "http://h/a.js", Line: 3, Col: 4},
			stacktrace.Trace{Label: "Uncaught", Type: "MyErr", Message: "custom", Frames: []stacktrace.Frame{{File: "http://h/a.js", Line: 3, Col: 4}}},
		},
		{
			"window.onerror of Firefox, for a thrown string",
			stacktrace.Report{Message: "uncaught exception: a thrown string", File: "http://h/a.js", Line: 3},
			stacktrace.Trace{Label: "uncaught exception", Message: "a thrown string", Frames: []stacktrace.Frame{{File: "http://h/a.js", Line: 3}}},
		},
		{
			"window.onerror of Firefox, for eval",
			stacktrace.Report{Message: "Error: x", File: "http://h/a.js line 35 > eval", Line: 1, Col: 7},
			stacktrace.Trace{Engine: stacktrace.SpiderMonkey, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				{Line: 1, Col: 7, Origin: "http://h/a.js line 35 > eval", Eval: true, Engine: stacktrace.SpiderMonkey},
			}},
		},
		{"another origin's script", stacktrace.Report{Message: "Script error."}, stacktrace.Trace{Message: "Script error."}},
		{
			"a missing column",
			stacktrace.Report{Message: "Error: x", Stack: "f@http://h/a.js:3\ng@http://h/a.js:5\n", File: "http://h/a.js", Line: 3, Col: 7},
			stacktrace.Trace{Engine: stacktrace.JSC, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				{Func: "f", File: "http://h/a.js", Line: 3, Col: 7, Engine: stacktrace.JSC, Text: "f@http://h/a.js:3"},
				{Func: "g", File: "http://h/a.js", Line: 5, Engine: stacktrace.JSC, Text: "g@http://h/a.js:5"},
			}},
		},
		{
			"the column of another line",
			stacktrace.Report{Message: "Error: x", Stack: "f@http://h/a.js:3\n", File: "http://h/a.js", Line: 4, Col: 7},
			stacktrace.Trace{Engine: stacktrace.JSC, Type: "Error", Message: "x", Frames: []stacktrace.Frame{
				{Func: "f", File: "http://h/a.js", Line: 3, Engine: stacktrace.JSC, Text: "f@http://h/a.js:3"},
			}},
		},
		{
			"negative numbers",
			stacktrace.Report{Message: "x", File: "http://h/a.js", Line: -1, Col: -1},
			stacktrace.Trace{Message: "x", Frames: []stacktrace.Frame{{File: "http://h/a.js"}}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := stacktrace.ParseReport(test.report)
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Errorf("ParseReport(%+v): -want +got\n%s", test.report, diff)
			}
		})
	}
}

// TestOnError reads what the captures' browsers gave to window.onerror: the error that they gave
// beside it, if any, has the same name and message.
func TestOnError(t *testing.T) {
	for _, c := range captures(t, func(c *capture) bool {
		return c.OnError != nil && c.OnError.Message != "" && c.OnError.Message != "undefined"
	}) {
		e := c.OnError
		trace := stacktrace.ParseReport(stacktrace.Report{Message: e.Message, File: e.Source, Line: e.Line, Col: e.Col})
		if len(trace.Frames) == 0 || trace.Frames[0].Line != e.Line || trace.Frames[0].Col != e.Col {
			t.Errorf("%s: ParseReport(%+v) = %+v", c.ID, *e, trace)
		}
		if c.Name != nil && (trace.Type != *c.Name || trace.Message != *c.Message) {
			t.Errorf("%s: ParseReport(%+v) has %q, %q, want %q, %q", c.ID, *e, trace.Type, trace.Message, *c.Name, *c.Message)
		}
	}
}
