package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestHermes(t *testing.T) {
	checkRows(t, formats.Hermes, []row{
		{line: `at fail (h.js:2:39)`, want: frame{Func: "fail", File: "h.js", Line: 2, Col: 39}},
		{line: `at anonymous (h.js:9:30)`, want: frame{Func: "anonymous", File: "h.js", Line: 9, Col: 30}},
		{line: `at global (h.js:9:5)`, want: frame{Func: "global", File: "h.js", Line: 9, Col: 5, TopLevel: true}},
		{line: `at inner (/app/gen/hermes/e5-eval.js:3:18)`, want: frame{Func: "inner", File: "/app/gen/hermes/e5-eval.js", Line: 3, Col: 18}},
		{line: `at render (http://localhost:8081/index.bundle//&platform=ios:1234:56)`, want: frame{Func: "render", File: "http://localhost:8081/index.bundle//&platform=ios", Line: 1234, Col: 56}},
		{line: `at tryCallOne (/root/build/lib/InternalBytecode/InternalBytecode.js:53:16)`, want: frame{Func: "tryCallOne", File: "/root/build/lib/InternalBytecode/InternalBytecode.js", Line: 53, Col: 16}},

		// Bytecode without debug information: a segment and an offset, which are no position.
		{line: `at fail (address at h.hbc:1:386)`, want: frame{Func: "fail", File: "h.hbc", Index: 1, Offset: 386}},
		{line: `at global (address at index.android.bundle:1:167)`, want: frame{Func: "global", File: "index.android.bundle", Index: 1, Offset: 167, TopLevel: true}},
		{line: `at render (address at index.android.bundle:1:1234567)`, want: frame{Func: "render", File: "index.android.bundle", Index: 1, Offset: 1234567}},
		{line: `at anonymous (address at /app/gen/hermes0.12-e5-plain-g0.hbc:1:5246)`, want: frame{Func: "anonymous", File: "/app/gen/hermes0.12-e5-plain-g0.hbc", Index: 1, Offset: 5246}},
		{line: `at set prop (address at /app/gen/hermes0.12-e5-plain-g0.hbc:1:5656)`, want: frame{Func: "set prop", File: "/app/gen/hermes0.12-e5-plain-g0.hbc", Index: 1, Offset: 5656}},
		{line: `at render (address at seg-3.js:4:0)`, want: frame{Func: "render", File: "seg-3.js", Index: 4}},
		{line: `at tryCallOne (address at InternalBytecode.js:1:1180)`, want: frame{Func: "tryCallOne", File: "InternalBytecode.js", Index: 1, Offset: 1180}},
		{line: `at toString (address at unknown:1:2360)`, want: frame{Func: "toString", Index: 1, Offset: 2360}},
		{line: `anonymous@1:557290`, want: frame{Func: "anonymous", Index: 1, Offset: 557290}, written: `at anonymous (address at unknown:1:557290)`},

		// Natives.
		{line: `at forEach (native)`, want: frame{Func: "forEach", Native: true}},
		{line: `at eval (native)`, want: frame{Func: "eval", Native: true}},
		{line: `at [Symbol.replace] (native)`, want: frame{Func: "[Symbol.replace]", Native: true}},
		{line: `at proxy trap (native)`, want: frame{Func: "proxy trap", Native: true}},
		{line: `at global (native)`, want: frame{Func: "global", Native: true, TopLevel: true}},

		// Code from a string.
		{line: `at eval (JavaScript:1:5)`, want: frame{Func: "eval", File: "JavaScript", Line: 1, Col: 5, Eval: true}},
		{line: `at inner (JavaScript:1:24)`, want: frame{Func: "inner", File: "JavaScript", Line: 1, Col: 24, Eval: true}},
		{line: `at anonymous (JavaScript:1:18)`, want: frame{Func: "anonymous", File: "JavaScript", Line: 1, Col: 18, Eval: true}},
		{line: `at global (JavaScript:1:5)`, want: frame{Func: "global", File: "JavaScript", Line: 1, Col: 5, Eval: true, TopLevel: true}},
		{line: `at eval (my-eval.js:1:6)`, want: frame{Func: "eval", File: "my-eval.js", Line: 1, Col: 6}},

		// Names that the engine or the program chose.
		{line: `at ?anon_0_gen (/app/gen/hermes/es6-gen.js:5:7)`, want: frame{Func: "?anon_0_gen", File: "/app/gen/hermes/es6-gen.js", Line: 5, Col: 7}},
		{line: `at with (parens) (/app/gen/hermes/e5-names.js:6:38)`, want: frame{Func: "with (parens)", File: "/app/gen/hermes/e5-names.js", Line: 6, Col: 38}},
		{line: `at unclosed ( (/app/gen/hermes-es5/es6-names.js:15:31)`, want: frame{Func: "unclosed (", File: "/app/gen/hermes-es5/es6-names.js", Line: 15, Col: 31}},
		{line: `at foo (http://x/y.js:1:2) (/app/gen/hermes/e5-names.js:27:48)`, want: frame{Func: "foo (http://x/y.js:1:2)", File: "/app/gen/hermes/e5-names.js", Line: 27, Col: 48}},
		{line: `at x [as y] (/app/gen/hermes/e5-names.js:25:33)`, want: frame{Func: "x [as y]", File: "/app/gen/hermes/e5-names.js", Line: 25, Col: 33}},
		{line: `at <anonymous> (/app/gen/hermes-es5/es6-names.js:15:31)`, want: frame{Func: "<anonymous>", File: "/app/gen/hermes-es5/es6-names.js", Line: 15, Col: 31}},
		{line: `at Promise.all (index 0) (/app/gen/hermes/e5-names.js:52:46)`, want: frame{Func: "Promise.all (index 0)", File: "/app/gen/hermes/e5-names.js", Line: 52, Col: 46}},
		{line: `at a at b (/app/gen/hermes-es5/es6-names.js:15:31)`, want: frame{Func: "a at b", File: "/app/gen/hermes-es5/es6-names.js", Line: 15, Col: 31}},
		{line: `at   (/app/gen/hermes/e5-names.js:39:26)`, want: frame{Func: " ", File: "/app/gen/hermes/e5-names.js", Line: 39, Col: 26}},
		{line: `at trail  (/app/gen/hermes/e5-names.js:41:31)`, want: frame{Func: "trail ", File: "/app/gen/hermes/e5-names.js", Line: 41, Col: 31}},

		// Sources as they were named, white space included.
		{line: `at named (dir/with space/my (eval).js:1:26)`, want: frame{Func: "named", File: "dir/with space/my (eval).js", Line: 1, Col: 26}},
		{line: `at anonymous (a b (c).js:1:29)`, want: frame{Func: "anonymous", File: "a b (c).js", Line: 1, Col: 29}},
		{line: `at f (a b c.js:2:18)`, want: frame{Func: "f", File: "a b c.js", Line: 2, Col: 18}},
		{line: `at f ( :2:18)`, want: frame{Func: "f", File: " ", Line: 2, Col: 18}},
		{line: `at f ((:2:18)`, want: frame{Func: "f", File: "(", Line: 2, Col: 18}},
		{line: `at f ():2:18)`, want: frame{Func: "f", File: ")", Line: 2, Col: 18}},
		{line: `at f (1:2:2:18)`, want: frame{Func: "f", File: "1:2", Line: 2, Col: 18}},
		{line: `at f (a.js:10:20:2:18)`, want: frame{Func: "f", File: "a.js:10:20", Line: 2, Col: 18}},
		{line: `at f ([native code]:2:18)`, want: frame{Func: "f", File: "[native code]", Line: 2, Col: 18}},
		{line: `at f (a.js line 3 > eval:2:18)`, want: frame{Func: "f", File: "a.js line 3 > eval", Line: 2, Col: 18}},
		{line: `at f (https://x.com/a.js, <anonymous>:1:1:2:18)`, want: frame{Func: "f", File: "https://x.com/a.js, <anonymous>:1:1", Line: 2, Col: 18}},
		{line: `at f (resource://gre/x.js -> file:///y.js:2:18)`, want: frame{Func: "f", File: "resource://gre/x.js -> file:///y.js", Line: 2, Col: 18}},
		{line: `at f (debugger eval code:2:18)`, want: frame{Func: "f", File: "debugger eval code", Line: 2, Col: 18}},
		{line: `at f (C:\Users\me\app.js:2:18)`, want: frame{Func: "f", File: `C:\Users\me\app.js`, Line: 2, Col: 18}},
		{line: `at f (webpack-internal:///(rsc)/./app/page.tsx:2:18)`, want: frame{Func: "f", File: "webpack-internal:///(rsc)/./app/page.tsx", Line: 2, Col: 18}},
	})
}

func TestHermesNoFrames(t *testing.T) {
	checkNoFrames(t, formats.Hermes, []string{
		`at foo (address at index.android.bundle:1:`,
		`at foo (address at index.android.bundle)`,
		`at foo (address at index.android.bundle:1)`,
		`at foo (http://x/y.js:12`,
		`at foo`,
		`at http://x/y.js:1:2`,
		`at http://localhost:80`,
		`at 12:30:45`,
		`at first glance (see below)`,
		`at java.lang.Foo(Foo.java:12)`,
		`... skipping 51 frames`,
		`connect ECONNREFUSED ::1:45999`,
		`git@github.com:22:1`,
		`foo@http://h/x.js:1:2`,
		`@1:557290`,
	})
}
