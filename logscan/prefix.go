package logscan

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// form is how the lines of a trace stand in the log, if it is no way that [line.readPrefix] knows.
type form struct {
	member string // the path of the member of JSON objects that holds each line
	prefix string // what stands before one of the lines; before the others the same shape does
	quote  byte   // each line is a string in such quotes
}

// readLine reads a line in the form that it shows by itself.
func (c *cutter) readLine(start, end, next int64) line {
	l := c.newLine(start, end, next)
	if mayBeRecord(l.raw) && l.readRecord(&c.frame, "") {
		l.raw = l.body
	} else {
		l.body = l.raw
	}
	l.text = ansi.Strip(l.body)
	l.body = l.text
	l.readPrefix()
	if quote := l.quote(); quote != 0 {
		if quoted := l; quoted.cutQuotes(quote) && isFrame(&c.frame, &quoted) {
			return quoted
		}
	}
	return l
}

func (c *cutter) newLine(start, end, next int64) line {
	l := line{start: start, end: end, next: next}
	if len(c.outers) > 0 {
		l.outer = c.outerOf(start)
	}
	l.raw = string(c.bytes(start, end))
	l.body = l.raw
	return l
}

// readLineAs reads a line of a trace whose lines stand in the log in a certain form. It reports false if
// the line is in another one.
func (c *cutter) readLineAs(start, end, next int64, in form) (line, bool) {
	l := c.newLine(start, end, next)
	if in.member != "" {
		if !l.readRecord(&c.frame, in.member) {
			return l, false
		}
		l.raw = l.body
	}
	l.text = ansi.Strip(l.body)
	l.body = l.text
	switch {
	case in.prefix == "":
		l.readPrefix()
	case !l.readShaped(in.prefix):
		return l, false
	}
	return l, in.quote == 0 || l.cutQuotes(in.quote)
}

// prefix returns what was taken off before the body.
func (l *line) prefix() string {
	if l.record != "" || l.isDecoded {
		return ""
	}
	return coloured(l.raw, len(l.text)-len(l.body)-l.behind)
}

// readShaped takes off a prefix of a shape.
func (l *line) readShaped(prefix string) bool {
	rest, ok := carrier.Shape(prefix).Cut(l.text)
	if !ok {
		return false
	}
	l.body = rest
	l.form.prefix = prefix
	known := line{body: l.text[:len(l.text)-len(rest)]}
	l.shaped = streamOf(strings.TrimRight(known.body, " \t"))
	all := known.body
	known.readPrefix()
	if known.timeText == "" {
		known.timeText = findTime(all)
	}
	l.told = strings.Trim(known.carrier+" "+known.owner, " ")
	if known.timeText != "" {
		l.timeText = known.timeText
	}
	return true
}

// maxName is the length of the longest word that is taken for a name in a prefix.
const maxName = 80

// maxTimed is how much stands at most in brackets that begin a record and hold a time among other words.
const maxTimed = 60

// maxLabels is the length of the longest list of labels that is taken for one in a prefix.
const maxLabels = 1000

// readPrefix takes off the body what loggers and containers put before it.
func (l *line) readPrefix() {
	if strings.IndexByte(l.body, 0) >= 0 {
		l.cutSize()
	}
	for range 4 {
		if !l.readCarrier() {
			break
		}
	}
	l.readEntry()
}

// cutSize takes off the size that the journal's export writes before a message of several lines: eight
// bytes, of which the last are zero.
func (l *line) cutSize() {
	if s := l.body; len(s) > 8 && s[:8] != "\x00\x00\x00\x00\x00\x00\x00\x00" && s[4:8] == "\x00\x00\x00\x00" {
		l.body = s[8:]
	}
}

// quote returns the quote that the body begins with, or 0.
func (l *line) quote() byte {
	if n := indentOf(l.body); n > 0 && n < len(l.body) && (l.body[n] == '"' || l.body[n] == '\'') {
		return l.body[n]
	}
	return 0
}

