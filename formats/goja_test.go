package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestGoja(t *testing.T) {
	checkRows(t, formats.Goja, []row{
		{line: `at fail (dir/a b.js:1:24(3))`, want: frame{Func: "fail", File: "dir/a b.js", Line: 1, Col: 24, Offset: 3}},
		{line: `at dir/a b.js:4:34(3)`, want: frame{File: "dir/a b.js", Line: 4, Col: 34, Offset: 3}},
		{line: `at my (x)/b.js:1:2(0)`, want: frame{File: "my (x)/b.js", Line: 1, Col: 2}},
		{line: `at <static_initializer> (/app/es22-private.js:46:64(1))`, want: frame{Func: "<static_initializer>", File: "/app/es22-private.js", Line: 46, Col: 64, Offset: 1}},
		{line: `at foo (http://x/y.js:1:2) (/app/e5-names.js:27:48(2))`, want: frame{Func: "foo (http://x/y.js:1:2)", File: "/app/e5-names.js", Line: 27, Col: 48, Offset: 2}},
		{line: `at new Foo (/app/e5-names.js:12:32(2))`, want: frame{Func: "new Foo", File: "/app/e5-names.js", Line: 12, Col: 32, Offset: 2}}, // the name of a method
		{line: `at   (/app/e5-names.js:39:26(2))`, want: frame{Func: " ", File: "/app/e5-names.js", Line: 39, Col: 26, Offset: 2}},
		{line: `at <eval>:1:5(1)`, want: frame{Line: 1, Col: 5, Offset: 1, Eval: true}},
		{line: `at anonymous (<eval>:3:5(6))`, want: frame{Func: "anonymous", Line: 3, Col: 5, Offset: 6, Eval: true}},
		{line: `at forEach (native)`, want: frame{Func: "forEach", Native: true}},
		{line: `at bound  (native)`, want: frame{Func: "bound ", Native: true}},
		{line: `at native`, want: frame{Native: true}},
		{line: `at native (/app/e5-names.js:83:25(2))`, want: frame{Func: "native", File: "/app/e5-names.js", Line: 83, Col: 25, Offset: 2}},
	})
	checkNoFrames(t, formats.Goja, []string{
		`at fail`,
		`at fail (p.js:1:24)`,
		`at p.js:1(3)`,
		`at first glance (see below)`,
	})
}
