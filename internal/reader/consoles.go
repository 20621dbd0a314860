package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/model"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// What people copy out of the consoles of browsers, and what tools print in rows of their own.

// readHeaderLines reads the header that lines are, all of those before the first frame. Empty lines
// around it, and lines of a log before an error that cannot be mistaken, are unparsed.
func readHeaderLines(p *model.Parsed, lines model.Lines, printed bool) {
	if lines.Bare {
		return
	}
	end := lines.Len()
	for end > 0 && lines.At(end-1).Body == "" {
		end--
	}
	if end == 0 {
		return // the error has neither name nor message
	}
	for lines.At(0).Body == "" {
		p.LeaveLines(lines.Slice(0, 1))
		lines, end = lines.From(1), end-1
	}
	behind := lines.From(end)
	lines = lines.Slice(0, end)
	if start := errorLine(lines); start > 0 {
		p.LeaveLines(lines.Slice(0, start))
		lines = lines.From(start)
	}
	p.Before = len(p.Unparsed)
	if lines.Len() > 0 {
		indent := lines.At(0).Indent
		text := joinLines(lines, func(l model.Line) string { return l.Own[min(l.Indent, indent):] })
		h := header.Parse(cutPlace(text), printed)
		p.Header = joinLines(lines, func(l model.Line) string { return l.Raw })
		p.Type, p.Code, p.Message = h.Type, h.Code, h.Message
	}
	p.LeaveLines(behind)
}

// errorLine returns the index of the first line that can be nothing but an error's header, if the
// first line of all is no header by itself; else 0.
func errorLine(lines model.Lines) int {
	for i, l := range lines.All() {
		body := cutPlace(l.Body)
		typ := header.Parse(body, false).Type
		if i == 0 && typ != "" {
			return 0
		}
		if _, uncaught := header.CutConsoleWords(body); uncaught || header.IsErrorName(typ) {
			return i
		}
	}
	return 0
}

// cutPlace takes the link off the beginning of a message of Chrome's that was copied with its row:
// "file.js:12 Uncaught TypeError: msg".
func cutPlace(s string) string {
	place, rest, ok := strings.Cut(s, " ")
	if !ok || !endsInLine(place) || strings.IndexByte(place, '\n') >= 0 {
		return s
	}
	if _, uncaught := header.CutConsoleWords(rest); uncaught || header.IsErrorName(header.Parse(rest, false).Type) {
		return rest
	}
	return s
}

// endsInLine reports whether s is "FILE:LINE".
func endsInLine(s string) bool {
	colon := strings.LastIndexByte(s, ':')
	if colon <= 0 {
		return false
	}
	_, ok := parseCount(s[colon+1:])
	return ok
}

// joinLines returns what pick takes of each of lines, with "\n" between. A single line is not copied.
func joinLines(lines model.Lines, pick func(model.Line) string) string {
	return joinParts(lines.Len(), func(i int) string { return pick(lines.At(i)) })
}

// joinParts returns n parts with "\n" between. A single part is not copied.
func joinParts(n int, part func(i int) string) string {
	if n == 1 {
		return part(0)
	}
	size := n - 1
	for i := range n {
		size += len(part(i))
	}
	var b strings.Builder
	b.Grow(size)
	for i := range n {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(part(i))
	}
	return b.String()
}

// readRow reads l as a row of a console's stack.
func readRow(f *formats.Frame, format *formats.Format, l model.Line) bool {
	return l.Body != "" && format.Read(f, l.Body)
}

// dash stands between the columns of Safari's console.
const dash = " — "

// nextRun returns the first rows at or behind from that stand together, from start up to end.
func nextRun(lines model.Lines, from int, isRow func(l model.Line) bool) (start, end int) {
	for start = from; start < lines.Len(); start++ {
		if isRow(lines.At(start)) {
			break
		}
	}
	for end = start; end < lines.Len() && isRow(lines.At(end)); end++ {
	}
	return start, end
}

