package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// The canonical names of functions without one.
const (
	Anonymous = "<anonymous>" // a function without a name; V8 and SpiderMonkey write it for top level too
	TopLevel  = "<top>"       // the body of a script or module, or of eval'd code
)

// Func returns the canonical name of the frame's function: without the receiver's type, the path of
// scopes, "get " and "set ", with one spelling for functions without a name and one for top level.
//
//	Foo.bar, Foo.prototype.bar, outer/bar<, get bar, async bar      bar
//	Object.<anonymous>, Anonymous function, scope/<, [anon]         <anonymous>
//	global code, Module code, <eval>, %entry                        <top>
func Func(f stacktrace.Frame) string {
	name, _ := funcName(&f)
	return name
}

// funcName returns the canonical name of f's function and the rules that made it.
func funcName(f *stacktrace.Frame) (name string, rules Rule) {
	name = f.Func
	switch {
	case f.TopLevel, isTopLevelWord(name):
		return TopLevel, RuleTopLevel
	case f.Eval && isEvalWord(name), name == "eval" && f.File != "" && !f.Native:
		return TopLevel, RuleTopLevel
	case name == "":
		return Anonymous, RuleAnonymous
	}
	for {
		i := strings.IndexByte(name, ' ')
		if i < 0 {
			break
		}
		if !isMarker(name[:i]) {
			break
		}
		name = name[i+1:]
		rules |= RuleMarker
	}
	if f.Engine == stacktrace.XS || f.Engine == stacktrace.QuickJS || f.Engine == stacktrace.Bun {
		if rest, ok := strings.CutPrefix(name, "bound "); ok {
			name, rules = rest, rules|RuleMarker
		}
	}
	if isAnonymousWord(name) {
		return Anonymous, rules | RuleAnonymous
	}
	if f.Wasm {
		return wasmName(name, rules)
	}
	switch f.Engine {
	case stacktrace.SpiderMonkey, stacktrace.JSC:
		name, rules = scopedName(name, rules)
	case stacktrace.Chakra:
		if i := strings.LastIndexByte(name, '['); i >= 0 {
			return bracketName(strings.TrimSuffix(name[i+1:], "]"), rules)
		}
	case stacktrace.V8:
		if strings.HasSuffix(name, ">") && strings.HasPrefix(name, "<") || name == "(anonymous function)" {
			break
		}
	}
	return dottedName(name, f, rules)
}

// bracketName returns the name of a property in Chakra's brackets.
func bracketName(name string, rules Rule) (string, Rule) {
	rules |= RuleReceiver | RuleUnknowable
	if name == "" {
		return Anonymous, rules | RuleAnonymous
	}
	return name, rules
}

// isMarker reports whether a word before a function's name only says how it was called or defined.
func isMarker(word string) bool {
	switch word {
	case "get", "set", "async", "new", "static":
		return true
	}
	return false
}

// isEvalWord reports whether name is what the engine calls the body of eval'd code.
func isEvalWord(name string) bool {
	switch name {
	case "", "eval", "eval code", "<eval>", "anonymous", "<anonymous>", "Function code", "global":
		return true
	}
	return false
}

// isTopLevelWord reports whether name is what some engine calls the body of a script or module, and no
// function can be called.
func isTopLevelWord(name string) bool {
	switch name {
	case "global code", "Global code", "module code", "Module code", "eval code", "Function code", "<eval>", "<program>", "<module>", "%entry":
		return true
	}
	return false
}

// isAnonymousWord reports whether name is what an engine or a tool writes for a function without a
// name. V8's names of initialisers are among them: other engines name the class or nothing.
func isAnonymousWord(name string) bool {
	switch name {
	case "", "<anonymous>", "anonymous", "Anonymous function", "[anon]", "(anonymous)", "anonymous()",
		"(anonymous function)", "<anonymous function>", "<unknown>", "?", "<computed>", "unknown",
		"<instance_members_initializer>", "<static_initializer>", "<instance_fields_initializer>", "<static_fields_initializer>",
		"Unknown script code", "<arrow>", "(?)":
		return true
	}
	return false
}

