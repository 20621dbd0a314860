package carrier

import (
	"math/bits"
	"strings"
	"unicode"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Contents tell what may be in a text, judged by its bytes alone.
type Contents struct {
	Frames  bool // frames, of an engine or in any other layout, on lines or within a carrier
	Headers bool // headers of errors
}

// Look looks through a text for what all frames and headers have. It is many times as fast as reading the
// lines, and tells most texts that hold no trace: logs of requests, prose, source code. What it does not
// find is not there.
//
// A frame has a place: a file, a colon and a number. Or it begins with "at ", or holds "@", or tells a line in
// words, or is a component in angle brackets or behind "in ".
func Look(text string) Contents {
	if strings.IndexByte(text, ansi.Escape) >= 0 || strings.IndexByte(text, 0) >= 0 || holdsEscapes(text) || holdsAny(text, "js [", "Line ", `File "`, `File \"`) {
		return Contents{Frames: true, Headers: true}
	}
	l := looker{text: text, colon: nextByte(text, 0, ':'), sign: nextByte(text, 0, '@')}
	for l.next < len(text) && !l.found.Frames {
		l.start = l.next
		end := nextByte(text, l.start, '\n')
		l.line, l.next, l.asked = text[l.start:end], end+1, false
		if n := len(l.line); n > 0 && l.line[n-1] == '\r' {
			l.line = l.line[:n-1]
		}
		l.look()
	}
	if l.found.Frames {
		l.found.Headers = true // nobody has looked at all lines
	}
	return l.found
}

// holdsEscapes reports whether text holds what stands for a byte that frames have.
func holdsEscapes(text string) bool {
	return strings.IndexByte(text, '\\') >= 0 && holdsAny(text, `\u00`, `\x1`) && holdsAny(text, `\u0040`, `\u003a`, `\u001b`, `\x1b`, `\x1B`) ||
		strings.Contains(text, "&#") && holdsAny(text, "&#64;", "&#x40;") ||
		strings.Contains(text, "#012")
}

// holdsAny reports whether text holds one of words.
func holdsAny(text string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// near is how many bytes are looked at eight at a time, before those that follow are by a function that takes long
// to begin.
const near = 64

// LookForNames reports whether calls and components without a place may stand within a carrier, which [Look] does
// not look for: behind "at " and before parentheses without a place, or behind "in ". It also looks for rows whose places
// are written without a colon, below the header of an error.
func LookForNames(text string) bool {
	if holdsAny(text, "rror", "xception", "tack", "ncaught", "SCRIPT", "lineNumber") && holdsAny(text, ", source: ", " line ", ", line ", ".js(", ".js (", ".ts(", ".js#", "js\t", "SCRIPT", ".js:", ".ts:", ".jsx:", ".tsx:", ".vue:", "bundle:", "lineNumber") {
		return true // rows whose places have no colon, or stand behind a prefix
	}
	return strings.Contains(text, "at ") && holdsAny(text, " ()", "(native)", "(<anonymous>)", "&lt;anonymous&gt;") || holdsAny(text, "    in ", ";in ", "\tin ")
}

// nextByte returns where the next c, a byte of ASCII, stands in text from an offset on; the length of text if there
// is none.
func nextByte(text string, from int, c byte) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	rest := text[from:]
	for n := 0; n < near && len(rest) >= 8; n += 8 {
		eight := uint64(rest[0]) | uint64(rest[1])<<8 | uint64(rest[2])<<16 | uint64(rest[3])<<24 |
			uint64(rest[4])<<32 | uint64(rest[5])<<40 | uint64(rest[6])<<48 | uint64(rest[7])<<56
		eight ^= ones * uint64(c) // a byte that is c is zero now
		if zeros := (eight - ones) &^ eight & tops; zeros != 0 {
			return len(text) - len(rest) + bits.TrailingZeros64(zeros)/8
		}
		rest = rest[8:]
	}
	if at := strings.IndexByte(rest, c); at >= 0 {
		return len(text) - len(rest) + at
	}
	return len(text)
}

// looker looks at one line after the other.
type looker struct {
	text        string
	line        string
	start, next int
	asked       bool // whether the line is a header
	colon, sign int  // the next ones in text
	at          int  // the next "at " behind where it was looked for last; 0 if it never was
	found       Contents
	finder      *Finder // made when it is needed
}

// look looks at a line.
func (l *looker) look() {
	line := l.line
	blanks := 0
	for blanks < len(line) && txt.IsBlank(line[blanks]) {
		blanks++
	}
	if body := line[blanks:]; body != "" {
		l.lookAtStart(body)
		l.lookAtEnd(body)
	}
	end := l.start + len(line)
	for l.colon < end {
		l.lookAtColon(l.colon - l.start)
		l.colon = nextByte(l.text, l.colon+1, ':')
	}
	for l.sign < end {
		l.lookAtSign(l.sign - l.start)
		l.sign = nextByte(l.text, l.sign+1, '@')
	}
}

// lookAtStart looks at what a line begins with.
func (l *looker) lookAtStart(body string) {
	switch c := body[0]; c {
	case 'a', '-', '*':
		body = strings.TrimLeft(body, "-*> ")
		call, ok := strings.CutPrefix(body, "at ")
		l.found.Frames = l.found.Frames || ok && !isPhrase(call) || isVue(body)
	case 'i':
		if rest, ok := strings.CutPrefix(body, "in "); ok {
			word := nameRun(rest)
			l.found.Frames = l.found.Frames || word != "" && (len(word) == len(rest) || strings.HasPrefix(rest[len(word):], " (") || strings.HasPrefix(rest[len(word):], ","))
		}
	case '<':
		l.found.Frames = l.found.Frames || len(body) > 2 && txt.IsUpper(body[1]) && strings.IndexByte(body, '>') == len(strings.TrimRight(body, " \t\r"))-1 || isVue(body)
	case 'T':
		l.found.Frames = l.found.Frames || strings.HasPrefix(body, "Traceback (")
	case '+': // a group of Python's
		l.found.Frames = l.found.Frames || strings.HasPrefix(body, "+-+-")
	case 'c', 'E': // Opera's
		isOpera := strings.HasPrefix(body, "called ") || strings.HasPrefix(body, "Error ")
		l.found.Frames = l.found.Frames || isOpera && saysLine(body[:min(len(body), maxWords)])
	case 'l':
		l.found.Frames = l.found.Frames || strings.HasPrefix(body, "lineNumber")
	case 'U', '[':
		l.found.Headers = l.found.Headers || header.IsHeaderLine(body)
	}
}

// isVue reports whether a line, of which marks were taken off, may be a component of Vue's: "<App> at src/App.vue".
func isVue(body string) bool {
	return body != "" && body[0] == '<' && strings.Contains(body[:min(len(body), maxFile)], "> at ")
}

// leastWords is the number of words from which on those behind "at " are prose, if nothing but words is there.
const leastWords = 4

// isPhrase reports whether what stands behind "at " is words and not the name of a function or a component.
func isPhrase(s string) bool {
	if strings.ContainsAny(s, "(<[@:/") {
		return false
	}
	return strings.Count(strings.TrimSpace(s), " ") >= leastWords-1
}

// lookAtEnd looks at what a line ends with.
func (l *looker) lookAtEnd(body string) {
	n := len(body)
	for txt.IsBlank(body[n-1]) {
		n--
	}
	body = body[:n]
	switch c := body[n-1]; {
	case c == 'r' || c == 'n' || c == 'g':
		l.found.Headers = l.found.Headers || isErrorEnd(body) && header.IsHeaderLine(body)
	case c == ')':
		l.found.Headers = l.found.Headers || isErrorEnd(body[:n-1]) && l.isHeader()
	case txt.IsDigit(c):
		l.found.Frames = l.found.Frames || saysLine(body[max(0, n-maxWords):])
	}
}

// maxWords is how far into a line, and from its end, words about a line are looked for.
const maxWords = 64

// saysLine reports whether "line" and a number stand in s: "Line 12 of linked script".
func saysLine(s string) bool {
	for {
		_, after, ok := strings.Cut(s, "ine ")
		if !ok {
			return false
		}
		if after != "" && txt.IsDigit(after[0]) {
			return true
		}
		s = after
	}
}

// isErrorEnd reports whether s ends as the names of errors do.
func isErrorEnd(s string) bool {
	switch s[max(0, len(s)-2):] {
	case "or":
		return strings.HasSuffix(s, "Error")
	case "on":
		return strings.HasSuffix(s, "Exception") || strings.HasSuffix(s, "Rejection") || strings.HasSuffix(s, "Violation")
	case "ng":
		return strings.HasSuffix(s, "Warning")
	}
	return false
}

// lookAtColon looks at what stands before and behind a colon.
func (l *looker) lookAtColon(colon int) {
	line := l.line
	if colon == 0 {
		return
	}
	before := line[colon-1]
	if before == '"' {
		l.found.Frames = l.found.Frames || isLineKey(line[:colon-1])
		return
	}
	if behind := line[colon+1:]; behind == "" || !txt.IsDigit(behind[0]) {
		if behind != "" && behind[0] == 'w' {
			l.found.Frames = l.found.Frames || strings.HasPrefix(behind, "wasm-function[")
		}
		switch before {
		case 'e':
			l.found.Frames = l.found.Frames || len(behind) > 1 && txt.IsDigit(behind[1]) && strings.HasSuffix(line[:colon], "ine")
		case 'r', 'n', 'g':
			l.found.Headers = l.found.Headers || isErrorEnd(line[max(0, colon-16):colon]) && l.isHeader()
		case ')':
			l.found.Headers = l.found.Headers || isErrorEnd(line[max(0, colon-17):colon-1]) && l.isHeader()
		case ']':
			name := line[max(0, colon-maxWords):colon]
			open := strings.LastIndexByte(name, '[')
			l.found.Headers = l.found.Headers || open > 0 && isErrorEnd(strings.TrimRight(name[:open], " ")) && l.isHeader()
		case 't':
			l.found.Frames = l.found.Frames || strings.HasSuffix(line[:colon], "located at") || strings.HasSuffix(line[:colon], "> component")
		}
		return
	}
	l.found.Frames = l.found.Frames || l.isPlace(colon)
}

// isLineKey reports whether s, up to the quote behind it, is the name of a member that tells a line:
// "lineno", "LineNumber", "number".
func isLineKey(s string) bool {
	switch s[max(0, len(s)-1):] {
	case "e":
		return strings.HasSuffix(s, "ine")
	case "o":
		return strings.HasSuffix(s, "ineno") || strings.HasSuffix(s, "ineNo")
	case "r":
		return strings.HasSuffix(s, "umber")
	}
	return false
}

// isHeader reports whether the line holds the header of an error. Once it does not, it is not asked again: it may be
// long.
func (l *looker) isHeader() bool {
	if l.asked {
		return false
	}
	l.asked = true
	return header.IsHeaderLine(strings.TrimSpace(l.line)) || header.HasStrong(l.line)
}

// maxFile is how much of a file's name is looked at.
const maxFile = 256

// isPlace reports whether a file stands before a colon, behind which a number stands, so that the line may be
// a frame or a row.
func (l *looker) isPlace(colon int) bool {
	line := l.line
	if txt.IsDigit(line[colon-1]) && isTime(line[max(0, colon-maxDigits):colon], line[colon+1:]) {
		return false
	}
	start := colon
	for least := max(0, colon-maxFile); start > least && !endsFile[line[start-1]]; {
		start--
	}
	end, numbers := colon, 0
	for numbers < 3 && end < len(line) && line[end] == ':' && end+1 < len(line) && txt.IsDigit(line[end+1]) {
		end += 1 + txt.DigitsLen(line[end+1:min(len(line), end+1+maxDigits)])
		numbers++
	}
	file := line[start:colon]
	if isPort(file) {
		return false
	}
	if numbers > 1 && strings.ContainsFunc(file, unicode.IsLetter) {
		return true
	}
	if strings.HasSuffix(file, "self-hosted") || strings.Contains(file, "wasm-function[") || file == "" && strings.HasSuffix(line[:colon], "&gt;") {
		return true
	}
	if isFile(file) && (isPlaceEnd(line[end:min(len(line), end+maxDigits)]) || endsString(line[max(0, start-maxFile):], line[end:]) || isBehindAt(line[max(0, start-maxWords):start]) || strings.Trim(line[max(0, start-maxDigits):start], " \t-*#>•") == "" && start < maxDigits) {
		return true
	}
	if txt.IsNumber(strings.TrimLeft(file, "([<")) {
		isInner := strings.IndexByte("([<", line[start]) >= 0 && end < len(line) && line[end] == ')' // "x.js (12507:0)"
		return isInner || start > 0 && isFile(lastWord(line[max(0, start-maxFile):start-1]))         // "a.dart 742:5"
	}
	from, to := max(0, colon-2*maxFile), min(len(line), end+maxFile)
	if !l.hasAt(l.start+from, l.start+to) {
		return false
	}
	if l.finder == nil {
		l.finder = new(Finder)
	}
	_, ok := l.finder.atStart(strings.TrimRight(line[from:min(len(line), end+1)], " \t\r"))
	return ok || strings.IndexByte(line[from:to], '\\') >= 0 && numbers > 1
}

// hasAt reports whether the word "at" is between two places of the text. It remembers where the next one is.
func (l *looker) hasAt(from, to int) bool {
	if l.at < from || l.at == 0 {
		l.at = len(l.text)
		if at := strings.Index(l.text[from:], "at "); at >= 0 {
			l.at = from + at
		}
	}
	return l.at+len("at ") <= to
}

// maxDigits is how many digits of a number, and how many marks before a row, are looked at.
const maxDigits = 16

// endsFile are the bytes at which the name of a file ends, seen from its end.
var endsFile = [256]bool{' ': true, '\t': true, '"': true, '\'': true, '`': true, ',': true, ';': true, '|': true}

// lastWord returns the last word of s.
func lastWord(s string) string { return s[strings.LastIndexAny(s, " \t")+1:] }

// isTime reports whether a colon stands within a time: numbers of two digits, or a date before them.
func isTime(before, behind string) bool {
	digits := len(before) - len(txt.TrimDigits(before))
	if digits == 0 || digits == len(before) && digits != 2 {
		return false
	}
	n := txt.DigitsLen(behind)
	if n != 2 {
		return false
	}
	if digits == len(before) || digits == 4 {
		return true
	}
	c := before[len(before)-digits-1]
	return digits == 2 && (c == ':' || c == 'T' || c == '[' || c == '(' || c == '-' || c == '/' || c == '.')
}

// isPort reports whether what stands before a colon is a host.
func isPort(s string) bool {
	if _, host, ok := strings.Cut(s, "://"); ok {
		return strings.IndexByte(host, '/') < 0
	}
	return strings.Trim(s, "0123456789.") == "" && strings.IndexByte(s, '.') >= 0
}

// isFile reports whether s may be a script's name: it ends as those do, or has a path, or stands for code
// without a file.
func isFile(s string) bool {
	if s == "" {
		return false
	}
	if strings.IndexByte(")>]", s[len(s)-1]) >= 0 || strings.Contains(s, "://") || strings.Contains(s, "VM") || strings.IndexByte(s, '\\') >= 0 {
		return true
	}
	name := s[strings.LastIndexByte(s, '/')+1:]
	if query := strings.IndexByte(name, '?'); query > 0 {
		name = name[:query]
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return len(name) < len(s) && strings.IndexByte(name, '=') < 0
	}
	switch ending := name[dot+1:]; {
	case len(name) < len(s):
		return true
	case len(ending) > len("jsbundle") || txt.LettersLen(ending) == 0:
		return false
	case len(ending) > 1 && (strings.IndexByte("jtcmvshdpgbr", ending[0]) >= 0):
		return true
	}
	return false
}

// isBehindAt reports whether the word "at" is in s, which stands before a file.
func isBehindAt(s string) bool {
	at := strings.LastIndex(s, "at ")
	return at >= 0 && (at == 0 || !txt.IsLetter(s[at-1]) || at > 1 && s[at-2] == '\\')
}

// endsString reports whether a place stands at the end of a string in which a line end is escaped; the string is in
// before, and behind is what follows the place.
func endsString(before, behind string) bool {
	return behind != "" && behind[0] == '"' && strings.IndexByte(before[:min(len(before), maxFile)], '\\') >= 0
}

// isPlaceEnd reports whether s may stand behind the place of a frame: nothing but punctuation up to the end of the
// line, a tag, an escaped line end, or the name of the function.
func isPlaceEnd(s string) bool {
	s = strings.TrimLeft(s, ")]}>,;\"'. \t\r:")
	return s == "" || s[0] == '\\' || s[0] == '<' || s[0] == '&' || s[0] == '|' || strings.HasPrefix(s, "in ")
}

// lookAtSign looks at what stands before and behind an "@".
func (l *looker) lookAtSign(sign int) {
	line := l.line
	behind := line[sign+1 : min(len(line), sign+1+2*maxFile)]
	isBlankBefore := sign > 0 && txt.IsBlank(line[sign-1])
	switch {
	case behind == "", behind[0] == '\\':
		l.found.Frames = l.found.Frames || sign > 0 && isNameByte(line[sign-1])
		return
	case txt.IsBlank(behind[0]):
		l.found.Frames = l.found.Frames || isBlankBefore
		return
	case behind[0] == '@':
		return
	case isNumber(behind), behind[0] == '-', isBlankBefore && holdsPlace(behind), endsInPlace(behind), strings.Contains(behind, "wasm"):
		l.found.Frames = true
		return
	}
	place := behind
	if end := strings.IndexAny(behind, " \t\"'`,;|<\\"); end >= 0 {
		place = behind[:end]
	}
	if endsInPlace(strings.TrimRight(place, ")]}>")) || strings.HasPrefix(place, "[native") || strings.HasPrefix(behind, "eval code") {
		l.found.Frames = true
	}
}

// endsInPlace reports whether s ends in a colon and a number.
func endsInPlace(s string) bool {
	s = strings.TrimRight(s, " \t\r")
	before := txt.TrimDigits(s)
	return len(before) < len(s) && strings.HasSuffix(before, ":")
}

// isNumber reports whether s begins with a number that is no version: "12:34", but not "4.17.21".
func isNumber(s string) bool {
	n := txt.DigitsLen(s[:min(len(s), maxDigits)])
	return n > 0 && (n == len(s) || s[n] != '.')
}

// holdsPlace reports whether a colon stands before a number in s.
func holdsPlace(s string) bool {
	for {
		_, after, ok := strings.Cut(s, ":")
		if !ok || after == "" {
			return false
		}
		if txt.IsDigit(after[0]) {
			return true
		}
		s = after
	}
}
