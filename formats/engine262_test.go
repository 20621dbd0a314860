package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestEngine262(t *testing.T) {
	checkRows(t, formats.Engine262, []row{
		{line: `at boom (/app/e5-names.js:3:35)`, want: frame{Func: "boom", File: "/app/e5-names.js", Line: 3, Col: 35}},
		{line: `at <anonymous> (/app/e5-messages.js:65:16)`, want: frame{Func: "<anonymous>", File: "/app/e5-messages.js", Line: 65, Col: 16}},
		{line: `at <anonymous>:1:1`, want: frame{Line: 1, Col: 1}},
		{line: `at <anonymous> (as f) (/app/es22-private.js:29:31)`, want: frame{Func: "<anonymous>", Alias: "f", File: "/app/es22-private.js", Line: 29, Col: 31}},
		{line: `at eval (as geval) (native)`, want: frame{Func: "eval", Alias: "geval", Native: true}},
		{line: `at unclosed ( (as f) (/app/es6-names.js:8:25)`, want: frame{Func: "unclosed (", Alias: "f", File: "/app/es6-names.js", Line: 8, Col: 25}},
		{line: `at new MyError (as thrower) (/app/e5-messages.js:76:26)`, want: frame{Func: "MyError", Alias: "thrower", Constructor: true, File: "/app/e5-messages.js", Line: 76, Col: 26}},
		{line: `at new (as f) (/app/es6-names.js:8:25)`, want: frame{Func: "new", Alias: "f", File: "/app/es6-names.js", Line: 8, Col: 25}},
		{line: `at new DefaultCtor (native)`, want: frame{Func: "DefaultCtor", Constructor: true, Native: true}},
		{line: `at new <anonymous> (/app/e5-plain.js:105:19)`, want: frame{Func: "<anonymous>", Constructor: true, File: "/app/e5-plain.js", Line: 105, Col: 19}},
		{line: `at async two (/app/es17-async.js:18:49)`, want: frame{Func: "two", Async: true, File: "/app/es17-async.js", Line: 18, Col: 49}},
		{line: `at async (/app/e5-names.js:11:26)`, want: frame{Func: "async", File: "/app/e5-names.js", Line: 11, Col: 26}},
		{line: `at Base (/app/es6-class.js)`, want: frame{Func: "Base", File: "/app/es6-class.js"}},
		{line: `at [Symbol.replace] (native)`, want: frame{Func: "[Symbol.replace]", Native: true}},
	})
	checkNoFrames(t, formats.Engine262, []string{`at fail`, `at 12:30:45`, `at first glance (see below)`})
}
