package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// cutPrinted takes off the beginning of a header what a console or a runtime printed before the
// error, if an error surely follows:
//
//	prefix: Error: x                                       the other arguments of console.log
//	request failed Error: x                                the same
//	err: Error: x                                          a property that holds the error
//	'k' => Error: x                                        an element of a Map
//	[ Error: x                                             an element of an array, Node 8 and 10
//	{ Error: x                                             an error with properties, Node 8 and 10
//	<ref *1> Error: x                                      an error that refers to itself
//	(node:12) UnhandledPromiseRejectionWarning: Error: x   Node up to 14
func cutPrinted(s string) (rest string, braced bool) {
	rest = cutProcessWarning(s)
	rest, braced = cutInspectWords(rest)
	if startsWithError(rest) {
		return rest, braced
	}
	first, _, _ := strings.Cut(rest, "\n")
	for i := 1; i < min(len(first), maxKey); i++ {
		if first[i] != ' ' || strings.IndexByte(":>[{", first[i-1]) < 0 {
			continue
		}
		if first[i-1] == ':' && txt.IsUpper(first[0]) {
			continue // a type, perhaps
		}
		after, isBraced := cutInspectWords(rest[i+1:])
		if startsWithError(after) || isBraced && startsWithType(after) {
			return after, isBraced
		}
	}
	if head, _, ok := strings.Cut(first, ": "); ok && len(head) < maxKey {
		name, _, _ := strings.Cut(head, " [")
		blank := strings.LastIndexByte(name, ' ')
		if after := rest[blank+1:]; blank > 0 && txt.IsUpper(after[0]) && startsWithError(after) {
			return after, braced
		}
	}
	if key, after, ok := strings.Cut(rest, ": "); ok && isLowerWord(key) && startsWithType(after) && txt.IsUpper(after[0]) {
		return after, false
	}
	return rest, braced
}

// startsWithError reports whether s begins with what can be nothing but the name of an error, and the
// end of the name.
func startsWithError(s string) bool {
	if strings.HasPrefix(s, "[") {
		first, _, _ := strings.Cut(s, "\n")
		if close := closingBracket(first); close > 0 {
			_, ok := bracketedHeader(first[:close+1])
			return ok
		}
		s = s[1:]
	}
	end := strings.IndexAny(s[:min(len(s), maxKey)], ":,\n]")
	if end < 0 {
		end = len(s)
	}
	name, class, _ := strings.Cut(s[:end], " [")
	return header.IsErrorName(name) || header.IsName(name) && header.IsErrorName(class)
}

// startsWithType reports whether s begins with a word that can be the name of an error, and ": ".
func startsWithType(s string) bool {
	name, _, ok := strings.Cut(s[:min(len(s), maxKey)], ": ")
	return ok && header.IsName(name)
}

// isLowerWord reports whether s is a word as programs name their variables.
func isLowerWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isKeyByte(s[i]) {
			return false
		}
	}
	return s != "" && 'a' <= s[0] && s[0] <= 'z'
}

// isOpener reports whether a line before an error is no more than what was printed around it: a
// bracket, perhaps behind a key or the name of a collection, or a key; or the lines that njs and
// Rhino print before an error that nobody caught.
func isOpener(body string) bool {
	switch {
	case body == "{" || body == "[" || body == "Thrown:":
		return true
	case strings.HasPrefix(body, "js: "):
		_, isError := header.CutRhinoWords(body)
		return !isError
	case strings.HasSuffix(body, ": {") || strings.HasSuffix(body, ": ["):
		return isEntry(strings.TrimLeft(body, "{ "))
	case strings.HasPrefix(body, "Map") || strings.HasPrefix(body, "Set"):
		size := strings.TrimSuffix(body[len("Map"):], " {")
		return len(size) < len(body)-len("Map") && strings.Trim(size, "()0123456789") == ""
	}
	name, ok := strings.CutSuffix(body, ":")
	return ok && isLowerWord(strings.TrimPrefix(name, "{ "))
}

// cutProcessWarning takes off "(node:12) " and the name of the warning that Node up to 14 makes of an
// error that nobody caught.
func cutProcessWarning(s string) string {
	rest, ok := strings.CutPrefix(s, "(node:")
	if !ok {
		return s
	}
	pid, rest, ok := strings.Cut(rest, ") ")
	if !ok || pid == "" || rest == "" || strings.Trim(pid, "0123456789") != "" {
		return s
	}
	return strings.TrimPrefix(rest, rejectionWarning+": ")
}

// rejectionWarning is the name of the warning that Node up to 14 makes of a promise that was rejected
// and that nobody handled. The name of the error follows it.
const rejectionWarning = "UnhandledPromiseRejectionWarning"

