package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestQV4(t *testing.T) {
	checkRows(t, formats.QV4, []row{
		{line: `boom@file:///app/e5-names.js:3`, want: frame{Func: "boom", File: "file:///app/e5-names.js", Line: 3}},
		{line: `@file:///app/e5-messages.js:65`, want: frame{File: "file:///app/e5-messages.js", Line: 65}},
		{line: `%entry@file:///app/e5-eval.js:6`, want: frame{Func: "%entry", File: "file:///app/e5-eval.js", Line: 6, TopLevel: true}},
		{line: `%entry@eval code:1`, want: frame{Func: "%entry", Line: 1, Eval: true, Origin: "eval code", TopLevel: true}},
		{line: `m@eval code:1`, want: frame{Func: "m", Line: 1, Eval: true, Origin: "eval code"}},
		{line: `anonymous@:2`, want: frame{Func: "anonymous", Line: 2}},
		{line: `@:1`, want: frame{Line: 1}},
		{line: `pong@file:///app/e5-overflow.js:0`, want: frame{Func: "pong", File: "file:///app/e5-overflow.js"}},
		{line: `with (parens)@file:///app/e5-names.js:6`, want: frame{Func: "with (parens)", File: "file:///app/e5-names.js", Line: 6}},
		{line: `foo@http://x/y.js:1:2@file:///app/e5-names.js:28`, want: frame{Func: "foo@http://x/y.js:1:2", File: "file:///app/e5-names.js", Line: 28}},
	})
	checkNoFrames(t, formats.QV4, []string{`forEach@[native code]`, `eval code@`, `boom`, `contact me@example.com now`})
}
