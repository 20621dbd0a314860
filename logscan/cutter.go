package logscan

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"unsafe"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/header"
)

// cutter is the scan itself. It is given bytes, in any portions, and keeps those of which it is not
// yet known whether they are of a trace: those from the first line of an open region, and those in
// which the next trace's header may be.
type cutter struct {
	options Options

	buf     []byte
	base    int64  // offset of buf[0]
	pos     int64  // where the next line to look at begins
	looked  int64  // no line ends between pos and here
	flushed int64  // what is before has been given away
	horizon int64  // nothing before this line is looked at
	slash   search // for backslashes
	sign    search // for "@"
	paren   search // for the end of a string that is a frame

	inLong bool // pos is within the part of a line that is too long to look at

	over      key   // the stream of a trace that was cut: more of its frames are no trace
	overForm  form  // how its lines stand in the log
	overUntil int64 // unless they come behind this

	open  []*region
	taken []span // of traces, not flushed yet, in order
	found []find
	held  []find  // what a limit ended, perhaps before its end
	out   []Found // what may be given out

	outers []outer

	headers []line        // room for those that a header is looked for in
	frame   formats.Frame // room for what a line says
	finder  carrier.Finder
	now     line    // the one that is looked at
	spare   *region // one that has ended, to be used again

	ahead *ahead // nil if it is known what came before
}

// span is a part of the input.
type span struct {
	start, end int64
	pos        int64 // where the cutter was when it took the part to be of a trace
}

// outer is the stream that a caller says its records are of.
type outer struct {
	start  int64
	stream string
}

func (c *cutter) init(o Options) {
	c.options = o.withDefaults()
	c.slash.what, c.sign.what, c.paren.what, c.paren.next = '\\', '@', ')', '"'
}

// find is a trace that was found, and what tells whether another one is the rest of it.
type find struct {
	Found
	pos    int64 // where the cutter was
	key    key
	owner  string
	at     bool
	limit  string // that ended the trace; more of it may come
	isRest bool   // it may be the rest of another: it has no header, and nothing of its stream is before it
}

// patience is how many times Options.MaxGap a trace is held that a limit ended, for the rest of it to
// come.
const patience = 16

// next returns a trace that was found.
func (c *cutter) next() (Found, bool) {
	for len(c.out) == 0 && len(c.found) > 0 {
		f := c.found[0]
		c.found = c.found[1:]
		c.sort(f)
	}
	if len(c.out) == 0 {
		c.found = nil
		c.release(c.pos)
	}
	if len(c.out) == 0 {
		c.out = nil
		return Found{}, false
	}
	f := c.out[0]
	c.out = c.out[1:]
	return f, true
}

// sort gives f out, or holds it if a limit ended it. Those that were held are given out when the next
// trace of their stream tells whether they were cut, or when it does not come.
func (c *cutter) sort(f find) {
	c.release(f.pos)
	for i, h := range c.held {
		if h.key != f.key || h.owner != "" && f.owner != "" && h.owner != f.owner {
			continue
		}
		if f.isRest && f.at == h.at {
			h.Truncated, f.Truncated = h.limit, cmp.Or(f.Truncated, h.limit)
		}
		c.out = append(c.out, h.Found)
		c.held = slices.Delete(c.held, i, i+1)
		break
	}
	if f.limit == "" {
		c.out = append(c.out, f.Found)
		return
	}
	if c.held = append(c.held, f); len(c.held) > 2*c.options.MaxStreams {
		c.release(c.held[0].pos + c.wait() + 1)
	}
}

func (c *cutter) wait() int64 { return patience * int64(c.options.MaxGap) }

// release gives out what was held for too long when the cutter is at pos.
func (c *cutter) release(pos int64) {
	for len(c.held) > 0 && c.held[0].pos+c.wait() < pos {
		c.out = append(c.out, c.held[0].Found)
		c.held = c.held[1:]
	}
}

// room returns n bytes for more of the input.
func (c *cutter) room(n int) []byte {
	if cap(c.buf)-len(c.buf) < n {
		c.shift()
		c.buf = slices.Grow(c.buf, n)
	}
	return c.buf[len(c.buf) : len(c.buf)+n]
}

