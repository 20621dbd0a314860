package carrier

import (
	"iter"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxPrefixes bounds the number of prefixes that are tried on a text. The first is right unless all lines
// behind it begin alike too, as the bare locations of JavaScriptCore on one host do.
const maxPrefixes = 4

// Prefixes yields what all lines of own that are not empty begin with, cut behind each blank
// or punctuation mark in it, the longest first: one of them may be a log's prefix. Numbers may differ
// from line to line. None reaches into what may be the text of a line: frames begin with "at " or
// hold "@".
func Prefixes(own string) iter.Seq[string] {
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

// CutPrefixes returns the lines of own without prefix.
func CutPrefixes(own, prefix string) string {
	return txt.EachLine(own, func(line string) string { return CutPrefix(line, prefix) })
}

// CutPrefix returns line without prefix. An empty line may be without it.
func CutPrefix(line, prefix string) string {
	n, length := sharedLen(prefix, line)
	switch {
	case n == len(prefix):
		return line[length:]
	case length >= len(strings.TrimRight(line, " \t\r")):
		return ""
	}
	return line
}
