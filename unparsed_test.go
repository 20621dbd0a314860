package stacktrace_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
)

// TestUnparsed tells for each engine and kind of text how many lines, other than empty ones, belong to
// no part of what Parse reads. An error.stack is nothing but a header and frames, so there is none.
func TestUnparsed(t *testing.T) {
	lines, left, all := map[string]int{}, map[string]int{}, 0
	for _, c := range captures(t, func(*capture) bool { return true }) {
		what := c.engine() + " " + c.Kind
		lines[what] += filled(strings.Split(c.Text, "\n"))
		trace := stacktrace.Parse(c.Text)
		n := 0
		for _, part := range errorTree(trace) {
			n += filled(part.Unparsed)
		}
		left[what] += n
		if n == 0 || c.Kind != "error.stack" || slices.ContainsFunc(slices.Concat(trace.Context, trace.Unparsed), isCaret) {
			continue // Node puts an excerpt of the source into the stacks of some errors
		}
		all++
		t.Logf("%s: %q of\n%.600s", c.ID, trace.Unparsed, c.Text)
	}
	for _, what := range slices.Sorted(maps.Keys(lines)) {
		t.Logf("%s: %d of %d lines unparsed, %.2f %%", what, left[what], lines[what], 100*float64(left[what])/float64(lines[what]))
	}
	// Bluebird's "(No stack trace)", Duktape's "[...]" behind the last frame, a message that holds a
	// boundary and a frame, and names that hold a line end and a frame.
	if all > 13 {
		t.Errorf("lines of %d stacks are left", all)
	}
}

// isCaret reports whether a line points at a place in the line above.
func isCaret(line string) bool {
	return strings.Trim(line, " \t^~") == "" && strings.Contains(line, "^")
}

// filled returns how many of lines are not empty.
func filled(lines []string) int {
	n := 0
	for _, line := range lines {
		if strings.Trim(stripped(line), " \t\r") != "" {
			n++
		}
	}
	return n
}

// errorTree returns t and the errors that are part of it.
func errorTree(t *stacktrace.Trace) []*stacktrace.Trace {
	all := []*stacktrace.Trace{t}
	if t.Cause != nil {
		all = append(all, errorTree(t.Cause)...)
	}
	for _, e := range t.Errors {
		all = append(all, errorTree(e)...)
	}
	return all
}
