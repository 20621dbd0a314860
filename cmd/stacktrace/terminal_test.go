//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace"
)

// terminal runs the command in a folder on a terminal of so many columns, as a process of its own, and returns what
// it was sent. Environment is added to the usual one of a terminal with colours.
func terminal(t *testing.T, dir string, columns uint16, environment []string, args ...string) string {
	t.Helper()
	p := newProcess(args...)
	p.Stderr, p.Dir = nil, dir
	for _, name := range []string{"NO_COLOR", "COLUMNS"} {
		p.Env = append(p.Env, name+"=")
	}
	p.Env = append(append(p.Env, "TERM=xterm-256color", "TZ=UTC"), environment...)
	screen, err := pty.StartWithSize(p.Cmd, &pty.Winsize{Rows: 24, Cols: columns})
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	sent, _ := io.ReadAll(screen) // the terminal of a process that has ended gives an error
	p.Wait()
	return strings.ReplaceAll(string(sent), "\r\n", "\n")
}

// shown is an error with what the command draws in a way of its own: a label, a code, properties, a tree
// of errors, frames of others, and cart.js, which is there.
const shown = `Uncaught (in promise) AggregateError [E_ALL]: all failed
    at Cart.add (cart.js:4:10)
    at commitRoot (https://h/node_modules/react-dom/cjs/react-dom.js:1:2)
    at workLoop (https://h/node_modules/react-dom/cjs/react-dom.js:1:2)
    at flush (https://h/node_modules/scheduler/cjs/scheduler.js:1:2)
    at Array.map (<anonymous>)
    at new Page (https://h/src/pages/a/very/long/path/that/goes/on/and/on/and/on/page.js:100:20) {
  status: 500,
  [errors]: [
    RangeError: b
        at g (https://h/src/b.js:3:4),
    Error: c
        at h (https://h/src/c.js:5:6)
  ],
  [cause]: TypeError: d
      at i (https://h/src/d.js:7:8) {
    [cause]: Error: e
        at j (https://h/src/e.js:9:1)
  }
}
`

// fingerprints are the business of package normalize.
// wipedBar is the progress bar that shows while a log is read, if that takes long, and that is wiped away.
var wipedBar = regexp.MustCompile(`\r[^\n]*?␛\[2K\r`)

var fingerprints = regexp.MustCompile(`st\d:([esl])[0-9a-f]{32}`)

