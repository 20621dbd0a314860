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
	if r.readErrorProp(t, name, value, indent, depth) {
		return
	}
	t.AddProp(name, r.readValue(value, indent))
}

// readErrorProp reads a property that is an error and neither cause nor gathered ones.
func (r *lineReader) readErrorProp(t *model.Trace, name, value string, indent, depth int) bool {
	if value == "" || isObject(value) || isValue(value) && value[0] != '[' && value[0] != '{' && value[0] != '<' {
		return false
	}
	trace, ok := r.readError(value, indent, depth-1)
	if ok {
		t.AddErrorProp(name, trace)
	}
	return ok
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
		if strings.HasPrefix(element, "[length]: ") {
			// of the list
		} else if t, ok := inlineError(element); ok {
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

// addInline adds a property that stands with others on a line: a cause or gathered errors, if it is that.
func addInline(t *model.Trace, name, value string) {
	switch name {
	case "[cause]", "cause":
		if cause, ok := inlineError(value); ok && t.Cause == nil {
			t.Cause = cause
			return
		}
	case "[errors]", "errors":
		if errors, ok := inlineErrors(value); ok && t.Errors == nil {
			t.Errors = errors
			return
		}
	}
	t.AddProp(name, value)
}

// readInlineProps reads "code: 'OUT', list: [Array] }".
func readInlineProps(t *model.Trace, s string) {
	for {
		name, value, ok := header.CutEntry(s)
		if !ok {
			return
		}
		end := entryEnd(value)
		addInline(t, name, strings.TrimRight(value[:end], " "))
		if !strings.HasPrefix(value[end:], ", ") {
			return
		}
		s = value[end+len(", "):]
	}
}
