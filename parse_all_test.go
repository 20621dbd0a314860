package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace"
)

// TestParseAll reads texts with several errors, and texts that look as if they had several. What is wanted of
// each error is its label, its type and message, the functions of its frames, its cause, and its unparsed
// lines.
func TestParseAll(t *testing.T) {
	const f = "\n    at f (/a/b.js:1:2)\n    at g (/a/c.js:3:4)"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"one behind the other", "TypeError: a" + f + "\nRangeError: b\n    at h (/a/d.js:5:6)",
			[]string{"TypeError: a: f g", "RangeError: b: h"}},
		{"prose between", "TypeError: a" + f + "\n\nsomething else\nRangeError: b\n    at h (/a/d.js:5:6)",
			[]string{"TypeError: a: f g; |something else", "RangeError: b: h"}},
		{"Node's trailer and excerpt between", "TypeError: a" + f + "\n\nNode.js v20.0.0\n/x/y.js:3\n  throw e;\n  ^\n\nRangeError: b\n    at h (/a/d.js:5:6)",
			[]string{"TypeError: a: f g; |Node.js v20.0.0", "RangeError: b: h"}},
		{"Firefox", "TypeError: a\nf@http://h/a.js:1:2\ng@http://h/a.js:2:3\nRangeError: b\nh@http://h/b.js:5:6",
			[]string{"TypeError: a: f g", "RangeError: b: h"}},
		{"the first without a header", f[1:] + "\nRangeError: b\n    at h (/a/d.js:5:6)",
			[]string{": f g", "RangeError: b: h"}},
		{"a class whose name says nothing", "TypeError: a" + f + "\nDenied: b\n    at h (/a/d.js:5:6)",
			[]string{"TypeError: a: f g", "Denied: b: h"}},
		{"told twice", "Unhandled Rejection at: Promise {\n  <rejected> TypeError: x" + strings.ReplaceAll(f, "\n", "\n  ") + "\n} reason: TypeError: x" + f,
			[]string{"[<rejected>] TypeError: x: f g; Unhandled Rejection at: Promise {", "[reason] TypeError: x: f g"}},
		{"Deno's worker", "error: Uncaught (in worker \"w\") Error: bar\n  throw new Error(\"bar\");\n  ^\n    at onmessage (file:///m.ts:4:11)\n" +
			"error: Uncaught (in promise) Error: Unhandled error in child worker.\n    at Worker.#poll (ext:runtime/11_workers.js:1:2)",
			[]string{"[Uncaught (in worker \"w\")] Error: bar: onmessage", "[Uncaught (in promise)] Error: Unhandled error in child worker.: Worker.#poll"}},
		{"labels", "[auth] failed: TypeError: one" + f + "\n[auth] ok\n[auth] failed: RangeError: two\n    at h (/a/d.js:5:6)",
			[]string{"[[auth] failed] TypeError: one: f g; [auth] ok", "[[auth] failed] RangeError: two: h"}},
		{"a child's error in the message", "Error: Command failed: node x.js\n/a/x.js:3\n throw\n ^\n\nTypeError: inner" + f + "\n\nNode.js v20\n    at p (/a/p.js:1:2)\n    at q (/a/q.js:3:4)",
			[]string{"Error: Command failed: node x.js|/a/x.js:3| throw| ^||TypeError: inner" + strings.ReplaceAll(f, "\n", "|") + "||Node.js v20: p q"}},
		{"frames of another place in the message", "Error: looks like\n    at foo (http://example.com/bar.js:1:2)\nend" + f,
			[]string{"Error: looks like|    at foo (http://example.com/bar.js:1:2)|end: f g"}},
		{"a cause behind the frames", "TypeError: x" + f + "\n  [cause]: RangeError: b\n      at g (/a/b.js:2:3)",
			[]string{"TypeError: x: f g (RangeError)"}},
		{"properties, and another error", "TypeError: x" + f + " {\n  code: 'E'\n}\nRangeError: b\n    at h (/a/d.js:5:6)",
			[]string{"TypeError: x: f g", "RangeError: b: h"}},
		{"a separator", "Error: x\n    at f (/a/b.js:1:2)\nfor call at\n    at g (/a/c.js:3:4)",
			[]string{"Error: x: f g"}},
		{"another program's line", "Error: x\n    at f (/a/b.js:1:2)\nlistening on 3000\n    at g (/a/c.js:3:4)",
			[]string{"Error: x: f g; listening on 3000"}},
		{"on the line of a frame", "TypeError: a" + f + " RangeError: b\n    at h (/a/d.js:5:6)",
			[]string{"TypeError: a: f g", "RangeError: b: h"}},
		{"on the line of a frame, without a blank", "TypeError: a\n    at f (/a/b.js:1:2)RangeError: b\n    at h (/a/d.js:5:6)",
			[]string{"TypeError: a: f", "RangeError: b: h"}},
		{"on the line of a frame of Firefox", "TypeError: a\nf@http://h/a.js:1:2 RangeError: b\nh@http://h/b.js:5:6",
			[]string{"TypeError: a: f", "RangeError: b: h"}},
		{"printed with its properties by Node 8", "TypeError: a" + f + " { RangeError: b\n    at h (/a/d.js:5:6)\n  code: 'E' }",
			[]string{"TypeError: a: f g", "RangeError: b: h"}},
		{"without frames at the end", "TypeError: a" + f + "\n\nprose\nRangeError: b\nmore of it",
			[]string{"TypeError: a: f g; |prose", "RangeError: b|more of it:"}},
		{"prose about an error at the end", "TypeError: a" + f + "\nDenied: b", []string{"TypeError: a: f g; Denied: b"}},
		{"Bluebird's list", "Unhandled rejection AggregateError of:\n    Error: one\n    of two lines\n    RangeError: two\n\n    at f (/a/b.js:1:2)",
			[]string{"[Unhandled rejection] AggregateError: f [Error: one|of two lines:, RangeError: two:]"}},
		{"Bluebird's list in a list", "AggregateError of:\n    Error: one\n    \n        AggregateError of:\n            RangeError: two\n",
			[]string{"AggregateError: [Error: one:, AggregateError: [RangeError: two:]]"}},
		{"in JSON", `{"stack":"TypeError: a\n    at f (/a/b.js:1:2)\nRangeError: b\n    at h (/a/d.js:5:6)"}`,
			[]string{`TypeError: a: f; {"stack":|}`, "RangeError: b: h"}},
		{"no frames", "some\nprose", []string{":; some|prose"}},
		{"nothing", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, trace := range stacktrace.ParseAll(test.text) {
				got = append(got, lineOf(trace))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("ParseAll(%q): -want +got\n%s", test.text, diff)
			}
		})
	}
}

