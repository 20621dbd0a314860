package groups

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/stacktrace-go/stacktrace/normalize"
)

// binaryVersion is the first byte of a group in binary form.
const binaryVersion = 1

var errBinary = errors.New("groups: not a group in binary form of this version")

// writer writes the parts of a group: numbers as varints, strings with their length before them.
type writer struct{ b []byte }

func (w *writer) int(n int64)   { w.b = binary.AppendVarint(w.b, n) }
func (w *writer) uint(n uint64) { w.b = binary.AppendUvarint(w.b, n) }
func (w *writer) text(s string) { w.uint(uint64(len(s))); w.b = append(w.b, s...) }
func (w *writer) hash(h uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, h) }
func (w *writer) said(s *said)  { w.text(s.text); w.place(&s.at) }
func (w *writer) flags(f ...bool) {
	bits := byte(0)
	for i, is := range f {
		if is {
			bits |= 1 << i
		}
	}
	w.b = append(w.b, bits)
}

func (w *writer) place(p *Place) {
	if *p == (Place{}) {
		w.flags()
		return
	}
	w.flags(true)
	w.int(int64(p.Index))
	w.text(p.File)
	for _, n := range [...]int64{p.Start, p.End, int64(p.Nth), int64(p.Line), p.Base} {
		w.int(n)
	}
}

func (w *writer) time(t time.Time) {
	w.flags(!t.IsZero())
	if !t.IsZero() {
		w.int(t.Unix())
		w.uint(uint64(t.Nanosecond()))
	}
}

// MarshalBinary returns the group in a compact form, which is only for the same version of this package.
func (g *Group) MarshalBinary() ([]byte, error) { return g.AppendBinary(nil) }

// AppendBinary is MarshalBinary, behind what is in b.
func (g *Group) AppendBinary(b []byte) ([]byte, error) {
	w := &writer{append(b, binaryVersion)}
	w.text(g.Fingerprint)
	w.int(int64(g.Count))
	w.time(g.First)
	w.time(g.Last)
	w.place(&g.Example)
	w.uint(uint64(len(g.Frames)))
	for _, f := range g.Frames {
		w.text(f.Func)
		w.text(f.File)
		w.int(int64(f.Line))
		w.uint(uint64(f.Code))
		w.text(f.Package)
		w.flags(f.InApp, f.Minified)
		w.text(string(f.Dropped))
	}
	w.uint(uint64(len(g.engines)))
	for i := range g.engines {
		e := &g.engines[i]
		w.text(e.engine.String())
		w.int(int64(e.count))
		w.place(&e.at)
	}
	w.flags(g.span.begun, g.mixed, g.logged.counts != nil)
	if g.span.begun {
		w.int(g.span.from)
		w.int(g.span.to)
		w.uint(uint64(g.span.shift))
		for _, n := range g.counts {
			w.uint(uint64(n))
		}
	}
	for _, s := range [...]*said{&g.typ, &g.code, &g.cause, &g.message} {
		w.said(s)
	}
	w.text(g.template)
	w.text(g.kind)
	w.messages(&g.logged)
	w.uint(uint64(len(g.params)))
	for i := range g.params {
		p := &g.params[i]
		w.text(p.name)
		w.text(p.value)
		w.flags(p.changed)
		w.place(&p.at)
		w.int(int64(p.nth))
	}
	return w.b, nil
}

func (w *writer) messages(m *messages) {
	w.uint(uint64(len(m.kept)))
	for i := range m.kept {
		one := &m.kept[i]
		w.text(one.text)
		w.hash(one.hash)
		w.hash(one.order)
		w.int(int64(one.count))
		w.place(&one.at)
	}
	if m.counts == nil {
		return
	}
	for i := range m.counts {
		for _, n := range m.counts[i] {
			w.uint(uint64(n))
		}
	}
}

// reader reads what writer writes. After what cannot be read, everything is zero.
type reader struct {
	b      []byte
	failed bool
}

func (r *reader) fail() { r.b, r.failed = nil, true }

