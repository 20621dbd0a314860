package stacktrace_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/attack"
)

// slack are the bytes that may be allocated for a text of any length.
const slack = 8 << 10

// known are the attacks for which more is allocated than that, and how many bytes per byte.
var known = map[string]int{
	"Vitest":                   32,
	"lines of File":            25,
	"nested #1(eval)":          17,
	"chained tracebacks":       16,
	"threads":                  14,
	"nested groups of Python":  14,
	"tracebacks":               13,
	"more frames":              12,
	"lines of short frames":    12,
	"ANSI without end":         11,
	"properties of many lines": 11,
	"nested > eval":            11,
	"matching lines":           10,
	"rows of Firefox":          9,
	"skipped":                  9,
	"repeated":                 9,
	"Carakan":                  9,
	"excerpts":                 9,
	"lines of prose":           8,
	"log lines of Chromium":    7,
	"Opera":                    7,
	"nested causes":            7,
	"log prefix, empty":        7,
	"escape bytes":             7,
	"numbered excerpts":        7,
	"ANSI":                     7,
	"lines of causes":          6,
	"lines of errors":          6,
	"lines of one byte":        6,
	"margins":                  6,
	"nested errors":            5,
	"nested indented causes":   5,
	"CR":                       5,
	"rows with tabs":           4,
	"rows of DevTools":         4,
	"nested indented errors":   4,
	"frames and braces":        4,
	"lines of short signs":     4,
	"signs and prose":          4,
	"lines of doubt":           4,
	"elements":                 4,
	"lines of at":              4,
	"rows of Safari":           3,
	"lines of open calls":      3,
	"frames joined by blanks":  3,
	"signs joined by blanks":   3,
	"lines of signs":           3,
	"Caused by:":               3,
}

// TestMemory checks that no text takes more memory than its result and a copy or two of itself. The
// time is measured by the command in bench/growth.
func TestMemory(t *testing.T) {
	for _, function := range attack.Functions() {
		for _, a := range attack.All() {
			for i, place := range attack.Places()[:2] {
				if i > 0 && function.Line {
					continue
				}
				text := place.Put(a.Text(32 << 10))
				most := max(attack.MostBeside, function.Most)
				if !function.Line {
					most = max(most, known[a.Name])
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
