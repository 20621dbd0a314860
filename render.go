package stacktrace

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
)

// ErrUnknownEngine says that there is no engine of a name.
var ErrUnknownEngine = errors.New("stacktrace: unknown engine")

// Engines returns the names of the engines that [Trace.Render] knows.
func Engines() []string { return formats.Names() }

// String returns the frame as a line in the syntax of its engine, built from the fields and without
// indentation; a frame of no engine is written as V8 would. It is the trimmed Text wherever that is
// in the syntax that the engine writes today.
func (f Frame) String() string {
	const words = 64 // what else is in a line
	size := len(f.Func) + len(f.Alias) + len(f.File) + len(f.Origin) + len(f.AsyncCause) + words
	return string(f.AppendTo(make([]byte, 0, size)))
}

// AppendTo appends what String returns to b. For the engines of browsers and servers it allocates only to grow b.
func (f Frame) AppendTo(b []byte) []byte {
	return formats.Append(b, (*formats.Frame)(&f))
}

// formatOf returns the format of engine, or that of V8 if there is none.
func formatOf(engine string) *formats.Format {
	if format := formats.Named(engine); format != nil {
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
// Nashorn and QML's engine have no frames for native code, so they are left out. An engine of another name gives [ErrUnknownEngine].
func (t *Trace) Render(engine string) (string, error) {
	format := formats.Named(engine)
	if format == nil {
		return "", fmt.Errorf("%w: %q", ErrUnknownEngine, engine)
	}
	return t.render(format, true), nil
}

// render writes the trace in the layout of format, and the frames of other engines in its terms if
// translate is true.
func (t *Trace) render(format *formats.Format, translate bool) string {
	if format.Stack.Title != "" {
		return t.renderOldestFirst(format, translate)
	}
	b := make([]byte, 0, t.size())
	if format.Stack.Headed {
		b = append(t.appendHeader(b), '\n')
	}
	f := new(Frame) // one for all
	for i := range t.Frames {
		*f = t.Frames[i]
		line := format
		if translate && f.Engine != format.Name {
			if !format.Translate((*formats.Frame)(f)) {
				continue
			}
		} else {
			line = formatOf(f.Engine)
		}
		b = appendLine(b, formats.AppendBoundary(nil, (*formats.Frame)(f)))
		b = appendLine(b, line.AppendSkipped(nil, (*formats.Frame)(f)))
		b = append(b, line.Stack.Indent...)
		b = append(formatOf(f.Engine).Append(b, (*formats.Frame)(f)), '\n')
	}
	if format.Stack.LineEnd {
		return string(b)
	}
	return strings.TrimSuffix(string(b), "\n")
}

// size returns about how long t is in text.
func (t *Trace) size() int {
	const words = 16 // indentation, and what another engine would add
	size := len(t.Type) + len(t.Code) + len(t.Message) + words
	for i := range t.Frames {
		size += len(t.Frames[i].Text) + words
	}
	return size
}

// renderOldestFirst is render for a format that puts the outermost call first and the header last.
func (t *Trace) renderOldestFirst(format *formats.Format, translate bool) string {
	b := append(make([]byte, 0, t.size()), format.Stack.Title...)
	b = append(b, '\n')
	f := new(Frame)
	for i := range slices.Backward(t.Frames) {
		*f = t.Frames[i]
		line := formatOf(f.Engine)
		if translate && f.Engine != format.Name {
			if !format.Translate((*formats.Frame)(f)) {
				continue
			}
			line = format
			f.Skipped = 0 // said of frames that came before this one, and are no repetition of it
		}
		b = append(b, format.Stack.Indent...)
		b = append(formatOf(f.Engine).Append(b, (*formats.Frame)(f)), '\n')
		b = appendLine(b, line.AppendSkipped(nil, (*formats.Frame)(f)))
	}
	return string(append(t.appendHeader(b), '\n'))
}

// appendLine appends line and a line end, unless line is empty.
func appendLine(b, line []byte) []byte {
	if len(line) == 0 {
		return b
	}
	return append(append(b, line...), '\n')
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
