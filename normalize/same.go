package normalize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Comparison is what two traces have in common.
type Comparison struct {
	// Same says that the traces report the same failure.
	Same bool

	// Score is between 0, for nothing in common, and 1. It is 0.5 at least if they are the same.
	Score float64

	// Reasons tell what decided, in words.
	Reasons []string
}

// Same reports whether a and b are the same failure, seen by two engines or by one, and how much they
// have in common, between 0 and 1. Precision comes before recall: where they could be two, they are.
func Same(a, b *stacktrace.Trace, opts ...Option) (same bool, score float64) {
	c := compare(a, b, opts, false)
	return c.Same, c.Score
}

// Compare is [Same] with the reasons.
//
// The calls of both must be in the same files and lines, in the same order. What an engine cannot know
// is forgiven: JavaScriptCore and Bun drop the callers of tail calls and tell no place in eval'd code,
// V8 ends after ten frames, Chakra tells the line where a statement begins. V8, Hermes and QuickJS know
// names that are set at run time, which the others do not, and some engines name eval'd code by its
// sourceURL. Names and columns decide only where both engines know them. The messages must have one
// template, if both are known.
func Compare(a, b *stacktrace.Trace, opts ...Option) Comparison {
	return compare(a, b, opts, true)
}

// maxCompared is the number of calls that are compared.
const maxCompared = 24

// call is a frame as two traces are compared by it.
type call struct {
	*CanonicalFrame
	base   string // the file without its folders: two servers may keep it in different ones
	host   string // of an http URL, with its scheme
	line   int    // in eval'd code, where the frame has none
	col    int
	engine stacktrace.Engine
}

// callList are the calls of one trace.
type callList struct {
	calls    []call
	room     [maxCompared]call
	engine   stacktrace.Engine
	cut      bool   // there may have been more
	wasm     bool   // there is WebAssembly
	unplaced []call // calls without a place in a file
	roomFor  [4]call
}

func compare(a, b *stacktrace.Trace, opts []Option, explain bool) Comparison {
	var result Comparison
	because := func(format string, args ...any) {
		if explain {
			result.Reasons = append(result.Reasons, fmt.Sprintf(format, args...))
		}
	}
	ca, cb := Trace(a, opts...), Trace(b, opts...)
	message := compareMessages(ca, cb)
	switch message {
	case differ:
		because("the messages differ: %q, %q", ca.Message.Text, cb.Message.Text)
		return result
	case agree:
		because("the messages agree: %q", ca.Message.Text)
	}
	var la, lb callList
	la.fill(ca, a)
	lb.fill(cb, b)
	if len(la.calls) == 0 || len(lb.calls) == 0 {
		if len(la.calls) == len(lb.calls) && message == agree {
			result.Same, result.Score = true, 0.5
			because("neither has a frame in a file")
		} else {
			because("only one has a frame in a file")
		}
		return result
	}
	la.dropNamedEval(&lb)
	lb.dropNamedEval(&la)
	if !la.wasm {
		lb.dropWasm()
	}
	if !lb.wasm {
		la.dropWasm()
	}
	matches, onlyA, onlyB, clash := align(&la, &lb)
	total := matches*2 + onlyA + onlyB
	if total > 0 {
		result.Score = float64(matches*2) / float64(total)
	}
	because("%d calls agree, %d are only in the first, %d only in the second", matches, onlyA, onlyB)
	if clash != "" {
		because("%s", clash)
		result.Score = min(result.Score, 0.45)
		return result
	}
	if clash = clashOfEval(&la, &lb); clash != "" {
		because("%s", clash)
		result.Score = min(result.Score, 0.45)
		return result
	}
	if total == 0 && message == agree && slices.Equal(a.Frames, b.Frames) {
		result.Same, result.Score = true, 0.5
		because("all is eval'd code, and all of it is equal")
		return result
	}
	if onlyA == 1 && onlyB == 1 && matches >= 2 && (la.engine == stacktrace.Chakra || lb.engine == stacktrace.Chakra) && isChakra(&la, &lb) {
		onlyA, onlyB = 0, 0
		because("Chakra tells where a statement begins, and of an error where it was thrown first")
	}
	allowed := (matches + 1) / 3
	if message == agree || matches >= 2 {
		allowed = max(allowed, 1)
	}
	switch {
	case matches == 0, onlyA > 0 && onlyB > 0, onlyA+onlyB > allowed:
		result.Score = min(result.Score, 0.45)
	default:
		result.Same = true
		result.Score = max(result.Score, 0.5)
	}
	return result
}

// clashOfEval returns why the eval'd code of two traces is not the same, "" if it may be.
func clashOfEval(a, b *callList) string {
	if len(a.unplaced) != len(b.unplaced) {
		return ""
	}
	for i := range a.unplaced {
		x, y := &a.unplaced[i], &b.unplaced[i]
		switch {
		case x.File != "" && y.File != "" && x.File != y.File:
			return "one evaluates " + x.File + ", the other " + y.File
		case x.isKnown() && y.isKnown() && x.Func != y.Func:
			return "one function is " + x.Func + ", the other " + y.Func
		case x.line > 0 && y.line > 0 && max(x.line, y.line)-min(x.line, y.line) > 2 && x.Func == y.Func: // engines count the head of a Function or not
			return "eval'd code is at different lines"
		}
	}
	return ""
}

