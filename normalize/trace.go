package normalize

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Canonical is a trace in the one form that all engines' traces have.
type Canonical struct {
	// Frames are the calls, innermost first, without those that only some engines print.
	Frames []CanonicalFrame

	// All are all frames of the trace, in its order, those that Frames lacks too: their Dropped tells why.
	All []CanonicalFrame

	// Type is the error's name, and Message its message as a template, see [Message].
	Type    string
	Message Template

	config   config
	code     string  // the error's code
	counted  []int32 // what fingerprints count, as indexes of All: recursion is not folded
	room     [maxSeen + 1]int32
	own      bool       // they are the application's, before any break
	minified bool       // some of them are in minified code
	cause    *Canonical // if it counts
}

// Trace returns the canonical form of t. Its causes have their own.
func Trace(t *stacktrace.Trace, opts ...Option) *Canonical {
	return canonical(t, newConfig(opts), maxCauses)
}

// maxCauses is the number of causes that a fingerprint counts at most.
const maxCauses = 8

// canonical returns the canonical form of t, with that of so many causes as count.
func canonical(t *stacktrace.Trace, config config, causes int) *Canonical {
	n := normalizer{config: config, round: 1}
	c := new(Canonical)
	n.trace(c, t, nil, causes)
	return c
}

// trace fills in c, a zero value, from t, with frames in the given memory, which is all zero, if there is enough.
func (n *normalizer) trace(c *Canonical, t *stacktrace.Trace, frames []CanonicalFrame, causes int) {
	c.config, c.Type, c.code = n.config, t.Type, t.Code
	c.Message = n.message(t.Type, t.Message)
	if n.cause && t.Cause != nil && causes > 0 {
		c.cause = canonical(t.Cause, n.config, causes-1)
	}
	if len(t.Frames) == 0 {
		return
	}
	if len(frames) < 2*len(t.Frames) { // all of them, and room for those that are kept
		frames = make([]CanonicalFrame, 2*len(t.Frames))
	}
	c.All = frames[:len(t.Frames):len(t.Frames)]
	for i := range c.All {
		c.All[i].Index = i
		n.frame(&c.All[i], &t.Frames[i])
	}
	broken := n.drop(c.All, t)
	n.findMinified(c.All, broken)
	n.findNamedEval(c.All, t)
	c.count(broken)
	kept := 0
	for i := range c.All {
		if c.All[i].Dropped == "" {
			kept++
		}
	}
	if kept == len(c.All) && !hasCycle(c.All) {
		c.Frames = c.All
		return
	}
	c.Frames = frames[len(c.All):len(c.All)]
	for i := range c.All {
		if c.All[i].Dropped == "" {
			c.Frames = append(c.Frames, c.All[i])
		}
	}
	if hasCycle(c.Frames) {
		c.Frames = foldRecursion(c.Frames)
		for i, next := 0, 0; i < len(c.All); i++ {
			if next < len(c.Frames) && c.Frames[next].Index == i {
				next++
			} else if c.All[i].Dropped == "" {
				c.All[i].Dropped = DroppedRecursion
			}
		}
	}
}

// hasCycle reports whether some frame repeats one shortly before it.
func hasCycle(frames []CanonicalFrame) bool {
	var marks [16]uint32 // of the frames before, more than maxCycle; those of equal calls are equal
	var seen uint64
	for i := range frames {
		mark := frames[i].mark()
		bit := uint64(1) << (mark * 0x9e3779b1 >> 26)
		if seen&bit == 0 { // no frame before it is equal
			seen |= bit
			marks[i%len(marks)] = mark
			continue
		}
		for j := max(0, i-maxCycle); j < i; j++ {
			if marks[j%len(marks)] == mark && sameCall(&frames[i], &frames[j]) {
				return true
			}
		}
		marks[i%len(marks)] = mark
	}
	return false
}

// mark returns a number that is equal for equal calls, and mostly another for others.
func (f *CanonicalFrame) mark() uint32 {
	mark := uint32(f.Line)
	if n := len(f.Func); n > 0 {
		mark = mark*31 + uint32(n)
		mark = mark*31 + uint32(f.Func[0])
		mark = mark*31 + uint32(f.Func[n/2])
		mark = mark*31 + uint32(f.Func[n-1])
	}
	return mark
}

// drop tells of each frame why it does not belong to the canonical ones, if it does not. Callers that
// wait belong to them only if no frame before the break is the application's. It returns the index of
// the first frame behind the break.
func (n *normalizer) drop(all []CanonicalFrame, t *stacktrace.Trace) (broken int) {
	broken = len(all)
	for i := range all {
		if isBreak := isBehindBreak(&t.Frames[i], false); isBreak && broken == len(all) {
			broken = i
		} else if all[i].Boundary != "" && broken < i { // behind the line of a library another stack begins
			break
		}
	}
	dropConstructors(all[:broken], t)
	own := false
	for i := range all {
		f := &all[i]
		switch {
		case f.Dropped != "":
		case f.Code == Native:
			f.Dropped = DroppedNative
		case f.Code == Runtime:
			f.Dropped = DroppedRuntime
		case f.Rules&RuleWrapper != 0:
			f.Dropped = DroppedWrapper
		case i < broken && f.InApp:
			own = true
		}
	}
	if own {
		behind := false
		for i := broken; i < len(all); i++ {
			behind = isBehindBreak(&t.Frames[i], behind)
			if behind && all[i].Dropped == "" {
				all[i].Dropped = DroppedAsync
			}
		}
	}
	return broken
}

