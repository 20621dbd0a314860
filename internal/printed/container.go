package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// TakeContainer reads text if an object, an array, a Map or a Set is printed in it that holds an error, at any depth
// and behind any label. The error is the first one that has frames, or else the first of all; the lines before it are
// unparsed. End is where those behind it begin.
//
//	failed to load: {
//	  id: 1,
//	  err: TypeError: x
//	      at f (/app/a.js:1:2) {
//	    code: 'E'
//	  }
//	}
//	Map(1) {
//	  'k' => [Denied: x]
//	}
//	[ { status: 'rejected', reason: [Error: x] } ]
func TakeContainer(p *model.Parsed, source Source, text string) (end int, ok bool) {
	r := source.lines(text)
	c := container{r: r, p: p}
	for {
		line, next, ok := r.peek()
		if !ok {
			return 0, false
		}
		if end := header.ExcerptEnd(text, r.pos, source.body); end > r.pos {
			return 0, false // the error that the excerpt belongs to
		}
		if header.IsNumbered(line.Body) {
			return 0, false // Bun's excerpt of an error
		}
		switch c.takeFirst(line) {
		case isTaken:
			return c.to, c.take(text)
		case isNone:
			return 0, false
		}
		r.pos = next
	}
}

// found tells what a line before the first error of a container is.
type found uint8

const (
	isBefore found = iota // a line before it
	isTaken               // the error begins there, and was read
	isNone                // there is no container, or its error cannot be read
)

// takeFirst reads the first error of a container if it begins on line.
func (c *container) takeFirst(line model.Line) found {
	if header.IsNumberedBehind(line.Body) {
		start := c.r.pos
		trace, ok := c.r.readExcerpted()
		if !ok {
			return isNone
		}
		c.r.readCauses(trace, maxNesting)
		c.keep(trace, start)
		return isTaken
	}
	if line.Body == "" {
		return isBefore
	}
	first, at, opened := openedOn(line.Body)
	strong, ok := header.FindStrong(line.Body)
	if ok && strong.At > 0 && line.Body[strong.At-1] == '[' && (!opened || strong.At <= at) && c.takeError(line.Body[strong.At-1:], line.Indent) {
		return isTaken
	}
	if ok && (!opened || strong.At < at) && line.Body[0] != '[' {
		return isNone // an error stands before any container
	}
	if (line.Body[0] == '[' || strings.HasPrefix(line.Body, "{ ") && !isObject(line.Body)) && c.takeError(line.Body, line.Indent) {
		return isTaken
	}
	switch {
	case !opened:
		return isBefore
	case c.readFirst(line, first, maxNesting):
		return isTaken
	}
	return isNone
}

// takeError reads the error that body, the rest of the next line, begins with.
func (c *container) takeError(body string, indent int) bool {
	start := c.r.pos
	trace, ok := c.r.readError(body, indent, maxNesting)
	if ok {
		c.keep(trace, start)
	}
	return ok
}

// MayBeContainer reports whether a line of text, which has no colours, may open a container, and no error stands before
// it. It allocates nothing.
func MayBeContainer(text string) bool {
	for offset, brace, bracket := 0, -1, -1; ; {
		if brace < offset {
			brace = nextByte(text, offset, '{')
		}
		if bracket < offset {
			bracket = nextByte(text, offset, '[')
		}
		at := min(brace, bracket)
		if at == len(text) {
			return false
		}
		start := strings.LastIndexByte(text[:at], '\n') + 1
		line, next := txt.LineAt(text, start)
		if body := txt.TrimBlanks(line); mayOpen(body) {
			return !hasErrorBefore(text[:start]) && (next < len(text) || closesOn(body))
		}
		offset = next
	}
}

// nextByte returns where the next c stands in text from an offset on; the length of text if there is none.
func nextByte(text string, from int, c byte) int {
	if at := strings.IndexByte(text[from:], c); at >= 0 {
		return from + at
	}
	return len(text)
}

// closesOn reports whether body may be a whole container, or the first line of one.
func closesOn(body string) bool { return strings.IndexByte("{[}],:", body[len(body)-1]) >= 0 }

// mayOpen reports whether body opens a container, or is an error in brackets.
func mayOpen(body string) bool {
	_, at, opened := openedOn(body)
	if !opened && !hasNameInBrackets(body) {
		return false
	}
	strong, ok := header.FindStrong(body)
	if ok && strong.At > 0 && body[strong.At-1] == '[' && (!opened || strong.At <= at) {
		return true
	}
	if ok && (!opened || strong.At < at) && body[0] != '[' {
		return false
	}
	return opened || body[0] == '[' && header.Parse(body[1:], true).Type != "" || strings.HasPrefix(body, "{ ") && !isObject(body)
}

