package normalize_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// longTrace is a trace of 50 frames, as long and as varied as that of a web application.
var longTrace = func() string {
	lines := []string{
		"    at renderRow (https://app.example.com/static/js/main.4f3a9c1e.js:%d:118734)",
		"    at Object.updateFunctionComponent [as render] (https://app.example.com/static/js/vendor.77ab01f2.js:%d:90211)",
		"    at https://app.example.com/static/js/main.4f3a9c1e.js:%d:120982",
		"    at Array.map (<anonymous>)",
		"    at new TableController (https://app.example.com/static/js/main.4f3a9c1e.js:%d:98120)",
		"    at Module.workLoopSync (https://app.example.com/static/js/vendor.77ab01f2.js:%d:64120)",
		"    at flushWork (https://app.example.com/static/js/vendor.77ab01f2.js:%d:7711)",
		"    at performUnitOfWork (https://app.example.com/static/js/vendor.77ab01f2.js:%d:64891)",
		"    at HTMLUnknownElement.callCallback (https://app.example.com/static/js/vendor.77ab01f2.js:%d:22134)",
		"    at loadPage (https://app.example.com/static/js/main.4f3a9c1e.js:%d:4471)",
	}
	var b strings.Builder
	b.WriteString("TypeError: Cannot read properties of undefined (reading 'id')")
	for i := range 50 {
		line := lines[i%len(lines)]
		if strings.Contains(line, "%d") {
			line = fmt.Sprintf(line, i+2)
		}
		b.WriteString("\n" + line)
	}
	return b.String()
}()

// TestCost checks how often making a trace canonical allocates, and prints its time against that of
// reading the frames.
func TestCost(t *testing.T) {
	trace := stacktrace.Parse(longTrace)
	if len(trace.Frames) == 0 {
		t.Fatal("no frame")
	}
	const files = 2
	if n := testing.AllocsPerRun(100, func() { normalize.Fingerprint(trace, normalize.Exact) }); n > 8+files {
		t.Errorf("Fingerprint allocates %v times, want %d at most", n, 8+files)
	} else {
		t.Logf("Fingerprint allocates %v times", n)
	}
	var frames []stacktrace.Frame
	read := fastest(func() { frames = stacktrace.AppendFrames(frames[:0], longTrace) })
	normal := fastest(func() { normalize.Fingerprint(trace, normalize.Exact) })
	t.Logf("AppendFrames %v, Fingerprint %v: %.1f times", read, normal, float64(normal)/float64(read))
}

// fastest returns the time of the fastest of many calls.
func fastest(call func()) time.Duration {
	best := time.Hour
	for range 500 {
		start := time.Now()
		call()
		best = min(best, time.Since(start))
	}
	return best
}

func BenchmarkFingerprint(b *testing.B) {
	trace := stacktrace.Parse(longTrace)
	if len(trace.Frames) == 0 {
		b.Fatal("no frame")
	}
	b.ReportAllocs()
	for b.Loop() {
		normalize.Fingerprint(trace, normalize.Exact)
	}
}

func BenchmarkAppendFrames(b *testing.B) {
	var frames []stacktrace.Frame
	b.ReportAllocs()
	for b.Loop() {
		frames = stacktrace.AppendFrames(frames[:0], longTrace)
	}
}
