package reader

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxWrappings bounds the number of carriers that are taken off a text, one within the other.
const maxWrappings = 4

// maxUnwrapped bounds how much text is read as candidates of carriers, in lengths of the whole text. A
// text that is carried takes 2 or 3.
const maxUnwrapped = 24

// unwrapper takes the carriers off one text. What may be within one is read by the whole of parse, and
// believed if a frame in it is sure.
type unwrapper struct {
	within []string // the carriers that are taken off, outermost first
	left   int      // bytes that may yet be read
	all    bool     // all errors within a carrier are wanted, not only the first

	found    bool // there were frames within a carrier, sure or not
	doubtful bool // frames in doubt are taken, for nothing else is in the text

	room []model.Frame // of what was read in vain
}

// takeRoom returns room for the frames of text.
func (w *unwrapper) takeRoom(text string) []model.Frame {
	n := roomFor(text)
	if w == nil || cap(w.room) < n {
		return make([]model.Frame, 0, n)
	}
	room := w.room
	w.room = nil
	return room
}

// giveRoom takes back the room for frames that nobody wants.
func (w *unwrapper) giveRoom(frames []model.Frame) {
	if cap(frames) > cap(w.room) {
		w.room = frames[:0]
	}
}

// parseCarried reads a text around which carriers stand.
func (w *unwrapper) parseCarried(whole *parsed, bare *scan) (*parsed, bool) {
	text := whole.text
	if whole.next > 0 {
		text = bare.text // another error begins behind it
	}
	if whole.sure && !mayBeWrapped(text, bare) {
		return nil, false
	}
	if carrier.IsEscapedHTML(whole.text, bare.frames) {
		text = whole.text
	}
	inner, ok := w.parseWrapped(text, bare)
	if ok && whole.next > 0 && len(text) < len(whole.text) {
		inner.text, inner.next, inner.apart = whole.text, whole.next, true
	}
	return inner, ok
}

// parseWrapped reads a text whose lines are wrapped as a whole. It reports false if there are no
// frames within, or no better ones than those of bare, the scan of the text as it is.
func (w *unwrapper) parseWrapped(text string, bare *scan) (*parsed, bool) {
	if w == nil {
		w = &unwrapper{left: maxUnwrapped * len(text)}
	}
	t := carrier.Text{Raw: text, Stripped: bare.own}
	if bare.isSure() {
		return w.parseDespite(t, bare)
	}
	if len(bare.frames) == 0 {
		w.giveRoom(bare.frames)
	}
	p, ok := w.parsePrefixed(t.Stripped)
	if ok {
		return p, true
	}
	var nested *parsed
	for i := range carrier.All {
		c := &carrier.All[i]
		p, ok := w.parseWithin(c, t)
		switch {
		case !ok:
		case (c.Name == carrier.Escaped || c.Name == carrier.HTML) && !(len(p.Wrapping) == 1 && p.Wrapping[0] == c.Name):
			if nested == nil {
				nested = p // perhaps the message holds a backslash or a tag
			}
		default:
			return p, true
		}
	}
	least := 0 // frames that are accepted of the text as it is
	if bare.isAcceptable() {
		least = len(bare.frames)
	}
	if nested != nil || len(w.within) > 0 || least > 1 || !w.found {
		return nested, nested != nil
	}
	w.doubtful = true
	if p, ok := w.parsePrefixed(t.Stripped); ok && len(p.Frames) > least {
		return p, true
	}
	for i := range carrier.All {
		if p, ok := w.parseWithin(&carrier.All[i], t); ok && len(p.Frames) > least {
			return p, true
		}
	}
	return nil, false
}

// isSure reports whether s found frames that can be nothing else.
func (s *scan) isSure() bool { return len(s.frames) > 0 && s.doubt < 0 }

// mayBeWrapped reports whether text, in which s found frames that are sure, may be wrapped all the
// same: a whole trace in one line can look like one frame, and names like names with entities of HTML
// in them.
func mayBeWrapped(text string, s *scan) bool {
	return len(s.frames) == 1 || s.isPrefixed() || carrier.IsEscapedHTML(text, s.frames)
}

