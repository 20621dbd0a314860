package reader

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/layout"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/python"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// parsePrefixed reads a text in which a log's prefix stands before each line:
//
//	[1] Error: x
//	[1]     at f (/a.js:1:2)
//
//	2026-11-21T10:00:00.123Z [app] Error: x
//	2026-11-21T10:00:00.131Z [app]     at f (/a.js:1:2)
func (w *unwrapper) parsePrefixed(own string) (*parsed, bool) {
	if w.isWithin(carrier.Prefix) {
		return nil, false
	}
	if p, ok := w.parseWithin(&carrier.Prefixed, carrier.Text{Raw: own, Stripped: own}); ok {
		return p, true
	}
	var rest behind
	for prefix := range carrier.Prefixes(own) {
		if rest.own == "" {
			rest = lookBehind(own)
		}
		if !rest.mayHoldTrace(prefix) {
			continue
		}
		if p, ok := w.read(carrier.Prefix, carrier.CutPrefixes(own, prefix)); ok && isLogPrefix(prefix, p.Frames) {
			return p, true
		}
	}
	return nil, false
}

// behind tells what the lines of a text may be behind a prefix. Most texts whose lines begin alike are no
// traces, and need not be copied without one prefix after the other.
type behind struct {
	own   string
	sure  bool // they may be a dialect or wrapped again, whatever the prefix
	signs bool // some may surely be frames that do not begin with "at "
	urls  bool // some may be rows with a URL
	json  bool // they may be JSON
}

func lookBehind(own string) behind {
	return behind{
		own: own,
		sure: strings.ContainsAny(own, `\<&`) || strings.Contains(own, carrier.ByteOrderMark) || carrier.MayBeJoined(own) ||
			(python.MayBe(own) || layout.MayBeWhole(own)),
		signs: model.Holds(own, "@", "code"), // "global code"
		urls:  model.Holds(own, "://"),
		json:  model.Holds(own, `"`),
	}
}

// mayHoldTrace reports whether the lines may be a trace behind prefix.
func (b *behind) mayHoldTrace(prefix string) bool {
	if b.sure {
		return true
	}
	s := newScan(nil, "")
	lines, frames := 0, 0
	quoted, listed := false, false
	for offset := 0; offset < len(b.own); {
		var line string
		line, offset = txt.LineAt(b.own, offset)
		line = carrier.CutPrefix(line, prefix)
		body := around.CutZone(txt.TrimBlanks(line))
		if body == "" {
			continue
		}
		if strings.HasPrefix(body, "at ") || layout.EndsInElement(line) || b.urls && layout.HasURLRows(line) {
			return true
		}
		if b.signs || frames == lines && frames < maxDoubt {
			sure, ok := s.readSignBody(body)
			if sure {
				return true
			}
			if ok {
				s.drop()
				frames++
			}
		}
		if b.json {
			quoted = quoted || strings.IndexByte(body, '"') >= 0
			listed = listed || model.Holds(body, "[", "@", "at ")
		}
		lines++
	}
	isDoubtful := frames == lines && frames < maxDoubt
	return isDoubtful || lines == 1 || quoted && listed
}

// isLogPrefix reports whether prefix, behind which frames were read, is a log's rather than words that
// the names of all functions begin with: "npm verbose stack ", but not the "get " of two getters. A traceback may
// be without frames.
func isLogPrefix(prefix string, frames []model.Frame) bool {
	if strings.ContainsAny(prefix, "0123456789[](){}|:<>=") {
		return true
	}
	if len(frames) == 0 {
		return false
	}
	if strings.HasPrefix(strings.TrimLeft(ansi.Strip(frames[0].Text), " \t"), "at ") {
		return true
	}
	isOther := func(f model.Frame) bool { return f.Func != frames[0].Func }
	return strings.IndexByte(strings.Trim(prefix, " \t"), ' ') >= 0 && slices.ContainsFunc(frames, isOther)
}
