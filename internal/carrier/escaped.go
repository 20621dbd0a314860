package carrier

import (
	"iter"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxBackslashes bounds the length of an escaped line end: each further time that a text is escaped
// doubles the backslashes.
const maxBackslashes = 8

// escaped yields a text in which line ends are written as in the source of a program:
//
//	Error: x\n    at f (C:\new\x.js:1:2)\n    at g (C:\new\x.js:3:4)
//	Error: x\\n    at f (/a.js:1:2)
//
// rsyslog writes other letters:
//
//	Error: x#012    at f (/a.js:1:2)#012    at g (/a.js:3:4)
//
// Other backslashes are left alone.
func escaped(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		if strings.Contains(t.Raw, "#012") && !yield(Candidate{Name: Escaped, Text: octal.Replace(t.Raw)}) {
			return
		}
		if text, ok := unescapeLines(t.Raw); ok {
			yield(Candidate{Name: Escaped, Text: text})
		}
	}
}

// octal replaces what rsyslog writes for a line end, a carriage return and a tab.
var octal = strings.NewReplacer("#015#012", "\n", "#012", "\n", "#011", "\t")

// unescapeLines returns text with the escaped line ends in it as line ends, and reports whether there
// are any. An "n" behind a backslash may be the first letter in a Windows path too. A line ends there
// only if the next one begins with "at ", or if it is no frame that is still without its place, and
// no path.
func unescapeLines(text string) (string, bool) {
	slashes := lineEndSlashes(text)
	if slashes == 0 {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(text))
	from := 0 // what is not yet written
	line := escapedLine{}
	for i := 0; i < len(text); {
		c := text[i]
		if c != '\\' {
			if c == '\n' {
				line = escapedLine{}
			} else {
				line.add(c)
			}
			i++
			continue
		}
		n := i
		for n < len(text) && text[n] == '\\' {
			n++
		}
		end := n
		if n-i == slashes && n < len(text) {
			switch text[n] {
			case 'n':
				end = n + 1
			case 'r':
				if after := text[n+1:]; len(after) > slashes && strings.Trim(after[:slashes], "\\") == "" && after[slashes] == 'n' {
					end = n + 1 + slashes + 1
				}
			case 't':
				if line.isBlank() {
					b.WriteString(text[from:i])
					b.WriteByte('\t')
					i, from = n+1, n+1
					continue
				}
			}
		}
		if end > n && line.ends(text[end:], slashes) {
			b.WriteString(text[from:i])
			b.WriteByte('\n')
			i, from = end, end
			line = escapedLine{}
			continue
		}
		line.addPath()
		i = n
	}
	if from == 0 {
		return "", false
	}
	b.WriteString(text[from:])
	return b.String(), true
}

// lineEndSlashes returns the number of backslashes before the "n" of an escaped line end: the
// smallest that stands before a frame, else the smallest that occurs, for backslashes in paths may
// have been escaped too. 0 if there are none.
func lineEndSlashes(text string) int {
	least, beforeAt := 0, 0
	for i := strings.IndexByte(text, '\\'); i >= 0 && i < len(text); {
		n := i
		for n < len(text) && text[n] == '\\' {
			n++
		}
		if count := n - i; n < len(text) && text[n] == 'n' && count <= maxBackslashes {
			if least == 0 || count < least {
				least = count
			}
			if (beforeAt == 0 || count < beforeAt) && strings.HasPrefix(strings.TrimLeft(text[n+1:], " \t"), "at ") {
				beforeAt = count
			}
		}
		next := strings.IndexByte(text[n:], '\\')
		if next < 0 {
			break
		}
		i = n + next
	}
	if beforeAt > 0 {
		return beforeAt
	}
	return least
}

// escapedLine is what has been seen of a line that ends in an escape.
type escapedLine struct {
	start  [len("at ")]byte // its first bytes that are not blank
	bytes  int              // how many bytes there are, from the first that is not blank
	depth  int              // open parentheses
	last   [3]byte          // the last bytes, the latest first
	digits int              // at its end
	number bool             // it ends in ":" and digits, perhaps with a parenthesis behind them
	inPath bool             // a word with a drive's letter has not ended
	drive  bool             // it holds such a word
}

func (l *escapedLine) isBlank() bool { return l.bytes == 0 }

func (l *escapedLine) isAt() bool { return l.bytes >= len(l.start) && string(l.start[:]) == "at " }

// add takes one more byte that is no backslash.
func (l *escapedLine) add(c byte) {
	isBlank := c == ' ' || c == '\t'
	if l.bytes == 0 && isBlank {
		return
	}
	if l.bytes < len(l.start) {
		l.start[l.bytes] = c
	}
	l.bytes++
	l.inPath = l.inPath && !isBlank
	switch {
	case '0' <= c && c <= '9':
		if l.digits == 0 {
			l.number = l.last[0] == ':'
		}
		l.digits++
	case c == ')':
		l.number = l.number && l.digits > 0
		l.digits = 0
		l.depth--
	default:
		l.number, l.digits = false, 0
		if c == '(' {
			l.depth++
		}
	}
	l.last = [...]byte{c, l.last[0], l.last[1]}
}

// addPath takes backslashes that end no line.
func (l *escapedLine) addPath() {
	if letter := l.last[1] | 0x20; l.last[0] == ':' && 'a' <= letter && letter <= 'z' && !txt.IsUpper(l.last[2]&^0x20) {
		l.inPath, l.drive = true, true
	}
	l.add('\\')
}

// ends reports whether the line ends at an escape behind which rest stands.
func (l *escapedLine) ends(rest string, slashes int) bool {
	path := *l
	path.addPath()
	inPath := path.inPath && rest != "" && isPathByte(rest[0])
	if l.number || !inPath && !l.isAt() {
		return true
	}
	for { // blanks, which may be escaped too
		trimmed := strings.TrimLeft(rest, " \t")
		if len(trimmed) > slashes && trimmed[slashes] == 't' && strings.Trim(trimmed[:slashes], "\\") == "" {
			trimmed = trimmed[slashes+1:]
		}
		if len(trimmed) == len(rest) {
			break
		}
		rest = trimmed
	}
	if rest == "" || strings.HasPrefix(rest, "at ") {
		return true
	}
	if len(rest) > slashes && (rest[slashes] == 'n' || rest[slashes] == 'r') && strings.Trim(rest[:slashes], "\\") == "" {
		return true // an empty line
	}
	return l.isAt() && !path.drive && l.depth <= 0
}

// isPathByte reports whether c often follows the first letter of a file's name.
func isPathByte(c byte) bool {
	return c >= 0x80 || txt.IsDigit(c) || txt.IsUpper(c&^0x20) || c == '_' || c == '-' || c == '.' || c == '\\'
}
