package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

var firefoxConsole = formats.FirefoxConsole.Format()

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
