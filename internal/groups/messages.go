package groups

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// maxMessages is how many messages of a group are kept.
const maxMessages = 8

// messages counts the messages of a group. As long as there are no more than maxMessages they are counted exactly.
// Of more, those are kept that are the first in a random order of all traces, in which frequent ones come early, and
// how often each was logged is estimated. The order is made of hashes: it is the same wherever a trace is
// counted.
type messages struct {
	kept   []message
	counts *sketch // of more than maxMessages; else nil
}

// message is one that was logged.
type message struct {
	text  string // shortened
	hash  uint64 // of the text
	order uint64 // the least of its traces, among those of all messages
	count int    // if there is no sketch
	at    Place  // where it was first, if there is no sketch
}

// with returns the message with its text and the place of its trace in the random order.
func (m message) with(text string) message {
	m.text = text
	m.order = mix(m.hash ^ mix(uint64(m.at.Start)+uint64(m.at.Nth)<<48))
	return m
}

// add counts a message of traces. There may be another with the same text already.
func (m *messages) add(one message) {
	if m.counts == nil && m.find(one.hash) < 0 && len(m.kept) == maxMessages {
		m.estimate()
	}
	if m.counts != nil {
		m.counts.add(one.hash, one.count)
	}
	m.keep(one)
}

// merge counts the messages of others.
func (m *messages) merge(o *messages) {
	if o.counts == nil {
		for i := range o.kept {
			m.add(o.kept[i])
		}
		return
	}
	if m.counts == nil {
		m.estimate()
	}
	m.counts.merge(o.counts)
	for i := range o.kept {
		m.keep(o.kept[i])
	}
}

func (m *messages) find(hash uint64) int {
	return slices.IndexFunc(m.kept, func(k message) bool { return k.hash == hash })
}

// estimate goes over to counts that are estimated.
func (m *messages) estimate() {
	m.counts = new(sketch)
	for i := range m.kept {
		m.counts.add(m.kept[i].hash, m.kept[i].count)
	}
}

// keep keeps a message, if it is one of the first.
func (m *messages) keep(one message) {
	if i := m.find(one.hash); i >= 0 {
		known := &m.kept[i]
		known.order = min(known.order, one.order)
		known.count += one.count
		if one.at.Compare(&known.at) < 0 {
			known.at = one.at
		}
		return
	}
	if len(m.kept) == maxMessages {
		last := 0
		for i := range m.kept {
			if m.kept[i].order > m.kept[last].order {
				last = i
			}
		}
		if m.kept[last].order < one.order {
			return
		}
		m.kept = slices.Delete(m.kept, last, last+1)
	}
	one.text = shortened(one.text, maxMessage)
	m.kept = append(m.kept, one)
}

// varies reports whether there are several.
func (m *messages) varies() bool { return len(m.kept) > 1 }

// ranked returns the messages that are kept, the most frequent first.
func (m *messages) ranked() []Tally {
	all := slices.Clone(m.kept)
	for i := range all {
		if m.counts != nil {
			all[i].count, all[i].at = m.counts.read(all[i].hash), Place{}
		}
	}
	slices.SortFunc(all, func(a, b message) int {
		return cmp.Or(cmp.Compare(b.count, a.count), a.at.Compare(&b.at), cmp.Compare(a.order, b.order))
	})
	tallies := make([]Tally, len(all))
	for i := range all {
		tallies[i] = Tally{all[i].text, all[i].count}
	}
	return tallies
}

// The size of a sketch. An estimate is too high by 2 % of all that was counted or less, but for one hash of fifty.
const (
	sketchRows  = 4
	sketchWidth = 128
)

// sketch estimates how often each of many things was counted: a count-min sketch, by the algorithm of Cormode and
// Muthukrishnan. What the sum of two sketches says is what one says that counted everything.
type sketch [sketchRows][sketchWidth]uint32

func (s *sketch) add(hash uint64, n int) {
	for i := range s {
		c := &s[i][hash>>(16*i)%sketchWidth]
		*c = sum(*c, uint64(n))
	}
}

func (s *sketch) merge(o *sketch) {
	for i := range s {
		for j := range s[i] {
			s[i][j] = sum(s[i][j], uint64(o[i][j]))
		}
	}
}

func (s *sketch) read(hash uint64) int {
	least := uint32(math.MaxUint32)
	for i := range s {
		least = min(least, s[i][hash>>(16*i)%sketchWidth])
	}
	return int(least)
}

// sum adds to a counter, which stays at its greatest value when it would be more.
func sum(a uint32, b uint64) uint32 { return uint32(min(uint64(a)+b, math.MaxUint32)) }

// hashOf returns the hash of a message as it is kept.
func hashOf(text string) uint64 {
	rest := ""
	if len(text) > maxMessage {
		if cut, ok := strings.CutSuffix(text, "…"); ok && isCut(text, maxMessage) {
			text = cut
		} else {
			text = text[:cutAt(text, maxMessage)]
		}
		rest = "…"
	}
	h := uint64(14695981039346656037) // FNV-1a
	for _, part := range [...]string{text, rest} {
		for i := range len(part) {
			h = (h ^ uint64(part[i])) * 1099511628211
		}
	}
	return mix(h)
}

// mix makes each bit of the result hang on each bit of h: the finalizer of MurmurHash3.
func mix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
