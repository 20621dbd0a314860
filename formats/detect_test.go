package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

// nameOf returns the name of a format, "" if there is none.
func nameOf(format *formats.Format) string {
	if format == nil {
		return ""
	}
	return format.Name()
}

// match is a line and the engine that alone writes it, "" where several do.
type match struct{ line, want string }

func TestMatchAt(t *testing.T) {
	for _, test := range []match{
		{`at fail (address at h.hbc:1:386)`, "hermes"},
		{`at toString (address at unknown:1:2360)`, "hermes"},
		{`at tryCallOne (/root/build/lib/InternalBytecode/InternalBytecode.js:53:16)`, "hermes"},
		{`at ?anon_0_gen (/app/gen/hermes/es6-gen.js:5:7)`, "hermes"},

		{`at Anonymous function (http://path/to/file.js:48:13)`, "chakra"},
		{`at Global code (http://localhost:8080/file.js:32:9)`, "chakra"},
		{`at Module code (https://example.com/js/es6-class.mjs:55:1)`, "chakra"},
		{`at Array.prototype.forEach (native code)`, "chakra"},
		{`at Intl.Collator.prototype.compare (native code)`, "chakra"},
		{`at eval code (eval code:4:18)`, "chakra"},
		{`at baz (eval code:1:18)`, "chakra"},
		{`at Function code (Function code:1:4)`, "chakra"},
		{`at foo (Function code:1:20)`, "chakra"},
		{`at inTimerString (Unknown script code:1:35)`, "chakra"},

		{`at <eval> (q.js:1:22)`, "quickjs"},
		{`at <eval> (<input>:1:5)`, "quickjs"},
		{`at anonymous (<input>:3:5)`, "quickjs"},
		{`at <input>:1:4`, "quickjs"},
		{`at f (<evalScript>:1:1)`, "quickjs"},
		{`at f (<cmdline>:1:1)`, "quickjs"},
		{`at foo (missing)`, "quickjs"},

		{`at forEach (native:1:11)`, "bun"},
		{`at sort (unknown)`, "bun"},
		{`at unknown`, "bun"},
		{`at <parse> (:0)`, "bun"},
		{`at odd[x [as y]] (/app/gen/ch/e5-names.js:25:29)`, ""}, // a name of Chakra's
		{`at new DefaultCtor (unknown:1:28)`, "bun"},

		{`at eval at foo (http://path/to/file.js:12)`, "jsc"},
		{`at eval at <anonymous> (http://path/to/file.js:12)`, "jsc"},
		{`at unknown source`, "jsc"},

		{`at Array.forEach (<anonymous>)`, "v8"},
		{`at new Promise (<anonymous>)`, "v8"},
		{`at eval (eval at <anonymous> (/app/p.js:33:28), <anonymous>:1:1)`, "v8"},
		{`at eval (eval at <anonymous> (eval at <anonymous> (/app/p.js:36:32)), <anonymous>:1:1)`, "v8"},
		{`at Object.fail [as renamed] (/app/p.js:1:26)`, "v8"},
		{`at get prop [as prop] (/app/p.js:5:23)`, "v8"},
		{`at async Promise.all (index 1)`, "v8"},
		{`at async Promise.any (index 0)`, "v8"},
		{`at new <anonymous> (/app/scenarios/e5-plain.js:110:32)`, "v8"},
		{`at my mod.inner (wasm://wasm/my mod-856146a6:wasm-function[1]:0x2a)`, "v8"},
		{`at wasm://wasm/5bfa65e6:wasm-function[1]:0x2a`, "v8"},
		{`at my mod.inner (wasm-function[1]:0x2a)`, "v8"},
		{`at wasm-function[1]:1`, "v8"},
		{`at node:internal/main/run_main_module:33:47`, "v8"},
		{`at async node:internal/modules/esm/loader:647:26`, "v8"},
		{`at Object.Module._extensions..js (internal/modules/cjs/loader.js:789:10)`, "v8"},

		{`at fail (es5.js:2) tailcall`, "duktape"},
		{`at Ctor (es5.js:3) construct`, "duktape"},
		{`at forEach () native strict preventsyield`, "duktape"},
		{`at [anon] (duk_hobject_props.c:2621) internal`, "duktape"},
		{`at [anon] (es5.js:9)`, "duktape"},
		{`at (eval):1`, "mujs"},
		{`at p.js:2 (fail)`, "rhino"},
		{`at (unknown):6`, "rhino"},
		{`at inner ((unknown):3:0)`, "rhino"},
		{`at f.js#14(eval)#1(eval):1`, "rhino"},
		{`at <eval'ed string>#1(Function):1 (anonymous)`, "rhino"},
		{`at <program> (p.js:9)`, "nashorn"},
		{`at f (<eval>:1)`, "nashorn"},
		{`at <js> f(Unnamed:1:20-29)`, "graaljs"},
		{`at (/app/f.js:6)`, "xs"},
		{`at ()`, "xs"},
		{`at anonymous (#11:2)`, "xs"},
		{`at fail (dir/a b.js:1:24(3))`, "goja"},
		{`at dir/a b.js:4:34(3)`, "goja"},
		{`at <eval>:1:5(1)`, "goja"},
		{`at forEach (<native code>)`, "otto"},
		{`at <unknown>`, "otto"},
		{`at <anonymous> (as f) (/app/es22-private.js:29:31)`, "engine262"},
		{`at eval (as geval) (native)`, "engine262"},

		// What at least two engines write, or a program can make any engine write.
		{`at fail (/app/p.js:1:26)`, ""},
		{`at fail (p.js:2)`, ""},
		{`at p.js:2`, ""},
		{`at main (p.js:2)`, ""},
		{`at inner ()`, ""},
		{`at Array.prototype.forEach (native)`, ""},
		{`at <anonymous>:1:1`, ""},
		{`at fail (p.js:2:0)`, ""},
		{`at p.js line 33 > eval:1:5`, ""},
		{`at p.js:16:26`, ""},
		{`at /p.js:6:1`, ""},
		{`at <anonymous> (p.js:16:30)`, ""},
		{`at anonymous (h.js:9:30)`, ""},
		{`at global (h.js:9:5)`, ""},
		{`at new Foo (/app/p.js:3:29)`, ""},
		{`at async two (/app/async.js:4:23)`, ""},
		{`at forEach (native)`, ""},
		{`at Array.sort (native)`, ""},
		{`at get prop (p.js:5:23)`, ""},
		{`at [sy m] (/app/p.js:10:104)`, ""},
		{`at eval (my-eval.js:1:1)`, ""},
		{`at f (native:2:9)`, ""},
		{`at f (/app/gen/eval code:2:3)`, ""},
		{`at foo (http://path/to/file.js:4283)`, ""},
		{`at foo (p.js:12)`, ""},
		{`at foo`, ""},
		{`at Promise.all (index 0) (http://127.0.0.1:44365/s/e5-names.js:52:42)`, ""},
		{`at wasm-function[3] (/app/scenarios/es6-names.js:7:21)`, ""},
		{`at foo@http://x/y.js:1:2 (/app/scenarios/e5-names.js:28:42)`, ""},
		{`at setTimeout handler*x (/app/scenarios/es6-names.js:8:25)`, ""},
		{`at f (a.js line 3 > eval:2:18)`, ""},

		// Prose.
		{`at 12:30:45`, ""},
		{`at (12:30)`, ""},
		{`at 12:30 (UTC)`, ""},
		{`at first glance (see below)`, ""},
		{`at foo (http://x/y.js:12`, ""},
		{`at http://localhost:80`, ""},
	} {
		if got := nameOf(formats.MatchAt(test.line)); got != test.want {
			t.Errorf("MatchAt(%q) = %q, want %q", test.line, got, test.want)
		}
	}
}

