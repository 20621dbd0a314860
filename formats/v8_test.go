package formats_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace/formats"
)

type frame = formats.Frame

// row is a line as its engine wrote it and the frame that it tells of. The engine is that of the
// row's table.
type row struct {
	line string
	want frame

	// written is what the engine writes for such a frame today, where line is in a syntax that it
	// has given up; "" if line itself is current.
	written string
}

// checkRows reads and writes each row as engine does.
func checkRows(t *testing.T, engine formats.Engine, rows []row) {
	t.Helper()
	format := engine.Format()
	for _, r := range rows {
		want := r.want
		want.Engine = engine
		var got frame
		if !formats.Read(&got, engine, r.line) {
			t.Errorf("Read(%q, %q) = false, want true", engine, r.line)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Read(%q, %q): -want +got\n%s", engine, r.line, diff)
			continue
		}
		written := r.written
		if written == "" {
			written = r.line
		}
		text := string(format.Append(nil, want))
		if text != written {
			t.Errorf("%s: Append(%+v) = %q, want %q", engine, want, text, written)
			continue
		}
		// Whatever is written must tell the same frame again.
		var again frame
		if !formats.Read(&again, engine, text) {
			t.Errorf("Read(%q, %q) = false, want true", engine, text)
		} else if diff := cmp.Diff(want, again); diff != "" {
			t.Errorf("Read(%q, %q): -want +got\n%s", engine, text, diff)
		}
	}
}

// checkNoFrames checks that engine takes none of the lines for a frame.
func checkNoFrames(t *testing.T, engine formats.Engine, lines []string) {
	t.Helper()
	for _, line := range lines {
		var got frame
		if formats.Read(&got, engine, line) {
			t.Errorf("Read(%q, %q) = true, %+v, want false", engine, line, got)
		}
	}
}

