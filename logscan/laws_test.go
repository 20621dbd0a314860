package logscan_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// scanned is all that a scan gives.
type scanned struct {
	Found []logscan.Found
	Rest  []logscan.Piece
}

func scanAll(t testing.TB, r io.Reader, o logscan.Options) scanned {
	t.Helper()
	return scanAllWith(t, func(o logscan.Options) *logscan.Scanner { return logscan.NewScanner(r, o) }, o)
}

func scanAllWith(t testing.TB, newScanner func(logscan.Options) *logscan.Scanner, o logscan.Options) scanned {
	t.Helper()
	var all scanned
	o.Year = 2026
	o.Location = time.UTC
	o.Rest = func(offset int64, part []byte) {
		all.Rest = append(all.Rest, logscan.Piece{Start: offset, Text: string(part)})
	}
	s := newScanner(o)
	for s.Scan() {
		all.Found = append(all.Found, s.Found())
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// together puts all parts together.
func (all scanned) together() ([]byte, error) {
	pieces := slices.Clone(all.Rest)
	for i := 1; i < len(pieces); i++ {
		if pieces[i].Start < pieces[i-1].Start+int64(len(pieces[i-1].Text)) {
			return nil, fmt.Errorf("the rest at %d comes behind that at %d", pieces[i].Start, pieces[i-1].Start)
		}
	}
	for _, f := range all.Found {
		if n := len(f.Pieces); n == 0 || f.Pieces[0].Start != f.Start || f.Pieces[n-1].Start+int64(len(f.Pieces[n-1].Text)) != f.End {
			return nil, fmt.Errorf("trace at %d to %d: %d pieces", f.Start, f.End, n)
		}
		pieces = append(pieces, f.Pieces...)
	}
	slices.SortStableFunc(pieces, func(a, b logscan.Piece) int { return int(a.Start - b.Start) })
	pieces = slices.Compact(pieces) // several traces of one line
	var b []byte
	for _, p := range pieces {
		if p.Start != int64(len(b)) {
			return nil, fmt.Errorf("a part begins at %d, but %d bytes stand before it", p.Start, len(b))
		}
		b = append(b, p.Text...)
	}
	return b, nil
}

// checkLaws checks what holds for every input.
func checkLaws(t testing.TB, input []byte, o logscan.Options, seed uint64) scanned {
	t.Helper()
	whole := scanAll(t, bytes.NewReader(input), o)
	got, err := whole.together()
	if err != nil {
		t.Fatalf("%v, in %q", err, input)
	}
	if !bytes.Equal(got, input) {
		t.Fatalf("the parts together are %q, not %q", got, input)
	}
	random := rand.New(rand.NewPCG(seed, 1))
	for name, r := range map[string]io.Reader{
		"one byte": iotest.OneByteReader(bytes.NewReader(input)),
		"random":   &chopped{bytes.NewReader(input), random},
		"with EOF": iotest.DataErrReader(bytes.NewReader(input)),
	} {
		again := scanAll(t, r, o)
		if !reflect.DeepEqual(whole.Found, again.Found) {
			t.Fatalf("%s at a time, other traces (-whole +chopped):\n%s\nof %q", name, cmp.Diff(whole.Found, again.Found), input)
		}
		if got, err := again.together(); err != nil || !bytes.Equal(got, input) {
			t.Fatalf("%s at a time: the parts together are %q, not %q: %v", name, got, input, err)
		}
	}
	checkWorkers(t, input, o, whole, 1+random.IntN(200))
	return whole
}

// checkWorkers checks that workers who scan so many bytes at once find what one found alone.
func checkWorkers(t testing.TB, input []byte, o logscan.Options, alone scanned, size int) {
	t.Helper()
	o.Workers = 2
	together := scanAllWith(t, func(o logscan.Options) *logscan.Scanner {
		return logscan.NewScannerOfPortions(bytes.NewReader(input), o, size)
	}, o)
	if !reflect.DeepEqual(alone.Found, together.Found) {
		t.Fatalf("two workers with %d bytes at once find other traces (-alone +together):\n%s\nof %q", size, cmp.Diff(alone.Found, together.Found), input)
	}
	if got, err := together.together(); err != nil || !bytes.Equal(got, input) {
		t.Fatalf("two workers: the parts together are %q, not %q: %v", got, input, err)
	}
}

// chopped reads any number of bytes at a time.
type chopped struct {
	r      io.Reader
	random *rand.Rand
}

func (c *chopped) Read(b []byte) (int, error) {
	n := 1 + c.random.IntN(1+c.random.IntN(300))
	return c.r.Read(b[:min(n, len(b))])
}

// small are options that cut all but the shortest traces.
var small = logscan.Options{MaxLine: 60, MaxTrace: 120, MaxGap: 40, MaxStreams: 2}

var lawInputs = []string{
	"",
	"\n",
	"no trace\n",
	"a\nError: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\nb\n",
	"a\r\nError: x\r\n    at f (/a.js:1:2)\r\nb",
	`{"level":50,"err":{"stack":"Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}}` + "\n",
	"a-1  | Error: x\nb-1  | Error: y\na-1  |     at f (/a.js:1:2)\nb-1  |     at h (/b.js:1:2)\na-1  |     at g (/a.js:3:4)\n",
	"TypeError: x\nf@http://h/a.js:1:2\n@http://h/a.js:3:4\nend\n",
	"Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    x()\nValueError: y\nend\n",
	"Error: x\n    at f (/a.js:1:2) {\n  code: 'X'\n}\nmore\n",
}

func TestLaws(t *testing.T) {
	for i, input := range lawInputs {
		checkLaws(t, []byte(input), logscan.Options{}, uint64(i))
		checkLaws(t, []byte(input), small, uint64(i))
	}
	all := strings.Join(lawInputs, "")
	checkLaws(t, []byte(all), logscan.Options{}, 1)
	checkLaws(t, []byte(all), small, 1)
}

func FuzzParts(f *testing.F) {
	for i, input := range lawInputs {
		f.Add([]byte(input), uint64(i))
	}
	f.Fuzz(func(t *testing.T, input []byte, seed uint64) {
		checkLaws(t, input, logscan.Options{}, seed)
		checkLaws(t, input, small, seed)
	})
}

// TestLawsOnMixes checks the laws on lines of many logs in any order, whole and cut.
func TestLawsOnMixes(t *testing.T) {
	names, err := filepath.Glob("../testdata/logs/*.log")
	if err != nil || len(names) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	lines := strings.SplitAfter(strings.Join(lawInputs, "")+strings.Join(readNone(t), ""), "\n")
	for _, name := range names {
		log, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.SplitAfter(string(log), "\n")...)
	}
	rounds := 60
	if corpus.IsWhole() {
		rounds = 1000
	}
	for seed := range rounds {
		random := rand.New(rand.NewPCG(uint64(seed), 7))
		var b []byte
		for range 1 + random.IntN(60) {
			at := random.IntN(len(lines))
			for _, line := range lines[at:min(len(lines), at+1+random.IntN(6))] {
				if random.IntN(12) == 0 {
					line = line[random.IntN(len(line)+1):]
				}
				b = append(b, line...)
			}
		}
		checkLaws(t, b, logscan.Options{}, uint64(seed))
		checkLaws(t, b, small, uint64(seed))
		checkLaws(t, b, logscan.Options{MaxLine: 1 + random.IntN(200), MaxTrace: 1 + random.IntN(1000), MaxGap: 1 + random.IntN(300), MaxStreams: 1 + random.IntN(3)}, uint64(seed))
	}
}

// TestWorkers checks that workers find what one finds alone in long logs, whatever is cut where.
func TestWorkers(t *testing.T) {
	names, err := filepath.Glob("../testdata/logs/*.log")
	if err != nil || len(names) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	var lines []string
	for _, name := range names {
		log, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.SplitAfter(string(log), "\n")...)
	}
	noise := "2026-11-21T10:00:02.123Z INFO [main] GET /cart 200 12ms from 10.0.0.7:51234\n"
	for seed := range 4 {
		random := rand.New(rand.NewPCG(uint64(seed), 9))
		var b []byte
		for len(b) < 1<<17 {
			at := random.IntN(len(lines))
			for _, line := range lines[at:min(len(lines), at+1+random.IntN(60))] {
				b = append(b, line...)
			}
			b = append(b, strings.Repeat(noise, random.IntN(1<<(2*seed+1)))...)
		}
		for _, o := range []logscan.Options{{}, {MaxLine: 400, MaxTrace: 2000, MaxGap: 1000, MaxStreams: 2}} {
			alone := scanAll(t, bytes.NewReader(b), o)
			for _, size := range [...]int{1 << 9, 1 << 13, 1 << 16} {
				checkWorkers(t, b, o, alone, size)
			}
		}
	}
}
