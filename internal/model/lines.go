package model

import (
	"iter"
	"math"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Line is a line of a text.
type Line struct {
	Raw    string // as it stands, without its end
	Own    string // without colours and blanks at its end
	Body   string // own without indentation
	Indent int    // the number of blanks and tabs before body
}

// Lines are lines of a text, without the empty ones at its end.
type Lines struct {
	raw *lineIndex
	own *lineIndex // the text without colours; raw itself if it has none

	first, n int // they are n lines of the text, from this one on

	isReplaced bool // the content of the line with this index in the text is another one
	replacedAt int
	replaced   string

	Room []Frame // for the frames
	Bare bool    // only the frames are asked for

	// Calls reads the error that stands before a component stack, of which room is for the frames.
	Calls func(text string, room []Frame) *Parsed
}

// lineIndex finds the lines of a text. It keeps where each begins, or only every few of them if they are
// short, and so takes a quarter of the text at most.
type lineIndex struct {
	text   string
	stride int
	starts []uint32 // of every stride-th line
}

func newLineIndex(text string, lines int) *lineIndex {
	x := &lineIndex{text: text, stride: 1 + lines/(len(text)/16+1)}
	x.starts = make([]uint32, 0, (lines-1)/x.stride+1)
	offset := 0
	for i := range lines {
		if i%x.stride == 0 {
			x.starts = append(x.starts, uint32(offset))
		}
		_, offset = txt.LineAt(text, offset)
	}
	return x
}

// start returns where a line begins.
func (x *lineIndex) start(i int) int {
	offset := int(x.starts[i/x.stride])
	for range i % x.stride {
		_, offset = txt.LineAt(x.text, offset)
	}
	return offset
}

// Split makes t the lines of text, which does not end in an empty one and of which own is the text without
// colours. It reports false if there is no line, or the text is too long.
func (t *Lines) Split(text, own string) bool {
	if text == "" || uint64(len(text)) > math.MaxUint32 {
		return false
	}
	n := strings.Count(text, "\n") + 1
	t.raw = newLineIndex(text, n)
	t.own = t.raw
	if own != text {
		t.own = newLineIndex(own, n)
	}
	for t.n = n; t.n > 0 && t.At(t.n-1).Body == ""; t.n-- {
	}
	return t.n > 0
}

// IsSplit reports whether t has lines.
func (t *Lines) IsSplit() bool { return t.raw != nil }

// Len returns the number of lines.
func (t *Lines) Len() int { return t.n }

// Slice returns the lines from one up to another.
func (t *Lines) Slice(from, to int) Lines {
	part := *t
	part.first, part.n = t.first+from, to-from
	return part
}

// From returns the lines from one on.
func (t *Lines) From(i int) Lines { return t.Slice(i, t.Len()) }

// At returns the line with an index.
func (t *Lines) At(i int) Line {
	i += t.first
	raw, _ := txt.LineAt(t.raw.text, t.raw.start(i))
	own := raw
	if t.own != t.raw {
		own, _ = txt.LineAt(t.own.text, t.own.start(i))
	}
	return t.line(i, raw, own)
}

// line returns the line with an index in the text.
func (t *Lines) line(i int, raw, own string) Line {
	own = strings.TrimRight(own, " \t\r")
	body := strings.TrimLeft(own, " \t")
	l := Line{Raw: raw, Own: own, Body: body, Indent: len(own) - len(body)}
	if t.isReplaced && i == t.replacedAt {
		l.Own = own[:l.Indent] + t.replaced
		l.Body = t.replaced
	}
	return l
}

// Between returns lines from one up to another as they stand in the text. There is one at least.
func (t *Lines) Between(from, to int) string {
	start := t.raw.start(t.first + from)
	last := t.raw.start(t.first + to - 1)
	line, _ := txt.LineAt(t.raw.text, last)
	return t.raw.text[start : last+len(line)]
}

// All yields the lines with their indices.
func (t Lines) All() iter.Seq2[int, Line] {
	return func(yield func(int, Line) bool) {
		if t.n == 0 {
			return
		}
		next, ownNext := t.raw.start(t.first), t.own.start(t.first)
		for i := range t.n {
			var raw, own string
			raw, next = txt.LineAt(t.raw.text, next)
			own, ownNext = txt.LineAt(t.own.text, ownNext)
			if !yield(i, t.line(t.first+i, raw, own)) {
				return
			}
		}
	}
}

// Contains reports whether is is true of a line.
func (t *Lines) Contains(is func(l Line) bool) bool {
	for _, l := range t.All() {
		if is(l) {
			return true
		}
	}
	return false
}

// RoomFor returns room for the frames among the lines. They are counted only if there may be too many.
func (t *Lines) RoomFor(isFrame func(l Line) bool) []Frame {
	if cap(t.Room) >= t.Len() {
		return t.Room
	}
	n := 0
	for _, l := range t.All() {
		if isFrame(l) {
			n++
		}
	}
	return txt.WithRoom(t.Room, n)
}

// Replace makes body the content of the line with an index, behind its indentation. Only one line can
// be replaced.
func (t *Lines) Replace(i int, body string) {
	t.isReplaced, t.replacedAt, t.replaced = true, t.first+i, body
}

// Holds reports whether text holds one of the marks, or colours, which may part one.
func Holds(text string, marks ...string) bool {
	for _, mark := range marks {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return strings.IndexByte(text, ansi.Escape) >= 0
}
