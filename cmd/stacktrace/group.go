package main

import (
	"runtime"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

const (
	maxGroups  = 10_000 // that are kept; traces of more are only counted
	maxStreams = 4      // of a group
)

// grouping is the traces of a log by fingerprint.
//
// Of each group what is printed is kept, and nothing of the traces: at most 10 KiB or so, where names and
// messages are long.
type grouping struct {
	by     normalize.Strength
	rules  []normalize.Option                           // what fingerprints count
	max    int                                          // the number of groups
	teller *teller                                      // of releases and browsers; nil if nobody wants to know them
	refine func(*counted) bool                          // undoes minification and reports whether a trace counts; may be nil
	keep   func(*group, *counted, *normalize.Canonical) // what else is taken from the first trace of a group; may be nil

	byKey  map[string]*group
	total  int // traces
	others int // traces of groups that are one too many

	last    groups.Place // of the trace that was added last
	known   *groups.Meanings
	pending batch

	normalizers []*normalize.Normalizer // of the workers
}

// group is the traces of one fingerprint.
type group struct {
	groups.Group
	streams  []groups.Tally // the first ones
	releases []groups.Tally // the first ones that are told
	browsers []groups.Tally // the same
	detail   *detail        // of a report; else nil
}

func newGroups(by normalize.Strength) *grouping {
	return &grouping{by: by, max: maxGroups, byKey: map[string]*group{}, known: groups.NewMeanings()}
}

// addLater counts a trace together with others, by all processors, when there are enough of them or flush
// is called.
func (g *grouping) addLater(from source, f logscan.Found) {
	g.pending.traces = append(g.pending.traces, counted{at: g.place(from, &f), found: f})
	g.pending.bytes += len(f.Text)
	if len(g.pending.traces) >= maxBatch || g.pending.bytes >= maxBatchBytes {
		g.flush()
	}
}

// flush counts the traces that addLater has kept.
func (g *grouping) flush() {
	g.addAll(g.pending.traces, runtime.GOMAXPROCS(0))
	clear(g.pending.traces) // their texts are not needed any more
	g.pending = batch{traces: g.pending.traces[:0]}
}

// add counts one trace.
func (g *grouping) add(from source, f logscan.Found) {
	g.addAll([]counted{{at: g.place(from, &f), found: f}}, 1)
}

// place returns where a trace is that is added now.
func (g *grouping) place(from source, f *logscan.Found) groups.Place {
	at := groups.Place{Index: from.index, File: from.name, Start: f.Start, End: f.End}
	if last := g.last; last.Index == at.Index && last.Start == at.Start && last.End == at.End {
		at.Nth = last.Nth + 1
	}
	g.last = at
	return at
}

// addAll counts traces in their order.
func (g *grouping) addAll(traces []counted, workers int) {
	for i := range traces {
		c := &traces[i]
		c.key = g.known.Key(c.found.Trace)
		c.known = g.known.Get(c.key)
	}
	g.judge(traces, workers)
	for i := range traces {
		g.count(&traces[i])
	}
}

// count counts a trace of which it is known what it means.
func (g *grouping) count(c *counted) {
	if c.known.Unwanted {
		g.remember(c, "")
		return
	}
	g.total++
	found := g.byKey[c.known.Fingerprint]
	if found == nil {
		if len(g.byKey) == g.max {
			g.others++
			return
		}
		found = new(group)
	}
	found.Add(&c.found, &c.at, c.known)
	if found.Count == 1 {
		g.byKey[found.Fingerprint] = found
		if g.keep != nil {
			g.keep(found, c, g.canonical(c))
		}
	}
	g.remember(c, found.Fingerprint)
	if c.found.Stream != "" {
		found.streams = count(found.streams, c.found.Stream, maxStreams)
	}
	if g.teller == nil {
		return
	}
	release, browser := g.teller.read(c.at.File, &c.found)
	if release != "" {
		found.releases = count(found.releases, release, maxTallies)
	}
	if browser != "" {
		found.browsers = count(found.browsers, browser, maxTallies)
	}
}

// remember keeps what a trace means, if that was not known.
func (g *grouping) remember(c *counted, fingerprint string) {
	if c.isNew {
		g.known.Remember(c.key, c.known, fingerprint)
	}
}

// count adds one to the tally of name, or begins one if there are not too many.
func count(all []groups.Tally, name string, most int) []groups.Tally {
	for i := range all {
		if all[i].Name == name {
			all[i].Count++
			return all
		}
	}
	if len(all) < most {
		all = append(all, groups.Tally{Name: groups.Shorten(name, groups.MaxName), Count: 1})
	}
	return all
}

// rank returns the n most frequent of all groups that are wanted, or all of them if n is 0. Of those as
// frequent the one that was seen first comes first.
func (g *grouping) rank(n int, wanted func(*group) bool) []*group {
	all := make([]*group, 0, len(g.byKey))
	for _, one := range g.byKey {
		if wanted == nil || wanted(one) {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b *group) int { return groups.Compare(&a.Group, &b.Group) })
	if n > 0 && n < len(all) {
		all = all[:n]
	}
	return all
}

// totals returns what all groups have together.
func (g *grouping) totals() *groups.Totals {
	var all groups.Totals
	for _, one := range g.byKey {
		all.Add(&one.Group)
	}
	all.Traces = g.total
	return &all
}

// when returns when the group was seen.
func (g *group) when() string {
	switch {
	case g.First.IsZero():
		return ""
	case g.First.Equal(g.Last):
		return g.First.Format(timeLayout)
	}
	return g.First.Format(timeLayout) + " to " + g.Last.Format(timeLayout)
}

// engineNamesOf returns the names of the engines in which the group was seen.
func (g *group) engineNamesOf() string {
	var names []string
	for _, e := range g.Engines() {
		names = append(names, e.Engine.Title())
	}
	return strings.Join(names, ", ")
}
