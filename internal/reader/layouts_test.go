package reader

import (
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/layout"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

// TestLayoutsKeepFrames checks that frames that were found are still there when the layouts that are asked find
// none, or fewer.
func TestLayoutsKeepFrames(t *testing.T) {
	tests := []struct {
		name, text string
		ask        layout.Set
	}{
		{"a row among frames", strings.Repeat("\n", 13) + ".:6:in 8}\nat b:1:2", layout.Listing},
		{"a sentence behind frames", "Error: x\n    at f (/a.js:1:2)\n    at g (/b.js:1:2)\nsee /c.js:3 in h", layout.Listing},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := scanLines(test.text, make([]model.Frame, 0, 16), false)
			want := slices.Clone(s.frames)
			if len(want) == 0 {
				t.Fatalf("no frame in %q", test.text)
			}
			if p, ok := s.readLayout(test.ask, s.frames[len(s.frames):], false); ok {
				t.Fatalf("a layout has the frames %+v of %q", p.Frames, test.text)
			}
			if !slices.Equal(s.frames, want) {
				t.Errorf("frames after the layouts of %q: %+v, want %+v", test.text, s.frames, want)
			}
			if rest := s.rest(); rest != "" && !strings.HasSuffix(test.text, rest) {
				t.Errorf("rest of %q: %q, which is not its end", test.text, rest)
			}
		})
	}
}
