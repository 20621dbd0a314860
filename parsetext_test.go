package stacktrace_test

import "github.com/stacktrace-go/stacktrace"

// parseText returns what Parse makes of text, with or without frames.
func parseText(text string) *stacktrace.Trace {
	trace, _ := stacktrace.Parse(text)
	return trace
}
