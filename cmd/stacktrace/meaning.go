package main

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// meaning is what counts of a trace: whether it counts at all, its fingerprint and its message as a template. It is
// the same for every trace with the same text.
type meaning struct {
	unwanted    bool // by the filter
	fingerprint string
	message     normalize.Template
}

// The limits of what is remembered of traces that have been seen.
const (
	maxMeanings    = 1 << 13 // twice as many are kept at most
	maxMeaningText = 500     // bytes of a message: longer ones are seldom equal
)

// meanings remembers what traces mean, so that one that repeats costs neither a canonical form nor a lookup in source
// maps. Half of them are forgotten when there are too many: those that have not been seen for the longest time.
type meanings struct {
	seed       maphash.Seed
	young, old map[uint64]*meaning
}

func newMeanings() *meanings {
	return &meanings{seed: maphash.MakeSeed(), young: map[uint64]*meaning{}}
}

// get returns what the trace with a key means; nil if that is not known.
func (m *meanings) get(key uint64) *meaning {
	if known := m.young[key]; known != nil {
		return known
	}
	known := m.old[key]
	if known != nil {
		m.put(key, known)
	}
	return known
}

func (m *meanings) put(key uint64, known *meaning) {
	if len(m.young) >= maxMeanings {
		m.young, m.old = map[uint64]*meaning{}, m.young
	}
	m.young[key] = known
}

// remember keeps what a trace means. Strings are copied, since a piece of a trace keeps the whole text of it; the
// fingerprint is that of the group, if there is one.
func (m *meanings) remember(key uint64, known *meaning, fingerprint string) {
	size := len(known.message.Text)
	for _, p := range known.message.Params {
		size += len(p.Name) + len(p.Value)
	}
	if size > maxMeaningText {
		return
	}
	kept := &meaning{unwanted: known.unwanted, fingerprint: fingerprint}
	kept.message = normalize.Template{Kind: strings.Clone(known.message.Kind), Text: strings.Clone(known.message.Text), Params: slices.Clone(known.message.Params)}
	for i := range kept.message.Params {
		p := &kept.message.Params[i]
		p.Name, p.Value = strings.Clone(p.Name), strings.Clone(p.Value)
	}
	m.put(key, kept)
}

// key returns a hash of everything that a trace tells. Its seed is random, so that nobody can write a log in which two
// traces have one.
func (m *meanings) key(t *stacktrace.Trace) uint64 {
	var h maphash.Hash
	h.SetSeed(m.seed)
	hashTrace(&h, t)
	return h.Sum64()
}

func hashTrace(h *maphash.Hash, t *stacktrace.Trace) {
	maphash.WriteComparable(h, [...]string{t.Label, t.Type, t.Code, t.Message})
	maphash.WriteComparable(h, [...]int{int(t.Engine), len(t.Frames), len(t.Props), len(t.Errors)})
	for i := range t.Frames {
		maphash.WriteComparable(h, t.Frames[i])
	}
	for i := range t.Props {
		maphash.WriteComparable(h, [...]string{t.Props[i].Name, t.Props[i].Text})
	}
	for _, e := range t.Errors {
		hashTrace(h, e)
	}
	maphash.WriteComparable(h, t.Cause != nil)
	if t.Cause != nil {
		hashTrace(h, t.Cause)
	}
}

// counted is a trace that is to be counted.
type counted struct {
	from      source
	found     logscan.Found
	key       uint64
	known     *meaning
	isNew     bool                 // what it means was not remembered
	mapped    sourcemap.Result     // of a new one, if there are maps
	options   []normalize.Option   // that come from the maps
	canonical *normalize.Canonical // of a new one that is wanted
}

// The limits of a batch: what a canonical form is made of at the same time as of others.
const (
	maxBatch      = 256
	maxBatchBytes = 4 << 20
)

// batch are traces that wait to be counted together, by several processors.
type batch struct {
	traces []counted
	bytes  int
}

// judge fills in what the traces of a batch mean, with so many workers. What was not known is written to the traces
// alone, so that the workers share nothing that one of them changes.
func (g *groups) judge(traces []counted, workers int) {
	if workers <= 1 || len(traces) < 2 {
		for i := range traces {
			g.judgeOne(&traces[i])
		}
		return
	}
	size := (len(traces) + workers - 1) / workers
	var all sync.WaitGroup
	for part := range slices.Chunk(traces, size) {
		all.Go(func() {
			for i := range part {
				g.judgeOne(&part[i])
			}
		})
	}
	all.Wait()
}

func (g *groups) judgeOne(c *counted) {
	if c.known != nil {
		return
	}
	c.isNew = true
	if g.refine != nil && !g.refine(c) {
		c.known = &meaning{unwanted: true}
		return
	}
	c.canonical = normalize.Trace(c.found.Trace, append(slices.Clip(g.rules), c.options...)...)
	c.known = &meaning{fingerprint: c.canonical.Fingerprint(g.by), message: c.canonical.Message}
}
