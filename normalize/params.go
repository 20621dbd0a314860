package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// unifyParams gives the parameters of a built-in message the names that they have in every engine:
//
//	property  what was read, written, called or searched for
//	name      the variable
//	object    the expression whose value was wrong
//	value     that value, undefined or null
//
// V8 tells the property, SpiderMonkey the property and the object, JavaScriptCore the code of both.
func unifyParams(t *Template) {
	for i := range t.Params {
		if p := &t.Params[i]; p.Name == "property" || p.Name == "name" {
			p.Value = unquote(p.Value)
		}
	}
	switch t.Kind {
	case "in-operand":
		if code := t.Param("code"); len(code) > 2 && t.Param("property") == "" && (code[0] == '"' || code[0] == '\'') {
			if key, rest, ok := strings.Cut(code[1:], code[:1]); ok && strings.HasPrefix(strings.TrimLeft(rest, " "), "in") {
				t.Params = append(t.Params, Param{"property", key})
			}
		}
	case "nullish-property":
		unifyRead(t)
	case "not-a-function", "not-a-constructor":
		unifyCalled(t)
	}
}

// unifyRead gives a message about a property of undefined or null the property and the object, from the
// code that JavaScriptCore tells.
func unifyRead(t *Template) {
	code := t.Param("code")
	if code == "" || t.Param("property") != "" {
		return
	}
	object, property, ok := cutProperty(code)
	if !ok {
		return
	}
	t.Params = append(t.Params, Param{"property", property})
	if t.Param("object") == "" {
		t.Params = append(t.Params, Param{"object", object})
	}
}

// unifyCalled gives a message about a call of what cannot be called the property or the variable, from the
// code of the call.
func unifyCalled(t *Template) {
	code := t.Param("object")
	if code == "" {
		code = strings.TrimPrefix(t.Param("code"), "new ")
		if t.Kind == "not-a-function" && strings.Contains(code, " instanceof ") {
			return
		}
	}
	if code == "" || isValue(code) {
		return
	}
	imported := strings.HasPrefix(code, "(0") // how compilers call what a module imports
	if imported {
		code = strings.TrimLeft(strings.TrimPrefix(code, "(0"), " ,")
		if i := strings.IndexByte(code, ')'); i >= 0 {
			code = code[:i]
		}
	}
	if _, property, ok := cutProperty(code); ok && t.Param("property") == "" {
		if imported && isShort(property) {
			return
		}
		t.Params = append(t.Params, Param{"property", property})
	} else if code, _, _ = strings.Cut(code, "("); isIdentifier(code) {
		t.Params = append(t.Params, Param{"name", code})
	}
}

// cutProperty returns the property that a piece of code ends in, and what stands before it. What is
// assigned to it, its arguments, and brackets around it do not count. It reports false for code that
// ends in something else, such as a computed property:
//
//	a.b.c, a.b["c"], a.b.c = 1, a.b.c(d)
func cutProperty(code string) (object, property string, ok bool) {
	if i := assignment(code); i > 0 {
		code = code[:i]
	}
	code = strings.TrimRight(code, " +-;")
	for strings.HasSuffix(code, ")") {
		switch open := matching(code, '(', ')'); {
		case open < 0:
			return "", "", false
		case open == 0:
			code = code[1 : len(code)-1]
		default:
			code = strings.TrimSuffix(code[:open], "?.")
		}
	}
	if strings.HasSuffix(code, "]") {
		open := matching(code, '[', ']')
		if open < 0 {
			return "", "", false
		}
		key := code[open+1 : len(code)-1]
		if n := len(key); n > 2 && (key[0] == '"' || key[0] == '\'' || key[0] == '`') && key[n-1] == key[0] {
			return code[:open], key[1 : n-1], true
		}
		return code[:open], key, isNumber(key)
	}
	i := strings.LastIndexByte(code, '.')
	if i <= 0 || !isIdentifier(strings.TrimPrefix(code[i+1:], "#")) {
		return "", "", false
	}
	return strings.TrimSuffix(code[:i], "?"), code[i+1:], true
}

// assignment returns the index of the "=" in code that assigns something, or -1. One within brackets belongs to
// other code and is passed.
func assignment(code string) int {
	depth := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '=':
			if depth > 0 || i == 0 {
				continue
			}
			if i+1 < len(code) && (code[i+1] == '=' || code[i+1] == '>') || strings.IndexByte("=!<>", code[i-1]) >= 0 {
				return -1
			}
			return i
		}
	}
	return -1
}

// isValue reports whether code is a value rather than an expression that has it.
func isValue(code string) bool {
	switch code {
	case "undefined", "null", "true", "false", "NaN", "Function", "constructor", "value", "object", "Object":
		return true
	}
	return code == "" || txt.IsDigit(code[0]) || strings.HasPrefix(code, "#<") || strings.HasPrefix(code, "[object")
}

// unquote takes off the quotes around s, typographic ones too.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if n := len(s); n > 1 && (s[0] == '"' || s[0] == '\'' || s[0] == '`') && (s[n-1] == s[0] || s[0] == '\'' && s[n-1] == '"') {
		return strings.Trim(s, s[:1]+s[n-1:])
	}
	for _, quotes := range typographic {
		if rest, ok := strings.CutPrefix(s, quotes.open); ok {
			for _, shut := range quotes.shut {
				if inner, ok := strings.CutSuffix(rest, shut); ok {
					return strings.Trim(inner, " \u00a0\u202f")
				}
			}
		}
	}
	return s
}

// typographic are quotes other than those of ASCII, and what shuts each.
var typographic = [...]struct {
	open string
	shut []string
}{
	{"“", []string{"”", "“"}}, {"„", []string{"“", "”"}}, {"‘", []string{"’"}}, {"‚", []string{"‘", "’"}}, {"«", []string{"»"}}, {"»", []string{"«"}}, {"‹", []string{"›"}}, {"「", []string{"」"}}, {"『", []string{"』"}},
}

// matching returns where the bracket opens that the last byte of code shuts, -1 if it does not. Strings
// in the code are not looked at.
func matching(code string, open, shut byte) int {
	depth := 0
	for i := len(code) - 1; i >= 0; i-- {
		switch code[i] {
		case shut:
			depth++
		case open:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isIdentifier reports whether s is a name as programs have them.
func isIdentifier(s string) bool {
	if s == "" || txt.IsDigit(s[0]) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; !txt.IsLetter(c) && !txt.IsDigit(c) && c != '_' && c != '$' && c < 0x80 {
			return false
		}
	}
	return true
}
