//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// onTerminal runs a command whose standard error is a terminal, and standard output too if both is
// set. It returns what the terminal was sent, and what standard output was if it is not the terminal.
func onTerminal(t *testing.T, patience time.Duration, both bool, stdin io.Reader, args ...string) (sent, output string) {
	t.Helper()
	controller, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer controller.Close()
	if err := pty.Setsize(controller, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	const end = "\x00end of the test\x00"
	read := make(chan string)
	go func() {
		var b strings.Builder
		part := make([]byte, 4096)
		for !strings.HasSuffix(b.String(), end) {
			n, err := controller.Read(part)
			b.Write(part[:n])
			if err != nil {
				break
			}
		}
		read <- strings.TrimSuffix(b.String(), end)
	}()
	var stdout strings.Builder
	c := &command{stdin: stdin, stdout: &stdout, stderr: terminal, patience: patience}
	if both {
		c.stdout = terminal
	}
	if status := c.run(args); status != exitFound {
		t.Errorf("run(%q) = %d, want %d", args, status, exitFound)
	}
	if _, err := io.WriteString(terminal, end); err != nil {
		t.Fatal(err)
	}
	sent = <-read
	terminal.Close()
	return strings.ReplaceAll(sent, "\r\n", "\n"), stdout.String()
}

const erased = "\x1b[2K\r"

func TestProgress(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(file, []byte(strings.Repeat("fine\n", 200_000)+chrome+"fine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"scan", file}, {"top", file}, {"scan", file, file}} {
		sent, output := onTerminal(t, 0, false, nil, args...)
		for _, part := range []string{"% |█", "iB/s", "s]"} {
			if !strings.Contains(sent, part) {
				t.Errorf("%q: %q is not shown: %.200q", args, part, sent)
			}
		}
		if !strings.HasSuffix(sent, erased) {
			t.Errorf("%q: the bar stays: %q", args, sent[max(0, len(sent)-200):])
		}
		if strings.Contains(sent, "100%") {
			t.Errorf("%q: a full bar is shown, of work that was perhaps short", args)
		}
		if !strings.HasPrefix(output, "{") || strings.Contains(output, "\x1b") {
			t.Errorf("%q: standard output: %.200q", args, output)
		}
	}
}

// TestProgressBesideOutput checks that what is printed on the same terminal has a line for itself.
func TestProgressBesideOutput(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(file, []byte(strings.Repeat(strings.Repeat("fine\n", 50_000)+chrome, 4)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"scan", "top"} {
		sent, _ := onTerminal(t, 0, true, nil, name, "--color", "never", file)
		if !strings.Contains(sent, "% |") {
			t.Errorf("%s: no bar: %.300q", name, sent)
		}
		screen := ""
		for line := range strings.Lines(sent) {
			if at := strings.LastIndex(line, erased); at >= 0 {
				line = line[at+len(erased):]
			}
			screen += line
		}
		want, _ := onTerminal(t, time.Hour, true, nil, name, "--color", "never", file)
		if screen != want || strings.Contains(want, "\x1b") {
			t.Errorf("%s: on the screen is\n%s\nwant\n%s", name, screen, want)
		}
	}
}

// TestProgressOfPipe checks that the amount is shown where the total is not known.
func TestProgressOfPipe(t *testing.T) {
	sent, output := onTerminal(t, 0, false, strings.NewReader(strings.Repeat("fine\n", 50_000)+chrome), "top")
	if !strings.Contains(sent, "KiB") || strings.Contains(sent, "%") || !strings.HasSuffix(sent, erased) {
		t.Errorf("shown: %.300q", sent)
	}
	if !strings.HasPrefix(output, "{") {
		t.Errorf("standard output: %.200q", output)
	}
}

// TestNoProgress checks that nothing is shown of short work, and on what is no terminal.
func TestNoProgress(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(file, []byte(strings.Repeat("fine\n", 200_000)+chrome), 0o600); err != nil {
		t.Fatal(err)
	}
	if sent, _ := onTerminal(t, time.Hour, false, nil, "scan", file); sent != "" {
		t.Errorf("of short work is shown: %q", sent)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := &command{stdout: io.Discard, stderr: w}
	c.run([]string{"scan", file})
	w.Close()
	if sent, err := io.ReadAll(r); err != nil || len(sent) > 0 {
		t.Errorf("a pipe is sent %q, error %v", sent, err)
	}
}
