package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
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
)

// grouping is the command that prints which failures of a log are most frequent.
//
// It keeps of each group what is printed, and nothing of the traces: at most 6 KiB or so, where names and messages are long.
type grouping struct {
	*command
	by      normalize.Strength
	several bool

	groups   map[string]*group // by fingerprint
	max      int               // the number of them
	total    int               // of traces
	others   int               // traces of groups that are one too many
	timeline timeline
}

// group is the traces of one fingerprint.
type group struct {
	fingerprint string
	count       int
	first, last time.Time           // zero if no trace had a time
	engines     []stacktrace.Engine // in the order in which they came

	// What the first trace said that said something.
	typ, message, template string
	varies                 bool // others had another message
	frames                 []normalize.CanonicalFrame

	input int // where the first trace is
	name  string
	start int64

	counts counts // over time
}

// ranked is one line of the output of top.
type ranked struct {
	Fingerprint string                     `json:"fingerprint"`
	Count       int                        `json:"count"`
	Share       float64                    `json:"share"`
	First       *time.Time                 `json:"first,omitempty"`
	Last        *time.Time                 `json:"last,omitempty"`
	Engines     []stacktrace.Engine        `json:"engines"`
	Type        string                     `json:"type,omitempty"`
	Message     string                     `json:"message,omitempty"`
	Template    string                     `json:"template,omitempty"`
	Frames      []normalize.CanonicalFrame `json:"frames"`
	File        string                     `json:"file,omitempty"`
	Start       int64                      `json:"start"`
	Timeline    *overTime                  `json:"timeline,omitempty"`
}

// overTime is how many traces of a group there were in each part of the time that the log covers.
type overTime struct {
	Start     time.Time `json:"start"`
	Seconds   float64   `json:"seconds"` // of one part
	Counts    []uint32  `json:"counts"`
	Sparkline string    `json:"sparkline"`
}

func (c *command) top(args []string) error {
	flags := c.flags("top")
	format := flags.String("format", "", "")
	by := flags.String("by", normalize.Stable.String(), "")
	n := flags.Int("n", 10, "")
	files, err := parseFlags(flags, args)
	if err != nil {
		return err
	}
	if err := c.chooseFormat(format, "json"); err != nil {
		return err
	}
	if *n < 0 {
		return fmt.Errorf("-n %d is less than none", *n)
	}
	g := &grouping{command: c, several: len(files) > 1, groups: map[string]*group{}, max: maxGroups}
	if g.by, err = readStrength(*by); err != nil {
		return err
	}
	c.showProgress(c.inputSize(files))
	c.readLogs(files, logscan.Options{}, func(name string, f logscan.Found) error {
		g.add(name, f)
		return nil
	})
	c.found = g.total > 0
	out := bufio.NewWriter(c.stdout)
	if *format == "json" {
		err = g.writeJSON(out, *n)
	} else {
		g.writeText(out, *n)
	}
	if flushing := out.Flush(); err == nil {
		err = flushing
	}
	c.report(err)
	return nil
}

// readStrength reads the name of a strength of fingerprints.
func readStrength(name string) (normalize.Strength, error) {
	for _, s := range [...]normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose} {
		if s.String() == name {
			return s, nil
		}
	}
	return 0, fmt.Errorf("unknown fingerprint %q: exact, stable or loose", name)
}

// add counts one trace.
func (g *grouping) add(name string, f logscan.Found) {
	g.total++
	canonical := normalize.Trace(f.Trace)
	key := canonical.Fingerprint(g.by)
	found := g.groups[key]
	if found == nil {
		if len(g.groups) == g.max {
			g.others++
			return
		}
		found = &group{fingerprint: key, input: g.current, name: name, start: f.Start, frames: appFrames(canonical.Frames)}
		g.groups[key] = found
	}
	found.count++
	if found.input == g.current {
		found.start = min(found.start, f.Start) // traces come in the order of their ends
	}
	found.tell(f.Trace, canonical)
	if year := f.Time.UTC().Year(); year < 1900 || year > 9999 { // no time, or none that JSON can have
		return
	}
	if found.first.IsZero() || f.Time.Before(found.first) {
		found.first = f.Time
	}
	if f.Time.After(found.last) {
		found.last = f.Time
	}
	bucket, coarser := g.timeline.at(f.Time)
	if coarser != nil {
		for _, other := range g.groups {
			coarser(&other.counts)
		}
	}
	found.counts[bucket]++
}

