package carrier

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/formats"
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
		text = cutLinks(text)
		text = splitFrames(cutTails(text))
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
	if strings.IndexByte(body, '\n') < 0 {
		return text
	}
	for _, quotes := range [...][2]string{{"(", ")"}, {"\"", "\""}, {"'", "'"}, {"`", "`"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}, {"„", "“"}} {
		inner, ok := strings.CutPrefix(body, quotes[0])
		if !ok {
			continue
		}
		if inner, ok = strings.CutSuffix(inner, quotes[1]); ok {
			body, text = inner, inner
		}
	}
	return text
}

// edges are what stands on both sides of a line in a table, a box, and in Markdown.
var edges = [...]string{"|", "│", "**", "`", "║"}

// cutEdges takes off the edges of a table or a box on both sides of its lines, and stars and backticks around lines.
func cutEdges(text string) string {
	has := strings.Contains(text, "**")
	for _, edge := range edges {
		has = has || strings.Contains(text, edge+"\n") || strings.Contains(text, edge+"\r\n") || strings.HasSuffix(text, edge)
	}
	if !has {
		return text
	}
	return changeLines(text, func(line string) string {
		body := strings.TrimSpace(line)
		for _, edge := range edges {
			if inner, ok := strings.CutPrefix(body, edge); ok {
				if inner, ok = strings.CutSuffix(inner, edge); ok {
					return strings.TrimRight(strings.TrimPrefix(inner, " "), " ")
				}
			}
		}
		return line
	})
}

// changeLines returns text with each line changed, and with its line ends as they are. It is text itself if that changes
// nothing.
func changeLines(text string, change func(line string) string) string {
	var b strings.Builder
	from := 0 // what is not yet written
	for offset := 0; offset < len(text); {
		line, next := txt.LineAt(text, offset)
		if changed := change(line); changed != line {
			if from == 0 && b.Len() == 0 {
				b.Grow(len(text))
			}
			b.WriteString(text[from:offset])
			b.WriteString(changed)
			from = offset + len(line)
		}
		offset = next
	}
	if from == 0 {
		return text
	}
	b.WriteString(text[from:])
	return b.String()
}

// cutTails takes off what quotes and brackets around a text have left behind frames: `at f (/a.js:1:2)")`.
func cutTails(text string) string {
	if !strings.Contains(text, "at ") && !strings.Contains(text, ",\n") {
		return text
	}
	var f formats.Frame
	return changeLines(text, func(line string) string {
		body := strings.Trim(line, " \t\r")
		if sign := strings.IndexByte(body, '@'); sign >= 0 && strings.HasSuffix(body, ",") {
			if body = body[:len(body)-1]; endsInPlace(body) && formats.DefaultSign().ReadInto(&f, body) {
				return body
			}
			return line
		}
		if bullet, rest, ok := strings.Cut(body, " at "); ok && bullet != "" && len(bullet) <= len("⁃") && !txt.IsLetter(bullet[0]) && !txt.IsDigit(bullet[0]) {
			if formats.DefaultAt().ReadInto(&f, "at "+rest) && f.Line > 0 {
				return line[:strings.Index(line, body)] + "at " + rest // Youch marks the frames of libraries
			}
		}
		if !strings.HasPrefix(body, "at ") || formats.DefaultAt().ReadInto(&f, body) && f.Line > 0 {
			return line
		}
		for range maxTail {
			trimmed := strings.TrimRight(body, " \t")
			_, n := utf8.DecodeLastRuneInString(trimmed)
			if !strings.Contains("\"'`”’»“,;.|*)]}\\", trimmed[len(trimmed)-n:]) {
				break
			}
			if body = trimmed[:len(trimmed)-n]; formats.DefaultAt().ReadInto(&f, body) && f.Line > 0 {
				return line[:strings.Index(line, body)+len(body)]
			}
		}
		return line
	})
}

// maxTail is the number of quotes and brackets that are taken off behind a frame.
const maxTail = 4

