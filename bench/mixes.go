package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// mixes are the engines of whose captures a trace of 50 different lines is made, and the runtimes whose
// captures those are.
var mixes = [...]struct {
	engine   string
	runtimes []string
}{
	{"v8", []string{"chromium", "node", "deno"}},
	{"spidermonkey", []string{"firefox", "gjs"}},
	{"jsc", []string{"webkitgtk", "jsc-shell"}},
	{"hermes", []string{"hermes"}},
	{"bun", []string{"bun"}},
	{"quickjs", []string{"quickjs-emscripten", "quickjs-ng-emscripten"}},
	{"chakra", []string{"ch"}},
}

// rows are lines of which traces of 50 frames are made that are alike but for their numbers: what engines print
// less often, by itself.
var rows = [...]struct{ engine, name, header, line string }{
	{"v8", "blank in file", "Error: x\n", "    at f%d (/app/my file.js:%[1]d:17)"},
	{"v8", "get x [as y]", "Error: x\n", "    at get prop%d [as prop] (/app/src/main.js:%[1]d:17)"},
	{"v8", "Promise.all", "Error: x\n", "    at async Promise.all (index %d)"},
	{"hermes", "names", "Error: x\n    at map (address at InternalBytecode.js:1:2360)\n", "    at ?anon_0_f%d (/app/src/main.js:%[1]d:17)"},
	{"hermes", "addresses", "Error: x\n", "    at f%d (address at index.android.bundle:1:1%[1]d557)"},
}

// longest is the length of the longest line that is taken: those of data URLs and of files whose names try out
// how long they may be would be most of the text.
const longest = 200

// mixedFrames returns a trace of count lines of an engine, all different, with a header if the engine writes
// one: a line of each kind that there is in its captures, then another of each, and so on. Kinds, if they are
// too many, and the lines of each are taken evenly from all that there are.
func mixedFrames(captures []capture, engine string, runtimes []string, count int) string {
	header := ""
	var kinds []string // in the order in which they come first
	lines := map[string][]string{}
	seen := map[string]bool{}
	for _, c := range captures {
		if c.Kind != "error.stack" || !slices.Contains(runtimes, c.Runtime) {
			continue
		}
		frames := stacktrace.AppendFrames(nil, c.Text)
		if len(frames) > 0 && header == "" && strings.HasPrefix(c.Text, "Error: ") {
			header, _, _ = strings.Cut(c.Text, "\n")
			header += "\n"
		}
		for _, f := range frames {
			if f.Engine.String() != engine || seen[f.Text] || len(f.Text) > longest || strings.ContainsAny(f.Text, "\r\n\t") {
				continue
			}
			seen[f.Text] = true
			kind := kindOf(&f)
			if lines[kind] == nil {
				kinds = append(kinds, kind)
			}
			lines[kind] = append(lines[kind], f.Text)
		}
	}
	shares := evenShares(kinds, lines, count)
	var picked []string
	for round := 0; len(picked) < count; round++ {
		before := len(picked)
		for i, kind := range kinds {
			if n := len(lines[kind]); round < shares[i] {
				picked = append(picked, lines[kind][round*n/shares[i]])
			}
		}
		if len(picked) == before {
			break
		}
	}
	return header + strings.Join(picked, "\n")
}

// evenShares returns how many lines of each kind there are among count.
func evenShares(kinds []string, lines map[string][]string, count int) []int {
	shares := make([]int, len(kinds))
	if n := len(kinds); n > count {
		for i := range shares {
			shares[i] = (i+1)*count/n - i*count/n
		}
		return shares
	}
	for more := true; more; {
		more = false
		for i, kind := range kinds {
			if count > 0 && shares[i] < len(lines[kind]) {
				shares[i]++
				count--
				more = true
			}
		}
	}
	return shares
}

// kindOf names what kind of line f is: what it marks, and what its name and its file look like.
func kindOf(f *stacktrace.Frame) string {
	return fmt.Sprint(f.Async, f.AsyncCause != "", f.Constructor, f.Eval, f.Native, f.Wasm, f.TopLevel, f.Alias != "", f.Offset != 0, f.Col != 0,
		" ", nameKind(f.Func), " ", fileKind(f.File))
}

func nameKind(name string) string {
	switch {
	case name == "":
		return "none"
	case strings.HasPrefix(name, "get "), strings.HasPrefix(name, "set "):
		return "accessor"
	case strings.HasPrefix(name, "<"), strings.HasPrefix(name, "?anon_"), name == "anonymous", strings.HasSuffix(name, " code"), strings.HasSuffix(name, " function"):
		return "word"
	case strings.ContainsAny(name, " ()[]\""):
		return "odd"
	case strings.Contains(name, "/"):
		return "scoped"
	case strings.Contains(name, "<anonymous>"):
		return "nameless"
	case strings.Contains(name, "."):
		return "dotted"
	}
	return "identifier"
}

func fileKind(file string) string {
	scheme, _, hasScheme := strings.Cut(file, ":")
	switch {
	case file == "":
		return "none"
	case strings.Contains(file, " "):
		return "blank"
	case strings.HasPrefix(file, "/"), scheme == "file":
		return "path"
	case scheme == "http", scheme == "https":
		return "web"
	case strings.HasPrefix(scheme, "webpack"), scheme == "node":
		return scheme
	case hasScheme:
		return "other"
	}
	return "relative"
}

// repeatedLine returns a trace of a line with the numbers from 1 to count in it.
func repeatedLine(header, line string, count int) string {
	var b strings.Builder
	b.WriteString(header)
	for i := range count {
		fmt.Fprintf(&b, line+"\n", i+1)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
