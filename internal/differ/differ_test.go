package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// TestTexts checks that the texts are the same each time, that a thinned out set is a part of all, and
// that what is written can be read.
func TestTexts(t *testing.T) {
	write := func(every int) []byte {
		var b bytes.Buffer
		if err := writeTexts(&b, "../..", every); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	wide, again, narrow := write(2000), write(2000), write(4000)
	if !bytes.Equal(wide, again) {
		t.Error("other texts the second time")
	}
	all, few := texts(t, wide), texts(t, narrow)
	if len(few) >= len(all) || len(few) < 1000 {
		t.Errorf("%d texts of every 4000th capture, %d of every 2000th", len(few), len(all))
	}
	for name, text := range few {
		if all[name] != text {
			t.Errorf("%s is %q, among more texts %q", name, text, all[name])
		}
	}
}

// texts reads records by their names, of which no two may be alike.
func texts(t *testing.T, records []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	for r := bytes.NewReader(records); ; {
		name, text, err := readRecord(r)
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := all[name]; ok {
			t.Errorf("two texts are called %s", name)
		}
		all[name] = text
	}
}

// TestCompare compares results that differ in names only, and others.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name            string
		ignore, renames []string
		old, now        string
		want            []string // differences
	}{
		{"equal", nil, nil, `{"a":1}`, `{"a":1}`, nil},
		{"other order", nil, nil, `{"a":1,"b":2}`, `{"b":2,"a":1}`, nil},
		{"names of today", nil, nil, `{"frames":[{"asynccause":"x","toplevel":true}]}`, `{"frames":[{"asyncCause":"x","topLevel":true}]}`, nil},
		{"a list of wrappings", nil, nil, `{"wrapping":"prefix json"}`, `{"wrapping":["prefix","json"]}`, nil},
		{"other wrappings", nil, nil, `{"wrapping":"prefix json"}`, `{"wrapping":["json","prefix"]}`, []string{`.wrapping "prefix json", now "json prefix"`}},
		{"a new member", nil, nil, `{"a":1}`, `{"a":1,"label":"x"}`, []string{`.label null, now "x"`}},
		{"a new member that is ignored", []string{"label"}, nil, `{"a":[1]}`, `{"a":[1],"label":"x"}`, nil},
		{"a name that is told", nil, []string{"b=c"}, `{"b":1}`, `{"c":1}`, nil},
		{"a number", nil, nil, `{"a":[{"col":1}]}`, `{"a":[{"col":2}]}`, []string{`.a[0].col 1, now 2`}},
		{"a large number", nil, nil, `9007199254740992`, `9007199254740993`, []string{`9007199254740992, now 9007199254740993`}},
		{"another length", nil, nil, `{"a":[1,2]}`, `{"a":[1]}`, []string{`.a[1] 2, now null`}},
		{"another kind of value", nil, nil, `"same"`, `{"a":1}`, []string{`"same", now {"a":1}`}},
		{"a zero that was left out", nil, nil, `{"a":null}`, `{"a":0}`, []string{`.a null, now 0`}},
	} {
		f, err := newForm(test.ignore, test.renames)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		c := &comparison{form: f, show: 10, out: &out, errs: io.Discard}
		c.compare("name", "text", []result{{"parse", []byte(test.old)}}, []result{{"parse", []byte(test.now)}})
		if differs := c.different == 1; differs != (test.want != nil) {
			t.Errorf("%s: %s and %s differ: %v, want %v", test.name, test.old, test.now, differs, test.want != nil)
		}
		var got []string
		for line := range strings.Lines(out.String()) {
			if d, ok := strings.CutPrefix(line, "    "); ok {
				got = append(got, strings.TrimSuffix(d, "\n"))
			}
		}
		if strings.Join(got, "; ") != strings.Join(test.want, "; ") {
			t.Errorf("%s: differences of %s and %s are %q, want %q", test.name, test.old, test.now, got, test.want)
		}
	}
}

// TestUse checks the exit status and the message of calls that are wrong.
func TestUse(t *testing.T) {
	for _, test := range []struct {
		args   string
		status int
		want   string // in the message
	}{
		{"", failed, "usage:"},
		{"help", equal, ""},
		{"text", failed, `no command "text"`},
		{"texts --every 0", failed, "--every 0"},
		{"texts x", failed, `"x"`},
		{"texts --root nowhere", failed, "nowhere"},
		{"texts --nothing", failed, "nothing"},
		{"compare a b", failed, "three arguments"},
		{"compare --rename a b c d", failed, `"a"`},
		{"compare nowhere b c", failed, "nowhere"},
	} {
		var out, errs strings.Builder
		if status := run(strings.Fields(test.args), &out, &errs); status != test.status || !strings.Contains(errs.String(), test.want) {
			t.Errorf("differ %s: status %d and %q, want %d and %q", test.args, status, errs.String(), test.status, test.want)
		}
	}
}

// TestDumpsOfOldRevisions checks that the programs that are kept for older revisions are Go.
func TestDumpsOfOldRevisions(t *testing.T) {
	names, err := filepath.Glob("dump-v*.go.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no dump-v*.go.txt: %v", err)
	}
	for _, name := range names {
		if _, err := parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
			t.Error(err)
		}
	}
}