// isPrefixed reports whether the line before the first frame is one behind a prefix, or the name of the first
// frame begins with one.
func (s *scan) isPrefixed() bool {
	if len(s.frames) == 0 || s.header < 0 {
		return false
	}
	if strings.IndexByte(strings.TrimRight(s.frames[0].Func, "\t"), '\t') >= 0 {
		return true
	}
	before := strings.TrimRight(s.text[:s.header], "\r\n")
	shape, _ := carrier.ShapeOf(s.uncoloured(before[strings.LastIndexByte(before, '\n')+1:]))
	return shape != ""
}

// parseDespite reads a text in which bare found frames that are sure.
func (w *unwrapper) parseDespite(t carrier.Text, bare *scan) (*parsed, bool) {
	if carrier.IsEscapedHTML(t.Raw, bare.frames) {
		return w.parseWithin(carrier.Named(carrier.HTML), t)
	}
	isLine := strings.IndexByte(bare.text, '\n') < 0
	isPrefixed := bare.isPrefixed()
	if isLine || isPrefixed {
		if p, ok := w.parsePrefixed(t.Stripped); ok && (len(p.Frames) > len(bare.frames) || isPrefixed) {
			return p, true
		}
	}
	for i := range carrier.All {
		c := &carrier.All[i]
		if !isLine && (c.Name != carrier.HTML || !carrier.MayBeHTML(t.Raw)) {
			continue // a message may hold anything
		}
		p, ok := w.parseWithin(c, t)
		isName := c.Name == carrier.JSON && strings.Contains(bare.frames[0].Func, `":`)
		isHeader := c.Name == carrier.HTML && carrier.EndsInTag(t.Raw[:bare.header])
		if ok && (len(p.Frames) > len(bare.frames) || isName || isHeader) {
			return p, true
		}
	}
	return nil, false
}

// mayBeCopied reports whether not all lines of the text of s are frames behind a header of one line, or two
// frames stand on a line.
func (s *scan) mayBeCopied() bool {
	if !s.isSure() || len(s.others) > 0 || s.lastFrame != s.lastLine || s.header > 0 && strings.IndexByte(s.text[:s.header-1], '\n') >= 0 {
		return true
	}
	if s.header > 0 && (strings.Contains(s.text[:s.header], "  at ") || strings.Contains(s.text[:s.header], "\tat ")) {
		return true
	}
	return strings.IndexByte(s.frames[0].Func, ')') >= 0 || strings.Contains(s.frames[0].File, "@http") || strings.IndexByte(s.frames[len(s.frames)-1].File, '\n') >= 0
}

// sureFrames returns the frames that s found, if they can be nothing else.
func (s *scan) sureFrames() []model.Frame {
	if !s.isSure() {
		return nil
	}
	return s.frames
}

// parseCopied reads a text without what copying it left in it, if more frames are in it then than bare found.
func (w *unwrapper) parseCopied(whole *parsed, bare *scan) (*parsed, bool) {
	if !bare.mayBeCopied() {
		return nil, false
	}
	return w.parseCut(whole.text, bare.sureFrames())
}

// parseCut reads a text without what copying it left in it, if more frames are in it then than those that were found in the
// text as it is.
func (w *unwrapper) parseCut(text string, found []model.Frame) (*parsed, bool) {
	if w == nil {
		w = &unwrapper{left: maxUnwrapped * len(text)}
	}
	least := len(found)
	for i := range found {
		if strings.IndexByte(found[i].File, '\n') >= 0 {
			least--
		}
	}
	t := carrier.Text{Raw: text, Stripped: ansi.Strip(text)}
	for i := range carrier.Copied {
		if p, ok := w.parseWithin(&carrier.Copied[i], t); ok && len(p.Frames) > least {
			return p, true
		}
	}
	return nil, false
}

// parseBlock reads a text with a block of YAML, in which bare found as many frames at most.
func (w *unwrapper) parseBlock(whole *parsed, bare *scan) (*parsed, bool) {
	text := whole.text
	if !carrier.HasBlock(text) {
		return nil, false
	}
	if w == nil {
		w = &unwrapper{left: maxUnwrapped * len(text)}
	}
	p, ok := w.parseWithin(&carrier.Blocks, carrier.Text{Raw: text, Stripped: ansi.Strip(text)})
	return p, ok && len(p.Frames) >= len(bare.frames)
}

