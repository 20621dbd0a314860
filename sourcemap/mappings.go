package sourcemap

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
)

// The mappings of a map are kept as they are written: segments of base64 VLQ numbers, each the
// difference to the same field of the segment before it, a comma between two and a semicolon at the
// end of a line of the generated code. A million of them take 7 MB as text and 24 MB as numbers. So
// that a lookup need not begin at the beginning, the decoder's state is kept once in a while.

const (
	// blockSegments and blockBytes are how many segments, and bytes of text, lie between two states at
	// most. A lookup decodes one such block.
	blockSegments = 16
	blockBytes    = 1024

	// maxUnsorted is how many segments a line may have in a map with columns that go back. To be sorted,
	// a line is decoded.
	maxUnsorted = 1 << 23
)

// segment is a decoded segment. Lines and columns are from 0. Source is -1 in a segment of one
// field, name in one of fewer than five.
type segment struct {
	col, source, line, origCol, name int32
}

// state is a segment and where it is, to go on decoding behind it. A void one, whose fields are 0, is
// no segment: it says that up to the next state no line from its own on has any.
type state struct {
	end     uint32 // of the segment in the text
	genLine uint32
	col     int32 // in the generated line
	source  int32
	line    int32
	origCol int32
	name    int32
	shape   uint32 // the number of fields, and from shapeBits on the length of the segment in bytes
}

const (
	shapeBits = 3
	stateSize = 32
)

func (s *state) fields() uint32 { return s.shape & (1<<shapeBits - 1) }
func (s *state) start() uint32  { return s.end - s.shape>>shapeBits }

func (s *state) segment() segment {
	seg := segment{s.col, s.source, s.line, s.origCol, s.name}
	return seg.of(s.fields())
}

// of returns s without the fields that a segment of that many has not.
func (s segment) of(fields uint32) segment {
	if fields < 5 {
		s.name = -1
		if fields < 4 {
			s.source = -1
		}
	}
	return s
}

// mappings are the mappings of one map that is no index map.
type mappings struct {
	text   []byte
	end    uint32 // of the last segment
	states []state
}

const (
	notBase64 = 0xFF // of digits
	notShort  = 0x7F // of shorts
)

// digits are the values of base64 characters; shorts those of numbers of one character.
var (
	digits = func() (t [256]uint8) {
		for i := range t {
			t[i] = notBase64
		}
		for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
			t[c] = uint8(i)
		}
		return t
	}()
	shorts = func() (t [256]int8) {
		for i := range t {
			t[i] = notShort
			if d := digits[i]; d < 32 && d != 1 {
				t[i] = int8(d >> 1)
				if d&1 != 0 {
					t[i] = -t[i]
				}
			}
		}
		return t
	}()
)

// tooLarge is what long returns for a number of more than 32 bits, and badDigit for a character that
// is no digit or a number without an end.
const (
	tooLarge = math.MaxInt64 - iota
	badDigit
)

// long reads a number of any length that begins at i and returns the position after it. Continuation
// digits of zeros may follow. A negative zero is -2^31, as ECMA-426 has it.
func long(text []byte, i int) (int64, int) {
	value, shift := uint64(0), 0
	for ; i < len(text); i++ {
		d := uint64(digits[text[i]])
		if d == notBase64 {
			return badDigit, i
		}
		if shift < 32 {
			value |= d & 31 << shift
		} else if d&31 != 0 {
			return tooLarge, i
		}
		shift += 5
		if d >= 32 {
			continue
		}
		if value > math.MaxUint32 {
			return tooLarge, i
		}
		n := int64(value >> 1)
		if value&1 != 0 {
			if n = -n; n == 0 {
				n = math.MinInt32
			}
		}
		return n, i + 1
	}
	return badDigit, i
}

// mappingError is an error at a position of the mappings' text.
type mappingError struct {
	at   int
	what string
}

// mappingReader reads and checks mappings, segment by segment.
type mappingReader struct {
	text           []byte
	pos            int
	sources, names int64 // how many there are
	genLine        uint32
	seg            segment // all fields that were read last, also those that the segment lacks
	fields         uint32
	start          int // of the segment
}

