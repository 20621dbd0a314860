package stacktrace

import (
	"iter"

	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/reader"
)

// Parse returns the error that text describes: its type and message, its frames with the innermost
// call first, and what was printed with it, its causes, the errors it gathers and its properties. Any
// text is read, whatever its line ends, indentation and colours, and what is around it as
// [Trace.Wrapping] tells; the strings of the result are pieces of it wherever nothing had to be taken
// out of their middle. Of several errors that have nothing to do with each other the first counts.
//
// A text without a frame gives [ErrNoFrames] and a Trace that still holds what was read.
//
// Engines do not mark where a message ends, and it may hold lines that look like frames. Where the
// message is known, [ParseReport] is exact.
func Parse(text string) (*Trace, error) { return withFrames(reader.Parse(text)) }

// ParseReport returns the error that a report describes. The name and message it gives are those of
// the result, but for the words that consoles put before a message and the code that Node puts into
// a name; what it lacks is read from the stack. The message also tells where the stack's header
// ends, however much its lines look like frames.
//
// A report without frames in its stack but with a file gives the one frame that they tell, of no
// engine and without Text. A first frame without a column gets that of the report, if the line is
// the same.
//
// A report without any frame gives [ErrNoFrames] and a Trace that still holds what was read, such as
// the message "Script error." of a script from another origin.
func ParseReport(r Report) (*Trace, error) { return withFrames(reader.ParseReport(reader.Report(r))) }

// withFrames returns t as a Trace, and [ErrNoFrames] if it has no frames of its own.
func withFrames(t *model.Trace) (*Trace, error) {
	trace := fromReader(t)
	if len(trace.Frames) == 0 {
		return trace, ErrNoFrames
	}
	return trace, nil
}

// AppendFrames appends the frames of text to dst, innermost call first, and reports whether there
// were any. They are those that [Parse] finds in a text without a wrapping. It allocates only to
// grow dst, unless the text is coloured; the strings of the frames are pieces of text.
func AppendFrames(dst []Frame, text string) ([]Frame, bool) {
	frames := frames(reader.AppendFrames(lineFrames(dst), text))
	return frames, len(frames) > len(dst)
}

// Frames returns an iterator over the frames that [AppendFrames] appends. Where the frames of a text
// begin is known only at its end, so all are read before the first is yielded.
func Frames(text string) iter.Seq[Frame] {
	return func(yield func(Frame) bool) {
		frames, _ := AppendFrames(nil, text)
		for _, f := range frames {
			if !yield(f) {
				return
			}
		}
	}
}

// Detect returns the engine in whose syntax the frames of text are, as in [Trace.Engine], or "" if
// there are none.
func Detect(text string) string {
	frames, ok := AppendFrames(nil, text)
	if !ok {
		return ""
	}
	return frames[0].Engine
}
