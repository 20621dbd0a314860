package logscan

import (
	"math"
	"slices"
)

// A cutter can begin in the middle of the input, at any line, as if no trace had come before. It does not know
// then what the first lines are: perhaps frames of a trace that it has not seen the beginning of. What it finds
// counts from the first line on at which it agrees with a cutter that began earlier: neither is in the middle
// of a trace there, and the lines in which the later one looks for headers from there on are of the same traces
// to both. From such a line on both find the same, for what a cutter finds hangs on nothing else.

// ahead is what a cutter notes that does not know yet what came before.
type ahead struct {
	start int64  // the first line
	busy  []span // from where to where it was in the middle of a trace
	looks []look // for headers
}

// look is how far back a cutter looked for a header.
type look struct {
	pos   int64 // where the cutter was
	reach int64 // the first line that it looked at
}

// newAhead returns a cutter that begins with the line at buf[start:]. What is before it is there to look for
// headers, and base is the offset of buf.
func newAhead(o Options, buf []byte, start int, base int64) *cutter {
	c := new(cutter)
	c.init(o)
	c.buf, c.base, c.flushed, c.horizon = buf, base, base, base
	c.pos = base + int64(start)
	c.ahead = &ahead{start: c.pos}
	return c
}

// isQuiet reports whether the cutter is in the middle of nothing: what is found from here on hangs on
// the input alone, and on which lines are of traces among those in which a header is looked for.
func (c *cutter) isQuiet() bool { return !c.isBusy() && !c.inLong }

func (c *cutter) isBusy() bool { return len(c.open) > 0 || c.over.is }

// note is called after each line that changes anything.
func (a *ahead) note(c *cutter) {
	n := len(a.busy)
	wasBusy := n > 0 && a.busy[n-1].end == math.MaxInt64
	switch busy := c.isBusy(); {
	case busy && !wasBusy:
		a.busy = append(a.busy, span{start: c.pos, end: math.MaxInt64})
	case !busy && wasBusy:
		a.busy[n-1].end = c.pos
	}
}

// noteLook is called for each line in which a header is looked for.
func (a *ahead) noteLook(pos, start int64) {
	if n := len(a.looks); n > 0 && a.looks[n-1].pos == pos {
		a.looks[n-1].reach = min(a.looks[n-1].reach, start)
		return
	}
	a.looks = append(a.looks, look{pos, start})
}

// wasQuiet reports whether a cutter was in the middle of nothing when it came to offset.
func (a *ahead) wasQuiet(offset int64) bool {
	return !slices.ContainsFunc(a.busy, func(s span) bool { return s.start <= offset && offset < s.end })
}

// reach returns the first line that a cutter looked at for headers when it was behind offset.
func (a *ahead) reach(offset int64) int64 {
	least := offset
	for _, l := range a.looks {
		if l.pos > offset {
			least = min(least, l.reach)
		}
	}
	return least
}

// agrees reports whether next, which ran ahead, finds the same as c from c.pos on.
func (c *cutter) agrees(next *cutter) bool {
	if !c.isQuiet() || !next.ahead.wasQuiet(c.pos) {
		return false
	}
	reach := next.ahead.reach(c.pos)
	return slices.Equal(c.takenWithin(reach, c.pos), next.takenWithin(reach, c.pos))
}

// takenWithin returns the parts of the input between two offsets that were of traces when the cutter was
// at the second.
func (c *cutter) takenWithin(start, end int64) []span {
	var within []span
	for _, s := range c.taken {
		if s.pos <= end && s.start < end && s.end > start {
			within = append(within, span{start: max(s.start, start), end: min(s.end, end)})
		}
	}
	return within
}
