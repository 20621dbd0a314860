package segment_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/segment"
)

// TestInLog shows lines of a log behind the first frame of a trace: "f" is a frame, "c" a line that connects
// frames, "-" dashes, "t" a line that is told, "_" an empty line, "." another. What is wanted is how many of them are of the
// trace.
func TestInLog(t *testing.T) {
	kinds := map[rune]segment.LogLine{
		'.': segment.Nothing, '_': segment.Empty, 'f': segment.Frame, 'c': segment.Connects, '-': segment.Separator, 't': segment.Told,
	}
	for _, test := range []struct {
		lines string
		want  int
	}{
		{"ff", 2},
		{"ff.f", 2},
		{"f_f", 1},
		{"f_.", 1},
		{"f_t", 3},
		{"f_tf", 4},
		{"f__t", 4},
		{"f___t", 1},
		{"f-f", 3},
		{"f-.", 1},
		{"f_-f", 4},
		{"fcf", 3},
		{"fc.", 1},
		{"fc_f", 1},
		{"_t.t", 2},
	} {
		n, sure, isBehindEmpty := 0, 0, false
		for _, c := range test.lines {
			joins, isSure := segment.InLog(kinds[c], n-sure, isBehindEmpty)
			if !joins {
				break
			}
			n++
			if isSure {
				sure = n
			}
			isBehindEmpty = c == '_'
		}
		if sure != test.want {
			t.Errorf("%q: %d lines are of the trace, want %d", test.lines, sure, test.want)
		}
	}
}
