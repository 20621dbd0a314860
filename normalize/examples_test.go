package normalize_test

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// One failure in the words of two engines.
var (
	inChrome = stacktrace.Parse("TypeError: Cannot read properties of undefined (reading 'price')\n" +
		"    at Cart.add (https://shop.example/assets/index-Dq9a_bZ1.js:8:17)\n" +
		"    at onClick (https://shop.example/node_modules/preact/preact.js:1:400)")
	inSafari = stacktrace.Parse("TypeError: undefined is not an object (evaluating 'item.price')\n" +
		"add@https://shop.example/assets/index-Dq9a_bZ1.js:8:22\n" +
		"onClick@https://shop.example/node_modules/preact/preact.js:1:404")
)

// sameWith reports whether two traces have one exact fingerprint, without and with an option.
func sameWith(a, b *stacktrace.Trace, option normalize.Option) (without, with bool) {
	return normalize.Fingerprint(a, normalize.Exact) == normalize.Fingerprint(b, normalize.Exact),
		normalize.Fingerprint(a, normalize.Exact, option) == normalize.Fingerprint(b, normalize.Exact, option)
}

func ExampleFile() {
	fmt.Println(normalize.File("https://cdn.example.com/static/js/main.4f3a9c1e.js?v=3"))
	fmt.Println(normalize.File(`C:\shop\cart.js`))
	// Output:
	// /static/js/main.js
	// /shop/cart.js
}

func ExampleFunc() {
	fmt.Println(normalize.Func(inChrome.Frames[0]))
	// Output: add
}

func ExampleFrame() {
	f := normalize.Frame(inChrome.Frames[1])
	fmt.Println(f.Func, f.File, f.Line, f.Code, f.Package, f.InApp)
	// Output: onClick /node_modules/preact/preact.js 1 dependency preact false
}

func ExampleTrace() {
	c := normalize.Trace(inSafari)
	for _, f := range c.Frames {
		fmt.Println(f.Func, f.File, f.InApp)
	}
	// Output:
	// add /assets/index.js true
	// onClick /node_modules/preact/preact.js false
}

func ExampleCanonical_Title() {
	fmt.Println(normalize.Trace(inChrome).Title())
	// Output: TypeError: undefined or null has no property
}

func ExampleCanonical_Culprit() {
	fmt.Println(normalize.Trace(inSafari).Culprit())
	// Output: add (index.js)
}

func ExampleCanonical_Fingerprint() {
	a, b := normalize.Trace(inChrome), normalize.Trace(inSafari)
	fmt.Println(a.Fingerprint(normalize.Stable) == b.Fingerprint(normalize.Stable))
	// Output: true
}

func ExampleCanonical_AppendFingerprint() {
	key := normalize.Trace(inChrome).AppendFingerprint([]byte("shop/"), normalize.Stable)
	fmt.Printf("%.10s… of %d bytes\n", key, len(key))
	// Output: shop/st2:s… of 42 bytes
}

func ExampleNewNormalizer() {
	n := normalize.NewNormalizer(normalize.CountMessage())
	for _, t := range []*stacktrace.Trace{inChrome, inSafari} {
		fmt.Println(n.Trace(t).Title())
	}
	// Output:
	// TypeError: undefined or null has no property
	// TypeError: undefined or null has no property
}

func ExampleNormalizer_Trace() {
	n := normalize.NewNormalizer()
	a := n.Trace(inChrome).Fingerprint(normalize.Stable)
	b := n.Trace(inSafari).Fingerprint(normalize.Stable) // the canonical form of inChrome is gone
	fmt.Println(a == b)
	// Output: true
}

func ExampleNormalizer_Release() {
	n := normalize.NewNormalizer()
	fmt.Println(n.Trace(inChrome).Title())
	n.Release() // while nothing comes, no text is kept
	// Output: TypeError: undefined or null has no property
}

func ExampleSame() {
	same, score := normalize.Same(inChrome, inSafari)
	fmt.Println(same, score > 0.5)
	// Output: true true
}

