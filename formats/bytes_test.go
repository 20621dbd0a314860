package formats

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestBytes compares what looks at eight bytes at a time with what looks at one.
func TestBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300_000 {
		const letters = "ab (())  :::1234567890!,@\x01\x00\xff\x80\x29\xa8"
		b := make([]byte, random.IntN(30))
		for i := range b {
			b[i] = letters[random.IntN(len(letters))]
			if random.IntN(3) > 0 {
				b[i] = letters[8+random.IntN(14)]
			}
		}
		s := string(b)
		if got, want := findParen(s), strings.IndexAny(s, "()"); got != want {
			t.Fatalf("findParen(%q) = %d, want %d", s, got, want)
		}
		at, blank := findAt(s)
		before, _, _ := strings.Cut(s, "@")
		if want := strings.IndexByte(s, '@'); at != want || blank != strings.Contains(before, " ") {
			t.Fatalf("findAt(%q) = %d, %t, want %d", s, at, blank, want)
		}
		if got, want := isClean(s), !strings.ContainsAny(s, " ()!"); got != want {
			t.Fatalf("isClean(%q) = %t, want %t", s, got, want)
		}
		if got, want := isPlain(s), !strings.ContainsAny(s, " @`\x00"); got != want {
			t.Fatalf("isPlain(%q) = %t, want %t", s, got, want)
		}
		if got, want := hasByte(s, '@'), strings.Contains(s, "@"); got != want {
			t.Fatalf("hasByte(%q, '@') = %t, want %t", s, got, want)
		}
		depth, pairs := 0, true
		for _, c := range []byte(s) {
			switch c {
			case '(':
				depth++
			case ')':
				depth--
			}
			pairs = pairs && depth >= 0
		}
		if got, want := hasPairs(s), pairs && depth == 0; got != want {
			t.Fatalf("hasPairs(%q) = %t, want %t", s, got, want)
		}
		gotAt, line, col := cutPlaces(s)
		file, wantLine, wantCol, numbers := cutPosition(s)
		if gotAt > 0 && (numbers != 2 || s[:gotAt] != file || line != wantLine || col != wantCol) {
			t.Fatalf("cutPlaces(%q) = %d, %d, %d, want %q, %d, %d", s, gotAt, line, col, file, wantLine, wantCol)
		}
		if gotAt == 0 && numbers == 2 && file != "" && wantLine > 0 && wantCol > 0 && wantLine < 1e9 {
			t.Fatalf("cutPlaces(%q) finds nothing, want %q, %d, %d", s, file, wantLine, wantCol)
		}
	}
}
