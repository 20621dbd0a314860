//go:build linux

package main

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestMemory checks that memory does not grow with a log: scan and top of a long one that comes through a pipe take
// less than 40 MB. TestLargeLog measures more.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the race detector, with which it is used, takes more memory than the limit. .ci/run runs this without")
	}
	var b strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&b, "2026-11-21T10:%02d:%02dZ INFO [web] GET /cart/%d took %d ms, cache miss\n", i/60%60, i%60, i, i%100)
		if i%400 == 0 {
			fmt.Fprintf(&b, "2026-11-21T10:%02d:%02dZ ERROR [web] Error: order %d is lost\n    at find%d (/srv/orders.js:5:9)\n    at pay (/srv/pay.js:18:3)\n", i/60%60, i%60, i, i)
		}
	}
	text := b.String()
	const size, limit = 256 << 20, 40_000_000
	for _, command := range []string{"scan", "top"} {
		p := newProcess(command)
		stdin, err := p.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		p.Stdout = struct{ io.Writer }{io.Discard}
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		for written := 0; written < size; written += len(text) {
			if _, err := io.WriteString(stdin, text); err != nil {
				t.Fatal(err, p.stderr.String())
			}
		}
		memory := peakMemory(p.Process.Pid)
		stdin.Close()
		if err := p.Wait(); err != nil {
			t.Error(command, err, p.stderr.String())
		}
		if memory == 0 || memory > limit {
			t.Errorf("%s took %.1f MB", command, float64(memory)/1e6)
		}
	}
}
