package sourcemap

import (
	"math"
	"slices"
	"sync/atomic"
)

// Scopes are a proposal to ECMA-426, https://github.com/tc39/ecma426/blob/main/proposals/scopes.md: a map that
// has them tells the functions of the sources, and which of them were made part of others. They are written as
// items with commas between, numbers in base64 VLQ without a sign or with one:
//
//	B flags line column [name] [kind]   a scope begins, of the source whose turn it is; name and kind are signed
//	C line column                       it ends
//	E flags [line] column [definition]  a range of the generated code begins; the scope that it is of is signed
//	F [line] column                     it ends
//	I source line column                the range before is a function at the place of a call, which is there
//
// Each is relative to the one before of its kind. Variables and their values are skipped.

const (
	itemNone       = 0 // a source without scopes
	itemScope      = 1
	itemScopeEnd   = 2
	itemRange      = 4
	itemRangeEnd   = 5
	itemCallSite   = 8
	flagName       = 1 // of a scope
	flagKind       = 2
	flagFrame      = 4 // a scope is a function
	flagLine       = 1 // of a range
	flagDefinition = 2
)

// scopeText is where the scopes of a map, or of a section, are.
type scopeText struct {
	text           []byte
	sources, names int // where its lists begin in those of the map
	begin          place
}

// scopes are the scopes of all sections.
type scopes struct {
	functions map[int]*functions // by source
	ranges    []codeRange        // in the order of where they begin
}

// codeRange is a range of the generated code.
type codeRange struct {
	start, end place
	parent     int32
	inlined    bool // it is a function in the place of a call
	callSource int32
	call       place // where that was
}

// scopeCache keeps the decoded scopes of a map.
type scopeCache struct {
	texts   []scopeText
	decoded atomic.Pointer[scopes]
}

// scopes returns the scopes of the map; nil if it has none.
func (m *Map) scopes() *scopes {
	if m.scoped == nil {
		return nil
	}
	if s := m.scoped.decoded.Load(); s != nil {
		return s
	}
	s := &scopes{functions: map[int]*functions{}}
	for _, text := range m.scoped.texts {
		d := scopeDecoder{m: m, in: text, into: s, place: text.begin}
		if !d.decode() {
			s = &scopes{} // what is broken tells nothing
			break
		}
	}
	if m.scoped.decoded.CompareAndSwap(nil, s) {
		size := len(s.ranges) * 48
		for _, t := range s.functions {
			size += t.size
		}
		m.found.Add(int64(size))
	}
	return m.scoped.decoded.Load()
}

// scopeDecoder decodes the scopes of one section.
type scopeDecoder struct {
	m    *Map
	in   scopeText
	into *scopes
	pos  int

	source     int // whose turn it is, in the section
	at         place
	name, kind int64
	list       []function // the scopes that are functions
	open       []int32    // of each open scope the index in list; -1 for one that is no function
	count      int        // scopes so far

	place      place // in the generated code
	definition int64
	ranges     []codeRange
	openRanges []int32
}

// number reads a number without a sign. It reports false at the end of the item.
func (d *scopeDecoder) number() (uint32, bool) {
	value, shift := uint64(0), 0
	for d.pos < len(d.in.text) {
		digit := uint64(digits[d.in.text[d.pos]])
		if digit == notBase64 || shift > 30 {
			return 0, false
		}
		d.pos++
		value |= digit & 31 << shift
		if shift += 5; digit < 32 {
			return uint32(value), value <= math.MaxInt32
		}
	}
	return 0, false
}

func (d *scopeDecoder) signed() (int64, bool) {
	n, ok := d.number()
	if n&1 != 0 {
		return -int64(n >> 1), ok
	}
	return int64(n >> 1), ok
}

// numbers reads so many numbers.
func (d *scopeDecoder) numbers(into ...*uint32) bool {
	for _, n := range into {
		var ok bool
		if *n, ok = d.number(); !ok {
			return false
		}
	}
	return true
}

func (d *scopeDecoder) decode() bool {
	text := d.in.text
	for d.pos < len(text) {
		tag, ok := d.number()
		if !ok {
			return false
		}
		switch tag {
		case itemNone:
			d.source++
		case itemScope:
			ok = d.scope()
		case itemScopeEnd:
			ok = d.scopeEnd()
		case itemRange:
			ok = d.codeRange()
		case itemRangeEnd:
			ok = d.rangeEnd()
		case itemCallSite:
			ok = d.callSite()
		}
		if !ok {
			return false
		}
		for d.pos < len(text) && text[d.pos] != ',' { // what a later version adds
			d.pos++
		}
		d.pos++
	}
	if len(d.open) > 0 || len(d.openRanges) > 0 {
		return false
	}
	base := int32(len(d.into.ranges))
	for i := range d.ranges {
		if d.ranges[i].parent >= 0 {
			d.ranges[i].parent += base
		}
	}
	d.into.ranges = append(d.into.ranges, d.ranges...)
	return true
}

