package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// strengths are those of fingerprints, the strictest first.
var strengths = [...]normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose}

// writeCanonical writes for a person what is the same of a trace in every engine: the message, the
// frames and the fingerprints.
func writeCanonical(out io.Writer, l look, t *stacktrace.Trace, options []normalize.Option) {
	c := normalize.Trace(t, options...)
	var b strings.Builder
	b.WriteString(l.in(styleMessage, clean(c.Message.Text)))
	if c.Message.Kind != "" {
		fmt.Fprintf(&b, " (%s)", clean(c.Message.Kind))
	}
	b.WriteByte('\n')
	if c.Message.Kind != "" {
		for _, p := range c.Message.Params {
			fmt.Fprintf(&b, "  %s: %s\n", l.in(styleName, clean(p.Name)), clean(strings.ReplaceAll(p.Value, "\n", "\n  ")))
		}
	}
	width := 0
	for _, f := range c.Frames {
		width = max(width, min(ansi.StringWidth(clean(f.Func)), maxFuncColumns))
	}
	for _, f := range c.Frames {
		if f.Boundary != "" {
			fmt.Fprintf(&b, "  %s\n", l.in(styleDim, "--- "+clean(f.Boundary)+" ---"))
		}
		code := f.Code.String()
		if f.Package != "" {
			code += " " + f.Package
		}
		if f.Minified {
			code += ", minified"
		}
		name, place := styleFunc, stylePlace
		if !f.InApp {
			name, place = styleDim, styleDim
		}
		fmt.Fprintf(&b, "  %s  %s  %s\n", l.in(name, pad(clean(f.Func), width)), l.in(place, clean(groups.PlaceOf(f))), l.in(styleDim, "["+clean(code)+"]"))
	}
	writeFingerprints(&b, l, c, "")
	io.WriteString(out, b.String())
}

func writeFingerprints(w io.Writer, l look, c *normalize.Canonical, indent string) {
	for _, s := range strengths {
		fmt.Fprintf(w, "%s%s  %s\n", indent, l.in(styleName, pad(s.String(), len("stable"))), c.Fingerprint(s))
	}
}

// writeExplanation writes which rules made a trace comparable with those of other engines and
// releases, and its fingerprints if nothing else shows them.
func writeExplanation(out io.Writer, l look, t *stacktrace.Trace, fingerprints bool, options []normalize.Option) {
	var b strings.Builder
	if fingerprints {
		b.WriteString("\n" + l.in(styleDim, "fingerprints:") + "\n")
		writeFingerprints(&b, l, normalize.Trace(t, options...), "  ")
	}
	b.WriteString("\n" + l.in(styleDim, "rules:") + "\n")
	all := normalize.Explain(t, options...)
	for _, e := range all {
		subject := "message"
		if e.Frame >= 0 {
			subject = fmt.Sprintf("frame %d", e.Frame+1)
		}
		to := clean(e.To)
		if to == "" {
			to = "(left out)"
		}
		fmt.Fprintf(&b, "  %s  %s\n", l.in(styleName, subject), e.Why)
		fmt.Fprintf(&b, "    %s → %s\n", oneLine(clean(e.From)), oneLine(to))
	}
	if len(all) == 0 {
		b.WriteString("  none: every engine would print this trace as it is\n")
	}
	io.WriteString(out, b.String())
}

// oneLine returns the first line of s.
func oneLine(s string) string {
	line, _, more := strings.Cut(s, "\n")
	if more {
		line += " …"
	}
	return line
}
