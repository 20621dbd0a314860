package stacktrace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/attack"
)

// longTraces are traces of 50 frames, as long and as varied as those of a web application.
var longTraces = map[string]string{
	"v8": "TypeError: Cannot read properties of undefined (reading 'id')\n" + repeat(50, []string{
		"    at renderRow (https://app.example.com/static/js/main.4f3a9c1e.js:%d:118734)",
		"    at Object.updateFunctionComponent [as render] (https://app.example.com/static/js/vendor.77ab01f2.js:%d:90211)",
		"    at https://app.example.com/static/js/main.4f3a9c1e.js:%d:120982",
		"    at Array.map (<anonymous>)",
		"    at new TableController (https://app.example.com/static/js/main.4f3a9c1e.js:%d:98120)",
		"    at Module.workLoopSync (https://app.example.com/static/js/vendor.77ab01f2.js:%d:64120)",
		"    at flushWork (https://app.example.com/static/js/vendor.77ab01f2.js:%d:7711)",
		"    at async loadPage (https://app.example.com/static/js/main.4f3a9c1e.js:%d:4471)",
		"    at performUnitOfWork (https://app.example.com/static/js/vendor.77ab01f2.js:%d:64891)",
		"    at HTMLUnknownElement.callCallback (https://app.example.com/static/js/vendor.77ab01f2.js:%d:22134)",
	}),
	"spidermonkey": repeat(50, []string{
		"renderRow@https://app.example.com/static/js/main.4f3a9c1e.js:%d:118734",
		"updateFunctionComponent@https://app.example.com/static/js/vendor.77ab01f2.js:%d:90211",
		"render/<@https://app.example.com/static/js/main.4f3a9c1e.js:%d:120982",
		"TableController@https://app.example.com/static/js/main.4f3a9c1e.js:%d:98120",
		"@https://app.example.com/static/js/vendor.77ab01f2.js:%d:64120",
		"flushWork@https://app.example.com/static/js/vendor.77ab01f2.js:%d:7711",
		"async*loadPage@https://app.example.com/static/js/main.4f3a9c1e.js:%d:4471",
		"performUnitOfWork@https://app.example.com/static/js/vendor.77ab01f2.js:%d:64891",
		"callCallback@https://app.example.com/static/js/vendor.77ab01f2.js:%d:22134",
		"promise callback*setup@https://app.example.com/static/js/vendor.77ab01f2.js:%d:22134",
	}) + "\n",
	"jsc": repeat(50, []string{
		"renderRow@https://app.example.com/static/js/main.4f3a9c1e.js:%d:118734",
		"updateFunctionComponent@https://app.example.com/static/js/vendor.77ab01f2.js:%d:90211",
		"@https://app.example.com/static/js/main.4f3a9c1e.js:%d:120982",
		"map@[native code]",
		"TableController@https://app.example.com/static/js/main.4f3a9c1e.js:%d:98120",
		"@https://app.example.com/static/js/vendor.77ab01f2.js:%d:64120",
		"flushWork@https://app.example.com/static/js/vendor.77ab01f2.js:%d:7711",
		"loadPage@https://app.example.com/static/js/main.4f3a9c1e.js:%d:4471",
		"performUnitOfWork@https://app.example.com/static/js/vendor.77ab01f2.js:%d:64891",
		"callCallback@https://app.example.com/static/js/vendor.77ab01f2.js:%d:22134",
	}),
}

// repeat returns n lines, the given ones again and again with other numbers.
func repeat(n int, lines []string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = lines[i%len(lines)]
		if strings.Contains(all[i], "%d") {
			all[i] = fmt.Sprintf(all[i], i+2)
		}
	}
	return strings.Join(all, "\n")
}

// TestAppendFramesAllocates checks that reading into a slice with room for the frames takes no
// memory.
func TestAppendFramesAllocates(t *testing.T) {
	for engine, text := range longTraces {
		frames := stacktrace.AppendFrames(nil, text)
		if len(frames) != 50 || frames[0].Engine.String() != engine {
			t.Fatalf("%s: %d frames of %s", engine, len(frames), frames[0].Engine)
		}
		if n := testing.AllocsPerRun(100, func() { frames = stacktrace.AppendFrames(frames[:0], text) }); n != 0 {
			t.Errorf("AppendFrames of a %s trace into a large enough slice allocates %v times, want 0", engine, n)
		}
	}
	for _, c := range captures(t, func(c *capture) bool {
		return c.isRead() && c.Kind == "error.stack" && !strings.ContainsAny(c.Text, "\x1b\r")
	}) {
		frames := stacktrace.AppendFrames(nil, c.Text)
		frames = make([]stacktrace.Frame, 0, len(frames)+2)
		read := func() { frames = stacktrace.AppendFrames(frames[:0], c.Text) }
		n := testing.AllocsPerRun(1, read)
		if n != 0 {
			n = testing.AllocsPerRun(10, read) // the runtime may have taken memory for itself
		}
		if n != 0 {
			t.Errorf("%s: AppendFrames allocates %v times, want 0\n%s", c.ID, n, c.Text)
		}
	}
}

// TestAppendToAllocates checks that a frame of the engines of browsers and servers is written into a
// large enough slice without memory of its own.
func TestAppendToAllocates(t *testing.T) {
	b := make([]byte, 0, 1<<12)
	for engine, text := range longTraces {
		trace := stacktrace.Parse(text)
		if len(trace.Frames) == 0 {
			t.Fatal("no frame")
		}
		for _, f := range trace.Frames {
			if n := testing.AllocsPerRun(10, func() { b = f.AppendTo(b[:0]) }); n != 0 {
				t.Errorf("AppendTo of %q of %s allocates %v times, want 0", f.Text, engine, n)
			}
		}
	}
}

// BenchmarkFloor finds the newlines of the same texts and does nothing else: what reading a trace is
// measured against.
func BenchmarkFloor(b *testing.B) {
	for engine, text := range longTraces {
		b.Run(engine, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			lines := 0
			for b.Loop() {
				for rest := text; ; lines++ {
					end := strings.IndexByte(rest, '\n')
					if end < 0 {
						break
					}
					rest = rest[end+1:]
				}
			}
		})
	}
}

func BenchmarkAppendFrames(b *testing.B) {
	for engine, text := range longTraces {
		b.Run(engine, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			var frames []stacktrace.Frame
			for b.Loop() {
				frames = stacktrace.AppendFrames(frames[:0], text)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for engine, text := range longTraces {
		b.Run(engine, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				stacktrace.Parse(text)
			}
		})
	}
}

func BenchmarkString(b *testing.B) {
	for engine, text := range longTraces {
		frames := stacktrace.AppendFrames(nil, text)
		b.Run(engine, func(b *testing.B) {
			b.ReportAllocs()
			var line []byte
			for b.Loop() {
				for _, f := range frames {
					line = f.AppendTo(line[:0])
				}
			}
		})
	}
}

// BenchmarkWithoutFrames reads a megabyte of texts of the kinds that hold no trace.
func BenchmarkWithoutFrames(b *testing.B) {
	for _, kind := range attack.Texts {
		text := kind.Text(1 << 20)
		b.Run(strings.ReplaceAll(kind.Name, " ", "-"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if trace := stacktrace.Parse(text); len(trace.Frames) > 0 {
					b.Fatalf("%+v", trace.Frames)
				}
			}
		})
	}
}
