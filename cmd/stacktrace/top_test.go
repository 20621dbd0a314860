package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// shop is a log of two failures in two engines' words.
const shop = `2026-11-21T10:00:00Z listening
2026-11-21T10:00:01Z ERROR TypeError: Cannot read properties of undefined (reading 'id')
    at load (https://a.example.com/src/cart.js:12:7)
    at Array.map (<anonymous>)
    at render (https://a.example.com/node_modules/preact/dist/preact.js:1:400)
    at start (https://a.example.com/src/app.js:3:1)
2026-11-21T10:00:02Z ERROR Error: order 17 is lost
    at find (https://a.example.com/src/orders.js:5:9)
2026-11-21T10:00:05Z ERROR Error: order 18 is lost
    at find (https://a.example.com/src/orders.js:5:9)
2026-11-21T10:00:17Z ERROR TypeError: undefined is not an object (evaluating 'user.id')
load@https://a.example.com/src/cart.js:12:7
render@https://a.example.com/node_modules/preact/dist/preact.js:1:400
start@https://a.example.com/src/app.js:3:1
2026-11-21T10:00:17Z ERROR Error: order 19 is lost
    at find (https://a.example.com/src/orders.js:5:9)
2026-11-21T10:00:18Z bye
`

// topOf returns what top prints of a log, and its exit status.
func topOf(t *testing.T, stdin string, args ...string) (string, int) {
	t.Helper()
	var stdout, stderr strings.Builder
	status := run(append([]string{"top"}, args...), strings.NewReader(stdin), &stdout, &stderr)
	if stderr.Len() > 0 {
		t.Errorf("standard error: %s", stderr.String())
	}
	return stdout.String(), status
}

// withoutFingerprints replaces fingerprints, which are the business of package normalize.
func withoutFingerprints(s string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "st2:")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteString("st2:…")
		s = after[1+32:]
	}
}

func TestTopText(t *testing.T) {
	// 16 seconds in parts of 2^20 microseconds.
	const want = `3   60.0 %  ▁█▁▁█▁▁▁▁▁▁▁▁▁▁█  Error: order <number> is lost
   find  /src/orders.js:5
   V8, 2026-11-21 10:00:02 Z to 2026-11-21 10:00:17 Z
   st2:…

2   40.0 %  █▁▁▁▁▁▁▁▁▁▁▁▁▁▁█  TypeError: Cannot read properties of undefined (reading 'id')
   load   /src/cart.js:12
   start  /src/app.js:3
   V8, JavaScriptCore, 2026-11-21 10:00:01 Z to 2026-11-21 10:00:17 Z
   st2:…

5  traces
`
	got, status := topOf(t, shop, "--format", "text")
	if status != exitFound {
		t.Errorf("status %d, want %d", status, exitFound)
	}
	if diff := cmp.Diff(want, withoutFingerprints(got)); diff != "" {
		t.Errorf("top (-want +got):\n%s", diff)
	}
	got, _ = topOf(t, shop, "--format", "text", "-n", "1")
	checkOutput(t, "top -n 1", got, "\n2   40.0 %  1 other group\n5  traces\n")
}

func TestTopJSON(t *testing.T) {
	got, status := topOf(t, shop)
	if status != exitFound {
		t.Errorf("status %d, want %d", status, exitFound)
	}
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines, want 2:\n%s", len(lines), got)
	}
	var line map[string]any
	if err := json.Unmarshal([]byte(lines[1]), &line); err != nil {
		t.Fatal(err)
	}
	delete(line, "fingerprint")
	timeline, ok := line["timeline"].(map[string]any)
	if !ok || timeline["sparkline"] != "█▁▁▁▁▁▁▁▁▁▁▁▁▁▁█" || timeline["seconds"] != 1.048576 {
		t.Errorf("timeline = %v", line["timeline"])
	}
	delete(line, "timeline")
	want := map[string]any{
		"count": 2.0, "share": 0.4, "first": "2026-11-21T10:00:01Z", "last": "2026-11-21T10:00:17Z",
		"engines": []any{"v8", "jsc"}, "type": "TypeError",
		"message":  "Cannot read properties of undefined (reading 'id')",
		"template": "undefined or null has no property",
		"frames": []any{
			map[string]any{"func": "load", "file": "/src/cart.js", "line": 12.0, "code": "app", "inApp": true},
			map[string]any{"func": "start", "file": "/src/app.js", "line": 3.0, "code": "app", "inApp": true},
		},
		"start":   float64(strings.Index(shop, "2026-11-21T10:00:01Z")),
		"title":   "TypeError: Cannot read properties of undefined (reading 'id')",
		"culprit": "load (/src/cart.js:12)",
	}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Errorf("the second group (-want +got):\n%s", diff)
	}
}

