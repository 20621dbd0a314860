package carrier

import (
	"iter"
	"math"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// separators are what the lines of a trace are joined by.
var separators = [...]string{" | ", " ⏎ ", " ↵ ", "⏎", "↵"}

// MayBeJoined reports whether text holds a separator.
func MayBeJoined(text string) bool {
	for _, separator := range separators {
		if strings.Contains(text, separator) {
			return true
		}
	}
	return false
}

// joined yields a trace whose lines are joined into one:
//
//	Error: x |     at f (/a.js:1:2) |     at g (/a.js:3:4)
//	Error: x at f (/a.js:1:2) at g (/a.js:3:4)
//
// What is joined by blanks must consist of frames behind the header, and be more than one of them.
func joined(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := t.Raw
		line := text[leadLen(text):] // a separator stands between two things
		for _, separator := range separators {
			if strings.Contains(line, separator) && !yield(Candidate{Name: Joined, Text: strings.ReplaceAll(text, separator, "\n")}) {
				return
			}
		}
		split, ok := splitJoinedAt(text)
		if !ok {
			split, ok = splitJoinedSign(text)
		}
		if ok {
			yield(Candidate{Name: Joined, Text: split})
		}
	}
}

// leadLen returns the length of the blanks and colours that s begins with.
func leadLen(s string) int {
	i := 0
	for i < len(s) {
		switch {
		case txt.IsBlank(s[i]):
			i++
		case s[i] == ansi.Escape && ansi.SequenceLen(s[i:]) > 0:
			i += ansi.SequenceLen(s[i:])
		default:
			return i
		}
	}
	return i
}

// splitJoinedAt puts a line end before each "at " of a line that ends in two frames at least, behind
// which nothing else stands.
func splitJoinedAt(text string) (string, bool) {
	line := txt.TrimLineEnds(text)
	if strings.IndexByte(line, '\n') >= 0 || strings.Count(line, "at ") < 2 {
		return "", false
	}
	if len(line) > math.MaxInt32 {
		return "", false
	}
	starts := make([]int32, 0, strings.Count(line, "at ")) // of frames, outside parentheses
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case 'a':
			if depth == 0 && strings.HasPrefix(line[i:], "at ") && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
				starts = append(starts, int32(i))
			}
		}
	}
	first, end := len(starts), int32(len(line))
	var f formats.Frame // of one frame after the other: a format takes it where it is
	for first > 0 {
		body := strings.Trim(line[starts[first-1]:end], " \t\r")
		if !formats.DefaultAt().ReadInto(&f, body) || f.Line == 0 && !f.Native {
			break
		}
		first--
		end = starts[first]
	}
	if len(starts)-first < 2 {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(line) + len(starts))
	from := int32(0)
	for _, start := range starts[first:] {
		if start > 0 {
			b.WriteString(strings.TrimRight(line[from:start], " \t"))
			b.WriteByte('\n')
		}
		from = start
	}
	b.WriteString(line[from:])
	return b.String(), true
}

// splitJoinedSign puts each word of a line on a line of its own, if there are two at least and all
// of them are frames.
func splitJoinedSign(text string) (string, bool) {
	line := txt.TrimLineEnds(text)
	if strings.IndexByte(line, '\n') >= 0 || strings.Count(line, "@") < 2 {
		return "", false
	}
	var f formats.Frame // of one word after the other
	words, length := 0, 0
	for word := range strings.FieldsSeq(line) {
		words++
		length += len(word) + len("\n")
		if !formats.DefaultSign().ReadInto(&f, word) || formats.IsDoubtful(&f, word) {
			return "", false
		}
	}
	if words < 2 {
		return "", false
	}
	var b strings.Builder
	b.Grow(length)
	for word := range strings.FieldsSeq(line) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(word)
	}
	return b.String(), true
}