func TestMatchSign(t *testing.T) {
	for _, test := range []match{
		{`anonymous@1:557290`, "hermes"},

		{`outer2/<@sm.js:7:53`, "spidermonkey"},
		{`ns.deep/</<@http://h/sm.js:9:61`, "spidermonkey"},
		{`i<@http://127.0.0.1:44353/s/timers.js:9:114`, "spidermonkey"},
		{`get prop@http://h/p.js:5:23`, "spidermonkey"},
		{`async*two@async.js:4:29`, "spidermonkey"},
		{`async*@http://127.0.0.1:44353/s/es17-async.js:17:6`, "spidermonkey"},
		{`promise callback*foo@http://h/a.js:5:7`, "spidermonkey"},
		{`EventListener.handleEvent*init@http://h/a.js:2:10`, "spidermonkey"},
		{`@p.js line 33 > eval:1:5`, "spidermonkey"},
		{`anonymous@sm.js line 21 > Function:3:7`, "spidermonkey"},
		{`@about:blank line 9 > injectedScript:1:41`, "spidermonkey"},
		{`@wasm.js line 12 > WebAssembly.Module:wasm-function[1]:0x2a`, "spidermonkey"},
		{`bar(1)@http://127.0.0.1:8000/js/file.js:13`, "spidermonkey"},
		{`@resource://gre/modules/X.sys.mjs:12:3`, "spidermonkey"},
		{`@moz-extension://UUID/x.js:1:2`, "spidermonkey"},
		{`@debugger eval code:1:7`, "spidermonkey"},

		{`global code@u.js:1:16`, "jsc"},
		{`module code@/app/m2.mjs:1:46`, "jsc"},
		{`eval code@`, "jsc"},
		{`eval code`, "jsc"},
		{`eval@[native code]`, "jsc"},
		{`forEach@[native code]`, "jsc"},
		{`@[native code]`, "jsc"},
		{`[native code]`, "jsc"},
		{`<?>.wasm-function[4]@[wasm code]`, "jsc"},
		{`inner@my mod:wasm-function[1]`, "jsc"},
		{`1@<?>:wasm-function[1]`, "jsc"},
		{`foo@webkit-masked-url://hidden/:12:34`, "jsc"},
		{`foo@safari-web-extension://UUID/x.js:1:2`, "jsc"},
		{`async two@http://h/a.js:4:23`, "jsc"},

		{`inner()@f.js:5`, "rhino"},
		{`anonymous()@(unknown):65`, "rhino"},
		{`@f.js#14(eval):1`, "rhino"},
		{`f()@http://127.0.0.1:8000/js/file.js:13`, "spidermonkey"},

		{`%entry@file:///f.js:14`, "qv4"},
		{`%entry@eval code:1`, "qv4"},
		{`m@eval code:1`, "qv4"},

		// What both write.
		{`boom@file:///app/e5-names.js:3`, ""},
		{`fail@http://h/p.js:1:26`, ""},
		{`fail@p.js:1:26`, ""},
		{`@http://h/p.js:16:30`, ""},
		{`dumpException3@http://path/to/file.js:52`, ""},
		{`anonymous@http://h/p.js:3:7`, ""},
		{`with (parens)@http://127.0.0.1:35843/s/e5-names.js:6:34`, ""},
		{`foo@http://x/y.js:1:2@http://127.0.0.1:35843/s/e5-names.js:28:42`, ""},
		{`wasm-function[3]@http://127.0.0.1:35843/s/es6-names.js:7:21`, ""},
		{`who@http://localhost:5000/misc/@stuff/foo.js:3:9`, ""},
		{`oddInner@http://127.0.0.1:41823/odd/star*x.js:3:9`, ""},
		{`oddInner@http://127.0.0.1:41823/odd/[native%20code]:3:9`, ""},
		{`touchableHandlePress@index.android.bundle:258:1497`, ""},
		{`http://path/to/file.js:48:22`, ""},
		{`baz`, ""},

		// Prose.
		{`Connection string: svc@https://db.example.com/app.js:1:1`, ""},
		{`git@github.com:22:1`, ""},
		{`contact me@example.com now`, ""},
		{`connect ECONNREFUSED ::1:45999`, ""},
		{`set x@example.com:1:2`, ""},
		{`TypeError: global code@u.js:1:16`, ""},
		{`From previous event:`, ""},
		{`12:30:45`, ""},
		{``, ""},
	} {
		if got := nameOf(formats.MatchSign(test.line)); got != test.want {
			t.Errorf("MatchSign(%q) = %q, want %q", test.line, got, test.want)
		}
	}
}

