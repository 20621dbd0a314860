// Package python reads the tracebacks of CPython, which services around JavaScript log beside it: their
// margins, chains and groups.
package python

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// The lines of CPython's tracebacks (Lib/traceback.py, Python/traceback.c) that are always the same.
const (
	pythonHeader      = "Traceback (most recent call last):"
	pythonGroupHeader = "Exception Group Traceback (most recent call last):"
	pythonStackHeader = "Stack (most recent call last):" // logging, stack_info
	pythonCause       = "The above exception was the direct cause of the following exception:"
	pythonContext     = "During handling of the above exception, another exception occurred:"
	pythonQuote       = `"""` // around the traceback of another process
)

// Python prints no more than 10 groups within each other unless it is told to, and cuts no chain of
// causes. What goes deeper than this is left unparsed.
const (
	maxPythonGroups = 32
	maxPythonChain  = 100
)

// pythonKind is what a line of a traceback is.
type pythonKind uint8

const (
	pythonOther pythonKind = iota // source, carets, the exception, its message, anything else
	pythonBlank
	pythonStart       // the oldest call comes next
	pythonStartFirst  // the newest call comes next
	pythonEntry       // a call
	pythonRepeated    // how often the call before was made again
	pythonChained     // the exception before led to the next one
	pythonRuler       // an exception of a group comes next, or the group ends
	pythonPrefixStart // a start behind other words
)

// pythonLine is a line of a text that holds tracebacks.
type pythonLine struct {
	raw    string // as it stands
	text   string // without colours, the margin of a group, and blanks at its end
	body   string // text without indentation
	indent int    // the number of blanks before body
	margin bool   // the line stands behind a group's margin
}

// pythonPlace is what is kept of a line: a text may consist of lines of one byte.
type pythonPlace struct {
	kind  pythonKind
	depth uint8 // how many groups the line is within; that of a ruler is the depth of what it parts
}

// readPython reads a text in which Python printed tracebacks:
//
//	Traceback (most recent call last):
//	  File "/app/a.py", line 18, in <module>
//	    rec(0)
//	    ~~~^^^
//	  File "/app/a.py", line 2, in rec
//	    return rec(n + 1)
//	  [Previous line repeated 996 more times]
//	RecursionError: maximum recursion depth exceeded
//
// The calls come oldest first. What Python says behind the name of the exception is the message, and
// so are notes; the message goes on up to an empty line or one that looks like a log's, and further
// if a chained traceback or the exceptions of a group show where it ends. The lines that say no more
// than that a traceback begins, or how tracebacks are connected, are of no part of the Trace, nor are the
// carets below a line of source, which is the Source of its frame.
//
// The last traceback of a chain is the Trace, and the one before it is its Cause, whether it was the
// direct cause or was being handled. Of several that are not connected the first is read and the
// others are unparsed. faulthandler prints the newest call first, and the stacks of several threads:
// the current one is read.
//
// A line's indentation counts where it is that of a traceback; without it, the exception is the
// first line behind the last call that has an exception's name, or is not the call's source.
func Read(lines model.Lines) (*model.Parsed, bool) {
	r := pythonReader{}
	if !r.take(lines) {
		return nil, false
	}
	p := new(model.Parsed)
	if !r.readWhole(p) {
		return nil, false
	}
	return p, true
}

// mayBePython reports whether text holds words that one of Python's lines does, which colours may
// part.
func MayBe(text string) bool {
	return strings.Contains(text, ", line ") || strings.Contains(text, "(most recent call ") || strings.IndexByte(text, ansi.Escape) >= 0 ||
		strings.Contains(text, "+-+-----")
}

type pythonReader struct {
	lines   model.Lines
	places  []pythonPlace // of the lines
	margins pythonMargins

	asked, found int // the line that next was asked for last, and what it found
}

// take classifies the lines. It reports false if none of them is one of a traceback.
func (r *pythonReader) take(lines model.Lines) bool {
	found := lines.Contains(func(l model.Line) bool {
		return strings.HasSuffix(l.Body, pythonHeader) || pythonKindOf(strings.TrimLeft(l.Body, "| ")) == pythonEntry || strings.HasPrefix(l.Body, "+-+-----")
	})
	if !found {
		return false
	}
	r.lines = lines
	r.places = make([]pythonPlace, lines.Len())
	r.found = -1
	r.margins.look(lines)
	for i, l := range lines.All() {
		r.places[i] = r.margins.place(l, i)
	}
	for i := range r.places {
		if r.places[i].kind == pythonPrefixStart {
			r.places[i].kind = pythonOther
			if r.isKind(i+1, len(r.places), pythonEntry) {
				r.places[i].kind = pythonStart
			}
		}
	}
	return true
}

// line returns the line with an index.
func (r *pythonReader) line(i int) pythonLine { return r.margins.cut(r.lines.At(i)) }

// isKind reports whether the line with an index is before to, and of a kind.
func (r *pythonReader) isKind(i, to int, kind pythonKind) bool {
	return i < to && r.places[i].kind == kind
}

