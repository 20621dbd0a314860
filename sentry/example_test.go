package sentry_test

import (
	"fmt"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sentry"
)

func ExampleNewEvent() {
	trace := stacktrace.Parse("TypeError: x is not a function\n    at load (https://example.com/app.js:12:34)\n    at main (https://example.com/app.js:40:5)")
	event := sentry.NewEvent(trace)
	event.Fingerprint = []string{normalize.Fingerprint(trace, normalize.Stable)}
	for _, f := range event.Exception.Values[0].Stacktrace.Frames {
		fmt.Println(f.Function, f.Filename, f.Lineno, f.Colno, f.InApp)
	}
	// Output:
	// main /app.js 40 5 true
	// load /app.js 12 34 true
}

func ExampleExceptions() {
	trace := stacktrace.Parse("Error: order 17\n    at buy (/srv/shop.js:1:2) {\n  [cause]: Error: no stock\n      at take (/srv/stock.js:3:4)\n}")
	for _, e := range sentry.Exceptions(trace) {
		fmt.Println(e.Type, e.Value, e.Mechanism.Source)
	}
	// Output:
	// Error no stock cause
	// Error order 17
}

func ExampleRaw() {
	mapped := stacktrace.Parse("Error: a\n    at load (src/a.ts:1:2)")
	raw := stacktrace.Parse("Error: a\n    at x (https://example.com/a.min.js:1:2000)")
	e := sentry.Exceptions(mapped, sentry.Raw(raw))[0]
	fmt.Println(e.Stacktrace.Frames[0].Filename, e.RawStacktrace.Frames[0].Filename)
	// Output: src/a.ts /a.min.js
}

func ExampleTrace() {
	values := []sentry.Exception{{
		Type: "TypeError", Value: "x is not a function",
		Stacktrace: &sentry.Stacktrace{Frames: []sentry.Frame{
			{Function: "main", AbsPath: "https://example.com/app.js", Lineno: 40, Colno: 5},
			{Function: "load", AbsPath: "https://example.com/app.js", Lineno: 12, Colno: 34},
		}},
	}}
	fmt.Println(sentry.Trace(values).Frames[0].Func)
	// Output: load
}

func ExampleNormalize() {
	trace := stacktrace.Parse("Error: a\n    at f (https://cdn.example.com/vendor/a.js:1:2)")
	isOurs := func(f *normalize.CanonicalFrame) bool { return !strings.HasPrefix(f.File, "/vendor/") }
	e := sentry.Exceptions(trace, sentry.Normalize(normalize.AppCode(isOurs)))[0]
	fmt.Println(e.Stacktrace.Frames[0].InApp)
	// Output: false
}

func ExampleEvent_Trace() {
	event := sentry.NewEvent(stacktrace.Parse("RangeError: too much\n    at f (https://example.com/a.js:1:2)"))
	fmt.Println(event.Trace().Title())
	// Output: RangeError: too much
}
