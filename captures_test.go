package stacktrace_test

import (
	"sync"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// capture is a trace that a real engine wrote, with what the engine and the program told about it.
// See testdata/README.md.
type capture struct {
	ID       string  `json:"id"`
	Scenario string  `json:"scenario"`
	Engine   string  `json:"engine"`
	Runtime  string  `json:"runtime"`
	Config   string  `json:"config"`
	Kind     string  `json:"kind"`
	Name     *string `json:"name"`
	Message  *string `json:"message"`
	String   *string `json:"string"`
	Text     string  `json:"text"`

	Sites []callSite `json:"sites"` // V8
	Saved []struct { // SpiderMonkey
		Func   string `json:"func"`
		Source string `json:"source"`
		Line   int    `json:"line"`
		Col    int64  `json:"col"`
		Async  string `json:"async"`
	} `json:"saved"`
	Top *struct {
		File string `json:"file"`
		Line int    `json:"line"`
		Col  int    `json:"col"`
	} `json:"top"`
	Chain   []chainEntry `json:"chain"`
	OnError *struct {
		Message string `json:"message"`
		Source  string `json:"source"`
		Line    int    `json:"line"`
		Col     int    `json:"column"`
	} `json:"onerror"`
}

// chainEntry is what the program says of one function on the stack.
type chainEntry struct {
	Func string `json:"fn"`
	Line int    `json:"line"`
}

// callSite is what V8's CallSite object says of a frame.
type callSite struct {
	Func        string `json:"func"`
	Method      string `json:"method"`
	File        string `json:"file"`
	Line        int    `json:"line"`
	Col         int    `json:"col"`
	Origin      string `json:"origin"`
	Constructor bool   `json:"constructor"`
	Async       bool   `json:"async"`
	Promise     *int   `json:"promise"`
	Wasm        bool   `json:"wasm"`
	Text        string `json:"text"`
}

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
