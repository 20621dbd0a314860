package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/internal/truth"
)

// node finds the node that is there, or skips the test.
func node(t *testing.T) *Engine {
	t.Helper()
	e := engines()[0]
	if !e.find(t.Context(), "") {
		t.Skip("no node in PATH: the truth is what node says here and now. TestMisses compares with truths that are written down")
	}
	return e
}

// TestNode asks node for its truth and compares all of it.
func TestNode(t *testing.T) {
	e := node(t)
	var some [2][]*Program
	for i, folder := range []string{"programs", "printed"} {
		all, err := readPrograms(folder, "")
		if err != nil {
			t.Fatal(err)
		}
		for n := 0; n < len(all); n += corpus.Step(5) {
			some[i] = append(some[i], all[n])
		}
	}
	results, err := e.run(t.Context(), some[0], some[1])
	if err != nil {
		t.Fatal(err)
	}
	table := newTable(append(some[0], some[1]...))
	table.add(e, results)
	if right, all, _ := table.columns[0].total(); all < 3*len(results) {
		t.Errorf("only %d of %d facts of %d programs are right", right, all, len(results))
	}
	if n := table.unexplained(); n > 0 {
		var b bytes.Buffer
		table.printMisses(&b)
		t.Errorf("%d misses:\n%s", n, b.String())
	}
}

// TestMisses checks that what is read in another way than the truth says is found.
func TestMisses(t *testing.T) {
	p, err := parseProgram("a.js", "// A program.\nfunction f() {\n  throw new Error('x'); /*#1 f*/\n}\ntry {\n  f(); /*#2 <top>*/\n} catch (e) { report(e); }\n")
	if err != nil {
		t.Fatal(err)
	}
	text := func(s string) *string { return &s }
	for _, test := range []struct {
		name, stack string
		sites       []truth.CallSite
		misses      int
	}{
		{"right", "Error: x\n    at f (/app/a.js:3:9)\n    at /app/a.js:6:3", nil, 0},
		{"a caller left out by the engine", "Error: x\n    at f (/app/a.js:3:9)", nil, 0},
		{"another name", "Error: x\n    at other (/app/a.js:3:9)", nil, 1},
		{"a line that is no frame", "Error: x\n    at f (/app/a.js:3:9)\n    or at [/app/a.js:6 there", nil, 1},
		{"another header", "Error: y\n    at f (/app/a.js:3:9)", nil, 0},
		{"call sites", "Error: x\n    at f (/app/a.js:3:9)", []truth.CallSite{{Func: "f", File: "/app/a.js", Line: 3, Col: 9, Text: "f (/app/a.js:3:9)"}}, 0},
		{"another column", "Error: x\n    at f (/app/a.js:3:9)", []truth.CallSite{{Func: "f", File: "/app/a.js", Line: 3, Col: 8, Text: "f (/app/a.js:3:8)"}}, 1},
		{"a call site without a frame", "Error: x\n", []truth.CallSite{{Func: "f", File: "/app/a.js", Line: 3, Col: 8, Text: "f (/app/a.js:3:8)"}}, 1},
	} {
		r := &Result{Capture: truth.Capture{Name: text("Error"), Message: text("x"), String: text("Error: x"), Text: test.stack, Sites: test.sites}}
		if s := compare(p, r); len(s.Misses) != test.misses {
			t.Errorf("%s: misses %+v, want %d", test.name, s.Misses, test.misses)
		}
	}
}

// TestPrograms checks what every program must have.
func TestPrograms(t *testing.T) {
	for _, folder := range []string{"programs", "printed"} {
		all, err := readPrograms(folder, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			if !strings.HasPrefix(p.Source, "// ") || !strings.HasSuffix(p.Doc, ".") {
				t.Errorf("%s: the first line is no comment that says what it is about, but %q", p.Name, p.Doc)
			}
			if _, message := p.thrown(); folder == "printed" && message == "" {
				t.Errorf("%s does not say what it prints", p.Name)
			}
		}
	}
	for _, source := range []string{"/*#2 f*/", "/*#1 f*/ /*#1 g*/"} {
		if p, err := parseProgram("x.js", source); err == nil {
			t.Errorf("%q has the marks %v, want an error", source, p.Marks)
		}
	}
}

// TestSave writes captures and reads them again.
func TestSave(t *testing.T) {
	e := node(t)
	folder := t.TempDir()
	var stdout, stderr bytes.Buffer
	if _, err := run(t.Context(), []string{"--engines", "node", "--only", "call.js", "--quiet", "--save", folder}, &stdout, &stderr); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(names) != 1 || filepath.Base(names[0]) != "node-"+e.version+".jsonl.gz" {
		t.Fatalf("files %q, %v", names, err)
	}
	all, err := corpus.Read[truth.Capture](names[0])
	if err != nil || len(all) != 2 { // call.js and tail-call.js
		t.Fatalf("%d captures, %v", len(all), err)
	}
	c := all[0]
	if c.ID == "" || c.Engine != "v8" || c.Version != e.version || !strings.HasPrefix(c.Text, "Error: call\n    at inner (/app/call.js:3:9)\n") || len(c.Sites) == 0 || len(c.Chain) != 3 {
		t.Errorf("capture %+v", c)
	}
	if strings.Contains(c.Text, os.TempDir()+"/conformance") {
		t.Errorf("the text has a path of this machine: %s", c.Text)
	}
}

// TestAgainst compares an engine with itself, and lines.
func TestAgainst(t *testing.T) {
	e := node(t)
	var stdout, stderr bytes.Buffer
	if _, err := run(t.Context(), []string{"--engines", "node", "--only", "call.js", "--against", e.path}, &stdout, &stderr); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	if !strings.HasSuffix(stdout.String(), "\n0 of 2 programs differ, in 0 ways\n") {
		t.Errorf("an engine differs from itself:\n%s", stdout.String())
	}
	got := changedLines("a\nb\nc\nd", "a\nx\nc\nd\ne")
	if want := []string{"-b\n+x\n", "+e\n"}; !slices.Equal(got, want) {
		t.Errorf("changes %q, want %q", got, want)
	}
}

// TestArguments checks what is said of wrong arguments.
func TestArguments(t *testing.T) {
	for _, args := range [][]string{{"--engines", "spider"}, {"--binary", "node"}, {"--binary", "nodes=/bin/x"}, {"x"}, {"--against", "/bin/node"}} {
		var stdout, stderr bytes.Buffer
		if _, err := run(t.Context(), args, &stdout, &stderr); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
