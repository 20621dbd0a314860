package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestNashorn(t *testing.T) {
	checkRows(t, formats.Nashorn, []row{
		{line: `at fail (p.js:2)`, want: frame{Func: "fail", File: "p.js", Line: 2}},
		{line: `at <anonymous> (p.js:14)`, want: frame{Func: "<anonymous>", File: "p.js", Line: 14}},
		{line: `at <program> (p.js:9)`, want: frame{Func: "<program>", File: "p.js", Line: 9, TopLevel: true}},
		{line: `at f (<eval>:1)`, want: frame{Func: "f", Line: 1, Eval: true}},
		{line: `at <program> (<eval>:1)`, want: frame{Func: "<program>", Line: 1, Eval: true, TopLevel: true}},
		{line: `at <program> (<shell>:1)`, want: frame{Func: "<program>", Line: 1, TopLevel: true}},
		{line: `at f (p.js#3:5<eval>:1)`, want: frame{Func: "f", Line: 1, Eval: true, Origin: "p.js#3:5<eval>"}},
	})
	checkNoFrames(t, formats.Nashorn, []string{
		`at fail`,
		`at p.js:2`,
		`at forEach (native)`,
		`at java.lang.Foo(Foo.java:12)`,
	})
	var c frame
	if !formats.Caller(&c, &frame{Origin: "p.js#3:5<eval>"}) || c.File != "p.js" || c.Line != 3 || c.Col != 5 {
		t.Errorf("Caller of %q = %+v, want p.js:3:5", "p.js#3:5<eval>", c)
	}
}
