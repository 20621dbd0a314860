package stacktrace_test

import (
	"fmt"
	"reflect"
	"testing"
	"unsafe"

	"github.com/stacktrace-go/stacktrace"
)

// sharesMemory returns the places in v, such as ".Frames[0].File", of strings that are pieces of
// text. It goes everywhere that the garbage collector would: into spare room of slices and fields
// that are not exported too.
func sharesMemory(v reflect.Value, text string) []string {
	var places []string
	start := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	walk(v, "", func(v reflect.Value, place string) {
		if v.Kind() != reflect.String {
			return
		}
		at := uintptr(unsafe.Pointer(unsafe.StringData(v.String())))
		if start <= at && at < start+uintptr(len(text)) {
			places = append(places, place)
		}
	})
	return places
}

// references returns what v refers to, by its place: where its pointers point and its slices begin.
func references(v reflect.Value) map[uintptr]string {
	all := map[uintptr]string{}
	walk(v, "", func(v reflect.Value, place string) {
		switch v.Kind() {
		case reflect.Pointer, reflect.Map:
			all[v.Pointer()] = place
		case reflect.Slice:
			if v.Cap() > 0 {
				all[v.Pointer()] = place
			}
		}
	})
	delete(all, 0)
	return all
}

// walk calls visit for v and for every value that is reachable from it, with its place.
func walk(v reflect.Value, place string, visit func(v reflect.Value, place string)) {
	visit(v, place)
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), place, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), place+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		v = v.Slice(0, v.Cap())
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", place, i), visit)
		}
	case reflect.Map:
		for i := v.MapRange(); i.Next(); {
			walk(i.Key(), place+"[key]", visit)
			walk(i.Value(), fmt.Sprintf("%s[%v]", place, i.Key()), visit)
		}
	}
}

// fill sets every field that is reachable from v, which must be addressable: strings to pieces of
// text, each another one, slices to two elements, pointers to new values down to depth pointers one
// behind the other.
func fill(t *testing.T, v reflect.Value, text string, depth int) {
	t.Helper()
	next := 0
	var set func(v reflect.Value, depth int)
	set = func(v reflect.Value, depth int) {
		v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem() // so that it can be set if it is not exported
		switch v.Kind() {
		case reflect.String:
			v.SetString(text[next : next+8])
			next += 8
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			v.SetInt(int64(next + 1))
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
			v.SetUint(1)
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Struct:
			for i := range v.NumField() {
				set(v.Field(i), depth)
			}
		case reflect.Array:
			for i := range v.Len() {
				set(v.Index(i), depth)
			}
		case reflect.Slice:
			if v.Type().Elem().Kind() == reflect.Pointer && depth == 0 {
				return
			}
			v.Set(reflect.MakeSlice(v.Type(), 2, 3))
			for i := range v.Len() {
				set(v.Index(i), depth)
			}
		case reflect.Pointer:
			if depth > 0 {
				v.Set(reflect.New(v.Type().Elem()))
				set(v.Elem(), depth-1)
			}
		default:
			t.Fatalf("fill knows no %s, which is in %s", v.Type(), place(v))
		}
	}
	set(v, depth)
}

// place tells where a value that fill does not know is found.
func place(v reflect.Value) string { return v.Type().PkgPath() + " " + v.Type().String() }

// pieces is a text for [fill], in which no two pieces are alike.
func pieces() string {
	b := make([]byte, 0, 64<<10)
	for i := 0; len(b) < cap(b)-8; i++ {
		b = fmt.Appendf(b, "%08d", i)
	}
	return string(b)
}

// TestCloneOfFrame checks that a clone has every field of a frame, whichever there are, and nothing of
// its memory.
func TestCloneOfFrame(t *testing.T) {
	text := pieces()
	var f stacktrace.Frame
	fill(t, reflect.ValueOf(&f).Elem(), text, 0)
	got := f.Clone()
	if !reflect.DeepEqual(got, f) {
		t.Errorf("clone of %#v is %#v", f, got)
	}
	if places := sharesMemory(reflect.ValueOf(got), text); places != nil {
		t.Errorf("Clone shares the memory of %v", places)
	}
	if places := sharesMemory(reflect.ValueOf(f), text); len(places) < 7 {
		t.Errorf("the frame itself shares only %v", places)
	}
}

// TestCloneOfTrace checks that a clone has every field of a trace and of the errors within it,
// whichever there are, and nothing of their memory.
func TestCloneOfTrace(t *testing.T) {
	text := pieces()
	trace := new(stacktrace.Trace)
	fill(t, reflect.ValueOf(trace).Elem(), text, 2)
	got := trace.Clone()
	if !reflect.DeepEqual(got, trace) {
		t.Errorf("clone of %+v is %+v", trace, got)
	}
	if places := sharesMemory(reflect.ValueOf(got), text); places != nil {
		t.Errorf("Clone shares the memory of %v", places)
	}
	original := references(reflect.ValueOf(trace))
	for pointer, place := range references(reflect.ValueOf(got)) {
		if before, ok := original[pointer]; ok {
			t.Errorf("Clone has %s in the place of %s", place, before)
		}
	}
	if places := sharesMemory(reflect.ValueOf(trace), text); len(places) < 100 {
		t.Errorf("the trace itself shares only %v", places)
	}

	if got := (*stacktrace.Trace)(nil).Clone(); got != nil {
		t.Errorf("clone of nil is %+v", got)
	}
	if got := new(stacktrace.Trace).Clone(); !reflect.DeepEqual(got, new(stacktrace.Trace)) {
		t.Errorf("clone of a zero trace is %+v", got)
	}
}

// TestCloneOfCaptures checks the same on what engines wrote.
func TestCloneOfCaptures(t *testing.T) {
	for _, c := range captures(t, func(*capture) bool { return true }) {
		trace := stacktrace.Parse(c.Text)
		got := trace.Clone()
		if !reflect.DeepEqual(got, trace) {
			t.Errorf("%s: clone of %+v is %+v", c.ID, trace, got)
		}
		if places := sharesMemory(reflect.ValueOf(got), c.Text); places != nil {
			t.Errorf("%s: Clone shares the memory of %v", c.ID, places)
		}
	}
}
