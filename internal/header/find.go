package header

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/segment"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Strong is a header with the name of an error that can be nothing else, behind a label or not.
type Strong struct {
	Header
	At int // where the name begins in the line
}

// maxLabel is how far into a line the name of an error is looked for: programs and loggers put few words
// before it.
const maxLabel = 300

// FindStrong looks in line, the first of a header, for the first name that only errors have, with what ends
// a name behind it. What stands before it is the label, without times and levels:
//
//	TypeError: x
//	failed to load user 42 TypeError: x
//	Module build failed: SyntaxError: x
//	[vite] TypeError: x
//	##[error]TypeError: x
//	Unhandled Rejection (TypeError): x
//	DiscordAPIError[50035]: Invalid Form Body
//	Error [ERR_X]: x
//
// The message is the rest of the line. It reports false if there is no such name.
func FindStrong(line string) (Strong, bool) {
	n, ok := findName(line)
	if !ok {
		return Strong{}, false
	}
	return Strong{Header{Label: TrimLabel(line[:n.from]), Type: line[n.from:n.to], Code: n.code, Message: n.rest}, n.from}, true
}

// HasStrong reports whether FindStrong finds a name in line. It allocates nothing.
func HasStrong(line string) bool {
	_, ok := findName(line)
	return ok
}

// foundName is line[from:to] and what stands behind it.
type foundName struct {
	from, to   int
	code, rest string
}

func findName(line string) (foundName, bool) {
	limit := line[:min(len(line), maxLabel)]
	for i := 0; i < len(limit); {
		if !isNameByte(limit[i]) {
			i++
			continue
		}
		if r, n := utf8.DecodeRuneInString(limit[i:]); r >= utf8.RuneSelf && !unicode.IsLetter(r) {
			i += n // a quotation mark or a bullet
			continue
		}
		end := i
		for end < len(line) && isNameByte(line[end]) {
			end++
		}
		if isStrongName(line[i:end]) && mayPrecedeName(line[:i]) {
			if code, rest, ok := cutNameEnd(line[:i], line[end:]); ok {
				return foundName{i, end, code, rest}, true
			}
		}
		i = end + 1
	}
	return foundName{}, false
}

// isNameByte reports whether c can be in the name of an error that stands among other words.
func isNameByte(c byte) bool {
	return c >= 0x80 || txt.IsLetter(c) || txt.IsDigit(c) || c == '_' || c == '$' || c == '.' || c == '-'
}

// isStrongName reports whether name is one that only errors have: its last part begins with a capital and
// ends in one of the words for errors, and is more than one of those that logs put before any text.
func isStrongName(name string) bool {
	switch name[len(name)-1] {
	case 'r', 'n', 'g': // of most words no more need be looked at
	default:
		return false
	}
	last := name[strings.LastIndexAny(name, ".-")+1:]
	if last == "" || !txt.IsUpper(last[0]) && last[0] != '_' && last[0] != '$' {
		return false
	}
	switch last {
	case "Exception", "Warning", "Rejection":
		return len(last) < len(name)
	case "UnhandledPromiseRejectionWarning":
		return false // the name of the error follows it
	}
	for _, word := range [...]string{"Error", "Exception", "Warning", "Rejection"} {
		if strings.HasSuffix(last, word) {
			return true
		}
	}
	return false
}

// mayPrecedeName reports whether a name can follow before on its line.
func mayPrecedeName(before string) bool {
	if before == "" || strings.IndexByte(" \t([{<\"'`|>:],;=*", before[len(before)-1]) >= 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return r >= utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// cutNameEnd takes off what ends a name that follows before: ": ", a code, a parenthesis, the end of the line.
func cutNameEnd(before, behind string) (code, rest string, ok bool) {
	if strings.HasSuffix(before, "(") {
		if behind, ok = strings.CutPrefix(behind, ")"); !ok {
			return "", "", false
		}
	}
	if inner, found := strings.CutPrefix(strings.TrimPrefix(behind, " "), "["); found {
		word, after, closed := strings.Cut(inner, "]")
		if !closed || word == "" {
			return "", "", false
		}
		if isCode(word) {
			code = word
		}
		behind = after
	}
	switch {
	case strings.HasPrefix(behind, ": "):
		return code, behind[len(": "):], true
	case behind == ":":
		return code, "", true
	case behind == "":
		label := strings.TrimRight(before, " ")
		return code, "", label == "" || strings.HasSuffix(label, ":") || strings.HasSuffix(label, "]") || strings.HasSuffix(before, "(")
	}
	return "", "", false
}

// isCode reports whether s, in brackets behind a name, is the error's code: "ERR_X", "50035".
func isCode(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !txt.IsUpper(c) && !txt.IsDigit(c) && c != '_' {
			return false
		}
	}
	return s != "" && s != levelWord
}