// readRun reads the lines from start up to end as frames of format, and all before as the header.
func readRun(lines model.Lines, start, end int, format *formats.Format) (*model.Parsed, bool) {
	p := new(model.Parsed)
	p.Frames = txt.WithRoom(lines.Room, end-start)
	readHeaderLines(p, lines.Slice(0, start), false)
	var f formats.Frame
	for _, l := range lines.Slice(start, end).All() {
		format.Read(&f, l.Body)
		p.Take(&f, l)
	}
	p.LeaveLines(lines.From(end))
	return p, true
}

var (
	devtools       = formats.Named("devtools")
	firefoxConsole = formats.Named("firefoxconsole")
	safariConsole  = formats.Named("safariconsole")
	phantomJS      = formats.Named("phantomjs")
	vitest         = formats.Named("vitest")
)

// devtoolsLine is what a line is in the stack of Chrome's console.
type devtoolsLine uint8

const (
	noDevtools    devtoolsLine = iota
	devtoolsRow                // a frame
	devtoolsCause              // why the next frame is on the far side of an asynchronous break
	devtoolsWord               // perhaps a cause: only a row behind it tells
	devtoolsMore               // the number of rows that are folded away
	devtoolsLess               // the button that folds them
)

// readDevtoolsLine tells what body is, and reads it into f if it is a row, a cause or a number:
//
//	setTimeout (async)
//	Promise.then (async)
//	await in foo (async)
//	async function (async)
//	bar awaits foo
//	await in foo
//	setTimeout
//	Show 3 more frames
//	Show less
func readDevtoolsLine(f *formats.Frame, l model.Line) devtoolsLine {
	body := l.Body
	if readRow(f, devtools, l) {
		if formats.IsConsoleName(f.Func) {
			return devtoolsRow
		}
		return noDevtools
	}
	*f = formats.Frame{}
	if body == "Show less" {
		return devtoolsLess
	}
	if number, ok := strings.CutPrefix(body, "Show "); ok {
		number, unit, _ := strings.Cut(number, " ")
		if n, ok := parseCount(number); ok && (unit == "more frames" || unit == "more frame") {
			f.Skipped = n
			return devtoolsMore
		}
	}
	cause, ok := strings.CutSuffix(body, " (async)")
	f.Async, f.AsyncCause = true, cause
	switch {
	case cause == "" || len(cause) > 100:
		return noDevtools
	case ok, strings.HasPrefix(cause, "await in "):
		return devtoolsCause
	}
	if before, after, ok := strings.Cut(cause, " awaits "); ok && isLabel(before) && isLabel(after) {
		return devtoolsCause
	}
	if isLabel(cause) || cause == "Async Call" || cause == "Promise resolved" || cause == "Promise rejected" {
		return devtoolsWord
	}
	return noDevtools
}

// isLabel reports whether s is a word such as Chrome gives to what scheduled a call: "setTimeout",
// "Promise.then".
func isLabel(s string) bool {
	return header.IsName(s) && strings.IndexByte(s, ':') < 0 && !header.IsErrorName(s)
}

