package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// TakeInspected reads lines, in which there is no frame and of which clean is the text, if they are an
// error as it was printed, and returns how many bytes of them are. The rest of its last line is of what
// was printed around it.
//
//	[Error: x]
//	[Error: x] { code: 'E' }
//	{ [Error: x] code: 'E' }                   Node 10
//	{ Error: x code: 'E' }                     Node 8
//	{ err: [Error: x], other: 1 }
//	{ err: Error, other: 1 }                   Node 10
func TakeInspected(p *model.Parsed, source Source, lines, clean string) (end int, ok bool) {
	text, braced := header.CutPrinted(clean)
	isObject := strings.HasPrefix(clean, "{ ")
	if close := header.ClosingBracket(text); close > 0 {
		h, ok := header.BracketedHeader(text[:close+1])
		if !ok {
			return 0, false
		}
		p.Label, p.Type, p.Message = h.Label, h.Type, h.Message
		p.SetCode(h.Code)
		return takeInspectedProps(p, source, lines, clean, text[close+1:], braced), true
	}
	first, rest, several := strings.Cut(text, "\n")
	switch {
	case braced && strings.HasSuffix(strings.TrimRight(first, ","), "}"):
		for i := 1; i < len(first); i++ {
			if isGlued(first[i:]) {
				setOnlyHeader(p, first[:i])
				return takeInspectedProps(p, source, lines, clean, text[i:], true), true
			}
		}
		return 0, false
	case braced && several && header.IsEntry(strings.TrimLeft(rest, " ")):
		setOnlyHeader(p, first)
		return takeInspectedProps(p, source, lines, clean, text[len(first):], true), true
	case isObject && !braced && len(text) < len(clean) && strings.HasSuffix(first, " }") || isObject && strings.HasSuffix(first, ","):
		own := strings.TrimRight(first, "}, ")
		if i := strings.Index(first, ", "); i >= 0 && header.IsEntry(first[i+len(", "):]) {
			own = first[:i]
		}
		setOnlyHeader(p, own)
		return takeInspectedProps(p, source, lines, clean, text[len(first):], false), true
	}
	return 0, false
}

// setOnlyHeader takes a header that stands alone.
func setOnlyHeader(p *model.Parsed, text string) {
	h := header.Parse(header.CutNullPrototype(text), true)
	p.Label, p.Type, p.Message = h.Label, h.Type, h.Message
	p.SetCode(h.Code)
}

// takeInspectedProps reads the properties in behind, the end of clean, if they are the error's, and
// returns how many bytes of lines, of which clean is the text, have been read.
func takeInspectedProps(p *model.Parsed, source Source, lines, clean, behind string, braced bool) int {
	_, below, several := strings.Cut(behind, "\n")
	switch inline := strings.TrimLeft(behind, " "); {
	case strings.HasPrefix(inline, "{ ") && header.IsEntry(inline[len("{ "):]):
		readInlineProps(&p.Trace, inline[len("{ "):])
	case braced && header.IsEntry(inline) && inline != behind:
		readInlineProps(&p.Trace, inline)
	case braced && several && inline[0] == '\n':
		r := source.lines(below)
		r.readBracedProps(&p.Trace, maxNesting)
		below = below[r.pos:]
	}
	if !several {
		return len(lines)
	}
	skipped := strings.Count(clean[:len(clean)-len(below)], "\n")
	end := 0
	for range skipped {
		_, end = txt.LineAt(lines, end)
	}
	return end
}
