package carrier

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Shape is what stands before the lines of one stream: the same text but for digits, hexadecimal numbers,
// and the names of days and months. It has no blanks at its end.
//
//	2026-11-21T10:00:00.123Z app[148e71]:
//	#9 1.234
//	npm ERR! stack
type Shape string

// ShapeOf returns the shape of what stands before the frame of a line, "" if there is none: the line is no
// frame that is certain, or nothing stands before it that may be a prefix. The blanks between the prefix and
// the frame are counted in indent.
func ShapeOf(line string) (shape Shape, indent int) {
	if !strings.Contains(line, " at ") && strings.IndexByte(line, '@') < 0 {
		return "", 0
	}
	return new(Finder).shapeOf(line)
}

// HasFrame reports whether a line of text is a frame that can be nothing else.
func HasFrame(text string) bool {
	var r Finder
	return hasLine(text, func(line string) bool {
		at, ok := r.Start(line)
		return ok && strings.Trim(line[:at], " \t") == ""
	})
}

// HasPrefixedFrame reports whether a line of text is such a frame behind what may be a prefix.
func HasPrefixedFrame(text string) bool {
	var r Finder
	return hasLine(text, func(line string) bool {
		shape, _ := r.shapeOf(line)
		return shape != ""
	})
}

// hasLine reports whether is is true of a line of text.
func hasLine(text string, is func(line string) bool) bool {
	for offset := 0; offset < len(text); {
		var line string
		if line, offset = txt.LineAt(text, offset); is(line) {
			return true
		}
	}
	return false
}

// Finder finds frames in lines. It has a frame for all of them, since one that a format reads is put on the
// heap.
type Finder struct {
	frame   formats.Frame
	decided *formats.Frame // of a line that another engine than the default alone writes; nil before the first
}

func (r *Finder) shapeOf(line string) (shape Shape, indent int) {
	at, ok := r.Start(line)
	if !ok || at == 0 || r.frame.Wasm && r.frame.Line == 0 { // names of WebAssembly's functions may have blanks
		return "", 0
	}
	prefix := strings.TrimRight(line[:at], " \t")
	if !r.isPrefix(prefix) {
		return "", 0
	}
	return Shape(prefix), at - len(prefix)
}

// Cut takes the prefix off a line. The blanks behind it stay. It reports false if the line has none of this
// shape.
func (s Shape) Cut(line string) (rest string, ok bool) {
	n := s.len(line)
	if n < 0 {
		return line, false
	}
	rest = line[n:]
	if rest == "" || txt.IsBlank(rest[0]) {
		return rest, true
	}
	return rest, !isNameByte(s[len(s)-1]) && s[len(s)-1] < 0x80 // "##[error]TypeError: x"
}

// maxFrames bounds the number of places in a line where a frame is looked for.
const maxFrames = 4

// Start returns where in line a frame begins that can be nothing else, with its "at " if it has one.
// Something may stand before it. It reports false if there is none.
func (r *Finder) Start(line string) (at int, ok bool) {
	line = strings.TrimRight(line, " \t\r")
	if at, ok := r.atStart(line); ok {
		return at, true
	}
	if at, ok := r.dumpStart(line); ok {
		return at, true
	}
	return r.signStart(line)
}

// dumpStart finds a row of SpiderMonkey's dump: "#0 7ffc… b   resource:///x.js:82 (7fd0 @ 71)".
func (r *Finder) dumpStart(line string) (at int, ok bool) {
	if !strings.HasSuffix(line, ")") || !strings.Contains(line, " @ ") {
		return 0, false
	}
	if at = strings.IndexByte(line, '#'); at < 0 {
		return 0, false
	}
	shape := formats.ReadRow(&r.frame, line[at:])
	return at, shape != nil && shape.Lead() == "#"
}

// atStart finds a frame that begins with "at ".
func (r *Finder) atStart(line string) (at int, ok bool) {
	from := 0
	for range maxFrames {
		next := strings.Index(line[from:], "at ")
		if next < 0 {
			break
		}
		at = from + next
		from = at + len("at ")
		if at > 0 && !txt.IsBlank(line[at-1]) {
			continue
		}
		f := &r.frame
		if r.readAt(line[at:]) && (f.Line > 0 || f.Native || f.Wasm) && !strings.Contains(f.Func, " at ") {
			return at, true
		}
	}
	return 0, false
}

// readAt reads a frame that begins with "at ", of whatever engine.
func (r *Finder) readAt(body string) bool {
	if formats.ReadAt(&r.frame, body) && r.frame.Line > 0 {
		return true
	}
	if decided := formats.MatchAt(body); decided != nil {
		if r.decided == nil {
			r.decided = new(formats.Frame) // apart, so that a Finder that meets no such frame need not be on the heap
		}
		if decided.ReadInto(r.decided, body) {
			r.frame = *r.decided
			return true
		}
	}
	return formats.ReadAt(&r.frame, body)
}

