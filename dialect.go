package stacktrace

import (
	"iter"
	"math"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
)

// dialects are the texts in which the frames are not the lines of an engine of today, in the order in
// which they are asked. Each is asked only for a text in which the scan found no frame that is sure, or
// that holds what is its own beside such frames. It reports false unless the text is surely its own,
// and then takes every line.
var dialects = [...]dialect{
	{mayBePython, readPython, 0},
	{mayBePresto, readPresto, 0},
	{mayBeCarakan, readCarakan, 0},
	{mayBeVitest, readVitest, 0},
	{mayBeReact, readReact, 0},
	{mayBeVue, readVue, 0},
	{mayBeComponents, readComponents, askComponents},
	{mayBeDevtools, readDevtools, askRows},
	{hasSourceBehind, readChromiumLog, askLog},
	{hasURLRows, readFirefoxConsole, 0},
	{hasDash, readSafariConsole, 0},
	{hasURLRows, readPhantomJS, 0},
}

type dialect struct {
	may  func(text string) bool // false for most texts that are not the dialect's; allocates nothing
	read func(lines textLines) (*parsed, bool)

	within asked // its bit, if it is asked for a text with sure frames too; see [scan.dialectsWithin]
}

// parseDialect reads text as the first of the dialects that are asked does whose text it is. Room is
// for the frames; what is in it is lost only if there are some.
func parseDialect(text string, ask asked, room []Frame) (*parsed, bool) {
	var lines textLines
	for _, dialect := range dialects {
		if ask != askAll && ask&dialect.within == 0 || !dialect.may(text) {
			continue
		}
		if lines.starts == nil && !lines.split(text) {
			return nil, false
		}
		lines.room = room
		if p, ok := dialect.read(lines); ok {
			return p, true
		}
	}
	return nil, false
}

// textLine is a line of a text.
type textLine struct {
	raw    string // as it stands, without its end
	own    string // without colours and blanks at its end
	body   string // own without indentation
	indent int    // the number of blanks and tabs before body
}

// textLines are the lines of a text, without the empty ones at its end. Only where each begins is kept:
// a text may consist of lines of one byte.
type textLines struct {
	text   string
	starts []uint32

	own       string // text without colours; text itself if it has none
	ownStarts []uint32

	isReplaced bool // the content of the line that begins at replacedAt is another one
	replacedAt uint32
	replaced   string

	room []Frame // for the frames
}

// split makes t the lines of text. It reports false if there is no line, or the text is too long.
func (t *textLines) split(text string) bool {
	text = trimLineEnds(text)
	if uint64(len(text)) > math.MaxUint32 {
		return false
	}
	t.text, t.own = text, text
	t.starts = lineStarts(text)
	t.ownStarts = t.starts
	if strings.IndexByte(text, ansi.Escape) >= 0 {
		var b strings.Builder
		b.Grow(len(text) + 1)
		t.ownStarts = make([]uint32, len(t.starts))
		for i, start := range t.starts {
			raw, _ := lineAt(text, int(start))
			t.ownStarts[i] = uint32(b.Len())
			b.WriteString(ansi.Strip(raw))
			b.WriteByte('\n')
		}
		t.own = b.String()
	}
	n := len(t.starts)
	for n > 0 && t.at(n-1).body == "" {
		n--
	}
	*t = t.slice(0, n)
	return n > 0
}

// lineStarts returns where each line of text begins.
func lineStarts(text string) []uint32 {
	starts := make([]uint32, 0, strings.Count(text, "\n")+1)
	for offset := 0; offset < len(text); {
		starts = append(starts, uint32(offset))
		_, offset = lineAt(text, offset)
	}
	return starts
}

func (t *textLines) len() int { return len(t.starts) }

// slice returns the lines from one up to another.
func (t *textLines) slice(from, to int) textLines {
	part := *t
	part.starts, part.ownStarts = t.starts[from:to], t.ownStarts[from:to]
	return part
}

// from returns the lines from one on.
func (t *textLines) from(i int) textLines { return t.slice(i, t.len()) }

// at returns the line with an index.
func (t *textLines) at(i int) textLine {
	raw, _ := lineAt(t.text, int(t.starts[i]))
	own, _ := lineAt(t.own, int(t.ownStarts[i]))
	own = strings.TrimRight(own, " \t\r")
	body := strings.TrimLeft(own, " \t")
	l := textLine{raw: raw, own: own, body: body, indent: len(own) - len(body)}
	if t.isReplaced && t.starts[i] == t.replacedAt {
		l.own = own[:l.indent] + t.replaced
		l.body = t.replaced
	}
	return l
}

// both returns a line and the one behind it as they stand in the text.
func (t *textLines) both(i int) string {
	next, _ := lineAt(t.text, int(t.starts[i+1]))
	return t.text[t.starts[i] : int(t.starts[i+1])+len(next)]
}

// all yields the lines with their indices.
func (t textLines) all() iter.Seq2[int, textLine] {
	return func(yield func(int, textLine) bool) {
		for i := range t.starts {
			if !yield(i, t.at(i)) {
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

// replace makes body the content of the line with an index, behind its indentation. Only one line can
// be replaced.
func (t *textLines) replace(i int, body string) {
	t.isReplaced, t.replacedAt, t.replaced = true, t.starts[i], body
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
