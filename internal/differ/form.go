package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// renamed are the keys that are called otherwise in an older revision, with their names of today.
var renamed = map[string]string{
	"asynccause": "asyncCause",
	"toplevel":   "topLevel",
}

// form is the one form to which the results of both revisions are brought.
type form struct {
	ignored map[string]bool
	renamed map[string]string
}

// newForm returns the form without the keys that are ignored, and with those renamed that renames tells,
// each as "old=new", beside those that always are.
func newForm(ignore, renames []string) (*form, error) {
	f := &form{ignored: map[string]bool{}, renamed: maps.Clone(renamed)}
	for _, key := range ignore {
		f.ignored[key] = true
	}
	for _, r := range renames {
		before, after, ok := strings.Cut(r, "=")
		if !ok || before == "" || after == "" {
			return nil, fmt.Errorf("--rename %q: want OLD=NEW", r)
		}
		f.renamed[before] = after
	}
	return f, nil
}

// decode returns a value in JSON in the one form, as package json decodes it.
func (f *form) decode(value []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return f.apply(v), nil
}

func (f *form) apply(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = f.apply(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			if name, ok := f.renamed[key]; ok {
				key = name
			}
			if f.ignored[key] {
				continue
			}
			if key == "wrapping" {
				value = joined(value)
			}
			out[key] = f.apply(value)
		}
		return out
	}
	return v
}

// joined returns a list of words as one string with blanks between them, and anything else as it is.
func joined(v any) any {
	words, ok := v.([]any)
	if !ok {
		return v
	}
	var all []string
	for _, word := range words {
		s, ok := word.(string)
		if !ok {
			return v
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

// differences returns where a and b differ and how, as "PLACE: A, now B", but not more than most.
func differences(a, b any, most int) []string {
	var all []string
	var walk func(place string, a, b any)
	walk = func(place string, a, b any) {
		switch a := a.(type) {
		case map[string]any:
			if b, ok := b.(map[string]any); ok {
				keys := maps.Clone(a)
				maps.Copy(keys, b)
				for _, key := range slices.Sorted(maps.Keys(keys)) {
					walk(place+"."+key, a[key], b[key])
				}
				return
			}
		case []any:
			if b, ok := b.([]any); ok {
				for i := range max(len(a), len(b)) {
					walk(fmt.Sprintf("%s[%d]", place, i), at(a, i), at(b, i))
				}
				return
			}
		}
		if before, now := written(a), written(b); before != now && len(all) < most {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s, now %s", place, before, now)))
		}
	}
	walk("", a, b)
	return all
}

func at(values []any, i int) any {
	if i < len(values) {
		return values[i]
	}
	return nil
}

// written returns v in JSON; what is not there is null.
func written(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
