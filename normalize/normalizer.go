package normalize

import (
	"hash/maphash"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Normalizer makes many traces canonical, one after the other, for programs that see the same files again and
// again. It finds what [Trace] finds, and is several times as fast: it remembers what the files are and what the
// messages say that it has seen, and uses the memory of one trace for the next. What it remembers is bounded: at most some hundred
// kilobytes, whatever traces name as their files.
//
// It must not be used by several goroutines at once, and what a function given by an option says of a file must
// not change.
type Normalizer struct {
	normalizer
	canonical Canonical
	frames    []CanonicalFrame // memory of the trace before
}

// The names of files that a Normalizer remembers have fewer bytes than this, and its memory for frames is for at
// most so many.
const (
	mostRemembered = 1 << 18
	mostReused     = 1 << 10
)

// NewNormalizer returns a Normalizer whose traces have the options of [Trace].
func NewNormalizer(opts ...Option) *Normalizer {
	return &Normalizer{normalizer: normalizer{
		config:   newConfig(opts),
		keeps:    true,
		index:    make(map[string]int),
		messages: &rememberedMessages{seed: maphash.MakeSeed()},
	}}
}

// Trace returns the canonical form of t, which is valid until the next call of a method of n. To keep it longer, use
// the function [Trace].
func (n *Normalizer) Trace(t *stacktrace.Trace) *Canonical {
	// A trace whose files have no room beside the others begins anew, so that whatever came before it does not
	// matter.
	if len(n.files)+len(t.Frames) > mostFiles || n.bytes > mostRemembered {
		n.forget()
	}
	n.Release()
	if need := 2 * len(t.Frames); need > len(n.frames) && need <= mostReused {
		n.frames = make([]CanonicalFrame, max(need, 64))
	}
	n.round++
	n.named = false
	n.trace(&n.canonical, t, n.frames, maxCauses)
	return &n.canonical
}

// Release lets go of the text of the trace that came last, which its canonical form holds.
func (n *Normalizer) Release() {
	clear(n.frames[:min(2*len(n.canonical.All), len(n.frames))])
	n.canonical = Canonical{}
}

// rememberedMessages are the templates of messages that came before.
type rememberedMessages struct {
	seed maphash.Seed
	all  [64]struct {
		typ, message string
		template     Template
	}
}

// longestRemembered is the length of the longest message whose template is remembered, and of the longest type.
const longestRemembered = 512

// message returns the template of a message.
func (n *normalizer) message(typ, message string) Template {
	if n.messages == nil || message == "" || len(typ) > longestRemembered || len(message) > longestRemembered {
		return Message(typ, message)
	}
	known := &n.messages.all[maphash.String(n.messages.seed, message)%uint64(len(n.messages.all))]
	if known.message != message || known.typ != typ {
		known.typ, known.message = strings.Clone(typ), strings.Clone(message)
		known.template = Message(known.typ, known.message)
	}
	return known.template
}
