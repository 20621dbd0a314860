package logscan

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readEntry takes off the prefix of a logger's record. It begins with a time, or with a level in
// brackets, and goes on with levels, things in brackets, process and request:
//
//	2026-11-21 10:00:00,123 ERROR [main] logger - …
//	[2026-11-21T10:00:00.123] [ERROR] default - …
//	2026-11-21T10:00:00.123Z	b4a7…-uuid	ERROR	…
//	2026/11/21 10:00:00 [error] 12#12: *1 …
//	[main 2024-10-14T02:59:42.000Z] …
//	[Sat Nov 21 10:00:00.123456 2026] [core:error] [pid 1:tid 2] …
//	1763719200.123 …
//	2026-11-21T10:00:00Z ERROR req_id=7 …
//	2026-11-21T10:00:00Z {app="shop", pod="shop-7d9f"} …   Loki
func (l *line) readEntry() {
	s := l.body
	i, ok := l.readEntryStart()
	if !ok {
		return
	}
	l.hasEntry = true
	var owner []string
	if l.owner != "" {
		owner = append(owner, l.owner)
	}
	leveled, isColumn := false, false
	for range maxTokens {
		i += gapLen(s[i:])
		if i == len(s) {
			break
		}
		n, own := entryToken(s[i:])
		if n == 0 && isColumn {
			n, own = columnLen(s[i:])
		}
		isColumn = s[i] == '|'
		if word := s[i : i+txt.LettersLen(s[i:])]; n > 0 && isLevel(word) {
			if leveled {
				n = 0 // "error: " behind a level is the error's own
			}
			leveled = true
		}
		if n == 0 {
			break
		}
		if own != "" {
			owner = append(owner, own)
		}
		i += n
	}
	l.owner = strings.Join(owner, " ")
	l.body = s[i:]
}

// maxTokens is how many words and brackets the prefix of a record has at most behind its time.
const maxTokens = 12

// readEntryStart reads what the prefix of a record begins with, and returns its length.
func (l *line) readEntryStart() (n int, ok bool) {
	s := l.body
	if s == "" || s[0] != '[' {
		if n = l.timed; n == 0 {
			n = timeLen(s)
		}
		if n == 0 || n < len(s) && strings.IndexByte(" \t:]", s[n]) < 0 {
			return 0, false
		}
		l.timeText = s[:n]
		return n, true
	}
	end := strings.IndexByte(s, ']')
	if end <= 1 || end >= maxName {
		return 0, false
	}
	inner := s[1:end]
	if timeLen(inner) == len(inner) {
		l.timeText = inner
	} else if !isLevel(inner) {
		timeText := findTime(inner)
		if timeText == "" || end > maxTimed {
			return 0, false
		}
		before, after, _ := strings.Cut(inner, timeText)
		l.timeText, l.owner = timeText, strings.Trim(before+after, " ")
	}
	return end + 1, true
}

// gapLen returns how many blanks s begins with that stand between the parts of a prefix: one, or two before
// a bracket or a level that is padded. More are the indentation of what is logged.
func gapLen(s string) int {
	if s == "" || s[0] != ' ' && s[0] != '\t' {
		return 0
	}
	if rest := s[1:]; len(rest) > 1 && rest[0] == ' ' && (rest[1] == '[' || txt.IsUpper(rest[1]) && isLevel(rest[1:1+txt.LettersLen(rest[1:])])) {
		return 2
	}
	return 1
}

// columnLen returns the length of the word that s begins with if a bar stands behind it, as behind the one before
// it, and the word:
//
//	2026-11-29 10:11:12 | ERROR | 2127 | shop.api | …
func columnLen(s string) (n int, word string) {
	word, _, ok := strings.Cut(s[:min(len(s), maxName)], " | ")
	if !ok || !txt.IsWordOf(strings.TrimRight(word, " "), "-_./:$@") {
		return 0, ""
	}
	return len(word), strings.TrimRight(word, " ")
}

// entryToken returns the length of the part of a prefix that s begins with, or 0 if s does not begin with one, and
// what it tells of the process or the request.
func entryToken(s string) (n int, owner string) {
	switch c := s[0]; {
	case c == '[' || c == '(':
		return bracketLen(s)
	case c == '{': // the labels of a stream, as Loki's client prints them
		end := strings.IndexByte(s, '}')
		if end < 0 || end > maxLabels || end+1 < len(s) && s[end+1] != ' ' || end > 1 && !strings.Contains(s[:end], `="`) {
			return 0, ""
		}
		return end + 1, s[1:end]
	case c == '-' || c == '|':
		k := 1
		for k < len(s) && s[k] == c {
			k++
		}
		if k <= 3 && (k == len(s) || s[k] == ' ') {
			return k, ""
		}
	case txt.IsDigit(c):
		return numberLen(s)
	case c == '*':
		if k := 1 + txt.DigitsLen(s[1:]); k > 1 && k < len(s) && s[k] == ' ' {
			return k, s[:k]
		}
	case txt.IsLetter(c):
		if n, isLevel := levelLen(s); isLevel {
			return n, ""
		}
		return nameLen(s)
	}
	return 0, ""
}

