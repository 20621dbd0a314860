package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func formatNamed(t *testing.T, name string) *formats.Format {
	t.Helper()
	format := formats.Named(name)
	if format == nil {
		t.Fatalf("Named(%q) = nil", name)
	}
	return format
}

func TestFirefoxConsole(t *testing.T) {
	checkRows(t, formats.FirefoxConsole, []row{
		{line: `foo http://h/a.js:12`, want: frame{Func: "foo", File: "http://h/a.js", Line: 12}},
		{line: `<anonymous> http://h/a.js:20`, want: frame{Func: "<anonymous>", File: "http://h/a.js", Line: 20}},
		{line: `promise callback*bar http://h/a.js:1:2`, want: frame{Func: "bar", File: "http://h/a.js", Line: 1, Col: 2, Async: true, AsyncCause: "promise callback"}},
		{line: `async*<anonymous> http://h/a.js:20:3`, want: frame{Func: "<anonymous>", File: "http://h/a.js", Line: 20, Col: 3, Async: true, AsyncCause: "async"}},
		{line: `outer/inner< http://h/a.js:20:3`, want: frame{Func: "outer/inner<", File: "http://h/a.js", Line: 20, Col: 3}},
		{line: `get prop http://h:8080/a.js:20`, want: frame{Func: "get prop", File: "http://h:8080/a.js", Line: 20}},
		{line: `foo resource://gre/modules/X.sys.mjs:12`, want: frame{Func: "foo", File: "resource://gre/modules/X.sys.mjs", Line: 12}},
	})
	checkNoFrames(t, formats.FirefoxConsole, []string{
		`http://h/a.js:12`,
		`foo a.js:12`,
		`a.js:12:5`,
		`foo http://h/a.js`,
		`GET http://h:80`,
		`foo http://h/a.js:0`,
		`foo@http://h/a.js:12`,
	})
}

func TestSafariConsole(t *testing.T) {
	checkRows(t, formats.SafariConsole, []row{
		{line: `foo — file.js:12`, want: frame{Func: "foo", File: "file.js", Line: 12}},
		{line: `(anonymous function) — file.js:12:3`, want: frame{Func: "(anonymous function)", File: "file.js", Line: 12, Col: 3}},
		{line: `Global Code — file.js:20`, want: frame{Func: "Global Code", File: "file.js", Line: 20, TopLevel: true}},
		{line: `Eval Code — file.js:20`, want: frame{Func: "Eval Code", File: "file.js", Line: 20, Eval: true}},
	})
	checkNoFrames(t, formats.SafariConsole, []string{`foo - file.js:12`, `foo — file.js`, `— file.js:12`, `Before — and after`})
}

func TestPhantomJS(t *testing.T) {
	checkRows(t, formats.PhantomJS, []row{
		{line: `phantomjs://code/x.js:12 in foo`, want: frame{Func: "foo", File: "phantomjs://code/x.js", Line: 12}},
		{line: `http://h/a.js:12 in foo`, want: frame{Func: "foo", File: "http://h/a.js", Line: 12}},
		{line: `phantomjs://code/x.js:20`, want: frame{File: "phantomjs://code/x.js", Line: 20}},
	})
	checkNoFrames(t, formats.PhantomJS, []string{`x.js:12 in foo`, `http://h/a.js in foo`, `http://h:80 in foo`, `see http://h/a.js:12 in foo`, `http://h/a.js:12:3`})
}

func TestVitest(t *testing.T) {
	checkRows(t, formats.Vitest, []row{
		{line: `❯ helper vi.test.mjs:2:27`, want: frame{Func: "helper", File: "vi.test.mjs", Line: 2, Col: 27}},
		{line: `❯ vi.test.mjs:4:24`, want: frame{File: "vi.test.mjs", Line: 4, Col: 24}},
		{line: `❯ Object.run ../src/my file.ts:4:24`, want: frame{Func: "Object.run", File: "../src/my file.ts", Line: 4, Col: 24}},
	})
	checkNoFrames(t, formats.Vitest, []string{`❯ vi.test.mjs (8 tests | 7 failed) 12ms`, `❯ vi.test.mjs`, `❯ vi.test.mjs:4`, `vi.test.mjs:4:24`, `❯ `})
}
