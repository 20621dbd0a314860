package reader

import "github.com/stacktrace-go/stacktrace/internal/model"

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
	read func(lines model.Lines) (*model.Parsed, bool)

	words bool // may looks at single words

	within asked // its bit, if it is asked for a text with sure frames too; see [scan.dialectsWithin]
}

// parseDialect reads the text of s as the first of the dialects that are asked does whose text it is.
// Room is for the frames; what is in it is lost only if there are some. If bare is true, only the frames
// count.
func (s *scan) parseDialect(ask asked, room []model.Frame, bare bool) (*model.Parsed, bool) {
	lines := model.Lines{Room: room, Bare: bare, Calls: parseCalls}
	for _, dialect := range dialects {
		if ask != askAll && ask&dialect.within == 0 || !dialect.may(s.text) {
			continue
		}
		if lines.Raw == nil && !lines.Split(s.text, s.own) {
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

// parseCalls reads the error that stands before a component stack, and is text. There is room for the frames.
func parseCalls(text string, room []model.Frame) *model.Parsed {
	p := new(parsed)
	s := scanLines(text, room)
	s.acceptDoubtful()
	end := len(text)
	if s.header >= 0 {
		end = s.header
	}
	p.takeHeader(&s, text[:end])
	p.takeFrames(&s)
	return &p.Parsed
}