// next returns the first line from i on that is neither empty nor other, or the number of lines if there
// is none.
func (r *pythonReader) next(i int) int {
	if r.asked <= i && i <= r.found {
		return r.found
	}
	r.asked = i
	for i < len(r.places) && (r.places[i].kind == pythonOther || r.places[i].kind == pythonBlank) {
		i++
	}
	r.found = i
	return i
}

// pythonKindOf returns what a line is by its content alone.
func pythonKindOf(body string) pythonKind {
	if body == "" {
		return pythonBlank
	}
	switch body[0] {
	case 'F':
		if formats.Python.Format().Match(body) {
			return pythonEntry
		}
	case '[':
		if _, ok := parsePythonRepeated(body); ok {
			return pythonRepeated
		}
	}
	switch body {
	case pythonHeader, pythonGroupHeader, pythonStackHeader:
		return pythonStart
	case pythonCause, pythonContext:
		return pythonChained
	}
	if strings.HasSuffix(body, pythonHeader) {
		if typ, _, ok := parsePythonException(body); ok && isPythonErrorName(typ) {
			return pythonOther // a message that begins with another error's traceback
		}
		return pythonPrefixStart
	}
	if before, ok := strings.CutSuffix(body, " (most recent call first):"); ok {
		word, _, _ := strings.Cut(before, " ")
		switch word {
		case "Thread", "Current", "Stack", "Traceback":
			return pythonStartFirst
		}
	}
	return pythonOther
}

// parsePythonRepeated reads "[Previous line repeated 996 more times]".
func parsePythonRepeated(body string) (n int, ok bool) {
	rest, ok := strings.CutPrefix(body, "[Previous line repeated ")
	if !ok {
		return 0, false
	}
	number, rest, _ := strings.Cut(rest, " ")
	if rest != "more times]" && rest != "more time]" {
		return 0, false
	}
	return txt.ParseCount(number)
}

// pythonMargins cuts off the margins of exception groups:
//
//   - Exception Group Traceback (most recent call last):
//     |   File "/app/g.py", line 9, in <module>
//     | ExceptionGroup: eg (2 sub-exceptions)
//     +-+---------------- 1 ----------------
//     | ValueError: leaf
//     +---------------- 2 ----------------
//     | TypeError: leaf
//     +------------------------------------
//
// A last exception that is a group itself has the one ruler that ends both. Where groups lost their
// indentation, the numbers tell how they nest.
type pythonMargins struct {
	groups bool // the text has any
	flat   bool
	levels []pythonLevel // the groups that the line is within
	said   int           // how many exceptions the last line that says so gives a group
	goesOn []bool        // whether the group that a line is in goes on behind it
	indent int           // that all lines have
}

type pythonLevel struct {
	column int // of the margin
	count  int // of the exceptions so far
	total  int // of the exceptions that the group said it has; 0 if it did not
}

func (m *pythonMargins) look(lines model.Lines) {
	for i, l := range lines.All() {
		if strings.HasPrefix(l.Body, "+-+--") && isPythonRuler(l.Body) {
			m.groups = true
			m.flat = i+1 < lines.Len() && lines.At(i+1).Indent <= l.Indent && strings.HasPrefix(lines.At(i+1).Body, "|")
			break
		}
		m.groups = m.groups || l.Body == "+ "+pythonGroupHeader || isPythonMargined(l.Body)
	}
	if !m.groups {
		return
	}
	m.goesOn = make([]bool, lines.Len())
	m.indent = -1
	goesOn := false
	for i := lines.Len() - 1; i >= 0; i-- {
		m.goesOn[i] = goesOn
		if l := lines.At(i); l.Body != "" && (m.indent < 0 || l.Indent < m.indent) {
			m.indent = l.Indent
		}
		switch body := lines.At(i).Body; {
		case body == "|", strings.HasPrefix(body, "| "), isPythonRuler(body):
			goesOn = true
		case body == "+ "+pythonGroupHeader, body == pythonCause, body == pythonContext, strings.HasSuffix(body, pythonHeader):
			goesOn = false
		}
	}
}

// isPythonMargined reports whether body is a line that cannot be anything but a traceback's, behind a
// margin.
func isPythonMargined(body string) bool {
	if !strings.HasPrefix(body, "| ") {
		return false
	}
	rest := strings.TrimLeft(body, "| ")
	if typ, _, ok := parsePythonException(rest); ok && isPythonErrorName(typ) {
		return true
	}
	return pythonKindOf(rest) >= pythonStart
}

// isPythonRuler reports whether body parts the exceptions of a group.
func isPythonRuler(body string) bool {
	rest, ok := strings.CutPrefix(body, "+")
	if !ok || len(rest) < 20 {
		return false
	}
	rest = strings.TrimPrefix(rest, "-+")
	title := strings.Trim(rest, "-")
	return strings.HasPrefix(rest, "-----") && (title == "" || len(title) > 2 && title[0] == ' ' && title[len(title)-1] == ' ' && strings.HasSuffix(rest, "-----"))
}