// wasmName returns the name of a WebAssembly function without its module and Rust's hash:
//
//	my_module.trap, my_app.wasm.core::panicking::panic::h0123456789abcdef
func wasmName(name string, rules Rule) (string, Rule) {
	if strings.HasSuffix(strings.TrimSuffix(name, "."), ".wasm") || name == "(null)" || strings.Trim(name, "0123456789") == "" || strings.HasPrefix(name, "wasm-function[") {
		return Anonymous, rules | RuleAnonymous
	}
	if i := strings.Index(name, ".wasm."); i > 0 { // a module that is called like its file
		name, rules = name[i+len(".wasm."):], rules|RuleWasmModule
	} else if i := strings.IndexByte(name, '.'); i > 0 && i < len(name)-1 && !strings.ContainsAny(name[:i], ":<(") {
		name, rules = name[i+1:], rules|RuleWasmModule
	}
	if i := len(name) - len("::h0123456789abcdef"); i > 0 && strings.HasPrefix(name[i:], "::h") && isHexHash(name[i+3:]) {
		name, rules = name[:i], rules|RuleWasmModule // Rust's, of the crate that is linked
	}
	return name, rules
}

// scopedName takes off the scopes before SpiderMonkey's name of a function: "outer/inner<" is a
// function without a name whose value went into inner.
func scopedName(name string, rules Rule) (string, Rule) {
	trimmed := strings.TrimRight(name, "<")
	if len(trimmed) < len(name) {
		rules |= RuleScope | RuleUnknowable
		name = trimmed
	}
	if i := strings.LastIndexByte(name, '/'); i >= 0 && len(name) > 1 {
		name, rules = name[i+1:], rules|RuleScope
	}
	if i := strings.LastIndexByte(name, '['); i > 0 && strings.HasSuffix(name, "]") {
		return strings.Trim(name[i+1:len(name)-1], `"'`), rules | RuleReceiver | RuleUnknowable
	}
	return name, rules
}

// dottedName takes off what stands before the last dot. What it was decides whether every engine
// knows the name: a receiver's type says nothing of that, but a path that was guessed from the source
// does.
func dottedName(name string, f *stacktrace.Frame, rules Rule) (string, Rule) {
	switch {
	case name == "":
		return Anonymous, rules | RuleAnonymous
	case name[0] == '[' && name[len(name)-1] == ']':
		return name, rules | RuleUnknowable // a symbol
	}
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		if isOddName(name) || isProtocol(name) {
			rules |= RuleUnknowable
		}
		return name, rules
	}
	receiver, last := name[:i], name[i+1:]
	if isOddName(receiver) || last != "" && isOddName(last) && !isAnonymousWord(last) {
		return name, rules | RuleUnknowable
	}
	rules |= RuleReceiver
	if isAnonymousWord(last) {
		return Anonymous, rules | RuleAnonymous
	}
	if isGuessed(receiver, f) || isProtocol(last) {
		rules |= RuleUnknowable
	}
	return last, rules
}

// isGuessed reports whether receiver is no type but a path in the source, from which the engine took
// a name that the function itself does not have.
func isGuessed(receiver string, f *stacktrace.Frame) bool {
	switch f.Engine {
	case stacktrace.SpiderMonkey, stacktrace.JSC: // lines of Firefox that JavaScriptCore could have written too
		return true
	case stacktrace.V8:
		if f.Constructor || receiver == "" {
			return true
		}
		if strings.IndexByte(receiver, '.') >= 0 {
			return true
		}
		return isLower(receiver[0]) && len(receiver) > 2 // a minified class has a short name
	}
	return false
}

// isProtocol reports whether name is that of a method of iterators. V8 finds it in the iterator though
// the function has no name, as in the generators that TypeScript makes for old engines.
func isProtocol(name string) bool { return name == "next" || name == "return" || name == "throw" }

// isOddName reports whether name has characters that no identifier has: a computed key, or a name
// that was set at run time.
func isOddName(name string) bool {
	for i := 0; i < len(name); i++ {
		if isPlainNameByte[name[i]] || name[i] == '#' && (i == 0 || name[i-1] == '.') {
			continue
		}
		return true
	}
	return name != "" && '0' <= name[0] && name[0] <= '9'
}

// isPlainNameByte has the bytes that may stand anywhere in the names of identifiers, and dots.
var isPlainNameByte = func() (is [256]bool) {
	for c := range is {
		b := byte(c)
		is[c] = txt.IsLetter(b) || txt.IsDigit(b) || b == '_' || b == '$' || b == '.' || b >= 0x80
	}
	return is
}()