// next reads the next segment. It returns false after the last one.
func (r *mappingReader) next() (bool, *mappingError) {
	text, i := r.text, r.pos
	// Here stand the semicolons before a segment. After a comma next has seen to it that none follow.
	for i < len(text) && text[i] == ';' {
		r.genLine++
		r.seg.col = 0
		i++
	}
	if i == len(text) {
		r.pos = i
		return false, nil
	}
	r.start = i
	if text[i] == ',' {
		return false, &mappingError{i, "a segment without fields before a comma"}
	}

	d := int64(shorts[text[i]])
	if i++; d == notShort {
		d, i = long(text, i-1)
	}
	if d += int64(r.seg.col); uint64(d) > math.MaxInt32 {
		return false, badField("column", d-int64(r.seg.col), r.start, i, text)
	}
	r.seg.col = int32(d)
	r.fields = 1
	if i < len(text) && text[i] != ',' && text[i] != ';' {
		var err *mappingError
		if i, err = r.original(i); err != nil {
			return false, err
		}
	}
	if i < len(text) && text[i] == ',' {
		if i++; i == len(text) || text[i] == ',' || text[i] == ';' {
			return false, &mappingError{i - 1, "a segment without fields behind a comma"}
		}
	}
	r.pos = i
	return true, nil
}

// original reads the fields behind the first one.
func (r *mappingReader) original(i int) (int, *mappingError) {
	text, start := r.text, i
	d := int64(shorts[text[i]])
	if i++; d == notShort {
		d, i = long(text, i-1)
	}
	if d += int64(r.seg.source); uint64(d) >= uint64(r.sources) {
		return i, badField("source", d-int64(r.seg.source), start, i, text)
	}
	r.seg.source = int32(d)

	if start = i; i >= len(text) {
		return i, &mappingError{r.start, "a segment of 2 fields, not of 1, 4 or 5"}
	}
	d = int64(shorts[text[i]])
	if i++; d == notShort {
		if text[i-1] == ',' || text[i-1] == ';' {
			return i, &mappingError{r.start, "a segment of 2 fields, not of 1, 4 or 5"}
		}
		d, i = long(text, i-1)
	}
	if d += int64(r.seg.line); uint64(d) > math.MaxInt32 {
		return i, badField("original line", d-int64(r.seg.line), start, i, text)
	}
	r.seg.line = int32(d)

	if start = i; i >= len(text) {
		return i, &mappingError{r.start, "a segment of 3 fields, not of 1, 4 or 5"}
	}
	d = int64(shorts[text[i]])
	if i++; d == notShort {
		if text[i-1] == ',' || text[i-1] == ';' {
			return i, &mappingError{r.start, "a segment of 3 fields, not of 1, 4 or 5"}
		}
		d, i = long(text, i-1)
	}
	if d += int64(r.seg.origCol); uint64(d) > math.MaxInt32 {
		return i, badField("original column", d-int64(r.seg.origCol), start, i, text)
	}
	r.seg.origCol = int32(d)
	r.fields = 4

	if i >= len(text) || text[i] == ',' || text[i] == ';' {
		return i, nil
	}
	start = i
	d = int64(shorts[text[i]])
	if i++; d == notShort {
		d, i = long(text, i-1)
	}
	if d += int64(r.seg.name); uint64(d) >= uint64(r.names) {
		return i, badField("name", d-int64(r.seg.name), start, i, text)
	}
	r.seg.name = int32(d)
	r.fields = 5
	if i < len(text) && text[i] != ',' && text[i] != ';' {
		if digits[text[i]] == notBase64 {
			return i, badField("", badDigit, start, i, text)
		}
		return i, &mappingError{r.start, "a segment of more than 5 fields"}
	}
	return i, nil
}

