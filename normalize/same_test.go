package normalize_test

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// comparedConfigs are the engines that Same is measured over, and what they count as.
var comparedConfigs = []string{"chromium", "firefox", "webkitgtk", "ch", "chhost", "hermes0.12", "quickjs", "quickjs-ng", "bun", "node24"}

// TestSame prints for how many pairs of engines the traces of one program are the same: of all pairs, and
// of those in which both engines threw the error that the program is about.
func TestSame(t *testing.T) {
	_, scenarios := cross(t)
	type count struct{ same, total int }
	var all, oneError, mainstream count
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
				counts := []*count{pair, &all}
				if !isOtherError(a, b) {
					counts = append(counts, &oneError)
				}
				if isMainstream(a.program()) {
					counts = append(counts, &mainstream)
				}
				same, _ := normalize.Same(a.trace, b.trace)
				for _, n := range counts {
					n.total++
					if same {
						n.same++
					}
				}
				if !same && *showMisses {
					t.Logf("not same %s %s %s %q %q\n%.500s\n%.500s", scenario, x, y, normalize.Compare(a.trace, b.trace).Reasons, a.Message, a.Text, b.Text)
				}
			}
		}
	}
	share := func(n count) float64 { return 100 * float64(n.same) / float64(n.total) }
	for pair, n := range byPair {
		t.Logf("%-24s %d of %d, %.1f %%", pair, n.same, n.total, share(*n))
	}
	t.Logf("same scenario, two engines: the same in %d of %d pairs, %.1f %%", all.same, all.total, share(all))
	t.Logf("without the %d pairs of two errors: the same in %d of %d pairs, %.1f %%", all.total-oneError.total, oneError.same, oneError.total, share(oneError))
	t.Logf("in mainstream programs: the same in %d of %d pairs, %.1f %%", mainstream.same, mainstream.total, share(mainstream))
	if share(all) < 97 || share(mainstream) < 97 {
		t.Errorf("the same in %.1f %%, in mainstream programs %.1f %%", share(all), share(mainstream))
	}
}

// isOtherError reports whether two engines threw different errors in one program: one of them lacks what
// the program uses, and threw an error of its own before the program could.
func isOtherError(a, b *capture) bool {
	own := func(c *capture) bool { return c.Name == "ReferenceError" || c.Name == "TypeError" }
	return a.Name != b.Name && own(a) != own(b)
}

// family is the engine that the configuration counts as.
func (c *capture) family() string {
	switch c.Config {
	case "bun":
		return "bun"
	}
	return c.Engine
}

// TestDifferent prints for how many pairs of different scenarios the traces are the same: of all pairs,
// and of those that can be told apart. Programs with the same calls on the same lines under other names,
// set at run time or by a sourceURL, have equal texts in JavaScriptCore, Chakra or QuickJS, which do not
// tell these names.
func TestDifferent(t *testing.T) {
	all, scenarios := cross(t)
	byConfig := make(map[string]map[string][]*capture)
	texts := make(map[*capture]string, len(all))
	for _, c := range all {
		programs := byConfig[c.Config]
		if programs == nil {
			programs = make(map[string][]*capture)
			byConfig[c.Config] = programs
		}
		programs[c.program()] = append(programs[c.program()], c)
		texts[c] = c.Name + "\n" + c.Message + "\n" + port.ReplaceAllString(c.Text, "//host/")
	}
	// isTwin reports whether nobody can tell from the texts that a and b are of two scenarios: where one
	// is, the other engine's own trace of that scenario reads the same.
	isTwin := func(a, b *capture) bool {
		if a.Config == b.Config {
			return texts[a] == texts[b]
		}
		ofA, ofB := scenarios[a.Scenario][b.Config], scenarios[b.Scenario][a.Config]
		return ofA != nil && texts[ofA] == texts[b] || ofB != nil && texts[ofB] == texts[a]
	}
	configs := []string{"chromium", "firefox", "webkitgtk", "chhost", "hermes0.12", "quickjs-ng", "bun"}
	pair, step := 0, corpus.Step(9) // where not all pairs are compared, each that is stands for step
	var total, totalMainstream, twins, same, sameTwins, sameMainstream, sameTwinsMainstream int
	for i, x := range configs {
		for _, y := range configs[i:] {
			of, ofMainstream := 0, 0
			for _, program := range slices.Sorted(maps.Keys(byConfig[x])) {
				as := byConfig[x][program]
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
						if pair++; pair%step != 0 {
							continue
						}
						twin := isTwin(a, b)
						if twin {
							twins += step
						}
						if ok, _ := normalize.Same(a.trace, b.trace); !ok {
							continue
						}
						same += step
						if twin {
							sameTwins += step
						}
						if isMainstream(program) {
							sameMainstream += step
							if twin {
								sameTwinsMainstream += step
							}
						}
						if !twin && *showMisses {
							t.Logf("the same %s %s, %s %s\n%.500s\n%.500s", x, a.Scenario, y, b.Scenario, a.Text, b.Text)
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
	share := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	told, toldMainstream := share(same-sameTwins, total-twins), share(sameMainstream, totalMainstream)
	t.Logf("different scenarios: the same in %d of %d pairs, %.3f %%", same, total, share(same, total))
	t.Logf("without the %d pairs whose texts are equal in one of the engines: the same in %d of %d pairs, %.3f %%", twins, same-sameTwins, total-twins, told)
	t.Logf("in mainstream programs: the same in %d of %d pairs, %.3f %%; %d of them by equal texts", sameMainstream, totalMainstream, toldMainstream, sameTwinsMainstream)
	most, mostAtAll := 0.1, 0.51
	if step > 1 {
		most, mostAtAll = 0.2, 0.7 // a share of the pairs tells no more than that
	}
	if told > most || toldMainstream > most || share(same, total) > mostAtAll {
		t.Errorf("different scenarios the same in %.3f %%, where texts tell in %.3f %%, in mainstream programs in %.3f %%", share(same, total), told, toldMainstream)
	}
}

// port is the host of a URL with a port, which differs from run to run.
var port = regexp.MustCompile(`//[^/\s]*:\d+/`)
