package reader

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/printed"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// scan is one pass over the lines of a text, in which every line goes to the header, to a frame, to
// the mark before a frame, or to the others.
//
// Engines print messages as they are, and a message may hold lines that look like frames. So the
// header ends where the last unbroken run of frames begins: a line that is no frame, with frames on
// either side, throws the frames before it back into the header; so does a frame with less
// indentation than the first. Lines that engines and libraries are known to print between frames do
// not, nor do lines that begin as frames do, nor does anything once the header is known or if there
// is none. Where a header can be matched with each run of frames, the later one begins another error, see
// package segment.
type scan struct {
	frames []model.Frame
	base   int // frames[base:] are of this text

	text string
	pos  int // where the next line begins

	coloured bool // the text holds escape sequences
	keep     bool // collect others
	known    bool // the text begins behind the header
	bare     bool // the text surely has no frames

	odd       bool            // a line may be a hint, if none decides the engine
	signed    bool            // a frame is of an "@" line
	async     bool            // an "at" line is marked as asynchronous
	placeless bool            // a frame has no line, or is the row of a console
	at        *formats.Format // the engine of "at" lines, once a line has decided
	sign      *formats.Format // the engine of "@" lines, once a line has decided
	askedFile string          // the file of the last odd line for which [formats.PlainEngine] had nothing to say

	calls span // frames that were read from their lines at a first look, before an engine was decided
	alike int  // frames[base:alike] are of plain "@" lines, which SpiderMonkey and JavaScriptCore read alike

	braced    bool // the header begins with the brace that Node 8 and 10 put there
	uncaught  bool // the header is that of Deno for an error that nobody caught
	numbered  bool // the line before is one of Bun's excerpts of the source
	excerpted bool // such an excerpt stands before the frames

	headed bool   // something stands before the first frame
	gap    bool   // a line that is no frame follows the last one
	inSign bool   // the last line was an "@" frame
	closed bool   // the frames are over; what follows belongs to another part
	header int    // where the header ends: the first frame's line; -1 before any frame
	indent int    // blanks before the first "at" frame; -1 before it
	lead   string // what the first "at" frame begins with, "at " included; "" if that holds colours
	led    int    // how much of its line stands before the first frame, which a title ends
	tail   string // what else is in the last frame's line, of the object that the error was printed in

	runs errorRuns

	cut      bool // the last frame's line was cut off, so that it is none
	doubtful bool // all frames are in doubt, and the lines of the text are nothing else
	marked   bool // a mark stands before the next frame
	mark     header.Separator
	marks    []txt.Span // its lines
	told     []txt.Span // the lines of the mark before the last frame

	doubt   int // index of the first frame whose line may be prose, with no sure one beside it; -1 for none
	doubtAt int // its line

	own       string // text without colours; its lines are those of text, for no sequence spans two
	lineStart int    // where a line begins in text
	ownStart  int    // where it begins in own
	line      string // the last that colours were taken off
	lineOwn   string

	others []txt.Span // lines that are none of the above
	kept   int        // others[:kept] stand before the last frame

	lastLine  int // where the last line that is not empty begins
	lastFrame int // where the line of the last frame begins
}

// span is a part of a slice: [from:to].
type span struct{ from, to int }

func newScan(dst []model.Frame, text string) scan {
	text = txt.TrimLineEnds(text)
	own := ansi.Strip(text)
	return scan{
		frames:   dst,
		base:     len(dst),
		alike:    len(dst),
		text:     text,
		own:      own,
		coloured: len(own) < len(text),
		header:   -1,
		indent:   -1,
		doubt:    -1,
		runs:     errorRuns{end: -1},
	}
}

// run reads all lines. It leaves frames in doubt only if there are no others; the caller accepts or
// rejects them.
func (s *scan) run() {
	text := s.text
	for s.pos < len(text) {
		line, next := txt.LineAt(text, s.pos)
		if s.isSteady() {
			if line, next = s.readPlainLines(line, next); s.pos == len(text) {
				break
			}
		}
		start := s.pos
		s.pos = next
		if s.readLine(line, start); s.isOver() {
			break
		}
	}
	s.finish()
}

// isSteady reports whether nothing is pending, so that a plain line is the next frame and no more.
func (s *scan) isSteady() bool {
	return !s.gap && s.doubt < 0 && !s.marked && !s.coloured && (s.header >= 0 || s.headed)
}

// readPlainLines reads the lines that most traces consist of, from s.pos on as long as there are any; the
// first is line, the one behind it begins at next. It returns the first line that is another, and where
// the one behind that begins. Most time goes by here, so that what scan holds is asked for once.
func (s *scan) readPlainLines(line string, next int) (string, int) {
	first, before := s.pos, len(s.frames)
	if s.inSign {
		if s.sign == nil {
			line, next = s.readPlainSigns(line, next)
		}
		if s.sign != nil && s.pos < len(s.text) {
			line, next = s.readSignedLines(line, next)
		}
	} else {
		if s.at == nil {
			line, next = s.readPlainAts(line, next)
		}
		if s.at != nil && s.pos < len(s.text) && (s.header >= 0 || len(s.frames) > before) {
			line, next = s.readCallLines(line, next)
		}
	}
	if len(s.frames) > before {
		s.lastLine, s.kept, s.told = s.lastFrame, len(s.others), s.told[:0]
		if s.header < 0 {
			s.header = first
		}
	}
	return line, next
}

// usualLead is what almost all "at" frames begin with.
const usualLead = "    at "

