package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const chrome = "TypeError: x is not a function\n    at new Cart (https://shop.example/cart.js:8:17)\n    at async load (https://shop.example/app.js:40:5)\n"

func TestRun(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "chrome.txt")
	if err := os.WriteFile(file, []byte(chrome), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "missing.txt")

	for _, test := range []struct {
		name           string
		args           []string
		stdin          string
		status         int
		stdout, stderr string // what they contain; "" for nothing at all
	}{
		{"no command", nil, "", exitUsage, "", "Usage:"},
		{"help", []string{"--help"}, "", exitFound, "Usage:", ""},
		{"help of a command", []string{"parse", "--help"}, "", exitFound, "stacktrace parse [FILE...] [flags]", ""},
		{"unknown command", []string{"prase"}, "", exitUsage, "", `unknown command "prase": do you mean parse?`},
		{"unknown flag", []string{"parse", "--fast"}, "", exitUsage, "", "unknown flag: --fast; see stacktrace parse --help"},
		{"unknown format", []string{"parse", "--format", "xml"}, "", exitUsage, "", `unknown format "xml"`},

		{"JSON on a pipe", []string{"parse"}, chrome, exitFound, `{"engine":"v8","type":"TypeError","message":"x is not a function","frames":[{"func":"Cart",`, ""},
		{"text", []string{"parse", "--format", "text", file}, "", exitFound, "  new Cart    https://shop.example/cart.js:8:17\n", ""},
		{"flag behind the file", []string{"parse", file, "--format=text"}, "", exitFound, "2 frames, V8\n", ""},
		{"a dash is standard input", []string{"parse", "-"}, chrome, exitFound, `"func":"load"`, ""},
		{"a file like a flag", []string{"parse", "--", "--fast"}, "", exitUsage, "", "--fast: " + notThere},
		{"several files", []string{"parse", "--format", "text", file, file}, "", exitFound, file + ":\n", ""},
		{"nothing found", []string{"parse"}, "hello\n", exitNone, `{"message":"hello","frames":[]}` + "\n", ""},
		{"frames of the cause alone", []string{"parse"}, "[Error: x] {\n  [cause]: Error: y\n      at f (/a.js:1:2)\n}\n", exitFound, `{"type":"Error","message":"x","frames":[],"cause":{"engine":"v8","type":"Error","message":"y","frames":[{"func":"f","file":"/a.js","line":1,"col":2,"text":"      at f (/a.js:1:2)"}]}}` + "\n", ""},
		{"nothing found, text", []string{"parse", "--format", "text"}, "", exitNone, "no stack frame\n", ""},
		{"a missing file", []string{"parse", missing}, "", exitUsage, "", missing + ": " + notThere + "\n"},
		{"a missing file among others", []string{"parse", missing, file}, "", exitUsage, `"func":"load"`, missing + ": " + notThere},
		{"a terminal's orders", []string{"parse", "--format", "text"}, "Error: \x1b]0;title\x07\n    at f (a.js:1:2)", exitFound, "Error: ]0;title␇\n", ""},

		{"limits", []string{"parse", "--max-frames", "1", "--max-line", "30"}, chrome, exitFound, `"frames":[{"func":"Cart","file":"https://shop.example/cart.js","line":8,"col":17,"constructor":true,"text":"    at new Cart (https://shop."}],"truncated":{"lines":1,"frames":1}}` + "\n", ""},
		{"limits, text", []string{"parse", "--format", "text", "--max-frames", "1", "--max-bytes", "100"}, chrome, exitFound, "1 frame, V8\nleft out: 54 bytes of the text\n", ""},
		{"limits of a stream", []string{"parse", "--ndjson", "--max-depth", "1"}, `{"id":1,"text":"Error: x\n    at f (a.js:1:2) {\n  [cause]: Error: y\n      at g (a.js:3:4)\n}"}` + "\n", exitFound, `"truncated":{"errors":1}},"canonical":`, ""},
		{"a limit below zero", []string{"parse", "--max-frames", "-1", file}, "", exitUsage, "", "limit"},

		{"scan", []string{"scan"}, "start\n" + chrome + "end\n", exitFound, fmt.Sprintf(`{"start":6,"end":%d,"trace":{"engine":"v8","type":"TypeError",`, 6+len(chrome)), ""},
		{"scan a file", []string{"scan", "--format", "text", file}, "", exitFound, "0\nTypeError: x is not a function\n", ""},
		{"scan several", []string{"scan", file, file}, "", exitFound, `{"file":` + quoted(t, file) + `,"start":0,`, ""},
		{"scan nothing", []string{"scan"}, "start\nend\n", exitNone, "", ""},
		{"scan for another engine", []string{"scan", "--only", "jsc", file}, "", exitNone, "", ""},
		{"scan for no engine", []string{"scan", "--only", "trident", file}, "", exitUsage, "", `unknown engine "trident": v8, spidermonkey`},
		{"scan a long trace", []string{"scan", "--format", "text"}, "Error: x\n" + strings.Repeat("    at f (/a.js:1:2)\n", 15_000), exitFound, "0  cut: it is too long\nError: x\n", ""},
		{"scan since", []string{"scan", "--since", "2026-11-22"}, "2026-11-21T10:00:00Z ERROR " + chrome, exitNone, "", ""},
		{"scan since before", []string{"scan", "--since", "2026-11-20"}, "2026-11-21T10:00:00Z ERROR " + chrome, exitFound, `"time":"2026-11-21T10:00:00Z"`, ""},
		{"scan since nonsense", []string{"scan", "--since", "often", file}, "", exitUsage, "", "--since often is neither"},

		{"convert", []string{"convert", "--to", "spidermonkey", file}, "", exitFound, "Cart@https://shop.example/cart.js:8:17\nasync*load@https://shop.example/app.js:40:5\n", ""},
		{"convert to JSON", []string{"convert", "--to", "jsc", "--format", "json", file}, "", exitFound, `{"engine":"jsc","stack":"Cart@https`, ""},
		{"convert nothing", []string{"convert", "--to", "jsc"}, "hello", exitNone, "", ""},
		{"convert to nothing", []string{"convert", file}, "", exitUsage, "", "convert needs --to ENGINE"},
		{"convert to no engine", []string{"convert", "--to", "trident", file}, "", exitUsage, "", `unknown engine "trident": v8, spidermonkey`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			status := run(test.args, strings.NewReader(test.stdin), &stdout, &stderr)
			if status != test.status {
				t.Errorf("run(%q) = %d, want %d", test.args, status, test.status)
			}
			checkOutput(t, "standard output", stdout.String(), test.stdout)
			checkOutput(t, "standard error", stderr.String(), test.stderr)
		})
	}
}

