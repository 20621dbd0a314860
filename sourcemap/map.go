package sourcemap

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"
)

const (
	maxData     = 1<<29 - 1 // bytes of a map; V8 has no longer strings
	maxSources  = 1 << 20
	maxSections = 1 << 20
	maxIndexed  = 4 // index maps within index maps
)

// Map is a source map. What it says does not change, and any number of goroutines may use it at once.
type Map struct {
	data     []byte // the text of the map, for what is read on demand; nil without content
	parts    []part // in the order of where they begin
	sources  []source
	names    string // all of them, joined
	nameEnds []uint32
	debugID  string

	tables tables
	found  *atomic.Int64 // bytes that the tables take
	scoped *scopeCache   // nil if it has none
}

// part is a section of an index map, or all of a regular one.
type part struct {
	mappings
	line    uint32 // where it begins in the generated code, from 0
	col     uint32 // the same, for its first line only
	sources uint32 // where its lists begin in those of the map
	names   uint32
}

// source is an entry of the list of sources.
type source struct {
	name    string
	content span // a JSON string with its quotes, or nothing
	metro   span // a function map of Metro, or nothing
	ignored bool
}

// Position is a position in an original source.
type Position struct {
	// Source is the source as the map names it, its sourceRoot before it: "webpack://shop/./src/cart.js",
	// "../../src/cart.js". "" if the map has null there.
	Source string

	// Name is the identifier that stands at the position in the original, where the generated code
	// has another one. It is not the name of the function that the position is in. "" if the map does
	// not tell.
	Name string

	// Line and Col are 1-based, columns in UTF-16 units, as in a [stacktrace.Frame].
	Line, Col int

	// Ignored says that the source is in the map's ignore list: it is not the application's.
	Ignored bool
}

// Parse reads a source map: a regular or an index map of version 3, as ECMA-426 defines it. The lines
// ")]}'" that servers put before JSON and a byte-order mark are skipped.
//
// The map keeps data, which must not be changed. It takes [Map.Size] bytes in all: besides data about
// one byte for each segment, names and sources. [Map.WithoutContent] lets go of data.
//
// What is no map gives a [*SyntaxError]: broken JSON, another version, a list that is not one, a
// segment of two fields, an index behind the end of its list, sections out of order or over each
// other. The whole map is checked, but for the texts of its sources. So are these limits: 512 MiB,
// 1,048,576 sources and as many sections, index maps in index maps four levels deep, JSON 1,000.
func Parse(data []byte) (*Map, error) {
	if len(data) > maxData {
		return nil, syntaxError(maxData, "more than 512 MiB")
	}
	m := &Map{data: data}
	p := mapParser{m: m}
	s := scanner{data: data, pos: prefix(data)}
	fields, err := scanFields(&s)
	if err != nil {
		return nil, err
	}
	if s.next(); s.pos < len(data) {
		return nil, s.unexpected("the end of the text")
	}
	if err := p.read(fields, place{}, 0); err != nil {
		return nil, err
	}
	m.debugID = p.debugID(fields)
	m.names = p.names.String()
	m.tables, m.found = make(tables, len(m.sources)), new(atomic.Int64)
	m.parts, m.sources, m.nameEnds = clip(m.parts), clip(m.sources), clip(m.nameEnds)
	return m, nil
}

// debugID returns the debug id in the fields, or "" if there is none or it is not a UUID.
func (p *mapParser) debugID(f fields) string {
	id := p.text(f.debugID)
	if id == "" {
		id = p.text(f.oldDebugID)
	}
	if !isDebugID(id) {
		return ""
	}
	return id
}

// debugIDOf returns the debug id of a map without reading the rest of it; "" if it has none, or is no map.
func debugIDOf(data []byte) string {
	f, err := scanFields(&scanner{data: data, pos: prefix(data)})
	if err != nil {
		return ""
	}
	p := mapParser{m: &Map{data: data}}
	return p.debugID(f)
}

