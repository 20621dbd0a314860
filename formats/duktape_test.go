package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestDuktape(t *testing.T) {
	checkRows(t, formats.Duktape, []row{
		{line: `at inner (/app/e5-eval.js:3)`, want: frame{Func: "inner", File: "/app/e5-eval.js", Line: 3}},
		{line: `at [anon] (es5.js:9)`, want: frame{Func: "[anon]", File: "es5.js", Line: 9}},
		{line: `at Ctor (es5.js:3) construct`, want: frame{Func: "Ctor", File: "es5.js", Line: 3, Constructor: true}},
		{line: `at [anon] (/app/e5-plain.js:105) construct`, want: frame{Func: "[anon]", File: "/app/e5-plain.js", Line: 105, Constructor: true}},
		{line: `at global (es5.js:9) preventsyield`, want: frame{Func: "global", File: "es5.js", Line: 9, TopLevel: true}},
		{line: `at global (/app/e5-names.js:81)`, want: frame{Func: "global", File: "/app/e5-names.js", Line: 81}}, // a function of that name
		{line: `at native (/app/e5-names.js:83)`, want: frame{Func: "native", File: "/app/e5-names.js", Line: 83}},
		{line: `at f (dir/a b (c).js:10:2)`, want: frame{Func: "f", File: "dir/a b (c).js:10", Line: 2}},

		// Flags without a field.
		{line: `at fail (es5.js:2) tailcall`, want: frame{Func: "fail", File: "es5.js", Line: 2}, written: `at fail (es5.js:2)`},
		{line: `at cb (/app/e5-native.js:7) preventsyield`, want: frame{Func: "cb", File: "/app/e5-native.js", Line: 7}, written: `at cb (/app/e5-native.js:7)`},
		{line: `at fail (es5.js:2) strict tailcall construct preventsyield`, want: frame{Func: "fail", File: "es5.js", Line: 2, Constructor: true}, written: `at fail (es5.js:2) construct`},

		// Code from a string.
		{line: `at eval (input:1) directeval preventsyield`, want: frame{Func: "eval", Line: 1, Eval: true, Origin: "input"}},
		{line: `at eval (input:1) preventsyield`, want: frame{Func: "eval", Line: 1, Eval: true, Origin: "input"}, written: `at eval (input:1) directeval preventsyield`},
		{line: `at [anon] (input:3)`, want: frame{Func: "[anon]", Line: 3, Eval: true, Origin: "input"}},
		{line: `at Ctor (input:1) construct`, want: frame{Func: "Ctor", Line: 1, Eval: true, Origin: "input", Constructor: true}},
		{line: `at anonymous (compile:1)`, want: frame{Func: "anonymous", Line: 1, Eval: true, Origin: "compile"}},

		// Natives, and places in the engine's own code.
		{line: `at forEach () native strict preventsyield`, want: frame{Func: "forEach", Native: true}},
		{line: `at eval () native strict directeval preventsyield`, want: frame{Func: "eval", Native: true}},
		{line: `at [anon] () native strict preventsyield`, want: frame{Func: "[anon]", Native: true}},
		{line: `at RegExp () native strict construct preventsyield`, want: frame{Func: "RegExp", Native: true, Constructor: true}},
		{line: `at forEach light strict preventsyield`, want: frame{Func: "forEach", Native: true}, written: `at forEach () native strict preventsyield`},
		{line: `at [anon] (duk_hobject_props.c:2621) internal`, want: frame{Func: "[anon]", File: "duk_hobject_props.c", Line: 2621, Native: true}},
		{line: `at [anon] (extras/console/duk_console.c:49) internal`, want: frame{Func: "[anon]", File: "extras/console/duk_console.c", Line: 49, Native: true}},

		// Places of syntax errors.
		{line: `at [anon] (/app/syntax.js:2) internal`, want: frame{Func: "[anon]", File: "/app/syntax.js", Line: 2}, written: `at [anon] (/app/syntax.js:2)`},
		{line: `at [anon] (input:2) internal`, want: frame{Func: "[anon]", Line: 2, Eval: true, Origin: "input"}, written: `at [anon] (input:2)`},
	})
	checkNoFrames(t, formats.Duktape, []string{
		`at foo`,
		`at foo (es5.js)`,
		`at es5.js:9`,
		`at first glance (see below)`,
		`[...]`,
		`error in executing file /app/syntax.js`,
	})
}
