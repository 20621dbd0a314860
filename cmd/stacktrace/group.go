package main

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

const (
	maxGroups    = 10_000 // that are kept; traces of more are only counted
	maxAppFrames = 3      // of a group
	maxMessage   = 1000   // bytes of a message that are kept
	maxTitle     = 200    // bytes of a message that are shown to a person
	maxName      = 300    // bytes of a function's or file's name that are kept
	maxMessages  = 4      // of a group, of which it is counted how often they were logged
	maxStreams   = 4      // of a group
	maxParams    = 8      // of the messages of a group
)

// groups are the traces of a log by fingerprint.
//
// Of each group what is printed is kept, and nothing of the traces: at most 10 KiB or so, where names and
// messages are long.
type groups struct {
	by     normalize.Strength
	rules  []normalize.Option     // what fingerprints count
	max    int                    // the number of groups
	refine func(*counted) bool    // undoes minification and reports whether a trace counts; may be nil
	keep   func(*group, *counted) // what else is taken from the first trace of a group; may be nil

	byKey    map[string]*group
	total    int // traces
	others   int // traces of groups that are one too many
	timeline timeline

	known   *meanings
	pending batch
}

// group is the traces of one fingerprint.
type group struct {
	fingerprint string
	count       int
	first, last time.Time // zero if no trace had a time
	engines     []tally   // in the order in which they came
	streams     []tally   // the first ones

	// What the first trace said that said something.
	typ, code, message, template, cause string
	frames                              []normalize.CanonicalFrame

	// What the messages have in common.
	kind    string // of a message of an engine
	logged  []tally
	varies  bool // others had another message
	mixed   bool // others had a message with another template
	params  []normalize.Param
	changed []string // the names of parameters with several values

	example example
	counts  counts  // over time
	detail  *detail // of a report; else nil
}

// tally tells how often something was seen.
type tally struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// example is where the first trace of a group is.
type example struct {
	from  source
	start int64 // in bytes
	line  int   // from 1; 0 if nobody counted
}

// String returns the place as "app.log:7", or with the offset if nobody counted lines.
func (e example) String() string {
	if e.line == 0 {
		return fmt.Sprintf("%s, byte %d", e.from.name, e.start)
	}
	return fmt.Sprintf("%s:%d", e.from.name, e.line)
}

func newGroups(by normalize.Strength) *groups {
	return &groups{by: by, max: maxGroups, byKey: map[string]*group{}, known: newMeanings()}
}

// addLater counts a trace together with others, by all processors, when there are enough of them or flush
// is called.
func (g *groups) addLater(from source, f logscan.Found) {
	g.pending.traces = append(g.pending.traces, counted{from: from, found: f})
	g.pending.bytes += len(f.Text)
	if len(g.pending.traces) >= maxBatch || g.pending.bytes >= maxBatchBytes {
		g.flush()
	}
}

// flush counts the traces that addLater has kept.
func (g *groups) flush() {
	g.addAll(g.pending.traces, runtime.GOMAXPROCS(0))
	clear(g.pending.traces) // their texts are not needed any more
	g.pending = batch{traces: g.pending.traces[:0]}
}

// add counts one trace.
func (g *groups) add(from source, f logscan.Found) {
	g.addAll([]counted{{from: from, found: f}}, 1)
}

// addAll counts traces in their order.
func (g *groups) addAll(traces []counted, workers int) {
	for i := range traces {
		c := &traces[i]
		c.key = g.known.key(c.found.Trace)
		c.known = g.known.get(c.key)
	}
	g.judge(traces, workers)
	for i := range traces {
		g.count(&traces[i])
	}
}

// count counts a trace of which it is known what it means.
func (g *groups) count(c *counted) {
	if c.known.unwanted {
		g.remember(c, "")
		return
	}
	g.total++
	found := g.byKey[c.known.fingerprint]
	if found == nil {
		if len(g.byKey) == g.max || c.canonical == nil {
			g.others++
			return
		}
		found = &group{fingerprint: c.known.fingerprint, example: example{from: c.from, start: c.found.Start}, frames: appFrames(c.canonical.Frames)}
		g.byKey[found.fingerprint] = found
		if g.keep != nil {
			g.keep(found, c)
		}
	}
	g.remember(c, found.fingerprint)
	found.count++
	if found.example.from.index == c.from.index {
		found.example.start = min(found.example.start, c.found.Start) // traces come in the order of their ends
	}
	found.tell(&c.found, &c.known.message)
	g.tellTime(found, c.found.Time)
}

