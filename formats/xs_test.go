package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestXS(t *testing.T) {
	checkRows(t, formats.XS, []row{
		{line: `at inner (/app/f.js:3)`, want: frame{Func: "inner", File: "/app/f.js", Line: 3}},
		{line: `at (/app/f.js:6)`, want: frame{File: "/app/f.js", Line: 6}},
		{line: `at get prop (/app/f.js:13)`, want: frame{Func: "get prop", File: "/app/f.js", Line: 13}},
		{line: `at [a (b) @ c] (/app/es6-class.js:19)`, want: frame{Func: "[a (b) @ c]", File: "/app/es6-class.js", Line: 19}},
		{line: `at unclosed ( (/app/es6-names.js:7)`, want: frame{Func: "unclosed (", File: "/app/es6-names.js", Line: 7}},
		{line: `at unclosed ( ()`, want: frame{Func: "unclosed ("}},
		{line: `at   (/app/e5-names.js:39)`, want: frame{Func: " ", File: "/app/e5-names.js", Line: 39}},
		{line: `at #field (/app/es22-private.js:10)`, want: frame{Func: "#field", File: "/app/es22-private.js", Line: 10}},

		// Native, or without debug information.
		{line: `at forEach ()`, want: frame{Func: "forEach"}},
		{line: `at bound Foo ()`, want: frame{Func: "bound Foo"}},
		{line: `at ()`, want: frame{}},

		// Code from a string, with and without a name.
		{line: `at (#7:1)`, want: frame{Line: 1, Eval: true, Origin: "#7"}},
		{line: `at anonymous (#11:2)`, want: frame{Func: "anonymous", Line: 2, Eval: true, Origin: "#11"}},
		{line: `at (my-eval.js:1)`, want: frame{File: "my-eval.js", Line: 1}},
		{line: `at f (a.js:10:2)`, want: frame{Func: "f", File: "a.js:10", Line: 2}},
		{line: `at (a.js:10:4)`, want: frame{File: "a.js:10", Line: 4}},
		{line: `at f (:1:2:2)`, want: frame{Func: "f", File: ":1:2", Line: 2}},
		{line: `at (http://example.com/(a:4)`, want: frame{File: "http://example.com/(a", Line: 4}},
		{line: `at (http://example.com/a).js:4)`, want: frame{File: "http://example.com/a).js", Line: 4}},
		{line: `at (a b (c).js:1)`, want: frame{File: "a b (c).js", Line: 1}},
		{line: `at named (dir/with space/my (eval).js:1)`, want: frame{Func: "named", File: "dir/with space/my (eval).js", Line: 1}},
		{line: `at f ([native code]:2)`, want: frame{Func: "f", File: "[native code]", Line: 2}},
	})
	checkNoFrames(t, formats.XS, []string{
		`at fail`,
		`at p.js:2`,
		`at forEach (native)`,
		`at first glance (see below)`,
		`at (see below)`,
	})
}
