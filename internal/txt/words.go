package txt

import "strings"

// DigitsLen returns how many digits s begins with.
func DigitsLen(s string) int {
	n := 0
	for n < len(s) && IsDigit(s[n]) {
		n++
	}
	return n
}

// TrimDigits returns s without the digits at its end.
func TrimDigits(s string) string {
	n := len(s)
	for n > 0 && IsDigit(s[n-1]) {
		n--
	}
	return s[:n]
}

// IsNumber reports whether s is digits, and at least one.
func IsNumber(s string) bool { return s != "" && DigitsLen(s) == len(s) }

// IsWordOf reports whether s is letters of ASCII, digits and bytes of more, and at least one.
func IsWordOf(s, more string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !IsLetter(c) && !IsDigit(c) && strings.IndexByte(more, c) < 0 {
			return false
		}
	}
	return s != ""
}

// LettersLen returns how many letters of ASCII s begins with.
func LettersLen(s string) int {
	n := 0
	for n < len(s) && IsLetter(s[n]) {
		n++
	}
	return n
}
