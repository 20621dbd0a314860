package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

var firefoxConsole = formats.FirefoxConsole.Format()

// readFirefoxConsole reads the stack of Firefox's console:
//
//	Uncaught TypeError: x is undefined
//	    foo http://h/a.js:12
//	    forEach self-hosted:4324
//	    (Async: promise callback)
//	    <anonymous> http://h/a.js:20
//	a.js:12:5
//
// The last line, the link to the place of the message, is unparsed; it may also stand at the end of the
// message. Rows look like the lines of many a log, so that one of them must be Firefox's alone, or an error
// or the link stand beside them.
func readFirefoxConsole(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	for from := 0; from < lines.Len(); {
		start, end := nextRun(lines, from, func(l model.Line) bool {
			return isFirefoxRow(&f, l)
		})
		proved := false
		for i := start; i < end && !proved; i++ {
			proved = firefoxConsole.Match(lines.At(i).Body)
		}
		if proved || start < end && (isBehindError(lines.Slice(0, start)) || isLinkNext(lines, end) || isLinkAbove(lines, start)) {
			return readFirefoxRows(lines, start), true
		}
		from = end + 1
	}
	return nil, false
}

// isFirefoxRow reports whether l is a row, and reads it into f.
func isFirefoxRow(f *formats.Frame, l model.Line) bool {
	return readRow(f, firefoxConsole, l) && (f.Func == "<anonymous>" || formats.IsConsoleName(f.Func)) && !strings.HasSuffix(f.Func, ",")
}

// readFirefoxRows reads the rows from start on, with the lines between them that tell an asynchronous break.
func readFirefoxRows(lines model.Lines, start int) *model.Parsed {
	var f formats.Frame
	end, rows := start, 0
	for i := start; i < lines.Len(); i++ {
		if isFirefoxRow(&f, lines.At(i)) {
			end = i + 1
			rows++
		} else if _, ok := cutAsync(lines.At(i).Body); !ok {
			break
		}
	}
	p := new(model.Parsed)
	p.Frames = txt.WithRoom(lines.Room, rows)
	readHeaderLines(p, lines.Slice(0, start), false)
	cause, raw := "", ""
	for _, l := range lines.Slice(start, end).All() {
		if !isFirefoxRow(&f, l) {
			if cause != "" {
				p.Unparsed = txt.AddLine(p.Unparsed, raw)
			}
			cause, _ = cutAsync(l.Body)
			raw = l.Raw
			continue
		}
		switch {
		case cause == "":
		case f.AsyncCause == "":
			f.Async, f.AsyncCause = true, cause
		default:
			p.Unparsed = txt.AddLine(p.Unparsed, raw)
		}
		p.Take(&f, l)
		cause = ""
	}
	p.LeaveLines(lines.From(end))
	return p
}

// cutAsync returns the cause that a line between Firefox's rows tells: "(Async: promise callback)".
func cutAsync(body string) (cause string, ok bool) {
	cause, ok = strings.CutPrefix(body, "(Async: ")
	if !ok {
		return "", false
	}
	cause, ok = strings.CutSuffix(cause, ")")
	return cause, ok && cause != ""
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

// isLinkAbove reports whether the line above lines.At(i) ends in the link to the place of the row with index i.
func isLinkAbove(lines model.Lines, i int) bool {
	var f formats.Frame
	if i == 0 || !readRow(&f, firefoxConsole, lines.At(i)) {
		return false
	}
	above := lines.At(i - 1).Body
	link := above[strings.LastIndexByte(above, ' ')+1:]
	if !endsInLine(link) {
		return false
	}
	file, _, _ := strings.Cut(link, ":")
	return file != "" && len(link) < len(above) && strings.HasSuffix(f.File, "/"+file)
}
