package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/layout"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/printed"
	"github.com/stacktrace-go/stacktrace/internal/python"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// parseLayout reads a text in a layout.
func (w *unwrapper) parseLayout(whole *parsed, s *scan) (*parsed, bool) {
	ask := s.layoutsAsked()
	if ask == 0 {
		return nil, false
	}
	read, ok := s.readLayout(ask, s.frames[len(s.frames):], false)
	if !ok {
		return nil, false
	}
	if carrier.HasCutFrame(whole.text) {
		if copied, ok := w.parseCut(whole.text, read.Frames); ok {
			return copied, true
		}
	}
	return &parsed{Parsed: *read, sure: true, text: whole.text, next: whole.next}, true
}

// readLayout reads the text of s as the first of the layouts that are asked does in which it is; Python's
// tracebacks are asked first. It is asked of a text in which the scan found no frame that is sure, or
// that holds what is the layout's own beside such frames.
// Room is for the frames: it is behind those of s, which count if no layout is read. If bare is true, only
// the frames count.
func (s *scan) readLayout(ask layout.Set, room []model.Frame, bare bool) (*model.Parsed, bool) {
	lines := model.Lines{Room: room, Bare: bare, Calls: parseCalls}
	if ask == layout.Any && python.MayBe(s.text) {
		if !lines.Split(s.text, s.own) {
			return nil, false
		}
		if p, ok := layout.ReadPythonSpelled(lines); ok {
			return p, true
		}
		if p, ok := python.Read(lines); ok {
			return p, true
		}
	}
	for _, l := range layout.All {
		if ask != layout.Any && ask&l.Within == 0 || !l.May(s.text) {
			continue
		}
		if !lines.IsSplit() && !lines.Split(s.text, s.own) {
			return nil, false
		}
		if p, ok := l.Read(lines); ok && (ask == layout.Any || s.isBetter(p, l.Within)) {
			return p, true
		}
	}
	return nil, false
}

// isBetter reports whether p, which was read of the text of s as a layout within others, is more than the frames that s found.
func (s *scan) isBetter(p *model.Parsed, within layout.Set) bool {
	found := len(s.frames) - s.base
	switch within {
	case layout.Listing:
		return len(p.Frames) > found
	case layout.AnyRows:
		return len(p.Frames) >= found
	}
	return true
}

// isRowLike reports whether f, which was read as an engine's frame, may be a row of a tool: the name and the place are
// in one of its fields. It is asked of every trace, so single bytes are looked for before words are.
func isRowLike(f *model.Frame) bool {
	file := f.File
	switch {
	case strings.IndexByte(f.Func, ':') >= 0 && strings.Contains(f.Func, "://"),
		strings.IndexByte(file, '@') >= 0 && strings.Contains(file, "@http"),
		f.Func == "" && strings.IndexByte(file, '(') >= 0 && (strings.Contains(file, "(file:") || strings.Contains(file, "(http") || strings.Contains(file, "(/")):
		return true
	case strings.IndexByte(file, ' ') < 0 && strings.IndexByte(file, '\t') < 0:
		return false
	case strings.Contains(file, " <- ") || strings.HasPrefix(file, "async ") && strings.Contains(file, "://"):
		return true
	}
	blank := strings.LastIndexAny(file, " \t")
	if blank == 0 || file[0] == '/' || strings.HasPrefix(file, "file:") {
		return false
	}
	if strings.Contains(file[:blank], "://") {
		return false // "resource://a.js -> file:///b.js"
	}
	place := file[blank+1:]
	return strings.Contains(place, "://") || strings.HasPrefix(place, "/") || len(place) > 2 && place[1] == ':' && (place[2] == '/' || place[2] == '\\')
}

// parsePlaced reads an error of which no more than the place is told, in a text in which nothing else was found.
func (w *unwrapper) parsePlaced(_ *parsed, s *scan) (*parsed, bool) {
	if s.isSure() {
		return nil, false
	}
	return s.readPlaced(false)
}

