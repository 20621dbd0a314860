package normalize_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/normalize"
)

// comparedConfigs are the engines that Same is measured over, and what they count as.
var comparedConfigs = []string{"chromium", "firefox", "webkitgtk", "ch", "chhost", "hermes0.12", "quickjs", "quickjs-ng", "bun", "node24"}

// TestSame prints for how many pairs of engines the traces of one program are the same.
func TestSame(t *testing.T) {
	_, scenarios := cross(t)
	same, total := 0, 0
	type count struct{ same, total int }
	byPair := make(map[string]*count)
	for scenario, configs := range scenarios {
		for i, x := range comparedConfigs {
			for _, y := range comparedConfigs[i+1:] {
				a, b := configs[x], configs[y]
				if a == nil || b == nil || a.family() == b.family() {
					continue
				}
				pair := byPair[x+" "+y]
				if pair == nil {
					pair = new(count)
					byPair[x+" "+y] = pair
				}
				total++
				pair.total++
				if ok, _ := normalize.Same(a.trace, b.trace); ok {
					same++
					pair.same++
				} else if *showMisses {
					t.Logf("not same %s %s %s %q %q\n%.500s\n%.500s", scenario, x, y, normalize.Compare(a.trace, b.trace).Reasons, a.Message, a.Text, b.Text)
				}
			}
		}
	}
	for pair, n := range byPair {
		t.Logf("%-24s %d of %d, %.1f %%", pair, n.same, n.total, 100*float64(n.same)/float64(n.total))
	}
	share := 100 * float64(same) / float64(total)
	t.Logf("same scenario, two engines: the same in %d of %d pairs, %.1f %%", same, total, share)
	if share < 80 {
		t.Errorf("the same in %.1f %%", share)
	}
}

// family is the engine that the configuration counts as.
func (c *capture) family() string {
	switch c.Config {
	case "bun":
		return "bun"
	}
	return c.Engine
}

// TestDifferent prints for how many pairs of different scenarios the traces are the same.
func TestDifferent(t *testing.T) {
	all, _ := cross(t)
	byConfig := make(map[string][]*capture)
	for _, c := range all {
		byConfig[c.Config] = append(byConfig[c.Config], c)
	}
	configs := []string{"chromium", "firefox", "webkitgtk", "chhost", "hermes0.12", "quickjs-ng", "bun"}
	for i, x := range configs {
		for _, y := range configs[i:] {
			same, total := 0, 0
			by := make(map[string]int)
			for _, a := range byConfig[x] {
				for _, b := range byConfig[y] {
					if a.Scenario == b.Scenario || x == y && a.Scenario > b.Scenario {
						continue
					}
					total++
					if a.program() != b.program() && !(len(a.trace.Frames) == 0 && len(b.trace.Frames) == 0) {
						continue // no file in common
					}
					if ok, _ := normalize.Same(a.trace, b.trace); ok {
						same++
						by[a.program()]++
						if *showMisses && same%50 == 1 {
							t.Logf("%s %s | %s | %s\n%.300s\n%.300s", x, y, a.Scenario, b.Scenario, a.Text, b.Text)
						}
					}
				}
			}
			share := 100 * float64(same) / float64(total)
			t.Logf("different scenarios, %s and %s: the same in %d of %d pairs, %.3f %% %v", x, y, same, total, share, by)
		}
	}
}
