package carrier

import (
	"iter"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/jsonescape"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// jsonStrings yields the strings of JSON in a text, at any depth:
//
//	"Error: x\n    at f (/a.js:1:2)"
//	{"level":"error","err":{"type":"Error","stack":"Error: x\n    at f (/a.js:1:2)"}}
//	2026-11-21 10:00:00 ERROR {"stack":"Error: x\n    at f (/a.js:1
//
// What is around the string need not be JSON, and colours may stand between a key and its colon. A list of
// strings is one candidate, each of them a line.
func jsonStrings(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := txt.TrimLineEnds(t.Stripped) // a string that is cut off ends with the text
		if strings.IndexByte(text, '"') < 0 || isMessage(text) {
			return
		}
		wanted, isTree := true, false
		if lines, ok := jsonLines(text); ok {
			wanted = yield(Candidate{Name: JSON, Text: lines, IsStack: true})
		}
		if !wanted {
			return
		}
		readTrees(text, func(e *Error) bool {
			isTree = true
			wanted = yield(Candidate{Name: JSON, Text: e.Stack, Error: e, Before: text[:e.from], Behind: text[e.to:], IsStack: e.Stack != ""})
			return wanted
		})
		r := stringReader{text: text}
		for wanted && r.next() {
			if !r.found.mayHoldFrames(text) {
				continue
			}
			from, to := r.found.start, r.found.end
			isStack := around.IsStackKey(KeyBefore(text, from))
			if isTree && isStack {
				continue // it was told with what stands beside it
			}
			wanted = yield(Candidate{Name: JSON, Text: r.found.decode(text), Before: text[:from], Behind: text[min(to, len(text)):], IsStack: isStack})
		}
	}
}

// isMessage reports whether a line end is escaped outside of the strings of text, so that the quotes are those
// of a message.
func isMessage(text string) bool {
	r := stringReader{text: text}
	for r.next() {
	}
	return r.isMessage
}

// stringReader finds the strings of JSON in a text that are no keys.
type stringReader struct {
	text  string
	pos   int
	found stringList

	// isMessage tells that a line end is escaped outside of strings, so that the quotes are those of a message.
	isMessage bool

	escape int // the first `\n` from where it was looked for on; the length of the text if there is none
}

// stringList are strings of JSON that stand beside each other in a list, or a single one.
type stringList struct {
	start, end int // with the quotes
	several    bool
}

// next finds the next strings. It reports false if there are no more.
func (r *stringReader) next() bool {
	text := r.text
	for r.pos < len(text) {
		start, end := nextString(text, r.pos)
		if r.holdsEscape(start) {
			r.isMessage = true
			return false
		}
		if start < 0 {
			return false
		}
		r.pos = end
		if behind := skipBlanks(text, end); behind < len(text) && (text[behind] == ':' || strings.HasPrefix(text[behind:], "=>")) {
			continue // a key
		}
		r.found = stringList{start: start, end: end}
		if before := skipBlanksBack(text, start); before > 0 && text[before-1] == '[' {
			r.pos = r.found.takeList(text)
		}
		return true
	}
	return false
}

// holdsEscape reports whether a line end is escaped between r.pos and end, or behind r.pos if end is -1.
func (r *stringReader) holdsEscape(end int) bool {
	if end < 0 {
		end = len(r.text)
	}
	if r.escape < r.pos || r.escape == 0 {
		r.escape = len(r.text)
		if at := strings.Index(r.text[r.pos:], `\n`); at >= 0 {
			r.escape = r.pos + at
		}
	}
	return r.escape+len(`\n`) <= end
}

// takeList adds the strings that stand behind the first, with commas between, and returns where the search
// for others goes on.
func (list *stringList) takeList(text string) int {
	for {
		comma := skipBlanks(text, list.end)
		if comma == len(text) || text[comma] != ',' {
			return list.end
		}
		again := skipBlanks(text, comma+1)
		if again == len(text) || text[again] != '"' {
			return comma
		}
		end, ok := StringEnd(text, again)
		if !ok {
			return comma
		}
		list.end, list.several = end, true
	}
}

// skipBlanks returns where the first byte from an offset on is that is no blank and ends no line.
func skipBlanks(text string, from int) int {
	for from < len(text) && (txt.IsBlank(text[from]) || text[from] == '\n') {
		from++
	}
	return from
}

// skipBlanksBack returns the end of what stands before an offset, without blanks and line ends.
func skipBlanksBack(text string, end int) int {
	for end > 0 && (txt.IsBlank(text[end-1]) || text[end-1] == '\n') {
		end--
	}
	return end
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
		if start == 0 || strings.IndexByte(" \t\r\n{[,:=(", text[start-1]) >= 0 || strings.HasSuffix(text[:start], "=>") {
			if end, ok := StringEnd(text, start); ok {
				return start, end
			}
		}
		from = start + 1
	}
}

// StringEnd returns where the string of JSON ends, behind its quote, that begins with the one at start. It
// reports false if a line ends in it, which JSON does not allow. A string that the end of the text cuts off ends
// there, or one byte behind it if a backslash is the last.
func StringEnd(text string, start int) (end int, ok bool) {
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
func (list stringList) mayHoldFrames(text string) bool {
	s := text[list.start:list.end]
	return len(s) >= minTrace && (list.several || strings.IndexByte(s, '\\') >= 0 || strings.IndexByte(s, '@') >= 0 || strings.Contains(s, "at "))
}

// decode returns the text of the strings.
func (list stringList) decode(text string) string {
	if !list.several {
		return DecodeString(text[list.start:list.end])
	}
	var b strings.Builder
	for from := list.start; from < list.end; {
		start, end := nextString(text, from)
		if start < 0 || end > list.end {
			break
		}
		b.WriteString(strings.TrimSuffix(DecodeString(text[start:end]), "\n"))
		b.WriteByte('\n')
		from = end
	}
	return b.String()
}

// DecodeString returns the text of a string of JSON with its quotes, of which the last may be missing. What is no
// escape of JSON stands for itself.
func DecodeString(s string) string {
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
		r, n := jsonescape.Decode(s)
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

// KeyBefore returns the name of the member whose value, a string or a list of strings, begins at start, or "".
// Its parts have dots between them.
func KeyBefore(text string, start int) string {
	before := strings.TrimRight(text[:start], " \t\r\n[")
	if before == "" || before[len(before)-1] != ':' && before[len(before)-1] != '=' {
		return ""
	}
	before = strings.TrimRight(before[:len(before)-1], " \t\r\n")
	before = strings.TrimSuffix(before, `"`)
	n := len(before)
	for n > 0 && len(before)-n < 32 && (txt.IsLetter(before[n-1]) || before[n-1] == '_' || before[n-1] == '.') {
		n--
	}
	return before[n:]
}
