package normalize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// calls returns the canonical calls of a text, one in a line.
func calls(t *testing.T, text string, opts ...normalize.Option) string {
	t.Helper()
	trace := stacktrace.Parse(text)
	if len(trace.Frames) == 0 {
		t.Fatalf("no frame: %s", text)
	}
	var b strings.Builder
	for _, f := range normalize.Trace(trace, opts...).Frames {
		if f.Boundary != "" {
			fmt.Fprintf(&b, "-- %s\n", f.Boundary)
		}
		fmt.Fprintf(&b, "%s %s:%d\n", f.Func, f.File, f.Line)
	}
	return b.String()
}

func TestTrace(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"native and runtime", `Error: x
    at f (/srv/a.js:1:2)
    at Array.map (<anonymous>)
    at g (/srv/a.js:3:4)
    at Module._compile (node:internal/modules/cjs/loader:1929:14)`, "f /srv/a.js:1\ng /srv/a.js:3\n"},
		{"asynchronous callers", `Error: x
    at f (/srv/a.js:1:2)
    at async g (/srv/a.js:3:4)
    at async Promise.all (index 0)`, "f /srv/a.js:1\n"},
		{"nothing but asynchronous callers", `Error: x
    at async g (/srv/a.js:3:4)`, "g /srv/a.js:3\n"},
		{"Firefox with asynchronous frames", `f@http://h/a.js:1:2
promise callback*g@http://h/a.js:3:4
@http://h/a.js:5:6
`, "f /a.js:1\n"},
		{"a library's long stack", `Error: x
    at f (/srv/a.js:1:2)
From previous event:
    at g (/srv/a.js:3:4)
    at h (/srv/a.js:5:6)`, "f /srv/a.js:1\n-- From previous event\ng /srv/a.js:3\nh /srv/a.js:5\n"},
		{"recursion", `RangeError: Maximum call stack size exceeded
    at a (/srv/a.js:1:2)
    at b (/srv/a.js:3:4)
    at a (/srv/a.js:1:2)
    at b (/srv/a.js:3:4)
    at a (/srv/a.js:1:2)
    at main (/srv/a.js:9:4)`, "a /srv/a.js:1\nb /srv/a.js:3\nmain /srv/a.js:9\n"},
		{"compilers' and trackers' wrappers", `Error: x
    at f (http://h/a.js:1:2)
    at asyncGeneratorStep (http://h/a.js:20:4)
    at _next (http://h/a.js:21:4)
    at ZoneDelegate.invoke (http://h/zone.js:1:4)
    at n.sentryWrapped (http://h/node_modules/@sentry/browser/x.js:1:4)
    at g (http://h/a.js:5:6)`, "f /a.js:1\ng /a.js:5\n"},
		{"the error's own constructor", `HttpError@http://h/a.js:1:2
f@http://h/a.js:3:4
`, "f /a.js:3\n"},
		{"eval", `Error: x
    at f (eval at g (http://h/a.js:1:2), <anonymous>:3:4)
    at g (http://h/a.js:1:2)`, "f :0\ng /a.js:1\n"},
	} {
		if got := calls(t, test.text); got != test.want {
			t.Errorf("%s: calls\n%swant\n%s", test.name, got, test.want)
		}
	}
}

// TestExplain checks that every frame that is left out is explained, and that what is kept is explained
// where it changed.
func TestExplain(t *testing.T) {
	all, _ := cross(t)
	for n, c := range all {
		if n%17 != 0 {
			continue
		}
		kept := make(map[int]bool)
		for _, f := range normalize.Trace(c.trace).Frames {
			kept[f.Index] = true
		}
		explained := make(map[int]bool)
		for _, e := range normalize.Explain(c.trace) {
			explained[e.Frame] = true
			if e.Frame >= 0 && !kept[e.Frame] && e.To != "" {
				t.Errorf("%s: %+v, but the frame is left out", c.Scenario, e)
			}
		}
		for i := range c.trace.Frames {
			if !kept[i] && !explained[i] {
				t.Errorf("%s in %s: frame %d is left out without an explanation", c.Scenario, c.Config, i)
			}
		}
	}
}

func TestOptions(t *testing.T) {
	a := stacktrace.Parse("Error: a\n    at f (https://a.example.com/x.js?v=1:1:2)")
	b := stacktrace.Parse("Error: b\n    at f (https://b.example.com/x.js?v=2:1:2)")
	for _, test := range []struct {
		name string
		same bool
		opts []normalize.Option
	}{
		{"none", true, nil},
		{"KeepOrigin", false, []normalize.Option{normalize.KeepOrigin()}},
		{"KeepQuery", false, []normalize.Option{normalize.KeepQuery()}},
		{"CountMessage", false, []normalize.Option{normalize.CountMessage()}},
	} {
		if same := normalize.Fingerprint(a, normalize.Exact, test.opts...) == normalize.Fingerprint(b, normalize.Exact, test.opts...); same != test.same {
			t.Errorf("with the options %s, equal fingerprints %v, want %v", test.name, same, test.same)
		}
	}
	own := normalize.AppCode(func(f *normalize.CanonicalFrame) bool { return strings.HasPrefix(f.File, "/shop/") })
	f := stacktrace.Frame{Func: "f", File: "http://h/x.js", Line: 1}
	if normalize.Frame(f, own).InApp || !normalize.Frame(f).InApp {
		t.Error("AppCode does not decide what is in the application")
	}
}

func ExampleFingerprint() {
	for _, text := range []string{
		"TypeError: Cannot read properties of undefined (reading 'id')\n    at load (https://a.example.com/main.4f3a9c1e.js:12:7)\n    at new App (https://a.example.com/main.4f3a9c1e.js:3:1)",
		"load@https://a.example.com/main.4f3a9c1e.js:12:7\nApp@https://a.example.com/main.4f3a9c1e.js:3:1\n",
		"load@https://b.example.com/main.77ab01f2.js:12:12\nApp@https://b.example.com/main.77ab01f2.js:3:5",
	} {
		trace := stacktrace.Parse(text)
		fmt.Println(normalize.Fingerprint(trace, normalize.Stable))
	}
	// Output:
	// st2:s0d506d034352a5a2c854316f9e3aa9a9
	// st2:s0d506d034352a5a2c854316f9e3aa9a9
	// st2:s0d506d034352a5a2c854316f9e3aa9a9
}

func ExampleExplain() {
	trace := stacktrace.Parse("Error: order 1234 is gone\n    at Shop.load (https://h/main.4f3a9c1e.js:12:7)\n    at Array.map (<anonymous>)")
	for _, e := range normalize.Explain(trace) {
		fmt.Printf("%d %s: %s -> %q\n", e.Frame, e.Name, e.From, e.To)
	}
	// Output:
	// 0 receiver: Shop.load -> "load"
	// 0 origin: https://h/main.4f3a9c1e.js -> "/main.js"
	// 0 hash: https://h/main.4f3a9c1e.js -> "/main.js"
	// 1 native: at Array.map (<anonymous>) -> ""
	// -1 placeholder: order 1234 is gone -> "order <number> is gone"
}
