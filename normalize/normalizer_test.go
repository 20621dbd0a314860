package normalize_test

import (
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// TestNormalizer checks that a Normalizer finds what Trace finds, whatever traces came before.
func TestNormalizer(t *testing.T) {
	all, err := corpus.Read[struct{ ID, Text string }]("../testdata/captures/traces.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	step := corpus.Step(6)
	for name, options := range map[string][]normalize.Option{
		"default": nil,
		"options": {normalize.KeepOrigin(), normalize.CountMessage(), normalize.CountCause(), normalize.Hash(regexp.MustCompile(`-[a-z]{5}\.`)), normalize.MaxFrames(20)},
	} {
		n := normalize.NewNormalizer(options...)
		for i := 0; i < len(all); i += step {
			trace := stacktrace.Parse(all[i].Text)
			got, want := n.Trace(trace), normalize.Trace(trace, options...)
			gotJSON, err1 := got.MarshalJSON()
			wantJSON, err2 := want.MarshalJSON()
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			if diff := cmp.Diff(string(wantJSON), string(gotJSON)); diff != "" {
				t.Errorf("%s: %s: a Normalizer (+) finds other things than Trace (-):\n%s", name, all[i].ID, diff)
			}
			if got, want := string(got.AppendFingerprint(nil, normalize.Loose)), want.Fingerprint(normalize.Loose); got != want {
				t.Errorf("%s: %s: the fingerprint is %s, want %s", name, all[i].ID, got, want)
			}
		}
	}
}

// manyFiles returns a trace whose frames are in that many files, of which no other number has one.
func manyFiles(number, files int) *stacktrace.Trace {
	var b strings.Builder
	b.WriteString("Error: x\n")
	for i := range files {
		fmt.Fprintf(&b, "    at a (https://h.example/%d/%s%d.js:1:%d)\n", number, strings.Repeat("long/", number%50), i, 30*i)
	}
	return stacktrace.Parse(b.String())
}

// TestNormalizerOfManyFiles checks that traces that name ever new files do not change what is found in others.
func TestNormalizerOfManyFiles(t *testing.T) {
	n := normalize.NewNormalizer()
	for i := range 300 {
		trace := manyFiles(i, []int{1, 30, 500, 3, 1100}[i%5])
		if got, want := n.Trace(trace).Fingerprint(normalize.Stable), normalize.Fingerprint(trace, normalize.Stable); got != want {
			t.Fatalf("trace %d: the fingerprint is %s, want %s", i, got, want)
		}
	}
}

// TestNormalizerIsBounded checks that a Normalizer keeps no more than it says, whatever files and messages come.
func TestNormalizerIsBounded(t *testing.T) {
	n := normalize.NewNormalizer()
	before := heap()
	for i := range 3000 {
		trace := manyFiles(i, 10)
		trace.Message = strings.Repeat("message ", i%60) + fmt.Sprint("of ", i)
		n.Trace(trace)
	}
	n.Release()
	if kept := int64(heap()) - int64(before); kept > 1<<20 {
		t.Errorf("%d KB are kept", kept>>10)
	} else {
		t.Logf("%d KB are kept", kept>>10)
	}
	runtime.KeepAlive(n)
}

// heap returns how much memory is in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestNormalizerAllocates checks that a trace of files and with a message that are known takes no memory.
func TestNormalizerAllocates(t *testing.T) {
	trace := stacktrace.Parse(longTrace)
	n := normalize.NewNormalizer()
	var room [64]byte
	got := testing.AllocsPerRun(100, func() { n.Trace(trace).AppendFingerprint(room[:0], normalize.Stable) })
	if got > 1 { // a cycle of calls that is turned
		t.Errorf("it allocates %v times, want 1 at most", got)
	}
	var frames []stacktrace.Frame
	read := fastest(func() { frames = stacktrace.AppendFrames(frames[:0], longTrace) })
	normal := fastest(func() { n.Trace(trace).AppendFingerprint(room[:0], normalize.Stable) })
	t.Logf("AppendFrames %v, Normalizer and fingerprint %v: %.1f times", read, normal, float64(normal)/float64(read))
}

// TestNormalizerReleases checks that nothing of a trace is left once it is released.
func TestNormalizerReleases(t *testing.T) {
	n := normalize.NewNormalizer()
	c := n.Trace(stacktrace.Parse(longTrace))
	all := slices.Clip(c.All)
	n.Release()
	if len(c.All) != 0 || c.Type != "" {
		t.Errorf("%d frames and the type %q are left", len(c.All), c.Type)
	}
	for i := range all {
		if all[i] != (normalize.CanonicalFrame{}) {
			t.Fatalf("frame %d is left: %+v", i, all[i])
		}
	}
}
