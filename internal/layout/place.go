package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// ReadPlaced reads an error without a stack whose place is told beside its message. The place becomes its frame, as
// that of window.onerror does:
//
//	[4012:1129/101112.123:INFO:CONSOLE(3)] "Uncaught TypeError: q", source: https://h/a.js (12)
//	D/CordovaLog(1630): file:///a.js: Line 15 : Uncaught TypeError: q
//	E/Capacitor/Console: File: http://localhost/main.js - Line 1 - Msg: Uncaught TypeError: q
//	E/Web Console: Uncaught TypeError: q at file:///a.js:15
//	JavaScript error: resource://a.js, line 5: TypeError: q
//	qrc:/main.qml:12: TypeError: q
//	[Error] TypeError: q — a.js:12:5455
//	x.js:63 Uncaught TypeError: q
//
// or on lines below it:
//
//	SCRIPT438: q                Uncaught TypeError: q       [TypeError: q]
//	a.js (12,5)                 URL: http://h/a.js            line: 5,
//	                            Line: 5                       column: 58,
//	                            Column: 6                     sourceURL: 'http://h/a.js'
//
// The file must be a script's. It is asked of a text in which nothing else was found.
func ReadPlaced(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame
	for i, l := range lines.All() {
		if len(l.Body) > maxPlaced || !mayBePlaced(l.Body) {
			continue
		}
		message, ok := cutPlaceBeside(&f, l.Body)
		end := i + 1
		if !ok {
			message = l.Body
			if end, ok = readPlaceBelow(&f, lines, i); !ok {
				continue
			}
		}
		p := new(model.Parsed)
		p.Frames = lines.Room
		p.LeaveLines(lines.Slice(0, i))
		p.Before = len(p.Unparsed)
		p.Header = l.Raw
		h := parsePlaced(message)
		p.Label, p.Type, p.Code, p.Message = h.Label, h.Type, h.Code, strings.TrimRight(h.Message, " \t")
		l.Raw = lines.Between(i, end)
		p.Take(&f, l)
		p.LeaveLines(lines.From(end))
		return p, true
	}
	return nil, false
}

// maxPlaced is the length of the longest line in which a place is looked for beside a message.
const maxPlaced = 4 << 10

// mayBePlaced reports whether body may tell an error: it has the name of one, or words that say that nobody caught it.
func mayBePlaced(body string) bool {
	return header.HasStrong(body) || strings.Contains(body, "ncaught ") || strings.Contains(body, "ourceURL") || isScriptCode(body)
}

// parsePlaced reads a message, of which the place was cut off.
func parsePlaced(message string) header.Header {
	for _, level := range [...]string{"[Error] ", "[error] ", "[Warning] "} {
		message = strings.TrimPrefix(message, level)
	}
	if isScriptCode(message) {
		code, rest, _ := strings.Cut(message, ": ")
		return header.Header{Code: code, Message: rest}
	}
	if name, ok := cutBrackets(message); ok {
		message = name
	} else if name, members, ok := strings.Cut(message, " {"); ok && header.IsErrorWord(name) {
		h := header.Header{Type: name}
		takeMember(&h.Message, members, "message")
		h.Message = strings.Trim(h.Message, "\"'")
		return h
	}
	return header.Prefer(header.Parse(message, false), message)
}

// cutBrackets takes the brackets off an error as consoles print one without a stack: "[TypeError: x]".
func cutBrackets(s string) (inner string, ok bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "{ ")
	inner, ok = strings.CutPrefix(s, "[")
	end := strings.LastIndexByte(inner, ']')
	return inner[:max(end, 0)], ok && end > 0 && header.StartsWithError(inner)
}

// cutPlaceBeside cuts the place off body, and reads it into f.
func cutPlaceBeside(f *formats.Frame, body string) (message string, ok bool) {
	if before, place, ok := strings.Cut(body, sourceBehind); ok { // Chromium's log
		open := strings.LastIndex(place, " (")
		if open < 0 || !setPlace(f, place[:open], place[open+len(" ("):], "") {
			return "", false
		}
		if _, quoted, ok := strings.Cut(before, `] "`); ok {
			before = quoted
		}
		return strings.TrimPrefix(before, `"`), isTold(before)
	}
	for _, form := range [...]struct{ before, line, behind string }{
		{"", ": Line ", " : "},                  // Cordova
		{"File: ", " - Line ", " - Msg: "},      // Capacitor
		{"JavaScript error: ", ", line ", ": "}, // Firefox
		{"From ", ", line ", ": "},
	} {
		start := strings.Index(body, form.before)
		if start < 0 {
			continue
		}
		file, rest, ok := strings.Cut(body[start+len(form.before):], form.line)
		if !ok {
			continue
		}
		if form.before == "" {
			file = file[strings.LastIndexByte(file, ' ')+1:]
		}
		number, message, ok := strings.Cut(rest, form.behind)
		if ok && setPlace(f, file, number, "") && isTold(message) {
			return message, true
		}
	}
	if message, ok := cutPlaceBefore(f, body); ok {
		return message, true
	}
	return cutPlaceBehind(f, body)
}