// move moves a place on by a difference.
func (p *place) move(line, col uint32) bool {
	if line > 0 {
		p.line, p.col = p.line+line, col
	} else {
		p.col += col
	}
	return p.line <= math.MaxInt32 && p.col <= math.MaxInt32
}

func (d *scopeDecoder) scope() bool {
	var flags, line, col uint32
	if !d.numbers(&flags, &line, &col) || !d.at.move(line, col) {
		return false
	}
	f := function{start: d.at, parent: -1}
	for _, field := range [...]struct {
		flag uint32
		last *int64
	}{{flagName, &d.name}, {flagKind, &d.kind}} {
		if flags&field.flag == 0 {
			continue
		}
		n, ok := d.signed()
		if *field.last += n; !ok || *field.last < 0 || *field.last >= int64(len(d.m.nameEnds)-d.in.names) {
			return false
		}
		if field.flag == flagName {
			f.name = d.m.name(d.in.names + int(*field.last))
		}
	}
	index := int32(-1)
	if flags&flagFrame != 0 {
		for i := len(d.open) - 1; i >= 0 && f.parent < 0; i-- {
			f.parent = d.open[i]
		}
		index = int32(len(d.list))
		d.list = append(d.list, f)
	}
	d.open = append(d.open, index)
	d.count++
	return len(d.open) < maxNesting
}

func (d *scopeDecoder) scopeEnd() bool {
	var line, col uint32
	if !d.numbers(&line, &col) || !d.at.move(line, col) || len(d.open) == 0 {
		return false
	}
	last := len(d.open) - 1
	if i := d.open[last]; i >= 0 {
		d.list[i].end = d.at
	}
	d.open = d.open[:last]
	if last > 0 {
		return true
	}
	source := d.in.sources + d.source
	if source >= len(d.m.sources) {
		return false
	}
	t := &functions{list: slices.Clip(d.list), size: functionSize * len(d.list)}
	d.into.functions[source] = t
	d.list, d.at = nil, place{}
	d.source++
	return true
}

func (d *scopeDecoder) codeRange() bool {
	var flags, line, col uint32
	if !d.numbers(&flags) || flags&flagLine != 0 && !d.numbers(&line) || !d.numbers(&col) || !d.place.move(line, col) {
		return false
	}
	if flags&flagDefinition != 0 {
		n, ok := d.signed()
		if d.definition += n; !ok || d.definition < 0 || d.definition >= int64(d.count) {
			return false
		}
	}
	r := codeRange{start: d.place, parent: -1}
	if n := len(d.openRanges); n > 0 {
		r.parent = d.openRanges[n-1]
	}
	d.openRanges = append(d.openRanges, int32(len(d.ranges)))
	d.ranges = append(d.ranges, r)
	return len(d.openRanges) < maxNesting
}

func (d *scopeDecoder) rangeEnd() bool {
	var line, col uint32
	if !d.numbers(&col) || len(d.openRanges) == 0 {
		return false
	}
	if d.pos < len(d.in.text) && d.in.text[d.pos] != ',' {
		line = col
		if !d.numbers(&col) {
			return false
		}
	}
	if !d.place.move(line, col) {
		return false
	}
	last := len(d.openRanges) - 1
	d.ranges[d.openRanges[last]].end = d.place
	d.openRanges = d.openRanges[:last]
	return true
}

func (d *scopeDecoder) callSite() bool {
	var source, line, col uint32
	if !d.numbers(&source, &line, &col) || len(d.openRanges) == 0 || d.in.sources+int(source) >= len(d.m.sources) {
		return false
	}
	r := &d.ranges[d.openRanges[len(d.openRanges)-1]]
	r.inlined, r.callSource, r.call = true, int32(d.in.sources)+int32(source), place{line, col}
	return true
}

// caller returns the name of the function that calls the one at a place of the generated code, if that was
// made part of it.
func (s *scopes) caller(at place) string {
	i, _ := slices.BinarySearchFunc(s.ranges, at, func(r codeRange, at place) int {
		if at.less(r.start) {
			return 1
		}
		return -1
	})
	for i--; i >= 0; i = int(s.ranges[i].parent) {
		r := &s.ranges[i]
		if !at.less(r.end) || !r.inlined {
			continue
		}
		if t := s.functions[int(r.callSource)]; t != nil {
			if f := t.innermost(r.call); f >= 0 {
				return t.list[f].name
			}
		}
		return ""
	}
	return ""
}
