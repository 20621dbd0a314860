package sourcemap

import (
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/jsscan"
)

// named is what is known of the function of a frame.
type named struct {
	name, owner string
	known       bool // the map tells; name may be "" all the same
	top         bool // it is no function but the body of a script or module
	constructor bool
	index       int // of the function in the source's table, if there is one; -1
}

// function returns the function of the original that a frame is in.
//
// Callee is the function of the frame before, if that is of the same source; -1 otherwise.
func (m *Map) function(h hit, f *stacktrace.Frame, callee int) named {
	table := m.functions(h.source)
	switch {
	case table == noFunctions:
		return named{index: -1}
	case table.metro != nil:
		return table.metroFunction(h.place())
	}
	at := h.place()
	i := table.innermost(at)
	if h.inexact && table.beginsOn(at.line) {
		// The segment is that of code before the position. Where a function begins behind it on the line, and the engine
		// knows its name, the position is in that one: bundlers that do not minify have one segment for a statement.
		if j := table.namedFrom(at, f.Func); j >= 0 {
			fn := &table.list[j]
			return fn.named(j)
		}
		if at.col == 0 { // only the line is known
			return named{index: -1}
		}
	}
	for i >= 0 && table.list[i].isEdge(at) {
		i = int(table.list[i].parent)
	}
	if f.Async {
		// Only an async function waits. A minifier that gives await no mapping leaves the position
		// to the token before it, which may be in a function that is called there.
		for j := i; j >= 0; j = int(table.list[j].parent) {
			if table.list[j].async {
				i = j
				break
			}
		}
	}
	if i >= 0 && i == callee && h.inexact && f.Engine == stacktrace.V8 && !f.Async && m.leaves(h, f, table, i) {
		// V8 points at the name that is called. Here it points behind the last token of the very function that is called,
		// where no name is: a minifier put the function in the place of its name, and what calls it is around it.
		i = int(table.list[i].parent)
	}
	if i < 0 {
		return named{known: true, top: true, index: -1}
	}
	return table.list[i].named(i)
}

// named returns what is known of a frame in the function.
func (f *function) named(index int) named {
	return named{name: f.name, owner: f.owner, known: true, constructor: f.kind == jsscan.Constructor, index: index}
}

// leaves reports whether the segment that follows the one of a frame's position is not in the function.
func (m *Map) leaves(h hit, f *stacktrace.Frame, table *functions, function int) bool {
	const nearby = 32 // columns
	for col := f.Col + 1; col <= f.Col+nearby; col++ {
		next, ok := m.lookup(f.Line, col)
		if !ok {
			return true
		}
		if next.place() != h.place() || next.source != h.source {
			return next.source != h.source || !table.isIn(next.place(), function)
		}
	}
	return false
}

// property returns the property under which the engine knows the function of a frame; "" if it does not
// tell one. Minifiers shorten the names of variables and leave properties as they are.
//
//	at Object.onClick (…)         onClick
//	at e.x [as render] (…)        render
func property(f *stacktrace.Frame) string {
	if f.Alias != "" {
		return f.Alias
	}
	i := strings.LastIndexByte(f.Func, '.')
	if i <= 0 {
		return ""
	}
	name := f.Func[i+1:]
	for j := 0; j < len(name); j++ {
		c := name[j]
		if c != '_' && c != '$' && c < 0x80 && (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9' || j == 0) {
			return ""
		}
	}
	if len(name) < 3 { // too short to be sure that it was not mangled
		return ""
	}
	return name
}