// cut takes the margin off a line.
func (m *pythonMargins) cut(l model.Line) pythonLine {
	p := pythonLine{raw: l.Raw, text: l.Own, body: l.Body, indent: l.Indent}
	switch {
	case !m.groups:
	case l.Body == "+ "+pythonGroupHeader:
		p.text = l.Body[len("+ "):]
		p.body, p.indent, p.margin = p.text, 0, true
	case l.Body == "|" || strings.HasPrefix(l.Body, "| "):
		p.text = strings.TrimPrefix(l.Body[len("|"):], " ")
		p.body = strings.TrimLeft(p.text, " \t")
		p.indent, p.margin = len(p.text)-len(p.body), true
	default:
		around := min(m.indent, l.Indent)
		p.text, p.indent = l.Own[around:], l.Indent-around
	}
	return p
}

// place classifies the line, the i-th of the text. Lines must come one after the other.
func (m *pythonMargins) place(l model.Line, i int) pythonPlace {
	p := m.cut(l)
	kind := pythonKindOf(p.body)
	switch {
	case !m.groups:
	case p.margin && l.Body[0] == '+':
		m.levels = m.levels[:0]
	case p.margin:
		m.leave(l.Indent)
		if n, ok := parsePythonGroupSize(p.text); ok {
			m.said = n
		}
	case isPythonRuler(l.Body):
		if depth, ok := m.rule(l); ok {
			return pythonPlace{pythonRuler, uint8(depth)}
		}
		fallthrough
	default:
		if !m.goesOn[i] || kind >= pythonStart {
			m.levels = m.levels[:0]
		} // else Python 3.11, which puts the margin before the first line of a message only
	}
	return pythonPlace{kind, uint8(len(m.levels))}
}

// parsePythonGroupSize reads the end of a group's message, "eg (2 sub-exceptions)".
func parsePythonGroupSize(text string) (n int, ok bool) {
	rest, ok := strings.CutSuffix(text, " sub-exceptions)")
	if !ok {
		rest, ok = strings.CutSuffix(text, " sub-exception)")
	}
	if !ok {
		return 0, false
	}
	return txt.ParseCount(rest[strings.LastIndexByte(rest, '(')+1:])
}

// leave leaves the groups that are further to the right than column.
func (m *pythonMargins) leave(column int) {
	for n := len(m.levels); n > 0 && !m.flat && m.levels[n-1].column > column; n-- {
		m.levels = m.levels[:n-1]
	}
}

// rule reads a ruler, and returns the depth of what it parts. It reports false for one that is out of place.
func (m *pythonMargins) rule(l model.Line) (depth int, ok bool) {
	m.leave(l.Indent)
	title := strings.Trim(l.Body, "+-")
	switch {
	case strings.HasPrefix(l.Body, "+-+"):
		if len(m.levels) == maxPythonGroups {
			return 0, false
		}
		m.levels = append(m.levels, pythonLevel{l.Indent + len("+-"), 1, m.said})
		m.said = 0
	case len(m.levels) == 0 && title == "":
		return 0, false
	case len(m.levels) == 0:
		m.levels = append(m.levels, pythonLevel{column: l.Indent}) // the first ruler is gone
	case title != "":
		n, ok := txt.ParseCount(strings.Trim(title, " "))
		for i := len(m.levels) - 1; i >= 0 && ok && m.flat; i-- {
			if m.levels[i].count == n-1 {
				m.levels = m.levels[:i+1]
				break
			}
		}
		m.levels[len(m.levels)-1].count++
	default:
		depth = len(m.levels)
		m.levels = m.levels[:len(m.levels)-1]
		for n := len(m.levels); n > 0 && m.flat && m.levels[n-1].count == m.levels[n-1].total; n-- {
			m.levels = m.levels[:n-1]
		}
		return depth, true
	}
	return len(m.levels), true
}

// pythonTrace is a traceback, or an exception that was printed without one, and where it stands. It is
// found first, and read only if it counts: a text may hold any number of them.
type pythonTrace struct {
	trace     *model.Trace // once it is read
	from, to  int
	first     bool // the newest call comes first
	calls     int
	unparsed  int  // the number of unparsed lines before the exception's
	exception int  // the exception's line; -1 if there is none
	message   int  // where the message ends
	quoted    bool // the message is the traceback of another process
}

