package carrier_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/carrier"
)

// TestLook looks through texts with a frame or a header of each kind, and through such that look like it.
func TestLook(t *testing.T) {
	for _, test := range []struct {
		text            string
		frames, headers bool
	}{
		{"x\n    at f (/a.js:1:2)", true, true},
		{"web | at f (native:1:11)", true, true},
		{`{"stack":"x\n    at f (index:1:2)"}`, true, true},
		{"f@http://h/a.js:1:2", true, true},
		{"x f@12:34 g@5:6", true, true},
		{"f @ a.js:1", true, true},
		{"load@", true, true},
		{"f@wasm-function[5]", true, true},
		{"src/a.js:92 - onRefresh", true, true},
		{"  File \"a.py\", line 3, in f", true, true},
		{`{"filename":"a","lineno":3}`, true, true},
		{"    in App (created by Root)", true, true},
		{"       <Root>", true, true},
		{"x.js (12507:0)", true, true},
		{"a.dart 742:5   f", true, true},
		{"File: x.js, Line: 1, Column: 2", true, true},
		{"x &#64; y", true, true},

		{"TypeError: x is bad", false, true},
		{"failed: Error [ERR_X]: y", false, true},
		{"Unhandled Rejection (TypeError): y", false, true},
		{"Uncaught x", false, true},
		{"it was an\nError", false, true},

		{`203.0.113.7 - - [21/Nov/2026:10:00:07 +0000] "GET /a.js HTTP/1.1" 200 118734`, false, false},
		{"listening on http://0.0.0.0:8080 and 127.0.0.1:3000 at 10:00:07", false, false},
		{"we met at noon, in the line of duty: 3 of 4", false, false},
		{"throw new TypeError('x', { cause: 1 })", false, false},
		{"mail ann@shop.example today", false, false},
		{"@@ -12,7 +12,8 @@ func f()", false, false},
		{"var a = b?c:1, d = {e:2}", false, false},
		{"", false, false},
	} {
		if got := carrier.Look(test.text); got.Frames != test.frames || got.Headers != test.headers {
			t.Errorf("Look(%q) = %+v, want %v %v", test.text, got, test.frames, test.headers)
		}
	}
}
