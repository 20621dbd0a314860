package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// What people copy out of the consoles of browsers, and what tools print in rows of their own.

// readHeaderLines reads the header that lines are, all of those before the first frame. Empty lines
// around it, and lines of a log before an error that cannot be mistaken, are unparsed.
func readHeaderLines(p *model.Parsed, lines model.Lines, printed bool) {
	if lines.Bare {
		return
	}
	end := lines.Len()
	for end > 0 && (lines.At(end-1).Body == "" || end > 1 && (lines.At(end-1).Body == locatedWord || header.IsStackTitle(lines.At(end-1).Body))) {
		end--
	}
	if end == 0 {
		return // the error has neither name nor message
	}
	for lines.At(0).Body == "" {
		p.LeaveLines(lines.Slice(0, 1))
		lines, end = lines.From(1), end-1
	}
	behind := lines.From(end)
	lines = lines.Slice(0, end)
	if start := errorLine(lines); start > 0 {
		p.LeaveLines(lines.Slice(0, start))
		lines = lines.From(start)
	}
	if start := header.Repeated(lines.Len(), func(i int) string { return cutPlace(lines.At(i).Body) }); start > 0 {
		p.LeaveLines(lines.Slice(0, start))
		lines = lines.From(start)
	}
	p.Before = len(p.Unparsed)
	if lines.Len() > 0 {
		indent := lines.At(0).Indent
		text := joinLines(lines, func(l model.Line) string { return l.Own[min(l.Indent, indent):] })
		text = cutPlace(text)
		h := header.Parse(text, printed)
		if strong := header.Prefer(h, text); !strings.Contains(text, `"`+strong.Type+": ") { // Vue quotes the error
			h = strong
		}
		p.Header = joinLines(lines, func(l model.Line) string { return l.Raw })
		p.Label, p.Type, p.Code, p.Message = h.Label, h.Type, h.Code, h.Message
	}
	p.LeaveLines(behind)
}

// errorLine returns the index of the first line that can be nothing but an error's header, if the
// first line of all is no header by itself; else that of the last line with the link of its message before it.
func errorLine(lines model.Lines) int {
	linked := 0
	for i, l := range lines.All() {
		if isLinked(l.Body) {
			linked = i
		}
		body := cutPlace(l.Body)
		typ := header.Parse(body, false).Type
		if i == 0 && typ != "" {
			return 0
		}
		if _, uncaught := header.CutConsoleWords(body); uncaught || header.IsErrorName(typ) {
			return i
		}
	}
	return linked
}

// isLinked reports whether body begins with a link that only a message of Chrome's console has before it.
func isLinked(body string) bool {
	place, rest, ok := strings.Cut(body, " ")
	var f formats.Frame
	return ok && endsInLine(place) && strings.TrimSpace(rest) != "" && formats.ReadRowPlace(&f, place)
}

// cutPlace takes the link off the beginning of a message of Chrome's that was copied with its row:
// "file.js:12 Uncaught TypeError: msg".
func cutPlace(s string) string {
	place, rest, ok := strings.Cut(s, " ")
	if !ok || !endsInLine(place) || strings.IndexByte(place, '\n') >= 0 {
		return s
	}
	if _, uncaught := header.CutConsoleWords(rest); uncaught || header.IsErrorName(header.Parse(rest, false).Type) {
		return rest
	}
	if isLinked(s) {
		return rest
	}
	return s
}

// endsInLine reports whether s is "FILE:LINE".
func endsInLine(s string) bool {
	colon := strings.LastIndexByte(s, ':')
	if colon <= 0 {
		return false
	}
	_, ok := txt.ParseCount(s[colon+1:])
	return ok
}

// joinLines returns what pick takes of each of lines, with "\n" between. A single line is not copied.
func joinLines(lines model.Lines, pick func(model.Line) string) string {
	return txt.JoinParts(lines.Len(), func(i int) string { return pick(lines.At(i)) })
}