// isBehindBreak reports whether f is behind an asynchronous break that the engine tells; before says the
// same of the frame before it. Behind the line of a library's long stack another stack begins.
func isBehindBreak(f *stacktrace.Frame, before bool) bool {
	if f.AsyncCause != "" && isLibraryBoundary(f.AsyncCause) {
		return false
	}
	return before || f.Async
}

// dropConstructors drops the constructors of the error itself at the top of a stack, which V8 leaves out.
func dropConstructors(all []CanonicalFrame, t *stacktrace.Trace) {
	first := 0 // of the frames that are left
	seen := 0
	for i := range all {
		f := &all[i]
		if f.Code == Native || f.Code == Runtime {
			continue
		}
		isFirst := seen == 0
		switch {
		case isFirst && (isErrorConstructor(f.Func, t.Type) || isClassCall(f, t.Message)), seen < 3 && f.Func == t.Type && txt.IsUpper(t.Type[0]):
			for ; first <= i; first++ { // and those that it called
				if g := &all[first]; g.Code != Native && g.Code != Runtime {
					g.Dropped = DroppedConstructor
				}
			}
			seen = 0
			continue
		}
		if seen++; seen == 3 {
			break
		}
	}
}

// findNamedEval finds the frames of eval'd code that has a sourceURL. JavaScriptCore ignores it, and
// the others write it like any file. If the outermost call is in a script with a URL, then a file that is not a URL,
// or has a name that only bundlers give to modules they wrap in eval, is such code. A frame that was looked up
// in a source map is another thing: its File is not in its Text.
func (n *normalizer) findNamedEval(frames []CanonicalFrame, t *stacktrace.Trace) {
	last := len(frames) - 1
	for last >= 0 && (frames[last].Dropped != "" || t.Frames[last].File == "") {
		last--
	}
	if !n.named || last < 0 || !n.lookup(t.Frames[last].File).page {
		return
	}
	for i := range frames[:last] {
		f := &t.Frames[i]
		if f.File == "" || frames[i].Dropped != "" {
			continue
		}
		if file := n.lookup(f.File); file.named && frames[i].wasm == 0 && frames[i].Code != Extension && strings.Contains(f.Text, f.File) {
			frames[i].Code = Eval
			frames[i].Rules |= RuleSourceURL
		}
	}
}

// What a frame is to a fingerprint: the first of these that the trace has is what counts.
const (
	rankApp        = iota // the application's own
	rankDependency        // and others' code
	rankRuntime
	rankOther // extensions and wrappers
	rankNone  // what never counts
)

// rank returns what the frame is to a fingerprint.
func (f *CanonicalFrame) rank() int {
	switch {
	case f.Code == Native, f.Dropped == DroppedConstructor:
		return rankNone
	case f.isHelper():
		return rankApp
	case f.Code == Extension, f.Rules&RuleWrapper != 0:
		return rankOther
	case f.InApp:
		return rankApp
	case f.Code == Runtime:
		return rankRuntime
	}
	return rankDependency
}

// isHelper reports whether f is what a compiler puts into the application's own scripts. It counts in
// Exact, since JavaScriptCore does not know the names of all of them.
func (f *CanonicalFrame) isHelper() bool {
	return f.Rules&RuleWrapper != 0 && f.Code != Dependency && f.Code != Runtime && f.Code != Extension && isHelper(f.Func)
}

// count chooses the frames that count in fingerprints. Broken is the frame at which an asynchronous break begins.
// The first of these that the trace has are taken: the application's own frames before the break, its own behind
// it, those of dependencies before the break, those behind it, and so on.
func (c *Canonical) count(broken int) {
	end := len(c.All)
	for i := 1; i < end; i++ {
		if c.All[i].Boundary != "" {
			end = i
		}
	}
	const behind = 1
	order := func(i int) int {
		order := 2 * c.All[i].rank()
		if i >= broken {
			order += behind
		}
		return order
	}
	best := 2 * rankNone
	for i := range c.All[:end] {
		if order := order(i); order < best && !c.All[i].isHelper() {
			best = order
		}
	}
	c.counted = c.room[:0]
	most := max(maxSeen, c.config.frames+2*maxCycle) + 1
	c.own = best == 2*rankApp
	for i := 0; i < end && best < 2*rankNone && len(c.counted) < most; i++ {
		if order(i) == best {
			c.counted = append(c.counted, int32(i))
			c.minified = c.minified || c.All[i].inMinified
		}
	}
}

