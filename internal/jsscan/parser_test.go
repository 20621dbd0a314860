package jsscan

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// answer is what testdata/functions.mjs prints of a file: the start and end of each function in UTF-16
// units, and its name.
type answer struct {
	File      string
	Functions []expected
}

type expected struct {
	start, end int
	name       string
}

func (e *expected) UnmarshalJSON(data []byte) error {
	fields := []any{&e.start, &e.end, &e.name}
	return json.Unmarshal(data, &fields)
}

func decodeAnswers(t *testing.T, data []byte) []answer {
	t.Helper()
	var all []answer
	s := bufio.NewScanner(bytes.NewReader(data))
	s.Buffer(nil, 1<<28)
	for s.Scan() {
		var a answer
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

// TestAgainstParser compares what the scanner finds with what @babel/parser finds, whose answers are kept in
// testdata. Where node is, and the environment variable BABEL_PARSER names a folder with node_modules in
// which it is installed, it is asked anew.
func TestAgainstParser(t *testing.T) {
	kept, err := os.ReadFile("testdata/functions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	answers := decodeAnswers(t, kept)
	if len(answers) != 4 {
		t.Fatalf("%d answers, want those of 4 files", len(answers))
	}
	if modules := os.Getenv("BABEL_PARSER"); modules != "" {
		fresh := ask(t, modules, answers)
		if !bytes.Equal(fresh, kept) {
			t.Errorf("testdata/functions.jsonl is not what the parser says")
		}
	}
	compareAll(t, "testdata", answers)
}

// ask runs the parser on the files of the answers.
func ask(t *testing.T, modules string, answers []answer) []byte {
	t.Helper()
	here, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{filepath.Join(here, "functions.mjs"), modules}
	for _, a := range answers {
		args = append(args, a.File)
	}
	cmd := exec.Command("node", args...)
	cmd.Dir, cmd.Stderr = here, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAgainstParserAtLarge does the same with the answers in the file that the environment variable
// JSSCAN_ANSWERS names, of files in the folder JSSCAN_FILES.
func TestAgainstParserAtLarge(t *testing.T) {
	name := os.Getenv("JSSCAN_ANSWERS")
	if name == "" {
		t.Skip("JSSCAN_ANSWERS names no answers of testdata/functions.mjs")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	compareAll(t, os.Getenv("JSSCAN_FILES"), decodeAnswers(t, data))
}

func compareAll(t *testing.T, dir string, answers []answer) {
	t.Helper()
	functions, missing, extra, size := 0, 0, 0, 0
	took := time.Duration(0)
	tell := func(format string, args ...any) {
		if missing+extra < 40 {
			t.Errorf(format, args...)
		}
	}
	for _, a := range answers {
		path := a.File
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src := string(data)
		start := time.Now()
		got, _ := Scan(src, LangOf(a.File))
		took += time.Since(start)
		size += len(src)
		offsets := utf16Offsets(src)
		want := map[string]bool{}
		for _, e := range a.Functions {
			want[fmt.Sprintf("%d-%d %s", offsets[e.start], offsets[e.end], e.name)] = true
		}
		functions += len(want)
		for _, f := range got {
			key := fmt.Sprintf("%d-%d %s", f.Start, f.End, f.Name)
			if !want[key] {
				extra++
				tell("%s:%d: not in the program: %q, %.80q", a.File, lineOf(src, f.Start), f.Name, src[f.Start:f.End])
			}
			delete(want, key)
		}
		for key := range want {
			missing++
			var from, to int
			fmt.Sscanf(key, "%d-%d", &from, &to)
			_, name, _ := strings.Cut(key, " ")
			tell("%s:%d: not found: %q, %.80q", a.File, lineOf(src, from), name, src[from:to])
		}
	}
	t.Logf("%d functions, %d not found, %d not in the program; %d bytes, %.0f MB/s", functions, missing, extra, size, float64(size)/1e6/took.Seconds())
}

func lineOf(src string, at int) int { return 1 + strings.Count(src[:at], "\n") }

// utf16Offsets returns for each offset in UTF-16 units the offset in bytes.
func utf16Offsets(src string) []int {
	out := make([]int, 0, len(src)+1)
	for i, r := range src {
		for range utf16.RuneLen(r) {
			out = append(out, i)
		}
	}
	return append(out, len(src))
}
