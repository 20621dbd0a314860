package normalize

import (
	"encoding/json"

	"github.com/stacktrace-go/stacktrace"
)

// Canonical is a trace in the one form that all engines' traces have.
type Canonical struct {
	// Frames are the calls, innermost first, without those that only some engines print.
	Frames []CanonicalFrame

	// Message is the error's message as a template, see [Message].
	Message Template

	config  config
	typ     string
	counted int // the frames that fingerprints may count: those before a break that a library bridged
}

// Trace returns the canonical form of t. Its causes have their own.
func Trace(t *stacktrace.Trace, opts ...Option) *Canonical {
	n := normalizer{config: newConfig(opts)}
	c := &Canonical{config: n.config, typ: t.Type}
	c.Message = template(t)
	c.Frames = n.frames(t)
	c.counted = len(c.Frames)
	for i := 1; i < len(c.Frames); i++ {
		if c.Frames[i].Boundary != "" {
			c.counted = i
			break
		}
	}
	return c
}

// frames returns the canonical frames of t: those that every engine could have printed.
func (n *normalizer) frames(t *stacktrace.Trace) []CanonicalFrame {
	if len(t.Frames) == 0 {
		return nil
	}
	frames := make([]CanonicalFrame, 0, len(t.Frames))
	frames = n.appendFrames(frames, t, false)
	if len(frames) == 0 {
		frames = n.appendFrames(frames, t, true)
	}
	return foldRecursion(frames)
}

// appendFrames appends the frames of t that count. All says that those behind an asynchronous break
// count too: there are no others.
func (n *normalizer) appendFrames(frames []CanonicalFrame, t *stacktrace.Trace, all bool) []CanonicalFrame {
	broken := false // behind a break that the engine tells
	for i := range t.Frames {
		f := &t.Frames[i]
		switch {
		case f.AsyncCause != "" && isLibraryBoundary(f.AsyncCause):
			broken = false
		case f.Async:
			broken = true
		}
		if f.Native || broken && !all {
			continue
		}
		at := len(frames)
		frames = frames[:at+1]
		c := &frames[at]
		*c = CanonicalFrame{Index: i}
		n.frame(c, f)
		if c.Code == Runtime || c.Code == Native || c.Rules&RuleWrapper != 0 {
			frames = frames[:at]
		}
	}
	return frames
}

// maxCycle is the number of frames in the longest cycle of calls that is folded.
const maxCycle = 10

// foldRecursion leaves one round of each cycle of calls that is repeated at once.
func foldRecursion(frames []CanonicalFrame) []CanonicalFrame {
	kept := frames[:0]
	for _, f := range frames {
		kept = append(kept, f)
		for n := 1; n <= maxCycle && 2*n <= len(kept); n++ {
			if sameCalls(kept[len(kept)-2*n:len(kept)-n], kept[len(kept)-n:]) {
				kept[len(kept)-n-1].Rules |= RuleRecursion
				kept = kept[:len(kept)-n]
				break
			}
		}
	}
	return kept
}

// sameCalls reports whether a and b, of one length, are the same calls.
func sameCalls(a, b []CanonicalFrame) bool {
	for i := len(a) - 1; i >= 0; i-- {
		if a[i].Line != b[i].Line || a[i].Func != b[i].Func || a[i].File != b[i].File || b[i].Boundary != "" {
			return false
		}
	}
	return true
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

// MarshalJSON writes the frames, the message and the fingerprints of all strengths.
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
	return json.Marshal(out)
}