// badField returns the error of a field whose difference to the field before it is d.
func badField(name string, d int64, start, at int, text []byte) *mappingError {
	switch {
	case d == tooLarge:
		return &mappingError{start, article(name) + " of more than 32 bits"}
	case d == badDigit && (at >= len(text) || text[at] == ',' || text[at] == ';'):
		return &mappingError{start, "a number without an end"}
	case d == badDigit:
		return &mappingError{at, "a character that is no base64 digit, comma or semicolon"}
	case name == "source" || name == "name":
		return &mappingError{start, "the " + name + " of a segment is not in the list"}
	case d < 0:
		return &mappingError{start, "a negative " + name}
	}
	return &mappingError{start, article(name) + " of more than 31 bits"}
}

// article returns name with its article.
func article(name string) string {
	if strings.HasPrefix(name, "o") {
		return "an " + name
	}
	return "a " + name
}

// readMappings checks the mappings that are in text and indexes them. The text is kept, unless a
// line's columns go back: then a sorted copy of it is.
func readMappings(text []byte, sources, names int) (mappings, *mappingError) {
	m, sorted, err := indexMappings(text, sources, names)
	if err != nil || sorted {
		return m, err
	}
	if text, err = sortMappings(text, sources, names); err != nil {
		return m, err
	}
	m, _, err = indexMappings(text, sources, names)
	return m, err
}

// indexMappings checks mappings and keeps states. It reports false if the columns of a line go back.
func indexMappings(text []byte, sources, names int) (m mappings, sorted bool, err *mappingError) {
	m.text, sorted = text, true
	states := make([]state, 0, len(text)/(5*blockSegments)+1)
	r := mappingReader{text: text, sources: int64(sources), names: int64(names)}
	line, col, end := uint32(0), int32(-1), 0
	count, since := 0, 0 // segments and bytes since the last state
	for {
		more, err := r.next()
		if err != nil {
			return m, false, err
		}
		if !more {
			break
		}
		if r.genLine != line {
			if count > 0 && r.start-end > blockBytes && r.genLine-line > 1 {
				states = append(states, state{end: uint32(end), genLine: line + 1})
				count = 0
			}
			line = r.genLine
		} else if r.seg.col < col {
			sorted = false
		}
		col = r.seg.col
		if end = r.pos; end > 0 && text[end-1] == ',' {
			end--
		}
		if count == 0 || count == blockSegments || end-since > blockBytes {
			s := &r.seg
			states = append(states, state{uint32(end), line, col, s.source, s.line, s.origCol, s.name, r.fields | uint32(end-r.start)<<shapeBits})
			count, since = 0, end
		}
		count++
	}
	m.end = uint32(end)
	if cap(states) > len(states)+len(states)/16 {
		states = append(make([]state, 0, len(states)), states...)
	}
	m.states = states
	return m, sorted, nil
}

// sortMappings writes mappings anew, with the segments of each line in the order of their columns.
func sortMappings(text []byte, sources, names int) ([]byte, *mappingError) {
	r := mappingReader{text: text, sources: int64(sources), names: int64(names)}
	w := mappingWriter{text: make([]byte, 0, len(text)+len(text)/8)}
	var segs []segment
	sorted := true
	flush := func() {
		if !sorted {
			slices.SortStableFunc(segs, func(a, b segment) int { return cmp.Compare(a.col, b.col) })
		}
		for _, s := range segs {
			w.write(s)
		}
		segs, sorted = segs[:0], true
	}
	line := uint32(0)
	for {
		more, err := r.next()
		if err != nil {
			return nil, err
		}
		if !more || r.genLine != line {
			flush()
			if !more {
				break
			}
			for ; line < r.genLine; line++ {
				w.newline()
			}
		}
		if n := len(segs); n > 0 && segs[n-1].col > r.seg.col {
			sorted = false
		}
		if len(segs) == maxUnsorted {
			return nil, &mappingError{r.start, "more than 8388608 segments in a line, and columns that go back"}
		}
		segs = append(segs, r.seg.of(r.fields))
	}
	return slices.Clip(w.text), nil
}

// mappingWriter writes mappings.
type mappingWriter struct {
	text []byte
	last segment
	any  bool // a segment of the line was written
}

