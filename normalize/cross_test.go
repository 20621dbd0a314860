package normalize_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/normalize"
)

var showMisses = flag.Bool("misses", false, "print the programs whose traces miss a figure")

// capture is a trace of a program that was run, on the same lines, in many engines. See
// testdata/README.md.
type capture struct {
	Scenario string `json:"scenario"`
	Config   string `json:"config"`
	Engine   string `json:"engine"`
	Name     string `json:"name"`
	Message  string `json:"message"`
	Text     string `json:"text"`
	Chain    []struct {
		Func string `json:"fn"`
		Line int    `json:"line"`
	} `json:"chain"`

	trace *stacktrace.Trace
}

// program is what the scenario belongs to: "e5-plain" of "e5-plain/proto-method".
func (c *capture) program() string {
	program, _, _ := strings.Cut(c.Scenario, "/")
	return program
}

// chain is what the program's source says was on the stack and every engine prints: the lines of the
// calls up to the first that is asynchronous; "" if it says nothing. Names do not count, as programs
// give the same function many.
func (c *capture) chain() string {
	var b strings.Builder
	for _, call := range c.Chain {
		if strings.HasPrefix(call.Func, "async ") {
			break
		}
		if call.Line > 0 {
			fmt.Fprintf(&b, "%d ", call.Line)
		}
	}
	return b.String()
}

// isMainstream reports whether the program is written as most are: without names and URLs that were
// chosen to be odd.
func isMainstream(program string) bool {
	switch program {
	case "es6-names", "es6-sourceurl", "e5-names", "html", "wasm":
		return false
	}
	return true
}

var readCross = sync.OnceValues(func() ([]*capture, error) {
	all, err := corpus.Read[*capture]("../testdata/captures/cross.jsonl.gz")
	for _, c := range all {
		c.trace = stacktrace.ParseReport(stacktrace.Report{Name: c.Name, Message: c.Message, Stack: c.Text})
	}
	return all, err
})

// cross returns the captures, and by scenario and configuration.
func cross(t testing.TB) (all []*capture, byScenario map[string]map[string]*capture) {
	t.Helper()
	all, err := readCross()
	if err != nil {
		t.Fatal(err)
	}
	byScenario = make(map[string]map[string]*capture)
	for _, c := range all {
		m := byScenario[c.Scenario]
		if m == nil {
			m = make(map[string]*capture)
			byScenario[c.Scenario] = m
		}
		if m[c.Config] == nil {
			m[c.Config] = c
		}
	}
	return all, byScenario
}

// browsers are the configurations that stand for Chrome, Firefox and Safari.
var browsers = []string{"chromium", "firefox", "webkitgtk"}

// TestBrowsers prints in how many scenarios Chrome, Firefox and WebKit give one fingerprint.
func TestBrowsers(t *testing.T) {
	_, scenarios := cross(t)
	for _, figure := range []struct {
		strength   normalize.Strength
		mainstream bool
		least      float64 // per cent
	}{
		{normalize.Exact, true, 97.5},
		{normalize.Exact, false, 89.5},
		{normalize.Stable, true, 88.5},
		{normalize.Stable, false, 78.5},
		{normalize.Loose, true, 89.5},
	} {
		same, total := 0, 0
		missed := make(map[string][]string)
		for scenario, configs := range scenarios {
			program, _, _ := strings.Cut(scenario, "/")
			if configs["chromium"] == nil || configs["firefox"] == nil || configs["webkitgtk"] == nil || figure.mainstream && !isMainstream(program) {
				continue
			}
			total++
			var prints []string
			for _, config := range browsers {
				prints = append(prints, normalize.Fingerprint(configs[config].trace, figure.strength))
			}
			if prints[0] == prints[1] && prints[1] == prints[2] {
				same++
			} else {
				missed[program] = append(missed[program], scenario)
				if *showMisses {
					for _, config := range browsers {
						b, _ := json.Marshal(normalize.Trace(configs[config].trace))
						t.Logf("%c %s %s %.1200s", figure.strength, scenario, config, b)
					}
				}
			}
		}
		share := 100 * float64(same) / float64(total)
		t.Logf("%c, mainstream only %v: equal in %d of %d scenarios, %.1f %%", figure.strength, figure.mainstream, same, total, share)
		if share < figure.least {
			t.Errorf("equal in %.1f %%, want %.1f %%", share, figure.least)
		}
		if *showMisses {
			for program, m := range missed {
				slices.Sort(m)
				t.Logf("%c miss %s %d: %q", figure.strength, program, len(m), m)
			}
		}
	}
}

// TestMerged checks that no two scenarios have one exact fingerprint though their calls, as far as
// every engine prints them, are on different lines.
func TestMerged(t *testing.T) {
	all, _ := cross(t)
	merged := make(map[[2]string]bool)
	first := make(map[string]*capture)
	for _, c := range all {
		if len(c.Chain) == 0 || !slices.Contains(browsers, c.Config) || strings.Contains(c.Scenario, "async*") {
			continue // Firefox writes a function called "async*foo" and one that is awaited alike
		}
		key := normalize.Fingerprint(c.trace, normalize.Exact)
		other := first[key]
		if other == nil {
			first[key] = c
			continue
		}
		if other.chain() != c.chain() && other.Scenario != c.Scenario {
			pair := [2]string{min(other.Scenario, c.Scenario), max(other.Scenario, c.Scenario)}
			if !merged[pair] && *showMisses {
				t.Logf("merged %s %s\n%s\n%s\n%s\n%s\n%s\n%s", other.Config, c.Config, other.Scenario, c.Scenario, other.chain(), c.chain(), other.Text, c.Text)
			}
			merged[pair] = true
		}
	}
	t.Logf("%d pairs of scenarios merged", len(merged))
	if len(merged) > 0 {
		t.Errorf("%d pairs of scenarios with one exact fingerprint, want none", len(merged))
	}
}
