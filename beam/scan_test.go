package stacktracebeam

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/sdf"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/rtrackers/offsetrange"
	diff "github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// logNames returns the names of the project's logs.
func logNames(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("../testdata/logs/*.log")
	if err != nil || len(names) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	return names
}

// logLines returns the lines of all logs of the project.
func logLines(t testing.TB) []string {
	t.Helper()
	lines, err := corpus.Lines(logNames(t)...)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// splitting is a reader of whose range a runner splits something off from time to time, while it is read.
type splitting struct {
	r       io.ReaderAt
	random  *rand.Rand
	tracker *sdf.LockRTracker
	left    *int                      // how often it may still split
	rest    []offsetrange.Restriction // what was split off
}

func (s *splitting) ReadAt(b []byte, offset int64) (int, error) {
	if *s.left > 0 && s.random.IntN(4) == 0 {
		*s.left--
		_, residual, err := s.tracker.TrySplit(s.random.Float64() * s.random.Float64())
		if err != nil {
			panic(err)
		}
		if residual != nil {
			s.rest = append(s.rest, residual.(offsetrange.Restriction))
		}
	}
	return s.r.ReadAt(b, offset)
}

// scanSplit scans a log that is split at random, before and while it is scanned. It fills in the number of each line
// as Number does.
func scanSplit(t *testing.T, fn *scanFn, log []byte, random *rand.Rand) []Trace {
	t.Helper()
	file := File{Name: "a.log", Size: int64(len(log)), Text: true}
	fn.Options.RangeSize = file.Size/(1+random.Int64N(5)) + random.Int64N(5)
	rests := fn.SplitRestriction(file, fn.CreateInitialRestriction(file))
	var found []Trace
	var ranges []Range
	left := 6
	for len(rests) > 0 {
		tracker := fn.CreateTracker(rests[0])
		in := &splitting{r: bytes.NewReader(log), random: random, tracker: tracker, left: &left}
		p := newPart(tracker, &file)
		if err := p.scan(in, file.Name, fn.Options.scan(fn.zone), func(t Trace) { found = append(found, t) }); err != nil {
			t.Fatal(err)
		}
		p.finish()
		if !tracker.IsDone() || tracker.GetError() != nil {
			t.Fatalf("%v is not done: %v", rests[0], tracker.GetError())
		}
		done := tracker.GetRestriction().(offsetrange.Restriction)
		ranges = append(ranges, Range{file.Name, done.Start, done.End, p.lines})
		rests = append(in.rest, rests[1:]...)
	}
	covered := int64(0)
	slices.SortFunc(ranges, func(a, b Range) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	for i := range found {
		for _, r := range ranges {
			if r.Start < found[i].Base {
				found[i].Line += int(r.Lines)
			}
		}
		found[i].Base = 0
	}
	for _, r := range ranges {
		if r.Start != covered {
			t.Fatalf("a range begins at %d, that before ends at %d", r.Start, covered)
		}
		covered = r.End
	}
	sortTraces(found)
	return found
}

// scanWhole returns what one scanner finds in a log.
func scanWhole(t *testing.T, o logscan.Options, log []byte) []Trace {
	t.Helper()
	var all []Trace
	last := Trace{End: -1}
	s := logscan.NewScanner(bytes.NewReader(log), o)
	for s.Scan() {
		one := traceOf(s.Found())
		one.File = "a.log"
		if one.Start == last.Start && one.End == last.End {
			one.Nth = last.Nth + 1
		}
		last = one
		one.Line = 1 + bytes.Count(log[:one.Start], []byte("\n"))
		all = append(all, one)
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
	sortTraces(all)
	return all
}

func sortTraces(all []Trace) {
	slices.SortFunc(all, func(a, b Trace) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Nth, b.Nth))
	})
}

// TestSplits checks that a log that is split anywhere, at any time, has the traces that one scanner finds in it.
func TestSplits(t *testing.T) {
	rounds := 8
	if os.Getenv("BEAM_ALL") != "" {
		rounds = 400
	}
	lines := logLines(t)
	for seed := range rounds {
		random := rand.New(rand.NewPCG(uint64(seed), 20))
		o := ScanOptions{MaxLine: 200 + random.IntN(2000), MaxTrace: 1 + random.IntN(4000), MaxGap: 1 + random.IntN(600), MaxStreams: 1 + random.IntN(6), Year: 2026}
		if seed%4 == 0 {
			o = ScanOptions{Year: 2026}
		}
		log := corpus.Mix(random, lines, 1<<17+random.IntN(1<<18))
		fn := &scanFn{Options: o}
		if err := fn.Setup(); err != nil {
			t.Fatal(err)
		}
		want := scanWhole(t, o.scan(fn.zone), log)
		got := scanSplit(t, fn, log, random)
		if !reflect.DeepEqual(want, got) {
			t.Fatalf("seed %d: other traces (-whole +split):\n%.4000s", seed, diff.Diff(want, got))
		}
	}
}

