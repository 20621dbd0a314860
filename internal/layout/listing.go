package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readListing reads frames that a tool lists in rows of its own, see [formats.ReadRow]:
//
//	undefined is not an object (evaluating 'x.y')
//	- node_modules/a.js:104:6 in f
//	* [native code]:null in g
//
// A row that many a text holds needs another beside it, or an error's header or the title of a stack
// above it. Source code may stand between the rows.
func readListing(lines model.Lines) (*model.Parsed, bool) {
	for _, least := range [...]formats.Evidence{formats.RowBeside, formats.RowBelow} { // the surest rows of the text
		if l, ok := findListing(lines, least); ok {
			return l.read(), true
		}
	}
	return nil, false
}

// findListing finds the first rows of a shape whose evidence is least or better.
func findListing(lines model.Lines, least formats.Evidence) (listing, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	for from := 0; from < lines.Len(); from++ {
		shape := formats.ReadRow(&f, lines.At(from).Body)
		if shape == nil || shape.Evidence > least {
			continue
		}
		l := listing{lines: lines, start: from, shape: shape}
		l.findEnd()
		for l.start > 0 && least == formats.RowBeside && l.isRow(&f, lines.At(l.start-1), true) {
			l.start-- // written in another way
			l.rows++
		}
		if l.isProved() {
			return l, true
		}
		from = l.end - 1
	}
	return listing{}, false
}

// ReadPythonSpelled reads frames of JavaScript in Python's words, of which the header comes first and so does
// the innermost call:
//
//	TypeError: q
//	  File "https://h/a.js", line 1, in f
//	    the line of the source
//	  File "https://h/b.js", line 4, in [anonymous]
func ReadPythonSpelled(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	for i, line := range lines.All() {
		switch {
		case strings.Contains(line.Body, "(most recent call "):
			return nil, false
		case !strings.HasPrefix(line.Body, "File "):
			continue
		}
		shape := formats.ReadRow(&f, line.Body)
		if shape == nil || shape.Lead() != "File " {
			return nil, false
		}
		l := listing{lines: lines, start: i, shape: shape}
		if l.findEnd(); !l.isProved() {
			return nil, false
		}
		return l.read(), true
	}
	return nil, false
}

// listing are the rows of one stack, with what stands between them.
type listing struct {
	lines      model.Lines
	start, end int
	shape      *formats.RowShape // of the first row
	rows       int
}

// maxBetween is the number of lines that may stand between two rows: trackers show a few lines of source.
const maxBetween = 12

// findEnd finds the line behind the last row.
func (l *listing) findEnd() {
	var f formats.Frame
	for i := l.start; i < l.lines.Len() && i-l.end <= maxBetween; i++ {
		line := l.lines.At(i)
		if l.isRow(&f, line, i > l.start && i == l.end) {
			l.end = i + 1
			l.rows++
			continue
		}
		if _, ok := header.FindStrong(line.Body); ok || i == l.start {
			break
		}
	}
	l.end = max(l.end, l.start+1)
}

// isRow reports whether line is a row of the same stack, and reads it into f. Next tells that it follows
// another one.
func (l *listing) isRow(f *formats.Frame, line model.Line, next bool) bool {
	if strings.HasPrefix(line.Body, "at ") && l.rows > 0 && formats.Read(f, formats.V8, line.Body) {
		return true // of a component, among rows
	}
	shape := formats.ReadRow(f, line.Body)
	switch {
	case shape == nil:
		return false
	case next && shape.Lead() == "" && l.shape.Lead() == "" && !shape.HasNameFirst() && !l.shape.HasNameFirst() && !shape.IsSure() && !l.shape.IsSure():
		return true // "popup.js:13 (f)" and "popup.js:20 (anonymous function)"
	case shape == l.shape, shape.Evidence == formats.RowWithin && next, shape.Evidence == formats.RowAlone && l.shape.Evidence == formats.RowAlone:
		return true
	}
	return next && (l.shape.IsBare() || shape.IsBare()) && !shape.HasNameFirst() && !l.shape.HasNameFirst()
}

