package stacktrace_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"
	"github.com/stacktrace-go/stacktrace"
)

// TestGolden compares each whole trace in testdata/traces with what is written down of it in
// testdata/golden. testdata/README.md tells where the traces come from and how to update the rest.
func TestGolden(t *testing.T) {
	traces := cases(t, "testdata/traces", ".txt")
	golden := goldie.New(t, goldie.WithFixtureDir("testdata/golden"))
	for _, name := range traces {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile("testdata/traces/" + name + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			golden.Assert(t, name, indented(t, stacktrace.Parse(string(text))))
		})
	}
	// goldie sees to it that each trace has a golden, but not to the reverse.
	for _, name := range cases(t, "testdata/golden", ".golden") {
		if !slices.Contains(traces, name) {
			t.Errorf("testdata/golden/%s.golden has no trace", name)
		}
	}
}

// cases returns the names "ENGINE/CASE" of the files below root, all of which must end in ending.
func cases(t *testing.T, root, ending string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(root), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, ok := strings.CutSuffix(file, ending)
		if engine := path.Dir(file); !ok || engine == "." || strings.Contains(engine, "/") {
			t.Errorf("%s/%s is not called ENGINE/CASE%s", root, file, ending)
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Fatalf("no files in %s", root)
	}
	return names
}

// indented returns v in JSON as a person reads it: with "<anonymous>" instead of the escapes that
// [json.MarshalIndent] puts there.
func indented(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
