package stacktrace_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// TestParser checks what each limit leaves, and what it says.
func TestParser(t *testing.T) {
	const text = "TypeError: é is not a function\nsecond line, which is long\n" +
		"    at inner (https://example.com/a/long/path/to/a.js:1:2)\n" +
		"    at outer (b.js:3:4)\n" +
		"    at last (b.js:5:6) {\n" +
		"  [cause]: Error: one\n" +
		"      at g (c.js:7:8)\n" +
		"      at h (c.js:9:10) {\n" +
		"    [cause]: Error: two\n" +
		"        at i (c.js:11:12)\n" +
		"  }\n" +
		"}"
	for _, test := range []struct {
		name   string
		parser stacktrace.Parser
		text   string
		want   string // message, names of the frames with their files, causes in brackets; what was cut
	}{
		{"none", stacktrace.Parser{}, text, "é is not a function\nsecond line, which is long; inner https://example.com/a/long/path/to/a.js, outer b.js, last b.js [one; g c.js, h c.js [two; i c.js]]"},
		{"not reached", stacktrace.Parser{MaxBytes: len(text), MaxLine: 60, MaxFrames: 3, MaxDepth: 3}, text, "é is not a function\nsecond line, which is long; inner https://example.com/a/long/path/to/a.js, outer b.js, last b.js [one; g c.js, h c.js [two; i c.js]]"},
		{"frames", stacktrace.Parser{MaxFrames: 1}, text, "é is not a function\nsecond line, which is long; inner https://example.com/a/long/path/to/a.js {0 0 2 0} [one; g c.js {0 0 1 0} [two; i c.js]]"},
		{"depth", stacktrace.Parser{MaxDepth: 1}, text, "é is not a function\nsecond line, which is long; inner https://example.com/a/long/path/to/a.js, outer b.js, last b.js {0 0 0 2}"},
		{"depth of two", stacktrace.Parser{MaxDepth: 2}, text, "é is not a function\nsecond line, which is long; inner https://example.com/a/long/path/to/a.js, outer b.js, last b.js [one; g c.js, h c.js {0 0 0 1}]"},
		{"line", stacktrace.Parser{MaxLine: 24}, text, "é is not a function\nsecond line, which is lo; inner https://example.com/a/lo, outer b.js, last b.js {0 2 0 0} [one; g c.js, h c.js [two; i c.js {0 1 0 0}]]"},
		{"no part of a character", stacktrace.Parser{MaxLine: 1}, "Error: é\n    at é (b.js:3:4)", ";  b {0 2 0 0}"},
		{"bytes", stacktrace.Parser{MaxBytes: 150}, text, "é is not a function\nsecond line, which is long; inner https://example.com/a/long/path/to/a.js, outer b.js {150 0 0 0}"},
		{"bytes up to a line end", stacktrace.Parser{MaxBytes: 8}, "Error: x\n    at f (b.js:3:4)", "x {20 0 0 0}"},
		{"bytes without a line end", stacktrace.Parser{MaxBytes: 8}, "Error: é", " {2 0 0 0}"},
		{"frames of Python", stacktrace.Parser{MaxFrames: 1}, "Traceback (most recent call last):\n  File \"a.py\", line 1, in outer\n    f()\n  File \"b.py\", line 2, in inner\n    g()\nValueError: x", "x; inner b.py {0 0 1 0}"},
		{"errors that are gathered", stacktrace.Parser{MaxDepth: 1}, "AggregateError: x\n    at f (b.js:3:4) {\n  [errors]: [\n    Error: one\n        at g (b.js:1:2),\n    Error: two\n        at g (b.js:1:3)\n  ]\n}", "x; f b.js {0 0 0 2}"},
	} {
		if got := summary(test.parser.Parse(test.text)); got != test.want {
			t.Errorf("%s: %+v.Parse(%q) = %q, want %q", test.name, test.parser, test.text, got, test.want)
		}
	}
}

// summary writes the parts of a trace that limits change.
func summary(t *stacktrace.Trace) string {
	var b strings.Builder
	b.WriteString(t.Message)
	for i, f := range t.Frames {
		b.WriteString([]string{"; ", ", "}[min(i, 1)])
		b.WriteString(f.Func + " " + f.File)
	}
	if t.Truncated != (stacktrace.Truncated{}) {
		fmt.Fprintf(&b, " %v", t.Truncated)
	}
	if t.Cause != nil {
		b.WriteString(" [" + summary(t.Cause) + "]")
	}
	return b.String()
}

