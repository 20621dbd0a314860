package otelprocessor

import (
	"slices"
	"sort"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// origin is where records come from: their resource and scope.
type origin struct {
	resource       pcommon.Resource
	resourceSchema string
	scope          pcommon.InstrumentationScope
	scopeSchema    string
}

func newOrigin(rl plog.ResourceLogs, sl plog.ScopeLogs) *origin {
	o := &origin{pcommon.NewResource(), rl.SchemaUrl(), pcommon.NewInstrumentationScope(), sl.SchemaUrl()}
	rl.Resource().CopyTo(o.resource)
	sl.Scope().CopyTo(o.scope)
	return o
}

// released is a record that is ready for the next consumer.
type released struct {
	origin *origin
	record plog.LogRecord
}

// entry is a record that is held.
type entry struct {
	record plog.LogRecord
	came   time.Time
	size   int

	isText     bool   // its body is looked at
	trace      string // the trace and span that it is of
	start, end int64  // of its body in what the pusher was given
	known      int64  // how many bytes of it are known to be of a trace or of none
	parts      []*entry
	whole      *entry // the record that this one is a part of
}

// isDecided reports whether the entry can leave the queue.
func (e *entry) isDecided() bool {
	if e.known < e.end-e.start {
		return false
	}
	for _, part := range e.parts {
		if part.known < part.end-part.start {
			return false
		}
	}
	return true
}

// root returns the record that the entry ends up in.
func (e *entry) root() *entry {
	for e.whole != nil {
		e = e.whole
	}
	return e
}

// stream is the records of one origin and one output of it, in their order, as far as it is not known
// yet which of them are a trace together.
type stream struct {
	key     string
	origin  *origin
	options logscan.Options
	pusher  *logscan.Pusher
	given   int64 // bytes that the pusher was given
	entries []*entry
	last    time.Time // when the last record came
}

// push adds a record at the end.
func (s *stream) push(e *entry) {
	s.last = e.came
	e.known, e.parts, e.whole = 0, nil, nil
	e.start, e.end = s.given, s.given
	s.entries = append(s.entries, e)
	if !e.isText {
		return
	}
	if s.pusher == nil {
		o := s.options
		o.Rest = func(offset int64, part []byte) { s.each(offset, offset+int64(len(part)), func(*entry) {}) }
		s.pusher = logscan.NewPusher(o, s.found)
	}
	body := e.record.Body().Str()
	e.end += int64(len(body))
	if !strings.HasSuffix(body, "\n") {
		e.end++ // the pusher adds a line end
	}
	s.given = e.end
	s.pusher.Push(e.trace, body)
}

// each calls f for the entries that have bytes between start and end, and notes that it is known what
// these bytes are.
func (s *stream) each(start, end int64, f func(*entry)) {
	first := sort.Search(len(s.entries), func(i int) bool { return s.entries[i].end > start })
	for _, e := range s.entries[first:] {
		if e.start >= end {
			return
		}
		if !e.isText {
			continue
		}
		e.known += min(end, e.end) - max(start, e.start)
		f(e)
	}
}

// found makes the entries of a trace parts of its first one.
func (s *stream) found(f logscan.Found) {
	var first *entry
	for _, piece := range f.Pieces {
		s.each(piece.Start, piece.Start+int64(len(piece.Text)), func(e *entry) {
			root := e.root()
			if first == nil {
				first = root
			}
			if root == first {
				return
			}
			if root.start < first.start {
				root, first = first, root // the end of another trace is in the same record
			}
			root.whole = first
			first.parts = append(append(first.parts, root), root.parts...)
			root.parts = nil
		})
	}
}

// take takes the entries at the front that are decided off the stream.
func (s *stream) take() []*entry {
	n := 0
	for n < len(s.entries) && (s.entries[n].whole != nil || s.entries[n].isDecided()) {
		n++
	}
	return s.cut(n)
}

// cut takes the first n entries off the stream.
func (s *stream) cut(n int) []*entry {
	front := s.entries[:n:n]
	if s.entries = s.entries[n:]; len(s.entries) == 0 {
		s.entries = nil
	}
	return front
}

// close takes what came to be all, and takes all entries off the stream.
func (s *stream) close() []*entry {
	if s.pusher != nil {
		s.pusher.Close()
		s.pusher, s.given = nil, 0
	}
	return s.cut(len(s.entries))
}

// expire takes off the stream what came before a time and is no part of a trace of which a part came
// later, and what came before another time whatever it is. It is looked at anew what the rest is.
func (s *stream) expire(before, atLatest time.Time) []*entry {
	all := s.close()
	isYoung := func(e *entry) bool { return !e.came.Before(before) }
	n := 0
	for ; n < len(all); n++ {
		e := all[n]
		isPart := e.whole != nil // its first record came before it and was taken
		isOver := e.came.Before(atLatest) || !isYoung(e) && !slices.ContainsFunc(e.parts, isYoung)
		if !isPart && !isOver {
			break
		}
	}
	taken := make(map[*entry]bool, n)
	for _, e := range all[:n] {
		taken[e] = true
	}
	front, last := all[:n:n], s.last
	for _, e := range all[n:] {
		if e.whole != nil && taken[e.root()] {
			front = append(front, e)
			continue
		}
		s.push(e)
	}
	s.last = last
	return front
}
