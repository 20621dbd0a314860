package logscan

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// key names the stream that a line is of.
type key struct {
	outer   string // what the caller said
	form    form   // how the lines stand in the log; the prefix is without times
	carrier string // the container, as the prefix of each line tells it
	is      bool   // the key is one
}

// kind is what a line can be in a trace.
type kind uint8

const (
	other       kind = iota
	blank            // nothing
	frame            // surely a frame
	connects         // a frame if it stands beside one
	separator        // what engines and libraries print between frames
	pythonStart      // Traceback (most recent call last):
)

// line is one line of the input with what its prefix tells.
type line struct {
	start, end, next int64

	outer     string
	form      form
	carrier   string // what stands before every line of its stream: the container's name
	isTag     bool   // the carrier is no more than a word in brackets
	owner     string // the process, the request
	hasEntry  bool   // the prefix of a logger's record: it begins with a time
	shaped    string // what a prefix of which only the shape is known tells of the stream, see streamOf
	told      string // what is known of such a prefix
	raw       string // the line as it stands in the log, or in its record
	record    string // the object of JSON that holds the line
	text      string // the line without colours
	body      string // what is behind the prefix, with its indentation
	behind    int    // how many bytes stand behind the body
	isDecoded bool   // the body had escapes
	timeText  string
	timed     int  // how long the time is that the body begins with, if that was asked already
	partial   bool // the line goes on in the next one: CRI
	cut       bool // only its beginning was looked at
	weak      bool // its prefix of a shape is perhaps no prefix: the header must have it too
	stray     bool // a header that stands in the log in another form than the frames

	kind  kind
	sure  bool // of a line that connects, or a separator: it belongs to a trace that it follows
	opens bool // the properties of the error follow, in braces
	ends  bool // the trace ends within the line
}

func (l *line) key() key {
	return key{outer: l.outer, form: form{l.form.member, l.shaped, l.form.quote}, carrier: l.carrier, is: true}
}

func (l *line) trimmed() string { return txt.TrimBlanks(l.body) }

func (l *line) isAt() bool { return strings.HasPrefix(l.body[indentOf(l.body):], "at ") }

// isBare reports whether nothing stands before the line.
func (l *line) isBare() bool { return l.carrier == "" && !l.hasEntry && l.form == form{} }

// bare makes a word in brackets a part of the line: it tells of a stream only where the frames carry it too.
func (l *line) bare() {
	if l.isTag && l.form == (form{}) {
		l.carrier, l.isTag, l.hasEntry, l.owner, l.body, l.behind = "", false, false, "", l.text, 0
	}
}

// isOf reports whether l may belong to the trace of which first is the first frame.
func (l *line) isOf(first *line) bool {
	if l.outer != first.outer || l.carrier != first.carrier || l.form != first.form {
		return false
	}
	if l.owner != "" && first.owner != "" && l.owner != first.owner {
		return false
	}
	return l.hasEntry || !first.hasEntry
}

// classify tells what a line can be. What it says as a frame is read into f.
func (l *line) classify(f *formats.Frame) {
	body := txt.TrimBlanks(l.body)
	if body == "" {
		l.kind = blank
		return
	}
	if strings.HasPrefix(body, "at ") {
		l.classifyAt(f, body)
		return
	}
	if strings.HasSuffix(body, "(most recent call last):") {
		start := strings.TrimLeft(body, "+| ")
		if strings.HasPrefix(start, "Traceback (") || strings.HasPrefix(start, "Exception Group Traceback (") {
			l.kind = pythonStart
			return
		}
	}
	if sure, ok := readSeparator(body); ok {
		l.kind, l.sure = separator, sure
		return
	}
	l.classifySign(f, body)
}

func (l *line) classifyAt(f *formats.Frame, body string) {
	*f = formats.Frame{}
	if rest, ok := strings.CutSuffix(body, " {"); ok {
		body, l.opens = rest, true
	} else if strings.HasSuffix(body, "}") {
		if i := strings.LastIndex(body, " { "); i > 0 {
			body = body[:i]
		}
	}
	body = around.CutZone(body)
	if !readAt(f, body) {
		if first, second := header.CutSecondError(body); second != "" && readAt(f, first) && f.Line > 0 && !isOtherLanguage(f.File) {
			l.kind = frame // and the header of another error
			return
		}
		// A frame in quotes, of CSV or of a list.
		if i := strings.IndexByte(body, '"'); i > 0 && readAt(f, body[:i]) && f.Line > 0 {
			l.kind = frame
			l.body = l.body[:strings.IndexByte(l.body, '"')]
			l.ends = true
			return
		}
		l.opens = false
		l.kind = other
		return
	}
	switch {
	case isOtherLanguage(f.File) && f.Engine != formats.Duktape:
		l.opens = false
	case formats.IsDoubtful(f, body), f.Line == 0 && !f.Native && f.Offset == 0 && f.Engine != formats.XS:
		l.kind, l.sure = connects, true
	default:
		l.kind = frame
	}
}

