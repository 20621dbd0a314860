package logscan

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"sync"
)

// Several workers scan portions of the input at the same time, each from the middle of it on, see middle.go.
// What a worker finds counts from the first line on at which it agrees with the one before. Mostly that is
// the first line of its portion. If it is not, the one before goes on into the portion up to such a line, or
// to the end.

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
				q.cutter = newAhead(p.options, q.buf, q.start, q.base)
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
