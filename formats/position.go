package formats

import "strings"

// maxDigits bounds a number's digits, so that it fits an int of 32 bits. No engine counts further
// in a line, a column or a byte offset; what is longer belongs to a file's name.
const maxDigits = 9

// cutNumber takes a decimal number off the right end of s. It refuses a leading zero, which stands in clock
// times and in no engine's positions.
func cutNumber(s string) (rest string, n int, ok bool) {
	i := len(s)
	for i > 0 && isDigit(s[i-1]) {
		i--
	}
	digits := s[i:]
	if len(digits) == 0 || len(digits) > maxDigits || digits[0] == '0' && len(digits) > 1 {
		return s, 0, false
	}
	for j := 0; j < len(digits); j++ {
		n = n*10 + int(digits[j]-'0')
	}
	return s[:i], n, true
}

// cutPosition takes ":LINE:COL" or, failing that, ":LINE" off the right end of s. Reading from the
// right is what keeps ports, queries and hashes in the file's name: "http://h:80/x.js?v=1:2:3:9".
// A negative line, of a script that Node was told to number from below zero, is as good as none.
//
// Numbers is how many there were, 0 to 2.
func cutPosition(s string) (file string, line, col, numbers int) {
	rest, last, ok := cutNumber(s)
	if ok && strings.HasSuffix(rest, ":-") && !isOpenEnded(rest[:len(rest)-2]) {
		return rest[:len(rest)-2], 0, 0, 1
	}
	if !ok || !strings.HasSuffix(rest, ":") {
		return s, 0, 0, 0
	}
	rest = rest[:len(rest)-1]
	if before, first, ok := cutNumber(rest); ok && strings.HasSuffix(before, ":") {
		return before[:len(before)-1], first, last, 2
	}
	return rest, last, 0, 1
}

// cutLine takes ":LINE" off the right end of s, for the engines that count no columns.
func cutLine(s string) (file string, line int, ok bool) {
	rest, line, ok := cutNumber(s)
	if !ok || !strings.HasSuffix(rest, ":") {
		return s, 0, false
	}
	return rest[:len(rest)-1], line, true
}

// cutAddress takes ":A:B" off the right end of s; one number is not enough.
func cutAddress(s string) (rest string, a, b int, ok bool) {
	rest, b, ok = cutNumber(s)
	if !ok || !strings.HasSuffix(rest, ":") {
		return s, 0, 0, false
	}
	rest, a, ok = cutNumber(rest[:len(rest)-1])
	if !ok || !strings.HasSuffix(rest, ":") {
		return s, 0, 0, false
	}
	return rest[:len(rest)-1], a, b, true
}

// appendPosition appends ":LINE:COL", ":LINE" or nothing: what [cutPosition] reads back.
func appendPosition(b []byte, f *Frame) []byte {
	if f.Line == 0 && f.Col == 0 {
		return b
	}
	b = append(b, ':')
	b = appendInt(b, f.Line)
	if f.Col != 0 || isOpenEnded(f.File) || isCutURL(f.File) {
		b = append(b, ':')
		b = appendInt(b, f.Col)
	}
	return b
}

// appendLine appends "FILE:LINE", what [cutLine] reads back.
func appendLine(b []byte, f *Frame) []byte {
	b = append(b, f.File...)
	b = append(b, ':')
	return appendInt(b, f.Line)
}

// isOpenEnded reports whether a single number behind file would be read as the second of two: "1",
// "a.js:10".
func isOpenEnded(file string) bool {
	rest, _, ok := cutNumber(file)
	return ok && (rest == "" || strings.HasSuffix(rest, ":"))
}

func appendInt(b []byte, n int) []byte {
	if n < 0 { // a caller's own frame; no engine's
		return append(b, '0')
	}
	if n >= 10 {
		b = appendInt(b, n/10)
	}
	return append(b, byte('0'+n%10))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// hasScheme reports whether s begins with a URL scheme, a Windows drive included: letters, digits,
// "+", "-" and ".", then ":" and something that is no digit. "file.js:12" has none.
func hasScheme(s string) bool {
	if s == "" || !isLetter(s[0]) {
		return false
	}
	for i := 1; i < len(s) && i < 64; i++ {
		switch c := s[i]; {
		case isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.' || c == '_':
		case c == ':':
			return i+1 < len(s) && !isDigit(s[i+1]) && s[i+1] != ' ' && s[i+1] != ':' && s[i+1] != '@'
		default:
			return false
		}
	}
	return false
}

// isLocated reports whether s begins as an absolute location does: with a scheme, a drive, a slash,
// or one of the engines' words for code that has no file.
func isLocated(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '/':
		return true
	case '\\':
		return strings.HasPrefix(s, `\\`)
	case '<':
		return strings.HasPrefix(s, "<anonymous>")
	case '[':
		return strings.HasPrefix(s, "[native code]")
	case '(':
		return s == "(shell)" // MongoDB's
	}
	return strings.HasPrefix(s, "eval at ") || s == "native" || hasScheme(s)
}

// isCutURL reports whether file, which a single number follows, may be a URL that was cut off in
// its port: "http://localhost:80". A URL with a path is not.
func isCutURL(file string) bool {
	_, rest, ok := strings.Cut(file, "://")
	return ok && strings.IndexByte(rest, '/') < 0
}
