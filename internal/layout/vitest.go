package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

var vitest = formats.Vitest.Format()

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
	if end < lines.Len() && strings.HasPrefix(lines.At(end).Body, vitestCause) && !lines.Bare {
		causes := lines.From(end)
		causes.Replace(0, strings.TrimPrefix(lines.At(end).Body, vitestCause))
		causes.Room = nil
		if cause, ok := readVitest(causes); ok {
			p.Unparsed = append(p.Unparsed, cause.Unparsed...)
			cause.Unparsed = nil
			p.Cause = &cause.Trace
			return p, true
		}
	}
	p.LeaveLines(lines.From(end))
	return p, true
}

// vitestCause stands before the error that caused the one above.
const vitestCause = "Caused by: "

// endsVitest reports whether another error begins on a line.
func endsVitest(body string) bool {
	return strings.HasPrefix(body, "⎯⎯") || strings.HasPrefix(body, "FAIL ") || strings.HasPrefix(body, vitestCause)
}

func mayBeVitest(text string) bool { return model.Holds(text, "❯ ") }
