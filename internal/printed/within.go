package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxNesting bounds the errors within errors that are read. What is nested deeper stays unparsed.
const maxNesting = 64

// maxCauses bounds the causes of an error that are read one behind the other. Those that follow stay
// unparsed: encoding/json reads 10,000 values within each other.
const maxCauses = 1000

// readError reads an error that begins with value, on the line that r is at, among properties or
// elements with the given indentation. It reports false if the value is no error.
func (r *lineReader) readError(value string, indent, depth int) (*model.Trace, bool) {
	if depth <= 0 {
		return nil, false
	}
	var left []string
	if place := r.excerptLines(value); place != nil {
		left = place
		line, _, _ := r.peek()
		value, indent = line.Body, line.Indent
	}
	inspected, braced := header.CutInspectWords(value)
	if strings.HasPrefix(inspected, "[") {
		return r.readBracketed(inspected, depth)
	}
	end, ok := r.errorEnd(inspected, indent, braced)
	if !ok {
		return nil, false
	}
	found := r.Errors.Segment(r.text[r.pos:end], value)
	found.Unparsed = append(left, found.Unparsed...)
	if size := r.pos + found.Size; size < end {
		end = size
	}
	r.pos = end
	r.readBehind(found, depth)
	return &found.Trace, true
}

// excerptLines goes over the excerpt of the source, if value is where one is from, and returns its lines.
func (r *lineReader) excerptLines(value string) []string {
	if rest := strings.TrimRight(value, "0123456789"); rest == value || !strings.HasSuffix(rest, ":") {
		return nil
	}
	end := header.ExcerptEnd(r.text, r.pos, func(line string) string {
		body := r.body(line)
		if strings.HasSuffix(body, value) {
			return value
		}
		return body
	})
	if end <= r.pos {
		return nil
	}
	if line, _ := txt.LineAt(r.text, end); end >= len(r.text) || strings.HasPrefix(r.body(line), "at ") {
		return nil
	}
	lines := txt.AppendLines(nil, r.text[r.pos:end])
	r.pos = end
	return lines
}

// readBracketed reads an error without frames:
//
//	[Error: x]
//	[Error: x] {
//	  code: 'E_CODE'
//	}
func (r *lineReader) readBracketed(value string, depth int) (*model.Trace, bool) {
	value = strings.TrimSuffix(value, ",")
	value, braced := strings.CutSuffix(value, " {")
	h, ok := header.BracketedHeader(value)
	if !ok {
		return nil, false
	}
	t := &model.Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message}
	r.skip()
	if braced {
		r.readProps(t, depth)
	}
	return t, true
}

// errorEnd returns where the frames of an error end that begins with header on the line that r is
// at. It reports false if there are none, and no properties behind the header either.
func (r *lineReader) errorEnd(head string, indent int, braced bool) (end int, ok bool) {
	if head == "" || strings.IndexByte("{['\"`(<", head[0]) >= 0 || header.Parse(head, true).Type == "" {
		return 0, false
	}
	ahead := *r
	ahead.skip()
	end = ahead.pos
	if strings.HasSuffix(head, " {") || strings.HasSuffix(head, ",") {
		if line, _, _ := ahead.peek(); !strings.HasPrefix(line.Body, "at ") {
			return end, header.IsErrorName(header.Parse(head, true).Type)
		}
	}
	for {
		line, next, more := ahead.peek()
		if !more {
			return end, ok
		}
		isFrame := strings.HasPrefix(line.Body, "at ")
		if _, isMark := readInnerMark(line.Body); isMark && ok {
			isFrame = true
		}
		switch {
		case isFrame:
			end, ok = next, true
			if _, tail := CutInspectTail(line.Body); tail != "" {
				return end, true
			}
		case line.Body == "":
		case ok && braced && header.IsEntry(line.Body):
			return end, ok
		case line.Indent < indent, ok && line.Indent == indent && (isCloser(line.Body) || header.IsEntry(line.Body)):
			return end, ok
		case line.Indent == indent:
			if _, caused := cutCausedBy(line.Body); caused || ok && header.IsErrorName(header.Parse(line.Body, false).Type) {
				return end, ok
			}
		}
		ahead.pos = next
	}
}