// isForgiven reports whether a call that only one trace has a place for may be one that the other has
// without: of eval'd code, or of a constructor that the source does not show.
func (l *callList) isForgiven(c *call) bool {
	unnamed := false
	for i := range l.unplaced {
		if l.unplaced[i].File != "" {
			continue
		}
		unnamed = true
		if l.unplaced[i].Func == c.Func && c.isKnown() {
			return true
		}
	}
	if !unnamed {
		return false
	}
	for i := range l.calls {
		if l.calls[i].base == c.base {
			return false
		}
	}
	return true
}

// isChakra reports whether the one call that differs may do so because of how Chakra tells places: it
// is the first, or its line precedes the other's.
func isChakra(a, b *callList) bool {
	if a.engine != stacktrace.Chakra {
		a, b = b, a
	}
	if len(a.calls) != len(b.calls) {
		return false
	}
	for i := range a.calls {
		x, y := &a.calls[i], &b.calls[i]
		if isAlike(x, y) {
			continue
		}
		return x.base == y.base && (i == 0 || len(a.calls) > 3 && x.Line < y.Line && y.Line <= x.Line+10)
	}
	return false
}

// What two headers say of each other.
type verdict int

const (
	unknown verdict = iota
	agree
	differ
)

// compareMessages compares what is known of the errors. Engines do not put the header into every stack.
func compareMessages(a, b *Canonical) verdict {
	switch {
	case a.Message.Text == "" || b.Message.Text == "":
		if a.Type != "" && b.Type != "" && a.Message.Text == b.Message.Text && a.Type == b.Type {
			return agree
		}
		return unknown
	case a.Message.Text == b.Message.Text:
		return agree
	case a.Message.Kind != "" && b.Message.Kind != "":
		if isKin(a.Message.Kind, b.Message.Kind) || a.Type == b.Type {
			return unknown // some engine has one message for both
		}
		return differ
	case a.Message.Kind != "" || b.Message.Kind != "":
		if a.Type != b.Type {
			return differ
		}
		return unknown
	}
	return differ
}

// isKin reports whether some engines have one message for both kinds.
func isKin(a, b string) bool {
	return strings.HasPrefix(a, "not-") && strings.HasPrefix(b, "not-") || a == "nullish-property" || b == "nullish-property"
}

// fill takes the calls that have a place.
func (l *callList) fill(c *Canonical, t *stacktrace.Trace) {
	l.calls, l.unplaced = l.room[:0], l.roomFor[:0]
	l.engine = t.Engine
	l.cut = len(t.Frames) >= 8
	for _, i := range c.counted {
		f := &c.All[i]
		switch {
		case f.wasm > 0:
			l.wasm = true
		case f.Code == Eval, f.File == "", f.Line == 0:
			if len(l.unplaced) < cap(l.unplaced) {
				l.unplaced = append(l.unplaced, call{CanonicalFrame: f, line: t.Frames[f.Index].Line})
			}
			continue
		}
		frame := &t.Frames[f.Index]
		next := call{CanonicalFrame: f, base: f.File[strings.LastIndexByte(f.File, '/')+1:], host: hostOf(frame.File), col: frame.Col, engine: frame.Engine}
		if n := len(l.calls); n > 0 && l.calls[n-1].isRepeated(&next) {
			continue
		}
		if len(l.calls) == maxCompared {
			l.cut = true
			break
		}
		l.calls = append(l.calls, next)
	}
}

// hostOf returns the scheme and host of an http URL, "" of anything else.
func hostOf(url string) string {
	scheme, rest := cutScheme(url)
	if scheme != "http" && scheme != "https" {
		return ""
	}
	return url[:len(url)-len(pathOf(rest))]
}

// dropNamedEval takes the places of calls in a file that is eval'd code in the other trace: whether
// its name is that of a script or from a sourceURL shows only in a page, whose scripts have URLs.
func (l *callList) dropNamedEval(other *callList) {
	kept := l.calls[:0]
	for _, c := range l.calls {
		named := false
		for i := range other.unplaced {
			o := &other.unplaced[i]
			named = named || o.Rules&RuleSourceURL != 0 && o.File == c.File
		}
		switch {
		case !named:
			kept = append(kept, c)
		case len(l.unplaced) < cap(l.unplaced):
			c.line = c.Line
			l.unplaced = append(l.unplaced, c)
		}
	}
	l.calls = kept
}

// dropWasm leaves out WebAssembly, of which the other trace tells nothing.
func (l *callList) dropWasm() {
	kept := l.calls[:0]
	for _, c := range l.calls {
		if c.CanonicalFrame.wasm == 0 {
			kept = append(kept, c)
		}
	}
	l.calls = kept
}

