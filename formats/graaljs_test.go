package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestGraalJS(t *testing.T) {
	checkRows(t, formats.GraalJS, []row{
		{line: `at fail (p.js:1:26)`, want: frame{Func: "fail", File: "p.js", Line: 1, Col: 26}},
		{line: `at Foo.make (/app/p.js:4:27)`, want: frame{Func: "Foo.make", File: "/app/p.js", Line: 4, Col: 27}},
		{line: `at p.js:16:26`, want: frame{File: "p.js", Line: 16, Col: 26}},
		{line: `at Array.map (native)`, want: frame{Func: "Array.map", Native: true}},

		// In a trace of Java's.
		{line: `at <js> f(Unnamed:1:20-29)`, want: frame{Func: "f", Line: 1, Col: 20}, written: `at f (Unnamed:1:20)`},
		{line: `at <js> f(p.js:1:20-29)`, want: frame{Func: "f", File: "p.js", Line: 1, Col: 20}, written: `at f (p.js:1:20)`},
	})
	checkNoFrames(t, formats.GraalJS, []string{
		`at fail`,
		`at <js> f`,
		`at <js> f(Unnamed)`,
		`at first glance (see below)`,
	})
}
