// Package groups counts the traces of logs by fingerprint. What is kept of each group is bounded, and it hangs on
// neither the order of the traces nor on which of them were counted together: groups that were counted in different
// places can be merged, and are the same as one that was counted in one place.
package groups

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

const (
	MaxName = 300 // bytes of a function's or file's name that are kept

	maxAppFrames = 3    // of a group
	maxMessage   = 1000 // bytes of a message that are kept
	maxTitle     = 200  // bytes of a message that are shown to a person
	maxParams    = 8    // of the messages of a group
)

// Place is where a trace is. Traces are ordered by the index of their file, its name, and where they begin.
type Place struct {
	Index      int    // of the file among the inputs, from 0
	File       string // its name
	Start, End int64  // in bytes
	Nth        int    // among the traces with the same lines, from 0

	// Line is the number of the line that the trace begins with, from 1; 0 if nobody counted. Counting began at the
	// offset Base.
	Line int
	Base int64
}

// Compare returns -1, 0 or 1 if p is before q, the same place or behind it.
func (p *Place) Compare(q *Place) int {
	return cmp.Or(cmp.Compare(p.Index, q.Index), strings.Compare(p.File, q.File),
		cmp.Compare(p.Start, q.Start), cmp.Compare(p.End, q.End), cmp.Compare(p.Nth, q.Nth))
}

// String returns the place as "app.log:7", or with the offset if nobody counted lines.
func (p Place) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s, byte %d", p.File, p.Start)
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Group is the traces of one fingerprint. The zero value has none. At most some 15 KiB are kept of it, where names
// and messages are long, and nothing of the traces.
type Group struct {
	Fingerprint string
	Count       int
	First, Last time.Time // zero if no trace had a time

	// Example is the place of the first trace, and Frames are the first calls of the application's code in it, or
	// its first call if there are none.
	Example Place
	Frames  []normalize.CanonicalFrame

	engines []engineCount
	span    Timeline
	counts  counts // over time

	// What the first trace said that said something.
	typ, code, cause, message said
	template, kind            string // of message

	// What the messages have in common.
	logged messages
	mixed  bool // others had a message with another template
	params []param
}

// said is something that the first trace said which said anything.
type said struct {
	text string
	at   Place
}

// engineCount tells how many traces were in the syntax of an engine, and where the first one is.
type engineCount struct {
	engine stacktrace.Engine
	count  int
	at     Place
}

// param is a parameter of the messages of a group, unless others had another value.
type param struct {
	name, value string
	changed     bool
	at          Place // where it was first said
	nth         int   // among those of the same message
}

// Tally tells how often something was seen.
type Tally struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Add counts one trace with its place and what it means. Strings are copied, since a piece of a trace keeps the
// whole text of it.
func (g *Group) Add(f *logscan.Found, at *Place, m *Meaning) {
	t := f.Trace
	g.tellExample(at, m.Frames, m.Fingerprint)
	g.Count++
	if t.Engine != stacktrace.NoEngine {
		g.tellEngine(engineCount{t.Engine, 1, *at})
	}
	g.typ.tell(t.Type, MaxName, at)
	g.code.tell(t.Code, MaxName, at)
	if g.cause.text == "" || at.Compare(&g.cause.at) < 0 {
		g.cause.tell(causeOf(t), maxMessage, at)
	}
	if t.Message != "" {
		g.tellMessage(t.Message, at, m.Message.Text, m.Message.Kind)
		g.logged.add(message{hash: hashOf(t.Message), count: 1, at: *at}.with(t.Message))
		for i, p := range m.Message.Params {
			g.tellParam(param{name: p.Name, value: p.Value, at: *at, nth: i})
		}
	}
	g.tellTimes(f.Time, f.Time)
	if g.span.add(f.Time, &g.counts) {
		g.counts.add(g.span.bucket(f.Time.UnixMicro()), 1)
	}
}

// Merge counts the traces of another group with the same fingerprint.
func (g *Group) Merge(o *Group) {
	if o.Count == 0 {
		return
	}
	g.tellExample(&o.Example, o.Frames, o.Fingerprint)
	g.Count += o.Count
	for _, e := range o.engines {
		g.tellEngine(e)
	}
	g.typ.tell(o.typ.text, MaxName, &o.typ.at)
	g.code.tell(o.code.text, MaxName, &o.code.at)
	g.cause.tell(o.cause.text, maxMessage, &o.cause.at)
	if o.message.text != "" {
		g.mixed = g.mixed || o.mixed
		g.tellMessage(o.message.text, &o.message.at, o.template, o.kind)
		g.logged.merge(&o.logged)
		for _, p := range o.params {
			g.tellParam(p)
		}
	}
	if !o.First.IsZero() {
		g.tellTimes(o.First, o.Last)
	}
	g.counts.merge(&g.span, &o.counts, o.span)
}