// tell takes from a trace what is not known of its group. Strings are copied, since a piece of a
// trace keeps the whole text of it.
func (g *group) tell(t *stacktrace.Trace, c *normalize.Canonical) {
	if t.Engine != stacktrace.NoEngine && !slices.Contains(g.engines, t.Engine) {
		g.engines = append(g.engines, t.Engine)
	}
	if g.typ == "" {
		g.typ = shorten(t.Type, maxName)
	}
	switch {
	case t.Message == "":
	case g.message == "":
		g.message, g.template = shorten(t.Message, maxMessage), shorten(c.Message.Text, maxMessage)
	case !g.varies:
		g.varies = g.message != shorten(t.Message, maxMessage)
	}
}

// appFrames returns the first calls of the application's own code, or the first call of all if there
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

// shorten returns a copy of s, of at most limit bytes and a sign that it is not all.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return strings.Clone(s)
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}

// rank returns the n most frequent groups, or all if n is 0. Of those as frequent the one that was
// seen first comes first.
func (g *grouping) rank(n int) []*group {
	all := make([]*group, 0, len(g.groups))
	for _, one := range g.groups {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.input, b.input),
			cmp.Compare(a.start, b.start), cmp.Compare(a.fingerprint, b.fingerprint))
	})
	if n > 0 && n < len(all) {
		all = all[:n]
	}
	return all
}

