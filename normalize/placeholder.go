package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxWord is how far it is looked for what a word is, and maxQuoted for the end of a quote: the bound
// makes a message cost no more than a number of steps for each byte.
const (
	maxWord   = 256
	maxPart   = 48 // of a word that has begun before: a UUID fits
	maxQuoted = 512
)

// placehold returns message with placeholders for what varies.
func placehold(message string) string {
	var b strings.Builder
	from := 0
	replace := func(i, end int, placeholder string) {
		if from == 0 {
			b.Grow(len(message) + len(placeholder))
		}
		b.WriteString(message[from:i])
		b.WriteString(placeholder)
		from = end
	}
	for i := 0; i < len(message); {
		c := message[i]
		if n := quotedLen(message, i); n > 0 {
			replace(i, i+n, "<quoted>")
			i += n
			continue
		}
		if !isWordByte(c) && c != '/' {
			i++
			continue
		}
		end := i
		limit, begins := maxPart, i == 0 || isBreak(message[i-1])
		if begins {
			limit = maxWord
		}
		for end < len(message) && end-i < limit && !isBreak(message[end]) {
			end++
		}
		n, word := wordPlaceholder(message[i:end], begins)
		if n == 0 {
			// A word without anything that varies, or its first part.
			n = 1
			for i+n < end && isWordByte(message[i+n]) {
				n++
			}
			i += n
			continue
		}
		stop := i + n
		for n == maxWord && stop < len(message) && !isBreak(message[stop]) {
			stop++ // the rest of a long one
		}
		replace(i, stop, word)
		i = stop
	}
	if from == 0 {
		return message
	}
	b.WriteString(message[from:])
	return b.String()
}

// quotedLen returns the length of the quoted text that begins at i, 0 if there is none. An apostrophe
// within a word is no quote.
func quotedLen(s string, i int) int {
	quote := s[i]
	switch quote {
	case '"', '`':
	case '\'':
		if i > 0 && isWordByte(s[i-1]) {
			return 0
		}
	default:
		return 0
	}
	for j := i + 1; j < len(s) && j-i < maxQuoted; j++ {
		if s[j] == quote && (quote != '\'' || j+1 == len(s) || !isWordByte(s[j+1])) {
			return j + 1 - i
		}
		if s[j] == '\n' {
			break
		}
	}
	return 0
}

// wordPlaceholder returns the placeholder for what word, up to the next blank or bracket, begins with,
// and its length; 0 if it stays. Begins says that a blank or bracket stands before it too.
func wordPlaceholder(word string, begins bool) (n int, placeholder string) {
	trimmed := strings.TrimRight(word, ".,:;!?")
	if trimmed == "" {
		return 0, ""
	}
	if i := strings.Index(trimmed, "://"); begins && i > 0 && i < 20 {
		return len(trimmed), "<url>"
	}
	if at := strings.IndexByte(trimmed, '@'); begins && at > 0 && strings.IndexByte(trimmed[at:], '.') > 0 && strings.Count(trimmed, "@") == 1 {
		return len(trimmed), "<email>"
	}
	if begins && trimmed[0] == '/' && strings.Count(trimmed, "/") > 1 || begins && isDrive(trimmed) {
		return len(trimmed), "<path>"
	}
	if !isWordByte(word[0]) {
		return 0, ""
	}
	if len(trimmed) >= 36 && isUUID(trimmed[:36]) && (len(trimmed) == 36 || !isWordByte(trimmed[36])) {
		return 36, "<uuid>"
	}
	if txt.IsDigit(trimmed[0]) {
		if n := dateLen(trimmed); n > 0 {
			return n, "<date>"
		}
		if isAddress(trimmed) {
			return len(trimmed), "<address>"
		}
	}
	end := 0
	for end < len(trimmed) && (isWordByte(trimmed[end]) || trimmed[end] == '-' && end+1 < len(trimmed) && isWordByte(trimmed[end+1])) {
		end++
	}
	part := trimmed[:end]
	if strings.HasPrefix(part, "0x") && len(part) > 2 && isHex(part[2:]) {
		return end, "<hex>"
	}
	if txt.IsDigit(part[0]) && strings.IndexByte(part, '-') < 0 {
		n := 0
		for n < len(trimmed) && (txt.IsDigit(trimmed[n]) || (trimmed[n] == '.' || trimmed[n] == ',') && n+1 < len(trimmed) && txt.IsDigit(trimmed[n+1])) {
			n++
		}
		if n >= len(part) || !isWordByte(trimmed[n]) || n > 0 && isUnit(part[min(n, len(part)):]) {
			return n, "<number>"
		}
	}
	if len(part) >= 8 && isHex(part) && strings.ContainsAny(part, "0123456789") {
		return end, "<hex>"
	}
	if isID(part) {
		return end, "<id>"
	}
	if txt.IsDigit(part[0]) {
		n := 0
		for n < len(part) && txt.IsDigit(part[n]) {
			n++
		}
		return n, "<number>"
	}
	return 0, ""
}

// isID reports whether a word of letters and digits is an identifier that a program made up: digits
// between letters, or many behind them.
func isID(s string) bool {
	if len(s) < 6 {
		return false
	}
	digits, changes := 0, 0
	for i := 0; i < len(s); i++ {
		if txt.IsDigit(s[i]) {
			digits++
		}
		if i > 0 && txt.IsDigit(s[i]) != txt.IsDigit(s[i-1]) {
			changes++
		}
	}
	return digits > 0 && (digits >= 4 || changes >= 3)
}

// isUnit reports whether s is what stands directly behind a number: "ms", "px", "MB", "th".
func isUnit(s string) bool {
	if len(s) > 3 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !txt.IsLetter(s[i]) {
			return false
		}
	}
	return true
}

// dateLen returns the length of the date, with or without a time, that s begins with.
func dateLen(s string) int {
	if len(s) < 10 || s[4] != '-' && s[4] != '/' || s[7] != s[4] || !isNumber(s[:4]) || !isNumber(s[5:7]) || !isNumber(s[8:10]) {
		return 0
	}
	n := 10
	for n < len(s) && (txt.IsDigit(s[n]) || strings.IndexByte("T:.Z+-", s[n]) >= 0) {
		n++
	}
	return n
}

// isAddress reports whether s is an IPv4 address, perhaps with a port.
func isAddress(s string) bool {
	dots, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case txt.IsDigit(c):
			digits++
		case c == '.' && digits > 0:
			dots++
			digits = 0
		case c == ':' && digits > 0 && dots == 3:
			return isNumber(s[i+1:])
		default:
			return false
		}
	}
	return dots == 3 && digits > 0
}

func isHex(s string) bool {
	for i := 0; i < len(s); i++ {
		if _, ok := hexValue(s[i]); !ok {
			return false
		}
	}
	return true
}

func isWordByte(c byte) bool {
	return txt.IsLetter(c) || txt.IsDigit(c) || c == '_' || c == '$' || c >= 0x80
}

// isBreak reports whether c ends a word in which an address or a URL may stand.
func isBreak(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', '(', ')', '[', ']', '{', '}', '<', '>', '"', '\'', '`', '|':
		return true
	}
	return false
}
