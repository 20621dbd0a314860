// Growth checks that no text costs more per byte when it is longer. It reads attacks of 1 KB, 2 KB and
// so on with every function that takes a text, alone and as a line of a true trace, and compares time
// and allocated bytes per byte of the text:
//
//	go run ./growth                                  all, up to 16 MB
//	go run ./growth -max 1M                          minutes
//	go run ./growth -max 1M -attack '^nested' -function '^Parse$'
//	go run ./growth -enough 0                        slow readings up to 16 MB too
//	go run ./growth -place . -pairs 1000000          in every place of a trace, and all pairs of attacks: days
//	go run ./growth -v                               every size
//
// A reading that takes an eighth of a second, over a hundred times what the times are compared with, is
// the last of its kind unless -enough tells otherwise; most reach 16 MB before.
//
// It exits with 1 if a time per byte is more than 1.5 times that of the smallest size that takes over
// a millisecond of processor time, or if more than 2 bytes per byte are allocated beside twice what the result holds:
// its slices grow. How long anything takes does not matter otherwise. More is allowed to encoding/json, to
// canonical forms and to scans, and a scan with workers or of several streams is compared from the size on that it
// looks back or ahead, as package attack tells.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace/bench/internal/cpu"
	"github.com/stacktrace-go/stacktrace/internal/attack"
)

var (
	minSize     = size(1 << 10)
	maxSize     = size(16 << 20)
	attacks     = flag.String("attack", "", "only attacks whose name matches the `regexp`")
	functions   = flag.String("function", "", "only functions whose name matches the `regexp`")
	places      = flag.String("place", "^(alone|line)$", "only places whose name matches the `regexp`")
	pairs       = flag.Int("pairs", 16, "`number` of pairs of attacks to read alone too, evenly chosen")
	enough      = flag.Duration("enough", time.Second/8, "a `time` that one reading of a text may take before longer texts are left out; 0 is any")
	verbose     = flag.Bool("v", false, "print every size")
	timeLimit   = flag.Float64("time", 1.5, "largest `ratio` of the times per byte")
	memoryLimit = flag.Float64("memory", attack.MostBeside, "largest number of allocated `bytes` per byte beside the result")
	slack       = size(64 << 10)
)

// size is a flag for a number of bytes: 64K, 16M.
type size int

func (s *size) Set(text string) error {
	unit := 1
	if digits, ok := strings.CutSuffix(text, "K"); ok {
		text, unit = digits, 1<<10
	} else if digits, ok := strings.CutSuffix(text, "M"); ok {
		text, unit = digits, 1<<20
	}
	n, err := strconv.Atoi(text)
	*s = size(n * unit)
	return err
}

func (s size) String() string {
	switch {
	case s >= 1<<20:
		return fmt.Sprintf("%dM", s>>20)
	case s >= 1<<10:
		return fmt.Sprintf("%dK", s>>10)
	}
	return strconv.Itoa(int(s))
}

// memoryGuard is how much memory the process takes before it collects garbage in the middle of a
// measurement after all.
const memoryGuard = 12 << 30

func main() {
	flag.Var(&minSize, "min", "smallest `size`")
	flag.Var(&maxSize, "max", "largest `size`")
	flag.Var(&slack, "slack", "allocated `bytes` that count for nothing: those of a text of any length")
	flag.Parse()
	debug.SetGCPercent(-1) // see collect
	debug.SetMemoryLimit(memoryGuard)
	warm(128*int(maxSize) + mostGarbage)
	r := run{attack: regexp.MustCompile(*attacks), function: regexp.MustCompile(*functions), place: regexp.MustCompile(*places),
		worst: map[string]*meter{}, dearest: map[string]*meter{}}
	begin := time.Now()
	for _, a := range attack.All() {
		for _, place := range attack.Places() {
			r.read(a, place)
		}
	}
	all := attack.Pairs(attack.All())
	for i := range min(*pairs, len(all)) {
		r.read(all[i*len(all)/min(*pairs, len(all))], attack.Places()[0])
	}
	r.print()
	fmt.Printf("%d attacks in %d places, read by %d functions: %d readings, %d of them up to %v, %d compared again: %d grow, %d take more memory; %s, %s, %s of processor time\n",
		r.attacks, r.places(), len(r.worst), r.readings, r.whole, maxSize, r.again, r.grow, r.large, runtime.Version(),
		time.Since(begin).Round(time.Second), cpu.Time().Round(time.Second))
	if r.grow > 0 || r.large > 0 || r.readings == 0 {
		os.Exit(1)
	}
}

