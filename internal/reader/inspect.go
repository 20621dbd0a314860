package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// What consoles print of an error besides its stack. Node's util.inspect and Deno's console put an
// error's properties behind its last frame, with errors among them:
//
//	Error: outer
//	    at f (/app/a.js:1:2) {
//	  code: 'E_CODE',
//	  [cause]: TypeError: inner
//	      at g (/app/a.js:3:4),
//	  [errors]: [
//	    Error: one
//	        at h (/app/a.js:5:6),
//	    [Error: without frames]
//	  ]
//	}
//
// Node 8 and 10 put a brace before the error too, and short properties behind the last frame:
//
//	{ Error: outer
//	    at f (/app/a.js:1:2) code: 'E_CODE', path: '/a b' }
//
// Deno prints the causes of an error that nobody caught as blocks of their own:
//
//	Caused by: TypeError: inner
//	    at g (file:///app/a.js:3:4)
//
// (node, lib/internal/util/inspect.js, formatError and reduceToSingleString; deno,
// runtime/fmt_errors.rs).

// maxNesting bounds the errors within errors that are read. What is nested deeper stays unparsed.
const maxNesting = 64

// maxCauses bounds the causes of an error that are read one behind the other. Those that follow stay
// unparsed: encoding/json reads 10,000 values within each other.
const maxCauses = 1000

// lineReader reads the lines of a text one by one.
type lineReader struct {
	scan *scan // tells what of a line is its own
	text string
	pos  int

	closed int // brackets at the end of what was read last that close what is around it

	spare *scan // one that is of no use any more
}

// copy returns a copy of s for a lineReader, so that a scan need not live as long as a reader of its
// text may.
func (s *scan) copy() *scan {
	c := *s
	return &c
}

// peek returns the next line and where the one behind it begins; ok is false at the end.
func (r *lineReader) peek() (line textLine, next int, ok bool) {
	if r.pos >= len(r.text) {
		return textLine{}, r.pos, false
	}
	raw, next := txt.LineAt(r.text, r.pos)
	own := strings.TrimRight(r.scan.uncoloured(raw), " \t\r")
	body := strings.TrimLeft(own, " \t")
	return textLine{raw: raw, own: own, body: body, indent: len(own) - len(body)}, next, true
}

// takeRest reads the lines behind the last frame, and the rest of its own line.
func (p *parsed) takeRest(s *scan) {
	rest := s.rest()
	if s.tail == "" && strings.Trim(s.uncoloured(rest), " \t\r\n") == "" {
		return
	}
	r := &lineReader{scan: s.copy(), text: rest}
	p.readBehind(r, maxNesting)
	p.readCauses(r, maxNesting)
}

// readBehind reads the properties of an error, of which r.scan has read the frames.
func (p *parsed) readBehind(r *lineReader, depth int) {
	switch tail := r.scan.tail; {
	case tail == " {", r.scan.closed && len(p.Frames) == 0:
		p.readProps(r, depth)
	case isGlued(tail):
		p.readInlineProps(tail[1:])
	case p.braced && !strings.Contains(tail, "}"):
		p.readBracedProps(r, depth)
		return
	}
	r.closed = unopened(r.scan.tail)
	if p.braced && r.closed > 0 {
		r.closed--
	}
}

// unopened returns the number of braces in s that close what s did not open.
func unopened(s string) int {
	n := 0
	for {
		end, closed := closedAt(s)
		if !closed {
			return n
		}
		if s[end] == '}' {
			n++
		}
		s = s[end+1:]
	}
}