// readWhole reads all lines into p. It reports false if there is no traceback among them.
func (r *pythonReader) readWhole(p *model.Parsed) bool {
	n := len(r.places)
	chain := r.findChain(0, n, 0)
	if len(chain) == 0 {
		return false
	}
	last := &chain[len(chain)-1]
	if r.lines.Bare {
		r.readCalls(last, n, 0)
		p.Trace = *last.trace
		return true
	}
	r.readAll(chain, n, 0)
	from, to := chain[0].from, last.to
	header, headerEnd := last.exception, last.message
	if header < 0 {
		if at, ok := r.findTitle(from, last); ok {
			header, headerEnd = at, at+1
		}
	}
	own := last.trace.Unparsed
	p.Trace = *last.trace
	p.Unparsed = txt.WithRoom([]string(nil), from+len(own)+n-to)
	switch {
	case header >= from:
		p.LeaveLines(r.lines.Slice(0, from))
		p.Before = len(p.Unparsed) + last.unparsed
	case header >= 0:
		p.LeaveLines(r.lines.Slice(0, header))
		p.Before = len(p.Unparsed)
		p.LeaveLines(r.lines.Slice(header+1, from))
	default:
		p.LeaveLines(r.lines.Slice(0, from))
	}
	p.Unparsed = append(p.Unparsed, own...)
	p.LeaveLines(r.lines.From(to))
	for n := len(p.Unparsed); n > 0 && strings.Trim(ansi.Strip(p.Unparsed[n-1]), " \t\r") == ""; n-- {
		p.Unparsed = p.Unparsed[:n-1]
	}
	p.Before = min(p.Before, len(p.Unparsed))
	if header >= 0 {
		p.Header = r.lines.Between(header, headerEnd)
	} else {
		p.Before = len(p.Unparsed)
	}
	return true
}

// findTitle finds the exception of a traceback before it:
//
//	Fatal Python error: Segmentation fault
//	[ERROR] KeyError: 'x'
//
// The first is faulthandler's. The second is what a function at Amazon logs; its traceback ends
// without the exception.
func (r *pythonReader) findTitle(from int, t *pythonTrace) (at int, ok bool) {
	if t.first {
		for i := range from {
			body := r.line(i).body
			for _, title := range [...]string{"Fatal Python error", "Windows fatal exception"} {
				if message, ok := strings.CutPrefix(body, title+": "); ok {
					t.trace.Type, t.trace.Message = body[:len(title)], message
					return i, true
				}
			}
		}
		return 0, false
	}
	if from == 0 {
		return 0, false
	}
	if body, ok := strings.CutPrefix(r.line(from-1).body, "[ERROR] "); ok {
		if typ, message, ok := parsePythonException(body); ok {
			t.trace.Type, t.trace.Message = typ, message
			t.trace.Code = pythonCode(typ, message)
			return from - 1, true
		}
	}
	return 0, false
}

// readChain reads the chain of tracebacks that counts among lines[from:to], which are within depth
// groups, causes first.
func (r *pythonReader) readChain(from, to, depth int) []pythonTrace {
	chain := r.findChain(from, to, depth)
	r.readAll(chain, to, depth)
	return chain
}

// readAll reads a chain that was found, and makes each trace the cause of the one after it.
func (r *pythonReader) readAll(chain []pythonTrace, to, depth int) {
	for i := range chain {
		if t := &chain[i]; t.trace == nil {
			r.readCalls(t, to, depth)
			if t.exception >= 0 {
				r.readException(t, to, depth)
			}
		}
	}
	for i := 1; i < len(chain); i++ {
		cause := chain[i].trace
		for cause.Cause != nil {
			cause = cause.Cause
		}
		cause.Cause = chain[i-1].trace
	}
}

// findChain finds the tracebacks among lines[from:to], which are within depth groups, and returns the
// chain that counts, causes first: the first one with a call, or else the first one.
func (r *pythonReader) findChain(from, to, depth int) []pythonTrace {
	var best, chain []pythonTrace
	current := false // best is that of the current thread
	finish := func() {
		if len(chain) == 0 {
			return
		}
		last := &chain[len(chain)-1]
		isCurrent := last.first && strings.HasPrefix(r.line(last.from).body, "Current thread ")
		switch {
		case len(best) == 0,
			best[len(best)-1].calls == 0 && last.calls > 0,
			best[len(best)-1].first && isCurrent && !current && last.calls > 0:
			best, chain = chain, best
			current = isCurrent
		}
		chain = chain[:0]
	}
	chained := false // the line before leads from the last exception to the next
lines:
	for i := from; i < to; {
		kind, within := r.places[i].kind, int(r.places[i].depth)
		t, ok := pythonTrace{}, false
		next := i + 1
		switch {
		case kind == pythonRuler && within == depth+1:
			if !chained {
				finish()
			}
			if len(best) > 0 && best[len(best)-1].calls > 0 && !best[len(best)-1].first {
				break lines // nothing that follows counts for more
			}
			t, ok = r.readCutGroup(i, to, depth)
			next = t.to
		case within > depth || kind == pythonRuler:
		case kind == pythonBlank:
			i++
			continue
		case kind == pythonChained:
			chained = len(chain) > 0
			i++
			continue
		case kind == pythonStart, kind == pythonStartFirst, kind == pythonEntry:
			t, ok = r.findTrace(i, to, depth)
		case kind == pythonOther && r.isAlone(i, from, to, depth, chained):
			t, ok = r.findAlone(i, to, depth), true
		}
		if !ok {
			finish()
			chained = false
			i = next
			continue
		}
		if !chained {
			finish()
		}
		if len(chain) == maxPythonChain {
			chain = chain[:copy(chain, chain[1:])]
		}
		chain = append(chain, t)
		chained = false
		i = t.to
		if len(best) > 0 && !t.first && best[len(best)-1].calls > 0 {
			break // only the current thread may still count for more, and this is no thread
		}
	}
	finish()
	return best
}

