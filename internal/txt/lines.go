// Package txt holds what every reader of lines needs: where a line ends, which bytes are blanks,
// digits and letters.
package txt

import "strings"

// LineAt returns the line of s that begins at offset, without its end, and where the next begins. A
// line ends in "\n" or "\r\n".
func LineAt(s string, offset int) (line string, next int) {
	line, next = s[offset:], len(s)
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line, next = line[:end], offset+end+1
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line, next
}

// EachLine returns s with each line changed and "\n" for line ends. It allocates only if that is another text.
func EachLine(s string, change func(line string) string) string {
	var b strings.Builder
	isSame := true // up to offset
	for offset := 0; offset < len(s); {
		line, next := LineAt(s, offset)
		end := "\n"
		if s[next-1] != '\n' {
			end = ""
		}
		changed := change(line)
		if isSame && (changed != line || len(line)+len(end) < next-offset) {
			isSame = false
			b.Grow(len(s))
			b.WriteString(s[:offset])
		}
		if !isSame {
			b.WriteString(changed)
			b.WriteString(end)
		}
		offset = next
	}
	if isSame {
		return s
	}
	return b.String()
}

// TrimLineEnds returns s without the line ends, and so the empty lines, at its end.
func TrimLineEnds(s string) string {
	for strings.HasSuffix(s, "\n") {
		s = strings.TrimSuffix(s[:len(s)-1], "\r")
	}
	return s
}

// TrimBlanks takes blanks, tabs and carriage returns off both ends of s. It is faster than
// [strings.Trim], and every line goes through it.
func TrimBlanks(s string) string {
	for s != "" && IsBlank(s[0]) {
		s = s[1:]
	}
	for s != "" && IsBlank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}
