package normalize_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

var addVectors = flag.Bool("add", false, "add the fingerprints of traces that have none yet")

// vector is the fingerprints of one text in testdata/traces.
type vector struct {
	Trace  string `json:"trace"`
	Exact  string `json:"exact"`
	Stable string `json:"stable"`
	Loose  string `json:"loose"`
}

// TestFingerprints checks that fingerprints are what they always were. One that changes is a mistake, or
// a new version of the rules with a prefix of its own.
func TestFingerprints(t *testing.T) {
	const file = "../testdata/fingerprints.jsonl"
	data, err := os.ReadFile(file)
	if err != nil && !*addVectors {
		t.Fatal(err)
	}
	known := make(map[string]bool)
	for line := range bytes.Lines(data) {
		var want vector
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		known[want.Trace] = true
		if got := vectorOf(t, want.Trace); got != want {
			t.Errorf("fingerprints of %s\n got %+v\nwant %+v", want.Trace, got, want)
		}
	}
	var paths []string
	for _, engine := range []string{"v8", "spidermonkey", "jsc", "chakra", "hermes", "quickjs", "bun"} {
		of, err := filepath.Glob("../testdata/traces/" + engine + "/*.txt")
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, of...)
	}
	var added bytes.Buffer
	for _, path := range paths {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), "../testdata/traces/"), ".txt")
		if known[name] {
			continue
		}
		line, err := json.Marshal(vectorOf(t, name))
		if err != nil {
			t.Fatal(err)
		}
		added.Write(append(line, '\n'))
	}
	if *addVectors {
		if err := os.WriteFile(file, append(data, added.Bytes()...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if len(known) < 100 && !*addVectors {
		t.Errorf("%d texts have fingerprints", len(known))
	}
}

func vectorOf(t *testing.T, name string) vector {
	t.Helper()
	text, err := os.ReadFile("../testdata/traces/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	trace := stacktrace.Parse(string(text))
	c := normalize.Trace(trace)
	return vector{name, c.Fingerprint(normalize.Exact), c.Fingerprint(normalize.Stable), c.Fingerprint(normalize.Loose)}
}
