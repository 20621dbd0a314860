package logscan

import (
	"io"
	"iter"
	"time"
)

// chunk is how many bytes are read at once.
const chunk = 64 << 10

// Scanner finds the traces in what a reader gives.
//
//	s := logscan.NewScanner(os.Stdin, logscan.Options{})
//	for s.Scan() {
//		fmt.Println(s.Found().Trace)
//	}
//	return s.Err()
type Scanner struct {
	r      io.Reader
	cutter *cutter
	found  Found
	err    error
	done   bool

	section     *section  // of which alone the traces are wanted
	pipeline    *pipeline // of several workers
	portion     *portion  // whose buffer is the cutter's
	portionSize int

	chunks chan []byte // of a reader that is waited for with a limit
	failed error       // set before chunks is closed
	free   chan []byte
	stop   chan struct{}
}

// NewScanner returns a scanner of r.
func NewScanner(r io.Reader, o Options) *Scanner {
	s := &Scanner{r: r, cutter: new(cutter), portionSize: portionSize}
	s.cutter.init(o)
	return s
}

// Scan goes on to the next trace, in the order in which it is known that they have ended. It returns
// false at the end of the input and when reading fails; then Rest has been given everything that is of
// no trace.
func (s *Scanner) Scan() bool {
	for {
		if found, ok := s.cutter.next(); ok {
			if s.section != nil && !s.section.owns(&found) {
				continue
			}
			s.found = found
			return true
		}
		if s.done {
			s.found = Found{}
			return false
		}
		s.read()
	}
}

// Found returns the trace that Scan found, with its place.
func (s *Scanner) Found() Found { return s.found }

// Err returns the error that ended the scan, or nil if it was the end of the input.
func (s *Scanner) Err() error { return s.err }

// All returns an iterator over all traces that are left. An error ends it, and comes with a zero
// Found.
func (s *Scanner) All() iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		for s.Scan() {
			if !yield(s.found, nil) {
				s.Close()
				return
			}
		}
		if s.err != nil {
			yield(Found{}, s.err)
		}
	}
}

// Close ends a scan before the end of the input. It does not close the reader. It is only needed with
// Options.Idle and Options.Workers, where a reader is read ahead; one that waits for more goes on to
// wait.
func (s *Scanner) Close() {
	s.done = true
	if s.pipeline != nil {
		s.pipeline.close()
	}
	if s.stop != nil {
		close(s.stop)
		s.stop = nil
	}
}

func (s *Scanner) end(err error) {
	s.cutter.finish()
	s.done = true
	if err != io.EOF {
		s.err = err
	}
}

func (s *Scanner) read() {
	if s.section != nil {
		s.readSection()
		return
	}
	if s.cutter.options.Workers > 0 {
		s.readPortion()
		return
	}
	if s.cutter.options.Idle > 0 {
		s.readWaiting()
		return
	}
	n, err := s.r.Read(s.cutter.room(chunk))
	s.cutter.filled(n)
	if err != nil {
		s.end(err)
	}
}

// readWaiting reads what another goroutine has read, and ends what is open if there is nothing for
// long. A reader that stops within a line is in the middle of something, and is waited for.
func (s *Scanner) readWaiting() {
	if s.chunks == nil {
		s.chunks, s.free, s.stop = make(chan []byte), make(chan []byte, 2), make(chan struct{})
		s.free <- make([]byte, chunk)
		s.free <- make([]byte, chunk)
		go s.readAhead(s.stop)
	}
	var idle <-chan time.Time
	if s.cutter.isWaiting() && !s.cutter.isWithinLine() {
		timer := time.NewTimer(s.cutter.options.Idle)
		defer timer.Stop()
		idle = timer.C
	}
	select {
	case b, ok := <-s.chunks:
		if !ok {
			s.end(s.failed)
			return
		}
		s.cutter.filled(copy(s.cutter.room(len(b)), b))
		s.free <- b[:cap(b)]
	case <-idle:
		s.cutter.settle()
	}
}

func (s *Scanner) readAhead(stop <-chan struct{}) {
	defer close(s.chunks)
	for {
		var b []byte
		select {
		case b = <-s.free:
		case <-stop:
			s.failed = io.EOF
			return
		}
		n, err := s.r.Read(b)
		if n > 0 {
			select {
			case s.chunks <- b[:n]:
			case <-stop:
				s.failed = io.EOF
				return
			}
		} else {
			s.free <- b
		}
		if err != nil {
			s.failed = err
			return
		}
	}
}

// Pusher finds the traces in the records that a program hands over, such as a collector of logs.
type Pusher struct {
	cutter cutter
	take   func(Found)
}

// NewPusher returns a pusher that hands what it finds to found.
func NewPusher(o Options, found func(Found)) *Pusher {
	p := &Pusher{take: found}
	p.cutter.init(o)
	return p
}

// Push takes the next record of a stream: one line or several. A line end is added if it has none,
// and counts in offsets. It returns the offset at which the record begins.
func (p *Pusher) Push(stream, record string) (offset int64) {
	offset = p.cutter.setOuter(stream)
	n := copy(p.cutter.room(len(record)+1), record)
	if n == 0 || record[n-1] != '\n' {
		p.cutter.room(n + 1)[n] = '\n'
		n++
	}
	p.cutter.filled(n)
	p.drain()
	return offset
}

// Write takes the next bytes of a stream without a name. It never fails.
func (p *Pusher) Write(b []byte) (int, error) {
	p.cutter.filled(copy(p.cutter.room(len(b)), b))
	p.drain()
	return len(b), nil
}

// Settle ends the traces that were begun, as if nothing belonged to them any more.
func (p *Pusher) Settle() {
	p.cutter.settle()
	p.drain()
}

// Close takes what was pushed to be all.
func (p *Pusher) Close() {
	p.cutter.finish()
	p.drain()
}

func (p *Pusher) drain() {
	for found, ok := p.cutter.next(); ok; found, ok = p.cutter.next() {
		p.take(found)
	}
}