// isErrorConstructor reports whether a function at the top of a stack is the constructor of the error
// itself, which V8 leaves out.
func isErrorConstructor(name, typ string) bool {
	return name != "" && txt.IsUpper(name[0]) && (name == typ || strings.HasSuffix(name, "Error") || strings.HasSuffix(name, "Exception"))
}

// isClassCall reports whether the first frame is that of a class that was called without new, which
// only JavaScriptCore shows: "Cannot call a class constructor without |new|".
func isClassCall(c *CanonicalFrame, message string) bool {
	return txt.IsUpper(c.Func[0]) && strings.HasSuffix(message, "without |new|")
}

// maxCycle is the number of frames in the longest cycle of calls that is folded.
const maxCycle = 10

// foldRecursion leaves one round of each cycle of calls that is repeated at once, and nothing of a
// last round that is not whole.
func foldRecursion(frames []CanonicalFrame) []CanonicalFrame {
	kept := frames[:0]
	cycle := 0 // the length of the cycle that kept ends in
	at := 0    // the place in the cycle that comes next
	for _, f := range frames {
		if cycle > 0 {
			if sameCall(&f, &kept[len(kept)-cycle+at]) {
				at = (at + 1) % cycle
				continue
			}
			cycle = 0
		}
		kept = append(kept, f)
		for n := 1; n <= maxCycle && 2*n <= len(kept); n++ {
			if sameCalls(kept[len(kept)-2*n:len(kept)-n], kept[len(kept)-n:]) {
				kept = kept[:len(kept)-n]
				kept[len(kept)-1].Rules |= RuleRecursion
				cycle, at = n, 0
				break
			}
		}
	}
	return kept
}

// sameCalls reports whether a and b, of one length, are the same calls.
func sameCalls(a, b []CanonicalFrame) bool {
	for i := len(a) - 1; i >= 0; i-- {
		if !sameCall(&a[i], &b[i]) {
			return false
		}
	}
	return true
}

func sameCall(a, b *CanonicalFrame) bool {
	return a.Line == b.Line && a.Func == b.Func && a.File == b.File && a.wasm == b.wasm && a.Boundary == "" && b.Boundary == ""
}

// Title returns what the error says, in one line: its type and its message as a template, "TypeError:
// undefined or null has no property".
func (c *Canonical) Title() string {
	text, _, _ := strings.Cut(c.Message.Text, "\n")
	switch {
	case c.Type == "":
		return text
	case text == "":
		return c.Type
	}
	return c.Type + ": " + text
}

// Culprit returns the call that a person would look at first, "openCart (cart.js)": the first that counts
// whose name says something, else the first that counts. It is "" if none does.
func (c *Canonical) Culprit() string {
	if len(c.counted) == 0 {
		return ""
	}
	f := &c.All[c.counted[0]]
	for _, i := range c.counted {
		if g := &c.All[i]; g.Func != Anonymous && g.Func != TopLevel && !g.Minified {
			f = g
			break
		}
	}
	base := f.File[strings.LastIndexByte(f.File, '/')+1:]
	if base == "" {
		return f.Func
	}
	return f.Func + " (" + base + ")"
}

// canonicalJSON is a Canonical in JSON.
type canonicalJSON struct {
	Type        string           `json:"type,omitempty"`
	Title       string           `json:"title"`
	Culprit     string           `json:"culprit,omitempty"`
	Frames      []CanonicalFrame `json:"frames"`
	Dropped     []droppedFrame   `json:"dropped,omitempty"`
	Message     string           `json:"message"`
	Kind        string           `json:"kind,omitempty"`
	Params      []Param          `json:"params,omitempty"`
	Fingerprint fingerprints     `json:"fingerprint"`
}

// droppedFrame is a frame that the canonical ones lack, with its place in the trace.
type droppedFrame struct {
	Index int `json:"index"`
	CanonicalFrame
}

type fingerprints struct {
	Exact  string `json:"exact"`
	Stable string `json:"stable"`
	Loose  string `json:"loose"`
}

// MarshalJSON writes the frames, those that were dropped too, the message and the fingerprints of all
// strengths. The characters <, > and & are not escaped here, but a [json.Encoder] around it does so
// unless told otherwise.
func (c *Canonical) MarshalJSON() ([]byte, error) {
	out := canonicalJSON{
		Type:        c.Type,
		Title:       c.Title(),
		Culprit:     c.Culprit(),
		Frames:      c.Frames,
		Message:     c.Message.Text,
		Kind:        c.Message.Kind,
		Params:      c.Message.Params,
		Fingerprint: fingerprints{c.Fingerprint(Exact), c.Fingerprint(Stable), c.Fingerprint(Loose)},
	}
	for i := range c.All {
		if c.All[i].Dropped != "" {
			out.Dropped = append(out.Dropped, droppedFrame{i, c.All[i]})
		}
	}
	if out.Frames == nil {
		out.Frames = []CanonicalFrame{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