// clip returns s without much room behind it.
func clip[E any](s []E) []E {
	if cap(s)-len(s) > len(s)/8 {
		return slices.Clone(s)[:len(s):len(s)]
	}
	return s
}

// prefix returns where the JSON of a map begins.
func prefix(data []byte) int {
	start := 0
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		start = len("\uFEFF")
	}
	if bytes.HasPrefix(data[start:], []byte(")]}")) {
		if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
			return start + i + 1
		}
	}
	return start
}

// isDebugID reports whether s is a UUID.
func isDebugID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case '0' <= c && c <= '9', 'a' <= c && c <= 'f', 'A' <= c && c <= 'F':
		default:
			return false
		}
	}
	return true
}

// fields are the members of a map that count. Of members of one name the last one counts.
type fields struct {
	start                              int // of the map
	version, file, root                span
	sources, contents, names, mappings span
	ignored, oldIgnored, sections      span
	debugID, oldDebugID, metro, scopes span
}

func scanFields(s *scanner) (f fields, err error) {
	s.next()
	f.start = s.pos
	err = s.object(func(name []byte) error {
		v, err := s.value()
		if err != nil {
			return err
		}
		if into := f.named(name); into != nil {
			*into = v
		}
		return nil
	})
	return f, err
}

func (f *fields) named(name []byte) *span {
	switch string(name) {
	case "version":
		return &f.version
	case "file":
		return &f.file
	case "sourceRoot":
		return &f.root
	case "sources":
		return &f.sources
	case "sourcesContent":
		return &f.contents
	case "names":
		return &f.names
	case "mappings":
		return &f.mappings
	case "ignoreList":
		return &f.ignored
	case "x_google_ignoreList":
		return &f.oldIgnored
	case "sections":
		return &f.sections
	case "debugId":
		return &f.debugID
	case "scopes":
		return &f.scopes
	case "x_facebook_sources":
		return &f.metro
	case "debug_id":
		return &f.oldDebugID
	}
	return nil
}

// place is a position in generated code, from 0.
type place struct{ line, col uint32 }

func (p place) less(q place) bool { return p.line < q.line || p.line == q.line && p.col < q.col }

// mapParser builds a Map.
type mapParser struct {
	m     *Map
	names strings.Builder
	last  place // of the last segment
	any   bool  // there is one
}

// at returns a scanner at a value; null and no value give nil.
func (p *mapParser) at(v span) *scanner {
	if v.end == 0 || p.m.data[v.start] == 'n' {
		return nil
	}
	return &scanner{data: p.m.data[:v.end], pos: int(v.start)}
}

// text returns a value that is a string; "" otherwise.
func (p *mapParser) text(v span) string {
	if v.end == 0 || p.m.data[v.start] != '"' {
		return ""
	}
	return unquote(p.m.data[v.start+1 : v.end-1])
}

// optionalText returns a value that must be a string if it is there.
func (p *mapParser) optionalText(name string, v span) (string, error) {
	if p.at(v) != nil && p.m.data[v.start] != '"' {
		return "", p.wrong(name, v, "a string")
	}
	return p.text(v), nil
}

func (p *mapParser) wrong(name string, v span, want string) error {
	return syntaxError(int(v.start), name+" is "+word(p.m.data[v.start])+", not "+want)
}

// read reads the map that has these fields and begins at that place of the generated code.
func (p *mapParser) read(f fields, begin place, depth int) error {
	if f.version.end == 0 {
		return syntaxError(f.start, "a map without a version")
	}
	version := string(f.version.of(p.m.data))
	if v, err := strconv.ParseFloat(version, 64); err != nil || v != 3 {
		if len(version) > 20 {
			version = version[:20] + "…"
		}
		return syntaxError(int(f.version.start), "version "+version+", not 3")
	}
	if _, err := p.optionalText("file", f.file); err != nil {
		return err
	}
	if f.sections.end > 0 {
		if f.mappings.end > 0 {
			return syntaxError(int(f.mappings.start), "a map with both mappings and sections")
		}
		return p.index(f, begin, depth)
	}
	return p.regular(f, begin)
}