// run is what was measured so far.
type run struct {
	attack, function, place *regexp.Regexp

	attacks, readings, whole, again, grow, large int

	names   []string          // of the functions
	worst   map[string]*meter // by the function's name: that with the largest ratio
	dearest map[string]*meter // that with the largest time per byte
}

// places returns how many places are read.
func (r *run) places() int {
	n := 0
	for _, place := range attack.Places() {
		if r.place.MatchString(place.Name) {
			n++
		}
	}
	return n
}

// read measures an attack in its place with all functions, and prints what is wrong. They take turns,
// so that a text is made, and read for those that take a trace, but once.
func (r *run) read(a attack.Attack, place attack.Place) {
	if !r.attack.MatchString(a.Name) || !r.place.MatchString(place.Name) {
		return
	}
	var meters []*meter
	pieces := attack.Functions()
	for i, function := range attack.Functions() {
		if r.function.MatchString(function.Name) && !(function.Line && place.Name != "alone") {
			meters = append(meters, &meter{function: function, pieces: pieces[i], clock: cpu.Time})
		}
	}
	for size := minSize; size <= maxSize; size *= 2 {
		text := place.Put(a.Text(int(size)))
		for _, m := range meters {
			if m.isDone() {
				continue
			}
			s := m.measure(text)
			if *verbose {
				fmt.Printf("%-26s %-8s %-36q %5v %12v %9.3f ns/B %6.2f %8.2f B/B, %.2f beside\n",
					m.function.Name, place.Name, a.Name, size, s.time, s.perByte(), s.ratio, s.allocated, s.beside)
			}
		}
	}
	if place.Name == "alone" {
		r.attacks++
	}
	for _, m := range meters {
		m.attack = a.Name + ", " + place.Name
		r.add(m)
		if complaint := m.growth(); complaint != "" {
			r.grow++
			fmt.Printf("%-26s %-48q %s\n", m.function.Name, m.attack, complaint)
		}
		if complaint := m.memory(); complaint != "" {
			r.large++
			fmt.Printf("%-26s %-48q %s\n", m.function.Name, m.attack, complaint)
		}
	}
}

func (r *run) add(m *meter) {
	r.readings++
	if m.again {
		r.again++
	}
	if m.last.bytes > int(maxSize)/3 { // a text that nests may be shorter than it should
		r.whole++
	}
	name := m.function.Name
	if r.worst[name] == nil {
		r.names = append(r.names, name)
		r.worst[name], r.dearest[name] = m, m
	}
	if m.worst.ratio > r.worst[name].worst.ratio {
		r.worst[name] = m
	}
	if m.last.perByte() > r.dearest[name].last.perByte() {
		r.dearest[name] = m
	}
}

// print prints what was seen of each function.
func (r *run) print() {
	fmt.Printf("\n%-26s %6s  %-60s %8s  %s\n", "", "growth", "of the attack", "ns/B", "of the attack")
	for _, name := range r.names {
		worst, dearest := r.worst[name], r.dearest[name]
		of := ""
		if worst.worst.ratio > 0 {
			of = fmt.Sprintf("%s, at %v", worst.attack, size(worst.worst.bytes))
		}
		fmt.Printf("%-26s %6.2f  %-60.60s %8.2f  %s\n", name, worst.worst.ratio, of, dearest.last.perByte(), dearest.attack)
	}
	fmt.Println()
}
