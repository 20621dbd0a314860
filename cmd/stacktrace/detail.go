package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

const (
	maxRaw        = 3000 // bytes of the first trace of a group that a report shows
	maxPageFrames = 60   // frames of it
	maxSources    = 4    // of them that are shown in their source
	sourceAround  = 2    // lines of source before and after a call
)

// detail is what a report shows of a group beside what top does.
type detail struct {
	raw    string      // the text of the first trace, without prefixes
	frames []pageFrame // of a trace that was mapped; those of others are in the text
}

// keepDetail keeps the text of the first trace of a group, and its frames if the text does not have them.
func keepDetail(g *group, c *counted, canonical *normalize.Canonical) {
	text := strings.TrimRight(c.found.Text, "\n")
	g.detail = &detail{raw: groups.Shorten(text, maxRaw)}
	if frames := c.found.Trace.Frames; slices.ContainsFunc(frames, isMapped) {
		g.detail.frames = newPageFrames(frames, canonical.All)
		addSources(g.detail.frames, c.mapped)
	}
}

// addSources adds to the first calls of the application the lines around them in the original source, as far as the
// maps have it.
func addSources(frames []pageFrame, mapped sourcemap.Result) {
	if len(mapped.Traces) == 0 {
		return
	}
	left := maxSources
	for i := range frames {
		r := mapped.Traces[0].Frames[i]
		if left == 0 || !frames[i].App || r.Position.Ignored {
			continue
		}
		for _, line := range sourcemap.Context(r, sourceAround) {
			col := 1
			here := line.Number == r.Position.Line
			if here {
				col = r.Position.Col
			}
			text, _ := window(line.Text, col)
			frames[i].Source = append(frames[i].Source, sourceLine{line.Number, text, here})
		}
		if frames[i].Source != nil {
			left--
		}
	}
}

// isMapped reports whether a frame is that of an original source: its file is not in its line.
func isMapped(f stacktrace.Frame) bool {
	return f.Text != "" && f.File != "" && !strings.Contains(f.Text, f.File)
}

// pageFrames returns the frames of the first trace of a group.
func (d *detail) pageFrames() []pageFrame {
	if d.frames != nil {
		return d.frames
	}
	t := stacktrace.Parse(d.raw)
	return newPageFrames(t.Frames, normalize.Trace(t).All)
}

// newPageFrames returns the first frames of a trace as a page shows them; all has the canonical forms of
// all frames.
func newPageFrames(frames []stacktrace.Frame, all []normalize.CanonicalFrame) []pageFrame {
	shown := make([]pageFrame, 0, min(len(frames), maxPageFrames))
	for i, f := range frames[:cap(shown)] {
		canonical := all[i]
		frame := pageFrame{Func: groups.Shorten(describe(f), groups.MaxName), Place: groups.Shorten(locate(f), groups.MaxName), App: canonical.InApp}
		if !canonical.InApp {
			frame.Of = cmp.Or(groups.Shorten(canonical.Package, groups.MaxName), codeNames[canonical.Code])
		}
		if f.Source != "" {
			frame.Source = []sourceLine{{Text: groups.Shorten(f.Source, maxExcerpt), Here: true}}
		}
		shown = append(shown, frame)
	}
	return shown
}
