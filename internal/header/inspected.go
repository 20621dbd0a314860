package header

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// BracketedHeader reads the header of an error without frames, "[Error: x]". What else is printed in
// brackets has no colon, or one of a few names before it.
func BracketedHeader(s string) (h Header, ok bool) {
	if s == "" || ClosingBracket(s) != len(s)-1 {
		return Header{}, false
	}
	h = Parse(CutNullPrototype(s[1:len(s)-1]), true)
	if IsErrorName(h.Type) {
		return h, true
	}
	behind, isName := strings.CutPrefix(s[1:], h.Type)
	class, _, isClass := strings.Cut(behind, "]: ")
	isClass = isClass && strings.HasPrefix(class, " [") && IsErrorName(class[len(" ["):])
	return h, isName && h.Type != "" && (isClass || strings.HasPrefix(behind, ": ")) && !IsInspectWord(h.Type)
}

// ClosingBracket returns the index of the bracket that closes the one that s begins with, or -1. If
// the brackets in between do not match, it is the last one of s.
func ClosingBracket(s string) int {
	if s == "" || s[0] != '[' {
		return -1
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return strings.LastIndexByte(s, ']')
}

// IsInspectWord reports whether util.inspect prints s and a colon in brackets for what is no error:
// "[Function: f]", "[String: 'x']".
func IsInspectWord(s string) bool {
	switch s {
	case "Function", "AsyncFunction", "GeneratorFunction", "AsyncGeneratorFunction", "String", "Number",
		"Boolean", "Symbol", "BigInt", "Getter", "Setter", "Getter/Setter", "Module", "Object", "Array", "Circular", "Map", "Set", "Promise", "Date":
		return true
	}
	return false
}

// CutNullPrototype puts the name of an error without a prototype, "[Error: null prototype]: x", as
// that of any other.
func CutNullPrototype(s string) string {
	inner, ok := strings.CutPrefix(s, "[")
	if !ok {
		return s
	}
	name, rest, ok := strings.Cut(inner, ": null prototype]")
	if !ok || !IsErrorName(name) {
		return s
	}
	return name + rest
}

// CutInspectWords takes off the beginning of an error what util.inspect puts there: "<ref *1> " for
// one that is referred to from within, and the brace that opens it in Node 8 and 10.
func CutInspectWords(s string) (rest string, braced bool) {
	for {
		if after, ok := strings.CutPrefix(s, "{ "); ok {
			s, braced = after, true
			continue
		}
		if number, ok := strings.CutPrefix(s, "<ref *"); ok {
			if digits, after, ok := strings.Cut(number, "> "); ok && strings.Trim(digits, "0123456789") == "" {
				s = after
				continue
			}
		}
		return s, braced
	}
}

// IsBracketedBrace reports whether a line of a header is that of an error without frames and with
// properties: "[AggregateError: x] {".
func IsBracketedBrace(body string) bool {
	inner, ok := strings.CutSuffix(body, "] {")
	if !ok {
		return false
	}
	open := strings.IndexByte(inner, '[')
	return open >= 0 && (open == 0 || inner[open-1] == ' ') && IsErrorName(Parse(inner[open+1:], true).Type)
}

// MaxKey is the length up to which the name of a property is looked for.
const MaxKey = 200

// CutEntry splits "name: value", "'quoted name': value", "[hidden]: value" and
// "Symbol(name): value".
func CutEntry(body string) (name, value string, ok bool) {
	if body == "" {
		return "", "", false
	}
	limit := body[:min(len(body), MaxKey)]
	end := 0
	switch c := body[0]; {
	case c == '[':
		if end = strings.Index(limit, "]:") + 1; strings.Contains(limit[:max(end, 0)], " [") {
			return "", "", false // "[Widget [Error]: x", an error in brackets
		}
	case c == '\'' || c == '"':
		end = strings.Index(limit[1:], string(c)+":") + 2
		if end == 1 {
			end = 0
		}
	case strings.HasPrefix(body, "Symbol("):
		end = strings.Index(limit, "):") + 1
	default:
		for end < len(limit) && isKeyByte(limit[end]) {
			end++
		}
	}
	if end <= 0 || end >= len(body) || body[end] != ':' {
		return "", "", false
	}
	name, value = body[:end], body[end+1:]
	if value == "" {
		return name, "", true
	}
	value, ok = strings.CutPrefix(value, " ")
	return name, strings.TrimLeft(value, " "), ok
}

// IsEntry reports whether a line begins a property.
func IsEntry(body string) bool {
	_, _, ok := CutEntry(body)
	return ok
}

// isKeyByte reports whether a property's name needs no quotes for c.
func isKeyByte(c byte) bool {
	return c == '_' || c == '$' || c == '.' || c >= 0x80 || '0' <= c && c <= '9' || txt.IsUpper(c&^0x20)
}
