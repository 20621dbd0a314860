package stacktrace_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/attack"
)

// slack are the bytes that may be allocated for a text of any length.
const slack = 8 << 10

// known are the attacks for which more is allocated than that, and how many bytes per byte.
var known = map[string]int{
	"digits, then log prefixes": 5,
	"lines of one byte":         241,
	"elements":                  124,
	"newlines":                  89,
	"rows of Safari":            77,
	"lines of causes":           75,
	"Vitest":                    71,
	"rows of DevTools":          69,
	"rows with tabs":            69,
	"margins":                   55,
	"Carakan":                   52,
	"Vue":                       51,
	"CRLF":                      41,
	"components":                38,
	"rows of Firefox":           36,
	"excerpts":                  34,
	"properties of many lines":  33,
	"lines of File":             31,
	"lines of at":               29,
	"Opera":                     26,
	"lines of prose":            26,
	"more frames":               26,
	"log lines of Chromium":     26,
	"frames joined by blanks":   26,
	"chained tracebacks":        25,
	"tracebacks":                25,
	"lines of errors":           25,
	"matching lines":            24,
	"numbered excerpts":         24,
	"ANSI without end":          22,
	"log prefix, empty":         22,
	"lines of short signs":      22,
	"threads":                   19,
	"lines of open calls":       19,
	"repeated":                  18,
	"nested #1(eval)":           18,
	"skipped":                   17,
	"escape bytes":              15,
	"ANSI":                      15,
	"nested groups of Python":   14,
	"JSON strings":              13,
	"signs joined by blanks":    13,
	"at":                        12,
	"lines of short frames":     12,
	"nested causes":             12,
	"nested > eval":             11,
	"lines of doubt":            10,
	"CR":                        10,
	"nested indented causes":    8,
	"coloured frames":           7,
	"properties":                7,
	"signs and prose":           6,
	"nested indented errors":    6,
	"nested errors":             6,
	"escaped Windows frames":    6,
	"log prefix that changes":   6,
	"errors and frames":         6,
	"log prefix":                5,
	"frames and prose":          5,
	"frames and empty lines":    5,
	"frames of many files":      5,
	"recursion":                 5,
	"indented at":               5,
	"eval at":                   5,
	"frames of Hermes, then V8": 5,
	"frames with aliases":       5,
	"tags":                      4,
	"frames and braces":         4,
	"Caused by:":                3,
	"lines of signs":            3,
	"frames joined by |":        3,
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
