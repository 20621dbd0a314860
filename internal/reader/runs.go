package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/printed"
	"github.com/stacktrace-go/stacktrace/internal/segment"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// errorRuns tells which runs of frames belong to which headers of a text, of which several may be there.
type errorRuns struct {
	lines segment.Machine
	first bool // only the first run is looked for
	end   int  // where another error begins, which ends the text of this one; -1 if none does
}

// noteHeader counts a line before the first frame if it can be nothing but a header.
func (s *scan) noteHeader(line, body string) {
	if header.HasStrong(body) {
		s.countHeader(line)
	}
}

func (s *scan) countHeader(line string) { s.runs.lines.Header(s.indentOf(line)) }

// noteExcerpt counts an excerpt as Bun prints one before each error. The first may stand before the header,
// another is of an error within this one.
func (s *scan) noteExcerpt() {
	s.runs.lines.Excerpt(s.excerpted)
	s.excerpted = true
}

// noteGap looks whether a line behind a frame, which is none, may be the header of another error.
func (s *scan) noteGap(line string, start int) {
	if s.known {
		return
	}
	if !s.gap {
		s.runs.lines.Accept() // the frames before it
	}
	s.runs.lines.Line(header.KindOf(s.body(line)), s.indentOf(line), start)
}

// beginsError reports whether the frame that was just read is of another error than those before it.
func (s *scan) beginsError() bool {
	return !s.known && s.runs.lines.Frame() == segment.Another && len(s.frames) > s.base+1
}

// endsBefore ends the text of this error where the header of another one stands, if body, the line behind that, is
// a frame. It is read by itself, since the engine that it tells may be another than that of the frames before it.
func (s *scan) endsBefore(body string) bool {
	if !s.gap || s.known || len(s.frames) == s.base || s.runs.lines.Frame() != segment.Another {
		return false
	}
	s.next() // room for one more
	s.drop()
	alone := newScan(s.frames[len(s.frames):], "")
	var ok bool
	if strings.HasPrefix(body, "at ") {
		body, _ = printed.CutInspectTail(body)
		ok = alone.readAtBody(body) && !formats.IsDoubtful(&alone.frames[0], body)
	} else {
		ok, _ = alone.readSignBody(body)
	}
	if ok {
		s.settle()
		s.endAt(s.runs.lines.At())
	}
	return ok
}

// isInMessage reports whether the frames before frames[run:] are of the message, of which a gap parts them.
// The message may begin with a header, and another one stand before those frames, as in a message that holds
// what a child has printed. Those from the run on, the first of which begins at start, may be a whole stack,
// or those before them be of other places.
func (s *scan) isInMessage(run, start int) bool {
	return s.runs.lines.IsNested() || s.isWholeStack(start) || !s.sharesPlace(run)
}

// sharesPlace reports whether a frame before frames[run:] may be of the same program as the first of those:
// their files have the same root, or one of them has none.
func (s *scan) sharesPlace(run int) bool {
	root := fileRoot(s.frames[run].File)
	if root == "" {
		return true
	}
	for i := s.base; i < run; i++ {
		if r := fileRoot(s.frames[i].File); r == "" || r == root {
			return true
		}
	}
	return false
}

// fileRoot returns what all files of a program begin with: the scheme and the host, the first folder, or "."
// for a relative file. It is "" for what belongs to no program: no file, or one of a runtime.
func fileRoot(file string) string {
	switch {
	case file == "", strings.HasPrefix(file, "node:"), strings.HasPrefix(file, "internal/"), strings.HasPrefix(file, "ext:"):
		return ""
	case file[0] == '/':
		end := strings.IndexByte(file[1:], '/') + 1 // 0 if the file is in the root
		return file[:max(end, 1)]
	}
	if scheme := strings.Index(file, "://"); scheme >= 0 {
		behind := file[scheme+len("://"):]
		if end := strings.IndexByte(behind, '/'); end >= 0 {
			return file[:scheme+len("://")+end]
		}
		return file
	}
	return "."
}

// stackLimit is how many frames V8 and the engines that follow it keep unless a program says otherwise:
// Error.stackTraceLimit.
const stackLimit = 10

// isWholeStack reports whether the "at" lines from start on are as many as engines keep at most.
func (s *scan) isWholeStack(start int) bool {
	n := 0
	for start < len(s.text) && n <= stackLimit {
		line, next := txt.LineAt(s.text, start)
		if !strings.HasPrefix(s.body(line), "at ") {
			break
		}
		n++
		start = next
	}
	return n == stackLimit
}

// endAt ends the text of this error where another one begins.
func (s *scan) endAt(start int) {
	start = header.ContextStart(s.text, s.lastFrameEnd(), start, s.body)
	s.runs.end = start
	s.cutText(start)
}

// endAtHeader ends the text of this error at a header behind its last frame that no frames follow.
func (s *scan) endAtHeader() {
	if s.gap && !s.known && !s.closed && !s.isOver() && s.runs.lines.End() == segment.Another {
		s.endAt(s.runs.lines.At())
	}
}

// endWithin ends the text of this error with the line of its last frame, which begins at start and ends in tail, the
// header of another error.
func (s *scan) endWithin(line, tail string, start int) {
	strong, ok := header.FindStrong(tail)
	at := strings.LastIndex(s.uncoloured(line), tail)
	if !ok || s.known || strong.Label != "" || at < 0 {
		return
	}
	s.runs.end = start + withColours(line, at+len(tail)-len(strings.TrimLeft(tail, " ")))
	s.cutText(start + len(line))
	s.tail = ""
}

// withColours returns where the byte of line stands before which there are n without colours.
func withColours(line string, n int) int {
	at := 0
	for at < len(line) {
		switch {
		case line[at] == ansi.Escape:
			at += ansi.SequenceLen(line[at:])
		case n == 0:
			return at
		default:
			at++
			n--
		}
	}
	return at
}

// cutText drops the text from end on.
func (s *scan) cutText(end int) {
	if s.coloured {
		s.own = txt.TrimLineEnds(s.own[:s.ownAt(end)])
	} else {
		s.own = txt.TrimLineEnds(s.own[:end])
	}
	s.text = txt.TrimLineEnds(s.text[:end])
	s.pos = len(s.text)
	s.lastLine = s.lastFrame
	s.others, s.kept = cutSpans(s.others, len(s.text)), min(s.kept, len(s.others))
	s.marked, s.mark, s.marks = false, header.Separator{}, cutSpans(s.marks, len(s.text))
	s.doubt = -1
}

// cutSpans returns what of spans stands before end.
func cutSpans(spans []txt.Span, end int) []txt.Span {
	for len(spans) > 0 {
		last := &spans[len(spans)-1]
		if last.To = min(last.To, end); last.From < last.To {
			break
		}
		spans = spans[:len(spans)-1]
	}
	return spans
}

// isOver reports whether nothing more is to be read of the text.
func (s *scan) isOver() bool {
	return s.closed || s.runs.end >= 0 || s.runs.first && s.header >= 0
}

// lastFrameEnd returns where the line behind the last frame begins.
func (s *scan) lastFrameEnd() int {
	end := s.lastFrame + len(s.frames[len(s.frames)-1].Text)
	_, next := txt.LineAt(s.text, end)
	return next
}