// cutWarningCode splits "(node:12) [DEP0005] DeprecationWarning: x" into the code and the rest.
func cutWarningCode(s string) (code, rest string) {
	rest = cutProcessWarning(s)
	if rest == s || !strings.HasPrefix(rest, "[") {
		return "", s
	}
	code, after, ok := strings.Cut(rest[1:], "] ")
	if !ok || !header.IsName(code) {
		return "", s
	}
	return code, after
}

// takeAround leaves or reads the lines of a header that are not the error's own, and returns those
// that are.
func (p *parsed) takeAround(s *scan, lines string) string {
	if hasWarning(lines, s) {
		lines = p.takeWarning(s, lines)
	}
	if excerpt := excerptBehind(lines, s.body); excerpt < len(lines) {
		defer p.leave(lines[excerpt+len("\n"):])
		lines = lines[:excerpt]
	}
	if members := membersAt(lines, s); members < len(lines) {
		p.takeMembers(&lineReader{scan: s.copy(), text: lines[members:]})
		lines = strings.TrimSuffix(lines[:members-len("\n")], "\r")
	}
	if p.isBun || strings.HasPrefix(s.firstBody(lines), "error: ") {
		if props := alignedPropsAt(lines, s); props < len(lines) {
			p.readAlignedProps(&lineReader{scan: s.copy(), text: lines[props:]})
			lines = strings.TrimSuffix(lines[:props-len("\n")], "\r")
		}
	}
	if len(s.frames) == 0 {
		if trailer := trailerAt(lines, s); trailer < len(lines) {
			defer p.leave(lines[trailer:])
			lines = txt.TrimLineEnds(lines[:trailer])
		}
	}
	return lines
}

func hasWarning(lines string, s *scan) bool {
	body := s.firstBody(lines)
	return cutProcessWarning(body) != body
}

// firstBody returns the content of the first of lines.
func (s *scan) firstBody(lines string) string {
	first, _ := txt.LineAt(lines, 0)
	return s.body(first)
}

// takeWarning returns the lines of one of the warnings of a process: the last if frames follow it,
// else the first.
func (p *parsed) takeWarning(s *scan, lines string) string {
	last := 0
	for offset := 0; offset < len(lines); {
		line, next := txt.LineAt(lines, offset)
		body := s.body(line)
		switch {
		case offset == 0:
		case cutProcessWarning(body) != body && len(s.frames) > 0:
			last = offset
		case cutProcessWarning(body) != body || isHint(body):
			p.leave(lines[offset:])
			return txt.TrimLineEnds(lines[:offset])
		}
		offset = next
	}
	p.leave(lines[:last])
	return lines[last:]
}

// isHint reports whether a line tells how to make Node print more.
func isHint(body string) bool {
	return strings.HasPrefix(body, "(Use `node --trace-")
}

// trailerAt returns where the lines begin that runtimes print behind an error without frames, or the
// length of lines.
func trailerAt(lines string, s *scan) int {
	at := len(lines)
	for at > 0 {
		start := strings.LastIndexByte(lines[:at-1], '\n') + 1
		body := s.body(txt.TrimLineEnds(lines[start:at]))
		if body != "" && !isHint(body) && !strings.HasPrefix(body, "Node.js v") && !strings.HasPrefix(body, "Bun v") {
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
func membersAt(lines string, s *scan) int {
	_, next := txt.LineAt(lines, 0)
	if !strings.HasPrefix(s.firstBody(lines), "error: ") {
		return len(lines)
	}
	r := &lineReader{scan: s, text: lines, pos: next}
	before, at := textLine{}, 0
	for {
		line, next, ok := r.peek()
		if !ok {
			return len(lines)
		}
		if at > 0 && strings.HasPrefix(line.body, "at ") && line.indent == before.indent+4 && before.indent >= 4 && startsWithType(before.body+": ") {
			return at
		}
		before, at = line, r.pos
		r.pos = next
	}
}

// takeMembers reads the errors that an AggregateError gathers, as Deno prints them.
func (p *parsed) takeMembers(r *lineReader) {
	var last *Trace // the last member, or the last of its causes
	causes := 0
	for {
		line, next, ok := r.peek()
		if !ok {
			return
		}
		if line.body == "" {
			r.pos = next
			continue
		}
		if value, ok := cutCausedBy(line.body); ok && last != nil && causes < maxCauses {
			causes++
			for last.Cause != nil {
				last = last.Cause
			}
			if cause, ok := r.readError(value, line.indent, maxNesting); ok {
				last.Cause = cause
				continue
			}
		}
		member, ok := r.readError(line.body, line.indent, maxNesting)
		if !ok {
			member = &Trace{Message: r.readValue(line.body, line.indent)}
		}
		p.Errors = append(p.Errors, member)
		last, causes = member, 0
	}
}
