package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// everyNth thins the captures out for what is done at every byte of them.
const everyNth = 11

// TestCutText cuts captures off behind every byte of their frames, as a tracker does with a limit on
// their length. A frame that is read from what is left has the file of one in the whole; what is no
// frame any more is unparsed.
func TestCutText(t *testing.T) {
	cuts, wrong := 0, 0
	for i, c := range captures(t, func(c *capture) bool { return c.isRead() && c.Kind == "error.stack" && len(c.Text) < 3000 }) {
		if i%(everyNth*corpus.Step(2)) != 0 {
			continue
		}
		r := stacktrace.Report{Name: text(c.Name), Message: text(c.Message), Stack: c.Text}
		whole := stacktrace.ParseReport(r)
		if len(whole.Frames) == 0 {
			continue
		}
		files := map[string]bool{"": true}
		for _, f := range whole.Frames {
			files[f.File] = true
		}
		for n := strings.Index(c.Text, whole.Frames[0].Text); n < len(c.Text); n++ {
			cuts++
			r.Stack = c.Text[:n]
			cut := stacktrace.ParseReport(r)
			for _, f := range cut.Frames {
				if !files[f.File] {
					wrong++
					t.Logf("%s cut at %d: %q", c.ID, n, f.Text)
					break
				}
			}
			if line := lastLine(r.Stack); line != "" && len(cut.Frames) == 0 && len(cut.Unparsed) == 0 && !strings.Contains(cut.Type+cut.Message, line) {
				t.Errorf("%s cut at %d: %q is lost", c.ID, n, line)
			}
		}
	}
	t.Logf("%d of %d cuts give a wrong file", wrong, cuts)
	if wrong*1000 > cuts {
		t.Errorf("%d of %d cuts give a wrong file", wrong, cuts)
	}
}

func lastLine(s string) string {
	return strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
}