// splitFrames puts each of several frames on one line on a line of its own.
func splitFrames(text string) string {
	if !strings.Contains(text, "at ") && strings.IndexByte(text, '@') < 0 {
		return text
	}
	var f formats.Frame
	indent := frameIndent(text)
	return changeLines(text, func(line string) string {
		switch {
		case len(line) > maxSplitLine:
			return line
		case strings.Contains(line, "(anonymous function) @ ") && strings.HasPrefix(strings.TrimLeft(line, " \t"), "at "):
			at := strings.Index(line, "(anonymous function) @ ")
			return strings.TrimRight(line[:at], " ") + "\n" + line[at:]
		case strings.Contains(line, "at "):
			return splitAts(&f, line, indent)
		case strings.Count(line, "@") > 1:
			return splitSigns(&f, line)
		}
		return line
	})
}

// cutLinks takes the marks of links off the places of frames:
//
//	at f (<http://h/a.js:1:2>)                          Slack, Markdown
//	at f (<http://h/a.js:1:2|h/a.js:1:2>)
//	at f ([http://h/a.js:1:2](http://h/a.js:1:2))
func cutLinks(text string) string {
	if !strings.Contains(text, "<http") && !strings.Contains(text, "<file:") && !strings.Contains(text, "](http") {
		return text
	}
	return changeLines(text, func(line string) string {
		for range maxLinks {
			open := strings.Index(line, "<http")
			if open < 0 {
				open = strings.Index(line, "<file:")
			}
			if open < 0 {
				break
			}
			link, rest, ok := strings.Cut(line[open+1:], ">")
			if !ok {
				break
			}
			link, _, _ = strings.Cut(link, "|")
			line = line[:open] + link + rest
		}
		for range maxLinks {
			middle := strings.Index(line, "](http")
			if middle < 0 {
				break
			}
			open := strings.LastIndexByte(line[:middle], '[')
			_, rest, ok := strings.Cut(line[middle:], ")")
			if open < 0 || !ok {
				break
			}
			line = line[:open] + line[open+1:middle] + rest
		}
		return line
	})
}

// maxLinks is the number of links on a line whose marks are taken off.
const maxLinks = 4

// frameIndent returns the blanks before the first line of text that begins as an "at" frame does.
func frameIndent(text string) string {
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		if body := strings.TrimLeft(line, " \t"); strings.HasPrefix(body, "at ") {
			return line[:len(line)-len(body)]
		}
	}
	return "    "
}

// maxSplitLine is the length of the longest line that is split.
const maxSplitLine = 1 << 14

// splitAts puts a line end before each frame that line ends in, if there are several, or one follows a wide blank:
//
//	at f (/a.js:1:2), at g (/a.js:3:4)
//	TypeError: x    at f (/a.js:1:2)at g (/a.js:3:4)
func splitAts(f *formats.Frame, line, indent string) string {
	var starts []int
	end := len(line)
	for end > 0 {
		at := strings.LastIndex(line[:end], "at ")
		for at > 0 && !mayStartFrame(line, at) {
			at = strings.LastIndex(line[:at], "at ")
		}
		if at < 0 {
			break
		}
		body := strings.TrimRight(line[at:end], " \t,;\r")
		if !formats.DefaultAt().ReadInto(f, body) || f.Line == 0 && !f.Native || strings.Count(body, "(") != strings.Count(body, ")") || strings.IndexByte(f.Func, ')') >= 0 {
			break
		}
		starts = append(starts, at)
		end = at
	}
	before := strings.TrimRight(line[:end], " \t,;")
	isWide := strings.HasSuffix(line[:end], "  ") || strings.HasSuffix(line[:end], "\t")
	if len(starts) == 0 || len(starts) == 1 && (before == "" || !isWide) {
		return line
	}
	var b strings.Builder
	b.Grow(len(line) + 5*len(starts))
	b.WriteString(before)
	for i := len(starts) - 1; i >= 0; i-- {
		to := len(line)
		if i > 0 {
			to = starts[i-1]
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(indent)
		b.WriteString(strings.TrimRight(line[starts[i]:to], " \t,;"))
	}
	return b.String()
}

// mayStartFrame reports whether a frame may begin with the "at " at an index of line: a blank, or the end of a message
// or of another frame stand before it.
func mayStartFrame(line string, at int) bool {
	if at == 0 || txt.IsBlank(line[at-1]) || strings.IndexByte("),;>", line[at-1]) >= 0 {
		return true
	}
	return strings.Contains(line[at:], ")at ") || txt.IsDigit(line[at-1])
}

// splitSigns puts a line end between frames of the engines that write "NAME@LOCATION":
//
//	f@http://h/a.js:1:2 g@http://h/a.js:3:4
//	f@http://h/a.js:1:2g@http://h/a.js:3:4
func splitSigns(f *formats.Frame, line string) string {
	var b strings.Builder
	from, n := 0, 0
	for i := 1; i < len(line); i++ {
		end := positionEnd(line, i)
		if end == 0 {
			continue
		}
		i = end
		next := end + len(line[end:]) - len(strings.TrimLeft(line[end:], " \t,"))
		name := 0
		for next+name < len(line) && name < maxRun && strings.IndexByte(" \t@:()", line[next+name]) < 0 {
			name++
		}
		isNext := next+name < len(line) && line[next+name] == '@'
		if !isNext && strings.Trim(line[end:], " \t,") != "" {
			continue
		}
		if piece := line[from:end]; !formats.DefaultSign().ReadInto(f, strings.Trim(piece, " \t")) || f.Line == 0 && !f.Wasm || !isPlace(f) || strings.Contains(f.File, "@http") {
			return line
		}
		if n > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Trim(line[from:end], " \t"))
		n++
		from = next
	}
	if n < 2 || from < len(line) {
		return line
	}
	return b.String()
}