func (w *mappingWriter) newline() {
	w.text = append(w.text, ';')
	w.last.col, w.any = 0, false
}

func (w *mappingWriter) write(s segment) {
	if w.any {
		w.text = append(w.text, ',')
	}
	w.any = true
	w.number(&w.last.col, s.col)
	if s.source < 0 {
		return
	}
	w.number(&w.last.source, s.source)
	w.number(&w.last.line, s.line)
	w.number(&w.last.origCol, s.origCol)
	if s.name >= 0 {
		w.number(&w.last.name, s.name)
	}
}

func (w *mappingWriter) number(last *int32, value int32) {
	d := int64(value) - int64(*last)
	*last = value
	u := uint64(d) << 1
	if d < 0 {
		u = uint64(-d)<<1 | 1
	}
	for ; u >= 32; u >>= 5 {
		w.text = append(w.text, base64Digit(u&31|32))
	}
	w.text = append(w.text, base64Digit(u))
}

func base64Digit(d uint64) byte {
	return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[d]
}

// find returns the segment that a position of the generated code belongs to: of those at its column
// the first; otherwise the last before it on its line.
func (m *mappings) find(line uint32, col int32) (segment, bool) {
	states := m.states
	// The first state at or behind the position.
	j := sort.Search(len(states), func(i int) bool {
		s := &states[i]
		return s.genLine > line || s.genLine == line && s.col >= col
	})
	best, found := segment{}, false
	if j > 0 {
		limit := m.end
		if j < len(states) {
			limit = states[j].start()
		}
		var exact bool
		if best, found, exact = m.scan(&states[j-1], limit, line, col); exact {
			return best, true
		}
	}
	if j < len(states) {
		if s := &states[j]; s.genLine == line && s.col == col && s.fields() > 0 {
			return s.segment(), true
		}
	}
	return best, found
}

// scan decodes from a state up to limit and looks for the position. The text was checked when it was
// read.
func (m *mappings) scan(s *state, limit uint32, line uint32, col int32) (best segment, found, exact bool) {
	fields, genLine := s.fields(), s.genLine
	if fields == 0 {
		return best, false, false
	}
	seg := segment{s.col, s.source, s.line, s.origCol, s.name}
	text, i := m.text[:limit], int(s.end)
	for {
		if genLine == line && seg.col >= col {
			if seg.col == col {
				return seg.of(fields), true, true
			}
			return best, found, false
		}
		if genLine == line {
			best, found = seg.of(fields), true
		}
		for i < len(text) && (text[i] == ';' || text[i] == ',') {
			if text[i] == ';' {
				genLine++
				seg.col = 0
			}
			i++
		}
		if i >= len(text) || genLine > line {
			return best, found, false
		}
		fields = 0
		for i < len(text) && text[i] != ',' && text[i] != ';' {
			d := int64(shorts[text[i]])
			if i++; d == notShort {
				if d, i = long(text, i-1); d >= badDigit {
					return best, found, false
				}
			}
			switch fields {
			case 0:
				seg.col += int32(d)
			case 1:
				seg.source += int32(d)
			case 2:
				seg.line += int32(d)
			case 3:
				seg.origCol += int32(d)
			case 4:
				seg.name += int32(d)
			}
			fields++
		}
	}
}

// first and last return where the first and the last segment are, counted from where the map begins.
func (m *mappings) first() place {
	s := &m.states[0]
	return place{s.genLine, uint32(s.col)}
}

func (m *mappings) last() place {
	s := &m.states[len(m.states)-1]
	line, col := s.genLine, s.col
	for i := int(s.end); i < int(m.end); {
		switch m.text[i] {
		case ';':
			line, col = line+1, 0
			i++
			continue
		case ',':
			i++
			continue
		}
		d, next := long(m.text, i)
		col += int32(d)
		for i = next; i < int(m.end) && m.text[i] != ',' && m.text[i] != ';'; {
			i++
		}
	}
	return place{line, uint32(col)}
}
