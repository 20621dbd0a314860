package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestPython(t *testing.T) {
	checkRows(t, formats.Python, []row{
		{line: `File "/app/a.py", line 18, in <module>`, want: frame{Func: "<module>", File: "/app/a.py", Line: 18, TopLevel: true}},
		{line: `File "/app/a.py", line 2, in rec`, want: frame{Func: "rec", File: "/app/a.py", Line: 2}},
		{line: `File "/app/a.py", line 2, in <lambda>`, want: frame{Func: "<lambda>", File: "/app/a.py", Line: 2}},
		{line: `File "/app/a.py", line 2, in <listcomp>`, want: frame{Func: "<listcomp>", File: "/app/a.py", Line: 2}},
		{line: `File "/app/a.py", line 2, in <genexpr>`, want: frame{Func: "<genexpr>", File: "/app/a.py", Line: 2}},
		{line: `File "/app/a.py", line 2, in ошибка`, want: frame{Func: "ошибка", File: "/app/a.py", Line: 2}},
		{line: `File "/app/a.py", line 2, in __init__`, want: frame{Func: "__init__", File: "/app/a.py", Line: 2}},

		// Code that generated code names, as templates do.
		{line: `File "/app/t.html", line 5, in top-level template code`, want: frame{Func: "top-level template code", File: "/app/t.html", Line: 5}},
		{line: `File "/app/t.html", line 5, in block "body"`, want: frame{Func: `block "body"`, File: "/app/t.html", Line: 5}},
		{line: `File "src/lxml/etree.pyx", line 3257, in lxml.etree.parse`, want: frame{Func: "lxml.etree.parse", File: "src/lxml/etree.pyx", Line: 3257}},

		// Where a syntax error was found.
		{line: `File "/app/broken.py", line 1`, want: frame{File: "/app/broken.py", Line: 1}},
		{line: `File "<string>", line 1`, want: frame{File: "<string>", Line: 1, Eval: true}},

		// Code that has no file.
		{line: `File "<string>", line 4, in <module>`, want: frame{Func: "<module>", File: "<string>", Line: 4, Eval: true, TopLevel: true}},
		{line: `File "<stdin>", line 2, in f`, want: frame{Func: "f", File: "<stdin>", Line: 2, Eval: true}},
		{line: `File "<python-input-0>", line 1, in <module>`, want: frame{Func: "<module>", File: "<python-input-0>", Line: 1, Eval: true, TopLevel: true}},
		{line: `File "<ipython-input-1-8e5d1ff5f7e0>", line 1, in <module>`, want: frame{Func: "<module>", File: "<ipython-input-1-8e5d1ff5f7e0>", Line: 1, Eval: true, TopLevel: true}},
		{line: `File "<frozen importlib._bootstrap>", line 488, in _call_with_frames_removed`, want: frame{Func: "_call_with_frames_removed", File: "<frozen importlib._bootstrap>", Line: 488}},
		{line: `File "<frozen runpy>", line 198, in _run_module_as_main`, want: frame{Func: "_run_module_as_main", File: "<frozen runpy>", Line: 198}},

		// Files with odd names: nothing in them is escaped.
		{line: `File "C:\Users\me\My App\a.py", line 3, in f`, want: frame{Func: "f", File: `C:\Users\me\My App\a.py`, Line: 3}},
		{line: `File "/app/say "hi".py", line 3, in f`, want: frame{Func: "f", File: `/app/say "hi".py`, Line: 3}},
		{line: `File "/app/a", line 1, in b", line 3, in f`, want: frame{Func: "f", File: `/app/a", line 1, in b`, Line: 3}},
		{line: `File "", line 3, in f`, want: frame{Func: "f", Line: 3}},
		{line: `File "a.zip/b.py", line 3, in f`, want: frame{Func: "f", File: "a.zip/b.py", Line: 3}},

		// Lines that are not known.
		{line: `File "/app/a.py", line None, in f`, want: frame{Func: "f", File: "/app/a.py"}},
		{line: `File "/app/a.py", line 0, in f`, want: frame{Func: "f", File: "/app/a.py"}, written: `File "/app/a.py", line None, in f`},

		// faulthandler.
		{line: `File "/app/fault.py", line 8 in f`, want: frame{Func: "f", File: "/app/fault.py", Line: 8}, written: `File "/app/fault.py", line 8, in f`},
		{line: `File "/app/fault.py", line 9 in <module>`, want: frame{Func: "<module>", File: "/app/fault.py", Line: 9, TopLevel: true}, written: `File "/app/fault.py", line 9, in <module>`},
		{line: `File "/app/fault.py", line ??? in f`, want: frame{Func: "f", File: "/app/fault.py"}, written: `File "/app/fault.py", line None, in f`},
		{line: `File ???, line 8 in f`, want: frame{Func: "f", Line: 8}, written: `File "", line 8, in f`},

		// What web pages make of quotes and of what looks like a tag.
		{line: `File “/app/a.py”, line 18, in f`, want: frame{Func: "f", File: "/app/a.py", Line: 18}, written: `File "/app/a.py", line 18, in f`},
		{line: `File „/app/a.py“, line 18, in f`, want: frame{Func: "f", File: "/app/a.py", Line: 18}, written: `File "/app/a.py", line 18, in f`},
		{line: `File «/app/a.py», line 18, in f`, want: frame{Func: "f", File: "/app/a.py", Line: 18}, written: `File "/app/a.py", line 18, in f`},
		{line: `File »/app/a.py«, line 18, in f`, want: frame{Func: "f", File: "/app/a.py", Line: 18}, written: `File "/app/a.py", line 18, in f`},
		{line: `File ”/app/a.py”, line 18, in f`, want: frame{Func: "f", File: "/app/a.py", Line: 18}, written: `File "/app/a.py", line 18, in f`},
		{line: `File "/app/a.py", line 18, in`, want: frame{File: "/app/a.py", Line: 18}, written: `File "/app/a.py", line 18`},
	})
}

func TestPythonNoFrames(t *testing.T) {
	checkNoFrames(t, formats.Python, []string{
		`Traceback (most recent call last):`,
		`File "a.py"`,
		`File "a.py", line`,
		`File "a.py", line x, in f`,
		`File "a.py", li`,
		`File "a.py", line 3 and more`,
		`File "a.py", line 3: oops`,
		`File "a.ml", line 3, characters 4-10:`,
		`File "a.py, line 3, in f`,
		`File a.py, line 3, in f`,
		`File 'a.py', line 3, in f`,
		`File "a.py", line 1234567890, in f`,
		`file "a.py", line 3, in f`,
		`  File "a.py", line 3, in f`,
		`See File "a.py", line 3, in f`,
		`File "a.py", line 3, inside f`,
		`ValueError: x`,
	})
}
