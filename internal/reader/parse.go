package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Parse returns the error that text describes. Any text is read; one without a frame gives a Trace
// without Frames that holds what else was read.
func Parse(text string) *Trace { return &parse(text).Trace }

// parsed is a Trace with the lines of its header.
type parsed struct {
	Trace
	header string // as they stand in the text
	before int    // Unparsed[:before] stand before them
	braced bool   // the header begins with the brace that Node 8 and 10 put there
	isBun  bool   // an excerpt of the source as Bun prints it stands before the header
	thrown bool   // an excerpt of the source stands before the header: nobody caught the error
	scan   *scan
	sure   bool // its frames can be nothing else
}

func parse(text string) *parsed { return parseWithin(text, nil) }

// parseWithin reads what is within the wrappings that w has taken off.
func parseWithin(text string, w *unwrapper) *parsed {
	if strings.HasPrefix(text, byteOrderMark) && !w.isWithin("bom") {
		if p := w.parseMarked(text); p != nil {
			return p
		}
	}
	p := new(parsed)
	s := scanLines(text, w.takeRoom(text))
	p.sure = s.isSure()
	if ask := s.dialectsAsked(); ask != 0 {
		if p, ok := s.parseDialect(ask, s.frames[:0], false); ok {
			p.sure = true
			return p
		}
	}
	if !p.sure || mayBeWrapped(text, &s) {
		if p, ok := w.parseWrapped(text, &s); ok {
			return p
		}
	}
	s.acceptDoubtful()
	if w.isAttempt() && !p.sure && (!w.doubtful || len(s.frames) == 0) {
		p.Frames = s.frames // that there are some is all that counts
		return p
	}
	end := len(text)
	if s.header >= 0 {
		end = s.header
	}
	p.takeHeader(&s, text[:end])
	p.takeFrames(&s)
	return p
}

// leaveHeader makes the lines of the header unparsed ones.
func (p *parsed) leaveHeader() {
	if p.header != "" {
		before := min(p.before, len(p.Unparsed)) // empty lines may have been taken away
		lines := make([]string, 0, len(p.Unparsed)+strings.Count(p.header, "\n")+1)
		lines = append(lines, p.Unparsed[:before]...)
		lines = appendLines(lines, p.header)
		p.Unparsed = append(lines, p.Unparsed[before:]...)
	}
	p.Label, p.Type, p.Code, p.Message = "", "", "", ""
}

// scanLines reads the lines of text and keeps all of them. There is room for the frames.
func scanLines(text string, room []Frame) scan {
	s := newScan(room, text)
	s.keep = true
	s.run()
	return s
}

// takeFrames moves what s found behind the header into t.
func (p *parsed) takeFrames(s *scan) {
	p.takeOwnFrames(s)
	p.takeRest(s)
}

// takeOwnFrames moves the frames that s found into t, and what stands between them.
func (t *Trace) takeOwnFrames(s *scan) {
	t.Frames = s.frames
	if len(t.Frames) == 0 {
		t.Frames = nil
	} else {
		t.Engine = t.Frames[0].Engine
	}
	t.Unparsed = appendSpans(t.Unparsed, s.text, s.others[:s.kept])
}

// takeHeader reads the lines before the frames into p.
func (p *parsed) takeHeader(s *scan, lines string) {
	if len(s.frames) == 0 {
		lines = txt.TrimLineEnds(lines)
	} else if before, ok := strings.CutSuffix(lines, "\n"); ok {
		lines = strings.TrimSuffix(before, "\r")
	}
	if len(s.frames) > 0 && !s.coloured && strings.IndexByte(lines, '\n') < 0 {
		if typ, message, ok := header.ParsePlain(lines); ok {
			p.header, p.Type, p.Message = lines, typ, message
			p.setCode(header.ErrnoOf(message))
			return
		}
	}
	if lines != "" {
		start := p.skipToHeader(s, lines)
		p.leave(lines[:start])
		lines = lines[start:]
	}
	p.before = len(p.Unparsed)
	if lines == "" {
		return
	}
	lines = p.takeAround(s, lines)
	text := s.headerText(lines)
	if len(s.frames) == 0 {
		if end, ok := p.takeInspected(s, lines, text); ok {
			p.header = lines[:end]
			p.leave(lines[end:])
			return
		}
	}
	printed := len(s.frames) > 0 && strings.HasPrefix(s.body(s.frames[0].Text), "at ")
	p.setHeader(text, printed || s.closed)
	if p.Type == "" && len(s.frames) == 0 && !p.thrown && strings.IndexByte(lines, '\n') >= 0 {
		p.Label, p.Code, p.Message = "", "", ""
		p.leave(lines) // prose
		return
	}
	p.header = lines
}