// TestWeights decides the engine of traces in which no line is a proof.
func TestWeights(t *testing.T) {
	for _, test := range []struct {
		lines  []string
		headed bool
		want   string
	}{
		{[]string{`at fail (p.js:1:26)`, `at p.js:16:26`}, true, "v8"},
		{[]string{`at fail (p.js:1:26)`, `at Array.sort (native)`, `at p.js:16:1`}, true, "v8"},
		{[]string{`at new Foo (/app/p.js:3:29)`, `at Object.method (/app/p.js:10:42)`, `at async two (/app/async.js:4:23)`}, true, "v8"},
		{[]string{`at foo (http://example.com/bar.js:1:2)`}, true, "v8"},

		{[]string{`at fail (/p.js:1:30)`, `at <anonymous> (/p.js:16:26)`}, true, "bun"},
		{[]string{`at fail (/p.js:1:30)`, `at async <anonymous> (/p.js:16:26)`, `at /p.js:6:1`}, true, "bun"},

		{[]string{`at fail (p.js:1:39)`, `at <anonymous> (p.js:16:30)`}, false, "quickjs"},
		{[]string{`at fail (p.js:1:39)`, `at forEach (native)`, `at <anonymous> (p.js:16:30)`}, false, "quickjs"},

		{[]string{`at fail (h.js:2:39)`, `at anonymous (h.js:9:30)`, `at global (h.js:9:5)`}, true, "hermes"},
		{[]string{`at fail (h.js:2:39)`, `at forEach (native)`, `at global (h.js:9:5)`}, true, "hermes"},
		{[]string{`at inner (JavaScript:1:24)`, `at eval (JavaScript:1:5)`}, true, "hermes"},

		{[]string{`at foo (http://path/to/file.js:4283)`, `at file:///path/to/file.js:878`}, true, "jsc"},

		{[]string{`at fail (p.js:2)`, `at /p.js:14`}, true, "mujs"},
		{[]string{`at /p.js:65`, `at load (native)`, `at /m.js:1`}, false, "mujs"},
		{[]string{`at /p.js:65`, `at /p.js:80`}, false, "rhino"},
		{[]string{`at fail (p.js:2:0)`, `at p.js:9:0`}, false, "rhino"},
		{[]string{`at fail (p.js:2)`, `at <anonymous> (p.js:14)`}, true, "nashorn"},
		{[]string{`at fail (p.js:2)`, `at main (p.js:9)`}, true, "njs"},
		{[]string{`at anonymous (p.js:22)`, `at Array.prototype.forEach (native)`, `at main (p.js:21)`}, true, "njs"},
		{[]string{`at inner ()`, `at outer ()`}, true, "xs"},
		{[]string{`at boom (p.js:3:35)`, `at <anonymous> (p.js:65:16)`, `at <anonymous>:1:1`}, true, "engine262"},
		{[]string{`at http://h/p.js line 33 > eval:1:5`, `at http://h/p.js:33:8`}, true, "spidermonkey"},
		{[]string{`at outer/< (http://h/p.js:7:53)`, `at http://h/p.js:16:30`}, true, "spidermonkey"},

		// Nobody's in particular: a tool has cut the columns off, or somebody typed into a console.
		{[]string{`at fail (p.js:2)`, `at outer (p.js:9)`}, true, "v8"},
		{[]string{`at f (<anonymous>:1:7)`, `at <anonymous>:1:1`}, true, "v8"},
		{[]string{`at Array.sort ()`}, true, "v8"},

		{[]string{`boom@file:///app/e5-names.js:3`, `@file:///app/e5-names.js:9`}, false, "qv4"},
		{[]string{`fail@http://h/p.js:1:26`, `@http://h/p.js:16:30`}, false, "jsc"},
		{[]string{`fail@http://h/p.js:1:26`, `ns.deep@http://h/sm.js:9:61`}, false, "spidermonkey"},
		{[]string{`o2["a"]@http://h/p.js:163:46`, `@http://h/p.js:16:30`}, false, "spidermonkey"},
	} {
		var weights formats.Weights
		isAt := test.lines[0][:3] == "at "
		for _, line := range test.lines {
			if !isAt {
				weights.AddSign(line, test.headed)
			} else if engine := weights.AddAt(line, test.headed); engine != nil {
				t.Errorf("%q is %s's alone, want nobody's", line, engine.Name())
			}
		}
		got := weights.Sign()
		if isAt {
			got = weights.At()
		}
		if nameOf(got) != test.want {
			t.Errorf("the engine of %q, headed %t, is %q, want %q", test.lines, test.headed, nameOf(got), test.want)
		}
	}
}