// readDevtools reads the stack of Chrome's console, and an error's own stack before it:
//
//	Uncaught Error: x
//	    at foo (file.js:12:3)
//	    at file.js:20:1
//	foo @ file.js:12
//	(anonymous) @ file.js:20
//	setTimeout (async)
//	bar @ file.js:30
//
// Rows that repeat the error's own stack are unparsed.
func readDevtools(lines model.Lines) (*model.Parsed, bool) {
	start, end, ok := findDevtools(lines)
	if !ok {
		return nil, false
	}
	own := start
	var f formats.Frame
	for own > 0 && strings.HasPrefix(lines.At(own-1).Body, "at ") && formats.Read(&f, "v8", lines.At(own-1).Body) {
		own--
	}
	stack := lines.Slice(own, end)
	p := new(model.Parsed)
	p.Frames = stack.RoomFor(func(l model.Line) bool {
		return strings.HasPrefix(l.Body, "at ") || readDevtoolsLine(&f, l) == devtoolsRow
	})
	readHeaderLines(p, lines.Slice(0, own), own < start)
	for _, l := range lines.Slice(own, start).All() {
		formats.Read(&f, "v8", l.Body)
		p.Take(&f, l)
	}
	repeats := 0 // frames of the error's own stack that rows have repeated
	var mark formats.Frame
	var marks []string
	for _, l := range lines.Slice(start, end).All() {
		switch kind := readDevtoolsLine(&f, l); kind {
		case devtoolsRow:
			if len(marks) == 0 && repeats < start-own && isRepeated(&p.Frames[repeats], &f) {
				repeats++
				p.Unparsed = txt.AddLine(p.Unparsed, l.Raw)
				continue
			}
			repeats = start - own
			f.Skipped, f.Async, f.AsyncCause = mark.Skipped, mark.Async, mark.AsyncCause
			p.Take(&f, l)
			mark, marks = formats.Frame{}, nil
		case devtoolsCause, devtoolsWord:
			if mark.Async {
				p.Unparsed = append(p.Unparsed, marks...)
				mark, marks = formats.Frame{}, nil
			}
			mark.Async, mark.AsyncCause = true, f.AsyncCause
			marks = append(marks, l.Raw)
		case devtoolsMore:
			if mark.Skipped > 0 {
				p.Unparsed = append(p.Unparsed, marks...)
				mark, marks = formats.Frame{}, nil
			}
			mark.Skipped = f.Skipped
			marks = append(marks, l.Raw)
		default:
			p.Unparsed = txt.AddLine(p.Unparsed, l.Raw)
		}
	}
	p.Unparsed = append(p.Unparsed, marks...)
	p.LeaveLines(lines.From(end))
	return p, true
}

// isRepeated reports whether row tells the place of f, a frame of the error's own stack.
func isRepeated(f *model.Frame, row *formats.Frame) bool {
	return f.Line == row.Line && (f.File == row.File || strings.HasSuffix(f.File, "/"+row.File))
}

// findDevtools returns the rows of a stack of Chrome's console, with what stands between and behind
// them. Something in them must be Chrome's alone.
func findDevtools(lines model.Lines) (start, end int, ok bool) {
	var f formats.Frame
	start = -1
	proved := false // a row since start can be nothing else
	for i, l := range lines.All() {
		kind := readDevtoolsLine(&f, l)
		switch {
		case kind == devtoolsRow:
			if start < 0 {
				start = i
			}
			end = i + 1
			proved = proved || devtools.Match(l.Body)
			continue
		case start >= 0 && (kind == devtoolsCause || kind == devtoolsMore || kind == devtoolsLess),
			start >= 0 && kind == devtoolsWord && isRowNext(lines, i+1):
			continue
		}
		if proved {
			break
		}
		start = -1
	}
	if !proved {
		return 0, 0, false
	}
	for start > 0 {
		kind := readDevtoolsLine(&f, lines.At(start-1))
		isWord := kind == devtoolsWord && start > 1 && strings.HasPrefix(lines.At(start-2).Body, "at ")
		if kind != devtoolsCause && kind != devtoolsMore && !isWord {
			break
		}
		start--
	}
	for end < lines.Len() {
		if kind := readDevtoolsLine(&f, lines.At(end)); kind != devtoolsMore && kind != devtoolsLess {
			break
		}
		end++
	}
	return start, end, true
}

// isRowNext reports whether a stack of Chrome's console goes on with lines.at(i).
func isRowNext(lines model.Lines, i int) bool {
	if i >= lines.Len() {
		return false
	}
	var f formats.Frame
	kind := readDevtoolsLine(&f, lines.At(i))
	return kind == devtoolsRow || kind == devtoolsMore
}