// TestTerminal compares what is sent to a terminal with the files in testdata/terminal, in which an
// escape is written as ␛. With UPDATE=1 it writes them; then they are to be read.
func TestTerminal(t *testing.T) {
	dir := t.TempDir()
	const failure, log, twice, minified, snake, excerpt = "error.txt", "mixed.log", "twice.txt", "minified.txt", "python.txt", "excerpt.txt"
	if err := os.Mkdir(filepath.Join(dir, "maps"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		snake:    "Traceback (most recent call last):\n  File \"/app/run.py\", line 9, in main\n    serve(load_configuration(path_of_the_configuration), and_more_that_is_long=True)\n  File \"/app/load.py\", line 3, in serve\n    raise ValueError(\"no port\")\nValueError: no port\n",
		excerpt:  "/src/a.ts:3\n  throw new Error(\"x\")\n        ^\n\nError: x\n    at f (/src/a.ts:3:9)\n",
		minified: mapsTrace, "maps/app.js.map": mapText,
		"cart.js": "", failure: shown, log: mixed,
		twice: "TypeError: a\n    at f (https://h/a.js:1:2)\n\nRangeError: b\n    at g (https://h/a.js:3:4)\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name        string
		columns     uint16
		environment []string
		args        []string
	}{
		{"parse", 200, nil, []string{"parse", failure}},
		{"parse-all", 200, nil, []string{"parse", "--all", failure}},
		{"parse-narrow", 50, nil, []string{"parse", failure}},
		{"parse-no-color", 200, []string{"NO_COLOR=1"}, []string{"parse", failure}},
		{"parse-dumb", 200, []string{"TERM=dumb"}, []string{"parse", failure}},
		{"parse-never", 200, nil, []string{"parse", "--color", "never", failure}},
		{"parse-more", 80, nil, []string{"parse", twice}},
		{"parse-source", 60, nil, []string{"parse", snake}},
		{"parse-context", 60, nil, []string{"parse", excerpt}},
		{"map", 80, nil, []string{"map", "--maps", "maps", minified}},
		{"parse-canonical", 80, nil, []string{"parse", "--canonical", failure}},
		{"parse-explain", 80, nil, []string{"parse", "--explain", twice}},
		{"scan", 80, nil, []string{"scan", log}},
		{"scan-context", 30, nil, []string{"scan", "-C", "1", "--type", "RangeError", log}},
		{"top", 120, nil, []string{"top", log}},
		{"parse-maps", 80, nil, []string{"parse", "--maps", "maps", minified}},
		{"scan-match", 80, nil, []string{"scan", "--match", "too.much", log}},
		{"scan-raw", 80, nil, []string{"scan", "--raw", "--type", "RangeError", log}},
		{"top-new", 80, nil, []string{"top", "--new-since", "2026-11-21T11:30:00Z", log}},
		{"top-since", 80, nil, []string{"top", "--since", "2026-11-21T11:00:00Z", "--in-app", "--by", "loose", log}},
		{"convert", 80, nil, []string{"convert", "--to", "jsc", failure}},
		{"help", 60, nil, []string{"serve", "--help"}},
		{"top-narrow", 60, nil, []string{"top", "-n", "2", log}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := terminal(t, dir, test.columns, test.environment, test.args...)
			got = strings.NewReplacer(dir, "DIR", "\x1b", "␛", "\a", "␇").Replace(got)
			got = wipedBar.ReplaceAllString(got, "")
			got = fingerprints.ReplaceAllString(got, "st:$1…")
			name := filepath.Join("testdata", "terminal", test.name+".txt")
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%q on the terminal (-want +got):\n%s", test.args, diff)
			}
		})
	}
}

// TestShowSource checks how a frame is shown of which the text has the source: below it, and no wider than the terminal.
func TestShowSource(t *testing.T) {
	frames := []stacktrace.Frame{{Func: "serve", File: "/a.py", Line: 3, Source: "raise\tValueError(\x1b\"no port is there\")"}, {Func: "main", File: "/a.py", Line: 9}}
	for _, test := range []struct {
		look look
		want string
	}{
		{look{}, "  serve  /a.py:3\n      raise ValueError(␛\"no port is there\")\n  main   /a.py:9\n"},
		{look{width: 20}, "  serve  /a.py:3\n      raise ValueEr…\n  main   /a.py:9\n"},
		{look{color: true}, "  \x1b[1mserve\x1b[m  \x1b[36m/a.py:3\x1b[m\n      \x1b[2mraise ValueError(␛\"no port is there\")\x1b[m\n  \x1b[1mmain \x1b[m  \x1b[36m/a.py:9\x1b[m\n"},
	} {
		got := strings.Join(shower{look: test.look, all: true}.frames(&stacktrace.Trace{Frames: frames}, 0), "\n") + "\n"
		if got != test.want {
			t.Errorf("%+v: shown as\n%q, want\n%q", test.look, got, test.want)
		}
	}
}

// TestNothingObeyed checks that a terminal gets nothing from a log that it would obey.
func TestNothingObeyed(t *testing.T) {
	name := filepath.Join(t.TempDir(), "error.txt")
	const hostile = "Error: \x1b]0;title\x07\x1b[2J\u009b31m\u202ereversed\n    at f\x1b[31m (/a\x07.js:1:2) {\n  a\x1b: '\x07'\n}\n"
	if err := os.WriteFile(name, []byte(hostile), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"parse"}, {"parse", "--canonical"}, {"parse", "--explain"}, {"scan"}, {"top"}, {"convert", "--to", "v8"}, {"scan", "-C", "2"}} {
		got := terminal(t, "", 100, nil, append(args, "--color", "never", name)...)
		if i := strings.IndexFunc(got, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x9b || r == 0x202e }); i >= 0 {
			t.Errorf("%q: the terminal gets %q", args, got[i:min(len(got), i+20)])
		}
	}
}

