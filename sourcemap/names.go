package sourcemap

import (
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/jsscan"
)

// named is what is known of the function of a frame.
type named struct {
	name, owner, caller string
	known               bool // the map tells; name may be "" all the same
	top                 bool // it is no function but the body of a script or module
	constructor         bool
}

// function returns the function of the original that a frame is in.
func (m *Map) function(h hit, f *stacktrace.Frame) named {
	table := m.functions(h.source)
	switch {
	case table == noFunctions:
		return named{}
	case table.metro != nil:
		return table.metroFunction(h.place())
	}
	at := h.place()
	i := table.innermost(at)
	if i >= 0 && table.list[i].isClosing(at) {
		// Minifiers map the call of a function that they inlined to its closing brace: a call is never there.
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
	if i < 0 {
		return named{known: true, top: true}
	}
	fn := &table.list[i]
	return named{name: fn.name, owner: fn.owner, known: true, constructor: fn.kind == jsscan.Constructor}
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