// isAlone reports whether a line is an exception that was never raised, and so has no traceback.
func (r *pythonReader) isAlone(i, from, to, depth int, chained bool) bool {
	l := r.line(i)
	typ, message, ok := parsePythonException(l.body)
	if !ok {
		return false
	}
	if message == "" && r.isQuote(i+1, to) {
		return true
	}
	next := r.next(i)
	switch {
	case chained:
		return true
	case r.isKind(next, to, pythonChained):
		return isPythonErrorName(typ)
	case r.isKind(next, to, pythonRuler) && int(r.places[next].depth) > depth:
		return l.margin
	}
	return depth > 0 && i == from
}

// findAlone finds the end of an exception without traceback.
func (r *pythonReader) findAlone(i, to, depth int) pythonTrace {
	t := pythonTrace{from: i, exception: i}
	r.findMessage(&t, to, depth)
	return t
}

// readCutGroup reads the exceptions of a group whose own was cut off.
func (r *pythonReader) readCutGroup(i, to, depth int) (pythonTrace, bool) {
	t := pythonTrace{trace: new(model.Trace), from: i, exception: -1}
	r.readGroup(t.trace, i, to, depth)
	t.to = r.groupEnd(i, to, depth)
	return t, len(t.trace.Errors) > 0
}

// findTrace finds the end of the traceback that begins at from. It reports false if it has neither a
// call nor an exception.
func (r *pythonReader) findTrace(from, to, depth int) (pythonTrace, bool) {
	t := pythonTrace{from: from, exception: -1}
	kind := r.places[from].kind
	t.first = kind == pythonStartFirst || kind == pythonEntry && isFaultEntry(r.line(from).body)
	r.walk(&t, to, depth)
	if t.exception >= 0 {
		r.findMessage(&t, to, depth)
	}
	return t, t.calls > 0 || t.exception >= 0
}

// readCalls reads the calls of a traceback that was found.
func (r *pythonReader) readCalls(t *pythonTrace, to, depth int) {
	t.trace = new(model.Trace)
	if t.calls > 0 {
		t.trace.Engine = formats.Python
		t.trace.Frames = txt.WithRoom(r.lines.Room, t.calls)
		r.lines.Room = nil
	}
	if t.unparsed > 0 {
		t.trace.Unparsed = make([]string, 0, t.unparsed)
	}
	if again := *t; t.exception != t.from {
		r.walk(&again, to, depth)
	}
	if !t.first {
		slices.Reverse(t.trace.Frames)
	}
}

// walk goes over the lines of a traceback up to the exception, or the end if there is none. It counts
// the calls and the lines that are unparsed, and keeps them if t has a trace. The first line behind a call is
// its source, and carets may stand below that. What a line is depends on all of those before it, so that this is one
// loop.
func (r *pythonReader) walk(t *pythonTrace, to, depth int) {
	start := r.line(t.from)
	t.calls, t.unparsed, t.exception = 0, 0, -1
	leave := func(i int) {
		t.unparsed++
		if t.trace != nil {
			t.trace.Unparsed = append(t.trace.Unparsed, r.line(i).raw)
		}
	}
	isBare := r.places[t.from].kind == pythonEntry // the first line was cut off
	i := t.from
	if !isBare {
		if start.body != pythonHeader && start.body != pythonGroupHeader && start.body != pythonStackHeader {
			leave(i)
		}
		i++
	}
	entry, entryIndent := -1, 0 // the last one
	repeated := false           // and how often it was repeated is said
	indented := false           // the indentation tells the lines apart
	gap := -1                   // the first of the empty lines before this one
	sourced := true             // the source of the last entry has been there
	shown := -1                 // the line of that
	takeSource := func(i int) bool {
		line := r.line(i)
		switch isCarets := header.IsCaretLine(line.body); {
		case isCarets:
			return shown >= 0 && shown == i-1
		case sourced:
			return false // a further line of a statement of several lines
		}
		if shown = i; t.trace != nil {
			t.trace.Frames[t.calls-1].Source = line.body
		}
		return true
	}
scan:
	for ; i < to; i++ {
		if int(r.places[i].depth) != depth {
			break
		}
		switch r.places[i].kind {
		case pythonEntry:
			l := r.line(i)
			if entry < 0 {
				indented = !isBare && l.indent > start.indent
			}
			t.calls++
			if t.trace != nil {
				addCall(t.trace, l)
			}
			entry, entryIndent, repeated, gap, sourced = i, l.indent, false, -1, false
		case pythonRepeated:
			n, _ := parsePythonRepeated(r.line(i).body)
			switch {
			case t.calls == 0 || repeated || n == 0:
				leave(i)
			default:
				repeated = true
				if t.trace != nil {
					t.trace.Frames[t.calls-1].Skipped = n
				}
			}
			gap = -1
		case pythonBlank:
			if gap < 0 {
				gap = i
			}
			if entry < 0 && !r.isKind(r.next(i), to, pythonEntry) {
				break scan
			}
		case pythonOther:
			if t.first {
				break scan
			}
			if shown >= 0 && shown == i-1 && header.IsCaretLine(r.line(i).body) {
				continue // however it is indented
			}
			if entry >= 0 && (indented || i == entry+1) && r.line(i).indent > entryIndent {
				if !takeSource(i) {
					leave(i)
				}
				indented, sourced, gap = true, true, -1
				continue
			}
			source := 0
			t.exception, source = r.findException(i, to, gap >= 0, indented, sourced, entry >= 0)
			if t.exception < 0 && source == i {
				break scan
			}
			for ; i < source; i++ {
				if entry < 0 || !takeSource(i) {
					leave(i)
				}
				sourced = true
			}
			if t.exception >= 0 {
				break scan
			}
			i--
			sourced, gap = true, -1
		default:
			if i > t.from {
				break scan
			}
		}
	}
	t.to = i
	if gap >= 0 {
		t.to = gap
	}
}

