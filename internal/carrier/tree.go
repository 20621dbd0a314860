package carrier

import (
	"slices"
	"strconv"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Error is what an object of JSON says of an error. What it does not say is empty.
type Error struct {
	Type, Message, Code string

	Label string // what a line before the object calls it

	Stack  string          // the text of the stack
	Frames []formats.Frame // the stack, if it is no text but a list of objects; the innermost call first

	Cause  *Error
	Errors []*Error

	// Bare says that the frames of the stack have no "at " in the text. It was put there.
	Bare bool

	from, to int // where the stack, or else the object, stands in the text
}

// hasStack reports whether the object holds a stack, and does not only say what the error is.
func (e *Error) hasStack() bool { return e != nil && (e.Stack != "" || len(e.Frames) > 0) }

// maxNesting bounds the depth of the JSON that is read as a tree. What is nested deeper is searched for
// strings only.
const maxNesting = 100

// treeReader reads JSON, or what is like it, from a place in a text on.
type treeReader struct {
	text  string
	pos   int
	depth int

	values int // how many lists that are called "values" are around pos

	failed  bool // what stands at pos is no JSON
	stopped bool // nobody wants more errors

	emit func(e *Error) bool // takes an error that is no part of another one; false if it was the last
}

// value is what a value of JSON is, for the object or the list that holds it.
type value struct {
	err  *Error // what it says of an error
	errs []*Error

	isFrame bool
	frame   formats.Frame
	outer   bool // the frame has a member that only Sentry writes, whose lists begin with the outermost call

	attribute string // the name of an attribute
	text      stringList
	isText    bool
}

// readTrees reads all JSON in text.
func readTrees(text string, emit func(e *Error) bool) {
	r := treeReader{text: text, emit: emit}
	for r.pos < len(text) && !r.stopped {
		next := strings.IndexAny(text[r.pos:], "{[")
		if next < 0 {
			return
		}
		r.pos += next
		inner := skipBlanks(text, r.pos+1)
		if inner == len(text) || strings.IndexByte(`"{[`, text[inner]) < 0 {
			r.pos++
			continue
		}
		r.failed, r.depth, r.values = false, 0, 0
		start := r.pos
		var v value
		if text[start] == '{' {
			v = r.object("")
		} else {
			v = r.list(noRole, "", "")
		}
		r.emitAll(v)
		r.pos = max(r.pos, start+1)
	}
}

// emitAll gives away the errors of a value that is part of no error.
func (r *treeReader) emitAll(v value) {
	if v.err != nil {
		r.emitOne(v.err)
	}
	for _, e := range v.errs {
		r.emitOne(e)
	}
}

// emitOne gives away an error that is part of no other one, or those that belong to it if it has no stack.
func (r *treeReader) emitOne(e *Error) {
	switch {
	case e == nil || r.stopped:
	case e.hasStack():
		r.stopped = !r.emit(e)
	default:
		r.emitOne(e.Cause)
		for _, inner := range e.Errors {
			r.emitOne(inner)
		}
	}
}

// object is what the members of an object say.
type object struct {
	from   int
	called string
	stack  stringList
	err    Error
	typed  bool // the type is that of a member that says so of errors alone

	isFile, isLine bool
	frame          formats.Frame
	outer          bool

	attribute string
	text      stringList
	isText    bool
}

// object reads the object that begins at pos, the member of another one with a name.
func (r *treeReader) object(called string) value {
	if r.depth++; r.depth > maxNesting {
		r.failed = true
		return value{}
	}
	o := object{from: r.pos, called: called}
	r.pos++
	for !r.failed && !r.stopped {
		r.pos = skipBlanks(r.text, r.pos)
		if r.pos == len(r.text) {
			break
		}
		switch r.text[r.pos] {
		case ',':
			r.pos++
			continue
		case '}':
			r.pos++
			r.depth--
			return o.value(r)
		}
		name, ok := r.name()
		if !ok {
			r.failed = true
			break
		}
		r.member(&o, name)
	}
	r.depth--
	return o.value(r)
}

// name reads the name of a member, with its colon. Ruby writes "=>".
func (r *treeReader) name() (name string, ok bool) {
	if r.text[r.pos] != '"' {
		return "", false
	}
	end, ok := StringEnd(r.text, r.pos)
	if !ok || end > len(r.text) {
		return "", false
	}
	name = strings.TrimSuffix(r.text[r.pos+1:end], `"`)
	end = skipBlanks(r.text, end)
	switch {
	case end == len(r.text):
	case r.text[end] == ':':
		end++
	case strings.HasPrefix(r.text[end:], "=>"):
		end += len("=>")
	default:
		return "", false
	}
	r.pos = skipBlanks(r.text, end)
	return name, true
}

// member reads the value of a member of o.
func (r *treeReader) member(o *object, name string) {
	if r.pos == len(r.text) {
		return
	}
	is := roleOf(name)
	switch c := r.text[r.pos]; c {
	case '"':
		end, ok := StringEnd(r.text, r.pos)
		if !ok {
			r.failed = true
			return
		}
		list := stringList{start: r.pos, end: end}
		r.pos = min(end, len(r.text))
		r.takeString(o, is, name, list)
	case '{':
		r.takeValue(o, is, name, r.object(name))
	case '[':
		r.takeValue(o, is, name, r.list(is, name, o.called))
	default:
		literal, ok := r.literal()
		if !ok {
			r.failed = true
			return
		}
		o.takeLiteral(is, name, literal)
	}
}

// literal reads a number or a word, as "null" is one.
func (r *treeReader) literal() (string, bool) {
	start := r.pos
	for r.pos < len(r.text) && (txt.IsLetter(r.text[r.pos]) || txt.IsDigit(r.text[r.pos]) || strings.IndexByte("+-.:", r.text[r.pos]) >= 0) {
		r.pos++
	}
	return r.text[start:r.pos], r.pos > start
}

// takeString takes a member that is a string, or a list of them.
func (r *treeReader) takeString(o *object, is role, name string, list stringList) {
	if list.end-list.start <= len(`""`) {
		return
	}
	switch is {
	case stackRole:
		if list.mayHoldFrames(r.text) && o.stack.end == 0 {
			o.stack = list
		}
	case typeRole:
		isOfErrors := name != "name" && name != "type" && name != "class"
		if text := list.decode(r.text); o.err.Type == "" || isOfErrors && !o.typed {
			o.err.Type, o.typed = text, isOfErrors
		}
	case messageRole:
		if o.err.Message == "" {
			o.err.Message = list.decode(r.text)
		}
	case codeRole:
		o.err.Code = list.decode(r.text)
	case funcRole:
		o.frame.Func = list.decode(r.text)
	case fileRole:
		if !o.isFile {
			o.frame.File, o.isFile = list.decode(r.text), true
		}
	case attributeRole:
		o.attribute = list.decode(r.text)
	case valueRole:
		o.text, o.isText = list, true
	case textRole:
		o.text, o.isText = list, true
	case lineRole, colRole:
		o.takeLiteral(is, name, list.decode(r.text))
	}
}

// takeLiteral takes a member that is a number or a word.
func (o *object) takeLiteral(is role, name, literal string) {
	switch is {
	case codeRole:
		if literal != "null" && literal != "nil" && literal != "undefined" {
			o.err.Code = literal
		}
	case lineRole:
		if n, err := strconv.Atoi(literal); err == nil && n >= 0 {
			o.frame.Line, o.isLine = n, true
		}
	case colRole:
		if n, err := strconv.Atoi(literal); err == nil && n >= 0 {
			o.frame.Col = n
		}
	}
	if name == "in_app" {
		o.outer = true
	}
}

// takeValue takes a member that is an object or a list.
func (r *treeReader) takeValue(o *object, is role, name string, v value) {
	switch {
	case v.isText && is == stackRole && o.stack.end == 0: // lines
		if v.text.mayHoldFrames(r.text) {
			o.stack = v.text
		}
	case v.isText && is == valueRole: // {"key": "exception.type", "value": {"stringValue": "TypeError"}}
		o.text, o.isText = v.text, true
	case is == stackRole && v.err != nil && v.err.Type == "" && v.err.Stack == "" && len(v.err.Frames) > 0:
		if !o.err.hasStack() {
			o.err.Frames, o.err.from, o.err.to = v.err.Frames, v.err.from, v.err.to
		}
	case is == causeRole && v.err != nil && o.err.Cause == nil:
		o.err.Cause = v.err
	case is == errorsRole && v.errs != nil && o.err.Errors == nil:
		o.err.Errors = v.errs
	case name == "exception" && v.err != nil && !v.err.hasStack() && o.err.Type == "": // Rollbar's
		o.err.Type, o.err.Message = v.err.Type, v.err.Message
	case name == "values": // Sentry's, the last of which was thrown
		var thrown *Error
		for _, e := range v.errs {
			if e.Cause == nil {
				e.Cause = thrown
			}
			thrown = e
		}
		r.emitOne(thrown)
	default:
		r.emitAll(v)
	}
}

// value returns what the object is for the one around it. What is part of no error is given away.
func (o *object) value(r *treeReader) value {
	v := value{attribute: o.attribute, text: o.text, isText: o.isText && o.attribute != "", outer: o.outer}
	if o.isText && o.attribute == "" { // {"stringValue": "…"}, or an exception of Sentry's
		if v.isText = o.err.Type == "" && o.err.Message == ""; !v.isText && o.err.Message == "" {
			o.err.Message = o.text.decode(r.text)
		}
	}
	e := &o.err
	if o.stack.end > 0 && len(e.Frames) == 0 {
		e.Stack = o.stack.decode(r.text)
		e.from, e.to = o.stack.start, min(o.stack.end, len(r.text))
	}
	if !e.hasStack() && o.isLine && (o.isFile || o.frame.Func != "") && (e.Message == "" || o.frame.Func != "") {
		v.isFrame, v.frame = true, o.frame
		v.frame.Text = r.text[o.from:min(r.pos, len(r.text))]
		return v
	}
	if !e.hasStack() && e.Type == "" && e.Message == "" {
		r.emitOne(e.Cause)
		for _, inner := range e.Errors {
			r.emitOne(inner)
		}
		return v
	}
	if !e.hasStack() {
		e.from, e.to = o.from, min(r.pos, len(r.text))
	}
	kept := *e
	v.err = &kept
	return v
}

// list reads the list that begins at pos and has a role and a name, and is in an object with another name.
func (r *treeReader) list(is role, name, owner string) value {
	if r.depth++; r.depth > maxNesting {
		r.failed = true
		return value{}
	}
	l := list{is: is, name: name, owner: owner, from: r.pos}
	if name == "values" {
		r.values++
		defer func() { r.values-- }()
	}
	r.pos++
	for !r.failed && !r.stopped {
		r.pos = skipBlanks(r.text, r.pos)
		if r.pos == len(r.text) {
			break
		}
		switch c := r.text[r.pos]; c {
		case ',':
			r.pos++
			continue
		case ']':
			r.pos++
			r.depth--
			return r.ended(&l)
		case '"':
			r.strings(&l)
		case '{':
			r.element(&l)
		case '[':
			r.emitAll(r.list(noRole, "", ""))
		default:
			if _, ok := r.literal(); !ok {
				r.failed = true
			}
		}
	}
	r.depth--
	return r.ended(&l)
}

// list is what the elements of a list say.
type list struct {
	is          role
	name, owner string
	from        int

	lines      stringList
	frames     []formats.Frame
	isOuter    bool // the outermost call comes first
	errs       []*Error
	attributes object
}

// element reads an object that is an element of l.
func (r *treeReader) element(l *list) {
	v := r.object("")
	switch {
	case v.isFrame && (l.is == stackRole || r.depth == 1 && v.frame.Func != "" && v.frame.File != ""):
		l.frames = append(l.frames, v.frame)
		l.isOuter = l.isOuter || v.outer
	case v.attribute != "" && v.isText:
		r.takeString(&l.attributes, roleOf(v.attribute), "", v.text)
	case v.err != nil:
		l.errs = append(l.errs, v.err)
	}
}

// strings reads the strings that stand beside each other at pos, each of them a line.
func (r *treeReader) strings(l *list) {
	end, ok := StringEnd(r.text, r.pos)
	if !ok {
		r.failed = true
		return
	}
	lines := stringList{start: r.pos, end: end}
	r.pos = min(lines.takeList(r.text), len(r.text))
	if lines.several = true; l.lines.end == 0 {
		l.lines = lines
	}
}

// ended returns what l is, which ends at pos.
func (r *treeReader) ended(l *list) value {
	var v value
	switch {
	case l.attributes.stack.end > 0:
		v.err = l.attributes.value(r).err
	case len(l.frames) > 0:
		l.finishFrames(r.values > 0)
		v.err = &Error{Frames: l.frames, from: l.from, to: min(r.pos, len(r.text))}
	case l.lines.end > 0:
		v.text, v.isText = l.lines, true
	}
	if l.is == errorsRole || l.is == causeRole || l.name == "values" {
		v.errs = l.errs
		return v
	}
	for _, e := range l.errs {
		r.emitOne(e)
	}
	return v
}

// finishFrames puts the innermost frame first and takes off what stands for a name that is not known. Sentry's
// lists, which are in one of values, and Rollbar's have the outermost frame first.
func (l *list) finishFrames(inValues bool) {
	isRollbar := l.name == "frames" && strings.HasPrefix(l.owner, "trace")
	if l.isOuter || inValues || isRollbar {
		slices.Reverse(l.frames)
	}
	for i := range l.frames {
		f := &l.frames[i]
		switch f.Func = strings.TrimSpace(f.Func); f.Func {
		case "?", "at", "[anonymous]":
			f.Func = ""
		}
		if l.name == "callFrames" { // the debugger's protocol counts from 0
			f.Line++
			f.Col++
		}
		if f.File == "[native code]" || f.File == "native" {
			f.File, f.Native = "", true
		}
		place := ":" + strconv.Itoa(f.Line) + ":" + strconv.Itoa(f.Col)
		f.File = strings.TrimSuffix(f.File, place)
	}
}
