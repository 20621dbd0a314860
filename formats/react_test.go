package formats_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace/formats"
)

func TestReact(t *testing.T) {
	checkRows(t, formats.React, []row{
		{line: `in Foo (at App.js:12)`, want: frame{Func: "Foo", File: "App.js", Line: 12, Component: true}},
		{line: `in Foo (at folder/index.js:12)`, want: frame{Func: "Foo", File: "folder/index.js", Line: 12, Component: true}},
		{line: `in Foo (created by Bar)`, want: frame{Func: "Foo", Origin: "created by Bar", Component: true}},
		{line: `in div`, want: frame{Func: "div", Component: true}},
		{line: `in Unknown`, want: frame{Func: "Unknown", Component: true}},
		{line: `in ForwardRef(FwdInner)`, want: frame{Func: "ForwardRef(FwdInner)", Component: true}},
		{line: `in Inner (created by ForwardRef(FwdInner))`, want: frame{Func: "Inner", Origin: "created by ForwardRef(FwdInner)", Component: true}},
		{line: `in Custom (Display)@Name`, want: frame{Func: "Custom (Display)@Name", Component: true}},
		{line: `in Unknown (created by Custom (Display)@Name)`, want: frame{Func: "Unknown", Origin: "created by Custom (Display)@Name", Component: true}},
		{line: `in Context.Consumer (at App.js:7)`, want: frame{Func: "Context.Consumer", File: "App.js", Line: 7, Component: true}},

		// React 17 to 19 where no engine told a place.
		{line: `at div`, want: frame{Func: "div", Component: true}, written: `in div`},
		{line: `at Custom (Display)@Name`, want: frame{Func: "Custom (Display)@Name", Component: true}, written: `in Custom (Display)@Name`},
		{line: `at section (<anonymous>)`, want: frame{Func: "section", Component: true}, written: `in section`},
		{line: `Custom (Display)@Name@unknown:0:0`, want: frame{Func: "Custom (Display)@Name", Component: true}, written: `in Custom (Display)@Name`},
	})
	checkNoFrames(t, formats.React, []string{
		`in the box (at home)`,
		`in the box`,
		`in `,
		`in`,
		`inside`,
		`at the end of the day`,
		`div`,
		`div@http://h/a.js:1:2`,
		`in case of doubt:`,
	})
}

func TestReadComponent(t *testing.T) {
	for _, test := range []struct {
		engine formats.Engine
		line   string
		want   frame
	}{
		{formats.V8, `at Thrower (http://h/a.js:21138:26)`, frame{Func: "Thrower", File: "http://h/a.js", Line: 21138, Col: 26, Engine: formats.V8}},
		{formats.V8, `at http://h/a.js:23630:31`, frame{File: "http://h/a.js", Line: 23630, Col: 31, Engine: formats.V8}},
		{formats.V8, `at div`, frame{Func: "div", Engine: formats.React}},
		{formats.V8, `at div (<anonymous>)`, frame{Func: "div", Native: true, Engine: formats.V8}},
		{formats.V8, `at Custom (Display)@Name`, frame{Func: "Custom (Display)@Name", Engine: formats.React}},
		{formats.V8, `at Custom (Display)@Name (<anonymous>)`, frame{Func: "Custom (Display)@Name", Native: true, Engine: formats.V8}},
		{formats.JSC, `Thrower@http://h/a.js:21138:23`, frame{Func: "Thrower", File: "http://h/a.js", Line: 21138, Col: 23, Engine: formats.JSC}},
		{formats.JSC, `ClassComp@`, frame{Func: "ClassComp", Engine: formats.JSC}},
		{formats.JSC, `Arrow@unknown:0:0`, frame{Func: "Arrow", File: "unknown", Engine: formats.JSC}},
		{formats.JSC, `Arrow`, frame{Func: "Arrow", Engine: formats.React}},
		{formats.JSC, `Custom (Display)@Name`, frame{Func: "Custom (Display)@Name", Engine: formats.React}},
		{formats.JSC, `Custom (Display)@Name@unknown:0:0`, frame{Func: "Custom (Display)@Name", Engine: formats.React}},
		{formats.SpiderMonkey, `../react-app.js/app<@http://h/a.js:23630:31`, frame{Func: "../react-app.js/app<", File: "http://h/a.js", Line: 23630, Col: 31, Engine: formats.SpiderMonkey}},
		{formats.SpiderMonkey, `section`, frame{Func: "section", Engine: formats.React}},
	} {
		test.want.Component = true
		var got frame
		if !formats.ReadComponent(&got, test.engine, test.line) {
			t.Errorf("ReadComponent(%q, %q) = false, want true", test.engine, test.line)
		} else if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("ReadComponent(%q, %q): -want +got\n%s", test.engine, test.line, diff)
		}
	}
	for _, line := range []string{`at the end`, `app-1  | li@unknown:0:0`, `a sentence of words`} {
		var got frame
		if formats.ReadComponent(&got, formats.JSC, line) {
			t.Errorf("ReadComponent(%q) = %+v, want false", line, got)
		}
	}
}

func TestVue(t *testing.T) {
	checkRows(t, formats.Vue, []row{
		{line: `at <Foo key=1 >`, want: frame{Func: "Foo", Component: true}, written: `at <Foo>`},
		{line: `at <App>`, want: frame{Func: "App", Component: true}},
		{line: `at <Foo onClick=fn<onClick> ref=Ref< null > >`, want: frame{Func: "Foo", Component: true}, written: `at <Foo>`},
		{line: `---> <Foo> at src/Foo.vue`, want: frame{Func: "Foo", File: "src/Foo.vue", Component: true}, written: `<Foo> at src/Foo.vue`},
		{line: `<App> at src/App.vue`, want: frame{Func: "App", File: "src/App.vue", Component: true}},
		{line: `<Root>`, want: frame{Func: "Root", Component: true}, written: `at <Root>`},
	})
	checkNoFrames(t, formats.Vue, []string{`at <`, `at <Foo`, `at Foo`, `<Foo`, `<a> b`, `<div class="x">`, `at < Foo>`, `at <Foo> (x.js:1:2)`})
}