// readCauses reads what follows an error and its properties.
func (t *Trace) readCauses(r *lineReader, depth int) {
	last := t
	causes := 0
	apart := false    // the line before is empty
	excerpts := depth // more of Bun's blocks may follow
	emitted := false  // the lines are where Node emitted the error, and its properties behind that
	from := r.pos     // the lines from here on are unparsed
	leave := func() {
		t.Unparsed = appendSpans(t.Unparsed, r.text, []span{{from, r.pos}})
		from = r.pos
	}
	for {
		line, next, ok := r.peek()
		if !ok {
			break
		}
		if isNumbered(line.body) && excerpts > 0 {
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
		apart = line.body == ""
		if value, ok := cutCausedBy(line.body); ok && last.Cause == nil && causes < maxCauses {
			causes++
			leave()
			if cause, ok := r.readError(value, line.indent, depth-1); ok {
				last.Cause = cause
				last = cause
			} else {
				t.addProp(line.body[:len("Caused by")], r.readValue(value, line.indent))
			}
			from = r.pos
			continue
		}
		r.pos = next
		emitted = emitted || strings.HasPrefix(line.body, "Emitted 'error' event")
		if frame, tail := cutInspectTail(line.body); emitted && tail == " {" && strings.HasPrefix(frame, "at ") {
			leave()
			t.readProps(r, depth)
			from = r.pos
			emitted = false
		}
	}
	leave()
	for n := len(t.Unparsed); n > 0 && r.scan.body(t.Unparsed[n-1]) == ""; n = len(t.Unparsed) {
		t.Unparsed = t.Unparsed[:n-1]
	}
	if len(t.Unparsed) == 0 {
		t.Unparsed = nil
	}
}

// cutCausedBy returns what follows "Caused by: ".
func cutCausedBy(body string) (value string, ok bool) {
	for _, words := range [...]string{"Caused by: ", "caused by: "} {
		if value, ok = strings.CutPrefix(body, words); ok {
			return value, value != ""
		}
	}
	return "", false
}

// readProps reads the lines of properties up to the brace that ends them.
func (t *Trace) readProps(r *lineReader, depth int) {
	indent := -1
	for {
		line, next, ok := r.peek()
		if !ok || line.body != "" && line.indent < indent && !isCloser(line.body) {
			return
		}
		name, value, isEntry := cutEntry(line.body)
		switch {
		case isCloser(line.body):
			r.pos = next
			return
		case !isEntry && indent < 0:
			return
		case !isEntry || indent >= 0 && line.indent > indent:
			t.Unparsed = addLine(t.Unparsed, line.raw)
			r.pos = next
			continue
		}
		indent = line.indent
		t.readEntry(r, name, value, indent, depth)
	}
}

// readEntry reads one property, on the line that r is at and those that belong to it.
func (t *Trace) readEntry(r *lineReader, name, value string, indent, depth int) {
	switch name {
	case "[cause]", "cause":
		if t.Cause == nil {
			if cause, ok := r.readError(value, indent, depth-1); ok {
				t.Cause = cause
				return
			}
		}
	case "[errors]", "errors":
		if value == "[" && t.Errors == nil {
			t.readErrors(r, indent, depth)
			return
		}
		if errors, ok := inlineErrors(value); ok && t.Errors == nil {
			t.Errors = errors
			r.skip()
			return
		}
	}
	t.addProp(name, r.readValue(value, indent))
}

// addProp adds a property, of which "code" is the error's code too.
func (t *Trace) addProp(name, text string) {
	text = strings.TrimSuffix(text, ",")
	if code, ok := unquote(text); ok && name == "code" && code != "" {
		t.Code = code
	}
	if len(name) > 2 {
		if key, ok := unquote(name); ok {
			name = key
		}
	}
	t.Props = append(withRoom(t.Props, 1), Prop{Name: name, Text: text})
}

// unquote returns what stands between quotes, if nothing in it is escaped.
func unquote(s string) (text string, ok bool) {
	if len(s) < 2 || s[0] != s[len(s)-1] || strings.IndexByte("'\"`", s[0]) < 0 || strings.IndexByte(s, '\\') >= 0 {
		return "", false
	}
	return s[1 : len(s)-1], true
}

// readErrors reads the elements of an array of errors, each on lines of its own, up to the bracket
// that ends it. A value that is no error becomes one whose message is the value as it was printed.
func (t *Trace) readErrors(r *lineReader, indent, depth int) {
	opener, _, _ := r.peek()
	r.skip()
	for {
		line, next, ok := r.peek()
		switch {
		case isCloser(line.body):
			r.pos = next
			return
		case !ok, line.body != "" && line.indent < indent:
			if len(t.Errors) == 0 {
				t.Unparsed = addLine(t.Unparsed, opener.raw)
			}
			return
		case line.body == "" || strings.HasPrefix(line.body, "... "):
			t.Unparsed = addLine(t.Unparsed, line.raw)
			r.pos = next
			continue
		}
		element, ok := r.readError(line.body, line.indent, depth-1)
		if !ok {
			element = &Trace{Message: strings.TrimSuffix(r.readValue(line.body, line.indent), ",")}
		}
		t.Errors = append(t.Errors, element)
	}
}

// inlineErrors reads "[ [Error: one], 'no error' ]".
func inlineErrors(value string) (errors []*Trace, ok bool) {
	inner, opened := strings.CutPrefix(strings.TrimSuffix(value, ","), "[ ")
	inner, closed := strings.CutSuffix(inner, " ]")
	if !opened || !closed {
		return nil, false
	}
	for inner != "" {
		end := entryEnd(inner)
		element := inner[:end]
		if h, ok := bracketedHeader(element); ok {
			errors = append(errors, &Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message})
		} else {
			errors = append(errors, &Trace{Message: element})
		}
		inner = strings.TrimPrefix(inner[end:], ",")
		inner = strings.TrimLeft(inner, " ")
		if end == 0 {
			return nil, false // a bracket that nothing opened
		}
	}
	return errors, len(errors) > 0
}