func ExampleCompare() {
	c := normalize.Compare(inChrome, stacktrace.Parse("TypeError: x is not a function\n    at pay (https://shop.example/assets/index-Dq9a_bZ1.js:40:2)"))
	fmt.Println(c.Same)
	for _, reason := range c.Reasons {
		fmt.Println(reason)
	}
	// Output:
	// false
	// 0 calls agree, 1 are only in the first, 1 only in the second
	// each has calls that the other lacks
}

func ExampleMessage() {
	t := normalize.Message("TypeError", "undefined is not an object (evaluating 'item.price')")
	fmt.Println(t.Text, t.Kind)
	t = normalize.Message("Error", "order 17 of jane@example.com is lost")
	fmt.Println(t.Text)
	// Output:
	// undefined or null has no property nullish-property
	// order <number> of <email> is lost
}

func ExampleTemplate_Param() {
	t := normalize.Message("TypeError", "Cannot read properties of undefined (reading 'price')")
	fmt.Println(t.Param("property"))
	// Output: price
}

func ExampleRule_Text() {
	fmt.Println(normalize.RuleReceiver.Text())
	// Output: the receiver's type and the path of objects are no part of a name
}

func ExampleAppCode() {
	f := normalize.Frame(inChrome.Frames[1], normalize.AppCode(func(f *normalize.CanonicalFrame) bool {
		return f.Package == "preact" || f.Code == normalize.App
	}))
	fmt.Println(f.InApp)
	// Output: true
}

func ExampleInApp() {
	f := normalize.Frame(inChrome.Frames[1], normalize.InApp("node_modules/preact/"))
	fmt.Println(f.InApp)
	// Output: true
}

func ExampleNotInApp() {
	f := normalize.Frame(inChrome.Frames[0], normalize.NotInApp("shop.example/assets/*"))
	fmt.Println(f.InApp)
	// Output: false
}

func ExampleCountCause() {
	a := stacktrace.Parse("Error: a\n    at f (/a.js:1:2) {\n  [cause]: Error: b\n      at g (/b.js:3:4)\n}")
	b := stacktrace.Parse("Error: a\n    at f (/a.js:1:2) {\n  [cause]: Error: c\n      at h (/c.js:5:6)\n}")
	fmt.Println(sameWith(a, b, normalize.CountCause()))
	// Output: true false
}

func ExampleCountMessage() {
	a := stacktrace.Parse("Error: no user\n    at f (/a.js:1:2)")
	b := stacktrace.Parse("Error: no order\n    at f (/a.js:1:2)")
	fmt.Println(sameWith(a, b, normalize.CountMessage()))
	// Output: true false
}

func ExampleHash() {
	hash := normalize.Hash(regexp.MustCompile(`-build\d+`))
	fmt.Println(normalize.File("/js/app-build17.js", hash))
	// Output: /js/app.js
}

func ExampleMapFile() {
	frame := stacktrace.Frame{Func: "f", File: "https://shop.example/tenant-7/app.js", Line: 1}
	fmt.Println(normalize.Frame(frame, normalize.MapFile(func(file string) string {
		return strings.Replace(file, "/tenant-7/", "/", 1)
	})).File)
	// Output: /app.js
}

func ExampleKeepOrigin() {
	fmt.Println(normalize.File("https://shop.example/app.js", normalize.KeepOrigin()))
	// Output: https://shop.example/app.js
}

func ExampleKeepQuery() {
	fmt.Println(normalize.File("https://shop.example/app.js?page=2", normalize.KeepQuery()))
	// Output: /app.js?page=2
}

func ExampleIsWrapper() {
	c := normalize.Trace(inChrome, normalize.IsWrapper(func(f *normalize.CanonicalFrame) bool { return f.Func == "onClick" }))
	fmt.Println(len(c.Frames), c.All[1].Dropped)
	// Output: 1 wrapper
}

func ExampleMaxFrames() {
	a := stacktrace.Parse("Error: a\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)")
	b := stacktrace.Parse("Error: a\n    at f (/a.js:1:2)\n    at h (/a.js:5:6)")
	fmt.Println(sameWith(a, b, normalize.MaxFrames(1)))
	// Output: false true
}
