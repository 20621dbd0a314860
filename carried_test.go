package stacktrace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace"
)

// carriedOutline writes an error as a line: its type, code, message, frames, and those of its cause and errors.
func carriedOutline(t *stacktrace.Trace) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s[%s] %s:", t.Type, t.Code, t.Message)
	for _, f := range t.Frames {
		fmt.Fprintf(&b, " %s %s:%d:%d", f.Func, f.File, f.Line, f.Col)
	}
	if t.Cause != nil {
		b.WriteString(" < " + carriedOutline(t.Cause))
	}
	for _, e := range t.Errors {
		b.WriteString(" & " + carriedOutline(e))
	}
	return b.String()
}

// TestParseTold reads objects that tell more of an error than its stack, and stacks that are lists of objects.
func TestParseTold(t *testing.T) {
	for _, test := range []struct{ what, text, wrapping, want string }{
		{"pino", `{"level":50,"err":{"type":"TypeError","message":"x","stack":"TypeError: x\n    at f (/a.js:1:2)","code":"E_DB"},"msg":"y"}`, "json", "TypeError[E_DB] x: f /a.js:1:2"},
		{"a cause", `{"err":{"stack":"DbError: outer\n    at f (/a.js:1:2)","code":7,"cause":{"message":"inner","stack":"Error: inner\n    at g (/b.js:3:4)"}}}`, "json", "DbError[7] outer: f /a.js:1:2 < Error[] inner: g /b.js:3:4"},
		{"a cause first", `{"err":{"cause":{"stack":"Error: inner\n    at g (/b.js:3:4)"},"stack":"DbError: outer\n    at f (/a.js:1:2)"}}`, "json", "DbError[] outer: f /a.js:1:2 < Error[] inner: g /b.js:3:4"},
		{"a cause without a stack", `{"stack":"DbError: outer\n    at f (/a.js:1:2)","cause":{"name":"Error","message":"inner"}}`, "json", "DbError[] outer: f /a.js:1:2 < Error[] inner:"},
		{"gathered errors", `{"err":{"stack":"AggregateError: all\n    at f (/a.js:1:2)","aggregateErrors":[{"stack":"Error: e1\n    at g (/b.js:3:4)"},{"type":"RangeError","message":"e2"}]}}`, "json", "AggregateError[] all: f /a.js:1:2 & Error[] e1: g /b.js:3:4 & RangeError[] e2:"},
		{"no header in the stack", `{"name":"TypeError","message":"x","stack":"    at f (/a.js:1:2)"}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"the name of a program", `{"name":"shop","msg":"x","stack":"    at f (/a.js:1:2)"}`, "json", "[] x: f /a.js:1:2"},
		{"a message that looks like a frame", `{"name":"Error","message":"x\n    at f (/a.js:1:2)","stack":"Error: x\n    at f (/a.js:1:2)\n    at g (/b.js:3:4)"}`, "json", "Error[] x\n    at f (/a.js:1:2): g /b.js:3:4"},
		{"Lambda", `{"errorType":"TypeError","errorMessage":"x","trace":["TypeError: x","    at f (/a.js:1:2)"]}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"GraphQL", `{"errors":[{"message":"x","extensions":{"code":"INTERNAL","exception":{"stacktrace":["TypeError: x","    at f (/a.js:1:2)"]}}}]}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"lines under any key", `{"lines":["TypeError: x","    at f (/a.js:1:2)"]}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"ECS with dots", `{"log.level":"error","error.type":"TypeError","error.message":"x","error.stack_trace":"    at f (/a.js:1:2)"}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"OpenTelemetry", `{"attributes":[{"key":"exception.type","value":{"stringValue":"TypeError"}},{"key":"exception.message","value":{"stringValue":"x"}},{"key":"exception.stacktrace","value":{"stringValue":"    at f (/a.js:1:2)"}}]}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"in a string of JSON", `{"log":"{\"name\":\"TypeError\",\"message\":\"x\",\"stack\":\"    at f (/a.js:1:2)\"}"}`, "json json", "TypeError[] x: f /a.js:1:2"},
		{"Ruby", `{"log"=>"TypeError: x\n    at f (/a.js:1:2)", "stream"=>"stderr"}`, "json", "TypeError[] x: f /a.js:1:2"},

		{"Sentry", `{"exception":{"values":[{"type":"TypeError","value":"x","stacktrace":{"frames":[{"filename":"/b.js","function":"?","lineno":3,"colno":4},{"filename":"/a.js","function":"f","lineno":1,"colno":2}]}}]}}`, "json", "TypeError[] x: f /a.js:1:2  /b.js:3:4"},
		{"Sentry, a chain", `{"exception":{"values":[{"type":"Error","value":"inner","stacktrace":{"frames":[{"filename":"/b.js","function":"g","lineno":3,"colno":4}]}},{"type":"TypeError","value":"x","stacktrace":{"frames":[{"filename":"/a.js","function":"f","lineno":1,"colno":2}]}}]}}`, "json", "TypeError[] x: f /a.js:1:2 < Error[] inner: g /b.js:3:4"},
		{"Faro", `{"exceptions":[{"type":"TypeError","value":"x","stacktrace":{"frames":[{"filename":"/a.js","function":"f","lineno":1,"colno":2},{"filename":"/b.js","function":"g","lineno":3,"colno":4}]}}]}`, "json", "TypeError[] x: f /a.js:1:2 g /b.js:3:4"},
		{"Bugsnag", `{"events":[{"exceptions":[{"errorClass":"TypeError","message":"x","stacktrace":[{"file":"/a.js","method":"f","lineNumber":1,"columnNumber":2},{"file":"/b.js","method":"g","lineNumber":3}]}]}]}`, "json", "TypeError[] x: f /a.js:1:2 g /b.js:3:0"},
		{"Rollbar", `{"body":{"trace":{"exception":{"class":"TypeError","message":"x"},"frames":[{"filename":"/b.js","method":"g","lineno":3,"colno":4},{"filename":"/a.js","method":"f","lineno":1,"colno":2}]}}}`, "json", "TypeError[] x: f /a.js:1:2 g /b.js:3:4"},
		{"Honeybadger", `{"error":{"class":"TypeError","message":"x","backtrace":[{"file":"/a.js","method":"f","number":1,"column":2}]}}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"Raygun", `{"Error":{"ClassName":"TypeError","Message":"x","StackTrace":[{"LineNumber":1,"ColumnNumber":2,"FileName":"/a.js","MethodName":"at "}]}}`, "json", "TypeError[] x:  /a.js:1:2"},
		{"Application Insights", `{"exceptions":[{"typeName":"TypeError","message":"x","parsedStack":[{"level":0,"method":"f","assembly":"at f (/a.js:1:2)","fileName":"/a.js","line":1}]}]}`, "json", "TypeError[] x: f /a.js:1:0"},
		{"tslog", `{"name":"TypeError","message":"x","stack":[{"fullFilePath":"/a.js:1:2","fileColumn":"2","fileLine":"1","method":"f"}]}`, "json", "TypeError[] x: f /a.js:1:2"},
		{"React Native", `{"message":"x","stack":[{"methodName":"f","file":"/a.js","lineNumber":1,"column":2}]}`, "json", "[] x: f /a.js:1:2"},
		{"the debugger's protocol", `{"stackTrace":{"callFrames":[{"functionName":"f","url":"/a.js","lineNumber":0,"columnNumber":1}]}}`, "json", "[] : f /a.js:1:2"},
		{"call sites alone", `[{"functionName":"f","fileName":"/a.js","lineNumber":1,"columnNumber":2}]`, "json", "[] : f /a.js:1:2"},

		{"objects on lines", "{\"message\":\"TypeError: x\",\"n\":1}\n{\"message\":\"    at f (/a.js:1:2)\",\"n\":2}\n{\"message\":\"    at g (/b.js:3:4)\",\"n\":3}", "json", "TypeError[] x: f /a.js:1:2 g /b.js:3:4"},
		{"the journal", "{\"_PID\":\"1\",\"MESSAGE\":\"TypeError: x\"}\n{\"_PID\":\"1\",\"MESSAGE\":\"    at f (/a.js:1:2)\"}", "json", "TypeError[] x: f /a.js:1:2"},
		{"rsyslog", "Nov 21 10:00:00 h app[1]: TypeError: x#012    at f (/a.js:1:2)#012    at g (/b.js:3:4)", "escaped", "TypeError[] x: f /a.js:1:2 g /b.js:3:4"},
		{"TAP", "not ok 1 - loads\n  ---\n  error: \"x\"\n  name: 'TypeError'\n  stack: |-\n    f (/a.js:1:2)\n    async T.g (/b.js:3:4)\n  ...\n", "yaml", "TypeError[] x: f /a.js:1:2 T.g /b.js:3:4"},
		{"YAML", "error:\n  stack: |\n    TypeError: x\n        at f (/a.js:1:2)\nother: 1\n", "yaml", "TypeError[] x: f /a.js:1:2"},
		{"a string in parts", "{\n  stack: 'TypeError: it\\'s x\\n' +\n    '    at f (/a.js:1:2)\\n' +\n    '    at g (/b.js:3:4)'\n}", "quoted", "TypeError[] it's x: f /a.js:1:2 g /b.js:3:4"},
	} {
		got := stacktrace.Parse(test.text)
		if diff := cmp.Diff(test.want, carriedOutline(got)); diff != "" {
			t.Errorf("%s: Parse(%q): -want +got\n%s", test.what, test.text, diff)
		}
		if wrapping := strings.Join(got.Wrapping, " "); wrapping != test.wrapping {
			t.Errorf("%s: Parse(%q) has the wrapping %q, want %q", test.what, test.text, wrapping, test.wrapping)
		}
	}
}

// TestParseReportMessage reads reports whose message holds the stack.
func TestParseReportMessage(t *testing.T) {
	for _, r := range []stacktrace.Report{
		{Message: "TypeError: x\n    at f (http://h/a.js:1:2)"},
		{Name: "TypeError", Message: "x\n    at f (http://h/a.js:1:2)"},
		{Name: "TypeError", Message: "TypeError: x\n    at f (http://h/a.js:1:2)", File: "http://h/b.js", Line: 3},
	} {
		if got, want := carriedOutline(stacktrace.ParseReport(r)), "TypeError[] x: f http://h/a.js:1:2"; got != want {
			t.Errorf("ParseReport(%+v) = %s, want %s", r, got, want)
		}
	}
}

// TestParseAllCarried reads texts with several errors within carriers.
func TestParseAllCarried(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{`{"events":[{"stack":"TypeError: x\n    at f (/a.js:1:2)"},{"stack":"RangeError: y\n    at g (/b.js:3:4)"}]}`, []string{"TypeError[] x: f /a.js:1:2", "RangeError[] y: g /b.js:3:4"}},
		{"{\"stack\":\"TypeError: x\\n    at f (/a.js:1:2)\"}\n{\"msg\":\"y\"}\n{\"stack\":\"RangeError: y\\n    at g (/b.js:3:4)\"}", []string{"TypeError[] x: f /a.js:1:2", "RangeError[] y: g /b.js:3:4"}},
		{`{"stack":"TypeError: x\n    at f (/a.js:1:2)","err":{"stack":"TypeError: x\n    at f (/a.js:1:2)"}}`, []string{"TypeError[] x: f /a.js:1:2"}},
		{`{"err":{"stack":"DbError: outer\n    at f (/a.js:1:2)","cause":{"stack":"Error: inner\n    at g (/b.js:3:4)"}}}`, []string{"DbError[] outer: f /a.js:1:2 < Error[] inner: g /b.js:3:4"}},
		{`{"exceptions":[{"type":"TypeError","value":"x","stacktrace":{"frames":[{"filename":"/a.js","function":"f","lineno":1,"colno":2}]}},{"type":"RangeError","value":"y","stacktrace":{"frames":[{"filename":"/b.js","function":"g","lineno":3,"colno":4}]}}]}`, []string{"TypeError[] x: f /a.js:1:2", "RangeError[] y: g /b.js:3:4"}},
		{"[1] TypeError: x\n[1]     at f (/a.js:1:2)\n[1] done\n[1] RangeError: y\n[1]     at g (/b.js:3:4)", []string{"TypeError[] x: f /a.js:1:2", "RangeError[] y: g /b.js:3:4"}},
		{"web | TypeError: x\nworker | RangeError: y\nweb |     at f (/a.js:1:2)\nworker |     at g (/b.js:3:4)", []string{"TypeError[] x: f /a.js:1:2", "RangeError[] y: g /b.js:3:4"}},
	} {
		var got []string
		for _, trace := range stacktrace.ParseAll(test.text) {
			if len(trace.Frames) > 0 {
				got = append(got, carriedOutline(trace))
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("ParseAll(%q): -want +got\n%s", test.text, diff)
		}
	}
}

// TestParseCopied reads what people have on their clipboards.
func TestParseCopied(t *testing.T) {
	const want = "TypeError[] x: f /a.js:1:2 g /b.js:3:4"
	lines := []string{"TypeError: x", "    at f (/a.js:1:2)", "    at g (/b.js:3:4)"}
	text := strings.Join(lines, "\n")
	each := func(before, behind string) string {
		return before + strings.Join(lines, behind+"\n"+before) + behind
	}
	for _, test := range []struct{ what, text string }{
		{"a fence", "I get this:\n```js\n" + text + "\n```\nthanks"},
		{"a quote", each("> ", "")},
		{"a quote in a quote", each("> > ", "")},
		{"a fence in a quote", "> ```\n" + each("> ", "") + "\n> ```"},
		{"quotes around it", `"` + text + `"`},
		{"backticks around it", "`" + text + "`"},
		{"a prompt", "user@host:~/app$ node a.js\n" + text + "\nuser@host:~/app$"},
		{"line numbers", "  9 | TypeError: x\n 10 |     at f (/a.js:1:2)\n 11 |     at g (/b.js:3:4)"},
		{"a box", "┌───┐\n│ TypeError: x           │\n│     at f (/a.js:1:2)   │\n│     at g (/b.js:3:4)   │\n└───┘"},
		{"visible escapes", lines[0] + "\n←[90m" + lines[1] + "←[39m\n←[90m" + lines[2] + "←[39m"},
		{"pictures of escapes", lines[0] + "\n␛[90m" + lines[1] + "␛[39m\n␛[90m" + lines[2] + "␛[39m"},
		{"carets for escapes", lines[0] + "\n^[[90m" + lines[1] + "^[[39m\n^[[90m" + lines[2] + "^[[39m"},
		{"lost escapes", "[31mTypeError: x[39m\n    at f [90m(/a.js:1:2)[39m\n    at g [90m(/[4mb[24m.js:3:4)[39m"},
		{"escaped escapes", lines[0] + "\n\\u001b[90m" + lines[1] + "\\u001b[39m\n\\x1b[90m" + lines[2] + "\\x1b[39m"},
		{"no-break spaces", strings.ReplaceAll(text, "    ", "\u00a0\u00a0\u00a0\u00a0")},
		{"two frames on a line", lines[0] + "\n" + lines[1] + "      " + strings.TrimSpace(lines[2])},
		{"two frames with a comma between", lines[0] + "\n" + lines[1] + ", " + strings.TrimSpace(lines[2])},
		{"a frame behind the header", lines[0] + lines[1] + "\n" + lines[2]},
		{"quotation marks around it", "“" + text + "”"},
		{"a quote of a log", `error: "` + text + `"`},
		{"a table", each("| ", " |")},
		{"a place on the next line", lines[0] + "\n    at f\n  (/a.js:1:2)\n    at g\n  (/b.js:3:4)"},
	} {
		if got := carriedOutline(stacktrace.Parse(test.text)); strings.ReplaceAll(got, "\n", "") != want {
			t.Errorf("%s: Parse(%q) = %s, want %s", test.what, test.text, got, want)
		}
	}
	const long = "    at EventEmitter.emit (/srv/node_modules/a-plugin/lib/rules/object.js:14:21)\n    at Traverser.enter (/srv/node_modules/a-linter/lib/traverser.js:929:36)"
	for width := 50; width < 72; width++ {
		var cut strings.Builder
		for line := range strings.SplitSeq("TypeError: x\n"+long, "\n") {
			for len(line) > width {
				cut.WriteString(line[:width] + "\n")
				line = line[width:]
			}
			cut.WriteString(line + "\n")
		}
		const want = "TypeError[] x: EventEmitter.emit /srv/node_modules/a-plugin/lib/rules/object.js:14:21 Traverser.enter /srv/node_modules/a-linter/lib/traverser.js:929:36"
		if got := carriedOutline(stacktrace.Parse(cut.String())); got != want {
			t.Errorf("Parse(%q) = %s, want %s", cut.String(), got, want)
		}
	}
}