// addCall appends the frame of an entry, for which there is room.
func addCall(t *model.Trace, l pythonLine) {
	n := len(t.Frames)
	t.Frames = t.Frames[:n+1]
	formats.Python.Format().ReadInto(&t.Frames[n], l.body)
	t.Frames[n].Text = l.raw
}

// isFaultEntry reports whether an entry lacks the comma before "in", as faulthandler's do.
func isFaultEntry(body string) bool {
	f := model.Frame{}
	formats.Python.Format().ReadInto(&f, body)
	before, _ := strings.CutSuffix(body, f.Func)
	return f.Func != "" && !strings.HasSuffix(before, ", in ")
}

// findException looks for the exception from the i-th line on, which is the first line behind a call that
// the indentation does not show to be its source. Before end are lines of source; the exception
// follows them if there is one, else it is -1.
func (r *pythonReader) findException(i, to int, gap, indented, sourced, called bool) (exception, end int) {
	typ, _, ok := parsePythonException(r.line(i).body)
	if ok && (indented && !gap || isPythonErrorName(typ)) {
		return i, i
	}
	if !called || indented || gap && sourced {
		return -1, i
	}
	stop := min(r.next(i), to)
	if r.isKind(stop, to, pythonEntry) || r.isKind(stop, to, pythonRepeated) {
		return -1, stop // with empty lines between the lines, perhaps
	}
	if gap {
		if i+1 == to || r.places[i+1].kind == pythonBlank {
			return -1, i + 1
		}
		return -1, i
	}
	other := -1
	for end = i; end < stop && r.places[end].kind == pythonOther; end++ {
		typ, _, ok := parsePythonException(r.line(end).body)
		if ok && isPythonErrorName(typ) {
			return end, end
		}
		if ok && other < 0 && (end > i || sourced) {
			other = end
		}
	}
	if other >= 0 {
		return other, other
	}
	return -1, end
}

// findMessage finds where the message of the exception ends, and the exceptions of a group behind it.
func (r *pythonReader) findMessage(t *pythonTrace, to, depth int) {
	i := t.exception
	_, message, _ := parsePythonException(r.line(i).body)
	if message == "" && r.isQuote(i+1, to) {
		if end, ok := r.quoteEnd(i+1, to, depth); ok {
			t.quoted, t.message, t.to = true, i+1, end+1
			return
		}
	}
	t.message = r.messageEnd(i+1, to, depth)
	t.to = r.groupEnd(t.message, to, depth)
}

// readException reads the exception that was found, its message, and the exceptions of a group.
func (r *pythonReader) readException(t *pythonTrace, to, depth int) {
	l := r.line(t.exception)
	typ, message, _ := parsePythonException(l.body)
	t.trace.Type = typ
	if t.quoted {
		from, to := t.message+1, t.to-1
		t.trace.Cause = r.takeRest(r.readChain(from, to, depth), from, to)
		return
	}
	if t.message > t.exception+1 {
		message = txt.JoinParts(t.message-t.exception, func(j int) string {
			if j == 0 {
				return message
			}
			more := r.line(t.exception + j)
			return more.text[min(l.indent, more.indent):]
		})
	}
	t.trace.Message = message
	t.trace.Code = pythonCode(typ, message)
	r.readGroup(t.trace, t.message, to, depth)
}

// messageEnd returns where the message ends that goes on at the i-th line.
func (r *pythonReader) messageEnd(i, to, depth int) int {
	end := min(r.next(i), to)
	if end == to && depth > 0 || r.isKind(end, to, pythonChained) || r.isKind(end, to, pythonRuler) {
		for end > i && r.places[end-1].kind == pythonBlank {
			end--
		}
		return end
	}
	for j := i; j < end; j++ {
		if r.places[j].kind == pythonBlank || isLogLine(r.line(j).body) {
			return j
		}
	}
	return end
}

