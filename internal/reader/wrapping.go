package reader

import (
	"math"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxWrappings bounds the number of wrappings that are taken off a text, one within the other.
const maxWrappings = 4

// maxUnwrapped bounds how much text is read behind wrappings that may be there, in lengths of the
// whole text. A text that is wrapped takes 2 or 3.
const maxUnwrapped = 24

const byteOrderMark = "\ufeff"

// unwrapper takes the wrappings off one text. Each wrapping has a test of its own for a text that
// may have it; what is within is read by the whole of parse, and believed if a frame in it is sure.
type unwrapper struct {
	within []string // the wrappings that are taken off, from the outside in
	left   int      // bytes that may yet be read

	found    bool // there were frames behind a wrapping, sure or not
	doubtful bool // frames in doubt are taken, for nothing else is in the text

	room []model.Frame // of what was read in vain
}

// takeRoom returns room for the frames of text.
func (w *unwrapper) takeRoom(text string) []model.Frame {
	n := roomFor(text)
	if w == nil || cap(w.room) < n {
		return make([]model.Frame, 0, n)
	}
	room := w.room
	w.room = nil
	return room
}

// giveRoom takes back the room for frames that nobody wants.
func (w *unwrapper) giveRoom(frames []model.Frame) {
	if cap(frames) > cap(w.room) {
		w.room = frames[:0]
	}
}

// wrapping is something around a whole text, which own is without colours.
type wrapping struct {
	name  string
	parse func(w *unwrapper, text, own string) (*parsed, bool)
}

// wrappings returns the ones that are looked for in a text without a frame that is sure, in this order.
// A prefix comes first, for it stands before every line of the others; what is joined by blanks comes
// last, for blanks are everywhere.
func wrappings() [5]wrapping {
	return [...]wrapping{
		{"prefix", (*unwrapper).parsePrefixed},
		{"json", (*unwrapper).parseJSON},
		{"escaped", (*unwrapper).parseEscaped},
		{"html", (*unwrapper).parseHTML},
		{"joined", (*unwrapper).parseJoined},
	}
}

// parseWrapped reads a text whose lines are wrapped as a whole. It reports false if there are no
// frames within, or no better ones than those of bare, the scan of the text as it is.
func (w *unwrapper) parseWrapped(text string, bare *scan) (*parsed, bool) {
	if w == nil {
		w = &unwrapper{left: maxUnwrapped * len(text)}
	}
	if bare.isSure() {
		return w.parseDespite(text, bare)
	}
	if len(bare.frames) == 0 {
		w.giveRoom(bare.frames)
	}
	own := bare.own
	var nested *parsed
	for _, wrapping := range wrappings() {
		p, ok := wrapping.parse(w, text, own)
		switch {
		case !ok:
		case (wrapping.name == "escaped" || wrapping.name == "html") && !(len(p.Wrapping) == 1 && p.Wrapping[0] == wrapping.name):
			if nested == nil {
				nested = p // perhaps the message holds a backslash or a tag
			}
		default:
			return p, true
		}
	}
	least := 0 // frames that are accepted of the text as it is
	if bare.isAcceptable() {
		least = len(bare.frames)
	}
	if nested != nil || len(w.within) > 0 || least > 1 || !w.found {
		return nested, nested != nil
	}
	w.doubtful = true
	for _, wrapping := range wrappings() {
		if p, ok := wrapping.parse(w, text, own); ok && len(p.Frames) > least {
			return p, true
		}
	}
	return nil, false
}

// isSure reports whether s found frames that can be nothing else.
func (s *scan) isSure() bool { return len(s.frames) > 0 && s.doubt < 0 }

// mayBeWrapped reports whether text, in which s found frames that are sure, may be wrapped all the
// same: a whole trace in one line can look like one frame, and names like names with entities of HTML
// in them.
func mayBeWrapped(text string, s *scan) bool {
	return len(s.frames) == 1 || isEscapedHTML(text, s.frames)
}

// parseDespite reads a text in which bare found frames that are sure.
func (w *unwrapper) parseDespite(text string, bare *scan) (*parsed, bool) {
	if isEscapedHTML(text, bare.frames) {
		return w.parseHTML(text, "")
	}
	own := bare.own
	isLine := strings.IndexByte(bare.text, '\n') < 0
	for _, wrapping := range wrappings() {
		if !isLine && wrapping.name != "html" {
			continue // a message may hold anything
		}
		p, ok := wrapping.parse(w, text, own)
		isName := wrapping.name == "json" && strings.Contains(bare.frames[0].Func, `":`)
		isHeader := wrapping.name == "html" && endsInTag(text[:bare.header])
		if ok && (len(p.Frames) > len(bare.frames) || isName || isHeader) {
			return p, true
		}
	}
	return nil, false
}

// read reads what is within the wrapping called name, and reports whether a frame in it is sure.
func (w *unwrapper) read(name, text string) (p *parsed, sure bool) {
	if len(w.within) == maxWrappings || len(text) > w.left {
		return nil, false
	}
	w.left -= len(text)
	w.within = append(w.within, name)
	p = parseWithin(text, w)
	w.within = w.within[:len(w.within)-1]
	p.Wrap(name)
	w.found = w.found || len(p.Frames) > 0
	isList := len(p.Frames) > 1 || name == "prefix" && len(p.Frames) > 0
	sure = p.sure || w.doubtful && len(w.within) == 0 && isList
	if !sure && name != "bom" {
		w.giveRoom(p.Frames)
	}
	return p, sure
}

// isAttempt reports whether what is being read will not be believed unless it holds frames.
func (w *unwrapper) isAttempt() bool {
	return w != nil && slices.ContainsFunc(w.within, func(name string) bool { return name != "bom" })
}

// isWithin reports whether the wrapping called name has been taken off already.
func (w *unwrapper) isWithin(name string) bool {
	if w == nil {
		return false
	}
	for _, outer := range w.within {
		if outer == name {
			return true
		}
	}
	return false
}

// parseMarked reads a text that begins with a byte-order mark.
func (w *unwrapper) parseMarked(text string) *parsed {
	if w == nil {
		w = &unwrapper{left: maxUnwrapped * len(text)}
	}
	p, _ := w.read("bom", text[len(byteOrderMark):])
	return p
}

// leaveAround leaves what stands in the text before and behind what p was read from.
func (p *parsed) leaveAround(before, behind string) {
	if line := before[strings.LastIndexByte(before, '\n')+1:]; strings.Trim(line, " \t") == "" {
		before = before[:len(before)-len(line)]
	}
	if line, next := txt.LineAt(behind, 0); strings.Trim(line, " \t") == "" {
		behind = behind[next:]
	}
	lines := txt.AppendLines(nil, before)
	p.Before += len(lines)
	p.Unparsed = append(lines, p.Unparsed...)
	p.Leave(txt.TrimLineEnds(behind))
}

// maxBackslashes bounds the length of an escaped line end: each further time that a text is escaped
// doubles the backslashes.
const maxBackslashes = 8

// parseEscaped reads a text in which line ends are written as in the source of a program:
//
//	Error: x\n    at f (C:\new\x.js:1:2)\n    at g (C:\new\x.js:3:4)
//	Error: x\\n    at f (/a.js:1:2)
//
// Other backslashes are left alone.
func (w *unwrapper) parseEscaped(text, _ string) (*parsed, bool) {
	if w.isWithin("escaped") {
		return nil, false
	}
	unescaped, ok := unescapeLines(text)
	if !ok {
		return nil, false
	}
	return w.read("escaped", unescaped)
}

// unescapeLines returns text with the escaped line ends in it as line ends, and reports whether there
// are any. An "n" behind a backslash may be the first letter in a Windows path too. A line ends there
// only if the next one begins with "at ", or if it is no frame that is still without its place, and
// no path.
func unescapeLines(text string) (string, bool) {
	slashes := lineEndSlashes(text)
	if slashes == 0 {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(text))
	from := 0 // what is not yet written
	line := escapedLine{}
	for i := 0; i < len(text); {
		c := text[i]
		if c != '\\' {
			if c == '\n' {
				line = escapedLine{}
			} else {
				line.add(c)
			}
			i++
			continue
		}
		n := i
		for n < len(text) && text[n] == '\\' {
			n++
		}
		end := n
		if n-i == slashes && n < len(text) {
			switch text[n] {
			case 'n':
				end = n + 1
			case 'r':
				if after := text[n+1:]; len(after) > slashes && strings.Trim(after[:slashes], "\\") == "" && after[slashes] == 'n' {
					end = n + 1 + slashes + 1
				}
			case 't':
				if line.isBlank() {
					b.WriteString(text[from:i])
					b.WriteByte('\t')
					i, from = n+1, n+1
					continue
				}
			}
		}
		if end > n && line.ends(text[end:], slashes) {
			b.WriteString(text[from:i])
			b.WriteByte('\n')
			i, from = end, end
			line = escapedLine{}
			continue
		}
		line.addPath()
		i = n
	}
	if from == 0 {
		return "", false
	}
	b.WriteString(text[from:])
	return b.String(), true
}

// lineEndSlashes returns the number of backslashes before the "n" of an escaped line end: the
// smallest that stands before a frame, else the smallest that occurs, for backslashes in paths may
// have been escaped too. 0 if there are none.
func lineEndSlashes(text string) int {
	least, beforeAt := 0, 0
	for i := strings.IndexByte(text, '\\'); i >= 0 && i < len(text); {
		n := i
		for n < len(text) && text[n] == '\\' {
			n++
		}
		if count := n - i; n < len(text) && text[n] == 'n' && count <= maxBackslashes {
			if least == 0 || count < least {
				least = count
			}
			if (beforeAt == 0 || count < beforeAt) && strings.HasPrefix(strings.TrimLeft(text[n+1:], " \t"), "at ") {
				beforeAt = count
			}
		}
		next := strings.IndexByte(text[n:], '\\')
		if next < 0 {
			break
		}
		i = n + next
	}
	if beforeAt > 0 {
		return beforeAt
	}
	return least
}

// escapedLine is what has been seen of a line that ends in an escape.
type escapedLine struct {
	start  [len("at ")]byte // its first bytes that are not blank
	bytes  int              // how many bytes there are, from the first that is not blank
	depth  int              // open parentheses
	last   [3]byte          // the last bytes, the latest first
	digits int              // at its end
	number bool             // it ends in ":" and digits, perhaps with a parenthesis behind them
	inPath bool             // a word with a drive's letter has not ended
	drive  bool             // it holds such a word
}

func (l *escapedLine) isBlank() bool { return l.bytes == 0 }

func (l *escapedLine) isAt() bool { return l.bytes >= len(l.start) && string(l.start[:]) == "at " }

// add takes one more byte that is no backslash.
func (l *escapedLine) add(c byte) {
	isBlank := c == ' ' || c == '\t'
	if l.bytes == 0 && isBlank {
		return
	}
	if l.bytes < len(l.start) {
		l.start[l.bytes] = c
	}
	l.bytes++
	l.inPath = l.inPath && !isBlank
	switch {
	case '0' <= c && c <= '9':
		if l.digits == 0 {
			l.number = l.last[0] == ':'
		}
		l.digits++
	case c == ')':
		l.number = l.number && l.digits > 0
		l.digits = 0
		l.depth--
	default:
		l.number, l.digits = false, 0
		if c == '(' {
			l.depth++
		}
	}
	l.last = [...]byte{c, l.last[0], l.last[1]}
}

// addPath takes backslashes that end no line.
func (l *escapedLine) addPath() {
	if letter := l.last[1] | 0x20; l.last[0] == ':' && 'a' <= letter && letter <= 'z' && !txt.IsUpper(l.last[2]&^0x20) {
		l.inPath, l.drive = true, true
	}
	l.add('\\')
}

// ends reports whether the line ends at an escape behind which rest stands.
func (l *escapedLine) ends(rest string, slashes int) bool {
	path := *l
	path.addPath()
	inPath := path.inPath && rest != "" && isPathByte(rest[0])
	if l.number || !inPath && !l.isAt() {
		return true
	}
	for { // blanks, which may be escaped too
		trimmed := strings.TrimLeft(rest, " \t")
		if len(trimmed) > slashes && trimmed[slashes] == 't' && strings.Trim(trimmed[:slashes], "\\") == "" {
			trimmed = trimmed[slashes+1:]
		}
		if len(trimmed) == len(rest) {
			break
		}
		rest = trimmed
	}
	if rest == "" || strings.HasPrefix(rest, "at ") {
		return true
	}
	if len(rest) > slashes && (rest[slashes] == 'n' || rest[slashes] == 'r') && strings.Trim(rest[:slashes], "\\") == "" {
		return true // an empty line
	}
	return l.isAt() && !path.drive && l.depth <= 0
}

// isPathByte reports whether c often follows the first letter of a file's name.
func isPathByte(c byte) bool {
	return c >= 0x80 || txt.IsDigit(c) || txt.IsUpper(c&^0x20) || c == '_' || c == '-' || c == '.' || c == '\\'
}

// separators are what the lines of a trace are joined by.
var separators = [...]string{" | ", " ⏎ ", " ↵ ", "⏎", "↵"}

// mayBeJoined reports whether text holds a separator.
func mayBeJoined(text string) bool {
	for _, separator := range separators {
		if strings.Contains(text, separator) {
			return true
		}
	}
	return false
}

// parseJoined reads a trace whose lines are joined into one:
//
//	Error: x |     at f (/a.js:1:2) |     at g (/a.js:3:4)
//	Error: x at f (/a.js:1:2) at g (/a.js:3:4)
//
// What is joined by blanks must consist of frames behind the header, and be more than one of them.
func (w *unwrapper) parseJoined(text, _ string) (*parsed, bool) {
	if w.isWithin("joined") {
		return nil, false
	}
	line := text[leadLen(text):] // a separator stands between two things
	for _, separator := range separators {
		if strings.Contains(line, separator) {
			if p, ok := w.read("joined", strings.ReplaceAll(text, separator, "\n")); ok {
				return p, true
			}
		}
	}
	if split, ok := splitJoinedAt(text); ok {
		return w.read("joined", split)
	}
	if split, ok := splitJoinedSign(text); ok {
		return w.read("joined", split)
	}
	return nil, false
}

// leadLen returns the length of the blanks and colours that s begins with.
func leadLen(s string) int {
	i := 0
	for i < len(s) {
		switch {
		case txt.IsBlank(s[i]):
			i++
		case s[i] == ansi.Escape && ansi.SequenceLen(s[i:]) > 0:
			i += ansi.SequenceLen(s[i:])
		default:
			return i
		}
	}
	return i
}

// splitJoinedAt puts a line end before each "at " of a line that ends in two frames at least, behind
// which nothing else stands.
func splitJoinedAt(text string) (string, bool) {
	line := txt.TrimLineEnds(text)
	if strings.IndexByte(line, '\n') >= 0 || strings.Count(line, "at ") < 2 {
		return "", false
	}
	if len(line) > math.MaxInt32 {
		return "", false
	}
	starts := make([]int32, 0, strings.Count(line, "at ")) // of frames, outside parentheses
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case 'a':
			if depth == 0 && strings.HasPrefix(line[i:], "at ") && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
				starts = append(starts, int32(i))
			}
		}
	}
	first, end := len(starts), int32(len(line))
	var f formats.Frame // of one frame after the other: a format takes it where it is
	for first > 0 {
		body := strings.Trim(line[starts[first-1]:end], " \t\r")
		if !formats.DefaultAt().ReadInto(&f, body) || f.Line == 0 && !f.Native {
			break
		}
		first--
		end = starts[first]
	}
	if len(starts)-first < 2 {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(line) + len(starts))
	from := int32(0)
	for _, start := range starts[first:] {
		if start > 0 {
			b.WriteString(strings.TrimRight(line[from:start], " \t"))
			b.WriteByte('\n')
		}
		from = start
	}
	b.WriteString(line[from:])
	return b.String(), true
}

// splitJoinedSign puts each word of a line on a line of its own, if there are two at least and all
// of them are frames.
func splitJoinedSign(text string) (string, bool) {
	line := txt.TrimLineEnds(text)
	if strings.IndexByte(line, '\n') >= 0 || strings.Count(line, "@") < 2 {
		return "", false
	}
	var f formats.Frame // of one word after the other
	words, length := 0, 0
	for word := range strings.FieldsSeq(line) {
		words++
		length += len(word) + len("\n")
		if !formats.DefaultSign().ReadInto(&f, word) || formats.IsDoubtful(&f, word) {
			return "", false
		}
	}
	if words < 2 {
		return "", false
	}
	var b strings.Builder
	b.Grow(length)
	for word := range strings.FieldsSeq(line) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(word)
	}
	return b.String(), true
}