// filled says that the first n bytes of the room hold input.
func (c *cutter) filled(n int) {
	c.buf = c.buf[:len(c.buf)+n]
	c.lines(false)
	if c.pos-c.flushed >= chunk/2 {
		c.flush(c.keepFrom())
	}
}

// shift moves what is still needed to the front of the buffer.
func (c *cutter) shift() {
	c.flush(c.keepFrom())
	n := copy(c.buf, c.buf[c.flushed-c.base:])
	c.buf = c.buf[:n]
	c.base = c.flushed
}

func (c *cutter) bytes(start, end int64) []byte { return c.buf[start-c.base : end-c.base] }

// view returns the bytes between two offsets as a string, which is valid until more of the input comes.
func (c *cutter) view(start, end int64) string {
	b := c.bytes(start, end)
	return unsafe.String(unsafe.SliceData(b), len(b))
}

func (c *cutter) end() int64 { return c.base + int64(len(c.buf)) }

// keepFrom returns the offset from which bytes may yet be of a trace.
func (c *cutter) keepFrom() int64 {
	from := c.pos - maxHeaderBytes
	for _, r := range c.open {
		from = min(from, r.start)
	}
	return max(from, c.flushed)
}

// flush gives away what is before offset, but for what is of a trace.
func (c *cutter) flush(offset int64) {
	n := 0
	for _, s := range c.taken {
		if s.start >= offset {
			break
		}
		c.rest(s.start)
		c.flushed = max(c.flushed, min(s.end, offset))
		if s.end > offset {
			break
		}
		n++
	}
	c.taken = slices.Delete(c.taken, 0, n)
	c.rest(offset)
	for len(c.outers) > 1 && c.outers[1].start <= c.flushed {
		c.outers = c.outers[1:]
	}
}

func (c *cutter) rest(to int64) {
	if to <= c.flushed {
		return
	}
	if c.options.Rest != nil {
		c.options.Rest(c.flushed, c.bytes(c.flushed, to))
	}
	c.flushed = to
}

// setOuter says of which stream the input is from here on.
func (c *cutter) setOuter(stream string) int64 {
	end := c.end()
	if n := len(c.outers); n == 0 || c.outers[n-1].stream != stream {
		c.outers = append(c.outers, outer{end, stream})
	}
	return end
}

func (c *cutter) outerOf(offset int64) string {
	next := sort.Search(len(c.outers), func(i int) bool { return c.outers[i].start > offset })
	if next == 0 {
		return ""
	}
	return c.outers[next-1].stream
}

// lines looks at the lines that are whole, or at all of them if nothing follows.
func (c *cutter) lines(final bool) {
	end := c.end()
	limit := int64(c.options.MaxLine)
	for c.pos < end {
		if c.isQuiet() && c.looked <= c.pos {
			c.pass()
		}
		from := max(c.pos, c.looked)
		n := int64(bytes.IndexByte(c.bytes(from, end), '\n'))
		whole := n >= 0
		next := from + n + 1
		if !whole {
			c.looked, next = end, end
		}
		if c.inLong {
			if c.inLong = !whole; c.horizon == c.pos {
				c.horizon = next // what is behind it is no line
			}
			c.pos = next
			continue
		}
		lineEnd := next
		if whole {
			lineEnd--
		}
		if lineEnd-c.pos > limit {
			c.pos += limit
			c.inLong = true
			c.line(c.pos-limit, c.pos, c.pos, true)
			if c.ahead != nil {
				c.ahead.note(c)
			}
			continue
		}
		if !whole && !final {
			return
		}
		start := c.pos
		c.pos = next
		if !c.isBusy() && !c.mayConcern(start, lineEnd) {
			continue
		}
		c.line(start, lineEnd, next, false)
		if c.ahead != nil {
			c.ahead.note(c)
		}
	}
}

