package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/excerpt"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/layout"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/printed"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Parse returns the error that text describes. Any text is read; one without a frame gives a Trace
// without Frames that holds what else was read.
func Parse(text string) *model.Trace {
	t := &parse(text).Trace
	excerpt.TakeAll(t)
	return t
}

// parsed is what was read of a text, and what else was seen in it.
type parsed struct {
	model.Parsed
	sure bool   // its frames can be nothing else
	text string // that was read, without what was taken off around it; "" if it is the whole text
	next int    // where another error begins in that text; 0 if none does

	apart bool // the other error is outside of what is around this one

	others []*model.Trace // the other errors in what is around this one
}

func parse(text string) *parsed { return parseWithin(text, nil) }

// parseWithin reads what is within the wrappings that w has taken off.
func parseWithin(text string, w *unwrapper) *parsed {
	if strings.HasPrefix(text, carrier.ByteOrderMark) && !w.isWithin(carrier.BOM) {
		if p := w.parseMarked(text); p != nil {
			return p
		}
	}
	if beginsWithFrames(text) {
		return w.parseLines(text, true)
	}
	return w.parseLooked(text, carrier.Look(text))
}

// parseLooked reads a text of which it is known what it may hold.
func (w *unwrapper) parseLooked(text string, holds carrier.Contents) *parsed {
	if len(text) < longText { // the lines of layouts may stand behind a prefix, where no words tell them
		return w.parseLines(text, holds.Frames || strings.IndexByte(text, '\n') >= 0 || carrier.LookForNames(text))
	}
	if !holds.Frames && !holds.Headers {
		if p, ok := parseProse(text); ok {
			return p
		}
	}
	return w.parseLines(text, holds.Frames)
}

