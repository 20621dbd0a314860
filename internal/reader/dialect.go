package reader

import (
	"iter"
	"math"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// dialects are the texts in which the frames are not the lines of an engine of today, in the order in
// which they are asked. Each is asked only for a text in which the scan found no frame that is sure, or
// that holds what is its own beside such frames. It reports false unless the text is surely its own,
// and then takes every line.
var dialects = [...]dialect{
	{may: mayBePython, read: readPython},
	{may: mayBePresto, read: readPresto},
	{may: mayBeCarakan, read: readCarakan},
	{may: mayBeVitest, read: readVitest},
	{may: mayBeReact, read: readReact, words: true},
	{may: mayBeVue, read: readVue},
	{may: mayBeComponents, read: readComponents, words: true, within: askComponents},
	{may: mayBeDevtools, read: readDevtools, within: askRows},
	{may: hasSourceBehind, read: readChromiumLog, within: askLog},
	{may: hasURLRows, read: readFirefoxConsole, words: true},
	{may: hasDash, read: readSafariConsole},
	{may: hasURLRows, read: readPhantomJS, words: true},
}

type dialect struct {
	may  func(text string) bool // false for most texts that are not the dialect's; allocates nothing
	read func(lines textLines) (*parsed, bool)

	words bool // may looks at single words

	within asked // its bit, if it is asked for a text with sure frames too; see [scan.dialectsWithin]
}

// parseDialect reads the text of s as the first of the dialects that are asked does whose text it is.
// Room is for the frames; what is in it is lost only if there are some. If bare is true, only the frames
// count.
func (s *scan) parseDialect(ask asked, room []Frame, bare bool) (*parsed, bool) {
	lines := textLines{room: room, bare: bare}
	for _, dialect := range dialects {
		if ask != askAll && ask&dialect.within == 0 || !dialect.may(s.text) {
			continue
		}
		if lines.raw == nil && !lines.split(s.text, s.own) {
			return nil, false
		}
		if p, ok := dialect.read(lines); ok {
			return p, true
		}
	}
	return nil, false
}

// mayBeWholeDialect reports whether text holds what is a dialect's own, but for what a word alone or where
// it begins would tell.
func mayBeWholeDialect(text string) bool {
	for _, dialect := range dialects {
		if !dialect.words && dialect.may(text) {
			return true
		}
	}
	return hasReactMarks(text) || hasReactWords(text)
}

// textLine is a line of a text.
type textLine struct {
	raw    string // as it stands, without its end
	own    string // without colours and blanks at its end
	body   string // own without indentation
	indent int    // the number of blanks and tabs before body
}

// textLines are lines of a text, without the empty ones at its end.
type textLines struct {
	raw *lineIndex
	own *lineIndex // the text without colours; raw itself if it has none

	first, n int // they are n lines of the text, from this one on

	isReplaced bool // the content of the line with this index in the text is another one
	replacedAt int
	replaced   string

	room []Frame // for the frames
	bare bool    // only the frames are asked for
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

// split makes t the lines of text, which does not end in an empty one and of which own is the text without
// colours. It reports false if there is no line, or the text is too long.
func (t *textLines) split(text, own string) bool {
	if text == "" || uint64(len(text)) > math.MaxUint32 {
		return false
	}
	n := strings.Count(text, "\n") + 1
	t.raw = newLineIndex(text, n)
	t.own = t.raw
	if own != text {
		t.own = newLineIndex(own, n)
	}
	for t.n = n; t.n > 0 && t.at(t.n-1).body == ""; t.n-- {
	}
	return t.n > 0
}

func (t *textLines) len() int { return t.n }

// slice returns the lines from one up to another.
func (t *textLines) slice(from, to int) textLines {
	part := *t
	part.first, part.n = t.first+from, to-from
	return part
}

// from returns the lines from one on.
func (t *textLines) from(i int) textLines { return t.slice(i, t.len()) }

// at returns the line with an index.
func (t *textLines) at(i int) textLine {
	i += t.first
	raw, _ := txt.LineAt(t.raw.text, t.raw.start(i))
	own := raw
	if t.own != t.raw {
		own, _ = txt.LineAt(t.own.text, t.own.start(i))
	}
	return t.line(i, raw, own)
}

// line returns the line with an index in the text.
func (t *textLines) line(i int, raw, own string) textLine {
	own = strings.TrimRight(own, " \t\r")
	body := strings.TrimLeft(own, " \t")
	l := textLine{raw: raw, own: own, body: body, indent: len(own) - len(body)}
	if t.isReplaced && i == t.replacedAt {
		l.own = own[:l.indent] + t.replaced
		l.body = t.replaced
	}
	return l
}

// between returns lines from one up to another as they stand in the text. There is one at least.
func (t *textLines) between(from, to int) string {
	start := t.raw.start(t.first + from)
	last := t.raw.start(t.first + to - 1)
	line, _ := txt.LineAt(t.raw.text, last)
	return t.raw.text[start : last+len(line)]
}

// all yields the lines with their indices.
func (t textLines) all() iter.Seq2[int, textLine] {
	return func(yield func(int, textLine) bool) {
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

// contains reports whether is is true of a line.
func (t *textLines) contains(is func(l textLine) bool) bool {
	for _, l := range t.all() {
		if is(l) {
			return true
		}
	}
	return false
}

// roomFor returns room for the frames among the lines. They are counted only if there may be too many.
func (t *textLines) roomFor(isFrame func(l textLine) bool) []Frame {
	if cap(t.room) >= t.len() {
		return t.room
	}
	n := 0
	for _, l := range t.all() {
		if isFrame(l) {
			n++
		}
	}
	return withRoom(t.room, n)
}

// replace makes body the content of the line with an index, behind its indentation. Only one line can
// be replaced.
func (t *textLines) replace(i int, body string) {
	t.isReplaced, t.replacedAt, t.replaced = true, t.first+i, body
}

// holds reports whether text holds one of the marks, or colours, which may part one.
func holds(text string, marks ...string) bool {
	for _, mark := range marks {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return strings.IndexByte(text, ansi.Escape) >= 0
}