// pass goes on to the next line that may be of a trace. No trace is open. Most lines of a log are passed after a
// look at their first byte and their last two: bytes that few lines have are searched for ahead of them.
func (c *cutter) pass() {
	limit := c.options.MaxLine
	at := int(c.pos - c.base)
	calm := int(min(c.slash.at, c.sign.at) - c.base)
	for {
		n := bytes.IndexByte(c.buf[at:], '\n')
		if n < 0 || n > limit {
			break
		}
		if n > 1 {
			end := at + n
			if end > calm || c.buf[at] <= ' ' || !neverEndsFrame(c.buf[end-2], c.buf[end-1]) || c.buf[end-1] == '}' && int(c.paren.at-c.base) < end {
				if c.mayConcern(c.base+int64(at), c.base+int64(end)) {
					break
				}
				calm = int(min(c.slash.at, c.sign.at) - c.base)
			}
		}
		at += n + 1
	}
	c.pos = c.base + int64(at)
}

// mayConcern reports whether a line may be the first frame of a trace, or hold one.
func (c *cutter) mayConcern(start, end int64) bool {
	line := c.view(start, end)
	if c.has(&c.slash, start, end) || mayEndFrame(line) {
		return true
	}
	hasSign := c.has(&c.sign, start, end)
	if hasSign && strings.Contains(line, stackMember) {
		return true
	}
	return len(line) > 0 && mayEndRecord(line) && (c.has(&c.paren, start, end) || hasSign) && holdsFrame(line)
}

// mayEndRecord reports whether a line ends as an object of JSON does.
func mayEndRecord(line string) bool {
	last := line[len(line)-1]
	return last == '}' || last == '\r' && len(line) > 1 && line[len(line)-2] == '}'
}

// stackMember stands before a stack that may have one line only.
const stackMember = `stack":"`

// searched is how many bytes are searched at once ahead of the lines: few enough to be near when their
// turn comes.
const searched = 16 << 10

// search is a byte that is searched for ahead of the lines, and the one that must follow it, or 0.
type search struct {
	what, next byte
	at         int64 // where the next one is, or the offset up to which there is none
}

// has reports whether what is searched for begins between the offsets.
func (c *cutter) has(s *search, start, end int64) bool {
	for s.at < end {
		if s.at >= start && s.at < c.end() && c.buf[s.at-c.base] == s.what {
			if s.next == 0 || s.at+1 < c.end() && c.buf[s.at+1-c.base] == s.next {
				return true
			}
			s.at++
			continue
		}
		s.at = max(s.at, start)
		to := min(c.end(), max(end, s.at+searched))
		n := bytes.IndexByte(c.bytes(s.at, to), s.what)
		if n < 0 {
			s.at = to
			return false
		}
		s.at += int64(n)
	}
	return false
}

// line looks at one line.
func (c *cutter) line(start, end, next int64, cut bool) {
	c.now = c.readLine(start, end, next)
	l := &c.now
	l.cut = cut
	l.classify(&c.frame)
	if c.offer(l) || c.isOver(l) {
		return
	}
	switch {
	case l.kind == frame || l.kind == pythonStart:
		c.begin(l)
	case mayHoldTrace(l.body):
		c.whole(l)
	case l.kind == other && c.beginBlock(l):
	case !cut && end-start <= maxShapedLine && mayEndFrame(l.body):
		c.beginShaped(l)
	}
}

// offer shows a line to the regions that are open, and reports whether one of them took it.
func (c *cutter) offer(l *line) bool {
	for i := 0; i < len(c.open); {
		r := c.open[i]
		switch r.offer(c, l) {
		case joins:
			r.seen = l.next
			return true
		case isForeign:
			i++
		case endsRegion:
			c.close(r)
		case endsWith:
			r.seen = l.next
			c.close(r)
			return true
		}
	}
	return false
}

// isOver reports whether a line is of a trace that a limit has cut.
func (c *cutter) isOver(l *line) bool {
	if !c.over.is {
		return false
	}
	view, same := c.viewOf(l, c.overForm)
	of := same && c.over == view.key()
	switch {
	case of && view.kind != other && view.kind != blank:
		c.overUntil = l.next + int64(c.options.MaxGap)
		return true
	case of || l.next > c.overUntil:
		c.over = key{}
	}
	return false
}