// isRepeated reports whether two calls, one behind the other, are one of a recursion.
func (a *call) isRepeated(b *call) bool {
	return a.Line == b.Line && a.File == b.File && a.wasm == b.wasm && !isFar(a, b)
}

// align matches the calls of a and b in order, so that most agree. It returns how many do and how many
// are left on each side, but for those beyond the end of a trace that was cut; and what contradicts
// that the two are the same.
func align(a, b *callList) (matches, onlyA, onlyB int, clash string) {
	// best[i][j] is the most matches of a.calls[i:] and b.calls[j:].
	var best [maxCompared + 1][maxCompared + 1]uint8
	for i := len(a.calls) - 1; i >= 0; i-- {
		for j := len(b.calls) - 1; j >= 0; j-- {
			most := max(best[i+1][j], best[i][j+1])
			if isAlike(&a.calls[i], &b.calls[j]) {
				most = max(most, best[i+1][j+1]+1)
			}
			best[i][j] = most
		}
	}
	i, j := 0, 0
	gapA, gapB := 0, 0
	for i < len(a.calls) && j < len(b.calls) && best[i][j] > 0 {
		x, y := &a.calls[i], &b.calls[j]
		switch {
		case isAlike(x, y) && best[i][j] == best[i+1][j+1]+1:
			if s := contradicts(x, y); s != "" && clash == "" {
				clash = s
			}
			matches++
			onlyA, onlyB = onlyA+gapA, onlyB+gapB
			gapA, gapB = 0, 0
			i++
			j++
		case best[i+1][j] >= best[i][j+1]:
			if !b.isForgiven(x) {
				gapA++
			}
			i++
		default:
			if !a.isForgiven(y) {
				gapB++
			}
			j++
		}
	}
	for ; i < len(a.calls); i++ {
		if !b.isForgiven(&a.calls[i]) {
			gapA++
		}
	}
	for ; j < len(b.calls); j++ {
		if !a.isForgiven(&b.calls[j]) {
			gapB++
		}
	}
	switch { // what is behind the end of a trace that was cut
	case gapA > 0 && gapB == 0 && b.cut, gapB > 0 && gapA == 0 && a.cut:
	default:
		onlyA, onlyB = onlyA+gapA, onlyB+gapB
	}
	return matches, onlyA, onlyB, clash
}

// isAlike reports whether two frames may be the same call.
func isAlike(a, b *call) bool {
	if a.wasm > 0 || b.wasm > 0 {
		return a.wasm == b.wasm
	}
	if a.base != b.base || a.File != b.File && a.host != "" && a.host == b.host {
		return false
	}
	if a.Line != b.Line {
		return a.isHandler() && b.isHandler() && a.Func == b.Func
	}
	return !isFar(a, b)
}

// isFar reports whether two places in one long line cannot be the same call.
func isFar(a, b *call) bool {
	if a.col == 0 || b.col == 0 {
		return false
	}
	distance := a.col - b.col
	if distance < 0 {
		distance = -distance
	}
	if distance <= 60 || max(a.col, b.col) <= 200 {
		return false
	}
	switch { // a statement may begin far before the call in it
	case a.engine == stacktrace.Chakra && b.engine != stacktrace.Chakra:
		return a.col > b.col || a.Func != TopLevel && distance > 200
	case b.engine == stacktrace.Chakra && a.engine != stacktrace.Chakra:
		return b.col > a.col || b.Func != TopLevel && distance > 200
	}
	return true
}

// contradicts returns why two frames in one place are not the same call, "" if they may be.
func contradicts(a, b *call) string {
	if a.Func == b.Func || a.isUnnamed() || b.isUnnamed() {
		return ""
	}
	if a.engine == stacktrace.Chakra || b.engine == stacktrace.Chakra { // it takes names from the source, never those set at run time
		if !a.isKnown() || !b.isKnown() || max(a.col, b.col) <= 200 {
			return ""
		}
	}
	if a.readsName() != b.readsName() && isNear(a, b) {
		return ""
	}
	if a.isKnown() && b.isKnown() || !strings.Contains(a.Func, b.Func) && !strings.Contains(b.Func, a.Func) {
		return "one function is " + a.Func + ", the other " + b.Func
	}
	return ""
}

func (f *CanonicalFrame) isUnnamed() bool { return f.Func == Anonymous || f.Func == TopLevel }

// readsName reports whether the engine reads the function's property name when it writes the stack.
// The others take the name from the source, and never know one that was set at run time.
func (c *call) readsName() bool {
	return c.engine != stacktrace.SpiderMonkey && c.engine != stacktrace.JSC && c.engine != stacktrace.Chakra
}

// isNear reports whether two places in one line, of a file that is not minified, are those of one
// call: engines point at the name that is called, or behind it.
func isNear(a, b *call) bool {
	const name = 16
	return a.col > 0 && b.col > 0 && max(a.col, b.col) <= 200 && max(a.col, b.col)-min(a.col, b.col) <= name
}
