package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// table holds what was right, by construct and engine.
type table struct {
	programs []*Program
	columns  []column
}

type column struct {
	engine  *Engine
	results map[string]*Result
	scores  map[string]Score
}

func newTable(programs []*Program) *table { return &table{programs: programs} }

func (t *table) add(e *Engine, results []*Result) {
	c := column{engine: e, results: make(map[string]*Result), scores: make(map[string]Score)}
	for _, r := range results {
		c.results[r.Scenario] = r
		i := slices.IndexFunc(t.programs, func(p *Program) bool { return p.Name == r.Scenario })
		if r.Failed == "" {
			c.scores[r.Scenario] = compare(t.programs[i], r)
		}
	}
	t.columns = append(t.columns, c)
}

// cell is "5" where all of five facts are right, "4/5" where one is not, "–" where the engine has no
// trace of that construct.
func (c column) cell(name string) string {
	s, ok := c.scores[name]
	switch {
	case !ok:
		return "–"
	case s.Right == s.All:
		return fmt.Sprint(s.All)
	default:
		return fmt.Sprintf("%d/%d", s.Right, s.All)
	}
}

// total counts the facts: those that were read right, those that the text decides, and those that it does not, of
// which the reason is known.
func (c column) total() (right, decided, known int) {
	for name, s := range c.scores {
		right, decided = right+s.Right, decided+s.All
		if c.engine.reason(name) != "" {
			known += len(s.Misses)
		}
	}
	return right, decided - known, known
}

func (t *table) print(w io.Writer, isMarkdown bool) {
	rows := [][]string{{"construct"}}
	for _, c := range t.columns {
		rows[0] = append(rows[0], c.engine.title())
	}
	for _, p := range t.programs {
		row := []string{strings.TrimSuffix(p.Name, ".js")}
		for _, c := range t.columns {
			row = append(row, c.cell(p.Name))
		}
		rows = append(rows, row)
	}
	all := []string{"all"}
	for _, c := range t.columns {
		right, of, known := c.total()
		total := fmt.Sprintf("%d/%d, %.1f %%", right, of, 100*float64(right)/float64(max(of, 1)))
		if known > 0 {
			total += fmt.Sprintf(" (and %d known)", known)
		}
		all = append(all, total)
	}
	rows = append(rows, all)
	if isMarkdown {
		for i, row := range rows {
			fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
			if i == 0 {
				fmt.Fprintf(w, "|%s\n", strings.Repeat("---|", len(row)))
			}
		}
		return
	}
	tabs := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(tabs, strings.Join(row, "\t"))
	}
	tabs.Flush()
}

// printMisses prints each miss: the line, the truth, and what was read; or why it is known.
func (t *table) printMisses(w io.Writer) {
	for _, c := range t.columns {
		for _, p := range t.programs {
			reason := c.engine.reason(p.Name)
			for _, m := range c.scores[p.Name].Misses {
				fmt.Fprintf(w, "\n%s, %s\n  line   %s\n  truth  %s\n  read   %s\n", c.engine.title(), p.Name, indent(m.Line), indent(m.Truth), indent(m.Read))
				if reason != "" {
					fmt.Fprintf(w, "  known  %s\n", reason)
				}
			}
		}
	}
}

func indent(s string) string {
	return strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n         ")
}

// unexplained counts the misses without a known reason.
func (t *table) unexplained() (n int) {
	for _, c := range t.columns {
		for name, s := range c.scores {
			if c.engine.reason(name) == "" {
				n += len(s.Misses)
			}
		}
	}
	return n
}

// printFingerprints prints the programs whose error has more than one fingerprint over the engines, with
// why two of them differ.
func (t *table) printFingerprints(w io.Writer) {
	type group struct {
		engines []string
		trace   *stacktrace.Trace
	}
	all, one, oneStable := 0, 0, 0
	for _, p := range t.programs {
		if p.Printed {
			continue
		}
		groups, stable := make(map[string]*group), make(map[string]bool)
		n := 0
		for _, c := range t.columns {
			r := c.results[p.Name]
			if r == nil || r.Failed != "" {
				continue
			}
			n++
			trace := stacktrace.ParseReport(stacktrace.Report{Name: value(r.Name), Message: value(r.Message), Stack: r.Text})
			trace.Frames = slices.DeleteFunc(trace.Frames, func(f stacktrace.Frame) bool { return isHarness(p, f) })
			stable[normalize.Fingerprint(trace, normalize.Stable)] = true
			exact := normalize.Fingerprint(trace, normalize.Exact)
			if groups[exact] == nil {
				groups[exact] = &group{trace: trace}
			}
			groups[exact].engines = append(groups[exact].engines, c.engine.title())
		}
		if n < 2 {
			continue
		}
		all++
		if len(stable) == 1 {
			oneStable++
		}
		if len(groups) == 1 {
			one++
			continue
		}
		sorted := make([]*group, 0, len(groups))
		for _, g := range groups {
			sorted = append(sorted, g)
		}
		slices.SortFunc(sorted, func(a, b *group) int {
			return cmp.Or(cmp.Compare(len(b.engines), len(a.engines)), cmp.Compare(a.engines[0], b.engines[0]))
		})
		fmt.Fprintf(w, "\n%s: %d exact fingerprints\n  %s\n", p.Name, len(groups), strings.Join(sorted[0].engines, ", "))
		for _, g := range sorted[1:] {
			c := normalize.Compare(sorted[0].trace, g.trace)
			fmt.Fprintf(w, "  %s: the same %v (%.2f), %v\n", strings.Join(g.engines, ", "), c.Same, c.Score, c.Reasons)
		}
	}
	if all > 0 {
		fmt.Fprintf(w, "\nof %d programs in more than one engine %d have one exact fingerprint, %d one stable one\n", all, one, oneStable)
	}
}

// isHarness reports whether a frame is not the program's: it is of the code behind it, or of the host.
func isHarness(p *Program, f stacktrace.Frame) bool {
	return strings.HasSuffix(f.File, p.Name) && f.Line > p.lines()
}
