package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/layout"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// parseFailure reads the first failure of a test that a test runner printed, whose title is the error's label. Bare is
// the scan of the text, whose frames must be among those that are found.
func (w *unwrapper) parseFailure(whole *parsed, bare *scan) (*parsed, bool) {
	if w.isWithin("failure") {
		return nil, false
	}
	text := whole.text
	own, head := text, text
	if bare.coloured {
		own = ansi.Strip(text)
		head = own
	}
	if bare.header >= 0 && bare.isSure() && bare.header <= len(bare.text) {
		head = bare.own[:bare.ownAt(bare.header)]
	}
	if !layout.MayHoldFailure(head) {
		return nil, false
	}
	f, ok := layout.FindFailure(own)
	if !ok || f.From > len(head) {
		return nil, false
	}
	if bare.coloured {
		f.From, f.To = lineOf(text, own, f.From), lineOf(text, own, f.To)
	}
	inner := &unwrapper{left: maxUnwrapped * (f.To - f.From), within: []string{"failure"}}
	p := parseWithin(text[f.From:f.To], inner)
	if len(p.Frames) == 0 && p.Type == "" {
		return nil, false
	}
	layout.CutFailure(&p.Parsed)
	p.Label = f.Title
	lines := txt.AppendLines(nil, text[:f.From])
	p.Before += len(lines)
	p.Unparsed = append(lines, p.Unparsed...)
	p.sure = len(p.Frames) > 0
	switch {
	case p.next > 0:
		p.next += f.From
	case f.Next:
		p.next = f.To
	default:
		p.Leave(strings.TrimRight(text[f.To:], "\r\n"))
	}
	p.text = text
	return p, true
}

// lineOf returns where the line begins in text that begins at offset in own, the text without colours.
func lineOf(text, own string, offset int) int {
	at := 0
	for range strings.Count(own[:offset], "\n") {
		_, at = txt.LineAt(text, at)
	}
	if offset == len(own) {
		return len(text)
	}
	return at
}
