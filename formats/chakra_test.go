package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestChakra(t *testing.T) {
	checkRows(t, formats.Chakra, []row{
		{line: `at foo (http://path/to/file.js:46:9)`, want: frame{Func: "foo", File: "http://path/to/file.js", Line: 46, Col: 9}},
		{line: `at Anonymous function (http://path/to/file.js:48:13)`, want: frame{Func: "Anonymous function", File: "http://path/to/file.js", Line: 48, Col: 13}},
		{line: `at Global code (http://localhost:8080/file.js:32:9)`, want: frame{Func: "Global code", File: "http://localhost:8080/file.js", Line: 32, Col: 9, TopLevel: true}},
		{line: `at Module code (https://example.com/js/es6-class.mjs:55:1)`, want: frame{Func: "Module code", File: "https://example.com/js/es6-class.mjs", Line: 55, Col: 1, TopLevel: true}},
		{line: `at Module code (/app/scenarios-esm/e5-names.mjs:63:9)`, want: frame{Func: "Module code", File: "/app/scenarios-esm/e5-names.mjs", Line: 63, Col: 9, TopLevel: true}},
		{line: `at testCallback (IntlInternalsHiddenFromExceptionStackTest.js:22:5)`, want: frame{Func: "testCallback", File: "IntlInternalsHiddenFromExceptionStackTest.js", Line: 22, Col: 5}},
		{line: `at DefaultCtor (/app/gen/ch/es6-class.js:45:32)`, want: frame{Func: "DefaultCtor", File: "/app/gen/ch/es6-class.js", Line: 45, Col: 32}},

		// Code from a string: a placeholder in the file's place, which says what made the code.
		{line: `at eval code (eval code:1:1)`, want: frame{Func: "eval code", Line: 1, Col: 1, Origin: "eval code", Eval: true}},
		{line: `at eval code (eval code:4:18)`, want: frame{Func: "eval code", Line: 4, Col: 18, Origin: "eval code", Eval: true}},
		{line: `at baz (eval code:1:18)`, want: frame{Func: "baz", Line: 1, Col: 18, Origin: "eval code", Eval: true}},
		{line: `at obj.m (eval code:1:30)`, want: frame{Func: "obj.m", Line: 1, Col: 30, Origin: "eval code", Eval: true}},
		{line: `at Ctor (eval code:1:19)`, want: frame{Func: "Ctor", Line: 1, Col: 19, Origin: "eval code", Eval: true}},
		{line: `at Function code (Function code:1:4)`, want: frame{Func: "Function code", Line: 1, Col: 4, Origin: "Function code", Eval: true}},
		{line: `at foo (Function code:1:20)`, want: frame{Func: "foo", Line: 1, Col: 20, Origin: "Function code", Eval: true}},
		{line: `at namedInside (Function code:2:2)`, want: frame{Func: "namedInside", Line: 2, Col: 2, Origin: "Function code", Eval: true}},
		{line: `at inTimerString (Unknown script code:1:35)`, want: frame{Func: "inTimerString", Line: 1, Col: 35, Origin: "Unknown script code", Eval: true}},
		{line: `at Global code (Unknown script code:1:8)`, want: frame{Func: "Global code", Line: 1, Col: 8, Origin: "Unknown script code", Eval: true, TopLevel: true}},

		// Natives, by the names of the specification.
		{line: `at Array.prototype.forEach (native code)`, want: frame{Func: "Array.prototype.forEach", Native: true}},
		{line: `at Intl.Collator.prototype.compare (native code)`, want: frame{Func: "Intl.Collator.prototype.compare", Native: true}},
		{line: `at Object.fromEntries (native code)`, want: frame{Func: "Object.fromEntries", Native: true}},
		{line: `at [TypedArray].prototype.map (native code)`, want: frame{Func: "[TypedArray].prototype.map", Native: true}},
		{line: `at [TypedArray].from (native code)`, want: frame{Func: "[TypedArray].from", Native: true}},
		{line: `at Promise (native code)`, want: frame{Func: "Promise", Native: true}},
		{line: `at JSON.parse (native code)`, want: frame{Func: "JSON.parse", Native: true}},
		{line: `at Generator.prototype.next (native code)`, want: frame{Func: "Generator.prototype.next", Native: true}},

		// Names are hints from the source text.
		{line: `at ns.sub.fn (https://example.com/js/e5-plain.js:84:3)`, want: frame{Func: "ns.sub.fn", File: "https://example.com/js/e5-plain.js", Line: 84, Col: 3}},
		{line: `at Base.prototype.computed with space (https://example.com/js/min-es6-class.js:2:489)`, want: frame{Func: "Base.prototype.computed with space", File: "https://example.com/js/min-es6-class.js", Line: 2, Col: 489}},
		{line: `at class_1.prototype.m (https://example.com/js/ts5-es6-class.js:215:41)`, want: frame{Func: "class_1.prototype.m", File: "https://example.com/js/ts5-es6-class.js", Line: 215, Col: 41}},
		{line: `at K.prototype.5 (https://example.com/js/x-hints.js:21:147)`, want: frame{Func: "K.prototype.5", File: "https://example.com/js/x-hints.js", Line: 21, Col: 147}},
		{line: `at set acc.prop (/app/gen/ch/e5-plain.js:117:17)`, want: frame{Func: "set acc.prop", File: "/app/gen/ch/e5-plain.js", Line: 117, Col: 17}},
		{line: `at get Base.prototype.prop (/app/gen/ch/es6-class.js:13:16)`, want: frame{Func: "get Base.prototype.prop", File: "/app/gen/ch/es6-class.js", Line: 13, Col: 16}},
		{line: `at a[x y] (x-hints.js:9:26)`, want: frame{Func: "a[x y]", File: "x-hints.js", Line: 9, Col: 26}},
		{line: `at a.b[1] (x-hints.js:13:24)`, want: frame{Func: "a.b[1]", File: "x-hints.js", Line: 13, Col: 24}},
		{line: `at Base.prototype[SYM0] (es6-class.js:18:14)`, want: frame{Func: "Base.prototype[SYM0]", File: "es6-class.js", Line: 18, Col: 14}},
		{line: `at odd[with (parens)] (/app/gen/ch/e5-names.js:6:34)`, want: frame{Func: "odd[with (parens)]", File: "/app/gen/ch/e5-names.js", Line: 6, Col: 34}},
		{line: `at odd[x [as y]] (/app/gen/ch/e5-names.js:25:29)`, want: frame{Func: "odd[x [as y]]", File: "/app/gen/ch/e5-names.js", Line: 25, Col: 29}},
		{line: `at odd[foo (http://x/y.js:1:2)] (/app/gen/ch/e5-names.js:27:44)`, want: frame{Func: "odd[foo (http://x/y.js:1:2)]", File: "/app/gen/ch/e5-names.js", Line: 27, Col: 44}},
		{line: `at odd[foo@http://x/y.js:1:2] (/app/gen/ch/e5-names.js:28:42)`, want: frame{Func: "odd[foo@http://x/y.js:1:2]", File: "/app/gen/ch/e5-names.js", Line: 28, Col: 42}},
		{line: `at odd[Promise.all (index 0)] (/app/gen/ch/e5-names.js:52:42)`, want: frame{Func: "odd[Promise.all (index 0)]", File: "/app/gen/ch/e5-names.js", Line: 52, Col: 42}},
		{line: `at odd[ ] (/app/gen/ch/e5-names.js:39:22)`, want: frame{Func: "odd[ ]", File: "/app/gen/ch/e5-names.js", Line: 39, Col: 22}},
		{line: `at traps[k][k] (/app/gen/ch/es6-native.js:21:174)`, want: frame{Func: "traps[k][k]", File: "/app/gen/ch/es6-native.js", Line: 21, Col: 174}},

		// Computed names are missing, those of accessors with their closing bracket.
		{line: `at odd[] (/app/gen/ch/e5-names.js:38:21)`, want: frame{Func: "odd[]", File: "/app/gen/ch/e5-names.js", Line: 38, Col: 21}},
		{line: `at Base.prototype[] (es6-class.js:21:26)`, want: frame{Func: "Base.prototype[]", File: "es6-class.js", Line: 21, Col: 26}},
		{line: `at [] (/app/gen/ch/ch-intl.js:31:75)`, want: frame{Func: "[]", File: "/app/gen/ch/ch-intl.js", Line: 31, Col: 75}},
		{line: `at get [nm (http://h/x.js:13:25)`, want: frame{Func: "get [nm", File: "http://h/x.js", Line: 13, Col: 25}},
		{line: `at get [ (/app/gen/ch/ch-intl.js:41:75)`, want: frame{Func: "get [", File: "/app/gen/ch/ch-intl.js", Line: 41, Col: 75}},
		{line: `at get A2[] (es6-native.js:35:86)`, want: frame{Func: "get A2[]", File: "es6-native.js", Line: 35, Col: 86}},
		{line: `at odd[nul (e5-names.js:49:34)`, want: frame{Func: "odd[nul", File: "e5-names.js", Line: 49, Col: 34}},

		// URLs as they were given, none included.
		{line: `at f (:2:3)`, want: frame{Func: "f", Line: 2, Col: 3}},
		{line: `at Anonymous function (:5:22)`, want: frame{Func: "Anonymous function", Line: 5, Col: 22}},
		{line: `at f ( :2:3)`, want: frame{Func: "f", File: " ", Line: 2, Col: 3}},
		{line: `at f ((x):2:3)`, want: frame{Func: "f", File: "(x)", Line: 2, Col: 3}},
		{line: `at f ():2:3)`, want: frame{Func: "f", File: ")", Line: 2, Col: 3}},
		{line: `at f (1:2:3)`, want: frame{Func: "f", File: "1", Line: 2, Col: 3}},
		{line: `at f (1:2:2:3)`, want: frame{Func: "f", File: "1:2", Line: 2, Col: 3}},
		{line: `at f (:1:2:2:3)`, want: frame{Func: "f", File: ":1:2", Line: 2, Col: 3}},
		{line: `at f (http://example.com/a.js:10:2:3)`, want: frame{Func: "f", File: "http://example.com/a.js:10", Line: 2, Col: 3}},
		{line: `at f (http://example.com/a.js?u=http://b.com/c.js:5:6:2:3)`, want: frame{Func: "f", File: "http://example.com/a.js?u=http://b.com/c.js:5:6", Line: 2, Col: 3}},
		{line: `at f (http://example.com/a b.js:2:3)`, want: frame{Func: "f", File: "http://example.com/a b.js", Line: 2, Col: 3}},
		{line: `at f (https://example.com/x.js (1):2:3)`, want: frame{Func: "f", File: "https://example.com/x.js (1)", Line: 2, Col: 3}},
		{line: `at f (x at y.js:2:3)`, want: frame{Func: "f", File: "x at y.js", Line: 2, Col: 3}},
		{line: `at f (C:\Users\me\app.js:2:3)`, want: frame{Func: "f", File: `C:\Users\me\app.js`, Line: 2, Col: 3}},
		{line: `at boom (C:\Users\me\My App (x86)\js\e5-native.js:4:3)`, want: frame{Func: "boom", File: `C:\Users\me\My App (x86)\js\e5-native.js`, Line: 4, Col: 3}},
		{line: `at f (\\server\share\x.js:2:3)`, want: frame{Func: "f", File: `\\server\share\x.js`, Line: 2, Col: 3}},
		{line: `at f (x-wmapp0:www/js/index.js:2:3)`, want: frame{Func: "f", File: "x-wmapp0:www/js/index.js", Line: 2, Col: 3}},
		{line: `at f (ms-appx-web:///default.html:2:3)`, want: frame{Func: "f", File: "ms-appx-web:///default.html", Line: 2, Col: 3}},
		{line: `at f (/home/u/My App/index.js:2:3)`, want: frame{Func: "f", File: "/home/u/My App/index.js", Line: 2, Col: 3}},
		{line: `at f (/app/gen/eval code:2:3)`, want: frame{Func: "f", File: "/app/gen/eval code", Line: 2, Col: 3}},
		{line: `at f (extensions::x:2:3)`, want: frame{Func: "f", File: "extensions::x", Line: 2, Col: 3}},
		{line: `at f (data:text/javascript,throw 1:2:3)`, want: frame{Func: "f", File: "data:text/javascript,throw 1", Line: 2, Col: 3}},
		{line: `at f (<anonymous>:2:3)`, want: frame{Func: "f", File: "<anonymous>", Line: 2, Col: 3}},
		{line: `at f (repl:2:3)`, want: frame{Func: "f", File: "repl", Line: 2, Col: 3}},
		{line: "at f (a\tb.js:2:3)", want: frame{Func: "f", File: "a\tb.js", Line: 2, Col: 3}},

		// The engine's test host tells the types of the arguments, which are no part of the name.
		{line: `at foo(number, string) (x.js:3:5)`, want: frame{Func: "foo", File: "x.js", Line: 3, Col: 5}, written: `at foo (x.js:3:5)`},
	})
}

func TestChakraNoFrames(t *testing.T) {
	checkNoFrames(t, formats.Chakra, []string{
		`at foo (http://x/y.js:12`,
		`at foo (`,
		`at foo`,
		`at http://x/y.js:1:2`,
		`at http://localhost:80`,
		`at 12:30:45`,
		`at first glance (see below)`,
		`at java.lang.Foo(Foo.java:12)`,
		`at (main.js:3)`,
		`at ()`,
		`at code (`,
		`connect ECONNREFUSED ::1:45999`,
		`thrown at null.js:`,
		`Anonymous function`,
		`foo@http://h/x.js:1:2`,
	})
}
