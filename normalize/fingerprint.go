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

// appendKey appends what counts of the frames.
func (c *Canonical) appendKey(key []byte, s Strength) []byte {
	from, end := len(key), len(key)
	for i := range c.Frames[:c.counted] {
		f := &c.Frames[i]
		start := len(key)
		switch s {
		case Exact:
			if f.File == "" || f.Line == 0 || f.Code == Eval {
				continue
			}
			key = append(key, f.File...)
			key = append(key, ':')
			key = strconv.AppendInt(key, int64(f.Line), 10)
		case Stable:
			if f.File == "" {
				continue
			}
			if !f.isKnown() {
				continue
			}
			key = append(key, f.Func...)
			key = append(key, '@')
			key = append(key, f.File...)
		case Loose:
			if !f.InApp || !f.isKnown() {
				continue
			}
			key = append(key, f.Func...)
		}
		key = append(key, '\n')
		if from < end && string(key[from:end]) == string(key[start:]) {
			key = key[:start] // the same as the frame before
			continue
		}
		from, end = start, len(key)
	}
	return key
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
