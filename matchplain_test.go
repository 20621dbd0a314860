package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

// TestMatchPlainAt compares what is asked of plain lines with what would be asked of any, for every line
// that an engine wrote, and with parentheses in its name and its file.
func TestMatchPlainAt(t *testing.T) {
	check := func(line string) {
		var f formats.Frame
		if formats.ReadPlainAt(&f, line[len("at "):]) != formats.IsPlain {
			return
		}
		if got, want := formats.MatchPlainAt(line), formats.MatchAt(line); got != want {
			t.Errorf("MatchPlainAt(%q) = %v, want %v", line, got, want)
		}
	}
	for _, c := range captures(t, func(*capture) bool { return true }) {
		for line := range strings.Lines(c.Text) {
			line = strings.TrimSpace(line)
			if call, ok := strings.CutPrefix(line, "at "); ok && call != "" {
				check(line)
				check(strings.Replace(line, ".js", "(1).js", 1))
				check(strings.Replace(line, ".js", ").js", 1))
				check("at (unknown):3" + strings.TrimPrefix(call, "f"))
			}
		}
	}
}
