package stacktrace_test

import (
	"sync"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/internal/truth"
)

// capture is a trace that a real engine wrote, with what the engine and the program told about it.
type capture struct{ truth.Capture }

// engine is the name that the library gives to the engine of a capture.
func (c *capture) engine() string {
	if c.Runtime == "bun" {
		return "bun"
	}
	return c.Engine
}

// isRead reports whether the capture is of an engine that this package reads in its own syntax.
func (c *capture) isRead() bool {
	switch c.engine() {
	case "v8", "spidermonkey", "jsc", "chakra", "hermes", "quickjs", "bun":
		return true
	}
	return c.isSmall()
}

// isSmall reports whether the capture is of an engine that runs in no browser and seldom elsewhere.
func (c *capture) isSmall() bool {
	switch c.engine() {
	case "duktape", "mujs", "rhino", "goja", "xs", "otto", "njs", "qv4", "engine262":
		return true
	}
	return false
}

var readCaptures = sync.OnceValues(func() ([]capture, error) {
	return corpus.Read[capture]("testdata/captures/traces.jsonl.gz")
})

// captures returns the captures for which keep is true.
func captures(t testing.TB, keep func(c *capture) bool) []capture {
	t.Helper()
	all, err := readCaptures()
	if err != nil {
		t.Fatal(err)
	}
	var kept []capture
	for _, c := range all {
		if keep(&c) {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 {
		t.Fatal("no captures")
	}
	return kept
}