// regular reads a map that has mappings itself.
func (p *mapParser) regular(f fields, begin place) error {
	m := p.m
	firstSource, firstName := len(m.sources), len(m.nameEnds)
	if err := p.readSources(f); err != nil {
		return err
	}
	if err := p.readNames(f); err != nil {
		return err
	}
	if f.mappings.end == 0 {
		return syntaxError(f.start, "a map without mappings")
	}
	if m.data[f.mappings.start] != '"' {
		return p.wrong("mappings", f.mappings, "a string")
	}
	raw := m.data[f.mappings.start+1 : f.mappings.end-1]
	text := raw
	escaped := bytes.IndexByte(raw, '\\') >= 0
	if escaped {
		text = appendUnquoted(make([]byte, 0, len(raw)), raw)
	}
	mapped, failed := readMappings(text, len(m.sources)-firstSource, len(m.nameEnds)-firstName)
	if failed != nil {
		at := failed.at
		if escaped {
			at = rawOffset(raw, at)
		}
		return syntaxError(int(f.mappings.start)+1+at, failed.what)
	}
	p.readScopes(f, scopeText{sources: firstSource, names: firstName, begin: begin})
	if len(mapped.states) == 0 {
		return nil
	}
	first := begin.plus(mapped.first())
	if p.any && first.less(p.last) {
		return syntaxError(f.start, "a section that begins before the end of the one before it")
	}
	p.last, p.any = begin.plus(mapped.last()), true
	m.parts = append(m.parts, part{mapped, begin.line, begin.col, uint32(firstSource), uint32(firstName)})
	return nil
}

// readScopes notes the scopes of a section. They are only a proposal, so a value that is not a string is ignored.
func (p *mapParser) readScopes(f fields, at scopeText) {
	v := f.scopes
	if v.end == 0 || p.m.data[v.start] != '"' || v.end-v.start < 3 {
		return
	}
	at.text = p.m.data[v.start+1 : v.end-1]
	if bytes.IndexByte(at.text, '\\') >= 0 {
		at.text = appendUnquoted(nil, at.text)
	}
	if p.m.scoped == nil {
		p.m.scoped = &scopeCache{}
	}
	p.m.scoped.texts = append(p.m.scoped.texts, at)
}

// plus returns a place that is counted from p on.
func (p place) plus(q place) place {
	if q.line == 0 {
		q.col += p.col
	}
	q.line += p.line
	return q
}

// rawOffset returns where the byte at of the decoded text is in the raw one.
func rawOffset(raw []byte, at int) int {
	i := 0
	for decoded := 0; decoded < at && i < len(raw); decoded++ {
		if raw[i] == '\\' {
			_, size := escape(raw[i:])
			i += size
			continue
		}
		i++
	}
	return i
}

// readSources reads the list of sources, what they contain, and which are ignored.
func (p *mapParser) readSources(f fields) error {
	m := p.m
	if f.sources.end == 0 {
		return syntaxError(f.start, "a map without sources")
	}
	root, err := p.optionalText("sourceRoot", f.root)
	if err != nil {
		return err
	}
	if root != "" && !strings.HasSuffix(root, "/") {
		root += "/"
	}
	first := len(m.sources)
	s := scanner{data: m.data[:f.sources.end], pos: int(f.sources.start)}
	if s.next() != '[' {
		return p.wrong("sources", f.sources, "an array")
	}
	err = s.array(func() error {
		v, err := p.stringOrNull(&s, "a source")
		if err != nil {
			return err
		}
		if len(m.sources) == maxSources {
			return syntaxError(s.pos, "more than 1048576 sources")
		}
		name := p.text(v)
		if v.end > 0 {
			name = root + name
		}
		m.sources = append(m.sources, source{name: name})
		return nil
	})
	if err != nil {
		return err
	}
	sources := m.sources[first:]
	if err := p.readContents(f, sources); err != nil {
		return err
	}
	if err := p.readMetro(f, sources); err != nil {
		return err
	}
	return p.readIgnored(f, sources)
}

