package stacktrace_test

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stacktrace-go/stacktrace"
)

// schemaFile describes a Trace in JSON.
const schemaFile = "docs/trace.schema.json"

// schema returns the schema of a Trace, as it is read and in a form that can be validated against, in
// which no member but those that the schema names is allowed.
func schema(t *testing.T) (map[string]any, *jsonschema.Schema) {
	t.Helper()
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatalf("%s: %v", schemaFile, err)
	}
	strict := decode(t, data).(map[string]any)
	for _, object := range objects(strict) {
		object["additionalProperties"] = false
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaFile, strict); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return document, compiled
}

// objects returns the schemas of a Trace, a Frame, a Prop and Truncated within that of a Trace, by title.
func objects(document map[string]any) map[string]map[string]any {
	all := map[string]map[string]any{document["title"].(string): document}
	for _, def := range document["$defs"].(map[string]any) {
		if title, ok := def.(map[string]any)["title"].(string); ok {
			all[title] = def.(map[string]any)
		}
	}
	return all
}

// decode returns data as the validator reads it.
func decode(t *testing.T, data []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSchema validates what is written of every golden trace and of a trace with all fields, and checks
// that the schema has the names of the fields and no others.
func TestSchema(t *testing.T) {
	document, compiled := schema(t)
	for _, name := range cases(t, "testdata/golden", ".golden") {
		data, err := os.ReadFile("testdata/golden/" + name + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(decode(t, data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}

	full := new(stacktrace.Trace)
	fill(t, reflect.ValueOf(full).Elem(), pieces(), 2)
	for e := range full.All() {
		e.Wrapping = []string{"json", "html"}
	}
	data, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(decode(t, data)); err != nil {
		t.Errorf("a trace with all fields: %v", err)
	}
	if err := compiled.Validate(decode(t, []byte(`{"frames":[{"toplevel":true}]}`))); err == nil {
		t.Error("a frame with an unknown member is valid")
	}

	var written map[string]any
	if err := json.Unmarshal(data, &written); err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{
		"Trace":     slices.Sorted(maps.Keys(written)),
		"Frame":     tags(reflect.TypeFor[stacktrace.Frame]()),
		"Prop":      tags(reflect.TypeFor[stacktrace.Prop]()),
		"Truncated": tags(reflect.TypeFor[stacktrace.Truncated]()),
	}
	if n := reflect.TypeFor[stacktrace.Trace]().NumField(); len(names["Trace"]) != n {
		t.Errorf("a trace with all fields has the members %q in JSON, want %d", names["Trace"], n)
	}
	of := map[string][]string{}
	for title, object := range objects(document) {
		of[title] = slices.Sorted(maps.Keys(object["properties"].(map[string]any)))
	}
	if diff := cmp.Diff(names, of); diff != "" {
		t.Errorf("the names of the fields and those in %s differ: -fields +schema\n%s", schemaFile, diff)
	}
}

// tags returns the names of a struct's fields in JSON.
func tags(of reflect.Type) []string {
	var names []string
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// TestJSON checks that a trace is equal after it was written and read, and valid in between.
func TestJSON(t *testing.T) {
	_, compiled := schema(t)
	texts := []string{"", "x", "Script error.", `{"stack":"Error: x\n    at f (a.js:1:2)"}`}
	for i, c := range captures(t, func(*capture) bool { return true }) {
		if i%everyNth == 0 && utf8.ValidString(c.Text) { // JSON cannot hold other strings
			texts = append(texts, c.Text)
		}
	}
	for _, text := range texts {
		trace := stacktrace.Parse(text)
		data, err := json.Marshal(trace)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(decode(t, data)); err != nil {
			t.Errorf("%v\n%s", err, data)
		}
		var read stacktrace.Trace
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(&read, trace) {
			t.Errorf("%q read from JSON: -want +got\n%s", text, cmp.Diff(trace, &read))
		}
	}
}

// TestUnmarshalJSON reads JSON that MarshalJSON does not write.
func TestUnmarshalJSON(t *testing.T) {
	for _, test := range []struct {
		data string
		want stacktrace.Trace
	}{
		{`null`, stacktrace.Trace{Type: "before"}},
		{`{}`, stacktrace.Trace{}},
		{`{"frames":null,"errors":[],"props":[],"wrapping":[],"unparsed":[],"cause":null}`, stacktrace.Trace{}},
		{`{"unknown":1,"errors":[{"engine":"v8"},null]}`, stacktrace.Trace{Errors: []*stacktrace.Trace{{Engine: stacktrace.V8}, nil}}},
	} {
		got := stacktrace.Trace{Type: "before"}
		if err := json.Unmarshal([]byte(test.data), &got); err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("Unmarshal(%s) = %+v, %v, want %+v", test.data, got, err, test.want)
		}
		if err := got.UnmarshalJSON([]byte("null")); err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("UnmarshalJSON(null) = %+v, %v, want %+v", got, err, test.want)
		}
	}
	got := stacktrace.Trace{Type: "before"}
	if err := json.Unmarshal([]byte(`{"frames":1}`), &got); err == nil || got.Type != "before" {
		t.Errorf("frames that are a number: %+v, %v", got, err)
	}
}