// setHeader reads the label, the type, the code and the message from the text of a header.
func (p *parsed) setHeader(text string, printed bool) {
	if message, ok := strings.CutPrefix(text, "error: "); ok && p.isBun { // an Error by name
		p.Message = message
		p.setCode(header.ErrnoOf(message))
		return
	}
	code, rest := cutWarningCode(text)
	rest, p.braced = cutPrinted(rest)
	h := header.Parse(cutNullPrototype(rest), printed || code != "")
	if h.Code == "" {
		h.Code = code
	}
	p.Label, p.Type, p.Message = labelOf(text, rest), h.Type, h.Message
	p.setCode(h.Code)
}

// labelOf returns the label in the text of a header, "" if there is none: at its beginning, or behind
// what the program printed before the error. Rest is the text without that.
func labelOf(text, rest string) string {
	behind := cutProcessWarning(text)
	if strings.HasSuffix(text[:len(text)-len(behind)], rejectionWarning+": ") {
		return rejectionWarning
	}
	for _, s := range [...]string{behind, rest} {
		if after, ok := header.CutConsoleWords(s); ok {
			return header.LabelOf(s[:len(s)-len(after)])
		}
	}
	return ""
}

// setCode sets the code that a header tells. The properties may have told one, but not the header.
func (t *Trace) setCode(code string) {
	if code != "" {
		t.Code = code
	}
}

// skipToHeader returns where an error's header begins, behind empty lines, the source excerpts that Node
// prints, and lines of a log, if a header that cannot be mistaken follows them.
func (p *parsed) skipToHeader(s *scan, lines string) int {
	offset := 0
	for offset < len(lines) {
		line, next := txt.LineAt(lines, offset)
		if body := s.body(line); body != "" && !(next < len(lines) && isOpener(body)) {
			if next = numberedEnd(lines, offset, s.body); next > offset {
				p.isBun = true
			} else if next = excerptEnd(lines, offset, s.body); next == offset {
				break
			}
			p.thrown = true
		} else if next == len(lines) {
			break // the error has neither name nor message
		}
		offset = next
	}
	first, next := txt.LineAt(lines, offset)
	if p.isBun || hasWarning(first, s) {
		return offset
	}
	body, _ := cutPrinted(s.body(first))
	if h := header.Parse(body, strings.Contains(body, ": ")); h.Type != "" || h.Message == "" {
		return offset
	}
	for next < len(lines) {
		line, after := txt.LineAt(lines, next)
		body, _ := cutPrinted(s.body(line))
		if body, uncaught := header.CutConsoleWords(body); uncaught || header.IsErrorName(header.Parse(body, false).Type) {
			return next
		}
		next = after
	}
	return offset
}

// leave adds whole lines to the unparsed ones.
func (t *Trace) leave(lines string) {
	t.Unparsed = appendLines(t.Unparsed, lines)
}

// headerText returns the lines of a header without what is not its own, and without the indentation
// of its first line.
func (s *scan) headerText(lines string) string {
	text := s.cleanLines(lines)
	first, _ := txt.LineAt(text, 0)
	indent := len(first) - len(strings.TrimLeft(first, " \t"))
	if indent == 0 || strings.IndexByte(text, '\n') < 0 {
		return text[indent:]
	}
	return txt.EachLine(text, func(line string) string {
		blanks := len(line) - len(strings.TrimLeft(line, " \t"))
		return line[min(blanks, indent):]
	})
}

// cleanLines returns lines without colours and with "\n" for line ends. It is lines
// itself if there is nothing to take out.
func (s *scan) cleanLines(lines string) string {
	lines = strings.ReplaceAll(lines, "\r\n", "\n")
	return s.uncoloured(strings.TrimSuffix(lines, "\r"))
}

// AppendFrames appends the frames of text to dst, innermost call first. They are those that [Parse] finds in a text without a wrapping. It allocates only to
// grow dst, unless the text is coloured; the strings of the frames are pieces of text.
func AppendFrames(dst []Frame, text string) []Frame {
	s := newScan(dst, text)
	s.run()
	if ask := s.dialectsAsked(); ask != 0 {
		if p, ok := s.parseDialect(ask, s.frames[s.base:s.base], true); ok {
			if len(dst) == 0 && len(p.Frames) > cap(s.frames) {
				return p.Frames
			}
			return append(s.frames[:s.base], p.Frames...)
		}
	}
	s.acceptDoubtful()
	return s.frames
}
