package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readChromiumLog reads an error in the log that Chromium writes of its consoles, whose last frame is
// followed by the place of the message:
//
//	[3353:3353:1121/163031.157971:INFO:CONSOLE:19] "Uncaught Error: x
//	    at foo (http://h/a.js:1:2)
//	    at http://h/a.js:3:4", source: http://h/a.js (1)
func readChromiumLog(lines model.Lines) (*model.Parsed, bool) {
	last := lines.Len() - 1
	if last < 1 || !HasSource(lines.At(last).Body) {
		return nil, false
	}
	body, _, _ := strings.Cut(lines.At(last).Body, sourceBehind)
	start := last
	var f formats.Frame
	if !formats.Read(&f, formats.V8, body) {
		return nil, false
	}
	for start > 1 && formats.Read(&f, formats.V8, lines.At(start-1).Body) {
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
		formats.Read(&f, formats.V8, l.Body)
		p.Take(&f, l)
	}
	formats.Read(&f, formats.V8, body)
	p.Take(&f, lines.At(last))
	return p, true
}

// sourceBehind stands between a message and its place in Chromium's log.
const sourceBehind = "\", source: "

// HasSource reports whether line ends as Chromium's log does.
func HasSource(line string) bool {
	return strings.HasSuffix(line, ")") && strings.Contains(line, sourceBehind)
}

func hasSourceBehind(text string) bool {
	return model.Holds(text, sourceBehind) && model.Holds(text, "at ")
}
