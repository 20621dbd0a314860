package stacktrace_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestLaws checks on every capture what holds for every text.
func TestLaws(t *testing.T) {
	all := captures(t, func(c *capture) bool { return true })
	for _, law := range []struct {
		name  string
		check func(text string) error
	}{
		{"nothing invented", laws.Invented},
		{"nothing lost", laws.Lost},
		{"round trip", laws.RoundTrip},
		{"neutral", laws.Neutral},
		{"one answer", laws.OneAnswer},
	} {
		t.Run(law.name, func(t *testing.T) {
			t.Parallel()
			for i, c := range all {
				if testing.Short() && i%everyNth != 0 {
					continue
				}
				if err := law.check(c.Text); err != nil {
					t.Errorf("%s: %v\n%s", c.ID, err, c.Text)
				}
			}
		})
	}
	t.Run("nothing invented by a report", func(t *testing.T) {
		t.Parallel()
		for _, c := range all {
			r := stacktrace.Report{Name: text(c.Name), Message: text(c.Message), Stack: c.Text}
			if err := laws.InventedByReport(r); err != nil {
				t.Errorf("%s: %v\n%s", c.ID, err, c.Text)
			}
		}
	})
}
