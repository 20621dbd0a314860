package otelprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/stacktrace-go/stacktrace"
)

// The attributes of the semantic conventions in which SDKs tell an error.
const (
	attrType    = "exception.type"
	attrMessage = "exception.message"
	attrStack   = "exception.stacktrace"
)

// exception reads the error that the attributes exception.* tell, and reports whether there is one.
// What is named for the event or record does not matter. isTold says that the resource is known to be
// JavaScript's: then an error without frames has a fingerprint too, that of its type and message.
func (r *reader) exception(b *batch, attrs pcommon.Map, isTold bool) bool {
	var report stacktrace.Report
	var isThere bool
	for key, v := range attrs.All() {
		if len(key) < len(attrType) || v.Type() != pcommon.ValueTypeStr {
			continue
		}
		switch key {
		case attrType:
			report.Name = v.Str()
		case attrMessage:
			report.Message = v.Str()
		case attrStack:
			report.Stack = v.Str()
		default:
			continue
		}
		isThere = true
	}
	if !isThere || report.Stack == "" && !isTold {
		return false
	}
	return r.tell(b, attrs, report, isTold)
}

// tell annotates attrs with an error. It reports whether it tells anything of it.
func (r *reader) tell(b *batch, attrs pcommon.Map, report stacktrace.Report, isTold bool) bool {
	var id identity
	if r.memory != nil {
		id = r.memory.identify(report.Name, report.Message, report.Stack)
		if known := r.memory.recall(id); known != nil && (known.frames > 0 || isTold) {
			b.count(known)
			r.annotate(attrs, known)
			return true
		}
	}
	if r.config.Fill == FillAlways && r.parser.Parse(report.Stack).Type != "" {
		report = stacktrace.Report{Stack: report.Stack} // what the stack says itself
	}
	t := r.parser.ParseReport(report)
	switch {
	case !r.isOurs(t):
		return false
	case framed(t) == nil && (!isTold || t.Type == "" && t.Message == ""):
		b.count(&finding{truncated: t.Truncated != (stacktrace.Truncated{})})
		return false
	}
	f := r.find(b, attrs, t, 1)
	if r.memory != nil {
		r.memory.remember(id, &f)
	}
	b.count(&f)
	r.annotate(attrs, &f)
	return true
}

// isOurs reports whether a trace is of a language that is read.
func (r *reader) isOurs(t *stacktrace.Trace) bool {
	e := framed(t)
	if e == nil {
		return true
	}
	if e.Engine == stacktrace.Python {
		return r.python
	}
	return !isForeign(e.Frames[0].File)
}

// record reads the error that a log record tells: in the attributes exception.*, in the fields of an
// error that a logger wrote, or in the body. It is the first of them that tells one.
func (r *reader) record(b *batch, record plog.LogRecord, isTold bool) {
	attrs := record.Attributes()
	if r.exception(b, attrs, isTold) {
		return
	}
	if report, ok := errorFields(attrs); ok && r.tell(b, attrs, report, isTold) {
		return
	}
	if !r.config.LogBodies.Enabled {
		return
	}
	switch body := record.Body(); body.Type() {
	case pcommon.ValueTypeStr:
		r.text(b, attrs, body.Str())
	case pcommon.ValueTypeMap:
		if report, ok := errorFields(body.Map()); ok {
			r.tell(b, attrs, report, isTold)
		}
	}
}

// text reads the errors of a body that is text. The first one with frames is told in the attributes.
func (r *reader) text(b *batch, attrs pcommon.Map, text string) {
	if !mayHoldTrace(text[:min(len(text), r.parser.MaxBytes)]) {
		return
	}
	var id identity
	if r.memory != nil {
		id = r.memory.identify(text)
		if known := r.memory.recall(id); known != nil {
			b.count(known)
			r.annotate(attrs, known)
			return
		}
	}
	var first *stacktrace.Trace
	errors := 0
	for _, t := range r.parser.ParseAll(text) {
		isFramed := framed(t) != nil
		if !isFramed && t.Type == "" || !r.isOurs(t) {
			continue
		}
		errors++
		if first == nil && isFramed {
			first = t
		}
	}
	// One frame without a header is a line of a trace of which the rest is in other records.
	if first == nil || first.Type == "" && first.Message == "" && len(first.Frames) < 2 {
		return
	}
	f := r.find(b, attrs, first, errors)
	if r.memory != nil {
		r.memory.remember(id, &f)
	}
	b.count(&f)
	r.annotate(attrs, &f)
}

// errorFields returns the error that a logger put into a map as fields:
//
//	stack, with name and message                            Winston, an Error as it is
//	err.stack, error.stack, with type or name and message   Pino, Bunyan
//	error.stack_trace, with type and message                ECS
//
// The dots are those of a key or of maps in each other.
func errorFields(m pcommon.Map) (stacktrace.Report, bool) {
	for key, v := range m.All() {
		switch key {
		case "stack":
			if stack := text(v); stack != "" {
				return withFields(m, "", stack), true
			}
		case "err", "error", "exception":
			if v.Type() != pcommon.ValueTypeMap {
				continue
			}
			fields := v.Map()
			for _, name := range [...]string{"stack", "stack_trace", "stacktrace"} {
				if stack := textOf(fields, name); stack != "" {
					return withFields(fields, "", stack), true
				}
			}
		case "err.stack":
			if stack := text(v); stack != "" {
				return withFields(m, "err.", stack), true
			}
		case "error.stack", "error.stack_trace":
			if stack := text(v); stack != "" {
				return withFields(m, "error.", stack), true
			}
		case attrStack:
			if stack := text(v); stack != "" {
				return withFields(m, "exception.", stack), true
			}
		}
	}
	return stacktrace.Report{}, false
}

// withFields adds to a stack what the fields beside it tell. A message beside it is the error's only
// where its name is there too: else it may be what the program logged.
func withFields(m pcommon.Map, prefix, stack string) stacktrace.Report {
	report := stacktrace.Report{Stack: stack}
	for _, name := range [...]string{"type", "name"} {
		if report.Name = textOf(m, prefix+name); report.Name != "" {
			report.Message = textOf(m, prefix+"message")
			break
		}
	}
	return report
}

func textOf(m pcommon.Map, key string) string {
	if v, ok := m.Get(key); ok {
		return text(v)
	}
	return ""
}

func text(v pcommon.Value) string {
	if v.Type() == pcommon.ValueTypeStr {
		return v.Str()
	}
	return ""
}
