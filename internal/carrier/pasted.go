package carrier

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// pasted yields a text without what copying it from a page or a terminal left in it: colours whose escape
// became visible, no-break spaces, the edges of a table or a box, quotes around the whole, and stars of
// Markdown around lines.
//
//	←[90m    at f (/a.js:1:2)←[39m
//	│     at f (/a.js:1:2)         │
//	"TypeError: x
//	    at f (/a.js:1:2)"
func pasted(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := cutVisibleColours(t.Stripped)
		text = strings.ReplaceAll(text, "\u00a0", " ")
		text = cutOuterQuotes(text)
		text = cutEdges(text)
		text = splitFrames(text)
		if text != t.Stripped {
			yield(Candidate{Name: Pasted, Text: text})
		}
	}
}

// escapes are what stands for the escape of a colour where it became visible.
var escapes = [...]string{"←", "␛", `\033`, `\x1b`, `\x1B`, `\u001b`, `\u001B`, "#033", "\ufffd"}

// cutVisibleColours takes off the colours whose escape became visible, or was lost: "[90m".
func cutVisibleColours(text string) string {
	if strings.IndexByte(text, '[') < 0 || colourLen(text) == 0 && !hasColour(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for rest := text; ; {
		open := strings.IndexByte(rest, '[')
		if open < 0 {
			b.WriteString(rest)
			return b.String()
		}
		n := colourLen(rest[open:])
		if n == 0 && open > 0 && rest[open-1] == '^' {
			if inner := colourLen(rest[open+1:]); inner > 0 { // "^[[90m"
				b.WriteString(rest[:open-1])
				rest = rest[open+1+inner:]
				continue
			}
		}
		if n == 0 {
			b.WriteString(rest[:open+1])
			rest = rest[open+1:]
			continue
		}
		before := rest[:open]
		for _, escape := range escapes {
			if cut, ok := strings.CutSuffix(before, escape); ok {
				before = cut
				break
			}
		}
		b.WriteString(before)
		rest = rest[open+n:]
	}
}

// hasColour reports whether text holds what a colour leaves without its escape.
func hasColour(text string) bool {
	for from := 0; ; {
		open := strings.IndexByte(text[from:], '[')
		if open < 0 {
			return false
		}
		if from += open; colourLen(text[from:]) > 0 {
			return true
		}
		from++
	}
}

// colourLen returns the length of what is left of a colour that s begins with, "[90m" or "[0;31m"; 0 if it is none.
func colourLen(s string) int {
	const longest = len("[38;5;255;48;5;255m")
	for i := 1; i < min(len(s), longest); i++ {
		switch c := s[i]; {
		case txt.IsDigit(c) || c == ';':
		case c == 'm' && i > 1:
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// cutOuterQuotes takes off the quotes around a whole text of several lines.
func cutOuterQuotes(text string) string {
	body := strings.TrimSpace(text)
	if len(body) < 2 || body[0] != body[len(body)-1] || strings.IndexByte("\"'`", body[0]) < 0 || strings.IndexByte(body, '\n') < 0 {
		return text
	}
	return body[1 : len(body)-1]
}

// cutEdges takes off the edges of a table or a box on both sides of its lines, and stars around lines.
func cutEdges(text string) string {
	if !strings.Contains(text, "|\n") && !strings.Contains(text, "│\n") && !strings.HasSuffix(text, "|") && !strings.HasSuffix(text, "│") && !strings.Contains(text, "**") {
		return text
	}
	return txt.EachLine(text, func(line string) string {
		body := strings.TrimSpace(line)
		for _, edge := range [...]string{"|", "│", "**"} {
			if inner, ok := strings.CutPrefix(body, edge); ok {
				if inner, ok = strings.CutSuffix(inner, edge); ok {
					return strings.TrimRight(strings.TrimPrefix(inner, " "), " ")
				}
			}
		}
		return line
	})
}

// splitFrames puts each of several frames on one line on a line of its own.
func splitFrames(text string) string {
	if !strings.Contains(text, ")  ") {
		return text
	}
	return txt.EachLine(text, func(line string) string {
		if !strings.HasPrefix(strings.TrimLeft(line, " \t"), "at ") {
			return line
		}
		var b strings.Builder
		for {
			end := strings.Index(line, ")  ")
			if end < 0 || !strings.HasPrefix(strings.TrimLeft(line[end+1:], " "), "at ") {
				break
			}
			b.WriteString(line[:end+1])
			b.WriteByte('\n')
			line = line[end+1:]
		}
		b.WriteString(line)
		return b.String()
	})
}

// leastWidth is the width of the narrowest terminal at which lines are cut.
const leastWidth = 40

// wrapped yields a text whose lines a terminal or a page has cut at one width, with the parts of each put
// together, and with the place of a frame that stands on the next line put behind its name:
//
//	    at EventEmitter.ObjectExpression (/srv/node_modules/plugin/lib/ru
//	les/object.js:14:21)
//	      at launch
//	  (file:///srv/app/launch.ts:65:46)
func wrapped(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := t.Stripped
		if strings.IndexByte(text, '\n') < 0 {
			return
		}
		widest := 0
		for offset := 0; offset < len(text); {
			var line string
			line, offset = txt.LineAt(text, offset)
			widest = max(widest, utf8.RuneCountInString(line))
		}
		if joined, ok := joinLines(text, widest); ok {
			yield(Candidate{Name: Wrapped, Text: joined})
		}
	}
}

// joinLines puts together the lines of text that were cut at a width. It reports false if there are none.
func joinLines(text string, width int) (joined string, ok bool) {
	for offset := 0; offset < len(text) && !ok; {
		line, next := txt.LineAt(text, offset)
		if next < len(text) {
			following, _ := txt.LineAt(text, next)
			_, isCut := glueBetween(line, following, width)
			ok = isCut && isUnfinished(line)
		}
		offset = next
	}
	if !ok {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(text))
	for offset := 0; offset < len(text); {
		line, next := txt.LineAt(text, offset)
		b.WriteString(line)
		following := ""
		if next < len(text) {
			following, _ = txt.LineAt(text, next)
		}
		offset = next
		glue, isCut := glueBetween(line, following, width)
		switch {
		case isCut:
			b.WriteString(glue)
			rest, _ := txt.LineAt(text, next)
			if glue == " " { // the place of a frame
				offset += len(rest) - len(strings.TrimLeft(rest, " \t"))
			}
		case next <= len(text) && text[next-1] == '\n':
			b.WriteByte('\n')
		}
	}
	return b.String(), true
}

// glueBetween returns what stands between two lines if they are one.
func glueBetween(line, following string, width int) (glue string, ok bool) {
	body := strings.TrimLeft(following, " \t")
	if body == "" {
		return "", false
	}
	if strings.HasPrefix(strings.TrimLeft(line, " \t"), "at ") && body[0] == '(' && strings.HasSuffix(strings.TrimRight(body, " \r"), ")") && strings.IndexByte(line, '(') < 0 {
		return " ", true
	}
	if width < leastWidth {
		return "", false
	}
	if strings.HasPrefix(strings.TrimLeft(line, " \t"), "at ") && !isUnfinished(line) {
		return "", false
	}
	switch utf8.RuneCountInString(line) {
	case width:
		return "", !strings.HasPrefix(body, "at ") || len(body) == len(following)
	case width - 1: // a blank was at the end
		return " ", len(body) == len(following) && !strings.HasSuffix(line, ")")
	}
	return "", false
}

// isUnfinished reports whether line begins as a frame and ends before its place does.
func isUnfinished(line string) bool {
	body := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(body, `File "`):
		return !strings.Contains(body, `", line `) || !strings.Contains(body, ", in ")
	case !strings.HasPrefix(body, "at "):
		return false
	}
	open, closed := strings.Count(body, "("), strings.Count(body, ")")
	return open > closed || open == 0 && !endsInPlace(body)
}
