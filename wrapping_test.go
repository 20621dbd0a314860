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
			scores := scores{}
			all, right := 0, 0
			for i, c := range kept {
				if bare[i] == nil {
					continue
				}
				text := wrapping.Wrap(c.Text)
				if text == strings.TrimRight(c.Text, "\n") {
					continue // there is nothing in it that the wrapping changes
				}
				if wrapping.Name == "prefix" && strings.Count(strings.TrimSpace(c.Text), "\n") == 0 {
					continue // nothing shares the prefix
				}
				trace, _ := stacktrace.Parse(text)
				err := laws.Unwrapped(trace, bare[i])
				ok := err == nil && trace.Wrapping == wrapping.Name
				all++
				if ok {
					right++
				} else if testing.Verbose() && true {
					t.Logf("%s: %q: %v\n%.1500s", c.ID, trace.Wrapping, err, text)
				}
				scores.add(c.engine(), ok)
			}
			t.Logf("%d of %d, %.2f %%", right, all, 100*float64(right)/float64(all))
			scores.check(t, 0)
		})
	}
}