// bracketLen is entryToken for something in brackets or parentheses: a level, a time, or what tells of the
// process.
func bracketLen(s string) (n int, owner string) {
	closing := byte(']')
	if s[0] == '(' {
		closing = ')'
	}
	end := strings.IndexByte(s, closing)
	if end < 1 || end > maxName || end+1 < len(s) && strings.IndexByte(" \t:", s[end+1]) < 0 {
		return 0, ""
	}
	inner := s[1:end]
	if strings.IndexByte(inner, s[0]) >= 0 || strings.HasPrefix(inner, "cause") || strings.HasPrefix(inner, "errors") || strings.HasPrefix(inner, "native ") || strings.Contains(inner, "Error") {
		return 0, ""
	}
	end++
	if end < len(s) && s[end] == ':' {
		end++
	}
	if !isLevel(inner) && timeLen(inner) == 0 {
		owner = inner
	}
	return end, owner
}

// numberLen is entryToken for a number, nginx' "12#12:" and a UUID.
func numberLen(s string) (n int, owner string) {
	k := txt.DigitsLen(s)
	switch {
	case strings.HasPrefix(s[k:], "#"):
		k++
		k += txt.DigitsLen(s[k:])
		if strings.HasPrefix(s[k:], ":") {
			return k + 1, s[:k]
		}
	case k == len(s) || k < 8 && s[k] == ' ' && (len(s) == k+1 || s[k+1] != '|'):
		return k, s[:k]
	case isUUID(s):
		return 36, s[:36]
	}
	return 0, ""
}

// levelLen returns the length of the level that s begins with, with a colon behind it. The length is 0 if
// the word is one, but no level here: "Error: x", "http://h".
func levelLen(s string) (n int, ok bool) {
	word := s[:txt.LettersLen(s)]
	after := s[len(word):]
	if !isLevel(word) || after != "" && strings.IndexByte(" \t:]", after[0]) < 0 {
		return 0, false
	}
	isName := word[0] <= 'Z' && word[1] >= 'a' // "Error: x", "Error at once"
	switch {
	case isName, len(after) > 1 && after[0] == ':' && after[1] != ' ' && after[1] != '\t':
		return 0, true
	case strings.HasPrefix(after, ":"):
		return len(word) + 1, true
	}
	return len(word), true
}

// nameLen is entryToken for a UUID, an id with its key, a tag with a process, and a name with a dash behind it.
func nameLen(s string) (n int, owner string) {
	if isUUID(s) {
		return 36, s[:36]
	}
	k := 0
	for k < len(s) && k < maxName && s[k] != ' ' && s[k] != '\t' {
		k++
	}
	name := s[:k]
	if key, value, ok := strings.Cut(name, "="); ok && isIDKey(key) && txt.IsWordOf(value, "-_./:") {
		return k, name
	}
	if strings.HasPrefix(s[k:], " - ") && txt.IsWordOf(name, "-_./:$@") {
		return k + 2, ""
	}
	if tag, ok := strings.CutSuffix(name, ":"); ok && isTag(tag) {
		return k, tag
	}
	return 0, ""
}

// isIDKey reports whether the value of key tells requests or processes apart: "req_id=7", "pid=12".
func isIDKey(key string) bool {
	if !txt.IsWordOf(key, "-_.") {
		return false
	}
	key = strings.ToLower(key)
	return strings.HasSuffix(key, "id") || strings.HasPrefix(key, "req") || key == "trace" || key == "span"
}

// isLevel reports whether s is a level of a log, in letters of any case.
func isLevel(s string) bool {
	var lower [len("critical")]byte
	if len(s) < 3 || len(s) > len(lower) {
		return false
	}
	for i := range len(s) {
		lower[i] = s[i] | 0x20
	}
	switch string(lower[:len(s)]) {
	case "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "critical", "crit", "severe", "log", "alert", "emerg", "verbose", "silly", "http":
		return true
	}
	return false
}

// isUUID reports whether s begins with a UUID and a blank.
func isUUID(s string) bool {
	if len(s) < 37 || s[36] != ' ' && s[36] != '\t' {
		return false
	}
	for i := range 36 {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !txt.IsDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
				return false
			}
		}
	}
	return true
}
