package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// What Bun prints of an error: an excerpt of the source, the header, the properties with their names
// aligned on the right, an empty line, the frames, and behind another empty line the cause in the
// same way.
//
//	1 | throw e;
//	          ^
//	error: outer
//	 syscall: "open",
//	    code: "E_CODE"
//
//	      at f (/app/a.js:1:7)
//
//	1 | throw new TypeError("inner");
//	              ^
//	TypeError: inner
//	      at g (/app/a.js:1:11)
//
// An error that is only called Error is an "error". The errors of an AggregateError follow each other
// without an empty line, and nothing is printed of itself (Bun 1.4.5, run).

// alignedPropsAt returns where the properties begin in the lines of a header, or their length if
// there are none.
func alignedPropsAt(lines string, source Source) int {
	r := source.lines(lines)
	first, next, _ := r.peek()
	r.pos = next
	margin := first.Indent
	at, colon, level := len(lines), 0, 0
	blank := false // the line before is empty
	long := false  // the properties so far may have longer names than the others are aligned with
	for {
		line, next, ok := r.peek()
		if !ok {
			break
		}
		name, value, isEntry := header.CutEntry(line.Body)
		isEntry = isEntry && line.Indent > margin && level == 0
		switch {
		case line.Body == "":
			blank = true
			r.pos = next
			continue
		case isEntry && at < len(lines) && !blank && line.Indent+len(name) == colon:
			level += opened(value)
		case isEntry && at < len(lines) && !blank && line.Indent == margin+1 && line.Indent+len(name) > colon:
			level += opened(value) // a long name, which the others are not aligned with
		case isEntry && at < len(lines) && !blank && long && line.Indent+len(name) < colon:
			colon, long = line.Indent+len(name), false
			level += opened(value)
		case isEntry:
			at, colon, level = r.pos, line.Indent+len(name), opened(value)
			long = line.Indent == margin+1
		case at < len(lines) && level > 0:
			if strings.IndexByte("}])", line.Body[0]) >= 0 {
				level--
			}
			level += opened(line.Body)
		default:
			at, level = len(lines), 0
		}
		blank = false
		r.pos = next
	}
	if blank || strings.HasSuffix(lines, "\n") {
		return at
	}
	return len(lines)
}

// readAlignedProps reads properties whose names are aligned on the right, each on lines of its own.
func (r *lineReader) readAlignedProps(t *model.Trace) {
	for {
		line, next, ok := r.peek()
		if !ok {
			return
		}
		name, value, ok := header.CutEntry(line.Body)
		if !ok {
			t.Unparsed = txt.AddLine(t.Unparsed, line.Raw)
			r.pos = next
			continue
		}
		t.AddProp(name, r.readAlignedValue(value))
	}
}

// readAlignedValue reads a value that begins with first on the line that r is at. Its further lines
// are those up to the bracket that closes it.
func (r *lineReader) readAlignedValue(first string) string {
	r.skip()
	level := opened(first)
	if level == 0 {
		return first
	}
	from, size := r.pos, len(first)
	for level > 0 {
		line, next, ok := r.peek()
		if !ok {
			break
		}
		if line.Body != "" && strings.IndexByte("}])", line.Body[0]) >= 0 {
			level--
		}
		level += opened(line.Body)
		size += len("\n") + len(line.Own)
		r.pos = next
	}
	return r.join(first, from, 0, size)
}

// readExcerpted reads the error whose excerpt of the source begins on the line that r is at. It
// reports false if no frames follow.
func (r *lineReader) readExcerpted() (*model.Trace, bool) {
	found, ok := r.Errors.Excerpted(r.text[r.pos:])
	if !ok {
		return nil, false
	}
	r.pos += found.Size
	return &found.Trace, true
}
