package stacktrace

import (
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
	read func(lines []textLine) (*parsed, bool)

	within asked // its bit, if it is asked for a text with sure frames too; see [scan.dialectsWithin]
}

// parseDialect reads text as the first of the dialects that are asked does whose text it is.
func parseDialect(text string, ask asked) (*parsed, bool) {
	var lines []textLine
	for _, dialect := range dialects {
		if ask != askAll && ask&dialect.within == 0 || !dialect.may(text) {
			continue
		}
		if lines == nil {
			lines = splitLines(text)
		}
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

// splitLines returns the lines of text, without the empty ones at its end.
func splitLines(text string) []textLine {
	text = trimLineEnds(text)
	lines := make([]textLine, 0, strings.Count(text, "\n")+1)
	for offset := 0; offset < len(text); {
		var raw string
		raw, offset = lineAt(text, offset)
		lines = append(lines, newTextLine(raw))
	}
	for len(lines) > 0 && lines[len(lines)-1].body == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func newTextLine(raw string) textLine {
	own := strings.TrimRight(ansi.Strip(raw), " \t\r")
	body := strings.TrimLeft(own, " \t")
	return textLine{raw: raw, own: own, body: body, indent: len(own) - len(body)}
}

// replace makes body the content of l, behind its indentation.
func (l *textLine) replace(body string) {
	l.own = l.own[:l.indent] + body
	l.body = body
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
