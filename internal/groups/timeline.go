package groups

import (
	"slices"
	"strings"
	"time"
)

// The number of parts that the time from the first to the last trace is drawn in.
const (
	minParts = 8
	maxParts = 24
)

// counts are the traces of a group in each part of the time. The part with number i is at i&31: there
// are never as many parts as that, and they follow each other.
type counts [32]uint32

func (c *counts) add(bucket int, n uint64) { c[bucket] = sum(c[bucket], n) }

// Timeline divides the time of all traces into parts. They get longer, twice as long each time, as
// the time that was seen grows; the traces need not be kept for that, nor come in order. The zero value has
// seen none.
type Timeline struct {
	from, to int64 // in microseconds
	shift    uint  // a part is 1<<shift microseconds
	begun    bool
}

// add adds a time, if it is one, to the timeline that c is of.
func (l *Timeline) add(t time.Time, c *counts) bool {
	if !isTime(t) {
		return false
	}
	micro := t.UnixMicro()
	old := *l
	l.widen(micro, micro, 0)
	c.coarsen(old, l.shift)
	return true
}

// widen makes the timeline cover a time, with parts of 1<<shift microseconds or longer.
func (l *Timeline) widen(from, to int64, shift uint) {
	if !l.begun {
		l.from, l.to, l.begun = from, to, true
	}
	l.from, l.to = min(l.from, from), max(l.to, to)
	l.shift = max(l.shift, shift)
	for l.to>>l.shift-l.from>>l.shift >= maxParts {
		l.shift++
	}
}

// Merge makes the timeline cover the time of another.
func (l *Timeline) Merge(o Timeline) {
	if o.begun {
		l.widen(o.from, o.to, o.shift)
	}
}

// bucket returns where the part of a time is in counts.
func (l *Timeline) bucket(micro int64) int { return int(micro >> l.shift & 31) }

// coarsen makes of the counts of a timeline those of longer parts.
func (c *counts) coarsen(old Timeline, shift uint) {
	if !old.begun || shift == old.shift {
		return
	}
	var merged counts
	for i := old.from >> old.shift; i <= old.to>>old.shift; i++ {
		merged.add(int(i>>(shift-old.shift)&31), uint64(c[i&31]))
	}
	*c = merged
}

// merge adds the counts of another timeline to those of l, which covers both then.
func (c *counts) merge(l *Timeline, o *counts, other Timeline) {
	if !other.begun {
		return
	}
	old := *l
	l.Merge(other)
	c.coarsen(old, l.shift)
	theirs := *o
	theirs.coarsen(other, l.shift)
	for i, n := range theirs {
		c.add(i, uint64(n))
	}
}

// parts returns when the first part begins, and how long each is.
func (l *Timeline) parts() (start time.Time, seconds float64) {
	return time.UnixMicro(l.from >> l.shift << l.shift).UTC(), float64(int64(1)<<l.shift) / 1e6
}

// Counts returns how many traces of a group there were in each part of a timeline that covers it, in order; nil if
// nothing happened, or everything at once.
func (l *Timeline) Counts(g *Group) []uint32 {
	if l.from == l.to || !g.span.begun {
		return nil
	}
	c := g.counts
	c.coarsen(g.span, l.shift)
	from, to := l.from>>l.shift, l.to>>l.shift
	all := make([]uint32, max(to-from+1, minParts))
	for i := from; i <= to; i++ {
		all[i-from] = c[i&31]
	}
	return all
}

// Sparkline draws counts. What is more than nothing is higher than nothing.
func Sparkline(counts []uint32) string {
	var b strings.Builder
	for _, n := range counts {
		level := uint64(0)
		if n > 0 {
			level = 1 + (uint64(n)*7-1)/uint64(slices.Max(counts))
		}
		b.WriteRune(rune('▁' + level))
	}
	return b.String()
}