func (p *mapParser) readContents(f fields, sources []source) error {
	s := p.at(f.contents)
	if s == nil {
		return nil
	}
	if s.next() != '[' {
		return p.wrong("sourcesContent", f.contents, "an array")
	}
	i := 0
	return s.array(func() error {
		v, err := p.stringOrNull(s, "the content of a source")
		if err == nil && i < len(sources) {
			sources[i].content = v
			i++
		}
		return err
	})
}

// readIgnored reads the ignore list, or the one that it was before it was standardised.
func (p *mapParser) readIgnored(f fields, sources []source) error {
	list := f.ignored
	s := p.at(list)
	if s == nil {
		list = f.oldIgnored
		if s = p.at(list); s == nil {
			return nil
		}
	}
	if s.next() != '[' {
		return p.wrong("ignoreList", list, "an array")
	}
	return s.array(func() error {
		i, err := p.natural(s, "an index of the ignore list")
		if err != nil {
			return err
		}
		if int64(i) >= int64(len(sources)) {
			return syntaxError(s.pos, "an index of the ignore list is not in the list of sources")
		}
		sources[i].ignored = true
		return nil
	})
}

// stringOrNull reads a value that must be one of these; no span for null.
func (p *mapParser) stringOrNull(s *scanner, what string) (span, error) {
	v, err := s.value()
	if err != nil {
		return v, err
	}
	switch p.m.data[v.start] {
	case '"':
		return v, nil
	case 'n':
		return span{}, nil
	}
	return v, p.wrong(what, v, "a string or null")
}

// natural reads a number that must be a whole one from 0 to 2^31-1.
func (p *mapParser) natural(s *scanner, what string) (uint32, error) {
	v, err := s.value()
	if err != nil {
		return 0, err
	}
	c := p.m.data[v.start]
	if c != '-' && (c < '0' || c > '9') {
		return 0, p.wrong(what, v, "a number")
	}
	n, err := strconv.ParseFloat(string(v.of(p.m.data)), 64)
	if err != nil || n < 0 || n > math.MaxInt32 || n != math.Trunc(n) {
		return 0, syntaxError(int(v.start), what+" that is no whole number from 0 to 2147483647")
	}
	return uint32(n), nil
}

func (p *mapParser) readNames(f fields) error {
	s := p.at(f.names)
	if s == nil {
		return nil
	}
	if s.next() != '[' {
		return p.wrong("names", f.names, "an array")
	}
	return s.array(func() error {
		v, err := s.value()
		if err != nil {
			return err
		}
		if p.m.data[v.start] != '"' {
			return p.wrong("a name", v, "a string")
		}
		raw := p.m.data[v.start+1 : v.end-1]
		if bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw) {
			p.names.Write(raw)
		} else {
			p.names.WriteString(unquote(raw))
		}
		p.m.nameEnds = append(p.m.nameEnds, uint32(p.names.Len()))
		return nil
	})
}

// index reads the sections of an index map.
func (p *mapParser) index(f fields, begin place, depth int) error {
	if depth == maxIndexed {
		return syntaxError(f.start, fmt.Sprintf("index maps within index maps, deeper than %d levels", maxIndexed))
	}
	s := scanner{data: p.m.data[:f.sections.end], pos: int(f.sections.start)}
	if s.next() != '[' {
		return p.wrong("sections", f.sections, "an array")
	}
	count := 0
	before := place{}
	return s.array(func() error {
		if s.next() != '{' {
			return syntaxError(s.pos, "a section is "+word(s.next())+", not an object")
		}
		start := s.pos
		offset, fields, err := p.section(&s)
		if err != nil {
			return err
		}
		if count > 0 && !before.less(offset) {
			return syntaxError(start, "a section that does not begin behind the one before it")
		}
		if count++; count > maxSections {
			return syntaxError(start, "more than 1048576 sections")
		}
		before = offset
		at := begin.plus(offset)
		if p.any && at.less(p.last) {
			return syntaxError(start, "a section that begins before the end of the one before it")
		}
		return p.read(fields, at, depth+1)
	})
}