// notThere is what the system says of a file that is not there.
var notThere = syscall.ENOENT.Error()

// quoted returns s as it stands in JSON. A path of Windows has backslashes.
func quoted(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func checkOutput(t *testing.T, name, got, want string) {
	t.Helper()
	if want == "" && got != "" || !strings.Contains(got, want) {
		t.Errorf("%s: got %q, want %q in it", name, got, want)
	}
}

func TestScanRest(t *testing.T) {
	dir := t.TempDir()
	file, rest := filepath.Join(dir, "log.gz"), filepath.Join(dir, "rest")
	if err := os.WriteFile(file, []byte(gzipped(t, "start\n"+chrome+"end\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	if status := run([]string{"scan", "--rest", rest, file}, nil, &stdout, &stderr); status != exitFound {
		t.Fatalf("status %d, %s", status, stderr.String())
	}
	got, err := os.ReadFile(rest)
	if err != nil || string(got) != "start\nend\n" {
		t.Errorf("the rest is %q, want the lines around the trace: %v", got, err)
	}
}

// TestScanFollows checks that a trace is printed while a pipe stays open.
func TestScanFollows(t *testing.T) {
	in, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, stdout := io.Pipe()
	done := make(chan int)
	go func() {
		done <- run([]string{"scan", "--format", "text"}, in, stdout, io.Discard)
		stdout.Close()
	}()
	if _, err := io.WriteString(w, chrome); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "0\n" {
		t.Errorf("the first line is %q: %v", line, err)
	}
	go io.Copy(io.Discard, out)
	w.Close()
	if status := <-done; status != exitFound {
		t.Errorf("status %d, want %d", status, exitFound)
	}
}

func TestRecords(t *testing.T) {
	in := strings.Join([]string{
		`{"id": 1, "text": "Error: a\n    at f (a.js:1:2)"}`,
		`{"id": "two", "name": "TypeError", "message": "b\nc", "stack": "f@http://h/a.js:1:2\n"}`,
		`not JSON`,
		``,
		`{"id": null, "message": "Script error.", "file": "", "line": 0, "col": 0}`,
		`{"message": "Uncaught RangeError: d", "file": "http://h/a.js", "line": 3, "col": 4}`,
		`{"id": 6, "line": "three"}`,
		`{"id": 7, "text": "prose"}`,
	}, "\n")
	want := []string{
		`{"id":1,"trace":{"engine":"v8","type":"Error","message":"a","frames":[{"func":"f","file":"a.js","line":1,"col":2,"text":"    at f (a.js:1:2)"}]}}`,
		`{"id":"two","trace":{"engine":"jsc","type":"TypeError","message":"b\nc","frames":[{"func":"f","file":"http://h/a.js","line":1,"col":2,"text":"f@http://h/a.js:1:2"}]}}`,
		`{"line":3,"error":"invalid character 'o' in literal null (expecting 'u')"}`,
		`{"id":null,"trace":{"message":"Script error.","frames":[]}}`,
		`{"trace":{"label":"Uncaught","type":"RangeError","message":"d","frames":[{"file":"http://h/a.js","line":3,"col":4}]}}`,
		`{"line":7,"error":"json: cannot unmarshal string into Go struct field record.line of type int"}`,
		`{"id":7,"trace":{"message":"prose","frames":[]}}`,
		``,
	}
	var stdout, stderr strings.Builder
	if status := run([]string{"parse", "--ndjson"}, strings.NewReader(in), &stdout, &stderr); status != exitFound {
		t.Errorf("run = %d, want %d", status, exitFound)
	}
	got := strings.Split(stdout.String(), "\n")
	for i, line := range got { // what is canonical is the business of another test
		if at := strings.Index(line, `,"canonical":`); at >= 0 {
			got[i] = line[:at] + "}"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	checkOutput(t, "standard error", stderr.String(), "")
}

// TestCanonical checks that two browsers' traces of one failure give one answer, alone and in a stream.
func TestCanonical(t *testing.T) {
	type canonical struct {
		Frames []struct {
			Func string `json:"func"`
			File string `json:"file"`
			Line int    `json:"line"`
		} `json:"frames"`
		Message     string            `json:"message"`
		Fingerprint map[string]string `json:"fingerprint"`
	}
	texts := []string{
		"TypeError: Cannot read properties of undefined (reading 'id')\n    at load (https://a.example.com/main.4f3a9c1e.js:12:7)\n    at Array.map (<anonymous>)\n    at new App (https://a.example.com/main.4f3a9c1e.js:3:1)",
		"TypeError: undefined is not an object (evaluating 'user.id')\nload@https://b.example.com/main.77ab01f2.js:12:12\nmap@[native code]\nApp@https://b.example.com/main.77ab01f2.js:3:5",
	}
	var all []canonical
	for _, text := range texts {
		var stdout, stderr strings.Builder
		if status := run([]string{"parse", "--canonical"}, strings.NewReader(text), &stdout, &stderr); status != exitFound {
			t.Errorf("run = %d, want %d: %s", status, exitFound, stderr.String())
		}
		var alone canonical
		if err := json.Unmarshal([]byte(stdout.String()), &alone); err != nil {
			t.Fatal(err)
		}
		record, err := json.Marshal(map[string]string{"text": text})
		if err != nil {
			t.Fatal(err)
		}
		stdout.Reset()
		run([]string{"parse", "--ndjson"}, strings.NewReader(string(record)), &stdout, &stderr)
		var streamed struct {
			Canonical canonical `json:"canonical"`
		}
		if err := json.Unmarshal([]byte(stdout.String()), &streamed); err != nil {
			t.Fatal(err)
		}
		all = append(all, alone, streamed.Canonical)
	}
	for _, got := range all[1:] {
		if diff := cmp.Diff(all[0], got); diff != "" {
			t.Errorf("canonical (-first +got):\n%s", diff)
		}
	}
	if got := all[0]; len(got.Frames) != 2 || got.Frames[0].Func != "load" || got.Frames[0].File != "/main.js" || got.Frames[0].Line != 12 || len(got.Fingerprint) != 3 {
		t.Errorf("canonical = %+v", got)
	}
	var stdout, stderr strings.Builder
	run([]string{"parse", "--canonical", "--format", "text"}, strings.NewReader(texts[0]), &stdout, &stderr)
	checkOutput(t, "standard output", stdout.String(), "undefined or null has no property (nullish-property)\n")
}

// TestRecordsInTime checks that a record is answered before the next one is there: a client may wait
// for the answer.
func TestRecordsInTime(t *testing.T) {
	in, send := io.Pipe()
	receive, out := io.Pipe()
	done := make(chan int)
	go func() {
		status := run([]string{"parse", "--ndjson"}, in, out, io.Discard)
		out.Close()
		done <- status
	}()
	answers := json.NewDecoder(receive)
	for id := range 3 {
		if _, err := io.WriteString(send, `{"id":`+string(rune('0'+id))+`,"text":"Error\n    at f (a.js:1:2)"}`+"\n"); err != nil {
			t.Fatal(err)
		}
		var got struct{ ID int }
		if err := answers.Decode(&got); err != nil || got.ID != id {
			t.Fatalf("answer %+v, %v, want id %d", got, err, id)
		}
	}
	send.Close()
	if status := <-done; status != exitFound {
		t.Errorf("run = %d, want %d", status, exitFound)
	}
}

// brokenReader fails in the middle of a stream.
type brokenReader struct{ text string }

func (r *brokenReader) Read(p []byte) (int, error) {
	if r.text == "" {
		return 0, errors.New("disk on fire")
	}
	n := copy(p, r.text)
	r.text = r.text[n:]
	return n, nil
}

// TestRecordsUnreadable checks that what was read before an error is answered, and that the error
// names the input and its line.
func TestRecordsUnreadable(t *testing.T) {
	var stdout, stderr strings.Builder
	in := &brokenReader{`{"id":1,"text":"Error\n    at f (a.js:1:2)"}` + "\n" + `{"id":2,`}
	if status := run([]string{"parse", "--ndjson"}, in, &stdout, &stderr); status != exitUsage {
		t.Errorf("run = %d, want %d", status, exitUsage)
	}
	checkOutput(t, "standard output", stdout.String(), `{"id":1,"trace":`)
	checkOutput(t, "standard error", stderr.String(), "stacktrace: standard input:2: disk on fire\n")
}
