package stacktrace_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestExcerpts reads the lines of source that runtimes and tools print with an error.
func TestExcerpts(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"Node", "/app/a.js:4\n  throw e;\n  ^\n\nError: x\n    at f (/app/a.js:4:3)\n    at g (/app/b.js:4:2)\n\nNode.js v24.1.0", `Error: x
f /app/a.js:4:3, source "throw e;"
g /app/b.js:4:2
context "/app/a.js:4"
context "  throw e;"
context "  ^"
unparsed ""
unparsed "Node.js v24.1.0"`},
		{"Node, of a module", "file:///app/a.mjs:4\n  throw e;\n  ^\n\nError: x\n    at f (file:///app/a.mjs:4:3)", `Error: x
f file:///app/a.mjs:4:3, source "throw e;"
context "file:///app/a.mjs:4"
context "  throw e;"
context "  ^"`},
		{"Node, of a runtime's file that is no frame", "node:events:491\n      throw er; // Unhandled 'error' event\n      ^\n\nError: x\n    at f (/app/a.js:4:3)", `Error: x
f /app/a.js:4:3
context "node:events:491"
context "      throw er; // Unhandled 'error' event"
context "      ^"`},
		{"Node, of a syntax error", "/app/a.js:2\nconst x = = 1;\n          ^\n\nSyntaxError: Unexpected token '='\n    at wrapSafe (node:internal/modules/cjs/loader:1:2)", `SyntaxError: Unexpected token '='
wrapSafe node:internal/modules/cjs/loader:1:2
context "/app/a.js:2"
context "const x = = 1;"
context "          ^"`},
		{"Deno", "error: Uncaught (in promise) Error: x\n  throw e;\n        ^\n    at f (ext:core/a.js:1:2)\n    at g (file:///app/a.ts:4:9)", `Error: x
f ext:core/a.js:1:2
g file:///app/a.ts:4:9, source "throw e;"
context "  throw e;"
context "        ^"`},
		{"Bun", "3 | function f() {\n4 |   throw e;\n            ^\nerror: x\n      at f (/app/a.js:4:9)\n      at /app/a.js:9:1\n\nBun v1.4.5 (Linux x64)", `: x
f /app/a.js:4:9, source "throw e;"
 /app/a.js:9:1
context "3 | function f() {"
context "4 |   throw e;"
context "            ^"
unparsed "Bun v1.4.5 (Linux x64)"`},
		{"Jest", "  ● sum › adds\n\n    expect(received).toBe(expected)\n\n    Expected: 3\n    Received: 2\n\n      10 | test('adds', () => {\n    > 11 |   expect(sum(1, 1)).toBe(3);\n         |                     ^\n      12 | });\n\n      at Object.toBe (sum.test.js:11:21)", `: expect(received).toBe(expected)\n\nExpected: 3\nReceived: 2
Object.toBe sum.test.js:11:21, source "expect(sum(1, 1)).toBe(3);"
context "      10 | test('adds', () => {"
context "    > 11 |   expect(sum(1, 1)).toBe(3);"
context "         |                     ^"
context "      12 | });"
unparsed "  ● sum › adds"
unparsed ""`},
		{"Vitest, between frames", " FAIL  a.test.mjs > throws\nError: x\n ❯ helper a.test.mjs:2:27\n      1| import x\n      2| function helper() { throw e; }\n       |                           ^\n      3|\n ❯ a.test.mjs:4:24", `Error: x
helper a.test.mjs:2:27, source "function helper() { throw e; }"
 a.test.mjs:4:24
context "      1| import x"
context "      2| function helper() { throw e; }"
context "       |                           ^"
context "      3|"
unparsed " FAIL  a.test.mjs > throws"`},
		{"Next, between frames", "Error: x\n    at f (src/a.tsx:5:9)\n    at g (src/b.tsx:7:1)\n  3 | export function f() {\n  4 |   if (!ok)\n> 5 |   throw e;\n    |         ^\n  6 | }", `Error: x
f src/a.tsx:5:9, source "throw e;"
g src/b.tsx:7:1
context "  3 | export function f() {"
context "  4 |   if (!ok)"
context "> 5 |   throw e;"
context "    |         ^"
context "  6 | }"`},
		{"a table is none", "Error: x\n    at f (/app/a.js:4:3)\n\n1 | one\n2 | two", `Error: x
f /app/a.js:4:3
unparsed ""
unparsed "1 | one"
unparsed "2 | two"`},
		{"two, one behind the other", "Error: x\n    at f (/app/a.js:4:3)\n\n/app/a.js:4\n  throw e;\n  ^\n/app/b.js:2\n  f();\n  ^\n\nmore", `Error: x
f /app/a.js:4:3, source "throw e;"
context "/app/a.js:4"
context "  throw e;"
context "  ^"
context "/app/b.js:2"
context "  f();"
context "  ^"
unparsed ""
unparsed "more"`},
		{"a caret below an excerpt points at none of its lines", "Error: x\n    at f (/app/a.js:4:3)\none\n/app/a.js:4\n  throw e;\n  ^\n  ^", `Error: x
f /app/a.js:4:3, source "throw e;"
context "/app/a.js:4"
context "  throw e;"
context "  ^"
unparsed "one"
unparsed "  ^"`},
		{"a text without an error has none", "let x = 1\n12 | let y = 2\n     ^\nlet z", `
unparsed "let x = 1"
unparsed "12 | let y = 2"
unparsed "     ^"
unparsed "let z"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, outline(test.text)); diff != "" {
				t.Errorf("Parse(%q): -want +got\n%s", test.text, diff)
			}
			for _, check := range []func(string) error{laws.Lost, laws.Invented, laws.OneAnswer, laws.Neutral, laws.Described} {
				if err := check(test.text); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
