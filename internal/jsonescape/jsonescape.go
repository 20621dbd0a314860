// Package jsonescape decodes the escapes in strings of JSON (RFC 8259, 7), for the reader of texts and for that of
// source maps.
package jsonescape

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Decode returns the character that the escape stands for which s begins with, and the length of the escape: 0 if it is
// none. Half of a surrogate pair that stands alone is U+FFFD.
func Decode[T string | []byte](s T) (r rune, n int) {
	if len(s) < 2 || s[0] != '\\' {
		return 0, 0
	}
	switch s[1] {
	case '"', '\\', '/':
		return rune(s[1]), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		return decodeUnicode(s)
	}
	return 0, 0
}

// decodeUnicode reads "\u" and four digits, or two of them that are one character.
func decodeUnicode[T string | []byte](s T) (r rune, n int) {
	r, ok := decodeHex(s)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if low, ok := decodeHex(s[6:]); ok {
		if r := utf16.DecodeRune(r, low); r != utf8.RuneError {
			return r, 12
		}
	}
	return utf8.RuneError, 6
}

// decodeHex reads "\u" and four digits.
func decodeHex[T string | []byte](s T) (r rune, ok bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	for i := 2; i < 6; i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