func TestTop(t *testing.T) {
	const bare = "Error: a\n    at f (/src/a.js:1:2)\nError: b\n    at g (/src/b.js:3:4)\n"
	for _, test := range []struct {
		name, log string
		args      []string
		status    int
		want      string // in the output; "" for no output
	}{
		{"nothing", "start\nend\n", nil, exitNone, ""},
		{"nothing for a person", "start\nend\n", []string{"--format", "text"}, exitNone, ""},
		{"without times", bare, []string{"--format", "text"}, exitFound, "1   50.0 %  Error: a\n   f  /src/a.js:1\n   V8\n   st2:s"},
		{"what was first is first", bare, []string{"--format", "text", "-n", "1"}, exitFound, "1   50.0 %  1 other group\n2  traces\n"},
		{"all", bare, []string{"--format", "text", "-n", "0"}, exitFound, "Error: b\n   g  /src/b.js:3\n"},
		{"exact", bare, []string{"--by", "exact"}, exitFound, `{"fingerprint":"st2:e`},
		{"loose", bare, []string{"--by=loose"}, exitFound, `{"fingerprint":"st2:l`},
		{"one time is no span", "2026-11-21T10:00:00Z " + bare, nil, exitFound, `"first":"2026-11-21T10:00:00Z","last":"2026-11-21T10:00:00Z","engines":["v8"],"type":"Error","message":"a","template":"a","frames":[{"func":"f","file":"/src/a.js","line":1,"code":"app","inApp":true}],"start":0,"title":"Error: a","culprit":"f (/src/a.js:1)"}` + "\n"},
		{"a zone that JSON cannot have", "2026-11-21T10:00:00+24:00 ERROR " + bare, nil, exitFound, `"first":"2026-11-20T10:00:00Z"`},
		{"a year that JSON cannot have", "9999-12-31T23:59:59-05:00 ERROR " + bare, nil, exitFound, `"engines":["v8"]`},
		{"no code of the application", "Error: a\n    at f (/src/node_modules/left/a.js:1:2)\n", nil, exitFound, `"inApp":false}],"start":0,"title"`},
		{"a message of two lines", "Error: a\nb\n    at f (/src/a.js:1:2)\n", []string{"--format", "text"}, exitFound, "Error: a …\n"},
		{"a terminal's orders", "Error: a\x1b]0;title\x07 b\n    at f\x07 (/src/a.js:1:2)\n", []string{"--format", "text"}, exitFound, "␇ b\n   f␇  /src/a.js:1\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, status := topOf(t, test.log, test.args...)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			checkOutput(t, "standard output", got, test.want)
		})
	}
}

func TestTopRefuses(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing.log")
	for _, test := range []struct {
		args   []string
		stderr string
	}{
		{[]string{"--by", "name"}, `unknown fingerprint "name": exact, stable or loose`},
		{[]string{"-n", "-1"}, "-n -1 is less than none"},
		{[]string{"-n", "many"}, `"many"`},
		{[]string{"--format", "xml"}, `unknown format "xml"`},
		{[]string{missing}, missing + ": " + notThere},
	} {
		var stdout, stderr strings.Builder
		if status := run(append([]string{"top"}, test.args...), strings.NewReader(shop), &stdout, &stderr); status != exitUsage {
			t.Errorf("top %q = %d, want %d", test.args, status, exitUsage)
		}
		checkOutput(t, "standard output", stdout.String(), "")
		checkOutput(t, "standard error", stderr.String(), test.stderr)
	}
}

// TestTopFiles checks that several files are counted together, compressed or not.
func TestTopFiles(t *testing.T) {
	dir := t.TempDir()
	plain, packed := filepath.Join(dir, "a.log"), filepath.Join(dir, "b.log.gz")
	for name, content := range map[string]string{plain: shop, packed: gzipped(t, shop)} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, status := topOf(t, "", packed, plain)
	if status != exitFound {
		t.Errorf("status %d, want %d", status, exitFound)
	}
	checkOutput(t, "top", got, `"count":6,"share":0.6,`)
	checkOutput(t, "top", got, `"file":`+quoted(t, packed)+`,"start":`)
}

