package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// writeCanonical writes for a person what is the same of a trace in every engine: the message, the
// frames and the fingerprints.
func writeCanonical(out io.Writer, t *stacktrace.Trace) {
	c := normalize.Trace(t)
	var b strings.Builder
	switch {
	case c.Message.Kind == "":
		fmt.Fprintln(&b, c.Message.Text)
	default:
		fmt.Fprintf(&b, "%s (%s)\n", c.Message.Text, c.Message.Kind)
		for _, p := range c.Message.Params {
			fmt.Fprintf(&b, "  %s: %s\n", p.Name, strings.ReplaceAll(p.Value, "\n", "\n  "))
		}
	}
	width := 0
	for _, f := range c.Frames {
		width = max(width, min(utf8.RuneCountInString(f.Func), 40))
	}
	for _, f := range c.Frames {
		if f.Boundary != "" {
			fmt.Fprintf(&b, "  --- %s ---\n", f.Boundary)
		}
		place := f.File
		if f.Line > 0 {
			place = fmt.Sprintf("%s:%d", place, f.Line)
		}
		code := f.Code.String()
		if f.Package != "" {
			code += " " + f.Package
		}
		fmt.Fprintf(&b, "  %-*s  %s  [%s]\n", width, f.Func, place, code)
	}
	for _, s := range [...]normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose} {
		fmt.Fprintf(&b, "%-6s  %s\n", s, c.Fingerprint(s))
	}
	io.WriteString(out, strings.Map(visible, b.String()))
}
