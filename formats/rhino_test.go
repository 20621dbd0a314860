package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestRhino(t *testing.T) {
	checkRows(t, formats.Rhino, []row{
		{line: `at p.js:2 (fail)`, want: frame{Func: "fail", File: "p.js", Line: 2}},
		{line: `at p.js:9`, want: frame{File: "p.js", Line: 9}},
		{line: `at /app/e5-names.js:71 (ünicöde)`, want: frame{Func: "ünicöde", File: "/app/e5-names.js", Line: 71}},
		{line: `at p.js:14 (anonymous)`, want: frame{Func: "anonymous", File: "p.js", Line: 14}},
		{line: `at dir/a b (c).js:10:2 (f)`, want: frame{Func: "f", File: "dir/a b (c).js:10", Line: 2}},
		{line: `at (unknown):65 (anonymous)`, want: frame{Func: "anonymous", Line: 65}},
		{line: `at (unknown):6`, want: frame{Line: 6}},

		// Code from a string.
		{line: `at /app/e5-eval.js#6(eval):1`, want: frame{Line: 1, Eval: true, Origin: "/app/e5-eval.js#6(eval)"}},
		{line: `at rq.js#1(eval)#1(eval):1`, want: frame{Line: 1, Eval: true, Origin: "rq.js#1(eval)#1(eval)"}},
		{line: `at /app/e5-eval.js#29(Function):1 (anonymous)`, want: frame{Func: "anonymous", Line: 1, Eval: true, Origin: "/app/e5-eval.js#29(Function)"}},
		{line: `at <eval'ed string>#1(Function):1 (anonymous)`, want: frame{Func: "anonymous", Line: 1, Eval: true, Origin: "<eval'ed string>#1(Function)"}},
		{line: `at <eval'ed string>#1(Function)#1(eval):1`, want: frame{Line: 1, Eval: true, Origin: "<eval'ed string>#1(Function)#1(eval)"}},
		{line: `at eval code#1(eval):1`, want: frame{Line: 1, Eval: true, Origin: "eval code#1(eval)"}},

		// In V8's style, which has a column that is always 0.
		{line: `at fail (p.js:2:0)`, want: frame{Func: "fail", File: "p.js", Line: 2}, written: `at p.js:2 (fail)`},
		{line: `at p.js:14:0`, want: frame{File: "p.js", Line: 14}, written: `at p.js:14`},
		{line: `at inner ((unknown):3:0)`, want: frame{Func: "inner", Line: 3}, written: `at (unknown):3 (inner)`},
		{line: `at (unknown):6:0`, want: frame{Line: 6}, written: `at (unknown):6`},
		{line: `at fromEval (/app/e5-eval.js#21(eval):2:0)`, want: frame{Func: "fromEval", Line: 2, Eval: true, Origin: "/app/e5-eval.js#21(eval)"}, written: `at /app/e5-eval.js#21(eval):2 (fromEval)`},
		{line: `at eval code#1(eval):1:0`, want: frame{Line: 1, Eval: true, Origin: "eval code#1(eval)"}, written: `at eval code#1(eval):1`},

		// In the style of the Mozilla browsers.
		{line: `inner()@f.js:5`, want: frame{Func: "inner", File: "f.js", Line: 5}, written: `at f.js:5 (inner)`},
		{line: `@/app/e5-eval.js:6`, want: frame{File: "/app/e5-eval.js", Line: 6}, written: `at /app/e5-eval.js:6`},
		{line: `anonymous()@(unknown):65`, want: frame{Func: "anonymous", Line: 65}, written: `at (unknown):65 (anonymous)`},
		{line: `@/app/e5-eval.js#14(eval)#1(eval):1`, want: frame{Line: 1, Eval: true, Origin: "/app/e5-eval.js#14(eval)#1(eval)"}, written: `at /app/e5-eval.js#14(eval)#1(eval):1`},
		{line: `anonymous()@<eval'ed string>#1(Function):1`, want: frame{Func: "anonymous", Line: 1, Eval: true, Origin: "<eval'ed string>#1(Function)"}, written: `at <eval'ed string>#1(Function):1 (anonymous)`},
	})
	checkNoFrames(t, formats.Rhino, []string{
		`at foo`,
		`at 12:30`,
		`at fail (/app/p.js:1:26)`,
		`at forEach (native)`,
		`f@f.js:5`,
		`bar(1)@f.js:5`,
		`js: "rh.js", line 1: Compilation produced 1 syntax errors.`,
	})
}

// TestRhinoCaller follows the origin of code that code from a string made.
func TestRhinoCaller(t *testing.T) {
	f := frame{Eval: true, Line: 1, Origin: "/app/e5-eval.js#14(eval)#2(Function)", Engine: formats.Rhino}
	for _, want := range []frame{
		{Eval: true, Line: 2, Origin: "/app/e5-eval.js#14(eval)"},
		{File: "/app/e5-eval.js", Line: 14},
	} {
		var c frame
		ok := formats.Caller(&c, &f)
		c.Text, c.Engine = "", formats.NoEngine
		if !ok || c != want {
			t.Fatalf("Caller of %q = %+v, %t, want %+v", f.Origin, c, ok, want)
		}
		f = c
	}
	var c frame
	if formats.Caller(&c, &f) {
		t.Errorf("Caller of %+v = true, want false", f)
	}
	f.Origin = "<eval'ed string>#1(Function)"
	if !formats.Caller(&c, &f) || c.File != "" || c.Line != 1 || c.Eval {
		t.Errorf("Caller of %q = %+v, want line 1 and nothing else", f.Origin, c)
	}
}