// isProved reports whether the rows are surely those of a stack.
func (l *listing) isProved() bool {
	switch l.shape.Evidence {
	case formats.RowAlone:
		return true
	case formats.RowBeside:
		if l.rows > 1 {
			return true
		}
	case formats.RowBelow:
		if l.rows > 1 && l.isOfBundle() || l.shape.Lead() == "File: " && strings.Contains(l.lines.At(l.start).Body, ", Line: ") {
			return true // Internet Explorer's, below a message in any language
		}
	}
	return isBelowStackTitle(l.lines.Slice(0, l.start), !l.shape.IsBare() || l.rows > 1)
}

// isOfBundle reports whether the rows are of a bundle of React Native: "onload          main.jsbundle:6".
func (l *listing) isOfBundle() bool {
	var f formats.Frame
	return l.isRow(&f, l.lines.At(l.start), false) && f.Func != "" && strings.HasSuffix(f.File, "bundle")
}

// read reads the header and the rows.
func (l *listing) read() *model.Parsed {
	p := new(model.Parsed)
	p.Frames = txt.WithRoom(l.lines.Room, l.rows)
	readListingHeader(p, l.lines.Slice(0, l.start))
	var f formats.Frame
	taken := 0
	for i := l.start; i < l.end; i++ {
		line := l.lines.At(i)
		if !l.isRow(&f, line, taken > 0) {
			p.LeaveLines(l.lines.Slice(i, i+1))
			continue
		}
		if n := l.fuller(&f, i); n > 0 {
			line.Raw = l.lines.Between(i, i+1+n)
			i += n
		}
		taken++
		p.Take(&f, line)
	}
	p.LeaveLines(l.lines.From(l.end))
	return p
}

// fuller reads the whole path of f, the row with an index, from the line below it, if it is there, and
// returns how many lines that is:
//
//   - build-html.js:110 doBuildPages
//     [repo]/x/build-html.js:110:24
func (l *listing) fuller(f *formats.Frame, i int) int {
	if l.shape.Lead() != "- " && l.shape.Lead() != "• " || i+1 >= l.lines.Len() {
		return 0
	}
	var place formats.Frame
	if !formats.ReadRowPlace(&place, l.lines.At(i+1).Body) || place.Line != f.Line || !strings.HasSuffix(place.File, "/"+f.File) {
		return 0
	}
	f.File, f.Col = place.File, place.Col
	return 1
}

// maxAbove is the number of lines above the first row among which a header is looked for.
const maxAbove = 6

// isBelowStackTitle reports whether the last of lines are an error's header, or the title of a stack. If
// far is true, lines of the message may stand between.
func isBelowStackTitle(lines model.Lines, far bool) bool {
	for i := lines.Len() - 1; i >= 0 && i >= lines.Len()-maxAbove; i-- {
		body := lines.At(i).Body
		if body == "" {
			continue
		}
		if header.IsStackTitle(body) {
			return true
		}
		if isErrorHeader(body) {
			return true
		}
		if !far && !isPlaceWord(body) {
			return false
		}
	}
	return false
}

// isErrorHeader reports whether body can be nothing but an error's header.
func isErrorHeader(body string) bool {
	body = cutPlace(body)
	if _, uncaught := header.CutConsoleWords(body); uncaught {
		return true
	}
	if _, ok := header.FindStrong(body); ok {
		return true
	}
	if name, _, ok := strings.Cut(body, " "); ok && name != "Error" && name != "Exception" && header.IsErrorWord(name) && txt.IsUpper(name[0]) {
		return true // "TypeError x is not a function", as Bugsnag copies it
	}
	return header.IsErrorName(header.Parse(body, false).Type) || isScriptCode(body)
}

// isScriptCode reports whether body begins with the number that Internet Explorer gives to an error:
// "SCRIPT5007: Unable to get property".
func isScriptCode(body string) bool {
	rest, ok := strings.CutPrefix(body, "SCRIPT")
	n := txt.DigitsLen(rest)
	return ok && n > 0 && strings.HasPrefix(rest[n:], ": ")
}