// hasNameInBrackets reports whether a capital letter or a bracket follows a bracket in body.
func hasNameInBrackets(body string) bool {
	for rest := body; ; {
		_, after, ok := strings.Cut(rest, "[")
		if !ok || after == "" {
			break
		}
		if txt.IsUpper(after[0]) || after[0] == '[' {
			return true
		}
		rest = after
	}
	return strings.IndexByte(body, '{') >= 0 && strings.Contains(body, "{ ")
}

// hasErrorBefore reports whether a line of text begins an error.
func hasErrorBefore(text string) bool {
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		body := txt.TrimBlanks(line)
		if _, ok := header.FindStrong(body); ok || header.IsPlace(body) {
			return true // or the place of an excerpt, which belongs to an error
		}
	}
	return false
}

// container reads what is printed in brackets.
type container struct {
	r *lineReader
	p *model.Parsed

	found    *model.Trace
	from, to int // the lines that found is of
}

// openedOn returns what stands behind the bracket that a container begins with on body: a blank and the first member
// follow it, or it ends the line. At is where the bracket is.
func openedOn(body string) (first string, at int, ok bool) {
	if header.IsBracketedBrace(body) {
		return "", 0, false
	}
	for ; ; at++ {
		i := strings.IndexAny(body[at:], "{[")
		if i < 0 {
			break
		}
		if at += i; at > 0 && body[at-1] != ' ' || at+2 >= len(body) || body[at+1] != ' ' {
			continue
		}
		switch first := body[at+2:]; {
		case body[at] == '{' && isNamedError(first):
			return body[at:], at, true // the brace is that of the error
		case body[at] == '[' || header.IsEntry(first) || strings.Contains(first, " => ") || isElement(first):
			return first, at, true
		}
	}
	at = len(body) - 1
	if last := body[at]; last != '{' && last != '[' {
		return "", 0, false
	}
	before := strings.TrimRight(body[:at], " ")
	if len(before) == at && before != "" {
		return "", 0, false // "f({"
	}
	_, isError := header.BracketedHeader(before)
	return "", at, !isError && !strings.HasSuffix(before, "Promise")
}

// isElement reports whether s may begin with an element of a Set: an error in brackets, or another container.
func isElement(s string) bool {
	if len(s) < 2 || s[0] != '{' && s[0] != '[' {
		return false
	}
	return s[1] == ' ' || s[0] == '[' && header.Parse(s[1:], true).Type != ""
}

// readFirst reads the container that line opens, whose first member is first if it stands on the same line.
func (c *container) readFirst(line model.Line, first string, depth int) bool {
	switch {
	case first == "":
		c.r.skip()
	case c.readInline(first):
		return true
	case !c.readMember(first, line.Indent, depth):
		return false
	}
	return c.isDone() || c.readMembers(line.Indent, depth)
}

// readMembers reads the members of a container on lines of their own, which are indented deeper than outer, up to the
// bracket that closes it.
func (c *container) readMembers(outer, depth int) bool {
	for indent := -1; ; {
		line, next, ok := c.r.peek()
		if !ok {
			return c.found != nil
		}
		if line.Body == "" {
			c.r.pos = next
			continue
		}
		if line.Indent <= outer || isCloser(line.Body) && (indent < 0 || line.Indent < indent) {
			if isCloser(line.Body) {
				c.r.pos = next
			}
			return true
		}
		if indent < 0 {
			indent = line.Indent
		}
		if line.Indent != indent { // more of the value before
			c.r.pos = next
			continue
		}
		if !c.readMember(line.Body, indent, depth) {
			return false
		}
		if c.isDone() {
			return true
		}
	}
}

// isDone reports whether an error with frames was found.
func (c *container) isDone() bool { return c.found != nil && len(c.found.Frames) > 0 }

// readMember reads one member, which body is all or the beginning of, on the line that r is at.
func (c *container) readMember(body string, indent, depth int) bool {
	if depth <= 0 {
		return false
	}
	start := c.r.pos
	line, _, _ := c.r.peek()
	value := memberValue(body)
	if header.IsNumbered(value) {
		trace, ok := c.r.readExcerpted()
		if ok {
			c.r.readCauses(trace, maxNesting)
			c.keep(trace, start)
		}
		return ok
	}
	if value != body && txt.IsUpper(body[0]) && !header.IsErrorName(header.Parse(value, true).Type) {
		if trace, ok := c.r.readError(body, min(indent, line.Indent), depth); ok { // the name of an error looks like a key
			c.keep(trace, start)
			return true
		}
	}
	if value == "" { // on the line below
		c.r.skip()
		line, _, ok := c.r.peek()
		if !ok || line.Indent <= indent {
			return ok
		}
		value, indent, start = line.Body, line.Indent, c.r.pos
	}
	line, _, _ = c.r.peek()
	if value == domException {
		c.keep(c.r.readDOMException(depth), start)
		return true
	}
	if trace, ok := c.r.readError(value, min(indent, line.Indent), depth); ok {
		c.keep(trace, start)
		return true
	}
	if value == "{" || value == "[" || strings.HasSuffix(value, " {") || strings.HasSuffix(value, " [") {
		if !strings.HasPrefix(value, "[") || value == "[" {
			c.r.skip()
			return c.readMembers(indent, depth-1)
		}
	}
	if first, _, ok := openedOn(value); ok && first != "" && first != value {
		if c.readInline(first) {
			return true
		}
		return c.readMember(first, line.Indent, depth-1) && (c.isDone() || c.readMembers(indent, depth-1))
	}
	c.r.skip()
	return true
}