// bracketedHeader reads the header of an error without frames, "[Error: x]". What else is printed in
// brackets has no colon, or one of a few names before it.
func bracketedHeader(s string) (h header.Header, ok bool) {
	if s == "" || closingBracket(s) != len(s)-1 {
		return header.Header{}, false
	}
	h = header.Parse(cutNullPrototype(s[1:len(s)-1]), true)
	if header.IsErrorName(h.Type) {
		return h, true
	}
	behind, isName := strings.CutPrefix(s[1:], h.Type)
	class, _, isClass := strings.Cut(behind, "]: ")
	isClass = isClass && strings.HasPrefix(class, " [") && header.IsErrorName(class[len(" ["):])
	return h, isName && h.Type != "" && (isClass || strings.HasPrefix(behind, ": ")) && !isInspectWord(h.Type)
}

// closingBracket returns the index of the bracket that closes the one that s begins with, or -1. If
// the brackets in between do not match, it is the last one of s.
func closingBracket(s string) int {
	if s == "" || s[0] != '[' {
		return -1
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return strings.LastIndexByte(s, ']')
}

// isInspectWord reports whether util.inspect prints s and a colon in brackets for what is no error:
// "[Function: f]", "[String: 'x']".
func isInspectWord(s string) bool {
	switch s {
	case "Function", "AsyncFunction", "GeneratorFunction", "AsyncGeneratorFunction", "String", "Number",
		"Boolean", "Symbol", "BigInt", "Getter", "Setter", "Getter/Setter", "Module", "Object", "Array":
		return true
	}
	return false
}

// skip goes to the next line.
func (r *lineReader) skip() { _, r.pos, _ = r.peek() }

// readValue reads the lines of a value that begins with first, on the line that r is at, and belongs
// to a property or an element with the given indentation.
func (r *lineReader) readValue(first string, indent int) string {
	r.skip()
	from, size := r.pos, len(first)
	level := opened(first)
	for {
		line, next, ok := r.peek()
		if !ok || line.body == "" || line.indent < indent {
			break
		}
		if line.indent == indent {
			if level <= 0 {
				break
			}
		}
		if strings.IndexByte("}])", line.body[0]) >= 0 {
			level--
		}
		level += opened(line.body)
		size += len("\n") + len(line.own) - indent
		r.pos = next
	}
	return r.join(first, from, indent, size)
}

// join returns first and the lines from an offset up to the one that r is at, without an indentation. Length
// is that of all of it.
func (r *lineReader) join(first string, from, indent, length int) string {
	if from == r.pos {
		return first
	}
	var b strings.Builder
	b.Grow(length)
	b.WriteString(first)
	again := lineReader{scan: r.scan, text: r.text[:r.pos], pos: from}
	for {
		line, next, ok := again.peek()
		if !ok {
			return b.String()
		}
		b.WriteByte('\n')
		b.WriteString(line.own[indent:])
		again.pos = next
	}
}

// opened returns 1 if a line ends in an open bracket.
func opened(body string) int {
	if body != "" && strings.IndexByte("{[(", body[len(body)-1]) >= 0 {
		return 1
	}
	return 0
}

// isCloser reports whether a line is nothing but the end of what was open.
func isCloser(body string) bool {
	return body != "" && strings.Trim(body, "}] ,") == "" && body[0] != ',' && body[0] != ' '
}

// readError reads an error that begins with value, on the line that r is at, among properties or
// elements with the given indentation. It reports false if the value is no error.
func (r *lineReader) readError(value string, indent, depth int) (*Trace, bool) {
	if depth <= 0 {
		return nil, false
	}
	var left []string
	if place := r.excerptLines(value); place != nil {
		left = place
		line, _, _ := r.peek()
		value, indent = line.body, line.indent
	}
	inspected, braced := cutInspectWords(value)
	if strings.HasPrefix(inspected, "[") {
		return r.readBracketed(inspected, depth)
	}
	end, ok := r.errorEnd(inspected, indent, braced)
	if !ok {
		return nil, false
	}
	p := r.parseSegment(value, end)
	p.Unparsed = append(left, p.Unparsed...)
	if rest := p.scan.rest(); rest != "" {
		end = r.pos + len(p.scan.text) - len(rest)
	}
	r.pos = end
	within := *r
	within.scan = p.scan
	p.readBehind(&within, depth)
	r.pos, r.closed, r.spare = within.pos, within.closed, p.scan
	p.scan = nil
	return &p.Trace, true
}

// excerptLines goes over the excerpt of the source, if value is where one is from, and returns its lines.
func (r *lineReader) excerptLines(value string) []string {
	if rest := strings.TrimRight(value, "0123456789"); rest == value || !strings.HasSuffix(rest, ":") {
		return nil
	}
	end := excerptEnd(r.text, r.pos, func(line string) string {
		body := r.scan.body(line)
		if strings.HasSuffix(body, value) {
			return value
		}
		return body
	})
	if end <= r.pos {
		return nil
	}
	if line, _ := txt.LineAt(r.text, end); end >= len(r.text) || strings.HasPrefix(r.scan.body(line), "at ") {
		return nil
	}
	lines := appendLines(nil, r.text[r.pos:end])
	r.pos = end
	return lines
}

// readBracketed reads an error without frames:
//
//	[Error: x]
//	[Error: x] {
//	  code: 'E_CODE'
//	}
func (r *lineReader) readBracketed(value string, depth int) (*Trace, bool) {
	value = strings.TrimSuffix(value, ",")
	value, braced := strings.CutSuffix(value, " {")
	h, ok := bracketedHeader(value)
	if !ok {
		return nil, false
	}
	t := &Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message}
	r.skip()
	if braced {
		t.readProps(r, depth)
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
		if line, _, _ := ahead.peek(); !strings.HasPrefix(line.body, "at ") {
			return end, header.IsErrorName(header.Parse(head, true).Type)
		}
	}
	for {
		line, next, more := ahead.peek()
		if !more {
			return end, ok
		}
		isFrame := strings.HasPrefix(line.body, "at ")
		if _, isMark := readInnerMark(line.body); isMark && ok {
			isFrame = true
		}
		switch {
		case isFrame:
			end, ok = next, true
			if _, tail := cutInspectTail(line.body); tail != "" {
				return end, true
			}
		case line.body == "":
		case ok && braced && isEntry(line.body):
			return end, ok
		case line.indent < indent, ok && line.indent == indent && (isCloser(line.body) || isEntry(line.body)):
			return end, ok
		case line.indent == indent:
			if _, caused := cutCausedBy(line.body); caused || ok && header.IsErrorName(header.Parse(line.body, false).Type) {
				return end, ok
			}
		}
		ahead.pos = next
	}
}

