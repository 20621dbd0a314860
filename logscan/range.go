package logscan

import (
	"bytes"
	"io"
	"slices"
)

// ScanRange returns a scanner of a part of r, from the offset start to the offset end, which may be behind the
// end of r. It finds the traces whose first line begins there. Those of ranges that cover r, each of which
// begins where the one before ends, are the traces that one scanner finds in all of it, with the same
// offsets: so can many machines share a file.
//
// The scanner reads back from start as far as a trace may reach that is not over there, and as far again to
// see that it does not matter where it began. If it does, because traces followed each other without a line
// between them that is of none, it reads back further. It reads on behind end until the last of its traces is
// over. With options that are left at zero it reads some 4 MB more than the range.
//
// Options.Rest is given the bytes of the range that are of no trace, those of other ranges included.
// Options.Idle and Options.Workers are not used: ranges may be scanned at the same time.
func ScanRange(r io.ReaderAt, start, end int64, o Options) *Scanner {
	o.Idle, o.Workers = 0, 0
	g := &section{r: r, start: max(start, 0), end: end}
	if rest := o.Rest; rest != nil {
		o.Rest = func(offset int64, part []byte) {
			from, to := max(offset, g.start), min(offset+int64(len(part)), g.end)
			if from < to {
				rest(from, part[from-offset:to-offset])
			}
		}
	}
	s := NewScanner(nil, o)
	s.section = g
	s.done = g.start >= end
	return s
}

// EndAt moves the end of the range of a scanner that ScanRange returned to an earlier offset: what begins behind it is
// left to another scanner. It may be called from ReadAt of the reader too. No trace that begins behind the offset may
// have been found yet; none has as long as nothing behind it has been read.
func (s *Scanner) EndAt(offset int64) {
	if g := s.section; g != nil {
		g.end = min(g.end, offset)
	}
}

// section is a part of an input.
type section struct {
	r          io.ReaderAt
	start, end int64
	begun      bool
}

// owns reports whether a trace is one of the section's.
func (g *section) owns(f *Found) bool { return g.start <= f.Start && f.Start < g.end }

// readSection reads the next bytes of a section, and ends the scan behind its last trace.
func (s *Scanner) readSection() {
	g := s.section
	if !g.begun {
		g.begun = true
		if err := s.beginSection(); err != nil {
			s.end(err)
			return
		}
	}
	if s.cutter.isBehind(g.end) {
		s.cutter.flush(g.end)
		s.done = true
		return
	}
	if err := s.cutter.readAt(g.r, chunk); err != nil {
		s.end(err)
	}
}

// readAt reads the next bytes of r, n at most.
func (c *cutter) readAt(r io.ReaderAt, n int) error {
	n, err := r.ReadAt(c.room(n), c.end())
	c.filled(n)
	if n > 0 && err == io.EOF {
		err = nil // the next call tells
	}
	return err
}

// isBehind reports whether the cutter can find no more traces that begin before an offset.
func (c *cutter) isBehind(offset int64) bool {
	if c.pos-maxHeaderBytes < offset {
		return false
	}
	for _, r := range c.open {
		if r.start < offset {
			return false
		}
	}
	for i := range c.held {
		if c.held[i].Start < offset {
			return false
		}
	}
	return true
}

// memory is how many bytes back something may matter to a cutter: a trace that was cut, behind which as many
// bytes of other streams as it is held for, and the lines of the longest trace.
func (o Options) memory() int64 {
	return int64(maxHeaderBytes + (patience+1)*o.MaxGap + 2*o.MaxLine + o.MaxTrace)
}

// beginSection gives the scanner a cutter that knows what there is at the beginning of its section.
func (s *Scanner) beginSection() error {
	g := s.section
	for back := s.cutter.options.memory(); 2*back < g.start; back *= 4 {
		c, err := s.cutterAt(g.start-2*back, g.start-back)
		if err != nil {
			return err
		}
		if c == nil {
			continue // no line begins there
		}
		next, err := s.cutterAt(g.start-back, g.start)
		if err != nil {
			return err
		}
		if next == nil {
			continue
		}
		until, err := next.runAhead(g.r, g.start)
		if err != nil {
			return err
		}
		for c.pos < until {
			if err := c.readAt(g.r, step); err != nil {
				return err
			}
			if next.ahead.start <= c.pos && c.pos < until && c.agrees(next) {
				c.ahead, c.options.Rest = nil, s.cutter.options.Rest
				s.cutter = c
				return nil
			}
		}
	}
	return nil // from the beginning of the input
}

// runAhead scans what is before an offset, but no more than a portion, and returns how far it came.
func (c *cutter) runAhead(r io.ReaderAt, offset int64) (until int64, err error) {
	n := int(min(portionSize, offset-c.pos))
	c.buf = slices.Grow(c.buf, n)
	n, err = r.ReadAt(c.buf[len(c.buf):len(c.buf)+n], c.end())
	if err == io.EOF {
		err = nil
	}
	c.buf = c.buf[:len(c.buf)+n]
	c.lines(false)
	return c.pos, err
}

// cutterAt returns a cutter that begins with the first line that begins behind from and before to, or nil if
// there is none.
func (s *Scanner) cutterAt(from, to int64) (*cutter, error) {
	buf := make([]byte, chunk)
	for ; from < to; from += chunk {
		n, err := s.section.r.ReadAt(buf[:min(chunk, to-from)], from)
		if at := bytes.IndexByte(buf[:n], '\n'); at >= 0 {
			return s.newAheadAt(from + int64(at) + 1)
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// newAheadAt returns a cutter that begins with the line at offset.
func (s *Scanner) newAheadAt(offset int64) (*cutter, error) {
	before := make([]byte, min(maxHeaderBytes, offset))
	if _, err := s.section.r.ReadAt(before, offset-int64(len(before))); err != nil && err != io.EOF {
		return nil, err
	}
	o := s.cutter.options
	o.Rest = nil
	return newAhead(o, before, len(before), offset-int64(len(before))), nil
}
