package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Strength is how much of a trace a fingerprint counts.
type Strength byte

const (
	// Exact counts file and line of each frame, and no name: JavaScriptCore does not know them all.
	// It is the failure in one build.
	Exact Strength = 'e'

	// Stable counts function and file of each frame, and no line: it survives releases that change
	// other code. Names that some engine cannot know do not count; a trace without any other is known
	// by the file of its first call.
	Stable Strength = 's'

	// Loose counts the functions of the application's own code. Without one that every engine can name
	// it is like Stable.
	Loose Strength = 'l'
)

// String returns "exact", "stable" or "loose".
func (s Strength) String() string {
	switch s {
	case Exact:
		return "exact"
	case Stable:
		return "stable"
	case Loose:
		return "loose"
	}
	return ""
}

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

// maxSeen is the number of frames in which a cycle of calls is looked for.
const maxSeen = 2*maxCycle + maxCounted

// part is what a fingerprint counts of one frame: a piece of the key.
type part struct {
	from, end int
	seen      int // the frames up to it, with those that do not count
	frame     int // its index
}

// appendKey appends what counts of the frames.
func (c *Canonical) appendKey(key []byte, s Strength) []byte {
	start := len(key)
	key = c.appendParts(key, s)
	if len(key) == start && s != Exact { // no name that every engine knows
		for i := range c.counted {
			if f := &c.counted[i]; f.File != "" && f.Code != Eval {
				return append(append(key, '@'), f.File...)
			}
		}
	}
	return key
}

// appendParts appends a line for each frame that counts, up to the end of the first round of a cycle
// of calls: whoever recurses was called from many places, and V8 shows none of them if it went deep.
func (c *Canonical) appendParts(key []byte, s Strength) []byte {
	var room [maxSeen]part
	parts := room[:0]
	seen := 0
	for i := range c.counted {
		f := &c.counted[i]
		if f.Code == Eval && !f.isKnown() {
			continue
		}
		if seen++; seen > maxSeen || s == Exact && seen > maxCounted {
			break
		}
		from := len(key)
		if key = appendFrameKey(key, f, s); len(key) == from {
			continue
		}
		key = append(key, '\n')
		parts = append(parts, part{from, len(key), seen, i})
		if n := cycleLen(key, parts); n > 0 {
			parts = parts[:len(parts)-n]
			cycle := parts[len(parts)-n:]
			key = key[:cycle[n-1].end]
			if s == Exact && n == 1 && len(parts) == 2 && c.isOneFunc(parts[0].frame, parts[1].frame) {
				// Where a stack overflowed, engines point at different lines of the function.
				key = append(key[:parts[0].from], key[cycle[0].from:]...)
				parts = append(parts[:0], part{parts[0].from, len(key), seen, i})
			}
			if s == Exact || n == 1 && c.isAsyncPair(i) {
				continue
			}
			if cycle[0].seen > maxCounted {
				break
			}
			return rotate(key, cycle)
		}
	}
	for len(parts) > 0 && parts[len(parts)-1].seen > maxCounted {
		key = key[:parts[len(parts)-1].from]
		parts = parts[:len(parts)-1]
	}
	return key
}

// isOneFunc reports whether two frames are of one function.
func (c *Canonical) isOneFunc(i, j int) bool {
	a, b := &c.counted[i], &c.counted[j]
	return a.Func == b.Func && a.File == b.File && a.isKnown()
}

// isAsyncPair reports whether the frame at i and the one before it are no recursion but the two parts
// of an asynchronous function, which JavaScriptCore shows both.
func (c *Canonical) isAsyncPair(i int) bool {
	f := &c.counted[i]
	same := func(i int) bool {
		return i >= 0 && i < len(c.counted) && c.counted[i].Func == f.Func && c.counted[i].File == f.File
	}
	return f.sign && same(i-1) && !same(i-2) && !same(i+1)
}

// appendFrameKey appends what counts of one frame, which may be nothing.
func appendFrameKey(key []byte, f *CanonicalFrame, s Strength) []byte {
	switch s {
	case Exact:
		switch {
		case f.wasm > 0:
			key = append(key, "wasm:"...)
			return strconv.AppendInt(key, int64(f.wasm-1), 10)
		case f.Code == Eval:
			// JavaScriptCore tells as much of the constructor that a class has by default.
			if txt.IsUpper(f.Func[0]) {
				return key
			}
			key = append(key, "eval:"...)
			return append(key, f.Func...)
		case f.isHandler(): // engines count from where the attribute, the tag or the page begins
			key = append(key, f.File...)
			return append(key, ':')
		case f.File != "" && f.Line > 0:
			key = append(key, f.File...)
			key = append(key, ':')
			return strconv.AppendInt(key, int64(f.Line), 10)
		}
	case Stable:
		if f.isKnown() && f.Rules&RuleWrapper == 0 {
			key = append(key, f.Func...)
			key = append(key, '@')
			if f.Code != Eval {
				key = append(key, f.File...)
			}
		}
	case Loose:
		if f.isKnown() && f.InApp {
			key = append(key, f.Func...)
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

// isHandler reports whether the function is that of an attribute in a page: onclick="…".
func (f *CanonicalFrame) isHandler() bool {
	if len(f.Func) < 5 || len(f.Func) > 24 || f.Func[:2] != "on" || f.File == "blob:" {
		return false
	}
	for i := 2; i < len(f.Func); i++ {
		if !isLower(f.Func[i]) {
			return false
		}
	}
	base := f.File[strings.LastIndexByte(f.File, '/')+1:]
	dot := strings.LastIndexByte(base, '.')
	return dot < 0 || base[dot:] == ".html" || base[dot:] == ".htm" || base[dot:] == ".php" || base[dot:] == ".aspx" || base[dot:] == ".jsp"
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
	key = slices.Grow(key, len(c.typ)+1+len(c.Message.Text))
	key = append(key, c.typ...)
	key = append(key, '\n')
	return append(key, c.Message.Text...)
}
