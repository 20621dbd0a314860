package logscan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// shapes are prefixes that programs put before each line of others, most of which nobody could list. "%" is
// a digit that changes from line to line.
var shapes = []struct {
	name, prefix string
}{
	{"BuildKit", "#9 1.23% "},
	{"git", "remote:        "},
	{"Bamboo", "build\t10-Jan-2019 14:17:2%\t[ERROR] "},
	{"Azure container apps", "2024-05-01T10:00:0%.123Z 01E "},
	{"GitHub, downloaded", "test\tRun npm test\t2024-05-01T10:00:00.12345%Z "},
	{"GitHub, raw", "2024-05-01T10:00:00.12345%Z "},
	{"Turborepo", "api:dev: "},
	{"pnpm", "apps/api dev: "},
	{"Yarn", "➤ YN0000: [api]: "},
	{"Yarn, with a path", "➤ YN0009: │ core-js@npm:2.6.5 STDERR "},
	{"npmlog", "ERR! shop "},
	{"npm's debug log", "10 verbose stack "},
	{"npm error", "npm error "},
	{"fly.io", "2024-05-01T10:00:0%Z app[148e123a456789] iad [info] "},
	{"Papertrail", "Nov 29 10:11:1% shop app/web.1: "},
	{"deep indentation", ">      "},
	{"Passenger", "App 1234 output: "},
	{"Passenger, with a time", "[ N 2024-05-01 10:00:00.123% 1234/T4 age/Cor/SecurityUpdateChecker.h:519 ]: "},
	{"logcat, threadtime", "05-01 10:00:00.12%  8593  8620 E ReactNativeJS: "},
	{"logcat, brief", "E/ReactNativeJS( 8593): "},
	{"logcat, time", "05-01 10:00:00.12% E/ReactNativeJS( 8593): "},
	{"Meteor, standard error", "W20240501-10:00:00.12%(0)? (STDERR) "},
	{"Meteor", "I20170609-12:03:05.13%(2)? "},
	{"Node-RED", "[error] [function:x] "},
	{"kail", "default/shop-7d9f[app]: "},
	{"syslog in French", "avril 14 22:07:1% box pnpm[1]: "},
	{"syslog in German", "Mär 14 22:07:1% box pnpm[1]: "},
	{"journalctl, short-full", "Thu 2026-11-26 10:11:1% UTC host unit[1]: "},
	{"journalctl, short-iso", "2026-11-26T10:11:1%+0000 host node[1]: "},
	{"journalctl, short-monotonic", "[ 1234.56789%] host node[1]: "},
	{"stern", "shop-7d9f app "},
	{"pm2, with a time", "0|app  | 2026-11-29 10:11:1%: "},
	{"pm2, without a name", "2026-11-29T10:11:1%: "},
	{"web servers of a test", "[17:15:00.66% web 741] "},
	{"lerna", "pkg: "},
	{"a scope", "@shop/api: "},
	{"a name", "app: "},
	{"a stream", "stderr: "},
	{"a stream in brackets", "[stderr] "},
	{"a level", "INFO "},
	{"a level in brackets", "[ERROR] "},
	{"Azure pipelines", "##[error]"},
	{"a quotation", "> "},
	{"a box", "│ "},
	{"a bar", "| "},
	{"Cypress", "  [server] "},
	{"Jenkins", "[2026-11-29T10:11:1%.123Z] "},
	{"Jenkins' parallel", "[unit tests] "},
	{"Ansible", "stdout | "},
	{"Docker without compose", "web_1    | "},
	{"grep -n", "12%:"},
	{"grep", "logs/app.log:"},
	{"grep -rn", "logs/app.log:12%:"},
	{"cat -n", "   12%\t"},
	{"AWS", "2026-11-29T10:11:12.123000+00:00 ecs/app/148e123a456789abcdef "},
	{"aws logs tail", "2026-11-29T10:11:12.123000+00:00 2026/11/29/[$LATEST]148e123a456789abcdef "},
	{"heroku", "2026-11-29T10:11:12.12345%+00:00 app[web.1]: "},
	{"Android Studio", "2024-05-01 10:00:00.123  8593-8620  ReactNativeJS   com.shop   E  "},
	{"Xcode", "2024-05-01 10:00:00.123456+0200 shop[123:4567] [javascript] "},
	{"Chromium", "[4012:4012:1129/101112.45678%:ERROR:console.cc(3)] "},
	{"klog", "E0501 10:00:00.12345%       1 logger.go:42] "},
	{"kubectl, of a job", "[pod/shop-7d9f/app] "},
	{"Bazel", "(10:00:0%) ERROR: "},
	{"request ids", "[148e123a456789abcdef] "},
	{"nested", "web-1  | [api] "},
	{"Python's logging", "ERROR:root:"},
	{"columns", "2026-11-29 10:11:1% | ERROR | 2127 | shop.api | "},
	{"columns of CSV", "\"2026-11-29\",\"10:11:1%\", "},
	{"braces", "{shop} "},
	{"NestJS", "[Nest] 1234  - 11/29/2026, 10:11:1% AM   ERROR [ExceptionsHandler] "},
	{"GitLab", "2026-11-29T10:11:12.12345%Z 01O "},
	{"TeamCity", "[10:11:1%]W:\t [Step 1/1] "},
	{"TAI64N", "@40000000656%a1b2c3d4e5f6 "},
	{"svlogd", "2026-11-29_10:11:12.1234% "},
	{"an address", "10.0.0.7:51234 "},
	{"a symbol", "✖ "},
	{"log4j, each line", "10:00:0%,123 |-ERROR in node - "},
}