// readFirefoxConsole reads the stack of Firefox's console:
//
//	Uncaught TypeError: x is undefined
//	    foo http://h/a.js:12
//	    <anonymous> http://h/a.js:20
//	a.js:12:5
//
// The last line, the link to the place of the message, is unparsed. Rows look like the lines of many
// a log, so that one of them must be Firefox's alone, or an error or the link stand beside them.
func readFirefoxConsole(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isRow := func(l model.Line) bool {
		return readRow(&f, firefoxConsole, l) && (f.Func == "<anonymous>" || formats.IsConsoleName(f.Func))
	}
	for from := 0; from < lines.Len(); {
		start, end := nextRun(lines, from, isRow)
		for i := start; i < end; i++ {
			if firefoxConsole.Match(lines.At(i).Body) {
				return readRun(lines, start, end, firefoxConsole)
			}
		}
		if start < end && (isBehindError(lines.Slice(0, start)) || isLinkNext(lines, end)) {
			return readRun(lines, start, end, firefoxConsole)
		}
		from = end + 1
	}
	return nil, false
}

// isBehindError reports whether the last of lines is an error's header.
func isBehindError(lines model.Lines) bool {
	if lines.Len() == 0 {
		return false
	}
	_, uncaught := header.CutConsoleWords(lines.At(lines.Len() - 1).Body)
	return uncaught || header.IsErrorName(header.Parse(lines.At(lines.Len()-1).Body, false).Type)
}

// isLinkNext reports whether lines.at(i) is "FILE:LINE:COL", with the file of the line before it.
func isLinkNext(lines model.Lines, i int) bool {
	var f formats.Frame
	if i >= lines.Len() || !endsInLine(lines.At(i).Body) || !readRow(&f, firefoxConsole, lines.At(i-1)) {
		return false
	}
	file, _, _ := strings.Cut(lines.At(i).Body, ":")
	return file != "" && strings.HasSuffix(f.File, "/"+file)
}

// readSafariConsole reads the stack of Safari's console:
//
//	TypeError: undefined is not an object
//	foo — file.js:12
//	(anonymous function) — file.js:12:3
func readSafariConsole(lines model.Lines) (*model.Parsed, bool) {
	return readProved(lines, safariConsole, func(f *formats.Frame) bool {
		return f.TopLevel || f.Eval || formats.IsConsoleName(f.Func)
	})
}

// readPhantomJS reads what the command of PhantomJS prints:
//
//	ReferenceError: Can't find variable: x
//
//	  phantomjs://code/x.js:12 in foo
//	  phantomjs://code/x.js:20
func readPhantomJS(lines model.Lines) (*model.Parsed, bool) {
	return readProved(lines, phantomJS, func(*formats.Frame) bool { return true })
}

// readProved reads the first rows together of which one is a proof of format.
func readProved(lines model.Lines, format *formats.Format, isRow func(f *formats.Frame) bool) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	for from := 0; from < lines.Len(); {
		start, end := nextRun(lines, from, func(l model.Line) bool {
			return readRow(&f, format, l) && isRow(&f)
		})
		for i := start; i < end; i++ {
			if format.Match(lines.At(i).Body) {
				return readRun(lines, start, end, format)
			}
		}
		from = end + 1
	}
	return nil, false
}

