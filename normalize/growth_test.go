package normalize_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// TestGrowth checks that time grows with the length of a trace, whatever it holds.
func TestGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for _, attack := range []struct {
		name string
		make func(n int) stacktrace.Trace
	}{
		{"many files", func(n int) (t stacktrace.Trace) {
			for i := range n / 20 {
				t.Frames = append(t.Frames, stacktrace.Frame{Func: "f", File: fmt.Sprintf("http://h/%d.js", i), Line: 1})
			}
			return t
		}},
		{"recursion", func(n int) (t stacktrace.Trace) {
			for i := range n / 20 {
				t.Frames = append(t.Frames, stacktrace.Frame{Func: "f", File: "http://h/a.js", Line: i % 9})
			}
			return t
		}},
		{"dots", func(n int) stacktrace.Trace {
			return stacktrace.Trace{Frames: []stacktrace.Frame{{Func: strings.Repeat("a.", n/2), File: strings.Repeat("a.", n/2), Line: 1}}}
		}},
		{"get", func(n int) stacktrace.Trace {
			return stacktrace.Trace{Frames: []stacktrace.Frame{{Func: strings.Repeat("get ", n/4), File: strings.Repeat("%41!", n/4), Line: 1}}}
		}},
		{"slashes", func(n int) stacktrace.Trace {
			return stacktrace.Trace{Frames: []stacktrace.Frame{{Func: strings.Repeat("a/", n/2), File: "http://h/" + strings.Repeat("0123456789abcdef/", n/17), Line: 1}}}
		}},
		{"quotes", func(n int) stacktrace.Trace { return stacktrace.Trace{Message: strings.Repeat(`'a `, n/3)} }},
		{"numbers", func(n int) stacktrace.Trace { return stacktrace.Trace{Message: strings.Repeat("1.a.", n/4)} }},
		{"words", func(n int) stacktrace.Trace { return stacktrace.Trace{Message: strings.Repeat("a:", n/2)} }},
		{"at signs", func(n int) stacktrace.Trace { return stacktrace.Trace{Message: strings.Repeat("a@", n/2)} }},
		{"builtin", func(n int) stacktrace.Trace {
			return stacktrace.Trace{Type: "TypeError", Message: strings.Repeat(" (evaluating '", n/14)}
		}},
		{"path", func(n int) stacktrace.Trace {
			return stacktrace.Trace{Message: "ENOENT: no, open '" + strings.Repeat("' -> '", n/6)}
		}},
	} {
		perByte := func(n int) float64 {
			trace := attack.make(n)
			best := time.Hour
			for range 5 {
				start := time.Now()
				normalize.Fingerprint(&trace, normalize.Stable)
				best = min(best, time.Since(start))
			}
			return float64(best) / float64(n)
		}
		small, large := perByte(1<<13), perByte(1<<17)
		t.Logf("%s: %.1f ns a byte at 8 KB, %.1f at 128 KB", attack.name, small, large)
		if large > 6*small+50 {
			t.Errorf("%s: %.1f ns a byte at 8 KB, %.1f at 128 KB", attack.name, small, large)
		}
	}
}