// remember keeps what a trace means, if that was not known.
func (g *groups) remember(c *counted, fingerprint string) {
	if c.isNew {
		g.known.remember(c.key, c.known, fingerprint)
	}
}

// tellTime counts a trace of a group in the part of the time that it is in.
func (g *groups) tellTime(one *group, at time.Time) {
	if year := at.UTC().Year(); year < 1900 || year > 9999 { // no time, or none that JSON can have
		return
	}
	if one.first.IsZero() || at.Before(one.first) {
		one.first = at
	}
	if at.After(one.last) {
		one.last = at
	}
	bucket, coarser := g.timeline.at(at)
	if coarser != nil {
		for _, other := range g.byKey {
			coarser(&other.counts)
		}
	}
	one.counts[bucket]++
}

// tell takes from a trace what is not known of its group. Strings are copied, since a piece of a
// trace keeps the whole text of it.
func (g *group) tell(f *logscan.Found, message *normalize.Template) {
	t := f.Trace
	if engine := engineOf(t); engine != "" {
		g.engines = count(g.engines, engine, 1<<10)
	}
	if f.Stream != "" {
		g.streams = count(g.streams, f.Stream, maxStreams)
	}
	if g.typ == "" {
		g.typ = shorten(t.Type, maxName)
	}
	if g.code == "" {
		g.code = shorten(t.Code, maxName)
	}
	if g.cause == "" {
		g.cause = causeOf(t)
	}
	if t.Message != "" {
		g.tellMessage(t.Message, message)
	}
}

// tellMessage counts a message, and keeps what is the same in all of them.
func (g *group) tellMessage(text string, template *normalize.Template) {
	if g.message == "" {
		g.message, g.template = shorten(text, maxMessage), shorten(template.Text, maxMessage)
		g.kind = strings.Clone(template.Kind)
	} else {
		g.varies = g.varies || !isShortened(g.message, text, maxMessage)
		g.mixed = g.mixed || !isShortened(g.template, template.Text, maxMessage)
	}
	for _, p := range template.Params {
		g.tellParam(p)
	}
	g.logged = frequent(g.logged, text)
}

// tellParam keeps a parameter of a message, unless others had another value. Not every engine tells all
// of them.
func (g *group) tellParam(p normalize.Param) {
	if slices.Contains(g.changed, p.Name) {
		return
	}
	i := slices.IndexFunc(g.params, func(q normalize.Param) bool { return p.Name == q.Name })
	switch {
	case i < 0 && len(g.params) < maxParams:
		g.params = append(g.params, normalize.Param{Name: shorten(p.Name, maxName), Value: shorten(p.Value, maxName)})
	case i >= 0 && !isShortened(g.params[i].Value, p.Value, maxName):
		g.params = slices.Delete(g.params, i, i+1)
		g.changed = append(g.changed, strings.Clone(p.Name))
	}
}

// isShortened reports whether short is what shorten makes of s.
func isShortened(short, s string, limit int) bool {
	if len(s) <= limit {
		return short == s
	}
	kept, cut := strings.CutSuffix(short, "…")
	return cut && len(kept) <= limit && limit-len(kept) < utf8.UTFMax && strings.HasPrefix(s, kept)
}

// count adds one to the tally of name, or begins one if there are not too many.
func count(all []tally, name string, most int) []tally {
	for i := range all {
		if all[i].Name == name {
			all[i].Count++
			return all
		}
	}
	if len(all) < most {
		all = append(all, tally{shorten(name, maxName), 1})
	}
	return all
}

// frequent counts a message among those that are kept. What is one of more than maxMessages takes one off
// all counts instead, so that whatever is logged in more than a fifth of all cases is kept in the end,
// by the algorithm of Misra and Gries.
func frequent(all []tally, text string) []tally {
	for i := range all {
		if isShortened(all[i].Name, text, maxMessage) {
			all[i].Count++
			return all
		}
	}
	if len(all) < maxMessages {
		return append(all, tally{shorten(text, maxMessage), 1})
	}
	for i := range all {
		all[i].Count--
	}
	return slices.DeleteFunc(all, func(t tally) bool { return t.Count == 0 })
}

