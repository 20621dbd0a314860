package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestSpiderMonkey(t *testing.T) {
	checkRows(t, formats.SpiderMonkey, []row{
		// Calls, with and without a name. Constructors, types and methods have no marks.
		{line: `fail@p.js:1:26`, want: frame{Func: "fail", File: "p.js", Line: 1, Col: 26}},
		{line: `@p.js:16:30`, want: frame{File: "p.js", Line: 16, Col: 30}},
		{line: `@file:///m.mjs:1:46`, want: frame{File: "file:///m.mjs", Line: 1, Col: 46}},
		{line: `dflt@http://127.0.0.1:44353/s/es17-async.js:59:76`, want: frame{Func: "dflt", File: "http://127.0.0.1:44353/s/es17-async.js", Line: 59, Col: 76}},
		{line: `@http://127.0.0.1:44353/s/es17-async.js:35:21`, want: frame{File: "http://127.0.0.1:44353/s/es17-async.js", Line: 35, Col: 21}},

		// Names are scope paths and expressions.
		{line: `outer2/<@sm.js:7:53`, want: frame{Func: "outer2/<", File: "sm.js", Line: 7, Col: 53}},
		{line: `ns.deep/</<@sm.js:9:61`, want: frame{Func: "ns.deep/</<", File: "sm.js", Line: 9, Col: 61}},
		{line: `ns["p q"]@sm.js:4:33`, want: frame{Func: `ns["p q"]`, File: "sm.js", Line: 4, Col: 33}},
		{line: `dflt/x<@http://127.0.0.1:44353/s/es17-async.js:59:40`, want: frame{Func: "dflt/x<", File: "http://127.0.0.1:44353/s/es17-async.js", Line: 59, Col: 40}},
		{line: `i<@http://127.0.0.1:44353/s/timers.js:9:114`, want: frame{Func: "i<", File: "http://127.0.0.1:44353/s/timers.js", Line: 9, Col: 114}},
		{line: `mk/</f.onload@http://127.0.0.1:44353/page/html/frames:4:202`, want: frame{Func: "mk/</f.onload", File: "http://127.0.0.1:44353/page/html/frames", Line: 4, Col: 202}},
		{line: `c.port1.onmessage@http://127.0.0.1:44353/s/timers.js:15:132`, want: frame{Func: "c.port1.onmessage", File: "http://127.0.0.1:44353/s/timers.js", Line: 15, Col: 132}},
		{line: `K.prototype.m/K</<@http://127.0.0.1:44353/s/ts5-es17-async.js:134:27`, want: frame{Func: "K.prototype.m/K</<", File: "http://127.0.0.1:44353/s/ts5-es17-async.js", Line: 134, Col: 27}},
		{line: `__asyncGenerator</verb/i[n]/<@http://127.0.0.1:45275/s/ts5-es18-asyncgen.js:44:126`, want: frame{Func: "__asyncGenerator</verb/i[n]/<", File: "http://127.0.0.1:45275/s/ts5-es18-asyncgen.js", Line: 44, Col: 126}},
		{line: `224/<@http://127.0.0.1:39807/wpchunk-none-production-224.js:1:104`, want: frame{Func: "224/<", File: "http://127.0.0.1:39807/wpchunk-none-production-224.js", Line: 1, Col: 104}},
		{line: `P/this.fnPub@http://127.0.0.1:45275/s/ts5-es22-private.js:105:36`, want: frame{Func: "P/this.fnPub", File: "http://127.0.0.1:45275/s/ts5-es22-private.js", Line: 105, Col: 36}},
		{line: `P/this["comp field"]@http://127.0.0.1:45275/s/ts5-es22-private.js:106:44`, want: frame{Func: `P/this["comp field"]`, File: "http://127.0.0.1:45275/s/ts5-es22-private.js", Line: 106, Col: 44}},
		{line: `Base.prototype[SYM0]@http://127.0.0.1:45275/s/ts5-es6-class.js:119:42`, want: frame{Func: "Base.prototype[SYM0]", File: "http://127.0.0.1:45275/s/ts5-es6-class.js", Line: 119, Col: 42}},
		{line: `Base.prototype["computed with space"]@http://127.0.0.1:45275/s/ts5-es6-class.js:128:59`, want: frame{Func: `Base.prototype["computed with space"]`, File: "http://127.0.0.1:45275/s/ts5-es6-class.js", Line: 128, Col: 59}},
		{line: `o2["a b"]@/app/gen/gjs/e5-plain.js:163:46`, want: frame{Func: `o2["a b"]`, File: "/app/gen/gjs/e5-plain.js", Line: 163, Col: 46}},
		{line: `o2[3]@/app/gen/gjs/e5-plain.js:163:113`, want: frame{Func: "o2[3]", File: "/app/gen/gjs/e5-plain.js", Line: 163, Col: 113}},
		{line: `../../npm/libs/node_modules/asap/browser-asap.js/RawTask.prototype.call@http://127.0.0.1:45363/lib-q.js:529:21`, want: frame{Func: "../../npm/libs/node_modules/asap/browser-asap.js/RawTask.prototype.call", File: "http://127.0.0.1:45363/lib-q.js", Line: 529, Col: 21}},
		{line: `../../npm/libs/node_modules/zone.js/bundles/zone.umd.js/</initZone/_ZoneDelegate2.prototype.invoke@http://127.0.0.1:32901/lib-zone.js:423:168`, want: frame{Func: "../../npm/libs/node_modules/zone.js/bundles/zone.umd.js/</initZone/_ZoneDelegate2.prototype.invoke", File: "http://127.0.0.1:32901/lib-zone.js", Line: 423, Col: 168}},
		{line: `q-browser.js@http://127.0.0.1:45363/lib-q.js:1656:15`, want: frame{Func: "q-browser.js", File: "http://127.0.0.1:45363/lib-q.js", Line: 1656, Col: 15}},
		{line: `./src/@scope/helper.js/__WEBPACK_DEFAULT_EXPORT__/<@http://127.0.0.1:39807/wp-inline-source-map-development.js:16:90`, want: frame{Func: "./src/@scope/helper.js/__WEBPACK_DEFAULT_EXPORT__/<", File: "http://127.0.0.1:39807/wp-inline-source-map-development.js", Line: 16, Col: 90}},

		// Accessors, private names, symbols.
		{line: `get prop@p.js:5:23`, want: frame{Func: "get prop", File: "p.js", Line: 5, Col: 23}},
		{line: `get prop@webpack-internal:///./src/lib/service:8:22`, want: frame{Func: "get prop", File: "webpack-internal:///./src/lib/service", Line: 8, Col: 22}},
		{line: `get #pg@/app/gen/gjs/es22-private.js:5:22`, want: frame{Func: "get #pg", File: "/app/gen/gjs/es22-private.js", Line: 5, Col: 22}},
		{line: `get [Symbol.species]@/app/gen/gjs/es6-native.js:35:93`, want: frame{Func: "get [Symbol.species]", File: "/app/gen/gjs/es6-native.js", Line: 35, Col: 93}},
		{line: `get a at b@/app/gen/gjs/es6-names.js:13:32`, want: frame{Func: "get a at b", File: "/app/gen/gjs/es6-names.js", Line: 13, Col: 32}},
		{line: `get closed )@/app/gen/gjs/es6-names.js:13:32`, want: frame{Func: "get closed )", File: "/app/gen/gjs/es6-names.js", Line: 13, Col: 32}},
		{line: `get unclosed (@/app/gen/gjs/es6-names.js:13:32`, want: frame{Func: "get unclosed (", File: "/app/gen/gjs/es6-names.js", Line: 13, Col: 32}},
		{line: `get user@host@/app/gen/gjs/es6-names.js:13:32`, want: frame{Func: "get user@host", File: "/app/gen/gjs/es6-names.js", Line: 13, Col: 32}},
		{line: `#priv@webpack://my-app/./src/lib/service_(1).js?:6:19`, want: frame{Func: "#priv", File: "webpack://my-app/./src/lib/service_(1).js?", Line: 6, Col: 19}},
		{line: `[sy m]@p.js:10:104`, want: frame{Func: "[sy m]", File: "p.js", Line: 10, Col: 104}},
		{line: `[Symbol.asyncIterator]@http://127.0.0.1:44353/s/es18-asyncgen.js:9:122`, want: frame{Func: "[Symbol.asyncIterator]", File: "http://127.0.0.1:44353/s/es18-asyncgen.js", Line: 9, Col: 122}},
		{line: `[a (b) @ c]@http://127.0.0.1:35843/s/es6-class.js:19:16`, want: frame{Func: "[a (b) @ c]", File: "http://127.0.0.1:35843/s/es6-class.js", Line: 19, Col: 16}},
		{line: `[async*foo]@http://127.0.0.1:35843/s/es6-names.js:16:115`, want: frame{Func: "[async*foo]", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 16, Col: 115}},
		{line: `[user@host]@http://127.0.0.1:35843/s/es6-names.js:16:115`, want: frame{Func: "[user@host]", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 16, Col: 115}},
		{line: `[unclosed (]@http://127.0.0.1:35843/s/es6-names.js:16:115`, want: frame{Func: "[unclosed (]", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 16, Col: 115}},

		// Names that the program chose.
		{line: `odd name (x)@p.js:8:29`, want: frame{Func: "odd name (x)", File: "p.js", Line: 8, Col: 29}},
		{line: `@fn (x)@sm.js:23:63`, want: frame{Func: "@fn (x)", File: "sm.js", Line: 23, Col: 63}},
		{line: `obj["@fn"]@Scratchpad/1:10:29`, want: frame{Func: `obj["@fn"]`, File: "Scratchpad/1", Line: 10, Col: 29}},
		{line: `with space@http://127.0.0.1:35843/s/e5-names.js:5:31`, want: frame{Func: "with space", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 5, Col: 31}},
		{line: `with (parens)@http://127.0.0.1:35843/s/e5-names.js:6:34`, want: frame{Func: "with (parens)", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 6, Col: 34}},
		{line: `unclosed (@http://127.0.0.1:35843/s/es6-names.js:7:21`, want: frame{Func: "unclosed (", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 7, Col: 21}},
		{line: `foo (http://x/y.js:1:2)@http://127.0.0.1:35843/s/e5-names.js:27:44`, want: frame{Func: "foo (http://x/y.js:1:2)", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 27, Col: 44}},
		{line: `foo@http://x/y.js:1:2@http://127.0.0.1:35843/s/e5-names.js:28:42`, want: frame{Func: "foo@http://x/y.js:1:2", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 28, Col: 42}},
		{line: `foo@http://x/y.js:1:2@/app/gen/gjs/e5-names.js:28:42`, want: frame{Func: "foo@http://x/y.js:1:2", File: "/app/gen/gjs/e5-names.js", Line: 28, Col: 42}},
		{line: `user@host@http://127.0.0.1:35843/s/es6-names.js:7:21`, want: frame{Func: "user@host", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 7, Col: 21}},
		{line: `at line (x.js:1:2)@http://127.0.0.1:35843/s/es6-names.js:7:21`, want: frame{Func: "at line (x.js:1:2)", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 7, Col: 21}},
		{line: `Promise.all (index 0)@http://127.0.0.1:35843/s/e5-names.js:52:42`, want: frame{Func: "Promise.all (index 0)", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 52, Col: 42}},
		{line: `x [as y]@http://127.0.0.1:35843/s/e5-names.js:25:29`, want: frame{Func: "x [as y]", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 25, Col: 29}},
		{line: `wasm-function[3]@http://127.0.0.1:35843/s/es6-names.js:7:21`, want: frame{Func: "wasm-function[3]", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 7, Col: 21}},
		{line: `quo"te's@http://127.0.0.1:35843/s/e5-names.js:34:30`, want: frame{Func: `quo"te's`, File: "http://127.0.0.1:35843/s/e5-names.js", Line: 34, Col: 30}},
		{line: `back\slash@http://127.0.0.1:35843/s/e5-names.js:35:32`, want: frame{Func: `back\slash`, File: "http://127.0.0.1:35843/s/e5-names.js", Line: 35, Col: 32}},
		{line: "tab\there@/app/gen/gjs/e5-names.js:33:30", want: frame{Func: "tab\there", File: "/app/gen/gjs/e5-names.js", Line: 33, Col: 30}},
		{line: `trail @http://127.0.0.1:35843/s/e5-names.js:41:27`, want: frame{Func: "trail ", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 41, Col: 27}},
		{line: `*@http://127.0.0.1:35843/s/e5-names.js:46:22`, want: frame{Func: "*", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 46, Col: 22}},
		{line: `123@http://127.0.0.1:35843/s/e5-names.js:42:24`, want: frame{Func: "123", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 42, Col: 24}},
		{line: `ünicöde@http://127.0.0.1:35843/s/e5-names.js:71:32`, want: frame{Func: "ünicöde", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 71, Col: 32}},

		// What JavaScriptCore calls code that is no function is a name like any other here.
		{line: `global code@http://127.0.0.1:35843/s/e5-names.js:19:32`, want: frame{Func: "global code", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 19, Col: 32}},
		{line: `eval code@http://127.0.0.1:35843/s/e5-names.js:15:30`, want: frame{Func: "eval code", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 15, Col: 30}},
		{line: `async foo@http://127.0.0.1:35843/s/e5-names.js:13:30`, want: frame{Func: "async foo", File: "http://127.0.0.1:35843/s/e5-names.js", Line: 13, Col: 30}},

		// Frames behind an asynchronous break.
		{line: `async*two@async.js:4:29`, want: frame{Func: "two", File: "async.js", Line: 4, Col: 29, AsyncCause: "async", Async: true}},
		{line: `async*@async.js:17:4`, want: frame{File: "async.js", Line: 17, Col: 4, AsyncCause: "async", Async: true}},
		{line: `async*nested/<@/app/gen/gjs/min-es20-promise.js:2:1250`, want: frame{Func: "nested/<", File: "/app/gen/gjs/min-es20-promise.js", Line: 2, Col: 1250, AsyncCause: "async", Async: true}},
		{line: `promise callback*foo@http://h/a.js:5:7`, want: frame{Func: "foo", File: "http://h/a.js", Line: 5, Col: 7, AsyncCause: "promise callback", Async: true}},
		{line: `promise callback*@http://127.0.0.1:44353/s/es17-async.js:33:24`, want: frame{File: "http://127.0.0.1:44353/s/es17-async.js", Line: 33, Col: 24, AsyncCause: "promise callback", Async: true}},
		{line: `setTimeout handler*bar@http://h/a.js:9:3`, want: frame{Func: "bar", File: "http://h/a.js", Line: 9, Col: 3, AsyncCause: "setTimeout handler", Async: true}},
		{line: `setTimeout handler*@http://127.0.0.1:44353/worker-file.js?x=1:2:3&y=(z):14:11`, want: frame{File: "http://127.0.0.1:44353/worker-file.js?x=1:2:3&y=(z)", Line: 14, Col: 11, AsyncCause: "setTimeout handler", Async: true}},
		{line: `setTimeout handler*withTimer/</</<@http://127.0.0.1:44353/s/ts5-es17-async.js:293:76`, want: frame{Func: "withTimer/</</<", File: "http://127.0.0.1:44353/s/ts5-es17-async.js", Line: 293, Col: 76, AsyncCause: "setTimeout handler", Async: true}},
		{line: `EventListener.handleEvent*init@http://h/a.js:2:10`, want: frame{Func: "init", File: "http://h/a.js", Line: 2, Col: 10, AsyncCause: "EventListener.handleEvent", Async: true}},
		{line: `EventHandlerNonNull*@http://127.0.0.1:44353/s/timers.js:15:104`, want: frame{File: "http://127.0.0.1:44353/s/timers.js", Line: 15, Col: 104, AsyncCause: "EventHandlerNonNull", Async: true}},
		{line: `VoidFunction*steps<@http://127.0.0.1:44353/page/html/onerror:39:44`, want: frame{Func: "steps<", File: "http://127.0.0.1:44353/page/html/onerror", Line: 39, Col: 44, AsyncCause: "VoidFunction", Async: true}},
		{line: `MutationCallback*makeRequestCallFromMutationObserver@http://127.0.0.1:45363/lib-q.js:477:24`, want: frame{Func: "makeRequestCallFromMutationObserver", File: "http://127.0.0.1:45363/lib-q.js", Line: 477, Col: 24, AsyncCause: "MutationCallback", Async: true}},
		{line: `Async*fromAsyncMap@http://127.0.0.1:44353/s/es18-asyncgen.js:17:72`, want: frame{Func: "fromAsyncMap", File: "http://127.0.0.1:44353/s/es18-asyncgen.js", Line: 17, Col: 72, AsyncCause: "Async", Async: true}},

		// Code from a string: the position is within it, the origin tells how it was called.
		{line: `@p.js line 33 > eval:1:5`, want: frame{Line: 1, Col: 5, Origin: "p.js line 33 > eval", Eval: true}},
		{line: `inner@p.js line 34 > eval:1:24`, want: frame{Func: "inner", Line: 1, Col: 24, Origin: "p.js line 34 > eval", Eval: true}},
		{line: `@p.js line 36 > eval line 1 > eval:1:5`, want: frame{Line: 1, Col: 5, Origin: "p.js line 36 > eval line 1 > eval", Eval: true}},
		{line: `anonymous@sm.js line 21 > Function:3:7`, want: frame{Func: "anonymous", Line: 3, Col: 7, Origin: "sm.js line 21 > Function", Eval: true}},
		{line: `anonymous@/app/gen/gjs/e5-eval.js line 30 > eval line 1 > Function:3:1`, want: frame{Func: "anonymous", Line: 3, Col: 1, Origin: "/app/gen/gjs/e5-eval.js line 30 > eval line 1 > Function", Eval: true}},
		{line: `fromEval@file:///app/gen/gjs/e5-eval.js line 21 > eval:2:3`, want: frame{Func: "fromEval", Line: 2, Col: 3, Origin: "file:///app/gen/gjs/e5-eval.js line 21 > eval", Eval: true}},
		{line: `async*inEval@http://127.0.0.1:44353/s/es17-async.js line 63 > eval:1:34`, want: frame{Func: "inEval", Line: 1, Col: 34, Origin: "http://127.0.0.1:44353/s/es17-async.js line 63 > eval", AsyncCause: "async", Async: true, Eval: true}},
		{line: `inScriptElement@http://h/page line 27 > injectedScript:3:32`, want: frame{Func: "inScriptElement", Line: 3, Col: 32, Origin: "http://h/page line 27 > injectedScript", Eval: true}},
		{line: `@about:blank line 9 > injectedScript:1:41`, want: frame{Line: 1, Col: 41, Origin: "about:blank line 9 > injectedScript", Eval: true}},
		{line: `@http://127.0.0.1:44353/worker-file.js?x=1:2:3&y=(z) line 13 > eval:1:1`, want: frame{Line: 1, Col: 1, Origin: "http://127.0.0.1:44353/worker-file.js?x=1:2:3&y=(z) line 13 > eval", Eval: true}},
		{line: `@http://127.0.0.1:41823/odd/x.js%20line%203%20%3E%20eval line 9 > eval:1:1`, want: frame{Line: 1, Col: 1, Origin: "http://127.0.0.1:41823/odd/x.js%20line%203%20%3E%20eval line 9 > eval", Eval: true}},
		{line: `@http://127.0.0.1:41823/odd/user@host.js line 9 > eval:1:1`, want: frame{Line: 1, Col: 1, Origin: "http://127.0.0.1:41823/odd/user@host.js line 9 > eval", Eval: true}},

		// WebAssembly; the module's name holds where it was compiled.
		{line: `@wasm.js line 12 > WebAssembly.Module:wasm-function[1]:0x2a`, want: frame{File: "wasm.js line 12 > WebAssembly.Module", Index: 1, Offset: 42, Origin: "wasm.js line 12 > WebAssembly.Module", Wasm: true}},
		{line: `my mod.outer fn(x)@wasm.js line 12 > WebAssembly.Module:wasm-function[2]:0x2f`, want: frame{Func: "my mod.outer fn(x)", File: "wasm.js line 12 > WebAssembly.Module", Index: 2, Offset: 47, Origin: "wasm.js line 12 > WebAssembly.Module", Wasm: true}},
		{line: `outer_fn@http://127.0.0.1:35843/s/wasm.js line 23 > WebAssembly.Module:wasm-function[2]:0x6c`, want: frame{Func: "outer_fn", File: "http://127.0.0.1:35843/s/wasm.js line 23 > WebAssembly.Module", Index: 2, Offset: 108, Origin: "http://127.0.0.1:35843/s/wasm.js line 23 > WebAssembly.Module", Wasm: true}},
		{line: `my_module.my_crate::outer::{{closure}}::h12ab@/app/gen/gjs/wasm.js line 23 > WebAssembly.Module:wasm-function[2]:0x6c`, want: frame{Func: "my_module.my_crate::outer::{{closure}}::h12ab", File: "/app/gen/gjs/wasm.js line 23 > WebAssembly.Module", Index: 2, Offset: 108, Origin: "/app/gen/gjs/wasm.js line 23 > WebAssembly.Module", Wasm: true}},
		{line: `only module name.wasm.@file:///app/gen/gjs/wasm.js line 23 > WebAssembly.Module:wasm-function[3]:0x71`, want: frame{Func: "only module name.wasm.", File: "file:///app/gen/gjs/wasm.js line 23 > WebAssembly.Module", Index: 3, Offset: 113, Origin: "file:///app/gen/gjs/wasm.js line 23 > WebAssembly.Module", Wasm: true}},

		// URLs and other sources, with every sign that a line has of its own.
		{line: `who@http://localhost:5000/misc/@stuff/foo.js:3:9`, want: frame{Func: "who", File: "http://localhost:5000/misc/@stuff/foo.js", Line: 3, Col: 9}},
		{line: `@http://h/x.js:1:7`, want: frame{File: "http://h/x.js", Line: 1, Col: 7}},
		{line: `oddInner@http://127.0.0.1:41823/odd/@scope/pkg/index.js:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/@scope/pkg/index.js", Line: 3, Col: 9}},
		{line: `@http://127.0.0.1:41823/odd/pkg@1.2.3/x.js:8:7`, want: frame{File: "http://127.0.0.1:41823/odd/pkg@1.2.3/x.js", Line: 8, Col: 7}},
		{line: `oddInner@http://127.0.0.1:41823/odd/user@host.js:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/user@host.js", Line: 3, Col: 9}},
		{line: `oddInner@http://127.0.0.1:41823/odd/q.js?u=http://b.com/c.js:5:6:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/q.js?u=http://b.com/c.js:5:6", Line: 3, Col: 9}},
		{line: `oddInner@http://127.0.0.1:41823/odd/h.js#frag:1:2:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/h.js#frag:1:2", Line: 3, Col: 9}},
		{line: `oddInner@http://127.0.0.1:41823/odd/closed).js:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/closed).js", Line: 3, Col: 9}},
		{line: `oddInner@http://127.0.0.1:41823/odd/unclosed(.js:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/unclosed(.js", Line: 3, Col: 9}},
		{line: `oddInner@http://127.0.0.1:41823/odd/star*x.js:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/star*x.js", Line: 3, Col: 9}},
		{line: `oddInner@http://127.0.0.1:41823/odd/quote'x.js:3:9`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/quote'x.js", Line: 3, Col: 9}},
		{line: `@http://user:pw@example.com/a.js:4:3`, want: frame{File: "http://user:pw@example.com/a.js", Line: 4, Col: 3}},
		{line: `f@http://[::1]:3000/a.js:2:9`, want: frame{Func: "f", File: "http://[::1]:3000/a.js", Line: 2, Col: 9}},
		{line: `f@C:\Users\me\app.js:2:9`, want: frame{Func: "f", File: `C:\Users\me\app.js`, Line: 2, Col: 9}},
		{line: `f@turbopack:///[project]/src/x.js:2:9`, want: frame{Func: "f", File: "turbopack:///[project]/src/x.js", Line: 2, Col: 9}},
		{line: `f@node:internal/x:2:9`, want: frame{Func: "f", File: "node:internal/x", Line: 2, Col: 9}},
		{line: `f@<anonymous>:2:9`, want: frame{Func: "f", File: "<anonymous>", Line: 2, Col: 9}},
		{line: `f@a.js:10:2:9`, want: frame{Func: "f", File: "a.js:10", Line: 2, Col: 9}},
		{line: `f@(:2:9`, want: frame{Func: "f", File: "(", Line: 2, Col: 9}},
		{line: `f@[native:2:9`, want: frame{Func: "f", File: "[native", Line: 2, Col: 9}},
		{line: `f@1:2:2:9`, want: frame{Func: "f", File: "1:2", Line: 2, Col: 9}},
		{line: `@:1:2:4:3`, want: frame{File: ":1:2", Line: 4, Col: 3}},
		{line: `f@https://x.com/a.js,:2:9`, want: frame{Func: "f", File: "https://x.com/a.js,", Line: 2, Col: 9}},
		{line: `named@dir/with:1:21`, want: frame{Func: "named", File: "dir/with", Line: 1, Col: 21}},
		{line: `anonymous@new-function.js:3:1`, want: frame{Func: "anonymous", File: "new-function.js", Line: 3, Col: 1}},
		{line: `inFrame@blob:http://127.0.0.1:44353/026918f2-cbbc-4b23-89ae-e9801e8002d3:3:9`, want: frame{Func: "inFrame", File: "blob:http://127.0.0.1:44353/026918f2-cbbc-4b23-89ae-e9801e8002d3", Line: 3, Col: 9}},
		{line: `@about:srcdoc:5:7`, want: frame{File: "about:srcdoc", Line: 5, Col: 7}},
		{line: `@debugger eval code:1:7`, want: frame{File: "debugger eval code", Line: 1, Col: 7}},
		{line: `@resource://gre/modules/X.sys.mjs:12:3`, want: frame{File: "resource://gre/modules/X.sys.mjs", Line: 12, Col: 3}},
		{line: `@moz-extension://UUID/x.js:1:2`, want: frame{File: "moz-extension://UUID/x.js", Line: 1, Col: 2}},
		{line: `@self-hosted:12:3`, want: frame{File: "self-hosted", Line: 12, Col: 3}},
		{line: `@<command line>:1:7`, want: frame{File: "<command line>", Line: 1, Col: 7}},
		{line: `@javascript:try { headFn() } catch (e) { capture('javascript-url', e, ['headFn', '<top>']) } void 0:1:7`, want: frame{File: `javascript:try { headFn() } catch (e) { capture('javascript-url', e, ['headFn', '<top>']) } void 0`, Line: 1, Col: 7}},
		{line: `inJsUrl@javascript:try { (function inJsUrl() { throw new Error('in javascript url') })() } catch (e) { parent.capture('javascript-url-frame', e, ['inJsUrl', '<top>']) } '':1:35`, want: frame{Func: "inJsUrl", File: `javascript:try { (function inJsUrl() { throw new Error('in javascript url') })() } catch (e) { parent.capture('javascript-url-frame', e, ['inJsUrl', '<top>']) } ''`, Line: 1, Col: 35}},
		{line: `f@data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}:1:23`, want: frame{Func: "f", File: `data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}`, Line: 1, Col: 23}},

		// Firefox 14 to 29 told no column.
		{line: `dumpException3@http://path/to/file.js:52`, want: frame{Func: "dumpException3", File: "http://path/to/file.js", Line: 52}},
		{line: `onclick@http://path/to/file.js:1`, want: frame{Func: "onclick", File: "http://path/to/file.js", Line: 1}},
		{line: `@http://127.0.0.1:8000/js/file.js:24`, want: frame{File: "http://127.0.0.1:8000/js/file.js", Line: 24}},

		// Firefox up to 13 told the arguments, which are no part of the name.
		{line: `bar(1)@http://127.0.0.1:8000/js/file.js:13`, want: frame{Func: "bar", File: "http://127.0.0.1:8000/js/file.js", Line: 13}, written: `bar@http://127.0.0.1:8000/js/file.js:13`},
		{line: `(null)@http://127.0.0.1:8000/js/stacktrace.js:31`, want: frame{File: "http://127.0.0.1:8000/js/stacktrace.js", Line: 31}, written: `@http://127.0.0.1:8000/js/stacktrace.js:31`},
		{line: `foo()@http://127.0.0.1:8000/js/file.js:20`, want: frame{Func: "foo", File: "http://127.0.0.1:8000/js/file.js", Line: 20}, written: `foo@http://127.0.0.1:8000/js/file.js:20`},
		{line: `bar("a@http://b")@http://127.0.0.1:8000/js/file.js:13`, want: frame{Func: "bar", File: "http://127.0.0.1:8000/js/file.js", Line: 13}, written: `bar@http://127.0.0.1:8000/js/file.js:13`},
		{line: `foo("x@y",1)@file.js:3`, want: frame{Func: "foo", File: "file.js", Line: 3}, written: `foo@file.js:3`},
		{line: `bar("x (y:1:2)",12,true,(void 0),[object Object],[unknown function])@http://127.0.0.1:8000/js/file.js:13`, want: frame{Func: "bar", File: "http://127.0.0.1:8000/js/file.js", Line: 13}, written: `bar@http://127.0.0.1:8000/js/file.js:13`},
	})
}

// TestSpiderMonkeyAt reads the lines of SpiderMonkey that imitates V8.
func TestSpiderMonkeyAt(t *testing.T) {
	checkRows(t, formats.SpiderMonkey, []row{
		{line: `at fail (http://h/p.js:1:26)`, want: frame{Func: "fail", File: "http://h/p.js", Line: 1, Col: 26}, written: `fail@http://h/p.js:1:26`},
		{line: `at http://h/p.js:16:30`, want: frame{File: "http://h/p.js", Line: 16, Col: 30}, written: `@http://h/p.js:16:30`},
		{line: `at outer/< (http://h/p.js:7:53)`, want: frame{Func: "outer/<", File: "http://h/p.js", Line: 7, Col: 53}, written: `outer/<@http://h/p.js:7:53`},
		{line: `at p.js line 33 > eval:1:5`, want: frame{Line: 1, Col: 5, Eval: true, Origin: "p.js line 33 > eval"}, written: `@p.js line 33 > eval:1:5`},
	})
}

func TestSpiderMonkeyNoFrames(t *testing.T) {
	checkNoFrames(t, formats.SpiderMonkey, []string{
		// Cut off, and without a position.
		`foo@http://localhost:80`,
		`foo@http://h/x.js`,
		`foo@`,
		`foo@http://h/x.js line 9 > eval`,
		`foo@http://h/x.js:`,

		// Native code has no frame, eval'd code always has a position.
		`forEach@[native code]`,
		`eval code`,
		`[native code]`,
		`global code`,

		// Prose.
		`contact me@example.com now`,
		`me@example.com`,
		`connect ECONNREFUSED ::1:45999`,
		`http://path/to/file.js:48:22`,
		`TypeError: x is undefined`,
		`From previous event:`,
		`see you @ 12:05`,
		``,

		// In V8's syntax, but it would mean something else in the other.
		`at f@g (http://h/p.js:1:26)`,
		`at async*f (http://h/p.js:1:26)`,
		`at f (http://h/p.js:12)`,
		`at forEach (native)`,
	})
}
