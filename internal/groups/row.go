package groups

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// Row is a group as a line of JSON.
type Row struct {
	Fingerprint string                     `json:"fingerprint"`
	Count       int                        `json:"count"`
	Share       float64                    `json:"share"`
	First       *time.Time                 `json:"first,omitempty"`
	Last        *time.Time                 `json:"last,omitempty"`
	Engines     []string                   `json:"engines"`
	Type        string                     `json:"type,omitempty"`
	Message     string                     `json:"message,omitempty"`
	Template    string                     `json:"template,omitempty"`
	Frames      []normalize.CanonicalFrame `json:"frames"`
	File        string                     `json:"file,omitempty"`
	Start       int64                      `json:"start"`
	Timeline    *OverTime                  `json:"timeline,omitempty"`

	Line    int    `json:"line,omitempty"`
	Title   string `json:"title"`
	Culprit string `json:"culprit,omitempty"`
	Cause   string `json:"cause,omitempty"`
	Code    string `json:"code,omitempty"`
}

// OverTime is how many traces of a group there were in each part of the time that the log covers.
type OverTime struct {
	Start     time.Time `json:"start"`
	Seconds   float64   `json:"seconds"` // of one part
	Counts    []uint32  `json:"counts"`
	Sparkline string    `json:"sparkline"`
}

// Totals are what all groups have together.
type Totals struct {
	Traces int
	Span   Timeline
}

// Add adds what a group has.
func (t *Totals) Add(g *Group) {
	t.Traces += g.Count
	t.Span.Merge(g.span)
}

// Merge adds the totals of other groups.
func (t *Totals) Merge(o Totals) {
	t.Traces += o.Traces
	t.Span.Merge(o.Span)
}

// Share returns the part that count is of all traces.
func (t *Totals) Share(count int) float64 { return float64(count) / float64(t.Traces) }

// Row returns what is printed of a group as JSON. The name of the example's file is told if there are several.
func (g *Group) Row(all *Totals, several bool) Row {
	row := Row{
		Fingerprint: g.Fingerprint,
		Count:       g.Count,
		Share:       all.Share(g.Count),
		Engines:     []string{},
		Type:        g.typ.text,
		Message:     g.message.text,
		Template:    g.template,
		Frames:      g.Frames,
		Start:       g.Example.Start,

		Line:    g.Example.Line,
		Title:   g.Title(),
		Culprit: g.Culprit(),
		Cause:   g.cause.text,
		Code:    g.code.text,
	}
	for _, e := range g.Engines() {
		row.Engines = append(row.Engines, e.Engine.String())
	}
	if several {
		row.File = g.Example.File
	}
	if !g.First.IsZero() {
		first, last := g.First.UTC(), g.Last.UTC() // JSON cannot have every zone that logs have
		row.First, row.Last = &first, &last
		if counts := all.Span.Counts(g); counts != nil {
			start, seconds := all.Span.parts()
			row.Timeline = &OverTime{start, seconds, counts, Sparkline(counts)}
		}
	}
	return row
}

// EngineCount tells how many traces of a group are in the syntax of an engine.
type EngineCount struct {
	Engine stacktrace.Engine
	Count  int
}

// Engines returns the engines in whose syntax the traces of the group are, in the order in which they were seen.
func (g *Group) Engines() []EngineCount {
	sorted := slices.Clone(g.engines)
	slices.SortFunc(sorted, func(a, b engineCount) int {
		return cmp.Or(a.at.Compare(&b.at), cmp.Compare(a.engine, b.engine))
	})
	all := make([]EngineCount, len(sorted))
	for i, e := range sorted {
		all[i] = EngineCount{e.engine, e.count}
	}
	return all
}

// Type returns the type of the group's errors, Code their code, Cause the title of their innermost cause, and Template
// what the first message says without what varies in it. "" if no trace tells.
func (g *Group) Type() string     { return g.typ.text }
func (g *Group) Code() string     { return g.code.text }
func (g *Group) Cause() string    { return g.cause.text }
func (g *Group) Template() string { return g.template }

// Varies reports whether the messages differ.
func (g *Group) Varies() bool { return g.logged.varies() }

// Messages returns the messages that are kept of the group, the most frequent first.
func (g *Group) Messages() []Tally { return g.logged.ranked() }

// Changed returns the names of the parameters of the messages that have several values.
func (g *Group) Changed() []string {
	var names []string
	for _, p := range g.paramsInOrder() {
		if p.changed {
			names = append(names, p.name)
		}
	}
	return names
}

// paramsInOrder returns the parameters in the order in which they were said.
func (g *Group) paramsInOrder() []param {
	all := slices.Clone(g.params)
	slices.SortFunc(all, func(a, b param) int {
		return cmp.Or(a.at.Compare(&b.at), cmp.Compare(a.nth, b.nth), strings.Compare(a.name, b.name))
	})
	return all
}

// words returns what the group's errors say. If most of them say the same, it is that. It is the message
// that was logged most, too, if all mean the same in the words of several engines, or if they do not even
// have one template. Else it is the template, with the parameters that all have.
func (g *Group) words() string {
	if !g.logged.varies() {
		return g.message.text
	}
	most := g.logged.ranked()[0]
	var shared []string
	isChanged := false
	for _, p := range g.paramsInOrder() {
		isChanged = isChanged || p.changed
		if !p.changed {
			shared = append(shared, p.name+" "+p.value)
		}
	}
	if 2*most.Count > g.Count || g.mixed || g.kind != "" && !isChanged {
		return most.Name
	}
	if g.kind == "" || len(shared) == 0 {
		return g.template
	}
	return g.template + " (" + strings.Join(shared, ", ") + ")"
}

// Title returns the type and the first line of what the group's errors say.
func (g *Group) Title() string {
	text := strings.TrimLeft(g.words(), "\n")
	line, _, more := strings.Cut(text, "\n")
	line = Shorten(line, maxTitle)
	if more {
		line += " …"
	}
	typ, code := g.typ.text, g.code.text
	switch {
	case typ == "" && line == "" && code == "":
		return "(an error without a header)"
	case typ == "" && line == "":
		return code
	case typ == "":
		return line
	case line == "":
		return typ
	}
	return typ + ": " + line
}

// Culprit returns the call that the failure is put down to, the first one of the application's code
// if there is any: "load (/src/cart.js:12)". "" if there is no frame.
func (g *Group) Culprit() string {
	if len(g.Frames) == 0 {
		return ""
	}
	f := g.Frames[0]
	if f.File == "" {
		return f.Func
	}
	return fmt.Sprintf("%s (%s)", f.Func, PlaceOf(f))
}

// PlaceOf returns the file and line of a frame.
func PlaceOf(f normalize.CanonicalFrame) string {
	if f.Line > 0 {
		return fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	return f.File
}