// levelWord is what Deno puts in brackets behind the number of an error of the compiler: "TS2322 [ERROR]: x".
const levelWord = "ERROR"

// TrimLabel returns label without the times and levels at its beginning, without the sign of an object that is
// referred to from within, "<ref *1>", and without what ties it to the name behind it.
func TrimLabel(label string) string {
	if ref := strings.LastIndex(label, "<ref *"); ref >= 0 {
		label = label[:ref]
	}
	ties := " \t:([{<\"'`|=>"
	if word := strings.TrimRight(label, " "); strings.HasPrefix(word[strings.LastIndexByte(word, ' ')+1:], "<") {
		ties = strings.TrimSuffix(ties, ">") // a word in brackets
	}
	label = strings.TrimRight(label, ties)
	for label != "" {
		label = strings.TrimLeft(label, " \t|:-–—")
		word := label
		if end := strings.IndexAny(label, " \t"); end >= 0 {
			word = label[:end]
		}
		if word == "" || !isTimeOrLevel(word) {
			break
		}
		label = label[len(word):]
	}
	return strings.TrimLeft(label, "'\"`")
}

// isTimeOrLevel reports whether word is a level of a log or a sign for one, or consists of what times are
// written with.
func isTimeOrLevel(word string) bool {
	switch strings.ToLower(strings.Trim(word, "[](){}:|*#<>")) {
	case "error", "err", "warn", "warning", "info", "debug", "trace", "fatal", "critical", "crit", "severe", "emerg", "alert", "am", "pm":
		return true
	}
	if strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return true // "✘", "-", "|"
	}
	digits := 0
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case txt.IsDigit(c):
			digits++
		case strings.IndexByte(":.,-+/TZ[]()", c) < 0:
			return false
		}
	}
	return digits > 0
}

// IsWeak reports whether line may be a header: it begins with a word that may be the name of a class, and a
// colon. That it is one must be told by a frame on the next line.
func IsWeak(line string) bool {
	name, _, found := strings.Cut(line, ":")
	return found && name != "" && txt.IsUpper(name[0]) && len(name) <= maxWord && !isNoType(name) && StartsWithName(line)
}

// KindOf returns what a line that is no frame says of an error.
func KindOf(line string) segment.Kind {
	switch {
	case HasStrong(line):
		return segment.Strong
	case IsWeak(line):
		return segment.Weak
	}
	return segment.Other
}

// isNoType reports whether name, with a colon behind it, is a word that logs and programs put before any text, or
// what Android's log puts before each line: "E/ReactNativeJS".
func isNoType(name string) bool {
	if len(name) > 2 && name[1] == '/' {
		return strings.IndexByte("VDIWEFA", name[0]) >= 0
	}
	word := strings.ToLower(name)
	switch word {
	case "gjs-message", "gjs-critical", "gjs-warning", "exception", "error!", "warning", "warn", "info", "debug", "notice", "message", "trace", "file", "stack", "stacktrace", "backtrace", "frame",
		"note", "hint", "details", "description", "reason", "severity", "level":
		return true
	case "fatal", "crit", "critical", "fail", "failed", "failure", "listening", "msg", "id", "status", "panic", "detail", "alert", "emerg", "cause", "context",
		"location", "line", "path", "source", "url", "code", "name", "type", "data", "input", "output", "result", "response", "request", "stderr", "stdout",
		"js", "log", "console", "verbose":
		return name == word || name == strings.ToUpper(name) // "Failure" may be a class
	}
	return name == "ERROR"
}

