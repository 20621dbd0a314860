package stacktrace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestInspected reads forms in which errors are printed with what they hold, of which the captures
// have few or none.
func TestInspected(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
	}{
		// Arrays of errors that fit on one line.
		{"gathered on one line", "AggregateError: x\n    at f (/a.js:1:2) {\n  [errors]: [ [Error: a], 'b' ]\n}", `
AggregateError: x
f /a.js:1:2
gathered
  Error: a
gathered
  : 'b'`},
		{"gathered before a property", "AggregateError: x\n    at f (/a.js:1:2) {\n  [errors]: [ [TypeError [ERR_X]: a, b], { c: 1, d: [ 2 ] }, undefined ],\n  code: 'E'\n}", `
AggregateError [E]: x
f /a.js:1:2
prop code = 'E'
gathered
  TypeError [ERR_X]: a, b
gathered
  : { c: 1, d: [ 2 ] }
gathered
  : undefined`},
		{"gathered without an own name", "CombinedError: x\n    at f (/a.js:1:2) {\n  errors: [ [Error: a, with a comma], [RangeError: b] ]\n}", `
CombinedError: x
f /a.js:1:2
gathered
  Error: a, with a comma
gathered
  RangeError: b`},
		{"a bracket that nothing opened", "AggregateError: x\n    at f (/a.js:1:2) {\n  [errors]: [ [Error: a] ] ]\n}", `
AggregateError: x
f /a.js:1:2
prop [errors] = [ [Error: a] ] ]`},
		{"gathered a second time", "AggregateError: x\n    at f (/a.js:1:2) {\n  [errors]: [ [Error: a] ],\n  errors: [ [Error: b] ]\n}", `
AggregateError: x
f /a.js:1:2
prop errors = [ [Error: b] ]
gathered
  Error: a`},

		// Causes within the braces of Node 8 and 10.
		{"cause with properties", "{ Error: outer\n    at f (/a.js:1:2)\n  cause:\n   { TypeError: inner\n       at g (/a.js:3:4)\n     code: 'E_IN' } }", `
Error: outer
f /a.js:1:2
cause
  TypeError [E_IN]: inner
  g /a.js:3:4
  prop code = 'E_IN'`},
		{"cause among properties", "{ Error: outer\n    at f (/a.js:1:2)\n  code: 'E_OUT',\n  cause:\n   { TypeError: inner\n    at g (/a.js:3:4)\n     code: 'E_IN',\n     errno: -2 },\n  path: '/p' }", `
Error [E_OUT]: outer
f /a.js:1:2
prop code = 'E_OUT'
prop path = '/p'
cause
  TypeError [E_IN]: inner
  g /a.js:3:4
  prop code = 'E_IN'
  prop errno = -2`},
		{"cause without properties", "{ Error: outer\n    at f (/a.js:1:2)\n  cause:\n   TypeError: inner\n       at g (/a.js:3:4)\n       at h (/a.js:5:6) }", `
Error: outer
f /a.js:1:2
cause
  TypeError: inner
  g /a.js:3:4
  h /a.js:5:6`},
		{"cause on the line of its name", "{ Error: outer\n    at f (/a.js:1:2)\n  code: 'E_OUT',\n  cause: TypeError: inner\n       at g (/a.js:3:4),\n  path: '/p' }", `
Error [E_OUT]: outer
f /a.js:1:2
prop code = 'E_OUT'
prop path = '/p'
cause
  TypeError: inner
  g /a.js:3:4`},
		{"cause without frames", "{ Error: outer\n    at f (/a.js:1:2)\n  cause: [TypeError: inner],\n  path: '/p' }", `
Error: outer
f /a.js:1:2
prop path = '/p'
cause
  TypeError: inner`},
		{"cause of a cause", "{ Error: outer\n    at f (/a.js:1:2)\n  cause:\n   { Error: middle\n       at g (/a.js:3:4)\n     cause:\n      { Error: inner\n          at h (/a.js:5:6)\n        code: 'E_IN' } } }", `
Error: outer
f /a.js:1:2
cause
  Error: middle
  g /a.js:3:4
  cause
    Error [E_IN]: inner
    h /a.js:5:6
    prop code = 'E_IN'`},
		{"cause that is no error", "{ Error: outer\n    at f (/a.js:1:2)\n  code: 'E_OUT',\n  cause: { a: 1 },\n  path: '/p' }", `
Error [E_OUT]: outer
f /a.js:1:2
prop code = 'E_OUT'
prop cause = { a: 1 }
prop path = '/p'`},
		{"cause and what is behind it", "{ Error: outer\n    at f (/a.js:1:2)\n  cause:\n   { TypeError: inner\n       at g (/a.js:3:4)\n     code: 'E_IN' } }\nmore", `
Error: outer
f /a.js:1:2
unparsed "more"
cause
  TypeError [E_IN]: inner
  g /a.js:3:4
  prop code = 'E_IN'`},

		// Components that Vue shows once for all of their calls in a row.
		{"Vue 3", "[Vue warn]: Unhandled error during execution of render function \n  at <Tree depth=3 >... (4 recursive calls)\n  at <Leaf>... (12 recursive calls)\n  at <App>", `
: [Vue warn]: Unhandled error during execution of render function
Tree 
Leaf 
App `},
		{"Vue 2", "[Vue warn]: Error in render: \"TypeError: x is undefined\"\n\nfound in\n\n---> <Tree> at src/Tree.vue... (3 recursive calls)\n       <Leaf>... (12 recursive calls)\n         <Root>", `
: [Vue warn]: Error in render: "TypeError: x is undefined"
Tree src/Tree.vue
Leaf 
Root 
unparsed ""
unparsed "found in"
unparsed ""`},
		{"no number of Vue's", "[Vue warn]: x\n\nfound in\n\n---> <Tree> at src/Tree.vue... (x recursive calls)\n       <Root>", `
: [Vue warn]: x
Tree src/Tree.vue... (x recursive calls)
Root 
unparsed ""
unparsed "found in"
unparsed ""`},
	} {
		if got, want := outline(test.text), strings.TrimPrefix(test.want, "\n"); got != want {
			t.Errorf("%s: Parse(%q) is\n%s\nwant\n%s", test.name, test.text, got, want)
		}
		for name, law := range map[string]func(string) error{"nothing lost": laws.Lost, "nothing invented": laws.Invented, "neutral": laws.Neutral} {
			if err := law(test.text); err != nil {
				t.Errorf("%s: %s: %v", test.name, name, err)
			}
		}
	}
}

