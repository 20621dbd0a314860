package jsscan

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestScan(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"a.js", "function f() {}", "f"},
		{"a.js", "class A { constructor() {} m() {} get x() { return 1 } set x(v) {} }", "new A, A.m, get A.x, set A.x"},
		{"a.js", "class A { a = 1; static b = () => {} }", "A.<instance_members_initializer>, A.<static_initializer>, A.b"},
		{"a.js", "const A = class { m() {} }", "A.m"},
		{"a.js", "a.b.c = function () {}", "c"},
		{"a.js", "x = y ? () => 1 : () => 2", "x, x"},
		{"a.js", "x = (() => 1)()", "?"},
		{"a.js", "f(() => 1)", "?"},
		{"a.js", "if (a) { b } /}/.test(c); function f() {}", "f"},
		{"a.ts", "function f(a: string): void\nfunction f(a: any): { b: string } { return a }", "f"},
		{"a.vue", "<template>\n<p>function no() {}</p></template>\n<script setup lang=\"ts\">\nconst f = (a: number) => a\n</script>\n<style>a { b: c }</style>", "f"},
		{"a.html", "<script>\nfunction f() {}\n</script><script type=module>const g = () => 1</script>", "f, g"},
		{"a.js", "async function f() {} const g = async x => x, h = async () => {}, i = async => 1, j = { async k() {}, async() {} }", "f async, g async, h async, i, k async, async"},
		{"a.js", "", ""},
		{"a.js", "}}}) ] function f() {", "f"},
		{"a.js", "function f() { return (", "f"},
	} {
		var got []string
		funcs, _ := Scan(c.src, LangOf(c.name))
		for _, f := range funcs {
			name := f.Name
			if name == "" {
				name = "?"
			}
			if f.Owner != "" && f.Kind != Constructor {
				name = f.Owner + "." + name
			}
			name = map[Kind]string{Constructor: "new ", Getter: "get ", Setter: "set "}[f.Kind] + name
			if f.Async {
				name += " async"
			}
			got = append(got, name)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("Scan(%q) = %s, want %s", c.src, s, c.want)
		}
	}
}

func TestLangOf(t *testing.T) {
	for name, want := range map[string]Lang{
		"a.js": JSX, "a.jsx": JSX, "a": JSX, "webpack://x/./a.ts?ab12": TS, "../a.tsx": TSX, "a.vue?vue&type=script": TSX, "a.MTS": TS, "?": JSX, "src/a.coffee": Other, "webpack://x/./a.css?1f": Other, "a.b": JSX,
	} {
		if got := LangOf(name); got != want {
			t.Errorf("LangOf(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestScanGivesUp(t *testing.T) {
	for name, src := range map[string]string{
		"deep.js": strings.Repeat("(", maxDepth+2),
		"many.js": strings.Repeat("x=>1,", maxFuncs+2),
		"a.rs":    "fn main() {}",
	} {
		if funcs, ok := Scan(src, LangOf(name)); ok || funcs != nil {
			t.Errorf("%s: %d functions, %v", name, len(funcs), ok)
		}
	}
	if _, ok := Scan("", JSX); !ok {
		t.Error("an empty program has no function, and that is known")
	}
}

// TestScanIsLinear reads programs that are made to be slow to read. None is one that Scan needs more than a
// moment for; where it would look at each of them again and again, it needs hours.
func TestScanIsLinear(t *testing.T) {
	for _, unit := range []string{
		"(", "[", "{", "x=>", "(a):T=>", "/[", "`${", "<a ", "<a>", "interface x ", "class A extends ", "function f(a=", "{[", "async ", "a<'", "<<\"", "a?b:",
		"type T<", "as {", "x:{", "@a(", "{'", "a ? (", "'\\", "/*", "<a b={", "()=>{", "[)", "(}", "{)", "static{", "export default ", "(a):(b)=>", "a<T(", "!", "if(",
	} {
		for _, lang := range []Lang{JSX, TSX, TS} {
			start := time.Now()
			Scan(strings.Repeat(unit, 100_000/len(unit)), lang)
			Scan(strings.Repeat(unit, 50_000/len(unit))+strings.Repeat(")]}>", 12_000), lang)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("200 kB of %q take %v", unit, took)
			}
		}
	}
}

func check(t *testing.T, src string, funcs []Func) {
	t.Helper()
	for i, f := range funcs {
		if f.Start < 0 || f.Start >= f.End || f.End > len(src) {
			t.Fatalf("function %d is at %d to %d of %d bytes", i, f.Start, f.End, len(src))
		}
		if i > 0 && f.Start < funcs[i-1].Start {
			t.Fatalf("function %d begins before the one before it", i)
		}
		if f.Parent >= i || f.Parent >= 0 && (funcs[f.Parent].Start > f.Start || funcs[f.Parent].End < f.End) {
			t.Fatalf("function %d (%d to %d) is not in function %d", i, f.Start, f.End, f.Parent)
		}
	}
}

// FuzzScan: functions are in the program, in their order, and in each other.
func FuzzScan(f *testing.F) {
	for _, name := range []string{"tricky.js", "tricky.jsx", "tricky.ts", "tricky.tsx"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			f.Add(line, byte(LangOf(name)))
		}
	}
	f.Add("<script>function f() {}</script>", byte(0))
	f.Fuzz(func(t *testing.T, src string, lang byte) {
		funcs, _ := Scan(src, Lang(lang%3))
		check(t, src, funcs)
	})
}

func BenchmarkScan(b *testing.B) {
	data, err := os.ReadFile("testdata/tricky.ts")
	if err != nil {
		b.Fatal(err)
	}
	src := strings.Repeat(string(data), 100)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Scan(src, TS)
	}
}