// Prefer returns the header that line, the first one of text, tells: that of h, which is what [Parse] has
// made of it, or a strong one behind a label. A name that begins with a capital, as those of classes do, is
// believed where engines print names.
func Prefer(h Header, text string) Header {
	if IsName(h.Type) && IsErrorName(h.Type) && h.Type != "Exception" {
		return h
	}
	first, _, several := strings.Cut(text, "\n")
	strong, ok := FindStrong(first)
	switch {
	case !ok && isNoType(h.Type) && strings.Contains(first, h.Type+":"):
		h.Label, h.Type = strings.TrimLeft(h.Label+" "+h.Type, " "), ""
		return h
	case !ok && h.Type == "":
		return inBrackets(h, text, first)
	case !ok, strong.Type == h.Type, strong.At == 0 && h.Type != "":
		return h
	case IsName(h.Type) && txt.IsUpper(h.Type[0]) && !isNoType(h.Type) && strings.HasPrefix(first, h.Type):
		return h // a class whose name says nothing, and another error in its message
	case isClassOf(h.Type, first[:strong.At]):
		return h
	case IsErrorName(h.Type) && isPhrase(h.Type, strong.Type):
		return h
	}
	if several {
		strong.Message = text[len(first)-len(strong.Message):]
	}
	if strong.Code == "" {
		strong.Code = ErrnoOf(strong.Message)
	}
	return strong.Header
}

// isClassOf reports whether an error's class and its name stand before the other words of a line: "Widget [Error]: x".
func isClassOf(class, before string) bool {
	at := strings.Index(before, class+" [")
	if at < 0 || class == "" {
		return false
	}
	name, _, ok := strings.Cut(before[at+len(class+" ["):], "]: ")
	return ok && IsErrorName(name)
}

// Once returns h with a message that is told once. Emscripten tells it twice: "exception thrown: RuntimeError: x,RuntimeError: x".
func Once(h Header) Header {
	if h.Type == "" || !strings.Contains(h.Message, ","+h.Type+": ") {
		return h
	}
	told := h.Type + ": " + h.Message
	if half := told[:len(told)/2]; told == half+","+half {
		h.Message = half[len(h.Type)+len(": "):]
	}
	return h
}

// CutMarks takes Markdown's marks off the first line of a header: "**TypeError: x**". A level that consola and others print
// as a badge goes too: "ERROR  x".
func CutMarks(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	for _, mark := range [...]string{"**", "`"} {
		if inner, ok := strings.CutPrefix(first, mark); ok {
			if inner, ok = strings.CutSuffix(inner, mark); ok {
				return inner + text[len(first):]
			}
		}
	}
	level, rest, ok := strings.Cut(first, "  ")
	if rest = strings.TrimLeft(rest, " "); ok && rest != "" {
		switch level {
		case "ERROR", "WARN", "FATAL":
			return text[len(first)-len(rest):]
		}
	}
	return text
}

// inBrackets returns the header that first, the first line of text, tells in the way of pages that list errors:
// "• [TypeError] x". If it tells none it is h.
func inBrackets(h Header, text, first string) Header {
	open := strings.IndexByte(first, '[')
	if open < 0 || open > len("• ") {
		return h
	}
	name, message, ok := strings.Cut(first[open+1:], "] ")
	if !ok || !isStrongName(name) || name == "Error" || strings.ContainsFunc(first[:open], unicode.IsLetter) {
		return h
	}
	h.Type, h.Message = name, text[len(first)-len(message):]
	return h
}

// isPhrase reports whether name is a name of several words of which last is the last: "My Shop Error", but
// not "FATAL TypeError".
func isPhrase(name, last string) bool {
	if last != "Error" && last != "Exception" || !strings.HasSuffix(name, last) {
		return false
	}
	for word := range strings.SplitSeq(name, " ") {
		if word == strings.ToUpper(word) || word == "Uncaught" || word == "Unhandled" {
			return false
		}
	}
	return true
}
