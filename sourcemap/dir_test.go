package sourcemap_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// mapOf returns a map whose only source has that name.
func mapOf(source string) []byte {
	return []byte(`{"version":3,"sources":["` + source + `"],"names":[],"mappings":"AAAA"}`)
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func TestDir(t *testing.T) {
	const id, otherID = "1aad9d9e-2b50-454f-a5f2-0dd5e95c154c", "2aad9d9e-2b50-454f-a5f2-0dd5e95c154c"
	inline := "x()\n//# sourceMappingURL=data:application/json;base64," + base64.StdEncoding.EncodeToString(mapOf("inline"))
	files := fstest.MapFS{}
	for name, data := range map[string][]byte{
		"assets/app.js.map":             mapOf("assets/app"),
		"admin/assets/app.js.map":       mapOf("admin/app"),
		"only.js.map.gz":                zipped(mapOf("only")),
		"v1/shop.js.map":                mapOf("v1"),
		"v2/shop.js.map":                mapOf("v2"),
		"v1/same.js.map":                mapOf("same"),
		"v2/same.js.map":                mapOf("same"),
		"inline.js":                     []byte(inline),
		"js/named.js":                   []byte("x()\n//# sourceMappingURL=../hidden/other%20name.map?x\n"),
		"hidden/other name.map":         mapOf("named"),
		"js/outside.js":                 []byte("x()\n//# sourceMappingURL=../../../etc/passwd\n"),
		"js/web.js":                     []byte("x()\n//# sourceMappingURL=https://example.com/a.map\n"),
		"js/without.js":                 []byte("x()\n"),
		"bad.js.map":                    []byte("{}"),
		"bomb.js.map.gz":                zipped(bytes.Repeat([]byte(" "), 1<<20)),
		"broken.js.map.gz":              []byte("no gzip"),
		"ids/a.map":                     []byte(`{"version":3,"debugId":"` + id + `","sources":["by id"],"mappings":"AAAA"}`),
		"ids/b.js":                      []byte("x()\n//# sourceMappingURL=c.map\n//# debugId=" + otherID + "\n"),
		"ids/c.map":                     mapOf("by the script's id"),
		"index.android.bundle.map":      mapOf("metro"),
		"caf\u00e9.js.map":              mapOf("caf\u00e9"),
		"deep/er/than/this/deep.js.map": mapOf("deep"),
	} {
		files[name] = &fstest.MapFile{Data: data}
	}
	r := sourcemap.Dir(files, sourcemap.MaxBytes(100_000))
	hints := sourcemap.Hints{DebugIDs: map[string]string{"http://h/x.js": strings.ToUpper(id), "http://h/y.js": otherID, "http://h/only.js": "3aad9d9e-2b50-454f-a5f2-0dd5e95c154c"}}
	for _, c := range []struct{ file, release, want string }{
		{"https://h/assets/app.js", "", "assets/app"},
		{"https://h/shop/assets/app.js?v=1#x", "", "assets/app"},
		{"https://h/admin/assets/app.js", "", "admin/app"},
		{"/srv/www/admin/assets/app.js", "", "admin/app"},
		{`C:\www\admin\assets\app.js`, "", "admin/app"},
		{"https://h/app.js", "", "error: alike"},
		{"https://h/else/only.js", "", "only"},
		{"https://h/shop.js", "v1", "v1"},
		{"https://h/js/shop.js", "v2", "v2"},
		{"https://h/shop.js", "v3", "error: no map"},
		{"https://h/shop.js", "", "error: alike"},
		{"https://h/v2/shop.js", "", "v2"},
		{"https://h/same.js", "", "same"},
		{"https://h/inline.js", "", "inline"},
		{"https://h/js/named.js", "", "named"},
		{"https://h/js/outside.js", "", "error: no map"},
		{"https://h/js/web.js", "", "error: no map"},
		{"https://h/js/without.js", "", "error: no map"},
		{"https://h/bad.js", "", "error: bad.js.map: sourcemap: byte 0: a map without a version"},
		{"https://h/bomb.js", "", "error: bomb.js.map.gz: more than 100000 bytes"},
		{"https://h/broken.js", "", "error: broken.js.map.gz: "},
		{"http://h/x.js", "", "by id"},
		{"http://h/y.js", "", "by the script's id"},
		{"http://h/only.js", "", "error: no map"}, // its id is known, and no map has it
		{"http://localhost:8081/index.android.bundle//&platform=android&dev=false", "", "metro"},
		{"https://h/caf%C3%A9.js", "", "caf\u00e9"},
		{"https://h/deep.js", "", "deep"},
		{"https://h/missing.js", "", "error: no map"},
		{"../../etc/passwd", "", "error: no map"},
		{"https://h", "", "error: no map"},
		{"", "", "error: no map"},
	} {
		hints.Release = c.release
		m, err := r.Map(sourcemap.WithHints(context.Background(), hints), stacktrace.Frame{File: c.file, Line: 1, Col: 1})
		if message, ok := strings.CutPrefix(c.want, "error: "); ok {
			if err == nil || !strings.Contains(err.Error(), message) {
				t.Errorf("%s: error %v, want %s", c.file, err, message)
			}
			continue
		}
		if err != nil || m.Sources()[0] != c.want {
			t.Errorf("%s: %v, %v, want %s", c.file, m, err, c.want)
		}
	}
}

// TestDirRefreshes: a map that is put into the folder later is found.
func TestDirRefreshes(t *testing.T) {
	files := fstest.MapFS{}
	r := sourcemap.Dir(files, sourcemap.Refresh(0))
	f := stacktrace.Frame{File: "https://h/a.js", Line: 1, Col: 1}
	if _, err := r.Map(context.Background(), f); !errors.Is(err, sourcemap.ErrNotFound) {
		t.Errorf("error %v", err)
	}
	files["a.js.map"] = &fstest.MapFile{Data: mapOf("a")}
	if _, err := r.Map(context.Background(), f); err != nil {
		t.Error(err)
	}
}

type brokenFS struct{}

func (brokenFS) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

func TestDirThatCannotBeRead(t *testing.T) {
	_, err := sourcemap.Dir(brokenFS{}).Map(context.Background(), stacktrace.Frame{File: "a.js"})
	if !errors.Is(err, fs.ErrPermission) || errors.Is(err, sourcemap.ErrNotFound) {
		t.Errorf("error %v", err)
	}
}

// TestCached: one load for many who wait, what was not found is remembered, and memory is bounded.
func TestCached(t *testing.T) {
	var loads atomic.Int32
	wait := make(chan struct{})
	big := strings.Repeat("x", 10_000)
	r := sourcemap.Cached(sourcemap.ResolverFunc(func(_ context.Context, f stacktrace.Frame) (*sourcemap.Map, error) {
		loads.Add(1)
		if f.File == "slow" {
			<-wait
		}
		if f.File == "none" {
			return nil, sourcemap.ErrNotFound
		}
		return sourcemap.Parse(mapOf(f.File + big))
	}), 50_000)
	ask := func(file string) error {
		_, err := r.Map(context.Background(), stacktrace.Frame{File: file})
		return err
	}
	done := make(chan error)
	for range 20 {
		go func() { done <- ask("slow") }()
	}
	time.Sleep(10 * time.Millisecond)
	close(wait)
	for range 20 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := loads.Swap(0); n != 1 {
		t.Errorf("%d loads for 20 who wait", n)
	}
	for range 3 {
		if err := ask("none"); !errors.Is(err, sourcemap.ErrNotFound) {
			t.Error(err)
		}
	}
	if n := loads.Swap(0); n != 1 {
		t.Errorf("%d loads of what is not there", n)
	}
	for _, file := range []string{"a", "b", "a", "c", "a"} { // each about 20 kB
		ask(file)
	}
	if n := loads.Swap(0); n != 3 {
		t.Errorf("%d loads of 3 maps, of which the one used most stays", n)
	}
	ask("b")
	if n := loads.Swap(0); n != 1 {
		t.Errorf("%d loads of a map that had to go", n)
	}
}

// TestCachedGivesUp: who waits for a load no longer than its context lasts, does not end it for others.
func TestCachedGivesUp(t *testing.T) {
	release := make(chan struct{})
	ended := make(chan error, 1)
	r := sourcemap.Cached(sourcemap.ResolverFunc(func(ctx context.Context, f stacktrace.Frame) (*sourcemap.Map, error) {
		select {
		case <-release:
			return sourcemap.Parse(mapOf("a"))
		case <-ctx.Done():
			ended <- ctx.Err()
			return nil, ctx.Err()
		}
	}), 1<<20)
	f := stacktrace.Frame{File: "a"}
	short, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	other := make(chan error)
	go func() {
		_, err := r.Map(context.Background(), f)
		other <- err
	}()
	time.Sleep(time.Millisecond)
	if _, err := r.Map(short, f); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	close(release)
	if err := <-other; err != nil {
		t.Error(err)
	}
	release = make(chan struct{}) // and where nobody waits any more, the load ends
	short, cancel = context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := r.Map(short, stacktrace.Frame{File: "b"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("the load goes on")
	}
}

func TestURL(t *testing.T) {
	const id = "1aad9d9e-2b50-454f-a5f2-0dd5e95c154c"
	for _, c := range []struct{ js, ref, id string }{
		{"x()\n//# sourceMappingURL=a.js.map\n", "a.js.map", ""},
		{"x()\n//@ sourceMappingURL=a.js.map", "a.js.map", ""},
		{"x()\n//# sourceMappingURL=a.js.map\n//# debugId=" + id + "\n\n", "a.js.map", id},
		{"//# debugId=" + id + "\r\n//# sourceMappingURL=a.js.map\r\n", "a.js.map", id},
		{"x() //# sourceMappingURL=a.js.map", "a.js.map", ""},
		{"x()/*# sourceMappingURL=a.css.map */", "a.css.map", ""},
		{"//# sourceMappingURL=old\nx()\n//# sourceMappingURL=new", "new", ""},
		{"//# sourceMappingURL=old\nx()\n", "", ""},
		{"eval(\"y //# sourceMappingURL=data:x,{}\\n//# sourceURL=z\")", "", ""},
		{"x()\n//# sourceMappingURL=data:application/json;base64,e30//x=\n", "data:application/json;base64,e30//x=", ""},
		{"x()\n//# sourceMappingURL=a b\n", "", ""},
		{"x()\n//# debugId=none\n", "", ""},
		{"//sourceMappingURL=a", "", ""},
		{"", "", ""},
		{"\n\n", "", ""},
		{"//", "", ""},
		{"/*", "", ""},
	} {
		if ref, id := sourcemap.URL([]byte(c.js)); ref != c.ref || id != c.id {
			t.Errorf("URL(%q) = %q, %q, want %q, %q", c.js, ref, id, c.ref, c.id)
		}
	}
}

func TestDataURL(t *testing.T) {
	for ref, want := range map[string]string{
		"data:application/json;base64,eyJhIjoxfQ==":             `{"a":1}`,
		"data:application/json;charset=utf-8;base64,eyJhIjoxfQ": `{"a":1}`,
		"DATA:application/json;BASE64,eyJhIjoxfQ%3D%3D":         `{"a":1}`,
		"data:application/json,%7B%22a%22:1}":                   `{"a":1}`,
		"data:,":                                                "",
	} {
		if got, err := sourcemap.DataURL(ref); string(got) != want || err != nil {
			t.Errorf("DataURL(%q) = %q, %v", ref, got, err)
		}
	}
	for _, ref := range []string{"a.map", "data:x", "data:;base64,*", "data:,%zz"} {
		if got, err := sourcemap.DataURL(ref); err == nil {
			t.Errorf("DataURL(%q) = %q", ref, got)
		}
	}
}
