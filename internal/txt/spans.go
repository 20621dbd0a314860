package txt

import "strings"

// Span are lines of a text, one behind the other: text[from:to], line ends included.
type Span struct{ From, To int }

// AddSpan adds the line at text[from:to].
func AddSpan(spans []Span, from, to int) []Span {
	if n := len(spans); n > 0 && spans[n-1].To == from {
		spans[n-1].To = to
		return spans
	}
	return append(WithRoom(spans, 1), Span{from, to})
}

// AppendSpans appends the lines of text that spans are.
func AppendSpans(lines []string, text string, spans []Span) []string {
	n := 0
	for _, s := range spans {
		n += strings.Count(text[s.From:s.To], "\n")
		if s.From < s.To && text[s.To-1] != '\n' {
			n++
		}
	}
	if n == 0 {
		return lines
	}
	lines = WithRoom(lines, n)
	for _, s := range spans {
		for from := s.From; from < s.To; {
			var line string
			line, from = LineAt(text, from)
			lines = append(lines, line)
		}
	}
	return lines
}

// WithRoom returns s with room for n more elements. It grows twofold: append grows long slices by a
// quarter, and what it leaves behind on the way is four times what is kept.
func WithRoom[E any](s []E, n int) []E {
	if cap(s)-len(s) >= n {
		return s
	}
	return append(make([]E, 0, max(len(s)+n, 2*len(s))), s...)
}

// AddLine appends a line.
func AddLine(lines []string, line string) []string {
	return append(WithRoom(lines, 1), line)
}

// AppendLines appends the lines of text, of which there are several in a frame with newlines in its
// name.
func AppendLines(lines []string, text string) []string {
	switch {
	case text == "":
		return lines
	case strings.IndexByte(text, '\n') < 0:
		return AddLine(lines, text)
	}
	lines = WithRoom(lines, strings.Count(text, "\n")+1)
	for text != "" {
		line := text // what LineAt does, which the compiler would call
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
		lines = append(lines, line)
	}
	return lines
}