// tellExample tells of a trace that may be the first.
func (g *Group) tellExample(at *Place, frames []normalize.CanonicalFrame, fingerprint string) {
	if g.Count > 0 && g.Example.Compare(at) <= 0 {
		return
	}
	if g.Count == 0 {
		g.Fingerprint = strings.Clone(fingerprint)
	}
	g.Example, g.Frames = *at, slices.Clone(frames)
	for i := range g.Frames {
		f := &g.Frames[i]
		f.Func, f.File, f.Package = strings.Clone(f.Func), strings.Clone(f.File), strings.Clone(f.Package)
	}
}

func (g *Group) tellEngine(e engineCount) {
	for i := range g.engines {
		if known := &g.engines[i]; known.engine == e.engine {
			known.count += e.count
			if e.at.Compare(&known.at) < 0 {
				known.at = e.at
			}
			return
		}
	}
	g.engines = append(g.engines, e)
}

// tell keeps a text that is not empty, unless one of an earlier place is known.
func (s *said) tell(text string, limit int, at *Place) {
	if text != "" && (s.text == "" || at.Compare(&s.at) < 0) {
		s.text, s.at = shortened(text, limit), *at
	}
}

// tellMessage tells of a message that may be the first.
func (g *Group) tellMessage(text string, at *Place, template, kind string) {
	isFirst := g.message.text == "" || at.Compare(&g.message.at) < 0
	if g.message.text != "" {
		g.mixed = g.mixed || !isShortened(g.template, template, maxMessage)
	}
	if !isFirst {
		return
	}
	g.message.tell(text, maxMessage, at)
	g.template, g.kind = shortened(template, maxMessage), strings.Clone(kind)
}

// tellParam keeps a parameter of a message with its value as long as all have that. Not every engine tells all of
// them. Of more than maxParams those with the least names are kept.
func (g *Group) tellParam(p param) {
	for i := range g.params {
		known := &g.params[i]
		if !isShortened(known.name, p.name, MaxName) {
			continue
		}
		known.changed = known.changed || p.changed || !isShortened(known.value, p.value, MaxName)
		if cmp.Or(p.at.Compare(&known.at), cmp.Compare(p.nth, known.nth)) < 0 {
			known.at, known.nth = p.at, p.nth
		}
		if known.changed {
			known.value = ""
		}
		return
	}
	p.name, p.value = shortened(p.name, MaxName), shortened(p.value, MaxName)
	g.params = append(g.params, p)
	if len(g.params) > maxParams {
		slices.SortFunc(g.params, func(a, b param) int { return strings.Compare(a.name, b.name) })
		g.params = g.params[:maxParams]
	}
}

// tellTimes tells when traces were.
func (g *Group) tellTimes(first, last time.Time) {
	if !isTime(first) {
		return
	}
	if g.First.IsZero() || first.Before(g.First) {
		g.First = first
	}
	if last.After(g.Last) {
		g.Last = last
	}
}

// isTime reports whether a time is one that JSON can have.
func isTime(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 1900 && year <= 9999
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
	return cause.Title()
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
		*f = normalize.CanonicalFrame{
			Func: Shorten(f.Func, MaxName), File: Shorten(f.File, MaxName), Line: f.Line, Code: f.Code,
			Package: Shorten(f.Package, MaxName), InApp: f.InApp, Minified: f.Minified, Dropped: f.Dropped,
		}
	}
	return kept
}

// Shorten returns a copy of s, of at most limit bytes, and an ellipsis if that is not all.
func Shorten(s string, limit int) string {
	if len(s) <= limit {
		return strings.Clone(s)
	}
	return s[:cutAt(s, limit)] + "…"
}

// cutAt returns how much of s is kept of at most limit bytes: whole characters.
func cutAt(s string, limit int) int {
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return limit
}

// shortened is Shorten, of a text that may have been shortened already.
func shortened(s string, limit int) string {
	if isCut(s, limit) {
		return strings.Clone(s)
	}
	return Shorten(s, limit)
}

// isCut reports whether s looks like what Shorten made of a longer text.
func isCut(s string, limit int) bool {
	return len(s) > limit-utf8.UTFMax && len(s) <= limit+len("…") && strings.HasSuffix(s, "…")
}

// isShortened reports whether short is what Shorten makes of s, or of the text that s was shortened from.
func isShortened(short, s string, limit int) bool {
	if short == s {
		return true
	}
	if len(s) <= limit || isCut(s, limit) {
		return false
	}
	at := cutAt(s, limit)
	return len(short) == at+len("…") && short[:at] == s[:at] && short[at:] == "…"
}

// Compare orders the most frequent group first. Of those as frequent the one that was seen first comes first.
func Compare(a, b *Group) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), a.Example.Compare(&b.Example), strings.Compare(a.Fingerprint, b.Fingerprint))
}
