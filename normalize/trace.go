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

	// Message is the error's message as a template, see [Message].
	Message Template

	config  config
	typ     string
	counted []CanonicalFrame // what fingerprints count: with wrappers, without recursion folded
}

// Trace returns the canonical form of t. Its causes have their own.
func Trace(t *stacktrace.Trace, opts ...Option) *Canonical {
	n := normalizer{config: newConfig(opts)}
	c := &Canonical{config: n.config, typ: t.Type}
	c.Message = template(t)
	all, wrappers, cycles := n.frames(t)
	c.counted, c.Frames = all, all
	for i := 1; i < len(all); i++ {
		if all[i].Boundary != "" {
			c.counted = all[:i]
			break
		}
	}
	if wrappers {
		c.Frames = make([]CanonicalFrame, 0, len(all))
		for i := range all {
			if all[i].Rules&RuleWrapper == 0 {
				c.Frames = append(c.Frames, all[i])
			}
		}
	}
	if cycles {
		if !wrappers {
			c.Frames = append([]CanonicalFrame(nil), all...)
		}
		c.Frames = foldRecursion(c.Frames)
	}
	return c
}

// frames returns the canonical frames of t: those that every engine could have printed. Wrappers says
// that some of them wrap others, cycles that some may be repeated.
func (n *normalizer) frames(t *stacktrace.Trace) (frames []CanonicalFrame, wrappers, cycles bool) {
	if len(t.Frames) == 0 {
		return nil, false, false
	}
	frames = n.appendFrames(make([]CanonicalFrame, 0, len(t.Frames)), t, false)
	if len(frames) == 0 {
		frames = n.appendFrames(frames, t, true)
	}
	n.findNamedEval(frames, t)
	for i := range frames {
		if frames[i].Rules&RuleWrapper != 0 {
			wrappers = true
		}
		for j := max(0, i-maxCycle); j < i && !cycles; j++ {
			cycles = sameCall(&frames[i], &frames[j])
		}
	}
	return frames, wrappers, cycles
}

// isBehindBreak reports whether f is behind an asynchronous break that the engine tells; before says the
// same of the frame before it. Behind the line of a library's long stack another stack begins.
func isBehindBreak(f *stacktrace.Frame, before bool) bool {
	if f.AsyncCause != "" && isLibraryBoundary(f.AsyncCause) {
		return false
	}
	return before || f.Async
}

// appendFrames appends the frames of t that count. All says that those behind an asynchronous break
// count too: there are no others.
func (n *normalizer) appendFrames(frames []CanonicalFrame, t *stacktrace.Trace, all bool) []CanonicalFrame {
	broken := false // behind a break that the engine tells
	for i := range t.Frames {
		f := &t.Frames[i]
		broken = isBehindBreak(f, broken)
		if f.Native || broken && !all {
			continue
		}
		at := len(frames)
		frames = frames[:at+1]
		c := &frames[at]
		*c = CanonicalFrame{Index: i}
		n.frame(c, f)
		switch {
		case c.Code == Runtime, at == 0 && isErrorConstructor(c.Func, t.Type), at == 0 && isClassCall(c, t.Message):
			frames = frames[:at]
		case at < 3 && c.Func == t.Type && txt.IsUpper(t.Type[0]): // and those that it called
			frames = frames[:0]
		}
	}
	return frames
}

// findNamedEval finds the frames of eval'd code that has a sourceURL. JavaScriptCore ignores it, and
// the others write it like any file. Where the outermost call is in a script with a URL, a name that is none, or
// that only a bundler gives to the modules it wraps in eval, was given so. A frame that was looked up
// in a source map is another thing: its File is not in its Text.
func (n *normalizer) findNamedEval(frames []CanonicalFrame, t *stacktrace.Trace) {
	last := len(frames) - 1
	for last >= 0 && t.Frames[frames[last].Index].File == "" {
		last--
	}
	if !n.named || last < 0 || !n.lookup(t.Frames[frames[last].Index].File).page {
		return
	}
	for i := range frames[:last] {
		f := &t.Frames[frames[i].Index]
		if f.File == "" {
			continue
		}
		if file := n.lookup(f.File); file.named && frames[i].Code != Extension && strings.Contains(f.Text, f.File) {
			frames[i].Code = Eval
			frames[i].Rules |= RuleSourceURL
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

// canonicalJSON is a Canonical in JSON.
type canonicalJSON struct {
	Frames      []CanonicalFrame `json:"frames"`
	Message     string           `json:"message"`
	Kind        string           `json:"kind,omitempty"`
	Fingerprint fingerprints     `json:"fingerprint"`
}

type fingerprints struct {
	Exact  string `json:"exact"`
	Stable string `json:"stable"`
	Loose  string `json:"loose"`
}

// MarshalJSON writes the frames, the message and the fingerprints of all strengths. The characters <, >
// and & are not escaped here, but a [json.Encoder] around it does so unless told otherwise.
func (c *Canonical) MarshalJSON() ([]byte, error) {
	out := canonicalJSON{
		Frames:      c.Frames,
		Message:     c.Message.Text,
		Kind:        c.Message.Kind,
		Fingerprint: fingerprints{c.Fingerprint(Exact), c.Fingerprint(Stable), c.Fingerprint(Loose)},
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
