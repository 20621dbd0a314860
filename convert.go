package stacktrace

import (
	"unsafe"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

// The packages below this one have types of their own for frames and traces, with the fields of this
// package's, so that what they return need not be copied. For frames the compiler checks that the
// fields are the same; traces refer to themselves, so that a test does.

var _ = Frame(formats.Frame{})

// frames returns s as frames of this package. Both share their memory.
func frames(s []formats.Frame) []Frame {
	return unsafe.Slice((*Frame)(unsafe.SliceData(s)), cap(s))[:len(s)]
}

// lineFrames returns s as frames of the syntax layer. Both share their memory.
func lineFrames(s []Frame) []formats.Frame {
	return unsafe.Slice((*formats.Frame)(unsafe.SliceData(s)), cap(s))[:len(s)]
}

// fromReader returns t, of which the reader keeps nothing, as a Trace of this package.
func fromReader(t *model.Trace) *Trace { return (*Trace)(unsafe.Pointer(t)) }