// section reads a section: where it begins, and the fields of its map.
func (p *mapParser) section(s *scanner) (offset place, f fields, err error) {
	start := s.pos
	var at, inner span
	err = s.object(func(name []byte) (err error) {
		switch string(name) {
		case "offset":
			at, err = s.value()
		case "map":
			inner, err = s.value()
		default:
			_, err = s.value()
		}
		return err
	})
	if err != nil {
		return offset, f, err
	}
	if at.end == 0 || p.m.data[at.start] != '{' {
		return offset, f, syntaxError(start, "a section without an offset")
	}
	if inner.end == 0 || p.m.data[inner.start] != '{' {
		return offset, f, syntaxError(start, "a section without a map")
	}
	if offset, err = p.offset(at); err != nil {
		return offset, f, err
	}
	f, err = scanFields(&scanner{data: p.m.data[:inner.end], pos: int(inner.start)})
	return offset, f, err
}

func (p *mapParser) offset(v span) (offset place, err error) {
	s := scanner{data: p.m.data[:v.end], pos: int(v.start)}
	lines, cols := false, false
	err = s.object(func(name []byte) (err error) {
		switch string(name) {
		case "line":
			lines = true
			offset.line, err = p.natural(&s, "the line of an offset")
		case "column":
			cols = true
			offset.col, err = p.natural(&s, "the column of an offset")
		default:
			_, err = s.value()
		}
		return err
	})
	if err == nil && !(lines && cols) {
		err = syntaxError(int(v.start), "an offset without a line or a column")
	}
	return offset, err
}

// hit is what a position of the generated code maps to; the fields from 0, source and name indexes of
// the map's lists or -1.
type hit struct {
	source, name int
	line, col    int32
	inexact      bool // the segment begins before the position
}

// find returns what a position of the generated code, from 0, maps to. It reports false before the
// first segment of a line and at a segment without a source.
func (m *Map) find(line uint32, col int32) (hit, bool) {
	at := place{line, uint32(col)}
	i := sort.Search(len(m.parts), func(i int) bool {
		p := &m.parts[i]
		return at.less(place{p.line, p.col})
	}) - 1
	if i < 0 {
		return hit{}, false
	}
	p := &m.parts[i]
	seg, ok := p.find(at)
	if !ok && i > 0 && line == p.line {
		p = &m.parts[i-1] // the line goes on behind the start of a section before its first segment
		seg, ok = p.find(at)
	}
	if !ok || seg.source < 0 {
		return hit{}, false
	}
	begin := int64(seg.col)
	if line == p.line {
		begin += int64(p.col)
	}
	h := hit{int(p.sources) + int(seg.source), -1, seg.line, seg.origCol, begin < int64(col)}
	if seg.name >= 0 {
		h.name = int(p.names) + int(seg.name)
	}
	return h, h.source < len(m.sources)
}

// find returns the segment of a place in the generated code.
func (p *part) find(at place) (segment, bool) {
	if at.line == p.line {
		at.col -= p.col
	}
	return p.mappings.find(at.line-p.line, int32(min(at.col, math.MaxInt32)))
}

// Lookup returns what a position of the generated code was made of. Line and column are 1-based, as in
// a [stacktrace.Frame], and so are those of the result. A column of 0 is an unknown one: then it is
// the beginning of the line, where a map without columns has its only segment.
//
// The position is that of the last segment on the line that begins at the column or before it; of
// segments that begin at this very column it is the first. Lookup reports false if the code has no
// original: before the first segment of its line, and where the map says so.
//
// It takes less than a microsecond and allocates nothing. The strings of the result are the map's.
func (m *Map) Lookup(line, col int) (Position, bool) {
	h, ok := m.lookup(line, col)
	if !ok {
		return Position{}, false
	}
	return m.position(h), true
}

