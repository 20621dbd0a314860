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
// template and the same parameters, if both are known, and the callers that wait must be the same where both show some.
//
// In minified code, where names and places are another build's, the messages decide with the names that no minifier made.
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
	raw    string // the file as the trace has it
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
		because("the messages differ: %q, %q", ca.told(), cb.told())
		return result
	case agree:
		because("the messages agree: %q", ca.told())
	}
	if ca.minified && cb.minified && message == agree && isTold(ca, cb) && areTwoBuilds(a, b, ca, cb) {
		return compareMinified(ca, cb, result, because)
	}
	c := aligned{a: a, b: b, ca: ca, cb: cb, message: message}
	c.compare(&result, because)
	return result
}

// aligned are two traces whose calls are compared one by one.
type aligned struct {
	a, b    *stacktrace.Trace
	ca, cb  *Canonical
	la, lb  callList
	message verdict

	matches, onlyA, onlyB int
	replaced              bool // calls of one stand where the other has other calls
}

// compare fills in the result.
func (c *aligned) compare(result *Comparison, because func(format string, args ...any)) {
	la, lb := &c.la, &c.lb
	la.fill(c.ca, c.a)
	lb.fill(c.cb, c.b)
	if len(la.calls) == 0 || len(lb.calls) == 0 {
		if len(la.calls) == len(lb.calls) && c.message == agree {
			result.Same, result.Score = true, 0.5
			because("neither has a frame in a file")
		} else {
			because("only one has a frame in a file")
		}
		return
	}
	la.dropNamedEval(lb)
	lb.dropNamedEval(la)
	if !la.wasm {
		lb.dropWasm()
	}
	if !lb.wasm {
		la.dropWasm()
	}
	var clash string
	c.matches, c.onlyA, c.onlyB, c.replaced, clash = align(la, lb)
	total := c.matches*2 + c.onlyA + c.onlyB
	if total > 0 {
		result.Score = float64(c.matches*2) / float64(total)
	}
	because("%d calls agree, %d are only in the first, %d only in the second", c.matches, c.onlyA, c.onlyB)
	if clash == "" {
		clash = clashOfEval(la, lb)
	}
	if clash == "" && total == 0 && c.message == agree && slices.Equal(c.a.Frames, c.b.Frames) {
		result.Same, result.Score = true, 0.5
		because("all is eval'd code, and all of it is equal")
		return
	}
	if clash == "" {
		clash = clashOfAsync(c.a, c.b, c.ca, c.cb)
	}
	if clash != "" {
		because("%s", clash)
		result.Score = min(result.Score, 0.45)
		return
	}
	if c.areEnough(because) {
		result.Same, result.Score = true, max(result.Score, 0.5)
	} else {
		result.Score = min(result.Score, 0.45)
	}
}

// areEnough reports whether so many calls agree that the others may be those that an engine does not show.
func (c *aligned) areEnough(because func(format string, args ...any)) bool {
	if c.onlyA == 1 && c.onlyB == 1 && c.matches >= 2 && (c.la.engine == stacktrace.Chakra || c.lb.engine == stacktrace.Chakra) && isChakra(&c.la, &c.lb) {
		c.onlyA, c.onlyB = 0, 0
		because("Chakra tells where a statement begins, and of an error where it was thrown first")
	}
	if c.onlyA > 0 && c.onlyB > 0 { // one gap on either side
		if c.message == agree && c.matches >= 3 && c.onlyA == 1 && c.onlyB == 1 && !c.replaced {
			return true
		}
		because("each has calls that the other lacks")
		return false
	}
	allowed := (c.matches + 1) / 3
	if c.message == agree || c.matches >= 2 {
		allowed = max(allowed, 1)
	}
	return c.matches > 0 && c.onlyA+c.onlyB <= allowed
}

// told returns what the error says, with the parameters of its message that count.
func (c *Canonical) told() string {
	text := c.Message.Text
	for _, p := range c.Message.Params {
		if c.Message.counts(p) {
			text += ", " + p.Name + " " + p.Value
		}
	}
	return text
}