func (s *scan) readPlainAts(line string, next int) (string, int) {
	text, frames, lead := s.text, s.frames, s.lead
	if s.indent < 0 {
		lead = usualLead
	}
	if lead == "" {
		return line, next
	}
	isUsual := lead == usualLead
	before := len(frames)
	var seen *formats.Frame // the last one with a file
	for len(line) > len(lead) {
		if isUsual { // compared without a call
			if line[:len(usualLead)] != usualLead {
				break
			}
		} else if line[:len(lead)] != lead {
			break
		}
		n := len(frames)
		if n == cap(frames) {
			s.frames = frames
			s.grow()
			frames = s.frames
		}
		frames = frames[:n+1]
		f := &frames[n]
		if plain := formats.ReadPlainAt(f, line[len(lead):], seen); plain == formats.IsPlain {
			seen = f
		} else if !s.readOddAt(f, line, len(lead), plain, seen) {
			frames = frames[:n]
			break
		} else if f.Line > 0 && f.File != "" && plain != formats.NotPlain {
			seen = f
		}
		f.Text = line
		s.async = s.async || f.Async
		s.lastFrame, s.pos = s.pos, next
		if next == len(text) || s.at != nil {
			line, next = txt.LineAt(text, next)
			break
		}
		line, next = text[next:], len(text) // what txt.LineAt does, which the compiler would call
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line, next = line[:end], s.pos+end+1
		}
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	s.frames = frames
	if s.indent < 0 && len(frames) > before {
		s.indent, s.lead = len(usualLead)-len("at "), usualLead
	}
	if s.calls.to < before {
		s.calls.from = before
	}
	s.calls.to = len(frames)
	return line, next
}

// readOddAt reads a line whose "at " ends at from, and that [formats.ReadPlainAt] has read as f and called plain; it is no line
// that every engine writes. It reports false if the line must be looked at as any other. Seen is as in
// [formats.ReadPlainAt].
func (s *scan) readOddAt(f *model.Frame, line string, from int, plain formats.Plain, seen *formats.Frame) bool {
	switch {
	case plain != formats.NotPlain:
		if !s.placeAt(f, line[from-len("at "):], plain, seen) {
			return false
		}
	case s.header < 0 && seen == nil:
		return false // the first frame may be prose
	default:
		read, silent := formats.ReadUndecided(f, line, from)
		if !read {
			return false
		}
		s.odd = s.odd || !silent
	}
	s.placeless = s.placeless || isPlaceless(f)
	return true
}

func (s *scan) readPlainSigns(line string, next int) (string, int) {
	text, frames := s.text, s.frames
	engine := formats.DefaultSign().Engine()
	var seen *formats.Frame // the last one with a file
	for line != "" && line[0] > ' ' {
		n := len(frames)
		if n == cap(frames) {
			s.frames = frames
			s.grow()
			frames = s.frames
		}
		frames = frames[:n+1]
		f := &frames[n]
		plain := formats.ReadPlainSign(f, line, engine, seen)
		if plain == formats.NotPlain {
			frames = frames[:n]
			break
		}
		f.Text = line
		s.async = s.async || f.Async
		if f.File != "" {
			seen = f
		}
		s.placeless = s.placeless || isPlaceless(f)
		s.frames = frames
		s.notePlainSign(plain)
		frames = s.frames
		s.lastFrame, s.pos = s.pos, next
		if next == len(text) || s.sign != nil {
			line, next = txt.LineAt(text, next)
			break
		}
		line, next = text[next:], len(text) // what txt.LineAt does, which the compiler would call
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line, next = line[:end], s.pos+end+1
		}
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	s.frames = frames
	return line, next
}

// readCallLines is readPlainAts once the engine is decided.
func (s *scan) readCallLines(line string, next int) (string, int) {
	lead, at := s.lead, s.at
	if s.indent < 0 {
		lead = usualLead
	}
	if lead == "" {
		return line, next
	}
	before, start := len(s.frames), s.pos
	if at == formats.DefaultAt() && lead == usualLead {
		for s.readV8Lines(); s.readLeadLines(lead, 1); {
			s.readV8Lines()
		}
	} else {
		s.readLeadLines(lead, len(s.text))
	}
	s.noteRun(before, start)
	if s.indent < 0 && len(s.frames) > before {
		s.indent, s.lead = len(usualLead)-len("at "), usualLead
	}
	if s.pos < len(s.text) {
		line, next = txt.LineAt(s.text, s.pos)
	}
	return line, next
}

// readLeadLines reads at most that many lines, from s.pos on as long as they begin with lead and can be nothing but
// frames of the engine that is decided. It reports whether it has read all that it may.
func (s *scan) readLeadLines(lead string, most int) bool {
	frames, rest, at := s.frames, s.text[s.pos:], s.at
	for ; most > 0 && len(rest) > len(lead) && rest[:len(lead)] == lead; most-- {
		line := rest
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = ""
		}
		if n := len(line); line[n-1] == '\r' {
			line = line[:n-1]
		}
		if len(frames) == cap(frames) {
			s.frames = frames
			s.grow()
			frames = s.frames
		}
		frames = frames[:len(frames)+1]
		if !at.ReadLine(&frames[len(frames)-1], line, len(lead)) {
			frames = frames[:len(frames)-1]
			break
		}
		s.pos = len(s.text) - len(rest)
	}
	s.frames = frames
	return most == 0
}

