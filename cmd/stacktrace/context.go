package main

import (
	"bytes"
	"strings"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// maxContextLine is how many bytes of a line around a trace are kept.
const maxContextLine = 64 << 10

// maxHeld is how many traces wait for the lines after them, which a log of nothing but traces does not have.
const maxHeld = 256

// contexts keeps the traces of an input until the lines after them are known, and the lines that may
// be before one. A line that stands between the lines of a trace is neither.
type contexts struct {
	n     int // lines before and after
	held  []logscan.Found
	lines []restLine // that are of no trace, in their order
	open  restLine   // a line whose end has not come
	begun bool
}

// restLine is a line of the log that is of no trace.
type restLine struct {
	start int64
	text  string
}

// useContexts makes a scan keep the lines around traces.
func (s *scanning) useContexts(l *logReading, inputs int) {
	s.around = make([]*contexts, inputs)
	for i := range s.around {
		s.around[i] = &contexts{n: s.context}
	}
	l.options.Rest = func(offset int64, part []byte) { s.around[s.reading].add(offset, part) }
	l.ended = func(from source) {
		s.report(s.printHeld(from, true))
		s.reading = from.index + 1
	}
}

// add takes a part of the log that is of no trace.
func (c *contexts) add(offset int64, part []byte) {
	for len(part) > 0 {
		if !c.begun {
			c.open, c.begun = restLine{start: offset}, true
		}
		line, rest, whole := bytes.Cut(part, []byte("\n"))
		c.open.text += string(line[:min(len(line), maxContextLine-min(maxContextLine, len(c.open.text)))])
		if whole {
			c.endLine()
			offset += int64(len(line)) + 1
		}
		part = rest
	}
}

func (c *contexts) endLine() {
	c.open.text = strings.TrimSuffix(c.open.text, "\r")
	c.lines = append(c.lines, c.open)
	c.begun = false
	const spare = 1024 // lines of other streams that may stand between those of a trace
	if most := 2*c.n + spare; len(c.lines) > 2*most {
		c.lines = append(c.lines[:0], c.lines[len(c.lines)-most:]...)
	}
}

func (c *contexts) hold(f logscan.Found) { c.held = append(c.held, f) }

// next returns the first trace that is held with the lines around it. It reports false if not all of
// these have come, unless the input has ended.
func (c *contexts) next(ended bool) (f logscan.Found, before, after []string, ok bool) {
	if len(c.held) == 0 {
		return f, nil, nil, false
	}
	f = c.held[0]
	for _, line := range c.lines {
		switch {
		case line.start < f.Start:
			before = append(before, line.text)
		case line.start >= f.End && len(after) < c.n:
			after = append(after, line.text)
		}
	}
	if len(after) < c.n && !ended && len(c.held) < maxHeld {
		return f, nil, nil, false
	}
	c.held = c.held[1:]
	return f, before[max(0, len(before)-c.n):], after, true
}

// printHeld prints the traces of which the lines around are known.
func (s *scanning) printHeld(from source, ended bool) error {
	c := s.around[from.index]
	if ended && c.begun {
		c.endLine()
	}
	for {
		f, before, after, ok := c.next(ended)
		if !ok {
			return nil
		}
		if err := s.printOne(from, f, before, after); err != nil {
			return err
		}
	}
}
