package sourcemap

import (
	"context"
	"errors"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Status says what [Apply] made of a frame.
type Status byte

const (
	Mapped     Status = iota // the frame has the original's file, position and function
	NoPosition               // the frame tells no position in a script: native code, WebAssembly, eval'd code without a name
	NotFound                 // the resolver knows no map of the script
	Failed                   // the resolver failed, or what it found is not a source map: see FrameResult.Err
	Unmapped                 // the map has no original for the position: code that a tool added
)

// String returns a few words for a person.
func (s Status) String() string {
	switch s {
	case Mapped:
		return "mapped"
	case NoPosition:
		return "no position in a script"
	case NotFound:
		return "no map"
	case Failed:
		return "the map could not be read"
	case Unmapped:
		return "the map has no original for the position"
	}
	return ""
}

// Result is what [Apply] made of a trace.
type Result struct {
	// Trace is a copy of the trace that shares no memory with it, with the frames that could be mapped
	// as they are in the original. The others are as they were.
	Trace *stacktrace.Trace

	// Traces tell of the frames of Trace and of each error within it, in the order of
	// [stacktrace.Trace.All].
	Traces []TraceResult
}

// TraceResult tells of the frames of one error.
type TraceResult struct {
	Trace  *stacktrace.Trace
	Frames []FrameResult // one for each of Trace.Frames
}

// FrameResult tells what became of a frame.
type FrameResult struct {
	Status Status

	// Err is why a map could not be read, for Failed and NotFound.
	Err error

	// Position is where the code is in the original, if Status is Mapped. Its Name is the identifier
	// there, not that of the function.
	Position Position

	// Owner is the class that the function is a member of. "" if it is of none, or the map does not tell.
	Owner string

	// Caller is the function that the function of the frame was made part of by a minifier, if the map tells by
	// its scopes. Engines see one call where the original has two.
	Caller string

	m       *Map
	source  int
	resumed bool // the frame repeats the one before it
	index   int  // of its function among those of the source; -1 if it is not known
}

// Mapped reports how many of all frames were mapped.
func (r Result) Mapped() (mapped, all int) {
	for _, t := range r.Traces {
		for _, f := range t.Frames {
			all++
			if f.Status == Mapped {
				mapped++
			}
		}
	}
	return mapped, all
}

// Ignored reports whether the frame of that index, of the error itself and none within it, is of a source
// in its map's ignore list: of a dependency, not of the application. It is meant for
// [github.com/stacktrace-go/stacktrace/normalize.AppCode].
func (r Result) Ignored(frame int) bool {
	if len(r.Traces) == 0 || frame < 0 || frame >= len(r.Traces[0].Frames) {
		return false
	}
	return r.Traces[0].Frames[frame].Position.Ignored
}

// Apply looks up the frames of a trace, and of the errors within it, in the maps that the resolver finds,
// and returns a copy of the trace with the originals in their place: File as the map names it, Line and Col,
// and in Func the name of the function that the position is in, by what the map tells:
//
//   - its scopes, as the proposal to ECMA-426 has them
//   - the text of the source that it contains, which is searched for functions
//   - the function maps of Metro
//
// Where it does not tell, Func is the property under which the engine knows the function, since minifiers
// leave properties as they are, or "": no name is better than a minified or a wrong one. Text stays the line
// that the engine wrote. Columns are 1-based before and after; a Hermes frame's bytecode offset is looked up
// as it is.
//
// WebKit shows an async function that it resumes twice, the second time at the place behind its closing brace, which
// maps to the next function. Such a frame gets the function of the one before it.
//
// The resolver is asked once for each script. That ctx ends is an error of each frame that was not looked
// up by then.
func Apply(ctx context.Context, t *stacktrace.Trace, r Resolver) Result {
	result := Result{Trace: t.Clone()}
	a := applier{ctx: ctx, resolver: r}
	for e := range result.Trace.All() {
		results := make([]FrameResult, len(e.Frames))
		hits := make([]hit, len(e.Frames))
		for i := range e.Frames {
			results[i], hits[i] = a.lookup(e.Frames, i)
		}
		for i := range e.Frames {
			if results[i].Status == Mapped {
				a.replace(e.Frames, results, hits, i)
			}
		}
		result.Traces = append(result.Traces, TraceResult{e, results})
	}
	return result
}

// applier maps the frames of one trace.
type applier struct {
	ctx      context.Context
	resolver Resolver
	files    []string // that were asked for
	answers  []answer
}

type answer struct {
	m   *Map
	err error
}

// resolve returns the map of a frame's script.
func (a *applier) resolve(f stacktrace.Frame) (*Map, error) {
	for i, file := range a.files {
		if file == f.File {
			return a.answers[i].m, a.answers[i].err
		}
	}
	m, err := (*Map)(nil), a.ctx.Err()
	if err == nil {
		m, err = a.resolver.Map(a.ctx, f)
		if err == nil && m == nil {
			err = ErrNotFound
		}
	}
	a.files, a.answers = append(a.files, f.File), append(a.answers, answer{m, err})
	return m, err
}

// position returns where in its script a frame is, 1-based. It reports false if the frame does not tell.
func position(f *stacktrace.Frame) (line, col int, ok bool) {
	if f.Native || f.Wasm || f.File == "" || f.Component && f.Line == 0 {
		return 0, 0, false
	}
	if segment, offset, ok := f.BytecodeAddress(); ok {
		return max(segment, 1), offset + 1, true
	}
	return f.Line, f.Col, f.Line > 0
}

// lookup returns what the map of a frame's script says of its position.
func (a *applier) lookup(frames []stacktrace.Frame, i int) (FrameResult, hit) {
	f := &frames[i]
	line, col, ok := position(f)
	if !ok {
		return FrameResult{Status: NoPosition}, hit{}
	}
	m, err := a.resolve(*f)
	switch {
	case errors.Is(err, ErrNotFound):
		return FrameResult{Status: NotFound, Err: err}, hit{}
	case err != nil:
		return FrameResult{Status: Failed, Err: err}, hit{}
	}
	h, ok := m.lookup(line, col)
	resumed := false
	if repeats(frames, i) {
		if first, is := m.resumed(frames[i-1], h, ok, line, col); is {
			h, ok, resumed = first, true, true
		}
	}
	if !ok || m.sources[h.source].name == "" {
		return FrameResult{Status: Unmapped}, hit{}
	}
	return FrameResult{Status: Mapped, Position: m.position(h), m: m, source: h.source, resumed: resumed, index: -1}, h
}

// repeats reports whether a frame may be the second that WebKit shows of a resumed async function: the
// one before it has the same name and script.
func repeats(frames []stacktrace.Frame, i int) bool {
	if i == 0 {
		return false
	}
	f, before := &frames[i], &frames[i-1]
	if f.Func != before.Func || f.File != before.File || f.Col < 2 || f.Engine == stacktrace.SpiderMonkey || strings.HasPrefix(strings.TrimSpace(f.Text), "at ") {
		return false
	}
	if f.Func != "" {
		return true
	}
	// A function without a name that is called where it is written: the call is behind its closing brace too.
	if i+1 == len(frames) {
		return false
	}
	after := &frames[i+1]
	return after.File == f.File && after.Line == f.Line && after.Col == f.Col
}

// resumed returns what a position maps to that is the place behind the closing brace of the function that
// the frame before is in: the place before it is in that function, and it itself is not. It reports false
// for any other position.
func (m *Map) resumed(before stacktrace.Frame, h hit, ok bool, line, col int) (hit, bool) {
	first, found := m.lookup(before.Line, before.Col)
	if !found {
		return h, false
	}
	table := m.functions(first.source)
	function := table.innermost(first.place())
	if function < 0 {
		return h, false
	}
	if ok && h.source == first.source && table.isIn(h.place(), function) {
		return h, table.list[function].isClosing(h.place())
	}
	inside, found := m.lookup(line, col-1)
	switch {
	case !found:
		return first, !ok // the closing brace has no mapping either
	case inside.source == first.source && table.isIn(inside.place(), function):
		return inside, true
	}
	return h, false
}

// place returns the position in the original.
func (h hit) place() place { return place{uint32(h.line), uint32(h.col)} }

// isIn reports whether a place is in a function, or in one within it.
func (t *functions) isIn(at place, function int) bool {
	f := &t.list[function]
	return !at.less(f.start) && at.less(f.end)
}

// replace puts the original in a frame's place.
func (a *applier) replace(frames []stacktrace.Frame, results []FrameResult, hits []hit, i int) {
	f, r := &frames[i], &results[i]
	if r.resumed {
		f.Func, f.TopLevel, r.Owner, r.index = frames[i-1].Func, frames[i-1].TopLevel, results[i-1].Owner, results[i-1].index
		f.File, f.Line, f.Col = r.Position.Source, r.Position.Line, r.Position.Col
		return
	}
	callee := -1
	if i > 0 && results[i-1].m == r.m && results[i-1].source == r.source && results[i-1].Status == Mapped {
		callee = results[i-1].index
	}
	name := r.m.function(hits[i], f, callee)
	if !name.known {
		name.name = property(f)
	}
	r.Owner, r.index = name.owner, name.index
	if scopes := r.m.scopes(); scopes != nil {
		if line, col, ok := position(f); ok {
			r.Caller = scopes.caller(place{uint32(line - 1), uint32(max(col-1, 0))})
		}
	}
	f.Func, f.TopLevel = name.name, name.top
	f.Constructor = f.Constructor || name.constructor
	f.Alias, f.Origin, f.Eval = "", "", false
	f.File, f.Line, f.Col = r.Position.Source, r.Position.Line, r.Position.Col
	f.Index, f.Offset = 0, 0
}