func (r *reader) int() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) uint(most uint64) uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > most {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

// count reads how many things follow, each of which takes a byte at least.
func (r *reader) count() int { return int(r.uint(uint64(len(r.b)))) }

func (r *reader) text() string {
	n := r.count()
	if n > len(r.b) {
		r.fail()
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) hash() uint64 {
	if len(r.b) < 8 {
		r.fail()
		return 0
	}
	h := binary.LittleEndian.Uint64(r.b)
	r.b = r.b[8:]
	return h
}

func (r *reader) flags(n int) (f [3]bool) {
	if len(r.b) == 0 || r.b[0]>>n != 0 {
		r.fail()
		return f
	}
	for i := range n {
		f[i] = r.b[0]>>i&1 != 0
	}
	r.b = r.b[1:]
	return f
}

func (r *reader) place() (p Place) {
	if !r.flags(1)[0] {
		return p
	}
	p.Index, p.File = int(r.int()), r.text()
	p.Start, p.End, p.Nth, p.Line, p.Base = r.int(), r.int(), int(r.int()), int(r.int()), r.int()
	return p
}

func (r *reader) said() said { return said{r.text(), r.place()} }

func (r *reader) time() time.Time {
	if !r.flags(1)[0] {
		return time.Time{}
	}
	t := time.Unix(r.int(), int64(r.uint(999_999_999))).UTC()
	if !isTime(t) {
		r.fail()
	}
	return t
}

// UnmarshalBinary reads what MarshalBinary has written. Times are in UTC.
func (g *Group) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != binaryVersion {
		return errBinary
	}
	r := &reader{b: b[1:]}
	*g = Group{}
	g.Fingerprint, g.Count = r.text(), int(r.int())
	g.First, g.Last = r.time(), r.time()
	g.Example = r.place()
	g.Frames = make([]normalize.CanonicalFrame, 0, min(r.count(), maxAppFrames))
	for range cap(g.Frames) {
		f := normalize.CanonicalFrame{Func: r.text(), File: r.text(), Line: int(r.int()), Code: normalize.Code(r.uint(uint64(normalize.Inline))), Package: r.text()}
		flags := r.flags(2)
		f.InApp, f.Minified, f.Dropped = flags[0], flags[1], normalize.Reason(r.text())
		g.Frames = append(g.Frames, f)
	}
	for range r.count() {
		var e engineCount
		if err := e.engine.UnmarshalText([]byte(r.text())); err != nil {
			return errBinary
		}
		e.count, e.at = int(r.int()), r.place()
		g.engines = append(g.engines, e)
	}
	flags := r.flags(3)
	g.mixed = flags[1]
	if flags[0] {
		r.timeline(g)
	}
	g.typ, g.code, g.cause, g.message = r.said(), r.said(), r.said(), r.said()
	g.template, g.kind = r.text(), r.text()
	r.messages(&g.logged, flags[2])
	for range r.count() {
		p := param{name: r.text(), value: r.text(), changed: r.flags(1)[0]}
		p.at, p.nth = r.place(), int(r.int())
		g.params = append(g.params, p)
	}
	if r.failed || len(r.b) > 0 {
		return errBinary
	}
	return nil
}

func (r *reader) timeline(g *Group) {
	l := Timeline{from: r.int(), to: r.int(), shift: uint(r.uint(62)), begun: true}
	if l.from > l.to || l.to>>l.shift-l.from>>l.shift >= maxParts || !isTime(time.UnixMicro(l.from)) || !isTime(time.UnixMicro(l.to)) {
		r.fail()
		return
	}
	g.span = l
	for i := range g.counts {
		g.counts[i] = uint32(r.uint(math.MaxUint32))
	}
}

func (r *reader) messages(m *messages, estimated bool) {
	for range min(r.count(), maxMessages) {
		m.kept = append(m.kept, message{text: r.text(), hash: r.hash(), order: r.hash(), count: int(r.int()), at: r.place()})
	}
	if !estimated {
		return
	}
	m.counts = new(sketch)
	for i := range m.counts {
		for j := range m.counts[i] {
			m.counts[i][j] = uint32(r.uint(math.MaxUint32))
		}
	}
}

// MarshalBinary returns the totals in a compact form, which is only for the same version of this package.
func (t *Totals) MarshalBinary() ([]byte, error) {
	w := &writer{[]byte{binaryVersion}}
	w.int(int64(t.Traces))
	w.flags(t.Span.begun)
	w.int(t.Span.from)
	w.int(t.Span.to)
	w.uint(uint64(t.Span.shift))
	return w.b, nil
}

// UnmarshalBinary reads what MarshalBinary has written.
func (t *Totals) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != binaryVersion {
		return errBinary
	}
	r := &reader{b: b[1:]}
	*t = Totals{Traces: int(r.int())}
	t.Span.begun = r.flags(1)[0]
	t.Span.from, t.Span.to, t.Span.shift = r.int(), r.int(), uint(r.uint(62))
	if r.failed || len(r.b) > 0 {
		return errBinary
	}
	return nil
}
