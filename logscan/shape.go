package logscan

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Nobody can list what programs put before the lines of others. So the prefix of a log is told by its
// shape: behind it stands a frame, and before the other lines of the trace stands the same, but for
// digits, hexadecimal numbers and times:
//
//	#9 1.234     at f (/a.js:1:2)                       BuildKit
//	E/ReactNativeJS( 8593):     at f (/a.js:1:2)        logcat
//	default/shop-7d9f[app]:     at f (/a.js:1:2)        kail
//	10 verbose stack     at f (/a.js:1:2)               npm's debug log
//
// The prefixes that readPrefix knows are taken off first, for they also tell streams and levels. A line
// that is a frame without them has no other prefix.

// maxShaped is how long a prefix may be of which nothing but the shape is known.
const maxShaped = 200

// shapedPrefix returns what stands before the frame at the end of s, a line without colours; "" if s does not end
// with a frame. It is weak if a sentence could begin like that: then the header of the trace must have the
// same prefix. Frames are indented by more than the blank that stands behind a word.
func shapedPrefix(finder *carrier.Finder, f *formats.Frame, s string) (prefix string, weak bool) {
	at, ok := finder.Start(s)
	if !ok || at > maxShaped {
		return "", false
	}
	prefix = strings.TrimRight(s[:at], " \t")
	if prefix == "" || strings.Contains(prefix, `{"`) || strings.Count(prefix, `"`)%2 != 0 {
		return "", false // the frame stands in a string
	}
	l := line{body: s[at:]}
	if !isFrame(f, &l) {
		return "", false
	}
	if !l.isAt() {
		return prefix, true
	}
	return prefix, at-len(prefix) < 2 && s[at-1] != '\t'
}

func isFrame(f *formats.Frame, l *line) bool {
	l.classify(f)
	return l.kind == frame
}

// streamOf returns what a prefix tells of the stream: the prefix without times. Numbers that are no part
// of a time tell processes and requests apart; some count lines, see [isNextOf].
func streamOf(prefix string) string {
	var b strings.Builder
	for i := 0; i < len(prefix); {
		n := timeRunLen(prefix[i:])
		if n == 0 {
			b.WriteByte(prefix[i])
			i++
			continue
		}
		if run := prefix[i : i+n]; isTimeRun(run) {
			b.WriteByte('0')
		} else {
			b.WriteString(run)
		}
		i += n
	}
	return b.String()
}

// timeRunLen returns how many bytes s begins with that may be of a time.
func timeRunLen(s string) int {
	n := 0
	for n < len(s) && (txt.IsDigit(s[n]) || n > 0 && n+1 < len(s) && strings.IndexByte(".,:-/+TZ", s[n]) >= 0 && txt.IsDigit(s[n-1]) && txt.IsDigit(s[n+1])) {
		n++
	}
	return n
}

// isTimeRun reports whether s, of what times are made, is a time or a part of one rather than a number or
// an address: "10:00:00.123", "2026-11-29", "1.234", "1763719200123".
func isTimeRun(s string) bool {
	number := txt.DigitsLen(s)
	if number == len(s) {
		return number >= 10
	}
	return strings.Count(s, ".") < 2 || strings.Trim(s, "0123456789.") != ""
}

// isNextOf reports whether the number in stream that last has too is the next one there: it counts the
// lines.
func isNextOf(stream, last string) bool {
	i := 0
	for i < len(stream) && i < len(last) && stream[i] == last[i] {
		i++
	}
	for i > 0 && txt.IsDigit(stream[i-1]) {
		i--
	}
	n, m := txt.DigitsLen(stream[i:]), txt.DigitsLen(last[i:])
	a, ok := txt.ParseCount(stream[i : i+n])
	b, okLast := txt.ParseCount(last[i : i+m])
	return ok && okLast && a == b+1 && stream[i+n:] == last[i+m:]
}

// maxSeen is how many lines before a line are looked at for others with the same prefix.
const maxSeen = 32

// wasSeen reports whether one of the lines before l has the same prefix but for times. If so, a number in it
// does not count the lines.
func (c *cutter) wasSeen(l *line) bool {
	least := c.reach(l)
	for start, next := range c.linesBefore(l.start, least, maxSeen) {
		if h, same := c.readLineAs(start, next-1, next, l.form); same && h.shaped == l.shaped {
			return true
		}
	}
	return false
}