// isTold reports whether two messages that agree tell enough to take the errors of two builds for one: words
// of the program, or a parameter that both have.
func isTold(a, b *Canonical) bool {
	ma, mb := &a.Message, &b.Message
	if ma.Kind == "" {
		return ma.Text != ""
	}
	n := 0
	for _, p := range ma.Params {
		if ma.counts(p) {
			n++
			if mb.Param(p.Name) != p.Value {
				return false
			}
		}
	}
	for _, p := range mb.Params {
		if mb.counts(p) {
			n--
		}
	}
	return n == 0
}

// areTwoBuilds reports whether two traces of minified code are of two builds, as far as their files tell: a file has
// another hash or query. Of the bundles of React Native nobody can tell, and they are taken for two.
func areTwoBuilds(a, b *stacktrace.Trace, ca, cb *Canonical) bool {
	path := func(t *stacktrace.Trace, f *CanonicalFrame) string { return scriptPath(t.Frames[f.Index].File) }
	first := true
	for _, i := range ca.counted {
		f := &ca.All[i]
		if !f.inMinified {
			continue
		}
		bundle := canonicalFile{name: f.File}
		if bundle.isBundle() {
			return true
		}
		for _, j := range cb.counted {
			g := &cb.All[j]
			if !g.inMinified {
				continue
			}
			if f.File == g.File && path(a, f) != path(b, g) && (first || !strings.HasPrefix(f.File[strings.LastIndexByte(f.File, '/')+1:], "*")) {
				return true
			}
			first = false
		}
	}
	return false
}

// scriptPath returns the path of a script with its hash and query: what a new build changes.
func scriptPath(file string) string {
	_, rest := cutScheme(file)
	return pathOf(rest)
}

// compareMinified compares two errors of minified code whose messages agree: names, lines and columns change
// with the build, but names that no minifier made do not. The first that each has must be the same.
func compareMinified(a, b *Canonical, result Comparison, because func(format string, args ...any)) Comparison {
	because("the code is minified: names and places do not count")
	f, g := a.firstKnown(), b.firstKnown()
	if f != "" && g != "" && f != g && !a.calls(g) && !b.calls(f) {
		because("one calls %s, the other %s", f, g)
		result.Score = 0.4
		return result
	}
	result.Same, result.Score = true, 0.7
	if f != "" && f == g {
		because("both call %s", f)
		result.Score = 0.9
	}
	return result
}

// firstKnown returns the name of the first function that counts and whose name every engine knows.
func (c *Canonical) firstKnown() string {
	for _, i := range c.counted {
		if f := &c.All[i]; f.isKnown() {
			return f.Func
		}
	}
	return ""
}

// calls reports whether a function of that name is among those that count.
func (c *Canonical) calls(name string) bool {
	for _, i := range c.counted {
		if c.All[i].Func == name {
			return true
		}
	}
	return false
}

// clashOfAsync returns why the callers that wait are not the same, where both traces show some of the
// application's, "" if they may be.
func clashOfAsync(a, b *stacktrace.Trace, ca, cb *Canonical) string {
	var first string
	shown := 0
	for i := range ca.All {
		f := &ca.All[i]
		if !a.Frames[i].Async || !f.InApp || f.File == "" || f.Line == 0 {
			continue
		}
		if first == "" {
			first = f.Func
		}
		shown++
		for j := range cb.All {
			if g := &cb.All[j]; g.Line == f.Line && g.File[strings.LastIndexByte(g.File, '/')+1:] == f.File[strings.LastIndexByte(f.File, '/')+1:] {
				return ""
			}
		}
		if shown == 4 {
			break
		}
	}
	if shown == 0 {
		return ""
	}
	for j := range cb.All {
		if g := &cb.All[j]; b.Frames[j].Async && g.InApp && g.File != "" && g.Line > 0 {
			return "one is waited for by " + first + ", the other by " + g.Func
		}
	}
	return ""
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
	ma, mb := &a.Message, &b.Message
	sameType := a.Type == b.Type || a.Type == "" || b.Type == ""
	switch {
	case ma.Text == "" || mb.Text == "":
		if a.Type != "" && a.Type == b.Type && ma.Text == mb.Text {
			return agree
		}
		return unknown
	case ma.Kind == "" && mb.Kind == "":
		if ma.Text == mb.Text && sameType {
			return agree
		}
		return differ
	case ma.Kind == mb.Kind:
		if contradictingParam(ma, mb) != "" {
			return differ
		}
		return agree
	case ma.Kind != "" && mb.Kind != "":
		if isKin(ma.Kind, mb.Kind) {
			return unknown // some engine has one message for both
		}
		return differ
	}
	return differ // one is an engine's, the other a program's
}

