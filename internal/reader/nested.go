package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/printed"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// errorsWithin reads the errors within others. It keeps a scan that was used for the next one.
type errorsWithin struct {
	coloured bool // the lines behind a part of the text may be, if those of the part are not
	spare    *scan

	searched int // how much of the end of the text was looked at for a frame; 0 if none was
	frame    int // how much of it begins with the first one found; 0 if there is none
}

// source tells package printed how the lines of the text are read.
func (s *scan) source() printed.Source {
	source := printed.Source{Errors: &errorsWithin{coloured: s.coloured}}
	if s.coloured {
		source.Strip = s.strip
	}
	return source
}

// strip returns line without colours, and keeps it: long lines are asked for again and again.
func (s *scan) strip(line string) string {
	if line != s.line {
		s.line, s.lineOwn = line, ansi.Strip(line)
	}
	return s.lineOwn
}

// found returns p, the error that s has read.
func (s *scan) found(p *parsed) printed.Found {
	f := printed.Found{Size: len(s.text), Tail: s.tail, Open: s.closed && len(s.frames) == 0}
	if p != nil {
		f.Parsed = &p.Parsed
	}
	if rest := s.rest(); rest != "" {
		f.Size -= len(rest)
	}
	return f
}

// Segment reads the header and the frames of the error that text is.
func (e *errorsWithin) Segment(text, value string) printed.Found {
	s := e.subscan(text)
	first, next := txt.LineAt(s.text, 0)
	s.pos, s.headed = next, true
	s.runs.lines.Header(0)
	s.run()
	s.settle()
	p := new(parsed)
	lines := s.text
	if s.header >= 0 {
		lines = s.text[:s.header]
	}
	head := s.headerText(txt.TrimLineEnds(lines))
	if blanks := strings.Trim(s.uncoloured(first), " \t\r"); strings.HasSuffix(blanks, value) && len(head) >= len(blanks) {
		head = head[len(blanks)-len(value):]
	}
	p.setHeader(head, len(s.frames) > 0)
	p.takeOwnFrames(s)
	e.spare = s
	f := s.found(p)
	if f.Size == len(s.text) {
		f.Size = len(text)
	}
	return f
}

// Excerpted reads the error whose excerpt of the source text begins with.
func (e *errorsWithin) Excerpted(text string) (printed.Found, bool) {
	s := e.subscan(text)
	s.run()
	s.settle()
	if len(s.frames) == 0 {
		return printed.Found{}, false
	}
	p := new(parsed)
	p.takeHeader(s, s.text[:s.header])
	p.takeOwnFrames(s)
	return s.found(p), true
}

// Begins reports whether a header at the beginning of text has frames behind it.
func (e *errorsWithin) Begins(text string) bool {
	_, next := txt.LineAt(text, 0)
	behind := text[next:]
	if e.searched >= len(behind) && e.frame <= len(behind) {
		return e.frame > 0
	}
	e.searched, e.frame = len(behind), 0
	s := e.subscan(behind)
	s.keep, s.headed, s.runs.first = false, true, true
	s.run()
	if s.header >= 0 && len(s.frames) > 0 {
		e.frame = len(behind) - s.header
	}
	e.spare = s
	return e.frame > 0
}

// subscan returns a scan of text, a part of what is read.
func (e *errorsWithin) subscan(text string) *scan {
	s := e.spare
	if s == nil {
		s = new(scan)
	}
	e.spare = nil
	*s = newScan(nil, text)
	s.coloured = e.coloured
	s.keep = true
	return s
}
