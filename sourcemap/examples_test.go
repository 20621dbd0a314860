package sourcemap_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing/fstest"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// exampleFiles are a folder with one map, and exampleTrace has a frame of its script and one of another.
var (
	exampleFiles = fstest.MapFS{"app.js.map": {Data: []byte(exampleMap)}}
	exampleTrace = stacktrace.Parse("TypeError: x is null\n    at e (https://shop.example.com/app.js:1:15)\n    at t (https://shop.example.com/other.js:1:2)")
)

func ExampleParse() {
	m, err := sourcemap.Parse([]byte(exampleMap))
	fmt.Println(m.Sources(), err)
	// Output: [../src/cart.ts] <nil>
}

func ExampleMap_Sources() {
	m, _ := sourcemap.Parse([]byte(exampleMap))
	fmt.Println(m.Sources())
	// Output: [../src/cart.ts]
}

func ExampleMap_Content() {
	m, _ := sourcemap.Parse([]byte(exampleMap))
	text, ok := m.Content("../src/cart.ts")
	fmt.Printf("%.21s %t\n", text, ok)
	// Output: export function total true
}

func ExampleMap_DebugID() {
	m, _ := sourcemap.Parse([]byte(`{"version":3,"sources":[],"names":[],"mappings":"","debugId":"1aad9d9e-2b50-454f-a5f2-0dd5e95c154c"}`))
	fmt.Println(m.DebugID())
	// Output: 1aad9d9e-2b50-454f-a5f2-0dd5e95c154c
}

func ExampleMap_Size() {
	m, _ := sourcemap.Parse([]byte(exampleMap))
	fmt.Println(m.Size() >= len(exampleMap))
	// Output: true
}

func ExampleMap_WithoutContent() {
	m, _ := sourcemap.Parse([]byte(exampleMap))
	small := m.WithoutContent()
	p, _ := small.Lookup(1, 15)
	_, ok := small.Content("../src/cart.ts")
	fmt.Println(p.Source, p.Line, ok, small.Size() < m.Size())
	// Output: ../src/cart.ts 2 false true
}

func ExampleURL() {
	ref, debugID := sourcemap.URL([]byte("f()\n//# sourceMappingURL=app.js.map\n//# debugId=1aad9d9e-2b50-454f-a5f2-0dd5e95c154c\n"))
	fmt.Println(ref, debugID)
	// Output: app.js.map 1aad9d9e-2b50-454f-a5f2-0dd5e95c154c
}

func ExampleDataURL() {
	data, err := sourcemap.DataURL("data:application/json;base64,eyJ2ZXJzaW9uIjozfQ==")
	fmt.Printf("%s %v\n", data, err)
	// Output: {"version":3} <nil>
}

func ExampleApply() {
	result := sourcemap.Apply(context.Background(), exampleTrace, sourcemap.Dir(exampleFiles))
	for i, f := range result.Trace.Frames {
		fmt.Println(f.Func, f.File, f.Line, result.Traces[0].Frames[i].Status)
	}
	// Output:
	// total ../src/cart.ts 2 mapped
	// t https://shop.example.com/other.js 1 no map
}

func ExampleContext() {
	result := sourcemap.Apply(context.Background(), exampleTrace, sourcemap.Dir(exampleFiles))
	for _, line := range sourcemap.Context(result.Traces[0].Frames[0], 1) {
		fmt.Println(line.Number, line.Text)
	}
	// Output:
	// 1 export function total(items: Item[]) {
	// 2   return items.map(item => item.price)
	// 3 }
}

func ExampleResult_Mapped() {
	fmt.Println(sourcemap.Apply(context.Background(), exampleTrace, sourcemap.Dir(exampleFiles)).Mapped())
	// Output: 1 2
}

func ExampleResult_Ignored() {
	maps := sourcemap.Dir(fstest.MapFS{"app.js.map": {Data: []byte(`{"version":3,"sources":["vendor/lib.js"],"names":[],"mappings":"AAAA","ignoreList":[0]}`)}})
	result := sourcemap.Apply(context.Background(), exampleTrace, maps)
	isOwn := func(f *normalize.CanonicalFrame) bool { return f.Code == normalize.App && !result.Ignored(f.Index) }
	for _, f := range normalize.Trace(result.Trace, normalize.AppCode(isOwn)).All {
		fmt.Println(f.File, f.InApp)
	}
	// Output:
	// vendor/lib.js false
	// /other.js true
}

