package stacktrace

import "github.com/stacktrace-go/stacktrace/internal/reader"

// Parse returns the error that text describes: its type and message, its frames with the innermost
// call first, the errors that caused it or that it gathers, and its properties.
//
// Any text is read, whatever its line ends, indentation and colours. What stands around a whole trace
// is taken off first; [Trace.Wrapping] tells what it was. A text without a frame gives a Trace without
// Frames that holds what else was read. The result is never nil.
//
// Of several errors that have nothing to do with each other, the first one with frames is read; [ParseAll]
// reads all of them.
//
// Engines do not mark where a message ends, and a message may hold lines that look like frames. Where
// the message is known, [ParseReport] is exact.
//
// Parse reads all of text. For texts from strangers, [Untrusted] has limits.
func Parse(text string) *Trace { return fromReader(reader.Parse(text)) }

// ParseAll returns the errors of text, in their order; nil if text is empty. The first is that of [Parse].
//
// A header with the name of an error behind frames begins another error if frames follow it, whatever stands
// between. Causes and the errors that an AggregateError gathers are part of their error. What stands between
// two errors is in Unparsed of the one before.
func ParseAll(text string) []*Trace {
	all := reader.ParseAll(text)
	traces := make([]*Trace, len(all))
	for i, t := range all {
		traces[i] = fromReader(t)
	}
	return traces
}

// AppendFrames appends the frames of text to dst, innermost call first, and returns the longer slice.
// They are the frames of the [Trace] that [Parse] returns, except that nothing is taken off around the
// text: in JSON, for example, it finds none.
//
// It allocates only to grow dst, unless the text is coloured. The strings of the frames are pieces of
// text.
func AppendFrames(dst []Frame, text string) []Frame {
	return frames(reader.AppendFrames(lineFrames(dst), text))
}

// Detect returns the engine in whose syntax the first frame of text is, as in [Trace.Engine], or [NoEngine] if
// there is no frame. Like [AppendFrames] it takes nothing off around the text.
func Detect(text string) Engine {
	frames := AppendFrames(nil, text)
	if len(frames) == 0 {
		return NoEngine
	}
	return frames[0].Engine
}
