package sourcemap

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// benchmarkMap returns the map that the environment variable SOURCEMAP names, or one that is made up in
// the likeness of a minifier's.
func benchmarkMap(b *testing.B) []byte {
	b.Helper()
	if name := os.Getenv("SOURCEMAP"); name != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		return data
	}
	r := rand.New(rand.NewPCG(1, 1))
	var w mappingWriter
	s := segment{name: -1}
	for range 300000 {
		s.col += 1 + int32(r.IntN(12))
		s.origCol = int32(r.IntN(80))
		if r.IntN(3) == 0 {
			s.line += int32(r.IntN(4))
		}
		if s.name = -1; r.IntN(2) == 0 {
			s.name = int32(r.IntN(5000))
		}
		w.write(s)
	}
	names := strings.Repeat(`"name",`, 4999) + `"name"`
	line := strings.Repeat("const x = 1 // the text of a source\\n", 100000)
	return fmt.Appendf(nil, `{"version":3,"sources":["a.js"],"sourcesContent":["%s"],"names":[%s],"mappings":"%s"}`, line, names, w.text)
}

func BenchmarkParse(b *testing.B) {
	data := benchmarkMap(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	m, err := Parse(benchmarkMap(b))
	if err != nil {
		b.Fatal(err)
	}
	line := 0 // the longest
	last := m.parts[0].last()
	line = int(last.line) + 1
	r := rand.New(rand.NewPCG(1, 1))
	b.ReportAllocs()
	for b.Loop() {
		m.Lookup(line, 1+r.IntN(int(last.col)+1))
	}
}
