package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readRow reads l as a row of a console's stack.
func readRow(f *formats.Frame, format *formats.Format, l model.Line) bool {
	if l.Body == "" || !format.ReadInto(f, l.Body) {
		return false
	}
	f.Func = strings.TrimSuffix(f.Func, "()")
	return true
}

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
		format.ReadInto(&f, withoutEngine(l).Body)
		p.Take(&f, l)
	}
	p.LeaveLines(lines.From(end))
	return p, true
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

// HasURLRows reports whether a line of text may be a row of Firefox's console or of PhantomJS, which
// hold a URL with a number behind it.
func HasURLRows(text string) bool {
	if !strings.Contains(text, "://") {
		return model.Holds(text, " self-hosted:")
	}
	if model.Holds(text, "phantomjs://", " self-hosted:") {
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