// TestParseAllLong reads many errors in a text that is longer than what is looked at for one.
func TestParseAllLong(t *testing.T) {
	const n = 3000
	all := stacktrace.ParseAll(strings.Repeat("TypeError: a\n    at f (/a/b.js:1:2)\n    at g (/a/c.js:3:4)\n", n))
	if len(all) != n {
		t.Fatalf("%d errors, want %d", len(all), n)
	}
	for i, trace := range all {
		if got := lineOf(trace); got != "TypeError: a: f g" {
			t.Fatalf("error %d is %q", i, got)
		}
	}
}

// lineOf returns "[LABEL] TYPE: MESSAGE: FUNCTIONS (CAUSE) [ERRORS]; UNPARSED", with "|" for the ends of lines.
func lineOf(t *stacktrace.Trace) string {
	var b strings.Builder
	if t.Label != "" {
		b.WriteString("[" + t.Label + "] ")
	}
	switch {
	case t.Type != "" && t.Message == "":
		b.WriteString(t.Type + ":")
	case t.Type != "":
		b.WriteString(t.Type + ": ")
	}
	if t.Message != "" || t.Type == "" {
		b.WriteString(strings.ReplaceAll(t.Message, "\n", "|") + ":")
	}
	for _, f := range t.Frames {
		b.WriteString(" " + f.Func)
	}
	if t.Cause != nil {
		b.WriteString(" (" + t.Cause.Type + ")")
	}
	for i, e := range t.Errors {
		b.WriteString([]string{" [", ", "}[min(i, 1)] + lineOf(e))
	}
	if t.Errors != nil {
		b.WriteString("]")
	}
	if t.Unparsed != nil {
		b.WriteString("; " + strings.Join(t.Unparsed, "|"))
	}
	return b.String()
}