// TestNesting checks how many errors are read one within the other, as causes and as gathered ones.
// What is deeper is a property, a value or unparsed, and not lost.
func TestNesting(t *testing.T) {
	const most = 64
	for _, form := range []struct {
		name string
		text func(i, n int, indent string) string
	}{{"causes", nestedCauses}, {"gathered errors", nestedErrors}} {
		for _, n := range []int{1, 3, 4, 10, most - 1, most, most + 1, 2 * most} {
			text := form.text(0, n, "")
			messages := messagesOf(stacktrace.Parse(text))
			if len(messages) != min(n, most) {
				t.Errorf("%d %s: %d errors are read, want %d", n, form.name, len(messages), min(n, most))
			}
			for i, message := range messages {
				if want := fmt.Sprintf("depth %d", i); message != want {
					t.Errorf("%d %s: the message of error %d is %.60q, want %q", n, form.name, i, message, want)
				}
			}
			if err := laws.Lost(text); err != nil {
				t.Errorf("%d %s: %.200v", n, form.name, err)
			}
		}
	}
}

// nestedCauses returns the errors number i to n-1, each the cause of the one before.
func nestedCauses(i, n int, indent string) string {
	text := fmt.Sprintf("Error: depth %d\n%s    at f (/a.js:%d:2)", i, indent, i+1)
	if i == n-1 {
		return text
	}
	return text + " {\n" + indent + "  [cause]: " + nestedCauses(i+1, n, indent+"  ") + "\n" + indent + "}"
}

// nestedErrors returns the errors number i to n-1, each gathered by the one before.
func nestedErrors(i, n int, indent string) string {
	text := fmt.Sprintf("Error: depth %d\n%s    at f (/a.js:%d:2)", i, indent, i+1)
	if i == n-1 {
		return text
	}
	inner := indent + "    "
	return text + " {\n" + indent + "  [errors]: [\n" + inner + nestedErrors(i+1, n, inner) + "\n" + indent + "  ]\n" + indent + "}"
}

// messagesOf returns the messages of t and of the errors within it that have frames, the outermost first.
func messagesOf(t *stacktrace.Trace) []string {
	var messages []string
	for _, part := range errorTree(t) {
		if len(part.Frames) > 0 {
			messages = append(messages, part.Message)
		}
	}
	return messages
}

// TestHeaderWritten writes the headers of errors with and without a code, a type and a message, and
// reads them again.
func TestHeaderWritten(t *testing.T) {
	const frame = "\n    at f (/a.js:1:2)"
	for _, header := range []string{
		"TypeError [ERR_X]: message",
		"TypeError [ERR_X]",
		"Error: ENOENT: no such file or directory",
		"Error: message",
		"Error",
		"a message alone",
	} {
		if got := stacktrace.Parse(header + frame).String(); got != header+frame {
			t.Errorf("String of %q = %q", header+frame, got)
		}
	}
	const python = "Traceback (most recent call last):\n  File \"/a.py\", line 1, in f\nValueError: message\n"
	if got := stacktrace.Parse(python).String(); got != python {
		t.Errorf("String of %q = %q", python, got)
	}
	got, err := stacktrace.Parse("TypeError [ERR_X]: message" + frame).Render(stacktrace.V8)
	if want := "TypeError [ERR_X]: message" + frame; err != nil || got != want {
		t.Errorf("Render(%q) = %q, %v, want %q", "v8", got, err, want)
	}
}
