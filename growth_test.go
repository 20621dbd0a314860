package stacktrace_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/attack"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// slack are the bytes that may be allocated for a text of any length.
const slack = 10 << 10

// known are the attacks for which more is allocated than that, and how many bytes per byte.
var known = map[string]int{
	"Carakan":          4,  // prefixes that are none, and as many lines in doubt as may be
	"ANSI without end": 3,  // colours are taken off for each way to read the text
	"excerpts":         3,  // lines of a few bytes, of which some stay in one list and some go to another
	"elements":         15, // frames that the scan finds, and those of the component stack
}

// TestMemory checks that no text takes more memory than its result and a copy or two of itself. The
// time is measured by the command in bench/growth.
func TestMemory(t *testing.T) {
	functions, n := attack.Functions(), 0
	for _, a := range attack.All() {
		for i, place := range attack.Places()[:2] {
			text := place.Put(a.Text(32 << 10))
			for _, function := range functions {
				if i > 0 && function.Line {
					continue
				}
				most := max(attack.MostBeside, function.Most)
				most = max(most, known[a.Name])
				if n++; n%corpus.Step(4) != 0 {
					continue
				}
				run := function.Prepare(text)
				all, beside := attack.Allocated(run)
				for try := 0; try < 4 && beside-slack > most*len(text); try++ {
					// encoding/json keeps buffers in a sync.Pool, which may have dropped them: under the
					// race detector it does so at random.
					all, beside = attack.Allocated(run)
				}
				if beside-slack > most*len(text) {
					t.Errorf("%s of %q, %s, allocates %.1f bytes per byte, %.1f beside the result, want %d",
						function.Name, a.Name, place.Name, float64(all)/float64(len(text)), float64(beside-slack)/float64(len(text)), most)
				}
			}
		}
	}
}
