package header

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// CutPrinted takes off the beginning of a header what a console or a runtime printed before the
// error, if an error surely follows:
//
//	prefix: Error: x                                       the other arguments of console.log
//	request failed Error: x                                the same
//	err: Error: x                                          a property that holds the error
//	'k' => Error: x                                        an element of a Map
//	[ Error: x                                             an element of an array, Node 8 and 10
//	{ Error: x                                             an error with properties, Node 8 and 10
//	<ref *1> Error: x                                      an error that refers to itself
//	(node:12) UnhandledPromiseRejectionWarning: Error: x   Node up to 14
func CutPrinted(s string) (rest string, braced bool) {
	rest = CutProcessWarning(s)
	rest, braced = CutInspectWords(CutLink(rest))
	if StartsWithError(rest) {
		return rest, braced
	}
	first, _, _ := strings.Cut(rest, "\n")
	for i := 1; i < min(len(first), MaxKey); i++ {
		if first[i] != ' ' || strings.IndexByte(":>[{", first[i-1]) < 0 {
			continue
		}
		if first[i-1] == ':' && txt.IsUpper(first[0]) {
			continue // a type, perhaps
		}
		after, isBraced := CutInspectWords(rest[i+1:])
		if StartsWithError(after) || isBraced && StartsWithType(after) {
			return after, isBraced || first[i-1] == '{'
		}
	}
	if head, _, ok := strings.Cut(first, ": "); ok && len(head) < MaxKey {
		name, _, _ := strings.Cut(head, " [")
		blank := strings.LastIndexByte(name, ' ')
		if after := rest[blank+1:]; blank > 0 && txt.IsUpper(after[0]) && StartsWithError(after) {
			return after, braced
		}
	}
	if key, after, ok := strings.Cut(rest, ": "); ok && isLowerWord(key) && StartsWithType(after) && txt.IsUpper(after[0]) {
		return after, false
	}
	return rest, braced
}

// CutLink takes the place that Chrome's console shows before a message off the beginning of a header, if an error
// follows: "main.dart.js:123 Uncaught Error: x".
func CutLink(s string) string {
	place, rest, ok := strings.Cut(s[:min(len(s), MaxKey)], " ")
	if !ok || len(txt.TrimDigits(place)) == len(place) || !strings.HasSuffix(txt.TrimDigits(place), ":") || strings.IndexByte(place, '\n') >= 0 {
		return s
	}
	file := txt.TrimDigits(place)
	if strings.IndexByte(file, '.') < 0 && !strings.HasPrefix(file, "VM") && !strings.HasPrefix(file, "(index)") {
		return s
	}
	if _, uncaught := CutConsoleWords(rest); uncaught || StartsWithError(rest) {
		return s[len(place)+1:]
	}
	return s
}

// StartsWithError reports whether s begins with what can be nothing but the name of an error, and the
// end of the name.
func StartsWithError(s string) bool {
	if strings.HasPrefix(s, "[") {
		first, _, _ := strings.Cut(s, "\n")
		if close := ClosingBracket(first); close > 0 {
			_, ok := BracketedHeader(first[:close+1])
			return ok
		}
		s = s[1:]
	}
	end := strings.IndexAny(s[:min(len(s), MaxKey)], ":,\n]")
	if end < 0 {
		end = len(s)
	}
	name, class, _ := strings.Cut(s[:end], " [")
	return IsErrorName(name) || IsName(name) && IsErrorName(class)
}

// StartsWithType reports whether s begins with a word that can be the name of an error, and ": ".
func StartsWithType(s string) bool {
	name, _, ok := strings.Cut(s[:min(len(s), MaxKey)], ": ")
	return ok && IsName(name)
}

// isLowerWord reports whether s is a word as programs name their variables.
func isLowerWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isKeyByte(s[i]) {
			return false
		}
	}
	return s != "" && 'a' <= s[0] && s[0] <= 'z'
}

// IsOpener reports whether a line before an error is no more than what was printed around it: a
// bracket, perhaps behind a key or the name of a collection, or a key; or the lines that njs and
// Rhino print before an error that nobody caught.
func IsOpener(body string) bool {
	switch {
	case body == "{" || body == "[" || body == "Thrown:":
		return true
	case strings.HasPrefix(body, "js: "):
		_, isError := CutRhinoWords(body)
		return !isError
	case strings.HasSuffix(body, ": {") || strings.HasSuffix(body, ": ["):
		return !StartsWithError(body) && !HasStrong(body) && IsEntry(strings.TrimLeft(body, "{ ")) // a message may begin with a bracket
	case strings.HasPrefix(body, "Map") || strings.HasPrefix(body, "Set"):
		size := strings.TrimSuffix(body[len("Map"):], " {")
		return len(size) < len(body)-len("Map") && strings.Trim(size, "()0123456789") == ""
	}
	name, ok := strings.CutSuffix(body, ":")
	return ok && isLowerWord(strings.TrimPrefix(name, "{ "))
}

// CutProcessWarning takes off "(node:12) " and the name of the warning that Node up to 14 makes of an
// error that nobody caught.
func CutProcessWarning(s string) string {
	rest, ok := strings.CutPrefix(s, "(node:")
	if !ok {
		return s
	}
	pid, rest, ok := strings.Cut(rest, ") ")
	if !ok || pid == "" || rest == "" || strings.Trim(pid, "0123456789") != "" {
		return s
	}
	return strings.TrimPrefix(rest, RejectionWarning+": ")
}

// RejectionWarning is the name of the warning that Node up to 14 makes of a promise that was rejected
// and that nobody handled. The name of the error follows it.
const RejectionWarning = "UnhandledPromiseRejectionWarning"

// CutWarningCode splits "(node:12) [DEP0005] DeprecationWarning: x" into the code and the rest.
func CutWarningCode(s string) (code, rest string) {
	rest = CutProcessWarning(s)
	if rest == s || !strings.HasPrefix(rest, "[") {
		return "", s
	}
	code, after, ok := strings.Cut(rest[1:], "] ")
	if !ok || !IsName(code) {
		return "", s
	}
	return code, after
}

// IsHint reports whether a line tells how to make Node print more.
func IsHint(body string) bool {
	return strings.HasPrefix(body, "(Use `node --trace-")
}
