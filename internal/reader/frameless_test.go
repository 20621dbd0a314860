package reader

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

// TestFrameless checks that what is taken for a text without frames or headers at a glance is what reading all
// of its lines gives: of all files of this project, whole, in pieces, and joined into a line.
func TestFrameless(t *testing.T) {
	texts := make(map[string]string)
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".go", ".md", ".yaml", ".mod", ".sum", ".log", ".txt", ".js", ".json":
			content, err := os.ReadFile(path)
			if err == nil && len(content) < 1<<20 {
				texts[path] = string(content)
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	quick, all := 0, 0
	check := func(name, text string) {
		all++
		got, want := parse(text), (*unwrapper)(nil).parseLines(text, true)
		if len(got.Frames) == 0 {
			quick++
		}
		if hasNoPlace(&want.Trace) {
			return // a name alone, as zone.js prints some, is no frame that is certain
		}
		for _, p := range []*parsed{got, want} {
			p.Unparsed = strings.Fields(strings.Join(p.Unparsed, "\n")) // blanks before a header may be lines
		}
		if diff := cmp.Diff(want.Trace, got.Trace); diff != "" {
			t.Errorf("%s: -all lines +at a glance\n%.600s\n%.300s", name, diff, text)
		}
	}
	for name, text := range texts {
		if len(text) >= longText {
			check(name, text)
			check(name+", joined", strings.ReplaceAll(text, "\n", " "))
		}
		for n := 0; len(text) > 5<<10; n++ {
			if testing.Short() && n > 2 {
				break
			}
			check(name+", a piece", text[:5<<10])
			check(name+", a short piece", text[:400])
			text = text[5<<10:]
		}
	}
	t.Logf("%d texts, %d without frames", all, quick)
}

// hasNoPlace reports whether t has frames, but none with a place.
func hasNoPlace(t *model.Trace) bool {
	isPlace := func(f model.Frame) bool { return f.Line > 0 }
	return len(t.Frames) > 0 && !slices.ContainsFunc(t.Frames, isPlace)
}
