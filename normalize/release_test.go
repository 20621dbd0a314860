package normalize_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// deploys rename a script as build tools do. Random gives bytes.
var deploys = []struct {
	name   string
	rename func(name string, random func(n int) []byte) string
}{
	{"webpack 8", func(name string, random func(int) []byte) string {
		return name + "." + hex.EncodeToString(random(4)) + ".js"
	}},
	{"webpack 8 chunk", func(name string, random func(int) []byte) string {
		return name + "." + hex.EncodeToString(random(4)) + ".chunk.js"
	}},
	{"webpack 16", func(name string, random func(int) []byte) string {
		return name + "-" + hex.EncodeToString(random(8)) + ".js"
	}},
	{"webpack 20", func(name string, random func(int) []byte) string {
		return name + "." + hex.EncodeToString(random(10)) + ".js"
	}},
	{"MD5", func(name string, random func(int) []byte) string {
		return name + "." + hex.EncodeToString(random(16)) + ".js"
	}},
	{"Vite", func(name string, random func(int) []byte) string {
		return name + "-" + base64.RawURLEncoding.EncodeToString(random(6)) + ".js"
	}},
	{"esbuild", func(name string, random func(int) []byte) string {
		b := random(8)
		for i := range b {
			b[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b[i]%32]
		}
		return name + "-" + string(b) + ".js"
	}},
	{"query", func(name string, random func(int) []byte) string {
		return name + ".js?v=" + hex.EncodeToString(random(4))
	}},
}

// TestDeploys checks that a new hash, query and origin of the scripts leave the stable fingerprint.
func TestDeploys(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	random := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(source.Uint32())
		}
		return b
	}
	const trace = "TypeError: x\n    at load (%[1]s:10:5)\n    at Object.run (%[2]s:7:1)\n    at %[1]s:1:1"
	for _, d := range deploys {
		missed, total := 0, 20_000/corpus.Step(10)
		want := ""
		for i := range total {
			origin := fmt.Sprintf("https://cdn%d.example.com/static/js/", i%7)
			text := fmt.Sprintf(trace, origin+d.rename("main", random), origin+d.rename("user-settings", random))
			parsed := stacktrace.Parse(text)
			if len(parsed.Frames) == 0 {
				t.Fatal("no frame")
			}
			if got := normalize.Fingerprint(parsed, normalize.Stable); want == "" {
				want = got
			} else if got != want {
				if missed++; missed < 4 && *showMisses {
					t.Logf("%s: %s", d.name, text)
				}
			}
		}
		t.Logf("%s: another stable fingerprint in %d of %d deploys", d.name, missed, total)
		if missed > max(total/200, 4) || missed > 0 && d.name != "Vite" {
			t.Errorf("%s: another stable fingerprint in %d of %d deploys", d.name, missed, total)
		}
	}
}

// TestHashes prints how often a hash in a file's name is taken for words, and words for a hash.
func TestHashes(t *testing.T) {
	source := rand.New(rand.NewPCG(3, 4))
	const total = 100_000
	kept := 0
	for range total {
		var hash [6]byte
		for i := range hash {
			hash[i] = byte(source.Uint32())
		}
		name := "index-" + base64.RawURLEncoding.EncodeToString(hash[:]) + ".js"
		if normalize.File(name) != "index.js" {
			kept++
		}
	}
	t.Logf("%d of %d hashes of Vite read like words", kept, total)
	if kept > total*2/1000 {
		t.Errorf("%d of %d hashes read like words", kept, total)
	}
	text, err := os.ReadFile("../testdata/filenames.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(text))
	var cut, cutBehind []string // as they are, and where a hash would stand
	short := 0
	for _, name := range names {
		if normalize.File("/lib/"+name) != "/lib/"+name {
			cut = append(cut, name)
		}
		if len(name) == len("12345678.js") {
			short++
			if normalize.File("/lib/page-"+name) != "/lib/page-"+name {
				cutBehind = append(cutBehind, name)
			}
		}
	}
	t.Logf("%d of %d names of files read like hashes: %q", len(cut), len(names), cut)
	t.Logf("%d of %d do behind \"page-\": %q", len(cutBehind), short, cutBehind)
	if len(cut) > len(names)/100 || len(cutBehind) > short*7/100 {
		t.Errorf("%d of %d names read like hashes, behind \"page-\" %d of %d", len(cut), len(names), len(cutBehind), short)
	}
}

// TestRecursionDepth checks that the depth of a recursion leaves the stable fingerprint.
func TestRecursionDepth(t *testing.T) {
	for _, cycle := range [][]string{
		{"walk"}, {"isEven", "isOdd"}, {"a", "b", "c"}, {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"},
	} {
		want := ""
		for calls := max(3, 2*len(cycle)); calls < 8*len(cycle)+30; calls++ {
			var b strings.Builder
			b.WriteString("Error: deep")
			for i := range calls {
				fmt.Fprintf(&b, "\n    at %s (https://h/a.js:%d:5)", cycle[(calls-i)%len(cycle)], 10+(calls-i)%len(cycle))
			}
			b.WriteString("\n    at main (https://h/a.js:90:5)\n    at https://h/a.js:95:1")
			trace := stacktrace.Parse(b.String())
			if got := normalize.Fingerprint(trace, normalize.Stable); want == "" {
				want = got
			} else if got != want {
				t.Errorf("a recursion of %d calls through %v has another stable fingerprint", calls, cycle)
			}
		}
	}
}

// TestExtensionIDs checks that the id of an extension leaves every fingerprint.
func TestExtensionIDs(t *testing.T) {
	for _, strength := range []normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose} {
		want := ""
		for _, origin := range []string{
			"chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb", "chrome-extension://bhlhnicpbhignbdhedgjhgdocnmhomnp",
			"moz-extension://3f2504e0-4f89-11d3-9a0c-0305e82c3301", "safari-web-extension://3284871F-A480-4FFC-8BC4-3F362C752446",
		} {
			trace := stacktrace.Parse("Error: x\n    at f (" + origin + "/content.js:3:4)\n    at g (" + origin + "/content.js:9:4)")
			if got := normalize.Fingerprint(trace, strength); want == "" {
				want = got
			} else if got != want {
				t.Errorf("%s: another fingerprint %s", origin, got)
			}
		}
	}
}

// TestFailures checks that one failure has one fingerprint in the browsers, builds and installations
// that report it.
func TestFailures(t *testing.T) {
	data, err := os.ReadFile("../testdata/failures.txt")
	if err != nil {
		t.Fatal(err)
	}
	for failure := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n"), "\n====\n") {
		name, texts, _ := strings.Cut(failure, "\n")
		var first *stacktrace.Trace
		for text := range strings.SplitSeq(texts, "\n--\n") {
			trace := stacktrace.Parse(text)
			if len(trace.Frames) == 0 {
				t.Fatalf("%s: no frame: %s", name, text)
			}
			if first == nil {
				first = trace
				continue
			}
			for _, strength := range []normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose} {
				if got, want := normalize.Fingerprint(trace, strength), normalize.Fingerprint(first, strength); got != want {
					t.Errorf("%s: %v fingerprint %s, want %s, of\n%s", name, strength, got, want, text)
				}
			}
			if c := normalize.Compare(first, trace); !c.Same {
				t.Errorf("%s: not the same: %q\n%s", name, c.Reasons, text)
			}
		}
	}
}