// readV8Lines reads lines from s.pos on as long as [formats.ReadV8] can. In its loop as little as possible is
// kept, since each call has all of it put aside.
func (s *scan) readV8Lines() {
	frames, rest := s.frames, s.text[s.pos:]
	for len(rest) > len(usualLead) && rest[:len(usualLead)] == usualLead {
		line := rest
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = ""
		}
		if n := len(line); line[n-1] == '\r' {
			line = line[:n-1]
		}
		if len(frames) == cap(frames) {
			s.frames = frames
			s.grow()
			frames = s.frames
		}
		frames = frames[:len(frames)+1]
		if !formats.ReadV8(&frames[len(frames)-1], line, len(usualLead)) {
			frames = frames[:len(frames)-1]
			break
		}
		s.pos = len(s.text) - len(rest)
	}
	s.frames = frames
}

// readSignedLines is readPlainSigns once the engine is decided.
func (s *scan) readSignedLines(line string, next int) (string, int) {
	before, start := len(s.frames), s.pos
	frames, rest := s.frames, s.text[s.pos:]
	for rest != "" && rest[0] > ' ' {
		line := rest
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = ""
		}
		if n := len(line); line[n-1] == '\r' {
			line = line[:n-1]
		}
		if len(frames) == cap(frames) {
			s.frames = frames
			s.grow()
			frames = s.frames
		}
		frames = frames[:len(frames)+1]
		if read, alone := s.sign.ReadSigned(&frames[len(frames)-1], line); !read || !alone && !isFrameAlone(line) {
			frames = frames[:len(frames)-1]
			break
		}
		s.pos = len(s.text) - len(rest)
	}
	s.frames = frames
	s.noteRun(before, start)
	if s.pos < len(s.text) {
		line, next = txt.LineAt(s.text, s.pos)
	}
	return line, next
}

// noteRun notes what frames[before:] tell, which were read from the lines from start to s.pos.
func (s *scan) noteRun(before, start int) {
	if before == len(s.frames) {
		return
	}
	async, placeless := false, s.placeless
	for i := before; i < len(s.frames); i++ {
		f := &s.frames[i]
		async = async || f.Async
		if f.Line == 0 || f.Func != "" && f.Func[len(f.Func)-1] == '\t' {
			placeless = placeless || isPlaceless(f)
		}
	}
	s.async, s.placeless = s.async || async && s.at != nil, placeless
	s.lastFrame = s.pos - len(s.frames[len(s.frames)-1].Text) // without the line end
	for s.lastFrame > start && s.text[s.lastFrame-1] != '\n' {
		s.lastFrame--
	}
}

// isPlaceless reports whether f may be of a layout whose lines engines write too: it is the row of a console, or
// may be a component without a place.
func isPlaceless(f *model.Frame) bool {
	if f.Line > 0 {
		return f.Func != "" && f.Func[len(f.Func)-1] == '\t'
	}
	return f.Col == 0 && mayBeComponent(f)
}

// mayBeComponent reports whether f, which has no line, may be a component.
func mayBeComponent(f *model.Frame) bool {
	switch {
	case f.File == "unknown":
		return true
	case f.File != "" || f.Func == "" || f.Native && f.Engine != formats.V8:
		return false
	}
	return formats.IsElement(f.Func) || formats.IsShortElement(f.Func)
}

// isFrameAlone reports whether line, without blanks before it, can be an "@" frame and nothing else: there is neither
// a blank nor a zone behind it, and it is no separator.
func isFrameAlone(line string) bool {
	switch line[len(line)-1] {
	case ' ', '\t', '\r':
		return false
	case ']':
		if strings.Contains(line, " [") && around.CutZone(line) != line {
			return false
		}
	}
	if !header.BeginsSeparator(line[0]) {
		return true
	}
	_, isSeparator := header.ReadSeparator(line)
	return !isSeparator && !strings.HasPrefix(line, "at ")
}

// placeAt draws from f, which was read from body as plain says, what it tells of the engine, while that is not
// decided. It reports false if the line must be looked at as any other. Seen is as in [formats.ReadPlainAt].
func (s *scan) placeAt(f *model.Frame, body string, plain formats.Plain, seen *formats.Frame) bool {
	switch {
	case plain == formats.IsProof:
		s.at = formats.DefaultAt()
	case plain == formats.IsNative:
		s.odd = true
	case plain != formats.IsPlain:
		if !s.isAsked(f, plain, seen) && formats.PlainEngine(f, body) != nil {
			return false // to be decided
		}
		s.odd = true
		if plain == formats.IsOdd {
			s.askedFile = f.File
		}
	}
	return true
}

// isAsked reports whether [formats.PlainEngine] has nothing to say of f, which was read as plain says: it has
// been asked for a line of the same file, and the names that most such lines have tell nothing.
func (s *scan) isAsked(f *model.Frame, plain formats.Plain, seen *formats.Frame) bool {
	if plain == formats.IsLine {
		return seen != nil && seen.Col == 0 && seen.Func != "" && f.Func != "" && seen.File == f.File
	}
	return plain == formats.IsOdd && f.File == s.askedFile && !f.Constructor &&
		(f.Func == "<anonymous>" || f.Func == "anonymous" || f.Func == "global")
}

// next makes room for one more frame. Its fields are those of whatever was there before.
func (s *scan) next() *model.Frame {
	n := len(s.frames)
	if n == cap(s.frames) {
		s.grow()
	}
	s.frames = s.frames[:n+1]
	return &s.frames[n]
}

