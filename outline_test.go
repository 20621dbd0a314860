package stacktrace_test

import (
	"fmt"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// outline writes what text holds, one thing on a line, for tests of which line belongs where:
//
//	TypeError [CODE]: message
//	f a.js:1:2, skipped 3, after "async", source "f();"
//	prop code = 'CODE'
//	prop inner
//	  Error: message
//	context "> 12 | f();"
//	unparsed "text"
//	cause
//	  Error: message
//	gathered
//	  Error: message
func outline(text string) string {
	return strings.TrimSuffix(outlineOf(stacktrace.Parse(text)), "\n")
}

func outlineOf(t *stacktrace.Trace) string {
	var b strings.Builder
	b.WriteString(t.Type)
	if t.Code != "" {
		fmt.Fprintf(&b, " [%s]", t.Code)
	}
	if t.Message != "" {
		b.WriteString(": " + strings.ReplaceAll(t.Message, "\n", `\n`))
	}
	b.WriteByte('\n')
	for _, f := range t.Frames {
		b.WriteString(f.Func + " " + f.File)
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d", f.Line)
		}
		if f.Col > 0 {
			fmt.Fprintf(&b, ":%d", f.Col)
		}
		if f.Skipped > 0 {
			fmt.Fprintf(&b, ", skipped %d", f.Skipped)
		}
		if f.AsyncCause != "" {
			fmt.Fprintf(&b, ", after %q", f.AsyncCause)
		}
		if f.Source != "" {
			fmt.Fprintf(&b, ", source %q", f.Source)
		}
		b.WriteByte('\n')
	}
	within := func(title string, t *stacktrace.Trace) {
		b.WriteString(title + "\n")
		for line := range strings.Lines(outlineOf(t)) {
			b.WriteString("  " + line)
		}
	}
	for _, p := range t.Props {
		if p.Trace != nil {
			within("prop "+p.Name, p.Trace)
			continue
		}
		fmt.Fprintf(&b, "prop %s = %s\n", p.Name, strings.ReplaceAll(p.Text, "\n", `\n`))
	}
	for _, line := range t.Context {
		fmt.Fprintf(&b, "context %q\n", line)
	}
	for _, line := range t.Unparsed {
		fmt.Fprintf(&b, "unparsed %q\n", line)
	}
	if t.Cause != nil {
		within("cause", t.Cause)
	}
	for _, e := range t.Errors {
		within("gathered", e)
	}
	return b.String()
}
