package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
)

// asked tells which of the dialects may take a text.
type asked uint8

const (
	askComponents asked = 1 << iota
	askRows
	askLog

	askAll asked = 1<<8 - 1
)

// dialectsAsked returns the dialects to ask for the text of s.
func (s *scan) dialectsAsked() asked {
	if len(s.frames) == s.base || s.doubt >= 0 {
		return askAll
	}
	return s.dialectsWithin()
}

// dialectsWithin returns the dialects that a text in which s found sure frames may be in all the same:
// component stacks, whose components with a function are frames of an engine; rows of Chrome's console
// below an error's own stack, or set apart by tabs; Chromium's log, with its tail on the last frame.
func (s *scan) dialectsWithin() (within asked) {
	for i := s.base; i < len(s.frames) && s.placeless; i++ {
		f := &s.frames[i]
		if f.Line > 0 {
			if n := len(f.Func); n > 0 && f.Func[n-1] == '\t' {
				within |= askRows
			}
			continue
		}
		switch {
		case f.File == "unknown":
			within |= askComponents
		case f.File != "" || f.Func == "" || f.Native && f.Engine != "v8":
		case formats.IsElement(f.Func), formats.IsShortElement(f.Func) && !strings.HasSuffix(f.Text, "@"):
			within |= askComponents
		}
	}
	if s.headed && s.header > 0 && s.header <= len(s.text) && hasReactWords(s.own[:s.ownAt(s.header)]) {
		within |= askComponents
	}
	if s.gap {
		behind := s.own[s.ownAt(s.lastFrame):]
		if strings.Contains(behind, " @ ") || strings.Contains(behind, " @\t") || strings.Contains(behind, "\t@") {
			within |= askRows
		}
		if hasReactWords(behind) {
			within |= askComponents
		}
	}
	if s.lastLine < len(s.text) && hasSource(s.body(s.text[s.lastLine:])) {
		within |= askLog
	}
	return within
}
