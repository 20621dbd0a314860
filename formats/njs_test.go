package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestNJS(t *testing.T) {
	checkRows(t, formats.NJS, []row{
		{line: `at boom (/app/e5-native.js:4)`, want: frame{Func: "boom", File: "/app/e5-native.js", Line: 4}},
		{line: `at anonymous (/app/e5-native.js:18)`, want: frame{Func: "anonymous", File: "/app/e5-native.js", Line: 18}},
		{line: `at main (/app/e5-native.js:25)`, want: frame{Func: "main", File: "/app/e5-native.js", Line: 25, TopLevel: true}},
		{line: `at Array.prototype.forEach (native)`, want: frame{Func: "Array.prototype.forEach", Native: true}},
		{line: `at RegExp.prototype[Symbol.replace] (native)`, want: frame{Func: "RegExp.prototype[Symbol.replace]", Native: true}},
	})
	checkNoFrames(t, formats.NJS, []string{`at fail`, `at p.js:2`, `repeats 278 times`, `Thrown:`})
}
