package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestQuickJS(t *testing.T) {
	checkRows(t, formats.QuickJS, []row{
		{line: `at fail (p.js:1:39)`, want: frame{Func: "fail", File: "p.js", Line: 1, Col: 39}},
		{line: `at <anonymous> (p.js:16:30)`, want: frame{Func: "<anonymous>", File: "p.js", Line: 16, Col: 30}},
		{line: `at get prop (p.js:5:16)`, want: frame{Func: "get prop", File: "p.js", Line: 5, Col: 16}},
		{line: `at <anonymous> (q.js:1:17)`, want: frame{Func: "<anonymous>", File: "q.js", Line: 1, Col: 17}},
		{line: `at DefaultCtor (/app/scenarios/es6-class.js:45:1)`, want: frame{Func: "DefaultCtor", File: "/app/scenarios/es6-class.js", Line: 45, Col: 1}},
		{line: `at #field (/app/scenarios/es22-private.js:10:20)`, want: frame{Func: "#field", File: "/app/scenarios/es22-private.js", Line: 10, Col: 20}},
		{line: `at [Symbol.asyncIterator] (/app/scenarios/es18-asyncgen.js:9:127)`, want: frame{Func: "[Symbol.asyncIterator]", File: "/app/scenarios/es18-asyncgen.js", Line: 9, Col: 127}},

		// The top level of a script; its file is a placeholder where the code had none.
		{line: `at <eval> (q.js:1:22)`, want: frame{Func: "<eval>", File: "q.js", Line: 1, Col: 22, TopLevel: true}},
		{line: `at <eval> (/app/scenarios/e5-eval.js:6:7)`, want: frame{Func: "<eval>", File: "/app/scenarios/e5-eval.js", Line: 6, Col: 7, TopLevel: true}},
		{line: `at <eval> (<input>:1:5)`, want: frame{Func: "<eval>", File: "<input>", Line: 1, Col: 5, Eval: true, TopLevel: true}},
		{line: `at <eval> (<cmdline>:1:1)`, want: frame{Func: "<eval>", File: "<cmdline>", Line: 1, Col: 1, TopLevel: true}},
		{line: `at <eval> (<evalScript>:1:1)`, want: frame{Func: "<eval>", File: "<evalScript>", Line: 1, Col: 1, TopLevel: true}},
		{line: `at anonymous (<input>:3:5)`, want: frame{Func: "anonymous", File: "<input>", Line: 3, Col: 5, Eval: true}},
		{line: `at fromEval (<input>:2:3)`, want: frame{Func: "fromEval", File: "<input>", Line: 2, Col: 3, Eval: true}},
		{line: `at <anonymous> (<input>:3:13)`, want: frame{Func: "<anonymous>", File: "<input>", Line: 3, Col: 13, Eval: true}},

		// Where a syntax error was found.
		{line: `at p.js:2:7`, want: frame{File: "p.js", Line: 2, Col: 7}},
		{line: `at <input>:1:4`, want: frame{File: "<input>", Line: 1, Col: 4, Eval: true}},
		{line: `at <input>:2:1`, want: frame{File: "<input>", Line: 2, Col: 1, Eval: true}},

		// Natives.
		{line: `at forEach (native)`, want: frame{Func: "forEach", Native: true}},
		{line: `at [Symbol.replace] (native)`, want: frame{Func: "[Symbol.replace]", Native: true}},
		{line: `at eval (native)`, want: frame{Func: "eval", Native: true}},
		{line: `at call (native)`, want: frame{Func: "call", Native: true}},
		{line: `at Promise (native)`, want: frame{Func: "Promise", Native: true}},
		{line: `at <anonymous> (native)`, want: frame{Func: "<anonymous>", Native: true}},

		// Before 2025 there was no column; without debug information there is no location.
		{line: `at foo (p.js:12)`, want: frame{Func: "foo", File: "p.js", Line: 12}},
		{line: `at <eval> (<input>:1)`, want: frame{Func: "<eval>", File: "<input>", Line: 1, Eval: true, TopLevel: true}},
		{line: `at foo`, want: frame{Func: "foo"}},
		{line: `at <anonymous>`, want: frame{Func: "<anonymous>"}},
		{line: `at foo (missing)`, want: frame{Func: "foo"}, written: `at foo`},
		{line: `at odd name (missing)`, want: frame{Func: "odd name"}},

		// Names that the program chose.
		{line: `at odd name (x) (p.js:8:22)`, want: frame{Func: "odd name (x)", File: "p.js", Line: 8, Col: 22}},
		{line: `at with (parens) (/app/scenarios/e5-names.js:6:34)`, want: frame{Func: "with (parens)", File: "/app/scenarios/e5-names.js", Line: 6, Col: 34}},
		{line: `at unclosed ( (/app/scenarios/es6-names.js:7:21)`, want: frame{Func: "unclosed (", File: "/app/scenarios/es6-names.js", Line: 7, Col: 21}},
		{line: `at get closed ) (/app/scenarios/es6-names.js:13:32)`, want: frame{Func: "get closed )", File: "/app/scenarios/es6-names.js", Line: 13, Col: 32}},
		{line: `at foo (http://x/y.js:1:2) (/app/scenarios/e5-names.js:27:44)`, want: frame{Func: "foo (http://x/y.js:1:2)", File: "/app/scenarios/e5-names.js", Line: 27, Col: 44}},
		{line: `at foo@http://x/y.js:1:2 (/app/scenarios/e5-names.js:28:42)`, want: frame{Func: "foo@http://x/y.js:1:2", File: "/app/scenarios/e5-names.js", Line: 28, Col: 42}},
		{line: `at line (x.js:1:2) (/app/scenarios/es6-names.js:7:21)`, want: frame{Func: "line (x.js:1:2)", File: "/app/scenarios/es6-names.js", Line: 7, Col: 21}},
		{line: `at x [as y] (/app/scenarios/e5-names.js:25:29)`, want: frame{Func: "x [as y]", File: "/app/scenarios/e5-names.js", Line: 25, Col: 29}},
		{line: `at Promise.all (index 0) (/app/scenarios/e5-names.js:52:42)`, want: frame{Func: "Promise.all (index 0)", File: "/app/scenarios/e5-names.js", Line: 52, Col: 42}},
		{line: `at [a (b) @ c] (/app/scenarios/es6-class.js:19:16)`, want: frame{Func: "[a (b) @ c]", File: "/app/scenarios/es6-class.js", Line: 19, Col: 16}},
		{line: `at async*foo (/app/scenarios/es6-names.js:7:21)`, want: frame{Func: "async*foo", File: "/app/scenarios/es6-names.js", Line: 7, Col: 21}},
		{line: `at  lead (/app/scenarios/e5-names.js:40:26)`, want: frame{Func: " lead", File: "/app/scenarios/e5-names.js", Line: 40, Col: 26}},
		{line: `at wasm-function[3] (/app/scenarios/es6-names.js:7:21)`, want: frame{Func: "wasm-function[3]", File: "/app/scenarios/es6-names.js", Line: 7, Col: 21}},
		{line: `at ОтКириллицы (/app/scenarios/es6-names.js:26:37)`, want: frame{Func: "ОтКириллицы", File: "/app/scenarios/es6-names.js", Line: 26, Col: 37}},
	})
}

func TestQuickJSNoFrames(t *testing.T) {
	checkNoFrames(t, formats.QuickJS, []string{
		`at foo (http://x/y.js:12`,
		`at foo (`,
		`at http://localhost:80`,
		`at 12:30:45`,
		`at localhost:8080`,
		`at first glance`,
		`at first glance (see below)`,
		`at `,
		`connect ECONNREFUSED ::1:45999`,
		`foo@http://h/x.js:1:2`,
		`From previous event:`,
	})
}
