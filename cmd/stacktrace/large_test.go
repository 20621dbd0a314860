//go:build unix

package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// The tests of this file measure the command on large logs. They take minutes and need gigabytes, so that they run
// only when they are asked for, with the size of the log in MiB or the number of traces:
//
//	LARGE_LOG=2048 go test -v -run '^TestLargeLog$' .
//	LARGE_REPORT=1000000 go test -v -run '^TestLargeReport$' .

// section is a log in testdata: its lines that are of no trace, and its traces as they stand there.
type section struct {
	lines, traces []string
}

// sections returns the logs in testdata, whose traces come with captures of engines in the same dress.
func sections(t *testing.T) []section {
	t.Helper()
	names, err := filepath.Glob("../../testdata/logs/*.log")
	if err != nil || len(names) == 0 {
		t.Fatal("no logs in testdata: ", err)
	}
	captures := capturedTexts(t, 2000)
	var all []section
	for i, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var s section
		var rest bytes.Buffer
		scanner := logscan.NewScanner(bytes.NewReader(content), logscan.Options{Rest: func(_ int64, part []byte) { rest.Write(part) }})
		for scanner.Scan() {
			var b strings.Builder
			for _, p := range scanner.Found().Pieces {
				b.WriteString(p.Text)
			}
			s.traces = append(s.traces, b.String())
		}
		s.lines = strings.SplitAfter(rest.String(), "\n")
		for j := i; j < len(captures); j += len(names) {
			s.traces = append(s.traces, "2026-11-21T22:31:50.686Z ERROR "+strings.TrimRight(captures[j], "\n")+"\n")
		}
		all = append(all, s)
	}
	return all
}

