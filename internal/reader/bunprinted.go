package reader

import "strings"

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
func alignedPropsAt(lines string, s *scan) int {
	r := &lineReader{scan: s, text: lines}
	first, next, _ := r.peek()
	r.pos = next
	margin := first.indent
	at, colon, level := len(lines), 0, 0
	blank := false // the line before is empty
	long := false  // the properties so far may have longer names than the others are aligned with
	for {
		line, next, ok := r.peek()
		if !ok {
			break
		}
		name, value, isEntry := cutEntry(line.body)
		isEntry = isEntry && line.indent > margin && level == 0
		switch {
		case line.body == "":
			blank = true
			r.pos = next
			continue
		case isEntry && at < len(lines) && !blank && line.indent+len(name) == colon:
			level += opened(value)
		case isEntry && at < len(lines) && !blank && line.indent == margin+1 && line.indent+len(name) > colon:
			level += opened(value) // a long name, which the others are not aligned with
		case isEntry && at < len(lines) && !blank && long && line.indent+len(name) < colon:
			colon, long = line.indent+len(name), false
			level += opened(value)
		case isEntry:
			at, colon, level = r.pos, line.indent+len(name), opened(value)
			long = line.indent == margin+1
		case at < len(lines) && level > 0:
			if strings.IndexByte("}])", line.body[0]) >= 0 {
				level--
			}
			level += opened(line.body)
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
func (t *Trace) readAlignedProps(r *lineReader) {
	for {
		line, next, ok := r.peek()
		if !ok {
			return
		}
		name, value, ok := cutEntry(line.body)
		if !ok {
			t.Unparsed = addLine(t.Unparsed, line.raw)
			r.pos = next
			continue
		}
		t.addProp(name, r.readAlignedValue(value))
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
		if line.body != "" && strings.IndexByte("}])", line.body[0]) >= 0 {
			level--
		}
		level += opened(line.body)
		size += len("\n") + len(line.own)
		r.pos = next
	}
	return r.join(first, from, 0, size)
}

// readExcerpted reads the error whose excerpt of the source begins on the line that r is at. It
// reports false if no frames follow.
func (r *lineReader) readExcerpted() (*Trace, bool) {
	s := r.subscan(r.text[r.pos:])
	s.run()
	s.settle()
	if len(s.frames) == 0 {
		return nil, false
	}
	p := new(parsed)
	p.takeHeader(s, s.text[:s.header])
	p.takeOwnFrames(s)
	r.pos += len(s.text) - len(s.rest())
	return &p.Trace, true
}