// TestShapes puts a trace of V8 and one of Firefox behind each prefix, with lines before and behind that have
// it too.
func TestShapes(t *testing.T) {
	traces := map[string]string{
		"v8":           "TypeError: x is not a function\n    at load (/app/cart.js:8:17)\n    at async main (/app/main.js:3:1)\n    at node:internal/main:28:49",
		"one frame":    "TypeError: x is not a function\n    at load (/app/cart.js:8:17)",
		"two lines":    "Error: upstream said\n  \"not now\"\n\nretry later\n    at load (/app/cart.js:8:17)\n    at main (/app/main.js:3:1)",
		"properties":   "Error: x\n    at load (/app/cart.js:8:17)\n    at main (/app/main.js:3:1) {\n  code: 'E_X',\n  [cause]: RangeError: y\n      at g (/app/b.js:1:2)\n}",
		"label":        "job failed TypeError: x is not a function\n    at load (/app/cart.js:8:17)",
		"spidermonkey": "TypeError: x is not a function\nload@https://h/cart.js:8:17\nmain@https://h/main.js:3:1\n@https://h/main.js:9:9",
	}
	want := map[string]string{
		"v8":           "TypeError: x is not a function [load main ]",
		"one frame":    "TypeError: x is not a function [load]",
		"two lines":    "Error: upstream said\n  \"not now\"\n\nretry later [load main]",
		"properties":   "Error: x [load main] E_X RangeError: y [g]",
		"label":        "TypeError: x is not a function [load]",
		"spidermonkey": "TypeError: x is not a function [load main ]",
	}
	for _, shape := range shapes {
		for name, text := range traces {
			if name == "spidermonkey" && strings.HasSuffix(shape.prefix, ":") {
				continue // it may be of the function's name
			}
			t.Run(shape.name+"/"+name, func(t *testing.T) {
				n := 0
				each := func(text string) string {
					var b strings.Builder
					for line := range strings.Lines(text) {
						n++
						b.WriteString(strings.ReplaceAll(shape.prefix, "%", fmt.Sprint(n%10)) + line)
					}
					return b.String()
				}
				log := each("listening on http://localhost:3000\n") + each(text+"\n") + each("GET /cart 200 12ms\nuser ann@example.com:22:1 logged in\n")
				var got []string
				for _, f := range checkLaws(t, []byte(log), logscan.Options{}, 1).Found {
					got = append(got, describeShort(f))
					if f.Start != int64(strings.IndexByte(log, '\n')+1) || strings.Count(log[f.Start:f.End], "\n") != strings.Count(text, "\n")+1 {
						t.Errorf("it is %q", log[f.Start:f.End])
					}
				}
				if diff := cmp.Diff([]string{want[name]}, got); diff != "" {
					t.Errorf("(-want +got):\n%s\nof %s", diff, log)
				}
			})
		}
	}
}

// describeShort writes the errors of a trace in a few words.
func describeShort(f logscan.Found) string {
	var b strings.Builder
	for t := range f.Trace.All() {
		if b.Len() > 0 {
			b.WriteString(" ")
		}
		names := make([]string, len(t.Frames))
		for i, frame := range t.Frames {
			names[i] = frame.Func
		}
		fmt.Fprintf(&b, "%s: %s [%s]", t.Type, t.Message, strings.Join(names, " "))
		if t.Code != "" {
			b.WriteString(" " + t.Code)
		}
	}
	return b.String()
}