func (m *Map) lookup(line, col int) (hit, bool) {
	if line < 1 || int64(line) > math.MaxUint32 || col < 0 {
		return hit{}, false
	}
	return m.find(uint32(line-1), int32(min(max(col-1, 0), math.MaxInt32)))
}

// position returns what a hit stands for.
func (m *Map) position(h hit) Position {
	s := &m.sources[h.source]
	return Position{Source: s.name, Name: m.name(h.name), Line: oneBased(h.line), Col: oneBased(h.col), Ignored: s.ignored}
}

// oneBased counts from 1. The largest number stays as it is where an int has no room for more.
func oneBased(n int32) int { return int(min(int64(n)+1, math.MaxInt)) }

// name returns an entry of the list of names; "" if there is none.
func (m *Map) name(i int) string {
	if i < 0 || i >= len(m.nameEnds) {
		return ""
	}
	start := uint32(0)
	if i > 0 {
		start = m.nameEnds[i-1]
	}
	return m.names[start:m.nameEnds[i]]
}

// Sources returns the sources as [Position.Source] names them, those of an index map's sections one
// behind the other. "" stands for null.
func (m *Map) Sources() []string {
	list := make([]string, len(m.sources))
	for i := range m.sources {
		list[i] = m.sources[i].name
	}
	return list
}

// Content returns the text of a source that the map contains. It is decoded at each call.
func (m *Map) Content(source string) (string, bool) {
	for i := range m.sources {
		if s := &m.sources[i]; s.name == source && s.content.end > 0 {
			return m.content(i)
		}
	}
	return "", false
}

// index returns the index of the first source of that name; -1 if there is none.
func (m *Map) index(name string) int {
	return slices.IndexFunc(m.sources, func(s source) bool { return s.name == name })
}

// content returns the text of the source with that index.
func (m *Map) content(i int) (string, bool) {
	v := m.sources[i].content
	if v.end == 0 {
		return "", false
	}
	return unquote(m.data[v.start+1 : v.end-1]), true
}

// DebugID returns the UUID that the map shares with its script, as it is written there. "" if the map
// has none.
func (m *Map) DebugID() string { return m.debugID }

// Size returns how many bytes of memory the map takes, with the data that it was parsed from. It grows by
// the functions of the sources that [Apply] has asked for, which are kept.
func (m *Map) Size() int {
	size := 200 + cap(m.data) + len(m.names) + 4*cap(m.nameEnds) + len(m.debugID)
	for i := range m.sources {
		size += len(m.sources[i].name)
	}
	size += 56*cap(m.sources) + 80*cap(m.parts) + int(m.found.Load())
	for i := range m.parts {
		p := &m.parts[i]
		size += stateSize * cap(p.states)
		if !m.within(p.text) {
			size += cap(p.text)
		}
	}
	return size
}

// within reports whether text is a piece of the map's data.
func (m *Map) within(text []byte) bool {
	if len(text) == 0 || cap(text) > cap(m.data) {
		return false
	}
	return &text[:cap(text)][cap(text)-1] == &m.data[:cap(m.data)][cap(m.data)-1]
}

// WithoutContent returns a copy of m that shares no memory with the data that m was parsed from and
// has no sources' text. It takes about nine bytes for each segment. Function names that only the
// text tells are not found with it.
func (m *Map) WithoutContent() *Map {
	c := *m
	c.data, c.tables, c.scoped, c.found = nil, nil, nil, new(atomic.Int64)
	c.sources = slices.Clone(m.sources)
	for i := range c.sources {
		c.sources[i].content, c.sources[i].metro = span{}, span{}
	}
	c.parts = slices.Clone(m.parts)
	for i := range c.parts {
		if p := &c.parts[i]; m.within(p.text) {
			p.text = bytes.Clone(p.text)
		}
	}
	return &c
}