func TestIsDoubtful(t *testing.T) {
	for _, test := range []struct {
		engine formats.Engine
		line   string
		want   bool
	}{
		{formats.JSC, `git@github.com:22:1`, true},
		{formats.SpiderMonkey, `git@github.com:22:1`, true},
		{formats.JSC, `Connection string: svc@https://db.example.com/app.js:1:1`, true},
		{formats.SpiderMonkey, `Connection string: svc@https://db.example.com/app.js:1:1`, true},
		{formats.JSC, `see docs@https://example.com:443:1`, true},
		{formats.SpiderMonkey, `see docs@https://example.com:443:1`, true},
		{formats.JSC, `svc@db.example.com:5432`, true},
		{formats.JSC, `root@10.0.0.1:22:5`, true},
		{formats.JSC, `README`, true},
		{formats.JSC, `baz`, true},
		{formats.JSC, `http://path/to/file.js:48:22`, true},
		{formats.JSC, `/a/@scope/p@1.0.0/i.js:2`, true},
		{formats.V8, `at <anonymous>`, true},

		{formats.JSC, `fail@http://h/p.js:1:39`, false},
		{formats.JSC, `fail@p.js:1:39`, false},
		{formats.JSC, `@http://h/p.js:16:30`, false},
		{formats.JSC, `global code@http://h/u.js:1:16`, false},
		{formats.JSC, `eval code@`, false},
		{formats.JSC, `eval code`, false},
		{formats.JSC, `forEach@[native code]`, false},
		{formats.JSC, `[native code]`, false},
		{formats.JSC, `inner@my mod:wasm-function[1]`, false},
		{formats.JSC, `touchableHandlePress@index.android.bundle:258:1497`, false},
		{formats.SpiderMonkey, `fail@http://h/p.js:1:26`, false},
		{formats.SpiderMonkey, `get prop@http://h/p.js:5:23`, false},
		{formats.SpiderMonkey, `@p.js line 33 > eval:1:5`, false},
		{formats.SpiderMonkey, `promise callback*foo@http://h/a.js:5:7`, false},
		{formats.SpiderMonkey, `dumpException3@http://path/to/file.js:52`, false},
		{formats.SpiderMonkey, `inScriptElement@http://h/page line 27 > injectedScript:3:32`, false},
		{formats.Hermes, `anonymous@1:557290`, false},
		{formats.V8, `at fail (/app/p.js:1:26)`, false},
		{formats.V8, `at odd name (x) (/app/p.js:8:29)`, false},
		{formats.V8, `at Array.forEach (<anonymous>)`, false},
		{formats.Chakra, `at Anonymous function (http://path/to/file.js:48:13)`, false},
	} {
		var f frame
		if !formats.Read(&f, test.engine, test.line) {
			t.Errorf("Read(%q, %q) = false, want true", test.engine, test.line)
			continue
		}
		if got := formats.IsDoubtful(&f, test.line); got != test.want {
			t.Errorf("IsDoubtful(%+v, %q) = %t, want %t", f, test.line, got, test.want)
		}
	}
}

