package carrier

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// jsonLines returns the lines of a log that are objects of JSON, one line of the trace in each of them, as
// what the member says that holds the frames; other lines stay as they are. It reports false if there are none:
//
//	{"message":"TypeError: x","timestamp":"2026-11-21T10:00:00Z"}
//	{"message":"    at f (/a.js:1:2)","timestamp":"2026-11-21T10:00:00Z"}
func jsonLines(text string) (lines string, ok bool) {
	if strings.IndexByte(text, '\n') < 0 {
		return "", false
	}
	key := ""
	var r Finder
	for offset := 0; offset < len(text) && key == ""; {
		var line string
		line, offset = txt.LineAt(text, offset)
		key = r.keyOfFrame(line)
	}
	if key == "" {
		return "", false
	}
	n := 0
	lines = txt.EachLine(text, func(line string) string {
		said, ok := memberCalled(line, key)
		if !ok {
			return line
		}
		n++
		return strings.TrimRight(said, "\r\n")
	})
	return lines, n > 1
}

// keyOfFrame returns the name, with its quotes, of the member of an object that is a frame; "" if line is no
// object with one.
func (r *Finder) keyOfFrame(line string) string {
	if line == "" || line[0] != '{' || !strings.Contains(line, "at ") && strings.IndexByte(line, '@') < 0 {
		return ""
	}
	s := stringReader{text: line}
	for s.next() {
		if s.found.several || s.found.end > len(line) {
			continue
		}
		said := ansi.Strip(strings.TrimRight(s.found.decode(line), "\r\n"))
		at, isFrame := r.Start(said)
		if !isFrame || strings.IndexByte(said, '\n') >= 0 || strings.Trim(said[:at], " \t") != "" {
			continue
		}
		before := strings.TrimRight(line[:s.found.start], ": \t=>")
		if open := strings.LastIndexByte(strings.TrimSuffix(before, `"`), '"'); open >= 0 {
			return before[open:]
		}
	}
	return ""
}

// memberCalled returns what the first member with a name says, which is a string.
func memberCalled(line, key string) (said string, ok bool) {
	if line == "" || line[0] != '{' {
		return "", false
	}
	for from := 0; ; {
		at := strings.Index(line[from:], key)
		if at < 0 {
			return "", false
		}
		from += at + len(key)
		rest := strings.TrimLeft(line[from:], " \t")
		if after, isRuby := strings.CutPrefix(rest, "=>"); isRuby {
			rest = after
		} else if after, isMember := strings.CutPrefix(rest, ":"); isMember {
			rest = after
		} else {
			continue
		}
		rest = strings.TrimLeft(rest, " \t")
		if !strings.HasPrefix(rest, `"`) {
			continue
		}
		start := len(line) - len(rest)
		if end, ok := StringEnd(line, start); ok && end <= len(line) {
			return DecodeString(line[start:end]), true
		}
	}
}
