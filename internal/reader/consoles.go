package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// What people copy out of the consoles of browsers, and what tools print in rows of their own.

// readHeaderLines reads the header that lines are, all of those before the first frame. Empty lines
// around it, and lines of a log before an error that cannot be mistaken, are unparsed.
func (p *parsed) readHeaderLines(lines textLines, printed bool) {
	if lines.bare {
		return
	}
	end := lines.len()
	for end > 0 && lines.at(end-1).body == "" {
		end--
	}
	if end == 0 {
		return // the error has neither name nor message
	}
	for lines.at(0).body == "" {
		p.leaveLines(lines.slice(0, 1))
		lines, end = lines.from(1), end-1
	}
	behind := lines.from(end)
	lines = lines.slice(0, end)
	if start := errorLine(lines); start > 0 {
		p.leaveLines(lines.slice(0, start))
		lines = lines.from(start)
	}
	p.before = len(p.Unparsed)
	if lines.len() > 0 {
		indent := lines.at(0).indent
		text := joinLines(lines, func(l textLine) string { return l.own[min(l.indent, indent):] })
		h := header.Parse(cutPlace(text), printed)
		p.header = joinLines(lines, func(l textLine) string { return l.raw })
		p.Label, p.Type, p.Code, p.Message = h.Label, h.Type, h.Code, h.Message
	}
	p.leaveLines(behind)
}

