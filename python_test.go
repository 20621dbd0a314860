package stacktrace_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// tree is what a trace says, its frames as Python writes them, one to a line.
type tree struct {
	Type, Code, Message string
	Frames, Unparsed    []string
	Cause               *tree
	Errors              []*tree
}

func treeOf(t *stacktrace.Trace) *tree {
	if t == nil {
		return nil
	}
	out := &tree{Type: t.Type, Code: t.Code, Message: t.Message, Unparsed: t.Unparsed, Cause: treeOf(t.Cause)}
	for _, f := range t.Frames {
		out.Frames = append(out.Frames, f.String())
	}
	for _, e := range t.Errors {
		out.Errors = append(out.Errors, treeOf(e))
	}
	return out
}

// TestPython reads texts that are no clean tracebacks.
func TestPython(t *testing.T) {
	const (
		header = "Traceback (most recent call last):\n"
		entry  = "  File \"a.py\", line 1, in f\n    f()\n"
		f      = `File "a.py", line 1, in f`
	)
	for _, test := range []struct {
		name, text string
		want       tree
	}{
		{"no exception", header + entry, tree{Frames: []string{f}}},
		{"an entry alone", `File "a.py", line 1, in f`, tree{Frames: []string{f}}},
		{"no entry", header + "MemoryError", tree{Type: "MemoryError"}},
		{"no source", header + "  File \"a.py\", line 1, in f\nqueue.Empty", tree{Type: "queue.Empty", Frames: []string{f}}},
		{"a name that could be anything", header + entry + "Timeout", tree{Type: "Timeout", Frames: []string{f}}},
		{"a message that begins empty", header + entry + "ImportError: \nno such thing\n", tree{
			Type: "ImportError", Message: "\nno such thing", Frames: []string{f},
		}},
		{"a message with colons", header + entry + "E: a: b", tree{Type: "E", Message: "a: b", Frames: []string{f}}},
		{"prose behind the message", header + entry + "E: a\n\nWhat is wrong: nothing.\n", tree{
			Type: "E", Message: "a", Frames: []string{f}, Unparsed: []string{"", "What is wrong: nothing."},
		}},
		{"prose behind the entries", header + entry + "\nWhat is wrong: nothing.\n", tree{
			Frames: []string{f}, Unparsed: []string{"", "What is wrong: nothing."},
		}},
		{"a log's lines", "INFO:root:start\n" + header + entry + "E: a\n2026-11-21 10:00:00 more", tree{
			Type: "E", Message: "a", Frames: []string{f}, Unparsed: []string{"INFO:root:start", "2026-11-21 10:00:00 more"},
		}},
		{"a log's line in place of the exception", header + entry + "WARNING: more", tree{
			Frames: []string{f}, Unparsed: []string{"WARNING: more"},
		}},
		{"empty lines between all lines", "Traceback (most recent call last):\n\n  File \"a.py\", line 1, in f\n\n    f()\n\nValueError: x", tree{
			Type: "ValueError", Message: "x", Frames: []string{f},
		}},
		{"without indentation", "Traceback (most recent call last):\nFile \"a.py\", line 1, in f\nx: int = f()\nTimeout: late", tree{
			Type: "Timeout", Message: "late", Frames: []string{f},
		}},
		{"without indentation and source", "Traceback (most recent call last):\nFile \"a.py\", line 1, in f\nValueError: x", tree{
			Type: "ValueError", Message: "x", Frames: []string{f},
		}},
		{"without indentation and exception", "Traceback (most recent call last):\nFile \"a.py\", line 1, in f\nraise\n", tree{
			Frames: []string{f},
		}},
		{"two syntax errors", "  File \"a.py\", line 1\n    (\n    ^\nSyntaxError: x\n  File \"b.py\", line 2\n    )\n    ^\nSyntaxError: y\n", tree{
			Type: "SyntaxError", Message: "x", Frames: []string{`File "a.py", line 1`},
			Unparsed: []string{`  File "b.py", line 2`, "    )", "    ^", "SyntaxError: y"},
		}},
		{"a first traceback without a call", header + "KeyboardInterrupt\n" + header + entry + "E", tree{
			Type: "E", Frames: []string{f}, Unparsed: []string{"Traceback (most recent call last):", "KeyboardInterrupt"},
		}},
		{"a chain that is cut off", header + entry + "E: a\n\nDuring handling of the above exception, another exception occurred:\n\n", tree{
			Type: "E", Message: "a", Frames: []string{f},
			Unparsed: []string{"", "During handling of the above exception, another exception occurred:"},
		}},
		{"a chain that begins cut off", "The above exception was the direct cause of the following exception:\n\n" + header + entry + "E: a", tree{
			Type: "E", Message: "a", Frames: []string{f},
			Unparsed: []string{"The above exception was the direct cause of the following exception:"},
		}},
		{"a chain whose last has no traceback", header + entry + "E: a\n\nThe above exception was the direct cause of the following exception:\n\nE2: b", tree{
			Type: "E2", Message: "b", Cause: &tree{Type: "E", Message: "a", Frames: []string{f}},
		}},
		{"a message that ends where the chain goes on", header + entry + "E: a\n\nINFO: b\n\nDuring handling of the above exception, another exception occurred:\n\n" + header + entry + "E2: c", tree{
			Type: "E2", Message: "c", Frames: []string{f},
			Cause: &tree{Type: "E", Message: "a\n\nINFO: b", Frames: []string{f}},
		}},
		{"two chains", header + entry + "E: a\n" + header + entry + "E: b\n\nDuring handling of the above exception, another exception occurred:\n\n" + header + entry + "E: c", tree{
			Type: "E", Message: "a", Frames: []string{f}, Unparsed: []string{
				"Traceback (most recent call last):", `  File "a.py", line 1, in f`, "    f()", "E: b", "",
				"During handling of the above exception, another exception occurred:", "",
				"Traceback (most recent call last):", `  File "a.py", line 1, in f`, "    f()", "E: c",
			},
		}},
		{"the current thread", "Thread 0x01 (most recent call first):\n  File \"b.py\", line 2 in g\n\nCurrent thread 0x02 (most recent call first):\n  File \"a.py\", line 1 in f\n  File \"a.py\", line 3 in <module>\n", tree{
			Frames:   []string{f, `File "a.py", line 3, in <module>`},
			Unparsed: []string{"Thread 0x01 (most recent call first):", `  File "b.py", line 2 in g`, "", "Current thread 0x02 (most recent call first):"},
		}},
		{"a thread without a header", "File \"a.py\", line 1 in f\nFile \"a.py\", line 3 in <module>", tree{
			Frames: []string{f, `File "a.py", line 3, in <module>`},
		}},
		{"a repetition of nothing", header + "  [Previous line repeated 3 more times]\n" + entry + "E", tree{
			Type: "E", Frames: []string{f}, Unparsed: []string{"  [Previous line repeated 3 more times]"},
		}},
		{"a group that is cut off", "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 1, in f\n  | ExceptionGroup: g (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | ValueError: x\n    +---------------- 2 ----------------\n", tree{
			Type: "ExceptionGroup", Message: "g (2 sub-exceptions)", Frames: []string{f}, Errors: []*tree{{Type: "ValueError", Message: "x"}},
		}},
		{"a group whose beginning is cut off", "  +-+---------------- 1 ----------------\n    | ValueError: x\n    +---------------- 2 ----------------\n    | Traceback (most recent call last):\n    |   File \"a.py\", line 1, in f\n    | ValueError: y\n    +------------------------------------\n", tree{
			Errors: []*tree{{Type: "ValueError", Message: "x"}, {Type: "ValueError", Message: "y", Frames: []string{f}}},
		}},
		{"a log's lines behind a group", "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 1, in f\n  | ExceptionGroup: g (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | ValueError: x\n    +------------------------------------\nINFO: more\n", tree{
			Type: "ExceptionGroup", Message: "g (1 sub-exception)", Frames: []string{f}, Errors: []*tree{{Type: "ValueError", Message: "x"}}, Unparsed: []string{"INFO: more"},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			trace := stacktrace.Parse(test.text)
			if diff := cmp.Diff(&test.want, treeOf(trace)); diff != "" {
				t.Errorf("Parse(%q): -want +got\n%s", test.text, diff)
			}
		})
	}
}

