package formats

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// TestKinds checks that hints say the same of all lines of a kind, with the lines that engines wrote and with
// lines of pieces of all of them.
func TestKinds(t *testing.T) {
	type hints [len(table)]int
	type seen struct {
		line  string
		hints hints
	}
	first := map[shape]*[2]seen{}
	check := func(line string) {
		var c call
		if len(line) <= len("at ") {
			return
		}
		c.cut(line)
		shape, ok := shapeOf(&c)
		if !ok {
			return
		}
		for headed := range 2 {
			var said hints
			for _, format := range atOrder {
				said[format.engine] = format.at.weigh(c, headed == 1)
			}
			if first[shape] == nil {
				first[shape] = new([2]seen)
			}
			if known := &first[shape][headed]; known.line == "" {
				*known = seen{line, said}
			} else if known.hints != said {
				t.Errorf("%q is of the kind of %q, but hints say %v of it and not %v, headed %d", line, known.line, said, known.hints, headed)
			}
		}
	}
	captures, err := corpus.Read[struct{ Text string }]("../testdata/captures/traces.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range captures {
		for line := range strings.Lines(c.Text) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "at ") {
				check(line)
			}
		}
	}
	eachPiecedLine(200_000, check)
	if len(first) < 20 {
		t.Errorf("%d kinds of lines, want more", len(first))
	}
}
