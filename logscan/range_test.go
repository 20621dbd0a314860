package logscan_test

import (
	"bytes"
	"cmp"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// checkRanges checks that ranges which cover an input find together what one scanner finds in all of it, and
// that each byte that is of no trace is given once.
func checkRanges(t testing.TB, input []byte, o logscan.Options, splits []int64) {
	t.Helper()
	whole := scanAll(t, bytes.NewReader(input), o)
	var together scanned
	splits = append(splits, 0, math.MaxInt64)
	slices.Sort(splits)
	for i := range len(splits) - 1 {
		part := scanAllWith(t, func(o logscan.Options) *logscan.Scanner {
			return logscan.ScanRange(bytes.NewReader(input), splits[i], splits[i+1], o)
		}, o)
		for _, f := range part.Found {
			if f.Start < splits[i] || f.Start >= splits[i+1] {
				t.Fatalf("a trace at %d was found in the range from %d to %d", f.Start, splits[i], splits[i+1])
			}
		}
		together.Found = append(together.Found, part.Found...)
		together.Rest = append(together.Rest, part.Rest...)
	}
	for _, found := range [][]logscan.Found{whole.Found, together.Found} {
		slices.SortStableFunc(found, func(a, b logscan.Found) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
		})
	}
	if !reflect.DeepEqual(whole.Found, together.Found) {
		t.Fatalf("split at %d, other traces (-whole +ranges):\n%s\nof %d bytes", splits, diff.Diff(whole.Found, together.Found), len(input))
	}
	if got, err := together.together(); err != nil || !bytes.Equal(got, input) {
		t.Fatalf("split at %d: the parts together are not the input: %v", splits, err)
	}
}

// readLogs returns the lines of all logs of the project, those without traces too.
func readLogs(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("../testdata/logs/*.log")
	if err != nil || len(names) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	lines, err := corpus.Lines(names...)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestRanges splits logs at random.
func TestRanges(t *testing.T) {
	lines := append(readLogs(t), readNone(t)...)
	rounds := 24
	if corpus.IsWhole() {
		rounds = 300
	}
	for seed := range rounds {
		random := rand.New(rand.NewPCG(uint64(seed), 11))
		o := logscan.Options{}
		size := 1 << 12
		if seed%2 == 0 {
			o = logscan.Options{MaxLine: 200 + random.IntN(300), MaxTrace: 1 + random.IntN(2000), MaxGap: 1 + random.IntN(300), MaxStreams: 1 + random.IntN(4)}
			size = 1 << 16
		}
		input := corpus.Mix(random, lines, size)
		var splits []int64
		for range 1 + random.IntN(8) {
			splits = append(splits, random.Int64N(int64(len(input)+1)))
		}
		checkRanges(t, input, o, splits)
	}
}

// TestRangesOfLongLogs splits logs that are longer than a scanner looks back.
func TestRangesOfLongLogs(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: logs of megabytes are split; TestRanges splits short ones")
	}
	lines := readLogs(t)
	random := rand.New(rand.NewPCG(1, 12))
	input := corpus.Mix(random, lines, 1<<16)
	noise := bytes.Repeat([]byte("2026-11-21T10:00:02.123Z INFO [main] GET /cart 200 12ms from 10.0.0.7:51234\n"), 1<<13)
	for _, middle := range [][]byte{
		slices.Concat(noise, input, noise, input, noise, input, noise),
		bytes.Repeat([]byte("x@y:1:2 "), 3<<17),
		bytes.Repeat([]byte("    at f (/a.js:1:2)\n"), 1<<16),
	} {
		log := slices.Concat(input, middle, []byte("\n"), input)
		n := int64(len(log))
		checkRanges(t, log, logscan.Options{MaxLine: 16 << 10, MaxTrace: 16 << 10, MaxGap: 4 << 10}, []int64{n - n/3, n - n/4 + 11, n - 1<<16 - 3, n - 1<<15, n - 10})
	}
}

// TestRangesAtTheEdges splits at each byte of a short log.
func TestRangesAtTheEdges(t *testing.T) {
	input := []byte(strings.Join(lawInputs, ""))
	for at := range len(input) + 2 {
		checkRanges(t, input, logscan.Options{}, []int64{int64(at)})
	}
	for _, r := range [][2]int64{{5, 5}, {7, 3}, {1 << 40, 1 << 41}} {
		if s := logscan.ScanRange(bytes.NewReader(input), r[0], r[1], logscan.Options{}); s.Scan() || s.Err() != nil {
			t.Errorf("found %+v in %d, error %v", s.Found(), r, s.Err())
		}
	}
}

// TestEndAt moves the end of a range while it is scanned, and scans the rest as another range.
func TestEndAt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 13))
	lines := readLogs(t)
	for range 6 {
		input := corpus.Mix(random, lines, 1<<18)
		o := logscan.Options{MaxLine: 500, MaxTrace: 2000, MaxGap: 300, Location: time.UTC}
		whole := scanAll(t, bytes.NewReader(input), o)
		start, end := int64(0), int64(math.MaxInt64)
		var found []logscan.Found
		for start < int64(len(input)) {
			var s *logscan.Scanner
			end = math.MaxInt64
			r := readerAt(func(b []byte, offset int64) (int, error) {
				n, err := bytes.NewReader(input).ReadAt(b, offset)
				if next := offset + int64(n); next > start && next < end && random.IntN(3) == 0 {
					end = next + random.Int64N(1<<17)
					s.EndAt(end)
				}
				return n, err
			})
			s = logscan.ScanRange(r, start, end, o)
			for f, err := range s.All() {
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, f)
			}
			start = end
		}
		for _, all := range [][]logscan.Found{whole.Found, found} {
			slices.SortStableFunc(all, func(a, b logscan.Found) int {
				return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
			})
		}
		if !reflect.DeepEqual(whole.Found, found) {
			t.Fatalf("other traces (-whole +ranges):\n%.2000s", diff.Diff(whole.Found, found))
		}
	}
}

// readerAt is a function that reads at an offset.
type readerAt func(b []byte, offset int64) (int, error)

func (r readerAt) ReadAt(b []byte, offset int64) (int, error) { return r(b, offset) }
