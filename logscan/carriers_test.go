package logscan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// TestCarriers puts one trace of three lines into each thing that carries logs, between other lines, and
// checks what is told of it beside its frames. A line of a carrier that has one trace in a string is
// given with % for the string; a prefix is that of each line, or of the first alone if the others have
// none.
func TestCarriers(t *testing.T) {
	const trace = "TypeError: x is not a function\n    at load (/app/cart.js:8:17)\n    at main (/app/main.js:3:1)\n"
	at := time.Date(2026, 11, 21, 10, 0, 7, 0, time.UTC)
	ms := at.Add(123 * time.Millisecond)
	none := time.Time{}
	escaped := strings.NewReplacer("\n", `\n`, `"`, `\"`).Replace(trace)
	each := func(prefix string) string {
		return prefix + strings.ReplaceAll(strings.TrimSuffix(trace, "\n"), "\n", "\n"+prefix) + "\n"
	}
	for _, test := range []struct {
		name   string
		before string // a line that is of no trace
		log    string
		time   time.Time
		prefix string
		stream string
	}{
		{"bare", "start", trace, none, "", ""},
		{"ISO", "2026-11-21 10:00:06,123 INFO start", "2026-11-21 10:00:07,123 ERROR " + trace, ms, "2026-11-21 10:00:07,123 ERROR ", ""},
		{"RFC 3339", "2026-11-21T11:00:06+01:00 INFO start", "2026-11-21T11:00:07.123+01:00 ERROR " + trace, ms, "2026-11-21T11:00:07.123+01:00 ERROR ", ""},
		{"RFC 3339, each line", "2026-11-21T10:00:06Z start", each("2026-11-21T10:00:07Z "), at, "2026-11-21T10:00:07Z ", ""},
		{"epoch", "1795255206 start", "1795255207 " + trace, at, "1795255207 ", ""},
		{"epoch with a fraction", "1795255206.5 INFO start", "1795255207.123 ERROR " + trace, ms, "1795255207.123 ERROR ", ""},
		{"epoch in milliseconds", "[1795255206000] start", "[1795255207123] " + trace, ms, "[1795255207123] ", ""},
		{"syslog, RFC 3164", "<13>Nov 21 10:00:06 web shop[7]: start", each("<11>Nov 21 10:00:07 web shop[7]: "), at, "<11>Nov 21 10:00:07 web shop[7]: ", "shop[7]"},
		{"syslog, RFC 5424", "<14>1 2026-11-21T10:00:06Z web shop 7 - - start", each("<11>1 2026-11-21T10:00:07.123Z web shop 7 ID47 - "), ms, "<11>1 2026-11-21T10:00:07.123Z web shop 7 ID47 - ", "web/shop[7]"},
		{"syslog, RFC 5424, with data", "<14>1 2026-11-21T10:00:06Z web shop 7 - - start", each(`<11>1 2026-11-21T10:00:07.123Z web shop 7 ID47 [a@1 b="c]\"" d="e"][f@2] `), ms, `<11>1 2026-11-21T10:00:07.123Z web shop 7 ID47 [a@1 b="c]\"" d="e"][f@2] `, "web/shop[7]"},
		{"log4j", "2026-11-21 10:00:06,123 INFO  [main] com.shop.Main - start", "2026-11-21 10:00:07,123 ERROR [main] com.shop.Main - " + trace, ms, "2026-11-21 10:00:07,123 ERROR [main] com.shop.Main - ", "main"},
		{"Apache", "[Sat Nov 21 10:00:06.123456 2026] [cgi:notice] [pid 7:tid 8] start", each("[Sat Nov 21 10:00:07.123000 2026] [cgi:error] [pid 7:tid 8] "), ms, "[Sat Nov 21 10:00:07.123000 2026] [cgi:error] [pid 7:tid 8] ", "cgi:error pid 7:tid 8"},
		{"nginx", "2026/11/21 10:00:06 [notice] 12#12: start", "2026/11/21 10:00:07 [error] 12#12: *1 js: " + trace, at, "2026/11/21 10:00:07 [error] 12#12: *1 ", "12#12 *1"},
		{"docker compose", "shop-1  | start", each("shop-1  | "), none, "shop-1  | ", "shop-1"},
		{"kubectl logs --prefix", "[pod/shop-7d9f/shop] start", each("[pod/shop-7d9f/shop] "), none, "[pod/shop-7d9f/shop] ", "pod/shop-7d9f/shop"},
		{"CRI", "2026-11-21T10:00:06.123456789Z stdout F start", each("2026-11-21T10:00:07.123000000Z stderr F "), ms, "2026-11-21T10:00:07.123000000Z stderr F ", "stderr"},
		{"systemd, short", "Nov 21 10:00:06 web node[7]: start", each("Nov 21 10:00:07 web node[7]: "), at, "Nov 21 10:00:07 web node[7]: ", "node[7]"},
		{"Heroku", "2026-11-21T10:00:06.123456+00:00 heroku[web.1]: start", each("2026-11-21T10:00:07.123000+00:00 app[web.1]: "), ms, "2026-11-21T10:00:07.123000+00:00 app[web.1]: ", "app[web.1]"},
		{"CloudWatch", "START RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd", "2026-11-21T10:00:07.123Z\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tERROR\t" + trace, ms, "2026-11-21T10:00:07.123Z\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tERROR\t", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"},
		{"pm2", "0|shop  | start", each("0|shop  | "), none, "0|shop  | ", "0|shop"},
		{"colours", "\x1b[36mshop-1  |\x1b[0m start", each("\x1b[36mshop-1  |\x1b[0m "), none, "\x1b[36mshop-1  |\x1b[0m ", "shop-1"},
		{"CRLF", "start\r", strings.ReplaceAll(trace, "\n", "\r\n"), none, "", ""},
		{"escaped", "INFO start", `ERROR ` + escaped + "\n", none, "", ""},
		{"CSV", "id,error", "1,\"" + strings.TrimSuffix(trace, "\n") + "\"\n", none, "", ""},
		{"CSV, in the middle", "id,error,where", "1,\"" + strings.TrimSuffix(trace, "\n") + "\",web\n", none, "", ""},

		{"journal's export, several lines", "_COMM=node\n\n__REALTIME_TIMESTAMP=1795255207123456\nMESSAGE", "]\x00\x00\x00\x00\x00\x00\x00" + trace, at.Add(123456 * time.Microsecond), "]\x00\x00\x00\x00\x00\x00\x00", ""},
		{"docker service logs", "shop_web.1.abc123@node1    | start", each("shop_web.1.abc123@node1    | "), none, "shop_web.1.abc123@node1    | ", "shop_web.1.abc123@node1"},
		{"foreman", "10:00:06 web.1  | start", each("10:00:07 web.1  | "), none, "10:00:07 web.1  | ", "web.1"},
		{"Loki", `2026-11-21T10:00:06Z {app="shop", pod="shop-7d9f"} start`, each(`2026-11-21T10:00:07Z {app="shop", pod="shop-7d9f"} `), at, `2026-11-21T10:00:07Z {app="shop", pod="shop-7d9f"} `, `app="shop", pod="shop-7d9f"`},
		{"a request", "2026-11-21T10:00:06Z INFO reqId=6-a start", "2026-11-21T10:00:07Z ERROR reqId=7-b " + trace, at, "2026-11-21T10:00:07Z ERROR reqId=7-b ", "reqId=7-b"},
		{"npm", "npm ERR! code 1", each("npm ERR! "), none, "npm ERR! ", "npm"},
		{"a clock of twelve hours", "10:00:06 AM [vite] start", "10:00:07 AM [vite] " + trace, none, "10:00:07 AM [vite] ", "vite"},
		{"a symbol", " ✓ Ready in 123ms", " ⨯ " + trace, none, "", ""},
		{"a list of lines", "  ]\n}\n{\n  \"stack\": [", "    \"" + strings.ReplaceAll(strings.TrimSuffix(trace, "\n"), "\n", "\",\n    \"") + "\"\n", none, "    \"", ""},
		{"Lambda's errors", "START RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd", "2026-11-21T10:00:07.123Z\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tERROR\tInvoke Error \t{\"errorType\":\"TypeError\",\"errorMessage\":\"x is not a function\",\"stack\":[\"" + strings.ReplaceAll(strings.TrimSuffix(trace, "\n"), "\n", "\",\"") + "\"]}", ms, "2026-11-21T10:00:07.123Z\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tERROR\t", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"},

		{"Docker's JSON", `{"log":"start\n","stream":"stdout","time":"2026-11-21T10:00:06Z"}`, func() string {
			var b strings.Builder
			for line := range strings.Lines(trace) {
				b.WriteString(`{"log":"` + strings.TrimSuffix(line, "\n") + `\n","stream":"stderr","time":"2026-11-21T10:00:07.123Z"}` + "\n")
			}
			return b.String()
		}(), ms, "", "stderr"},
		{"a collector of Docker's JSON", `{"container_name":"/shop","source":"stdout","log":"start\\n"}`, func() string {
			var b strings.Builder
			for line := range strings.Lines(trace) {
				b.WriteString(`{"container_name":"/shop","source":"stderr","log":"` + strings.TrimSuffix(line, "\n") + `\n"}` + "\n")
			}
			return b.String()
		}(), none, "", "shop/stderr"},
		{"pino", `{"level":30,"time":1795255206123,"pid":7,"hostname":"web","msg":"start"}`, `{"level":50,"time":1795255207123,"pid":7,"hostname":"web","err":{"type":"TypeError","message":"x is not a function","stack":"%"},"msg":"x is not a function"}`, ms, "", ""},
		{"bunyan", `{"name":"shop","level":30,"msg":"start","time":"2026-11-21T10:00:06Z","v":0}`, `{"name":"shop","hostname":"web","pid":7,"level":50,"err":{"message":"x is not a function","name":"TypeError","stack":"%"},"msg":"x is not a function","time":"2026-11-21T10:00:07.123Z","v":0}`, ms, "", ""},
		{"winston", `{"level":"info","message":"start","timestamp":"2026-11-21T10:00:06Z"}`, `{"level":"error","message":"x is not a function","stack":"%","timestamp":"2026-11-21T10:00:07.123Z"}`, ms, "", ""},
		{"ECS", `{"@timestamp":"2026-11-21T10:00:06Z","log.level":"info","message":"start","ecs.version":"8.10.0"}`, `{"@timestamp":"2026-11-21T10:00:07.123Z","log.level":"error","message":"it broke","ecs.version":"8.10.0","error":{"type":"TypeError","message":"x is not a function","stack_trace":"%"}}`, ms, "", ""},
		{"GELF", `{"version":"1.1","host":"web","short_message":"start","timestamp":1795255206}`, `{"version":"1.1","host":"web","short_message":"x is not a function","full_message":"%","timestamp":1795255207.123,"level":3}`, ms, "", ""},
		{"Google Cloud", `{"severity":"INFO","textPayload":"start","timestamp":"2026-11-21T10:00:06Z"}`, `{"insertId":"42","jsonPayload":{"message":"%","serviceContext":{"service":"shop"}},"resource":{"type":"k8s_container"},"severity":"ERROR","timestamp":"2026-11-21T10:00:07.123Z"}`, ms, "", ""},
		{"OpenTelemetry", `{"resourceLogs":[]}`, `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"1795255207123000000","severityText":"ERROR","body":{"stringValue":"x is not a function"},"attributes":[{"key":"exception.type","value":{"stringValue":"TypeError"}},{"key":"exception.stacktrace","value":{"stringValue":"%"}}]}]}]}]}`, ms, "", ""},
		{"Sentry", `{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","sent_at":"2026-11-21T10:00:08.000Z","dsn":"https://e12d836b15bb49d7@sentry.io/42"}` + "\n" + `{"type":"event","length":412}`, `{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","timestamp":1795255207.123,"platform":"javascript","exception":{"values":[{"type":"TypeError","value":"x is not a function","stacktrace":{"frames":[{"filename":"/app/main.js","function":"main","lineno":3,"colno":1},{"filename":"/app/cart.js","function":"load","lineno":8,"colno":17}]}}]},"breadcrumbs":[{"timestamp":1795255201.5,"category":"console","message":"start at http://localhost:3000/"}],"extra":{"__serialized__":{"name":"TypeError","message":"x is not a function","stack":"%"}}}`, ms, "", ""},
		{"logfmt", `time=2026-11-21T10:00:06Z level=info msg=start`, `time=2026-11-21T10:00:07.123Z level=error msg="it broke" stack="%" pid=7`, ms, "", ""},
		{"a string at any depth", `{"a":[]}`, `{"a":[{"b":{"c":[1,{"d":"%"}]}}]}`, none, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			log := test.before + "\n" + strings.Replace(test.log, "%", escaped, 1)
			log = strings.TrimSuffix(log, "\n") + "\n" + test.before + "\n"
			all := checkLaws(t, []byte(log), logscan.Options{Year: 2026}, 1).Found
			if len(all) != 1 {
				t.Fatalf("%d traces, want 1, in\n%s", len(all), log)
			}
			f := all[0]
			got, want := log[f.Start:f.End], strings.TrimSuffix(log[len(test.before)+1:], test.before+"\n")
			if got != want {
				t.Errorf("found %q, want %q", got, want)
			}
			if !f.Time.Equal(test.time) || f.Prefix != test.prefix || f.Stream != test.stream {
				t.Errorf("time %v, prefix %q, stream %q, want %v, %q, %q", f.Time, f.Prefix, f.Stream, test.time, test.prefix, test.stream)
			}
			var names []string
			for _, frame := range f.Trace.Frames {
				names = append(names, frame.Func+" "+frame.File)
			}
			if diff := cmp.Diff([]string{"load /app/cart.js", "main /app/main.js"}, names); diff != "" {
				t.Errorf("frames (-want +got):\n%s", diff)
			}
			if !strings.HasSuffix(f.Trace.Type, "TypeError") && !strings.Contains(f.Trace.Message, "TypeError: x is not a function") {
				t.Errorf("type %q, message %q", f.Trace.Type, f.Trace.Message)
			}
		})
	}
}