// TestTopCountsAll checks that top counts what scan finds, with the times that it finds.
func TestTopCountsAll(t *testing.T) {
	logs, err := filepath.Glob("../../testdata/logs/*.log")
	if err != nil || len(logs) == 0 {
		t.Fatalf("%d logs: %v", len(logs), err)
	}
	var scanned, stderr strings.Builder
	if status := run(append([]string{"scan"}, logs...), nil, &scanned, &stderr); status != exitFound {
		t.Fatalf("scan = %d: %s", status, stderr.String())
	}
	want, timed := 0, uint32(0)
	for text := range strings.Lines(scanned.String()) {
		var line struct{ Time *time.Time }
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		if want++; line.Time != nil {
			timed++
		}
	}
	for _, by := range []string{"exact", "stable", "loose"} {
		got, _ := topOf(t, "", append([]string{"-n", "0", "--by", by}, logs...)...)
		count, last, inParts := 0, want, uint32(0)
		for text := range strings.Lines(got) {
			var line struct {
				Count    int
				Timeline struct{ Counts []uint32 }
			}
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				t.Fatal(err)
			}
			if line.Count > last {
				t.Errorf("--by %s: %d after %d", by, line.Count, last)
			}
			count, last = count+line.Count, line.Count
			for _, n := range line.Timeline.Counts {
				inParts += n
			}
		}
		if count != want || inParts != timed {
			t.Errorf("--by %s: %d traces, %d with a time; scan found %d and %d", by, count, inParts, want, timed)
		}
	}
}

// TestTopBounded checks that only so many groups are kept, and that the rest is told.
func TestTopBounded(t *testing.T) {
	var stderr, json, text strings.Builder
	g := newGroups(normalize.Stable)
	g.max = 2
	top := &topping{command: &command{stderr: &stderr}, groups: g}
	for _, name := range []string{"f", "g", "h", "i", "f"} {
		trace := stacktrace.Parse("Error: a\n    at " + name + " (/src/a.js:1:2)")
		if len(trace.Frames) == 0 {
			t.Fatal("no frame")
		}
		g.add(source{name: "log"}, logscan.Found{Trace: trace})
	}
	if err := top.writeJSON(&json, g.rank(0, nil)); err != nil {
		t.Fatal(err)
	}
	checkOutput(t, "JSON", json.String(), `"count":2,"share":0.4,`)
	if n := strings.Count(json.String(), "\n"); n != 2 {
		t.Errorf("%d groups, want 2", n)
	}
	checkOutput(t, "standard error", stderr.String(), "2 traces are of other groups than the first 2")
	top.writeText(&text, g.rank(1, nil))
	checkOutput(t, "text", text.String(), "3   60.0 %  other groups, of which only the first 2 are told apart\n5  traces\n")
}

// TestTopKeepsLittle checks that what is kept of a trace does not grow with it.
func TestTopKeepsLittle(t *testing.T) {
	long := strings.Repeat("ä", 5000)
	trace := stacktrace.Parse("Error: " + long + "\n    at f" + long + " (/src/" + long + ".js:1:2)")
	if len(trace.Frames) == 0 {
		t.Fatal("no frame")
	}
	g := newGroups(normalize.Stable)
	g.add(source{name: "log"}, logscan.Found{Trace: trace})
	kept := g.rank(0, nil)[0]
	for _, s := range []string{kept.Messages()[0].Name, kept.Template(), kept.Frames[0].Func, kept.Frames[0].File} {
		if len(s) > 1000+len("…") || !strings.HasSuffix(s, "ä…") {
			t.Errorf("%d bytes are kept, which end in %q", len(s), s[max(0, len(s)-8):])
		}
	}
}

// TestTopStable checks that what is printed does not hang on the order of a map.
func TestTopStable(t *testing.T) {
	var log strings.Builder
	for i := range 50 {
		fmt.Fprintf(&log, "Error: a\n    at f%c (/src/a.js:1:2)\n", 'A'+i)
	}
	want, _ := topOf(t, log.String(), "-n", "0")
	for range 5 {
		if got, _ := topOf(t, log.String(), "-n", "0"); got != want {
			t.Fatal("the same log gives another order")
		}
	}
}
