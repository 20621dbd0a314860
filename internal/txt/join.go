package txt

import "strings"

// ParseCount reads the digits of a number that fits an int of 32 bits.
func ParseCount(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// JoinParts returns n parts with "\n" between. A single part is not copied.
func JoinParts(n int, part func(i int) string) string {
	if n == 1 {
		return part(0)
	}
	size := n - 1
	for i := range n {
		size += len(part(i))
	}
	var b strings.Builder
	b.Grow(size)
	for i := range n {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(part(i))
	}
	return b.String()
}
