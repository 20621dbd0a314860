package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	// mapText is the map of a script in which 1:1 is in total, in the third line of src/cart.js, and 1:2 where
	// it is called, in a source of the ignore list.
	mapText   = `{"version":3,"sources":["../src/cart.js","../node_modules/lib/index.js"],"sourcesContent":["// the cart\nexport function total(items) {\n\treturn items.map(price)\n}\n","export function each(f) { f() }"],"names":[],"mappings":"AAEQ,CCFkB","ignoreList":[1]}`
	mapsTrace = "TypeError: x is null\n    at t (https://shop.example.com/assets/app.js:1:1)\n    at n (https://shop.example.com/assets/app.js:1:2)\n    at o (https://shop.example.com/assets/other.js:1:2)\n"
)

// mapsFolder returns a folder with the map for mapsTrace.
func mapsFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "app.js.map"), []byte(mapText), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// runWith runs the command and returns its exit status and what it printed.
func runWith(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

func TestMap(t *testing.T) {
	dir := mapsFolder(t)
	status, out, errs := runWith(mapsTrace, "map", "--maps", dir)
	want := `TypeError: x is null
  total  ../src/cart.js:3:9
          1 | // the cart
          2 | export function total(items) {
    >     3 | 	return items.map(price)
            | 	       ^
          4 | }
          5 | 
  each  ../node_modules/lib/index.js:1:27
  o  https://shop.example.com/assets/other.js:1:2  [no map]
2 of 3 frames mapped
`
	if status != exitFound || out != want || errs != "" {
		t.Errorf("status %d, stderr %q, printed\n%s\nwant\n%s", status, errs, out, want)
	}
	if _, out, _ = runWith(mapsTrace, "map", "--maps", dir, "--context", "0", "--color", "always"); !strings.Contains(out, "\x1b[") || strings.Contains(out, "the cart") {
		t.Errorf("in colour and without lines around: %q", out)
	}
	for _, args := range [][]string{{"map"}, {"map", "--maps", filepath.Join(dir, "missing")}, {"map", "--maps", dir, "--context", "-1"}, {"parse", "--maps", filepath.Join(dir, "missing")}} {
		if status, out, errs := runWith(mapsTrace, args...); status != exitUsage || errs == "" || out != "" {
			t.Errorf("%q: status %d, %q, stderr %q", args, status, out, errs)
		}
	}
}

func TestMapRecords(t *testing.T) {
	dir := mapsFolder(t)
	line, err := json.Marshal(map[string]any{"id": 7, "text": mapsTrace})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"map", "parse"} {
		status, out, errs := runWith(string(line)+"\nno json\n", command, "--maps", dir, "--ndjson")
		answers := strings.Split(strings.TrimSpace(out), "\n")
		if status != exitFound || errs != "" || len(answers) != 2 || !strings.Contains(answers[1], `"line":2`) {
			t.Fatalf("%s: status %d, stderr %q, printed %s", command, status, errs, out)
		}
		var a struct {
			ID    int
			Trace struct {
				Frames []struct {
					Func, File, Text string
					Line, Col        int
				}
			}
			Canonical struct {
				Frames []struct {
					File  string
					InApp bool
				}
			}
		}
		if err := json.Unmarshal([]byte(answers[0]), &a); err != nil {
			t.Fatal(err)
		}
		f := a.Trace.Frames[0]
		if a.ID != 7 || f.Func != "total" || f.File != "../src/cart.js" || f.Line != 3 || f.Col != 9 || !strings.Contains(f.Text, "app.js:1:1") {
			t.Errorf("%s: %+v", command, a)
		}
		if c := a.Canonical.Frames; len(c) != 3 || !c[0].InApp || c[0].File != "src/cart.js" || c[1].InApp {
			t.Errorf("%s: canonical frames %+v", command, c)
		}
	}
}

// TestMapsOfLogs: scan and top map what they find in a log.
func TestMapsOfLogs(t *testing.T) {
	dir := mapsFolder(t)
	for _, args := range [][]string{{"scan", "--maps", dir}, {"top", "--maps", dir, "--format", "json"}, {"parse", "--maps", dir, "--format", "text"}} {
		status, out, errs := runWith("listening\n"+mapsTrace+"done\n", args...)
		if status != exitFound || errs != "" || !strings.Contains(out, "total") || !strings.Contains(out, "src/cart.js") {
			t.Errorf("%q: status %d, stderr %q, printed %s", args[0], status, errs, out)
		}
	}
}

func TestMapAllErrors(t *testing.T) {
	dir := mapsFolder(t)
	text := mapsTrace + "\n" + strings.ReplaceAll(mapsTrace, "TypeError", "RangeError")
	_, out, _ := runWith(text, "map", "--maps", dir, "--all", "--format", "json")
	if lines := strings.Split(strings.TrimSpace(out), "\n"); len(lines) != 2 || !strings.Contains(lines[1], "RangeError") || !strings.Contains(lines[1], `"total"`) {
		t.Errorf("printed %s", out)
	}
}

func TestWindow(t *testing.T) {
	long := strings.Repeat("ab", 200)
	for _, c := range []struct {
		line         string
		col          int
		text, indent string
	}{
		{"x y", 3, "x y", "  "},
		{"\t\tx", 3, "\t\tx", "\t\t"},
		{"😀x", 3, "😀x", " "},
		{"x", 99, "x", " "},
		{"x\r", 1, "x", ""},
		{long, 300, long[239 : 239+120], strings.Repeat(" ", 60)},
	} {
		if text, indent := window(c.line, c.col); text != c.text || indent != c.indent {
			t.Errorf("window(%.20q, %d) = %q, %q, want %q, %q", c.line, c.col, text, indent, c.text, c.indent)
		}
	}
}
