package formats_test

import (
	"fmt"

	"github.com/stacktrace-go/stacktrace/formats"
)

func ExampleAll() {
	for _, f := range formats.All()[:3] {
		fmt.Println(f.Name(), f.Title())
	}
	// Output:
	// v8 V8
	// spidermonkey SpiderMonkey
	// jsc JavaScriptCore
}

func ExampleNamed() {
	fmt.Println(formats.Named("jsc").Title(), formats.Named("netscape") == nil)
	// Output: JavaScriptCore true
}

func ExampleFormat_Name() {
	fmt.Println(formats.Named("spidermonkey").Name())
	// Output: spidermonkey
}

func ExampleFormat_Title() {
	fmt.Println(formats.Named("hermes").Title())
	// Output: Hermes
}

func ExampleFormat_Engine() {
	fmt.Println(formats.Named("v8").Engine())
	// Output: v8
}

func ExampleFormat_Match() {
	v8 := formats.Named("v8")
	fmt.Println(v8.Match("at async Promise.all (index 0)"), v8.Match("at load (/app/cart.js:8:17)"))
	// Output: true false
}

func ExampleFormat_Read() {
	f, ok := formats.Named("v8").Read("at async Cart.add [as put] (/app/cart.js:8:17)")
	fmt.Println(f.Func, f.Alias, f.File, f.Line, f.Col, f.Async, ok)
	// Output: Cart.add put /app/cart.js 8 17 true true
}

func ExampleFormat_Append() {
	f, _ := formats.Named("v8").Read("at load (/app/cart.js:8:17)")
	fmt.Printf("%s\n", formats.Named("jsc").Append(nil, f))
	// Output: load@/app/cart.js:8:17
}

func ExampleEngine_Format() {
	engine := formats.Named("chakra").Engine()
	fmt.Println(engine.Format().Title())
	// Output: Chakra
}

func ExampleEngine_IsEngine() {
	fmt.Println(formats.Named("hermes").Engine().IsEngine(), formats.Named("devtools").Engine().IsEngine())
	// Output: true false
}

func ExampleEngine_Title() {
	fmt.Println(formats.Named("quickjs").Engine().Title())
	// Output: QuickJS
}
