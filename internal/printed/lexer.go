package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
)

// cutCausedBy returns what follows "Caused by: ", or the key of a cause that stands behind the frames instead
// of among the properties.
func cutCausedBy(body string) (value string, ok bool) {
	for _, words := range [...]string{"Caused by: ", "caused by: ", "[cause]: "} {
		if value, ok = strings.CutPrefix(body, words); ok {
			return value, value != ""
		}
	}
	return "", false
}

// opened returns 1 if a line ends in an open bracket.
func opened(body string) int {
	if body != "" && strings.IndexByte("{[(", body[len(body)-1]) >= 0 {
		return 1
	}
	return 0
}

// isCloser reports whether a line is nothing but the end of what was open.
func isCloser(body string) bool {
	return body != "" && strings.Trim(body, "}] ,") == "" && body[0] != ',' && body[0] != ' '
}

// readInnerMark reads a line between frames that ends nothing.
func readInnerMark(body string) (header.Separator, bool) {
	if body == "" {
		return header.Separator{}, false
	}
	m, ok := header.ReadSeparator(body)
	return m, ok && !m.Closes && !m.Ends
}

// closedAt returns where in s the bracket is that closes what is open before s, or len(s).
func closedAt(s string) (index int, closed bool) {
	return balanced(s, false)
}

// entryEnd returns where the value ends that s begins with, among others in one line.
func entryEnd(s string) int {
	end, _ := balanced(s, true)
	return end
}

// balanced returns the index of the first bracket in s that closes what s did not open, or of the
// first comma outside of brackets if commas count. Brackets and commas in quotes do not.
func balanced(s string, commas bool) (index int, closed bool) {
	depth := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '{' || c == '[' || c == '(':
			depth++
		case c == '}' || c == ']' || c == ')':
			if depth--; depth < 0 {
				return i, true
			}
		case c == ',' && depth == 0 && commas:
			return i, false
		}
	}
	return len(s), false
}

// CutInspectTail splits the line of a frame that was printed with an object around it from what
// belongs to the object: " {" before the error's properties, "," before what follows the error, the
// brackets that end it, or " code: 'E', path: '/x' }".
func CutInspectTail(body string) (frame, tail string) {
	if body == "" {
		return "", ""
	}
	last := body[len(body)-1]
	if last != '{' && last != ',' && last != '}' && last != ']' {
		return body, ""
	}
	end := len(strings.TrimRight(body, "{}], "))
	if end <= len("at ") {
		return body, ""
	}
	if strings.IndexByte(body[end:], '}') >= 0 {
		for i := len("at "); i < end; i++ {
			if header.IsFrameEnd(body[i-1]) && isGlued(body[i:]) {
				return body[:i], body[i:]
			}
		}
	}
	if header.IsFrameEnd(body[end-1]) && body[end] != ']' { // "]" alone ends a message in brackets
		return body[:end], body[end:]
	}
	return body, ""
}

// isGlued reports whether s, which follows a frame on its line, is a blank and the error's
// properties.
func isGlued(s string) bool {
	return len(s) > 1 && s[0] == ' ' && header.IsEntry(s[1:]) && !header.StartsWithError(s[1:])
}