// TestFollow checks that a file is read on as it grows, when it is emptied, and when another one takes
// its place.
func TestFollow(t *testing.T) {
	for _, command := range []string{"scan", "top"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			name, other := filepath.Join(dir, "log"), filepath.Join(dir, "other")
			for _, file := range []string{name, other} {
				if err := os.WriteFile(file, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			write := func(name, function string, flag int) {
				file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|flag, 0o600)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := io.WriteString(file, "fine\nError: x\n    at "+function+" (/src/a.js:1:2)\nfine\n"); err != nil {
					t.Fatal(err)
				}
				file.Close()
			}
			p := start(t, command, "--follow", "-f", name, other)
			time.Sleep(3 * pollInterval)
			write(name, "first", os.O_APPEND)
			time.Sleep(3 * pollInterval)
			write(other, "second", os.O_APPEND)
			if err := os.Rename(name, name+".1"); err != nil {
				t.Fatal(err)
			}
			write(name, "third", os.O_EXCL)
			time.Sleep(3 * pollInterval)
			if err := os.Truncate(name, 0); err != nil {
				t.Fatal(err)
			}
			time.Sleep(3 * pollInterval)
			write(name, "fourth", os.O_APPEND)
			time.Sleep(3*pollInterval + idle)
			out, status := p.interrupt(t, os.Interrupt)
			if status != exitFound || p.stderr.Len() > 0 {
				t.Errorf("status %d, standard error %q", status, p.stderr.String())
			}
			for _, function := range []string{"first", "second", "third", "fourth"} {
				if strings.Count(out, `"func":"`+function+`"`) != 1 {
					t.Errorf("%s is not there once:\n%s", function, out)
				}
			}
		})
	}
}

// TestFollowLive checks what a terminal shows while a log is followed, and that its own screen comes back.
func TestFollowLive(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(name, []byte(mixed), 0o600); err != nil {
		t.Fatal(err)
	}
	p := newProcess("top", "--follow", "--color", "never", name)
	p.Stderr = nil
	screen, err := pty.StartWithSize(p.Cmd, &pty.Winsize{Rows: 8, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	time.AfterFunc(2500*time.Millisecond, func() { p.Process.Signal(os.Interrupt) })
	sent, _ := io.ReadAll(screen)
	p.Wait()
	got := string(sent)
	live, after, ok := strings.Cut(got, "\x1b[?1049l")
	if !ok || !strings.HasPrefix(live, "\x1b[?1049h") || strings.Contains(after, "\x1b") {
		t.Fatalf("sent %q", got)
	}
	last := live[strings.LastIndex(live, "\x1b[H"):]
	if n := strings.Count(last, "\r\n"); n != 7 {
		t.Errorf("%d lines are drawn on 8: %q", n+1, last)
	}
	if !strings.Contains(last, "TypeError: cart is not a function") || !strings.Contains(after, "3  traces\r\n") {
		t.Errorf("drawn %q, then %q", last, after)
	}
}

// TestFullDisk checks that what cannot be written is told.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has /dev/full, a file that can be opened and never written")
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	log := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(log, []byte(mixed), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"parse", log}, {"parse", "--format", "text", log}, {"scan", log}, {"scan", "--raw", log}, {"scan", "--count", log}, {"scan", "--format", "text", log},
		{"top", log}, {"top", "--format", "text", log}, {"report", log}, {"report", "-o", "/dev/full", log}, {"convert", "--to", "jsc", log}, {"scan", "--rest", "/dev/full", log}, {"man"},
	} {
		p := newProcess(args...)
		p.Stdout = full
		if strings.Contains(strings.Join(args, " "), "/dev/full") {
			p.Stdout = nil
		}
		p.Run()
		if status := p.ProcessState.ExitCode(); status != exitUsage || !strings.Contains(p.stderr.String(), "no space left on device") {
			t.Errorf("%q: status %d, standard error %q", args, status, p.stderr.String())
		}
	}
}
