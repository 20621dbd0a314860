package sourcemap

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/jsscan"
)

// functions are those of a source, in the order of where they begin.
type functions struct {
	list  []function
	metro []metroFunction // instead, if the map has a function map for the source
	size  int             // in bytes
}

// function is a function of a source. It is from start up to, and without, end.
type function struct {
	name, owner string
	start, end  place // from 0, columns in UTF-16 units
	parent      int32
	kind        jsscan.Kind
	block       bool // it ends with a brace
	async       bool
}

// noFunctions is the table of a source whose text the map does not contain.
var noFunctions = &functions{}

// functions returns the functions of a source. They are found when a source is asked for first, and
// kept. It returns noFunctions if the map does not contain its text.
func (m *Map) functions(source int) *functions {
	if scopes := m.scopes(); scopes != nil {
		if t := scopes.functions[source]; t != nil {
			return t
		}
	}
	s := &m.sources[source]
	if m.tables == nil || s.content.end == 0 && s.metro.end == 0 {
		return noFunctions
	}
	if t := m.tables[source].Load(); t != nil {
		return t
	}
	t := readMetro(s.metro.of(m.data))
	if t == nil {
		text, ok := m.content(source)
		if !ok {
			t = noFunctions
		} else {
			t = findFunctions(text, s.name)
		}
	}
	if m.tables[source].CompareAndSwap(nil, t) {
		m.found.Add(int64(t.size))
	}
	return m.tables[source].Load()
}

// tables are the functions of each source, nil until they are asked for.
type tables []atomic.Pointer[functions]

const functionSize = 72

func findFunctions(text, name string) *functions {
	found, ok := jsscan.Scan(text, jsscan.LangOf(name))
	if !ok {
		return noFunctions
	}
	t := &functions{list: make([]function, len(found)), size: functionSize * len(found)}
	type mark struct {
		at    int
		place *place
	}
	marks := make([]mark, 0, 2*len(found))
	names := map[string]string{} // copies, so that the text is not kept
	intern := func(s string) string {
		if s == "" {
			return ""
		}
		kept, ok := names[s]
		if !ok {
			kept = strings.Clone(s)
			names[kept] = kept
			t.size += len(kept)
		}
		return kept
	}
	for i := range found {
		f, to := &found[i], &t.list[i]
		*to = function{name: intern(f.Name), owner: intern(f.Owner), parent: int32(f.Parent), kind: f.Kind, block: f.Block, async: f.Async}
		marks = append(marks, mark{f.Start, &to.start}, mark{f.End, &to.end})
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Compare(a.at, b.at) })
	w := walker{text: text}
	for _, m := range marks {
		*m.place = w.to(m.at)
	}
	return t
}

// walker turns offsets in a text, each at or behind the one before, into lines and columns.
type walker struct {
	text  string
	at    int
	place place
}

func (w *walker) to(offset int) place {
	for w.at < offset {
		// Whole lines first.
		if i := strings.IndexByte(w.text[w.at:offset], '\n'); i >= 0 {
			w.at += i + 1
			w.place = place{w.place.line + 1, 0}
			continue
		}
		piece := w.text[w.at:offset]
		w.place.col += uint32(utf16Len(piece))
		w.at = offset
	}
	return w.place
}

// utf16Len returns the length of s in UTF-16 units.
func utf16Len(s string) int {
	n := utf8.RuneCountInString(s)
	for i := 0; i < len(s); i++ {
		if s[i] >= 0xf0 {
			n++
		}
	}
	return n
}

// innermost returns the index of the innermost function that a place is in; -1 outside of all.
func (t *functions) innermost(at place) int {
	i, _ := slices.BinarySearchFunc(t.list, at, func(f function, at place) int {
		if at.less(f.start) {
			return 1
		}
		return -1
	})
	for i--; i >= 0 && !at.less(t.list[i].end); {
		i = int(t.list[i].parent)
	}
	return i
}

// isClosing reports whether a place is the brace that ends the function.
func (f *function) isClosing(at place) bool {
	return f.block && at.line == f.end.line && at.col+1 == f.end.col
}

// isEdge reports whether a place is the first token of the function, or the brace that ends it. A call
// there is not one that the function makes: where a minifier puts a function in the place of its name, or its
// body in the place of a call, these are the places that the call is mapped to.
func (f *function) isEdge(at place) bool {
	begins := at == f.start && f.kind != jsscan.Fields && f.kind != jsscan.Static
	return begins || f.isClosing(at)
}

// beginsOn reports whether a function begins on a line.
func (t *functions) beginsOn(line uint32) bool {
	i, found := slices.BinarySearchFunc(t.list, line, func(f function, line uint32) int { return cmp.Compare(f.start.line, line) })
	return found && i < len(t.list)
}

// maxOnLine is how many functions of a line are looked at.
const maxOnLine = 1000

// namedFrom returns the index of the innermost function of that name that begins at a place or behind it on
// its line; -1 if there is none. The name is an engine's: of "Object.render" the last part counts. Short names, which
// a minifier may have made, are not looked for.
func (t *functions) namedFrom(at place, name string) int {
	name = name[strings.LastIndexAny(name, "./<")+1:]
	if len(name) < 3 {
		return -1
	}
	i, _ := slices.BinarySearchFunc(t.list, at, func(f function, at place) int {
		if f.start.less(at) {
			return -1
		}
		return 1
	})
	found := -1
	for n := 0; i < len(t.list) && t.list[i].start.line == at.line && n < maxOnLine; i, n = i+1, n+1 {
		if t.list[i].name == name {
			found = i
		}
	}
	return found
}
