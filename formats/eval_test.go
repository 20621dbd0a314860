package formats_test

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace/formats"
)

// TestEval reads frames in code from a string whose engine tells of the call that evaluated it.
func TestEval(t *testing.T) {
	checkRows(t, formats.V8, []row{
		{line: `at eval (eval at <anonymous> (/app/p.js:33:28), <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "eval at <anonymous> (/app/p.js:33:28)", Eval: true}},
		{line: `at inner (eval at <anonymous> (/app/p.js:34:30), <anonymous>:1:20)`, want: frame{Func: "inner", Line: 1, Col: 20, Origin: "eval at <anonymous> (/app/p.js:34:30)", Eval: true}},
		{line: `at eval (eval at <anonymous> (eval at <anonymous> (/app/p.js:36:32)), <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "eval at <anonymous> (eval at <anonymous> (/app/p.js:36:32))", Eval: true}},
		{line: `at eval (eval at <anonymous> (p.js:38:32), <anonymous>:3:1)`, want: frame{Func: "eval", Line: 3, Col: 1, Origin: "eval at <anonymous> (p.js:38:32)", Eval: true}},
		{line: `at eval (eval at evalInside (http://127.0.0.1:44365/s/e5-eval.js:10:3), <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "eval at evalInside (http://127.0.0.1:44365/s/e5-eval.js:10:3)", Eval: true}},
		{line: `at Object.m (eval at <anonymous> (http://127.0.0.1:44365/s/e5-eval.js:34:7), <anonymous>:1:30)`, want: frame{Func: "Object.m", Line: 1, Col: 30, Origin: "eval at <anonymous> (http://127.0.0.1:44365/s/e5-eval.js:34:7)", Eval: true}},
		{line: `at new Ctor (eval at <anonymous> (http://127.0.0.1:44365/s/e5-eval.js:35:7), <anonymous>:1:19)`, want: frame{Func: "Ctor", Line: 1, Col: 19, Origin: "eval at <anonymous> (http://127.0.0.1:44365/s/e5-eval.js:35:7)", Constructor: true, Eval: true}},
		{line: `at Object.eval (eval at meth (/app/scenarios/e5-eval.js:42:38), <anonymous>:1:1)`, want: frame{Func: "Object.eval", Line: 1, Col: 1, Origin: "eval at meth (/app/scenarios/e5-eval.js:42:38)", Eval: true}},
		{line: `at eval (eval at <anonymous> (plain.js), <anonymous>:1:7)`, want: frame{Func: "eval", Line: 1, Col: 7, Origin: "eval at <anonymous> (plain.js)", Eval: true}},
		{line: `at eval (eval at <anonymous> (http://example.com/a.js?x=(1)), <anonymous>:1:7)`, want: frame{Func: "eval", Line: 1, Col: 7, Origin: "eval at <anonymous> (http://example.com/a.js?x=(1))", Eval: true}},
		{line: `at eval (eval at <anonymous> (unknown source), <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "eval at <anonymous> (unknown source)", Eval: true}},
		{line: `at get prop (eval at ./src/lib/service (1).js (http://127.0.0.1:39807/wp-eval-cheap-module-source-map-development.js:39:1), <anonymous>:8:22)`, want: frame{Func: "get prop", Line: 8, Col: 22, Origin: "eval at ./src/lib/service (1).js (http://127.0.0.1:39807/wp-eval-cheap-module-source-map-development.js:39:1)", Eval: true}},
		{line: `at eval (eval at <anonymous> (http://127.0.0.1:40249/odd/closed).js:9:7), <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "eval at <anonymous> (http://127.0.0.1:40249/odd/closed).js:9:7)", Eval: true}},
		{line: `at eval (eval at <anonymous> (http://127.0.0.1:40249/odd/unclosed(.js:9:7), <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "eval at <anonymous> (http://127.0.0.1:40249/odd/unclosed(.js:9:7)", Eval: true}},
		{line: `at eval (eval at <anonymous> (http://127.0.0.1:40249/odd/x.js:10:20:9:7), <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "eval at <anonymous> (http://127.0.0.1:40249/odd/x.js:10:20:9:7)", Eval: true}},
		{line: `at eval (eval at named (C:\dir\file.js:1:21), <anonymous>:1:7)`, want: frame{Func: "eval", Line: 1, Col: 7, Origin: `eval at named (C:\dir\file.js:1:21)`, Eval: true}},
		{line: `at eval (eval at named (x (y:1:2):1:21), <anonymous>:1:7)`, want: frame{Func: "eval", Line: 1, Col: 7, Origin: "eval at named (x (y:1:2):1:21)", Eval: true}},
		{line: `at eval (eval at named (:1:21), <anonymous>:1:7)`, want: frame{Func: "eval", Line: 1, Col: 7, Origin: "eval at named (:1:21)", Eval: true}},
		{line: `at eval (eval at named (evalmachine.<anonymous>:1:21), <anonymous>:1:7)`, want: frame{Func: "eval", Line: 1, Col: 7, Origin: "eval at named (evalmachine.<anonymous>:1:21)", Eval: true}},
		{line: `at eval (eval at named (async x.js:1:21), <anonymous>:1:7)`, want: frame{Func: "eval", Line: 1, Col: 7, Origin: "eval at named (async x.js:1:21)", Eval: true}},

		// A sourceURL names the code, which has no origin then: but Deno writes the name as one.
		{line: `at eval (my-eval.js:1:1)`, want: frame{Func: "eval", File: "my-eval.js", Line: 1, Col: 1}},
		{line: `at eval (my-eval.js, <anonymous>:1:1)`, want: frame{Func: "eval", Line: 1, Col: 1, Origin: "my-eval.js", Eval: true}},
		{line: `at f (C:\Users\me\app.js, <anonymous>:2:9)`, want: frame{Func: "f", Line: 2, Col: 9, Origin: `C:\Users\me\app.js`, Eval: true}},
		{line: `at f (a,b.js, <anonymous>:2:9)`, want: frame{Func: "f", Line: 2, Col: 9, Origin: "a,b.js", Eval: true}},
		{line: `at f (a.js:10:20, <anonymous>:2:9)`, want: frame{Func: "f", Line: 2, Col: 9, Origin: "a.js:10:20", Eval: true}},
		{line: `at f (<anonymous>, <anonymous>:2:9)`, want: frame{Func: "f", Line: 2, Col: 9, Origin: "<anonymous>", Eval: true}},

		// Puppeteer names the code that it evaluates in a page.
		{line: `at evalFn (evaluate at file:///app/drive-webdriver.mjs:21:456, <anonymous>:0:21)`, want: frame{Func: "evalFn", Col: 21, Origin: "evaluate at file:///app/drive-webdriver.mjs:21:456", Eval: true}},
	})
}

func TestCaller(t *testing.T) {
	tests := []struct {
		engine formats.Engine
		line   string
		want   []frame // each the caller of the one before it; Engine and Text are checked apart
	}{
		{formats.V8, `at f (eval at g (u:1:2), <anonymous>:3:4)`, []frame{
			{Func: "g", File: "u", Line: 1, Col: 2},
		}},
		{formats.V8, `at inner (eval at <anonymous> (/app/p.js:34:30), <anonymous>:1:20)`, []frame{
			{Func: "<anonymous>", File: "/app/p.js", Line: 34, Col: 30},
		}},
		{formats.V8, `at eval (eval at <anonymous> (eval at evalNested (http://127.0.0.1:44365/s/e5-eval.js:14:3)), <anonymous>:1:1)`, []frame{
			{Func: "<anonymous>", Origin: "eval at evalNested (http://127.0.0.1:44365/s/e5-eval.js:14:3)", Eval: true},
			{Func: "evalNested", File: "http://127.0.0.1:44365/s/e5-eval.js", Line: 14, Col: 3},
		}},
		{formats.V8, `at a (eval at b (eval at c (eval at d (C:\x (1).js:5:6))), <anonymous>:1:1)`, []frame{
			{Func: "b", Origin: `eval at c (eval at d (C:\x (1).js:5:6))`, Eval: true},
			{Func: "c", Origin: `eval at d (C:\x (1).js:5:6)`, Eval: true},
			{Func: "d", File: `C:\x (1).js`, Line: 5, Col: 6},
		}},
		{formats.V8, `at eval (eval at <anonymous> (plain.js), <anonymous>:1:7)`, []frame{
			{Func: "<anonymous>", File: "plain.js"},
		}},
		{formats.V8, `at eval (eval at <anonymous> (http://example.com/a.js?x=(1)), <anonymous>:1:7)`, []frame{
			{Func: "<anonymous>", File: "http://example.com/a.js?x=(1)"},
		}},
		{formats.V8, `at eval (eval at <anonymous> (unknown source), <anonymous>:1:1)`, []frame{
			{Func: "<anonymous>"},
		}},
		{formats.V8, `at #priv (eval at ./src/lib/service (1).js (http://127.0.0.1:39807/wp-eval-source-map-development.js:39:1), <anonymous>:6:19)`, []frame{
			{Func: "./src/lib/service (1).js", File: "http://127.0.0.1:39807/wp-eval-source-map-development.js", Line: 39, Col: 1},
		}},
		{formats.V8, `at eval (eval at named (x (y:1:2):1:21), <anonymous>:1:7)`, []frame{
			{Func: "named", File: "x (y:1:2)", Line: 1, Col: 21},
		}},
		{formats.V8, `at eval (eval at named (:1:21), <anonymous>:1:7)`, []frame{
			{Func: "named", Line: 1, Col: 21},
		}},
		{formats.V8, `at evalFn (evaluate at file:///app/drive-webdriver.mjs:21:456, <anonymous>:0:21)`, []frame{
			{File: "file:///app/drive-webdriver.mjs", Line: 21, Col: 456},
		}},
		{formats.V8, `at f (plain.js, <anonymous>:2:9)`, nil},
		{formats.V8, `at f (u:1:2)`, nil},
		{formats.V8, `at eval (<anonymous>)`, nil},

		{formats.SpiderMonkey, `f@u line 1 > eval:3:4`, []frame{
			{File: "u", Line: 1},
		}},
		{formats.SpiderMonkey, `@p.js line 36 > eval line 1 > eval:1:5`, []frame{
			{Line: 1, Origin: "p.js line 36 > eval", Eval: true},
			{File: "p.js", Line: 36},
		}},
		{formats.SpiderMonkey, `anonymous@http://127.0.0.1:35843/s/e5-eval.js line 30 > eval line 1 > Function:3:1`, []frame{
			{Line: 1, Origin: "http://127.0.0.1:35843/s/e5-eval.js line 30 > eval", Eval: true},
			{File: "http://127.0.0.1:35843/s/e5-eval.js", Line: 30},
		}},
		{formats.SpiderMonkey, `inFrame@http://127.0.0.1:44353/page/html/frames line 8 > injectedScript:4:9`, []frame{
			{File: "http://127.0.0.1:44353/page/html/frames", Line: 8},
		}},
		{formats.SpiderMonkey, `@wasm.js line 12 > WebAssembly.Module:wasm-function[1]:0x2a`, []frame{
			{File: "wasm.js", Line: 12},
		}},
		{formats.SpiderMonkey, `fail@p.js:1:26`, nil},

		{formats.JSC, `at eval at foo (http://path/to/file.js:12)`, []frame{
			{Func: "foo", File: "http://path/to/file.js", Line: 12},
		}},
		{formats.JSC, `at eval at foo`, []frame{
			{Func: "foo"},
		}},

		// These engines tell that code came from a string, and no more.
		{formats.JSC, `eval code@`, nil},
		{formats.Chakra, `at eval code (eval code:1:1)`, nil},
		{formats.Chakra, `at foo (Function code:1:20)`, nil},
		{formats.Hermes, `at eval (JavaScript:1:5)`, nil},
		{formats.QuickJS, `at <eval> (<input>:1:5)`, nil},
		{formats.Bun, `at <anonymous> (file:///p.js:1:5)`, nil},
	}
	for _, test := range tests {
		var f frame
		if !formats.Read(&f, test.engine, test.line) {
			t.Errorf("Read(%q, %q) = false, want true", test.engine, test.line)
			continue
		}
		for _, want := range test.want {
			want.Engine, want.Text = test.engine, f.Origin
			var got frame
			if !formats.Caller(&got, &f) {
				t.Errorf("%s: Caller(%+v) = false, want %+v", test.line, f, want)
				break
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: Caller(%+v): -want +got\n%s", test.line, f, diff)
			}
			f = want
		}
		var got frame
		if formats.Caller(&got, &f) {
			t.Errorf("%s: Caller(%+v) = %+v, true, want false", test.line, f, got)
		}
	}
}

// TestNestedEvals writes evals that are nested deeply in the words of other engines: they must need no
// more stack than others, for a text decides how deep they are.
func TestNestedEvals(t *testing.T) {
	const depth = 1 << 15
	defer debug.SetMaxStack(debug.SetMaxStack(1 << 20))
	for _, from := range []formats.Frame{
		{Engine: formats.SpiderMonkey, Origin: "a.js" + strings.Repeat(" line 1 > eval", depth)},
		{Engine: formats.Rhino, Origin: "a.js" + strings.Repeat("#1(eval)", depth)},
	} {
		for _, to := range []formats.Engine{formats.V8, formats.SpiderMonkey, formats.Rhino} {
			f := from
			f.Func, f.Line, f.Col, f.Eval, f.Engine = "f", 2, 3, true, to
			var again formats.Frame
			if line := string(formats.Append(nil, f)); !formats.Read(&again, to, line) {
				t.Errorf("Read(%q, %.60q…) is no frame", to.String(), line)
				continue
			}
			callers := 0
			for c := again; formats.Caller(&c, &again); again = c {
				callers++
			}
			if callers != depth {
				t.Errorf("%s in the words of %s has %d callers, want %d", from.Engine, to, callers, depth)
			}
		}
	}
}
