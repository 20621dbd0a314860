package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestRows(t *testing.T) {
	checkRows(t, formats.Rows, []row{
		{line: "translateText\t@ Code.gs:78", want: frame{Func: "translateText", File: "Code.gs", Line: 78}},
		{line: "g\t@ [native code]", want: frame{Func: "g", Native: true}},
		{line: "at App.js:12:34 in <global>", want: frame{Func: "<global>", File: "App.js", Line: 12, Col: 34}, written: "<global>\t@ App.js:12:34"},
		{line: "- node_modules/a.js:104:6 in f", want: frame{Func: "f", File: "node_modules/a.js", Line: 104, Col: 6}, written: "f\t@ node_modules/a.js:104:6"},
		{line: "* [native code]:null in g", want: frame{Func: "g", Native: true}, written: "g\t@ [native code]"},
		{line: "https://h/a.js?v=1:72:in Object.p.f [as g]", want: frame{Func: "Object.p.f", Alias: "g", File: "https://h/a.js?v=1", Line: 72}, written: "Object.p.f [as g]\t@ https://h/a.js?v=1:72"},
		{line: "src/a.js:92 - init/window.onerror", want: frame{Func: "init/window.onerror", File: "src/a.js", Line: 92}, written: "init/window.onerror\t@ src/a.js:92"},
		{line: "http://h/b:99 -", want: frame{File: "http://h/b", Line: 99}, written: "\t@ http://h/b:99"},
		{line: `1 File "(unknown)" line 2 col 297 in eval`, want: frame{Func: "eval", File: "(unknown)", Line: 2, Col: 297}, written: "eval\t@ (unknown):2:297"},
		{line: "f in /a/b.ts [Line 8] (Not in app)", want: frame{Func: "f", File: "/a/b.ts", Line: 8}, written: "f\t@ /a/b.ts:8"},
		{line: "f in /a/b.ts [Line 8, Col 3] (In app)", want: frame{Func: "f", File: "/a/b.ts", Line: 8, Col: 3}, written: "f\t@ /a/b.ts:8:3"},
		{line: "create in native [Line null] (Not in app)", want: frame{Func: "create", Native: true}, written: "create\t@ [native code]"},
		{line: "/a.min.js in o at line 2:24507", want: frame{Func: "o", File: "/a.min.js", Line: 2, Col: 24507}, written: "o\t@ /a.min.js:2:24507"},
		{line: "a/b.ts:142:21 (f)", want: frame{Func: "f", File: "a/b.ts", Line: 142, Col: 21}, written: "f\t@ a/b.ts:142:21"},
		{line: "/usr/l/casper.js:2446 in createPage", want: frame{Func: "createPage", File: "/usr/l/casper.js", Line: 2446}, written: "createPage\t@ /usr/l/casper.js:2446"},
		{line: "- build-html.js:110 doBuildPages", want: frame{Func: "doBuildPages", File: "build-html.js", Line: 110}, written: "doBuildPages\t@ build-html.js:110"},
		{line: "Frame: function:'f', file:'a.js', line: 1044, column: 12", want: frame{Func: "f", File: "a.js", Line: 1044, Col: 12}, written: "f\t@ a.js:1044:12"},
		{line: "f (/a/b.js:1:2)", want: frame{Func: "f", File: "/a/b.js", Line: 1, Col: 2}, written: "f\t@ /a/b.js:1:2"},
		{line: "f (a.js, line 99)", want: frame{Func: "f", File: "a.js", Line: 99}, written: "f\t@ a.js:99"},
		{line: "File: x.js, Line: 1, Column: 2", want: frame{File: "x.js", Line: 1, Col: 2}, written: "\t@ x.js:1:2"},
		{line: "x.js, line 157 character 370", want: frame{File: "x.js", Line: 157, Col: 370}, written: "\t@ x.js:157:370"},
		{line: "lib/a.dart 742:5      [_f]", want: frame{Func: "[_f]", File: "lib/a.dart", Line: 742, Col: 5}, written: "[_f]\t@ lib/a.dart:742:5"},
		{line: "bootstrap.js [1460] cljs.core.deref", want: frame{Func: "cljs.core.deref", File: "bootstrap.js", Line: 1460}, written: "cljs.core.deref\t@ bootstrap.js:1460"},
		{line: "[37]    g", want: frame{Func: "g", Line: 37}, written: "g\t@ :37"},
		{line: "Y4:Issue.tsx:125:86", want: frame{Func: "Y4", File: "Issue.tsx", Line: 125, Col: 86}, written: "Y4\t@ Issue.tsx:125:86"},
		{line: "popup.js:13 (anonymous function)", want: frame{Func: "(anonymous function)", File: "popup.js", Line: 13}, written: "(anonymous function)\t@ popup.js:13"},
		{line: "onload          main.jsbundle:6", want: frame{Func: "onload", File: "main.jsbundle", Line: 6}, written: "onload\t@ main.jsbundle:6"},
		{line: "⚡️  vendor.js:55:29", want: frame{File: "vendor.js", Line: 55, Col: 29}, written: "\t@ vendor.js:55:29"},
		{line: "/a/b.js:247", want: frame{File: "/a/b.js", Line: 247}, written: "\t@ /a/b.js:247"},
	})
	checkNoFrames(t, formats.Rows, []string{
		"",
		"two words in a sentence",
		"10:30 in the morning",
		"at f (/a.js:1:2)",
		"f@http://h/a.js:1:2",
		"src/a.ts:12:5 - error TS2322: Type 'a' is not assignable",
		"src/a.js:12: const x = 1",
		"12 in f",
		"see page 12 (chapter 3)",
		"http://localhost:3000",
		"listening on http://localhost:3000",
		"a.js [x] f",
		"File: x.js, Line: one, Column: 2",
		"#1 0x7f I   resource:///x.js",
	})
}

// TestRowsOfEngines checks rows that tell whose frames they are.
func TestRowsOfEngines(t *testing.T) {
	for line, want := range map[string]frame{
		"#0   7ffc b   resource:///x.js:82 (7fd0 @ 71)":  {File: "resource:///x.js", Line: 82, Engine: formats.SpiderMonkey},
		"at run(file: src/webpack:/a/b.js:22:0)":         {Func: "run", File: "src/webpack:/a/b.js", Line: 22, Engine: formats.V8},
		"at (file: src/webpack:/a/b.js:129:0)":           {File: "src/webpack:/a/b.js", Line: 129, Engine: formats.V8},
		"Zone.run(file: src/webpack:/a/b.js:155:0)":      {Func: "Zone.run", File: "src/webpack:/a/b.js", Line: 155, Engine: formats.V8},
		`File "https://h/a.js", line 1, in [anonymous]`:  {Func: "[anonymous]", File: "https://h/a.js", Line: 1, Engine: formats.Python},
		`File "[native code]", line unknown, in forEach`: {Func: "forEach", Native: true, Engine: formats.Rows},
	} {
		var got frame
		if shape := formats.ReadRow(&got, line); shape == nil || got != want {
			t.Errorf("ReadRow(%q) = %+v, %v, want %+v", line, got, shape != nil, want)
		}
	}
}