// roomFor returns the number of frames that there is room for at first: one for each line of most traces.
// It is a little more than there are lines, since a trace of 50 frames would just fill a block of 8 KiB,
// and those take the allocator twice as long as larger ones.
func roomFor(text string) int {
	lines := strings.Count(text, "\n") + 1
	return min(lines+lines/8, mostAtFirst(text))
}

// mostAtFirst is the number of frames that there is room for at most before any is found: of a long text
// no more than what costs about half as much as the text itself.
func mostAtFirst(text string) int { return max(64, len(text)/512) }

// grow makes room for as many frames as the rest of the text holds if it is like what was read, unless
// they are many times as many as there are: text behind the frames may be anything. For frames in doubt it
// makes room at once for as many as may be.
func (s *scan) grow() {
	n := len(s.frames) - s.base
	more := 4 * n
	const again = 1 // a frame may be read again
	switch read := s.pos - max(s.header, 0); {
	case n == 0:
		more = mostAtFirst(s.text)
	case s.doubt >= 0:
		more = s.doubt + maxDoubt + 1 + again - len(s.frames)
	case read > 0:
		if like := (len(s.text) - s.pos) * n / read; like < 2*more {
			more = like + like/16 + 8
		}
	}
	lines := strings.Count(s.text[s.pos:], "\n") + 2 // with the one that is being read
	more = min(more, lines+again)
	s.frames = append(make([]model.Frame, 0, len(s.frames)+more), s.frames...)
}

// drop takes the last frame back.
func (s *scan) drop() {
	s.frames = s.frames[:len(s.frames)-1]
	s.calls.to = min(s.calls.to, len(s.frames))
}

// body returns line without what surrounds its content: colours, blanks on either side.
func (s *scan) body(line string) string {
	if !s.coloured && strings.IndexByte(line, '\r') < 0 {
		return txt.TrimBlanks(line)
	}
	own := s.cleanLines(line)
	if s.coloured { // the long ones are asked for again and again
		s.line, s.lineOwn = line, own
	}
	return txt.TrimBlanks(own)
}

// uncoloured returns line without colours.
func (s *scan) uncoloured(line string) string {
	switch {
	case !s.coloured:
		return line
	case line == s.line:
		return s.lineOwn
	}
	return ansi.Strip(line)
}

// goTo takes the colours off the line that begins at start, behind the last that was gone to.
func (s *scan) goTo(line string, start int) {
	for s.lineStart < start {
		_, s.lineStart = txt.LineAt(s.text, s.lineStart)
		_, s.ownStart = txt.LineAt(s.own, s.ownStart)
	}
	s.line = line
	s.lineOwn, _ = txt.LineAt(s.own, s.ownStart)
}

// ownAt returns where the line that begins at start in the text begins in own.
func (s *scan) ownAt(start int) int {
	if !s.coloured {
		return start
	}
	at := 0
	for range strings.Count(s.text[:start], "\n") {
		_, at = txt.LineAt(s.own, at)
	}
	return at
}

func (s *scan) readLine(line string, start int) {
	if s.header < 0 && s.doubt < 0 && !s.coloured && s.readPlainHeader(line, start) {
		return
	}
	if s.coloured {
		s.goTo(line, start)
	}
	body := s.body(line)
	if body == "" {
		s.readBlank(start)
		return
	}
	s.lastLine = start
	body = around.CutZone(body)
	switch {
	case strings.HasPrefix(body, "at ____") && s.readMark(line, body, start):
		return
	case strings.HasPrefix(body, "at "):
		s.settle()
		if s.readAt(line, body, start) || s.readSplitAt(start) || s.readSpoiltAt(line, body, start) {
			return
		}
		if s.header >= 0 && !s.gap {
			s.between(start) // more likely a frame that somebody spoilt than the end of a message
			return
		}
	case s.readMark(line, body, start), !s.bare && (s.readSign(line, body, start) || s.readLedSign(line, body, start)):
		return
	}
	s.settle()
	s.other(line, start, s.pos)
}

// readPlainHeader takes a line before any frame that can be nothing but a header.
func (s *scan) readPlainHeader(line string, start int) bool {
	_, message, ok := header.ParsePlain(line)
	if !ok || strings.IndexByte(message, '@') >= 0 || message[len(message)-1] == '{' || message == "STACKTRACE TRACKING" {
		return false
	}
	s.lastLine, s.inSign, s.headed = start, false, true
	s.countHeader(line)
	s.numbered = header.IsNumberedBehind(line)
	return true
}

// readBlank keeps an empty line that is not in the header. It breaks no run of frames.
func (s *scan) readBlank(start int) {
	s.settle()
	s.flushMarks()
	if s.keep && s.header >= 0 {
		s.others = txt.AddSpan(s.others, start, s.pos)
	}
}

// other takes a line that is no frame. The one behind it begins at next.
func (s *scan) other(line string, start, next int) {
	s.inSign = false
	if s.header < 0 {
		body := s.body(line)
		s.uncaught = s.uncaught || !s.headed && strings.HasPrefix(body, "error: ")
		s.headed = true
		if !s.bare {
			s.noteHeader(line, body)
		}
		if header.IsBracketedBrace(body) {
			s.header, s.closed = s.pos, true // an error without frames, and its properties
		}
		if s.numbered && header.IsCaretLine(body) {
			s.noteExcerpt()
		}
		s.numbered = header.IsNumbered(body) || header.IsNumberedBehind(body)
		if !s.numbered && !s.braced && strings.Contains(body, "{ ") {
			_, braced := header.CutPrinted(body)
			s.braced = s.braced || braced
		}
		return
	}
	if s.braced && !s.known && header.IsEntry(s.body(line)) {
		s.closed = true // the error's properties, in the braces around it
		return
	}
	s.noteGap(line, start)
	s.gap = true
	s.flushMarks()
	if s.keep {
		s.others = txt.AddSpan(s.others, start, next)
	}
}

