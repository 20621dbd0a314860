package stacktrace

import (
	"bytes"
	"encoding/json"
)

// traceJSON is the form of a Trace in JSON. The errors within it are of this type too and not Trace, for
// encoding/json checks what a MarshalJSON returns: it would check each error again for every error that
// it is within.
type traceJSON struct {
	Engine   Engine       `json:"engine,omitempty"`
	Label    string       `json:"label,omitempty"`
	Type     string       `json:"type,omitempty"`
	Code     string       `json:"code,omitempty"`
	Message  string       `json:"message,omitempty"`
	Frames   []Frame      `json:"frames"`
	Cause    *traceJSON   `json:"cause,omitempty"`
	Errors   []*traceJSON `json:"errors,omitempty"`
	Props    []propJSON   `json:"props,omitempty"`
	Context  []string     `json:"context,omitempty"`
	Wrapping []string     `json:"wrapping,omitempty"`
	Unparsed []string     `json:"unparsed,omitempty"`

	Truncated Truncated `json:"truncated,omitzero"`
}

// propJSON is the form of a Prop in JSON: with a text or an error.
type propJSON struct {
	Name  string     `json:"name"`
	Text  *string    `json:"text,omitempty"`
	Trace *traceJSON `json:"trace,omitempty"`
}

// encoded returns t in the form for JSON; nil of nil.
func (t *Trace) encoded() *traceJSON {
	if t == nil {
		return nil
	}
	out := &traceJSON{
		Engine: t.Engine, Label: t.Label, Type: t.Type, Code: t.Code, Message: t.Message,
		Frames: append(make([]Frame, 0, len(t.Frames)), t.Frames...), Cause: t.Cause.encoded(),
		Context: t.Context, Wrapping: t.Wrapping, Unparsed: t.Unparsed, Truncated: t.Truncated,
	}
	for i := range out.Frames {
		if out.Frames[i].Engine == t.Engine {
			out.Frames[i].Engine = NoEngine
		}
	}
	for _, e := range t.Errors {
		out.Errors = append(out.Errors, e.encoded())
	}
	for i := range t.Props {
		p := propJSON{Name: t.Props[i].Name, Trace: t.Props[i].Trace.encoded()}
		if p.Trace == nil || t.Props[i].Text != "" {
			p.Text = &t.Props[i].Text
		}
		out.Props = append(out.Props, p)
	}
	return out
}

// decoded returns the Trace of which in is the form in JSON; nil of nil. A list without elements is nil,
// as Parse leaves it.
func (in *traceJSON) decoded() *Trace {
	if in == nil {
		return nil
	}
	t := &Trace{
		Engine: in.Engine, Label: in.Label, Type: in.Type, Code: in.Code, Message: in.Message,
		Frames: orNil(in.Frames), Cause: in.Cause.decoded(),
		Context: orNil(in.Context), Wrapping: orNil(in.Wrapping), Unparsed: orNil(in.Unparsed), Truncated: in.Truncated,
	}
	for i := range t.Frames {
		if t.Frames[i].Engine == NoEngine {
			t.Frames[i].Engine = t.Engine
		}
	}
	for _, e := range in.Errors {
		t.Errors = append(t.Errors, e.decoded())
	}
	for _, p := range in.Props {
		prop := Prop{Name: p.Name, Trace: p.Trace.decoded()}
		if p.Text != nil {
			prop.Text = *p.Text
		}
		t.Props = append(t.Props, prop)
	}
	return t
}

// orNil returns s, or nil if it has no elements.
func orNil[E any](s []E) []E {
	if len(s) == 0 {
		return nil
	}
	return s
}

// MarshalJSON writes the trace as docs/trace.schema.json describes it. Zero values are left out, but
// "frames" is always there, [] if there are none. The engine of a frame is left out where it is the
// trace's.
//
// The characters <, > and & are not escaped here, but a [json.Encoder] around it escapes them unless it
// is told otherwise.
func (t Trace) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(t.encoded()); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// UnmarshalJSON reads what MarshalJSON writes; what it reads is equal to what was written. null leaves t
// as it is.
func (t *Trace) UnmarshalJSON(data []byte) error {
	var in *traceJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	if in != nil {
		*t = *in.decoded()
	}
	return nil
}
