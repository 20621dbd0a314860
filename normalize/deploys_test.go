package normalize_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// build is the stack of one failure of a shop, as one build of it printed it in one engine. See
// testdata/README.md.
type build struct {
	Tool    string `json:"tool"`
	Version string `json:"version"` // A, or B with unrelated code beside and before the same functions
	Engine  string `json:"engine"`
	Failure string `json:"failure"`
	Name    string `json:"name"`
	Message string `json:"message"`
	Text    string `json:"text"`

	trace *stacktrace.Trace
}

func readBuilds(t *testing.T) []*build {
	t.Helper()
	builds, err := corpus.Read[*build]("../testdata/deploys/stacks.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range builds {
		if b.Text == "undefined" || b.Text == "null" { // what the program made of an error without a stack
			b.Text = ""
		}
		b.trace = stacktrace.ParseReport(stacktrace.Report{Name: b.Name, Message: b.Message, Stack: b.Text})
	}
	return builds
}

// rate counts how often two traces have one fingerprint, or are the same.
type rate struct{ same, total int }

func (r *rate) add(same bool) {
	r.total++
	if same {
		r.same++
	}
}

func (r *rate) share() float64 { return 100 * float64(r.same) / float64(max(r.total, 1)) }

// pairCounts count pairs of traces of one tool: of one failure and of two.
type pairCounts struct{ right, merged, split int }

func (p *pairCounts) add(same, truth bool) {
	switch {
	case same && truth:
		p.right++
	case same:
		p.merged++
	case truth:
		p.split++
	}
}

func (p *pairCounts) precision() float64 { return float64(p.right) / float64(max(p.right+p.merged, 1)) }
func (p *pairCounts) recall() float64    { return float64(p.right) / float64(max(p.right+p.split, 1)) }

func (p *pairCounts) f1() float64 {
	return 2 * p.precision() * p.recall() / max(p.precision()+p.recall(), 1e-9)
}

// nameRule returns the key that trackers make without source maps: the type and the names of functions outside
// of packages, or type and message where there are none.
func nameRule(t *stacktrace.Trace) string {
	key, last := t.Type, ""
	for _, f := range t.Frames {
		name := strings.TrimRight(f.Func, "<")
		if name != f.Func || f.Native || strings.Contains(f.File, "node_modules/") || strings.HasPrefix(f.File, "node:") || name == "" || name == "<anonymous>" || name == "eval" {
			continue
		}
		name = name[strings.LastIndexByte(name, '.')+1:]
		if name != last {
			key += "\n" + name
		}
		last = name
	}
	if last == "" {
		return t.Type + ": " + digits.ReplaceAllString(t.Message, "<n>")
	}
	return key
}

var digits = regexp.MustCompile(`[0-9a-f]*[0-9][0-9a-f]*`)

// TestBuilds prints how often one failure has one fingerprint in two browsers, and before and after a deploy,
// and how often two failures of one build have one, over real production builds without source maps.
func TestBuilds(t *testing.T) {
	builds := readBuilds(t)
	const names = "the rule of names"
	for _, s := range []any{normalize.Exact, normalize.Stable, normalize.Loose, names} {
		var browsers, deploys, apart rate
		var all pairCounts
		prints := make([]string, len(builds))
		for i, b := range builds {
			if strength, ok := s.(normalize.Strength); ok {
				prints[i] = normalize.Fingerprint(b.trace, strength)
			} else {
				prints[i] = nameRule(b.trace)
			}
		}
		for i, a := range builds {
			for j, b := range builds[i+1:] {
				if a.Tool != b.Tool {
					continue
				}
				one, same := a.Failure == b.Failure, prints[i] == prints[i+1+j]
				all.add(same, one)
				switch {
				case one && a.Version == b.Version:
					browsers.add(same)
				case one && a.Engine == b.Engine:
					deploys.add(same)
				case !one && a.Version == b.Version && a.Engine == b.Engine:
					apart.add(same)
				}
			}
		}
		t.Logf("%v: two browsers %.1f %% of %d, a deploy %.1f %% of %d, two failures of one build %.1f %% of %d; all pairs: precision %.3f, recall %.3f, F1 %.3f",
			s, browsers.share(), browsers.total, deploys.share(), deploys.total, apart.share(), apart.total, all.precision(), all.recall(), all.f1())
		if s != normalize.Exact && s != names && (browsers.share() < 92 || deploys.share() < 85 || apart.share() > 1.5 || all.f1() < 0.93) {
			t.Errorf("%v misses a figure", s)
		}
	}
	var all pairCounts
	for i, a := range builds {
		for _, b := range builds[i+1:] {
			if a.Tool == b.Tool {
				same, _ := normalize.Same(a.trace, b.trace)
				all.add(same, a.Failure == b.Failure)
				if *showMisses && same != (a.Failure == b.Failure) {
					t.Logf("%s %s %s %s, %s %s %s: %q", a.Tool, a.Version, a.Engine, a.Failure, b.Version, b.Engine, b.Failure, normalize.Compare(a.trace, b.trace).Reasons)
				}
			}
		}
	}
	t.Logf("Same: precision %.3f, recall %.3f", all.precision(), all.recall())
	if all.precision() < 0.99 || all.recall() < 0.85 {
		t.Error("Same misses a figure")
	}
}
