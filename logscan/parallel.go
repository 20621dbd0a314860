package logscan

import (
	"bytes"
	"io"
	"sync"
)

// portionSize is how many bytes go to a worker at once.
const portionSize = 256 << 10

// portion is a part of the input. Workers find the lines in it that the cutter has to look at; the
// cutter itself, which takes the portions in their order, passes over all others.
type portion struct {
	b          []byte
	isKnown    bool    // it begins and ends with whole lines
	candidates []int32 // where those lines begin
	err        error   // that ended the input behind it
	ready      chan struct{}
}

// pipeline reads ahead and has several portions looked at at the same time.
type pipeline struct {
	inOrder chan *portion
	free    chan *portion
	stop    chan struct{}
	once    sync.Once
}

func startPipeline(r io.Reader, workers, maxLine int) *pipeline {
	p := &pipeline{
		inOrder: make(chan *portion, workers+1),
		free:    make(chan *portion, workers+3),
		stop:    make(chan struct{}),
	}
	for range cap(p.free) {
		p.free <- &portion{b: make([]byte, 0, portionSize), ready: make(chan struct{}, 1)}
	}
	work := make(chan *portion, workers+1)
	for range workers {
		go func() {
			for q := range work {
				if q.isKnown {
					q.candidates = appendCandidates(q.candidates[:0], q.b, maxLine)
				}
				q.ready <- struct{}{}
			}
		}()
	}
	go p.read(r, work)
	return p
}

func (p *pipeline) close() { p.once.Do(func() { close(p.stop) }) }

// read cuts the input into portions that end where a line does, if there is any line end in them.
func (p *pipeline) read(r io.Reader, work chan<- *portion) {
	defer close(p.inOrder)
	defer close(work)
	var carry []byte // the beginning of a line
	atStart := true  // the next portion begins with a line
	for {
		var q *portion
		select {
		case q = <-p.free:
		case <-p.stop:
			return
		}
		q.b = append(q.b[:0], carry...)
		carry = carry[:0]
		q.err = nil
		for len(q.b) < cap(q.b) && q.err == nil {
			var n int
			n, q.err = r.Read(q.b[len(q.b):cap(q.b)])
			q.b = q.b[:len(q.b)+n]
		}
		q.isKnown = false
		if end := bytes.LastIndexByte(q.b, '\n') + 1; q.err == nil && end > 0 {
			carry = append(carry, q.b[end:]...)
			q.b = q.b[:end]
			q.isKnown = atStart
			atStart = true
		} else {
			atStart = false
		}
		select {
		case p.inOrder <- q:
		case <-p.stop:
			return
		}
		work <- q
		if q.err != nil {
			return
		}
	}
}

// appendCandidates appends where the lines of b begin that may be of a trace or begin one, or are too
// long to tell. They are those for which cutter.lines calls cutter.line if no region is open.
func appendCandidates(candidates []int32, b []byte, maxLine int) []int32 {
	slash, sign := -1, -1
	for start := 0; start < len(b); {
		n := bytes.IndexByte(b[start:], '\n')
		if n < 0 {
			n = len(b) - start
		}
		end := start + n
		if n > maxLine || nextByte(b, '\\', &slash, start) < end || mayEndFrame(b[start:end]) ||
			nextByte(b, '@', &sign, start) < end && bytes.Contains(b[start:end], stackMember) {
			candidates = append(candidates, int32(start))
		}
		start = end + 1
	}
	return candidates
}

// nextByte returns where the next c stands in b from start on; at is the answer to the last question.
func nextByte(b []byte, c byte, at *int, start int) int {
	if *at < start {
		n := bytes.IndexByte(b[start:], c)
		if n < 0 {
			n = len(b) - start
		}
		*at = start + n
	}
	return *at
}