// positionEnd returns where the position ends whose colon has the index i: ":12:5", ":0x1f" of WebAssembly. It is 0 if
// none begins there, or it is no position: a port has a path behind it.
func positionEnd(line string, i int) int {
	if line[i] != ':' {
		return 0
	}
	end := i + 1
	if strings.HasPrefix(line[end:], "0x") && line[i-1] == ']' {
		for end += len("0x"); end < len(line) && isHex("0"+line[end:end+1]+"00000"); end++ {
		}
		return end
	}
	digits := txt.DigitsLen(line[end:])
	if digits == 0 {
		return 0
	}
	end += digits
	if end < len(line) && line[end] == ':' {
		if digits = txt.DigitsLen(line[end+1:]); digits > 0 {
			end += 1 + digits
		}
	}
	if end < len(line) && (line[end] == '/' || line[end] == ':') {
		return 0
	}
	return end
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
//
// A frame whose place is on the next lines is put together whatever its width.
func wrapped(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := t.Stripped
		if strings.IndexByte(text, '\n') < 0 {
			return
		}
		w := wrapper{text: text}
		for offset := 0; offset < len(text); {
			var line string
			line, offset = txt.LineAt(text, offset)
			w.width = max(w.width, utf8.RuneCountInString(line))
		}
		if joined, ok := w.join(); ok {
			yield(Candidate{Name: Wrapped, Text: joined})
		}
	}
}

// wrapper puts together the lines of a text that were cut at a width.
type wrapper struct {
	text  string
	width int
	frame formats.Frame
}

// join returns the text with its lines put together. It reports false if there are none of which a frame is.
func (w *wrapper) join() (joined string, ok bool) {
	for offset := 0; offset < len(w.text) && !ok; {
		line, next := txt.LineAt(w.text, offset)
		_, end := w.wholeFrame(line, next)
		ok = end > next
		offset = next
	}
	if !ok {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(w.text))
	for offset := 0; offset < len(w.text); {
		line, next := txt.LineAt(w.text, offset)
		if whole, end := w.wholeFrame(line, next); end > next {
			b.WriteString(whole)
			if offset = end; w.text[end-1] == '\n' {
				b.WriteByte('\n')
			}
			continue
		}
		b.WriteString(line)
		following, _ := txt.LineAt(w.text, min(next, len(w.text)))
		offset = next
		if glue, isCut := w.glue(line, following); isCut && next < len(w.text) {
			b.WriteString(glue)
		} else if w.text[next-1] == '\n' {
			b.WriteByte('\n')
		}
	}
	return b.String(), true
}

// HasCutFrame reports whether a line of text begins as a frame and ends before its place does.
func HasCutFrame(text string) bool {
	return hasLine(text, func(line string) bool {
		body := strings.TrimLeft(line, " \t")
		return (strings.HasPrefix(body, "at ") || strings.HasPrefix(body, `File "`)) && (isUnfinished(body) || strings.Contains(body, "(anonymous function) @ "))
	})
}

// leastCut is the width of the narrowest line that is cut within a word.
const leastCut = 30

