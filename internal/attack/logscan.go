package attack

import (
	"strings"
	"sync"
	"unsafe"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// mostScanned is how many bytes per byte a scan may allocate beside what it finds: a line that may be of
// a trace is kept with where it is and what it is, and parsed with those beside it before it turns out
// that they are none. What is kept at a time is bounded.
const (
	mostScanned = 176

	// mostPushed is the same where the lines are those of several streams, and each may have those before
	// it as a header.
	mostPushed = 640
)

const (
	// A worker scans half a megabyte without knowing whether it is in the middle of a trace that was
	// cut, where one alone would know and read no more of it. Until there are some of that length, few
	// bytes are scanned so.
	workersWindow = 2 << 20

	// A header is looked for in so many lines before a frame, of each of three streams.
	linesWindow = 64 << 10
)

// logscanFunctions returns the functions of package logscan. What they find counts as their result,
// and what they allocate for an empty log as fixed.
func logscanFunctions() []Function {
	of := func(name string, most, window int, scan func(text string) Result) Function {
		fixed := sync.OnceValue(func() int {
			all, _ := Allocated(func() Result { return scan("\n") })
			return all
		})
		return Function{Name: "logscan." + name, Most: most, Window: window, Prepare: func(text string) func() Result {
			nothing := fixed()
			return func() Result {
				r := scan(text)
				r.Fixed = nothing
				return r
			}
		}}
	}
	return []Function{
		of("Scanner", mostScanned, 0, func(text string) (r Result) {
			s := logscan.NewScanner(strings.NewReader(text), logscan.Options{Rest: func(int64, []byte) {}})
			for s.Scan() {
				r.addFound(s.Found())
			}
			return r
		}),
		of("Scanner/workers", mostScanned, workersWindow, func(text string) (r Result) {
			s := logscan.NewScanner(strings.NewReader(text), logscan.Options{Workers: 2})
			for s.Scan() {
				r.addFound(s.Found())
			}
			return r
		}),
		of("Pusher.Push", mostScanned, 0, func(text string) (r Result) {
			p := logscan.NewPusher(logscan.Options{}, r.addFound)
			p.Push("", text)
			p.Settle()
			p.Close()
			return r
		}),
		of("Pusher.Push/lines", mostPushed, linesWindow, func(text string) (r Result) {
			p := logscan.NewPusher(logscan.Options{MaxTrace: 16 << 10, MaxLine: 4 << 10, MaxGap: 4 << 10}, r.addFound)
			streams := [...]string{"a", "b", "c"}
			n := 0
			for line := range strings.Lines(text) {
				p.Push(streams[n%len(streams)], line)
				n++
			}
			p.Close()
			return r
		}),
	}
}

// addFound adds what found holds. Its strings are copies, since the buffers of a scan are used again.
func (r *Result) addFound(found logscan.Found) {
	trace := measure(found.Trace)
	r.Frames += trace.Frames
	r.Held += trace.Held + int(unsafe.Sizeof(found)) + len(found.Text) + len(found.Prefix) + len(found.Stream)
	for _, piece := range found.Pieces {
		r.Held += int(unsafe.Sizeof(piece)) + len(piece.Text)
	}
}
