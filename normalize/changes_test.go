package normalize_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// TestWhatChanges checks the table "What changes a fingerprint" of docs/fingerprints.md, row by row.
func TestWhatChanges(t *testing.T) {
	const before = "Error: order 17 is lost\n    at find (https://shop.example/src/orders.js:5:9)\n    at pay (https://shop.example/src/pay.js:18:3)\n    at run (https://shop.example/node_modules/queue/index.js:7:1)"
	const system = "Error: connect ECONNREFUSED 10.0.0.7:443\n    at find (https://shop.example/src/orders.js:5:9)"
	for _, test := range []struct {
		what, before, after  string
		exact, stable, loose bool // it is the same one
	}{
		{"another browser", before, "find@https://shop.example/src/orders.js:5:14\npay@https://shop.example/src/pay.js:18:8\nrun@https://shop.example/node_modules/queue/index.js:7:5", true, true, true},
		{"another host, query or hash of the file", before, "Error: order 17 is lost\n    at find (https://cdn.example/src/orders.4f3a9c1e.js?v=3:5:9)\n    at pay (https://cdn.example/src/pay.77d01b2c.js?v=3:18:3)", true, true, true},
		{"other values or words in the message", before, "Error: the order 18 cannot be found\n    at find (https://shop.example/src/orders.js:5:9)\n    at pay (https://shop.example/src/pay.js:18:3)", true, true, true},
		{"other calls of dependencies and of the engine", before, "Error: order 17 is lost\n    at find (https://shop.example/src/orders.js:5:9)\n    at Array.map (<anonymous>)\n    at pay (https://shop.example/src/pay.js:18:3)\n    at next (https://shop.example/node_modules/p-queue/index.js:70:1)", true, true, true},
		{"another cause", before, before + " {\n  [cause]: Error: closed\n      at read (https://shop.example/src/db.js:1:2)\n}", true, true, true},
		{"lines added above", before, "Error: order 17 is lost\n    at find (https://shop.example/src/orders.js:9:9)\n    at pay (https://shop.example/src/pay.js:20:3)", false, true, true},
		{"the function moved to another file", before, "Error: order 17 is lost\n    at find (https://shop.example/src/store.js:5:9)\n    at pay (https://shop.example/src/pay.js:18:3)", false, false, true},
		{"the function renamed", before, "Error: order 17 is lost\n    at findOrder (https://shop.example/src/orders.js:5:9)\n    at pay (https://shop.example/src/pay.js:18:3)", true, false, false},
		{"another caller in the application", before, "Error: order 17 is lost\n    at find (https://shop.example/src/orders.js:5:9)\n    at refund (https://shop.example/src/refund.js:2:3)", false, false, false},
		{"another code of a system error", system, "Error: connect ETIMEDOUT 10.0.0.7:443\n    at find (https://shop.example/src/orders.js:5:9)", false, false, false},
	} {
		for strength, want := range map[normalize.Strength]bool{normalize.Exact: test.exact, normalize.Stable: test.stable, normalize.Loose: test.loose} {
			a, b := normalize.Fingerprint(stacktrace.Parse(test.before), strength), normalize.Fingerprint(stacktrace.Parse(test.after), strength)
			if a == b != want {
				t.Errorf("%s: %s is the same one: %t, want %t", test.what, strength, a == b, want)
			}
		}
	}
}
