package sourcemap

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// positions in the code of a map: "line:col source:line:col name", or "line:col -".
func describe(m *Map, line, col int) string {
	p, ok := m.Lookup(line, col)
	if !ok {
		return "-"
	}
	s := fmt.Sprintf("%s:%d:%d", p.Source, p.Line, p.Col)
	if p.Name != "" {
		s += " " + p.Name
	}
	if p.Ignored {
		s += " ignored"
	}
	return s
}

func TestLookup(t *testing.T) {
	type at struct {
		line, col int
		want      string
	}
	const two = `"version":3,"sources":["a.js","b.js"],"names":["f","g"]`
	for _, c := range []struct {
		name, text string
		want       []at
	}{
		{"before the first segment of a line there is nothing", `{` + two + `,"mappings":"EAAA;EACA"}`,
			[]at{{1, 1, "-"}, {1, 2, "-"}, {1, 3, "a.js:1:1"}, {1, 999, "a.js:1:1"}, {2, 2, "-"}, {2, 3, "a.js:2:1"}, {3, 1, "-"}}},
		{"a segment holds to the next one", `{` + two + `,"mappings":"AAAA,KCCKA"}`,
			[]at{{1, 1, "a.js:1:1"}, {1, 5, "a.js:1:1"}, {1, 6, "b.js:2:6 f"}, {1, 7, "b.js:2:6 f"}}},
		{"one field is no source", `{` + two + `,"mappings":"AAAA,E,EAAC"}`,
			[]at{{1, 2, "a.js:1:1"}, {1, 3, "-"}, {1, 4, "-"}, {1, 5, "a.js:1:2"}}},
		{"of equal columns the first counts", `{` + two + `,"mappings":"AAAA,EAAA,AACA,AACA,EAAA"}`,
			[]at{{1, 2, "a.js:1:1"}, {1, 3, "a.js:1:1"}, {1, 4, "a.js:3:1"}, {1, 5, "a.js:3:1"}}},
		{"columns that go back are sorted", `{` + two + `,"mappings":"UAAA,LACA,KACA;CAAA"}`,
			[]at{{1, 5, "-"}, {1, 6, "a.js:2:1"}, {1, 11, "a.js:1:1"}, {2, 2, "a.js:3:1"}}},
		{"a column of 0 is unknown", `{` + two + `,"mappings":"AAAA;EAAA"}`,
			[]at{{1, 0, "a.js:1:1"}, {2, 0, "-"}, {0, 1, "-"}, {-1, 1, "-"}, {1, -1, "-"}}},
		{"padded numbers", `{` + two + `,"mappings":"gAgAAA,CggggggAAA"}`,
			[]at{{1, 1, "a.js:1:1"}, {1, 2, "a.js:1:1"}}},
		{"a sourceRoot and null", `{"version":3,"sourceRoot":"/src","sources":["a.js",null,"../b.js"],"names":[],"mappings":"AAAA,CCAA,CCAA"}`,
			[]at{{1, 1, "/src/a.js:1:1"}, {1, 2, ":1:1"}, {1, 3, "/src/../b.js:1:1"}}},
		{"an ignore list", `{` + two + `,"mappings":"AAAA,CCAA","ignoreList":[1]}`,
			[]at{{1, 1, "a.js:1:1"}, {1, 2, "b.js:1:1 ignored"}}},
		{"the ignore list of old", `{` + two + `,"mappings":"AAAA,CCAA","x_google_ignoreList":[0]}`,
			[]at{{1, 1, "a.js:1:1 ignored"}, {1, 2, "b.js:1:1"}}},
		{"escapes", `{"version":3,"sources":["\u00e9\ud83d\ude00\/\"\ud83d.js"],"names":["\u0061"],"mappings":"\u0041AAAA"}`,
			[]at{{1, 1, "é😀/\"\uFFFD.js:1:1 a"}}},
		{"what servers put before JSON", ")]}'garbage\n{" + two + `,"mappings":"AAAA"}`, []at{{1, 1, "a.js:1:1"}}},
		{"a byte-order mark", "\uFEFF{" + two + `,"mappings":"AAAA"}`, []at{{1, 1, "a.js:1:1"}}},
		{"no mappings", `{"version":3,"sources":[],"mappings":""}`, []at{{1, 1, "-"}}},
		{"the offset of a section counts on its first line only",
			`{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":{` + two + `,"mappings":"AAAA,CACA"}},{"offset":{"line":0,"column":10},"map":{"version":3,"sources":["c.js"],"names":["h"],"mappings":"CAAAA;CACA"}}]}`,
			[]at{{1, 1, "a.js:1:1"}, {1, 2, "a.js:2:1"}, {1, 10, "a.js:2:1"}, {1, 11, "a.js:2:1"}, {1, 12, "c.js:1:1 h"}, {2, 1, "-"}, {2, 2, "c.js:2:1"}}},
		{"sections of one name", `{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":{` + two + `,"mappings":"AAAA","ignoreList":[0]}},{"offset":{"line":1,"column":0},"map":{` + two + `,"mappings":"ACAA"}}]}`,
			[]at{{1, 1, "a.js:1:1 ignored"}, {2, 1, "b.js:1:1"}}},
		{"index maps within index maps", `{"version":3,"sections":[{"offset":{"line":2,"column":3},"map":{"version":3,"sections":[{"offset":{"line":0,"column":4},"map":{` + two + `,"mappings":"AAAA;AACA"}}]}}]}`,
			[]at{{3, 7, "-"}, {3, 8, "a.js:1:1"}, {4, 1, "a.js:2:1"}}},
		{"no sections", `{"version":3,"sections":[]}`, []at{{1, 1, "-"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := Parse([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range c.want {
				if got := describe(m, at.line, at.col); got != at.want {
					t.Errorf("Lookup(%d, %d) = %s, want %s", at.line, at.col, got, at.want)
				}
			}
			compare(t, []byte(c.text))
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		text   string
		offset int
		what   string
	}{
		{``, 0, "the text ends where it should have an object"},
		{`[]`, 0, `'[', not an object`},
		{`{"version":3`, 12, "the text ends where it should have a comma or the end of the object"},
		{`{"version":3,}`, 13, `'}', not a string`},
		{`{"version":"3","sources":[],"mappings":""}`, 11, `version "3", not 3`},
		{`{"version":3,"mappings":""}`, 0, "a map without sources"},
		{`{"version":3,"sources":[]}`, 0, "a map without mappings"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"ACAA"}`, 53, "the source of a segment is not in the list"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"AAAAA"}`, 56, "the name of a segment is not in the list"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"AA"}`, 52, "a segment of 2 fields, not of 1, 4 or 5"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"AAA,A"}`, 52, "a segment of 3 fields, not of 1, 4 or 5"},
		{`{"version":3,"sources":["a"],"names":["b"],"mappings":"AAAAAA"}`, 55, "a segment of more than 5 fields"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"D"}`, 52, "a negative column"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"AAgggggggE"}`, 54, "an original line of more than 32 bits"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"A,,A"}`, 53, "a segment without fields behind a comma"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"A*"}`, 53, "a character that is no base64 digit, comma or semicolon"},
		{`{"version":3,"sources":["a"],"names":[],"mappings":"Ag"}`, 53, "a number without an end"},
		{`{"version":3,"sources":["a"],"names":[1],"mappings":""}`, 38, "a name is a number, not a string"},
		{`{"version":3,"sections":[{"offset":{"line":0,"column":0}}]}`, 25, "a section without a map"},
		{`{"version":3,"sections":[],"mappings":""}`, 38, "a map with both mappings and sections"},
		{`{"version":3,"sources":[],"mappings":""} x`, 41, `'x', not the end of the text`},
		{`{"a":` + strings.Repeat("[", 2000) + `}`, 1005, "nested deeper than 1000 levels"},
	} {
		_, err := Parse([]byte(c.text))
		var e *SyntaxError
		if !errors.As(err, &e) || e.Offset != c.offset || e.What != c.what {
			t.Errorf("Parse(%.80s) = %v, want byte %d: %s", c.text, err, c.offset, c.what)
		}
		if _, err := plainParse([]byte(c.text)); err == nil && !strings.Contains(c.what, "nested") {
			t.Errorf("the plain reader accepts %.80s", c.text)
		}
	}
}

func TestMapTells(t *testing.T) {
	data := []byte(`{"version":3,"debugId":"1AAD9d9e-2b50-454f-a5f2-0dd5e95c154c","sources":["a.js","b.js",null],"sourcesContent":["x\n\"y\"",null],"mappings":"AAAA"}`)
	m, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := m.Sources(), []string{"a.js", "b.js", ""}; !slices.Equal(got, want) {
		t.Errorf("Sources() = %q, want %q", got, want)
	}
	if got, ok := m.Content("a.js"); got != "x\n\"y\"" || !ok {
		t.Errorf("Content(a.js) = %q, %v", got, ok)
	}
	for _, name := range []string{"b.js", "c.js", ""} {
		if got, ok := m.Content(name); got != "" || ok {
			t.Errorf("Content(%q) = %q, %v", name, got, ok)
		}
	}
	if got := m.DebugID(); got != "1AAD9d9e-2b50-454f-a5f2-0dd5e95c154c" {
		t.Errorf("DebugID() = %q", got)
	}
	small := m.WithoutContent()
	if got, ok := small.Content("a.js"); ok {
		t.Errorf("without content: Content(a.js) = %q", got)
	}
	if got := describe(small, 1, 1); got != "a.js:1:1" {
		t.Errorf("without content: Lookup(1, 1) = %s", got)
	}
	if small.Size() >= m.Size() {
		t.Errorf("Size() = %d without content, %d with it", small.Size(), m.Size())
	}
}

// randomMap returns a map with a shape that differs from seed to seed: long and short lines, empty
// ones, segments of each length, columns that go back, sections.
func randomMap(r *rand.Rand, depth int) string {
	if depth < 2 && r.IntN(4) == 0 {
		var sections []string
		line, col := 0, 0
		for range r.IntN(4) {
			sections = append(sections, fmt.Sprintf(`{"offset":{"line":%d,"column":%d},"map":%s}`, line, col, randomMap(r, depth+1)))
			if r.IntN(2) == 0 {
				line += r.IntN(200)
			}
			col += r.IntN(5000)
		}
		return `{"version":3,"sections":[` + strings.Join(sections, ",") + `]}`
	}
	sources, names := 1+r.IntN(4), 1+r.IntN(4)
	var w mappingWriter
	for lines := r.IntN(12); lines >= 0; lines-- {
		col, back := 0, r.IntN(8) == 0
		for n := r.IntN(1 << r.IntN(9)); n > 0; n-- {
			if col += r.IntN(1 + 1<<r.IntN(8)); back {
				col = r.IntN(300)
			}
			s := segment{int32(col), int32(r.IntN(sources)), int32(r.IntN(1 << r.IntN(20))), int32(r.IntN(200)), int32(r.IntN(names))}
			w.write(s.of([]uint32{1, 4, 4, 5}[r.IntN(4)]))
		}
		for range 1 + r.IntN(1<<r.IntN(4)) {
			w.newline()
		}
	}
	list := func(what string, n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("%s%d-%d", what, depth, i))
		}
		b, _ := json.Marshal(all)
		return string(b)
	}
	return fmt.Sprintf(`{"version":3,"sources":%s,"names":%s,"mappings":%q,"ignoreList":[%d]}`, list("s", sources), list("n", names), w.text, r.IntN(sources))
}