// cutPlaceBefore cuts the place off the beginning of body: "FILE:LINE: TypeError: x", "FILE:LINE Uncaught TypeError: x".
func cutPlaceBefore(f *formats.Frame, body string) (message string, ok bool) {
	start, end, pos, ok := nextPlace(body, 0)
	if !ok || start > 0 && !txt.IsBlank(body[start-1]) && body[start-1] != ']' {
		return "", false
	}
	rest, isColon := strings.CutPrefix(body[pos.end:], ":")
	if rest, ok = strings.CutPrefix(rest, " "); !ok {
		return "", false
	}
	_, uncaught := header.CutConsoleWords(rest)
	strong, isStrong := header.FindStrong(rest)
	if !uncaught && !(isStrong && strong.At == 0 && (isColon || start == 0)) {
		return "", false
	}
	*f = formats.Frame{File: body[start:end], Line: pos.line, Col: pos.col, Engine: formats.Rows}
	return rest, true
}

// cutPlaceBehind cuts the place off the end of body: "TypeError: x at FILE:LINE", "x — FILE:LINE:COL",
// "x (FILE:LINE)", "x (FILE, line LINE)".
func cutPlaceBehind(f *formats.Frame, body string) (message string, ok bool) {
	trimmed := strings.TrimRight(body, ")]. ")
	start, end, pos, ok := nextPlace(trimmed, max(0, len(trimmed)-maxFileBehind))
	if !ok || pos.end != len(trimmed) || pos.form == '#' {
		return "", false
	}
	before := strings.TrimRight(trimmed[:start], " ")
	for _, word := range [...]string{" at", " —", " -", " @", " (", " in", " ["} {
		if cut, ok := strings.CutSuffix(before, word); ok && isTold(cut) {
			*f = formats.Frame{File: trimmed[start:end], Line: pos.line, Col: pos.col, Engine: formats.Rows}
			return strings.TrimRight(cut, " "), true
		}
	}
	return "", false
}

// maxFileBehind is the length of the longest place behind a message.
const maxFileBehind = 1 << 10

// isTold reports whether s tells an error.
func isTold(s string) bool { return header.HasStrong(s) || strings.Contains(s, "ncaught ") }

// setPlace sets the file and the position of f. It reports false if the file is no script's, or the line no number.
func setPlace(f *formats.Frame, file, line, col string) bool {
	file = strings.Trim(file, " '\"`,")
	line = strings.Trim(line, " '\"`,);")
	n, ok := txt.ParseCount(line)
	c, isCol := txt.ParseCount(strings.Trim(col, " '\"`,);}"))
	*f = formats.Frame{File: file, Line: n, Engine: formats.Rows}
	if isCol {
		f.Col = c
	}
	return ok && n > 0 && isScriptFile(file)
}

// maxBelow is the number of lines below a message that may tell its place.
const maxBelow = 8

// readPlaceBelow reads the place of the error on the line with an index from members on that line and those below it,
// and returns where it ends.
func readPlaceBelow(f *formats.Frame, lines model.Lines, i int) (end int, ok bool) {
	if isScriptCode(lines.At(i).Body) && i+1 < lines.Len() {
		r, ok := readAnyRow(f, strings.Replace(lines.At(i+1).Body, " (", "(", 1))
		f.Engine = formats.Rows
		return i + 2, ok && r.isBare
	}
	var file, line, col string
	end = i + 1
	for j := i; j < min(lines.Len(), i+maxBelow); j++ {
		body := lines.At(j).Body
		if j == i && !strings.Contains(body, "ourceURL") {
			continue
		}
		isMember := takeMember(&file, body, "sourceURL", "URL", "Url", "url", "Source", "source", "File", "file", "fileName", "filename", "script")
		isMember = takeMember(&line, body, "line", "Line", "lineNumber", "lineno", "originalLine") || isMember
		isMember = takeMember(&col, body, "column", "Column", "col", "Col", "colno", "columnNumber", "originalColumn") || isMember
		if isMember {
			end = j + 1
		} else if j > i && body != "" && line == "" && file == "" {
			break
		}
	}
	return end, file != "" && line != "" && setPlace(f, file, line, col)
}

// takeMember takes the value of the first of keys that body has with a colon behind it: "line: 5", `"line":5`.
func takeMember(value *string, body string, keys ...string) bool {
	for _, key := range keys {
		at := strings.Index(body, key)
		if at < 0 || at > 0 && (txt.IsLetter(body[at-1]) || body[at-1] == '.') {
			continue
		}
		rest, ok := strings.CutPrefix(strings.TrimLeft(body[at+len(key):], "\"'"), ":")
		if !ok {
			continue
		}
		if end := strings.IndexAny(rest, ",}"); end >= 0 {
			rest = rest[:end]
		}
		if rest = strings.TrimSpace(rest); rest != "" && *value == "" {
			*value = rest
			return true
		}
	}
	return false
}

// MayTellPlace reports whether a line of text tells an error, and its place or where that is told.
func MayTellPlace(text string) bool {
	if !model.Holds(text, "Error", "Exception", "ncaught ", "ourceURL", "SCRIPT") || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	var f formats.Frame
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		body := txt.TrimBlanks(line)
		if len(body) > maxPlaced || !mayBePlaced(body) {
			continue
		}
		if _, ok := cutPlaceBeside(&f, body); ok || isScriptCode(body) || strings.Contains(body, "ourceURL") {
			return true
		}
		next, _ := txt.LineAt(text, offset)
		if body = txt.TrimBlanks(next); isPlaceWord(body) && body != "" || strings.HasPrefix(body, "line:") {
			return true
		}
	}
	return false
}
