package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestOtto(t *testing.T) {
	checkRows(t, formats.Otto, []row{
		{line: `at inner (/app/e5-eval.js:3:13)`, want: frame{Func: "inner", File: "/app/e5-eval.js", Line: 3, Col: 13}},
		{line: `at /app/e5-eval.js:6:1`, want: frame{File: "/app/e5-eval.js", Line: 6, Col: 1}},
		{line: `at evalInside (<anonymous>:1:1)`, want: frame{Func: "evalInside", Line: 1, Col: 1}},
		{line: `at <anonymous>:1:11`, want: frame{Line: 1, Col: 11}},
		{line: `at forEach (<native code>)`, want: frame{Func: "forEach", Native: true}},
		{line: `at <unknown>`, want: frame{}},
		{line: `at f (<unknown>)`, want: frame{Func: "f"}},
	})
	checkNoFrames(t, formats.Otto, []string{`at fail`, `at 12:30:45`, `at first glance (see below)`})
}