// parseMembers reads an error whose place is told in members that React Native and Safari name, before it is read as an object
// without frames.
func (w *unwrapper) parseMembers(p *parsed, s *scan) (*parsed, bool) {
	if p.sure || !strings.Contains(s.text, "ourceURL") {
		return nil, false
	}
	return s.readPlaced(false)
}

// readPlaced reads an error of which no more than the place is told, in a text in which nothing else was found.
func (s *scan) readPlaced(bare bool) (*parsed, bool) {
	if s.isAcceptable() || !layout.MayTellPlace(s.own) {
		return nil, false
	}
	lines := new(model.Lines) // behind what most texts are told by
	if lines.Bare = bare; !lines.Split(s.text, s.own) {
		return nil, false
	}
	p, ok := layout.ReadPlaced(*lines)
	if !ok {
		return nil, false
	}
	return &parsed{Parsed: *p, sure: true}, true
}

// parseJoinedFrames reads frames that stand on one line of a text in which no others were found.
func (w *unwrapper) parseJoinedFrames(_ *parsed, s *scan) (*parsed, bool) {
	lines := model.Lines{}
	if s.isSure() || s.isAcceptable() || !layout.MayBeJoinedFrames(s.own) || !lines.Split(s.text, s.own) {
		return nil, false
	}
	p, ok := layout.ReadJoinedFrames(lines)
	if !ok {
		return nil, false
	}
	return &parsed{Parsed: *p, sure: true}, true
}

// mayBeContainer reports whether a container may be printed in the text, that its first error is in.
func (s *scan) mayBeContainer() bool {
	head := s.own
	if s.header >= 0 && s.header <= len(s.text) {
		head = s.own[:s.ownAt(s.header)]
	}
	return printed.MayBeContainer(head)
}

// parseContainer reads an error in a container that is printed.
func (w *unwrapper) parseContainer(p *parsed, s *scan) (*parsed, bool) { return p, p.readContainer(s) }

// readContainer reads an error in an object, an array, a Map or a Set that is printed in the text of s. If others with
// frames stand behind it, the text behind it is left to them.
func (p *parsed) readContainer(s *scan) bool {
	if !s.mayBeContainer() {
		return false
	}
	found := parsed{text: p.text, next: p.next}
	end, ok := printed.TakeContainer(&found.Parsed, s.source(), s.text)
	if !ok {
		return false
	}
	rest := s.text[end:]
	if behind := scanLines(rest, nil, false); behind.isSure() && p.next == 0 {
		found.next = end
	} else {
		found.Leave(txt.TrimLineEnds(rest))
	}
	found.sure = len(found.Frames) > 0
	*p = found
	return true
}

// containerFrames returns the frames of an error in a container that is printed in text.
func containerFrames(text string) ([]model.Frame, bool) {
	s := scanLines(text, nil, false)
	p := parsed{text: text}
	ok := p.readContainer(&s)
	return p.Frames, ok
}

// parseCalls reads the error that stands before a component stack, and is text. There is room for the frames.
func parseCalls(text string, room []model.Frame) *model.Parsed {
	p := new(parsed)
	s := scanLines(text, room, false)
	s.acceptDoubtful()
	end := len(text)
	if s.header >= 0 {
		end = s.header
	}
	p.takeHeader(&s, text[:end])
	p.takeFrames(&s)
	return &p.Parsed
}

// layoutsAsked returns the layouts to ask for the text of s.
func (s *scan) layoutsAsked() layout.Set {
	if len(s.frames) == s.base || s.doubt >= 0 {
		return layout.Any
	}
	return s.layoutsWithin()
}

// fewFrames is the number of frames up to which rows of a tool may be the stack, and the frames only among them.
const fewFrames = 2