func ExampleDir() {
	m, err := sourcemap.Dir(exampleFiles).Map(context.Background(), exampleTrace.Frames[0])
	fmt.Println(m.Sources(), err)
	// Output: [../src/cart.ts] <nil>
}

func ExampleMaxBytes() {
	_, err := sourcemap.Dir(exampleFiles, sourcemap.MaxBytes(100)).Map(context.Background(), exampleTrace.Frames[0])
	fmt.Println(err != nil)
	// Output: true
}

func ExampleRefresh() {
	files := fstest.MapFS{}
	maps := sourcemap.Dir(files, sourcemap.Refresh(0))
	_, err := maps.Map(context.Background(), exampleTrace.Frames[0])
	fmt.Println(errors.Is(err, sourcemap.ErrNotFound))
	files["app.js.map"] = exampleFiles["app.js.map"] // a deploy
	_, err = maps.Map(context.Background(), exampleTrace.Frames[0])
	fmt.Println(err)
	// Output:
	// true
	// <nil>
}

func ExampleCached() {
	asked := 0
	maps := sourcemap.Cached(sourcemap.ResolverFunc(func(ctx context.Context, f stacktrace.Frame) (*sourcemap.Map, error) {
		asked++
		return sourcemap.Dir(exampleFiles).Map(ctx, f)
	}), 64<<20)
	for range 3 {
		maps.Map(context.Background(), exampleTrace.Frames[0])
	}
	fmt.Println(asked)
	// Output: 1
}

func ExampleFirst() {
	maps := sourcemap.First(sourcemap.Dir(fstest.MapFS{}), sourcemap.Dir(exampleFiles))
	_, err := maps.Map(context.Background(), exampleTrace.Frames[0])
	fmt.Println(err)
	// Output: <nil>
}

func ExampleResolverFunc_Map() {
	byName := sourcemap.ResolverFunc(func(_ context.Context, f stacktrace.Frame) (*sourcemap.Map, error) {
		if f.File != "https://shop.example.com/app.js" {
			return nil, sourcemap.ErrNotFound
		}
		return sourcemap.Parse([]byte(exampleMap))
	})
	_, err := byName.Map(context.Background(), exampleTrace.Frames[1])
	fmt.Println(errors.Is(err, sourcemap.ErrNotFound))
	// Output: true
}

// exampleServer serves a script with its map.
func exampleServer() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/app.js.map" {
			fmt.Fprint(w, exampleMap)
			return
		}
		fmt.Fprint(w, "e()\n//# sourceMappingURL=app.js.map\n")
	}))
}

func ExampleHTTP() {
	server := exampleServer()
	defer server.Close()
	maps, err := sourcemap.HTTP([]string{server.URL})
	if err != nil {
		fmt.Println(err)
		return
	}
	frame := stacktrace.Frame{File: server.URL + "/app.js", Line: 1, Col: 15}
	m, err := maps.Map(context.Background(), frame)
	fmt.Println(m.Sources(), err)
	_, err = maps.Map(context.Background(), exampleTrace.Frames[0]) // an origin that is not in the list
	fmt.Println(err != nil)
	// Output:
	// [../src/cart.ts] <nil>
	// true
}

func ExampleHTTPMaxBytes() {
	server := exampleServer()
	defer server.Close()
	maps, _ := sourcemap.HTTP([]string{server.URL}, sourcemap.HTTPMaxBytes(100))
	_, err := maps.Map(context.Background(), stacktrace.Frame{File: server.URL + "/app.js"})
	fmt.Println(err != nil)
	// Output: true
}

func ExampleHTTPTimeout() {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	maps, _ := sourcemap.HTTP([]string{server.URL}, sourcemap.HTTPTimeout(10*time.Millisecond))
	_, err := maps.Map(context.Background(), stacktrace.Frame{File: server.URL + "/app.js"})
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	// Output: true
}

func ExampleHintsOf() {
	ctx := sourcemap.WithHints(context.Background(), sourcemap.Hints{Release: "2.4.1"})
	fmt.Println(sourcemap.HintsOf(ctx).Release)
	// Output: 2.4.1
}
