package otelprocessor

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	"github.com/stacktrace-go/stacktrace"
)

const (
	rememberedFindings = 1024    // how many findings are kept
	rememberedBytes    = 4 << 10 // how many bytes of text a finding has that is kept
)

// memory keeps what was found in texts that came more than once: where something fails again and again,
// the same error is not read again and again. It takes at most a few megabytes, and is safe for
// concurrent use.
type memory struct {
	seeds    [2]maphash.Seed
	once     [4 * rememberedFindings]atomic.Uint64 // the errors that came once, by their first half
	findings [rememberedFindings]atomic.Pointer[remembered]
}

// identity tells an error from all others: two hashes with seeds that nobody outside knows.
type identity [2]uint64

type remembered struct {
	identity identity
	finding  finding
}

func newMemory() *memory {
	return &memory{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

// identify returns the identity of an error whose parts are texts.
func (m *memory) identify(texts ...string) identity {
	var id identity
	for i, seed := range m.seeds {
		var all [8]uint64
		for j, text := range texts {
			all[j] = maphash.String(seed, text)
		}
		id[i] = maphash.Comparable(seed, all)
	}
	return id
}

// recall returns what was found in an error, nil if it is not known.
func (m *memory) recall(id identity) *finding {
	if known := m.findings[id[0]%rememberedFindings].Load(); known != nil && known.identity == id {
		return &known.finding
	}
	return nil
}

// remember keeps what was found in an error if it is not the first time.
func (m *memory) remember(id identity, f *finding) {
	if m.once[id[1]%uint64(len(m.once))].Swap(id[0]) != id[0] {
		return
	}
	if len(f.errorType)+len(f.message)+len(f.template)+len(f.causeType)+len(f.causeMessage)+len(f.culprit.Func)+len(f.culprit.File) > rememberedBytes {
		return
	}
	// What is kept must not keep the texts in memory that it is a piece of.
	kept := finding{
		fingerprint: strings.Clone(f.fingerprint), template: strings.Clone(f.template), engine: f.engine,
		errorType: strings.Clone(f.errorType), message: strings.Clone(f.message),
		causeType: strings.Clone(f.causeType), causeMessage: strings.Clone(f.causeMessage),
		culprit: stacktrace.Frame{Func: strings.Clone(f.culprit.Func), File: strings.Clone(f.culprit.File), Line: f.culprit.Line, Col: f.culprit.Col},
		count:   f.count, frames: f.frames, truncated: f.truncated,
	}
	m.findings[id[0]%rememberedFindings].Store(&remembered{id, kept})
}
