package stacktrace

import (
	"bytes"
	"encoding/json"
)

// traceJSON is a Trace in JSON. A frame's engine is written only where it is not the trace's. The
// traces within are of this type too: what a method of theirs returned would be gone through once more
// at each level.
type traceJSON struct {
	Engine   string       `json:"engine,omitempty"`
	Label    string       `json:"label,omitempty"`
	Type     string       `json:"type,omitempty"`
	Code     string       `json:"code,omitempty"`
	Message  string       `json:"message,omitempty"`
	Frames   []Frame      `json:"frames"`
	Cause    *traceJSON   `json:"cause,omitempty"`
	Errors   []*traceJSON `json:"errors,omitempty"`
	Props    []Prop       `json:"props,omitempty"`
	Wrapping []string     `json:"wrapping,omitempty"`
	Unparsed []string     `json:"unparsed,omitempty"`

	Truncated Truncated `json:"truncated,omitzero"`
}

// encoded returns t as it is written; nil is nil.
func (t *Trace) encoded() *traceJSON {
	if t == nil {
		return nil
	}
	out := &traceJSON{t.Engine, t.Label, t.Type, t.Code, t.Message, make([]Frame, len(t.Frames)), t.Cause.encoded(), nil, t.Props, t.Wrapping, t.Unparsed, t.Truncated}
	copy(out.Frames, t.Frames)
	for i := range out.Frames {
		if out.Frames[i].Engine == t.Engine {
			out.Frames[i].Engine = ""
		}
	}
	for _, e := range t.Errors {
		out.Errors = append(out.Errors, e.encoded())
	}
	return out
}

// decoded returns what was encoded.
func (in *traceJSON) decoded() *Trace {
	if in == nil {
		return nil
	}
	t := &Trace{in.Engine, in.Label, in.Type, in.Code, in.Message, in.Frames, in.Cause.decoded(), nil, in.Props, in.Wrapping, in.Unparsed, in.Truncated}
	for i := range t.Frames {
		if t.Frames[i].Engine == "" {
			t.Frames[i].Engine = t.Engine
		}
	}
	for _, e := range in.Errors {
		t.Errors = append(t.Errors, e.decoded())
	}
	return t
}

// MarshalJSON writes the trace with the lower-case names of its fields. Zero values are left out,
// but frames are always there; a frame's engine is left out where it is the trace's. The characters
// <, > and & are not escaped here, but a [json.Encoder] around it does so unless told otherwise.
func (t Trace) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(t.encoded()); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Trace) UnmarshalJSON(data []byte) error {
	var in traceJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*t = *in.decoded()
	return nil
}