// signStart finds a frame with "@" between its name and its place. The name begins behind a blank.
func (r *Finder) signStart(line string) (start int, ok bool) {
	if line == "" || !txt.IsDigit(line[len(line)-1]) && !strings.HasSuffix(line, "@[native code]") && !strings.Contains(line, "wasm-function[") {
		return 0, false
	}
	from := 0
	for range maxFrames {
		next := strings.IndexByte(line[from:], '@')
		if next < 0 {
			break
		}
		sign := from + next
		from = sign + 1
		start = strings.LastIndexAny(line[:sign], " \t") + 1
		for _, word := range [...]string{"get ", "set ", "new ", "async ", "static ", "bound ", "global ", "eval ", "module "} {
			if before := line[:start]; strings.HasSuffix(before, word) && (len(before) == len(word) || txt.IsBlank(before[len(before)-len(word)-1])) {
				start -= len(word)
				break
			}
		}
		f := &r.frame
		if formats.ReadSign(f, line[start:]) && (f.Line > 0 || f.Native || f.Wasm) && !formats.IsDoubtful(f, line[start:]) && isPlace(f) {
			return start, true
		}
	}
	return 0, false
}

// isPlace reports whether the file of f is the location of a script, and no hash or host: "x@sha256:aa11:1:2".
func isPlace(f *formats.Frame) bool {
	return f.File == "" || strings.ContainsAny(f.File, "/\\.") || strings.HasPrefix(f.File, "about:")
}

// isPrefix reports whether s, which stands before a frame, may be a prefix, and is no header, string, tag or
// other frame on the line.
func (r *Finder) isPrefix(s string) bool {
	if s == "" || strings.IndexByte(s, '"') >= 0 || strings.IndexByte("'`,", s[len(s)-1]) >= 0 {
		return false
	}
	if _, ok := header.FindStrong(s); ok || strings.HasSuffix(s, "Error") || strings.HasSuffix(s, "Exception") {
		return false
	}
	if nextMarkup(s) >= 0 {
		return false
	}
	_, isFrame := r.Start(s)
	return !isFrame
}

// len returns the length of what line begins with that has the shape, or -1.
func (s Shape) len(line string) int {
	i, j := 0, 0
	for i < len(s) {
		if j == len(line) {
			return -1
		}
		switch {
		case isNameByte(s[i]) && isNameByte(line[j]):
			one, other := nameRun(string(s[i:])), nameRun(line[j:])
			if one != other && !isAlike(one, other) {
				return -1
			}
			i += len(one)
			j += len(other)
		case s[i] == ' ' && line[j] == ' ': // numbers may be padded
			for i < len(s) && s[i] == ' ' {
				i++
			}
			for j < len(line) && line[j] == ' ' {
				j++
			}
		case s[i] == line[j]:
			i++
			j++
		default:
			return -1
		}
	}
	return j
}

// isNameByte reports whether c can be in a name or a number.
func isNameByte(c byte) bool { return txt.IsDigit(c) || txt.IsLetter(c) }

// maxRun bounds the length of the name or the number that is compared at once.
const maxRun = 64

// nameRun returns the letters and digits that s begins with.
func nameRun(s string) string {
	n := 0
	for n < min(len(s), maxRun) && isNameByte(s[n]) {
		n++
	}
	return s[:n]
}

// isAlike reports whether two names or numbers are the same but for digits, are hexadecimal numbers, or are
// names of days or of months.
func isAlike(one, other string) bool {
	if isHex(one) && isHex(other) || isTimeName(one) && isTimeName(other) {
		return true
	}
	i, j := 0, 0
	for i < len(one) && j < len(other) {
		if txt.IsDigit(one[i]) && txt.IsDigit(other[j]) {
			i += txt.DigitsLen(one[i:])
			j += txt.DigitsLen(other[j:])
			continue
		}
		if one[i] != other[j] {
			return false
		}
		i++
		j++
	}
	return i == len(one) && j == len(other)
}

// isHex reports whether s is a number with hexadecimal digits.
func isHex(s string) bool {
	digits := len(s) >= 6
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case txt.IsDigit(c):
			digits = true
		case c|0x20 < 'a' || c|0x20 > 'f':
			return false
		}
	}
	return digits
}

// isTimeName reports whether s is the short name of a day, a month or a half of the day.
func isTimeName(s string) bool {
	switch s {
	case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "AM", "PM", "am", "pm",
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec":
		return true
	}
	return false
}
