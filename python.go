package stacktrace

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
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
type pythonKind int

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

// pythonLine is a line of a text that may hold tracebacks.
type pythonLine struct {
	raw    string // as it stands
	text   string // without colours, the margin of a group, and blanks at its end
	indent int    // the number of blanks before the text's content
	kind   pythonKind
	depth  int  // how many groups the line is within; that of a ruler is the depth of what it parts
	margin bool // the line stands behind a group's margin
}

func (l *pythonLine) body() string { return l.text[l.indent:] }

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
// than that a traceback begins, or how tracebacks are connected, are of no part of the Trace; lines
// of source and the carets below them are unparsed.
//
// The last traceback of a chain is the Trace, and the one before it is its Cause, whether it was the
// direct cause or was being handled. Of several that are not connected the first is read and the
// others are unparsed. faulthandler prints the newest call first, and the stacks of several threads:
// the current one is read.
//
// A line's indentation counts where it is that of a traceback; without it, the exception is the
// first line behind the last call that has an exception's name, or is not the call's source.
func readPython(lines textLines) (*parsed, bool) {
	r := pythonReader{}
	if !r.take(lines) {
		return nil, false
	}
	p := new(parsed)
	if !r.readWhole(p) {
		return nil, false
	}
	return p, true
}

// mayBePython reports whether text holds words that one of Python's lines does, which colours may
// part.
func mayBePython(text string) bool {
	return strings.Contains(text, ", line ") || strings.Contains(text, "(most recent call ") || strings.IndexByte(text, ansi.Escape) >= 0 ||
		strings.Contains(text, "+-+-----")
}

type pythonReader struct {
	lines []pythonLine
	next  []int // the first line from here on that is neither empty nor other; len(lines) if there is none
}

// take classifies the lines. It reports false if none of them is one of a traceback.
func (r *pythonReader) take(lines textLines) bool {
	found := lines.contains(func(l textLine) bool {
		return strings.HasSuffix(l.body, pythonHeader) || pythonKindOf(strings.TrimLeft(l.body, "| ")) == pythonEntry || strings.HasPrefix(l.body, "+-+-----")
	})
	if !found {
		return false
	}
	r.lines = make([]pythonLine, lines.len())
	r.next = make([]int, lines.len()+1)
	margins := pythonMargins{}
	margins.look(lines)
	for i, l := range lines.all() {
		p := &r.lines[i]
		*p = pythonLine{raw: l.raw, text: l.own, indent: l.indent}
		margins.cut(p, l, i)
		if p.kind != pythonRuler {
			p.kind = pythonKindOf(p.body())
		}
	}
	r.next[lines.len()] = lines.len()
	for i := lines.len() - 1; i >= 0; i-- {
		p := &r.lines[i]
		if p.kind == pythonPrefixStart {
			p.kind = pythonOther
			if i+1 < lines.len() && r.lines[i+1].kind == pythonEntry {
				p.kind = pythonStart
			}
		}
		r.next[i] = r.next[i+1]
		if p.kind != pythonOther && p.kind != pythonBlank {
			r.next[i] = i
		}
	}
	return true
}

