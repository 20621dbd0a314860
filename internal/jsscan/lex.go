package jsscan

import "strings"

// The classes of bytes.
const (
	isIdent = 1 << iota // of an identifier, a keyword or a number
	isWord              // the same, in ASCII and without escapes
	isSpace
)

var classes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '$':
			t[c] = isIdent | isWord
		case c >= 0x80, c == '\\':
			t[c] = isIdent
		case c == ' ', c == '\t', c == '\r', c == '\n', c == '\v', c == '\f':
			t[c] = isSpace
		}
	}
	return t
}()

// blank returns the length of the white space beyond ASCII that src begins with.
func blank(src string) int {
	for _, space := range [...]string{"\u00a0", "\ufeff", "\u2028", "\u2029"} {
		if strings.HasPrefix(src, space) {
			return len(space)
		}
	}
	return 0
}

// space skips white space and comments from i on. It returns where a token begins, and whether there
// was a line end.
func (s *scanner) space(i int) (int, bool) {
	newline := false
	for i < s.end {
		c := s.src[i]
		switch {
		case classes[c]&isSpace != 0:
			newline = newline || c == '\n' || c == '\r'
			i++
		case c == '/' && i+1 < s.end && s.src[i+1] == '/':
			i = s.lineEnd(i)
		case c == '/' && i+1 < s.end && s.src[i+1] == '*':
			n := strings.Index(s.src[i+2:s.end], "*/")
			if n < 0 {
				return s.end, newline
			}
			newline = newline || strings.IndexByte(s.src[i:i+2+n], '\n') >= 0
			i += n + 4
		case c >= 0x80:
			n := blank(s.src[i:s.end])
			if n == 0 {
				return i, newline
			}
			newline = newline || n == 3 && s.src[i] == 0xe2
			i += n
		case c == '<' && strings.HasPrefix(s.src[i:s.end], "<!--"), c == '#' && i == 0 && strings.HasPrefix(s.src, "#!"):
			i = s.lineEnd(i)
		default:
			return i, newline
		}
	}
	return i, newline
}

// lineEnd returns where the line that i is on ends.
func (s *scanner) lineEnd(i int) int {
	if n := strings.IndexByte(s.src[i:s.end], '\n'); n >= 0 {
		return i + n
	}
	return s.end
}

// ident returns where the identifier that begins at i ends.
func (s *scanner) ident(i int) int {
	src := s.src[:s.end]
	for i < len(src) && classes[src[i]]&isWord != 0 {
		i++
	}
	for i < s.end && classes[s.src[i]]&isIdent != 0 {
		if s.src[i] >= 0x80 && blank(s.src[i:s.end]) > 0 {
			break
		}
		if s.src[i] == '\\' && strings.HasPrefix(s.src[i:s.end], `\u{`) {
			if n := strings.IndexByte(s.src[i:min(s.end, i+12)], '}'); n > 0 {
				i += n
			}
		}
		i++
	}
	return i
}

// number returns where the number that begins at i ends.
func (s *scanner) number(i int) int {
	start := i
	for i < s.end {
		c := s.src[i]
		switch {
		case c == '.':
			if strings.IndexByte(s.src[start:i], '.') >= 0 || strings.IndexByte(s.src[start:i], 'x') >= 0 {
				return i
			}
		case (c == '+' || c == '-') && i > start && s.src[i-1]|0x20 == 'e' && s.src[min(start+1, i)]|0x20 != 'x':
		case classes[c]&isIdent == 0:
			return i
		}
		i++
	}
	return i
}

// quoted returns where the string ends that begins at i. A line end ends it too.
func (s *scanner) quoted(i int) int {
	quote := s.src[i]
	for i++; i < s.end; i++ {
		switch s.src[i] {
		case quote:
			return i + 1
		case '\\':
			if i++; i+1 < s.end && s.src[i] == '\r' && s.src[i+1] == '\n' {
				i++
			}
		case '\n':
			return i
		}
	}
	return s.end
}

// template skips the text of a template from i on. It returns where it stops, and whether that is
// behind "${", not behind the template.
func (s *scanner) template(i int) (int, bool) {
	for ; i < s.end; i++ {
		switch s.src[i] {
		case '`':
			return i + 1, false
		case '\\':
			i++
		case '$':
			if i+1 < s.end && s.src[i+1] == '{' {
				return i + 2, true
			}
		}
	}
	return s.end, false
}

// maxFailures is how often the end of a regular expression is looked for in vain on one line.
const maxFailures = 20

// regexp returns where the regular expression ends that begins at i; i itself if it has no end on its
// line.
func (s *scanner) regexp(i int) int {
	if i < s.failuresEnd && s.failures >= maxFailures {
		return i
	}
	class := false
	at := i + 1
	for ; at < s.end && s.src[at] != '\n'; at++ {
		switch s.src[at] {
		case '\\':
			at++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				return s.ident(at + 1)
			}
		}
	}
	if i >= s.failuresEnd {
		s.failures = 0
	}
	s.failures++
	s.failuresEnd = at
	return i
}

// balanced returns where the bracket closes that is at i. It knows strings, templates and comments,
// and is meant for types, in which there are no regular expressions.
func (s *scanner) balanced(i int) int {
	depth := 0
	for i < s.end {
		switch c := s.src[i]; c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth <= 0 {
				return i + 1
			}
		case '"', '\'':
			i = s.quoted(i)
			continue
		case '`':
			i = s.wholeTemplate(i)
			continue
		case '/':
			if next, _ := s.space(i); next > i {
				i = next
				continue
			}
		}
		i++
	}
	return s.end
}

// wholeTemplate returns where the template ends that begins at i, its expressions included.
func (s *scanner) wholeTemplate(i int) int {
	depth := 0
	for i++; i < s.end; i++ {
		switch s.src[i] {
		case '\\':
			i++
		case '`':
			if depth == 0 {
				return i + 1
			}
		case '{':
			if depth > 0 || s.src[i-1] == '$' {
				depth++
			}
		case '}':
			if depth > 0 {
				depth--
			}
		}
	}
	return s.end
}
