package header_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/header"
)

// TestWords checks that what is a header by itself holds one of the words that are looked for.
func TestWords(t *testing.T) {
	const before = "a line: of {prose}\n"
	for _, line := range []string{
		"TypeError: x", "a.b.FooException: x", "failed: Error [ERR_X]: x", "UnhandledPromiseRejection: x", "Custom Error: x",
		"DeprecationWarning: x", "PromiseRejection: x", "Uncaught x", "uncaught exception: x", "(in promise) x",
		"Unhandled rejection x", "Unhandled Rejection: x", "Unhandled Promise Rejection: x", "error: x",
		`js: "a.js", line 1: uncaught JavaScript runtime exception: x`,
	} {
		for _, n := range []int{3, 202, 203, 204, 205, 2000} { // in the first chunk, at its end, and behind others
			w := header.Words{Text: strings.Repeat(before, n) + line + "\nmore: of it"}
			start := n * len(before)
			if at := w.Next(0); at < start || at >= start+len(line) {
				t.Errorf("Next in %q = %d, want a place in the line at %d", w.Text, at, start)
			}
			if at := w.Next(start + len(line)); at != len(w.Text) {
				t.Errorf("Next behind the header in %q = %d, want none", w.Text, at)
			}
		}
	}
}