// maxParts is the number of lines over which a frame is cut at most.
const maxParts = 5

// wholeFrame returns the frame that begins on line and ends on one of those from next on, and where the line behind it
// begins. End is next if the line is none of a frame that was cut.
func (w *wrapper) wholeFrame(line string, next int) (whole string, end int) {
	if !isUnfinished(line) {
		if part, after := txt.LineAt(w.text, min(next, len(w.text))); strings.HasPrefix(strings.TrimLeft(line, " "), `File "`) && utf8.RuneCountInString(line) == w.width && part != "" && strings.IndexByte(part, ' ') < 0 {
			return line + part, after // the end of a name
		}
		return line, next
	}
	whole, end = strings.TrimRight(line, "\r"), next
	last := line
	for range maxParts {
		if end >= len(w.text) {
			break
		}
		part, after := txt.LineAt(w.text, end)
		body := strings.TrimLeft(part, " \t")
		if body == "" || beginsFrame(body) && !strings.HasPrefix(body, "at (") {
			break
		}
		glued := w.glueFrame(whole, last, part)
		if glued[0] != ' ' && utf8.RuneCountInString(last) < leastCut {
			break // a name of a file with a line end in it
		}
		whole += glued
		end, last = after, part
		if w.isWhole(whole) {
			return whole, end
		}
	}
	return line, next
}

// beginsFrame reports whether body is the beginning of a frame.
func beginsFrame(body string) bool {
	return strings.HasPrefix(body, "at ") || strings.HasPrefix(body, `File "`) || strings.Contains(body, "@http") || strings.Contains(body, "@[native")
}

// glueFrame returns part, the next one of a frame that was cut behind whole, of which last is the last line, with what
// stands before it.
func (w *wrapper) glueFrame(whole, last, part string) string {
	body := strings.Trim(part, " \t\r")
	isCut := utf8.RuneCountInString(last) == w.width
	switch {
	case body[0] == '(' || strings.HasPrefix(body, "[as "):
		return " " + body
	case len(body) == len(part)-1 && part[0] == ' ': // the blank at which the line was cut
		return " " + body
	case strings.HasSuffix(whole, ","), !isCut && !strings.ContainsAny(whole[len(whole)-1:], "/\\.:-_") && (isFileStart(body) || strings.HasPrefix(body, "in ")):
		return " " + body
	}
	return body
}

// isFileStart reports whether body begins as a whole file does.
func isFileStart(body string) bool {
	return body[0] == '/' || strings.Contains(body[:min(len(body), 20)], "://") || len(body) > 2 && body[1] == ':' && (body[2] == '\\' || body[2] == '/')
}

// isWhole reports whether line is a frame with a place.
func (w *wrapper) isWhole(line string) bool {
	body := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(body, `File "`):
		_, place, ok := strings.Cut(body[len(`File "`):], `", line `)
		name, isNamed := strings.CutPrefix(strings.TrimLeft(place, "0123456789"), ", in ")
		return ok && isNamed && name != ""
	case !strings.HasPrefix(body, "at "):
		return formats.DefaultSign().ReadInto(&w.frame, body) && w.frame.Line > 0
	case isUnfinished(body):
		return false
	}
	return formats.DefaultAt().ReadInto(&w.frame, body) && w.frame.Line > 0 || endsInPlace(strings.TrimSuffix(body, ")"))
}

// glue returns what stands between two lines, of which the first is no frame, if they are one.
func (w *wrapper) glue(line, following string) (glue string, ok bool) {
	body := strings.TrimLeft(following, " \t")
	if body == "" || w.width < leastWidth || beginsFrame(strings.TrimLeft(line, " \t")) || beginsFrame(body) {
		return "", false
	}
	switch utf8.RuneCountInString(line) {
	case w.width:
		return "", true
	case w.width - 1: // a blank was at the end
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
		_, location, ok := strings.Cut(body, "@")
		return ok && strings.IndexByte(body, ' ') < 0 && (strings.Contains(location, "://") || strings.HasPrefix(location, "/")) && !endsInPlace(location)
	}
	body = strings.TrimRight(body, "{}], ") // of an object that the error was printed in
	open, closed := strings.Count(body, "("), strings.Count(body, ")")
	return open > closed || !strings.HasSuffix(body, ")") && !endsInPlace(body)
}
