package carrier

import (
	"iter"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// html yields a text with line breaks, tags and entities of HTML in it:
//
//	Error: x<br>&nbsp;&nbsp;at f (/a.js:1:2)<br>&nbsp;&nbsp;at Array.map (&lt;anonymous&gt;)
//	<pre>Error: it&#39;s x
//	    at f (/a.js:1:2)</pre>
//
// Of a page, each <pre> is one, and then the whole.
func html(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := t.Raw
		if !MayBeHTML(text) {
			return
		}
		for offset := 0; offset < len(text); {
			start, end := nextElement(text[offset:], "pre")
			if start < 0 {
				break
			}
			start, end = offset+start, offset+end
			if decoded, ok := decodeHTML(text[start:end]); ok || start > 0 {
				open := strings.LastIndexByte(text[:start], '<')
				if !yield(Candidate{Name: HTML, Text: decoded, Before: text[:open], Behind: text[end+tagLen(text[end:]):]}) {
					return
				}
			}
			offset = end
		}
		if decoded, ok := decodeHTML(text); ok {
			yield(Candidate{Name: HTML, Text: decoded})
		}
	}
}

// MayBeHTML reports whether text holds what begins a tag or an entity.
func MayBeHTML(text string) bool {
	return strings.IndexByte(text, '<') >= 0 || strings.IndexByte(text, '&') >= 0
}

// nextElement returns where the content of the first element of a name begins and ends in text, or
// -1. An element that is not closed ends with the text.
func nextElement(text, name string) (start, end int) {
	for from := 0; ; {
		open := strings.IndexByte(text[from:], '<')
		if open < 0 {
			return -1, -1
		}
		from += open
		n := tagLen(text[from:])
		if n > 0 && text[from+1] != '/' && strings.EqualFold(tagName(text[from:from+n]), name) {
			start = from + n
			break
		}
		from++
	}
	for from := start; ; {
		open := strings.Index(text[from:], "</")
		if open < 0 {
			return start, len(text)
		}
		from += open
		if n := tagLen(text[from:]); n > 0 && strings.EqualFold(tagName(text[from:from+n]), name) {
			return start, from
		}
		from++
	}
}

// decodeHTML returns text without tags and with entities as what they stand for. It reports false if
// there are none.
func decodeHTML(text string) (string, bool) {
	first := nextMarkup(text)
	if first < 0 {
		return text, false
	}
	var b strings.Builder
	b.Grow(len(text))
	for next := first; next >= 0; next = nextMarkup(text) {
		b.WriteString(text[:next])
		text = text[next:]
		n := tagLen(text)
		if n > 0 {
			name := tagName(text[:n])
			if breaksLine(name) && (!startsLine(b.String()) || strings.EqualFold(name, "br")) && !endsLine(text[n:]) {
				b.WriteByte('\n')
			}
		} else {
			var decoded string
			decoded, n = decodeEntity(text)
			b.WriteString(decoded)
		}
		text = text[n:]
	}
	b.WriteString(text)
	return b.String(), true
}

// nextMarkup returns where the first tag or entity of HTML in text begins, or -1.
func nextMarkup(text string) int {
	for at := 0; ; at++ {
		next := strings.IndexAny(text[at:], "<&")
		if next < 0 {
			return -1
		}
		at += next
		if text[at] == '<' {
			if tagLen(text[at:]) > 0 {
				return at
			}
		} else if _, n := decodeEntity(text[at:]); n > 0 {
			return at
		}
	}
}

// startsLine reports whether a line begins behind s.
func startsLine(s string) bool { return s == "" || s[len(s)-1] == '\n' }

// endsLine reports whether a line ends where s begins.
func endsLine(s string) bool {
	return s != "" && s[0] == '\n' || strings.HasPrefix(s, "\r\n")
}

// EndsInTag reports whether the last thing in s is a tag.
func EndsInTag(s string) bool {
	s = strings.TrimRight(s, " \t\r\n")
	open := strings.LastIndexByte(s, '<')
	return open >= 0 && tagLen(s[open:]) == len(s)-open
}

// maxTag bounds the length of a tag.
const maxTag = 256