// TestShort checks files that are empty, and one that has become shorter since its size was read.
func TestShort(t *testing.T) {
	fn := &scanFn{}
	if err := fn.Setup(); err != nil {
		t.Fatal(err)
	}
	const trace = "Error: a\n    at f (/src/a.js:1:2)\n"
	name := filepath.Join(t.TempDir(), "a.log")
	for _, test := range []struct {
		text  string
		size  int64
		start int64
		want  int
	}{{"", 0, 0, 0}, {trace, int64(len(trace)), 0, 1}, {trace, 1000, 0, 1}, {trace, 1000, 500, 0}, {trace + trace, int64(len(trace)), 0, 1}} {
		if err := os.WriteFile(name, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		tracker := fn.CreateTracker(offsetrange.Restriction{Start: test.start, End: test.size})
		got := 0
		err := fn.ProcessElement(context.Background(), tracker, File{name, test.size, true}, func(Trace) { got++ }, func(Range) {}, func(b BadFile) { t.Error(b) })
		if err != nil || got != test.want || !tracker.IsDone() || tracker.GetError() != nil {
			t.Errorf("%d traces in %d bytes of %d from %d on, want %d; done: %v, errors %v, %v", got, len(test.text), test.size, test.start, test.want, tracker.IsDone(), err, tracker.GetError())
		}
	}
}

// TestRetried checks that a bundle which is tried again gives the same, whatever the first attempt has done.
func TestRetried(t *testing.T) {
	log := corpus.Mix(rand.New(rand.NewPCG(1, 21)), logLines(t), 1<<18)
	name := filepath.Join(t.TempDir(), "a.log")
	if err := os.WriteFile(name, log, 0o600); err != nil {
		t.Fatal(err)
	}
	scan, prints := &scanFn{}, &fingerprintFn{}
	if err := cmp.Or(scan.Setup(), prints.Setup()); err != nil {
		t.Fatal(err)
	}
	file := File{name, int64(len(log)), true}
	try := func(scan *scanFn, prints *fingerprintFn, most int) (all []string) {
		defer func() { recover() }()
		rt := scan.CreateTracker(offsetrange.Restriction{Start: 1000, End: file.Size - 1000})
		groups := map[string]Traces{}
		scan.ProcessElement(context.Background(), rt, file, func(t Trace) {
			if most--; most < 0 {
				panic("the worker is gone")
			}
			key, one := prints.ProcessElement(t)
			fn := &groupFn{}
			if _, ok := groups[key]; !ok {
				groups[key] = fn.CreateAccumulator()
			}
			groups[key] = fn.AddInput(groups[key], one)
		}, func(Range) {}, func(BadFile) {})
		for _, g := range groups {
			b, err := encodeTraces(g)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(b))
		}
		slices.Sort(all)
		return all
	}
	try(scan, prints, 7)
	again := try(scan, prints, 1<<30)
	newScan, newPrints := &scanFn{}, &fingerprintFn{}
	if err := cmp.Or(newScan.Setup(), newPrints.Setup()); err != nil {
		t.Fatal(err)
	}
	if want := try(newScan, newPrints, 1<<30); len(want) == 0 || !slices.Equal(want, again) {
		t.Errorf("%d groups, and others at the second attempt", len(want))
	}
}

// TestPassing checks that a text which is read once gives the same as one that can be read from anywhere.
func TestPassing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 22))
	text := make([]byte, 100_000)
	for i := range text {
		text[i] = byte(random.IntN(256))
	}
	p := &passing{r: io.NopCloser(bytes.NewReader(text)), behind: 5000}
	pos := 0
	for pos < len(text) {
		from := max(0, pos-random.IntN(5000))
		if random.IntN(2) == 0 {
			from = pos
		}
		b := make([]byte, random.IntN(9000))
		n, err := p.ReadAt(b, int64(from))
		if !bytes.Equal(b[:n], text[from:from+n]) || n < len(b) && (err != io.EOF || from+n != len(text)) {
			t.Fatalf("%d bytes at %d of %d, error %v", n, from, len(text), err)
		}
		pos = max(pos, from+n)
	}
	if _, err := p.ReadAt(make([]byte, 1), 0); err == nil {
		t.Error("what was forgotten is read")
	}
	if _, err := p.ReadAt(make([]byte, 1), int64(len(text))+1); err == nil {
		t.Error("something is left out")
	}
}

// TestOpenFrom checks that a text which is opened where it is read is the same.
func TestOpenFrom(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 24))
	log := corpus.Mix(random, logLines(t), 1<<19)
	opened := 0
	RegisterOpenFrom("test", func(_ context.Context, name string, offset int64) (io.ReadCloser, error) {
		opened++
		if name != "test://a.log" {
			return nil, os.ErrNotExist
		}
		return io.NopCloser(bytes.NewReader(log[min(offset, int64(len(log))):])), nil
	})
	fn := &scanFn{Options: ScanOptions{MaxLine: 2000, MaxTrace: 4000, MaxGap: 600, Year: 2026}}
	if err := fn.Setup(); err != nil {
		t.Fatal(err)
	}
	file := File{Name: "test://a.log", Size: int64(len(log)), Text: true}
	var got []Trace
	for _, r := range fn.SplitRestriction(file, fn.CreateInitialRestriction(file)) {
		for _, half := range r.EvenSplits(3) {
			rt := fn.CreateTracker(half)
			if err := fn.ProcessElement(context.Background(), rt, file, func(t Trace) { got = append(got, t) }, func(Range) {}, func(b BadFile) { t.Error(b) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	sortTraces(got)
	want := scanWhole(t, fn.Options.scan(fn.zone), log)
	if len(want) != len(got) || opened > 12 {
		t.Fatalf("%d traces, want %d; opened %d times", len(got), len(want), opened)
	}
	for i := range want {
		if want[i].Start != got[i].Start || want[i].Text != got[i].Text {
			t.Fatalf("at %d %q, want at %d %q", got[i].Start, got[i].Text, want[i].Start, want[i].Text)
		}
	}
	bad := 0
	fn.ProcessElement(context.Background(), fn.CreateTracker(offsetrange.Restriction{Start: 0, End: 9}), File{"test://b.log", 9, true}, func(Trace) {}, func(Range) {}, func(BadFile) { bad++ })
	if bad != 1 {
		t.Error("a file that is not there is none that is bad")
	}
}
