package groups

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// Meaning is what counts of a trace: whether it counts at all, its fingerprint, its message as a template and its
// first calls of the application's code. It is the same for every trace with the same text.
type Meaning struct {
	Unwanted    bool // somebody wants only others
	Fingerprint string
	Message     normalize.Template
	Frames      []normalize.CanonicalFrame
}

// MeaningOf returns what a trace means whose canonical form is c.
func MeaningOf(c *normalize.Canonical, by normalize.Strength) *Meaning {
	return &Meaning{Fingerprint: c.Fingerprint(by), Message: c.Message, Frames: appFrames(c.Frames)}
}

// The limits of what is remembered of traces that have been seen.
const (
	maxMeanings    = 1 << 13 // twice as many are kept at most
	maxMeaningText = 500     // bytes of a message: longer ones are seldom equal
)

// Meanings remembers what traces mean, so that one that repeats costs neither a canonical form nor a lookup in source
// maps. Half of them are forgotten when there are too many: those that have not been seen for the longest time.
type Meanings struct {
	seed       maphash.Seed
	young, old map[uint64]*Meaning
}

// NewMeanings returns one that remembers nothing yet.
func NewMeanings() *Meanings {
	return &Meanings{seed: maphash.MakeSeed(), young: map[uint64]*Meaning{}}
}

// Get returns what the trace with a key means; nil if that is not known.
func (m *Meanings) Get(key uint64) *Meaning {
	if known := m.young[key]; known != nil {
		return known
	}
	known := m.old[key]
	if known != nil {
		m.put(key, known)
	}
	return known
}

func (m *Meanings) put(key uint64, known *Meaning) {
	if len(m.young) >= maxMeanings {
		m.young, m.old = map[uint64]*Meaning{}, m.young
	}
	m.young[key] = known
}

// Remember keeps what a trace means. Strings are copied, since a piece of a trace keeps the whole text of it; the
// fingerprint is that of the group, if there is one.
func (m *Meanings) Remember(key uint64, known *Meaning, fingerprint string) {
	size := len(known.Message.Text)
	for _, p := range known.Message.Params {
		size += len(p.Name) + len(p.Value)
	}
	if size > maxMeaningText {
		return
	}
	kept := &Meaning{Unwanted: known.Unwanted, Fingerprint: fingerprint, Frames: known.Frames}
	kept.Message = normalize.Template{Kind: strings.Clone(known.Message.Kind), Text: strings.Clone(known.Message.Text), Params: slices.Clone(known.Message.Params)}
	for i := range kept.Message.Params {
		p := &kept.Message.Params[i]
		p.Name, p.Value = strings.Clone(p.Name), strings.Clone(p.Value)
	}
	m.put(key, kept)
}

// Key returns a hash of everything that a trace tells. Its seed is random, so that nobody can write a log in which two
// traces have one.
func (m *Meanings) Key(t *stacktrace.Trace) uint64 {
	var h maphash.Hash
	h.SetSeed(m.seed)
	hashTrace(&h, t)
	return h.Sum64()
}

func hashTrace(h *maphash.Hash, t *stacktrace.Trace) {
	maphash.WriteComparable(h, [...]string{t.Label, t.Type, t.Code, t.Message})
	maphash.WriteComparable(h, [...]int{int(t.Engine), len(t.Frames), len(t.Props), len(t.Errors)})
	for i := range t.Frames {
		maphash.WriteComparable(h, t.Frames[i])
	}
	for i := range t.Props {
		maphash.WriteComparable(h, [...]string{t.Props[i].Name, t.Props[i].Text})
	}
	for _, e := range t.Errors {
		hashTrace(h, e)
	}
	maphash.WriteComparable(h, t.Cause != nil)
	if t.Cause != nil {
		hashTrace(h, t.Cause)
	}
}
