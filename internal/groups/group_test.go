package groups

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// seen is a trace that was found somewhere.
type seen struct {
	found   logscan.Found
	at      Place
	meaning *Meaning
}

// someTraces returns traces of one group as tests of merging need them: several messages, engines, types, causes.
func someTraces(random *rand.Rand, n, kinds int) []seen {
	texts := []string{
		"TypeError: Cannot read properties of undefined (reading 'p%d')\n    at f (/src/a.js:1:2)\n    at g (/src/b.js:3:4)",
		"TypeError: undefined is not an object (evaluating 'o.p%d')\nf@/src/a.js:1:2\ng@/src/b.js:3:4",
		"Error: order %d is lost\n    at f (/src/a.js:%[1]d:2)\n    at g (/src/b.js:3:4)",
		"Error: failed\n    at h (/src/node_modules/left/a.js:1:2)\n  [cause]: RangeError: %d is too much\n      at k (/src/c.js:5:6)",
		"    at f (/src/a.js:1:%d)",
		"Error [ERR_X%d]: " + strings.Repeat("long ä", 200) + "%[1]d\n    at f (/src/a.js:1:2)",
	}
	all := make([]seen, n)
	for i := range all {
		trace := stacktrace.Parse(fmt.Sprintf(texts[random.IntN(len(texts))], random.IntN(kinds)))
		if len(trace.Frames) == 0 {
			panic("no frames")
		}
		s := &all[i]
		s.found.Trace = trace
		if random.IntN(4) > 0 {
			s.found.Time = time.UnixMicro(1_790_000_000_000_000 + random.Int64N(1<<random.IntN(40)))
		}
		start := random.Int64N(1000)
		s.at = Place{File: fmt.Sprintf("%d.log", random.IntN(3)), Start: start, End: start + 100, Nth: i, Line: int(start), Base: 7}
		s.meaning = MeaningOf(normalize.Trace(trace), normalize.Stable)
		s.meaning.Fingerprint = "st2:s0"
	}
	return all
}

func countAll(all []seen) *Group {
	g := new(Group)
	for i := range all {
		g.Add(&all[i].found, &all[i].at, all[i].meaning)
	}
	return g
}

// shown is all that a group tells.
func shown(g *Group) string {
	var all Totals
	all.Add(g)
	b, err := json.Marshal([]any{g.Row(&all, true), g.Messages(), g.Changed(), g.Engines()})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// TestMerge checks that a group is the same however its traces were divided and ordered, and after it was written and
// read.
func TestMerge(t *testing.T) {
	for seed := range 100 {
		random := rand.New(rand.NewPCG(uint64(seed), 3))
		all := someTraces(random, 1+random.IntN(60), 1+random.IntN(20))
		want := shown(countAll(all))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		parts := []*Group{new(Group)}
		for len(all) > 0 {
			n := 1 + random.IntN(len(all))
			parts, all = append(parts, copied(t, countAll(all[:n]))), all[n:]
		}
		for len(parts) > 1 {
			i := random.IntN(len(parts) - 1)
			parts[i].Merge(parts[i+1])
			parts[i] = copied(t, parts[i])
			parts = append(parts[:i+1], parts[i+2:]...)
		}
		if diff := cmp.Diff(want, shown(parts[0])); diff != "" {
			t.Fatalf("seed %d (-at once +merged):\n%s", seed, diff)
		}
	}
}

// copied returns a group that was written and read.
func copied(t *testing.T, g *Group) *Group {
	t.Helper()
	b, err := g.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	c := new(Group)
	if err := c.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	if c.Count != g.Count || !c.Example.equal(&g.Example) {
		t.Fatalf("%+v was read from what was written of %+v", c, g)
	}
	return c
}

func (p *Place) equal(q *Place) bool { return *p == *q }

// TestUnmarshalBad checks that what no group has written is refused, and takes no memory that it does not have.
func TestUnmarshalBad(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 5))
	b, _ := countAll(someTraces(random, 50, 20)).MarshalBinary()
	if err := new(Group).UnmarshalBinary(append(b[:len(b):len(b)], 0)); err == nil {
		t.Error("a byte too many is read")
	}
	for n := range b {
		if err := new(Group).UnmarshalBinary(b[:n]); err == nil {
			t.Errorf("%d bytes of %d are read", n, len(b))
		}
	}
	for range 2000 {
		c := append([]byte{}, b...)
		for range 1 + random.IntN(4) {
			c[random.IntN(len(c))] = byte(random.IntN(256))
		}
		if g := new(Group); g.UnmarshalBinary(c) == nil {
			g.Merge(countAll(someTraces(random, 1, 1))) // must not panic
			shown(g)
		}
	}
}

// TestMessages checks that the most frequent message is known, among few and among many.
func TestMessages(t *testing.T) {
	for _, others := range []int{0, 1, 5, 20, 1000, 20000} {
		var m messages
		const often = "the disk is full"
		add := func(text string, start int) {
			m.add(message{hash: hashOf(text), count: 1, at: Place{Start: int64(start)}}.with(text))
		}
		n := others/2 + 3*max(1, others/4)
		for i := range n {
			if i < others/2 {
				add(fmt.Sprintf("order %d is lost", i), 2*i)
			} else {
				add(often, 2*i+1)
			}
		}
		ranked := m.ranked()
		want := n - others/2
		if top := ranked[0]; top.Name != often || top.Count < want || top.Count > want+n/50+1 {
			t.Errorf("with %d others %q has %d of %d, want %q with %d", others, top.Name, top.Count, n, often, want)
		}
		if len(ranked) > maxMessages || m.varies() != (others > 1) {
			t.Errorf("with %d others %d are kept", others, len(ranked))
		}
	}
}
