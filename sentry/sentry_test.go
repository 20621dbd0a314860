package sentry_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sentry"
)

const chained = `Uncaught (in promise) AggregateError [E_ALL]: all failed
    at new Cart (https://shop.example/static/cart.js?v=3:8:17)
    at async load [as init] (https://shop.example/app.js:40:5)
    at Array.map (<anonymous>)
    at render (https://shop.example/node_modules/preact/dist/preact.js:1:400) {
  status: 500,
  [errors]: [
    RangeError: b
        at g (https://shop.example/b.js:3:4),
    Error: c
        at h (https://shop.example/c.js:5:6)
  ],
  [cause]: TypeError: d
      at i (https://shop.example/d.js:7:8)
}`

func TestNewEvent(t *testing.T) {
	const want = `{
 "platform": "javascript",
 "level": "error",
 "exception": {
  "values": [
   {
    "type": "Error",
    "value": "c",
    "mechanism": {"type": "chained", "source": "errors[1]", "exception_id": 3, "parent_id": 0},
    "stacktrace": {"frames": [
     {"function": "h", "filename": "/c.js", "abs_path": "https://shop.example/c.js", "lineno": 5, "colno": 6, "in_app": true}
    ]}
   },
   {
    "type": "RangeError",
    "value": "b",
    "mechanism": {"type": "chained", "source": "errors[0]", "exception_id": 2, "parent_id": 0},
    "stacktrace": {"frames": [
     {"function": "g", "filename": "/b.js", "abs_path": "https://shop.example/b.js", "lineno": 3, "colno": 4, "in_app": true}
    ]}
   },
   {
    "type": "TypeError",
    "value": "d",
    "mechanism": {"type": "chained", "source": "cause", "exception_id": 1, "parent_id": 0},
    "stacktrace": {"frames": [
     {"function": "i", "filename": "/d.js", "abs_path": "https://shop.example/d.js", "lineno": 7, "colno": 8, "in_app": true}
    ]}
   },
   {
    "type": "AggregateError",
    "value": "all failed",
    "mechanism": {"type": "onunhandledrejection", "handled": false, "is_exception_group": true, "exception_id": 0,
     "data": {"code": "E_ALL", "label": "Uncaught (in promise)", "status": "500"}},
    "stacktrace": {"frames": [
     {"function": "render", "filename": "/node_modules/preact/dist/preact.js", "abs_path": "https://shop.example/node_modules/preact/dist/preact.js", "lineno": 1, "colno": 400, "in_app": false},
     {"function": "Array.map", "filename": "[native code]", "in_app": false},
     {"function": "load", "raw_function": "async load [as init]", "filename": "/app.js", "abs_path": "https://shop.example/app.js", "lineno": 40, "colno": 5, "in_app": true},
     {"function": "Cart", "raw_function": "new Cart", "filename": "/static/cart.js", "abs_path": "https://shop.example/static/cart.js?v=3", "lineno": 8, "colno": 17, "in_app": true}
    ]}
   }
  ]
 }
}`
	got, err := json.Marshal(sentry.NewEvent(stacktrace.Parse(chained)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(value(t, []byte(want)), value(t, got)); diff != "" {
		t.Errorf("NewEvent (-want +got):\n%s", diff)
	}
}

// value returns a text of JSON as values.
func value(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestMechanism(t *testing.T) {
	for _, test := range []struct {
		header, typ string
		handled     string // "" if it is not told
	}{
		{"Error: a", "generic", ""},
		{"Uncaught Error: a", "onerror", "false"},
		{"Uncaught (in promise) Error: a", "onunhandledrejection", "false"},
		{"Unhandled Rejection: Error: a", "onunhandledrejection", "false"},
	} {
		m := sentry.Exceptions(stacktrace.Parse(test.header + "\n    at f (/a.js:1:2)"))[0].Mechanism
		handled := ""
		if m.Handled != nil {
			handled = map[bool]string{true: "true", false: "false"}[*m.Handled]
		}
		if m.Type != test.typ || handled != test.handled {
			t.Errorf("%s: mechanism %q, handled %q, want %q and %q", test.header, m.Type, handled, test.typ, test.handled)
		}
	}
}

func TestPlatform(t *testing.T) {
	for text, want := range map[string]string{
		"Error: a\n    at f (https://h/a.js:1:2)":                                           "javascript",
		"Error: a\n    at f (/srv/a.js:1:2)":                                                "node",
		"Error: a\n    at node:internal/main:1:2":                                           "node",
		"Traceback (most recent call last):\n  File \"/a.py\", line 1, in f\nValueError: a": "python",
	} {
		if got := sentry.NewEvent(stacktrace.Parse(text)).Platform; got != want {
			t.Errorf("platform of %q = %q, want %q", text, got, want)
		}
	}
}

func TestRaw(t *testing.T) {
	mapped := stacktrace.Parse("Error: a\n    at load (src/a.ts:1:2)")
	raw := stacktrace.Parse("Error: a\n    at x (https://h/a.min.js:1:2000)")
	e := sentry.Exceptions(mapped, sentry.Raw(raw))[0]
	if e.Stacktrace.Frames[0].Function != "load" || e.RawStacktrace.Frames[0].Function != "x" {
		t.Errorf("Exceptions = %+v", e)
	}
}

func TestAppCode(t *testing.T) {
	none := normalize.AppCode(func(*normalize.CanonicalFrame) bool { return false })
	e := sentry.Exceptions(stacktrace.Parse("Error: a\n    at f (/a.js:1:2)"), sentry.Normalize(none))[0]
	if e.Stacktrace.Frames[0].InApp {
		t.Error("the frame is in-app, though no code is the application's")
	}
}

// TestBack checks that a trace comes back from its event: all errors, what they say, and each frame's
// function, file and position.
func TestBack(t *testing.T) {
	texts := []string{chained, "", "prose", "Error: a\n    at f (/a.js:1:2) {\n  [cause]: Error: b\n      at g (/b.js:1:2) {\n    [cause]: Error: c\n        at h (/c.js:1:2)\n  }\n}"}
	all, err := corpus.Read[struct{ Text string }]("../testdata/captures/traces.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(all); i += 16 {
		texts = append(texts, all[i].Text)
	}
	for _, text := range texts {
		want := stacktrace.Parse(text)
		written, err := json.Marshal(sentry.NewEvent(want))
		if err != nil {
			t.Fatal(err)
		}
		var event sentry.Event
		if err := json.Unmarshal(written, &event); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(outline(want), outline(event.Trace())); diff != "" {
			t.Errorf("of %q comes back (-want +got):\n%s", text, diff)
		}
	}
}

// outline returns what an event keeps of a trace.
func outline(t *stacktrace.Trace) any {
	type frame struct {
		Func, File string
		Line, Col  int
	}
	type failure struct {
		Type, Code, Label, Message string
		Frames                     []frame
		Props                      []stacktrace.Prop
		Within                     map[string]any // the properties that are errors
		Cause                      any
		Errors                     []any
	}
	o := failure{Type: t.Type, Code: t.Code, Label: t.Label, Message: strings.ToValidUTF8(t.Message, "\ufffd")}
	for _, f := range t.Frames {
		file := f.File
		o.Frames = append(o.Frames, frame{strings.ToValidUTF8(f.Func, "\ufffd"), strings.ToValidUTF8(file, "\ufffd"), f.Line, f.Col})
	}
	for _, p := range t.Props {
		if p.Trace != nil {
			if o.Within == nil {
				o.Within = map[string]any{}
			}
			o.Within[p.Name] = outline(p.Trace)
		} else if p.Name != "code" {
			o.Props = append(o.Props, p)
		}
	}
	slices.SortFunc(o.Props, func(a, b stacktrace.Prop) int { return strings.Compare(a.Name, b.Name) })
	if t.Cause != nil {
		o.Cause = outline(t.Cause)
	}
	for _, e := range t.Errors {
		o.Errors = append(o.Errors, outline(e))
	}
	return o
}

// TestOldChain checks values as SDKs sent them before mechanisms told parents.
func TestOldChain(t *testing.T) {
	got := sentry.Trace([]sentry.Exception{{Type: "Error", Value: "c"}, {Type: "RangeError", Value: "b"}, {Type: "TypeError", Value: "a"}})
	if got.Type != "TypeError" || got.Cause.Type != "RangeError" || got.Cause.Cause.Type != "Error" {
		t.Errorf("Trace = %v", got)
	}
}

// TestHostile checks values that no program of good will writes.
func TestHostile(t *testing.T) {
	one, zero := 1, 0
	for _, values := range [][]sentry.Exception{
		nil,
		{{Mechanism: &sentry.Mechanism{ExceptionID: 1, ParentID: &one}}},
		{{Mechanism: &sentry.Mechanism{ExceptionID: 0, ParentID: &zero}}, {Mechanism: &sentry.Mechanism{ExceptionID: 0, ParentID: &zero}}},
		{{Mechanism: &sentry.Mechanism{ExceptionID: 0, ParentID: &one}}, {Mechanism: &sentry.Mechanism{ExceptionID: 1, ParentID: &zero}}, {}},
	} {
		n := 0
		for range sentry.Trace(values).All() {
			n++
		}
		if n != max(1, len(values)) {
			t.Errorf("%d errors of %d values", n, len(values))
		}
	}
}

// TestSchema checks events against what the protocol's schema says of the members that are written.
func TestSchema(t *testing.T) {
	content, err := os.ReadFile("testdata/event.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(string(content)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("event.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("event.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	all, err := corpus.Read[struct{ Text string }]("../testdata/captures/traces.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	check := func(text string) {
		written, err := json.Marshal(sentry.NewEvent(stacktrace.Parse(text)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value(t, written)); err != nil {
			t.Errorf("the event of %q: %v", text, err)
		}
	}
	check(chained)
	for i := 0; i < len(all); i += 16 {
		check(all[i].Text)
	}
	for _, wrong := range []string{`{"platform":"x","exception":{"values":[{"type":3}]}}`, `{"platform":"x","exception":{"values":[{"mechanism":{}}]}}`} {
		if schema.Validate(value(t, []byte(wrong))) == nil {
			t.Errorf("%s passes the schema", wrong)
		}
	}
}
