package normalize

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

	// RuleWasmModule takes off the module before the name of a WebAssembly function.
	RuleWasmModule

	// RuleUnknowable leaves a name out of comparisons because some engines cannot know it: guessed
	// from an assignment, computed, a symbol, or set at run time. JavaScriptCore has no such names.
	RuleUnknowable

	// RuleQuery takes off the query and the fragment of a URL.
	RuleQuery

	// RuleOrigin takes off the scheme and host of a URL, or the drive of a path.
	RuleOrigin

	// RuleHash takes the build's hash off a file's name: "main.4f3a9c1e.js", "index-Dq-9a_bZ.js",
	// "chunk-5RMVKXQZ.js" are main.js, index.js and chunk.js.
	RuleHash

	// RuleBundler takes off what bundlers and development servers put before the path of a source:
	// "webpack://app/./", "webpack-internal:///", "/@fs/", "/@id/", "turbopack://[project]/", loaders
	// up to the last "!".
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

	// RuleWrapper leaves out functions that compilers, polyfills and trackers put around others.
	RuleWrapper

	// RuleRecursion leaves out the repetitions of a cycle of calls.
	RuleRecursion

	// RuleBuiltin gives the message of one mistake one wording, whichever engine reported it.
	RuleBuiltin

	// RulePlaceholder puts a word in the place of what varies in a message.
	RulePlaceholder

	ruleEnd
)