// capturedTexts returns texts of errors that engines printed.
func capturedTexts(t *testing.T, n int) []string {
	t.Helper()
	file, err := os.Open("../../testdata/captures/traces.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	r := rand.New(rand.NewPCG(1, 2))
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var capture struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &capture); err != nil {
			t.Fatal(err)
		}
		if len(capture.Text) < 4<<10 {
			all = append(all, capture.Text)
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}

// digits are what may be another digit in a line that is of no trace.
var digits = regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:.]+|\d\d:\d\d:\d\d[\d.]*|\d{13}|\d+`)

// writeMixed writes a log of so many bytes, of which 1 % are of traces: a MiB of each section in turn. The lines that
// are of no trace differ in their numbers. Those that were made to be mistaken for frames are few, as in logs that were
// not made for tests.
func writeMixed(w io.Writer, all []section, size int64) error {
	r := rand.New(rand.NewPCG(3, 4))
	out := bufio.NewWriterSize(w, 1<<20)
	written, traced := int64(0), int64(0)
	for i := 0; written < size; i++ {
		s := &all[i%len(all)]
		varied := make([][][]int, len(s.lines))
		for j, line := range s.lines {
			varied[j] = digits.FindAllStringIndex(line, -1)
		}
		for end := written + 1<<20; written < min(end, size); {
			if traced*100 < written && len(s.traces) > 0 {
				trace := s.traces[r.IntN(len(s.traces))]
				out.WriteString(trace)
				written, traced = written+int64(len(trace)), traced+int64(len(trace))
				continue
			}
			j := r.IntN(len(s.lines))
			line := []byte(s.lines[j])
			if bytes.Contains(line, []byte("at ")) && r.IntN(100) > 0 {
				continue
			}
			for _, at := range varied[j] {
				if last := at[1] - 1; line[last] != '.' {
					line[last] = byte('0' + r.IntN(10)) // also of a time, which stays one
				}
			}
			out.Write(line)
			written += int64(len(line))
		}
	}
	return out.Flush()
}

// measured is what a program took.
type measured struct {
	wall, cpu float64 // seconds
	memory    int64   // bytes at most
}

func (m measured) String() string {
	return fmt.Sprintf("%.1f s, %.1f s of processors, %d MiB", m.wall, m.cpu, m.memory>>20)
}

// measure runs a program to its end. Its output is of no interest.
func measure(t *testing.T, cmd *exec.Cmd) measured {
	t.Helper()
	cmd.Stdout = struct{ io.Writer }{io.Discard} // through a pipe: grep stops at the first match if its output is /dev/null
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended, memory := make(chan struct{}), make(chan int64)
	go func() {
		most := int64(0)
		for {
			select {
			case <-ended:
				memory <- most
				return
			case <-time.After(20 * time.Millisecond):
				most = max(most, peakMemory(cmd.Process.Pid))
			}
		}
	}()
	cmd.Wait() // grep and scan have a status of their own
	m := measured{wall: time.Since(start).Seconds(), cpu: (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()}
	close(ended)
	m.memory = <-memory
	return m
}

// peakMemory returns how much memory a process has had at most, where the system tells it. What a process is told of
// a child that has ended includes the memory of the parent itself, before the child became another program.
func peakMemory(pid int) (bytes int64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Sscan(peak, &bytes)
	return bytes << 10
}

// sizeFrom returns the number that a variable of the environment has, and skips the test without one.
func sizeFrom(t *testing.T, name string) (n int64) {
	t.Helper()
	if _, err := fmt.Sscan(os.Getenv(name), &n); err != nil || n <= 0 {
		t.Skipf("%s is not set: this measures, takes minutes and needs gigabytes", name)
	}
	return n
}

// TestLargeLog measures scan and top on a log with 1 % traces, as ratios to "grep -c 'at '" on the same file.
func TestLargeLog(t *testing.T) {
	const rounds = 2
	size := sizeFrom(t, "LARGE_LOG") << 20
	name := filepath.Join(t.TempDir(), "large.log")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeMixed(file, sections(t), size); err != nil {
		t.Fatal(err)
	}
	file.Close()
	for range rounds {
		grep := measure(t, exec.Command("grep", "-c", "at ", name))
		t.Logf("grep -c 'at ': %v", grep)
		for _, args := range [][]string{{"scan", name}, {"scan", "--count", name}, {"top", name}} {
			p := newProcess(args...)
			m := measure(t, p.Cmd)
			t.Logf("%s: %v; to grep %.2f, of processors %.2f", strings.Join(args[:len(args)-1], " "), m, m.wall/grep.wall, m.cpu/grep.cpu)
			if m.memory > 40<<20 {
				t.Errorf("%q takes %d MiB", args[0], m.memory>>20)
			}
		}
	}
}

// TestLargeReport measures report on a log of so many traces of 10,000 failures, and how long Chromium takes to open
// the page.
func TestLargeReport(t *testing.T) {
	traces := sizeFrom(t, "LARGE_REPORT")
	dir := t.TempDir()
	name, page := filepath.Join(dir, "large.log"), filepath.Join(dir, "page.html")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeFailures(file, int(traces), maxGroups); err != nil {
		t.Fatal(err)
	}
	file.Close()
	p := newProcess("report", "-o", page, name)
	m := measure(t, p.Cmd)
	info, err := os.Stat(page)
	if err != nil {
		t.Fatal(err, p.stderr.String())
	}
	t.Logf("%d traces: %v; a page of %.2f MB", traces, m, float64(info.Size())/1e6)
	if info.Size() > 5_000_000 {
		t.Errorf("the page has %d bytes", info.Size())
	}
	b := newBrowser(t)
	b.do(t, chromedp.Navigate("about:blank"), performance.Enable().WithTimeDomain(performance.EnableTimeDomainThreadTicks))
	start := time.Now()
	b.do(t, chromedp.Navigate("file://"+page), chromedp.WaitReady(".row"))
	t.Logf("opened in %.2f s", time.Since(start).Seconds())
	b.do(t, chromedp.ActionFunc(func(ctx context.Context) error {
		metrics, err := performance.GetMetrics().Do(ctx)
		for _, m := range metrics {
			if m.Name == "TaskDuration" {
				t.Logf("%.2f s of a processor in the page", m.Value)
			}
		}
		return err
	}))
	b.checkQuiet(t, "file://")
}

// writeFailures writes so many traces of so many failures, some of which are much more frequent than others. The
// messages of some vary.
func writeFailures(w io.Writer, traces, failures int) error {
	r := rand.New(rand.NewPCG(5, 6))
	messages := []string{
		"TypeError: Cannot read properties of undefined (reading 'p%d')", "Error: order $ of shop %d is lost", "RangeError: Invalid array length %d",
		"ReferenceError: v%d is not defined", "TypeError: x%d is not a function", "Error: connect ECONNREFUSED 10.0.0.$:54%d",
	}
	functions := []string{"load", "render", "Cart.add", "handle", "onClick", "find", "save", "apply", "dispatch", "resolve", "Store.update", "query", "connect", "checkout", "pay"}
	all := make([][2]string, failures)
	for i := range all {
		var b strings.Builder
		for depth := range 4 + r.IntN(11) {
			f := functions[r.IntN(len(functions))]
			if depth > 3 && r.IntN(5) < 3 {
				fmt.Fprintf(&b, "    at Layer.handle (/srv/app/node_modules/express/lib/router/index.js:%d:%d)\n", 1+r.IntN(600), 1+r.IntN(40))
				continue
			}
			fmt.Fprintf(&b, "    at %s%d (/srv/app/src/m%d/%s.js:%d:%d)\n", f, i, i%97, strings.ToLower(f), 1+r.IntN(900), 1+r.IntN(60))
		}
		all[i] = [2]string{fmt.Sprintf(messages[i%len(messages)], i), b.String()}
	}
	frequent := rand.NewZipf(r, 1.1, 20, uint64(failures-1))
	out := bufio.NewWriterSize(w, 1<<20)
	at := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for i := range traces {
		at = at.Add(time.Duration(r.IntN(80)) * time.Millisecond)
		one := all[frequent.Uint64()]
		if i < failures {
			one = all[i]
		}
		fmt.Fprintf(out, "%s ERROR [web] %s\n%s", at.Format("2006-01-02T15:04:05.000Z"), strings.ReplaceAll(one[0], "$", fmt.Sprint(r.IntN(256))), one[1])
		fmt.Fprintf(out, "%s INFO [web] GET /cart/%d took %d ms\n", at.Format("2006-01-02T15:04:05.000Z"), r.IntN(1e6), r.IntN(99))
	}
	return out.Flush()
}