// isQuote reports whether the line with an index is before to, and a quote around a traceback.
func (r *pythonReader) isQuote(i, to int) bool {
	return r.isKind(i, to, pythonOther) && r.line(i).body == pythonQuote
}

// quoteEnd returns where the quote ends that begins on a line and has the traceback of another process in
// it, which is all of the message:
//
//	multiprocessing.pool.RemoteTraceback:
//	"""
//	Traceback (most recent call last):
//	  File "/app/pool.py", line 2, in f
//	ZeroDivisionError: division by zero
//	"""
//
// It becomes the cause.
func (r *pythonReader) quoteEnd(open, to, depth int) (end int, ok bool) {
	for i := open + 1; i < to && int(r.places[i].depth) == depth; i++ {
		if r.isQuote(i, to) {
			return i, len(r.findChain(open+1, i, depth)) > 0
		}
	}
	return 0, false
}

// takeRest returns the last trace of a chain, with those of lines[from:to] that are not in the chain.
func (r *pythonReader) takeRest(chain []pythonTrace, from, to int) *model.Trace {
	last := chain[len(chain)-1]
	last.trace.Unparsed = r.appendOthers(last.trace.Unparsed, from, chain[0].from)
	last.trace.Unparsed = r.appendOthers(last.trace.Unparsed, last.to, to)
	return last.trace
}

// appendOthers appends those of lines[from:to] that are not empty.
func (r *pythonReader) appendOthers(unparsed []string, from, to int) []string {
	n := 0
	for i := from; i < to; i++ {
		if r.places[i].kind != pythonBlank {
			n++
		}
	}
	if n == 0 {
		return unparsed
	}
	unparsed = txt.WithRoom(unparsed, n)
	for i := from; i < to; i++ {
		if r.places[i].kind != pythonBlank {
			unparsed = append(unparsed, r.lines.At(i).Raw)
		}
	}
	return unparsed
}

// nextMember returns where the exception of a group ends whose ruler is the i-th line.
func (r *pythonReader) nextMember(i, to, depth int) int {
	for i++; i < to && int(r.places[i].depth) > depth && (r.places[i].kind != pythonRuler || int(r.places[i].depth) > depth+1); i++ {
	}
	return i
}

// groupStart returns the first ruler of the group whose own exception ends at the i-th line. It reports
// false if that is no group.
func (r *pythonReader) groupStart(i, to, depth int) (start int, ok bool) {
	for r.isKind(i, to, pythonBlank) {
		i++
	}
	return i, r.isRuler(i, to, depth)
}

// isRuler reports whether the i-th line is before to and parts the exceptions of a group within depth
// others.
func (r *pythonReader) isRuler(i, to, depth int) bool {
	return r.isKind(i, to, pythonRuler) && int(r.places[i].depth) == depth+1
}

// groupEnd returns where the group ends whose own exception ends at the i-th line, or i if that is no
// group.
func (r *pythonReader) groupEnd(i, to, depth int) int {
	end, ok := r.groupStart(i, to, depth)
	if !ok {
		return i
	}
	for r.isRuler(end, to, depth) {
		end = r.nextMember(end, to, depth)
	}
	return end
}

// readGroup reads the exceptions of the group whose own exception ends at the i-th line.
func (r *pythonReader) readGroup(t *model.Trace, i, to, depth int) {
	i, _ = r.groupStart(i, to, depth)
	for r.isRuler(i, to, depth) {
		from := i + 1
		i = r.nextMember(i, to, depth)
		if chain := r.readChain(from, i, depth+1); len(chain) > 0 {
			t.Errors = append(t.Errors, r.takeRest(chain, from, i))
			continue
		}
		t.LeaveLines(r.lines.Slice(from, i)) // "and 2 more exceptions"
	}
}

// parsePythonException reads "package.Name: message" or "package.Name".
func parsePythonException(body string) (typ, message string, ok bool) {
	typ, message, found := strings.Cut(body, ": ")
	if !found {
		typ, found = strings.CutSuffix(body, ":") // a blank that was trimmed
	}
	if !isPythonName(typ) {
		return "", "", false
	}
	if !found {
		switch typ {
		case "pass", "return", "raise", "break", "continue":
			return "", "", false
		}
	}
	switch typ {
	case "try", "else", "finally", "lambda":
		return "", "", false
	}
	if isLogLine(body) {
		return "", "", false
	}
	return typ, message, true
}

// isPythonName reports whether s is the qualified name of a class: "ValueError",
// "json.decoder.JSONDecodeError", "f.<locals>.Local".
func isPythonName(s string) bool {
	begins := true // a part of the name begins here
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x80, c == '_', txt.IsUpper(c &^ 0x20):
			begins = false
		case '0' <= c && c <= '9' && !begins:
		case c == '.' && !begins:
			begins = true
		case c == '<' && begins && strings.HasPrefix(s[i:], "<locals>."):
			i += len("<locals>") - 1
			begins = false
		default:
			return false
		}
	}
	return s != "" && !begins
}

