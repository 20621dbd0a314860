// Logs measures package logscan: its speed as a ratio to the floor, a loop that does nothing but find
// the line ends of the same text with strings.IndexByte, alone and with workers, and the memory that a
// long log takes. One in a hundred bytes of the logs is of a trace.
//
//	go run ./logs
//
// What a machine can do at most is seen from as many logs as there are workers, scanned at the same time
// by one reader each that has nothing to do with the others.
//
// The readers take turns, and the ratio of each round counts, because machines are not equally fast all
// the time. The median is printed with the quartiles. The ratio to the floor is one of the time that the
// process had of the processors, the others are of the clock.
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/stacktrace-go/stacktrace/bench/internal/cpu"
	"github.com/stacktrace-go/stacktrace/logscan"
)

func main() {
	rounds := flag.Int("rounds", 41, "how often each is measured")
	size := flag.Int("size", 64, "MiB that are read in a round")
	long := flag.Int64("memory", 4<<10, "MiB of the log of which the memory is measured")
	workers := flag.Int("workers", runtime.GOMAXPROCS(0), "how many workers there are beside one alone")
	flag.Parse()
	if err := run(os.Stdout, *rounds, *size, *long, *workers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const trace = "TypeError: Cannot read properties of undefined (reading 'price')\n" +
	"    at Cart.add (/app/src/cart.js:12:18)\n    at Array.forEach (<anonymous>)\n" +
	"    at Cart.addAll (/app/src/cart.js:20:11)\n    at handle (/app/src/server.js:44:9)\n" +
	"    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)\n"

// A kind of log: a line of it that is of no trace, and a trace in it.
type kind struct {
	name        string
	line, trace func(r *rand.Rand) string
}

var kinds = [...]kind{
	{"lines with a time", plainLine, func(r *rand.Rand) string { return plainTime(r) + "ERROR [web] " + trace }},
	{"docker compose", func(r *rand.Rand) string { return container(r) + plainLine(r) }, func(r *rand.Rand) string {
		name := container(r)
		return name + strings.ReplaceAll(strings.TrimSuffix(trace, "\n"), "\n", "\n"+name) + "\n"
	}},
	{"JSON", func(r *rand.Rand) string {
		return fmt.Sprintf(`{"level":30,"time":%d,"pid":7,"hostname":"web-1","req":{"method":"GET","url":"/cart/%d"},"msg":"request completed"}`+"\n", 1763719200000+r.Int64N(1e9), r.IntN(1e6))
	}, func(r *rand.Rand) string {
		return fmt.Sprintf(`{"level":50,"time":%d,"pid":7,"hostname":"web-1","err":{"type":"TypeError","stack":%q},"msg":"failed"}`+"\n", 1763719200000+r.Int64N(1e9), trace)
	}},
}

func plainTime(r *rand.Rand) string {
	return fmt.Sprintf("2026-11-21T10:%02d:%02d.%03dZ ", r.IntN(60), r.IntN(60), r.IntN(1000))
}

func plainLine(r *rand.Rand) string {
	return fmt.Sprintf("%sINFO [web] GET /cart/%d from 10.0.0.%d took %d ms, cache miss\n", plainTime(r), r.IntN(1e6), r.IntN(256), r.IntN(100))
}

func container(r *rand.Rand) string {
	return []string{"web-1  | ", "web-2  | ", "db-1   | "}[r.IntN(3)]
}

// makeLog makes a log of which 1 % of the bytes are of traces.
func makeLog(k kind, size int) string {
	r := rand.New(rand.NewPCG(5, 6))
	var b strings.Builder
	traces := 0
	for b.Len() < size {
		if traces*100 < b.Len() {
			text := k.trace(r)
			traces += len(text)
			b.WriteString(text)
		} else {
			b.WriteString(k.line(r))
		}
	}
	return b.String()
}

// repeated reads a text again and again, up to a number of bytes.
type repeated struct {
	text string
	left int64
	at   int
}

func (r *repeated) Read(b []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(int64(len(b)), r.left)], r.text[r.at:])
	r.left -= int64(n)
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

// scan returns how many traces are in a text that is repeated up to size.
func scan(text string, size int64, workers int) (found int) {
	s := logscan.NewScanner(&repeated{text: text, left: size}, logscan.Options{Workers: workers})
	for s.Scan() {
		found++
	}
	return found
}

// floor returns how many lines there are.
func floor(text string, size int64) (lines int) {
	for ; size > 0; size -= int64(len(text)) {
		for rest := text; ; lines++ {
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				break
			}
			rest = rest[n+1:]
		}
	}
	return lines
}

func run(out io.Writer, rounds, mib int, long int64, workers int) error {
	fmt.Fprintf(out, "%s, %s, %s/%s, %d CPUs; %d rounds of %d MiB\n", time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), rounds, mib)
	if err := measureMemory(out, long); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n| log | scan to floor | one alone to %d workers | one log after the other to %[1]d at the same time |\n|---|---:|---:|---:|\n", workers)
	for _, k := range kinds {
		text := makeLog(k, 8<<20)
		size := int64(mib<<20) / int64(len(text)) * int64(len(text))
		var toFloor, toWorkers, apart []float64
		for range rounds {
			before := cpu.Time()
			floor(text, size)
			floorTime := cpu.Time() - before
			var alone, together int
			before = cpu.Time()
			aloneTime := timed(func() { alone = scan(text, size, 0) })
			aloneCPU := cpu.Time() - before
			togetherTime := timed(func() { together = scan(text, size, workers) })
			if alone != together || alone == 0 {
				return fmt.Errorf("%s: %d traces alone, %d with workers", k.name, alone, together)
			}
			apartTime := timed(func() {
				var all sync.WaitGroup
				for range workers {
					all.Go(func() { scan(text, size/int64(workers), 0) })
				}
				all.Wait()
			})
			apart = append(apart, aloneTime/apartTime)
			toFloor = append(toFloor, float64(aloneCPU)/float64(floorTime))
			toWorkers = append(toWorkers, aloneTime/togetherTime)
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s |\n", k.name, median(toFloor), median(toWorkers), median(apart))
	}
	return nil
}

func timed(f func()) float64 {
	start := time.Now()
	f()
	return time.Since(start).Seconds()
}

// median returns the median with the quartiles.
func median(all []float64) string {
	slices.Sort(all)
	at := func(q int) float64 { return all[(len(all)-1)*q/4] }
	return fmt.Sprintf("%.2f (%.2f to %.2f)", at(2), at(1), at(3))
}

// measureMemory scans a long log that comes through a pipe, and prints by how much the memory that the
// system has given to this process grew at most.
func measureMemory(out io.Writer, mib int64) error {
	text := makeLog(kinds[0], 1<<20)
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer r.Close()
	go func() {
		io.Copy(w, &repeated{text: text, left: mib << 20})
		w.Close()
	}()
	runtime.GC()
	before, ok := resident()
	if !ok {
		fmt.Fprintln(out, "the system does not tell the memory of a process")
		return nil
	}
	most, found := before, 0
	s := logscan.NewScanner(r, logscan.Options{})
	for s.Scan() {
		if found++; found%1000 == 0 {
			now, _ := resident()
			most = max(most, now)
		}
	}
	fmt.Fprintf(out, "\n%d traces in %d MiB through a pipe: at most %.1f MiB more memory than at the start\n", found, mib, float64(most-before)/(1<<20))
	return s.Err()
}

// resident returns the bytes of memory that the process has from the system, where that tells it.
func resident() (bytes int64, ok bool) {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, false
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(statm), &size, &pages); err != nil {
		return 0, false
	}
	return pages * int64(os.Getpagesize()), true
}
