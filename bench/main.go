// Bench compares this package with what else reads stack traces, on the same texts and in one run:
//
//	npm ci --prefix peers    once
//	go run .
//
// It prints a table of ratios to the floor, a loop that does nothing but find the line ends of the text
// with strings.IndexByte, and how many of the frames each reader found where that is not all. Without
// Node or its packages the peers are left out. Each time is the best of some rounds, in which all
// readers take turns.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 100, "how often each is measured")
	each := flag.Duration("each", 2*time.Millisecond, "how long a round takes at least")
	noPeers := flag.Bool("nopeers", false, "leave out the parsers on Node")
	only := flag.String("trace", "", "only traces whose name matches the `regexp`")
	flag.Parse()
	if err := run(os.Stdout, *only, *rounds, *each, *noPeers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// measured is one reader's time for one trace.
type measured struct {
	ns    float64
	found int // frames; -1 if it does not tell
}

func run(out io.Writer, only string, rounds int, each time.Duration, noPeers bool) error {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	traces, err := loadTraces()
	if err != nil {
		return err
	}
	traces = slices.DeleteFunc(traces, func(t trace) bool { return !pattern.MatchString(t.name) })
	names := []string{}
	for _, r := range readers {
		names = append(names, r.name)
	}
	table := map[string]map[string]measured{} // by trace and reader
	for _, t := range traces {
		table[t.name] = measureGo(t, rounds, each)
	}
	versions := []string{}
	if !noPeers {
		results, err := runPeers(traces, each, rounds)
		if errors.Is(err, errNoPeers) {
			fmt.Fprintln(os.Stderr, err)
		} else if err != nil {
			return err
		}
		for _, r := range results {
			table[r.Case][r.Peer] = measured{r.NS, r.Found}
			if !slices.Contains(names, r.Peer) {
				names = append(names, r.Peer)
				versions = append(versions, r.Peer+" "+r.Version)
			}
		}
	}
	fmt.Fprintf(out, "%s, %s, %s/%s, %d CPUs (%s)\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), cpuModel())
	if len(versions) > 0 {
		fmt.Fprintf(out, "Node %s; %s\n", nodeVersion(), strings.Join(versions, ", "))
	}
	printTable(out, traces, names, table)
	printSummary(out, traces, names, table)
	return nil
}

// measureGo takes the times of the readers in Go.
func measureGo(t trace, rounds int, each time.Duration) map[string]measured {
	type running struct {
		run   func() int
		calls int
		best  float64
		found int
	}
	var all [len(readers)]running
	for i, r := range readers {
		all[i] = running{run: r.prepare(t), calls: 1, best: math.Inf(1), found: -1}
		if seen := all[i].run(); r.frames {
			all[i].found = seen
		}
		for {
			if took := timeCalls(all[i].run, all[i].calls); took >= each || took*2 > each && all[i].calls > 1 {
				break
			}
			all[i].calls *= 2
		}
	}
	for range rounds {
		for i := range all {
			took := timeCalls(all[i].run, all[i].calls)
			all[i].best = min(all[i].best, float64(took.Nanoseconds())/float64(all[i].calls))
		}
	}
	times := map[string]measured{}
	for i, r := range readers {
		times[r.name] = measured{all[i].best, all[i].found}
	}
	return times
}

func timeCalls(run func() int, calls int) time.Duration {
	start := time.Now()
	for range calls {
		run()
	}
	return time.Since(start)
}

// printTable prints the times as ratios to the floor, a row for each trace.
func printTable(out io.Writer, traces []trace, names []string, table map[string]map[string]measured) {
	fmt.Fprintf(out, "\n| trace, frames | floor, ns | %s |\n|---|%s\n", strings.Join(names[1:], " | "), strings.Repeat("---:|", len(names)))
	for _, t := range traces {
		floor := table[t.name]["floor"].ns
		fmt.Fprintf(out, "| %s | %.0f |", t.name, floor)
		for _, name := range names[1:] {
			m, ok := table[t.name][name]
			switch {
			case !ok:
				fmt.Fprint(out, " |")
			case m.found >= 0 && m.found < len(t.frames):
				fmt.Fprintf(out, " %s (%d of %d) |", ratio(m.ns/floor), m.found, len(t.frames))
			default:
				fmt.Fprintf(out, " %s |", ratio(m.ns/floor))
			}
		}
		fmt.Fprintln(out)
	}
}

// printSummary prints how the traces of 50 frames and more compare with AppendFrames, and what is
// allocated.
func printSummary(out io.Writer, traces []trace, names []string, table map[string]map[string]measured) {
	fmt.Fprintln(out, "\n| trace, frames | AppendFrames to floor | allocations | Parse to floor | allocations | Go regexp to AppendFrames | fastest peer that finds all frames, to AppendFrames |")
	fmt.Fprintln(out, "|---|---:|---:|---:|---:|---:|---:|")
	for _, t := range traces {
		m := table[t.name]
		fastest, peer := math.Inf(1), ""
		for _, name := range names[len(readers):] {
			if p := m[name]; p.found == len(t.frames) && p.ns < fastest {
				fastest, peer = p.ns, name
			}
		}
		against := "none"
		if peer != "" {
			against = fmt.Sprintf("%s (%s)", ratio(fastest/m["AppendFrames"].ns), peer)
		}
		fmt.Fprintf(out, "| %s | %s | %.0f | %s | %.0f | %s | %s |\n", t.name,
			ratio(m["AppendFrames"].ns/m["floor"].ns), allocations(t, "AppendFrames"),
			ratio(m["Parse"].ns/m["floor"].ns), allocations(t, "Parse"),
			ratio(m["Go regexp"].ns/m["AppendFrames"].ns), against)
	}
}

func allocations(t trace, name string) float64 {
	i := slices.IndexFunc(readers[:], func(r reader) bool { return r.name == name })
	read := readers[i].prepare(t)
	return testing.AllocsPerRun(10, func() { read() })
}

// ratio prints two digits of small numbers and no fractions of larger ones.
func ratio(r float64) string {
	if r < 10 {
		return fmt.Sprintf("%.1f", r)
	}
	return fmt.Sprintf("%.0f", r)
}

// cpuModel returns the name of the processor, where the system tells it.
func cpuModel() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return "unknown model"
}

func nodeVersion() string {
	out, _ := exec.Command("node", "--version").Output()
	return strings.TrimPrefix(strings.TrimSpace(string(out)), "v")
}
