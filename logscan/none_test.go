package logscan_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// noneSize is the size of the text without a trace of JavaScript.
const noneSize = 6 << 20

// readNone returns the texts in which there is no trace, each cut into blocks that may be put into
// another order.
func readNone(t testing.TB) (blocks []string) {
	t.Helper()
	names, err := filepath.Glob("../testdata/logs/none/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, string(text))
		switch filepath.Base(name) {
		case "prose.txt", "text.txt", "places.txt": // each line for itself
			blocks = append(blocks, strings.SplitAfter(strings.TrimSpace(string(text))+"\n", "\n")...)
		}
	}
	return blocks
}

// madeNone makes a long text of them: in any order, with other numbers, behind any prefix, in JSON.
func madeNone(t testing.TB, size int) string {
	blocks := readNone(t)
	random := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for b.Len() < size {
		block := strings.Map(func(r rune) rune {
			if '1' <= r && r <= '9' && random.IntN(3) == 0 {
				return '1' + rune(random.IntN(9))
			}
			return r
		}, blocks[random.IntN(len(blocks))])
		if random.IntN(3) == 0 {
			carrier := carriers[random.IntN(len(carriers))]
			block = carrier.wrap(random, block)
		}
		b.WriteString(block)
		if random.IntN(8) == 0 {
			fmt.Fprintf(&b, "%s\n", strings.Repeat(" at a@b:1:2", random.IntN(4)))
		}
	}
	return b.String()
}

// TestNone looks for traces where there are none.
func TestNone(t *testing.T) {
	text := madeNone(t, noneSize)
	all := scanAll(t, strings.NewReader(text), logscan.Options{})
	t.Logf("%d false finds in %.1f MB", len(all.Found), float64(len(text))/1e6)
	for _, f := range all.Found[:min(len(all.Found), 12)] {
		t.Errorf("found %q: %+v", f.Text, f.Trace.Frames)
	}
}

// TestRepository looks for traces in what the repository holds beside code and traces.
func TestRepository(t *testing.T) {
	for _, pattern := range [...]string{"../LICENSE", "../*.md", "../go.*", "../*/go.*", "../cmd/*/go.*", "../.github/*/*", "../testdata/logs/none/*", "../testdata/filenames.txt"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range scanAll(t, strings.NewReader(string(text)), logscan.Options{}).Found {
				t.Errorf("%s: found %q: %+v", name, f.Text, f.Trace.Frames)
			}
		}
	}
}
