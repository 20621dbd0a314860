package normalize

import (
	"crypto/sha256"
	"encoding/binary"
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
	// other code, minified or not. Names that some engine cannot know and those of minifiers do not count; a
	// trace without any other is known by the file of its first call and by its message.
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
const version = "st2:"

// Fingerprint returns the key of the failure that t reports: "st2:", a letter for the strength and
// 128 bits in hexadecimal digits. Two traces with the same key are the same failure, as far as that
// strength tells; engines do not matter.
//
// The frames that count are the first of these that the trace has: the application's own before an asynchronous
// break, its own behind the break, those of dependencies, the runtime's, and at last those of extensions and
// wrappers. Frames of eval'd code do not count where others do: JavaScriptCore does not tell where in that code
// they are.
//
// The message, its type and template or its kind and parameters, counts in minified code, in a trace without
// any name or frame that counts, and with [CountMessage]. A system error's code and call, an HTTP status and
// the number by which a framework tells an error always count.
func Fingerprint(t *stacktrace.Trace, s Strength, opts ...Option) string {
	return Trace(t, opts...).Fingerprint(s)
}

// Fingerprint returns the fingerprint of the trace, see the function of that name.
func (c *Canonical) Fingerprint(s Strength) string {
	var room [len(version) + 1 + 32]byte
	return string(c.AppendFingerprint(room[:0], s))
}

// AppendFingerprint appends the fingerprint of the trace to b.
func (c *Canonical) AppendFingerprint(b []byte, s Strength) []byte {
	var room [2048]byte
	key := append(room[:0], byte(s), '\n')
	key = c.appendKey(key, s)
	for cause := c.cause; cause != nil; cause = cause.cause {
		key = append(key, "\ncause\n"...)
		key = cause.appendKey(key, s)
	}
	sum := sha256.Sum256(key)
	return hex.AppendEncode(append(append(b, version...), byte(s)), sum[:16])
}

// maxCounted is the number of frames that a fingerprint counts at most: V8 prints no more than ten
// unless it is told to, and some of those are native.
const maxCounted = 8

// maxSeen is the number of frames in which a cycle of calls is looked for.
const maxSeen = 2*maxCycle + maxCounted

// part is what a fingerprint counts of one frame: a piece of the key.
type part struct {
	from, end int
	mark      uint64 // equal for equal pieces, and mostly another for others
	seen      int    // the frames up to it, with those that do not count
	frame     int32  // its index
}

// markOf returns the mark of a piece: of its length, its begin and its end.
func markOf(piece []byte) uint64 {
	const factor = 0x9e3779b97f4a7c15
	mark := uint64(len(piece))
	if len(piece) < 8 {
		for _, b := range piece {
			mark = mark<<8 | uint64(b)
		}
		return mark * factor
	}
	mark = (mark ^ binary.LittleEndian.Uint64(piece)) * factor
	return (mark ^ binary.LittleEndian.Uint64(piece[len(piece)-8:])) * factor
}

// appendKey appends what counts of one error: its frames, and what its message says if that is asked
// for, if there is nothing else, or if the code is minified.
func (c *Canonical) appendKey(key []byte, s Strength) []byte {
	start := len(key)
	key = c.appendParts(key, s)
	message := c.config.message || c.minified || len(key) == start
	if !c.minified && len(key) == start && s != Exact || c.minified && s == Stable && c.own {
		for _, i := range c.counted { // no name that every engine knows
			if f := &c.All[i]; f.File != "" && f.Code != Eval {
				key = append(append(key, '@'), f.File...)
				break
			}
		}
	}
	if message {
		key = append(key, 'm')
		return c.appendMessageKey(key)
	}
	return c.appendIdentity(key)
}

// appendParts appends a line for each frame that counts, up to the end of the first round of a cycle
// of calls: whoever recurses was called from many places, and V8 shows none of them if it went deep.
func (c *Canonical) appendParts(key []byte, s Strength) []byte {
	counted := maxCounted
	if c.config.frames > 0 {
		counted = c.config.frames
	}
	var room [maxSeen]part
	parts := room[:0]
	seen := 0
	var marks uint64 // of the parts so far
	for place, i := range c.counted {
		f := &c.All[i]
		if f.Code == Eval && !f.isKnown() {
			continue
		}
		if seen++; seen > counted+2*maxCycle || s == Exact && seen > counted {
			break
		}
		from := len(key)
		if key = appendFrameKey(key, f, s); len(key) == from {
			continue
		}
		key = append(key, '\n')
		mark := markOf(key[from:])
		parts = append(parts, part{from, len(key), mark, seen, i})
		if bit := uint64(1) << (mark >> 58); marks&bit == 0 { // no part before it is equal
			marks |= bit
			continue
		}
		n := cycleLen(key, parts)
		if n == 0 {
			continue
		}
		if s != Exact && n == 1 && !c.isRecursion(parts) {
			if c.isAsyncPair(place) {
				parts = parts[:len(parts)-1]
				key = key[:parts[len(parts)-1].end]
			}
			continue
		}
		parts = parts[:len(parts)-n]
		cycle := parts[len(parts)-n:]
		key = key[:cycle[n-1].end]
		if s == Exact && n == 1 && len(parts) == 2 && c.isOneFunc(parts[0].frame, parts[1].frame) {
			// Where a stack overflowed, engines point at different lines of the function.
			key = append(key[:parts[0].from], key[cycle[0].from:]...)
			from := parts[0].from
			parts = append(parts[:0], part{from, len(key), markOf(key[from:]), seen, i})
		}
		if s == Exact {
			continue
		}
		if cycle[0].seen > counted {
			break
		}
		return rotate(key, cycle)
	}
	for len(parts) > 0 && parts[len(parts)-1].seen > counted {
		key = key[:parts[len(parts)-1].from]
		parts = parts[:len(parts)-1]
	}
	return key
}

// isRecursion reports whether the last three parts, which are one function, are calls of itself: two of
// them are at one place. Two calls may be any, and so are those of a method and of the one that it
// overrides, each at a place of its own.
func (c *Canonical) isRecursion(parts []part) bool {
	n := len(parts)
	if n < 3 {
		return false
	}
	f, g, h := &c.All[parts[n-3].frame], &c.All[parts[n-2].frame], &c.All[parts[n-1].frame]
	return f.Func == g.Func && f.File == g.File && (f.isAt(g) || g.isAt(h) || f.isAt(h))
}

// isAt reports whether two frames of one file are at one place.
func (f *CanonicalFrame) isAt(g *CanonicalFrame) bool { return f.Line == g.Line && f.col == g.col }

// isOneFunc reports whether two frames are of one function.
func (c *Canonical) isOneFunc(i, j int32) bool {
	a, b := &c.All[i], &c.All[j]
	return a.Func == b.Func && a.File == b.File && a.isKnown()
}

// isAsyncPair reports whether the frame at i and the one before it are no recursion but the two parts
// of an asynchronous function, which JavaScriptCore shows both.
func (c *Canonical) isAsyncPair(i int) bool {
	f := &c.All[c.counted[i]]
	same := func(i int) bool {
		return i >= 0 && i < len(c.counted) && c.All[c.counted[i]].Func == f.Func && c.All[c.counted[i]].File == f.File
	}
	if !f.sign || !same(i-1) || same(i-2) || same(i+1) {
		return false
	}
	first := &c.All[c.counted[i-1]] // the other is where the function ends
	return first.Line < f.Line || first.Line == f.Line && first.col < f.col
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
			a, b := &parts[i], &parts[i-n]
			same = a.mark == b.mark && string(key[a.from:a.end]) == string(key[b.from:b.end])
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
	return f.Rules&(RuleUnknowable|RuleMinified) == 0 && f.Func != Anonymous && f.Func != TopLevel
}

// appendIdentity appends what makes another failure of the same calls: a system error's code and call, an HTTP
// status, a framework's number.
func (c *Canonical) appendIdentity(key []byte) []byte {
	if !c.Message.identity {
		if c.Message.Kind == "" && isErrno(c.code) {
			key = append(append(key, "icode="...), c.code...)
		}
		return key
	}
	for _, p := range c.Message.Params {
		if p.Name == "status" || c.Message.counts(p) {
			key = append(append(key, 'i'), p.Name...)
			key = append(append(key, '='), p.Value...)
		}
	}
	return key
}

// appendMessageKey appends what counts of the header: the kind with the parameters that every engine
// tells, or the type and the template.
func (c *Canonical) appendMessageKey(key []byte) []byte {
	m := &c.Message
	if m.Kind == "" {
		key = slices.Grow(key, len(c.Type)+1+len(m.Text))
		key = append(append(key, c.Type...), '\n')
		key = append(key, m.Text...)
		if m.Text == "" && isErrno(c.code) {
			key = append(key, c.code...)
		}
		return key
	}
	key = append(append(key, "kind "...), m.Kind...)
	for _, p := range m.Params {
		if m.counts(p) {
			key = append(append(key, '\n'), p.Name...)
			key = append(append(key, '='), p.Value...)
		}
	}
	return key
}