// TestTable checks that each engine has a row and is found by its name.
func TestTable(t *testing.T) {
	titles := map[string]bool{}
	for i, format := range formats.All() {
		engine := format.Engine()
		if int(engine) != i+1 || engine.Format() != format || formats.Named(format.Name()) != format || engine.String() != format.Name() {
			t.Errorf("row %d is %d, %q", i, engine, format.Name())
		}
		var again formats.Engine
		if text, _ := engine.MarshalText(); again.UnmarshalText(text) != nil || again != engine {
			t.Errorf("%v is read as %v", engine, again)
		}
		if title := format.Title(); title == "" || titles[title] || title != engine.Title() {
			t.Errorf("the title of %v is %q", engine, title)
		}
		titles[format.Title()] = true
	}
	for _, name := range []string{"netscape", "V8"} {
		if got := formats.Named(name); got != nil {
			t.Errorf("Named(%q) = %q, want nil", name, got.Name())
		}
		engine := formats.V8
		if err := engine.UnmarshalText([]byte(name)); err == nil || engine != formats.V8 {
			t.Errorf("UnmarshalText(%q) = %v, %v", name, engine, err)
		}
	}
	engine := formats.V8
	if err := engine.UnmarshalText(nil); err != nil || engine != formats.NoEngine {
		t.Errorf("UnmarshalText of nothing = %v, %v", engine, err)
	}
	for _, engine := range []formats.Engine{formats.NoEngine, 255} {
		var f frame
		if formats.Read(&f, engine, `at fail (/app/p.js:1:26)`) || engine.Format() != nil || engine.String() != "" || engine.Title() != "" || engine.IsEngine() {
			t.Errorf("engine %d is in the table", engine)
		}
	}
	if !formats.Engine262.IsEngine() || !formats.Presto.IsEngine() || formats.Python.IsEngine() || formats.Vue.IsEngine() {
		t.Error("IsEngine is wrong")
	}
}
