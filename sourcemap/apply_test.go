package sourcemap_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// deployed is a stack of testdata/deploys, with what is true of its frames.
type deployed struct {
	Tool, Version, Engine, Failure string
	Name, Message, Text            string
	Frames                         []struct {
		At           int // the line of the text
		Source, Func string
		Line, Col    int
		Shifted      bool   // the position is not in the function
		Into         string // the function that a minifier made it part of
		Alts         [][]any
	}
}

func readDeployed(t *testing.T) []deployed {
	t.Helper()
	file, err := os.Open("testdata/deploys/stacks.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []deployed
	for s := bufio.NewScanner(r); s.Scan(); {
		var d deployed
		if err := json.Unmarshal(s.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

func (d *deployed) apply(r sourcemap.Resolver) sourcemap.Result {
	ctx := sourcemap.WithHints(context.Background(), sourcemap.Hints{Release: d.Tool + "-" + d.Version})
	return sourcemap.Apply(ctx, stacktrace.ParseReport(stacktrace.Report{Name: d.Name, Message: d.Message, Stack: d.Text}), r)
}

// TestApplyDeploys maps the stacks of two deploys of a shop, built by Vite and by webpack, in three
// browsers. The positions are those of @jridgewell/trace-mapping, the functions those of the program. What is in
// dependencies was taken out of the maps.
func TestApplyDeploys(t *testing.T) {
	r := sourcemap.Cached(sourcemap.Dir(os.DirFS("testdata/deploys")), 1<<20)
	frames := 0
	for _, d := range readDeployed(t) {
		result := d.apply(r)
		lines := strings.Split(d.Text, "\n")
		at := 0
		for _, want := range d.Frames {
			for at < len(result.Trace.Frames) && result.Trace.Frames[at].Text != lines[want.At-1] {
				at++
			}
			if at == len(result.Trace.Frames) {
				t.Fatalf("%s %s %s %s: line %d is no frame", d.Tool, d.Version, d.Engine, d.Failure, want.At)
			}
			got := result.Trace.Frames[at]
			at++
			frames++
			source := strings.TrimPrefix(got.File, "webpack://shop/./")
			source = strings.TrimPrefix(source, "webpack://shop/")
			for strings.HasPrefix(source, "../") {
				source = source[len("../"):]
			}
			place := source == want.Source && got.Line == want.Line && got.Col == want.Col
			fn := got.Func == want.Func || got.Func == want.Into && want.Into != "" || got.TopLevel && want.Func == "<top>"
			for _, alt := range want.Alts {
				if source == alt[0] && got.Line == int(alt[1].(float64)) && got.Col == int(alt[2].(float64)) {
					place, fn = true, fn || got.Func == alt[3]
				}
			}
			if !fn || !place && !want.Shifted {
				t.Errorf("%s %s %s %s: %s\n got %s %s:%d:%d\nwant %+v", d.Tool, d.Version, d.Engine, d.Failure, got.Text, got.Func, source, got.Line, got.Col, want)
			}
		}
	}
	if frames < 700 {
		t.Errorf("only %d frames", frames)
	}
}

// TestApplyGroups: one failure has one fingerprint in all browsers and in both deploys, two failures have
// two. What a few pairs miss are calls that one minifier or engine left out.
func TestApplyGroups(t *testing.T) {
	r := sourcemap.Cached(sourcemap.Dir(os.DirFS("testdata/deploys")), 1<<20)
	type stack struct {
		deployed
		key, message string
	}
	var all []stack
	for _, d := range readDeployed(t) {
		result := d.apply(r)
		c := normalize.Trace(result.Trace)
		all = append(all, stack{d, c.Fingerprint(normalize.Stable), result.Trace.Type + c.Message.Kind + c.Message.Text})
	}
	browsers, deploys, apart := [2]int{}, [2]int{}, [2]int{}
	count := func(n *[2]int, same bool) {
		n[1]++
		if same {
			n[0]++
		}
	}
	for i, a := range all {
		for _, b := range all[:i] {
			same := a.key == b.key
			switch {
			case a.Tool != b.Tool:
			case a.Failure == b.Failure && a.Version == b.Version:
				count(&browsers, same)
			case a.Failure == b.Failure && a.Engine == b.Engine:
				count(&deploys, same)
			case a.Version == b.Version && a.Engine == b.Engine:
				count(&apart, same && a.message == b.message)
			}
		}
	}
	if 100*browsers[0] < 91*browsers[1] || 1000*deploys[0] < 970*deploys[1] || 1000*apart[0] > 2*apart[1] {
		t.Errorf("equal: %v of two browsers, %v of two deploys, %v of two failures with one message", browsers, deploys, apart)
	}
	t.Log(browsers, deploys, apart)
}

// one returns a resolver with one map for all scripts.
func one(t *testing.T, text string) sourcemap.Resolver {
	t.Helper()
	m, err := sourcemap.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return sourcemap.ResolverFunc(func(context.Context, stacktrace.Frame) (*sourcemap.Map, error) { return m, nil })
}

// withSource returns a map of one source, in which the position 1:n of the script is that of the source's n-th §.
func withSource(name, text string, ignored bool) string {
	var places [][2]int
	line, col := 0, 0
	for _, r := range text {
		switch r {
		case '§':
			places = append(places, [2]int{line, col})
			continue
		case '\n':
			line, col = line+1, 0
			continue
		}
		col++
	}
	mappings := ""
	last := [2]int{}
	for i, p := range places {
		if i > 0 {
			mappings += ","
		}
		mappings += vlq(min(i, 1)) + "A" + vlq(p[0]-last[0]) + vlq(p[1]-last[1])
		last = p
	}
	list := "[]"
	if ignored {
		list = "[0]"
	}
	content, _ := json.Marshal(strings.ReplaceAll(text, "§", ""))
	source, _ := json.Marshal(name)
	return `{"version":3,"sources":[` + string(source) + `],"sourcesContent":[` + string(content) + `],"names":[],"mappings":"` + mappings + `","ignoreList":` + list + `}`
}

func vlq(n int) string {
	u := n << 1
	if n < 0 {
		u = -n<<1 | 1
	}
	s := ""
	for {
		d := u & 31
		if u >>= 5; u > 0 {
			d |= 32
		}
		s += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[d : d+1]
		if u == 0 {
			return s
		}
	}
}

func TestApplyNames(t *testing.T) {
	for _, c := range []struct{ name, file, source, stack, want string }{
		{"the innermost function", "a.ts", "function f(a: number) {\n  return [1].map(x => §x.y)\n}\n§g()\nclass A { constructor() { §b } m() { §c } static get h() { §d } }",
			"TypeError: x\n at t (a.js:1:1)\n at a.js:1:2\n at new n (a.js:1:3)\n at n.m (a.js:1:4)\n at n.h (a.js:1:5)",
			"(anonymous) a.ts:2:23, <top> a.ts:4:1, new A a.ts:5:27, A.m a.ts:5:37, A.h a.ts:5:58"},
		{"a call is never at the brace that closes a function", "a.js", "function outer() {\n  function inner() { x §}\n  inner()\n}", "Error: x\n at t (a.js:1:1)", "outer a.js:2:24"},
		{"an async frame is in an async function", "a.js", "async function load() { await all(x.map(y => §y)) }", "Error: x\n at async t (a.js:1:1)", "load a.js:1:46"},
		{"WebKit shows a resumed function twice", "a.js", "async function load() { await §x; y() }§\nfunction next() { §load() }", "t@http://h/a.js:1:1\nt@http://h/a.js:1:2\nn@http://h/a.js:1:3", "load a.js:1:31, load a.js:1:31, next a.js:2:19"},
		{"but recursion is recursion", "a.js", "function f() { §f() } function g() { §f() }", "t@http://h/a.js:1:1\nt@http://h/a.js:1:1\nu@http://h/a.js:1:2", "f a.js:1:16, f a.js:1:16, g a.js:1:37"},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := sourcemap.Apply(context.Background(), stacktrace.Parse(c.stack), one(t, withSource(c.file, c.source, false)))
			var got []string
			for i, f := range result.Trace.Frames {
				name := f.Func
				switch {
				case f.TopLevel:
					name = "<top>"
				case name == "":
					name = "(anonymous)"
				case f.Constructor:
					name = "new " + name
				case result.Traces[0].Frames[i].Owner != "":
					name = result.Traces[0].Frames[i].Owner + "." + name
				}
				f = stacktrace.Frame{File: f.File, Line: f.Line, Col: f.Col}
				got = append(got, name+" "+f.Location())
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("got %s\nwant %s", s, c.want)
			}
		})
	}
}

func TestApplyWithoutContent(t *testing.T) {
	const text = `{"version":3,"sources":["a.js"],"names":["x"],"mappings":"AAAAA,CAAC,CAAC,CAAC"}`
	trace := stacktrace.Parse("Error: x\n at t (h.js:1:1)\n at Object.onClick (h.js:1:2)\n at e.n [as render] (h.js:1:3)\n at e.ab (h.js:1:4)")
	result := sourcemap.Apply(context.Background(), trace, one(t, text))
	var got []string
	for _, f := range result.Trace.Frames {
		got = append(got, f.Func)
	}
	if want := []string{"", "onClick", "render", ""}; !cmp.Equal(got, want) {
		t.Errorf("functions %q, want %q", got, want)
	}
}

func TestApplyStatus(t *testing.T) {
	broken := errors.New("the disk is on fire")
	good := one(t, `{"version":3,"sources":["src/a.js",null],"names":[],"mappings":"E,CAAA,CCAA","ignoreList":[0]}`)
	r := sourcemap.ResolverFunc(func(ctx context.Context, f stacktrace.Frame) (*sourcemap.Map, error) {
		switch f.File {
		case "http://h/a.js":
			return good.Map(ctx, f)
		case "http://h/broken.js":
			return nil, broken
		case "http://h/nil.js":
			return nil, nil
		}
		return nil, sourcemap.ErrNotFound
	})
	const text = "Error: x\n    at f (http://h/a.js:1:4)\n    at g (http://h/a.js:1:3)\n    at h (http://h/a.js:1:1)\n    at i (http://h/b.js:1:1)\n    at j (http://h/broken.js:1:1)\n" +
		"    at Array.map (<anonymous>)\n    at k (http://h/nil.js:1:1)\n    at n (http://h/a.js:1:5) {\n  [cause]: Error: y\n      at c (http://h/a.js:1:4)\n}"
	trace := stacktrace.Parse(text)
	before := trace.Clone()
	result := sourcemap.Apply(context.Background(), trace, r)
	if !cmp.Equal(trace, before) {
		t.Error("Apply changes the trace")
	}
	var got []sourcemap.Status
	for _, f := range result.Traces[0].Frames {
		got = append(got, f.Status)
	}
	want := []sourcemap.Status{sourcemap.Mapped, sourcemap.Unmapped, sourcemap.Unmapped, sourcemap.NotFound, sourcemap.Failed, sourcemap.NoPosition, sourcemap.NotFound, sourcemap.Unmapped}
	if !cmp.Equal(got, want) {
		t.Errorf("statuses %v, want %v", got, want)
	}
	for i, status := range got {
		if unchanged := result.Trace.Frames[i] == before.Frames[i]; unchanged != (status != sourcemap.Mapped) {
			t.Errorf("frame %d, %v: unchanged %v", i, status, unchanged)
		}
	}
	if err := result.Traces[0].Frames[4].Err; !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if !result.Ignored(0) || result.Ignored(1) || result.Ignored(-1) || result.Ignored(99) {
		t.Error("Ignored is wrong")
	}
	if mapped, all := result.Mapped(); mapped != 2 || all != 9 || result.Trace.Cause.Frames[0].File != "src/a.js" {
		t.Errorf("%d of %d frames mapped, the cause's: %+v", mapped, all, result.Trace.Cause)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if f := sourcemap.Apply(ctx, trace, r).Traces[0].Frames[0]; f.Status != sourcemap.Failed || !errors.Is(f.Err, context.Canceled) {
		t.Errorf("when the context has ended: %+v", f)
	}
}

func TestApplyHermes(t *testing.T) {
	// A bytecode offset is a column from 0 of the line of its segment.
	const text = `{"version":3,"sources":["a.js"],"names":[],"mappings":"AAAA,KACE;EAEA,KACE",
		"x_facebook_sources":[[{"names":["<global>","f","A#m"],"mappings":"AAA;ACC;ECC"}]]}`
	trace := stacktrace.Parse("Error: x\n    at f (address at index.android.bundle:1:7)\n    at global (address at index.android.bundle:2:3)")
	result := sourcemap.Apply(context.Background(), trace, one(t, text))
	var got []string
	for _, f := range result.Trace.Frames {
		got = append(got, f.Func+" "+stacktrace.Frame{File: f.File, Line: f.Line, Col: f.Col}.Location())
	}
	if want := []string{"f a.js:2:3", "m a.js:4:3"}; !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestContext(t *testing.T) {
	r := one(t, withSource("a.js", "one\r\ntwo\nthree §x\nfour\nfive", false))
	result := sourcemap.Apply(context.Background(), stacktrace.Parse("Error: x\n at t (a.js:1:1)\n at u (a.js:2:1)"), r)
	want := []sourcemap.Line{{Number: 2, Text: "two"}, {Number: 3, Text: "three x"}, {Number: 4, Text: "four"}}
	if got := sourcemap.Context(result.Traces[0].Frames[0], 1); !cmp.Equal(got, want) {
		t.Errorf("Context(1) = %+v, want %+v", got, want)
	}
	if got := sourcemap.Context(result.Traces[0].Frames[0], 9); len(got) != 5 || got[0].Text != "one" {
		t.Errorf("Context(9) = %+v", got)
	}
	if got := sourcemap.Context(result.Traces[0].Frames[1], 1); got != nil {
		t.Errorf("Context of a frame that is not mapped = %+v", got)
	}
}

func TestApplyEvalSourceMap(t *testing.T) {
	ref := "data:application/json;charset=utf-8;base64," + base64.StdEncoding.EncodeToString([]byte(withSource("webpack://shop/./src/a.js", "export function total() { §x }", false)))
	files := fstest.MapFS{"dist/main.js": {Data: []byte(`eval("x;\n//# sourceMappingURL=` + ref + `\n//# sourceURL=webpack-internal:///./src/a.js\n");`)}}
	trace := stacktrace.Parse("Error: x\n    at n (webpack-internal:///./src/a.js:1:1)\n    at o (webpack-internal:///./src/b.js:1:1)")
	result := sourcemap.Apply(context.Background(), trace, sourcemap.Dir(files))
	if f := result.Trace.Frames[0]; f.Func != "total" || f.File != "webpack://shop/./src/a.js" || f.Col != 27 {
		t.Errorf("got %+v: %+v", f, result.Traces[0].Frames[0])
	}
	if s := result.Traces[0].Frames[1].Status; s != sourcemap.NotFound {
		t.Errorf("of another module: %v", s)
	}
}

func BenchmarkApply(b *testing.B) {
	data, err := os.ReadFile("testdata/deploys/vite-A/index-B3LI8uLr.js.map.gz")
	if err != nil {
		b.Fatal(err)
	}
	r := sourcemap.Cached(sourcemap.Dir(fstest.MapFS{"index.js.map.gz": {Data: data}}), 1<<20)
	var text strings.Builder
	text.WriteString("TypeError: x is undefined\n")
	for i := range 50 {
		text.WriteString("    at f (https://shop.example.com/index.js:9:" + strconv.Itoa(50000+53*i) + ")\n")
	}
	trace := stacktrace.Parse(text.String())
	b.ReportAllocs()
	for b.Loop() {
		sourcemap.Apply(context.Background(), trace, r)
	}
}

// TestApplyScopes: a map that has scopes tells the functions, also where it has no text, and which call a
// minifier put the function in the place of.
func TestApplyScopes(t *testing.T) {
	const text = `{"version":3,"sources":["a.js"],"names":["outer","inner"],"mappings":"AAAK,YAED,QAGJ","scopes":"BFAAA,BFBCC,CCD,CBB,EGAA,EGKC,IAEA,FK,FK"}`
	trace := stacktrace.Parse("Error: x\n    at t (h.js:1:13)\n    at u (h.js:1:2)\n    at h.js:1:21")
	result := sourcemap.Apply(context.Background(), trace, one(t, text))
	var got []string
	for i, f := range result.Trace.Frames {
		got = append(got, f.Func+" "+result.Traces[0].Frames[i].Caller)
	}
	if want := []string{"inner outer", "outer ", " "}; !cmp.Equal(got, want) {
		t.Errorf("functions and their callers %q, want %q", got, want)
	}
	for _, scopes := range []string{"B", "BFAA", "BFAAA", "CAA", "E", "IAAA", "FA", "BFAAAgggggggg", "*", "BFAAZ,CBB", "A,A,BAAA,CAA"} {
		broken := strings.Replace(text, "BFAAA,BFBCC,CCD,CBB,EGAA,EGKC,IAEA,FK,FK", scopes, 1)
		if f := sourcemap.Apply(context.Background(), trace, one(t, broken)).Trace.Frames[0]; f.Func != "" || f.File != "a.js" {
			t.Errorf("scopes %q: %+v", scopes, f)
		}
	}
}

// TestMappedIsNotMinified: short names in wide columns are a minifier's, but for those of mapped frames.
func TestMappedIsNotMinified(t *testing.T) {
	m := withSource("../src/a.js", strings.Repeat(" ", 900)+"function go() { §x() } function b() { §go() }", false)
	trace := stacktrace.Parse("Error: x\n    at e (https://h/app.js:1:1)\n    at n (https://h/app.js:1:2)\n    at r (https://h/other.js:1:90000)")
	r := sourcemap.ResolverFunc(func(ctx context.Context, f stacktrace.Frame) (*sourcemap.Map, error) {
		if strings.HasSuffix(f.File, "other.js") {
			return nil, sourcemap.ErrNotFound
		}
		return one(t, m).Map(ctx, f)
	})
	c := normalize.Trace(sourcemap.Apply(context.Background(), trace, r).Trace)
	var got []string
	for _, f := range c.Frames {
		got = append(got, fmt.Sprint(f.Func, " ", f.File, " ", f.Minified))
	}
	if want := []string{"go src/a.js false", "b src/a.js false", "r /other.js true"}; !cmp.Equal(got, want) {
		t.Errorf("frames %q, want %q", got, want)
	}
}

// TestOneFile: one source has one name, whatever the bundler.
func TestOneFile(t *testing.T) {
	for _, name := range []string{"src/a.js", "../src/a.js", "../../../src/a.js", "webpack://shop/./src/a.js", "webpack:///./src/a.js", "webpack://shop/src/a.js?1f2e", "webpack-internal:///./src/a.js", "turbopack:///[project]/src/a.js", "/src/a.js"} {
		if got := strings.TrimPrefix(normalize.File(name), "/"); got != "src/a.js" {
			t.Errorf("File(%q) = %q", name, got)
		}
	}
}