// contradictingParam returns the name of a parameter that counts in both messages and is not the same in
// them, "" if there is none.
func contradictingParam(a, b *Template) string {
	for _, p := range a.Params {
		if !a.counts(p) {
			continue
		}
		if value := b.Param(p.Name); value != "" && value != p.Value && b.counts(Param{p.Name, value}) {
			return p.Name
		}
	}
	return ""
}

// kin are pairs of kinds between which engines differ: of one mistake in testdata/messages or testdata/captures, one
// engine's message is of the first kind and another's of the second.
var kin = [...][2]string{
	{"before-initialisation", "super-not-called"}, {"incompatible-receiver", "not-a-function"}, {"incompatible-receiver", "not-an-object"}, {"incompatible-receiver", "not-iterable"}, {"incompatible-receiver", "nullish-property"},
	{"invalid-count", "out-of-memory"}, {"invalid-length", "out-of-bounds"}, {"invalid-length", "out-of-memory"}, {"invalid-regexp", "syntax"}, {"json-syntax", "syntax"}, {"missing-argument", "not-an-object"}, {"network", "system"},
	{"not-a-constructor", "not-a-function"}, {"not-a-function", "not-iterable"}, {"not-a-function", "nullish-property"}, {"not-an-object", "nullish-property"}, {"not-an-object", "read-only"}, {"not-extensible", "read-only"}, {"not-extensible", "set-prototype"},
	{"not-iterable", "nullish-property"}, {"read-only", "set-prototype"}, {"network", "abort"}, {"network", "timeout"}, {"dynamic-import", "network"},
}

// isKin reports whether some engine has one message for both kinds.
func isKin(a, b string) bool {
	return slices.Contains(kin[:], [2]string{min(a, b), max(a, b)}) || slices.Contains(kin[:], [2]string{max(a, b), min(a, b)})
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
		next := call{CanonicalFrame: f, base: f.File[strings.LastIndexByte(f.File, '/')+1:], host: hostOf(frame.File), raw: frame.File, col: frame.Col, engine: frame.Engine}
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

// isRepeated reports whether two neighbouring calls belong to one recursion.
func (a *call) isRepeated(b *call) bool {
	return a.Line == b.Line && a.File == b.File && a.wasm == b.wasm && !isFar(a, b)
}

// align matches the calls of a and b in order, so that most agree. It returns how many do and how many
// are left on each side, but for those beyond the end of a trace that was cut; and what contradicts
// that the two are the same. Replaced says that calls of one stand where the other has other calls.
func align(a, b *callList) (matches, onlyA, onlyB int, replaced bool, clash string) {
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
			replaced = replaced || gapA > 0 && gapB > 0
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
	replaced = replaced || gapA > 0 && gapB > 0
	switch { // what is behind the end of a trace that was cut
	case gapA > 0 && gapB == 0 && b.cut, gapB > 0 && gapA == 0 && a.cut:
	default:
		onlyA, onlyB = onlyA+gapA, onlyB+gapB
	}
	return matches, onlyA, onlyB, replaced, clash
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
	if a.Func == b.Func || a.isUnnamed() || b.isUnnamed() || a.Minified && b.Minified && scriptPath(a.raw) != scriptPath(b.raw) {
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