// parseLines reads the lines of a text. If it surely has no frames, no layouts and carriers are looked for.
func (w *unwrapper) parseLines(text string, hasFrames bool) *parsed {
	p := &parsed{text: text}
	var room []model.Frame
	if hasFrames {
		room = w.takeRoom(text)
	} else {
		room = make([]model.Frame, 0, 1) // lines are read into it to see that they are no frames
	}
	s := scanLines(text, room, !hasFrames && len(text) >= longText)
	p.sure = s.isSure()
	if s.runs.end >= 0 {
		text, p.next = s.text, s.runs.end
	}
	if s.isOrdinary() && !carrier.IsEscapedHTML(p.text, s.frames) {
		p.takeHeader(&s, text[:s.header])
		p.takeFrames(&s)
		return p
	}
	hasFrames = hasFrames || len(s.frames) > 0
	for _, read := range readings() {
		if read.frames && !hasFrames || read.outermost && w != nil && len(w.within) > 0 && !p.sure {
			continue
		}
		if other, ok := read.read(w, p, &s); ok {
			return other
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

// reading is one way to read a text that is not ordinary.
type reading struct {
	frames    bool // it is for texts that may hold frames
	outermost bool // it is for texts within a carrier only if their frames are sure

	// read reads the text of p, whose lines were scanned, and reports false if another way is the right one.
	read func(w *unwrapper, p *parsed, s *scan) (*parsed, bool)
}

// readings returns the ways to read a text that is not ordinary, which are tried in this order. It is a function, since
// they read texts within texts.
func readings() [9]reading {
	return [...]reading{
		{frames: true, read: (*unwrapper).parseBlock}, // before layouts: rows may be in it
		{read: (*unwrapper).parseFailure},
		{frames: true, read: (*unwrapper).parseLayout},
		{frames: true, read: (*unwrapper).parseCarried},
		{frames: true, read: (*unwrapper).parseMembers},
		{outermost: true, read: (*unwrapper).parseContainer},
		{frames: true, outermost: true, read: (*unwrapper).parseJoinedFrames},
		{frames: true, outermost: true, read: (*unwrapper).parsePlaced},
		{frames: true, read: (*unwrapper).parseCopied},
	}
}

// glance is how much of a text is looked at before all of it is.
const glance = 1 << 10

// beginsWithFrames reports whether a text has what most frames have near its beginning.
func beginsWithFrames(text string) bool {
	beginning := text[:min(len(text), glance)]
	if sign := strings.IndexByte(beginning, '@'); sign >= 0 {
		line, _ := txt.LineAt(beginning, sign)
		if n := len(line); n > 1 && (txt.IsDigit(line[n-1]) || line[n-1] == ']') {
			return true
		}
	}
	return strings.Contains(beginning, "\n"+usualLead) || strings.Contains(beginning, "\n   at ") || strings.Contains(beginning, "\n\tat ")
}

// isOrdinary reports whether the text of s is what engines print and nothing else: a line that can only be a header,
// if there is one, and frames that all have a place, so that nothing stands around it and no layout is like it.
func (s *scan) isOrdinary() bool {
	if len(s.frames) < 2 || s.doubt >= 0 || s.coloured || s.placeless || s.gap || len(s.others) > 0 || s.lastFrame != s.lastLine || s.header < 0 {
		return false
	}
	name, file := s.frames[0].Func, s.frames[len(s.frames)-1].File
	if strings.IndexByte(name, '\t') >= 0 || strings.IndexByte(name, ')') >= 0 || strings.IndexByte(file, '\n') >= 0 || layout.HasSource(s.body(s.text[s.lastLine:])) {
		return false
	}
	if isRowLike(&s.frames[0]) {
		return false
	}
	return s.header == 0 || isOrdinaryHeader(strings.TrimRight(s.text[:s.header], "\r\n"))
}

// isOrdinaryHeader reports whether a text before frames is a line that can only be a header, and none that a layout has.
func isOrdinaryHeader(lines string) bool {
	_, _, ok := header.ParsePlain(lines)
	return ok && strings.IndexByte(lines, '\n') < 0 && strings.IndexByte(lines, '\t') < 0 && !layout.HasReactWords(lines) && !strings.Contains(lines, "  at ")
}

// mayHoldFrames reports whether a text may hold frames that are no lines of engines, or are within a carrier.
func mayHoldFrames(text string) bool {
	return carrier.Look(text).Frames || len(text) < longText && carrier.LookForNames(text)
}

// longText is the length from which on a text without frames and headers is not read line by line.
const longText = 4 << 10

// parseProse reads a text in which there is neither a frame nor the header of an error. It reports false if its
// first line may be a header all the same.
func parseProse(text string) (*parsed, bool) {
	lines := txt.TrimLineEnds(text)
	first := strings.TrimLeft(lines, " \t\r\n")
	p := &parsed{text: text}
	end := strings.IndexByte(first, '\n')
	if end < 0 {
		if strings.Contains(first, "Error: ") || strings.Contains(first, "[Error") || strings.Contains(first, "Error]") {
			return nil, false // an error may be printed in an object, far into the line
		}
		p.Header = lines
		if p.setHeader(first[:min(len(first), longText)], false); p.Message == first[:min(len(first), longText)] {
			p.Message = first
		} else if len(first) > longText {
			return nil, false
		}
		return p, p.Type == "" && len(first) == len(strings.TrimLeft(lines, " \t"))
	}
	p.setHeader(strings.TrimRight(first[:end], "\r"), false)
	if p.Type != "" {
		return nil, false
	}
	p.Label, p.Code, p.Message = "", "", ""
	p.Leave(lines)
	return p, true
}

// leaveHeader makes the lines of the header unparsed ones.
func (p *parsed) leaveHeader() {
	if p.Header != "" {
		before := min(p.Before, len(p.Unparsed)) // empty lines may have been taken away
		lines := make([]string, 0, len(p.Unparsed)+strings.Count(p.Header, "\n")+1)
		lines = append(lines, p.Unparsed[:before]...)
		lines = txt.AppendLines(lines, p.Header)
		p.Unparsed = append(lines, p.Unparsed[before:]...)
	}
	p.Label, p.Type, p.Code, p.Message = "", "", "", ""
}

// scanLines reads the lines of text and keeps all of them. There is room for the frames, and none are there if it is bare.
func scanLines(text string, room []model.Frame, bare bool) scan {
	s := newScan(room, text)
	s.keep, s.bare = true, bare
	s.run()
	s.endAtHeader()
	return s
}

// takeFrames moves what s found behind the header into t.
func (p *parsed) takeFrames(s *scan) {
	p.takeOwnFrames(s)
	rest := s.rest()
	end := printed.TakeRest(&p.Parsed, s.source(), rest, s.found(nil))
	if end < len(rest) {
		p.next = len(s.text) - len(rest) + end
	}
}

// takeOwnFrames moves the frames that s found into p, and what stands between them.
func (p *parsed) takeOwnFrames(s *scan) {
	p.Frames = s.frames
	if len(p.Frames) == 0 {
		p.Frames = nil
	} else {
		p.Engine = p.Frames[0].Engine
	}
	p.Unparsed = txt.AppendSpans(p.Unparsed, s.text, s.others[:s.kept])
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
			p.Header, p.Type, p.Message = lines, typ, message
			p.SetCode(header.ErrnoOf(message))
			return
		}
	}
	above := ""
	if lines != "" {
		start := p.skipToHeader(s, lines)
		var again int
		if len(s.frames) > 0 {
			start += s.repeatedAt(lines[start:])
			again = start + s.titleAt(lines[start:])
		} else {
			again = start + s.toldAgain(lines[start:])
		}
		p.Leave(lines[:start])
		if again < len(lines) {
			defer p.Leave(lines[again:])
			lines = txt.TrimLineEnds(lines[:again])
		}
		above, lines = lines[:start], lines[min(start, len(lines)):]
	}
	p.Before = len(p.Unparsed)
	if lines == "" {
		return
	}
	p.IsBun = p.IsBun || s.indent == bunIndent && strings.Contains(s.rest(), "Bun v")
	lines = printed.TakeAround(&p.Parsed, s.source(), len(s.frames) > 0, lines)
	text := s.headerText(lines)
	if len(s.frames) == 0 {
		if end, ok := printed.TakeInspected(&p.Parsed, s.source(), lines, text); ok {
			p.Header = lines[:end]
			p.Leave(lines[end:])
			return
		}
	}
	printed := len(s.frames) > 0 && strings.HasPrefix(s.body(s.frames[0].Text), "at ")
	p.setHeader(text, printed || s.closed)
	if p.Type != "" && p.Message == "" && text == p.Type && 'a' <= text[0] && text[0] <= 'z' && !header.IsErrorName(p.Type) && s.indent-s.indentOf(lines) == bunIndent {
		p.Type, p.Message = "", text // of Bun's console.trace
	}
	if p.Type == "" && len(s.frames) == 0 && !p.Uncaught && strings.IndexByte(lines, '\n') >= 0 {
		p.Label, p.Code, p.Message = "", "", ""
		p.Leave(lines) // prose
		return
	}
	p.Header = lines
	if p.Label == "" {
		p.Label = s.labelAbove(above)
	}
}

// bunIndent is the number of blanks before the frames that Bun prints.
const bunIndent = 6

// setHeader reads the label, the type, the code and the message from the text of a header.
func (p *parsed) setHeader(text string, isPrinted bool) {
	if message, ok := strings.CutPrefix(text, "error: "); ok && p.IsBun { // an Error by name
		p.Message = message
		if p.Code == "" { // its properties come first
			p.SetCode(header.ErrnoOf(message))
		}
		return
	}
	text = header.CutMarks(text)
	if printed.TakeGathered(&p.Trace, text) {
		return
	}
	code, rest := header.CutWarningCode(text)
	rest, p.Braced = header.CutPrinted(rest)
	h := header.Parse(header.CutNullPrototype(rest), isPrinted || code != "")
	if h.Code == "" {
		h.Code = code
	}
	h.Label = labelOf(text, rest)
	h = header.Once(header.Prefer(h, text))
	p.Label, p.Type, p.Message = h.Label, h.Type, h.Message
	if !p.IsBun || p.Code == "" {
		p.SetCode(h.Code)
	}
}

// labelOf returns the label in the text of a header, "" if there is none: at its beginning, or behind
// what the program printed before the error. Rest is the text without that.
func labelOf(text, rest string) string {
	behind := header.CutProcessWarning(text)
	if strings.HasSuffix(text[:len(text)-len(behind)], header.RejectionWarning+": ") {
		return header.RejectionWarning
	}
	for _, s := range [...]string{behind, rest} {
		if after, ok := header.CutConsoleWords(s); ok {
			return header.LabelOf(s[:len(s)-len(after)])
		}
	}
	if code, _ := header.CutWarningCode(text); code != "" {
		return ""
	}
	return header.TrimLabel(behind[:max(len(behind)-len(rest), 0)])
}

// skipToHeader returns where an error's header begins, behind empty lines, the source excerpts that Node
// prints, and lines of a log, if a header that cannot be mistaken follows them.
func (p *parsed) skipToHeader(s *scan, lines string) int {
	offset := s.titledAt(lines)
	for offset < len(lines) {
		line, next := txt.LineAt(lines, offset)
		if body := s.body(line); body != "" && !(next < len(lines) && header.IsOpener(body)) {
			if next = header.NumberedEnd(lines, offset, s.body); next > offset {
				p.IsBun, p.Uncaught = true, true
				return header.BlankEnd(lines, next, s.body)
			} else if next = header.ExcerptEnd(lines, offset, s.body); next == offset {
				break
			}
			p.Uncaught = true
		} else if next == len(lines) {
			break // the error has neither name nor message
		}
		offset = next
	}
	first, next := txt.LineAt(lines, offset)
	if p.IsBun || printed.HasWarning(first, s.source()) || printed.IsGathered(s.body(first)) {
		return offset
	}
	body, _ := header.CutPrinted(s.body(first))
	if h := header.Parse(body, strings.Contains(body, ": ")); h.Type != "" && header.Prefer(h, body) == h || h.Message == "" {
		return offset
	}
	if _, ok := header.FindStrong(body); ok {
		return offset
	}
	words := header.Words{Text: lines}
	for next < len(lines) {
		if !s.coloured { // colours may stand within a word
			at := words.Next(next)
			if at == len(lines) {
				break
			}
			next = max(next, strings.LastIndexByte(lines[:at], '\n')+1)
		}
		line, after := txt.LineAt(lines, next)
		body, _ := header.CutPrinted(s.body(line))
		if body, uncaught := header.CutConsoleWords(body); uncaught || header.IsErrorName(header.Parse(body, false).Type) {
			return next
		}
		if _, ok := header.FindStrong(body); ok {
			return next
		}
		next = after
	}
	return offset
}

// repeatedAt returns where in lines, those of a header, the header is told a second time; 0 if it is not.
func (s *scan) repeatedAt(lines string) int { return s.lineOf(lines, header.Repeated) }

// toldAgain returns where the message ends in lines, those of a header without frames, if it is told again below.
func (s *scan) toldAgain(lines string) int { return s.lineOf(lines, header.ToldAgain) }

// lineOf returns where in lines the line begins that find tells; find is given the number of lines and their content.
func (s *scan) lineOf(lines string, find func(n int, body func(i int) string) int) int {
	at, offset := 0, 0 // the last line that was asked for, and where it begins
	n := strings.Count(lines, "\n") + 1
	i := find(n, func(i int) string {
		if i < at {
			at, offset = 0, 0
		}
		for ; at < i; at++ {
			_, offset = txt.LineAt(lines, offset)
		}
		line, _ := txt.LineAt(lines, offset)
		return s.body(line)
	})
	if i == n {
		return len(lines)
	}
	offset = 0
	for range i {
		_, offset = txt.LineAt(lines, offset)
	}
	return offset
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
func AppendFrames(dst []model.Frame, text string) []model.Frame {
	isLong := len(text) >= longText
	if isLong && !beginsWithFrames(text) && !mayHoldFrames(text) {
		return dst
	}
	s := newScan(dst, text)
	s.run()
	if ask := s.layoutsAsked(); ask != 0 && (isLong || len(s.frames) > s.base || mayHoldFrames(text)) {
		if p, ok := s.readLayout(ask, s.frames[len(s.frames):], true); ok {
			if len(dst) == 0 && len(p.Frames) > cap(s.frames) {
				return p.Frames
			}
			return append(s.frames[:s.base], p.Frames...)
		}
	}
	if (len(s.frames) == s.base || s.doubt >= 0) && strings.Contains(text, "ourceURL") {
		if p, ok := s.readPlaced(true); ok {
			return append(s.frames[:s.base], p.Frames...)
		}
	}
	if s.mayBeContainer() {
		if frames, ok := containerFrames(text); ok {
			return append(s.frames[:s.base], frames...)
		}
	}
	if len(s.frames) == s.base || s.doubt >= 0 {
		if p, ok := s.readPlaced(true); ok {
			return append(s.frames[:s.base], p.Frames...)
		}
	}
	s.acceptDoubtful()
	return s.frames
}
