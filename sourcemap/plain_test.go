package sourcemap

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"sort"
	"strings"
)

// plainMap is a map whose segments are all decoded: the reference for Map, written to be read.
type plainMap struct {
	sources []string
	ignored map[int]bool
	content []*string
	names   []string
	lines   map[int64][]plainSegment
	last    *[2]int64 // where the last segment is
	section int
}

// plainSegment has all numbers from 0; source and name are -1 where there is none.
type plainSegment struct {
	section                 int
	col, source, line, oCol int64
	name                    int64
}

func plainParse(data []byte) (*plainMap, error) {
	m := &plainMap{lines: map[int64][]plainSegment{}, ignored: map[int]bool{}}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if _, after, ok := bytes.Cut(data, []byte("\n")); ok && bytes.HasPrefix(data, []byte(")]}")) {
		data = after
	}
	if err := m.read(data, 0, 0, 0); err != nil {
		return nil, err
	}
	for _, segs := range m.lines {
		sort.SliceStable(segs, func(i, j int) bool {
			if segs[i].col != segs[j].col {
				return segs[i].col < segs[j].col
			}
			return segs[i].section > segs[j].section
		})
	}
	return m, nil
}

var errPlain = errors.New("no map")

func (m *plainMap) read(data []byte, line, col int64, depth int) error {
	var f map[string]json.RawMessage
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	var version float64
	if json.Unmarshal(f["version"], &version) != nil || version != 3 {
		return errPlain
	}
	var file *string
	if raw, ok := f["file"]; ok && json.Unmarshal(raw, &file) != nil {
		return errPlain
	}
	if raw, ok := f["sections"]; ok {
		if _, ok := f["mappings"]; ok || depth == maxIndexed {
			return errPlain
		}
		return m.readSections(raw, line, col, depth)
	}
	return m.readRegular(f, line, col)
}

func (m *plainMap) readSections(raw json.RawMessage, line, col int64, depth int) error {
	var sections []map[string]json.RawMessage
	if string(raw) == "null" || json.Unmarshal(raw, &sections) != nil {
		return errPlain
	}
	before := [2]int64{-1, -1}
	for _, s := range sections {
		var offset map[string]*float64
		if json.Unmarshal(plainOnly(s["offset"], "line", "column"), &offset) != nil || offset["line"] == nil || offset["column"] == nil {
			return errPlain
		}
		l, c := *offset["line"], *offset["column"]
		for _, n := range [...]float64{l, c} {
			if n < 0 || n > math.MaxInt32 || n != math.Trunc(n) {
				return errPlain
			}
		}
		at := [2]int64{int64(l), int64(c)}
		if !plainLess(before, at) || len(s["map"]) == 0 || s["map"][0] != '{' {
			return errPlain
		}
		before = at
		if at[0] == 0 {
			at[1] += col
		}
		at[0] += line
		if m.last != nil && plainLess(at, *m.last) {
			return errPlain
		}
		if err := m.read(s["map"], at[0], at[1], depth+1); err != nil {
			return err
		}
	}
	return nil
}

// plainOnly returns an object with these of its members only.
func plainOnly(raw json.RawMessage, names ...string) json.RawMessage {
	var all, some map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return nil
	}
	some = map[string]json.RawMessage{}
	for _, name := range names {
		if v, ok := all[name]; ok {
			some[name] = v
		}
	}
	out, _ := json.Marshal(some)
	return out
}

func plainLess(a, b [2]int64) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

