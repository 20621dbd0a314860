// Sourcemap compares package sourcemap with the reference, @jridgewell/trace-mapping, and with
// github.com/go-sourcemap/sourcemap on six builds of three, lodash-es, react-dom and monaco-editor:
//
//	npm install && node build.mjs    once
//	go run . [FOLDER]                of what build.mjs wrote; build unless told
//
// For each map it prints how fast it is parsed, in processor time and without garbage collection, what it keeps in memory beside the text it was read from
// and without the sources' content, how long a lookup takes, and at how many of 100,000 positions the
// answer differs from the reference's.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	peer "github.com/go-sourcemap/sourcemap"

	"github.com/stacktrace-go/stacktrace/sourcemap"
)

func main() {
	dir := "build"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := run(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.positions.json"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no *.positions.json in %s: run build.mjs first", dir)
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "build\tMB\tsegments\treader\tparse ms\tMB/s\tkept MB\tbytes/segment\twithout content MB\tbytes/segment\tlookup ns\tallocs\twrong\t")
	for _, file := range files {
		if err := measure(w, strings.TrimSuffix(file, ".positions.json")); err != nil {
			return err
		}
	}
	return w.Flush()
}

// position is a position of the generated code and what the reference says it was made of.
type position struct {
	line, col, source      int // line from 1, column from 0, source -1 for none
	originalLine, original int
	name                   string
}

func (p *position) UnmarshalJSON(data []byte) error {
	var line, original *int
	var name *string
	fields := []any{&p.line, &p.col, &p.source, &line, &original, &name}
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	if line != nil {
		p.originalLine, p.original = *line, *original
	}
	if name != nil {
		p.name = *name
	}
	return nil
}

// reader is a source map's reader under test.
type reader struct {
	name   string
	parse  func(data []byte) (any, error)
	lookup func(m any, p position) sourcemap.Position
}

var readers = []reader{
	{"sourcemap", func(data []byte) (any, error) { return sourcemap.Parse(data) },
		func(m any, p position) sourcemap.Position {
			found, _ := m.(*sourcemap.Map).Lookup(p.line, p.col+1)
			return found
		}},
	{"go-sourcemap", func(data []byte) (any, error) { return peer.Parse("", data) },
		func(m any, p position) sourcemap.Position {
			source, name, line, col, ok := m.(*peer.Consumer).Source(p.line, p.col)
			if !ok {
				return sourcemap.Position{}
			}
			return sourcemap.Position{Source: source, Name: name, Line: line, Col: col + 1}
		}},
}

// sources returns the names of the map's sources as they are written in it.
func sources(data []byte) ([]string, int, error) {
	var m struct {
		Sources  []string
		Mappings string
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, 0, err
	}
	segments := 0
	for _, line := range strings.Split(m.Mappings, ";") {
		if line != "" {
			segments += strings.Count(line, ",") + 1
		}
	}
	return m.Sources, segments, nil
}

func measure(w *tabwriter.Writer, base string) error {
	data, err := os.ReadFile(base + ".js.map")
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(base + ".positions.json")
	if err != nil {
		return err
	}
	var positions []position
	if err := json.Unmarshal(raw, &positions); err != nil {
		return err
	}
	names, segments, err := sources(data)
	if err != nil {
		return err
	}
	mb := float64(len(data)) / 1e6
	for _, r := range readers {
		took, m, err := fastest(r, data)
		if err != nil {
			fmt.Fprintf(w, "%s\t%.1f\t%d\t%s\t%v\t\n", filepath.Base(base), mb, segments, r.name, err)
			continue
		}
		kept := keeps(func() any { m, _ := r.parse(data); return m })
		small := 0.0
		if _, ok := m.(*sourcemap.Map); ok {
			small = keeps(func() any { m, _ := r.parse(data); return m.(*sourcemap.Map).WithoutContent() })
		}
		ns, allocs := lookups(r, m, positions)
		fmt.Fprintf(w, "%s\t%.1f\t%d\t%s\t%.1f\t%.0f\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f\t%.1f\t%d\t\n", filepath.Base(base), mb, segments, r.name,
			took.Seconds()*1e3, mb/took.Seconds(), kept/1e6, kept/float64(segments), small/1e6, small/float64(segments), ns, allocs, wrong(r, m, positions, names))
		runtime.KeepAlive(m)
	}
	return nil
}

// fastest returns the least time of several in which data was parsed, without collecting garbage.
func fastest(r reader, data []byte) (time.Duration, any, error) {
	best := time.Duration(1 << 62)
	var m any
	for range 15 {
		runtime.GC()
		collect := debug.SetGCPercent(-1)
		start := now()
		parsed, err := r.parse(data)
		took := now() - start
		debug.SetGCPercent(collect)
		if err != nil {
			return 0, nil, err
		}
		best, m = min(best, took), parsed
	}
	return best, m, nil
}

// keeps returns how many bytes of the heap the result of a call keeps.
func keeps(call func() any) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&before)
	m := call()
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(m)
	return float64(after.HeapAlloc) - float64(before.HeapAlloc)
}

// lookups returns the median time of a lookup, of batches of a thousand, and the allocations of one.
func lookups(r reader, m any, positions []position) (ns, allocs float64) {
	const batch = 1000
	var before, after runtime.MemStats
	times := make([]time.Duration, 0, len(positions)/batch+1)
	runtime.ReadMemStats(&before)
	for some := range slices.Chunk(positions, batch) {
		start := now()
		for _, p := range some {
			r.lookup(m, p)
		}
		times = append(times, now()-start)
	}
	runtime.ReadMemStats(&after)
	slices.Sort(times)
	return float64(times[len(times)/2].Nanoseconds()) / batch, float64(after.Mallocs-before.Mallocs) / float64(len(positions))
}

// wrong returns at how many positions the answer is not the reference's.
func wrong(r reader, m any, positions []position, names []string) int {
	n := 0
	for _, p := range positions {
		want := sourcemap.Position{}
		if p.source >= 0 {
			want = sourcemap.Position{Source: names[p.source], Name: p.name, Line: p.originalLine, Col: p.original + 1}
		}
		got := r.lookup(m, p)
		got.Ignored = false
		if got != want {
			n++
		}
	}
	return n
}
