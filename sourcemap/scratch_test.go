package sourcemap

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

func TestECMA(t *testing.T) {
	dir := "/work/shared/source-map-tests/"
	raw, _ := os.ReadFile(dir + "source-map-spec-tests.json")
	var spec struct {
		Tests []struct {
			Name, SourceMapFile string
			SourceMapIsValid    bool
			TestActions         []struct {
				ActionType                     string
				GeneratedLine, GeneratedColumn int
				OriginalSource, MappedName     *string
				OriginalLine, OriginalColumn   *int
				Present                        []string
				IntermediateMaps               []string
			}
		}
	}
	if err := json.Unmarshal(raw, &spec); err != nil {
		t.Fatal(err)
	}
	valid, invalid, mapped, trans, ign := 0, 0, 0, 0, 0
	for _, c := range spec.Tests {
		data, err := os.ReadFile(dir + "resources/" + c.SourceMapFile)
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse(data)
		_, perr := plainParse(data)
		if (err == nil) != (perr == nil) {
			t.Errorf("%s: %v, plain %v", c.Name, err, perr)
		}
		if (err == nil) != c.SourceMapIsValid {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if err != nil {
			t.Log(c.Name, err)
			invalid++
			continue
		}
		valid++
		for _, a := range c.TestActions {
			switch a.ActionType {
			case "checkIgnoreList":
				for _, p := range a.Present {
					for i := range m.sources {
						if m.sources[i].name == p && m.sources[i].ignored {
							ign++
						}
					}
				}
			case "checkMapping", "checkMappingTransitive":
				p, ok := m.Lookup(a.GeneratedLine+1, a.GeneratedColumn+1)
				for _, f := range a.IntermediateMaps {
					data, _ := os.ReadFile(dir + "resources/" + f)
					m2, err := Parse(data)
					if err != nil {
						t.Fatal(err)
					}
					p, ok = m2.Lookup(p.Line, p.Col)
				}
				src, name := "", ""
				if a.OriginalSource != nil {
					src = *a.OriginalSource
				}
				if a.MappedName != nil {
					name = *a.MappedName
				}
				want := Position{Source: src, Name: name}
				if a.OriginalLine != nil {
					want.Line, want.Col = *a.OriginalLine+1, *a.OriginalColumn+1
				}
				if a.ActionType == "checkMappingTransitive" {
					p.Name, want.Name = "", ""
				}
				if p != want || ok != (a.OriginalLine != nil) {
					t.Errorf("%s %d:%d = %+v %v want %+v", c.Name, a.GeneratedLine, a.GeneratedColumn, p, ok, want)
				} else if a.ActionType == "checkMapping" {
					mapped++
				} else {
					trans++
				}
			}
		}
	}
	t.Log("valid", valid, "invalid", invalid, "mappings", mapped, "transitive", trans, "ignore", ign)
	for _, n := range []string{"debug-id", "debug-id-index", "debug-id-index-section", "invalid-debug-id"} {
		data, _ := os.ReadFile(dir + "decoding/debug-id/" + n + ".map")
		for _, s := range []string{"}", "]"} {
			for _, sp := range []string{"\n      ", "\n    ", "\n  ", "\n"} {
				data = bytes.ReplaceAll(data, []byte(","+sp+s), []byte(sp+s))
			}
		}
		m, err := Parse(data)
		if err != nil {
			t.Log(n, err)
			continue
		}
		t.Log(n, m.DebugID())
	}
}
