package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readProps reads the lines of properties up to the brace that ends them.
func (r *lineReader) readProps(t *model.Trace, depth int) {
	indent := -1
	for {
		line, next, ok := r.peek()
		if !ok || line.Body != "" && line.Indent < indent && !isCloser(line.Body) {
			return
		}
		name, value, isEntry := header.CutEntry(line.Body)
		switch {
		case isCloser(line.Body):
			r.pos = next
			return
		case !isEntry && indent < 0:
			return
		case !isEntry || indent >= 0 && line.Indent > indent:
			t.Unparsed = txt.AddLine(t.Unparsed, line.Raw)
			r.pos = next
			continue
		}
		indent = line.Indent
		r.readEntry(t, name, value, indent, depth)
	}
}

// readEntry reads one property, on the line that r is at and those that belong to it.
func (r *lineReader) readEntry(t *model.Trace, name, value string, indent, depth int) {
	switch name {
	case "[cause]", "cause":
		if t.Cause == nil {
			if cause, ok := r.readError(value, indent, depth-1); ok {
				t.Cause = cause
				return
			}
			if cause, ok := nameInBrackets(strings.TrimSuffix(value, ",")); ok {
				t.Cause = cause
				r.skip()
				return
			}
		}
	case "[errors]", "errors":
		if value == "[" && t.Errors == nil {
			r.readErrors(t, indent, depth)
			return
		}
		if errors, ok := inlineErrors(value); ok && t.Errors == nil {
			t.Errors = errors
			r.skip()
			return
		}
	}
	t.AddProp(name, r.readValue(value, indent))
}

// readErrors reads the elements of an array of errors, each on lines of its own, up to the bracket
// that ends it. A value that is no error becomes one whose message is the value as it was printed.
func (r *lineReader) readErrors(t *model.Trace, indent, depth int) {
	opener, _, _ := r.peek()
	r.skip()
	for {
		line, next, ok := r.peek()
		switch {
		case isCloser(line.Body):
			r.pos = next
			return
		case !ok, line.Body != "" && line.Indent < indent:
			if len(t.Errors) == 0 {
				t.Unparsed = txt.AddLine(t.Unparsed, opener.Raw)
			}
			return
		case line.Body == "" || strings.HasPrefix(line.Body, "... ") || strings.HasPrefix(line.Body, "[length]: "):
			t.Unparsed = txt.AddLine(t.Unparsed, line.Raw)
			r.pos = next
			continue
		}
		element, ok := r.readError(line.Body, line.Indent, depth-1)
		if !ok {
			if element, ok = nameInBrackets(strings.TrimSuffix(line.Body, ",")); ok {
				r.skip()
			}
		}
		if !ok {
			element = &model.Trace{Message: strings.TrimSuffix(r.readValue(line.Body, line.Indent), ",")}
		}
		t.Errors = append(t.Errors, element)
	}
}

// nameInBrackets reads an error without a message and frames where an error is expected: "[Denied]", and with its
// properties, "[Denied] { code: 42 }".
func nameInBrackets(value string) (*model.Trace, bool) {
	close := header.ClosingBracket(value)
	if close <= 1 {
		return nil, false
	}
	name, behind := value[1:close], value[close+1:]
	typ, _, ok := header.CutCode(name)
	if !ok || !header.IsName(typ) || !txt.IsUpper(typ[0]) || header.IsInspectWord(typ) {
		return nil, false
	}
	t := &model.Trace{Type: typ}
	if behind == "" {
		return t, true
	}
	inline, ok := strings.CutPrefix(behind, " { ")
	if !ok || !header.IsEntry(inline) {
		return nil, false
	}
	readInlineProps(t, inline)
	return t, true
}

// inlineErrors reads "[ [Error: one], 'no error' ]".
func inlineErrors(value string) (errors []*model.Trace, ok bool) {
	inner, opened := strings.CutPrefix(strings.TrimSuffix(value, ","), "[ ")
	inner, closed := strings.CutSuffix(inner, " ]")
	if !opened || !closed {
		return nil, false
	}
	for inner != "" {
		end := entryEnd(inner)
		element := inner[:end]
		if t, ok := inlineError(element); ok {
			errors = append(errors, t)
		} else {
			errors = append(errors, &model.Trace{Message: element})
		}
		inner = strings.TrimPrefix(inner[end:], ",")
		inner = strings.TrimLeft(inner, " ")
		if end == 0 {
			return nil, false // a bracket that nothing opened
		}
	}
	return errors, len(errors) > 0
}