// between takes the line just read, between frames, which says nothing of them and does not part them.
func (s *scan) between(start int) {
	s.inSign = false
	s.flushMarks()
	if s.keep {
		s.others = txt.AddSpan(s.others, start, s.pos)
	}
}

// flushMarks gives up a mark that no frame follows.
func (s *scan) flushMarks() {
	for _, m := range s.marks {
		s.others = txt.AddSpan(s.others, m.From, m.To)
	}
	s.clearMarks()
}

func (s *scan) clearMarks() {
	s.marked, s.mark, s.marks = false, header.Separator{}, s.marks[:0]
}

// restartAt makes the last frame, that of body, the first one. The frames before it may have decided
// how it is read, so it is read again; it reports false if it is no frame by itself.
func (s *scan) restartAt(body string, start int) bool {
	at, odd := s.at, s.odd
	s.drop()
	s.at, s.odd = nil, false
	if !s.readAtBody(body) {
		s.at, s.odd = at, odd
		return false
	}
	at, odd = s.at, s.odd
	s.throwBack(len(s.frames)-1, start)
	s.at, s.odd = at, odd
	return true
}

// indentOf returns the number of blanks before the content of line.
func (s *scan) indentOf(line string) int {
	line = s.uncoloured(line)
	return len(line) - len(strings.TrimLeft(line, " "))
}

// readAt reads a line that begins with "at ".
func (s *scan) readAt(line, body string, start int) bool {
	if s.endsBefore(body) {
		return true
	}
	body, tail := printed.CutInspectTail(body)
	if !s.readAtBody(body) {
		if tail != "" {
			return false
		}
		if body, tail = header.CutSecondError(body); tail == "" || !s.readAtBody(body) {
			return false
		}
	}
	if f := &s.frames[len(s.frames)-1]; len(s.frames) > s.base+1 && f.Func == "" && strings.IndexByte(f.File, ' ') > 0 && isRowLike(f) {
		s.respoil(f, body)
	}
	if f := &s.frames[len(s.frames)-1]; tail != "" && f.Line == 0 && f.Offset == 0 && !f.Native {
		s.drop()
		return false // a comma in prose
	}
	if (s.header < 0 || s.gap) && formats.IsDoubtful(&s.frames[len(s.frames)-1], body) {
		s.drop()
		return false
	}
	indent := s.indentOf(line)
	switch {
	case s.gap && s.beginsError():
		s.drop()
		s.endAt(s.runs.lines.At())
		return true
	case (s.gap && s.isInMessage(len(s.frames)-1, start) || indent < s.indent && !(indent == s.indent-1 && len(s.frames) == s.base+2)) && !s.known && s.headed && !s.restartAt(body, start):
		return false
	}
	if s.indent < 0 {
		s.indent, s.lead = indent, ""
		if at := strings.Index(line, "at "); at >= 0 && txt.TrimBlanks(line[:at]) == "" {
			s.lead = line[:at+len("at ")]
		}
	}
	s.inSign = false
	s.accept(&s.frames[len(s.frames)-1], line, start)
	if s.closed, s.tail = tail != "", tail; s.closed {
		s.endWithin(line, tail, start)
	}
	return true
}

// maxSplit is the number of lines over which a frame may be split by newlines in its name or file.
const maxSplit = 4

// readSplitAt reads a frame whose name or file holds newlines, which no engine escapes:
//
//	    at get new
//	line (/app/es6-names.js:13:32)
//
// Only behind another frame; before any, such lines are a message's.
func (s *scan) readSplitAt(start int) bool {
	if s.header < 0 || s.gap {
		return false
	}
	next := s.pos
	for lines := 1; lines < maxSplit && next < len(s.text); lines++ {
		line, after := txt.LineAt(s.text, next)
		body := s.body(line)
		whole := s.text[start : next+len(line)]
		if body == "" {
			return false
		}
		isFrame := strings.HasPrefix(body, "at ")
		if s.isSplit(whole, isFrame) && s.readAt(whole, s.body(whole), start) {
			s.pos, s.lastLine = after, start
			return true
		}
		if isFrame {
			return false
		}
		next = after
	}
	return false
}

// isSplit reports whether several lines are one frame with a position. If the last looks like a
// frame in itself, the name must end in a frame too, which no program's name does by accident:
//
//	at new
//	at line (x.js:1:2) (/app/es6-names.js:7:21)
func (s *scan) isSplit(lines string, isFrame bool) bool {
	f := s.next()
	defer s.drop()
	if !formats.DefaultAt().ReadInto(f, s.body(lines)) || f.Line == 0 {
		return false
	}
	if !isFrame {
		return true // without a column in some engines
	}
	if f.Col == 0 {
		return false
	}
	name := f.Func
	last := strings.TrimLeft(name[strings.LastIndexByte(name, '\n')+1:], " \t")
	return strings.HasPrefix(last, "at ") && formats.DefaultAt().ReadInto(f, last) && f.Col > 0
}