func TestV8(t *testing.T) {
	checkRows(t, formats.V8, []row{
		// Calls, with and without a name.
		{line: `at fail (/app/p.js:1:26)`, want: frame{Func: "fail", File: "/app/p.js", Line: 1, Col: 26}},
		{line: `at /app/p.js:16:26`, want: frame{File: "/app/p.js", Line: 16, Col: 26}},
		{line: `at p.js:16:1`, want: frame{File: "p.js", Line: 16, Col: 1}},
		{line: `at file:///m.mjs:1:46`, want: frame{File: "file:///m.mjs", Line: 1, Col: 46}},
		{line: `at f (/app/a.js:2:13)`, want: frame{Func: "f", File: "/app/a.js", Line: 2, Col: 13}},
		{line: `at inner (/app/orig.ts:5:9)`, want: frame{Func: "inner", File: "/app/orig.ts", Line: 5, Col: 9}},
		{line: `at Foo (http://h/static/js/main.js:12:34)`, want: frame{Func: "Foo", File: "http://h/static/js/main.js", Line: 12, Col: 34}},
		{line: `at Object.helper (jest.test.js:4:24)`, want: frame{Func: "Object.helper", File: "jest.test.js", Line: 4, Col: 24}},
		{line: `at outer2 (p.js:7:53)`, want: frame{Func: "outer2", File: "p.js", Line: 7, Col: 53}},
		{line: `at bar (http://path/to/file.js:16:5)`, want: frame{Func: "bar", File: "http://path/to/file.js", Line: 16, Col: 5}},
		{line: `at HTMLButtonElement.onclick (http://localhost:8080/file.js:107:146)`, want: frame{Func: "HTMLButtonElement.onclick", File: "http://localhost:8080/file.js", Line: 107, Col: 146}},
		{line: `at HTMLUnknownElement.callCallback2 (http://127.0.0.1:40905/react16-development.js:2560:24)`, want: frame{Func: "HTMLUnknownElement.callCallback2", File: "http://127.0.0.1:40905/react16-development.js", Line: 2560, Col: 24}},

		// Types before the name: classes, receivers, generators, and "Function" for static methods
		// before V8 10.
		{line: `at Foo.make (/app/p.js:4:27)`, want: frame{Func: "Foo.make", File: "/app/p.js", Line: 4, Col: 27}},
		{line: `at Function.make (/app/pn.js:4:27)`, want: frame{Func: "Function.make", File: "/app/pn.js", Line: 4, Col: 27}},
		{line: `at Object.method (/app/p.js:10:42)`, want: frame{Func: "Object.method", File: "/app/p.js", Line: 10, Col: 42}},
		{line: `at Proxy.m (/app/scenarios/es6-native.js:31:48)`, want: frame{Func: "Proxy.m", File: "/app/scenarios/es6-native.js", Line: 31, Col: 48}},
		{line: `at Array.<anonymous> (/app/p.js:39:69)`, want: frame{Func: "Array.<anonymous>", File: "/app/p.js", Line: 39, Col: 69}},
		{line: `at Object.<anonymous> (/app/a.js:6:1)`, want: frame{Func: "Object.<anonymous>", File: "/app/a.js", Line: 6, Col: 1}},
		{line: `at MessagePort.<anonymous> (node:internal/per_context/messageport:23:28)`, want: frame{Func: "MessagePort.<anonymous>", File: "node:internal/per_context/messageport", Line: 23, Col: 28}},
		{line: `at [object Object].fn (file:///android_asset/www/x.js:12:3)`, want: frame{Func: "[object Object].fn", File: "file:///android_asset/www/x.js", Line: 12, Col: 3}},
		{line: `at a.b.c (http://127.0.0.1:44365/s/e5-names.js:21:26)`, want: frame{Func: "a.b.c", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 21, Col: 26}},
		{line: `at Array.Foo.bar (file:///app/scenarios/e5-plain.js:95:9)`, want: frame{Func: "Array.Foo.bar", File: "file:///app/scenarios/e5-plain.js", Line: 95, Col: 9}},
		{line: `at K.ns.K.K.m (file:///app/scenarios/ts5-es6-class.js:207:39)`, want: frame{Func: "K.ns.K.K.m", File: "file:///app/scenarios/ts5-es6-class.js", Line: 207, Col: 39}},
		{line: `at Renamed Class.Q.f (file:///app/scenarios/ts5-es6-class.js:308:35)`, want: frame{Func: "Renamed Class.Q.f", File: "file:///app/scenarios/ts5-es6-class.js", Line: 308, Col: 35}},
		{line: `at MessagePort.c.port1.onmessage (/app/scenarios/timers.js:15:132)`, want: frame{Func: "MessagePort.c.port1.onmessage", File: "/app/scenarios/timers.js", Line: 15, Col: 132}},
		{line: `at Object.__dirname..toString (/app/scenarios/e5-native.js:22:38)`, want: frame{Func: "Object.__dirname..toString", File: "/app/scenarios/e5-native.js", Line: 22, Col: 38}},
		{line: `at Module._extensions..js (node:internal/modules/cjs/loader:1422:10)`, want: frame{Func: "Module._extensions..js", File: "node:internal/modules/cjs/loader", Line: 1422, Col: 10}},
		{line: `at Object.Module._extensions..js (internal/modules/cjs/loader.js:789:10)`, want: frame{Func: "Object.Module._extensions..js", File: "internal/modules/cjs/loader.js", Line: 789, Col: 10}},
		{line: `at Object..js (node:internal/modules/cjs/loader:2060:10)`, want: frame{Func: "Object..js", File: "node:internal/modules/cjs/loader", Line: 2060, Col: 10}},

		// Constructors.
		{line: `at new Foo (/app/p.js:3:29)`, want: frame{Func: "Foo", File: "/app/p.js", Line: 3, Col: 29, Constructor: true}},
		{line: `at new ns.Anon (http://127.0.0.1:44365/s/e5-plain.js:105:9)`, want: frame{Func: "ns.Anon", File: "http://127.0.0.1:44365/s/e5-plain.js", Line: 105, Col: 9, Constructor: true}},
		{line: `at new <anonymous> (/app/scenarios/e5-plain.js:110:32)`, want: frame{Func: "<anonymous>", File: "/app/scenarios/e5-plain.js", Line: 110, Col: 32, Constructor: true}},
		{line: `at new Script (node:vm:100:7)`, want: frame{Func: "Script", File: "node:vm", Line: 100, Col: 7, Constructor: true}},
		{line: `at new URL (internal/url.js:334:5)`, want: frame{Func: "URL", File: "internal/url.js", Line: 334, Col: 5, Constructor: true}},
		{line: `at new Promise (<anonymous>)`, want: frame{Func: "Promise", Native: true, Constructor: true}},
		{line: `at new Function (<anonymous>)`, want: frame{Func: "Function", Native: true, Constructor: true}},
		{line: `at new NumberFormat (native)`, want: frame{Func: "NumberFormat", Native: true, Constructor: true}, written: `at new NumberFormat (<anonymous>)`},
		{line: `at new 😀 (/app/scenarios/es6-names.js:14:46)`, want: frame{Func: "😀", File: "/app/scenarios/es6-names.js", Line: 14, Col: 46, Constructor: true}},
		{line: `at new with (parens) (/app/scenarios/es6-names.js:14:46)`, want: frame{Func: "with (parens)", File: "/app/scenarios/es6-names.js", Line: 14, Col: 46, Constructor: true}},
		{line: `at new unclosed ( (/app/scenarios/es6-names.js:14:46)`, want: frame{Func: "unclosed (", File: "/app/scenarios/es6-names.js", Line: 14, Col: 46, Constructor: true}},
		{line: `at new a at b (/app/scenarios/es6-names.js:14:46)`, want: frame{Func: "a at b", File: "/app/scenarios/es6-names.js", Line: 14, Col: 46, Constructor: true}},

		// The property under which the function was found.
		{line: `at Object.fail [as renamed] (/app/p.js:1:26)`, want: frame{Func: "Object.fail", Alias: "renamed", File: "/app/p.js", Line: 1, Col: 26}},
		{line: `at Foo.bazNamed [as baz] (/app/scenarios/e5-plain.js:98:8)`, want: frame{Func: "Foo.bazNamed", Alias: "baz", File: "/app/scenarios/e5-plain.js", Line: 98, Col: 8}},
		{line: `at Array.arr [as 0] (/app/scenarios/e5-plain.js:161:32)`, want: frame{Func: "Array.arr", Alias: "0", File: "/app/scenarios/e5-plain.js", Line: 161, Col: 32}},
		{line: `at Module.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:154:5)`, want: frame{Func: "Module.executeUserEntryPoint", Alias: "runMain", File: "node:internal/modules/run_main", Line: 154, Col: 5}},
		{line: `at Function.executeUserEntryPoint [as runMain] (internal/modules/run_main.js:60:12)`, want: frame{Func: "Function.executeUserEntryPoint", Alias: "runMain", File: "internal/modules/run_main.js", Line: 60, Col: 12}},
		{line: `at TCPConnectWrap.afterConnect [as oncomplete] (net.js:1144:16)`, want: frame{Func: "TCPConnectWrap.afterConnect", Alias: "oncomplete", File: "net.js", Line: 1144, Col: 16}},
		{line: `at Zlib.zlibOnError [as onerror] (node:zlib:189:17)`, want: frame{Func: "Zlib.zlibOnError", Alias: "onerror", File: "node:zlib", Line: 189, Col: 17}},
		{line: `at processImmediate [as _immediateCallback] (timers.js:745:5)`, want: frame{Func: "processImmediate", Alias: "_immediateCallback", File: "timers.js", Line: 745, Col: 5}},
		{line: `at [_onLine] [as _onLine] (node:internal/readline/interface:423:12)`, want: frame{Func: "[_onLine]", Alias: "_onLine", File: "node:internal/readline/interface", Line: 423, Col: 12}},
		{line: `at REPLServer.runBound [as eval] (domain.js:304:12)`, want: frame{Func: "REPLServer.runBound", Alias: "eval", File: "domain.js", Line: 304, Col: 12}},
		{line: `at Timeout.data.args.<computed> [as _onTimeout] (/app/npm/libs/node_modules/zone.js/bundles/zone-node.umd.js:2031:36)`, want: frame{Func: "Timeout.data.args.<computed>", Alias: "_onTimeout", File: "/app/npm/libs/node_modules/zone.js/bundles/zone-node.umd.js", Line: 2031, Col: 36}},
		{line: `at x [as y] (/app/scenarios/e5-names.js:25:29)`, want: frame{Func: "x", Alias: "y", File: "/app/scenarios/e5-names.js", Line: 25, Col: 29}},

		// Accessors, private names, symbols, computed names, initialisers of class fields.
		{line: `at get prop (/app/p.js:5:23)`, want: frame{Func: "get prop", File: "/app/p.js", Line: 5, Col: 23}},
		{line: `at get prop [as prop] (/app/p.js:5:23)`, want: frame{Func: "get prop", Alias: "prop", File: "/app/p.js", Line: 5, Col: 23}},
		{line: `at Foo.get prop [as prop] (/app/pn.js:5:23)`, want: frame{Func: "Foo.get prop", Alias: "prop", File: "/app/pn.js", Line: 5, Col: 23}},
		{line: `at set prop [as prop] (/app/scenarios/e5-plain.js:117:23)`, want: frame{Func: "set prop", Alias: "prop", File: "/app/scenarios/e5-plain.js", Line: 117, Col: 23}},
		{line: `at Object.get new Foo [as new Foo] (/app/scenarios/es6-names.js:13:32)`, want: frame{Func: "Object.get new Foo", Alias: "new Foo", File: "/app/scenarios/es6-names.js", Line: 13, Col: 32}},
		{line: `at Object.get with (parens) [as with (parens)] (/app/scenarios/es6-names.js:13:32)`, want: frame{Func: "Object.get with (parens)", Alias: "with (parens)", File: "/app/scenarios/es6-names.js", Line: 13, Col: 32}},
		{line: `at Object.get unclosed ( [as unclosed (] (/app/scenarios/es6-names.js:13:32)`, want: frame{Func: "Object.get unclosed (", Alias: "unclosed (", File: "/app/scenarios/es6-names.js", Line: 13, Col: 32}},
		{line: `at get closed ) [as closed )] (/app/scenarios/es6-names.js:13:32)`, want: frame{Func: "get closed )", Alias: "closed )", File: "/app/scenarios/es6-names.js", Line: 13, Col: 32}},
		{line: `at get [Symbol.species] (/app/scenarios/es6-native.js:35:93)`, want: frame{Func: "get [Symbol.species]", File: "/app/scenarios/es6-native.js", Line: 35, Col: 93}},
		{line: `at Function.get [Symbol.species] (/app/scenarios/es6-native.js:35:93)`, want: frame{Func: "Function.get [Symbol.species]", File: "/app/scenarios/es6-native.js", Line: 35, Col: 93}},
		{line: `at get #pg (http://127.0.0.1:44365/s/es22-private.js:5:22)`, want: frame{Func: "get #pg", File: "http://127.0.0.1:44365/s/es22-private.js", Line: 5, Col: 22}},
		{line: `at #field (http://127.0.0.1:44365/s/es22-private.js:10:20)`, want: frame{Func: "#field", File: "http://127.0.0.1:44365/s/es22-private.js", Line: 10, Col: 20}},
		{line: `at P.#field (file:///app/scenarios/es22-private.js:10:20)`, want: frame{Func: "P.#field", File: "file:///app/scenarios/es22-private.js", Line: 10, Col: 20}},
		{line: `at #translate (node:internal/modules/esm/loader:497:12)`, want: frame{Func: "#translate", File: "node:internal/modules/esm/loader", Line: 497, Col: 12}},
		{line: `at [sy m] (/app/p.js:10:104)`, want: frame{Func: "[sy m]", File: "/app/p.js", Line: 10, Col: 104}},
		{line: `at [a (b) @ c] (/app/scenarios/es6-class.js:19:16)`, want: frame{Func: "[a (b) @ c]", File: "/app/scenarios/es6-class.js", Line: 19, Col: 16}},
		{line: `at Base.[a (b) @ c] (/app/scenarios/es6-class.js:19:16)`, want: frame{Func: "Base.[a (b) @ c]", File: "/app/scenarios/es6-class.js", Line: 19, Col: 16}},
		{line: `at [Symbol.asyncIterator] (/app/scenarios/es18-asyncgen.js:9:127)`, want: frame{Func: "[Symbol.asyncIterator]", File: "/app/scenarios/es18-asyncgen.js", Line: 9, Col: 127}},
		{line: `at [nodejs.internal.kHybridDispatch] (node:internal/event_target:848:20)`, want: frame{Func: "[nodejs.internal.kHybridDispatch]", File: "node:internal/event_target", Line: 848, Col: 20}},
		{line: `at EventTarget.[nodejs.internal.kHybridDispatch] (node:internal/event_target:736:20)`, want: frame{Func: "EventTarget.[nodejs.internal.kHybridDispatch]", File: "node:internal/event_target", Line: 736, Col: 20}},
		{line: `at o2.<computed> (/app/scenarios/e5-plain.js:163:113)`, want: frame{Func: "o2.<computed>", File: "/app/scenarios/e5-plain.js", Line: 163, Col: 113}},
		{line: `at i.<computed> [as next] (http://127.0.0.1:45275/s/ts5-es18-asyncgen.js:44:68)`, want: frame{Func: "i.<computed>", Alias: "next", File: "http://127.0.0.1:45275/s/ts5-es18-asyncgen.js", Line: 44, Col: 68}},
		{line: `at Object.o2.(anonymous function) (/app/scenarios/e5-plain.js:163:113)`, want: frame{Func: "Object.o2.(anonymous function)", File: "/app/scenarios/e5-plain.js", Line: 163, Col: 113}},
		{line: `at Object.o2.(anonymous function) [as 3] (/app/scenarios/e5-plain.js:163:113)`, want: frame{Func: "Object.o2.(anonymous function)", Alias: "3", File: "/app/scenarios/e5-plain.js", Line: 163, Col: 113}},
		{line: `at <instance_members_initializer> (http://127.0.0.1:44365/s/es22-private.js:42:46)`, want: frame{Func: "<instance_members_initializer>", File: "http://127.0.0.1:44365/s/es22-private.js", Line: 42, Col: 46}},
		{line: `at F.<instance_members_initializer> (/app/scenarios/es22-private.js:42:46)`, want: frame{Func: "F.<instance_members_initializer>", File: "/app/scenarios/es22-private.js", Line: 42, Col: 46}},
		{line: `at <static_initializer> (/app/scenarios/es22-private.js:46:60)`, want: frame{Func: "<static_initializer>", File: "/app/scenarios/es22-private.js", Line: 46, Col: 60}},
		{line: `at Function.<static_initializer> (/app/scenarios/es22-private.js:46:60)`, want: frame{Func: "Function.<static_initializer>", File: "/app/scenarios/es22-private.js", Line: 46, Col: 60}},

		// Builtins. Before V8 7.8 some, before V8 5 all were "native".
		{line: `at Array.forEach (<anonymous>)`, want: frame{Func: "Array.forEach", Native: true}},
		{line: `at JSON.parse (<anonymous>)`, want: frame{Func: "JSON.parse", Native: true}},
		{line: `at String.replace (<anonymous>)`, want: frame{Func: "String.replace", Native: true}},
		{line: `at gen.next (<anonymous>)`, want: frame{Func: "gen.next", Native: true}},
		{line: `at eval (<anonymous>)`, want: frame{Func: "eval", Native: true}},
		{line: `at forEach (<anonymous>)`, want: frame{Func: "forEach", Native: true}},
		{line: `at div (<anonymous>)`, want: frame{Func: "div", Native: true}},
		{line: `at Uint8Array.sort (<anonymous>)`, want: frame{Func: "Uint8Array.sort", Native: true}},
		{line: `at A2.map (<anonymous>)`, want: frame{Func: "A2.map", Native: true}},
		{line: `at [Symbol.asyncIterator].next (<anonymous>)`, want: frame{Func: "[Symbol.asyncIterator].next", Native: true}},
		{line: `at <anonymous>`, want: frame{Native: true}},
		{line: `at Array.sort (native)`, want: frame{Func: "Array.sort", Native: true}, written: `at Array.sort (<anonymous>)`},
		{line: `at Array.forEach (native)`, want: frame{Func: "Array.forEach", Native: true}, written: `at Array.forEach (<anonymous>)`},
		{line: `at Object.parse (native)`, want: frame{Func: "Object.parse", Native: true}, written: `at Object.parse (<anonymous>)`},
		{line: `at eval (native)`, want: frame{Func: "eval", Native: true}, written: `at eval (<anonymous>)`},

		// Scripts without a name: a position and no file.
		{line: `at f (<anonymous>:2:9)`, want: frame{Func: "f", Line: 2, Col: 9}},
		{line: `at <anonymous>:5:7`, want: frame{Line: 5, Col: 7}},
		{line: `at UtilityScript.evaluate (<anonymous>:372:16)`, want: frame{Func: "UtilityScript.evaluate", Line: 372, Col: 16}},
		{line: `at UtilityScript.<anonymous> (<anonymous>:1:44)`, want: frame{Func: "UtilityScript.<anonymous>", Line: 1, Col: 44}},

		// Callers that wait.
		{line: `at async two (/app/async.js:4:23)`, want: frame{Func: "two", File: "/app/async.js", Line: 4, Col: 23, Async: true}},
		{line: `at async K.m (/app/async.js:5:22)`, want: frame{Func: "K.m", File: "/app/async.js", Line: 5, Col: 22, Async: true}},
		{line: `at async /app/async.js:15:2`, want: frame{File: "/app/async.js", Line: 15, Col: 2, Async: true}},
		{line: `at async file:///app/scenarios/es17-async.js:19:21`, want: frame{File: "file:///app/scenarios/es17-async.js", Line: 19, Col: 21, Async: true}},
		{line: `at async node:internal/modules/esm/loader:647:26`, want: frame{File: "node:internal/modules/esm/loader", Line: 647, Col: 26, Async: true}},
		{line: `at async <anonymous>:381:23`, want: frame{Line: 381, Col: 23, Async: true}},
		{line: `at async Object.readFile (node:internal/fs/promises:1249:14)`, want: frame{Func: "Object.readFile", File: "node:internal/fs/promises", Line: 1249, Col: 14, Async: true}},
		{line: `at async Object.fetch (worker.mjs:24:421)`, want: frame{Func: "Object.fetch", File: "worker.mjs", Line: 24, Col: 421, Async: true}},
		{line: `at async Promise.all (index 1)`, want: frame{Func: "Promise.all", Index: 1, Native: true, Async: true}},
		{line: `at async Promise.all (index 0)`, want: frame{Func: "Promise.all", Native: true, Async: true}},
		{line: `at async Promise.allSettled (index 0)`, want: frame{Func: "Promise.allSettled", Native: true, Async: true}},
		{line: `at async Promise.allSettled (index 1)`, want: frame{Func: "Promise.allSettled", Index: 1, Native: true, Async: true}},
		{line: `at async Promise.any (index 0)`, want: frame{Func: "Promise.any", Native: true, Async: true}},

		// Functions that are called as the marks are spelled.
		{line: `at async (file:1:1)`, want: frame{Func: "async", File: "file", Line: 1, Col: 1}},
		{line: `at Object.at (http://127.0.0.1:44365/s/e5-names.js:9:23)`, want: frame{Func: "Object.at", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 9, Col: 23}},
		{line: `at <anonymous> (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: "<anonymous>", File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},

		// Names that the program chose.
		{line: `at odd name (x) (/app/p.js:8:29)`, want: frame{Func: "odd name (x)", File: "/app/p.js", Line: 8, Col: 29}},
		{line: `at with (parens) (http://127.0.0.1:44365/s/e5-names.js:6:34)`, want: frame{Func: "with (parens)", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 6, Col: 34}},
		{line: `at unclosed ( (http://127.0.0.1:44365/s/es6-names.js:7:21)`, want: frame{Func: "unclosed (", File: "http://127.0.0.1:44365/s/es6-names.js", Line: 7, Col: 21}},
		{line: `at [unclosed (] (/app/scenarios/es6-names.js:16:115)`, want: frame{Func: "[unclosed (]", File: "/app/scenarios/es6-names.js", Line: 16, Col: 115}},
		{line: `at closed ).m (/app/scenarios/es6-names.js:15:36)`, want: frame{Func: "closed ).m", File: "/app/scenarios/es6-names.js", Line: 15, Col: 36}},
		{line: `at foo (http://x/y.js:1:2) (http://127.0.0.1:44365/s/e5-names.js:27:44)`, want: frame{Func: "foo (http://x/y.js:1:2)", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 27, Col: 44}},
		{line: `at foo@http://x/y.js:1:2 (http://127.0.0.1:44365/s/e5-names.js:28:42)`, want: frame{Func: "foo@http://x/y.js:1:2", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 28, Col: 42}},
		{line: `at http://x/y.js:1:2 (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: "http://x/y.js:1:2", File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},
		{line: `at a:1:2 (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: "a:1:2", File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},
		{line: `at user@host (http://127.0.0.1:44365/s/es6-names.js:7:21)`, want: frame{Func: "user@host", File: "http://127.0.0.1:44365/s/es6-names.js", Line: 7, Col: 21}},
		{line: `at a at b (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: "a at b", File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},
		{line: `at async*foo (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: "async*foo", File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},
		{line: `at promise callback*foo (http://127.0.0.1:44365/s/e5-names.js:51:41)`, want: frame{Func: "promise callback*foo", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 51, Col: 41}},
		{line: `at Promise.all (index 0) (http://127.0.0.1:44365/s/e5-names.js:52:42)`, want: frame{Func: "Promise.all (index 0)", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 52, Col: 42}},
		{line: `at Object.Promise.all (index 0) (file:///app/scenarios/e5-names.js:52:42)`, want: frame{Func: "Object.Promise.all (index 0)", File: "file:///app/scenarios/e5-names.js", Line: 52, Col: 42}},
		{line: `at wasm-function[3] (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: "wasm-function[3]", File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},
		{line: `at line (x.js:1:2) (/app/scenarios/es6-names.js:7:21)`, want: frame{Func: "line (x.js:1:2)", File: "/app/scenarios/es6-names.js", Line: 7, Col: 21}},
		{line: `at a/b< (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: "a/b<", File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},
		{line: `at bracket[0] (/app/scenarios/e5-names.js:36:31)`, want: frame{Func: "bracket[0]", File: "/app/scenarios/e5-names.js", Line: 36, Col: 31}},
		{line: `at quo"te's (/app/scenarios/es6-names.js:8:25)`, want: frame{Func: `quo"te's`, File: "/app/scenarios/es6-names.js", Line: 8, Col: 25}},
		{line: `at Object.back\slash (http://127.0.0.1:44365/s/e5-names.js:35:32)`, want: frame{Func: `Object.back\slash`, File: "http://127.0.0.1:44365/s/e5-names.js", Line: 35, Col: 32}},
		{line: "at tab\there (http://127.0.0.1:44365/s/e5-names.js:33:30)", want: frame{Func: "tab\there", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 33, Col: 30}},
		{line: "at nul\x00name (http://127.0.0.1:44365/s/e5-names.js:49:34)", want: frame{Func: "nul\x00name", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 49, Col: 34}},
		{line: `at   (http://127.0.0.1:44365/s/e5-names.js:39:22)`, want: frame{Func: " ", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 39, Col: 22}},
		{line: `at  lead (http://127.0.0.1:44365/s/e5-names.js:40:26)`, want: frame{Func: " lead", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 40, Col: 26}},
		{line: `at trail  (http://127.0.0.1:44365/s/e5-names.js:41:27)`, want: frame{Func: "trail ", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 41, Col: 27}},
		{line: `at odd. (http://127.0.0.1:44365/s/e5-names.js:38:21)`, want: frame{Func: "odd.", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 38, Col: 21}},
		{line: `at 123 (http://127.0.0.1:44365/s/e5-names.js:42:24)`, want: frame{Func: "123", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 42, Col: 24}},
		{line: `at * (http://127.0.0.1:44365/s/e5-names.js:46:22)`, want: frame{Func: "*", File: "http://127.0.0.1:44365/s/e5-names.js", Line: 46, Col: 22}},
		{line: `at 日本語 (http://127.0.0.1:44365/s/es6-names.js:8:25)`, want: frame{Func: "日本語", File: "http://127.0.0.1:44365/s/es6-names.js", Line: 8, Col: 25}},

		// URLs with ports, queries, hashes and brackets.
		{line: `at f (http://example.com/a.js?x=1:2:3:2:9)`, want: frame{Func: "f", File: "http://example.com/a.js?x=1:2:3", Line: 2, Col: 9}},
		{line: `at f (http://example.com/a.js?u=http://b.com/c.js:5:6:2:9)`, want: frame{Func: "f", File: "http://example.com/a.js?u=http://b.com/c.js:5:6", Line: 2, Col: 9}},
		{line: `at f (http://example.com/a.js#hash:1:2:2:9)`, want: frame{Func: "f", File: "http://example.com/a.js#hash:1:2", Line: 2, Col: 9}},
		{line: `at f (http://user:pw@example.com/a.js:2:9)`, want: frame{Func: "f", File: "http://user:pw@example.com/a.js", Line: 2, Col: 9}},
		{line: `at f (http://[::1]:3000/a.js:2:9)`, want: frame{Func: "f", File: "http://[::1]:3000/a.js", Line: 2, Col: 9}},
		{line: `at f (https://example.com/@scope/pkg@1.2.3/index.js:2:9)`, want: frame{Func: "f", File: "https://example.com/@scope/pkg@1.2.3/index.js", Line: 2, Col: 9}},
		{line: `at f (http://example.com/a(1).js:2:9)`, want: frame{Func: "f", File: "http://example.com/a(1).js", Line: 2, Col: 9}},
		{line: `at f (http://example.com/a).js:2:9)`, want: frame{Func: "f", File: "http://example.com/a).js", Line: 2, Col: 9}},
		{line: `at f (http://example.com/(a:2:9)`, want: frame{Func: "f", File: "http://example.com/(a", Line: 2, Col: 9}},
		{line: `at oddInner (http://127.0.0.1:40249/odd/q.js?u=http://b.com/c.js:5:6:3:9)`, want: frame{Func: "oddInner", File: "http://127.0.0.1:40249/odd/q.js?u=http://b.com/c.js:5:6", Line: 3, Col: 9}},
		{line: `at oddInner (http://127.0.0.1:40249/odd/closed).js:3:9)`, want: frame{Func: "oddInner", File: "http://127.0.0.1:40249/odd/closed).js", Line: 3, Col: 9}},
		{line: `at oddInner (http://127.0.0.1:40249/odd/unclosed(.js:3:9)`, want: frame{Func: "oddInner", File: "http://127.0.0.1:40249/odd/unclosed(.js", Line: 3, Col: 9}},
		{line: `at oddInner (http://127.0.0.1:40249/odd/brackets[0].js:3:9)`, want: frame{Func: "oddInner", File: "http://127.0.0.1:40249/odd/brackets[0].js", Line: 3, Col: 9}},
		{line: `at oddInner (http://127.0.0.1:40249/odd/quote'x.js:3:9)`, want: frame{Func: "oddInner", File: "http://127.0.0.1:40249/odd/quote'x.js", Line: 3, Col: 9}},
		{line: `at oddInner (http://127.0.0.1:40249/odd/a%20at%20b%20(c.js:1:2).js:3:9)`, want: frame{Func: "oddInner", File: "http://127.0.0.1:40249/odd/a%20at%20b%20(c.js:1:2).js", Line: 3, Col: 9}},
		{line: `at http://127.0.0.1:40249/odd/closed).js:8:7`, want: frame{File: "http://127.0.0.1:40249/odd/closed).js", Line: 8, Col: 7}},
		{line: `at http://127.0.0.1:40249/odd/x.js:10:20:8:7`, want: frame{File: "http://127.0.0.1:40249/odd/x.js:10:20", Line: 8, Col: 7}},
		{line: `at http://127.0.0.1:40249/worker-file.js?x=1:2:3&y=(z):9:7`, want: frame{File: "http://127.0.0.1:40249/worker-file.js?x=1:2:3&y=(z)", Line: 9, Col: 7}},
		{line: `at frameFn (http://127.0.0.1:40249/odd/?frame=2&x=(1):4:9)`, want: frame{Func: "frameFn", File: "http://127.0.0.1:40249/odd/?frame=2&x=(1)", Line: 4, Col: 9}},

		// Schemes and files of all kinds.
		{line: `at f (webpack-internal:///./src/x.js:2:9)`, want: frame{Func: "f", File: "webpack-internal:///./src/x.js", Line: 2, Col: 9}},
		{line: `at f (webpack-internal:///(rsc)/./app/page.tsx:2:9)`, want: frame{Func: "f", File: "webpack-internal:///(rsc)/./app/page.tsx", Line: 2, Col: 9}},
		{line: `at f (webpack:///./src/App.vue?1234:2:9)`, want: frame{Func: "f", File: "webpack:///./src/App.vue?1234", Line: 2, Col: 9}},
		{line: `at f (turbopack:///[project]/src/x.js:2:9)`, want: frame{Func: "f", File: "turbopack:///[project]/src/x.js", Line: 2, Col: 9}},
		{line: `at #priv (webpack://my-app/./src/lib/service_(1).js?:6:19)`, want: frame{Func: "#priv", File: "webpack://my-app/./src/lib/service_(1).js?", Line: 6, Col: 19}},
		{line: `at eval (webpack-internal:///./src/@scope/helper.js:6:90)`, want: frame{Func: "eval", File: "webpack-internal:///./src/@scope/helper.js", Line: 6, Col: 90}},
		{line: `at ./src/index.js (http://127.0.0.1:39807/wp-eval-cheap-module-source-map-development.js:29:1)`, want: frame{Func: "./src/index.js", File: "http://127.0.0.1:39807/wp-eval-cheap-module-source-map-development.js", Line: 29, Col: 1}},
		{line: `at f (chrome-extension://abcdef/x.js:2:9)`, want: frame{Func: "f", File: "chrome-extension://abcdef/x.js", Line: 2, Col: 9}},
		{line: `at inFrame (blob:http://127.0.0.1:40249/e7c217f7-63f1-4943-a3b9-d43148ef0f7f:3:9)`, want: frame{Func: "inFrame", File: "blob:http://127.0.0.1:40249/e7c217f7-63f1-4943-a3b9-d43148ef0f7f", Line: 3, Col: 9}},
		{line: `at blob:http://127.0.0.1:40249/e7c217f7-63f1-4943-a3b9-d43148ef0f7f:5:7`, want: frame{File: "blob:http://127.0.0.1:40249/e7c217f7-63f1-4943-a3b9-d43148ef0f7f", Line: 5, Col: 7}},
		{line: `at f (about:blank:2:9)`, want: frame{Func: "f", File: "about:blank", Line: 2, Col: 9}},
		{line: `at about:srcdoc:5:7`, want: frame{File: "about:srcdoc", Line: 5, Col: 7}},
		{line: `at f (javascript:void(0):2:9)`, want: frame{Func: "f", File: "javascript:void(0)", Line: 2, Col: 9}},
		{line: `at data:text/javascript,throw new Error("data"):1:7`, want: frame{File: `data:text/javascript,throw new Error("data")`, Line: 1, Col: 7}},
		{line: `at f (data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}:1:23)`, want: frame{Func: "f", File: `data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}`, Line: 1, Col: 23}},
		{line: `at data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}:1:51`, want: frame{File: `data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}`, Line: 1, Col: 51}},
		{line: `at Module.f (data:text/javascript,export%20function%20f()%7Bthrow%20new%20Error(%22in%20data%20module%22)%7D:1:27)`, want: frame{Func: "Module.f", File: `data:text/javascript,export%20function%20f()%7Bthrow%20new%20Error(%22in%20data%20module%22)%7D`, Line: 1, Col: 27}},
		{line: `at Object.processTicksAndRejections (ext:core/01_core.js:405:7)`, want: frame{Func: "Object.processTicksAndRejections", File: "ext:core/01_core.js", Line: 405, Col: 7}},
		{line: `at Script.#runInContext (ext:deno_node/vm.js:1:2887)`, want: frame{Func: "Script.#runInContext", File: "ext:deno_node/vm.js", Line: 1, Col: 2887}},
		{line: `at ext:deno_node/fs.ts:1:9991`, want: frame{File: "ext:deno_node/fs.ts", Line: 1, Col: 9991}},
		{line: `at bound (node:domain:426:15)`, want: frame{Func: "bound", File: "node:domain", Line: 426, Col: 15}},
		{line: `at node:internal/main/run_main_module:33:47`, want: frame{File: "node:internal/main/run_main_module", Line: 33, Col: 47}},
		{line: `at internal/main/run_main_module.js:17:47`, want: frame{File: "internal/main/run_main_module.js", Line: 17, Col: 47}},
		{line: `at Module._compile (module.js:456:26)`, want: frame{Func: "Module._compile", File: "module.js", Line: 456, Col: 26}},
		{line: `at new AssertionError (node-internal:internal_assertionerror:427:15)`, want: frame{Func: "AssertionError", File: "node-internal:internal_assertionerror", Line: 427, Col: 15, Constructor: true}},
		{line: `at boom (lib/util.js:1:32)`, want: frame{Func: "boom", File: "lib/util.js", Line: 1, Col: 32}},
		{line: `at async Object.fetch (worker.js:2:58)`, want: frame{Func: "Object.fetch", File: "worker.js", Line: 2, Col: 58, Async: true}},
		{line: `at Object.readFileSync (ext:deno_node/fs.ts:1:10305)`, want: frame{Func: "Object.readFileSync", File: "ext:deno_node/fs.ts", Line: 1, Col: 10305}},
		{line: `at deep (lib/util (x).mjs:1:32)`, want: frame{Func: "deep", File: "lib/util (x).mjs", Line: 1, Col: 32}},
		{line: `at [eval]:1:7`, want: frame{File: "[eval]", Line: 1, Col: 7}},
		{line: `at [eval]-wrapper:6:24`, want: frame{File: "[eval]-wrapper", Line: 6, Col: 24}},
		{line: `at [stdin]:1:7`, want: frame{File: "[stdin]", Line: 1, Col: 7}},
		{line: `at [worker eval]:1:7`, want: frame{File: "[worker eval]", Line: 1, Col: 7}},
		{line: `at f ([stdin]:2:9)`, want: frame{Func: "f", File: "[stdin]", Line: 2, Col: 9}},
		{line: `at REPL1:1:15`, want: frame{File: "REPL1", Line: 1, Col: 15}},
		{line: `at evalmachine.<anonymous>:1:6`, want: frame{File: "evalmachine.<anonymous>", Line: 1, Col: 6}},
		{line: `at f (evalmachine.<anonymous>:2:9)`, want: frame{Func: "f", File: "evalmachine.<anonymous>", Line: 2, Col: 9}},
		{line: `at vm:module(0):2:1`, want: frame{File: "vm:module(0)", Line: 2, Col: 1}},
		{line: `at timer-string.js:2:3`, want: frame{File: "timer-string.js", Line: 2, Col: 3}},
		{line: `at f (native:2:9)`, want: frame{Func: "f", File: "native", Line: 2, Col: 9}},
		{line: `at Array.sort ()`, want: frame{Func: "Array.sort", Native: true}, written: `at Array.sort (<anonymous>)`},
		{line: `at native`, want: frame{Native: true}, written: `at <anonymous>`},
		{line: `at off.js:-4`, want: frame{File: "off.js"}, written: `at off.js:0:0`}, // lineOffset: -5
		{line: `at native:4:3`, want: frame{File: "native", Line: 4, Col: 3}},
		{line: `at f (self-hosted:2:9)`, want: frame{Func: "f", File: "self-hosted", Line: 2, Col: 9}},

		// Windows.
		{line: `at f (C:\Users\me\app.js:2:9)`, want: frame{Func: "f", File: `C:\Users\me\app.js`, Line: 2, Col: 9}},
		{line: `at f (C:/Users/me/app.js:2:9)`, want: frame{Func: "f", File: "C:/Users/me/app.js", Line: 2, Col: 9}},
		{line: `at f (\\server\share\x.js:2:9)`, want: frame{Func: "f", File: `\\server\share\x.js`, Line: 2, Col: 9}},
		{line: `at f (file:///C:/Users/me/app.js:2:9)`, want: frame{Func: "f", File: "file:///C:/Users/me/app.js", Line: 2, Col: 9}},
		{line: `at C:\dir\file.js:4:3`, want: frame{File: `C:\dir\file.js`, Line: 4, Col: 3}},
		{line: `at f (C:\Program Files (x86)\app\x.js:1:2)`, want: frame{Func: "f", File: `C:\Program Files (x86)\app\x.js`, Line: 1, Col: 2}},
		{line: `at C:\Program Files (x86)\app\x.js:1:2`, want: frame{File: `C:\Program Files (x86)\app\x.js`, Line: 1, Col: 2}},

		// Files that look like parts of a frame, alone and in parentheses.
		{line: `at my file (1).js:1:1`, want: frame{File: "my file (1).js", Line: 1, Col: 1}},
		{line: `at inVm (with space (1).js:2:9)`, want: frame{Func: "inVm", File: "with space (1).js", Line: 2, Col: 9}},
		{line: `at with space (1).js:4:3`, want: frame{File: "with space (1).js", Line: 4, Col: 3}},
		{line: `at inVm (a at b.js:2:9)`, want: frame{Func: "inVm", File: "a at b.js", Line: 2, Col: 9}},
		{line: `at a at b.js:4:3`, want: frame{File: "a at b.js", Line: 4, Col: 3}},
		{line: `at inVm (x (y:1:2):2:9)`, want: frame{Func: "inVm", File: "x (y:1:2)", Line: 2, Col: 9}},
		{line: `at x (y:1:2):4:3`, want: frame{File: "x (y:1:2)", Line: 4, Col: 3}},
		{line: `at inVm (async x.js:2:9)`, want: frame{Func: "inVm", File: "async x.js", Line: 2, Col: 9}},
		{line: `at async x.js:4:3`, want: frame{File: "x.js", Line: 4, Col: 3, Async: true}},
		{line: `at inVm (/a/@scope/p@1.0.0/i.js:2:9)`, want: frame{Func: "inVm", File: "/a/@scope/p@1.0.0/i.js", Line: 2, Col: 9}},
		{line: `at a.js:1:2:4:3`, want: frame{File: "a.js:1:2", Line: 4, Col: 3}},
		{line: `at f (a.js:10:20:2:9)`, want: frame{Func: "f", File: "a.js:10:20", Line: 2, Col: 9}},
		{line: `at f (:1:2:2:9)`, want: frame{Func: "f", File: ":1:2", Line: 2, Col: 9}},
		{line: `at f (1:2:2:9)`, want: frame{Func: "f", File: "1:2", Line: 2, Col: 9}},
		{line: `at f ((:2:9)`, want: frame{Func: "f", File: "(", Line: 2, Col: 9}},
		{line: `at f ():2:9)`, want: frame{Func: "f", File: ")", Line: 2, Col: 9}},
		{line: `at (:1:7`, want: frame{File: "(", Line: 1, Col: 7}},
		{line: `at ):4:3`, want: frame{File: ")", Line: 4, Col: 3}},
		{line: `at f (a,b.js:2:9)`, want: frame{Func: "f", File: "a,b.js", Line: 2, Col: 9}},
		{line: `at f (a"b.js:2:9)`, want: frame{Func: "f", File: `a"b.js`, Line: 2, Col: 9}},
		{line: `at f (a@b.js:2:9)`, want: frame{Func: "f", File: "a@b.js", Line: 2, Col: 9}},
		{line: `at f (@scope/pkg/x.js:2:9)`, want: frame{Func: "f", File: "@scope/pkg/x.js", Line: 2, Col: 9}},
		{line: `at 日本.js:1:7`, want: frame{File: "日本.js", Line: 1, Col: 7}},

		// WebAssembly since V8 9, of 2019 to 2021, and before.
		{line: `at my mod.inner (wasm://wasm/my mod-856146a6:wasm-function[1]:0x2a)`, want: frame{Func: "my mod.inner", File: "wasm://wasm/my mod-856146a6", Index: 1, Offset: 42, Wasm: true}},
		{line: `at my mod.outer fn(x) (wasm://wasm/my mod-856146a6:wasm-function[2]:0x2f)`, want: frame{Func: "my mod.outer fn(x)", File: "wasm://wasm/my mod-856146a6", Index: 2, Offset: 47, Wasm: true}},
		{line: `at wasm://wasm/5bfa65e6:wasm-function[1]:0x2a`, want: frame{File: "wasm://wasm/5bfa65e6", Index: 1, Offset: 42, Wasm: true}},
		{line: `at my_module.my_crate::outer::{{closure}}::h12ab (wasm://wasm/my_module-e94d3cf2:wasm-function[2]:0x6c)`, want: frame{Func: "my_module.my_crate::outer::{{closure}}::h12ab", File: "wasm://wasm/my_module-e94d3cf2", Index: 2, Offset: 108, Wasm: true}},
		{line: `at my_module.rec fn with space (wasm://wasm/my_module-e94d3cf2:wasm-function[5]:0x7d)`, want: frame{Func: "my_module.rec fn with space", File: "wasm://wasm/my_module-e94d3cf2", Index: 5, Offset: 125, Wasm: true}},
		{line: `at only module name.wasm (wasm://wasm/only module name.wasm-9e3da9ea:wasm-function[1]:0x67)`, want: frame{Func: "only module name.wasm", File: "wasm://wasm/only module name.wasm-9e3da9ea", Index: 1, Offset: 103, Wasm: true}},
		{line: `at <anonymous> (wasm://wasm/d0e7b406:wasm-function[0]:0x71)`, want: frame{Func: "<anonymous>", File: "wasm://wasm/d0e7b406", Offset: 113, Wasm: true}},
		{line: `at f (wasm://wasm/abc:2:9)`, want: frame{Func: "f", File: "wasm://wasm/abc", Line: 2, Col: 9}},
		{line: `at <anonymous>:wasm-function[3]:0x71`, want: frame{Index: 3, Offset: 113, Wasm: true}},
		{line: `at inner_fn (<anonymous>:wasm-function[1]:0x67)`, want: frame{Func: "inner_fn", Index: 1, Offset: 103, Wasm: true}},
		{line: `at my mod.inner (wasm-function[1]:0x2a)`, want: frame{Func: "my mod.inner", Index: 1, Offset: 42, Wasm: true}, written: `at my mod.inner (<anonymous>:wasm-function[1]:0x2a)`},
		{line: `at wasm-function[3]:0x71`, want: frame{Index: 3, Offset: 113, Wasm: true}, written: `at <anonymous>:wasm-function[3]:0x71`},
		{line: `at my mod.inner (wasm-function[1]:1)`, want: frame{Func: "my mod.inner", Index: 1, Offset: 1, Wasm: true}, written: `at my mod.inner (<anonymous>:wasm-function[1]:0x1)`},
		{line: `at wasm-function[1]:1`, want: frame{Index: 1, Offset: 1, Wasm: true}, written: `at <anonymous>:wasm-function[1]:0x1`},
		{line: `at my_module.rec fn with space (wasm-function[5]:0)`, want: frame{Func: "my_module.rec fn with space", Index: 5, Wasm: true}, written: `at my_module.rec fn with space (<anonymous>:wasm-function[5]:0x0)`},

		// Frames that tools put together in V8's manner.
		{line: `at render(/home/u/app/src/X.js:78:24)`, want: frame{Func: "render", File: "/home/u/app/src/X.js", Line: 78, Col: 24}, written: `at render (/home/u/app/src/X.js:78:24)`},
		{line: `at pageOuter (:1:22)`, want: frame{Func: "pageOuter", Line: 1, Col: 22}, written: `at pageOuter (<anonymous>:1:22)`},
	})
}

func TestV8NoFrames(t *testing.T) {
	checkNoFrames(t, formats.V8, []string{
		// Cut off.
		`at foo (http://x/y.js:12`,
		`at foo (http://x/y.js:1:2`,
		`at foo (`,
		`at foo`,
		`at eval (eval at <anonymous> (http://x/y.js:1:2)`,
		`at eval (eval at <anonymous> (http://x/y.js:1:2), <anony`,
		`at http://localhost:80`,
		`at async`,
		`at new`,
		`at `,

		// The halves of a line that a line break in a name has split.
		`at a b@c (d)`,
		`q (/app/p.js:1:26)`,

		// Prose.
		`at 12:30:45`,
		`at 2026-11-21T10:30:45`,
		`at 2026-11-21 10:30:45`,
		`at 127.0.0.1:8080`,
		`at example.com:443`,
		`at 10:05:09`,
		`at first glance (see below)`,
		`at your service`,
		`at localhost:8080`,
		`at https://example.com`,
		`at line 1 col 5`,
		`connect ECONNREFUSED ::1:45999`,
		`git@github.com:22:1`,
		`From previous event:`,
		`---------------------------------------------`,
		`... 5 lines matching cause stack trace ...`,
		`-> /app/orig.ts:5:9`,
		`Caused by: Error: connect ECONNREFUSED 127.0.0.1:9`,
		`[cause]: Error: inner`,
		`Node.js v24.21.0`,

		// An index is an element's only where a combinator waits for it.
		`at Promise.all (index 1)`,
		`at async foo (index 1)`,
		`at async Promise.all (index x)`,

		// Other languages and engines.
		`at java.lang.Foo(Foo.java:12)`,
		`at <Foo key=1 >`,
		`at ()`,
		`in Foo (at App.js:12)`,
		`fail@http://h/p.js:1:26`,
	})
}
