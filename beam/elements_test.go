package stacktracebeam

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// TestCoders checks that elements are the same after they were written and read.
func TestCoders(t *testing.T) {
	log := corpus.Mix(rand.New(rand.NewPCG(1, 23)), logLines(t), 1<<18)
	prints := &fingerprintFn{}
	if err := prints.Setup(); err != nil {
		t.Fatal(err)
	}
	var best ranking
	var totals Totals
	for _, one := range scanWhole(t, logscan.Options{Location: time.UTC}, log) {
		b, err := encodeTrace(one)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeTrace(b)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Time.Equal(one.Time) {
			t.Errorf("the time is %v, want %v", got.Time, one.Time)
		}
		got.Time = one.Time
		if !reflect.DeepEqual(one, got) {
			t.Fatalf("-written +read:\n%s", diff.Diff(one, got))
		}
		_, traces := prints.ProcessElement(one)
		best.all = append(best.all, traces.g)
		totals.t.Add(traces.g)
	}
	b, err := encodeRanking(best)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeRanking(b)
	if err != nil || len(got.all) != len(best.all) {
		t.Fatalf("%d groups of %d, error %v", len(got.all), len(best.all), err)
	}
	for i, g := range got.all {
		if a, b := (Traces{g}), (Traces{best.all[i]}); a.Title() != b.Title() || a.Fingerprint() != b.Fingerprint() || !a.First().Equal(b.First()) {
			t.Errorf("%q was read, %q written", a.Title(), b.Title())
		}
	}
	sum, err := encodeTotals(totals)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := decodeTotals(sum); err != nil || got != totals {
		t.Errorf("%+v, error %v, want %+v", got, err, totals)
	}
}

// TestCodersRefuse checks that what another version has written is refused.
func TestCodersRefuse(t *testing.T) {
	for _, b := range [][]byte{nil, {99}, {99, '{', '}'}, {traceVersion}} {
		if _, err := decodeTrace(b); err == nil {
			t.Errorf("the trace %v is read", b)
		}
		if _, err := decodeTraces(b); err == nil {
			t.Errorf("the group %v is read", b)
		}
		if _, err := decodeTotals(b); err == nil {
			t.Errorf("the totals %v are read", b)
		}
	}
	if _, err := decodeRanking([]byte{5, 1}); err == nil {
		t.Error("a ranking that was cut is read")
	}
}

func TestZones(t *testing.T) {
	for _, name := range []string{"", "UTC", "local", "Local", "+02:00", "-0730", "Europe/Berlin"} {
		if _, err := readZone(name); err != nil {
			t.Error(err)
		}
	}
	if zone, err := readZone("Mars/Olympus"); err == nil {
		t.Errorf("read %v", zone)
	}
}

func TestRulesRefuse(t *testing.T) {
	for _, r := range []Rules{{By: "weak"}, {BuildHash: []string{"("}}, {MaxCalls: -1}} {
		if r.Check() == nil {
			t.Errorf("%+v is taken", r)
		}
	}
}
