package main

import (
	"fmt"
	"math"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace/internal/attack"
)

const (
	leastTime   = time.Millisecond // below it, a time is too small to compare with
	briefTime   = leastTime / 20   // what is shorter is repeated until it takes as long
	rounds      = 2                // in which what may become the base is measured again; the best counts
	tries       = 2                // of a time that looks as if it had grown, before it is compared
	comparisons = 8                // of a time that still does
	hopeless    = 8                // a ratio at which larger sizes would take forever
)

// meter measures what one function takes for one attack, from the smallest size to the largest.
//
// A time that is more than the limit allows is no proof, for three things make a longer text dearer
// per byte that are no growth: other work on the machine; memory that the system has yet to give; and
// caches, which hold a short text and what is made of it. So the two sizes are compared by turns, on as
// much text in pieces of the smaller size as in one of the larger, each piece at a place of its own, and
// without collecting garbage in between, so that as much memory is read and used of the one as of the other.
type meter struct {
	function attack.Function
	pieces   attack.Function // the same of another list: what it remembers is of the pieces
	clock    func() time.Duration

	attack string // its name and place

	base    *sample // the smallest that takes longer than leastTime
	text    string  // of the base
	last    sample
	worst   sample // with the largest ratio
	fattest sample // with the most memory beside the result
	again   bool   // a time looked as if it had grown
}

// sample is what one size took.
type sample struct {
	bytes     int
	time      time.Duration // the best
	ratio     float64       // of the time per byte to that of the base; 0 if there is none
	allocated float64       // bytes per byte
	beside    float64       // of these, beside the result
}

func (s *sample) perByte() float64 { return float64(s.time.Nanoseconds()) / float64(s.bytes) }

// measure takes the next size.
func (m *meter) measure(text string) sample {
	collect()
	run := m.function.Prepare(text)
	s := sample{bytes: len(text)}
	start := m.clock()
	all, beside := attack.Allocated(run)
	s.time = m.clock() - start
	s.allocated = float64(all) / float64(len(text))
	s.beside = float64(max(beside-int(slack), 0)) / float64(len(text))
	again := 0
	switch {
	case s.time < leastTime/2: // the first time is that of the count of memory too
		again = 1
	case s.time < 2*leastTime && m.base == nil:
		again = rounds
	}
	for range again {
		n := max(1, int(briefTime/max(s.time, briefTime/100)))
		start := m.clock()
		for range n {
			run()
		}
		s.time = min(s.time, (m.clock()-start)/time.Duration(n))
	}
	switch {
	case m.base != nil:
		s.ratio = s.perByte() / m.base.perByte()
		for try := 0; try < tries && s.ratio > *timeLimit; try++ {
			s.time = min(s.time, m.timeOf(run))
			s.ratio = s.perByte() / m.base.perByte()
		}
		if s.ratio > *timeLimit {
			m.again = true
			s.ratio = m.compare(run, len(text))
		}
	case s.time >= leastTime && len(text) >= m.function.Window:
		m.setBase(s, text)
	}
	m.last = s
	if s.ratio > m.worst.ratio {
		m.worst = s
	}
	if s.beside > m.fattest.beside {
		m.fattest = s
	}
	return s
}

// setBase takes s for the size that the larger ones are compared with, unless it takes less time after
// all.
func (m *meter) setBase(s sample, text string) {
	for _, piece := range m.readPieces(text, rounds) {
		start := m.clock()
		piece()
		s.time = min(s.time, m.clock()-start)
	}
	if s.time >= leastTime {
		m.base, m.text = &s, text
	}
}

// readPieces returns what reads text n times, each time at a place of its own.
func (m *meter) readPieces(text string, n int) []func() attack.Result {
	pieces := make([]func() attack.Result, n)
	for i := range pieces {
		pieces[i] = m.pieces.Prepare(strings.Clone(text))
	}
	return pieces
}

// compare returns the ratio of the time per byte of run, on a text of so many bytes, to that of the
// base: of the best times of both, in as many comparisons as it takes to be within the limit. The base
// is given the time that it takes in comparisons, if that is more than it took by itself.
func (m *meter) compare(run func() attack.Result, bytes int) float64 {
	pieces := m.readPieces(m.text, max(1, bytes/len(m.text)))
	whole, parts := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	ratio := math.Inf(1)
	for try := 0; try < comparisons && ratio > *timeLimit; try++ {
		whole = min(whole, m.timeOf(run))
		parts = min(parts, m.timeOf(pieces...)/time.Duration(len(pieces)))
		ratio = float64(whole) / float64(bytes) / (float64(parts) / float64(len(m.text)))
	}
	m.base.time = max(m.base.time, parts)
	return ratio
}

// timeOf returns what runs take, one after the other. Before that, all garbage is collected: the memory
// that they are given is what they had the last time, or what came before them did.
func (m *meter) timeOf(runs ...func() attack.Result) time.Duration {
	runtime.GC()
	start := m.clock()
	for _, run := range runs {
		run()
	}
	return m.clock() - start
}

// isDone reports whether larger sizes would tell nothing else, or take too long.
func (m *meter) isDone() bool {
	return m.worst.ratio > hopeless || m.base != nil && m.last.bytes >= 4*m.base.bytes && *enough > 0 && m.last.time > *enough
}

// growth returns what is wrong with the times, or "".
func (m *meter) growth() string {
	if m.worst.ratio <= *timeLimit {
		return ""
	}
	return fmt.Sprintf("time ×%.2f at %v (%.2f ns/B at %v)", m.worst.ratio, size(m.worst.bytes), m.base.perByte(), size(m.base.bytes))
}

// memory returns what is wrong with the memory, or "".
func (m *meter) memory() string {
	f := &m.fattest
	if f.beside <= max(*memoryLimit, float64(m.function.Most)) {
		return ""
	}
	return fmt.Sprintf("memory %.1f B/B beside the result, %.1f in all, at %v", f.beside, f.allocated, size(f.bytes))
}

// mostGarbage is how many bytes are allocated before garbage is collected.
const mostGarbage = 1 << 30

var collected uint64 // the bytes that had been allocated when garbage was collected last

// warm takes memory from the system, for what comes to use it again: the first use of a page takes the
// system longer than anything else that is done with it.
func warm(bytes int) {
	memory := make([]byte, bytes)
	for i := 0; i < len(memory); i += 1 << 12 {
		memory[i] = 1
	}
	runtime.GC()
}

// collect collects garbage, if there is much of it. It is the only one to do so: no time is taken while
// garbage is collected. What it finds stays in the heap, so that the memory that a function is given was
// seldom used before a short while ago, and seldom never, neither by a short text nor by a long one.
func collect() {
	total := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(total)
	if n := total[0].Value.Uint64(); n-collected > mostGarbage {
		runtime.GC()
		collected = n
	}
}
