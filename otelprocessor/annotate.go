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

// finding is what is added for one error.
type finding struct {
	fingerprint, template   string
	engine                  stacktrace.Engine
	errorType, message      string
	causeType, causeMessage string
	culprit                 stacktrace.Frame
	stack                   string // as it is in the original sources; "" if nothing was mapped

	count     int // the errors in the text
	frames    int // of the error
	truncated bool

	// Where the frames are added too.
	trace     *stacktrace.Trace
	canonical *normalize.Canonical
}

// framed returns the first error of a trace's tree that has frames, nil if none has: an error that
// gathers others may have none itself.
func framed(t *stacktrace.Trace) *stacktrace.Trace {
	if len(t.Frames) > 0 {
		return t
	}
	for e := range t.All() {
		if len(e.Frames) > 0 {
			return e
		}
	}
	return nil
}

// find returns what is added to attrs for a trace, the first of count errors in a text.
func (r *reader) find(b *batch, attrs pcommon.Map, t *stacktrace.Trace, count int) finding {
	var options []normalize.Option
	stack := ""
	if r.maps != nil {
		if _, isMapped := attrs.Get(attrOriginal); !isMapped {
			original := t
			if t, options = r.resolve(b, t); t != original {
				stack = t.String()
			}
		}
	}
	var c *normalize.Canonical
	if stack == "" {
		c = r.normalizer(b).Trace(t)
	} else { // what is mapped has an option of its own
		c = normalize.Trace(t, options...)
	}
	placed, placedCanonical := t, c // where the place is told
	if e := framed(t); e != nil && e != t {
		placed, placedCanonical = e, normalize.Trace(e, r.options...)
	}
	f := finding{
		template:  c.Message.Text,
		engine:    placed.Engine,
		errorType: t.Type,
		message:   t.Message,
		stack:     stack,
		count:     count,
		frames:    len(placed.Frames),
		truncated: t.Truncated != (stacktrace.Truncated{}),
	}
	if r.config.Attributes.Fingerprint != "" {
		var room [64]byte
		f.fingerprint = b.keep(c.AppendFingerprint(room[:0], r.strength))
	}
	if t.Cause != nil {
		f.causeType, f.causeMessage = t.Cause.Type, t.Cause.Message
	}
	if frame := culprit(placed, placedCanonical); frame != nil && r.config.CodeAttributes {
		f.culprit = *frame
	}
	if r.config.Structured != StructuredNone {
		f.trace, f.canonical = placed, placedCanonical
	}
	return f
}

// annotate adds a finding to attrs. An attribute that is there keeps its value.
func (r *reader) annotate(attrs pcommon.Map, f *finding) {
	attrs.EnsureCapacity(attrs.Len() + r.additions)
	names := &r.config.Attributes
	add(attrs, names.Fingerprint, f.fingerprint)
	add(attrs, names.MessageTemplate, f.template)
	add(attrs, names.Engine, f.engine.String())
	r.fill(attrs, attrType, f.errorType)
	r.fill(attrs, attrMessage, f.message)
	if f.stack != "" {
		replace(attrs, attrStack, attrOriginal, f.stack)
	}
	if f.count > 1 {
		if v, isThere := attrs.GetOrPutEmpty(attrCount); !isThere {
			v.SetInt(int64(f.count))
		}
	}
	if r.config.CodeAttributes {
		addCode(attrs, &f.culprit)
	}
	if r.config.Causes {
		add(attrs, attrCauseType, f.causeType)
		add(attrs, attrCauseMessage, f.causeMessage)
	}
	switch r.config.Structured {
	case StructuredArrays:
		addArrays(attrs, f.trace.Frames)
	case StructuredMaps:
		addMaps(attrs, f.trace.Frames, f.canonical)
	}
}

// additions returns how many attributes are added at most.
func additions(c *Config) int {
	n := 3 + 2 + 1 // the configured ones, the type and message, the count
	if c.SourceMaps.Directory != "" {
		n += 2
	}
	if c.CodeAttributes {
		n += 4
	}
	if c.Causes {
		n += 2
	}
	if c.Structured != StructuredNone {
		n += 4
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

// addCode adds where the error happened. It adds nothing if one of the attributes is there: all
// together are one place.
func addCode(attrs pcommon.Map, f *stacktrace.Frame) {
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
	for i := range frames {
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
		m.PutBool("in_app", i < len(c.All) && c.All[i].InApp)
	}
}
