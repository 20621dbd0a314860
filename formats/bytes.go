package formats

import "math/bits"

// Looking at eight bytes at a time. A name or a file is too short for a call of strings.IndexByte for each byte that
// parts the pieces of a line, and lengths that differ from line to line cost a processor more than a few operations.

const (
	lowBits  = 0x0101010101010101
	highBits = 0x80 * lowBits
)

// eight returns the eight bytes of s from i on as a number, the first one lowest.
func eight(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// zeros returns a number whose lowest bit tells which byte of v is the first that is zero; 0 if none is. A byte that
// is one and stands behind such a byte may be told to be zero too.
func zeros(v uint64) uint64 { return (v - lowBits) &^ v & highBits }

// parens is zeros for bytes that are parentheses, which differ in their lowest bit. It tells all of them rightly,
// since no byte is one.
func parens(v uint64) uint64 { return zeros(v&^lowBits ^ '('*lowBits) }

// separators is zeros for blanks, parentheses and exclamation marks, whose codes differ in two bits. It tells all of
// them rightly.
func separators(v uint64) uint64 { return zeros(v&^(0x09*lowBits) ^ ' '*lowBits) }

// findParen returns the index of the first parenthesis in s, or -1.
func findParen(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if p := parens(eight(s, i)); p != 0 {
			return i + bits.TrailingZeros64(p)/8
		}
	}
	if i > 0 { // those that were looked at are no parentheses
		if p := parens(eight(s, len(s)-8)); p != 0 {
			return len(s) - 8 + bits.TrailingZeros64(p)/8
		}
		return -1
	}
	for ; i < len(s); i++ {
		if s[i]&^1 == '(' {
			return i
		}
	}
	return -1
}

// isClean reports whether there is no blank, parenthesis or exclamation mark in s.
func isClean(s string) bool {
	if len(s) < 8 {
		for i := 0; i < len(s); i++ {
			if s[i]&^0x09 == ' ' {
				return false
			}
		}
		return true
	}
	found := separators(eight(s, len(s)-8))
	for i := 0; i+8 < len(s); i += 8 {
		found |= separators(eight(s, i))
	}
	return found == 0
}

// hasByte reports whether c, which is not 0 or 1, is in s.
func hasByte(s string, c byte) bool {
	if len(s) < 8 {
		for i := 0; i < len(s); i++ {
			if s[i] == c {
				return true
			}
		}
		return false
	}
	all := uint64(c) * lowBits
	found := zeros(eight(s, len(s)-8) ^ all)
	for i := 0; i+8 < len(s); i += 8 {
		found |= zeros(eight(s, i) ^ all)
	}
	return found != 0
}

// hasParen reports whether there is a parenthesis in s.
func hasParen(s string) bool {
	if len(s) < 8 {
		return findParen(s) >= 0
	}
	found := parens(eight(s, len(s)-8))
	for i := 0; i+8 < len(s); i += 8 {
		found |= parens(eight(s, i))
	}
	return found != 0
}

// hasPairs reports whether the parentheses in s pair.
func hasPairs(s string) bool {
	depth, i := 0, 0
	for ; i+8 <= len(s); i += 8 {
		v := eight(s, i)
		for p := parens(v); p != 0; p &= p - 1 {
			if v>>(bits.TrailingZeros64(p)&^7)&1 == 0 {
				depth++
			} else if depth--; depth < 0 {
				return false
			}
		}
	}
	for ; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// findAt returns the index of the first "@" in s, or -1, and whether there is a blank before it.
func findAt(s string) (at int, blank bool) {
	blanks := uint64(0)
	i := 0
	for ; i+8 <= len(s); i += 8 {
		v := eight(s, i)
		b := zeros(v ^ ' '*lowBits)
		if a := zeros(v ^ '@'*lowBits); a != 0 {
			a &= -a
			return i + bits.TrailingZeros64(a)/8, blanks|b&(a-1) != 0
		}
		blanks |= b
	}
	for ; i < len(s); i++ {
		switch s[i] {
		case '@':
			return i, blanks != 0
		case ' ':
			blanks = 1
		}
	}
	return -1, blanks != 0
}

// cutPlaces takes ":LINE:COL" off the right end of s, and returns where it begins: 0 if s does not end so, or begins
// so. Numbers that begin with a zero are left to [cutPosition].
func cutPlaces(s string) (at, line, col int) {
	i := len(s) - 1
	scale := 1
	for ; i > 0 && isDigit(s[i]); i-- {
		col += int(s[i]-'0') * scale
		scale *= 10
	}
	if digits := len(s) - 1 - i; digits == 0 || digits > maxDigits || s[i] != ':' || s[i+1] == '0' {
		return 0, 0, 0
	}
	end := i
	scale = 1
	for i--; i > 0 && isDigit(s[i]); i-- {
		line += int(s[i]-'0') * scale
		scale *= 10
	}
	if digits := end - 1 - i; digits <= 0 || digits > maxDigits || s[i] != ':' || s[i+1] == '0' {
		return 0, 0, 0
	}
	return i, line, col
}

// isPlain reports whether there is no blank, "@", backquote or NUL in s, whose codes differ in two bits.
func isPlain(s string) bool {
	const differing = 0x60 * lowBits
	if len(s) < 8 {
		for i := 0; i < len(s); i++ {
			if s[i]&^0x60 == 0 {
				return false
			}
		}
		return true
	}
	found := zeros(eight(s, len(s)-8) &^ differing)
	for i := 0; i+8 < len(s); i += 8 {
		found |= zeros(eight(s, i) &^ differing)
	}
	return found == 0
}
