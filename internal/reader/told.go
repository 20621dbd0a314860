package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxTold bounds how deep the causes of an error are read that objects around its stack tell.
const maxTold = 64

// readCandidate reads what may be within a carrier, and reports whether a frame in it is sure.
func (w *unwrapper) readCandidate(c *carrier.Candidate) (*parsed, bool) {
	if c.Error == nil {
		return w.read(c.Name, c.Text)
	}
	return w.readTold(c.Name, c.Error, 1)
}

// readTold reads the error that an object tells of, in a carrier with a name, at a depth from 1.
func (w *unwrapper) readTold(name string, e *carrier.Error, depth int) (*parsed, bool) {
	p := new(parsed)
	switch {
	case e.Stack != "":
		var ok bool
		if p, ok = w.read(name, e.Stack); !ok {
			return nil, false
		}
	case len(e.Frames) > 0:
		p.Frames = e.Frames
		p.Wrap(name)
		w.found = true
	}
	if e.Bare {
		for i := range p.Frames {
			f := &p.Frames[i]
			f.Text = strings.TrimPrefix(strings.TrimLeft(f.Text, " \t"), "at ")
		}
	}
	p.takeTold(e)
	if p.Label == "" {
		p.Label = e.Label
	}
	if depth == maxTold {
		return p, true
	}
	if p.Cause == nil && e.Cause != nil {
		p.Cause = w.traceTold(name, e.Cause, depth+1)
	}
	if len(p.Errors) == 0 {
		for _, inner := range e.Errors {
			p.Errors = append(p.Errors, w.traceTold(name, inner, depth+1))
		}
	}
	return p, true
}

// traceTold returns the cause, or one of the errors, of an error that was told of.
func (w *unwrapper) traceTold(name string, e *carrier.Error, depth int) *model.Trace {
	p, ok := w.readTold(name, e, depth)
	if !ok {
		return &model.Trace{Type: e.Type, Code: e.Code, Message: e.Message}
	}
	p.Wrapping = nil
	return &p.Trace
}

// takeTold takes the type, the message and the code that were told of p beside its stack. The header of the
// stack comes first, since objects of a log tell more than errors; but a message that the stack begins with
// shows where the header ends.
func (p *parsed) takeTold(e *carrier.Error) {
	if e.Code != "" && p.Code == "" {
		p.Code = e.Code
	}
	if p.Type == "" && p.Message == "" && p.Label == "" {
		p.Message = e.Message
		if isTypeTold(e.Type) {
			p.Type = e.Type
		}
		return
	}
	if e.Message != "" && p.Message != e.Message && len(p.Wrapping) == 1 && e.Stack != "" {
		h := header.Header{Type: e.Type, Message: e.Message}
		if exact, ok := parseBehind(txt.TrimLineEnds(e.Stack), e.Type, h); ok && len(exact.Frames) > 0 && exact.Type != "" {
			exact.Wrapping, exact.Code = p.Wrapping, p.Code
			p.Trace = *exact
		}
	}
	if p.Message == e.Message && e.Type != "" && (p.Type == "" || p.Type == "Error" && header.IsErrorName(e.Type)) {
		p.Type = e.Type
	}
}

// isTypeTold reports whether name, which an object calls a name or a type, is that of an error, and not of a
// program or a kind of record.
func isTypeTold(name string) bool {
	return header.IsErrorName(name) || name != "" && txt.IsUpper(name[0]) && header.IsName(name)
}
