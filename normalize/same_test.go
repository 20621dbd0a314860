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
	same, total, sameMainstream, totalMainstream := 0, 0, 0, 0
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
				if isMainstream(a.program()) {
					totalMainstream++
				}
				if ok, _ := normalize.Same(a.trace, b.trace); ok {
					same++
					if isMainstream(a.program()) {
						sameMainstream++
					}
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
	mainstream := 100 * float64(sameMainstream) / float64(totalMainstream)
	t.Logf("same scenario, two engines: the same in %d of %d pairs, %.1f %%; in mainstream programs %d of %d, %.1f %%", same, total, share, sameMainstream, totalMainstream, mainstream)
	if share < 95 || mainstream < 97 {
		t.Errorf("the same in %.1f %%, in mainstream programs %.1f %%", share, mainstream)
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

// TestDifferent prints for how many pairs of different scenarios the traces are the same. Most of them
// are of programs with the same calls on the same lines under other names, set at run time or by a
// sourceURL, which JavaScriptCore, Chakra and QuickJS do not tell: their texts are equal.
func TestDifferent(t *testing.T) {
	all, _ := cross(t)
	byConfig := make(map[string]map[string][]*capture)
	for _, c := range all {
		programs := byConfig[c.Config]
		if programs == nil {
			programs = make(map[string][]*capture)
			byConfig[c.Config] = programs
		}
		programs[c.program()] = append(programs[c.program()], c)
	}
	configs := []string{"chromium", "firefox", "webkitgtk", "chhost", "hermes0.12", "quickjs-ng", "bun"}
	var same, total, sameMainstream, totalMainstream int
	for i, x := range configs {
		for _, y := range configs[i:] {
			of, ofMainstream := 0, 0
			for program, as := range byConfig[x] {
				for p, bs := range byConfig[y] {
					of += len(as) * len(bs)
					if isMainstream(program) && isMainstream(p) {
						ofMainstream += len(as) * len(bs)
					}
				}
				for _, a := range as { // other programs have no file in common
					for _, b := range byConfig[y][program] {
						if a.Scenario == b.Scenario || x == y && a.Scenario > b.Scenario {
							continue
						}
						if ok, _ := normalize.Same(a.trace, b.trace); ok {
							same++
							if isMainstream(program) {
								sameMainstream++
							}
						}
					}
				}
			}
			if x == y {
				of, ofMainstream = of/2, ofMainstream/2
			}
			total, totalMainstream = total+of, totalMainstream+ofMainstream
		}
	}
	share := 100 * float64(same) / float64(total)
	mainstream := 100 * float64(sameMainstream) / float64(totalMainstream)
	t.Logf("different scenarios: the same in %d of %d pairs, %.3f %%; in mainstream programs %d of %d, %.3f %%", same, total, share, sameMainstream, totalMainstream, mainstream)
	if share > 0.45 || mainstream > 0.1 {
		t.Errorf("different scenarios the same in %.3f %%, in mainstream programs %.3f %%", share, mainstream)
	}
}
