package stacktrace

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
)

// ErrUnknownEngine says that an engine is none of [Engines].
var ErrUnknownEngine = errors.New("stacktrace: unknown engine")

// String returns the frame as a line in the syntax of its engine, built from the fields and without
// indentation; a frame of no engine is written as V8 would. It is the trimmed Text wherever that is
// in the syntax that the engine writes today.
func (f Frame) String() string {
	return string(f.AppendTo(make([]byte, 0, f.size())))
}

// size returns about how long f is in text.
func (f *Frame) size() int {
	const words = 64 // what else is in a line
	return len(f.Func) + len(f.Alias) + len(f.File) + len(f.Origin) + len(f.AsyncCause) + words
}

// AppendTo appends what String returns to b. For the engines of browsers and servers it allocates only to grow b.
func (f Frame) AppendTo(b []byte) []byte {
	return formats.Append(b, formats.Frame(f))
}

// formatOf returns the format of engine, or that of V8 if there is none.
func formatOf(engine Engine) *formats.Format {
	if format := engine.Format(); format != nil {
		return format
	}
	return formats.DefaultAt()
}

// String returns the trace as the error.stack of its engine would be, each frame in the syntax of
// the engine that it is of.
func (t *Trace) String() string {
	return t.render(formatOf(t.Engine), false)
}

// Render returns the trace as it would be if engine, one of [Engines], had written it: with a header
// only where its error.stack has one, and with what that engine can tell. What engines call code
// without a name is put into the engine's words. SpiderMonkey, Rhino,
// Nashorn and QML's engine have no frames for native code, so they are left out. Anything else gives [ErrUnknownEngine].
func (t *Trace) Render(engine Engine) (string, error) {
	format := engine.Format()
	if format == nil {
		return "", fmt.Errorf("%w: %d", ErrUnknownEngine, engine)
	}
	return t.render(format, true), nil
}

// render writes the trace in the layout of format, and the frames of other engines in its terms if
// translate is true.
func (t *Trace) render(format *formats.Format, translate bool) string {
	stack := format.Stack()
	if stack.Title != "" {
		return t.renderOldestFirst(format, translate)
	}
	var w writer
	if stack.Headed {
		w.b = append(t.appendHeader(w.room(t.headerSize())), '\n')
	}
	f := new(Frame) // one for all
	for i := range t.Frames {
		*f = t.Frames[i]
		line := format
		if translate && f.Engine != format.Engine() {
			if !format.Translate((*formats.Frame)(f)) {
				continue
			}
		} else {
			line = formatOf(f.Engine)
		}
		n := f.size()
		switch line.Engine() { // whose words for Rhino's "#1(eval)" are longer: almost twice and three times
		case SpiderMonkey:
			n += len(f.Origin)
		case V8:
			n += 2 * len(f.Origin)
		}
		b := w.room(n)
		b = endLine(formats.AppendBoundary(b, (*formats.Frame)(f)), len(b))
		b = endLine(line.AppendSkipped(b, (*formats.Frame)(f)), len(b))
		b = append(b, line.Stack().Indent...)
		w.b = append(formatOf(f.Engine).Append(b, formats.Frame(*f)), '\n')
	}
	if stack.LineEnd {
		return w.text()
	}
	return strings.TrimSuffix(w.text(), "\n")
}

// renderOldestFirst is render for a format that puts the outermost call first and the header last.
func (t *Trace) renderOldestFirst(format *formats.Format, translate bool) string {
	var w writer
	stack := format.Stack()
	w.b = append(append(w.room(0), stack.Title...), '\n')
	f := new(Frame)
	for i := range slices.Backward(t.Frames) {
		*f = t.Frames[i]
		line := formatOf(f.Engine)
		if translate && f.Engine != format.Engine() {
			if !format.Translate((*formats.Frame)(f)) {
				continue
			}
			line = format
			f.Skipped = 0 // said of frames that came before this one, and are no repetition of it
		}
		b := append(w.room(f.size()), stack.Indent...)
		b = append(formatOf(f.Engine).Append(b, formats.Frame(*f)), '\n')
		w.b = endLine(line.AppendSkipped(b, (*formats.Frame)(f)), len(b))
	}
	w.b = append(t.appendHeader(w.room(t.headerSize())), '\n')
	return w.text()
}

// writer collects a text in pieces: how long it gets is known only at its end, for another engine may say
// in a few bytes or in very many what is in a line.
type writer struct {
	pieces [][]byte
	b      []byte // the last one, which is written to
}

// room returns b, or the beginning of another piece if there is no room for n more bytes in it.
func (w *writer) room(n int) []byte {
	const least = 4 << 10
	if cap(w.b)-len(w.b) >= n && w.b != nil {
		return w.b
	}
	if len(w.b) > 0 {
		w.pieces = append(w.pieces, w.b)
	}
	w.b = make([]byte, 0, max(n, least))
	return w.b
}

// text returns what was written.
func (w *writer) text() string {
	if len(w.pieces) == 0 {
		return string(w.b)
	}
	size := len(w.b)
	for _, piece := range w.pieces {
		size += len(piece)
	}
	var b strings.Builder
	b.Grow(size)
	for _, piece := range w.pieces {
		b.Write(piece)
	}
	b.Write(w.b)
	return b.String()
}

// endLine appends a line end, unless nothing was appended to the first n bytes of b.
func endLine(b []byte, n int) []byte {
	if len(b) == n {
		return b
	}
	return append(b, '\n')
}

// headerSize returns about how long the header is in text.
func (t *Trace) headerSize() int {
	const words = 16 // what else is in it
	return len(t.Type) + len(t.Code) + len(t.Message) + words
}

// appendHeader appends "Type [Code]: Message". The code of a system error is in its message.
func (t *Trace) appendHeader(b []byte) []byte {
	b = append(b, t.Type...)
	if t.Code != "" && !strings.Contains(t.Message, t.Code) {
		b = append(b, " ["...)
		b = append(b, t.Code...)
		b = append(b, ']')
	}
	if t.Type != "" && t.Message != "" {
		b = append(b, ": "...)
	}
	return append(b, t.Message...)
}