func (g *grouping) writeJSON(out io.Writer, n int) error {
	encoder := newEncoder(out)
	for _, one := range g.rank(n) {
		line := ranked{
			Fingerprint: one.fingerprint,
			Count:       one.count,
			Share:       g.share(one.count),
			Engines:     one.engines,
			Type:        one.typ,
			Message:     one.message,
			Template:    one.template,
			Frames:      one.frames,
			Start:       one.start,
		}
		if line.Engines == nil {
			line.Engines = []stacktrace.Engine{}
		}
		if g.several {
			line.File = one.name
		}
		if !one.first.IsZero() {
			first, last := one.first.UTC(), one.last.UTC() // JSON cannot have every zone that logs have
			line.First, line.Last = &first, &last
			if counts := g.timeline.read(&one.counts); counts != nil {
				start, seconds := g.timeline.parts()
				line.Timeline = &overTime{start, seconds, counts, sparkline(counts)}
			}
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	if g.others > 0 {
		fmt.Fprintf(g.stderr, "stacktrace: %d traces are of other groups than the first %d, and only counted\n", g.others, g.max)
	}
	return nil
}

// share returns the part that count is of all traces.
func (g *grouping) share(count int) float64 { return float64(count) / float64(g.total) }

// writeText writes the groups for a person: a line for the failure, under it where it was and when.
//
//	3  37.5 %  ▁▁▂▁█▁▁▁▁▁▁▁▁▁▁  TypeError: Cannot read properties of undefined (reading 'price')
//	   Cart.add     /src/shop.js:4
//	   exports.run  /src/run.js:6
//	   V8, 2026-11-21 22:29:46.96 Z to 2026-11-21 22:29:47.1 Z
//	   st1:s8d292f19d9fef2f85f942ba3159be95e
func (g *grouping) writeText(out io.Writer, n int) {
	shown := g.rank(n)
	if len(shown) == 0 {
		return
	}
	var b strings.Builder
	width := len(fmt.Sprint(g.total))
	rest := g.total
	for _, one := range shown {
		rest -= one.count
		fmt.Fprintf(&b, "%*d  %5.1f %%", width, one.count, 100*g.share(one.count))
		if line := sparkline(g.timeline.read(&one.counts)); line != "" {
			fmt.Fprintf(&b, "  %s", line)
		}
		fmt.Fprintf(&b, "  %s\n", one.title())
		indent := strings.Repeat(" ", width+2)
		funcs := 0
		for _, f := range one.frames {
			funcs = max(funcs, min(utf8.RuneCountInString(f.Func), 40))
		}
		for _, f := range one.frames {
			place := f.File
			if f.Line > 0 {
				place = fmt.Sprintf("%s:%d", place, f.Line)
			}
			fmt.Fprintf(&b, "%s%-*s  %s\n", indent, funcs, f.Func, place)
		}
		var names []string
		for _, engine := range one.engines {
			names = append(names, engineName(engine))
		}
		fmt.Fprintf(&b, "%s%s%s\n", indent, strings.Join(names, ", "), one.when())
		fmt.Fprintf(&b, "%s%s\n\n", indent, one.fingerprint)
	}
	if rest > 0 {
		fmt.Fprintf(&b, "%*d  %5.1f %%  ", width, rest, 100*g.share(rest))
		switch hidden := len(g.groups) - len(shown); {
		case g.others > 0:
			fmt.Fprintf(&b, "other groups, of which only the first %d are told apart\n", g.max)
		case hidden == 1:
			b.WriteString("1 other group\n")
		default:
			fmt.Fprintf(&b, "%d other groups\n", hidden)
		}
	}
	fmt.Fprintf(&b, "%*d  traces\n", width, g.total)
	io.WriteString(out, strings.Map(visible, b.String()))
}

// title returns the first line of what the group's errors say: with placeholders if they differ.
func (g *group) title() string {
	message := g.message
	if g.varies {
		message = g.template
	}
	line, _, more := strings.Cut(message, "\n")
	line = shorten(line, maxTitle)
	if more {
		line += " …"
	}
	switch {
	case g.typ == "" && line == "":
		return "(an error without a header)"
	case g.typ == "":
		return line
	case line == "":
		return g.typ
	}
	return g.typ + ": " + line
}

// when returns when the group was seen.
func (g *group) when() string {
	const layout = "2006-01-02 15:04:05.999 Z07:00"
	switch {
	case g.first.IsZero():
		return ""
	case g.first.Equal(g.last):
		return ", " + g.first.Format(layout)
	}
	return ", " + g.first.Format(layout) + " to " + g.last.Format(layout)
}

// The number of parts that the time from the first to the last trace is drawn in.
const (
	minParts = 8
	maxParts = 24
)

// counts are the traces of a group in each part of the time. The part with number i is at i&31: there
// are never as many parts as that, and they follow each other.
type counts [32]uint32

// timeline divides the time of all traces into parts. They get longer, twice as long each time, as
// the time that was seen grows; the traces need not be kept for that, nor come in order.
type timeline struct {
	from, to int64 // in microseconds
	shift    uint  // a part is 1<<shift microseconds
	begun    bool
}

// at returns where the part of t is in counts. If parts are longer now than they were, coarser is
// what all counts have to go through first.
func (l *timeline) at(t time.Time) (bucket int, coarser func(*counts)) {
	micro := t.UnixMicro()
	if !l.begun {
		l.from, l.to, l.begun = micro, micro, true
	}
	old := *l
	l.from, l.to = min(l.from, micro), max(l.to, micro)
	for l.to>>l.shift-l.from>>l.shift >= maxParts {
		l.shift++
	}
	if l.shift > old.shift {
		coarser = func(c *counts) {
			var merged counts
			for i := old.from >> old.shift; i <= old.to>>old.shift; i++ {
				merged[i>>(l.shift-old.shift)&31] += c[i&31]
			}
			*c = merged
		}
	}
	return int(micro >> l.shift & 31), coarser
}

// parts returns when the first part begins, and how long each is.
func (l *timeline) parts() (start time.Time, seconds float64) {
	return time.UnixMicro(l.from >> l.shift << l.shift).UTC(), float64(int64(1)<<l.shift) / 1e6
}

// read returns the counts of all parts in order; nil if nothing happened, or everything at once.
func (l *timeline) read(c *counts) []uint32 {
	if l.from == l.to || *c == (counts{}) {
		return nil
	}
	from, to := l.from>>l.shift, l.to>>l.shift
	all := make([]uint32, max(to-from+1, minParts))
	for i := from; i <= to; i++ {
		all[i-from] = c[i&31]
	}
	return all
}

// sparkline draws counts. What is more than nothing is higher than nothing.
func sparkline(counts []uint32) string {
	var b strings.Builder
	for _, n := range counts {
		level := uint64(0)
		if n > 0 {
			level = 1 + (uint64(n)*7-1)/uint64(slices.Max(counts))
		}
		b.WriteRune(rune('▁' + level))
	}
	return b.String()
}
