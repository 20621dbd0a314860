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
	if depth <= 0 || isObject(value) && !r.isBracedError(value, indent) {
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
		if braced {
			if t, ok := r.readBraced(inspected, indent, depth); ok {
				return t, true
			}
		}
		return r.readBracketed(inspected, indent, depth)
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
	first, _, _ := r.peek()
	r.dedent(&found.Trace, first.Indent)
	r.pos = end
	r.readBehind(found, depth)
	return &found.Trace, true
}

// isBracedError reports whether value, which may be an object too, is the header of an error in braces: frames follow
// it.
func (r *lineReader) isBracedError(value string, indent int) bool {
	name, _, _ := header.CutEntry(strings.TrimPrefix(value, "{ "))
	if name == "" || !txt.IsUpper(name[0]) {
		return false
	}
	ahead := *r
	ahead.skip()
	return ahead.framesFollow(indent)
}

// dedent takes off the lines of a message what the error is indented by beyond the line that it begins on, which had
// the given indentation. Frames are indented by 4 beyond the error.
func (r *lineReader) dedent(t *model.Trace, indent int) {
	if len(t.Frames) == 0 || strings.IndexByte(t.Message, '\n') < 0 {
		return
	}
	own := r.stripped(t.Frames[0].Text)
	more := len(own) - len(strings.TrimLeft(own, " ")) - len("    ") - indent
	if more > 0 {
		t.Message = dedented(t.Message, more)
	}
}

// dedented returns a message of which the lines behind the first lose n blanks.
func dedented(message string, n int) string {
	first, rest, _ := strings.Cut(message, "\n")
	return first + "\n" + txt.EachLine(rest, func(line string) string {
		blanks := len(line) - len(strings.TrimLeft(line, " "))
		return line[min(blanks, n):]
	})
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

// readBracketed reads an error without frames, whose message may have several lines:
//
//	[Error: x]
//	[Error: x] {
//	  code: 'E_CODE'
//	}
//	[Error: x] { code: 'E_CODE' },
func (r *lineReader) readBracketed(value string, indent, depth int) (*model.Trace, bool) {
	whole, lines, ok := r.bracketed(value, indent)
	if !ok {
		return nil, false
	}
	closers := ""
	if own, behind := closersOf(whole); strings.HasSuffix(own, "]") && !strings.Contains(own, "] { ") {
		whole, closers = own, behind
	}
	end := header.ClosingBracket(whole)
	if lines > 1 || closers != "" && closers != "," {
		end = strings.LastIndexByte(whole, ']')
		if strings.HasSuffix(whole, "}") || strings.HasSuffix(whole, "},") {
			end = strings.LastIndex(whole, "] { ")
		}
	}
	if end < 0 {
		return nil, false
	}
	behind := strings.TrimSuffix(strings.TrimLeft(whole[end+1:], " "), ",")
	if inline, ok := strings.CutPrefix(behind, "{ "); behind != "" && behind != "{" && (!ok || !header.IsEntry(inline)) {
		if end = strings.LastIndexByte(whole, ']'); strings.Trim(whole[end+1:], " {,") != "" {
			return nil, false
		}
		behind = strings.TrimSuffix(strings.TrimLeft(whole[end+1:], " "), ",")
	}
	h, ok := header.BracketedHeader(whole[:end+1])
	if !ok && lines > 1 {
		h = header.Parse(whole[1:end], true)
		ok = h.Type != ""
	}
	if !ok {
		return nil, false
	}
	t := &model.Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message}
	for range lines {
		r.skip()
	}
	r.closers = closers
	switch inline, ok := strings.CutPrefix(behind, "{ "); {
	case ok:
		readInlineProps(t, inline)
	case behind == "{":
		r.readProps(t, depth)
	}
	return t, true
}

// bracketed returns the lines of an error in brackets that begins with value, without the given indentation, up to that
// in which the bracket is closed and of which the next line shows that the value ends there.
func (r *lineReader) bracketed(value string, indent int) (whole string, lines int, ok bool) {
	ahead := *r
	ahead.skip()
	from, size, last := ahead.pos, len(value), strings.TrimRight(value, " ")
	single := strings.IndexByte(value, ']') > 0
	if typ := header.Parse(value[1:], true).Type; typ == "" {
		return value, 1, single
	}
	for lines = 1; lines <= maxBracketed; lines++ {
		line, next, more := ahead.peek()
		if r.endsBracketed(last, line, indent, more) {
			return ahead.join(value, from, indent, size), lines, true
		}
		if !more || line.Indent < indent && line.Body != "" {
			break
		}
		last = line.Own
		size += len("\n") + len(line.Own)
		ahead.pos = next
	}
	return value, 1, single
}

// maxBracketed is the number of lines that an error in brackets may have.
const maxBracketed = 100

// endsBracketed reports whether a value in brackets ends in last, with next behind it.
func (r *lineReader) endsBracketed(last string, next model.Line, indent int, more bool) bool {
	switch {
	case strings.HasSuffix(last, "] {"):
		return more && next.Indent > indent && header.IsEntry(next.Body)
	case strings.HasSuffix(last, "],"), strings.HasSuffix(last, " },") && strings.Contains(last, "] { "):
		return more && next.Indent <= indent && !isCloser(next.Body)
	case strings.HasSuffix(last, "]"), strings.HasSuffix(last, " }") && strings.Contains(last, "] { "):
		return !more || next.Body == "" || next.Indent < indent || isCloser(next.Body)
	}
	if body, closers := closersOf(last); strings.HasSuffix(body, "]") && closers != "" {
		return !more || next.Body == "" || next.Indent < indent
	}
	return false
}

// maxMessage is the number of lines of a message that are looked through for the frames behind it.
const maxMessage = 100

// framesFollow reports whether the frames of an error follow the line before r, the first of a message whose other
// lines have the given indentation at least. Frames are indented by 4 beyond that.
func (r *lineReader) framesFollow(indent int) bool {
	ahead := *r
	for range maxMessage {
		line, next, ok := ahead.peek()
		if !ok || line.Body != "" && line.Indent < indent {
			return false
		}
		if strings.HasPrefix(line.Body, "at ") {
			return line.Indent == indent+len("    ") || ahead.pos == r.pos
		}
		if _, value, ok := header.CutEntry(line.Body); ok && line.Indent == indent && header.HasStrong(value) {
			return false // another member, which is an error too
		}
		ahead.pos = next
	}
	return false
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
		if !ahead.framesFollow(indent) {
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