// readInnerMark reads a line between frames that ends nothing.
func readInnerMark(body string) (mark, bool) {
	if body == "" {
		return mark{}, false
	}
	m, ok := readMark(body)
	return m, ok && !m.closes && !m.ends
}

// parseSegment reads the header and the frames of the error that begins with value on the line that
// r is at and ends at end.
func (r *lineReader) parseSegment(value string, end int) *parsed {
	s := r.subscan(r.text[r.pos:end])
	first, next := txt.LineAt(s.text, 0)
	s.pos, s.headed = next, true
	s.run()
	s.settle()
	p := &parsed{scan: s}
	lines := s.text
	if s.header >= 0 {
		lines = s.text[:s.header]
	}
	text := s.headerText(txt.TrimLineEnds(lines))
	if blanks := strings.Trim(s.uncoloured(first), " \t\r"); strings.HasSuffix(blanks, value) && len(text) >= len(blanks) {
		text = text[len(blanks)-len(value):]
	}
	p.setHeader(text, len(s.frames) > 0)
	p.takeOwnFrames(s)
	return p
}

// subscan returns a scan of text, a part of what r reads.
func (r *lineReader) subscan(text string) *scan {
	s := r.spare
	if s == nil {
		s = new(scan)
	}
	r.spare = nil
	*s = newScan(nil, text)
	s.coloured = r.scan.coloured // the lines behind the text may be, which r goes on with
	s.keep = true
	return s
}