// readVitest reads the first failure that Vitest prints, with excerpts of the source between its
// frames:
//
//	 FAIL  vi.test.mjs > throws
//	Error: helper failed
//	 ❯ helper vi.test.mjs:2:27
//	      1| import { test } from 'vitest';
//	      2| function helper() { throw new Error('helper failed'); }
//	       |                           ^
//	 ❯ vi.test.mjs:4:24
func readVitest(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isRow := func(l model.Line) bool {
		return readRow(&f, vitest, l)
	}
	start, end := nextRun(lines, 0, isRow)
	if start == end {
		return nil, false
	}
	header := start
	for header > 0 && !strings.HasPrefix(lines.At(header-1).Body, "FAIL ") && !strings.HasPrefix(lines.At(header-1).Body, "⎯⎯") {
		header--
	}
	for end < lines.Len() && !endsVitest(lines.At(end).Body) {
		end++
	}
	rows := lines.Slice(start, end)
	p := new(model.Parsed)
	p.Frames = rows.RoomFor(isRow)
	p.LeaveLines(lines.Slice(0, header))
	readHeaderLines(p, lines.Slice(header, start), true)
	if n := rows.Len() - cap(p.Frames); n > 0 && !lines.Bare {
		p.Unparsed = txt.WithRoom(p.Unparsed, n)
	}
	for i, l := range rows.All() {
		if isRow(l) {
			p.Take(&f, l)
		} else {
			p.LeaveLines(rows.Slice(i, i+1))
		}
	}
	p.LeaveLines(lines.From(end))
	return p, true
}

// endsVitest reports whether another error begins on a line.
func endsVitest(body string) bool {
	return strings.HasPrefix(body, "⎯⎯") || strings.HasPrefix(body, "FAIL ") || strings.HasPrefix(body, "Caused by: ")
}

// readChromiumLog reads an error in the log that Chromium writes of its consoles, whose last frame is
// followed by the place of the message:
//
//	[3353:3353:1121/163031.157971:INFO:CONSOLE:19] "Uncaught Error: x
//	    at foo (http://h/a.js:1:2)
//	    at http://h/a.js:3:4", source: http://h/a.js (1)
func readChromiumLog(lines model.Lines) (*model.Parsed, bool) {
	last := lines.Len() - 1
	if last < 1 || !hasSource(lines.At(last).Body) {
		return nil, false
	}
	body, _, _ := strings.Cut(lines.At(last).Body, sourceBehind)
	start := last
	var f formats.Frame
	if !formats.Read(&f, "v8", body) {
		return nil, false
	}
	for start > 1 && formats.Read(&f, "v8", lines.At(start-1).Body) {
		start--
	}
	p := new(model.Parsed)
	p.Frames = txt.WithRoom(lines.Room, last+1-start)
	header := lines.Slice(0, start)
	if _, message, ok := strings.Cut(lines.At(0).Own, "] \""); ok {
		header.Replace(0, message)
	}
	readHeaderLines(p, header, true)
	for _, l := range lines.Slice(start, last).All() {
		formats.Read(&f, "v8", l.Body)
		p.Take(&f, l)
	}
	formats.Read(&f, "v8", body)
	p.Take(&f, lines.At(last))
	return p, true
}

// sourceBehind stands between a message and its place in Chromium's log.
const sourceBehind = "\", source: "

// hasSource reports whether line ends as Chromium's log does.
func hasSource(line string) bool {
	return strings.HasSuffix(line, ")") && strings.Contains(line, sourceBehind)
}

func hasSourceBehind(text string) bool {
	return model.Holds(text, sourceBehind) && model.Holds(text, "at ")
}

func hasDash(text string) bool { return model.Holds(text, dash) }

func mayBeDevtools(text string) bool { return model.Holds(text, " @ ", " @\t", "\t@") }

func mayBeVitest(text string) bool { return model.Holds(text, "❯ ") }

// hasURLRows reports whether a line of text may be a row of Firefox's console or of PhantomJS, which
// hold a URL with a number behind it.
func hasURLRows(text string) bool {
	if !strings.Contains(text, "://") {
		return model.Holds(text)
	}
	if model.Holds(text, "phantomjs://") {
		return true
	}
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		line = strings.TrimRight(line, " \t\r")
		scheme := strings.Index(line, "://")
		if scheme < 0 {
			continue
		}
		last := line[len(line)-1]
		if '0' <= last && last <= '9' && strings.LastIndexByte(line[:scheme], ' ') > 0 || strings.Contains(line[scheme:], " in ") {
			return true
		}
	}
	return false
}
