package stacktrace_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace"
)

// TestLongStacks reads the stacks that libraries for asynchronous code put together, and writes them
// again. The frames are written as "Func File:Line:Col", with what the boundary before them said.
func TestLongStacks(t *testing.T) {
	const zone = "____________________Elapsed_2_ms__At__Sat_Nov_21_2026_20_51_33_GMT_0000__Coordinated_Universal_Time_"
	for _, test := range []struct {
		name, text       string
		frames, unparsed []string
		written          string // what String returns, if it is not text
	}{
		{"Bluebird", "Error: x\n    at f (/a.js:1:2)\nFrom previous event:\n    at g (/a.js:3:4)",
			[]string{"f /a.js:1:2", "From previous event: g /a.js:3:4"}, nil, ""},
		{"Q in Safari", "f@http://h/a.js:1:2\nFrom previous event:\ng@http://h/a.js:3:4",
			[]string{"f http://h/a.js:1:2", "From previous event: g http://h/a.js:3:4"}, nil, ""},
		{"Bluebird, all frames taken out", "Error: x\n    (No stack trace)\nFrom previous event:\n    at g (/a.js:3:4)",
			[]string{"From previous event: g /a.js:3:4"}, []string{"    (No stack trace)"},
			"Error: x\nFrom previous event:\n    at g (/a.js:3:4)"},
		{"when.js, all frames taken out", "Error: x\nfrom execution context:\n    at g (/a.js:3:4)",
			[]string{"from execution context: g /a.js:3:4"}, nil, ""},
		{"when.js", "Error: x\n    at f (/a.js:1:2)\nfrom execution context:\n    at g (/a.js:3:4)\nfrom execution context:\n    at h (/a.js:5:6)",
			[]string{"f /a.js:1:2", "from execution context: g /a.js:3:4", "from execution context: h /a.js:5:6"}, nil, ""},
		{"longjohn", "Error: x\n    at f (/a.js:1:2)\n---------------------------------------------\n    at g (/a.js:3:4)",
			[]string{"f /a.js:1:2", "---------------------------------------------: g /a.js:3:4"}, nil, ""},
		{"zone.js", "Error: x\n    at f (/a.js:1:2)\n    at " + zone + " (http://localhost)\n    at g (/a.js:3:4)",
			[]string{"f /a.js:1:2", zone + ": g /a.js:3:4"}, nil, ""},
		{"zone.js in Firefox", "f@http://h/a.js:1:2\n" + zone + "@[native]\ng@http://h/a.js:3:4",
			[]string{"f http://h/a.js:1:2", zone + ": g http://h/a.js:3:4"}, nil, ""},
		{"zone.js with the header of its own error", "Error: x\n    at f (/a.js:1:2)\n    at " + zone + " (http://localhost)\nError: STACKTRACE TRACKING\n    at g (/a.js:3:4)",
			[]string{"f /a.js:1:2", zone + ": g /a.js:3:4"}, nil,
			"Error: x\n    at f (/a.js:1:2)\n    at " + zone + " (http://localhost)\n    at g (/a.js:3:4)"},
		{"zone.js, zones", "Error: x\n    at f (/a.js:1:2) [angular]\n    at /a.js:3:4 [<root> => ProxyZone]\n    at Array.map (<anonymous>) [<root>]\n    at async g (/a.js:5:6) [my zone 2]",
			[]string{"f /a.js:1:2", " /a.js:3:4", "Array.map :0:0", "g /a.js:5:6"}, nil,
			"Error: x\n    at f (/a.js:1:2)\n    at /a.js:3:4\n    at Array.map (<anonymous>)\n    at async g (/a.js:5:6)"},
		{"zone.js, zones in Safari", "f@http://h/a.js:1:2 [angular]\nmap@[native code] [<root>]\n@http://h/a.js:3:4 [<root>]",
			[]string{"f http://h/a.js:1:2", "map :0:0", " http://h/a.js:3:4"}, nil,
			"f@http://h/a.js:1:2\nmap@[native code]\n@http://h/a.js:3:4"},
		{"zone.js, zones in Firefox", "f/<@http://h/a.js:1:2 [angular]\ng@http://h/a.js line 3 > eval:3:4 [<root>]\n",
			[]string{"f/< http://h/a.js:1:2", "g :3:4"}, nil, "f/<@http://h/a.js:1:2\ng@http://h/a.js line 3 > eval:3:4\n"},
		{"no boundary", "Error: x\n    at f (/a.js:1:2)\n    at ____________________Elapsed_2 (/a.js:3:4)",
			[]string{"f /a.js:1:2", "____________________Elapsed_2 /a.js:3:4"}, nil, ""},
		{"no zone", "Error: x [y]\n    at f (/a.js:1:2)\n    at g (/[id].js:3:4)\n    at h [as i] (/a.js:5:6)",
			[]string{"f /a.js:1:2", "g /[id].js:3:4", "h /a.js:5:6"}, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			trace := stacktrace.Parse(test.text)
			if len(trace.Frames) == 0 {
				t.Fatalf("Parse(%q) has no frame", test.text)
			}
			var frames []string
			for _, f := range trace.Frames {
				frame := fmt.Sprintf("%s %s:%d:%d", f.Func, f.File, f.Line, f.Col)
				if f.AsyncCause != "" {
					frame = f.AsyncCause + ": " + frame
				}
				frames = append(frames, frame)
			}
			if diff := cmp.Diff(test.frames, frames); diff != "" {
				t.Errorf("Parse(%q) frames: -want +got\n%s", test.text, diff)
			}
			if diff := cmp.Diff(test.unparsed, trace.Unparsed); diff != "" {
				t.Errorf("Parse(%q) unparsed: -want +got\n%s", test.text, diff)
			}
			want := test.written
			if want == "" {
				want = test.text
			}
			if got := trace.String(); got != want {
				t.Errorf("Parse(%q).String() = %q, want %q", test.text, got, want)
			}
		})
	}
}