// errorLine returns the index of the first line that can be nothing but an error's header, if the
// first line of all is no header by itself; else 0.
func errorLine(lines textLines) int {
	for i, l := range lines.all() {
		body := cutPlace(l.body)
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
func joinLines(lines textLines, pick func(textLine) string) string {
	return joinParts(lines.len(), func(i int) string { return pick(lines.at(i)) })
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

// leaveLines makes lines unparsed ones.
func (t *Trace) leaveLines(lines textLines) {
	if lines.bare || lines.len() == 0 {
		return
	}
	t.Unparsed = withRoom(t.Unparsed, lines.len())
	for _, l := range lines.all() {
		t.Unparsed = append(t.Unparsed, l.raw)
	}
}

// take appends a frame that was read from l.
func (t *Trace) take(f *formats.Frame, l textLine) {
	t.Frames = append(withRoom(t.Frames, 1), Frame(*f))
	t.Frames[len(t.Frames)-1].Text = l.raw
	t.Engine = t.Frames[0].Engine
}

// readRow reads l as a row of a console's stack.
func readRow(f *formats.Frame, format *formats.Format, l textLine) bool {
	return l.body != "" && format.Read(f, l.body)
}

// dash stands between the columns of Safari's console.
const dash = " — "

// nextRun returns the first rows at or behind from that stand together, from start up to end.
func nextRun(lines textLines, from int, isRow func(l textLine) bool) (start, end int) {
	for start = from; start < lines.len(); start++ {
		if isRow(lines.at(start)) {
			break
		}
	}
	for end = start; end < lines.len() && isRow(lines.at(end)); end++ {
	}
	return start, end
}

// readRun reads the lines from start up to end as frames of format, and all before as the header.
func readRun(lines textLines, start, end int, format *formats.Format) (*parsed, bool) {
	p := new(parsed)
	p.Frames = withRoom(lines.room, end-start)
	p.readHeaderLines(lines.slice(0, start), false)
	var f formats.Frame
	for _, l := range lines.slice(start, end).all() {
		format.Read(&f, l.body)
		p.take(&f, l)
	}
	p.leaveLines(lines.from(end))
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
func readDevtoolsLine(f *formats.Frame, l textLine) devtoolsLine {
	body := l.body
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
func readDevtools(lines textLines) (*parsed, bool) {
	start, end, ok := findDevtools(lines)
	if !ok {
		return nil, false
	}
	own := start
	var f formats.Frame
	for own > 0 && strings.HasPrefix(lines.at(own-1).body, "at ") && formats.Read(&f, "v8", lines.at(own-1).body) {
		own--
	}
	stack := lines.slice(own, end)
	p := new(parsed)
	p.Frames = stack.roomFor(func(l textLine) bool {
		return strings.HasPrefix(l.body, "at ") || readDevtoolsLine(&f, l) == devtoolsRow
	})
	p.readHeaderLines(lines.slice(0, own), own < start)
	for _, l := range lines.slice(own, start).all() {
		formats.Read(&f, "v8", l.body)
		p.take(&f, l)
	}
	repeats := 0 // frames of the error's own stack that rows have repeated
	var mark formats.Frame
	var marks []string
	for _, l := range lines.slice(start, end).all() {
		switch kind := readDevtoolsLine(&f, l); kind {
		case devtoolsRow:
			if len(marks) == 0 && repeats < start-own && isRepeated(&p.Frames[repeats], &f) {
				repeats++
				p.Unparsed = addLine(p.Unparsed, l.raw)
				continue
			}
			repeats = start - own
			f.Skipped, f.Async, f.AsyncCause = mark.Skipped, mark.Async, mark.AsyncCause
			p.take(&f, l)
			mark, marks = formats.Frame{}, nil
		case devtoolsCause, devtoolsWord:
			if mark.Async {
				p.Unparsed = append(p.Unparsed, marks...)
				mark, marks = formats.Frame{}, nil
			}
			mark.Async, mark.AsyncCause = true, f.AsyncCause
			marks = append(marks, l.raw)
		case devtoolsMore:
			if mark.Skipped > 0 {
				p.Unparsed = append(p.Unparsed, marks...)
				mark, marks = formats.Frame{}, nil
			}
			mark.Skipped = f.Skipped
			marks = append(marks, l.raw)
		default:
			p.Unparsed = addLine(p.Unparsed, l.raw)
		}
	}
	p.Unparsed = append(p.Unparsed, marks...)
	p.leaveLines(lines.from(end))
	return p, true
}

// isRepeated reports whether row tells the place of f, a frame of the error's own stack.
func isRepeated(f *Frame, row *formats.Frame) bool {
	return f.Line == row.Line && (f.File == row.File || strings.HasSuffix(f.File, "/"+row.File))
}

// findDevtools returns the rows of a stack of Chrome's console, with what stands between and behind
// them. Something in them must be Chrome's alone.
func findDevtools(lines textLines) (start, end int, ok bool) {
	var f formats.Frame
	start = -1
	proved := false // a row since start can be nothing else
	for i, l := range lines.all() {
		kind := readDevtoolsLine(&f, l)
		switch {
		case kind == devtoolsRow:
			if start < 0 {
				start = i
			}
			end = i + 1
			proved = proved || devtools.Match(l.body)
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
		kind := readDevtoolsLine(&f, lines.at(start-1))
		isWord := kind == devtoolsWord && start > 1 && strings.HasPrefix(lines.at(start-2).body, "at ")
		if kind != devtoolsCause && kind != devtoolsMore && !isWord {
			break
		}
		start--
	}
	for end < lines.len() {
		if kind := readDevtoolsLine(&f, lines.at(end)); kind != devtoolsMore && kind != devtoolsLess {
			break
		}
		end++
	}
	return start, end, true
}

// isRowNext reports whether a stack of Chrome's console goes on with lines.at(i).
func isRowNext(lines textLines, i int) bool {
	if i >= lines.len() {
		return false
	}
	var f formats.Frame
	kind := readDevtoolsLine(&f, lines.at(i))
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
func readFirefoxConsole(lines textLines) (*parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isRow := func(l textLine) bool {
		return readRow(&f, firefoxConsole, l) && (f.Func == "<anonymous>" || formats.IsConsoleName(f.Func))
	}
	for from := 0; from < lines.len(); {
		start, end := nextRun(lines, from, isRow)
		for i := start; i < end; i++ {
			if firefoxConsole.Match(lines.at(i).body) {
				return readRun(lines, start, end, firefoxConsole)
			}
		}
		if start < end && (isBehindError(lines.slice(0, start)) || isLinkNext(lines, end)) {
			return readRun(lines, start, end, firefoxConsole)
		}
		from = end + 1
	}
	return nil, false
}

// isBehindError reports whether the last of lines is an error's header.
func isBehindError(lines textLines) bool {
	if lines.len() == 0 {
		return false
	}
	_, uncaught := header.CutConsoleWords(lines.at(lines.len() - 1).body)
	return uncaught || header.IsErrorName(header.Parse(lines.at(lines.len()-1).body, false).Type)
}

// isLinkNext reports whether lines.at(i) is "FILE:LINE:COL", with the file of the line before it.
func isLinkNext(lines textLines, i int) bool {
	var f formats.Frame
	if i >= lines.len() || !endsInLine(lines.at(i).body) || !readRow(&f, firefoxConsole, lines.at(i-1)) {
		return false
	}
	file, _, _ := strings.Cut(lines.at(i).body, ":")
	return file != "" && strings.HasSuffix(f.File, "/"+file)
}

// readSafariConsole reads the stack of Safari's console:
//
//	TypeError: undefined is not an object
//	foo — file.js:12
//	(anonymous function) — file.js:12:3
func readSafariConsole(lines textLines) (*parsed, bool) {
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
func readPhantomJS(lines textLines) (*parsed, bool) {
	return readProved(lines, phantomJS, func(*formats.Frame) bool { return true })
}

// readProved reads the first rows together of which one is a proof of format.
func readProved(lines textLines, format *formats.Format, isRow func(f *formats.Frame) bool) (*parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	for from := 0; from < lines.len(); {
		start, end := nextRun(lines, from, func(l textLine) bool {
			return readRow(&f, format, l) && isRow(&f)
		})
		for i := start; i < end; i++ {
			if format.Match(lines.at(i).body) {
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
func readVitest(lines textLines) (*parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isRow := func(l textLine) bool {
		return readRow(&f, vitest, l)
	}
	start, end := nextRun(lines, 0, isRow)
	if start == end {
		return nil, false
	}
	header := start
	for header > 0 && !strings.HasPrefix(lines.at(header-1).body, "FAIL ") && !strings.HasPrefix(lines.at(header-1).body, "⎯⎯") {
		header--
	}
	for end < lines.len() && !endsVitest(lines.at(end).body) {
		end++
	}
	rows := lines.slice(start, end)
	p := new(parsed)
	p.Frames = rows.roomFor(isRow)
	p.leaveLines(lines.slice(0, header))
	p.readHeaderLines(lines.slice(header, start), true)
	if n := rows.len() - cap(p.Frames); n > 0 && !lines.bare {
		p.Unparsed = withRoom(p.Unparsed, n)
	}
	for i, l := range rows.all() {
		if isRow(l) {
			p.take(&f, l)
		} else {
			p.leaveLines(rows.slice(i, i+1))
		}
	}
	p.leaveLines(lines.from(end))
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
func readChromiumLog(lines textLines) (*parsed, bool) {
	last := lines.len() - 1
	if last < 1 || !hasSource(lines.at(last).body) {
		return nil, false
	}
	body, _, _ := strings.Cut(lines.at(last).body, sourceBehind)
	start := last
	var f formats.Frame
	if !formats.Read(&f, "v8", body) {
		return nil, false
	}
	for start > 1 && formats.Read(&f, "v8", lines.at(start-1).body) {
		start--
	}
	p := new(parsed)
	p.Frames = withRoom(lines.room, last+1-start)
	header := lines.slice(0, start)
	if _, message, ok := strings.Cut(lines.at(0).own, "] \""); ok {
		header.replace(0, message)
	}
	p.readHeaderLines(header, true)
	for _, l := range lines.slice(start, last).all() {
		formats.Read(&f, "v8", l.body)
		p.take(&f, l)
	}
	formats.Read(&f, "v8", body)
	p.take(&f, lines.at(last))
	return p, true
}

// sourceBehind stands between a message and its place in Chromium's log.
const sourceBehind = "\", source: "

// hasSource reports whether line ends as Chromium's log does.
func hasSource(line string) bool {
	return strings.HasSuffix(line, ")") && strings.Contains(line, sourceBehind)
}

func hasSourceBehind(text string) bool { return holds(text, sourceBehind) && holds(text, "at ") }

func hasDash(text string) bool { return holds(text, dash) }

func mayBeDevtools(text string) bool { return holds(text, " @ ", " @\t", "\t@") }

func mayBeVitest(text string) bool { return holds(text, "❯ ") }

// hasURLRows reports whether a line of text may be a row of Firefox's console or of PhantomJS, which
// hold a URL with a number behind it.
func hasURLRows(text string) bool {
	if !strings.Contains(text, "://") {
		return holds(text)
	}
	if holds(text, "phantomjs://") {
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
