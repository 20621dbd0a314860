package fuzz

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// FuzzApply checks that mapping a trace changes nothing but the frames that have an original, that those
// are in a source of the map, and that the trace itself stays as it was.
func FuzzApply(f *testing.F) {
	for _, text := range []string{
		"Error: x\n    at f (http://h/a.js:1:2)\n    at async g (http://h/a.js:1:1)\n    at new h (http://h/a.js:2:1)",
		"f@http://h/a.js:1:1\nf@http://h/a.js:1:2\n@http://h/a.js:1:3\n@http://h/a.js:1:3",
		"Error: x\n    at f (address at index.bundle:1:2)\n    at Array.map (<anonymous>)\n    at e.o [as p] (a.js:1:1) {\n  [cause]: Error: y\n      at g (a.js:1:9)\n}",
	} {
		f.Add(text, `{"version":3,"sources":["a.ts"],"sourcesContent":["async function f() { await g(x => y) }\nclass A { m() {} }"],"names":["f"],"mappings":"AAAAA,CAAqB,CAAS;AACA"}`)
		f.Add(text, `{"version":3,"sources":["a.js",null],"names":[],"mappings":"AAAA,CCAA,C","ignoreList":[0],"x_facebook_sources":[[{"names":["<global>","A#m"],"mappings":"AAA;ACC"}]]}`)
		f.Add(text, `{"version":3,"sections":[{"offset":{"line":0,"column":1},"map":{"version":3,"sources":["a.vue"],"sourcesContent":["<script>\nexport default { m() {} }</script>"],"names":[],"mappings":"AACkB"}}]}`)
	}
	f.Fuzz(func(t *testing.T, text, data string) {
		m, err := sourcemap.Parse([]byte(data))
		if err != nil {
			return
		}
		trace := stacktrace.Parse(text)
		before := trace.Clone()
		result := sourcemap.Apply(context.Background(), trace, sourcemap.ResolverFunc(func(context.Context, stacktrace.Frame) (*sourcemap.Map, error) { return m, nil }))
		if diff := cmp.Diff(before, trace); diff != "" {
			t.Fatalf("the trace was changed: %s", diff)
		}
		sources := m.Sources()
		traces := slices.Collect(before.All())
		for i, e := range result.Traces {
			if len(e.Frames) != len(traces[i].Frames) || len(e.Frames) != len(e.Trace.Frames) {
				t.Fatalf("error %d: %d results of %d frames", i, len(e.Frames), len(traces[i].Frames))
			}
			for j, r := range e.Frames {
				got := e.Trace.Frames[j]
				switch {
				case r.Status != sourcemap.Mapped:
					if got != traces[i].Frames[j] {
						t.Errorf("frame %d of error %d is %v, and was changed", j, i, r.Status)
					}
				case !slices.Contains(sources, got.File) || got.Line < 1 || got.Col < 1:
					t.Errorf("frame %d of error %d is at %q:%d:%d, which is not in the map", j, i, got.File, got.Line, got.Col)
				}
				for _, l := range sourcemap.Context(r, 1) {
					if l.Number < 1 || l.Number < r.Position.Line-1 || l.Number > r.Position.Line+1 {
						t.Errorf("line %d around line %d", l.Number, r.Position.Line)
					}
				}
			}
		}
	})
}