// readAtBody appends the frame of an "at" line, with the engine decided so far or by this line.
func (s *scan) readAtBody(body string) bool {
	f := s.next()
	if s.at == nil {
		plain := formats.ReadPlainAt(f, body[len("at "):], nil)
		switch plain {
		case formats.IsProof:
			s.decideAt(formats.DefaultAt())
			return true
		case formats.IsPlain:
			return true
		}
		decided, silent := formats.AskAt(body)
		if decided != nil && decided.ReadInto(f, body) {
			s.decideAt(decided)
			return true
		}
		s.odd = s.odd || !silent
		if plain != formats.NotPlain && decided == nil {
			return true
		}
		if formats.DefaultAt().ReadInto(f, body) || !s.headed && !s.known && formats.ReadName(f, body) {
			return true
		}
	} else if s.at.ReadInto(f, body) {
		return true
	} else if decided := formats.MatchAt(body); decided != nil && decided.ReadInto(f, body) {
		return true // a frame of another engine in the same text
	}
	s.drop()
	return false
}

// decideAt makes engine that of all "at" lines, and reads those before the last again.
func (s *scan) decideAt(engine *formats.Format) {
	s.at = engine
	if engine == formats.DefaultAt() {
		return
	}
	for i := s.base; i < len(s.frames)-1; i++ {
		s.reread(i, engine, true)
	}
}

// reread reads a frame again as engine's, if its line is of that engine's family.
func (s *scan) reread(index int, engine *formats.Format, at bool) {
	if at && s.calls.from <= index && index < s.calls.to {
		engine.Reread(&s.frames[index], len(s.lead))
		return
	}
	body, _ := s.frameBody(index)
	if strings.HasPrefix(body, "at ") != at {
		return
	}
	again := s.next() // room that is there or will be needed, so that nothing is allocated
	if f := &s.frames[index]; !at && formats.ReadPlainSign(again, body, engine.Engine(), nil) != formats.NotPlain || engine.ReadInto(again, body) {
		again.Text = f.Text
		restoreMarks(again, f)
		*f = *again
	}
	s.frames = s.frames[:len(s.frames)-1]
}

// restoreMarks gives f the marks of a boundary line that stood before it.
func restoreMarks(f, before *model.Frame) {
	f.Skipped, f.Source = before.Skipped, before.Source
	if before.AsyncCause != "" && f.AsyncCause == "" && !strings.Contains(before.Text, before.AsyncCause) {
		f.Async, f.AsyncCause = true, before.AsyncCause
	}
}

// maxDoubt is the number of lines that may wait for a sure frame beside them. The engines' own limits
// on a trace are about 100; a list of words has no limit.
const maxDoubt = 240

// readSign reads a line of the engines that write "NAME@LOCATION".
func (s *scan) readSign(line, body string, start int) bool {
	if s.endsBefore(body) {
		return true
	}
	sure, ok := s.readSignBody(body)
	tail := ""
	if !ok && strings.IndexByte(body, '@') >= 0 && header.HasStrong(body) {
		if body, tail = header.CutSecondError(body); tail != "" {
			sure, ok = s.readSignBody(body)
		}
	}
	if !ok {
		return false
	}
	s.signed = true
	if !sure && !s.inSign {
		if s.doubt < 0 {
			s.doubt, s.doubtAt = len(s.frames)-1, start
		}
		s.frames[len(s.frames)-1].Text = line
		if len(s.frames)-s.doubt >= maxDoubt {
			s.settle()
		}
		return true
	}
	run, runAt := len(s.frames)-1, start
	if s.doubt >= 0 {
		run, runAt = s.doubt, s.doubtAt
		s.doubt = -1
	}
	switch {
	case s.gap && s.beginsError():
		s.frames = s.frames[:run]
		s.endAt(s.runs.lines.At())
		return true
	case s.gap && !s.known && s.headed && s.isInMessage(run, runAt):
		s.throwBack(run, runAt)
		run = s.base
	}
	for i := run; i < len(s.frames)-1; i++ {
		s.accept(&s.frames[i], s.frames[i].Text, runAt)
	}
	s.accept(&s.frames[len(s.frames)-1], line, start)
	s.inSign = true
	if tail != "" {
		s.endWithin(line, tail, start)
	}
	return true
}

// readSignBody appends the frame of a line, and reports whether it can be nothing but a frame.
func (s *scan) readSignBody(body string) (sure, ok bool) {
	f := s.next()
	engine := formats.DefaultSign()
	if s.sign != nil {
		engine = s.sign
	}
	if plain := formats.ReadPlainSign(f, body, engine.Engine(), nil); plain != formats.NotPlain {
		s.notePlainSign(plain)
		return true, true
	}
	decided := formats.MatchSign(body)
	plain := formats.NotPlain
	if s.sign == nil && decided != nil {
		engine = decided
		plain = formats.ReadPlainSign(f, body, engine.Engine(), nil)
	}
	switch {
	case plain != formats.NotPlain:
	case engine.ReadInto(f, body):
	case decided != nil && decided.ReadInto(f, body):
	case strings.IndexByte(body, '@') >= 0 && formats.DefaultSign().ReadInto(f, body):
	default:
		s.drop()
		return false, false
	}
	sure = !formats.IsDoubtful(f, body)
	s.odd = s.odd || s.sign == nil && decided == nil
	if s.sign == nil && decided != nil && (sure || s.inSign) {
		s.decideSign(decided)
	}
	return sure, true
}

