package logscan

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// found is a trace in a line, with the text that it was read of and the time that the object around it tells.
type found struct {
	trace  *stacktrace.Trace
	text   string
	time   string
	weight int // of several texts of the same frames, the heaviest counts
}

// parseLine reads the traces that a line holds by itself.
func parseLine(s string) []found {
	s = strings.TrimRight(s, " \t\r\n")
	if object := objectIn(s); object != nil {
		var e errorsIn
		e.read(object, "")
		return e.found
	}
	if trace, text := parseStrings(s); trace != nil && isPlausibleText(trace, text) {
		return []found{{trace: trace, text: text}}
	}
	trace := stacktrace.Parse(s)
	if len(trace.Frames) == 0 || len(trace.Wrapping) == 0 || !isPlausibleText(trace, s) {
		return nil
	}
	return []found{{trace: trace, text: s}}
}

// maxStarts is how many places in a line are tried as the beginning of JSON.
const maxStarts = 4

// objectIn returns the object or the list of JSON that a line is, or ends with; nil if there is none.
func objectIn(s string) *node {
	if s == "" || s[len(s)-1] != '}' && s[len(s)-1] != ']' {
		return nil
	}
	at := 0
	for range maxStarts {
		next := strings.IndexAny(s[at:], "{[")
		if next < 0 {
			return nil
		}
		if at += next; at == 0 || txt.IsBlank(s[at-1]) || strings.IndexByte(":=", s[at-1]) >= 0 {
			if n := readNode(s[at:]); n != nil {
				return n
			}
		}
		at++
	}
	return nil
}

// errorsIn gathers the errors of a line.
type errorsIn struct {
	found []found
}

// read gathers the errors that a value holds, at any depth. The time is that of the objects around it.
func (e *errorsIn) read(n *node, time string) {
	if attributes := n.attributes(); attributes != nil {
		n = attributes
	}
	var stack *node
	if n.isObject {
		for i := range n.children {
			if child := &n.children[i]; slices.Contains(timeKeys[:], child.name) && isTimeStart(child.scalar()) {
				time = child.scalar()
				break
			}
		}
		stack = e.readError(n, time)
	}
	if n.isList && n.isText() {
		e.readText(n, n, time)
		return
	}
	for i := range n.children {
		switch child := &n.children[i]; {
		case child == stack:
		case child.isText():
			e.readText(child, n, time)
		case child.isObject, child.isList:
			e.read(child, time)
		}
	}
}

// stackKeys are the names of members that hold the stack of the error around them, or its frames alone.
var stackKeys = [...]string{"stack", "stacktrace", "stack_trace", "trace", "errorstack", "error_stack", "err_stack", "errstack", "backtrace"}

// readError reads the error that an object describes, if one of its members is a stack, which it returns. What
// the stack lacks, the other members tell.
func (e *errorsIn) readError(n *node, time string) (stack *node) {
	if stack = n.member(stackKeys[:]...); stack == nil || !stack.isText() {
		return nil
	}
	text := stack.lines()
	if len(text) < minStack {
		return nil
	}
	trace := stacktrace.Parse(text)
	if len(trace.Frames) > 0 && !isPlausibleText(trace, text) {
		return nil
	}
	trace = n.complete(trace, text)
	if trace.Code == "" && trace.Type != "" {
		if code := n.string("code"); code != trace.Type {
			trace.Code = code
		}
	}
	if e.readParts(n, trace); len(trace.Frames) == 0 && trace.Cause == nil && len(trace.Errors) == 0 {
		return nil
	}
	trace.Wrapping = append([]string{"json"}, trace.Wrapping...)
	e.add(found{trace, text, time, 3})
	return stack
}

// complete returns the trace of a text with the name and the message that the object around it tells, if the
// text tells none.
func (n *node) complete(trace *stacktrace.Trace, text string) *stacktrace.Trace {
	if trace.Type != "" || trace.Message != "" {
		return trace
	}
	name, message := n.string("errorType", "name", "type", "class"), n.string("errorMessage", "message", "msg", "reason")
	if !header.IsErrorName(name) {
		name = ""
	}
	if message == text {
		return trace
	}
	return stacktrace.ParseReport(stacktrace.Report{Name: name, Message: message, Stack: text})
}

// readParts reads the errors that the object of an error says are its cause, and those that it gathers, if the
// stack does not tell them too.
func (e *errorsIn) readParts(n *node, trace *stacktrace.Trace) {
	if cause := n.member("cause"); cause != nil && trace.Cause == nil {
		if all := e.readPart(cause, trace); len(all) > 0 {
			trace.Cause = all[0]
		}
	}
	if list := n.member("errors", "aggregateErrors"); list != nil && list.isList && len(trace.Errors) == 0 {
		trace.Errors = e.readPart(list, trace)
	}
}