// isPlaceWord reports whether body says where an error was, between its message and its frames:
//
//	Context
//	popup.html
//	URL: http://localhost/build/vendor.js
//	Line: 1, Col: 62
func isPlaceWord(body string) bool {
	if body == "Context" || body == "---" || body == "" {
		return true
	}
	word, _, ok := strings.Cut(strings.TrimLeft(body, "⚡\ufe0f •*-"), ":")
	if !ok {
		return false
	}
	switch word {
	case "URL", "Url", "Source", "File", "file", "Line", "line", "Column", "Stack", "StackTrace", "sourceURL", "User Agent":
		return true
	}
	return false
}

// readListingHeader reads the header above rows. What stands above it, and the titles and places between
// it and the rows, are unparsed. Without an error's name the message is the lines just above the rows.
func readListingHeader(p *model.Parsed, lines model.Lines) {
	if lines.Bare {
		return
	}
	start := lines.Len()
	for i := lines.Len() - 1; i >= 0; i-- {
		if isErrorHeader(lines.At(i).Body) {
			start = i
			break
		}
	}
	end := start
	if start == lines.Len() {
		start, end = messageAbove(lines)
	} else {
		for end < lines.Len() && (end == start || !header.IsStackTitle(lines.At(end).Body) && !isPlaceWord(lines.At(end).Body)) {
			end++
		}
	}
	p.LeaveLines(lines.Slice(0, start))
	if start < end {
		readFoundHeader(p, lines.Slice(start, end))
	}
	p.LeaveLines(lines.From(end))
}

// messageAbove returns the lines at the end of lines that follow each other, if nothing says that they are
// no message.
func messageAbove(lines model.Lines) (start, end int) {
	end = lines.Len()
	for end > 0 && lines.At(end-1).Body == "" {
		end--
	}
	for start = end; start > 0 && lines.At(start-1).Body != ""; start-- {
		if header.IsStackTitle(lines.At(start - 1).Body) {
			return lines.Len(), lines.Len()
		}
	}
	return start, end
}

// readFoundHeader reads the header that lines are.
func readFoundHeader(p *model.Parsed, lines model.Lines) {
	before := len(p.Unparsed)
	indent := lines.At(0).Indent
	text := joinLines(lines, func(l model.Line) string { return l.Own[min(l.Indent, indent):] })
	body := cutPlace(text)
	first, more, several := strings.Cut(body, "\n")
	h := header.Parse(body, false)
	if isScriptCode(first) {
		code, message, _ := strings.Cut(body, ": ")
		h = header.Header{Code: code, Message: message}
	} else if name, message, ok := strings.Cut(body, " "); ok && h.Type == "" && header.IsErrorWord(name) && txt.IsUpper(name[0]) && name != "Error" && name != "Exception" {
		h = header.Header{Type: name, Message: strings.TrimLeft(message, " ")}
	} else if strong, ok := header.FindStrong(first); ok && h.Type != strong.Type {
		h = strong.Header
		if several {
			h.Message += "\n" + more
		}
	}
	p.Before = before
	p.Header = joinLines(lines, func(l model.Line) string { return l.Raw })
	p.Label, p.Type, p.Code, p.Message = h.Label, h.Type, h.Code, strings.TrimRight(h.Message, " \t\n")
}

// HasSureRow reports whether a line of text is a row that counts beside the frames of an engine.
func HasSureRow(text string) bool {
	var f formats.Frame
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		if shape := formats.ReadRow(&f, txt.TrimBlanks(line)); shape != nil && shape.IsSure() {
			return true
		}
	}
	return false
}

// mayBeListing reports whether a line of text may be a row.
func mayBeListing(text string) bool {
	if model.Holds(text) {
		return true
	}
	var f formats.Frame
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		if formats.ReadRow(&f, txt.TrimBlanks(line)) != nil {
			return true
		}
	}
	return false
}
