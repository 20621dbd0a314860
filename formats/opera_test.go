package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestPresto(t *testing.T) {
	checkRows(t, formats.Presto, []row{
		{line: `Line 44 of linked script http://path/to/file.js`, want: frame{File: "http://path/to/file.js", Line: 44}},
		{line: `Line 31 of linked script http://path/to/file.js: In function run`, want: frame{Func: "run", File: "http://path/to/file.js", Line: 31}},
		{line: `Line 4 of inline#1 script in http://path/to/file.js: In function bar`, want: frame{Func: "bar", File: "http://path/to/file.js", Line: 4, Index: 1}},
		{line: `Line 15 of inline#2 script in http://path/to/file.js`, want: frame{File: "http://path/to/file.js", Line: 15, Index: 2}},
		{line: `Line 3 of unknown script: In function f`, want: frame{Func: "f", Line: 3}},
		{line: `Line 1 of eval script`, want: frame{Line: 1, Eval: true, Origin: "eval script"}},
		{line: `Line 1 of function script: In function g`, want: frame{Func: "g", Line: 1, Eval: true, Origin: "function script"}},

		// What stands before frames that were left out.
		{line: `...  Line 27 of linked script http://path/to/file.js`, want: frame{File: "http://path/to/file.js", Line: 27}, written: `Line 27 of linked script http://path/to/file.js`},
	})
	checkNoFrames(t, formats.Presto, []string{
		`Line 5 of the poem`,
		`Line of linked script http://path/to/file.js`,
		`Line 0 of linked script http://path/to/file.js`,
		`Line 4 of inline# script in http://path/to/file.js`,
		`Line 4 of inline#1 script in`,
		`Line 44 of linked script`,
		`Statement on line 44: Type mismatch`,
		`Backtrace:`,
	})
}

func TestCarakan(t *testing.T) {
	checkRows(t, formats.Carakan, []row{
		{line: `foo([arguments not available])@http://h/x.js:43`, want: frame{Func: "foo", File: "http://h/x.js", Line: 43}},
		{line: `<anonymous function: run>([arguments not available])@http://h/x.js:27`, want: frame{Func: "<anonymous function: run>", File: "http://h/x.js", Line: 27}},
		{line: `<anonymous function>@http://h/x.js:15`, want: frame{Func: "<anonymous function>", File: "http://h/x.js", Line: 15}},

		{line: `called from line 27, column 8 in <anonymous function: run>() in http://h/x.js:`, want: frame{Func: "<anonymous function: run>", File: "http://h/x.js", Line: 27, Col: 8}},
		{line: `called from line 15, column 3 in http://h/x.js:`, want: frame{File: "http://h/x.js", Line: 15, Col: 3}},

		// The parameters' names go; what is no call from a line is written as one.
		{line: `called from line 18, column 4 in printTrace(p, q) in http://h/x.js:`, want: frame{Func: "printTrace", File: "http://h/x.js", Line: 18, Col: 4}, written: `called from line 18, column 4 in printTrace() in http://h/x.js:`},
		{line: `Error thrown at line 42, column 12 in <anonymous function: createException>() in http://h/x.js:`, want: frame{Func: "<anonymous function: createException>", File: "http://h/x.js", Line: 42, Col: 12}, written: `called from line 42, column 12 in <anonymous function: createException>() in http://h/x.js:`},
		{line: `Error initially occurred at line 4, column 2 in http://h/x.js:`, want: frame{File: "http://h/x.js", Line: 4, Col: 2}, written: `called from line 4, column 2 in http://h/x.js:`},

		// Columns are from 0, and a frame without one is written as error.stack has it.
		{line: `called from line 4, column 0 in bar(n) in http://h/x.js:`, want: frame{Func: "bar", File: "http://h/x.js", Line: 4}, written: `bar([arguments not available])@http://h/x.js:4`},
		{line: `called from line 4, column 0 in http://h/x.js:`, want: frame{File: "http://h/x.js", Line: 4}},
	})
	checkNoFrames(t, formats.Carakan, []string{
		`Error created at <anonymous function>@http://h/x.js:15`,
		`called from line 15 in http://h/x.js:`,
		`called from line 15, column 3`,
		`called from the office, column 3 in the paper:`,
		`Error thrown at line 42`,
		`foo([arguments not available])@http://h/x.js`,
	})
}

func TestMatchCarakan(t *testing.T) {
	for line, want := range map[string]string{
		`foo([arguments not available])@http://h/x.js:43`:                       "carakan",
		`<anonymous function: run>([arguments not available])@http://h/x.js:27`: "carakan",
		`<anonymous function>@http://h/x.js:15`:                                 "carakan",
		`Error created at <anonymous function>@http://h/x.js:15`:                "",
		`bar(1)@http://127.0.0.1:8000/js/file.js:13`:                            "spidermonkey",
	} {
		if got := nameOf(formats.MatchSign(line)); got != want {
			t.Errorf("MatchSign(%q) = %q, want %q", line, got, want)
		}
	}
}