// memberValue returns the value of a member: of "key: value", "'key' => value", or all of an element.
func memberValue(body string) string {
	if _, value, ok := header.CutEntry(body); ok && !isNamedError(body) {
		return value
	}
	for _, end := range [...]string{"} => ", "] => ", "}: ", "]: "} { // of a key on several lines
		if value, ok := strings.CutPrefix(body, end); ok {
			return value
		}
	}
	if at := arrowAt(body); at > 0 {
		return strings.TrimLeft(body[at+len(" =>"):], " ")
	}
	return body
}

// arrowAt returns where " =>" stands behind the key of a Map's entry, 0 if none does. The key may be an object on one
// line.
func arrowAt(body string) int {
	at := strings.Index(body, " =>")
	if at <= 0 || header.HasStrong(body[:at]) {
		return 0
	}
	if _, closed := balanced(body[:at], false); closed {
		return 0
	}
	if strings.IndexByte("{[", body[0]) < 0 && strings.Contains(body[:at], ": ") {
		return 0
	}
	return at
}

// isNamedError reports whether body begins with the name of an error and not with a key: "TypeError: x". Keys of objects
// are seldom written as the names of classes are, and are followed by a value.
func isNamedError(body string) bool {
	name, value, ok := header.CutEntry(body)
	return ok && (header.IsErrorName(name) || txt.IsUpper(name[0]) && !isValue(value))
}

// isObject reports whether a value begins as an object does, with a brace and a key: "{ err:".
func isObject(value string) bool {
	rest, braced := header.CutInspectWords(value)
	return braced && header.IsEntry(rest) && !isNamedError(rest)
}

// isValue reports whether s begins as a printed value does that is no error.
func isValue(s string) bool {
	return s != "" && (strings.IndexByte("'\"`{[<-", s[0]) >= 0 || txt.IsDigit(s[0]) || strings.HasPrefix(s, "true") || strings.HasPrefix(s, "false") || strings.HasPrefix(s, "null") || strings.HasPrefix(s, "undefined"))
}

// keep notes an error, whose lines begin at start and end where r is, if it is the first, or the first with frames.
func (c *container) keep(trace *model.Trace, start int) {
	if c.found == nil || len(c.found.Frames) == 0 && len(trace.Frames) > 0 {
		c.found, c.from, c.to = trace, start, c.r.pos
	}
}

// readInline reads the errors in brackets among the members of a container in one line, of which rest is what stands
// behind its bracket.
func (c *container) readInline(rest string) bool {
	if !strings.HasSuffix(strings.TrimRight(rest, ","), "}") && !strings.HasSuffix(strings.TrimRight(rest, ","), "]") {
		return false
	}
	for at := 0; at < len(rest); {
		i := strings.IndexByte(rest[at:], '[')
		if i < 0 {
			return false
		}
		at += i
		if at == 0 || rest[at-1] == ' ' {
			close := header.ClosingBracket(rest[at:])
			if close > 0 && at+close < len(rest) {
				if h, ok := header.BracketedHeader(rest[at : at+close+1]); ok {
					t := &model.Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message}
					behind := strings.TrimLeft(rest[at+close+1:], " ")
					behind = strings.TrimPrefix(behind, "{ ")
					if header.IsEntry(behind) {
						readInlineProps(t, behind)
					}
					start := c.r.pos
					c.r.skip()
					c.keep(t, start)
					return true
				}
			}
		}
		at++
	}
	return false
}

// take makes what was found that of p, and leaves the lines around it.
func (c *container) take(text string) bool {
	if c.found == nil {
		return false
	}
	around := c.found.Unparsed
	c.p.Trace = *c.found
	c.p.Unparsed = nil
	c.p.Leave(text[:c.from])
	c.p.Before = len(c.p.Unparsed)
	c.p.Header, _ = txt.LineAt(text, c.from)
	c.p.Unparsed = append(c.p.Unparsed, around...)
	if len(c.p.Frames) > 0 {
		c.p.Engine = c.p.Frames[0].Engine
	}
	return true
}
