// Growth checks that no text costs more per byte when it is longer. It reads attacks of 1 KB, 2 KB and
// so on with every function that takes a text, alone and within true traces, and compares time and
// allocated bytes per byte of the text:
//
//	go run ./growth                                  all, up to 16 MB
//	go run ./growth -max 1M -attack '^nested' -function '^Parse$'
//	go run ./growth -pairs -max 1M                   two attacks at a time
//	go run ./growth -v                               every size
//
// It exits with 1 if a time per byte is more than 1.5 times that of the smallest size that takes over
// a millisecond of processor time, or if more than 2 bytes per byte are allocated beside twice what the result holds:
// its slices grow. How long anything takes does not matter otherwise. What encoding/json allocates is
// not held against it so strictly.
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

	"github.com/stacktrace-go/stacktrace/internal/attack"
)

var (
	minSize     = size(1 << 10)
	maxSize     = size(16 << 20)
	attacks     = flag.String("attack", "", "only attacks whose name matches the `regexp`")
	functions   = flag.String("function", "", "only functions whose name matches the `regexp`")
	places      = flag.String("place", "", "only places whose name matches the `regexp`")
	pairs       = flag.Bool("pairs", false, "two attacks at a time")
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

const (
	leastTime = time.Millisecond // below it, a time is too small to compare with
	again     = 6                // how often a time that looks as if it had grown is taken again
	rounds    = 2
	hopeless  = 8 // a ratio that no noise explains: larger sizes would take forever
)

func main() {
	flag.Var(&minSize, "min", "smallest `size`")
	flag.Var(&maxSize, "max", "largest `size`")
	flag.Var(&slack, "slack", "allocated `bytes` that count for nothing: those of a text of any length")
	flag.Parse()
	debug.SetGCPercent(400)
	all := attack.All()
	if *pairs {
		all = attack.Pairs(all)
	}
	attackPattern, placePattern, functionPattern := regexp.MustCompile(*attacks), regexp.MustCompile(*places), regexp.MustCompile(*functions)
	checked, failed := 0, 0
	begin := time.Now()
	for _, a := range all {
		if !attackPattern.MatchString(a.Name) {
			continue
		}
		for _, place := range attack.Places() {
			if !placePattern.MatchString(place.Name) {
				continue
			}
			for _, function := range attack.Functions() {
				if !functionPattern.MatchString(function.Name) || function.Line && place.Name != "alone" {
					continue
				}
				checked++
				if complaint := check(a, place, function); complaint != "" {
					failed++
					fmt.Printf("%-24s %-14s %-36q %s\n", function.Name, place.Name, a.Name, complaint)
				}
			}
		}
	}
	fmt.Printf("%d attacks at %d functions and places up to %v: %d grow; %s, %s\n",
		checked, len(attack.Places()), maxSize, failed, runtime.Version(), time.Since(begin).Round(time.Second))
	if failed > 0 || checked == 0 {
		os.Exit(1)
	}
}

// sample is what one size took.
type sample struct {
	run       func() attack.Result
	bytes     int
	best      time.Duration
	allocated float64 // bytes per byte
	beside    float64 // of these, beside the result
}

func newSample(a attack.Attack, place attack.Place, function attack.Function, size int) *sample {
	text := place.Put(a.Text(size))
	s := &sample{run: function.Prepare(text), bytes: len(text)}
	start := cpuTime()
	all, beside := attack.Allocated(s.run)
	s.best = cpuTime() - start
	s.allocated = float64(all) / float64(len(text))
	s.beside = float64(max(beside-int(slack), 0)) / float64(len(text))
	return s
}

// measure takes the time once more, or as often as fits into the least time that counts, and keeps the
// best.
func (s *sample) measure() {
	n := max(1, int(leastTime/max(s.best, 1)))
	n = min(n, 100)
	start := cpuTime()
	for range n {
		s.run()
	}
	s.best = min(s.best, (cpuTime()-start)/time.Duration(n))
}

func (s *sample) perByte() float64 { return float64(s.best.Nanoseconds()) / float64(s.bytes) }

// check returns what is wrong with the times and the memory that function takes for a in its place,
// or "".
func check(a attack.Attack, place attack.Place, function attack.Function) string {
	var base *sample
	worst, worstSize := 0.0, size(0)
	beside, allocated, memorySize := 0.0, 0.0, size(0)
	for size := minSize; size <= maxSize; size *= 2 {
		s := newSample(a, place, function, int(size))
		for range rounds {
			s.measure()
		}
		if s.beside > beside {
			beside, allocated, memorySize = s.beside, s.allocated, size
		}
		ratio := 0.0
		switch {
		case base != nil:
			ratio = s.perByte() / base.perByte()
			for try := 0; try < again && ratio > *timeLimit; try++ {
				s.measure()
				base.measure()
				ratio = s.perByte() / base.perByte()
			}
		case s.best >= leastTime:
			for range again {
				s.measure()
			}
			if s.best >= leastTime {
				base = s
			}
		}
		if *verbose {
			fmt.Printf("%-24s %-14s %-36q %5v %10v %8.3f ns/B %6.2f %8.2f B/B, %.2f beside\n",
				function.Name, place.Name, a.Name, size, s.best, s.perByte(), ratio, s.allocated, s.beside)
		}
		if ratio > worst {
			worst, worstSize = ratio, size
		}
		if ratio > hopeless || s.best > 30*time.Second {
			break
		}
	}
	var complaint string
	if worst > *timeLimit {
		complaint = fmt.Sprintf("time ×%.1f at %v (%.1f ns/B at %v)  ", worst, worstSize, base.perByte(), size(base.bytes))
	}
	if beside > max(*memoryLimit, float64(function.Most)) {
		complaint += fmt.Sprintf("memory %.1f B/B beside the result, %.1f in all, at %v", beside, allocated, memorySize)
	}
	return complaint
}
