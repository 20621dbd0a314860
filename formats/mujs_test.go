package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestMuJS(t *testing.T) {
	checkRows(t, formats.MuJS, []row{
		{line: `at fail (p.js:2)`, want: frame{Func: "fail", File: "p.js", Line: 2}},
		{line: `at p.js:14`, want: frame{File: "p.js", Line: 14}},
		{line: `at /app/e5-plain.js:22`, want: frame{File: "/app/e5-plain.js", Line: 22}},
		{line: `at anonymous (/app/e5-names.js:73)`, want: frame{Func: "anonymous", File: "/app/e5-names.js", Line: 73}},
		{line: `at (eval):1`, want: frame{Line: 1, Eval: true}},
		{line: `at f ((eval):2)`, want: frame{Func: "f", Line: 2, Eval: true}},
		{line: `at f (a.js:10:2)`, want: frame{Func: "f", File: "a.js:10", Line: 2}},
		{line: `at Array.prototype.forEach (native)`, want: frame{Func: "Array.prototype.forEach", Native: true}},
		{line: `at [bind] (native)`, want: frame{Func: "[bind]", Native: true}},
		{line: `at load (native)`, want: frame{Func: "load", Native: true}},
	})
	checkNoFrames(t, formats.MuJS, []string{
		`at foo`,
		`at 12:30`,
		`at noon`,
		`at foo (p.js)`,
		`at first glance (see below)`,
		`stack overflow`,
	})
}
