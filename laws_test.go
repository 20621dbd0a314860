package stacktrace_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestLaws checks on captures what holds for every text.
func TestLaws(t *testing.T) {
	step := corpus.Step(6)
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
		{"described", laws.Described},
	} {
		t.Run(law.name, func(t *testing.T) {
			t.Parallel()
			for i := 0; i < len(all); i += step {
				c := all[i]
				if err := law.check(c.Text); err != nil {
					t.Errorf("%s: %v\n%s", c.ID, err, c.Text)
				}
			}
		})
	}
	t.Run("nothing invented by a report", func(t *testing.T) {
		t.Parallel()
		for i := 0; i < len(all); i += step {
			c := all[i]
			r := stacktrace.Report{Name: text(c.Name), Message: text(c.Message), Stack: c.Text}
			if err := laws.InventedByReport(r); err != nil {
				t.Errorf("%s: %v\n%s", c.ID, err, c.Text)
			}
		}
	})
}

// TestLawsOfSpoiltCaptures checks the same on captures of which lines are missing, twice there, moved,
// cut off or without their indentation: what is left of a trace on its way through logs and hands.
func TestLawsOfSpoiltCaptures(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) // the same texts each time
	for i, c := range captures(t, func(c *capture) bool { return len(c.Text) < 4000 }) {
		if i%(everyNth*corpus.Step(2)) != 0 {
			continue
		}
		text := spoil(random, c.Text)
		for name, check := range map[string]func(text string) error{
			"nothing invented": laws.Invented, "nothing lost": laws.Lost, "neutral": laws.Neutral, "one answer": laws.OneAnswer, "described": laws.Described,
		} {
			if err := check(text); err != nil {
				t.Errorf("%s, %s: %v\n%q", name, c.ID, err, text)
			}
		}
	}
}

// spoil returns text with one or two of its lines spoilt.
func spoil(random *rand.Rand, text string) string {
	lines := strings.Split(text, "\n")
	for range 1 + random.IntN(2) {
		i, j := random.IntN(len(lines)), random.IntN(len(lines))
		switch random.IntN(6) {
		case 0:
			if len(lines) > 1 {
				lines = slices.Delete(lines, i, i+1)
			}
		case 1:
			lines = slices.Insert(lines, i, "")
		case 2:
			lines = slices.Insert(lines, i, lines[i])
		case 3:
			lines[i] = lines[i][:random.IntN(len(lines[i])+1)]
		case 4:
			lines[i] = strings.TrimSpace(lines[i])
		case 5:
			lines[i], lines[j] = lines[j], lines[i]
		}
	}
	return strings.Join(lines, "\n")
}
