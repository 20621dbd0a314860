package sourcemap

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// specTest is a test of ECMA-426's public test data.
type specTest struct {
	Name, SourceMapFile string
	SourceMapIsValid    bool
	TestActions         []specAction
}

type specAction struct {
	ActionType                     string
	GeneratedLine, GeneratedColumn int
	OriginalSource, MappedName     *string
	OriginalLine, OriginalColumn   *int
	Present                        []string
	IntermediateMaps               []string
}

// TestECMA426 runs the public tests of the standard, which are not part of this repository, from the
// folder that the environment variable ECMA426_TESTS names: a checkout of tc39/source-map-tests.
func TestECMA426(t *testing.T) {
	dir := os.Getenv("ECMA426_TESTS")
	if dir == "" {
		t.Skip("ECMA426_TESTS does not name a checkout of tc39/source-map-tests")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "source-map-spec-tests.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec struct{ Tests []specTest }
	if err := json.Unmarshal(raw, &spec); err != nil {
		t.Fatal(err)
	}
	read := func(name string) (*Map, error) {
		data, err := os.ReadFile(filepath.Join(dir, "resources", name))
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse(data)
		if _, plain := plainParse(data); (err == nil) != (plain == nil) {
			t.Errorf("%s: Parse: %v, the plain reader: %v", name, err, plain)
		}
		return m, err
	}
	counts := map[string]int{}
	for _, c := range spec.Tests {
		m, err := read(c.SourceMapFile)
		if (err == nil) != c.SourceMapIsValid {
			t.Errorf("%s: Parse: %v, want valid %v", c.Name, err, c.SourceMapIsValid)
			continue
		}
		if err != nil {
			counts["invalid"]++
			continue
		}
		counts["valid"]++
		for _, a := range c.TestActions {
			counts[a.ActionType]++
			if a.ActionType == "checkIgnoreList" {
				for _, name := range a.Present {
					if i := m.index(name); i < 0 || !m.sources[i].ignored {
						t.Errorf("%s: %s is not ignored", c.Name, name)
					}
				}
				continue
			}
			got, ok := m.Lookup(a.GeneratedLine+1, a.GeneratedColumn+1)
			for _, name := range a.IntermediateMaps {
				next, err := read(name)
				if err != nil {
					t.Fatal(err)
				}
				got, ok = next.Lookup(got.Line, got.Col)
				got.Name = ""
			}
			if want, wantOK := a.want(); got != want || ok != wantOK {
				t.Errorf("%s: Lookup(%d, %d) = %+v, %v, want %+v, %v", c.Name, a.GeneratedLine+1, a.GeneratedColumn+1, got, ok, want, wantOK)
			}
		}
	}
	t.Log(counts)
}

// want returns what Lookup must return.
func (a *specAction) want() (Position, bool) {
	if a.OriginalLine == nil {
		return Position{}, false
	}
	p := Position{Line: *a.OriginalLine + 1, Col: *a.OriginalColumn + 1}
	if a.OriginalSource != nil {
		p.Source = *a.OriginalSource
	}
	if a.MappedName != nil && len(a.IntermediateMaps) == 0 {
		p.Name = *a.MappedName
	}
	return p, true
}
