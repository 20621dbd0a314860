package sourcemap_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// exampleMap is the map of a script whose column 15 is in line 2 of src/cart.ts.
const exampleMap = `{"version":3,"sources":["../src/cart.ts"],"sourcesContent":["export function total(items: Item[]) {\n  return items.map(item => item.price)\n}\n"],"names":[],"mappings":"AAAA,cACS"}`

func Example() {
	maps := sourcemap.Dir(fstest.MapFS{"assets/index-4f3a.js.map": {Data: []byte(exampleMap)}})
	trace := stacktrace.Parse("TypeError: Cannot read properties of null (reading 'map')\n    at e (https://shop.example.com/assets/index-4f3a.js:1:15)")
	result := sourcemap.Apply(context.Background(), trace, maps)
	fmt.Println(result.Trace.Title())
	for i, frame := range result.Trace.Frames {
		fmt.Println(frame.Name(), frame.Location())
		for _, line := range sourcemap.Context(result.Traces[0].Frames[i], 1) {
			fmt.Println(line.Number, line.Text)
		}
	}
	// Output:
	// TypeError: Cannot read properties of null (reading 'map')
	// total ../src/cart.ts:2:10
	// 1 export function total(items: Item[]) {
	// 2   return items.map(item => item.price)
	// 3 }
}

func ExampleMap_Lookup() {
	m, err := sourcemap.Parse([]byte(exampleMap))
	if err != nil {
		fmt.Println(err)
		return
	}
	p, ok := m.Lookup(1, 15) // a column of an engine, from 1
	fmt.Println(p.Source, p.Line, p.Col, ok)
	// Output:
	// ../src/cart.ts 2 10 true
}

func ExampleParse_broken() {
	_, err := sourcemap.Parse([]byte(`{"version":3,"sources":["a.js"],"names":[],"mappings":"ACAA"}`))
	fmt.Println(err)
	// Output:
	// sourcemap: byte 56: the source of a segment is not in the list
}

func ExampleWithHints() {
	maps := sourcemap.Dir(fstest.MapFS{
		"2.4.0/app.js.map": {Data: []byte(`{"version":3,"sources":["old.js"],"names":[],"mappings":"AAAA"}`)},
		"2.4.1/app.js.map": {Data: []byte(`{"version":3,"sources":["new.js"],"names":[],"mappings":"AAAA"}`)},
	})
	trace := stacktrace.Parse("Error: x\n    at e (https://shop.example.com/app.js:1:1)")
	fmt.Println(sourcemap.Apply(context.Background(), trace, maps).Traces[0].Frames[0].Err)
	ctx := sourcemap.WithHints(context.Background(), sourcemap.Hints{Release: "2.4.1"})
	fmt.Println(sourcemap.Apply(ctx, trace, maps).Trace.Frames[0].File)
	// Output:
	// sourcemap: no map was found: 2.4.0/app.js.map and 2.4.1/app.js.map fit app.js alike
	// new.js
}