func readAt(f *formats.Frame, body string) bool {
	if len(body) < 4 {
		return false
	}
	if formats.ReadPlainAt(f, body[3:], nil) != formats.NotPlain {
		return true
	}
	if decided := formats.MatchAt(body); decided != nil && decided.ReadInto(f, body) {
		return true
	}
	return formats.DefaultAt().ReadInto(f, body)
}

func (l *line) classifySign(f *formats.Frame, body string) {
	*f = formats.Frame{}
	body = around.CutZone(body)
	at := strings.IndexByte(body, '@')
	if at < 0 {
		if len(body) > 200 {
			return
		}
		decided := formats.MatchSign(body)
		if (decided != nil && decided.ReadInto(f, body) || strings.IndexByte(body, ' ') < 0 && formats.DefaultSign().ReadInto(f, body)) && mayConnect(f, body) {
			l.kind = connects
			l.sure = f.Line > 0 || f.TopLevel || f.Eval
		}
		return
	}
	if strings.IndexByte(body[:at], '\t') >= 0 {
		return // no name has a tab
	}
	if header.HasStrong(body) {
		body, _ = header.CutSecondError(body)
	}
	if formats.ReadPlainSign(f, body, formats.JSC, nil) != formats.NotPlain {
		l.kind = frame
	} else if decided := formats.MatchSign(body); decided != nil && decided.ReadInto(f, body) || formats.DefaultSign().ReadInto(f, body) {
		switch {
		case !formats.IsDoubtful(f, body), f.Wasm && strings.Contains(body, "wasm-function["):
			l.kind = frame
		case mayConnect(f, body):
			l.kind = connects
			l.sure = f.Line > 0 && f.Col > 0 || f.TopLevel || f.Eval || f.Native
		}
	}
	if l.kind == frame && isOtherLanguage(f.File) {
		l.kind = other
	}
}

// mayConnect reports whether a line that was read as f is one that stands between frames.
func mayConnect(f *formats.Frame, body string) bool {
	switch {
	case f.Native, f.Eval, f.Wasm, f.TopLevel && f.File == "":
		return true
	case strings.IndexByte(f.File, ' ') >= 0:
		return false
	case strings.IndexByte(body, ' ') < 0:
		return f.Line == 0 || f.Col > 0 || f.File == "" || !formats.IsProse(f)
	case f.Line == 0:
		return body == "eval code@"
	case f.Col > 0 && (strings.HasPrefix(f.File, "/") || strings.Contains(f.File, "://")):
		return true
	}
	return !formats.IsProse(f)
}

// readSeparator reads a line that engines and libraries print between frames, or with which the cause of
// an error begins in the object that Node prints. A line that begins another report of the same process
// does not count here: each report is a trace of its own. A separator is sure if it belongs to the trace even when no
// frame follows; a line of dashes may be anything.
func readSeparator(body string) (sure, ok bool) {
	if strings.HasPrefix(body, "[cause]: ") {
		return true, true
	}
	s, ok := header.ReadSeparator(body)
	return s.Cause == "" || s.Ends, ok && !s.Another
}

// isClosing reports whether a line closes the object in which an error was printed.
func isClosing(body string) bool {
	body = txt.TrimBlanks(body)
	return body == "}" || body == "}," || body == "}]" || body == "} ]" || body == "});"
}

// indentOf returns how many blanks and tabs body begins with.
func indentOf(body string) int {
	n := 0
	for n < len(body) && (body[n] == ' ' || body[n] == '\t') {
		n++
	}
	return n
}

// mayHoldTrace reports whether a line may hold a whole trace: an escaped line end, or a list or a stack of
// JSON, and what frames have.
func mayHoldTrace(s string) bool {
	if strings.Contains(s, `\n`) || strings.Contains(s, "#012") {
		return mayHoldFrames(s)
	}
	return (strings.Contains(s, `stack":"`) || strings.Contains(s, `":[`) || strings.Contains(s, `": [`)) && mayHoldFrames(s)
}
