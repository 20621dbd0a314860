package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestSeparators reads lines that stand between frames. The frame behind such a line tells what it
// says; one that no frame follows is unparsed, and so is the first of two before one frame.
func TestSeparators(t *testing.T) {
	const (
		head = "Error: x\n    at f (/a.js:1:2)\n"
		next = "    at g (/a.js:3:4)\n"
		zone = "    at ____________________Elapsed_5_ms__At__Sat_Nov_21 (http://localhost)\n"
	)
	for _, test := range []struct {
		name, text, want string
	}{
		{"told", head + "From previous event:\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4, after "From previous event"`},
		{"last line", head + "From previous event:\n", `
Error: x
f /a.js:1:2
unparsed "From previous event:"`},
		{"number at the end", head + "    ... skipping 51 frames\n", `
Error: x
f /a.js:1:2
unparsed "    ... skipping 51 frames"`},
		{"before an empty line", head + "    ... skipping 51 frames\n\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4
unparsed "    ... skipping 51 frames"
unparsed ""`},
		{"before prose at the end", head + "---------------------------------------------\nmore\n", `
Error: x
f /a.js:1:2
unparsed "---------------------------------------------"
unparsed "more"`},
		{"two of a kind", head + "From previous event:\nFrom previous event:\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4, after "From previous event"
unparsed "From previous event:"`},
		{"two of two kinds", head + "From previous event:\n---------------------------------------------\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4, after "---------------------------------------------"
unparsed "From previous event:"`},
		{"two numbers", head + "    ... 5 lines matching cause stack trace ...\n    ... 6 lines matching cause stack trace ...\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4, skipped 6
unparsed "    ... 5 lines matching cause stack trace ..."`},
		{"words and a number", head + "From previous event:\n    ... skipping 51 frames\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4, skipped 51
unparsed "From previous event:"`},
		{"several in turn", head + "From previous event:\n" + next + "From previous event:\n" + next + "From previous event:\n", `
Error: x
f /a.js:1:2
g /a.js:3:4, after "From previous event"
g /a.js:3:4, after "From previous event"
unparsed "From previous event:"`},
		{"zone.js", head + zone + "Error: STACKTRACE TRACKING\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4, after "____________________Elapsed_5_ms__At__Sat_Nov_21"`},
		{"zone.js at the end", head + zone + "Error: STACKTRACE TRACKING\n", `
Error: x
f /a.js:1:2
unparsed "    at ____________________Elapsed_5_ms__At__Sat_Nov_21 (http://localhost)"
unparsed "Error: STACKTRACE TRACKING"`},
		{"two of zone.js", head + zone + "Error: STACKTRACE TRACKING\n" + zone + "Error: STACKTRACE TRACKING\n" + next, `
Error: x
f /a.js:1:2
g /a.js:3:4, after "____________________Elapsed_5_ms__At__Sat_Nov_21"
unparsed "    at ____________________Elapsed_5_ms__At__Sat_Nov_21 (http://localhost)"
unparsed "Error: STACKTRACE TRACKING"`},
		{"before a frame that was cut off", head + next + "From previous event:\n    at h (/a.js:5)", `
Error: x
f /a.js:1:2
g /a.js:3:4
unparsed "From previous event:"
unparsed "    at h (/a.js:5)"`},
		{"before a frame that was cut off, and blanks", head + next + "    ... skipping 51 frames\n    at h (/a.js:5)\n  \n", `
Error: x
f /a.js:1:2
g /a.js:3:4
unparsed "    ... skipping 51 frames"
unparsed "    at h (/a.js:5)"`},
		{"a frame that was cut off, and an empty line in colours", head + next + "    at h (/a.js:5)\n\x1b[0m\n", `
Error: x
f /a.js:1:2
g /a.js:3:4
unparsed "    at h (/a.js:5)"`},
		{"Firefox", "f@http://h/a.js:1:2\nFrom previous event:\nFrom previous event:\ng@http://h/a.js:3:4\nFrom previous event:\n", `

f http://h/a.js:1:2
g http://h/a.js:3:4, after "From previous event"
unparsed "From previous event:"
unparsed "From previous event:"`},
		{"in a cause", "Error: x\n    at f (/a.js:1:2) {\n  [cause]: Error: y\n      at g (/a.js:3:4)\n      ... 5 lines matching cause stack trace ...\n      ... 6 lines matching cause stack trace ...\n      at h (/a.js:5:6)\n}", `
Error: x
f /a.js:1:2
cause
  Error: y
  g /a.js:3:4
  h /a.js:5:6, skipped 6
  unparsed "      ... 5 lines matching cause stack trace ..."`},
		{"DevTools", "Error: x\nf @ a.js:12\nsetTimeout (async)\nPromise.then (async)\ng @ a.js:13\nShow 3 more frames\n", `
Error: x
f a.js:12
g a.js:13, after "Promise.then"
unparsed "setTimeout (async)"
unparsed "Show 3 more frames"`},
	} {
		if got, want := outline(test.text), strings.TrimPrefix(test.want, "\n"); got != want {
			t.Errorf("%s: Parse(%q) is\n%s\nwant\n%s", test.name, test.text, got, want)
		}
		if err := laws.Lost(test.text); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// TestSeparatorsInAnyOrder checks on every order of some lines behind a header and a frame that none
// is lost.
func TestSeparatorsInAnyOrder(t *testing.T) {
	lines := []string{
		"    at g (/a.js:3:4)\n",
		"g@http://h/a.js:3:4\n",
		"async*g@http://h/a.js:3:4 line 5 > eval:1:2\n",
		"    at h (/a.js:3\n", // cut off
		"    at h (/a.js:3)\n",
		"From previous event:\n",
		"---------------------------------------------\n",
		"    ... skipping 51 frames\n",
		"    ... 5 lines matching cause stack trace ...\n",
		"repeats 3 times\n",
		"    at ____________________Elapsed_5_ms__At__Sat_Nov_21 (http://localhost)\n",
		"Error: STACKTRACE TRACKING\n",
		"    -> /a.ts:1:2\n",
		"(No stack trace)\n",
		"more\n",
		"\n",
	}
	const length = 4
	var check func(text string, left int)
	check = func(text string, left int) {
		if t.Failed() {
			return
		}
		if err := laws.Lost(text); err != nil {
			t.Errorf("%v\nin %q", err, text)
		}
		if left == 0 {
			return
		}
		for _, line := range lines {
			check(text+line, left-1)
		}
	}
	for _, head := range []string{"Error: x\n    at f (/a.js:1:2)\n", "f@http://h/a.js:1:2\n"} {
		left := length
		if testing.Short() {
			left--
		}
		check(head, left)
	}
}
