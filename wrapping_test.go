package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestWrappings wraps every capture in everything that is known to be around traces, and compares
// what is read of it with what is read of the capture itself. A text without a wrapping must have none.
func TestWrappings(t *testing.T) {
	kept := captures(t, func(c *capture) bool {
		return c.Kind == "error.stack" || c.Kind == "stderr" || c.Kind == "console"
	})
	bare := make([]*stacktrace.Trace, len(kept))
	for i := range kept {
		trace, err := stacktrace.Parse(kept[i].Text)
		if trace.Wrapping != "" && kept[i].ID != "" {
			t.Errorf("%s: wrapping %q\n%s", kept[i].ID, trace.Wrapping, kept[i].Text)
		}
		if err == nil && trace.Wrapping == "" {
			bare[i] = trace
		}
	}
	for _, wrapping := range laws.Wrappings {
		t.Run(wrapping.Name+"/"+wrapping.What, func(t *testing.T) {
			all, right := 0, 0
			for i, c := range kept {
				if bare[i] == nil {
					continue
				}
				text := wrapping.Wrap(c.Text)
				if strings.TrimRight(text, "\n") == strings.TrimRight(c.Text, "\n") {
					continue // there is nothing in it that the wrapping changes
				}
				if isLine := strings.IndexByte(strings.TrimSpace(c.Text), '\n') < 0; isLine && wrapping.Name != "json" && wrapping.Name != "bom" {
					continue // nothing shares the prefix, and there are no line ends
				}
				all++
				trace, _ := stacktrace.Parse(text)
				err := laws.Unwrapped(trace, bare[i])
				if err == nil && trace.Wrapping == wrapping.Name {
					right++
				} else if testing.Verbose() {
					t.Logf("%s: %q: %v\n%.1500s", c.ID, trace.Wrapping, err, text)
				}
				if i%everyNth != 0 {
					continue
				}
				for _, law := range [...]func(string) error{laws.Invented, laws.Lost} {
					if err := law(text); err != nil {
						t.Errorf("%s: %v\n%.1500s", c.ID, err, text)
					}
				}
			}
			share := float64(right) / float64(all)
			t.Logf("%d of %d, %.2f %%", right, all, 100*share)
			if share < wrapping.Least {
				t.Errorf("%.4f right, want %.4f", share, wrapping.Least)
			}
		})
	}
}
