package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// TakeAround leaves or reads the lines of a header that are not the error's own, and returns those
// that are.
func TakeAround(p *model.Parsed, source Source, frames bool, lines string) string {
	if HasWarning(lines, source) {
		lines = takeWarning(p, source, frames, lines)
	}
	if excerpt := header.ExcerptBehind(lines, source.body); excerpt < len(lines) {
		defer p.Leave(lines[excerpt+len("\n"):])
		lines = lines[:excerpt]
	}
	if members := membersAt(lines, source); members < len(lines) {
		takeMembers(p, source.lines(lines[members:]))
		lines = strings.TrimSuffix(lines[:members-len("\n")], "\r")
	}
	if p.IsBun || strings.HasPrefix(source.firstBody(lines), "error: ") {
		if props := alignedPropsAt(lines, source); props < len(lines) {
			source.lines(lines[props:]).readAlignedProps(&p.Trace)
			lines = strings.TrimSuffix(lines[:props-len("\n")], "\r")
		}
	}
	if object := domExceptionAt(lines, source); object < len(lines) {
		r := source.lines(lines[object:])
		r.skip()
		p.Leave(txt.TrimLineEnds(lines[object:][:r.pos]))
		r.readProps(&p.Trace, maxNesting)
		defer p.Leave(lines[object:][r.pos:])
		lines = txt.TrimLineEnds(lines[:object])
	}
	if !frames {
		if trailer := trailerAt(lines, source); trailer < len(lines) {
			defer p.Leave(lines[trailer:])
			lines = txt.TrimLineEnds(lines[:trailer])
		}
	}
	return lines
}

// domException is what Bun prints before the properties of a DOMException: it prints one as any other object, and one
// that nobody caught below its header too.
//
//	AbortError: gone
//	DOMException {
//	  code: 20,
//	  name: "AbortError",
//	  message: "gone",
//	}
const domException = "DOMException {"

// domExceptionAt returns where in lines, those of a header, the properties of a DOMException begin, or their length.
func domExceptionAt(lines string, source Source) int {
	_, next := txt.LineAt(lines, 0)
	for offset := next; offset < len(lines); {
		line, next := txt.LineAt(lines, offset)
		if source.body(line) == domException {
			return offset
		}
		offset = next
	}
	return len(lines)
}

// readDOMException reads a DOMException that Bun printed as an object, on the line that r is at. Its name and message
// are among its properties.
func (r *lineReader) readDOMException(depth int) *model.Trace {
	line, _, _ := r.peek()
	t := &model.Trace{Unparsed: []string{line.Raw}}
	r.skip()
	r.readProps(t, depth)
	for _, p := range t.Props {
		text := strings.Trim(p.Text, "\"")
		switch p.Name {
		case "name":
			t.Type = text
		case "message":
			t.Message = text
		}
	}
	return t
}

// HasWarning reports whether lines, those of a header, begin with a warning of a process: "(node:12) Warning: x".
func HasWarning(lines string, source Source) bool {
	body := source.firstBody(lines)
	return header.CutProcessWarning(body) != body
}

// firstBody returns the content of the first of lines.
func (s Source) firstBody(lines string) string {
	first, _ := txt.LineAt(lines, 0)
	return s.body(first)
}

// takeWarning returns the lines of one of the warnings of a process: the last if frames follow it,
// else the first.
func takeWarning(p *model.Parsed, source Source, frames bool, lines string) string {
	last := 0
	for offset := 0; offset < len(lines); {
		line, next := txt.LineAt(lines, offset)
		body := source.body(line)
		switch {
		case offset == 0:
		case header.CutProcessWarning(body) != body && frames:
			last = offset
		case header.CutProcessWarning(body) != body || header.IsHint(body):
			p.Leave(lines[offset:])
			return txt.TrimLineEnds(lines[:offset])
		}
		offset = next
	}
	p.Leave(lines[:last])
	return lines[last:]
}

// trailerAt returns where the lines begin that runtimes print behind an error without frames, or the
// length of lines.
func trailerAt(lines string, source Source) int {
	at := len(lines)
	for at > 0 {
		start := strings.LastIndexByte(lines[:at-1], '\n') + 1
		body := source.body(txt.TrimLineEnds(lines[start:at]))
		if body != "" && !header.IsHint(body) && !strings.HasPrefix(body, "Node.js v") && !strings.HasPrefix(body, "Bun v") {
			break
		}
		at = start
	}
	return at
}

// membersAt returns where the errors begin that Deno prints between the header of an AggregateError
// that nobody caught and its frames, or the length of lines if there are none:
//
//	error: Uncaught AggregateError: several
//	    Error: one
//	        at f (file:///app/a.js:1:2)
//	    TypeError: two
//	        at g (file:///app/a.js:3:4)
//	    Caused by: Error: three
//	        at h (file:///app/a.js:5:6)
//	    "no error"
func membersAt(lines string, source Source) int {
	_, next := txt.LineAt(lines, 0)
	if !strings.HasPrefix(source.firstBody(lines), "error: ") {
		return len(lines)
	}
	r := source.lines(lines)
	r.pos = next
	before, at := model.Line{}, 0
	for {
		line, next, ok := r.peek()
		if !ok {
			return len(lines)
		}
		if at > 0 && strings.HasPrefix(line.Body, "at ") && line.Indent == before.Indent+4 && before.Indent >= 4 && header.StartsWithType(before.Body+": ") {
			return at
		}
		before, at = line, r.pos
		r.pos = next
	}
}

// takeMembers reads the errors that an AggregateError gathers, as Deno prints them.
func takeMembers(p *model.Parsed, r *lineReader) {
	var last *model.Trace // the last member, or the last of its causes
	causes := 0
	for {
		line, next, ok := r.peek()
		if !ok {
			return
		}
		if line.Body == "" {
			r.pos = next
			continue
		}
		if value, ok := cutCausedBy(line.Body); ok && last != nil && causes < maxCauses {
			causes++
			for last.Cause != nil {
				last = last.Cause
			}
			if cause, ok := r.readError(value, line.Indent, maxNesting); ok {
				last.Cause = cause
				continue
			}
		}
		member, ok := r.readError(line.Body, line.Indent, maxNesting)
		if !ok {
			member = &model.Trace{Message: r.readValue(line.Body, line.Indent)}
		}
		p.Errors = append(p.Errors, member)
		last, causes = member, 0
	}
}
