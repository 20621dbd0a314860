package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
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
		if p, ok := l.Read(lines); ok && (l.Within != layout.Listing || ask == layout.Any || len(p.Frames) > len(s.frames)-s.base) {
			return p, true
		}
	}
	return nil, false
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
	if s.headed && s.header > 0 && s.header <= len(s.text) && layout.HasStackWord(s.own[:s.ownAt(s.header)]) {
		within |= layout.Stack
	}
	if len(s.frames)-s.base <= fewFrames && (s.headed || s.gap) && layout.HasSureRow(s.own) {
		within |= layout.Listing
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