// layoutsWithin returns the layouts that a text in which s found sure frames may be in all the same:
// component stacks, whose components with a function are frames of an engine; rows of Chrome's console
// below an error's own stack, or set apart by tabs; Chromium's log, with its tail on the last frame.
func (s *scan) layoutsWithin() (within layout.Set) {
	for i := s.base; i < len(s.frames) && s.placeless; i++ {
		f := &s.frames[i]
		if f.Line > 0 {
			if n := len(f.Func); n > 0 && f.Func[n-1] == '\t' {
				within |= layout.Rows
			}
			continue
		}
		switch {
		case f.File == "unknown":
			within |= layout.Components
		case f.File != "" || f.Func == "" || f.Native && f.Engine != formats.V8:
		case formats.IsElement(f.Func), formats.IsShortElement(f.Func) && !strings.HasSuffix(f.Text, "@"):
			within |= layout.Components
		}
	}
	if s.headed && s.header > 0 && s.header <= len(s.text) && layout.HasReactWords(s.own[:s.ownAt(s.header)]) {
		within |= layout.Components
	}
	if s.mayHaveStackWord() {
		within |= layout.Stack
	}
	if len(s.frames)-s.base <= fewFrames && (s.headed || s.gap) && layout.HasSureRow(s.own) {
		within |= layout.Listing
	}
	if first := &s.frames[s.base]; s.headed && first.File == "" && first.Line == 0 && !first.Native && len(s.frames) > s.base+1 && s.frames[s.base+1].Func == "" && s.frames[s.base+1].Line > 0 {
		within |= layout.Pairs // "global code", and its place on the next line
	}
	if s.headed && isRowLike(&s.frames[s.base]) {
		within |= layout.AnyRows
	}
	if s.gap {
		behind := s.own[s.ownAt(s.lastFrame):]
		if strings.Contains(behind, " @ ") || strings.Contains(behind, " @\t") || strings.Contains(behind, "\t@") {
			within |= layout.Rows
		}
		if layout.HasReactWords(behind) {
			within |= layout.Components
		}
	}
	if s.lastLine < len(s.text) && layout.HasSource(s.body(s.text[s.lastLine:])) {
		within |= layout.Log
	}
	return within
}

// mayHaveStackWord reports whether the word that React Native puts before calls may be in the text of s, in which sure
// frames were found: it ends the header, stands before the first call on its line, or ends a component that was
// read as an "at" frame, with calls in "@" lines below.
func (s *scan) mayHaveStackWord() bool {
	if s.coloured || s.gap || s.signed && s.indent >= 0 {
		return layout.HasStackWord(s.own)
	}
	first := &s.frames[s.base]
	return layout.HasStackWord(s.own[:min(max(s.header, 0), len(s.own))]) || layout.HasStackWord(first.Text)
}

// readSpoiltAt reads a line that begins as an "at" frame does and is none, if it is one that lost something on the way:
// it stands among frames, or a frame follows it.
func (s *scan) readSpoiltAt(line, body string, start int) bool {
	if s.gap || s.known || s.header < 0 && !s.isFrameNext() {
		return false
	}
	f := s.next()
	if !layout.ReadTailed(f, body) && (s.pos >= len(s.text) || !layout.ReadSpoilt(f, body)) {
		s.drop()
		if s.header < 0 && body == "at <Jasmine>" { // what Jasmine puts for its own frames
			s.header = start
			s.between(start)
			return true
		}
		return false
	}
	if s.at != nil {
		f.Engine = s.at.Engine()
	}
	if s.indent < 0 {
		s.indent, s.lead = s.indentOf(line), ""
	}
	s.inSign = false
	s.accept(f, line, start)
	s.closed, s.tail = false, ""
	return true
}

// isFrameNext reports whether the next line is an "at" frame with a place.
func (s *scan) isFrameNext() bool {
	if s.pos >= len(s.text) {
		return false
	}
	line, _ := txt.LineAt(s.text, s.pos)
	body := s.body(line)
	f := s.next() // room that is there or will be needed
	defer s.drop()
	return strings.HasPrefix(body, "at ") && (formats.DefaultAt().ReadInto(f, body) && f.Line > 0 || layout.ReadTailed(f, body))
}

// respoil reads body, which was read as a place alone in f, as a frame that has lost its parentheses, if it is one:
// "at f /a/b.js:1:2".
func (s *scan) respoil(f *model.Frame, body string) {
	read := *f
	if layout.ReadSpoilt(f, body) {
		f.Engine = read.Engine
	} else {
		*f = read
	}
}
