package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/excerpt"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/layout"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Report is what a program knows of an error besides its stack: the fields of an Error object and the
// arguments of window.onerror. All are optional.
type Report struct {
	Name, Message, Stack, File string
	Line, Col                  int
}

// ParseReport returns the error that a report describes. The name and message it gives are those of
// the result, but for the words that consoles put before a message and the code that Node puts into
// a name; what it lacks is read from the stack.
func ParseReport(r Report) *model.Trace {
	t := parseReport(r)
	excerpt.TakeAll(t)
	return t
}

func parseReport(r Report) *model.Trace {
	stack := txt.TrimLineEnds(r.Stack)
	if stack == "" {
		if t, ok := parseMessage(r); ok {
			return t
		}
	}
	h := reportHeader(r)
	t, ok := parseBehind(stack, r.Name, h)
	if !ok {
		parsed := parse(stack)
		if h.Message != "" && parsed.Message != h.Message {
			parsed.leaveHeader()
		}
		t = &parsed.Trace
	}
	if h.Label != "" {
		t.Label = h.Label
	}
	if h.Type != "" {
		t.Type = h.Type
	}
	if h.Message != "" {
		t.Message = h.Message
	}
	if h.Code != "" {
		t.Code = h.Code
	}
	if len(t.Frames) == 0 {
		if r.File == "" {
			return t
		}
		t.Frames = []model.Frame{reportFrame(r)}
		t.Engine = t.Frames[0].Engine
		return t
	}
	top := &t.Frames[0]
	if top.Col == 0 && top.Line > 0 && top.Line == r.Line && (r.File == "" || r.File == top.File) {
		top.Col = max(r.Col, 0)
	}
	return t
}

// parseMessage reads a report without a stack whose message holds it too. It reports false if it does not.
func parseMessage(r Report) (*model.Trace, bool) {
	if strings.IndexByte(r.Message, '\n') < 0 || !carrier.HasFrame(r.Message) {
		return nil, false
	}
	p := parse(txt.TrimLineEnds(r.Message))
	if r.Name != "" && p.Type != r.Name && len(p.Wrapping) == 0 {
		p.Label, p.Type, p.Message = "", r.Name, txt.TrimLineEnds(p.Header)
	}
	return &p.Trace, true
}

// parseBehind reads a stack whose header holds the report's message. It reports false if none does.
func parseBehind(stack, name string, h header.Header) (*model.Trace, bool) {
	start, end, ok := findHeader(stack, name, h)
	if !ok {
		return nil, false
	}
	s := newScan(make([]model.Frame, 0, roomFor(stack)), stack[end:])
	s.keep, s.known, s.header = true, true, 0
	s.run()
	s.acceptDoubtful()
	if len(s.frames) == 0 {
		whole := newScan(nil, stack)
		if _, ok := whole.readLayout(layout.Any, s.frames, true); ok || carrier.HasPrefixedFrame(stack) {
			return nil, false // its header may stand elsewhere
		}
	}
	t := new(parsed)
	t.Leave(stack[:start])
	t.takeFrames(&s)
	text := strings.TrimRight(s.cleanLines(stack[start:end]), "\n")
	printed := header.Parse(text, true)
	behind, _ := header.CutPrinted(text)
	t.Label, t.Type, t.Message = labelOf(text, behind), printed.Type, h.Message
	if printed.Code != "" {
		t.Code = printed.Code
	}
	return &t.Trace, true
}

// reportHeader returns the label, type, code and message that the report itself gives.
func reportHeader(r Report) header.Header {
	if r.Name == "" {
		message, uncaught := header.CutConsoleWords(r.Message)
		h := header.Parse(message, false)
		h.Label = header.LabelOf(r.Message[:len(r.Message)-len(message)])
		if h.Type != "" && (uncaught || header.IsErrorName(h.Type) || r.Stack == "" || strings.HasPrefix(r.Stack, message)) {
			return h
		}
		return header.Header{Label: h.Label, Message: message, Code: header.ErrnoOf(message)}
	}
	h := header.Header{Type: r.Name, Message: r.Message, Code: header.ErrnoOf(r.Message)}
	if typ, code, ok := header.CutCode(r.Name); ok && code != "" {
		h.Type, h.Code = typ, code
	}
	return h
}

// reportFrame returns the frame that the arguments of window.onerror tell. Firefox writes an origin
// for eval'd code there too.
func reportFrame(r Report) model.Frame {
	f := model.Frame{File: r.File, Line: max(r.Line, 0), Col: max(r.Col, 0)}
	origin := model.Frame{Origin: r.File}
	if formats.Caller(new(model.Frame), &origin) && !strings.HasPrefix(r.File, "eval") {
		f.File, f.Origin, f.Eval, f.Engine = "", r.File, true, formats.SpiderMonkey
	}
	return f
}

// maxExcerpt is the number of lines before a header that findHeader looks through: Node's excerpt
// of the source has three, and there may be two of them.
const maxExcerpt = 12

// findHeader returns where in stack the header is that holds the report's message. A header is
// message alone, or NAME or NAME [CODE] and ": " before it, on the first line or behind a source
// excerpt.
func findHeader(stack, name string, h header.Header) (start, end int, found bool) {
	if stack == "" || name == "" && h.Message == "" {
		return 0, 0, false
	}
	offset := 0
	for range maxExcerpt {
		line, next := txt.LineAt(stack, offset)
		body := strings.Trim(ansi.Strip(line), " \t")
		if strings.HasPrefix(body, "at ") && h.Message != "" && !strings.HasPrefix(h.Message, "at ") {
			return 0, 0, false
		}
		if n, ok := headerLen(stack[offset:], line, name, h); ok {
			return offset, offset + n, true
		}
		if next >= len(stack) {
			break
		}
		offset = next
	}
	return 0, 0, false
}

// headerLen returns the length, with its line end, of the header that s begins with; line is the
// first line of s.
func headerLen(s, line, name string, h header.Header) (n int, ok bool) {
	rest, _ := header.CutConsoleWords(line)
	at := len(line) - len(rest)
	if h.Message == "" {
		typ, _, ok := header.CutCode(strings.TrimSuffix(strings.TrimRight(rest, " "), ":"))
		_, next := txt.LineAt(s, 0)
		return next, ok && (typ == name || typ == h.Type)
	}
	if n, ok := messageLen(s[at:], h.Message); ok {
		return at + n, true
	}
	if after, ok := strings.CutPrefix(rest, name); ok && name != "" {
		if colon := strings.Index(after, ": "); colon == 0 || colon > 0 && strings.HasPrefix(after, " [") {
			from := len(line) - len(after) + colon + len(": ")
			n, ok := messageLen(s[from:], h.Message)
			return from + n, ok
		}
	}
	for range 3 {
		colon := strings.Index(line[at:], ": ")
		if colon < 0 {
			break
		}
		at += colon + len(": ")
		if n, ok := messageLen(s[at:], h.Message); ok {
			return at + n, true
		}
	}
	return 0, false
}

// messageLen returns how much of s message and the line end behind it take up. Line ends in s may
// be "\r\n" where the message has "\n".
func messageLen(s, message string) (n int, ok bool) {
	i := 0
	for j := 0; j < len(message); j++ {
		if i < len(s) && s[i] == '\r' && message[j] == '\n' {
			i++
		}
		if i >= len(s) || s[i] != message[j] {
			return 0, false
		}
		i++
	}
	switch {
	case i == len(s):
		return i, true
	case s[i] == '\n':
		return i + 1, true
	case strings.HasPrefix(s[i:], "\r\n"):
		return i + 2, true
	}
	return 0, false
}
