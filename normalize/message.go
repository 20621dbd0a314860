package normalize

import (
	"strings"
)

// Template is what a message says without what varies in it.
type Template struct {
	// Text is the message with placeholders, or the wording that stands for all that engines say of
	// one mistake.
	Text string

	// Kind names the mistake, if the message is one of an engine, a host or a framework:
	// "nullish-property", "not-a-function", "json-syntax"; or "system", and then Params tell more. ""
	// for what a program says itself.
	Kind string

	// Params are the parts of a message of a Kind that vary, in the order of the message.
	Params []Param

	identity bool // the failure is another one if the message is: a system error, an HTTP status, a framework's number
}

// counts reports whether a parameter tells one failure from another, and every engine tells it.
func (t *Template) counts(p Param) bool {
	switch t.Kind {
	case "nullish-property":
		return p.Name == "property"
	case "not-a-function", "not-a-constructor", "not-defined", "before-initialisation", "missing-export", "module-not-found", "invalid-argument":
		return p.Name == "property" || p.Name == "name" && !isShort(p.Value) // which a minifier may have made
	case "system":
		return p.Name == "code" || p.Name == "syscall"
	case "framework": // Minified React error #130
		return p.Name == "framework" || p.Name == "number"
	}
	return false
}

// Param is a part of a message that varies: what it is, and how the message has it.
type Param struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Param returns the value of the first parameter of that name, "" if there is none.
func (t *Template) Param(name string) string {
	for _, p := range t.Params {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// Message returns the template of the message of an error of the given type, which may be "".
//
// What engines say of one mistake has one template:
//
//	Cannot read properties of undefined (reading 'x')                 V8
//	can't access property "x", o is undefined                         SpiderMonkey
//	undefined is not an object (evaluating 'o.x')                     JavaScriptCore
//	Unable to get property 'x' of undefined or null reference         Chakra
//	Cannot read property 'x' of undefined                             Hermes, old V8
//	cannot read property 'x' of undefined                             QuickJS
//
// The errors of Node's system calls have the kind "system" and the parameters code, syscall, address,
// port and path. In all other messages, what varies is replaced:
//
//	Order 1234 of ann@example.com failed      Order <number> of <email> failed
//
// The placeholders are <number>, <hex>, <uuid>, <id>, <address>, <url>, <path>, <email>, <phone>, <date>,
// <version>, <name>, <quoted>, <json> and <list>. Names of things of the program stay: those in quotes beside a word such as
// relation, column, field, property or module. So does an HTTP status, which is the parameter status too.
func Message(typ, message string) Template {
	if message == "" {
		return Template{}
	}
	if t, ok := systemTemplate(message); ok {
		return t
	}
	if rest, ok := strings.CutPrefix(message, "Uncaught (in promise): "); ok && rest != "" { // Zone.js
		if name, inner, ok := strings.Cut(rest, ": "); ok && strings.IndexByte(name, ' ') < 0 && isBuiltinType(name) {
			return Message(name, inner)
		}
		message = rest
	}
	if isBuiltinType(typ) {
		if t, ok := knownTemplate(typ, message); ok {
			return t
		}
	}
	if t, ok := frameworkTemplate(message); ok {
		return t
	}
	text, status := placehold(message)
	t := Template{Text: text}
	if status != "" {
		t.identity = true
		t.Params = []Param{{"status", status}}
	}
	return t
}

// knownTemplate returns the template of a message that an engine, a host or a framework writes, in English
// or in another language, perhaps behind what Blink puts before it.
func knownTemplate(typ, message string) (Template, bool) {
	t, ok := builtinTemplate(typ, message)
	if ok && t.Kind != "syntax" {
		return t, true
	}
	if inner, isBlink := cutBlink(message); isBlink {
		if t, ok := builtinTemplate(typ, inner); ok {
			return t, true
		}
	}
	if t, ok := localizedTemplate(typ, message); ok {
		return t, true
	}
	return t, ok
}

// cutBlink takes off what Blink puts before a message of its own or of V8:
//
//	Failed to execute 'atob' on 'Window': …
//	Failed to set the 'length' property on 'Array': …
//	Failed to construct 'URL': …
func cutBlink(message string) (string, bool) {
	if !strings.HasPrefix(message, "Failed to ") {
		return "", false
	}
	_, inner, ok := strings.Cut(message, "': ")
	return inner, ok && inner != ""
}

// isBuiltinType reports whether engines and hosts throw errors of that name.
func isBuiltinType(typ string) bool {
	switch typ {
	case "", "Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError", "URIError", "EvalError", "InternalError", "AggregateError", "DOMException",
		"ChunkLoadError", "AxiosError", "QuotaExceededError", "RuntimeError", "CompileError", "LinkError", "WebAssembly.RuntimeError", "ResolveMessage":
		return true
	}
	return strings.HasSuffix(typ, "Error") // of the DOM: AbortError, NetworkError, …
}

// builtinTemplate returns the template of a message that an engine, a host or a framework writes.
func builtinTemplate(typ, message string) (Template, bool) {
	first := message[0]
	// Both lists are in the order of the table: merge them.
	a, b := patterns[first], patterns[0]
	if typ == "Error" { // no engine's own, and most messages of programs that end as those of engines do
		b = nil
	}
	for len(a) > 0 || len(b) > 0 {
		var p *pattern
		if len(b) == 0 || len(a) > 0 && a[0].order < b[0].order {
			p, a = &a[0], a[1:]
		} else {
			p, b = &b[0], b[1:]
		}
		if !p.matches(message) {
			continue
		}
		entry := &builtins[p.entry]
		if entry.typ != "" && typ != entry.typ && (typ != "" || entry.kind == "syntax") {
			continue
		}
		t := Template{Text: entry.text, Kind: entry.kind, Params: p.params(message)}
		unifyParams(&t)
		return t, true
	}
	return Template{}, false
}

// pattern is a message with holes.
type pattern struct {
	entry  int // in builtins
	order  int
	pieces []string // what stands around the holes
	names  []string // of the holes
}

// patterns are those of builtins by the first byte of the messages they match; at 0 are those that
// begin with a hole.
var patterns = makePatterns(builtins[:])

func makePatterns(of []builtin) (by [256][]pattern) {
	order := 0
	for i := range of {
		for _, message := range of[i].messages {
			p := pattern{entry: i, order: order}
			order++
			rest := message
			for {
				open := strings.IndexByte(rest, '{')
				shut := -1
				if open >= 0 {
					shut = strings.IndexByte(rest[open:], '}')
				}
				if shut < 2 {
					p.pieces = append(p.pieces, rest)
					break
				}
				p.pieces = append(p.pieces, rest[:open])
				p.names = append(p.names, rest[open+1:open+shut])
				rest = rest[open+shut+1:]
			}
			var first byte
			if p.pieces[0] != "" {
				first = p.pieces[0][0]
			}
			by[first] = append(by[first], p)
		}
	}
	return by
}

// matches reports whether the pattern is message. A hole takes as little as it can.
func (p *pattern) matches(message string) bool {
	last := len(p.pieces) - 1
	if last == 0 {
		return message == p.pieces[0]
	}
	rest, ok := strings.CutPrefix(message, p.pieces[0])
	if !ok || !strings.HasSuffix(rest, p.pieces[last]) { // most end here
		return false
	}
	for _, piece := range p.pieces[1:last] {
		i := strings.Index(rest, piece)
		if i < 0 {
			return false
		}
		rest = rest[i+len(piece):]
	}
	return strings.HasSuffix(rest, p.pieces[last])
}

// params returns what the holes took of a message that matches.
func (p *pattern) params(message string) []Param {
	if len(p.names) == 0 {
		return nil
	}
	params := make([]Param, 0, len(p.names))
	rest := message[len(p.pieces[0]):]
	for i, name := range p.names {
		piece := p.pieces[i+1]
		end := len(rest) - len(piece)
		if i+1 < len(p.names) {
			end = strings.Index(rest, piece)
		}
		params = append(params, Param{name, rest[:end]})
		rest = rest[end+len(piece):]
	}
	return params
}