// cutQuotes takes a line out of its quotes that is one of a list in indented JSON, or of a string as Node
// prints it, whose first line stands behind the name of a property:
//
//	"    at f (/a.js:1:2)",
//	stack: 'Error: x\n' +
//	  '    at f (/a.js:1:2)\n' +
func (l *line) cutQuotes(quote byte) bool {
	start := strings.IndexByte(l.body, quote) + 1
	if start == 0 {
		return false
	}
	if before := strings.Trim(l.body[:start-1], " \t"); before != "" && (quote == '"' || !strings.HasSuffix(before, ":") || strings.IndexByte(before, ' ') >= 0) {
		return false
	}
	text := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(l.body[start:], "\r"), ","), " +")
	text, ok := strings.CutSuffix(text, string(quote))
	if !ok {
		return false
	}
	if quote == '"' {
		if strings.IndexByte(text, '"') >= 0 {
			return false
		}
		l.behind = len(l.body) - start - len(text)
		l.body = text
	} else {
		l.behind = len(l.body) - start - len(text)
		l.body = unquoted.Replace(strings.TrimSuffix(text, `\n`))
		l.isDecoded = true
	}
	l.form.quote = quote
	return true
}

// unquoted are the escapes of strings as Node prints them.
var unquoted = strings.NewReplacer(`\'`, `'`, `\\`, `\`, `\t`, "\t")

// readCarrier takes off one thing that stands before every line of a stream:
//
//	app-1  | …                                       docker compose
//	shop_web.1.abc123@node1    | …                   docker service logs
//	10:00:00 web.1  | …                              foreman
//	0|app  | …                                       pm2
//	[pod/app-7d9f/app] …                             kubectl logs --prefix
//	[1] …  [api] …                                   concurrently
//	2026-11-21T10:00:00.123456789Z stderr F …        CRI
//	<34>Nov 21 10:00:00 host app[123]: …             syslog, RFC 3164, and the journal's short form
//	<165>1 2026-11-21T10:00:00.003Z host app 123 ID - …   syslog, RFC 5424
//	2026-11-21T10:00:00.123456+00:00 app[web.1]: …   Heroku
//	MESSAGE=…                                        the journal's export
//	npm ERR! …  npm error …                          npm
func (l *line) readCarrier() bool {
	s := l.body
	l.timed = 0
	if s == "" {
		return false
	}
	switch c := s[0]; {
	case c == '[':
		i := strings.IndexByte(s, ']')
		if i > 1 && i < maxName && (i+1 == len(s) || s[i+1] == ' ') && txt.IsWordOf(s[1:i], "/.-_:@") && s[1] != '.' && !isLevel(s[1:i]) && !isTimeStart(s[1:i]) {
			l.isTag = l.carrier == ""
			l.carry(s[1:i])
			l.body = strings.TrimPrefix(s[i+1:], " ")
			return true
		}
	case c == '<':
		if n := txt.DigitsLen(s[1:]); n > 0 && n <= 3 && len(s) > n+2 && s[n+1] == '>' {
			l.body = s[n+2:]
			if rest, ok := strings.CutPrefix(l.body, "1 "); ok {
				return l.readSyslog5424(rest)
			}
			return true
		}
	case c == '_' || txt.IsUpper(c) && isJournalField(s):
		name, rest, ok := strings.Cut(s[:min(len(s), maxName)], "=")
		if !ok || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
			return false
		}
		if name == "MESSAGE" {
			l.carry("journal")
			l.body = s[len(name)+1:]
			return true
		}
		l.carrier, l.body = "journal "+name, rest
		return false // beside what is logged
	}
	for _, p := range fixedPrefixes {
		if p.prefix[0] != s[0] {
			continue
		}
		if rest, ok := strings.CutPrefix(s, p.prefix); ok {
			l.carry(p.name)
			l.body = rest
			return true
		}
	}
	if c := s[0]; txt.IsLetter(c) || txt.IsDigit(c) {
		if l.timed = timeLen(s); l.timed > 0 {
			return l.readTimedCarrier(s, l.timed)
		}
		if l.readPipe(s) {
			return true
		}
	}
	return false
}

// fixedPrefixes stand before each line as they are.
var fixedPrefixes = [...]struct{ prefix, name string }{
	{"npm ERR! ", "npm"},
	{"npm error ", "npm"},
	{"##[error]", "error"}, // Azure Pipelines, GitHub
	{"##[warning]", "warning"},
}

// isJournalField reports whether s begins with a field of the journal that a program or the journal
// itself sets; the trusted ones begin with "_".
func isJournalField(s string) bool {
	for _, name := range [...]string{"MESSAGE=", "PRIORITY=", "SYSLOG_", "CODE_"} {
		if strings.HasPrefix(s, name) {
			return true
		}
	}
	return false
}

// carry adds a name to what the carrier tells.
func (l *line) carry(name string) {
	if l.carrier != "" {
		l.carrier += "/"
	}
	l.carrier += name
}

// readPipe reads "NAME  | ".
func (l *line) readPipe(s string) bool {
	i := strings.IndexByte(s[:min(len(s), maxName)], '|')
	if i <= 0 {
		return false
	}
	name := strings.TrimRight(s[:i], " ")
	if txt.IsNumber(name) && i+1 < len(s) && s[i+1] != ' ' { // pm2
		j := strings.IndexByte(s[i+1:min(len(s), maxName)], '|')
		if j <= 0 {
			return false
		}
		name = strings.TrimRight(s[:i+1+j], " ")
		i += 1 + j
		if !txt.IsWordOf(strings.Replace(name, "|", "", 1), "-_./") {
			return false
		}
	} else if txt.IsNumber(name) || name == "" || !txt.IsWordOf(name, "-_./@") {
		return false
	}
	rest := s[i+1:]
	if rest != "" && rest[0] != ' ' {
		return false
	}
	l.carry(name)
	l.body = strings.TrimPrefix(rest, " ")
	return true
}

// readTimedCarrier reads what begins with a time of n bytes, but is no record of a logger.
func (l *line) readTimedCarrier(s string, n int) bool {
	rest := s[n:]
	if !strings.HasPrefix(rest, " ") {
		return false
	}
	rest = rest[1:]
	word, after, _ := strings.Cut(rest, " ")
	if (word == "stdout" || word == "stderr") && len(after) > 0 && (after[0] == 'F' || after[0] == 'P') && (len(after) == 1 || after[1] == ' ' || after[1] == ':') {
		l.timeText = s[:n]
		l.carry(word)
		l.partial = after[0] == 'P'
		l.body = strings.TrimPrefix(strings.TrimLeft(after[1:], ":FP"), " ")
		return true
	}
	if l.readPipe(rest) { // foreman's "10:00:00 web.1  | "
		l.timeText = s[:n]
		return true
	}
	// host tag[123]: or tag[123]:
	for range 2 {
		if name, ok := strings.CutSuffix(word, ":"); ok && isTag(name) {
			l.timeText = s[:n]
			l.carry(name)
			l.body = after
			return true
		}
		if !txt.IsWordOf(word, "-_.:@") {
			return false
		}
		word, after, _ = strings.Cut(after, " ")
	}
	return false
}

// isTag reports whether s is the tag of a syslog message with its process, "node[123]", or that of
// Heroku, "app[web.1]".
func isTag(s string) bool {
	i := strings.IndexByte(s, '[')
	return i > 0 && s[len(s)-1] == ']' && txt.IsWordOf(s[:i], "-_./()@") && txt.IsWordOf(s[i+1:len(s)-1], "-_./")
}

// readSyslog5424 reads "TIME HOST APP PROCID MSGID SD MESSAGE".
func (l *line) readSyslog5424(s string) bool {
	n := timeLen(s)
	if n == 0 && strings.HasPrefix(s, "- ") {
		n = 1
	}
	if n == 0 || n >= len(s) || s[n] != ' ' {
		return false
	}
	timeText, rest := s[:n], s[n+1:]
	var words [4]string
	for i := range words {
		var ok bool
		if words[i], rest, ok = strings.Cut(rest, " "); !ok {
			return false
		}
	}
	l.timeText = timeText
	l.carry(words[0] + "/" + words[1] + "[" + words[2] + "]")
	for strings.HasPrefix(rest, "[") {
		end := sdEnd(rest)
		if end < 0 {
			return false
		}
		rest = rest[end:]
	}
	rest = strings.TrimPrefix(rest, "-")
	rest = strings.TrimPrefix(rest, " ")
	l.body = strings.TrimPrefix(rest, "\ufeff")
	return true
}

// sdEnd returns where the structured data ends that s begins with.
func sdEnd(s string) int {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case ']':
			if !quoted {
				return i + 1
			}
		}
	}
	return -1
}

// coloured returns what of s its first n bytes without colours are.
func coloured(s string, n int) string {
	if strings.IndexByte(s[:min(len(s), n)], ansi.Escape) < 0 {
		return s[:max(0, n)]
	}
	i := 0
	for n > 0 && i < len(s) {
		if s[i] == ansi.Escape {
			i += ansi.SequenceLen(s[i:])
			continue
		}
		i++
		n--
	}
	return s[:i]
}
