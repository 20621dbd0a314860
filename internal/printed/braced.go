package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

// What Node 8 and 10 print of an error, and later ones with the option compact: true. An error with properties stands in
// braces with them; each bracket is closed at the end of the last line within it.
//
//	{ AggregateError: x
//	    at f (/app/a.js:1:2)
//	  code: 'E',
//	  [cause]:
//	   { Error: y
//	       at g (/app/a.js:3:4)
//	     path: '/p' },
//	  [errors]:
//	   [ { Error: one
//	         at f (/app/a.js:1:2)
//	       code: 'E' },
//	     Error: two
//	         at g (/app/a.js:3:4) ] }

// How much deeper than an object its members are indented that have further lines, and those of an array.
const (
	memberIndent  = len(" { ")
	elementIndent = len("[ ")
)

// closersOf returns the brackets and the comma that line ends in, behind what stands in it, without the blanks
// between them. Node writes a blank before each bracket.
func closersOf(line string) (body, closers string) {
	body = strings.TrimRight(line, " ")
	end := len(body)
	if strings.HasSuffix(body, ",") {
		body = strings.TrimRight(body[:len(body)-1], " ")
	}
	for strings.HasSuffix(body, " }") || strings.HasSuffix(body, " ]") || body == "}" || body == "]" {
		body = strings.TrimRight(body[:len(body)-1], " ")
	}
	return body, strings.ReplaceAll(line[len(body):end], " ", "")
}

// takeCloser takes off the bracket that closes what is around the value read last, and reports whether it does.
func (r *lineReader) takeCloser(bracket byte) bool {
	if r.closers == "" || r.closers[0] != bracket {
		return false
	}
	r.closers = r.closers[1:]
	return true
}

// readBracedProps reads the lines of properties behind the frames of an error in braces, up to the closing brace,
// which ends a line.
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
		if !r.readBracedError(t, name, value, indent, depth) {
			r.readBracedText(t, name, value, indent)
		}
		if r.takeCloser('}') {
			return
		}
	}
}

// readBracedText reads a property that is no error, up to the comma or the bracket behind it.
func (r *lineReader) readBracedText(t *model.Trace, name, value string, indent int) {
	start := r.pos
	text := r.readValue(value, indent)
	end, closed := closedAt(text)
	t.AddProp(name, strings.Trim(text[:end], " \n"))
	r.closers = ""
	if !closed {
		return
	}
	r.pos = start // lines behind the one that closes belong to no value
	for range strings.Count(text[:end], "\n") + 1 {
		r.skip()
	}
	behind, _, _ := strings.Cut(text[end:], "\n")
	r.closers = strings.ReplaceAll(behind, " ", "")
}

// readBracedError reads a property that is an error or holds gathered ones, on its line or the one below.
func (r *lineReader) readBracedError(t *model.Trace, name, value string, indent, depth int) bool {
	at := *r
	if value == "" {
		at.skip()
		line, _, _ := at.peek()
		value = line.Body
	}
	if (name == "[errors]" || name == "errors") && t.Errors == nil {
		errors, ok := at.readBracedList(value, indent+1, depth)
		if ok {
			t.Errors = errors
			*r = at
		}
		return ok
	}
	isCause := (name == "[cause]" || name == "cause") && t.Cause == nil
	if !isCause && isValue(value) && value[0] != '[' && value[0] != '{' && value[0] != '<' {
		return false
	}
	inner, ok := at.readBracedElement(value, indent+1, depth)
	if !ok && isCause {
		body, closers := closersOf(value)
		if inner, ok = nameInBrackets(body); ok {
			at.skip()
			at.closers = closers
		}
	}
	if !ok {
		return false
	}
	if isCause {
		t.Cause = inner
	} else {
		t.AddErrorProp(name, inner)
	}
	*r = at
	return true
}

// readBracedElement reads an error that begins with value on the line that r is at, of which other lines have an
// indentation.
func (r *lineReader) readBracedElement(value string, indent, depth int) (*model.Trace, bool) {
	body, closers := closersOf(value)
	for _, whole := range [...]string{body, body + " }"} { // with its properties on one line
		if len(whole) > len(body) && !strings.HasPrefix(closers, "}") {
			break
		}
		if t, ok := inlineError(whole); ok && isWholeError(whole) {
			r.skip()
			r.closers = closers[len(whole)-len(body)-min(len(" "), len(whole)-len(body)):]
			return t, true
		}
	}
	return r.readError(value, indent, depth-1)
}

