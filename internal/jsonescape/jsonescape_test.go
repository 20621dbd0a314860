package jsonescape_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/jsonescape"
)

func TestDecode(t *testing.T) {
	for _, test := range []struct {
		s string
		r rune
		n int
	}{
		{`\n    at f`, '\n', 2},
		{`\"x`, '"', 2},
		{`\/`, '/', 2},
		{`\u0041b`, 'A', 6},
		{`\u00E9`, 'é', 6},
		{`\ud83d\ude00!`, '😀', 12},
		{`\ud83d`, '\ufffd', 6},
		{`\ud83d\n`, '\ufffd', 6},
		{`\ude00\ud83d`, '\ufffd', 6},
		{`\u12`, 0, 0},
		{`\u00g0`, 0, 0},
		{`\x41`, 0, 0},
		{`\`, 0, 0},
		{`n`, 0, 0},
		{``, 0, 0},
	} {
		r, n := jsonescape.Decode(test.s)
		if r != test.r || n != test.n {
			t.Errorf("Decode(%q) = %q, %d, want %q, %d", test.s, r, n, test.r, test.n)
		}
		if r, n := jsonescape.Decode([]byte(test.s)); r != test.r || n != test.n {
			t.Errorf("Decode of the bytes %q = %q, %d, want %q, %d", test.s, r, n, test.r, test.n)
		}
	}
}
