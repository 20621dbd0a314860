package stacktrace

import (
	"iter"
	"strings"
)

const escape = '\x1b'

// stripColours returns s without the control sequences of a terminal. It allocates only if there
// are any.
func stripColours(s string) string {
	from := strings.IndexByte(s, escape)
	if from < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for from >= 0 {
		b.WriteString(s[:from])
		s = s[from+sequenceLen(s[from:]):]
		from = strings.IndexByte(s, escape)
	}
	b.WriteString(s)
	return b.String()
}

// sequenceLen returns the length of the control sequence that s begins with: ESC [, parameters,
// a final byte (ECMA-48, 5.4). Another use of ESC counts as the one byte.
func sequenceLen(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 1
	}
	i := 2
	for i < len(s) && 0x20 <= s[i] && s[i] <= 0x3f {
		i++
	}
	if i < len(s) && 0x40 <= s[i] && s[i] <= 0x7e {
		return i + 1
	}
	return 1
}

// maxPrefixes bounds the number of prefixes that are tried on a text.
const maxPrefixes = 8

// sharedPrefixes yields what all lines of text that are not empty begin with, cut behind each blank
// or punctuation mark in it, the longest first: one of them may be a log's prefix. None reaches into
// the frames, which begin with "at " or hold "@".
func sharedPrefixes(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		shared := sharedStart(text)
		for _, begin := range [...]string{"at ", "@"} {
			shared, _, _ = strings.Cut(shared, begin)
		}
		for range maxPrefixes {
			shared = shared[:strings.LastIndexAny(shared, " \t|:>])")+1]
			if strings.Trim(shared, " \t") == "" || !yield(shared) {
				return
			}
			shared = shared[:len(shared)-1]
		}
	}
}

// sharedStart returns what all lines of text begin with that are not empty, colours aside; "" if
// there is only one.
func sharedStart(text string) string {
	shared, lines := "", 0
	for rest := text; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimRight(stripColours(line), " \t\r")
		if line == "" || lines > 0 && strings.HasPrefix(shared, line) {
			continue // an empty line, perhaps behind the prefix
		}
		if lines++; lines == 1 {
			shared = line
			continue
		}
		n := 0
		for n < len(shared) && n < len(line) && shared[n] == line[n] {
			n++
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
