package groups

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTimeline checks the counts against those of times that were all kept, in any order.
func TestTimeline(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 500 {
		span := int64(1) << random.IntN(58)
		start := time.Date(1900+random.IntN(300), 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
		var all [3]Group
		var times [3][]int64
		for range 1 + random.IntN(100) {
			micro, i := start+random.Int64N(span), random.IntN(len(all))
			times[i] = append(times[i], micro)
			if !all[i].span.add(time.UnixMicro(micro), &all[i].counts) {
				t.Fatalf("%d is no time", micro)
			}
			all[i].counts.add(all[i].span.bucket(micro), 1)
		}
		var totals Totals
		for i := range all {
			totals.Add(&all[i])
		}
		line := totals.Span
		first, seconds := line.parts()
		step := int64(seconds * 1e6)
		for i := range all {
			got := line.Counts(&all[i])
			if len(times[i]) == 0 || line.from == line.to {
				if got != nil {
					t.Errorf("round %d: counts %v of nothing", round, got)
				}
				continue
			}
			if len(got) < minParts || len(got) > maxParts || line.to-line.from > 100 && len(got) <= maxParts/2 {
				t.Errorf("round %d: %d parts", round, len(got))
				continue
			}
			want := make([]uint32, len(got))
			for _, micro := range times[i] {
				want[(micro-first.UnixMicro())/step]++
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("round %d (-want +got):\n%s", round, diff)
			}
		}
	}
}

func TestSparkline(t *testing.T) {
	for _, test := range []struct {
		counts []uint32
		want   string
	}{
		{nil, ""},
		{[]uint32{0, 1}, "▁█"},
		{[]uint32{0, 1, 2, 3, 4, 5, 6, 7}, "▁▂▃▄▅▆▇█"},
		{[]uint32{0, 1, 1000, 4_000_000_000}, "▁▂▂█"},
	} {
		if got := Sparkline(test.counts); got != test.want {
			t.Errorf("Sparkline(%v) = %s, want %s", test.counts, got, test.want)
		}
	}
}
