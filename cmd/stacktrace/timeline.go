package main

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

// timeline divides the time of all traces into parts. They get longer, twice as long each time, as
// the time that was seen grows; the traces need not be kept for that, nor come in order.
type timeline struct {
	from, to int64 // in microseconds
	shift    uint  // a part is 1<<shift microseconds
	begun    bool
}

// at returns where the part of t is in counts. If parts are longer now than they were, coarser is
// what all counts have to go through first.
func (l *timeline) at(t time.Time) (bucket int, coarser func(*counts)) {
	micro := t.UnixMicro()
	if !l.begun {
		l.from, l.to, l.begun = micro, micro, true
	}
	old := *l
	l.from, l.to = min(l.from, micro), max(l.to, micro)
	for l.to>>l.shift-l.from>>l.shift >= maxParts {
		l.shift++
	}
	if l.shift > old.shift {
		coarser = func(c *counts) {
			var merged counts
			for i := old.from >> old.shift; i <= old.to>>old.shift; i++ {
				merged[i>>(l.shift-old.shift)&31] += c[i&31]
			}
			*c = merged
		}
	}
	return int(micro >> l.shift & 31), coarser
}

// parts returns when the first part begins, and how long each is.
func (l *timeline) parts() (start time.Time, seconds float64) {
	return time.UnixMicro(l.from >> l.shift << l.shift).UTC(), float64(int64(1)<<l.shift) / 1e6
}

// read returns the counts of all parts in order; nil if nothing happened, or everything at once.
func (l *timeline) read(c *counts) []uint32 {
	if l.from == l.to || *c == (counts{}) {
		return nil
	}
	from, to := l.from>>l.shift, l.to>>l.shift
	all := make([]uint32, max(to-from+1, minParts))
	for i := from; i <= to; i++ {
		all[i-from] = c[i&31]
	}
	return all
}

// sparkline draws counts. What is more than nothing is higher than nothing.
func sparkline(counts []uint32) string {
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