// tagLen returns the length of the tag of HTML that s begins with, 0 if there is none. Only elements
// that stand around text are known: "<anonymous>" is no tag.
func tagLen(s string) int {
	if len(s) < len("<b>") || s[0] != '<' {
		return 0
	}
	if s[1] != '/' && s[1] != '!' && !txt.IsUpper(s[1]&^0x20) {
		return 0
	}
	end := strings.IndexByte(s[:min(len(s), maxTag)], '>')
	if end < 0 || !isElement(tagName(s[:end+1])) {
		return 0
	}
	return end + 1
}

// tagName returns the name of the element whose tag is given.
func tagName(tag string) string {
	name := strings.TrimPrefix(tag[1:], "/")
	if end := strings.IndexAny(name, " \t\r\n/>"); end >= 0 {
		name = name[:end]
	}
	return name
}

// isElement reports whether name is that of an element of HTML in which traces are printed.
func isElement(name string) bool {
	if breaksLine(name) {
		return true
	}
	switch strings.ToLower(name) {
	case "a", "b", "code", "em", "font", "i", "mark", "samp", "small", "span", "strong", "tt", "u":
		return true
	}
	return false
}

// breaksLine reports whether a tag of the element is the end of a line.
func breaksLine(name string) bool {
	switch strings.ToLower(name) {
	case "!doctype", "article", "body", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "head", "hr", "html",
		"li", "meta", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "title", "tr", "ul":
		return true
	}
	return false
}

// entities are those that programs write for characters which HTML keeps for itself. A blank that
// does not break is indentation.
var entities = [...]struct{ name, text string }{
	{"lt;", "<"}, {"gt;", ">"}, {"amp;", "&"}, {"quot;", `"`}, {"apos;", "'"}, {"nbsp;", " "},
	{"#39;", "'"}, {"#039;", "'"}, {"#x27;", "'"}, {"#X27;", "'"}, {"#34;", `"`}, {"#x22;", `"`},
	{"#60;", "<"}, {"#x3C;", "<"}, {"#x3c;", "<"}, {"#62;", ">"}, {"#x3E;", ">"}, {"#x3e;", ">"},
	{"#38;", "&"}, {"#x26;", "&"}, {"#x2F;", "/"}, {"#47;", "/"}, {"#160;", " "}, {"#xA0;", " "},
	{"#x60;", "`"}, {"#96;", "`"}, {"#x3D;", "="}, {"#64;", "@"}, {"#10;", "\n"},
}

// decodeEntity returns what the entity says that s begins with, and its length, which is 0 if it is
// none.
func decodeEntity(s string) (text string, n int) {
	if len(s) < len("&lt;") || strings.IndexByte("lgaqn#", s[1]) < 0 {
		return "", 0
	}
	for _, entity := range &entities {
		if strings.HasPrefix(s[1:], entity.name) {
			return entity.text, 1 + len(entity.name)
		}
	}
	return "", 0
}

// IsEscapedHTML reports whether text, whose lines can be read as frames, is HTML without tags: what
// HTML keeps for itself is written as entities throughout, and a name, a file or the message has one
// of them that nobody writes otherwise.
func IsEscapedHTML(text string, frames []formats.Frame) bool {
	at := strings.IndexByte(text, '&')
	if at < 0 {
		return false
	}
	var sure, quotes, apostrophes, ampersand bool
	for rest := text; at >= 0; at = strings.IndexByte(rest, '&') {
		rest = rest[at:]
		decoded, n := decodeEntity(rest)
		switch decoded {
		case "":
			return false
		case "<", ">":
			sure = true
		case `"`:
			quotes = true
		case "'":
			apostrophes = true
		case "&":
			ampersand = true
		}
		rest = rest[n:]
	}
	if strings.ContainsAny(text, "<>") || quotes && strings.IndexByte(text, '"') >= 0 || apostrophes && strings.IndexByte(text, '\'') >= 0 {
		return false
	}
	if sure || quotes || apostrophes {
		return true
	}
	for i := range frames {
		if ampersand && strings.IndexByte(frames[i].Text, '&') >= 0 {
			return true
		}
	}
	return false
}
