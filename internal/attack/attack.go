// Package attack holds texts that are made to be slow to read, and the functions that read texts, so
// that what each of them costs per byte can be compared over the sizes. A test in the root counts the
// memory, and the command bench/growth measures the time.
package attack

import (
	"fmt"
	"strings"
)

// Attack is a text of any length. It consists of a head, of units as often as there is room for, of
// as many closings, and of a tail.
type Attack struct {
	Name                   string
	Head, Unit, Close, End string

	// Nest makes the text instead, where it is no repetition: of a given depth, with a length that is
	// at least the depth.
	Nest func(depth int) string
}

// Text returns the attack with at least one unit and about size bytes, seldom more.
func (a Attack) Text(size int) string {
	if a.Nest != nil {
		depth := 1
		for len(a.Nest(2*depth)) <= size {
			depth *= 2
		}
		for step := depth / 2; step > depth/16; step /= 2 {
			if len(a.Nest(depth+step)) <= size {
				depth += step
			}
		}
		return a.Nest(depth)
	}
	n := max(1, (size-len(a.Head)-len(a.End))/(len(a.Unit)+len(a.Close)))
	return a.Head + strings.Repeat(a.Unit, n) + strings.Repeat(a.Close, n) + a.End
}

// All returns the attacks: one byte again and again, the words that engines write, what nests, what
// wraps a text, whole lines, and real texts without a trace.
func All() []Attack {
	return append(made(), Texts...)
}

