package reader

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// parseJSON reads a text that is, or holds, a string of JSON with a trace in it, at any depth:
//
//	"Error: x\n    at f (/a.js:1:2)"
//	{"level":"error","err":{"type":"Error","stack":"Error: x\n    at f (/a.js:1:2)"}}
//	2026-11-21 10:00:00 ERROR {"stack":"Error: x\n    at f (/a.js:1
//
// What is around the string need not be JSON, and colours may stand between a key and its colon. Among
// several strings with frames, one that is called the stack is taken; if there is none, the first with a
// type; else the first. A list of strings is one text, each of them a line.
func (w *unwrapper) parseJSON(_, own string) (*parsed, bool) {
	text := txt.TrimLineEnds(own) // a string that is cut off ends with the text
	var best *parsed
	var from, to, most int
	for rest := 0; rest < len(text); {
		list, end, escaped := nextStrings(text, rest)
		if escaped {
			return nil, false
		}
		if end < 0 {
			break
		}
		rest = end
		if !list.mayHoldFrames(text) {
			continue
		}
		p, ok := w.read("json", list.decode(text))
		if !ok {
			continue
		}
		weight := 1
		switch {
		case around.IsStackKey(keyBefore(text, list.start)):
			weight = 3
		case p.Type != "":
			weight = 2
		}
		if weight > most {
			best, from, to, most = p, list.start, list.end, weight
		}
		if weight == 3 {
			break
		}
	}
	if best == nil {
		return nil, false
	}
	best.leaveAround(text[:from], text[min(to, len(text)):])
	return best, true
}

// jsonStrings are strings of JSON that stand beside each other in a list, or a single one.
type jsonStrings struct {
	start, end int // with the quotes
	several    bool
}

// nextStrings finds the next strings in text[from:] that are no keys, and where to look for more,
// which is -1 if there are none. Escaped tells that a line end is escaped outside of strings, so that
// the quotes are those of a message.
func nextStrings(text string, from int) (list jsonStrings, next int, escaped bool) {
	for {
		start, end := nextString(text, from)
		if start < 0 {
			return list, -1, strings.Contains(text[from:], `\n`)
		}
		if strings.Contains(text[from:start], `\n`) {
			return list, -1, true
		}
		from = end
		if behind := strings.TrimLeft(text[end:], " \t\r\n"); strings.HasPrefix(behind, ":") {
			continue // a key
		}
		list = jsonStrings{start: start, end: end}
		if before := strings.TrimRight(text[:start], " \t\r\n"); !strings.HasSuffix(before, "[") {
			return list, end, false
		}
		for {
			behind := strings.TrimLeft(text[list.end:], " \t\r\n")
			comma := len(text) - len(behind)
			if !strings.HasPrefix(behind, ",") {
				return list, list.end, false
			}
			again := strings.TrimLeft(behind[1:], " \t\r\n")
			if !strings.HasPrefix(again, `"`) {
				return list, comma, false
			}
			end, ok := stringEnd(text, len(text)-len(again))
			if !ok {
				return list, comma, false
			}
			list.end, list.several = end, true
		}
	}
}

// nextString returns where the next string of JSON in text[from:] begins and ends, with its quotes,
// or -1. One that the end of the text cuts off has no last quote.
func nextString(text string, from int) (start, end int) {
	for {
		quote := strings.IndexByte(text[from:], '"')
		if quote < 0 {
			return -1, -1
		}
		start = from + quote
		if start == 0 || strings.IndexByte(" \t\r\n{[,:=(", text[start-1]) >= 0 {
			if end, ok := stringEnd(text, start); ok {
				return start, end
			}
		}
		from = start + 1
	}
}

// stringEnd returns where the string ends that begins at start. It reports false if a line ends in
// it, which JSON does not allow.
func stringEnd(text string, start int) (end int, ok bool) {
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1, true
		case '\\':
			i++
		case '\n':
			return 0, false
		}
	}
	return len(text), true
}

// minTrace is the length of the shortest text that is worth a look: "a@b:1:2".
const minTrace = 7

// mayHoldFrames reports whether the strings have anything in them that frames have.
func (list jsonStrings) mayHoldFrames(text string) bool {
	s := text[list.start:list.end]
	return len(s) >= minTrace && (list.several || strings.IndexByte(s, '\\') >= 0 || strings.IndexByte(s, '@') >= 0 || strings.Contains(s, "at "))
}

// decode returns the text of the strings.
func (list jsonStrings) decode(text string) string {
	if !list.several {
		return decodeString(text[list.start:list.end])
	}
	var b strings.Builder
	for from := list.start; from < list.end; {
		start, end := nextString(text, from)
		if start < 0 || end > list.end {
			break
		}
		b.WriteString(strings.TrimSuffix(decodeString(text[start:end]), "\n"))
		b.WriteByte('\n')
		from = end
	}
	return b.String()
}

// decodeString returns the text of a string of JSON, whose last quote may be missing. What is no
// escape of JSON stands for itself.
func decodeString(s string) string {
	s = s[1:]
	if body, ok := strings.CutSuffix(s, `"`); ok && !endsInBackslash(body) {
		s = body
	}
	escape := strings.IndexByte(s, '\\')
	if escape < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for escape >= 0 {
		b.WriteString(s[:escape])
		s = s[escape:]
		r, n := decodeEscape(s)
		if n == 0 {
			b.WriteByte('\\')
			n = 1
		} else {
			b.WriteRune(r)
		}
		s = s[n:]
		escape = strings.IndexByte(s, '\\')
	}
	b.WriteString(s)
	return b.String()
}

// endsInBackslash reports whether a backslash at the end of s takes what follows it.
func endsInBackslash(s string) bool {
	return (len(s)-len(strings.TrimRight(s, `\`)))%2 == 1
}

// decodeEscape returns what the escape says that s begins with, and its length, which is 0 if it is
// none.
func decodeEscape(s string) (r rune, n int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case '"', '\\', '/':
		return rune(s[1]), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r, ok := decodeHex(s)
		if !ok {
			return 0, 0
		}
		if !utf16.IsSurrogate(r) {
			return r, 6
		}
		if low, ok := decodeHex(s[6:]); ok {
			if r := utf16.DecodeRune(r, low); r != utf8.RuneError {
				return r, 12
			}
		}
		return utf8.RuneError, 6
	}
	return 0, 0
}

// decodeHex reads "\u" and four digits.
func decodeHex(s string) (r rune, ok bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	for i := 2; i < 6; i++ {
		c := s[i]
		switch {
		case txt.IsDigit(c):
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// keyBefore returns the name of the member whose value begins at start, or "".
func keyBefore(text string, start int) string {
	before := strings.TrimRight(text[:start], " \t\r\n[")
	if before == "" || before[len(before)-1] != ':' && before[len(before)-1] != '=' {
		return ""
	}
	before = strings.TrimRight(before[:len(before)-1], " \t\r\n")
	before = strings.TrimSuffix(before, `"`)
	n := len(before)
	for n > 0 && len(before)-n < 32 && (txt.IsUpper(before[n-1]&^0x20) || before[n-1] == '_' || before[n-1] == '.') {
		n--
	}
	return before[n:]
}
