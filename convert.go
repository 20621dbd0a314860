package stacktrace

import (
	"unsafe"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/reader"
)

// The packages below this one work on formats.Frame. It has the fields of Frame, so that slices of
// the one are taken for slices of the other without copying them. The conversions compile only while
// that is so.

var _ = Frame(formats.Frame{})

// frames returns s as frames of this package. Both share their memory.
func frames(s []formats.Frame) []Frame {
	return unsafe.Slice((*Frame)(unsafe.SliceData(s)), cap(s))[:len(s)]
}

// lineFrames returns s as frames of the syntax layer. Both share their memory.
func lineFrames(s []Frame) []formats.Frame {
	return unsafe.Slice((*formats.Frame)(unsafe.SliceData(s)), cap(s))[:len(s)]
}

// fromReader returns t, of which the reader keeps nothing, as a Trace; nil is nil. A chain of causes
// may be long, so it is followed in a loop.
func fromReader(t *reader.Trace) *Trace {
	var first *Trace
	for last := &first; t != nil; t = t.Cause {
		trace := &Trace{
			Engine: t.Engine, Type: t.Type, Code: t.Code, Message: t.Message,
			Frames: frames(t.Frames), Wrapping: t.Wrapping, Unparsed: t.Unparsed,
		}
		if len(t.Errors) > 0 {
			trace.Errors = make([]*Trace, len(t.Errors))
			for i, e := range t.Errors {
				trace.Errors[i] = fromReader(e)
			}
		}
		if len(t.Props) > 0 {
			trace.Props = make([]Prop, len(t.Props))
			for i, p := range t.Props {
				trace.Props[i] = Prop(p)
			}
		}
		*last = trace
		last = &trace.Cause
	}
	return first
}
