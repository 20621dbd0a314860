package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
)

// prefixes are what tools put before each line that a program writes.
var prefixes = []string{
	"#9 1.234 ", "remote:        ", "build\t10-Jan-2019 14:17:28\t[ERROR] ", "2024-01-02T03:04:05Z 01E ",
	"job\tstep\t2024-01-02T03:04:05.1234567Z ", "api:dev: ", "apps/api dev: ", "➤ YN0000: [api]: ", "ERR! shop ",
	"10 verbose stack ", "2024-01-02T03:04:05Z app[148e71] iad [info] ", "Nov 29 10:11:12 shop app/web.1: ", ">      ",
	"App 1234 output: ", "11-29 10:11:12.345  1234  1234 E ReactNativeJS: ", "E/ReactNativeJS( 1234): ",
	"W20240102-10:11:12.123(0)? (STDERR) ", "I20170609-12:03:05.139(2)? ", "[error] [function:x] ", "default/shop[app]: ",
	"avril 14 22:07:15 box pnpm[1]: ", "Thu 2026-11-26 10:00:00 UTC host unit[1]: ", "pod container ",
	"1|app  | 2024-01-02T10:00:00: ", "[17:15:00.669 web 741] ", "pkg: ", "app: ", "stderr: ", "INFO ", "> ", "│ ",
	"npm ERR! ", "npm ERR! stack ", "gyp ERR! stack ", "2019-01-02T03:04:05.123Z\t52fdfc07-2182-454f-963f-5f0f9a621d72\tERROR\t",
	"2023-10-23 16:52:14.292 [error] ", "app-1  | ", "[1] ", "2021-11-21T10:00:00.123456+00:00 app[web.1]: ",
	"<34>Nov 21 10:00:00 host app[12]: ", "##[error]", "2024-01-02T03:04:05.1234567Z ##[error]", "I/flutter ( 1234): ", "stderr | ",
}

// TestPrefixesByShape reads a trace behind each of the prefixes, which no list names: on all lines, on all but
// the header, and among other lines with it or without.
func TestPrefixesByShape(t *testing.T) {
	const header = "TypeError: x is bad"
	calls := []string{"    at f (/a/b.js:1:2)", "    at g (/a/c.js:3:4)"}
	for _, prefix := range prefixes {
		behind := func(lines ...string) string { return prefix + strings.Join(lines, "\n"+prefix) }
		for _, test := range []struct {
			name, text string
			frames     int
		}{
			{"on all lines", behind(header, calls[0], calls[1]), 2},
			{"on frames only", header + "\n" + behind(calls...), 2},
			{"an empty line", behind(header) + "\n" + strings.TrimRight(prefix, " \t") + "\n" + behind(calls...), 2},
			{"among others", "start\n" + behind("starting", header, calls[0], calls[1], "done") + "\nother: x y", 2},
			{"one frame", behind(header, calls[0]), 1},
			{"then none", behind(header, calls[0]) + "\n" + calls[1], 2},
		} {
			got := stacktrace.Parse(test.text)
			if len(got.Frames) != test.frames || got.Frames[0].Func != "f" || got.Frames[0].Col != 2 {
				t.Errorf("%s: Parse(%q) has the frames %+v", test.name, test.text, got.Frames)
			}
			if strings.Join(got.Wrapping, " ") != "prefix" || got.Type != "TypeError" || strings.TrimRight(got.Message, "\n") != "x is bad" {
				t.Errorf("%s: Parse(%q) is %q %q behind %q", test.name, test.text, got.Type, got.Message, got.Wrapping)
			}
		}
		const gecko = "f@http://h/a.js:1:2\ng/<@http://h/b.js:3:4\n@http://h/c.js:5:6"
		text := behind(strings.Split(gecko, "\n")...)
		got := stacktrace.Parse(text)
		if isName := prefix[len(prefix)-1] == ']'; !isName && (len(got.Frames) != 3 || got.Frames[0].Func != "f" || got.Frames[1].Func != "g/<") {
			t.Errorf("Parse(%q) has the frames %+v", text, got.Frames)
		}
	}
}

// TestPrefixesOfStreams reads texts in which more than one kind of line is behind a prefix.
func TestPrefixesOfStreams(t *testing.T) {
	for _, test := range []struct {
		text, typ, message string
		frames             int
	}{
		{"npm ERR! code ELIFECYCLE\nnpm ERR! stack TypeError: y\nnpm ERR! stack     at f (/a.js:1:2)\nnpm ERR! stack     at g (/a.js:3:4)\nnpm ERR! A log is at /x", "TypeError", "y", 2},
		{"gyp ERR! configure error\ngyp ERR! stack Error: not found: make\ngyp ERR! stack     at f (/a.js:1:2)\ngyp ERR! System Linux 6.1", "Error", "not found: make", 1},
		{"m ERR! stack     at f (/a.js:1:2)\nnpm ERR! stack     at g (/a.js:3:4)", "", "", 2},
	} {
		got := stacktrace.Parse(test.text)
		if got.Type != test.typ || got.Message != test.message || len(got.Frames) != test.frames {
			t.Errorf("Parse(%q) = %q %q with %d frames, want %q %q with %d", test.text, got.Type, got.Message, len(got.Frames), test.typ, test.message, test.frames)
		}
	}
}

// TestPrefixWithoutFrames reads a group of Python's tracebacks, of which the frames are missing, behind a prefix.
func TestPrefixWithoutFrames(t *testing.T) {
	const text = "//     | ExceptionGroup: eg (2 sub-exceptions)\n//     +-+---------------- 1 ----------------\n"
	if got := stacktrace.Parse(text); len(got.Frames) != 0 || len(got.Wrapping) != 0 {
		t.Errorf("Parse(%q) has the frames %+v behind %q", text, got.Frames, got.Wrapping)
	}
}
