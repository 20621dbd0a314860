package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestBun(t *testing.T) {
	checkRows(t, formats.Bun, []row{
		{line: `at <parse> (:0)`, want: frame{Func: "<parse>"}},
		{line: `at <parse> (:3)`, want: frame{Func: "<parse>", Line: 3}},
		{line: `at forEach (1:11)`, want: frame{Func: "forEach", Line: 1, Col: 11, Native: true}, written: `at forEach (native:1:11)`},
		{line: `at fail (/p.js:1:30)`, want: frame{Func: "fail", File: "/p.js", Line: 1, Col: 30}},
		{line: `at <anonymous> (/p.js:16:26)`, want: frame{Func: "<anonymous>", File: "/p.js", Line: 16, Col: 26}},
		{line: `at /p.js:6:1`, want: frame{File: "/p.js", Line: 6, Col: 1}},
		{line: `at /m.ts:1:63`, want: frame{File: "/m.ts", Line: 1, Col: 63}},
		{line: `at make (/p.js:4:31)`, want: frame{Func: "make", File: "/p.js", Line: 4, Col: 31}},
		{line: `at #field (/app/scenarios/es22-private.js:10:20)`, want: frame{Func: "#field", File: "/app/scenarios/es22-private.js", Line: 10, Col: 20}},
		{line: `at [Symbol.toPrimitive] (/app/scenarios/es6-class.js:22:28)`, want: frame{Func: "[Symbol.toPrimitive]", File: "/app/scenarios/es6-class.js", Line: 22, Col: 28}},

		// Constructors and callers that wait.
		{line: `at new Foo (/p.js:3:29)`, want: frame{Func: "Foo", File: "/p.js", Line: 3, Col: 29, Constructor: true}},
		{line: `at new EvalCtor (/app/scenarios/e5-eval.js:43:23)`, want: frame{Func: "EvalCtor", File: "/app/scenarios/e5-eval.js", Line: 43, Col: 23, Constructor: true}},
		{line: `at new Promise (native:1:11)`, want: frame{Func: "Promise", Line: 1, Col: 11, Native: true, Constructor: true}},
		{line: `at new 😀 (/app/scenarios/es6-names.js:14:46)`, want: frame{Func: "😀", File: "/app/scenarios/es6-names.js", Line: 14, Col: 46, Constructor: true}},
		{line: `at async two (/a.js:4:29)`, want: frame{Func: "two", File: "/a.js", Line: 4, Col: 29, Async: true}},
		{line: `at async <anonymous> (/app/scenarios/es17-async.js:19:89)`, want: frame{Func: "<anonymous>", File: "/app/scenarios/es17-async.js", Line: 19, Col: 89, Async: true}},
		{line: `at async all0 (/app/scenarios/es20-promise.js:6:46)`, want: frame{Func: "all0", File: "/app/scenarios/es20-promise.js", Line: 6, Col: 46, Async: true}},

		// Natives, with a position in a hidden source or without one.
		{line: `at sort (unknown)`, want: frame{Func: "sort", Native: true}},
		{line: `at eval (unknown)`, want: frame{Func: "eval", Native: true}},
		{line: `at replace (unknown)`, want: frame{Func: "replace", Native: true}},
		{line: `at unknown`, want: frame{Native: true}},
		{line: `at forEach (native:1:11)`, want: frame{Func: "forEach", Line: 1, Col: 11, Native: true}},
		{line: `at <anonymous> (native:19:34)`, want: frame{Func: "<anonymous>", Line: 19, Col: 34, Native: true}},
		{line: `at forEach (1:11)`, want: frame{Func: "forEach", Line: 1, Col: 11, Native: true}, written: `at forEach (native:1:11)`},
		{line: `at guarded (internal:shared:114:26)`, want: frame{Func: "guarded", File: "internal:shared", Line: 114, Col: 26}},
		{line: `at zlibOnError (node:zlib:99:47)`, want: frame{Func: "zlibOnError", File: "node:zlib", Line: 99, Col: 47}},

		// Code from a string has its caller's file, or what a sourceURL said.
		{line: `at <anonymous> (file:///p.js:1:5)`, want: frame{Func: "<anonymous>", File: "file:///p.js", Line: 1, Col: 5}},
		{line: `at inner (file:///p.js:1:24)`, want: frame{Func: "inner", File: "file:///p.js", Line: 1, Col: 24}},
		{line: `at anonymous (file:///p.js:3:5)`, want: frame{Func: "anonymous", File: "file:///p.js", Line: 3, Col: 5}},
		{line: `at <anonymous> (my-eval.js:1:6)`, want: frame{Func: "<anonymous>", File: "my-eval.js", Line: 1, Col: 6}},
		{line: `at anonymous (new-function.js:3:3)`, want: frame{Func: "anonymous", File: "new-function.js", Line: 3, Col: 3}},
		{line: `at <anonymous> (file:///http://h:80/x.js%3Fa=1:2:1:16)`, want: frame{Func: "<anonymous>", File: "file:///http://h:80/x.js%3Fa=1:2", Line: 1, Col: 16}},
		{line: `at <anonymous> (file:///%3Canonymous%3E:1:16)`, want: frame{Func: "<anonymous>", File: "file:///%3Canonymous%3E", Line: 1, Col: 16}},
		{line: `at evalmachine.<anonymous>:1:51`, want: frame{File: "evalmachine.<anonymous>", Line: 1, Col: 51}},

		// Where a syntax error was found.
		{line: `at <parse> (plain.js:1)`, want: frame{Func: "<parse>", File: "plain.js", Line: 1}},
		{line: `at <parse> (http://h:80/x.js?a=1:2:1)`, want: frame{Func: "<parse>", File: "http://h:80/x.js?a=1", Line: 2, Col: 1}},
		{line: `at <parse> ((:1)`, want: frame{Func: "<parse>", File: "(", Line: 1}},
		{line: `at <parse> ():1)`, want: frame{Func: "<parse>", File: ")", Line: 1}},
		{line: `at <parse> (async x.js:1)`, want: frame{Func: "<parse>", File: "async x.js", Line: 1}},

		// Names that the program chose.
		{line: `at with (parens) (/app/scenarios/e5-names.js:6:34)`, want: frame{Func: "with (parens)", File: "/app/scenarios/e5-names.js", Line: 6, Col: 34}},
		{line: `at shown name (x) (/app/scenarios/e5-names.js:68:20)`, want: frame{Func: "shown name (x)", File: "/app/scenarios/e5-names.js", Line: 68, Col: 20}},
		{line: `at x [as y] (/app/scenarios/e5-names.js:25:29)`, want: frame{Func: "x [as y]", File: "/app/scenarios/e5-names.js", Line: 25, Col: 29}},
		{line: `at foo (http://x/y.js:1:2) (/app/scenarios/e5-names.js:27:44)`, want: frame{Func: "foo (http://x/y.js:1:2)", File: "/app/scenarios/e5-names.js", Line: 27, Col: 44}},
		{line: `at Promise.all (index 0) (/app/scenarios/e5-names.js:52:42)`, want: frame{Func: "Promise.all (index 0)", File: "/app/scenarios/e5-names.js", Line: 52, Col: 42}},
		{line: `at unclosed ( (/app/scenarios/es6-names.js:7:21)`, want: frame{Func: "unclosed (", File: "/app/scenarios/es6-names.js", Line: 7, Col: 21}},
		{line: `at line (x.js:1:2) (/app/scenarios/es6-names.js:7:21)`, want: frame{Func: "line (x.js:1:2)", File: "/app/scenarios/es6-names.js", Line: 7, Col: 21}},
		{line: `at undefined.<anonymous> (/app/scenarios/libs/longjohn.js:5:1)`, want: frame{Func: "undefined.<anonymous>", File: "/app/scenarios/libs/longjohn.js", Line: 5, Col: 1}},
		{line: "at nul\x00name (/app/scenarios/e5-names.js:49:34)", want: frame{Func: "nul\x00name", File: "/app/scenarios/e5-names.js", Line: 49, Col: 34}},
		{line: `at  lead (/app/scenarios/e5-names.js:40:26)`, want: frame{Func: " lead", File: "/app/scenarios/e5-names.js", Line: 40, Col: 26}},

		// Files of all kinds.
		{line: `at f (http://example.com/a.js?u=http://b.com/c.js:5:6:2:18)`, want: frame{Func: "f", File: "http://example.com/a.js?u=http://b.com/c.js:5:6", Line: 2, Col: 18}},
		{line: `at f (http://example.com/a).js:2:18)`, want: frame{Func: "f", File: "http://example.com/a).js", Line: 2, Col: 18}},
		{line: `at <anonymous> (http://example.com/(a:4:4)`, want: frame{Func: "<anonymous>", File: "http://example.com/(a", Line: 4, Col: 4}},
		{line: `at f (C:\Users\me\app.js:2:18)`, want: frame{Func: "f", File: `C:\Users\me\app.js`, Line: 2, Col: 18}},
		{line: `at C:\dir\file.js:4:7`, want: frame{File: `C:\dir\file.js`, Line: 4, Col: 7}},
		{line: `at f (turbopack:///[project]/src/x.js:2:18)`, want: frame{Func: "f", File: "turbopack:///[project]/src/x.js", Line: 2, Col: 18}},
		{line: `at f (:1:2:2:18)`, want: frame{Func: "f", File: ":1:2", Line: 2, Col: 18}},
		{line: `at f (1:2:2:18)`, want: frame{Func: "f", File: "1:2", Line: 2, Col: 18}},
		{line: `at <anonymous> ((:4:4)`, want: frame{Func: "<anonymous>", File: "(", Line: 4, Col: 4}},
		{line: `at inVm (with space (1).js:2:18)`, want: frame{Func: "inVm", File: "with space (1).js", Line: 2, Col: 18}},
		{line: `at with space (1).js:4:7`, want: frame{File: "with space (1).js", Line: 4, Col: 7}},
		{line: `at inVm (x (y:1:2):2:18)`, want: frame{Func: "inVm", File: "x (y:1:2)", Line: 2, Col: 18}},
		{line: `at x (y:1:2):4:7`, want: frame{File: "x (y:1:2)", Line: 4, Col: 7}},
		{line: `at a at b.js:4:7`, want: frame{File: "a at b.js", Line: 4, Col: 7}},
		{line: `at [eval]-wrapper:4:7`, want: frame{File: "[eval]-wrapper", Line: 4, Col: 7}},
		{line: `at [eval]:1:7`, want: frame{File: "[eval]", Line: 1, Col: 7}},
		{line: `at f (data:text/javascript,function%20f()%7Bthrow%20new%20Error(%22data%20module%22)%7Df():1:24)`, want: frame{Func: "f", File: "data:text/javascript,function%20f()%7Bthrow%20new%20Error(%22data%20module%22)%7Df()", Line: 1, Col: 24}},
		{line: `at data:text/javascript,function%20f()%7Bthrow%20new%20Error(%22data%20module%22)%7Df():1:45`, want: frame{File: "data:text/javascript,function%20f()%7Bthrow%20new%20Error(%22data%20module%22)%7Df()", Line: 1, Col: 45}},
	})
}

func TestBunNoFrames(t *testing.T) {
	checkNoFrames(t, formats.Bun, []string{
		`at foo (http://x/y.js:12`,
		`at foo (`,
		`at foo`,
		`at http://localhost:80`,
		`at 12:30:45`,
		`at localhost:8080`,
		`at first glance (see below)`,
		`at `,
		`connect ECONNREFUSED ::1:45999`,
		`Bun v1.4.5 (Linux x64)`,
		`1 | throw new Error("x")`,
		`foo@http://h/x.js:1:2`,
	})
}
