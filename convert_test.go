package stacktrace_test

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

// TestTraceIsThatOfReader checks that a Trace of the reader can be taken for one of the root package
// without copying it: every field has the same name, place and kind, in the types within too.
func TestTraceIsThatOfReader(t *testing.T) {
	checkSameLayout(t, "Trace", reflect.TypeFor[stacktrace.Trace](), reflect.TypeFor[model.Trace](), map[reflect.Type]bool{})
}

// TestSizeOfFrame checks that a frame does not grow by accident: traces are slices of them.
func TestSizeOfFrame(t *testing.T) {
	if size := reflect.TypeFor[stacktrace.Frame]().Size(); strconv.IntSize == 64 && size > 160 {
		t.Errorf("a Frame has %d bytes, want at most 160", size)
	}
}

// TestEngines checks that the constants of the package are those of the syntax layer.
func TestEngines(t *testing.T) {
	last := stacktrace.NoEngine
	for _, engine := range stacktrace.Engines() {
		if engine != last+1 {
			t.Errorf("%v is %d behind %d", engine, engine, last)
		}
		last = engine
	}
	if last != stacktrace.Rows {
		t.Errorf("the last constant of the package is not %v", last)
	}
}

func checkSameLayout(t *testing.T, path string, a, b reflect.Type, seen map[reflect.Type]bool) {
	t.Helper()
	if a.Kind() != b.Kind() || a.Size() != b.Size() {
		t.Errorf("%s is %v of %d bytes in the root and %v of %d bytes in the reader", path, a.Kind(), a.Size(), b.Kind(), b.Size())
		return
	}
	if seen[a] {
		return
	}
	seen[a] = true
	switch a.Kind() {
	case reflect.Pointer, reflect.Slice:
		checkSameLayout(t, path+"[]", a.Elem(), b.Elem(), seen)
	case reflect.Struct:
		if a.NumField() != b.NumField() {
			t.Errorf("%s has %d fields in the root and %d in the reader", path, a.NumField(), b.NumField())
			return
		}
		for i := range a.NumField() {
			f, g := a.Field(i), b.Field(i)
			if f.Name != g.Name || f.Offset != g.Offset {
				t.Errorf("%s.%s stands at %d in the root, %s at %d in the reader", path, f.Name, f.Offset, g.Name, g.Offset)
			}
			checkSameLayout(t, path+"."+f.Name, f.Type, g.Type, seen)
		}
	}
}
