//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stacktrace-go/stacktrace/logscan"
)

func start(t *testing.T, args ...string) *process {
	t.Helper()
	p := newProcess(args...)
	var err error
	if p.stdin, err = p.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	stdout, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdout = bufio.NewReader(stdout)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Process.Kill() })
	return p
}

// interrupt sends a signal and returns the rest of the output and the exit status.
func (p *process) interrupt(t *testing.T, s os.Signal) (string, int) {
	t.Helper()
	if err := p.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(p.stdout)
	if err != nil {
		t.Fatal(err)
	}
	p.Wait()
	return string(out), p.ProcessState.ExitCode()
}

// much is more than a pipe and the buffers behind it hold: when it has been written, what came before
// it has been scanned.
var much = strings.Repeat("fine\n", 200_000)

func TestInterruptTop(t *testing.T) {
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		p := start(t, "top")
		if _, err := io.WriteString(p.stdin, shop+much); err != nil {
			t.Fatal(err)
		}
		out, status := p.interrupt(t, s)
		if status != exitFound || strings.Count(out, "\n") != 2 || !strings.Contains(out, `"count":3,"share":0.6`) {
			t.Errorf("%v: status %d, output %s", s, status, out)
		}
		if p.stderr.Len() > 0 {
			t.Errorf("%v: standard error: %s", s, p.stderr.String())
		}
	}
}

// TestInterruptScan checks that a trace whose end has not come is printed, and that the rest of the log
// is all there.
func TestInterruptScan(t *testing.T) {
	rest := filepath.Join(t.TempDir(), "rest")
	p := start(t, "scan", "--rest", rest)
	long := "TypeError: x\n" + strings.Repeat("    at f (/a.js:1:2)\n", 11_000) // less than a trace may have, more than a pipe
	if _, err := io.WriteString(p.stdin, "start\n"+chrome+"fine\n"+long); err != nil {
		t.Fatal(err)
	}
	if line, err := p.stdout.ReadString('\n'); err != nil || !strings.HasPrefix(line, `{"start":6,`) {
		t.Errorf("the first trace is %.100q, error %v", line, err)
	}
	out, status := p.interrupt(t, os.Interrupt)
	if status != exitFound || !strings.Contains(out, `"message":"x","frames":[{"func":"f"`) {
		t.Errorf("status %d, output %.200q, want the second trace", status, out)
	}
	got, err := os.ReadFile(rest)
	const want = "start\nfine\n" // and perhaps the beginning of a line
	if err != nil || !strings.HasPrefix(string(got), want) || len(got) > len(want)+len("    at") {
		t.Errorf("the rest is %q, error %v", got, err)
	}
	if p.stderr.Len() > 0 {
		t.Errorf("standard error: %s", p.stderr.String())
	}
}

// TestInterruptWaiting checks that a command ends that waits for its input, when there was nothing.
func TestInterruptWaiting(t *testing.T) {
	for _, name := range []string{"scan", "top"} {
		p := start(t, name)
		if _, err := io.WriteString(p.stdin, much); err != nil {
			t.Fatal(err)
		}
		if out, status := p.interrupt(t, os.Interrupt); status != exitNone || out != "" {
			t.Errorf("%s: status %d, output %s", name, status, out)
		}
	}
}

// TestInterruptFile checks that a file of which not all was read is told.
func TestInterruptFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(name, []byte(shop), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = new(command).readLog(ctx, source{name: "log"}, file, logReading{found: func(source, logscan.Found) error { return nil }})
	if !errors.Is(err, errInterrupted) || err.Error() != "log: interrupted" {
		t.Errorf("readLog = %v, want that it was interrupted", err)
	}
}

// TestInterruptCompressed checks that what is followed may end anywhere.
func TestInterruptCompressed(t *testing.T) {
	for kind, compress := range map[string]func(*testing.T, string) string{"gzip": gzipped, "zstd": zstandard} {
		p := start(t, "top")
		compressed := compress(t, shop+incompressible()+incompressible())
		if _, err := io.WriteString(p.stdin, compressed[:len(compressed)-100]); err != nil {
			t.Fatal(err)
		}
		out, status := p.interrupt(t, os.Interrupt)
		if status != exitFound || strings.Count(out, "\n") != 2 || p.stderr.Len() > 0 {
			t.Errorf("%s: status %d, standard error %q, output %s", kind, status, p.stderr.String(), out)
		}
	}
}

// TestClosedPipe checks that a command ends when nobody reads on, that the rest so far is written, and
// that there is nothing to complain about.
func TestClosedPipe(t *testing.T) {
	rest := filepath.Join(t.TempDir(), "rest")
	for _, args := range [][]string{{"scan", "--rest", rest}, {"top"}, {"parse"}, {"parse", "--ndjson"}, {"convert", "--to", "jsc"}} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		p := newProcess(args...)
		p.Stdin, p.Stdout = strings.NewReader("start\n"+much+strings.Repeat(chrome+"fine\n", 100)), w
		if args[len(args)-1] == "--ndjson" {
			p.Stdin = strings.NewReader(`{"text":"Error: x\n    at f (/a.js:1:2)"}`)
		}
		r.Close()
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		w.Close()
		p.Wait()
		if status := p.ProcessState.ExitCode(); status != exitFound || p.stderr.Len() > 0 {
			t.Errorf("%q: status %d, standard error %q", args, status, p.stderr.String())
		}
	}
	if got, err := os.ReadFile(rest); err != nil || len(got) < len(much)/2 || !strings.HasPrefix("start\n"+much, string(got)) {
		t.Errorf("the rest is %.50q, error %v", got, err)
	}
}

// TestInterruptReport checks that the page has what was read so far.
func TestInterruptReport(t *testing.T) {
	p := start(t, "report")
	if _, err := io.WriteString(p.stdin, shop+much); err != nil {
		t.Fatal(err)
	}
	out, status := p.interrupt(t, os.Interrupt)
	if status != exitFound || !strings.Contains(out, `{"total":5,"groups":[`) || !strings.HasSuffix(out, "</html>\n") || p.stderr.Len() > 0 {
		t.Errorf("status %d, standard error %q, output %.200s", status, p.stderr.String(), out)
	}
}