// TestPythonSource reads the lines of source that Python shows below calls.
func TestPythonSource(t *testing.T) {
	const header = "Traceback (most recent call last):\n"
	for _, test := range []struct {
		name, text string
		want       []string // of the innermost call first
	}{
		{"one line each", header + "  File \"a.py\", line 1, in <module>\n    f()\n  File \"a.py\", line 2, in f\n    raise E\nE", []string{"raise E", "f()"}},
		{"with carets", header + "  File \"a.py\", line 1, in <module>\n    f()\n    ~^^\n  File \"a.py\", line 2, in f\n    x[0]\n    ~^^^\nE", []string{"x[0]", "f()"}},
		{"some without", header + "  File \"a.py\", line 1, in <module>\n  File \"a.py\", line 2, in f\n    raise E\nE", []string{"raise E", ""}},
		{"without indentation", header + "File \"a.py\", line 1, in f\nx: int = f()\nTimeout: late", []string{"x: int = f()"}},
		{"several lines", header + "  File \"a.py\", line 1, in f\n    g(\n    ~^\n        1,\n        ^^\n    )\n    ^\nE", []string{"g("}},
		{"a syntax error", "  File \"a.py\", line 1\n    (\n    ^\nSyntaxError: x", []string{"("}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range stacktrace.Parse(test.text).Frames {
				got = append(got, f.Source)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Parse(%q): sources (-want +got)\n%s", test.text, diff)
			}
			if err := laws.Lost(test.text); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestPythonNot reads texts that are no tracebacks of Python's.
func TestPythonNot(t *testing.T) {
	for _, text := range []string{
		"I got a Traceback (most recent call last): what now?",
		"It says Traceback (most recent call last):",
		"It says Traceback (most recent call last):\nand no more",
		"Traceback (most recent call last):",
		"Traceback (most recent call last):\nand so on and so forth",
		`See File "a.py", line 3, in f`,
		"The above exception was the direct cause of the following exception:",
		"+-+---------------- 1 ----------------",
		"ValueError: x",
	} {
		if trace := stacktrace.Parse(text); len(trace.Frames) > 0 {
			t.Errorf("Parse(%q) has frames %v", text, trace.Frames)
		}
	}
	// A frame of JavaScript's is one whatever stands around it.
	const js = "    at f (/a.js:1:2)"
	trace := stacktrace.Parse("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nJSError: Error: x\n" + js)
	if trace.Engine != stacktrace.V8 || len(trace.Frames) != 1 {
		t.Errorf("got %d frames of %q, want 1 of v8", len(trace.Frames), trace.Engine)
	}
}

func TestPythonCode(t *testing.T) {
	for _, test := range []struct{ exception, want string }{
		{"FileNotFoundError: [Errno 2] No such file or directory: 'x'", "2"},
		{"socket.gaierror: [Errno -2] Name or service not known", "-2"},
		{"PermissionError: [WinError 5] Access is denied: 'x'", "5"},
		{"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:1006)", "CERTIFICATE_VERIFY_FAILED"},
		{"discord.errors.Forbidden: 403 Forbidden (error code: 50001): Missing Access", "50001"},
		{"discord.errors.ConnectionClosed: Shard ID None WebSocket closed with 4014", "4014"},
		{"openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached'}}", "429"},
		{"urllib.error.HTTPError: HTTP Error 404: Not Found", "404"},
		{"requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://example.com/", "404"},
		{"requests.exceptions.HTTPError: 503 Server Error: Service Unavailable for url: https://example.com/", "503"},
		{"google.api_core.exceptions.NotFound: 404 No such object: b/o", "404"},
		{"botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied", "AccessDenied"},
		{"grpc._channel._InactiveRpcError: <_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.UNAVAILABLE\n\tdetails = \"x\"\n>", "UNAVAILABLE"},
		{"grpc.aio._call.AioRpcError: <AioRpcError of RPC that terminated with:\n\tstatus = StatusCode.UNAVAILABLE\n\tdetails = \"x\"\n>", "UNAVAILABLE"},

		{"telegram.error.RetryAfter: Flood control exceeded. Retry in 5 seconds", ""},
		{"ValueError: 404 is no code", ""},
		{"ValueError: [Errno] x", ""},
		{"ValueError: [Errno 2", ""},
		{"RuntimeError: it said [Errno 2] No such file or directory", ""},
		{"discord.ext.commands.errors.CommandInvokeError: Command raised an exception: Forbidden: 403 Forbidden (error code: 50001): Missing Access", ""},
		{"ValueError: status = StatusCode.OK", ""},
		{"KeyError: 'ENOENT'", ""},
	} {
		trace := stacktrace.Parse("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n" + test.exception)
		if len(trace.Frames) == 0 || trace.Code != test.want {
			t.Errorf("code of %q = %q, want %q", test.exception, trace.Code, test.want)
		}
	}
}

// TestPythonReport reads tracebacks whose message is known.
func TestPythonReport(t *testing.T) {
	const stack = "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    f()\nValueError: x\n"
	for _, test := range []struct {
		report  stacktrace.Report
		message string
		want    []string
	}{
		{stacktrace.Report{Name: "ValueError", Message: "x", Stack: stack}, "x", nil},
		{stacktrace.Report{Message: "x", Stack: stack}, "x", nil},
		{stacktrace.Report{Name: "ValueError", Message: "y", Stack: stack}, "y", []string{"ValueError: x"}},
		{stacktrace.Report{Stack: stack}, "x", nil},
	} {
		trace := stacktrace.ParseReport(test.report)
		if trace.Type != "ValueError" || trace.Message != test.message || len(trace.Frames) != 1 || trace.Frames[0].Source != "f()" {
			t.Errorf("ParseReport(%+v) = %+v", test.report, trace)
		}
		if diff := cmp.Diff(test.want, trace.Unparsed); diff != "" {
			t.Errorf("ParseReport(%+v).Unparsed: -want +got\n%s", test.report, diff)
		}
	}
}

// TestPythonString writes a traceback as Python does, but for the source.
func TestPythonString(t *testing.T) {
	const text = "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n  File \"a.py\", line 2, in f\n  [Previous line repeated 9 more times]\nRecursionError: too deep\n"
	trace := stacktrace.Parse(text)
	if trace.String() != text {
		t.Errorf("Parse(%q).String() = %q", text, trace)
	}
	trace = stacktrace.Parse(chrome)
	got, err := trace.Render(stacktrace.Python)
	const want = "Traceback (most recent call last):\n" +
		"  File \"https://shop.example/app.js\", line 40, in load\n" +
		"  File \"https://shop.example/cart.js\", line 8, in Cart\n" +
		"  File \"https://shop.example/cart.js\", line 12, in total\n" +
		"TypeError: Cannot read properties of undefined (reading 'price')\n"
	if err != nil || got != want {
		t.Errorf("Render = %q, %v, want %q", got, err, want)
	}
}

// pythonLaws are what holds for every text.
var pythonLaws = map[string]func(text string) error{
	"nothing invented": laws.Invented,
	"nothing lost":     laws.Lost,
	"round trip":       laws.RoundTrip,
	"neutral":          laws.Neutral,
	"one answer":       laws.OneAnswer,
}

// pythonTraces returns the tracebacks in testdata/traces, by their names.
func pythonTraces(t *testing.T) (names, texts []string) {
	t.Helper()
	for _, name := range cases(t, "testdata/traces", ".txt") {
		if !strings.HasPrefix(name, "python/") {
			continue
		}
		text, err := os.ReadFile("testdata/traces/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		names, texts = append(names, name), append(texts, string(text))
	}
	return names, texts
}

// TestPythonLaws checks the laws on every traceback, and that one without indentation says the same.
func TestPythonLaws(t *testing.T) {
	names, texts := pythonTraces(t)
	for i, text := range texts {
		for law, check := range pythonLaws {
			if err := check(text); err != nil {
				t.Errorf("%s: %s: %v\n%s", names[i], law, err, text)
			}
		}
		if strings.HasSuffix(names[i], "-message-like-traceback") {
			continue // the message's entry follows the call's source, as the next call's would
		}
		var flat strings.Builder
		for line := range strings.Lines(text) {
			flat.WriteString(strings.TrimLeft(line, " "))
		}
		trace := stacktrace.Parse(text)
		got := stacktrace.Parse(flat.String())
		if diff := cmp.Diff(spoken(treeOf(trace)), spoken(treeOf(got))); diff != "" {
			t.Errorf("%s: without indentation: -want +got\n%s", names[i], diff)
		}
	}
}

// TestPythonLawsMixed checks the laws on tracebacks in which lines are missing, doubled, taken from
// others, or indented otherwise, for which random bytes are hardly ever right.
func TestPythonLawsMixed(t *testing.T) {
	_, texts := pythonTraces(t)
	var pool []string
	for _, text := range texts {
		pool = append(pool, strings.Split(text, "\n")...)
	}
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	for range 1500 {
		var lines []string
		if random.IntN(3) == 0 {
			for range random.IntN(14) + 1 {
				lines = append(lines, pick(pool))
			}
		} else {
			lines = strings.Split(pick(texts), "\n")
		}
		for range random.IntN(5) {
			i := random.IntN(len(lines))
			switch random.IntN(5) {
			case 0:
				lines = append(slices.Delete(lines, i, i+1), "")
			case 1:
				lines[i] = pick(pool)
			case 2:
				lines = slices.Insert(lines, i, pick(pool))
			case 3:
				lines[i] = strings.TrimLeft(lines[i], " ")
			case 4:
				lines[i] = strings.Repeat(" ", random.IntN(5)) + lines[i]
			}
		}
		text := strings.Join(lines, "\n")
		for law, check := range pythonLaws {
			if err := check(text); err != nil {
				t.Fatalf("%s: %v\n%s", law, err, text)
			}
		}
	}
}

// spoken returns t without what holds indentation.
func spoken(t *tree) *tree {
	if t == nil {
		return nil
	}
	t.Unparsed = nil
	t.Message = strings.Join(strings.Fields(t.Message), " ")
	spoken(t.Cause)
	for _, e := range t.Errors {
		spoken(e)
	}
	return t
}
