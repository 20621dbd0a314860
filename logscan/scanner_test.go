package logscan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// brief writes what was found in a few words: the error, the functions, the lines it took.
func brief(input string, f logscan.Found) string {
	names := make([]string, len(f.Trace.Frames))
	for i, frame := range f.Trace.Frames {
		names[i] = frame.Func
	}
	from, to := strings.Count(input[:f.Start], "\n"), strings.Count(input[:f.End], "\n")
	return strings.TrimRight(fmt.Sprintf("%s: %s [%s] %d-%d %s", f.Trace.Type, f.Trace.Message, strings.Join(names, " "), from, to, f.Stream), " ")
}

func TestScan(t *testing.T) {
	for _, test := range []struct {
		name  string
		input string
		want  []string
	}{
		{"bare", "start\nError: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\nend\n", []string{"Error: x [f g] 1-4"}},
		{"no name", "start\nit broke\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\nend\n", []string{":  [f g] 2-4"}},
		{"a name of its own", "start\nNotFound: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\nend\n", []string{"NotFound: x [f g] 1-4"}},
		{"two in a row", "Error: x\n    at f (/a.js:1:2)\nTypeError: y\n    at g (/a.js:3:4)\n", []string{"Error: x [f] 0-2", "TypeError: y [g] 2-4"}},
		{"several lines", "start\nError: x\ny\n\nz\n    at f (/a.js:1:2)\nend\n", []string{"Error: x\ny\n\nz [f] 1-6"}},
		{"excerpt", "start\n/a.js:4\n  throw e;\n  ^\n\nError: x\n    at f (/a.js:1:2)\n\nNode.js v24.1.0\n", []string{"Error: x [f] 1-7"}},
		{"excerpt, a name of its own", "start\n/a.js:4\n  throw e;\n  ^\n\nTooFew: x\nand y\n    at f (/a.js:1:2)\n\nNode.js v24.1.0\n", []string{"TooFew: x\nand y [f] 1-8"}},
		{"Bun, with properties", "start\n1 | a\n2 | b\n    ^\nTooFew: x\n  left: 2,\n\n      at f (/a.ts:2:5)\n\nend\n", []string{"TooFew: x [f] 1-8"}},
		{"Bun, a cause", "start\n1 | a\n    ^\nerror: x\n      at f (/a.ts:1:5)\n\n1 | b\n    ^\nerror: y\n code: \"X\"\n\n      at g (/b.ts:1:5)\n\nend\n", []string{": x [f] 1-12"}},
		{"Bun, a cause without frames", "start\n1 | a\n    ^\nerror: x\n      at f (/a.ts:1:5)\n\n1 | b\n    ^\nerror: y\n\nend\nend\n", []string{": x [f] 1-9"}},
		{"Bun, several errors", "1 | a\n    ^\nerror: x\n      at f (/a.ts:1:5)\n1 | b\n    ^\nerror: y\n      at g (/b.ts:1:5)\n\nend\n", []string{": x [f] 0-4", ": y [g] 4-8"}},
		{"properties", "Error: x\n    at f (/a.js:1:2) {\n  code: 'X',\n  [cause]: Error: y\n      at g (/b.js:1:2)\n}\nend\n", []string{"Error: x [f] 0-6"}},
		{"record", "2026-11-21T10:00:00.123Z ERROR [main] it broke: Error: x\n    at f (/a.js:1:2)\n2026-11-21T10:00:01.123Z INFO fine\n", []string{"Error: x [f] 0-2 main"}},
		{"each line", "2026-11-21 10:00:00,123 ERROR Error: x\n2026-11-21 10:00:00,124 ERROR     at f (/a.js:1:2)\n2026-11-21 10:00:00,125 ERROR     at g (/a.js:1:2)\n2026-11-21 10:00:01,123 INFO fine\n", []string{"Error: x [f g] 0-3"}},
		{"compose", "a-1  | Error: x\nb-1  | Error: y\na-1  |     at f (/a.js:1:2)\nb-1  |     at h (/b.js:1:2)\nb-1  | fine\na-1  |     at g (/a.js:3:4)\na-1  | fine\n", []string{"Error: y [h] 1-4 b-1", "Error: x [f g] 0-6 a-1"}},
		{"compose, JSC", "a-1  | TypeError: x\nb-1  | fine\na-1  | f@http://h/a.js:1:2\na-1  | global code@http://h/a.js:3:4\na-1  | fine\n", []string{"TypeError: x [f global code] 0-4 a-1"}},
		{"CRI", "2026-11-21T10:00:00.123456789Z stderr F Error: x\n2026-11-21T10:00:00.123456789Z stdout F fine\n2026-11-21T10:00:00.123456789Z stderr P     at f (/a.js\n2026-11-21T10:00:00.123456789Z stderr F :1:2)\n2026-11-21T10:00:00.123456789Z stderr F     at g (/a.js:3:4)\n", []string{"Error: x [f g] 0-5 stderr"}},
		{"Docker", `{"log":"Error: x\n","stream":"stderr","time":"2026-11-21T10:00:00.1Z"}` + "\n" + `{"log":"    at f (/a.js:1:2)\n","stream":"stderr","time":"2026-11-21T10:00:00.1Z"}` + "\n", []string{"Error: x [f] 0-2 stderr"}},
		{"journal", "Nov 21 10:00:00 host node[12]: Error: x\nNov 21 10:00:00 host node[13]: fine\nNov 21 10:00:00 host node[12]:     at f (/a.js:1:2)\n", []string{"Error: x [f] 0-3 node[12]"}},
		{"syslog 5424", "<11>1 2026-11-21T10:00:00.003Z host app 123 - - Error: x\n<11>1 2026-11-21T10:00:00.003Z host app 123 - -     at f (/a.js:1:2)\n", []string{"Error: x [f] 0-2 host/app[123]"}},
		{"Heroku", "2026-11-21T10:00:00.123456+00:00 app[web.1]: Error: x\n2026-11-21T10:00:00.123456+00:00 app[web.1]:     at f (/a.js:1:2)\n", []string{"Error: x [f] 0-2 app[web.1]"}},
		{"kubectl", "[pod/app-7d9f/app] Error: x\n[pod/app-7d9f/app]     at f (/a.js:1:2)\n", []string{"Error: x [f] 0-2 pod/app-7d9f/app"}},
		{"pm2", "0|app  | Error: x\n0|app  |     at f (/a.js:1:2)\n1|app  | fine\n0|app  |     at g (/a.js:3:4)\n", []string{"Error: x [f g] 0-4 0|app"}},
		{"CloudWatch", "2026-11-21T10:00:00.123Z\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tERROR\tError: x\n    at f (/a.js:1:2)\nEND RequestId: 8476a536\n", []string{"Error: x [f] 0-2 8476a536-e9f4-11e8-9739-2dfe598c3fcd"}},
		{"log4js", "[2026-11-21T10:00:00.123] [ERROR] default - Error: x\n    at f (/a.js:1:2)\n[2026-11-21T10:00:00.123] [INFO] default - fine\n", []string{"Error: x [f] 0-2"}},
		{"nginx", "2026/11/21 10:00:00 [error] 12#12: *1 js: Error: x\n    at f (/a.js:1:2)\n", []string{"Error: x [f] 0-2 12#12 *1"}},
		{"Apache", "[Sat Nov 21 10:00:00.123456 2026] [cgi:error] [pid 1:tid 2] Error: x\n[Sat Nov 21 10:00:00.123456 2026] [cgi:error] [pid 1:tid 2]     at f (/a.js:1:2)\n", []string{"Error: x [f] 0-2 cgi:error pid 1:tid 2"}},
		{"pino", `{"level":50,"time":1763719200123,"pid":1,"err":{"type":"Error","message":"x","stack":"Error: x\n    at f (/a.js:1:2)"},"msg":"x"}` + "\n", []string{"Error: x [f] 0-1"}},
		{"logfmt", `time=2026-11-21T10:00:00Z level=error msg="it broke" stack="Error: x\n    at f (/a.js:1:2)"` + "\n", []string{"Error: x [f] 0-1"}},
		{"bunyan", `{"name":"shop","pid":7,"level":50,"err":{"message":"x","name":"Error","stack":"Error: x\n    at f (/a.js:1:2)"},"msg":"x","time":"2026-11-21T10:00:00.123Z","v":0}` + "\n", []string{"Error: x [f] 0-1"}},
		{"ECS", `{"@timestamp":"2026-11-21T10:00:00.123Z","log.level":"error","error":{"type":"Error","stack_trace":"Error: x\n    at f (/a.js:1:2)"}}` + "\n", []string{"Error: x [f] 0-1"}},
		{"GELF", `{"version":"1.1","host":"web","short_message":"x","full_message":"Error: x\n    at f (/a.js:1:2)","timestamp":1763719200.123}` + "\n", []string{"Error: x [f] 0-1"}},
		{"OpenTelemetry", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1763719200123000000","body":{"stringValue":"x"},"attributes":[{"key":"exception.stacktrace","value":{"stringValue":"Error: x\n    at f (/a.js:1:2)"}}]}]}]}]}` + "\n", []string{"Error: x [f] 0-1"}},
		{"a list of lines", `{"stack":["Error: x","    at f (/a.js:1:2)","    at g (/a.js:3:4)"],"text":"\n"}` + "\n", []string{"Error: x [f g] 0-1"}},
		{"JSON in Docker's", `{"log":"{\"level\":50,\"err\":{\"stack\":\"Error: x\\n    at f (/a.js:1:2)\"}}\n","stream":"stdout","time":"2026-11-21T10:00:00.1Z"}` + "\n", []string{"Error: x [f] 0-1 stdout"}},
		{"JSON of several lines", "{\n  \"level\": 50,\n  \"stack\": \"Error: x\\n    at f (/a.js:1:2)\"\n}\n", []string{"Error: x [f] 2-3"}},
		{"escaped", `ERROR it broke: Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)` + "\n", []string{"Error: x [f g] 0-1"}},
		{"journal's export", "__REALTIME_TIMESTAMP=1763719200123456\n_PID=7\nMESSAGE=Error: x\n_PID=7\n\n_PID=7\nMESSAGE=    at f (/a.js:1:2)\n_PID=7\n", []string{"Error: x [f] 2-7 journal"}},
		{"request ids", "2026-11-21T10:00:00Z [r1] ERROR Error: x\n2026-11-21T10:00:00Z [r2] INFO fine\n2026-11-21T10:00:00Z [r1] ERROR     at f (/a.js:1:2)\n2026-11-21T10:00:00Z [r2] ERROR Error: y\n2026-11-21T10:00:00Z [r1] ERROR     at g (/a.js:3:4)\n2026-11-21T10:00:00Z [r2] ERROR     at h (/b.js:1:2)\n", []string{"Error: x [f g] 0-5 r1", "Error: y [h] 3-6 r2"}},
		{"epoch", "1763719200.123 ERROR Error: x\n    at f (/a.js:1:2)\n", []string{"Error: x [f] 0-2"}},
		{"a cause", "Error: x\n    at f (/a.js:1:2)\nCaused by: Error: y\n    at g (/b.js:1:2)\nend\n", []string{"Error: x [f] 0-4"}},
		{"a chain of Python's", "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    x()\nValueError: y\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"a.py\", line 5, in g\n    f()\nKeyError: z\nend\n", []string{"KeyError: z [g] 0-11"}},
		{"colours", "\x1b[32mapp-1  |\x1b[0m \x1b[31mError: x\x1b[39m\n\x1b[32mapp-1  |\x1b[0m     at f (\x1b[4m/a.js:1:2\x1b[24m)\n", []string{"Error: x [f] 0-2 app-1"}},
		{"CSV", "1,\"Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\",fine\n2,fine,\n", []string{"Error: x [f g] 0-3"}},
		{"Python", "start\nTraceback (most recent call last):\n  File \"a.py\", line 3, in f\n    x()\nValueError: y\nend\n", []string{"ValueError: y [f] 1-5"}},
		{"Rust", "thread 'main' panicked at src/main.rs:2:5:\nx\nstack backtrace:\n   0: std::panicking::begin_panic\n             at /rustc/abc/library/std/src/panicking.rs:475:5\n   1: main::main\n             at ./src/main.rs:2:5\n", nil},
		{"Java", "java.lang.IllegalStateException: x\n\tat com.foo.Bar.baz(Bar.java:12)\n\tat com.foo.Bar.main(Bar.java:3)\n", nil},
		{"prose", "we met\nat host:80:12\nand user@host:80:12 was there\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range checkLaws(t, []byte(test.input), logscan.Options{}, 1).Found {
				got = append(got, brief(test.input, f))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