// viewOf returns a line as it is in a certain form. It reports false if it is in another one.
func (c *cutter) viewOf(l *line, in form) (*line, bool) {
	if in == l.form {
		return l, true
	}
	view, ok := c.readLineAs(l.start, l.end, l.next, in)
	if !ok {
		return l, false
	}
	view.cut = l.cut
	view.classify(&c.frame)
	return &view, true
}

// maxShapedLine is how long a line may be in which a frame is looked for behind any prefix.
const maxShapedLine = 4 << 10

// beginShaped begins a trace with a line that ends in a frame, behind a prefix of which only the shape is
// known.
func (c *cutter) beginShaped(l *line) {
	prefix, weak := shapedPrefix(&c.finder, &c.frame, l.text)
	if prefix == "" {
		return
	}
	if _, isHeader := header.FindStrong(prefix); isHeader {
		c.single(l) // the header and the frames in one line
		return
	}
	view, ok := c.viewOf(l, form{member: l.form.member, prefix: prefix})
	if !ok || view.kind != frame {
		return
	}
	view.weak = weak
	if !c.offer(view) {
		c.begin(view)
	}
}

// whole looks for a trace in a line that was perhaps cut into several by a container's log, of which
// l is one.
func (c *cutter) whole(l *line) {
	var parts []line // the nearest first
	for h := range c.before(l, c.reach(l)) {
		if !h.partial {
			break
		}
		parts = append(parts, h)
	}
	if len(parts) == 0 && !l.partial {
		c.single(l)
		return
	}
	r := c.newRegion(l)
	r.parts = true
	for _, h := range slices.Backward(parts) {
		r.add(c, &h)
	}
	r.add(c, l)
	r.note(l)
	r.seen = l.next
	if l.partial {
		c.push(r)
		return
	}
	c.closeParts(r)
}

// push opens a region. If too many are open, the one that has waited longest is ended.
func (c *cutter) push(r *region) {
	if len(c.open) >= c.options.MaxStreams {
		oldest := slices.MinFunc(c.open, func(a, b *region) int { return cmp.Compare(a.seen, b.seen) })
		oldest.limit = "streams"
		c.close(oldest)
	}
	c.open = append(c.open, r)
}

// closeParts looks for traces in the parts of a line.
func (c *cutter) closeParts(r *region) {
	r.certain = 0
	c.giveAll(r, parseLine(r.text()))
}

// giveAll hands over the traces that a line holds by itself.
func (c *cutter) giveAll(r *region, all []found) {
	z := zones{c.options.Year, c.options.Location}
	lineTime, lineZone := r.time, r.zone
	for _, f := range all {
		if r.time, r.zone = parseTime(f.time, z); r.time.IsZero() || r.head.timeText != "" {
			r.time, r.zone = lineTime, lineZone
		}
		c.give(r, f.trace, f.text)
	}
}

// begin opens the region of a trace whose first sure line is l.
func (c *cutter) begin(l *line) {
	r := c.newRegion(l)
	if l.kind == frame {
		before, alone := c.headerOf(l)
		r.setBase(before)
		if l.weak && (len(before) == 0 || before[0].shaped == "" || before[0].kind != other) {
			return
		}
		c.forget(before)
		r.isRest = alone || len(before) > 0 && before[0].kind == separator
		for _, h := range before {
			if h.opens && r.braces < 0 {
				r.braces = indentOf(h.body)
			}
			r.add(c, &h)
		}
		r.frameLines = 0
	}
	r.begun = true
	r.add(c, l)
	r.note(l)
	r.seen = l.next
	if r.time.IsZero() && l.kind == frame {
		r.time, r.zone = c.recordTime(r, l)
	}
	c.push(r)
	if l.cut || l.ends {
		c.close(r)
	}
}