func made() []Attack {
	return []Attack{
		// One byte, or a character.
		{Name: "blanks", Unit: " "},
		{Name: "tabs", Unit: "\t"},
		{Name: "newlines", Unit: "\n"},
		{Name: "carets", Unit: "   ^^^\n"},
		{Name: "ends of frames on a line", Unit: " line 1 > eval"},
		{Name: "CR", Unit: "\r"},
		{Name: "CRLF", Unit: "\r\n"},
		{Name: "(", Unit: "("},
		{Name: ")", Unit: ")"},
		{Name: "@", Unit: "@"},
		{Name: ":", Unit: ":"},
		{Name: "/", Unit: "/"},
		{Name: ".", Unit: "."},
		{Name: ",", Unit: ","},
		{Name: "<", Unit: "<"},
		{Name: ">", Unit: ">"},
		{Name: "[", Unit: "["},
		{Name: "]", Unit: "]"},
		{Name: "{", Unit: "{"},
		{Name: "}", Unit: "}"},
		{Name: "*", Unit: "*"},
		{Name: "#", Unit: "#"},
		{Name: "&", Unit: "&"},
		{Name: "|", Unit: "|"},
		{Name: "-", Unit: "-"},
		{Name: "=", Unit: "="},
		{Name: "^", Unit: "^"},
		{Name: "~", Unit: "~"},
		{Name: "%", Unit: "%"},
		{Name: "digits", Unit: "1"},
		{Name: "zeros", Unit: "0"},
		{Name: "double quotes", Unit: `"`},
		{Name: "single quotes", Unit: "'"},
		{Name: "backticks", Unit: "`"},
		{Name: "backslashes", Unit: `\`},
		{Name: "NUL", Unit: "\x00"},
		{Name: "continuation bytes", Unit: "\x80"},
		{Name: "letters outside ASCII", Unit: "é"},
		{Name: "byte-order marks", Unit: "\ufeff"},
		{Name: "escape bytes", Unit: "\x1b"},
		{Name: "ANSI", Unit: "\x1b[31m"},
		{Name: "ANSI without end", Unit: "\x1b["},
		{Name: "one word", Unit: "a"},

		// Words.
		{Name: "at", Unit: "at "},
		{Name: "indented at", Unit: "    at "},
		{Name: "[as", Unit: "[as "},
		{Name: "async", Unit: "async "},
		{Name: "async*", Unit: "async*"},
		{Name: "new", Unit: "new "},
		{Name: "get", Unit: "get "},

		// What the canonical form takes apart.
		{Name: "a.", Unit: "a."},
		{Name: "a/", Unit: "a/"},
		{Name: "hashes", Unit: "0123456789abcdef/"},
		{Name: "percent escapes", Unit: "%41!"},
		{Name: "open quotes", Unit: "'a "},
		{Name: "numbers and dots", Unit: "1.a."},
		{Name: "a:", Unit: "a:"},
		{Name: "a@", Unit: "a@"},
		{Name: "evaluating", Unit: " (evaluating '"},
		{Name: "two paths", Head: "ENOENT: no, open '", Unit: "' -> '"},
		{Name: "frames of many files", Nest: framesOf(func(i int) (file, line int) { return i, 1 })},
		{Name: "recursion", Nest: framesOf(func(i int) (file, line int) { return 0, 1 + i%9 })},
		{Name: "Promise.all", Unit: "Promise.all (index "},
		{Name: "line 1 >", Unit: "line 1 > "},
		{Name: "line 1 > eval", Unit: " line 1 > eval"},
		{Name: "> eval", Unit: " > eval"},
		{Name: "eval at", Unit: "eval at "},
		{Name: "#1(eval)", Unit: "#1(eval)"},
		{Name: "#1:1<eval>", Unit: "#1:1<eval>"},
		{Name: ":1", Unit: ":1"},
		{Name: "(:1:1)", Unit: "(:1:1)"},
		{Name: "(<anonymous>)", Unit: " (<anonymous>)"},
		{Name: "/<", Unit: "/<"},
		{Name: "=>", Unit: "=>"},
		{Name: "[native code]", Unit: "@[native code]"},
		{Name: "address at", Unit: "(address at "},
		{Name: "wasm-function", Unit: ":wasm-function[1]:0x1"},
		{Name: "scheme", Unit: "http://"},
		{Name: "data URL", Head: "data:text/javascript;base64,", Unit: "QUFB", End: ":1:1"},
		{Name: "hex", Unit: "deadbeef"},
		{Name: "Error:", Unit: "Error: "},
		{Name: "Uncaught", Unit: "Uncaught "},
		{Name: "in promise", Unit: "(in promise) "},
		{Name: "Caused by:", Unit: "Caused by: "},
		{Name: "[cause]:", Unit: "[cause]: "},
		{Name: "key: value", Unit: "a: 1, "},
		{Name: "Circular", Unit: "[Circular *1] "},
		{Name: "in component", Unit: "in Foo (at a.js:1) "},
		{Name: "File", Unit: `File "a.py", line 1, in f `},

		// What nests.
		{Name: "nested ()", Unit: "(", Close: ")"},
		{Name: "nested []", Unit: "[", Close: "]"},
		{Name: "nested {}", Unit: "{", Close: "}"},
		{Name: "nested { a: {} }", Unit: "{ a: ", Close: " }"},
		{Name: "nested <>", Unit: "<", Close: ">"},
		{Name: "nested eval at", Unit: "eval at f (", Close: ")", End: ", <anonymous>:1:1"},
		{Name: "nested origins", Nest: nestOrigins},
		{Name: "nested origins with a place", Nest: func(depth int) string { return nestOrigins(depth) + ", <anonymous>:1:1" }},
		{Name: "nested eval at with places", Unit: "eval at f (", Close: ", <anonymous>:1:1)"},
		{Name: "nested > eval", Head: "f@http://h/a.js", Unit: " line 1 > eval", End: ":1:1"},
		{Name: "nested #1(eval)", Head: "\tat a.js", Unit: "#1(eval)", End: ":1 (f)"},
		{Name: "nested JSON strings", Head: `{"stack":"`, Unit: `{\"stack\":\"`, Close: `\"}`, End: `"}`},
		{Name: "nested JSON objects", Unit: `{"a":`, Close: `}`},
		{Name: "nested tags", Unit: "<pre>", Close: "</pre>"},
		{Name: "nested causes", Unit: "Error: x\n    at f (u:1:2) {\n  [cause]: ", Close: "\n}", End: "\n"},
		{Name: "nested indented causes", Nest: nestCauses},
		{Name: "nested errors", Unit: "AggregateError: x\n    at f (u:1:2) {\n  [errors]: [\n", Close: "\n  ]\n}"},
		{Name: "nested indented errors", Nest: nestErrors},
		{Name: "nested groups of Python", Nest: nestGroups},
		{Name: "Bluebird", Unit: "From previous event:\n    at f (u:1:2)\n"},

		// What wraps.
		{Name: `\n`, Unit: `\n`},
		{Name: `\\n`, Unit: `\\n`},
		{Name: `escaped frames`, Head: "Error: x", Unit: `\n    at f (u:1:2)`},
		{Name: `escaped Windows frames`, Head: "Error: x", Unit: `\n    at f (C:\new\n.js:1:2)`},
		{Name: `\u0041`, Unit: `\u0041`},
		{Name: "JSON strings", Unit: `"\n",`},
		{Name: "JSON stack", Unit: `{"stack":"Error: x\n    at f (u:1:2)"}`},
		{Name: "JSON stacks on lines", Unit: `{"stack":"Error: x\n    at f (u:1:2)"}` + "\n"},
		{Name: "JSON without end", Unit: `{"stack":"`},
		{Name: "entities", Unit: "&lt;"},
		{Name: "&#", Unit: "&#x"},
		{Name: "<br>", Unit: "<br>"},
		{Name: "<pre>", Unit: "<pre>"},
		{Name: "tags", Unit: "<b>at f (u:1:2)</b><br>"},
		{Name: " | ", Unit: " | "},
		{Name: "frames joined by |", Head: "Error: x", Unit: " |     at f (u:1:2)"},
		{Name: "frames joined by blanks", Head: "Error: x", Unit: " at f (u:1:2)"},
		{Name: "frames joined by blanks, then words", Head: "Error: x", Unit: " at f (u:1:2)", End: " and more"},
		{Name: "frames joined by nothing", Unit: "at f (u:1:2)"},
		{Name: "signs joined by blanks", Unit: "f@http://h/a.js:1:2 "},
		{Name: "signs joined by nothing", Unit: "f@http://h/a.js:1:2"},
		{Name: "log prefix", Unit: "[1] Error: x\n[1]     at f (u:1:2)\n"},
		{Name: "digits, then log prefixes", Unit: "1", Close: "10:00:01 [app] \n"},
		{Name: "log prefix, empty", Unit: "10:00:01 [app] \n"},
		{Name: "log prefix that changes", Unit: "10:00:01.123 [app] at f (u:1:2)\n10:00:02 [app] at f (u:1:2)\nx\n"},

		// Lines.
		{Name: "lines of one byte", Unit: "a\n"},
		{Name: "lines of prose", Unit: "The quick brown fox: jumps over the lazy dog.\n"},
		{Name: "lines of errors", Unit: "Error: x\n"},
		{Name: "lines of frames", Unit: "    at f (u:1:2)\n"},
		{Name: "lines of short frames", Unit: "at f\n"},
		{Name: "lines of signs", Unit: "f@http://h/a.js:1:2\n"},
		{Name: "lines of short signs", Unit: "@a:1\n"},
		{Name: "lines of at", Unit: "at \n"},
		{Name: "lines of open calls", Unit: "    at f (http://h/a.js:1:2\n"},
		{Name: "lines of doubt", Unit: "git@github.com:22:1\n"},
		{Name: "frames and prose", Unit: "    at f (u:1:2)\nx\n"},
		{Name: "signs and prose", Unit: "f@http://h/a.js:1:2\nx\n"},
		{Name: "frames and signs", Unit: "    at f (u:1:2)\nf@http://h/a.js:1:2\n"},
		{Name: "frames and empty lines", Unit: "    at f (u:1:2)\n\n"},
		{Name: "errors and frames", Unit: "Error: x\n    at f (u:1:2)\n"},
		{Name: "frames of Hermes, then V8", Unit: "    at f (address at u:1:2)\n    at async f (u:1:2)\n"},
		{Name: "eval frames", Unit: "    at f (eval at g (u:1:2), <anonymous>:3:4)\n"},
		{Name: "frames with aliases", Unit: "    at a.f [as g] (u:1:2)\n"},
		{Name: "coloured frames", Unit: "    \x1b[90mat f (u:1:2)\x1b[39m\n"},
		{Name: "frames with CRLF", Unit: "    at f (u:1:2)\r\n"},
		{Name: "frames and braces", Unit: "    at f (u:1:2) {\n}\n"},
		{Name: "lines of causes", Unit: "Caused by: Error: x\n    at f (u:1:2)\n"},
		{Name: "lines of [cause]", Unit: "  [cause]: Error: x\n      at f (u:1:2)\n"},
		{Name: "properties", Head: "Error: x\n    at f (u:1:2) {\n", Unit: "  a: 1,\n", End: "}\n"},
		{Name: "properties of many lines", Head: "Error: x\n    at f (u:1:2) {\n  a: `", Unit: "x\n", End: "`\n}\n"},
		{Name: "skipped", Unit: "    ... skipping 51 frames\n"},
		{Name: "matching lines", Unit: "    ... 5 lines matching cause stack trace ...\n"},
		{Name: "zones", Unit: "    at ____________________Elapsed_5_ms__At__Sat_Nov_21 (http://h)\n"},
		{Name: "excerpts", Unit: "/a.js:1\nx\n^\n\n"},
		{Name: "numbered excerpts", Unit: "1 | x\n    ^\n"},
		{Name: "rows of DevTools", Unit: "f @ a.js:12\n"},
		{Name: "rows with tabs", Unit: "f\t@\tVM1:1:2\n"},
		{Name: "more frames", Unit: "f @ a.js:12\nShow 3 more frames\n"},
		{Name: "rows of Firefox", Unit: "    f http://h/a.js:1\n"},
		{Name: "rows of Safari", Unit: "f — a.js:1\n"},
		{Name: "log lines of Chromium", Unit: "[1:1:1121/1:ERROR:CONSOLE(1)] \"x\", source: http://h/a.js (1)\n"},
		{Name: "components", Unit: "    in Foo (at a.js:1)\n"},
		{Name: "elements", Unit: "    at div\n"},
		{Name: "Vue", Unit: "---> <Foo> at a.vue\n"},
		{Name: "Opera", Unit: "  Line 1 of linked script http://h/a.js\n    f();\n"},
		{Name: "Carakan", Unit: "<anonymous function>(a) @ http://h/a.js:1\n"},
		{Name: "Vitest", Unit: " ❯ f a.js:1:2\n"},
		{Name: "tracebacks", Unit: "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    x\nE: x\n"},
		{Name: "chained tracebacks", Unit: "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nE: x\n\nDuring handling of the above exception, another exception occurred:\n\n"},
		{Name: "lines of File", Unit: "  File \"a.py\", line 1, in f\n"},
		{Name: "repeated", Unit: "  [Previous line repeated 9 more times]\n"},
		{Name: "margins", Unit: "  | \n"},
		{Name: "threads", Unit: "Thread 0x1 (most recent call first):\n  File \"a.py\", line 1 in f\n\n"},
	}
}

func nestOrigins(depth int) string {
	return strings.Repeat("eval at f (", depth) + "u:1:2" + strings.Repeat(")", depth)
}

func nestCauses(depth int) string {
	var b strings.Builder
	for i := range depth {
		indent := strings.Repeat("  ", i)
		b.WriteString("Error: x\n" + indent + "    at f (u:1:2) {\n" + indent + "  [cause]: ")
	}
	b.WriteString("Error: y\n" + strings.Repeat("  ", depth) + "    at f (u:1:2)\n")
	for i := depth - 1; i >= 0; i-- {
		b.WriteString(strings.Repeat("  ", i) + "}\n")
	}
	return b.String()
}

func nestErrors(depth int) string {
	var b strings.Builder
	for i := range depth {
		indent := strings.Repeat("    ", i)
		b.WriteString(indent + "AggregateError: x\n" + indent + "    at f (u:1:2) {\n" + indent + "  [errors]: [\n")
	}
	for i := depth - 1; i >= 0; i-- {
		indent := strings.Repeat("    ", i)
		b.WriteString(indent + "  ]\n" + indent + "}\n")
	}
	return b.String()
}

// framesOf returns what makes a trace of many frames; where tells the file and the line of each.
func framesOf(where func(i int) (file, line int)) func(depth int) string {
	return func(depth int) string {
		var b strings.Builder
		b.WriteString("Error: x\n")
		for i := range depth {
			file, line := where(i)
			fmt.Fprintf(&b, "    at f (http://h/%d.js:%d:2)\n", file, line)
		}
		return b.String()
	}
}

func nestGroups(depth int) string {
	var b strings.Builder
	b.WriteString("  + Exception Group Traceback (most recent call last):\n")
	for i := range depth {
		margin := strings.Repeat("  ", i) + "  | "
		b.WriteString(margin + "  File \"a.py\", line 1, in f\n" + margin + "E: g (1 sub-exception)\n")
		b.WriteString(strings.Repeat("  ", i) + "  +-+---------------- 1 ----------------\n")
	}
	b.WriteString(strings.Repeat("  ", depth) + "  | E: x\n" + strings.Repeat("  ", depth) + "  +------------------------------------\n")
	return b.String()
}

// Pairs returns attacks of two attacks each: their units in turn, and many of the one before many of
// the other.
func Pairs(attacks []Attack) []Attack {
	var pairs []Attack
	for _, a := range attacks {
		for _, b := range attacks {
			if a.Name == b.Name || a.Nest != nil || b.Nest != nil {
				continue
			}
			if a.Name < b.Name {
				pairs = append(pairs, Attack{Name: a.Name + " + " + b.Name, Head: a.Head + b.Head,
					Unit: a.Unit + b.Unit, Close: b.Close + a.Close, End: b.End + a.End})
			}
			if a.Close == "" && b.Close == "" {
				pairs = append(pairs, Attack{Name: a.Name + " … " + b.Name, Head: a.Head,
					Unit: a.Unit, Close: b.Unit, End: b.End + a.End})
			}
		}
	}
	return pairs
}

// Place is where in a text an attack stands.
type Place struct {
	Name          string
	before, after string
}

// Places returns the attack alone, and places for it in true traces.
func Places() []Place {
	const (
		header = "TypeError: Cannot read properties of undefined (reading 'id')"
		at     = "    at renderRow (https://app.example.com/js/main.js:2:118)\n    at Array.map (<anonymous>)\n"
		sign   = "renderRow@https://app.example.com/js/main.js:2:118\nasync*loadPage@https://app.example.com/js/main.js:4:71\n"
	)
	return []Place{
		{"alone", "", ""},
		{"line", header + "\n" + at, "\n" + at},
		{"sign line", sign, "\n" + sign},
		{"message", header, "\n" + at},
		{"call", header + "\n" + at + "    at ", "\n" + at},
		{"name", header + "\n" + at + "    at ", " (https://app.example.com/js/main.js:2:118)\n" + at},
		{"location", header + "\n" + at + "    at f (", ")\n" + at},
		{"sign name", sign, "@https://app.example.com/js/main.js:2:118\n" + sign},
		{"sign location", sign + "f@", ":1:2\n" + sign},
		{"first", "", "\n" + header + "\n" + at},
		{"last", header + "\n" + at, ""},
	}
}

// Put returns text in its place.
func (p Place) Put(text string) string { return p.before + text + p.after }
