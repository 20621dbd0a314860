package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

var devtools = formats.DevTools.Format()

// devtoolsLine is what a line is in the stack of Chrome's console.
type devtoolsLine uint8

const (
	noDevtools    devtoolsLine = iota
	devtoolsRow                // a frame
	devtoolsCause              // why the next frame is on the far side of an asynchronous break
	devtoolsWord               // perhaps a cause: only a row behind it tells
	devtoolsMore               // the number of rows that are folded away
	devtoolsLess               // the button that folds them, or another line without meaning
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
	if body == "Show less" || strings.HasPrefix(body, "-- | -") || len(body) > 4 && strings.Trim(body, "-|: ") == "" {
		return devtoolsLess // the button, or the rule below the first row of a table
	}
	if number, ok := strings.CutPrefix(body, "Show "); ok {
		number, unit, _ := strings.Cut(number, " ")
		if n, ok := txt.ParseCount(number); ok && (unit == "more frames" || unit == "more frame") {
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
	for own > 0 && strings.HasPrefix(lines.At(own-1).Body, "at ") && formats.Read(&f, formats.V8, lines.At(own-1).Body) {
		own--
	}
	stack := lines.Slice(own, end)
	p := new(model.Parsed)
	p.Frames = stack.RoomFor(func(l model.Line) bool {
		return strings.HasPrefix(l.Body, "at ") || readDevtoolsLine(&f, l) == devtoolsRow
	})
	readHeaderLines(p, lines.Slice(0, own), own < start)
	for _, l := range lines.Slice(own, start).All() {
		formats.Read(&f, formats.V8, l.Body)
		p.Take(&f, l)
	}
	takeDevtoolsRows(p, lines.Slice(start, end), start-own)
	p.LeaveLines(lines.From(end))
	return p, true
}

// takeConsoleRows takes the rows of Chrome's console among lines, if there are any, and leaves the other
// lines. They stand below what another layout has read.
func takeConsoleRows(p *model.Parsed, lines model.Lines) {
	start, end, ok := findDevtools(lines)
	if !ok {
		p.LeaveLines(lines)
		return
	}
	p.LeaveLines(lines.Slice(0, start))
	p.Frames = txt.WithRoom(p.Frames, end-start)
	takeDevtoolsRows(p, lines.Slice(start, end), 0)
	p.LeaveLines(lines.From(end))
}

// takeDevtoolsRows takes the rows of a stack of Chrome's console, and what stands between them. The first
// rows may repeat the error's own stack, the first own frames of p.
func takeDevtoolsRows(p *model.Parsed, lines model.Lines, own int) {
	var f formats.Frame
	repeats := 0 // frames of the error's own stack that rows have repeated
	var mark formats.Frame
	var marks []string
	for _, l := range lines.All() {
		switch kind := readDevtoolsLine(&f, l); kind {
		case devtoolsRow:
			if len(marks) == 0 && repeats < own && isRepeated(&p.Frames[repeats], &f) {
				repeats++
				p.Unparsed = txt.AddLine(p.Unparsed, l.Raw)
				continue
			}
			repeats = own
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

func mayBeDevtools(text string) bool { return model.Holds(text, " @ ", " @\t", "\t@") }