// readBracedProps reads the lines of properties that Node 8 and 10 put behind the frames of an error
// in braces, up to the closing brace, which ends a line.
func (t *Trace) readBracedProps(r *lineReader, depth int) {
	indent := -1
	for {
		line, _, ok := r.peek()
		if !ok || indent >= 0 && line.indent != indent {
			return
		}
		name, value, ok := cutEntry(line.body)
		if !ok {
			return
		}
		indent = line.indent
		if t.readBracedCause(r, name, value, depth) {
			if r.closed > 0 {
				r.closed--
				return
			}
			continue
		}
		start := r.pos
		text := r.readValue(value, indent)
		end, closed := closedAt(text)
		t.addProp(name, strings.Trim(text[:end], " \n"))
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

// readBracedCause reads the error that caused this one, if it is the value of a property, on its line or
// the one below.
func (t *Trace) readBracedCause(r *lineReader, name, value string, depth int) bool {
	if name != "[cause]" && name != "cause" || t.Cause != nil {
		return false
	}
	at := *r
	if value == "" {
		at.skip()
		line, _, _ := at.peek()
		value = line.body
	}
	line, _, _ := at.peek()
	cause, ok := at.readError(value, line.indent, depth-1)
	if !ok {
		return false
	}
	t.Cause = cause
	r.pos, r.closed = at.pos, at.closed
	return true
}

// readInlineProps reads "code: 'OUT', list: [Array] }".
func (t *Trace) readInlineProps(s string) {
	for {
		name, value, ok := cutEntry(s)
		if !ok {
			return
		}
		end := entryEnd(value)
		t.addProp(name, strings.TrimRight(value[:end], " "))
		if !strings.HasPrefix(value[end:], ", ") {
			return
		}
		s = value[end+len(", "):]
	}
}

// closedAt returns where in s the bracket is that closes what is open before s, or len(s).
func closedAt(s string) (index int, closed bool) {
	return balanced(s, false)
}

// entryEnd returns where the value ends that s begins with, among others in one line.
func entryEnd(s string) int {
	end, _ := balanced(s, true)
	return end
}

// balanced returns the index of the first bracket in s that closes what s did not open, or of the
// first comma outside of brackets if commas count. Brackets and commas in quotes do not.
func balanced(s string, commas bool) (index int, closed bool) {
	depth := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '{' || c == '[' || c == '(':
			depth++
		case c == '}' || c == ']' || c == ')':
			if depth--; depth < 0 {
				return i, true
			}
		case c == ',' && depth == 0 && commas:
			return i, false
		}
	}
	return len(s), false
}

// maxKey is the length up to which the name of a property is looked for.
const maxKey = 200

