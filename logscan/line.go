package logscan

import (
	"bytes"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
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

func (l *line) trimmed() string { return strings.Trim(l.body, " \t\r") }

func (l *line) isAt() bool { return strings.HasPrefix(strings.TrimLeft(l.body, " \t"), "at ") }

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

// Classes of the last byte of a line, for [mayEndFrame].
const (
	endNever = iota
	endDigit
	endHex
	endParen
	endBracket
	endTrim
	endWord
)

var lastByte = func() (class [256]uint8) {
	for c := range class {
		switch {
		case '0' <= c && c <= '9':
			class[c] = endDigit
		case 'a' <= c && c <= 'f':
			class[c] = endHex
		case c == 'l', c == 't':
			class[c] = endWord
		case c == ')':
			class[c] = endParen
		case c == ']':
			class[c] = endBracket
		case strings.IndexByte(" \t\r\",'`{}m:;|", byte(c)) >= 0:
			class[c] = endTrim
		}
	}
	return class
}()

// openObject begins the object in which an error was printed, behind its last frame.
var openObject = []byte(" { ")

// maxTail is how many bytes behind a frame are passed over to find its end.
const maxTail = 40

// mayEndFrame reports whether a line ends as frames do, or as the line above Python's. It looks at
// the end alone: most lines of a log fail at their last byte.
func mayEndFrame(s []byte) bool {
	if len(s) > 5 && s[0] <= ' ' { // most lines of a log are not indented
		i := 1
		for i < len(s)-3 && i < maxTail && s[i] <= ' ' {
			i++
		}
		if s[i] == 'a' && string(s[i:i+3]) == "at " {
			return true
		}
	}
	for range maxTail {
		n := len(s)
		if n < 7 {
			return false
		}
		switch lastByte[s[n-1]] {
		case endDigit:
			return endsInPosition(s)
		case endWord:
			return endsInWord(s)
		case endHex:
			if s[n-1] == 'd' && endsInWord(s) {
				return true
			}
			i := n - 1
			for i > 0 && lastByte[s[i]]-endDigit <= endHex-endDigit {
				i--
			}
			return s[i] == 'x' && s[i-1] == '0'
		case endParen:
			switch lastByte[s[n-2]] {
			case endDigit:
				return endsInPosition(s[:n-1])
			case endHex:
				// native code), (native), 0x2a)
				if string(s[n-6:n-1]) == "ative" || string(s[n-6:n-1]) == " code" || mayEndFrame(s[:n-1]) {
					return true
				}
			}
			switch s[n-2] {
			case '>', 'n', '(': // <anonymous>), unknown), XS' f ()
				return true
			case 'm', ')': // a colour ends before it, or goja's "1:2(3))"
				s = s[:n-1]
				continue
			}
			i := n - 2 // Rhino's "u:1 (f)"
			for i > 3 && n-i < maxTail && s[i] != '(' {
				i--
			}
			return s[i] == '(' && s[i-1] == ' ' && txt.IsDigit(s[i-2]) && endsInPosition(s[:i-1])
		case endBracket:
			if txt.IsDigit(s[n-2]) {
				i := n - 2
				for i > 0 && txt.IsDigit(s[i]) {
					i--
				}
				if s[i] == '[' && i > 8 && string(s[i-8:i]) == "function" {
					return true // of WebAssembly
				}
			}
			if string(s[n-6:n]) == " code]" || string(s[n-7:n]) == "native]" {
				return true
			}
			i := n - 2 // the zone of zone.js
			for i > 0 && n-i < maxTail && s[i] != '[' {
				i--
			}
			if s[i] != '[' || i == 0 || s[i-1] != ' ' {
				return false
			}
			s = s[:i-1]
		case endTrim:
			switch c := s[n-1]; {
			case c == 'm':
				i := n - 2
				for i > 0 && n-i < 12 && ('0' <= s[i] && s[i] <= '9' || s[i] == ';') {
					i--
				}
				if i < 1 || s[i] != '[' || s[i-1] != ansi.Escape {
					return false
				}
				s = s[:i-1]
			case c == ':':
				return s[n-2] == ')' && n > 12 && string(s[n-7:n]) == " last):"
			case c == '}' && s[n-2] == ']' && s[n-3] == '"': // a list of lines in JSON
				s = s[:n-2]
			case c == '}':
				if s[n-2] != ' ' && s[n-2] != 'm' {
					return false
				}
				open := bytes.LastIndex(s[max(0, n-200):], openObject) + max(0, n-200)
				return open > 7 && s[open] == ' ' && mayEndFrame(s[:open])
			default:
				s = s[:n-1]
			}
		default:
			return false
		}
	}
	return false
}

// endsInWord reports whether s ends in one of the words that Duktape puts behind a frame.
func endsInWord(s []byte) bool {
	return len(s) > 20 && (string(s[len(s)-14:]) == " preventsyield" || string(s[len(s)-9:]) == " internal" || string(s[len(s)-10:]) == " construct")
}

// endsInPosition reports whether s ends in a number with ":" or "line " or "index " before it.
func endsInPosition(s []byte) bool {
	i := len(s) - 1
	for i > 0 && '0' <= s[i] && s[i] <= '9' {
		i--
	}
	switch s[i] {
	case ':':
		return i > 2 && i < len(s)-1
	case '(':
		return i > 2 && txt.IsDigit(s[i-1]) // goja's "1:2(3)"
	case 'm': // a colour begins with the number
		return i > 3 && bytes.IndexByte(s[max(0, i-8):i], ansi.Escape) >= 0
	case 'x', ' ', 'a', 'b', 'c', 'd', 'e', 'f':
		return s[i] != ' ' || i > 6 && string(s[i-5:i]) == "index"
	}
	return false
}

// classify tells what a line can be. What it says as a frame is read into f.
func (l *line) classify(f *formats.Frame) {
	body := strings.Trim(l.body, " \t\r")
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
// an error begins in the object that Node prints. What begins another report of the same process is none
// here: each report is a trace of its own. A separator is sure if it belongs to the trace even when no
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
	body = strings.Trim(body, " \t\r")
	return body == "}" || body == "}," || body == "}]" || body == "} ]" || body == "});"
}

func indentOf(body string) int { return len(body) - len(strings.TrimLeft(body, " \t")) }

// mayHoldTrace reports whether a line may hold a whole trace: an escaped line end, or a list or a stack of
// JSON, and what frames have.
func mayHoldTrace(s string) bool {
	if strings.Contains(s, `\n`) {
		return mayHoldFrames(s)
	}
	return (strings.Contains(s, `stack":"`) || strings.Contains(s, `":[`) || strings.Contains(s, `": [`)) && mayHoldFrames(s)
}
