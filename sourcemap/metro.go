package sourcemap

import (
	"encoding/json"
	"slices"
	"strings"
)

// Metro, the bundler of React Native, writes the functions of each source into the map, since it
// leaves the sources' texts out as a rule:
//
//	"x_facebook_sources": [[{"names": ["<global>", "f", "A#m"], "mappings": "AAA;AC;CDE"}], null]
//
// The mappings are those of metro-source-map's generateFunctionMap: a segment is where a function begins or
// goes on, with the differences of column, name and, for the first of a line, line. Lines are from 1.

// metroFunction is where a function begins or goes on, up to the next.
type metroFunction struct {
	start place
	name  string
}

// readMetro notes the function map of each source.
func (p *mapParser) readMetro(f fields, sources []source) error {
	s := p.at(f.metro)
	if s == nil || s.next() != '[' {
		return nil
	}
	i := 0
	return s.array(func() error {
		if s.next() != '[' {
			_, err := s.value()
			i++
			return err
		}
		first := true
		err := s.array(func() error {
			v, err := s.value()
			if first && i < len(sources) && p.m.data[v.start] == '{' {
				sources[i].metro = v
			}
			first = false
			return err
		})
		i++
		return err
	})
}

// readMetro decodes a function map. It returns nil if raw is not one.
func readMetro(raw []byte) *functions {
	var m struct {
		Names    []string
		Mappings string
	}
	if len(raw) == 0 || json.Unmarshal(raw, &m) != nil || m.Mappings == "" {
		return nil
	}
	t := &functions{metro: []metroFunction{}}
	line, name := int64(1), int64(0)
	for _, group := range strings.Split(m.Mappings, ";") {
		col := int64(0)
		for _, text := range strings.Split(group, ",") {
			var fields [3]int64
			n := 0
			for i := 0; i < len(text) && n < len(fields); n++ {
				if fields[n], i = long([]byte(text), i); fields[n] >= badDigit {
					return nil
				}
			}
			if n < 2 {
				continue
			}
			col, name, line = col+fields[0], name+fields[1], line+fields[2]
			if col < 0 || line < 1 || line > 1<<31 || col > 1<<31 || name < 0 || name >= int64(len(m.Names)) {
				return nil
			}
			t.metro = append(t.metro, metroFunction{place{uint32(line - 1), uint32(col)}, m.Names[name]})
		}
	}
	slices.SortStableFunc(t.metro, func(a, b metroFunction) int {
		switch {
		case a.start.less(b.start):
			return -1
		case b.start.less(a.start):
			return 1
		}
		return 0
	})
	t.size = 24 * len(t.metro)
	for _, s := range m.Names {
		t.size += 16 + len(s)
	}
	return t
}

// metroFunction returns the function at a place.
func (t *functions) metroFunction(at place) named {
	i, _ := slices.BinarySearchFunc(t.metro, at, func(f metroFunction, at place) int {
		if at.less(f.start) {
			return 1
		}
		return -1
	})
	if i == 0 {
		return named{known: true, top: true, index: -1}
	}
	name := t.metro[i-1].name
	switch name {
	case "<global>":
		return named{known: true, top: true, index: -1}
	case "<anonymous>":
		return named{known: true, index: -1}
	}
	n := named{known: true, index: -1}
	if i := strings.LastIndexAny(name, "#."); i > 0 {
		n.owner, name = name[:i], name[i+1:]
	}
	for _, prefix := range [...]string{"get__", "set__"} {
		name = strings.TrimPrefix(name, prefix)
	}
	if name == "constructor" {
		n.constructor = true
		name = n.owner
	}
	n.name = name
	return n
}