// pythonKindOf returns what a line is by its content alone.
func pythonKindOf(body string) pythonKind {
	if body == "" {
		return pythonBlank
	}
	switch body[0] {
	case 'F':
		if formats.Named("python").Match(body) {
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
	return parseCount(number)
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

func (m *pythonMargins) look(lines textLines) {
	for i, l := range lines.all() {
		if strings.HasPrefix(l.body, "+-+--") && isPythonRuler(l.body) {
			m.groups = true
			m.flat = i+1 < lines.len() && lines.at(i+1).indent <= l.indent && strings.HasPrefix(lines.at(i+1).body, "|")
			break
		}
		m.groups = m.groups || l.body == "+ "+pythonGroupHeader || isPythonMargined(l.body)
	}
	if !m.groups {
		return
	}
	m.goesOn = make([]bool, lines.len())
	m.indent = -1
	goesOn := false
	for i := lines.len() - 1; i >= 0; i-- {
		m.goesOn[i] = goesOn
		if l := lines.at(i); l.body != "" && (m.indent < 0 || l.indent < m.indent) {
			m.indent = l.indent
		}
		switch body := lines.at(i).body; {
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

// cut takes the margin off the line, the i-th of the text.
func (m *pythonMargins) cut(p *pythonLine, l textLine, i int) {
	switch {
	case !m.groups:
		return
	case l.body == "+ "+pythonGroupHeader:
		m.levels = m.levels[:0]
		p.text, p.indent, p.margin = l.body[len("+ "):], 0, true
	case l.body == "|" || strings.HasPrefix(l.body, "| "):
		m.leave(l.indent)
		p.text = strings.TrimPrefix(l.body[len("|"):], " ")
		p.indent = len(p.text) - len(strings.TrimLeft(p.text, " \t"))
		p.margin, p.depth = true, len(m.levels)
		if n, ok := parsePythonGroupSize(p.text); ok {
			m.said = n
		}
	case isPythonRuler(l.body) && m.rule(p, l):
	default:
		if !m.goesOn[i] || pythonKindOf(l.body) >= pythonStart {
			m.levels = m.levels[:0]
		} // else Python 3.11, which puts the margin before the first line of a message only
		around := min(m.indent, l.indent)
		p.text, p.indent, p.depth = l.own[around:], l.indent-around, len(m.levels)
	}
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
	return parseCount(rest[strings.LastIndexByte(rest, '(')+1:])
}

// leave leaves the groups that are further to the right than column.
func (m *pythonMargins) leave(column int) {
	for n := len(m.levels); n > 0 && !m.flat && m.levels[n-1].column > column; n-- {
		m.levels = m.levels[:n-1]
	}
}

// rule reads a ruler. It reports false for one that is out of place.
func (m *pythonMargins) rule(p *pythonLine, l textLine) bool {
	m.leave(l.indent)
	title := strings.Trim(l.body, "+-")
	switch {
	case strings.HasPrefix(l.body, "+-+"):
		if len(m.levels) == maxPythonGroups {
			return false
		}
		m.levels = append(m.levels, pythonLevel{l.indent + len("+-"), 1, m.said})
		m.said = 0
	case len(m.levels) == 0 && title == "":
		return false
	case len(m.levels) == 0:
		m.levels = append(m.levels, pythonLevel{column: l.indent}) // the first ruler is gone
	case title != "":
		n, ok := parseCount(strings.Trim(title, " "))
		for i := len(m.levels) - 1; i >= 0 && ok && m.flat; i-- {
			if m.levels[i].count == n-1 {
				m.levels = m.levels[:i+1]
				break
			}
		}
		m.levels[len(m.levels)-1].count++
	default:
		p.kind, p.depth = pythonRuler, len(m.levels)
		m.levels = m.levels[:len(m.levels)-1]
		for n := len(m.levels); n > 0 && m.flat && m.levels[n-1].count == m.levels[n-1].total; n-- {
			m.levels = m.levels[:n-1]
		}
		return true
	}
	p.kind, p.depth = pythonRuler, len(m.levels)
	return true
}

// pythonTrace is a traceback, or an exception that was printed without one, and where it stands.
type pythonTrace struct {
	trace    *Trace
	from, to int
	first    bool // the newest call comes first
	own      int  // the number of unparsed lines before the exception's
	header   int  // the exception's line; -1 if there is none
	message  int  // where the message ends
}

// readWhole reads all lines into p. It reports false if there is no traceback among them.
func (r *pythonReader) readWhole(p *parsed) bool {
	chain := r.readChain(0, len(r.lines), 0)
	if len(chain) == 0 {
		return false
	}
	last := chain[len(chain)-1]
	from, to := chain[0].from, last.to
	header, headerEnd := last.header, last.message
	if header < 0 {
		if at, ok := r.findTitle(from, last); ok {
			header, headerEnd = at, at+1
		}
	}
	own := last.trace.Unparsed
	p.Trace = *last.trace
	p.Unparsed = nil
	for i := range from {
		if i != header {
			p.Unparsed = addLine(p.Unparsed, r.lines[i].raw)
		} else {
			p.before = len(p.Unparsed)
		}
	}
	if header >= from {
		p.before = len(p.Unparsed) + last.own
	}
	p.Unparsed = append(p.Unparsed, own...)
	for i := to; i < len(r.lines); i++ {
		p.Unparsed = addLine(p.Unparsed, r.lines[i].raw)
	}
	for n := len(p.Unparsed); n > 0 && strings.Trim(ansi.Strip(p.Unparsed[n-1]), " \t\r") == ""; n-- {
		p.Unparsed = p.Unparsed[:n-1]
	}
	p.before = min(p.before, len(p.Unparsed))
	if header >= 0 {
		var b strings.Builder
		for i := header; i < headerEnd; i++ {
			b.WriteString(r.lines[i].raw)
			b.WriteByte('\n')
		}
		p.header = b.String()
	} else {
		p.before = len(p.Unparsed)
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
func (r *pythonReader) findTitle(from int, t pythonTrace) (at int, ok bool) {
	if t.first {
		for i := range from {
			for _, title := range [...]string{"Fatal Python error", "Windows fatal exception"} {
				if message, ok := strings.CutPrefix(r.lines[i].body(), title+": "); ok {
					t.trace.Type, t.trace.Message = r.lines[i].body()[:len(title)], message
					return i, true
				}
			}
		}
		return 0, false
	}
	if from == 0 {
		return 0, false
	}
	if body, ok := strings.CutPrefix(r.lines[from-1].body(), "[ERROR] "); ok {
		if typ, message, ok := parsePythonException(body); ok {
			t.trace.Type, t.trace.Message = typ, message
			t.trace.Code = pythonCode(typ, message)
			return from - 1, true
		}
	}
	return 0, false
}

// readChain reads the tracebacks among lines[from:to], which are within depth groups, and returns
// the chain that counts, causes first: the first one with a call, or else the first one.
func (r *pythonReader) readChain(from, to, depth int) []pythonTrace {
	var best, chain []pythonTrace
	current := false // best is that of the current thread
	finish := func() {
		if len(chain) == 0 {
			return
		}
		last := &chain[len(chain)-1]
		isCurrent := last.first && strings.HasPrefix(r.lines[last.from].body(), "Current thread ")
		switch {
		case len(best) == 0,
			len(best[len(best)-1].trace.Frames) == 0 && len(last.trace.Frames) > 0,
			best[len(best)-1].first && isCurrent && !current && len(last.trace.Frames) > 0:
			best, current = chain, isCurrent
		}
		chain = nil
	}
	chained := false // the line before leads from the last exception to the next
	for i := from; i < to; {
		l := &r.lines[i]
		t, ok := pythonTrace{}, false
		next := i + 1
		switch {
		case l.kind == pythonRuler && l.depth == depth+1:
			t, ok = r.readCutGroup(i, to, depth)
			next = t.to
		case l.depth > depth || l.kind == pythonRuler:
		case l.kind == pythonBlank:
			i++
			continue
		case l.kind == pythonChained:
			chained = len(chain) > 0
			i++
			continue
		case l.kind == pythonStart, l.kind == pythonStartFirst, l.kind == pythonEntry:
			t, ok = r.readTrace(i, to, depth)
		case l.kind == pythonOther && r.isAlone(i, from, to, depth, chained):
			t, ok = r.readAlone(i, to, depth)
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
		chain = append(chain, t)
		chained = false
		i = t.to
		if best != nil && !t.first && len(best[len(best)-1].trace.Frames) > 0 {
			break // only the current thread may still count for more, and this is no thread
		}
	}
	finish()
	return r.link(best)
}

// link makes each trace the cause of the one after it.
func (r *pythonReader) link(chain []pythonTrace) []pythonTrace {
	chain = chain[max(len(chain)-maxPythonChain, 0):]
	for i := 1; i < len(chain); i++ {
		cause := chain[i].trace
		for cause.Cause != nil {
			cause = cause.Cause
		}
		cause.Cause = chain[i-1].trace
	}
	return chain
}

// isAlone reports whether a line is an exception that was never raised, and so has no traceback.
func (r *pythonReader) isAlone(i, from, to, depth int, chained bool) bool {
	l := &r.lines[i]
	typ, message, ok := parsePythonException(l.body())
	if !ok {
		return false
	}
	if message == "" && i+1 < to && r.lines[i+1].body() == pythonQuote {
		return true
	}
	next := r.next[i]
	switch {
	case chained:
		return true
	case next < to && r.lines[next].kind == pythonChained:
		return isPythonErrorName(typ)
	case next < to && r.lines[next].kind == pythonRuler && r.lines[next].depth > depth:
		return l.margin
	}
	return depth > 0 && i == from
}

// readAlone reads an exception without traceback.
func (r *pythonReader) readAlone(i, to, depth int) (pythonTrace, bool) {
	t := pythonTrace{trace: new(Trace), from: i, header: -1}
	r.readException(&t, i, to, depth)
	return t, true
}

// readCutGroup reads the exceptions of a group whose own was cut off.
func (r *pythonReader) readCutGroup(i, to, depth int) (pythonTrace, bool) {
	t := pythonTrace{trace: new(Trace), from: i, to: i, header: -1}
	r.readGroup(&t, to, depth)
	return t, len(t.trace.Errors) > 0
}

// readTrace reads the traceback that begins at from. It reports false if it has neither a call nor an
// exception.
func (r *pythonReader) readTrace(from, to, depth int) (pythonTrace, bool) {
	t := pythonTrace{trace: new(Trace), from: from, header: -1}
	start := &r.lines[from]
	t.first = start.kind == pythonStartFirst || start.kind == pythonEntry && isFaultEntry(start.body())
	i := from
	if start.kind != pythonEntry {
		if body := start.body(); body != pythonHeader && body != pythonGroupHeader && body != pythonStackHeader {
			t.trace.Unparsed = addLine(t.trace.Unparsed, start.raw)
		}
		i++
	}
	exception := -1
	entry := -1       // the last one
	indented := false // the indentation tells the lines apart
	gap := -1         // the first of the empty lines before this one
	sourced := true   // the source of the last entry has been there
scan:
	for ; i < to; i++ {
		l := &r.lines[i]
		if l.depth != depth {
			break
		}
		switch l.kind {
		case pythonEntry:
			if entry < 0 {
				indented = start.kind != pythonEntry && l.indent > start.indent
			}
			n := len(t.trace.Frames)
			t.trace.Frames = withRoom(t.trace.Frames, 1)[:n+1]
			f := &t.trace.Frames[n]
			formats.Named("python").Read((*formats.Frame)(f), l.body())
			f.Text = l.raw
			entry, gap, sourced = i, -1, false
		case pythonRepeated:
			n, _ := parsePythonRepeated(l.body())
			if len(t.trace.Frames) == 0 || t.trace.Frames[len(t.trace.Frames)-1].Skipped > 0 || n == 0 {
				t.trace.Unparsed = addLine(t.trace.Unparsed, l.raw)
			} else {
				t.trace.Frames[len(t.trace.Frames)-1].Skipped = n
			}
			gap = -1
		case pythonBlank:
			if gap < 0 {
				gap = i
			}
			if entry < 0 && (r.next[i] >= to || r.lines[r.next[i]].kind != pythonEntry) {
				break scan
			}
		case pythonOther:
			if t.first {
				break scan
			}
			if entry >= 0 && l.indent > r.lines[entry].indent && (indented || i == entry+1) {
				indented, sourced, gap = true, true, -1
				t.trace.Unparsed = addLine(t.trace.Unparsed, l.raw)
				continue
			}
			source := 0
			exception, source = r.findException(i, to, gap >= 0, indented, sourced, entry >= 0)
			if exception < 0 && source == i {
				break scan
			}
			for ; i < source; i++ {
				t.trace.Unparsed = addLine(t.trace.Unparsed, r.lines[i].raw)
			}
			if exception >= 0 {
				break scan
			}
			i--
			sourced, gap = true, -1
		default:
			if i > from {
				break scan
			}
		}
	}
	t.to = i
	if gap >= 0 {
		t.to = gap
	}
	if exception >= 0 {
		r.readException(&t, exception, to, depth)
	}
	if len(t.trace.Frames) > 0 {
		t.trace.Engine = "python"
	}
	if !t.first {
		slices.Reverse(t.trace.Frames)
	}
	return t, len(t.trace.Frames) > 0 || exception >= 0
}

// isFaultEntry reports whether an entry lacks the comma before "in", as faulthandler's do.
func isFaultEntry(body string) bool {
	f := Frame{}
	formats.Named("python").Read((*formats.Frame)(&f), body)
	before, _ := strings.CutSuffix(body, f.Func)
	return f.Func != "" && !strings.HasSuffix(before, ", in ")
}

// findException looks for the exception from lines[i] on, which is the first line behind a call that
// the indentation does not show to be its source. Before end are lines of source; the exception
// follows them if there is one, else it is -1.
func (r *pythonReader) findException(i, to int, gap, indented, sourced, called bool) (exception, end int) {
	typ, _, ok := parsePythonException(r.lines[i].body())
	if ok && (indented && !gap || isPythonErrorName(typ)) {
		return i, i
	}
	if !called || indented || gap && sourced {
		return -1, i
	}
	stop := min(r.next[i], to)
	if stop < to && (r.lines[stop].kind == pythonEntry || r.lines[stop].kind == pythonRepeated) {
		return -1, stop // with empty lines between the lines, perhaps
	}
	if gap {
		if i+1 == to || r.lines[i+1].kind == pythonBlank {
			return -1, i + 1
		}
		return -1, i
	}
	other := -1
	for end = i; end < stop && r.lines[end].kind == pythonOther; end++ {
		typ, _, ok := parsePythonException(r.lines[end].body())
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

// readException reads the exception on lines[i], its message, and the exceptions of a group.
func (r *pythonReader) readException(t *pythonTrace, i, to, depth int) {
	l := &r.lines[i]
	typ, message, _ := parsePythonException(l.body())
	t.header, t.own = i, len(t.trace.Unparsed)
	t.trace.Type = typ
	end := r.messageEnd(i+1, to, depth)
	if message == "" && i+1 < to && r.lines[i+1].body() == pythonQuote && r.readQuoted(t, i+1, to, depth) {
		return
	}
	if end > i+1 {
		var b strings.Builder
		b.WriteString(message)
		for j := i + 1; j < end; j++ {
			b.WriteByte('\n')
			text := r.lines[j].text
			b.WriteString(text[min(l.indent, r.lines[j].indent):])
		}
		message = b.String()
	}
	t.trace.Message = message
	t.trace.Code = pythonCode(typ, message)
	t.message, t.to = end, end
	r.readGroup(t, to, depth)
}

// messageEnd returns where the message ends that goes on at lines[i].
func (r *pythonReader) messageEnd(i, to, depth int) int {
	end := min(r.next[i], to)
	closed := depth > 0
	if end < to {
		kind := r.lines[end].kind
		closed = kind == pythonChained || kind == pythonRuler
	}
	if closed {
		for end > i && r.lines[end-1].kind == pythonBlank {
			end--
		}
		return end
	}
	for j := i; j < end; j++ {
		if r.lines[j].kind == pythonBlank || isLogLine(r.lines[j].body()) {
			return j
		}
	}
	return end
}

// readQuoted reads the traceback of another process, which is all of the message:
//
//	multiprocessing.pool.RemoteTraceback:
//	"""
//	Traceback (most recent call last):
//	  File "/app/pool.py", line 2, in f
//	ZeroDivisionError: division by zero
//	"""
//
// It becomes the cause.
func (r *pythonReader) readQuoted(t *pythonTrace, open, to, depth int) bool {
	for i := open + 1; i < to && r.lines[i].depth == depth; i++ {
		if r.lines[i].body() != pythonQuote {
			continue
		}
		chain := r.readChain(open+1, i, depth)
		if len(chain) == 0 {
			return false
		}
		t.trace.Cause = r.takeRest(chain, open+1, i)
		t.message, t.to = open, i+1
		return true
	}
	return false
}

// takeRest returns the last trace of a chain, with those of lines[from:to] that are not in the chain.
func (r *pythonReader) takeRest(chain []pythonTrace, from, to int) *Trace {
	last := chain[len(chain)-1]
	for i := from; i < to; i++ {
		if i >= chain[0].from && i < last.to {
			i = last.to - 1
		} else if r.lines[i].kind != pythonBlank {
			last.trace.Unparsed = addLine(last.trace.Unparsed, r.lines[i].raw)
		}
	}
	return last.trace
}

// readGroup reads the exceptions of the group whose own exception ends at t.to.
func (r *pythonReader) readGroup(t *pythonTrace, to, depth int) {
	i := t.to
	for i < to && r.lines[i].kind == pythonBlank {
		i++
	}
	if i == to || r.lines[i].kind != pythonRuler || r.lines[i].depth != depth+1 {
		return
	}
	for i < to && r.lines[i].kind == pythonRuler && r.lines[i].depth == depth+1 {
		from := i + 1
		for i = from; i < to && r.lines[i].depth > depth && (r.lines[i].kind != pythonRuler || r.lines[i].depth > depth+1); i++ {
		}
		if chain := r.readChain(from, i, depth+1); len(chain) > 0 {
			t.trace.Errors = append(t.trace.Errors, r.takeRest(chain, from, i))
			continue
		}
		for j := from; j < i; j++ { // "and 2 more exceptions"
			t.trace.Unparsed = addLine(t.trace.Unparsed, r.lines[j].raw)
		}
	}
	t.to = i
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
		case c >= 0x80, c == '_', isUpper(c &^ 0x20):
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
	return len(name) < len(typ) && isUpper(name[0]) && !strings.HasPrefix(typ, "self.")
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
		if n, ok := parseCount(number); ok && 100 <= n && n < 600 {
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
