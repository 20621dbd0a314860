// Package logscan cuts the stack traces of JavaScript engines, and of Python, out of a log: any
// stream of bytes that is mostly something else.
//
// [Scanner] reads from an io.Reader, [Pusher] takes records from a program that has them. Both give
// for each trace what [stacktrace.ParseAll] makes of its lines, where those lines are in the input, what
// was taken off them, and the time and the stream that the log tells. What is not of a trace goes to
// Options.Rest, in its order, so that a pipeline can pass it on.
//
// # What it looks for
//
// A line that can be nothing but a frame begins a search, once what stands before it is taken off. The
// lines before it in the same stream are its header, those behind it, up to the first that cannot belong, the
// rest of the trace. Lines of other streams may stand between them. A line with escaped line ends, such as a
// logger's JSON, holds whole traces.
//
// What stands before a frame can be anything: the other lines of the trace have the same, but for digits,
// hexadecimal numbers and times. What is known of containers and loggers only tells the time, the stream and
// where a record begins. A line may also be a member of an object of JSON, whatever its name.
//
// A line with a time, a level or a container's name begins a record. Lines without belong to the record before
// them. A word in brackets is a stream only if the frames have it too.
//
// Traces of other languages are left alone, and so are lines that only end like a frame.
//
// # Interleaved streams
//
// The lines of several streams may stand between each other, and so may the lines of their traces. Then the
// spans from Found.Start to Found.End overlap, but no line is in the Pieces of two traces, unless it holds
// both. Traces are found in the order of their ends, so that one may be found before another that begins
// earlier.
package logscan

import (
	"time"

	"github.com/stacktrace-go/stacktrace"
)

// Found is a trace that was found in a log.
type Found struct {
	// Start and End are offsets in the input, in bytes: where the first line begins and where the
	// last one ends, its line end included. Lines of other streams may stand between them, and the spans
	// of traces of several streams may overlap.
	Start, End int64

	// Pieces are the parts of the input that are the trace's, in their order: whole lines with what
	// was taken off them. Lines that follow each other are one piece. Several traces of one line, or of
	// lines that cannot be parted, have the same pieces.
	Pieces []Piece

	// Prefix is what was taken off the first line: "app-1  | ", "2026-11-21T10:00:00Z [error] ".
	Prefix string

	// Time is the time that the first line, or else another one, tells; the zero time if none does.
	// A trace whose lines have none has that of the record before it. A time without a year is of
	// Options.Year, one without a zone is in Options.Location.
	Time time.Time

	// Zone is the name of Options.Location if the time told no zone, else "".
	Zone string

	// Stream is what the prefix tells of the origin: the container, the process, the request. "" if
	// it tells nothing.
	Stream string

	// Truncated says which limit cut the trace: "trace", its bytes or lines; "line", those of a line;
	// "gap", the bytes of other streams between its lines; "streams", the number of streams. "" if none
	// did. Of a trace that one of the last two parted, both pieces say so, if the second has frames.
	Truncated string

	// Trace is what [stacktrace.ParseAll] made of Text, the lines without their prefixes, or one of several.
	Trace *stacktrace.Trace
	Text  string
}

// Piece is a part of the input.
type Piece struct {
	Start int64  // its offset
	Text  string // its bytes
}

// Options bound what a scan may take, and tell what else it should do. The zero value is right for
// most logs.
type Options struct {
	// MaxLine is how many bytes of a line are looked at. What is behind them is of no trace. 0 is
	// 256 KiB.
	MaxLine int

	// MaxTrace is how many bytes of its lines a trace may have. 0 is 256 KiB.
	MaxTrace int

	// MaxGap is how many bytes of other streams may stand between two lines of a trace. 0 is 64 KiB. A
	// trace behind which there were as many is given out when the next one of its stream tells whether it
	// was cut, or after 16 times as many bytes.
	MaxGap int

	// MaxStreams is the number of streams that may be in the middle of a trace at once. The one that
	// has waited longest is ended for a new one. 0 is 64.
	MaxStreams int

	// Idle is how long a reader may give nothing until a trace that was begun is taken to be over.
	// A log that is followed needs it, for the end of a trace is only known by what comes behind it.
	// While the last line has no end, more of it is waited for, however long. 0 waits for ever.
	Idle time.Duration

	// Workers is the number of goroutines that scan parts of the input for a Scanner at the same time,
	// which helps with files. What is found is the same, in the same order. Each takes some 1.6 MiB. 0 is
	// none; then Idle may be set.
	Workers int

	// Year is that of times that have none. 0 is this year.
	Year int

	// Location is the zone of times that tell none. nil is time.Local: programs write the time of their
	// machine.
	Location *time.Location

	// Rest, if not nil, is given all bytes of the input that are of no trace, in their order, each
	// once. It must not keep the slice.
	Rest func(offset int64, part []byte)
}

func (o Options) withDefaults() Options {
	for _, d := range [...]struct {
		option *int
		value  int
	}{{&o.MaxLine, 256 << 10}, {&o.MaxTrace, 256 << 10}, {&o.MaxGap, 64 << 10}, {&o.MaxStreams, 64}} {
		if *d.option <= 0 {
			*d.option = d.value
		}
	}
	if o.Year == 0 {
		o.Year = time.Now().Year()
	}
	if o.Location == nil {
		o.Location = time.Local
	}
	return o
}
