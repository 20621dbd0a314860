package otelprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// The attributes that are added, besides those whose names are configured.
const (
	attrCount        = "exception.count"
	attrOriginal     = "exception.stacktrace.original"
	attrCauseType    = "exception.cause.type"
	attrCauseMessage = "exception.cause.message"
	attrStructured   = "exception.structured_stacktrace"
	attrFunction     = "code.function.name"
	attrFile         = "code.file.path"
	attrLine         = "code.line.number"
	attrColumn       = "code.column.number"
)

// annotate adds to attrs what t tells. An attribute that is there keeps its value. count is the number
// of errors in the text of which t is the first.
func (r *reader) annotate(attrs pcommon.Map, t *stacktrace.Trace, count int) {
	c := normalize.Trace(t, r.options...)
	attrs.EnsureCapacity(attrs.Len() + r.additions(t))
	names := &r.config.Attributes
	if names.Fingerprint != "" {
		add(attrs, names.Fingerprint, c.Fingerprint(r.strength))
	}
	add(attrs, names.MessageTemplate, c.Message.Text)
	add(attrs, names.Engine, t.Engine)
	r.fill(attrs, attrType, t.Type)
	r.fill(attrs, attrMessage, t.Message)
	if count > 1 {
		addInt(attrs, attrCount, count)
	}
	if r.config.CodeAttributes {
		addCode(attrs, culprit(t, c))
	}
	if r.config.Causes && t.Cause != nil {
		add(attrs, attrCauseType, t.Cause.Type)
		add(attrs, attrCauseMessage, t.Cause.Message)
	}
	switch r.config.Structured {
	case StructuredArrays:
		addArrays(attrs, t.Frames)
	case StructuredMaps:
		addMaps(attrs, t.Frames, c)
	}
}

// additions returns how many attributes annotate adds at most.
func (r *reader) additions(t *stacktrace.Trace) int {
	n := 3 + 2 // the configured ones, and the type and message
	if r.config.CodeAttributes {
		n += 4
	}
	if r.config.Causes && t.Cause != nil {
		n += 2
	}
	switch r.config.Structured {
	case StructuredArrays:
		n += 4
	case StructuredMaps:
		n++
	}
	return n
}

// fill writes the type or the message as Config.Fill says.
func (r *reader) fill(attrs pcommon.Map, key, value string) {
	switch {
	case value == "" || r.config.Fill == FillNever:
	case r.config.Fill == FillMissing:
		add(attrs, key, value)
	default:
		replace(attrs, key, key+".original", value)
	}
}

// replace puts a text in the place of an attribute, whose value is kept as another one.
func replace(attrs pcommon.Map, key, original, value string) {
	old, isThere := attrs.Get(key)
	if !isThere {
		attrs.PutStr(key, value)
		return
	}
	if old.Type() == pcommon.ValueTypeStr && old.Str() == value {
		return
	}
	if _, isKept := attrs.Get(original); !isKept {
		kept := pcommon.NewValueEmpty()
		old.CopyTo(kept)
		kept.CopyTo(attrs.PutEmpty(original))
	}
	attrs.PutStr(key, value)
}

// add adds a text, unless the attribute is there, or it or its text has no name.
func add(attrs pcommon.Map, key, value string) {
	if key == "" || value == "" {
		return
	}
	if v, isThere := attrs.GetOrPutEmpty(key); !isThere {
		v.SetStr(value)
	}
}

func addInt(attrs pcommon.Map, key string, value int) {
	if v, isThere := attrs.GetOrPutEmpty(key); !isThere {
		v.SetInt(int64(value))
	}
}

// addCode adds where the error happened. It adds nothing if one of the attributes is there: all
// together are one place.
func addCode(attrs pcommon.Map, f *stacktrace.Frame) {
	if f == nil {
		return
	}
	for key := range attrs.All() {
		switch key {
		case attrFunction, attrFile, attrLine, attrColumn:
			return
		}
	}
	add(attrs, attrFunction, f.Func)
	add(attrs, attrFile, f.File)
	if f.Line > 0 {
		attrs.PutInt(attrLine, int64(f.Line))
	}
	if f.Col > 0 {
		attrs.PutInt(attrColumn, int64(f.Col))
	}
}

// culprit returns the innermost call of the application's own code, else the innermost one that counts,
// else the innermost one; nil without any.
func culprit(t *stacktrace.Trace, c *normalize.Canonical) *stacktrace.Frame {
	for i := range c.Frames {
		if f := &c.Frames[i]; f.InApp && f.Index < len(t.Frames) {
			return &t.Frames[f.Index]
		}
	}
	switch {
	case len(c.Frames) > 0 && c.Frames[0].Index < len(t.Frames):
		return &t.Frames[c.Frames[0].Index]
	case len(t.Frames) > 0:
		return &t.Frames[0]
	}
	return nil
}

// addArrays adds the frames as four arrays of the same length. Where a frame does not tell something,
// the array has "" or 0.
func addArrays(attrs pcommon.Map, frames []stacktrace.Frame) {
	if len(frames) == 0 {
		return
	}
	array := func(name string, set func(v pcommon.Value, f *stacktrace.Frame)) {
		v, isThere := attrs.GetOrPutEmpty(attrStructured + name)
		if isThere {
			return
		}
		values := v.SetEmptySlice()
		values.EnsureCapacity(len(frames))
		for i := range frames {
			set(values.AppendEmpty(), &frames[i])
		}
	}
	array(".columns", func(v pcommon.Value, f *stacktrace.Frame) { v.SetInt(int64(f.Col)) })
	array(".functions", func(v pcommon.Value, f *stacktrace.Frame) { v.SetStr(f.Func) })
	array(".lines", func(v pcommon.Value, f *stacktrace.Frame) { v.SetInt(int64(f.Line)) })
	array(".urls", func(v pcommon.Value, f *stacktrace.Frame) { v.SetStr(f.File) })
}

// addMaps adds the frames as one array of maps, which have what each frame tells.
func addMaps(attrs pcommon.Map, frames []stacktrace.Frame, c *normalize.Canonical) {
	if len(frames) == 0 {
		return
	}
	v, isThere := attrs.GetOrPutEmpty(attrStructured)
	if isThere {
		return
	}
	values := v.SetEmptySlice()
	values.EnsureCapacity(len(frames))
	next := 0 // of the canonical frames, which are in the same order
	for i := range frames {
		for next < len(c.Frames) && c.Frames[next].Index < i {
			next++
		}
		f := &frames[i]
		m := values.AppendEmpty().SetEmptyMap()
		m.EnsureCapacity(5)
		add(m, "function", f.Func)
		add(m, "url", f.File)
		if f.Line > 0 {
			m.PutInt("line", int64(f.Line))
		}
		if f.Col > 0 {
			m.PutInt("column", int64(f.Col))
		}
		m.PutBool("in_app", next < len(c.Frames) && c.Frames[next].Index == i && c.Frames[next].InApp)
	}
}
