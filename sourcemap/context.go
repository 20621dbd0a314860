package sourcemap

import "strings"

// Line is a line of a source.
type Line struct {
	Number int // from 1
	Text   string
}

// maxContextLine is how many bytes of a line [Context] returns at most, so that a minified source does not
// cost megabytes. What is left out is at its end.
const maxContextLine = 64 << 10

// Context returns the line of the original that a frame is on, with up to n lines before it and as many
// behind it. It returns nothing if the frame was not mapped, or the map does not contain the source's text.
func Context(f FrameResult, n int) []Line {
	if f.Status != Mapped || f.m == nil || n < 0 {
		return nil
	}
	text, ok := f.m.content(f.source)
	if !ok {
		return nil
	}
	var lines []Line
	for number := 1; number <= f.Position.Line+n; number++ {
		line, rest, more := strings.Cut(text, "\n")
		if number >= f.Position.Line-n {
			line = strings.TrimSuffix(line, "\r")
			lines = append(lines, Line{number, strings.Clone(line[:min(len(line), maxContextLine)])})
		}
		if !more {
			if number < f.Position.Line {
				return nil // the text is of another source than the mappings
			}
			break
		}
		text = rest
	}
	return lines
}
