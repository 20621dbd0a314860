package normalize

import "strings"

// Rule is one of the equivalences that this package rests on, or a set of them.
type Rule uint64

const (
	// RuleAnonymous gives functions without a name one spelling: nothing in V8, JavaScriptCore and
	// SpiderMonkey, "<anonymous>", "Anonymous function", "anonymous", "[anon]", "(anonymous)", "?".
	RuleAnonymous Rule = 1 << iota

	// RuleTopLevel gives the bodies of scripts, modules and eval'd code one spelling: "global code",
	// "module code", "eval code", "Global code", "global", "<eval>", "<program>", "%entry".
	RuleTopLevel

	// RuleMarker takes off words that say how a function was defined or called: "get x", "set x",
	// "async f", "bound f".
	RuleMarker

	// RuleReceiver takes off the type of the receiver or the path of objects before a name:
	// "Foo.bar", "Foo.prototype.bar" and "ns.sub.bar" are bar.
	RuleReceiver

	// RuleScope takes off SpiderMonkey's path of scopes and the mark of a function without a name:
	// "outer/inner<" is inner.
	RuleScope

	// RuleWasmModule takes off the module before the name of a WebAssembly function, and the hash that
	// Rust puts behind it.
	RuleWasmModule

	// RuleUnknowable leaves a name out of comparisons because some engines cannot know it: guessed
	// from an assignment, computed, a symbol, or set at run time. JavaScriptCore has no such names.
	RuleUnknowable

	// RuleQuery takes off the query and the fragment of a URL.
	RuleQuery

	// RuleOrigin takes off the scheme and host of a URL, the drive of a path, or the folder that an
	// application was installed into.
	RuleOrigin

	// RuleHash takes the build's hash off a file's name: "main.4f3a9c1e.js", "index-Dq-9a_bZ.js",
	// "chunk-5RMVKXQZ.js" are main.js, index.js and chunk.js.
	RuleHash

	// RuleBundler takes off what bundlers and development servers put before the path of a source:
	// "webpack://app/./", "webpack-internal:///", "/@fs/", "/@id/", "turbopack://[project]/", loaders
	// up to the last "!"; and the store of a package manager, "node_modules/.pnpm/a@1.0.0/".
	RuleBundler

	// RuleEscapes decodes percent escapes, which WebKit writes otherwise than V8 and SpiderMonkey.
	RuleEscapes

	// RuleID replaces the id of an extension, blob or data URL, which differ from one browser and
	// page to the next.
	RuleID

	// RuleSlashes writes the separators of Windows paths as slashes.
	RuleSlashes

	// RuleSourceURL takes a file's name for that of eval'd code: "webpack-internal:///./a.js" or "a.js"
	// among the http URLs of a page. JavaScriptCore tells neither the name nor the line.
	RuleSourceURL

	// RuleNative leaves out functions of the engine itself: SpiderMonkey shows none.
	RuleNative

	// RuleRuntime leaves out the runtime's own scripts: "node:internal/…", "ext:…", "deno:…",
	// "InternalBytecode.js".
	RuleRuntime

	// RuleAsync leaves out callers that wait for a promise: Firefox shows pages none.
	RuleAsync

	// RuleErrorConstructor leaves out the constructors of the error itself at the top of a stack, which
	// V8 does not show.
	RuleErrorConstructor

	// RuleWrapper leaves out functions that compilers, polyfills and trackers put around others.
	RuleWrapper

	// RuleRecursion leaves out the repetitions of a cycle of calls.
	RuleRecursion

	// RuleBuiltin gives the message of one mistake one wording, whichever engine reported it.
	RuleBuiltin

	// RuleMinified leaves a name out of comparisons because a minifier made it, which gives it another
	// in the next build: a short name in minified code, told by wide columns, by files that only production builds
	// have, and by the frames beside it.
	RuleMinified

	// RulePlaceholder puts a word in the place of what varies in a message.
	RulePlaceholder
)

// rules are the names of the rules in the order of their bits, and what each says.
var rules = [...]struct{ name, text string }{
	{"anonymous", "functions without a name have one spelling"},
	{"top level", "the bodies of scripts have one spelling"},
	{"marker", "get, set, async and bound are no part of a name"},
	{"receiver", "the receiver's type and the path of objects are no part of a name"},
	{"scope", "the path of scopes is no part of a name"},
	{"wasm module", "module and hash are no part of a WebAssembly function's name"},
	{"unknowable", "the name does not count: some engine cannot know it"},
	{"query", "query and fragment are no part of a file"},
	{"origin", "scheme, host, drive and the folder of an installed application are no part of a file"},
	{"hash", "the build's hash is no part of a file"},
	{"bundler", "what bundlers, development servers and package managers put before a path is no part of it"},
	{"escapes", "percent escapes are decoded"},
	{"id", "ids of extensions, blobs and data are no part of a file"},
	{"slashes", "the separators of Windows are slashes"},
	{"source URL", "the name is that of eval'd code, which not all engines tell"},
	{"native", "native functions are left out: SpiderMonkey shows none"},
	{"runtime", "the runtime's own scripts are left out"},
	{"async", "callers that wait are left out: Firefox shows none"},
	{"error constructor", "constructors of the error are left out: V8 shows none"},
	{"wrapper", "functions that compilers, polyfills and trackers put around others are left out"},
	{"recursion", "repeated calls are left out"},
	{"builtin", "what engines say of one mistake has one wording"},
	{"minified", "the name does not count: a minifier made it"},
	{"placeholder", "what varies in the message is replaced"},
}

// String returns the names of the rules, with ", " between several.
func (r Rule) String() string {
	var names []string
	for i := range rules {
		if r&(1<<i) != 0 {
			names = append(names, rules[i].name)
		}
	}
	return strings.Join(names, ", ")
}

// Text returns what the first of the rules says.
func (r Rule) Text() string {
	for i := range rules {
		if r&(1<<i) != 0 {
			return rules[i].text
		}
	}
	return ""
}