func TestParserOfReport(t *testing.T) {
	parser := stacktrace.Parser{MaxBytes: 30, MaxFrames: 1}
	got := parser.ParseReport(stacktrace.Report{Name: "Error", Message: "x\ny", Stack: "f@a.js:1:2\ng@a.js:3:4\nh@a.js:5:6\ni@a.js:7:8"})
	if len(got.Frames) == 0 {
		t.Fatal("no frame")
	}
	if got, want := summary(got), "x\ny; f a.js {22 0 1 0}"; got != want {
		t.Errorf("ParseReport = %q, want %q", got, want)
	}
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"engine":"jsc","type":"Error","message":"x\ny","frames":[{"func":"f","file":"a.js","line":1,"col":2,"text":"f@a.js:1:2"}],"truncated":{"bytes":22,"frames":1}}`
	if string(data) != want {
		t.Errorf("JSON is\n%s, want\n%s", data, want)
	}
	var read stacktrace.Trace
	if err := json.Unmarshal(data, &read); err != nil || !cmp.Equal(&read, got) {
		t.Errorf("read from JSON: %+v, %v, want %+v", read, err, got)
	}
}

// TestParserOfCaptures checks, for every text that an engine wrote, that limits which nothing reaches
// change nothing, and that what others leave is the beginning of what there was.
func TestParserOfCaptures(t *testing.T) {
	for i, c := range captures(t, func(*capture) bool { return true }) {
		if i%corpus.Step(4) != 0 {
			continue
		}
		whole := stacktrace.Parse(c.Text)
		wide := stacktrace.Parser{MaxBytes: len(c.Text), MaxLine: len(c.Text), MaxFrames: len(c.Text), MaxDepth: 100}.Parse(c.Text)
		if diff := cmp.Diff(whole, wide); diff != "" {
			t.Errorf("%s: limits that nothing reaches change:\n%s", c.ID, diff)
		}
		const line, frames = 20, 2
		narrow := stacktrace.Parser{MaxLine: line, MaxFrames: frames, MaxDepth: 1}.Parse(c.Text)
		if got, want := len(narrow.Frames)+narrow.Truncated.Frames, len(whole.Frames); got != want {
			t.Errorf("%s: %d frames are kept or cut, want %d", c.ID, got, want)
		}
		for i, f := range narrow.Frames {
			if w := whole.Frames[i]; len(f.Text) > line || len(f.File) > line || !strings.HasPrefix(w.Text, f.Text) || !strings.HasPrefix(w.File, f.File) || f.Line != w.Line {
				t.Errorf("%s: frame %d is %+v, want the beginning of %+v", c.ID, i, f, w)
			}
		}
		for i := range narrow.Frames {
			narrow.Frames[i].Source = ""
		}
		appended := (stacktrace.Parser{MaxLine: line, MaxFrames: frames}).AppendFrames(nil, c.Text)
		for i := range appended {
			appended[i].Source = "" // Parse looks for excerpts, AppendFrames does not
		}
		if len(whole.Wrapping) == 0 && !cmp.Equal(appended, narrow.Frames, cmpopts.EquateEmpty()) {
			t.Errorf("%s: AppendFrames gives %v, want %v", c.ID, appended, narrow.Frames)
		}
		if narrow.Cause != nil || narrow.Errors != nil || (len(slices.Collect(whole.All())) > 1) != (narrow.Truncated.Errors > 0) {
			t.Errorf("%s: cause %v, errors %v, %d cut", c.ID, narrow.Cause, narrow.Errors, narrow.Truncated.Errors)
		}
	}
}

// TestCauses checks that causes beyond any number stay unparsed, and that the result can be written as
// JSON and read again.
func TestCauses(t *testing.T) {
	const n = 30000
	text := "Error: x\n    at f (a.js:1:2)\n" + strings.Repeat("Caused by: Error: y\n    at g (a.js:3:4)\n", n)
	trace := stacktrace.Parse(text)
	if len(trace.Frames) == 0 {
		t.Fatal("no frame")
	}
	causes := 0
	for cause := trace.Cause; cause != nil; cause = cause.Cause {
		causes++
	}
	if causes != 1000 || len(trace.Unparsed) != 2*(n-causes) {
		t.Errorf("%d causes and %d unparsed lines, want 1000 and %d", causes, len(trace.Unparsed), 2*(n-1000))
	}
	data, err := json.Marshal(trace)
	if err != nil {
		t.Fatal(err)
	}
	var read stacktrace.Trace
	if err := json.Unmarshal(data, &read); err != nil {
		t.Error(err)
	}
}

// TestParserKeeps counts what results within limits keep in memory of long texts, and checks that a
// result of which anything was cut shares no memory with its text.
func TestParserKeeps(t *testing.T) {
	const (
		texts = 20
		huge  = 5 << 20
		size  = 1 << 20 // where the whole text is read
		most  = 1 << 20
	)
	const frame = "    at f (https://example.com/a.js:1:2)\n"
	frames := "Error: x\n" + strings.Repeat(frame, size/len(frame))
	hugeFrames := "Error: x\n" + strings.Repeat(frame, huge/len(frame))
	long := "Error: x\n    at " + strings.Repeat("f", size) + " (a.js:1:2)\n    at g (a.js:3:4)"
	cause := "Error: x\n    at f (a.js:1:2)\nCaused by: Error: " + strings.Repeat("y", size) + "\n    at g (a.js:3:4)"
	for _, test := range []struct {
		name string
		text string
		read func(text string) *stacktrace.Trace
	}{
		{"bytes", hugeFrames, func(text string) *stacktrace.Trace { return stacktrace.Parser{MaxBytes: 1 << 10}.Parse(text) }},
		{"bytes of one line", strings.Repeat("x", huge), func(text string) *stacktrace.Trace { return stacktrace.Parser{MaxBytes: 1 << 10}.Parse(text) }},
		{"frames", frames, func(text string) *stacktrace.Trace { return stacktrace.Parser{MaxFrames: 10}.Parse(text) }},
		{"line", long, func(text string) *stacktrace.Trace { return stacktrace.Parser{MaxLine: 1 << 10}.Parse(text) }},
		{"line of a type", "Error" + strings.Repeat("r", size) + ": x\n    at f (a.js:1:2)", func(text string) *stacktrace.Trace {
			return stacktrace.Parser{MaxLine: 1 << 10}.Parse(text)
		}},
		{"depth", cause, func(text string) *stacktrace.Trace { return stacktrace.Parser{MaxDepth: 1}.Parse(text) }},
		{"line of a cause", cause, func(text string) *stacktrace.Trace { return stacktrace.Parser{MaxLine: 1 << 10}.Parse(text) }},
		{"a report", hugeFrames, func(text string) *stacktrace.Trace {
			trace := stacktrace.Parser{MaxBytes: 1 << 10}.ParseReport(stacktrace.Report{Name: "Error", Message: "x", Stack: text})
			return trace
		}},
		{"a report's message", strings.Repeat("x\n", huge/2), func(text string) *stacktrace.Trace {
			return stacktrace.Parser{MaxBytes: 1 << 10}.ParseReport(stacktrace.Report{Message: text, Stack: "f@a.js:1:2"})
		}},
		{"frames that are appended", hugeFrames, func(text string) *stacktrace.Trace {
			return &stacktrace.Trace{Frames: stacktrace.Parser{MaxFrames: 10}.AppendFrames(make([]stacktrace.Frame, 0, 20), text)}
		}},
		{"a report's file", "x" + strings.Repeat("/", size), func(text string) *stacktrace.Trace {
			return stacktrace.Parser{MaxLine: 1 << 10}.ParseReport(stacktrace.Report{Message: "x", File: text, Line: 1})
		}},
	} {
		traces := make([]*stacktrace.Trace, texts)
		before := heap()
		for i := range traces {
			text := strings.Clone(test.text)
			traces[i] = test.read(text)
			if places := sharesMemory(reflect.ValueOf(traces[i]), text); i == 0 && places != nil {
				t.Errorf("%s: the result shares the memory of %v", test.name, places)
			}
		}
		if kept := heap() - before; kept > most {
			t.Errorf("%s: %d results keep %d bytes in memory, want at most %d", test.name, texts, kept, most)
		}
		runtime.KeepAlive(traces)
	}
}

// heap returns how many bytes of memory are in use.
func heap() int {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}
