// Package ansi takes the control sequences of a terminal off a text.
package ansi

import "strings"

// Escape begins a control sequence.
const Escape = '\x1b'

// Strip returns s without the control sequences of a terminal. It allocates only if there are any, and
// no more than what is left.
func Strip(s string) string {
	from := strings.IndexByte(s, Escape)
	if from < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(strippedLen(s))
	for from >= 0 {
		b.WriteString(s[:from])
		s = s[from+SequenceLen(s[from:]):]
		from = strings.IndexByte(s, Escape)
	}
	b.WriteString(s)
	return b.String()
}

// strippedLen returns the length of what Strip returns.
func strippedLen(s string) int {
	n := 0
	for {
		from := strings.IndexByte(s, Escape)
		if from < 0 {
			return n + len(s)
		}
		n += from
		s = s[from+SequenceLen(s[from:]):]
	}
}

// SequenceLen returns the length of the control sequence that s begins with: ESC [, parameters,
// a final byte (ECMA-48, 5.4). Another use of ESC counts as the one byte.
func SequenceLen(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 1
	}
	i := 2
	for i < len(s) && 0x20 <= s[i] && s[i] <= 0x3f {
		i++
	}
	if i < len(s) && 0x40 <= s[i] && s[i] <= 0x7e {
		return i + 1
	}
	return 1
}