// close ends a region, and makes a trace of it if it is one.
func (c *cutter) close(r *region) {
	if i := slices.Index(c.open, r); i >= 0 {
		c.open = slices.Delete(c.open, i, i+1)
	}
	if r.limit != "" && r.isUnfinished() {
		r.truncated, r.limit = r.limit, ""
	}
	defer c.spareRegion(r)
	if r.parts {
		c.closeParts(r)
		return
	}
	r.trim()
	if r.form.member != "" && len(r.lines) == 1 {
		if l := r.head; mayHoldTrace(l.record) { // perhaps all of a stack
			l.body = l.record
			c.single(&l)
		}
		return
	}
	text := r.text()
	for _, trace := range stacktrace.ParseAll(text) {
		if (len(trace.Frames) > 0 || len(trace.Errors) > 0 || trace.Cause != nil) && isPlausible(trace, r) {
			c.give(r, trace, text)
		}
	}
}

// give hands over a trace.
func (c *cutter) give(r *region, trace *stacktrace.Trace, text string) {
	f := Found{
		Prefix:    r.prefix(),
		Time:      r.time,
		Zone:      r.zone,
		Stream:    r.stream(),
		Truncated: r.truncated,
		Trace:     trace,
		Text:      text,
	}
	for i := 0; i < len(r.lines); {
		from := i
		for i++; i < len(r.lines) && r.lines[i].start == r.lines[i-1].next; i++ {
		}
		start, end := r.lines[from].start, r.lines[i-1].next
		f.Pieces = append(f.Pieces, Piece{start, string(c.bytes(start, end))})
	}
	for _, p := range f.Pieces {
		s := span{p.Start, p.Start + int64(len(p.Text)), c.pos}
		at, _ := slices.BinarySearchFunc(c.taken, s, func(a, b span) int { return cmp.Compare(a.start, b.start) })
		c.taken = slices.Insert(c.taken, at, s)
	}
	f.Start = f.Pieces[0].Start
	f.End = f.Pieces[len(f.Pieces)-1].Start + int64(len(f.Pieces[len(f.Pieces)-1].Text))
	c.found = append(c.found, find{Found: f, pos: c.pos, key: r.key, owner: r.owner, at: r.at, limit: r.limit, isRest: r.isRest})
}

// single makes traces of a line that holds them by itself.
func (c *cutter) single(l *line) {
	all := parseLine(l.body)
	if len(all) == 0 {
		return
	}
	r := c.newRegion(l)
	r.add(c, l)
	if l.cut {
		r.truncated = "line"
	}
	c.giveAll(r, all)
	c.spareRegion(r)
}

// settle ends all regions.
func (c *cutter) settle() {
	for len(c.open) > 0 {
		c.close(c.open[0])
	}
	for _, f := range c.found {
		c.sort(f)
	}
	c.found = nil
	for _, h := range c.held {
		c.out = append(c.out, h.Found)
	}
	c.held = nil
	c.flush(c.pos)
	c.horizon = c.pos
}

// finish takes what there is to be all.
func (c *cutter) finish() {
	c.lines(true)
	c.settle()
	c.flush(c.end())
}

// isWaiting reports whether anything is kept back.
func (c *cutter) isWaiting() bool { return c.flushed < c.end() || len(c.held) > 0 }

// isWithinLine reports whether the input so far ends within a line.
func (c *cutter) isWithinLine() bool { return c.pos < c.end() || c.inLong }

// isTaken reports whether the line that begins at offset is of a trace.
func (c *cutter) isTaken(offset int64) bool {
	// They do not overlap: only the last one that begins at offset or before it can hold it.
	next := sort.Search(len(c.taken), func(i int) bool { return c.taken[i].start > offset })
	if next > 0 && offset < c.taken[next-1].end {
		return true
	}
	for _, r := range c.open {
		if r.isTentative() {
			continue
		}
		for i := len(r.lines) - 1; i >= 0 && r.lines[i].start >= offset; i-- {
			if r.lines[i].start == offset {
				return true
			}
		}
	}
	return false
}

// forget drops the regions that hold one of the lines but are perhaps no traces.
func (c *cutter) forget(lines []line) {
	c.open = slices.DeleteFunc(c.open, func(r *region) bool {
		return r.isTentative() && slices.ContainsFunc(lines, func(l line) bool {
			return slices.ContainsFunc(r.lines, func(taken regionLine) bool { return taken.start == l.start })
		})
	})
}
