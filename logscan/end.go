package logscan

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Classes of the last byte of a line, for [mayEndFrame].
const (
	endNever = iota
	endDigit
	endHex
	endParen
	endBracket
	endTrim
	endWord
)

var lastByte = func() (class [256]uint8) {
	for c := range class {
		switch {
		case '0' <= c && c <= '9':
			class[c] = endDigit
		case 'a' <= c && c <= 'f':
			class[c] = endHex
		case c == 'l', c == 't':
			class[c] = endWord
		case c == ')':
			class[c] = endParen
		case c == ']':
			class[c] = endBracket
		case strings.IndexByte(" \t\r\",'`{}m:;|", byte(c)) >= 0:
			class[c] = endTrim
		}
	}
	return class
}()

// neverEndsFrame reports whether no line that ends in two bytes can end as frames do, whatever is before them.
func neverEndsFrame(last2, last byte) bool {
	switch lastByte[last] {
	case endNever:
		return true
	case endTrim:
		return last == '}' && last2 != ' ' && last2 != 'm' && last2 != ']'
	}
	return false
}

// openObject begins the object in which an error was printed, behind its last frame.
const openObject = " { "

// maxTail is how many bytes behind a frame are passed over to find its end.
const maxTail = 40

// minEnd is the length of the shortest frame.
const minEnd = 7

// mayEndFrame reports whether a line ends as frames do, or as the line above Python's. It looks at
// the end alone: most lines of a log fail at their last byte.
func mayEndFrame(s string) bool {
	if beginsWithAt(s) {
		return true
	}
	for range maxTail {
		if len(s) < minEnd {
			return false
		}
		var is bool
		var rest string // what is left of s, whose end was passed over
		switch lastByte[s[len(s)-1]] {
		case endDigit:
			return endsInPosition(s)
		case endWord:
			return endsInWord(s)
		case endHex:
			return s[len(s)-1] == 'd' && endsInWord(s) || endsInHex(s)
		case endParen:
			is, rest = endsInParen(s)
		case endBracket:
			is, rest = endsInBracket(s)
		case endTrim:
			is, rest = endsInTrim(s)
		}
		if is || rest == "" {
			return is
		}
		s = rest
	}
	return false
}

// beginsWithAt reports whether a line is indented and begins with "at ". Most lines of a log are not indented.
func beginsWithAt(s string) bool {
	if len(s) <= 5 || s[0] > ' ' {
		return false
	}
	i := 1
	for i < len(s)-3 && i < maxTail && s[i] <= ' ' {
		i++
	}
	return s[i] == 'a' && s[i:i+3] == "at "
}

// endsInHex reports whether s ends in "0x2a".
func endsInHex(s string) bool {
	i := len(s) - 1
	for i > 0 && lastByte[s[i]]-endDigit <= endHex-endDigit {
		i--
	}
	return s[i] == 'x' && s[i-1] == '0'
}

// endsInParen reports whether s ends in the parenthesis of a frame, or what is left of it before a part that
// may stand behind one.
func endsInParen(s string) (is bool, rest string) {
	n := len(s)
	switch lastByte[s[n-2]] {
	case endDigit:
		return endsInPosition(s[:n-1]), ""
	case endHex:
		// native code), (native), 0x2a)
		if s[n-6:n-1] == "ative" || s[n-6:n-1] == " code" || mayEndFrame(s[:n-1]) {
			return true, ""
		}
	}
	switch s[n-2] {
	case '>', 'n', '(': // <anonymous>), unknown), XS' f ()
		return true, ""
	case 'm', ')': // a colour ends before it, or goja's "1:2(3))"
		return false, s[:n-1]
	}
	i := n - 2 // Rhino's "u:1 (f)"
	for i > 3 && n-i < maxTail && s[i] != '(' {
		i--
	}
	return s[i] == '(' && s[i-1] == ' ' && txt.IsDigit(s[i-2]) && endsInPosition(s[:i-1]), ""
}

// endsInBracket is endsInParen for a bracket.
func endsInBracket(s string) (is bool, rest string) {
	n := len(s)
	if txt.IsDigit(s[n-2]) {
		i := n - 2
		for i > 0 && txt.IsDigit(s[i]) {
			i--
		}
		if s[i] == '[' && i > 8 && s[i-8:i] == "function" {
			return true, "" // of WebAssembly
		}
	}
	if s[n-6:n] == " code]" || s[n-7:n] == "native]" {
		return true, ""
	}
	i := n - 2 // the zone of zone.js
	for i > 0 && n-i < maxTail && s[i] != '[' {
		i--
	}
	if s[i] != '[' || i == 0 || s[i-1] != ' ' {
		return false, ""
	}
	return false, s[:i-1]
}

// endsInTrim is endsInParen for what may stand behind frames: blanks, quotes, colours, braces.
func endsInTrim(s string) (is bool, rest string) {
	n := len(s)
	switch s[n-1] {
	case 'm':
		i := n - 2
		for i > 0 && n-i < 12 && (txt.IsDigit(s[i]) || s[i] == ';') {
			i--
		}
		if i < 1 || s[i] != '[' || s[i-1] != ansi.Escape {
			return false, ""
		}
		return false, s[:i-1]
	case ':':
		return s[n-2] == ')' && n > 12 && s[n-7:n] == " last):", ""
	case '}':
		if s[n-2] == ']' && s[n-3] == '"' { // a list of lines in JSON
			return false, s[:n-2]
		}
		if s[n-2] != ' ' && s[n-2] != 'm' {
			return false, ""
		}
		from := max(0, n-200)
		open := from + strings.LastIndex(s[from:], openObject)
		return open > 7 && s[open] == ' ' && mayEndFrame(s[:open]), ""
	}
	return false, s[:n-1]
}

// endsInWord reports whether s ends in one of the words that Duktape puts behind a frame.
func endsInWord(s string) bool {
	return len(s) > 20 && (string(s[len(s)-14:]) == " preventsyield" || string(s[len(s)-9:]) == " internal" || string(s[len(s)-10:]) == " construct")
}

// endsInPosition reports whether s ends in a number with ":" or "line " or "index " before it.
func endsInPosition(s string) bool {
	i := len(s) - 1
	for i > 0 && '0' <= s[i] && s[i] <= '9' {
		i--
	}
	switch s[i] {
	case ':':
		return i > 2 && i < len(s)-1 && !endsInAddress(s[:i])
	case '(':
		return i > 2 && txt.IsDigit(s[i-1]) // goja's "1:2(3)"
	case 'm': // a colour begins with the number
		return i > 3 && strings.IndexByte(s[max(0, i-8):i], ansi.Escape) >= 0
	case 'x', ' ', 'a', 'b', 'c', 'd', 'e', 'f':
		return s[i] != ' ' || i > 6 && s[i-5:i] == "index"
	}
	return false
}

// endsInAddress reports whether the last word of s is an IPv4 address, which many lines of servers end in, with a port
// behind it: "GET /cart from 10.0.0.7". No file is called so.
func endsInAddress(s string) bool {
	i, dots := len(s)-1, 0
	for i > 0 && (txt.IsDigit(s[i]) || s[i] == '.') {
		if s[i] == '.' {
			dots++
		}
		i--
	}
	return dots == 3 && s[i] == ' '
}
