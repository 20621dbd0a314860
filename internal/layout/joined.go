package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// ReadJoinedFrames reads frames that stand one behind the other on a line, mostly behind the header:
//
//	Error: Uncaught (in promise): x get@http://h/vendor.js:25605:36 f@http://h/vendor.js:25772:36
//	JS ERROR: TypeError: x is null f@/usr/share/a.js:42:21
//	Error at new f (https://h/a.js:26554:23) at ...
//	TypeError: t[0] is undefined title: (src/a.ts:123:34) call (src/b.js:448:33)
//	http://h/a.js:2:16334stackTrace@http://h/a.js:2:16505abort@http://h/a.js:2:748
//
// A single frame must stand behind an error's header. It is asked of a text in which nothing else was found.
func ReadJoinedFrames(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one frame after the other: a format takes it where it is
	for i, l := range lines.All() {
		if !mayBeJoinedLine(l.Body) {
			continue
		}
		for _, last := range [...]lastFrame{lastSign, lastAt, lastInParens} {
			n, start := 0, len(l.Body)
			for {
				begin, ok := last(&f, l.Body[:start], n > 0)
				if !ok {
					break
				}
				n, start = n+1, begin
			}
			before := strings.TrimRight(l.Body[:start], " \t")
			if n == 0 || n == 1 && (before == "" || !isErrorHeader(before)) {
				continue
			}
			return takeJoined(lines, i, n, before, last), true
		}
	}
	return nil, false
}

// lastFrame reads the frame that line ends in into f, and returns where it begins. Behind tells that another one
// follows it.
type lastFrame func(f *formats.Frame, line string, behind bool) (begin int, ok bool)

// takeJoined takes the n frames that the line with an index ends in behind before.
func takeJoined(lines model.Lines, i, n int, before string, last lastFrame) *model.Parsed {
	p := new(model.Parsed)
	if before == "" {
		readListingHeader(p, lines.Slice(0, i))
	} else {
		above := lines.Slice(0, i+1)
		above.Replace(i, before)
		readListingHeader(p, above)
	}
	p.Frames = make([]model.Frame, n)
	line := lines.At(i).Body
	for j, end := n-1, len(line); j >= 0; j-- {
		begin, _ := last(&p.Frames[j], line[:end], j < n-1)
		p.Frames[j].Text = strings.Trim(line[begin:end], " \t")
		end = begin
	}
	p.Engine = p.Frames[0].Engine
	p.LeaveLines(lines.From(i + 1))
	p.Wrap("joined")
	return p
}

// maxJoined is the length of the longest line in which frames are looked for.
const maxJoined = 1 << 16

// mayBeJoinedLine reports whether a line may end in frames.
func mayBeJoinedLine(body string) bool {
	if len(body) < 8 || len(body) > maxJoined {
		return false
	}
	switch c := body[len(body)-1]; {
	case txt.IsDigit(c):
		return strings.IndexByte(body, '@') >= 0 || strings.Contains(body, " at ")
	case c == ')':
		return strings.IndexByte(body, '(') > 0 && strings.Contains(body, ":")
	case c == ']':
		return strings.Contains(body, "@[native code]")
	case c == '.':
		return strings.HasSuffix(body, ") at ...")
	}
	return false
}

// lastSign reads the word "NAME@LOCATION".
func lastSign(f *formats.Frame, line string, behind bool) (begin int, ok bool) {
	end := len(strings.TrimRight(line, " "))
	begin = strings.LastIndexByte(strings.TrimSuffix(line[:end], "[native code]"), ' ') + 1
	begin = max(begin, gluedFrame(line[:end]))
	word := line[begin:end]
	return begin, (behind || strings.IndexByte(word, '@') >= 0) && isSureSign(f, word)
}

// isSureSign reports whether word is a frame with a place, and reads it into f.
func isSureSign(f *formats.Frame, word string) bool {
	format := formats.MatchSign(word)
	if format == nil {
		format = formats.DefaultSign()
	}
	return word != "" && format.ReadInto(f, word) && !(formats.IsDoubtful(f, word) && strings.IndexByte(word, '@') >= 0) && (f.Line > 0 || f.Native || f.Wasm) &&
		(strings.Contains(f.File, "/") || f.Native || f.Wasm)
}

// gluedFrame returns where the last frame of line begins if it follows the position of another without anything
// between; else 0.
func gluedFrame(line string) int {
	at := strings.LastIndexByte(line, '@')
	if at < 0 {
		return 0
	}
	begin := at
	for begin > 0 && isNameByte(line[begin-1]) && !txt.IsDigit(line[begin-1]) {
		begin--
	}
	rest := txt.TrimDigits(line[:begin])
	if begin == at || len(rest) == begin || !strings.HasSuffix(rest, ":") {
		return 0
	}
	rest = rest[:len(rest)-1]
	if before := txt.TrimDigits(rest); len(before) < len(rest) && strings.HasSuffix(before, ":") {
		return begin
	}
	return 0
}

// isNameByte reports whether c can be in the name of a function.
func isNameByte(c byte) bool {
	return txt.IsLetter(c) || txt.IsDigit(c) || c == '_' || c == '$' || c == '.'
}

// lastAt reads "at NAME (LOCATION)". What was cut off behind the last one counts as well: " at ...".
func lastAt(f *formats.Frame, line string, behind bool) (begin int, ok bool) {
	if !behind {
		line = strings.TrimSuffix(line, " at ...")
	}
	at := strings.LastIndex(line, " at ")
	if at < 0 {
		return 0, false
	}
	body := strings.TrimSpace(line[at+1:])
	if !formats.DefaultAt().ReadInto(f, body) || f.Line == 0 && !f.Native || strings.IndexByte(f.Func, ' ') >= 0 {
		return 0, false
	}
	return at, behind || f.Col > 0 && (f.Func != "" || strings.Contains(f.File, "/")) // "item at host:20:12" is prose
}

// lastInParens reads "NAME (FILE:LINE:COL)".
func lastInParens(f *formats.Frame, line string, _ bool) (begin int, ok bool) {
	end := len(strings.TrimRight(line, " "))
	open := strings.LastIndex(line[:end], " (")
	if open < 0 || line[end-1] != ')' || !formats.ReadRowPlace(f, line[open+len(" ("):end-1]) || f.Col == 0 {
		return 0, false
	}
	begin = strings.LastIndexByte(line[:open], ' ') + 1
	f.Func = line[begin:open]
	return begin, f.Func != ""
}

// MayBeJoinedFrames reports whether a line of text may end in frames.
func MayBeJoinedFrames(text string) bool {
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		if mayBeJoinedLine(txt.TrimBlanks(line)) {
			return true
		}
	}
	return false
}