// cutEntry splits "name: value", "'quoted name': value", "[hidden]: value" and
// "Symbol(name): value".
func cutEntry(body string) (name, value string, ok bool) {
	if body == "" {
		return "", "", false
	}
	limit := body[:min(len(body), maxKey)]
	end := 0
	switch c := body[0]; {
	case c == '[':
		end = strings.Index(limit, "]:") + 1
	case c == '\'' || c == '"':
		end = strings.Index(limit[1:], string(c)+":") + 2
		if end == 1 {
			end = 0
		}
	case strings.HasPrefix(body, "Symbol("):
		end = strings.Index(limit, "):") + 1
	default:
		for end < len(limit) && isKeyByte(limit[end]) {
			end++
		}
	}
	if end <= 0 || end >= len(body) || body[end] != ':' {
		return "", "", false
	}
	name, value = body[:end], body[end+1:]
	if value == "" {
		return name, "", true
	}
	value, ok = strings.CutPrefix(value, " ")
	return name, strings.TrimLeft(value, " "), ok
}

// isEntry reports whether a line begins a property.
func isEntry(body string) bool {
	_, _, ok := cutEntry(body)
	return ok
}

// isKeyByte reports whether a property's name needs no quotes for c.
func isKeyByte(c byte) bool {
	return c == '_' || c == '$' || c == '.' || c >= 0x80 || '0' <= c && c <= '9' || txt.IsUpper(c&^0x20)
}

// cutInspectWords takes off the beginning of an error what util.inspect puts there: "<ref *1> " for
// one that is referred to from within, and the brace that opens it in Node 8 and 10.
func cutInspectWords(s string) (rest string, braced bool) {
	for {
		if after, ok := strings.CutPrefix(s, "{ "); ok {
			s, braced = after, true
			continue
		}
		if number, ok := strings.CutPrefix(s, "<ref *"); ok {
			if digits, after, ok := strings.Cut(number, "> "); ok && strings.Trim(digits, "0123456789") == "" {
				s = after
				continue
			}
		}
		return s, braced
	}
}

// cutInspectTail splits the line of a frame that was printed with an object around it from what
// belongs to the object: " {" before the error's properties, "," before what follows the error, the
// brackets that end it, or " code: 'E', path: '/x' }".
func cutInspectTail(body string) (frame, tail string) {
	if body == "" {
		return "", ""
	}
	last := body[len(body)-1]
	if last != '{' && last != ',' && last != '}' && last != ']' {
		return body, ""
	}
	end := len(strings.TrimRight(body, "{}], "))
	if end <= len("at ") {
		return body, ""
	}
	if strings.IndexByte(body[end:], '}') >= 0 {
		for i := len("at "); i < end; i++ {
			if isFrameEnd(body[i-1]) && isGlued(body[i:]) {
				return body[:i], body[i:]
			}
		}
	}
	if isFrameEnd(body[end-1]) && body[end] != ']' { // "]" alone ends a message in brackets
		return body[:end], body[end:]
	}
	return body, ""
}

// isGlued reports whether s, which follows a frame on its line, is a blank and the error's
// properties.
func isGlued(s string) bool {
	return len(s) > 1 && s[0] == ' ' && isEntry(s[1:]) && !startsWithError(s[1:])
}

// isFrameEnd reports whether c can be the last byte of a frame with a position.
func isFrameEnd(c byte) bool { return c == ')' || '0' <= c && c <= '9' }

// cutSecondError splits the line of a frame behind which another error was printed:
//
//	at f (/app/a.js:1:2) TypeError: x
//	at f (/app/a.js:1:2) { Error: x
func cutSecondError(body string) (frame, tail string) {
	for i := len("at "); i < len(body); i++ {
		if body[i] != ' ' || !isFrameEnd(body[i-1]) {
			continue
		}
		rest := body[i+1:]
		rest = rest[:min(len(rest), maxKey)]
		rest, _ = cutInspectWords(rest)
		name, _, found := strings.Cut(rest, ":")
		if (found || len(rest) < maxKey) && header.IsErrorName(name) {
			return body[:i], body[i:]
		}
	}
	return body, ""
}

