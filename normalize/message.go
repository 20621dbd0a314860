package normalize

import "github.com/stacktrace-go/stacktrace"

// Template is a message without what varies.
type Template struct {
	Text string
	Kind string
}

func template(t *stacktrace.Trace) Template { return Template{Text: t.Message} }
