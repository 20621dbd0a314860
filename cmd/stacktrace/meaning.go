package main

import (
	"slices"
	"sync"

	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// counted is a trace that is to be counted.
type counted struct {
	at      groups.Place
	found   logscan.Found
	key     uint64
	known   *groups.Meaning
	isNew   bool               // what it means was not remembered
	mapped  sourcemap.Result   // of a new one, if there are maps
	options []normalize.Option // that come from the maps
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
func (g *grouping) judge(traces []counted, workers int) {
	if workers <= 1 || len(traces) < 2 {
		for i := range traces {
			g.judgeOne(&traces[i], g.normalizer(0))
		}
		return
	}
	size := (len(traces) + workers - 1) / workers
	worker := 0
	var all sync.WaitGroup
	for part := range slices.Chunk(traces, size) {
		n := g.normalizer(worker)
		worker++
		all.Go(func() {
			for i := range part {
				g.judgeOne(&part[i], n)
			}
		})
	}
	all.Wait()
}

// normalizer returns the normalizer of a worker.
func (g *grouping) normalizer(worker int) *normalize.Normalizer {
	for worker >= len(g.normalizers) {
		g.normalizers = append(g.normalizers, normalize.NewNormalizer(g.rules...))
	}
	return g.normalizers[worker]
}

func (g *grouping) judgeOne(c *counted, n *normalize.Normalizer) {
	if c.known != nil {
		return
	}
	c.isNew = true
	if g.refine != nil && !g.refine(c) {
		c.known = &groups.Meaning{Unwanted: true}
		return
	}
	if c.options != nil {
		c.known = groups.MeaningOf(g.canonical(c), g.by)
		return
	}
	c.known = groups.MeaningOf(n.Trace(c.found.Trace), g.by)
	c.known.Message.Params = slices.Clone(c.known.Message.Params) // the normalizer uses its memory again
}

// canonical returns the canonical form of a trace.
func (g *grouping) canonical(c *counted) *normalize.Canonical {
	return normalize.Trace(c.found.Trace, append(slices.Clip(g.rules), c.options...)...)
}