// isBracketedBrace reports whether a line of a header is that of an error without frames and with
// properties: "[AggregateError: x] {".
func isBracketedBrace(body string) bool {
	inner, ok := strings.CutSuffix(body, "] {")
	if !ok {
		return false
	}
	open := strings.IndexByte(inner, '[')
	return open >= 0 && (open == 0 || inner[open-1] == ' ') && header.IsErrorName(header.Parse(inner[open+1:], true).Type)
}

// takeInspected reads lines, in which there is no frame and of which clean is the text, if they are an
// error as it was printed, and returns how many bytes of them are. The rest of its last line is of what
// was printed around it.
//
//	[Error: x]
//	[Error: x] { code: 'E' }
//	{ [Error: x] code: 'E' }                   Node 10
//	{ Error: x code: 'E' }                     Node 8
//	{ err: [Error: x], other: 1 }
//	{ err: Error, other: 1 }                   Node 10
func (p *parsed) takeInspected(s *scan, lines, clean string) (end int, ok bool) {
	text, braced := cutPrinted(clean)
	isObject := strings.HasPrefix(clean, "{ ")
	if close := closingBracket(text); close > 0 {
		h, ok := bracketedHeader(text[:close+1])
		if !ok {
			return 0, false
		}
		p.Label, p.Type, p.Message = h.Label, h.Type, h.Message
		p.setCode(h.Code)
		return p.takeInspectedProps(s, lines, clean, text[close+1:], braced), true
	}
	first, rest, several := strings.Cut(text, "\n")
	switch {
	case braced && strings.HasSuffix(strings.TrimRight(first, ","), "}"):
		for i := 1; i < len(first); i++ {
			if isGlued(first[i:]) {
				p.setOnlyHeader(first[:i])
				return p.takeInspectedProps(s, lines, clean, text[i:], true), true
			}
		}
		return 0, false
	case braced && several && isEntry(strings.TrimLeft(rest, " ")):
		p.setOnlyHeader(first)
		return p.takeInspectedProps(s, lines, clean, text[len(first):], true), true
	case isObject && !braced && len(text) < len(clean) && strings.HasSuffix(first, " }") || isObject && strings.HasSuffix(first, ","):
		own := strings.TrimRight(first, "}, ")
		if i := strings.Index(first, ", "); i >= 0 && isEntry(first[i+len(", "):]) {
			own = first[:i]
		}
		p.setOnlyHeader(own)
		return p.takeInspectedProps(s, lines, clean, text[len(first):], false), true
	}
	return 0, false
}

// setOnlyHeader takes a header that stands alone.
func (p *parsed) setOnlyHeader(text string) {
	h := header.Parse(cutNullPrototype(text), true)
	p.Label, p.Type, p.Message = h.Label, h.Type, h.Message
	p.setCode(h.Code)
}

// takeInspectedProps reads the properties in behind, the end of clean, if they are the error's, and
// returns how many bytes of lines, of which clean is the text, have been read.
func (p *parsed) takeInspectedProps(s *scan, lines, clean, behind string, braced bool) int {
	_, below, several := strings.Cut(behind, "\n")
	switch inline := strings.TrimLeft(behind, " "); {
	case strings.HasPrefix(inline, "{ ") && isEntry(inline[len("{ "):]):
		p.readInlineProps(inline[len("{ "):])
	case braced && isEntry(inline) && inline != behind:
		p.readInlineProps(inline)
	case braced && several && inline[0] == '\n':
		r := &lineReader{scan: s.copy(), text: below}
		p.readBracedProps(r, maxNesting)
		below = below[r.pos:]
	}
	if !several {
		return len(lines)
	}
	skipped := strings.Count(clean[:len(clean)-len(below)], "\n")
	end := 0
	for range skipped {
		_, end = txt.LineAt(lines, end)
	}
	return end
}

// cutNullPrototype puts the name of an error without a prototype, "[Error: null prototype]: x", as
// that of any other.
func cutNullPrototype(s string) string {
	inner, ok := strings.CutPrefix(s, "[")
	if !ok {
		return s
	}
	name, rest, ok := strings.Cut(inner, ": null prototype]")
	if !ok || !header.IsErrorName(name) {
		return s
	}
	return name + rest
}