func (m *plainMap) readRegular(f map[string]json.RawMessage, line, col int64) error {
	var root *string
	var sources, contents []*string
	var names []json.RawMessage
	var ignored []float64
	var mappings *string
	for name, into := range map[string]any{"sourceRoot": &root, "sources": &sources, "sourcesContent": &contents, "names": &names, "mappings": &mappings} {
		if raw, ok := f[name]; ok && json.Unmarshal(raw, into) != nil {
			return errPlain
		}
	}
	list := f["ignoreList"]
	if len(list) == 0 || string(list) == "null" {
		list = f["x_google_ignoreList"]
	}
	if len(list) > 0 {
		var elements []any
		if json.Unmarshal(list, &elements) != nil {
			return errPlain
		}
		for _, e := range elements {
			n, ok := e.(float64)
			if !ok || n < 0 || n != math.Trunc(n) || int(n) >= len(sources) {
				return errPlain
			}
			ignored = append(ignored, n)
		}
	}
	if mappings == nil || len(f["sources"]) == 0 || string(f["sources"]) == "null" {
		return errPlain
	}
	firstSource, firstName := len(m.sources), len(m.names)
	for i, s := range sources {
		name := ""
		if s != nil {
			if name = *s; root != nil && *root != "" {
				name = strings.TrimSuffix(*root, "/") + "/" + name
			}
		}
		m.sources = append(m.sources, name)
		var content *string
		if i < len(contents) {
			content = contents[i]
		}
		m.content = append(m.content, content)
	}
	for _, i := range ignored {
		m.ignored[firstSource+int(i)] = true
	}
	for _, raw := range names {
		var name *string
		if json.Unmarshal(raw, &name) != nil || name == nil {
			return errPlain
		}
		m.names = append(m.names, *name)
	}
	m.section++
	return m.decode(*mappings, line, col, int64(firstSource), int64(firstName))
}

func (m *plainMap) decode(mappings string, line, col, firstSource, firstName int64) error {
	var field [5]int64 // the last of each kind
	limits := [5]int64{math.MaxInt32 + 1, int64(len(m.sources)) - firstSource, math.MaxInt32 + 1, math.MaxInt32 + 1, int64(len(m.names)) - firstName}
	order := []int{0, 1, 2, 3, 4}
	var first, last *[2]int64
	for i, group := range strings.Split(mappings, ";") {
		field[0] = 0
		if group == "" {
			continue
		}
		for _, text := range strings.Split(group, ",") {
			numbers, err := plainNumbers(text)
			if err != nil {
				return err
			}
			if n := len(numbers); n != 1 && n != 4 && n != 5 {
				return errPlain
			}
			for j, n := range numbers {
				if field[order[j]] += n; field[order[j]] < 0 || field[order[j]] >= limits[j] {
					return errPlain
				}
			}
			seg := plainSegment{section: m.section, col: field[0], source: -1, name: -1}
			if len(numbers) > 1 {
				seg.source, seg.line, seg.oCol = firstSource+field[1], field[2], field[3]
			}
			if len(numbers) > 4 {
				seg.name = firstName + field[4]
			}
			if i == 0 {
				seg.col += col
			}
			at := line + int64(i)
			m.lines[at] = append(m.lines[at], seg)
			place := [2]int64{at, seg.col}
			if first == nil || plainLess(place, *first) {
				first = &place
			}
			if last == nil || plainLess(*last, place) {
				last = &place
			}
		}
	}
	if first != nil {
		if m.last != nil && plainLess(*first, *m.last) {
			return errPlain
		}
		m.last = last
	}
	return nil
}

// plainNumbers decodes the numbers of a segment.
func plainNumbers(text string) ([]int64, error) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var numbers []int64
	var digits []int64
	for _, c := range []byte(text) {
		d := int64(strings.IndexByte(alphabet, c))
		if d < 0 {
			return nil, fmt.Errorf("no digit: %q", c)
		}
		digits = append(digits, d%32)
		if d >= 32 {
			continue
		}
		value := int64(0)
		for i := len(digits) - 1; i >= 0; i-- {
			if value = value*32 + digits[i]; value > math.MaxUint32 {
				return nil, errPlain
			}
		}
		digits = digits[:0]
		switch {
		case value == 1:
			value = math.MinInt32
		case value%2 == 1:
			value = -(value / 2)
		default:
			value /= 2
		}
		numbers = append(numbers, value)
	}
	if len(digits) > 0 {
		return nil, errPlain
	}
	return numbers, nil
}

// lookup is what Map.Lookup must return.
func (m *plainMap) lookup(line, col int) (Position, bool) {
	if line < 1 || col < 0 {
		return Position{}, false
	}
	at := int64(max(col-1, 0))
	var best *plainSegment
	for i := range m.lines[int64(line-1)] {
		s := &m.lines[int64(line-1)][i]
		if s.col > at || best != nil && best.col == at {
			break
		}
		best = s
	}
	if best == nil || best.source < 0 {
		return Position{}, false
	}
	p := Position{Source: m.sources[best.source], Line: int(best.line) + 1, Col: int(best.oCol) + 1, Ignored: m.ignored[int(best.source)]}
	if best.name >= 0 {
		p.Name = m.names[best.name]
	}
	return p, true
}