// causeOf returns the title of the innermost cause of an error; "" if it has none.
func causeOf(t *stacktrace.Trace) string {
	cause := t.Cause
	if cause == nil {
		return ""
	}
	for cause.Cause != nil {
		cause = cause.Cause
	}
	return strings.Clone(cause.Title())
}

// appFrames returns the first calls of the application's code, or the first call of all if there
// are none.
func appFrames(frames []normalize.CanonicalFrame) []normalize.CanonicalFrame {
	kept := []normalize.CanonicalFrame{}
	for _, f := range frames {
		if f.InApp && len(kept) < maxAppFrames {
			kept = append(kept, f)
		}
	}
	if len(kept) == 0 && len(frames) > 0 {
		kept = append(kept, frames[0])
	}
	for i := range kept {
		f := &kept[i]
		f.Func, f.File, f.Package = shorten(f.Func, maxName), shorten(f.File, maxName), shorten(f.Package, maxName)
		f.Boundary = ""
	}
	return kept
}

// shorten returns a copy of s, of at most limit bytes, and an ellipsis if that is not all.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return strings.Clone(s)
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}

// rank returns the n most frequent of all groups that are wanted, or all of them if n is 0. Of those as
// frequent the one that was seen first comes first.
func (g *groups) rank(n int, wanted func(*group) bool) []*group {
	all := make([]*group, 0, len(g.byKey))
	for _, one := range g.byKey {
		if wanted == nil || wanted(one) {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.example.from.index, b.example.from.index),
			cmp.Compare(a.example.start, b.example.start), cmp.Compare(a.fingerprint, b.fingerprint))
	})
	if n > 0 && n < len(all) {
		all = all[:n]
	}
	return all
}

// share returns the part that count is of all traces.
func (g *groups) share(count int) float64 { return float64(count) / float64(g.total) }

// words returns what the group's errors say. If most of them say the same, it is that. It is the message
// that was logged most, too, if all mean the same in the words of several engines, or if they do not even
// have one template. Else it is the template, with the parameters that all have.
func (g *group) words() string {
	if !g.varies || len(g.logged) == 0 {
		return g.message
	}
	most := g.logged[0]
	for _, m := range g.logged[1:] {
		if m.Count > most.Count {
			most = m
		}
	}
	if 2*most.Count > g.count || g.mixed || g.kind != "" && len(g.changed) == 0 {
		return most.Name
	}
	if g.kind == "" || len(g.params) == 0 {
		return g.template
	}
	var shared []string
	for _, p := range g.params {
		shared = append(shared, p.Name+" "+p.Value)
	}
	return g.template + " (" + strings.Join(shared, ", ") + ")"
}

// title returns the type and the first line of what the group's errors say.
func (g *group) title() string {
	text := strings.TrimLeft(g.words(), "\n")
	line, _, more := strings.Cut(text, "\n")
	line = shorten(line, maxTitle)
	if more {
		line += " …"
	}
	switch {
	case g.typ == "" && line == "" && g.code == "":
		return "(an error without a header)"
	case g.typ == "" && line == "":
		return g.code
	case g.typ == "":
		return line
	case line == "":
		return g.typ
	}
	return g.typ + ": " + line
}

// culprit returns the call that the failure is put down to, the first one of the application's code
// if there is any: "load (/src/cart.js:12)". "" if there is no frame.
func (g *group) culprit() string {
	if len(g.frames) == 0 {
		return ""
	}
	f := g.frames[0]
	if f.File == "" {
		return f.Func
	}
	return fmt.Sprintf("%s (%s)", f.Func, canonicalPlace(f))
}

// when returns when the group was seen.
func (g *group) when() string {
	switch {
	case g.first.IsZero():
		return ""
	case g.first.Equal(g.last):
		return g.first.Format(timeLayout)
	}
	return g.first.Format(timeLayout) + " to " + g.last.Format(timeLayout)
}

// engineNamesOf returns the names of the engines in which the group was seen.
func (g *group) engineNamesOf() string {
	var names []string
	for _, e := range g.engines {
		names = append(names, engineTitle(e.Name))
	}
	return strings.Join(names, ", ")
}
