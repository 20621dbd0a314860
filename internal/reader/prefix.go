package reader

import (
	"iter"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/layout"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/python"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxPrefixes bounds the number of prefixes that are tried on a text. The first is right unless all lines
// behind it begin alike too, as the bare locations of JavaScriptCore on one host do.
const maxPrefixes = 4

// parsePrefixed reads a text in which a log's prefix stands before each line:
//
//	[1] Error: x
//	[1]     at f (/a.js:1:2)
//
//	2026-11-21T10:00:00.123Z [app] Error: x
//	2026-11-21T10:00:00.131Z [app]     at f (/a.js:1:2)
func (w *unwrapper) parsePrefixed(_, own string) (*parsed, bool) {
	if w.isWithin("prefix") {
		return nil, false
	}
	var rest behind
	for prefix := range sharedPrefixes(own) {
		if rest.own == "" {
			rest = lookBehind(own)
		}
		if !rest.mayHoldTrace(prefix) {
			continue
		}
		if p, ok := w.read("prefix", cutPrefixes(own, prefix)); ok && isLogPrefix(prefix, p.Frames) {
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
		sure: strings.ContainsAny(own, `\<&`) || strings.Contains(own, byteOrderMark) || mayBeJoined(own) ||
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
		line = cutPrefix(line, prefix)
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
// the names of all functions begin with: "npm verbose stack ", but not the "get " of two getters.
func isLogPrefix(prefix string, frames []model.Frame) bool {
	if strings.ContainsAny(prefix, "0123456789[](){}|:<>=") || strings.HasPrefix(strings.TrimLeft(ansi.Strip(frames[0].Text), " \t"), "at ") {
		return true
	}
	isOther := func(f model.Frame) bool { return f.Func != frames[0].Func }
	return strings.IndexByte(strings.Trim(prefix, " \t"), ' ') >= 0 && slices.ContainsFunc(frames, isOther)
}

// sharedPrefixes yields what all lines of own that are not empty begin with, cut behind each blank
// or punctuation mark in it, the longest first: one of them may be a log's prefix. Numbers may differ
// from line to line. None reaches into what may be the text of a line: frames begin with "at " or
// hold "@".
func sharedPrefixes(own string) iter.Seq[string] {
	return func(yield func(string) bool) {
		shared := sharedStart(own)
		for i := range len(shared) {
			if beginsText(shared, i) {
				shared = shared[:i]
				break
			}
		}
		for range maxPrefixes {
			shared = shared[:strings.LastIndexAny(shared, " \t|:>])")+1]
			isCall := strings.HasSuffix(shared, "()") // the end of a name of Rhino's
			if strings.Trim(shared, " \t") == "" || !isCall && !yield(shared) {
				return
			}
			shared = shared[:len(shared)-1]
		}
	}
}

// beginsText reports whether s[i:] is no prefix any more: a frame, JSON, or a tag.
func beginsText(s string, i int) bool {
	switch s[i] {
	case '@', '"':
		return true
	case '{':
		return strings.HasPrefix(s[i:], `{"`)
	case '<':
		return tagLen(s[i:]) > 0
	case 'a':
		return strings.HasPrefix(s[i:], "at ") && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t')
	}
	return false
}

// sharedStart returns what all lines of own begin with that are not empty, as it stands in the first
// of them, the digits of numbers aside; "" if there is only one.
func sharedStart(own string) string {
	shared, lines := "", 0
	for rest := own; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimRight(line, " \t\r")
		if line == "" {
			continue
		}
		if lines++; lines == 1 {
			shared = line
			continue
		}
		n, length := sharedLen(shared, line)
		if length == len(line) && strings.Trim(shared[n:], " \t") == "" {
			continue // an empty line behind the prefix, of which blanks were trimmed
		}
		if shared = shared[:n]; n == 0 {
			return ""
		}
	}
	if lines < 2 {
		return ""
	}
	return shared
}

// sharedLen returns how much of prefix and of line is the same, however many digits their numbers
// have.
func sharedLen(prefix, line string) (n, length int) {
	for n < len(prefix) && length < len(line) {
		if txt.IsDigit(prefix[n]) && txt.IsDigit(line[length]) {
			n += digitsLen(prefix[n:])
			length += digitsLen(line[length:])
			continue
		}
		if prefix[n] != line[length] {
			break
		}
		n++
		length++
	}
	return n, length
}

// maxNumber bounds the digits of a number in a prefix, which are gone through for each line.
const maxNumber = 32

// digitsLen returns the number of digits that s begins with, but no more than maxNumber.
func digitsLen(s string) int {
	n := 0
	for n < min(len(s), maxNumber) && txt.IsDigit(s[n]) {
		n++
	}
	return n
}

// cutPrefixes returns the lines of own without prefix.
func cutPrefixes(own, prefix string) string {
	return txt.EachLine(own, func(line string) string { return cutPrefix(line, prefix) })
}

// cutPrefix returns line without prefix. An empty line may be without it.
func cutPrefix(line, prefix string) string {
	n, length := sharedLen(prefix, line)
	switch {
	case n == len(prefix):
		return line[length:]
	case length >= len(strings.TrimRight(line, " \t\r")):
		return ""
	}
	return line
}
