package stacktrace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestWrappings wraps captures in everything that is known to be around traces, and compares
// what is read of it with what is read of the capture itself. A text without a wrapping must have none.
func TestWrappings(t *testing.T) {
	kept := captures(t, func(c *capture) bool {
		return c.Kind == "error.stack" || c.Kind == "stderr" || c.Kind == "console"
	})
	step := corpus.Step(10)
	bare := make([]*stacktrace.Trace, len(kept))
	for i := range kept {
		trace := stacktrace.Parse(kept[i].Text)
		if len(trace.Wrapping) > 0 && kept[i].ID != "" {
			t.Errorf("%s: wrapping %q\n%s", kept[i].ID, trace.Wrapping, kept[i].Text)
		}
		if len(trace.Frames) > 0 && len(trace.Wrapping) == 0 && !isPlace(trace) {
			bare[i] = trace
		}
	}
	for _, wrapping := range laws.Wrappings {
		t.Run(wrapping.Name+"/"+wrapping.What, func(t *testing.T) {
			t.Parallel()
			all, right := 0, 0
			for i, c := range kept {
				if bare[i] == nil || i%step != 0 {
					continue
				}
				text := wrapping.Wrap(c.Text)
				if strings.TrimRight(text, "\n") == strings.TrimRight(c.Text, "\n") {
					continue // there is nothing in it that the wrapping changes
				}
				if isLine := strings.IndexByte(strings.TrimSpace(c.Text), '\n') < 0; isLine && wrapping.Name != "json" && wrapping.Name != "bom" {
					continue // nothing shares the prefix, and there are no line ends
				}
				all++
				trace := stacktrace.Parse(text)
				err := laws.Unwrapped(trace, bare[i])
				if err == nil && strings.Join(trace.Wrapping, " ") == wrapping.Name {
					right++
				} else if testing.Verbose() {
					t.Logf("%s: %q: %v\n%.1500s", c.ID, trace.Wrapping, err, text)
				}
				if i%(4*step) != 0 {
					continue
				}
				for _, law := range [...]func(string) error{laws.Invented, laws.Lost} {
					if err := law(text); err != nil {
						t.Errorf("%s: %v\n%.1500s", c.ID, err, text)
					}
				}
			}
			share := float64(right) / float64(all)
			t.Logf("%d of %d, %.2f %%", right, all, 100*share)
			if share < wrapping.Least-0.001 && corpus.IsWhole() {
				t.Errorf("%.4f right, want %.4f", share, wrapping.Least)
			}
		})
	}
}

// isPlace reports whether a trace is no more than a place that its header tells in words, which is read where nothing
// stands around it.
func isPlace(trace *stacktrace.Trace) bool {
	return len(trace.Frames) == 1 && trace.Message != "" && strings.Contains(trace.Frames[0].Text, trace.Message)
}

