package logscan

import (
	"bytes"
	"cmp"
	"io"
	"math"
	"slices"
	"sync"
)

// Several workers scan portions of the input at the same time, each as if no trace had come before.
// What a worker finds counts from the first line on at which it did not need to know more: neither it
// nor the one before it was in the middle of a trace there, and the lines in which the worker looked for
// headers later are of the same traces to both. Mostly that is the first line of its portion. If it is
// not, the one before goes on into the portion up to such a line, or to the end.

const (
	portionSize = 512 << 10 // how many bytes a worker scans at once
	portions    = 3         // of a worker: one is scanned while another waits, and the Scanner may have one
)

// step is how many bytes one cutter goes into the portion of the next before they are compared again.
const step = 4 << 10

// portion is a part of the input, and what a worker made of it.
type portion struct {
	buf    []byte // what comes before it, as far as a header may be away, and it
	start  int    // where it begins in buf
	base   int64  // the offset of buf
	whole  bool   // it begins with a line
	cutter *cutter
	err    error         // that ended the input behind it
	ready  chan struct{} // has one element when the worker is done

	free chan *portion // of the worker, whose processor may still have the buffer at hand
}

// pipeline is a reader of which several workers scan portions.
type pipeline struct {
	options Options
	size    int // of a portion

	inOrder chan *portion
	stop    chan struct{}
	once    sync.Once

	mu     sync.Mutex // of the worker that reads
	r      io.Reader
	before []byte // what comes before the next portion, as far as a header may be away
	carry  []byte // the beginning of a line, which is of the next portion
	offset int64  // of the next portion
	whole  bool   // it begins with a line
	ended  bool
}

// startPipeline starts the workers. The options are those of a scan, with defaults.
func startPipeline(r io.Reader, o Options, size int) *pipeline {
	p := &pipeline{
		options: o, size: size,
		inOrder: make(chan *portion, portions*o.Workers),
		stop:    make(chan struct{}),
		r:       r,
		whole:   true,
	}
	p.options.Rest = nil
	for range o.Workers {
		free := make(chan *portion, portions)
		for range portions {
			free <- &portion{buf: make([]byte, 0, maxHeaderBytes+size), ready: make(chan struct{}, 1), free: free}
		}
		go p.work(free)
	}
	return p
}

func (p *pipeline) close() { p.once.Do(func() { close(p.stop) }) }

// work scans portions until there are no more. The worker that scans a portion has read it too, so that
// its processor has the bytes at hand.
func (p *pipeline) work(free <-chan *portion) {
	for {
		select {
		case <-p.stop:
			return
		case q := <-free:
			if !p.read(q) {
				return
			}
			if q.whole {
				q.cutter = newAhead(p.options, q)
				q.cutter.lines(false)
			}
			q.ready <- struct{}{}
		}
	}
}

// read reads the next portion, which ends where a line does if there is any line end in it. It reports
// false if the input has ended, or nobody wants more of it.
func (p *pipeline) read(q *portion) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.stop:
		p.ended = true
	default:
	}
	if p.ended {
		return false
	}
	q.buf = append(append(q.buf[:0], p.before...), p.carry...)
	q.start, q.base, q.whole, q.err = len(p.before), p.offset-int64(len(p.before)), p.whole, nil
	for full := q.start + p.size; len(q.buf) < full && q.err == nil; {
		var n int
		n, q.err = p.r.Read(q.buf[len(q.buf):full])
		q.buf = q.buf[:len(q.buf)+n]
	}
	end := len(q.buf)
	if last := bytes.LastIndexByte(q.buf[q.start:], '\n'); q.err == nil && last >= 0 {
		end = q.start + last + 1
	}
	if end > q.start {
		p.whole = q.buf[end-1] == '\n'
	}
	p.ended = q.err != nil
	p.carry = append(p.carry[:0], q.buf[end:]...)
	p.before = append(p.before[:0], q.buf[max(0, end-maxHeaderBytes):end]...)
	p.offset = q.base + int64(end)
	q.buf = q.buf[:end]
	p.inOrder <- q
	return true
}

// ahead is what a cutter notes that does not know yet what came before.
type ahead struct {
	busy  []span // from where to where it was in the middle of a trace
	looks []look // for headers
}

// look is how far back a cutter looked for a header.
type look struct {
	pos   int64 // where the cutter was
	reach int64 // the first line that it looked at
}

// newAhead returns a cutter of a portion that begins with a line.
func newAhead(o Options, q *portion) *cutter {
	c := new(cutter)
	c.init(o)
	c.buf, c.base, c.flushed, c.horizon = q.buf, q.base, q.base, q.base
	c.pos = q.base + int64(q.start)
	c.ahead = &ahead{}
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

// handOver makes next go on from c.pos on, where it agrees with c.
func (c *cutter) handOver(next *cutter) {
	c.flush(c.pos - maxHeaderBytes)
	next.flushed, next.horizon = c.flushed, c.horizon
	next.options.Rest = c.options.Rest
	found, taken := c.found, c.taken
	for _, f := range next.found {
		if f.pos > c.pos {
			found = append(found, f)
		}
	}
	for _, s := range next.taken {
		if s.pos > c.pos {
			taken = append(taken, s)
		}
	}
	slices.SortFunc(taken, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	next.found, next.taken, next.held, next.out = found, taken, c.held, c.out
	next.ahead = nil
	next.flush(next.keepFrom())
}

// readPortion takes what a worker has scanned.
func (s *Scanner) readPortion() {
	if s.pipeline == nil {
		s.pipeline = startPipeline(s.r, s.cutter.options, s.portionSize)
	}
	q := <-s.pipeline.inOrder
	<-q.ready
	err := q.err
	for rest := q.buf[q.start:]; ; {
		if q.whole && s.cutter.agrees(q.cutter) {
			s.cutter.handOver(q.cutter)
			s.cutter = q.cutter
			if s.portion != nil {
				s.portion.free <- s.portion
			}
			s.portion = q
			break
		}
		if len(rest) == 0 {
			q.free <- q
			break
		}
		n := min(step, len(rest))
		s.cutter.filled(copy(s.cutter.room(n), rest[:n]))
		rest = rest[n:]
	}
	if err != nil {
		s.end(err)
	}
}