// notePlainSign draws from the last frame, which was read as a plain "@" line, what it tells of the
// engine.
func (s *scan) notePlainSign(plain formats.Plain) {
	last := len(s.frames) - 1
	switch {
	case s.sign != nil:
	case plain == formats.IsProof:
		s.decideSign(formats.DefaultSign())
	case plain == formats.IsNested:
		s.decideSign(formats.SpiderMonkey.Format())
		s.frames[last].Engine = s.sign.Engine()
	default:
		s.odd = s.odd || plain == formats.IsOdd
		if s.alike == last {
			s.alike++
		}
	}
}

// decideSign makes engine that of all "@" lines, and reads those before the last again.
func (s *scan) decideSign(engine *formats.Format) {
	s.sign = engine
	i := s.base
	if engine.Engine() == formats.SpiderMonkey {
		for ; i < s.alike; i++ {
			s.frames[i].Engine = engine.Engine()
		}
	}
	for ; i < len(s.frames)-1; i++ {
		if s.frames[i].Engine != engine.Engine() {
			s.reread(i, engine, false)
		}
	}
}

// settle ends a run of lines in doubt that no sure frame confirmed: they are no frames.
func (s *scan) settle() {
	if s.doubt < 0 {
		return
	}
	start := s.doubtAt // their lines follow one another
	for i := s.doubt; i < len(s.frames); i++ {
		_, next := txt.LineAt(s.text, start)
		s.other(s.frames[i].Text, start, next)
		start = next
	}
	s.frames = s.frames[:s.doubt]
	s.calls.to = min(s.calls.to, len(s.frames))
	s.doubt = -1
}

// throwBack makes all lines before offset, where frames[run:] begin, lines of the header.
func (s *scan) throwBack(run, offset int) {
	s.frames = append(s.frames[:s.base], s.frames[run:]...)
	s.header = offset
	s.gap = false
	s.others, s.kept = s.others[:0], 0
	s.clearMarks()
	s.at, s.sign, s.odd, s.indent = nil, nil, false, -1
	s.calls, s.alike = span{}, s.base
}

// accept completes a frame that has been read.
func (s *scan) accept(f *model.Frame, line string, start int) {
	if s.header < 0 {
		s.header = start
	}
	f.Text = line
	s.gap = false
	s.lastFrame, s.kept = start, len(s.others)
	s.async = s.async || f.Async
	s.placeless = s.placeless || isPlaceless(f)
	s.told = s.told[:0]
	if s.marked {
		f.Skipped = s.mark.Skipped
		if s.mark.Cause != "" {
			f.Async, f.AsyncCause = true, s.mark.Cause
		}
		s.told, s.marks = s.marks, s.told
		s.clearMarks()
	}
}

// readMark reads the lines that engines and libraries print between frames.
func (s *scan) readMark(line, body string, start int) bool {
	mark, ok := header.ReadSeparator(body)
	if !ok || s.header < 0 && !mark.Ends {
		return false
	}
	s.settle()
	s.inSign = false
	if s.header < 0 && mark.Cause != "" {
		s.header = start
	}
	switch {
	case s.header < 0:
		s.header = start // the error has no frames of its own
		s.between(start)
	case mark.Adds && s.marked:
		if s.keep {
			s.marks = txt.AddSpan(s.marks, start, s.pos)
		}
	case mark.Closes && s.uncaught && s.indentOf(line) > 0:
		s.other(line, start, s.pos) // the cause of one of the errors that an AggregateError gathers
	case mark.Closes:
		s.closed = true
	case mark.Extends && !s.marked && s.isBehindFrame(start):
		s.frames[len(s.frames)-1].Text = s.text[s.lastFrame : start+len(line)]
	case mark.Skipped == 0 && mark.Cause == "":
		s.between(start)
	default:
		if s.marked {
			s.flushMarks() // two marks before one frame: the later one counts
		}
		s.marked, s.mark = true, mark
		if s.keep {
			s.marks = txt.AddSpan(s.marks, start, s.pos)
		}
	}
	return true
}

// isBehindFrame reports whether the line that begins at start follows the last frame's.
func (s *scan) isBehindFrame(start int) bool {
	if len(s.frames) == s.base {
		return false
	}
	end := s.lastFrame + len(s.frames[len(s.frames)-1].Text)
	return end < start && strings.TrimPrefix(s.text[end:start], "\r") == "\n"
}

// finish settles what is pending at the end of the text.
func (s *scan) finish() {
	if s.doubt > s.base || s.doubt == s.base && s.header >= 0 && !s.known {
		s.settle()
	}
	if s.header >= 0 && !s.closed && s.lastFrame == s.lastLine && s.isCut() {
		s.drop()
		s.cut = true
		s.others = s.others[:s.kept] // what is behind the frame is of the rest
		for _, m := range s.told {
			s.others = txt.AddSpan(s.others, m.From, m.To)
		}
		s.kept = len(s.others)
	}
	s.flushMarks()
	if s.led > 0 && len(s.frames) > s.base {
		defer s.restoreLed()
	} else if len(s.frames) > s.base && strings.IndexByte(s.frames[s.base].Func, ' ') > 0 {
		defer s.cutLead()
	}
	if len(s.frames) > s.base && s.signed && strings.HasSuffix(s.frames[s.base].Func, "()") {
		defer s.cutCalls()
	}
	if s.excerpted && s.at == nil {
		s.at = formats.Bun.Format()
		for i := s.base; i < len(s.frames); i++ {
			s.reread(i, s.at, true)
		}
	}
	if s.odd && (s.at == nil || s.sign == nil) {
		s.decideByHint()
	}
	if s.async {
		s.doubtAsync()
	}
}