// readPart returns the errors in part, but for those that trace has already.
func (e *errorsIn) readPart(part *node, trace *stacktrace.Trace) []*stacktrace.Trace {
	var within errorsIn
	within.read(part, "")
	var all []*stacktrace.Trace
	for _, f := range within.found {
		isKnown := false
		for t := range trace.All() {
			isKnown = isKnown || sameFrames(t.Frames, f.trace.Frames)
		}
		if f.trace.Wrapping = nil; !isKnown {
			all = append(all, f.trace)
		}
	}
	return all
}

// readText reads the trace that a string is, or a list of strings, in a value.
func (e *errorsIn) readText(n, in *node, time string) {
	text := n.lines()
	if len(text) < minStack || !mayHoldFrames(text) {
		return
	}
	if text[0] == '{' {
		if object := readNode(strings.TrimRight(text, " \n")); object != nil {
			e.read(object, time)
			return
		}
	}
	trace := stacktrace.Parse(text)
	if len(trace.Frames) == 0 || !isPlausibleText(trace, text) || !isTyped(trace) && strings.IndexByte(text, '\n') < 0 {
		return // a string of one line may be any place
	}
	trace = in.complete(trace, text)
	weight := 1
	if trace.Type != "" {
		weight = 2
	}
	trace.Wrapping = append([]string{"json"}, trace.Wrapping...)
	e.add(found{trace, text, time, weight})
}

// add adds an error, unless one of the same frames was found, or it is the cause of one. Of two with the same
// frames, the heavier one is right.
func (e *errorsIn) add(f found) {
	for i := range e.found {
		for t := range e.found[i].trace.All() {
			if !sameFrames(t.Frames, f.trace.Frames) {
				continue
			}
			if t == e.found[i].trace && f.weight > e.found[i].weight {
				e.found[i] = f
			}
			return
		}
	}
	e.found = append(e.found, f)
}

// sameFrames reports whether two stacks are the same calls.
func sameFrames(a, b []stacktrace.Frame) bool {
	return len(a) > 0 && slices.EqualFunc(a, b, func(f, g stacktrace.Frame) bool {
		return f.Func == g.Func && f.File == g.File && f.Line == g.Line && f.Col == g.Col
	})
}

// parseStrings reads the trace that a string of JSON in a line holds, at any depth. What is around
// the string need not be JSON: logfmt quotes alike. Among several strings with frames, one that is
// called the stack is taken; if there is none, the first that tells the error's type; else the first.
func parseStrings(s string) (*stacktrace.Trace, string) {
	var best *stacktrace.Trace
	var text string
	most := 0
	for from := 0; from < len(s); {
		start := strings.IndexByte(s[from:], '"')
		if start < 0 {
			break
		}
		start += from
		end := start + 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(s) {
			break // cut off: for stacktrace.Parse
		}
		from = end + 1
		if from < len(s) && s[from] == ':' || end-start < minStack || !mayHoldFrames(s[start:end]) {
			continue
		}
		if before := strings.TrimRight(s[:start], " "); strings.HasSuffix(before, "[") || strings.HasSuffix(before, ",") {
			return nil, "" // perhaps a list of lines: for stacktrace.Parse
		}
		var decoded string
		if json.Unmarshal([]byte(s[start:from]), &decoded) != nil {
			continue
		}
		weight := 1
		isStack := isStackKey(s[:start])
		trace := stacktrace.Parse(decoded)
		switch {
		case len(trace.Frames) == 0:
			continue
		case isStack:
			weight = 3
		case trace.Type != "":
			weight = 2
		}
		if weight > most {
			best, text, most = trace, decoded, weight
		}
		if weight == 3 {
			break
		}
	}
	if best != nil {
		best.Wrapping = append([]string{"json"}, best.Wrapping...)
	}
	return best, text
}

// minStack is the length of the shortest text that is worth a look: "a@b:1:2".
const minStack = 7

// mayHoldFrames reports whether a string holds what all frames have.
func mayHoldFrames(s string) bool {
	return strings.IndexByte(s, '@') >= 0 || strings.Contains(s, "at ") || strings.Contains(s, `, line `)
}

// isStackKey reports whether the name before a value, with which s ends, is one that loggers give to
// stacks: "stack": or "error.stack_trace":.
func isStackKey(s string) bool {
	s = strings.TrimRight(s, `:= "`)
	i := len(s)
	for i > 0 && len(s)-i < 32 && (txt.IsLetter(s[i-1]) || s[i-1] == '_') {
		i--
	}
	return around.IsStackKey(s[i:])
}