func TestAgainstPlain(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		if compare(t, []byte(randomMap(r, 0))); t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

// compare fails the test where the reader and the plain one differ: which maps they take, and what
// they say of the positions about each segment.
func compare(t *testing.T, data []byte) {
	t.Helper()
	m, err := Parse(data)
	p, plainErr := plainParse(data)
	if (err == nil) != (plainErr == nil) {
		t.Fatalf("Parse: %v, the plain reader: %v\nof %.2000s", err, plainErr, data)
	}
	if err != nil {
		return
	}
	small := m.WithoutContent()
	check := func(line, col int) {
		got, ok := m.Lookup(line, col)
		want, wantOK := p.lookup(line, col)
		if got != want || ok != wantOK {
			t.Fatalf("Lookup(%d, %d) = %+v, %v, the plain reader: %+v, %v\nof %.2000s", line, col, got, ok, want, wantOK, data)
		}
		if again, _ := small.Lookup(line, col); again != want {
			t.Fatalf("without content: Lookup(%d, %d) = %+v, want %+v", line, col, again, want)
		}
	}
	left := 5000
	for line, segs := range p.lines {
		check(int(line)+2, 1)
		for _, s := range segs {
			for col := s.col; col <= s.col+2; col++ {
				check(int(line)+1, int(col))
			}
			if left--; left == 0 {
				return
			}
		}
	}
	check(1, 0)
	check(1, 1)
}

// FuzzParse: the reader takes the same maps as the plain one and says the same of every position.
func FuzzParse(f *testing.F) {
	for seed := range uint64(30) {
		f.Add([]byte(randomMap(rand.New(rand.NewPCG(seed, 2)), 0)))
	}
	for _, text := range []string{
		`{"version":3,"sources":["a",null],"names":["f"],"mappings":"AAAA,CCAAA;;A","sourceRoot":"/x","ignoreList":[1],"sourcesContent":["b"],"debugId":"1aad9d9e-2b50-454f-a5f2-0dd5e95c154c"}`,
		`{"version":3.0e0,"sections":[{"offset":{"line":0,"column":1},"map":{"version":3,"sources":["a"],"mappings":"UAAA,LAAA"}}]}`,
		")]}'\n{}",
		`{"version":3,"sources":["\ud83d\ude00"],"names":["\u0041\n"],"mappings":"\u0041ggggggE"}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		compare(t, strict(data))
	})
}

// strict makes JSON of what only the strings keep from being JSON: the reader takes control characters
// and escapes that are none, since it does not look into strings that nobody asks for.
func strict(data []byte) []byte {
	var out []byte
	inside := false
	for i := 0; i < len(data); i++ {
		c := data[i]
		switch {
		case c == '"':
			inside = !inside
		case inside && c < ' ':
			out = fmt.Appendf(out, "\\u%04x", c)
			continue
		case inside && c == '\\' && i+1 < len(data):
			if r, size := escape(data[i:]); size == 2 && r == utf8.RuneError {
				out = append(out, "\\ufffd"...)
			} else {
				out = append(out, data[i:i+2]...)
			}
			i++
			continue
		}
		out = append(out, c)
	}
	return out
}

func TestLookupAllocatesNothing(t *testing.T) {
	m, err := Parse([]byte(`{"version":3,"sources":["a.js"],"names":["f"],"mappings":"AAAAA,` + strings.Repeat("CAACA,", 1000) + `C"}`))
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() { m.Lookup(1, 500) }); n != 0 {
		t.Errorf("Lookup makes %v allocations", n)
	}
}

// TestSparse: empty lines take next to no memory.
func TestSparse(t *testing.T) {
	m, err := Parse([]byte(`{"version":3,"sources":["a.js"],"names":[],"mappings":"AAAA` + strings.Repeat(";", 4<<20) + `CAAC"}`))
	if err != nil {
		t.Fatal(err)
	}
	if extra := m.Size() - 4<<20; extra > 16<<10 {
		t.Errorf("4 MiB of semicolons take %d bytes beside themselves", extra)
	}
	if got := describe(m, 4<<20+1, 2); got != "a.js:1:2" {
		t.Errorf("behind them: %s", got)
	}
	if got := describe(m, 4<<20, 2); got != "-" {
		t.Errorf("among them: %s", got)
	}
}