// TestParseWrapped reads texts of which each shows one thing about a wrapping. The frames are written
// as "Func File:Line:Col".
func TestParseWrapped(t *testing.T) {
	fg := []string{"f /a.js:1:2", "g /a.js:3:4"}
	for _, test := range []struct {
		text, wrapping, typ, message string
		frames, unparsed             []string
	}{
		{"Error: x\\n    at f (/a.js:1:2)\\n    at g (/a.js:3:4)", "escaped", "Error", "x", fg, nil},
		{"Error: x\\\\n    at f (/a.js:1:2)\\\\n    at g (/a.js:3:4)\\\\n", "escaped", "Error", "x", fg, nil},
		{"Error: x\\r\\n\\tat f (/a.js:1:2)\\r\\n\\tat g (/a.js:3:4)", "escaped", "Error", "x", fg, nil},
		{"Error: one\\ntwo\\n\\n    at f (/a.js:1:2)\\n    at g (/a.js:3:4)", "escaped", "Error", "one\ntwo\n", fg, nil},
		{`Error: no C:\new\x.js\n    at f (C:\new\n\x.js:1:2)\n    at C:\app1\new.js:3:4\n    at g (C:\Program Files (x86)\node\x.js:5:6)`, "escaped",
			"Error", `no C:\new\x.js`, []string{`f C:\new\n\x.js:1:2`, ` C:\app1\new.js:3:4`, `g C:\Program Files (x86)\node\x.js:5:6`}, nil},
		{`Error: x\n    at f (C:\\new\\x.js:1:2)\n    at g (/a.js:3:4)`, "escaped", "Error", "x", []string{`f C:\\new\\x.js:1:2`, fg[1]}, nil},
		{`f@C:\new\x.js:1:2\ng@C:\new\x.js:3:4`, "escaped", "", "", []string{`f C:\new\x.js:1:2`, `g C:\new\x.js:3:4`}, nil},
		{`f@http://h/a.js:1:2\ng@http://h/a.js:3:4\n`, "escaped", "", "", []string{"f http://h/a.js:1:2", "g http://h/a.js:3:4"}, nil},

		{`"Error: x\n    at f (/a.js:1:2)\n    at g (\/a.js:3:4)"`, "json", "Error", "x", fg, nil},
		{`{"level":"error","err":{"type":"Error","message":"x","stack":"Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}}`, "json", "Error", "x", fg,
			[]string{`{"level":"error","err":{"type":"Error","message":"x","stack":`, "}}"}},
		{`2026-11-21 10:00:00 ERROR failed {"stack":"Error: caf\u00e9 \ud83d\ude00 \"q\" \\n\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)"} done`, "json", "Error", `café 😀 "q" \n`, fg,
			[]string{`2026-11-21 10:00:00 ERROR failed {"stack":`, "} done"}},
		{`level=error msg="it failed" stack="Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)" pid=1`, "json", "Error", "x", fg,
			[]string{`level=error msg="it failed" stack=`, " pid=1"}},
		{`{"stack":"Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\n    at h (/a`, "json", "Error", "x", fg, []string{`{"stack":`, "    at h (/a"}},
		{`{"componentStack":"\n    at App (/b.js:5:6)\n    at Root (/b.js:7:8)","stack":"Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}`, "json", "Error", "x", fg,
			[]string{`{"componentStack":"\n    at App (/b.js:5:6)\n    at Root (/b.js:7:8)","stack":`, "}"}},
		{`{"stack":["Error: x","    at f (/a.js:1:2)","    at g (/a.js:3:4)"],"pid":1}`, "json", "Error", "x", fg, []string{`{"stack":[`, `],"pid":1}`}},
		{"{\n  \"stack\": [\n    \"at f (/a.js:1:2)\",\n    \"at g (/a.js:3:4)\"\n  ]\n}", "json", "", "", fg, []string{"{", `  "stack": [`, "  ]", "}"}},
		{`{"log":"{\"level\":50,\"err\":{\"stack\":\"Error: x\\n    at f (/a.js:1:2)\\n    at g (/a.js:3:4)\"}}\n","stream":"stderr"}`, "json json", "Error", "x", fg,
			[]string{`{"log":`, `{"level":50,"err":{"stack":`, "}}", `,"stream":"stderr"}`}},
		{`{"stack":"Error: x\\n    at f (/a.js:1:2)\\n    at g (/a.js:3:4)"}`, "json escaped", "Error", "x", fg, []string{`{"stack":`, "}"}},
		{`{"stack":"f@http://h/a.js:1:2"}`, "json", "", "", []string{"f http://h/a.js:1:2"}, []string{`{"stack":`, "}"}},

		{"Error: x |     at f (/a.js:1:2) |     at g (/a.js:3:4)", "joined", "Error", "x", fg, nil},
		{"Error: x at f (/a.js:1:2) at g (/a.js:3:4)", "joined", "Error", "x", fg, nil},
		{"Error: look at this at f (/a.js:1:2)     at g (/a.js:3:4)\n", "joined", "Error", "look at this", fg, nil},
		{"Error: x at f (eval at h (/b.js:5:6), <anonymous>:1:2) at /a.js:3:4", "joined", "Error", "x", []string{"f :1:2", " /a.js:3:4"}, nil},
		{"f@http://h/a.js:1:2 g@http://h/a.js:3:4", "joined", "", "", []string{"f http://h/a.js:1:2", "g http://h/a.js:3:4"}, nil},

		{"Error: it&#39;s &lt;x&gt;<br>&nbsp;&nbsp;at f (/a.js:1:2)<br/>&nbsp;&nbsp;at g (/a.js:3:4)<br />", "html", "Error", "it's <x>", fg, nil},
		{"<pre>Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)</pre>", "html", "Error", "x", fg, nil},
		{"<p>Error: x</p>\n<ul><li>at f (/a.js:1:2)</li><li><b>at</b> g (/a.js:3:4)</li></ul>", "html", "Error", "x", fg, nil},
		{"<html><body>\n<h1>Error</h1>\n<pre>Error: x<br> &nbsp; &nbsp;at f (/a.js:1:2)<br> &nbsp; &nbsp;at g (/a.js:3:4)</pre>\n</body></html>", "html", "Error", "x", fg,
			[]string{"<html><body>", "<h1>Error</h1>", "</body></html>"}},
		{"Error: x &amp; y\n    at Array.map (&lt;anonymous&gt;)\n    at g (/a.js:3:4)", "html", "Error", "x & y", []string{"Array.map :0:0", fg[1]}, nil},
		{"Error: x\n    at f (/a.js?b=1&amp;c=2:1:2)\n    at g (/a.js:3:4)", "html", "Error", "x", []string{"f /a.js?b=1&c=2:1:2", fg[1]}, nil},

		{"2026-11-21T10:00:00.123Z [app] Error: x\n2026-11-21T10:00:00.9Z [app]     at f (/a.js:1:2)\n2026-11-21T10:00:01.15Z [app]     at g (/a.js:3:4)\n", "prefix", "Error", "x", fg, nil},
		{"[1] Error: x\n[1]     at f (/a.js:1:2)\n\n[1]     at g (/a.js:3:4)\n", "prefix", "Error", "x", fg, []string{""}},
		{"app-1  | Error: x\napp-1  |     at f (/a.js:1:2)\napp-1  |\napp-1  |     at g (/a.js:3:4)\n", "prefix", "Error", "x", fg, []string{""}},
		{"Nov 21 10:00:00 host app[12]: Error: x\nNov 21 10:00:01 host app[12]:     at f (/a.js:1:2)\nNov 21 10:00:01 host app[12]:     at g (/a.js:3:4)\n", "prefix", "Error", "x", fg, nil},
		{"npm verbose stack f@http://h/a.js:1:2\nnpm verbose stack g@http://h/a.js:3:4", "prefix", "", "", []string{"f http://h/a.js:1:2", "g http://h/a.js:3:4"}, nil},
		{"app: start\napp: {\"stack\":\"Error: x\\n    at f (/a.js:1:2)\\n    at g (/a.js:3:4)\"}", "prefix json", "Error", "x", fg, []string{"start", `{"stack":`, "}"}},

		{"\ufeffError: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)", "bom", "Error", "x", fg, nil},
		{"\ufefff@http://h/a.js:1:2", "bom", "", "", []string{"f http://h/a.js:1:2"}, nil},

		// No wrapping: the message holds what looks like one.
		{"Error: bad <b>tag</b><br> &amp; more\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)", "", "Error", "bad <b>tag</b><br> &amp; more", fg, nil},
		{"Error: use &nbsp; here\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)", "", "Error", "use &nbsp; here", fg, nil},
		{"Error: got {\"stack\":\"Error: y\\n    at h (/b.js:1:2)\\n    at i (/b.js:1:2)\"}\n    at f (/a.js:1:2)", "", "Error", `got {"stack":"Error: y\n    at h (/b.js:1:2)\n    at i (/b.js:1:2)"}`, fg[:1], nil},
		{"Error: a | b\n    at f (/a.js:1:2)", "", "Error", "a | b", fg[:1], nil},
		{`{"message":"x","url":"http://h/a.js:1:2"}`, "", "", `{"message":"x","url":"http://h/a.js:1:2"}`, nil, nil},
		{"we met at noon (see a) and at one", "", "", "we met at noon (see a) and at one", nil, nil},
	} {
		got := stacktrace.Parse(test.text)
		var frames []string
		for _, f := range got.Frames {
			frames = append(frames, fmt.Sprintf("%s %s:%d:%d", f.Func, f.File, f.Line, f.Col))
		}
		if wrapping := strings.Join(got.Wrapping, " "); wrapping != test.wrapping || got.Type != test.typ || got.Message != test.message {
			t.Errorf("Parse(%q) = %q %q %q, want %q %q %q", test.text, wrapping, got.Type, got.Message, test.wrapping, test.typ, test.message)
		}
		if diff := cmp.Diff(test.frames, frames); diff != "" {
			t.Errorf("Parse(%q) frames: -want +got\n%s", test.text, diff)
		}
		if diff := cmp.Diff(test.unparsed, got.Unparsed); diff != "" {
			t.Errorf("Parse(%q) unparsed: -want +got\n%s", test.text, diff)
		}
	}
}