// inlineError reads an error without frames among others in one line: "[Error: x]", "[Error: x] { code: 42 }",
// "{ [Error: x] code: 42 }".
func inlineError(element string) (*model.Trace, bool) {
	inner, braced := strings.CutPrefix(element, "{ ")
	close := header.ClosingBracket(inner)
	if close <= 0 {
		return nil, false
	}
	h, ok := header.BracketedHeader(inner[:close+1])
	if !ok {
		return nameInBrackets(inner)
	}
	t := &model.Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message}
	behind := strings.TrimLeft(inner[close+1:], " ")
	if !braced {
		behind = strings.TrimPrefix(behind, "{ ")
	}
	if header.IsEntry(behind) {
		readInlineProps(t, behind)
	}
	return t, true
}

// readBracedErrors reads the errors that an error of Node 8 and 10 gathers, of which the first stands behind a
// bracket on the line that r is at:
//
//	[errors]:
//	 [ { Error: one
//	       at f (/app/a.js:1:2)
//	     code: 'E' },
//	   Error: two
//	       at g (/app/a.js:3:4) ] }
func (r *lineReader) readBracedErrors(t *model.Trace, value string, depth int) bool {
	inner, ok := strings.CutPrefix(value, "[ ")
	if !ok {
		return false
	}
	at := *r
	var errors []*model.Trace
	for {
		line, _, ok := at.peek()
		if !ok {
			return false
		}
		start := at.pos
		element, ok := at.readError(inner, line.Indent, depth-1)
		if !ok {
			return false
		}
		errors = append(errors, element)
		last := strings.TrimRight(at.stripped(strings.TrimRight(at.text[start:at.pos], "\r\n")), " \t")
		closers := last[len(strings.TrimRight(last, "}] ,")):]
		if end := strings.IndexByte(closers, ']'); end >= 0 {
			t.Errors = errors
			*r = at
			r.closed = strings.Count(closers[end:], "}")
			return true
		}
		if !strings.HasSuffix(closers, ",") {
			return false
		}
		if line, _, ok = at.peek(); !ok {
			return false
		}
		inner = line.Body
	}
}

// readBracedProps reads the lines of properties that Node 8 and 10 put behind the frames of an error
// in braces, up to the closing brace, which ends a line.
func (r *lineReader) readBracedProps(t *model.Trace, depth int) {
	indent := -1
	for {
		line, _, ok := r.peek()
		if !ok || indent >= 0 && line.Indent != indent {
			return
		}
		name, value, ok := header.CutEntry(line.Body)
		if !ok {
			return
		}
		indent = line.Indent
		if r.readBracedCause(t, name, value, depth) || (name == "[errors]" || name == "errors") && t.Errors == nil && r.readBracedList(t, value, depth) {
			if r.closed > 0 {
				r.closed--
				return
			}
			continue
		}
		start := r.pos
		text := r.readValue(value, indent)
		end, closed := closedAt(text)
		t.AddProp(name, strings.Trim(text[:end], " \n"))
		if closed {
			r.pos = start // lines behind the one that closes belong to no value
			for range strings.Count(text[:end], "\n") + 1 {
				r.skip()
			}
			behind, _, _ := strings.Cut(text[end+1:], "\n")
			r.closed = unopened(behind)
			return
		}
	}
}

// readBracedList reads gathered errors, the value of a property, on its line or the one below.
func (r *lineReader) readBracedList(t *model.Trace, value string, depth int) bool {
	at := *r
	if value == "" {
		at.skip()
		line, _, _ := at.peek()
		value = line.Body
	}
	list := strings.TrimRight(value, "} ,")
	if errors, ok := inlineErrors(list); ok && len(list) > 0 && list[len(list)-1] == ']' {
		t.Errors = errors
		at.skip()
		at.closed = strings.Count(value[len(list):], "}")
		*r = at
		return true
	}
	if !at.readBracedErrors(t, value, depth) {
		return false
	}
	*r = at
	return true
}

// readBracedCause reads the error that caused this one, if it is the value of a property, on its line or
// the one below.
func (r *lineReader) readBracedCause(t *model.Trace, name, value string, depth int) bool {
	if name != "[cause]" && name != "cause" || t.Cause != nil {
		return false
	}
	at := *r
	if value == "" {
		at.skip()
		line, _, _ := at.peek()
		value = line.Body
	}
	line, _, _ := at.peek()
	cause, ok := at.readError(value, line.Indent, depth-1)
	if !ok {
		return false
	}
	t.Cause = cause
	r.pos, r.closed = at.pos, at.closed
	return true
}

// readInlineProps reads "code: 'OUT', list: [Array] }".
func readInlineProps(t *model.Trace, s string) {
	for {
		name, value, ok := header.CutEntry(s)
		if !ok {
			return
		}
		end := entryEnd(value)
		t.AddProp(name, strings.TrimRight(value[:end], " "))
		if !strings.HasPrefix(value[end:], ", ") {
			return
		}
		s = value[end+len(", "):]
	}
}
