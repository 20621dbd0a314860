package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/stacktrace-go/stacktrace"
)

// Strength is how much of a trace a fingerprint counts.
type Strength byte

const (
	// Exact counts file and line of each frame, and no name: JavaScriptCore does not know them all.
	// It is the failure in one build.
	Exact Strength = 'e'

	// Stable counts function and file of each frame, and no line: it survives releases that change
	// other code. Names that some engine cannot know do not count.
	Stable Strength = 's'

	// Loose counts the functions of the application's own code.
	Loose Strength = 'l'
)

// version is that of the rules: whatever changes a fingerprint changes it.
const version = "st1:"

// Fingerprint returns the key of the failure that t reports: "st1:", a letter for the strength and
// 128 bits in hexadecimal digits. Two traces with the same key are the same failure, as far as that
// strength tells; engines do not matter.
//
// Frames of eval'd code do not count where others do: JavaScriptCore does not tell where in that code
// they are. A trace without any frame that counts is known by its type and message.
func Fingerprint(t *stacktrace.Trace, s Strength, opts ...Option) string {
	return Trace(t, opts...).Fingerprint(s)
}

// Fingerprint returns the fingerprint of the trace, see the function of that name.
func (c *Canonical) Fingerprint(s Strength) string {
	var room [2048]byte
	key := append(room[:0], byte(s), '\n')
	start := len(key)
	key = c.appendKey(key, s)
	if len(key) == start || c.config.message {
		key = append(key, 'm')
		key = c.appendMessageKey(key)
	}
	sum := sha256.Sum256(key)
	var text [len(version) + 1 + 32]byte
	copy(text[:], version)
	text[len(version)] = byte(s)
	hex.Encode(text[len(version)+1:], sum[:16])
	return string(text[:])
}

// maxCounted is the number of frames that a fingerprint counts at most: V8 prints no more than ten
// unless it is told to, and some of those are native.
const maxCounted = 8

// part is what a fingerprint counts of one frame: a piece of the key.
type part struct{ from, end int }

// appendKey appends what counts of the frames.
func (c *Canonical) appendKey(key []byte, s Strength) []byte {
	start := len(key)
	key = c.appendParts(key, s)
	if len(key) == start && s != Exact { // no name that every engine knows
		for i := range c.counted {
			if f := &c.counted[i]; f.File != "" {
				return append(append(key, '@'), f.File...)
			}
		}
	}
	return key
}

func (c *Canonical) appendParts(key []byte, s Strength) []byte {
	var room [maxCounted]part
	parts := room[:0]
	seen := 0
	for i := range c.counted {
		if len(parts) == maxCounted || s == Exact && seen == maxCounted {
			break
		}
		f := &c.counted[i]
		from := len(key)
		switch s {
		case Exact:
			if f.Code == Eval && !f.isKnown() {
				continue
			}
			seen++
			switch {
			case f.wasm > 0:
				key = append(key, "wasm:"...)
				key = strconv.AppendInt(key, int64(f.wasm-1), 10)
			case f.Code == Eval:
				key = append(key, "eval:"...)
				key = append(key, f.Func...)
			case f.File != "" && f.Line > 0:
				key = append(key, f.File...)
				key = append(key, ':')
				key = strconv.AppendInt(key, int64(f.Line), 10)
			default:
				continue
			}
		case Stable:
			if !f.isKnown() || f.Rules&RuleWrapper != 0 {
				continue
			}
			key = append(key, f.Func...)
			key = append(key, '@')
			if f.Code != Eval {
				key = append(key, f.File...)
			}
		case Loose:
			if !f.InApp || !f.isKnown() {
				continue
			}
			key = append(key, f.Func...)
		}
		key = append(key, '\n')
		parts = append(parts, part{from, len(key)})
		if n := cycleLen(key, parts); n > 0 {
			key = key[:parts[len(parts)-n].from]
			parts = parts[:len(parts)-n]
			if s != Exact {
				return rotate(key, parts[len(parts)-n:])
			}
		}
	}
	return key
}

// cycleLen returns the length of the cycle that the last parts repeat, 0 if they do not.
func cycleLen(key []byte, parts []part) int {
	for n := 1; 2*n <= len(parts); n++ {
		same := true
		for i := len(parts) - n; i < len(parts) && same; i++ {
			a, b := parts[i], parts[i-n]
			same = string(key[a.from:a.end]) == string(key[b.from:b.end])
		}
		if same {
			return n
		}
	}
	return 0
}

// rotate begins the cycle at the end of the key with its least part: where a recursion ends depends
// on its depth.
func rotate(key []byte, cycle []part) []byte {
	if len(cycle) < 2 {
		return key
	}
	least := 0
	for i := range cycle {
		if string(key[cycle[i].from:cycle[i].end]) < string(key[cycle[least].from:cycle[least].end]) {
			least = i
		}
	}
	from := cycle[0].from
	turned := make([]byte, 0, len(key)-from)
	for i := range cycle {
		p := cycle[(least+i)%len(cycle)]
		turned = append(turned, key[p.from:p.end]...)
	}
	return append(key[:from], turned...)
}

// isKnown reports whether every engine knows the function's name.
func (f *CanonicalFrame) isKnown() bool {
	return f.Rules&RuleUnknowable == 0 && f.Func != Anonymous && f.Func != TopLevel
}

// appendMessageKey appends what counts of the header.
func (c *Canonical) appendMessageKey(key []byte) []byte {
	if c.Message.Kind != "" {
		return append(append(key, "kind "...), c.Message.Kind...)
	}
	key = append(key, c.typ...)
	key = append(key, '\n')
	return append(key, c.Message.Text...)
}