// isWholeError reports whether s is an error in brackets, in braces with its properties or not.
func isWholeError(s string) bool {
	inner, braced := strings.CutPrefix(s, "{ ")
	if braced {
		return strings.HasSuffix(s, " }") && inner[0] == '['
	}
	return header.ClosingBracket(s) == len(s)-1
}

// readBracedList reads gathered errors, a list that begins with value on the line that r is at and of which other
// lines have an indentation.
func (r *lineReader) readBracedList(value string, indent, depth int) ([]*model.Trace, bool) {
	inner, ok := strings.CutPrefix(value, "[ ")
	if !ok || depth <= 0 {
		return nil, false
	}
	body, closers := closersOf(value)
	if list, ok := strings.CutPrefix(closers, "]"); ok {
		if errors, ok := inlineErrors(body + " ]"); ok {
			r.skip()
			r.closers = list
			return errors, true
		}
	}
	var errors []*model.Trace
	for {
		if element, ok := r.readListElement(inner, indent+elementIndent, depth); ok {
			if element != nil {
				errors = append(errors, element)
			}
		} else {
			return nil, false
		}
		if r.takeCloser(']') {
			return errors, len(errors) > 0
		}
		line, _, ok := r.peek()
		if !ok || r.closers != "," && r.closers != "" {
			return nil, false
		}
		inner = line.Body
	}
}

// readListElement reads an element of gathered errors. It is nil for the length of the list, which is none.
func (r *lineReader) readListElement(value string, indent, depth int) (*model.Trace, bool) {
	if strings.HasPrefix(value, "[length]: ") {
		_, r.closers = closersOf(value)
		r.skip()
		return nil, true
	}
	if element, ok := r.readBracedElement(value, indent, depth); ok {
		return element, true
	}
	body, closers := closersOf(value)
	element, ok := nameInBrackets(body)
	if !ok {
		if body == "" || opened(body) > 0 || isNamedError(body) {
			return nil, false
		}
		element = &model.Trace{Message: body}
	}
	r.skip()
	r.closers = closers
	return element, true
}

// readBraced reads an error without frames, with its properties behind it in braces:
//
//	{ [Error: x] code: 'E_CODE' }
//	{ [Error: one
//	    two]
//	  code: 'E_CODE' }
func (r *lineReader) readBraced(value string, indent, depth int) (*model.Trace, bool) {
	close := header.ClosingBracket(value)
	if behind := strings.TrimLeft(value[close+1:], " "); close > 0 && header.IsEntry(behind) {
		h, ok := header.BracketedHeader(value[:close+1])
		if !ok {
			return nil, false
		}
		t := &model.Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message}
		r.skip()
		r.readGlued(t, behind)
		return t, true
	}
	if header.Parse(value[1:], true).Type == "" {
		return nil, false
	}
	ahead := *r
	ahead.skip()
	from, size, last := ahead.pos, len(value), value
	for range maxBracketed {
		line, next, ok := ahead.peek()
		if !ok || line.Indent < indent && line.Body != "" {
			return nil, false
		}
		if strings.HasSuffix(last, "]") && header.IsEntry(line.Body) && line.Indent > 0 {
			text := ahead.join(value, from, indent, size)
			h := header.Parse(text[1:len(text)-1], true)
			t := &model.Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message}
			if more := line.Indent - len("  ") - indent; more > 0 && strings.IndexByte(t.Message, '\n') >= 0 {
				t.Message = dedented(t.Message, more)
			}
			*r = ahead
			r.readBracedProps(t, depth)
			return t, h.Type != ""
		}
		last = line.Own
		size += len("\n") + len(line.Own)
		ahead.pos = next
	}
	return nil, false
}

// readGlued reads properties that end the line, with the brace behind them and those of what is around.
func (r *lineReader) readGlued(t *model.Trace, s string) {
	readInlineProps(t, s)
	end, closed := closedAt(s)
	r.closers = ""
	if closed {
		r.closers = strings.ReplaceAll(s[end+1:], " ", "")
	}
}