// rest returns the text behind the last frame.
func (s *scan) rest() string {
	switch {
	case s.doubtful, len(s.frames) == s.base && !s.cut && s.header < 0:
		return ""
	case len(s.frames) == s.base && !s.cut:
		return s.text[s.header:]
	case s.cut:
		return s.text[s.lastFrame:]
	}
	rest := s.text[s.lastFrame+len(s.frames[len(s.frames)-1].Text):]
	return strings.TrimPrefix(strings.TrimPrefix(rest, "\r"), "\n")
}

// maxHints is the number of frames on either end of a trace whose lines are weighed.
const maxHints = 32

// decideByHint decides the engines of the lines of which none is a proof.
func (s *scan) decideByHint() {
	headed := s.headed || s.known
	var weights formats.Weights
	at, sign := s.at, s.sign
	if at == nil && s.indent < 0 {
		at = formats.DefaultAt() // there are no such frames
	}
	if sign == nil && !s.signed {
		sign = formats.DefaultSign()
	}
	for i := s.base; i < len(s.frames) && (at == nil || sign == nil); i = s.nextHint(i) {
		f := &s.frames[i]
		if s.calls.from <= i && i < s.calls.to {
			if at == nil {
				at = weights.AddFrame(f, len(s.lead), headed)
			}
			continue
		}
		body, _ := s.frameBody(i)
		if isAt := strings.HasPrefix(body, "at "); isAt && at == nil {
			at = weights.AddAt(body, headed)
		} else if !isAt && sign == nil {
			weights.AddSign(body, headed)
		}
	}
	if at == nil {
		at = weights.At()
	}
	if sign == nil {
		sign = weights.Sign()
	}
	isAt, isSign := s.at == nil && at != formats.DefaultAt(), s.sign == nil && sign != formats.DefaultSign()
	for i := s.base; i < len(s.frames) && (isAt || isSign); i++ {
		if isAt {
			s.reread(i, at, true)
		}
		if isSign {
			s.reread(i, sign, false)
		}
	}
}

// nextHint returns the index of the frame whose line is weighed after that of frame i.
func (s *scan) nextHint(i int) int {
	if i++; i == s.base+maxHints {
		return max(i, len(s.frames)-maxHints)
	}
	return i
}

// frameBody returns the content of the line of frame i, without what stands behind the frame.
func (s *scan) frameBody(i int) (body, tail string) {
	return printed.CutInspectTail(around.CutZone(s.body(s.frames[i].Text)))
}

// doubtAsync reads again V8's frames that are marked as asynchronous but cannot be: no plain frame
// of one stack follows an asynchronous one. A library may have put two stacks together, so the frame
// must stand alone between frames of the same file, or have no name but a relative file. Then
// "async" belongs to the name or file.
func (s *scan) doubtAsync() {
	frames := s.frames[s.base:]
	for i := range len(frames) - 1 {
		f := &frames[i]
		if !f.Async {
			continue
		}
		before, after := &frames[max(i-1, 0)], &frames[i+1]
		if f.AsyncCause != "" || f.Native || f.Engine != formats.V8 || i > 0 && before.Async || after.Async {
			continue
		}
		relative := f.Func == "" && f.File != "" && !strings.ContainsAny(f.File, "/\\:")
		if relative || i > 0 && f.File == before.File && f.File == after.File {
			again := model.Frame{}
			if body := around.CutZone(s.body(f.Text)); strings.HasPrefix(body, "at async ") && formats.ReadSync(&again, body) {
				again.Text, again.Skipped, again.Source = f.Text, f.Skipped, f.Source
				*f = again
			}
		}
	}
}

// isCut reports whether the last frame, which is the last line, may be the beginning of a longer
// line: its position lacks the column that others have, or it is a word that others follow with
// "@".
func (s *scan) isCut() bool {
	frames := s.frames[s.base:]
	if len(frames) < 2 {
		return false
	}
	f := &frames[len(frames)-1]
	body := around.CutZone(s.body(f.Text))
	if f.Line > 0 && f.Col == 0 {
		for i := range frames[:len(frames)-1] {
			if frames[i].Col > 0 && frames[i].Engine == f.Engine {
				return true
			}
		}
		return false
	}
	if strings.HasPrefix(body, "at ") {
		return isNameAlone(f) && !strings.HasSuffix(body, ")") && slices.ContainsFunc(frames, func(f model.Frame) bool { return f.Line > 0 })
	}
	if f.Native || f.Line > 0 || f.Wasm || f.TopLevel || f.Eval {
		return false
	}
	return strings.IndexByte(body, '@') < 0
}

// isNameAlone reports whether f is no more than a name.
func isNameAlone(f *model.Frame) bool {
	return f.Func != "" && f.File == "" && f.Line == 0 && !f.Native && !f.TopLevel && !f.Eval && !f.Wasm
}

// acceptDoubtful accepts frames in doubt if they can be, and drops them if not.
func (s *scan) acceptDoubtful() {
	if s.isAcceptable() {
		s.header, s.doubt, s.doubtful = s.doubtAt, -1, true
	}
	s.settle()
}

// isAcceptable reports whether the frames in doubt are all that the text holds, and look like
// nothing else.
func (s *scan) isAcceptable() bool {
	if s.doubt < 0 || s.headed {
		return false
	}
	for i := s.doubt; i < len(s.frames); i++ {
		if formats.IsProse(&s.frames[i]) {
			return false
		}
	}
	return true
}
