package formats_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestJSC(t *testing.T) {
	checkRows(t, formats.JSC, []row{
		{line: `wasm-stub@[wasm code]`, want: frame{Func: "wasm-stub", Wasm: true}},
		// Since 2023 every line has an "@".
		{line: `fail@p.js:1:39`, want: frame{Func: "fail", File: "p.js", Line: 1, Col: 39}},
		{line: `@p.js:16:30`, want: frame{File: "p.js", Line: 16, Col: 30}},
		{line: `foo@http://h/a.js:1:2`, want: frame{Func: "foo", File: "http://h/a.js", Line: 1, Col: 2}},
		{line: `global code@u.js:1:16`, want: frame{Func: "global code", File: "u.js", Line: 1, Col: 16, TopLevel: true}},
		{line: `global code@/app/scenarios/e5-eval.js:6:11`, want: frame{Func: "global code", File: "/app/scenarios/e5-eval.js", Line: 6, Col: 11, TopLevel: true}},
		{line: `module code@/app/m2.mjs:1:46`, want: frame{Func: "module code", File: "/app/m2.mjs", Line: 1, Col: 46, TopLevel: true}},
		{line: `module code@http://127.0.0.1:41823/odd/@scope/pkg@1.0.0/x.mjs:8:15`, want: frame{Func: "module code", File: "http://127.0.0.1:41823/odd/@scope/pkg@1.0.0/x.mjs", Line: 8, Col: 15, TopLevel: true}},
		{line: `global code@phantomjs://code/x.js:1:2`, want: frame{Func: "global code", File: "phantomjs://code/x.js", Line: 1, Col: 2, TopLevel: true}},

		// Code from a string has no location, nor have the constructors that nobody wrote.
		{line: `eval code@`, want: frame{Func: "eval code", Eval: true}},
		{line: `h@`, want: frame{Func: "h"}},
		{line: `inner@`, want: frame{Func: "inner"}},
		{line: `anonymous@`, want: frame{Func: "anonymous"}},
		{line: `fromEval@`, want: frame{Func: "fromEval"}},
		{line: `DefaultCtor@`, want: frame{Func: "DefaultCtor"}},
		{line: `#priv@`, want: frame{Func: "#priv"}},
		{line: `@`, want: frame{}},

		// Native functions, by their bare names.
		{line: `eval@[native code]`, want: frame{Func: "eval", Native: true}},
		{line: `forEach@[native code]`, want: frame{Func: "forEach", Native: true}},
		{line: `anonymous@[native code]`, want: frame{Func: "anonymous", Native: true}},
		{line: `Promise@[native code]`, want: frame{Func: "Promise", Native: true}},
		{line: `bound cb@[native code]`, want: frame{Func: "bound cb", Native: true}},
		{line: `@[native code]`, want: frame{Native: true}},

		// Names that the program chose, displayName included.
		{line: `c d@sm.js:3:88`, want: frame{Func: "c d", File: "sm.js", Line: 3, Col: 88}},
		{line: `@fn (x)@sm.js:23:72`, want: frame{Func: "@fn (x)", File: "sm.js", Line: 23, Col: 72}},
		{line: `shown name (x)@/app/scenarios/e5-names.js:68:24`, want: frame{Func: "shown name (x)", File: "/app/scenarios/e5-names.js", Line: 68, Col: 24}},
		{line: `with (parens)@/app/scenarios/e5-names.js:6:38`, want: frame{Func: "with (parens)", File: "/app/scenarios/e5-names.js", Line: 6, Col: 38}},
		{line: `a.b.c@/app/scenarios/e5-names.js:21:30`, want: frame{Func: "a.b.c", File: "/app/scenarios/e5-names.js", Line: 21, Col: 30}},
		{line: `foo (http://x/y.js:1:2)@/app/scenarios/e5-names.js:27:48`, want: frame{Func: "foo (http://x/y.js:1:2)", File: "/app/scenarios/e5-names.js", Line: 27, Col: 48}},
		{line: `foo@http://x/y.js:1:2@/app/scenarios/e5-names.js:28:46`, want: frame{Func: "foo@http://x/y.js:1:2", File: "/app/scenarios/e5-names.js", Line: 28, Col: 46}},
		{line: `x [as y]@/app/scenarios/e5-names.js:25:33`, want: frame{Func: "x [as y]", File: "/app/scenarios/e5-names.js", Line: 25, Col: 33}},
		{line: `promise callback*foo@/app/scenarios/e5-names.js:51:45`, want: frame{Func: "promise callback*foo", File: "/app/scenarios/e5-names.js", Line: 51, Col: 45}},
		{line: `Promise.all (index 0)@/app/scenarios/e5-names.js:52:46`, want: frame{Func: "Promise.all (index 0)", File: "/app/scenarios/e5-names.js", Line: 52, Col: 46}},
		{line: `quo"te's@/app/scenarios/e5-names.js:34:34`, want: frame{Func: `quo"te's`, File: "/app/scenarios/e5-names.js", Line: 34, Col: 34}},
		{line: `trail @/app/scenarios/e5-names.js:41:31`, want: frame{Func: "trail ", File: "/app/scenarios/e5-names.js", Line: 41, Col: 31}},
		{line: `*@/app/scenarios/e5-names.js:46:26`, want: frame{Func: "*", File: "/app/scenarios/e5-names.js", Line: 46, Col: 26}},
		{line: `#pa@/app/scenarios/es22-private.js:8:33`, want: frame{Func: "#pa", File: "/app/scenarios/es22-private.js", Line: 8, Col: 33}},
		{line: `global@/app/scenarios/e5-names.js:81:25`, want: frame{Func: "global", File: "/app/scenarios/e5-names.js", Line: 81, Col: 25}},
		{line: `ОтКириллицы@http://127.0.0.1:35843/s/es6-names.js:26:30`, want: frame{Func: "ОтКириллицы", File: "http://127.0.0.1:35843/s/es6-names.js", Line: 26, Col: 30}},
		{line: `./src/index.js@http://127.0.0.1:39807/wp-eval-cheap-module-source-map-development.js:29:5`, want: frame{Func: "./src/index.js", File: "http://127.0.0.1:39807/wp-eval-cheap-module-source-map-development.js", Line: 29, Col: 5}},

		// Callers that wait, since 2025.
		{line: `async two@http://h/a.js:4:23`, want: frame{Func: "two", File: "http://h/a.js", Line: 4, Col: 23, Async: true}},
		{line: `async foo@/app/scenarios/e5-names.js:13:34`, want: frame{Func: "foo", File: "/app/scenarios/e5-names.js", Line: 13, Col: 34, Async: true}},

		// Sources.
		{line: `oddInner@http://127.0.0.1:41823/odd/@scope/pkg/index.js:3:18`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/@scope/pkg/index.js", Line: 3, Col: 18}},
		{line: `oddInner@http://127.0.0.1:41823/odd/q.js?v=1:2:3:3:18`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/q.js?v=1:2:3", Line: 3, Col: 18}},
		{line: `global code@http://127.0.0.1:41823/odd/a%20at%20b%20(c.js:1:2).js:8:15`, want: frame{Func: "global code", File: "http://127.0.0.1:41823/odd/a%20at%20b%20(c.js:1:2).js", Line: 8, Col: 15, TopLevel: true}},
		{line: `oddInner@http://127.0.0.1:41823/odd/[native%20code]:3:18`, want: frame{Func: "oddInner", File: "http://127.0.0.1:41823/odd/[native%20code]", Line: 3, Col: 18}},
		{line: `global code@about:srcdoc:5:14`, want: frame{Func: "global code", File: "about:srcdoc", Line: 5, Col: 14, TopLevel: true}},
		{line: `inFrame@blob:http://127.0.0.1:41823/8f4ed042-0c84-400d-9cef-556ba3dc1702:3:18`, want: frame{Func: "inFrame", File: "blob:http://127.0.0.1:41823/8f4ed042-0c84-400d-9cef-556ba3dc1702", Line: 3, Col: 18}},
		{line: `f@data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}:1:32`, want: frame{Func: "f", File: `data:text/javascript,function f(a,b){throw new Error('x (y:1:2)')};try{f()}catch(e){capture('data-script-raw',e,['f','<top>'])}`, Line: 1, Col: 32}},
		{line: `pageFn@data:text/html,%3Cscript%3Efunction%20pageFn()%7B%20throw%20new%20Error(%22page%20function%22)%20%7D%0Afunction%20pageOuter()%7B%20pageFn()%20%7D%3C%2Fscript%3E:1:43`, want: frame{Func: "pageFn", File: "data:text/html,%3Cscript%3Efunction%20pageFn()%7B%20throw%20new%20Error(%22page%20function%22)%20%7D%0Afunction%20pageOuter()%7B%20pageFn()%20%7D%3C%2Fscript%3E", Line: 1, Col: 43}},
		{line: `foo@webkit-masked-url://hidden/:12:34`, want: frame{Func: "foo", File: "webkit-masked-url://hidden/", Line: 12, Col: 34}},
		{line: `foo@safari-web-extension://UUID/x.js:1:2`, want: frame{Func: "foo", File: "safari-web-extension://UUID/x.js", Line: 1, Col: 2}},
		{line: `foo@user-script:3:12:34`, want: frame{Func: "foo", File: "user-script:3", Line: 12, Col: 34}},
		{line: `foo@capacitor://localhost/x.js:1:2`, want: frame{Func: "foo", File: "capacitor://localhost/x.js", Line: 1, Col: 2}},
		{line: `render@http://10.0.2.2:8081/index.bundle?platform=android&dev=true:1234:56`, want: frame{Func: "render", File: "http://10.0.2.2:8081/index.bundle?platform=android&dev=true", Line: 1234, Col: 56}},
		{line: `touchableHandlePress@index.android.bundle:258:1497`, want: frame{Func: "touchableHandlePress", File: "index.android.bundle", Line: 258, Col: 1497}},
		{line: `foo@main.jsbundle:1:2`, want: frame{Func: "foo", File: "main.jsbundle", Line: 1, Col: 2}},
		{line: `foo@file:///var/containers/Bundle/Application/UUID/App.app/main.jsbundle:1:2`, want: frame{Func: "foo", File: "file:///var/containers/Bundle/Application/UUID/App.app/main.jsbundle", Line: 1, Col: 2}},
		{line: `onPress@/data/user/0/com.app/files/.expo-internal/bundle-613EDD…:595:658`, want: frame{Func: "onPress", File: "/data/user/0/com.app/files/.expo-internal/bundle-613EDD…", Line: 595, Col: 658}},

		// WebAssembly, which has no offset; a module without a name is "<?>".
		{line: `1@<?>:wasm-function[1]`, want: frame{Func: "1", Index: 1, Wasm: true}},
		{line: `inner@my mod:wasm-function[1]`, want: frame{Func: "inner", File: "my mod", Index: 1, Wasm: true}},
		{line: `inner_fn@<?>:wasm-function[1]`, want: frame{Func: "inner_fn", Index: 1, Wasm: true}},
		{line: `3@<?>:wasm-function[3]`, want: frame{Func: "3", Index: 3, Wasm: true}},
		{line: `_ZN4core9panicking5panic17h0123456789abcdefE@my_module:wasm-function[1]`, want: frame{Func: "_ZN4core9panicking5panic17h0123456789abcdefE", File: "my_module", Index: 1, Wasm: true}},
		{line: `my_crate::outer::{{closure}}::h12ab@my_module:wasm-function[2]`, want: frame{Func: "my_crate::outer::{{closure}}::h12ab", File: "my_module", Index: 2, Wasm: true}},
		{line: `rec fn with space@my_module:wasm-function[5]`, want: frame{Func: "rec fn with space", File: "my_module", Index: 5, Wasm: true}},
		{line: `(null)@only module name.wasm:wasm-function[1]`, want: frame{Func: "(null)", File: "only module name.wasm", Index: 1, Wasm: true}},
		{line: `<?>.wasm-function[4]@[wasm code]`, want: frame{Func: "<?>.wasm-function[4]", Index: 4, Wasm: true}},
		{line: `<?>.wasm-function[main]@[wasm code]`, want: frame{Func: "<?>.wasm-function[main]", Wasm: true}},
		{line: `my mod.wasm-function[inner]@[wasm code]`, want: frame{Func: "my mod.wasm-function[inner]", Wasm: true}},

		// 2013 to 2023: no "@" where there is no name or no location.
		{line: `http://path/to/file.js:48:22`, want: frame{File: "http://path/to/file.js", Line: 48, Col: 22}, written: `@http://path/to/file.js:48:22`},
		{line: `http://127.0.0.1:35843/s/e5-messages.js:65:15`, want: frame{File: "http://127.0.0.1:35843/s/e5-messages.js", Line: 65, Col: 15}, written: `@http://127.0.0.1:35843/s/e5-messages.js:65:15`},
		{line: `index.android.bundle:29:955`, want: frame{File: "index.android.bundle", Line: 29, Col: 955}, written: `@index.android.bundle:29:955`},
		{line: `file:///var/containers/Bundle/Application/UUID/App.app/main.jsbundle:1:2`, want: frame{File: "file:///var/containers/Bundle/Application/UUID/App.app/main.jsbundle", Line: 1, Col: 2}, written: `@file:///var/containers/Bundle/Application/UUID/App.app/main.jsbundle:1:2`},
		{line: `p.js:16:30`, want: frame{File: "p.js", Line: 16, Col: 30}, written: `@p.js:16:30`},
		{line: `main.jsbundle:1:2`, want: frame{File: "main.jsbundle", Line: 1, Col: 2}, written: `@main.jsbundle:1:2`},
		{line: `12.js:1:2`, want: frame{File: "12.js", Line: 1, Col: 2}, written: `@12.js:1:2`},
		{line: `user-script:3:12:34`, want: frame{File: "user-script:3", Line: 12, Col: 34}, written: `@user-script:3:12:34`},
		{line: `eval code`, want: frame{Func: "eval code", Eval: true}, written: `eval code@`},
		{line: `baz`, want: frame{Func: "baz"}, written: `baz@`},
		{line: `[native code]`, want: frame{Native: true}, written: `@[native code]`},

		// 2012: no column.
		{line: `onclick@http://path/to/file.js:82`, want: frame{Func: "onclick", File: "http://path/to/file.js", Line: 82}},
		{line: `@http://path/to/file.js:48`, want: frame{File: "http://path/to/file.js", Line: 48}},
		{line: `global code@http://path/to/file.js:32`, want: frame{Func: "global code", File: "http://path/to/file.js", Line: 32, TopLevel: true}},
		{line: `global code`, want: frame{Func: "global code", TopLevel: true}, written: `global code@`},

		// Early 2012: an imitation of V8.
		{line: `at foo (http://path/to/file.js:4283)`, want: frame{Func: "foo", File: "http://path/to/file.js", Line: 4283}, written: `foo@http://path/to/file.js:4283`},
		{line: `at file:///path/to/file.js:878`, want: frame{File: "file:///path/to/file.js", Line: 878}, written: `@file:///path/to/file.js:878`},
		{line: `at forEach (native)`, want: frame{Func: "forEach", Native: true}, written: `forEach@[native code]`},
		{line: `at (native)`, want: frame{Native: true}, written: `@[native code]`},
		{line: `at foo`, want: frame{Func: "foo"}, written: `foo@`},
		{line: `at unknown source`, want: frame{}, written: `@`},
		{line: `at eval at foo (http://path/to/file.js:12)`, want: frame{Origin: "eval at foo (http://path/to/file.js:12)", Eval: true}},
		{line: `at eval at <anonymous> (http://path/to/file.js:12)`, want: frame{Origin: "eval at <anonymous> (http://path/to/file.js:12)", Eval: true}},
		{line: `at eval at foo`, want: frame{Origin: "eval at foo", Eval: true}},

		// React Native passes some frames on without the file.
		{line: `render@12:34`, want: frame{Func: "render", Line: 12, Col: 34}, written: `render@:12:34`},
	})
}

func TestJSCNoFrames(t *testing.T) {
	checkNoFrames(t, formats.JSC, []string{
		// Cut off, and without a position.
		`foo@http://localhost:80`,
		`foo@http://h/x.js`,
		`foo@[native cod`,
		`http://localhost:80`,
		`http://path/to/file.js:48`,
		`http://path/to/file.js`,

		// Headers and other engines' lines.
		`TypeError`,
		`MyException`,
		`TypeError: undefined is not an object (evaluating 'o.x')`,
		`From previous event:`,
		`---------------------------------------------`,
		`... skipping 51 frames`,

		// Prose.
		`contact me@example.com now`,
		`me@example.com`,
		`connect ECONNREFUSED ::1:45999`,
		`12:30:45`,
		`localhost:80:12`,
		`listening on http://localhost:80:12`,
		`see app.js:1:2`,
		`nothing to see here`,
		``,
	})
}
