package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestDevTools(t *testing.T) {
	checkRows(t, formats.DevTools, []row{
		{line: `foo @ file.js:12`, want: frame{Func: "foo", File: "file.js", Line: 12}},
		{line: `(anonymous) @ VM123:1`, want: frame{Func: "(anonymous)", File: "VM123", Line: 1}},
		{line: "(anonymous function)\t@\tthrow-error-basic.html:14", want: frame{Func: "(anonymous function)", File: "throw-error-basic.html", Line: 14}, written: `(anonymous function) @ throw-error-basic.html:14`},
		{line: `foo @ main.a3158be.js:1`, want: frame{Func: "foo", File: "main.a3158be.js", Line: 1}},
		{line: `foo @ index.js?v=2:10`, want: frame{Func: "foo", File: "index.js?v=2", Line: 10}},
		{line: `(anonymous) @ (index):12`, want: frame{Func: "(anonymous)", File: "(index)", Line: 12}},
		{line: `foo @ VM123 x.js:3`, want: frame{Func: "foo", File: "VM123 x.js", Line: 3}},
		{line: `(anonymous) @ VM55:1`, want: frame{Func: "(anonymous)", File: "VM55", Line: 1}},
		{line: `foo @ file.js:12:5`, want: frame{Func: "foo", File: "file.js", Line: 12, Col: 5}},
		{line: `Foo.bar @ file.js:12`, want: frame{Func: "Foo.bar", File: "file.js", Line: 12}},
		{line: `get prop @ file.js:12`, want: frame{Func: "get prop", File: "file.js", Line: 12}},
		{line: `a @ b @ file.js:12`, want: frame{Func: "a @ b", File: "file.js", Line: 12}},
	})
	checkNoFrames(t, formats.DevTools, []string{
		`foo@file.js:12`,
		`foo @ file.js`,
		`foo @ :12`,
		`@ file.js:12`,
		`foo @ file.js:0`,
		`foo @`,
		`setTimeout (async)`,
		`foo @ http://host:80`,
	})
}

// TestConsoleMatch tells rows that are surely a console's from prose.
func TestConsoleMatch(t *testing.T) {
	for _, test := range []struct {
		console, line string
		want          bool
	}{
		{"devtools", `(anonymous) @ x:1`, true},
		{"devtools", `foo @ file.js:12`, true},
		{"devtools", `foo @ index.js?v=2:10`, true},
		{"devtools", `foo @ (index):12`, true},
		{"devtools", `foo @ VM123 x.js:3`, true},
		{"devtools", `user @ host:22`, false},
		{"devtools", `svc @ db:5432`, false},
		{"devtools", `Meet me @ main.js:12`, false},
		{"devtools", `foo @ VMware:12`, false},
		{"firefoxconsole", `<anonymous> http://h/a.js:20`, true},
		{"firefoxconsole", `promise callback*bar http://h/a.js:1:2`, true},
		{"firefoxconsole", `foo http://h/a.js:12`, false},
		{"firefoxconsole", `GET http://h/a.js:12`, false},
		{"safariconsole", `foo — file.js:12`, true},
		{"safariconsole", `(anonymous function) — x:12:3`, true},
		{"safariconsole", `Chapter — section:12`, false},
		{"phantomjs", `phantomjs://code/x.js:12 in foo`, true},
		{"phantomjs", `http://h/a.js:12 in foo`, true},
		{"phantomjs", `http://h/page:12 in foo`, false},
		{"presto", `Line 44 of linked script http://path/to/file.js`, true},
		{"presto", `Line 5 of eval script`, false},
		{"react", `in Foo (at App.js:12)`, true},
		{"react", `in div`, false},
		{"vue", `---> <Foo> at src/Foo.vue`, true},
		{"vue", `at <App>`, false},
	} {
		if got := formatNamed(t, test.console).Match(test.line); got != test.want {
			t.Errorf("%s: Match(%q) = %t, want %t", test.console, test.line, got, test.want)
		}
	}
}