// isPythonErrorName reports whether the name of a class is hardly anything but an exception's: by
// its end, or because of its package.
func isPythonErrorName(typ string) bool {
	name := typ[strings.LastIndexByte(typ, '.')+1:]
	for _, end := range [...]string{"Error", "Exception", "Warning", "Interrupt", "Exit", "Iteration", "Group", "Traceback"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return len(name) < len(typ) && txt.IsUpper(name[0]) && !strings.HasPrefix(typ, "self.")
}

// isLogLine reports whether a line looks like one that a log has before or behind an error: with a
// level or a time first, or a prompt.
func isLogLine(body string) bool {
	rest := strings.TrimLeft(body, "[<(")
	for _, level := range [...]string{"DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL"} {
		if after, ok := strings.CutPrefix(rest, level); ok {
			return after == "" || strings.IndexByte(" :]|>)-\t", after[0]) >= 0
		}
	}
	switch {
	case body == ">>>", strings.HasPrefix(body, ">>> "), strings.HasPrefix(body, "$ "),
		strings.HasPrefix(body, "Exception in thread "), strings.HasPrefix(body, "Exception ignored in"),
		strings.HasPrefix(body, "Exception ignored while"), body == "Task exception was never retrieved":
		return true
	}
	return hasShape(rest, "0000-00-00") || hasShape(rest, "0000/00/00") || hasShape(rest, "00:00:00")
}

// hasShape reports whether s begins like shape, in which 0 stands for any digit.
func hasShape(s, shape string) bool {
	if len(s) < len(shape) {
		return false
	}
	for i := range len(shape) {
		digit := '0' <= s[i] && s[i] <= '9'
		if digit != (shape[i] == '0') || !digit && s[i] != shape[i] {
			return false
		}
	}
	return true
}

// pythonCode returns the code that an exception's message surely tells, as the classes that print
// them do:
//
//	[Errno 2] No such file or directory: 'x'             OSError; [WinError 5] on Windows
//	[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify  ssl.SSLError
//	403 Forbidden (error code: 50001): Missing Access    discord.py
//	Shard ID None WebSocket closed with 4014             discord.py
//	Error code: 429 - {'error': …}                       openai
//	HTTP Error 404: Not Found                            urllib
//	404 Client Error: Not Found for url: …               requests; 500 Server Error
//	403 The caller does not have permission              google.api_core.exceptions
//	An error occurred (AccessDenied) when calling the …  botocore
//	status = StatusCode.PERMISSION_DENIED                gRPC, on a line of its own
//
// The number of an OSError is that of the system, and so differs between systems.
func pythonCode(typ, message string) string {
	first, more, _ := strings.Cut(message, "\n")
	for _, word := range [...]string{"[Errno ", "[WinError "} {
		if rest, ok := strings.CutPrefix(first, word); ok {
			if code, _, ok := strings.Cut(rest, "]"); ok {
				return pythonNumber(strings.TrimPrefix(code, "-"), code)
			}
			return ""
		}
	}
	if rest, ok := strings.CutPrefix(first, "[SSL: "); ok {
		code, _, ok := strings.Cut(rest, "]")
		if ok && isPythonName(code) {
			return code
		}
		return ""
	}
	for _, word := range [...]string{" (error code: ", " WebSocket closed with "} {
		if before, rest, ok := strings.Cut(first, word); ok && (word[1] == 'W' || hasShape(before, "000 ")) {
			return pythonNumber(rest, rest)
		}
	}
	for _, word := range [...]string{"Error code: ", "HTTP Error "} {
		if rest, ok := strings.CutPrefix(first, word); ok {
			return pythonNumber(rest, rest)
		}
	}
	if strings.HasSuffix(first, " RPC that terminated with:") {
		for line := range strings.SplitSeq(more, "\n") {
			code, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "status = StatusCode.")
			if ok && isPythonName(code) {
				return code
			}
		}
		return ""
	}
	if rest, ok := strings.CutPrefix(first, "An error occurred ("); ok {
		code, after, _ := strings.Cut(rest, ")")
		if strings.HasPrefix(after, " when calling the ") {
			return code
		}
	}
	number, rest, _ := strings.Cut(first, " ")
	if strings.HasPrefix(rest, "Client Error: ") || strings.HasPrefix(rest, "Server Error: ") || strings.HasPrefix(typ, "google.api_core.exceptions.") {
		if n, ok := txt.ParseCount(number); ok && 100 <= n && n < 600 {
			return number
		}
	}
	return ""
}

// pythonNumber returns as much of code as the digits that digits begins with, its end, or "" if they
// are none.
func pythonNumber(digits, code string) string {
	n := 0
	for n < len(digits) && '0' <= digits[n] && digits[n] <= '9' {
		n++
	}
	if n == 0 {
		return ""
	}
	return code[:len(code)-len(digits)+n]
}
