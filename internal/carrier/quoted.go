package carrier

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/jsonescape"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// quoted yields the strings that are printed as in the source of a program, as Node prints those within
// objects. A long one is in parts, one for each line:
//
//	stack: 'TypeError: x\n' +
//	  '    at f (/a.js:1:2)\n' +
//	  '    at g (/a.js:3:4)'
func quoted(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := t.Stripped
		for offset := 0; offset < len(text); {
			line, next := txt.LineAt(text, offset)
			if !strings.Contains(line, `\n`) {
				offset = next
				continue
			}
			s, ok := quotedAt(text, offset)
			if !ok {
				offset = next
				continue
			}
			if !yield(Candidate{
				Name: Quoted, Text: s.said, Before: text[:s.from], Behind: text[s.to:],
				IsStack: around.IsStackKey(KeyBefore(text, s.from)),
			}) {
				return
			}
			offset = max(s.to, next)
		}
	}
}

// quotedString is a string of which the parts are printed.
type quotedString struct {
	from, to int
	said     string
}

// quotedAt reads the string that begins in the line at offset.
func quotedAt(text string, offset int) (s quotedString, ok bool) {
	line, _ := txt.LineAt(text, offset)
	start := quoteIn(line)
	if start < 0 {
		return s, false
	}
	s.from = offset + start
	var b strings.Builder
	for at := s.from; ; {
		end := closingQuote(text, at)
		if end < 0 {
			return s, false
		}
		b.WriteString(unquote(text[at+1 : end]))
		s.to = end + 1
		rest, next := txt.LineAt(text, s.to)
		if strings.TrimSpace(rest) != "+" || next == len(text) {
			break
		}
		at = next
		for at < len(text) && txt.IsBlank(text[at]) {
			at++
		}
		if at == len(text) || strings.IndexByte(`'"`+"`", text[at]) < 0 {
			break
		}
	}
	s.said = b.String()
	return s, strings.IndexByte(s.said, '\n') >= 0
}

// quoteIn returns where in line a string begins that is printed: the line begins with its quote, or with a key.
func quoteIn(line string) int {
	at := strings.IndexAny(line, "'`")
	if double := strings.IndexByte(line, '"'); double >= 0 && (at < 0 || double < at) && strings.HasSuffix(strings.TrimRight(line, " \r"), `" +`) {
		at = double
	}
	if at < 0 {
		return -1
	}
	before := strings.TrimRight(line[:at], " \t")
	if before == "" || strings.IndexByte(":[(,>{=", before[len(before)-1]) >= 0 {
		return at
	}
	return -1
}

// closingQuote returns where the string ends that begins with a quote at start, or -1.
func closingQuote(text string, start int) int {
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case text[start]:
			return i
		case '\\':
			i++
		case '\n':
			return -1
		}
	}
	return -1
}

// unquote returns what a string of JavaScript says, whose quotes are taken off.
func unquote(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			i++
			continue
		}
		if r, n := jsonescape.Decode(s[i:]); n > 0 {
			b.WriteRune(r)
			i += n
			continue
		}
		switch c := s[i+1]; {
		case c == '\'' || c == '`' || c == '$':
			b.WriteByte(c)
			i += 2
		case c == 'x' && len(s) >= i+4 && isHex("0"+s[i+2:i+4]):
			r := hexValue(s[i+2])<<4 | hexValue(s[i+3])
			b.Write(utf8.AppendRune(nil, r))
			i += 4
		default:
			b.WriteByte('\\')
			i++
		}
	}
	return b.String()
}

// hexValue returns the value of a hexadecimal digit.
func hexValue(c byte) rune {
	if txt.IsDigit(c) {
		return rune(c - '0')
	}
	return rune(c|0x20-'a') + 10
}
