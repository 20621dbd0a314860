package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// TakeRest reads rest, the lines behind the last frame of p, and the rest of its own line. It returns where
// in rest another error begins, or the length of rest.
func TakeRest(p *model.Parsed, source Source, rest string, found Found) (end int) {
	if found.Tail == "" && strings.Trim(source.stripped(rest), " \t\r\n") == "" {
		return len(rest)
	}
	r := source.lines(rest)
	found.Parsed = p
	r.readBehind(found, maxNesting)
	r.readCauses(&p.Trace, maxNesting)
	return r.pos
}

// readBehind reads the properties of an error that was read as far as its frames.
func (r *lineReader) readBehind(found Found, depth int) {
	switch tail := found.Tail; {
	case tail == " {", found.Open:
		r.readProps(&found.Trace, depth)
	case isGlued(tail):
		r.readGlued(&found.Trace, tail[1:])
		return
	case found.Braced && !strings.Contains(tail, "}"):
		r.readBracedProps(&found.Trace, depth)
		return
	}
	r.closers = strings.ReplaceAll(strings.TrimPrefix(found.Tail, " {"), " ", "")
	if found.Braced {
		r.takeCloser('}')
	}
}

// readCauses reads what follows an error and its properties, up to where another error begins.
func (r *lineReader) readCauses(t *model.Trace, depth int) {
	last := t
	causes := 0
	apart := false    // the line before is empty
	excerpts := depth // more of Bun's blocks may follow
	emitted := false  // the lines are where Node emitted the error, and its properties behind that
	from := r.pos     // the lines from here on are unparsed
	leave := func() {
		t.Unparsed = txt.AppendSpans(t.Unparsed, r.text, []txt.Span{{From: from, To: r.pos}})
		from = r.pos
	}
	for {
		line, next, ok := r.peek()
		if !ok {
			break
		}
		if header.IsNumbered(line.Body) && excerpts > 0 {
			excerpts--
			leave()
			if !apart {
				excerpts = 0 // another error
			} else if cause, ok := r.readExcerpted(); ok {
				last.Cause = cause
				last = cause
				apart = false
				from = r.pos
				continue
			} else {
				excerpts = 0
			}
		}
		apart = line.Body == ""
		value, isCausedBy := cutCausedBy(line.Body)
		if isCausedBy && last.Cause == nil && causes < maxCauses {
			causes++
			leave()
			if cause, ok := r.readError(value, line.Indent, depth-1); ok {
				last.Cause = cause
				last = cause
			} else {
				t.AddProp(line.Body[:len("Caused by")], r.readValue(value, line.Indent))
			}
			from = r.pos
			continue
		}
		if !emitted && !isCausedBy && header.HasStrong(line.Body) && r.Errors.Begins(r.text[r.pos:]) {
			r.pos = header.ContextStart(r.text, from, r.pos, r.body)
			break
		}
		r.pos = next
		emitted = emitted || strings.HasPrefix(line.Body, "Emitted 'error' event")
		if frame, tail := CutInspectTail(line.Body); emitted && tail == " {" && strings.HasPrefix(frame, "at ") {
			leave()
			r.readProps(t, depth)
			from = r.pos
			emitted = false
		}
	}
	leave()
	for n := len(t.Unparsed); n > 0 && r.body(t.Unparsed[n-1]) == ""; n = len(t.Unparsed) {
		t.Unparsed = t.Unparsed[:n-1]
	}
	if len(t.Unparsed) == 0 {
		t.Unparsed = nil
	}
}