// parseWithin reads the candidates of a carrier. Among several strings of JSON with frames, one that is
// called the stack is taken; if there is none, the first with a type; else the first. Of other carriers it
// is the first with frames.
func (w *unwrapper) parseWithin(c *carrier.Carrier, t carrier.Text) (*parsed, bool) {
	if !c.Nests && w.isWithin(c.Name) {
		return nil, false
	}
	var best *parsed
	var around carrier.Candidate
	var others []*model.Trace
	most := 0
	for candidate := range c.Candidates(t) {
		p, ok := w.readCandidate(&candidate)
		if !ok {
			continue
		}
		weight := 1
		switch {
		case candidate.IsStack || c.Name != carrier.JSON && c.Name != carrier.Quoted:
			weight = 3
		case p.Type != "":
			weight = 2
		}
		if weight > most {
			best, around, most = p, candidate, weight
			others = nil
		} else if weight == most && w.all && !isSameError(&best.Trace, others, &p.Trace) {
			others = append(append(others, &p.Trace), p.others...)
		}
		if weight == 3 && (!w.all || c.Name != carrier.JSON) {
			break
		}
	}
	if best == nil {
		return nil, false
	}
	best.others = append(best.others, others...)
	if around.Before != "" || around.Behind != "" {
		best.leaveAround(around.Before, around.Behind)
	}
	return best, true
}

// isSameError reports whether t is told of a second time: it has the type, the message and the frames of best
// or of one of others.
func isSameError(best *model.Trace, others []*model.Trace, t *model.Trace) bool {
	isSame := func(other *model.Trace) bool {
		return other.Type == t.Type && other.Message == t.Message && len(other.Frames) == len(t.Frames) &&
			(len(t.Frames) == 0 || other.Frames[0].File == t.Frames[0].File && other.Frames[0].Line == t.Frames[0].Line)
	}
	return isSame(best) || slices.ContainsFunc(others[max(0, len(others)-maxSame):], isSame)
}

// maxSame bounds how many errors are compared with one that may be the same.
const maxSame = 8

// read reads what is within the carrier called name, and reports whether a frame in it is sure.
func (w *unwrapper) read(name, text string) (p *parsed, sure bool) {
	if len(w.within) == maxWrappings || len(text) > w.left {
		return nil, false
	}
	w.left -= len(text)
	w.within = append(w.within, name)
	p = parseWithin(text, w)
	w.within = w.within[:len(w.within)-1]
	p.Wrap(name)
	for _, other := range p.others {
		other.Wrapping = append([]string{name}, other.Wrapping...)
	}
	w.found = w.found || len(p.Frames) > 0
	isList := len(p.Frames) > 1 || name == carrier.Prefix && len(p.Frames) > 0
	sure = p.sure || w.doubtful && len(w.within) == 0 && isList
	if !sure && name != carrier.BOM {
		w.giveRoom(p.Frames)
	}
	return p, sure
}

// isAttempt reports whether what is being read will not be believed unless it holds frames.
func (w *unwrapper) isAttempt() bool {
	return w != nil && slices.ContainsFunc(w.within, func(name string) bool { return name != carrier.BOM })
}

// isWithin reports whether the carrier called name has been taken off already.
func (w *unwrapper) isWithin(name string) bool { return w != nil && slices.Contains(w.within, name) }

// parseMarked reads a text that begins with a byte-order mark.
func (w *unwrapper) parseMarked(text string) *parsed {
	if w == nil {
		w = &unwrapper{left: maxUnwrapped * len(text)}
	}
	p, _ := w.read(carrier.BOM, text[len(carrier.ByteOrderMark):])
	return p
}

// leaveAround leaves what stands in the text before and behind what p was read from.
func (p *parsed) leaveAround(before, behind string) {
	if line := before[strings.LastIndexByte(before, '\n')+1:]; strings.Trim(line, " \t") == "" {
		before = before[:len(before)-len(line)]
	}
	if line, next := txt.LineAt(behind, 0); strings.Trim(line, " \t") == "" {
		behind = behind[next:]
	}
	lines := txt.AppendLines(nil, before)
	p.Before += len(lines)
	p.Unparsed = append(lines, p.Unparsed...)
	p.Leave(txt.TrimLineEnds(behind))
}
