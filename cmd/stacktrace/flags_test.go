package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/ulikunitz/xz"
)

// mixed is a log of traces of several types and engines, without and with times, and lines between.
const mixed = `2026-11-21T10:00:00Z listening
2026-11-21T10:00:01Z ERROR TypeError: cart is not a function
    at load (https://a.example.com/src/cart.js:12:7)
    at start (https://a.example.com/src/app.js:3:1)
2026-11-21T10:00:02Z one
2026-11-21T10:00:03Z two
2026-11-21T11:00:00Z ERROR RangeError: too much
spend@https://a.example.com/src/orders.js:5:9
start@https://a.example.com/src/app.js:3:1
2026-11-21T11:00:01Z three
2026-11-21T12:00:00Z ERROR Error: of a library
    at left (/srv/node_modules/left/a.js:1:2) {
  [cause]: SyntaxError: within
      at deep (/srv/node_modules/left/b.js:3:4)
}
2026-11-21T12:00:01Z four
`

// bareTime is a log with a time that tells no zone.
const bareTime = "2026-11-21 10:00:00 ERROR Error: a\n    at f (/a.js:1:2)\n"

// longProp is an error with a property of eleven lines.
const longProp = "Error: a\n    at f (/a.js:1:2) {\n  list: [\n    1,\n    2,\n    3,\n    4,\n    5,\n    6,\n    7,\n    8,\n    9\n  ]\n}\n"

// flagTest is an invocation of the command as a process of its own. In args, LOG is the file with the log
// mixed, ERROR one with the trace chrome, and DIR a folder of the test.
type flagTest struct {
	args   string
	stdin  string
	status int
	want   []string // in the output, in this order
	not    []string // not in the output
	file   string   // below DIR, which is written; its content has what is wanted then
}

var flagTests = []flagTest{
	{args: "parse --format text ERROR", want: []string{"TypeError: x is not a function\n", "  new Cart    https://shop.example/cart.js:8:17\n", "2 frames, V8\n"}},
	{args: "parse --color always --format text ERROR", want: []string{"\x1b[1;31mTypeError\x1b[m: "}},
	{args: "parse --color never --format text ERROR", not: []string{"\x1b"}},
	{args: "parse --color sometimes ERROR", status: exitUsage, want: []string{"--color sometimes is not auto, always or never"}},
	{args: "parse --canonical ERROR", want: []string{`"message":"value is not a function"`, `"fingerprint":{"exact":"st`}},
	{args: "parse --canonical --app-code cart.js --other-code orders.js --build-hash [0-9]{9} --keep-origin --keep-query --count-cause --count-message --max-calls 1 ERROR", want: []string{`"fingerprint":{"exact":"st`}},
	{args: "parse --canonical --other-code cart.js ERROR", want: []string{`"inApp":false`}},
	{args: "parse --canonical --build-hash ( ERROR", status: exitUsage, want: []string{"--build-hash (: "}},
	{args: "parse --canonical --max-calls -1 ERROR", status: exitUsage, want: []string{"--max-calls -1 is less than none"}},
	{args: "top --app-code cart.js --other-code orders.js --build-hash [0-9]{9} --keep-origin --keep-query --count-cause --count-message --max-calls 1 LOG", want: []string{`"count":1`}},
	{args: "top --max-calls 1 --by loose LOG", want: []string{`"fingerprint":"st`}},
	{args: "report --app-code cart.js --other-code orders.js --build-hash [0-9]{9} --keep-origin --keep-query --count-cause --count-message --max-calls 1 -o DIR/rules.html LOG", file: "rules.html", want: []string{"RangeError"}},
	{args: "parse --explain ERROR", want: []string{`{"trace":{"engine":"v8"`, `"canonical":{`, `"explain":[{"frame":0,"rule":"`}},
	{args: "parse --explain --format text ERROR", want: []string{"2 frames, V8\n", "\nfingerprints:\n  exact   st", "\nrules:\n  frame 1  ", "\n    https://shop.example/cart.js → /cart.js\n"}},
	{args: "parse --all", stdin: "TypeError: a\n    at f (/a.js:1:2)\n\nRangeError: b\n    at g (/a.js:3:4)\n", want: []string{`"type":"TypeError","message":"a"`, "\n", `"type":"RangeError","message":"b"`}},
	{args: "parse --format text", stdin: "TypeError: a\n    at f (/a.js:1:2)\n\nRangeError: b\n    at g (/a.js:3:4)\n", want: []string{"1 frame, V8\n", "\n1 more error: --all shows them\n"}},
	{args: "parse --format text", stdin: longProp, want: []string{"  list: [\n    1,\n    2,\n    3,\n    4,\n    5,\n    … 5 more lines: --all shows them\n  f  /a.js:1:2\n"}, not: []string{"6"}},
	{args: "parse --all --format text", stdin: longProp, want: []string{"    6,\n"}, not: []string{"more lines"}},
	{args: "parse --format text", stdin: "Error: a\n    at f (/a.js:1:2)\n" + strings.Repeat("prose\n", 20), want: []string{"other lines:\n  | prose\n", "    … 8 more lines: --all shows them\n"}},
	{args: "parse --ndjson", stdin: `{"id":1,"text":"Error: a\n    at f (/a.js:1:2)"}`, want: []string{`{"id":1,"trace":{`}},
	{args: "parse --ndjson --all", status: exitUsage, want: []string{"none of the others can be"}},
	{args: "parse --max-bytes 40 ERROR", status: exitNone, want: []string{`"truncated":{"bytes":`}},
	{args: "parse --max-line 30 ERROR", want: []string{`"truncated":{"lines":2}`}},
	{args: "parse --max-frames 1 ERROR", want: []string{`"truncated":{"frames":1}`}},
	{args: "parse --max-depth 1", stdin: "Error: a\n    at f (/a.js:1:2) {\n  [cause]: Error: b\n      at g (/a.js:3:4)\n}", want: []string{`"truncated":{"errors":1}`}},

	{args: "scan --format ndjson LOG", want: []string{`{"start":31,`, "\n{", "\n{"}},
	{args: "scan --format text LOG", want: []string{"31  2026-11-21 10:00:01", "\nTypeError: cart is not a function\n", "└─ caused by: SyntaxError: within\n"}},
	{args: "scan --format sentry LOG", want: []string{`{"event_id":"`, `"timestamp":"2026-11-21T10:00:01Z"`, `"logger":"stacktrace"`, `"values":[{"type":"TypeError"`}},
	{args: "scan --format otlp LOG", want: []string{`{"resourceLogs":[{"resource":{}`, `"timeUnixNano":"1795255201000000000"`, `{"key":"exception.type","value":{"stringValue":"TypeError"}}`}},
	{args: "scan --format xml LOG", status: exitUsage, want: []string{`unknown format "xml": json, text, sentry or otlp`}},
	{args: "scan --only jsc LOG", want: []string{`"type":"RangeError"`}, not: []string{"TypeError"}},
	{args: "scan --type RangeError,SyntaxError LOG", want: []string{`"type":"RangeError"`, `"type":"Error"`}, not: []string{"TypeError"}},
	{args: "scan --since 2026-11-21T11:00:00Z LOG", want: []string{`"type":"RangeError"`, `"type":"Error"`}, not: []string{"TypeError"}},
	{args: "scan --until 2026-11-21T10:30:00Z LOG", want: []string{`"type":"TypeError"`}, not: []string{"RangeError", "SyntaxError"}},
	{args: "scan --until tomorrow LOG", status: exitUsage, want: []string{"--until tomorrow is neither a time"}},
	{args: "scan --tz +02:00", stdin: bareTime, want: []string{`"time":"2026-11-21T08:00:00Z"`}},
	{args: "scan --tz America/New_York", stdin: bareTime, want: []string{`"time":"2026-11-21T15:00:00Z"`}},
	{args: "scan --tz UTC --since 2026-11-21T10:00:01", stdin: bareTime, status: exitNone},
	{args: "scan --tz -05:00 --since 2026-11-21T10:00", stdin: bareTime, want: []string{`"time":"2026-11-21T15:00:00Z"`}},
	{args: "scan --tz Atlantis LOG", status: exitUsage, want: []string{"--tz Atlantis is not a zone"}},
	{args: "scan --match too.much LOG", want: []string{`"type":"RangeError"`}, not: []string{"TypeError"}},
	{args: "scan --match [ LOG", status: exitUsage, want: []string{"--match: error parsing regexp"}},
	{args: "scan --in-app LOG", want: []string{`"type":"TypeError"`, `"type":"RangeError"`}, not: []string{"SyntaxError"}},
	{args: "scan --count LOG", want: []string{"3\n"}},
	{args: "scan --count LOG ERROR", want: []string{"mixed.log:3\n", "chrome.txt:1\n"}},
	{args: "scan --count --type URIError LOG", status: exitNone, want: []string{"0\n"}},
	{args: "scan --raw --type RangeError LOG", want: []string{"2026-11-21T11:00:00Z ERROR RangeError: too much\nspend@https://a.example.com/src/orders.js:5:9\nstart@https://a.example.com/src/app.js:3:1\n"}, not: []string{"three"}},
	{args: "scan --context 1 --type RangeError LOG", want: []string{`"before":["2026-11-21T10:00:03Z two"],"after":["2026-11-21T11:00:01Z three"],"trace":`}},
	{args: "scan -C 9 --type TypeError LOG", want: []string{`"before":["2026-11-21T10:00:00Z listening"],"after":["2026-11-21T10:00:02Z one","2026-11-21T10:00:03Z two","2026-11-21T11:00:01Z three","2026-11-21T12:00:01Z four"]`}},
	{args: "scan --raw -C 1 LOG", want: []string{"10:00:00Z listening\n2026-11-21T10:00:01Z ERROR TypeError", "10:00:02Z one\n--\n2026-11-21T10:00:03Z two\n2026-11-21T11:00:00Z ERROR RangeError", "11:00:01Z three\n--\n2026-11-21T11:00:01Z three\n2026-11-21T12:00:00Z ERROR Error", "\n}\n2026-11-21T12:00:01Z four\n"}},
	{args: "scan --context 1 --format text --type RangeError LOG", want: []string{"\n> 2026-11-21T10:00:03Z two\nRangeError: too much\n", "2 frames, JavaScriptCore\n> 2026-11-21T11:00:01Z three\n"}},
	{args: "scan --context -1 LOG", status: exitUsage, want: []string{"--context -1 is not a number of lines"}},
	{args: "scan --context 1 --format otlp LOG", status: exitUsage, want: []string{"--format otlp has no place for --context"}},
	{args: "scan --rest DIR/rest LOG", file: "rest", want: []string{"10:00:00Z listening\n", "one\n", "two\n", "three\n", "four\n"}, not: []string{"Error"}},

	{args: "top --format text LOG", want: []string{"1   33.3 %  ", "TypeError: cart is not a function\n   load   /src/cart.js:12\n   start  /src/app.js:3\n   V8, 2026-11-21 10:00:01", ", first in ", "mixed.log:2\n", "Error: of a library\n", "   caused by SyntaxError: within\n", "3  traces\n"}},
	{args: "top --by exact LOG", want: []string{":e"}, not: []string{`"fingerprint":"st2:s`}},
	{args: "top --groups 1 LOG", want: []string{`"type":"TypeError"`, `"line":2,"title":"TypeError: cart is not a function","culprit":"load (/src/cart.js:12)"`}, not: []string{"RangeError"}},
	{args: "top --only jsc LOG", want: []string{`"share":1,`, `"type":"RangeError"`}, not: []string{"TypeError"}},
	{args: "top --type SyntaxError LOG", want: []string{`"cause":"SyntaxError: within"`}, not: []string{"TypeError"}},
	{args: "top --since 2026-11-21T11:00:00Z --until 2026-11-21T11:30:00Z LOG", want: []string{`"type":"RangeError"`}, not: []string{"TypeError", "SyntaxError"}},
	{args: "top --match cart LOG", want: []string{`"type":"TypeError"`}, not: []string{"RangeError"}},
	{args: "top --tz +01:00", stdin: bareTime, want: []string{`"first":"2026-11-21T09:00:00Z"`}},
	{args: "top --in-app LOG", want: []string{`"share":0.5,`}, not: []string{"SyntaxError"}},
	{args: "top --new-since 2026-11-21T11:30:00Z LOG", status: exitNew, want: []string{`"title":"Error: of a library"`}, not: []string{"TypeError"}},
	{args: "top --new-since 2026-11-22 LOG", status: exitFound},
	{args: "top --new-since DIR/nothing LOG", status: exitUsage, want: []string{"nothing is not a time and no file that is there"}},
	{args: "top --new-since ERROR LOG", status: exitUsage, want: []string{"chrome.txt:1: not a group as top --format json -n 0 writes it"}},

	{args: "report --output DIR/page.html --tz UTC --title Today --by loose --only v8 --type TypeError --since 2026-11-21 --until 2026-11-22 --match cart --in-app LOG", file: "page.html", want: []string{"<title>Today</title>", `{"total":1,"groups":[{"fingerprint":"st`, `:l`, `"title":"TypeError: cart is not a function"`}, not: []string{"RangeError"}},
	{args: "report --release-match hour([0-9]+) LOG", want: []string{`{"total":3,"groups":[{`}, not: []string{`"releases":`}},
	{args: "report --release-match 11-21T([0-9]+) LOG", want: []string{`"releases":[{"name":"10","count":1}]`, `"releases":[{"name":"11","count":1}]`}},
	{args: "report --release-match ( LOG", status: exitUsage, want: []string{"--release-match: error parsing regexp"}},
	{args: "report LOG", want: []string{"<title>Failures in ", "mixed.log</title>", `{"total":3,`}},
	{args: "report -o DIR LOG", status: exitUsage, want: []string{"is a directory"}},

	{args: "convert --to spidermonkey ERROR", want: []string{"Cart@https://shop.example/cart.js:8:17\n"}},
	{args: "convert --to jsc --format json ERROR", want: []string{`{"engine":"jsc","stack":"Cart@`}},
	{args: "convert --to sentry ERROR", want: []string{`{"event_id":"`, `"platform":"javascript"`, `"fingerprint":["st`, `"raw_function":"new Cart"`}},

	{args: "man", want: []string{`.TH "STACKTRACE" "1"`, `.SH NAME`}},
	{args: "man --to DIR/pages", file: "pages/stacktrace-top.1", want: []string{`.TH "STACKTRACE-TOP" "1"`, `\fB--new-since\fP`}},
	{args: "completion bash", want: []string{"bash completion"}},
	{args: "completion zsh --no-descriptions", want: []string{"#compdef stacktrace"}},
	{args: "__complete convert --to du", want: []string{"duktape\n"}},
	{args: "__complete top --b", want: []string{"--by"}},
	{args: "__complete top --by s", want: []string{"stable"}},
	{args: "--version", want: []string{"stacktrace "}},
	{args: "help top", want: []string{"Top groups the traces", "--new-since FILE|TIME"}},
	{args: "scan --help", want: []string{"Usage:\n  stacktrace scan [FILE...] [flags]", "Examples:\n  docker compose"}},
	{args: "", status: exitUsage, want: []string{"Usage:\n  stacktrace [flags]\n  stacktrace [command]"}},
	{args: "tpo LOG", status: exitUsage, want: []string{`unknown command "tpo": do you mean top?`}},
	{args: "top --sicne 5m LOG", status: exitUsage, want: []string{"unknown flag: --sicne: do you mean --since?; see stacktrace top --help"}},
}

// TestFlags runs the command as a process for each flag.
func TestFlags(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"mixed.log": mixed, "chrome.txt": chrome} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range flagTests {
		t.Run(test.args, func(t *testing.T) {
			t.Parallel()
			own := t.TempDir()
			var args []string
			for _, arg := range strings.Fields(test.args) {
				switch arg {
				case "LOG":
					arg = filepath.Join(dir, "mixed.log")
				case "ERROR":
					arg = filepath.Join(dir, "chrome.txt")
				}
				args = append(args, strings.Replace(arg, "DIR", own, 1))
			}
			stdout, stderr, status := runProcess(t, test.stdin, args...)
			if status != test.status {
				t.Errorf("status %d, want %d: %s", status, test.status, stderr)
			}
			got := stdout
			if status == exitUsage {
				got = stderr
			}
			if test.file != "" {
				content, err := os.ReadFile(filepath.Join(own, test.file))
				if err != nil {
					t.Fatal(err)
				}
				got = string(content)
			}
			rest := got
			for _, want := range test.want {
				_, after, ok := strings.Cut(rest, want)
				if !ok {
					t.Fatalf("%q is not in its place in\n%s", want, got)
				}
				rest = after
			}
			for _, not := range test.not {
				if strings.Contains(got, not) {
					t.Errorf("%q is in\n%s", not, got)
				}
			}
		})
	}
}

// testedElsewhere are flags whose tests need more than one invocation.
var testedElsewhere = []string{"scan --follow", "top --follow", "serve --port", "serve --by"}

// TestFlagsTested checks that each flag of each command is in a test.
func TestFlagsTested(t *testing.T) {
	used := map[string]bool{}
	for _, test := range flagTests {
		fields := strings.Fields(test.args)
		for _, arg := range fields {
			name, _, _ := strings.Cut(arg, "=")
			used[fields[0]+" "+name] = true
		}
	}
	root := (&command{stdout: &bytes.Buffer{}}).newRoot()
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
		if cmd.Name() == "help" || cmd.HasParent() && cmd.Parent().Name() == "completion" {
			return // cobra's
		}
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if cmd.Name() == "map" || f.Name == "maps" || f.Name == "release" {
				return // in map_test.go
			}
			name := cmd.Name() + " --" + f.Name
			if f.Name != "help" && !used[name] && !used[cmd.Name()+" -"+f.Shorthand] && !slices.Contains(testedElsewhere, name) && cmd.HasParent() {
				t.Errorf("no test of %s", name)
			}
			if f.Usage == "" {
				t.Errorf("%s has no help", name)
			}
		})
		if cmd.Short == "" || cmd.Example == "" && cmd.Runnable() && cmd.HasParent() && cmd.Name() != "version" {
			t.Errorf("%s has no help or no example", cmd.CommandPath())
		}
	}
	visit(root)
}

// TestNewSince checks the way through a file: what was known yesterday is not new today.
func TestNewSince(t *testing.T) {
	dir := t.TempDir()
	known, log := filepath.Join(dir, "known.ndjson"), filepath.Join(dir, "today.log")
	if err := os.WriteFile(log, []byte(mixed), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := runProcess(t, mixed[:strings.Index(mixed, "2026-11-21T12:00:00Z")], "top", "--format", "json", "-n", "0")
	if status != exitFound {
		t.Fatal(stderr)
	}
	if err := os.WriteFile(known, []byte(stdout), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status = runProcess(t, "", "top", "--new-since", known, log)
	if status != exitNew || strings.Count(stdout, "\n") != 1 || !strings.Contains(stdout, `"title":"Error: of a library"`) {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
	if _, stderr, status := runProcess(t, "", "top", "--by", "exact", "--new-since", known, log); status != exitUsage || !strings.Contains(stderr, "is no fingerprint of --by exact") {
		t.Errorf("status %d, %s", status, stderr)
	}
	stdout, _, _ = runProcess(t, "", "top", "-n", "0", log)
	if err := os.WriteFile(known, []byte(stdout), 0o600); err != nil {
		t.Fatal(err)
	}
	if stdout, stderr, status := runProcess(t, "", "top", "--new-since", known, log); status != exitFound || stdout != "" {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
}

// TestEncodings checks that each command reads what is compressed or in UTF-16, and names what it does
// not read.
func TestEncodings(t *testing.T) {
	var packed bytes.Buffer
	w, err := xz.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	inputs := map[string]string{
		"xz":                  written(t, &packed, w, mixed),
		"UTF-16LE":            inUTF16(mixed, true, false),
		"UTF-16BE":            inUTF16(mixed, true, true),
		"UTF-16LE, no mark":   inUTF16(mixed, false, false),
		"UTF-16BE, no mark":   inUTF16(mixed, false, true),
		"UTF-16LE and gzip":   gzipped(t, inUTF16(mixed, true, false)),
		"a byte-order mark":   "\ufeff" + mixed,
		"gzip":                gzipped(t, mixed),
		"zstd, several parts": zstandard(t, mixed[:300]) + zstandard(t, mixed[300:]),
	}
	if path, err := exec.LookPath("bzip2"); err == nil {
		cmd := exec.Command(path, "-c")
		cmd.Stdin = strings.NewReader(mixed)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		inputs["bzip2"] = string(out)
	}
	for name, input := range inputs {
		if stdout, stderr, status := runProcess(t, input, "scan", "--count"); status != exitFound || stdout != "3\n" {
			t.Errorf("%s: scan: status %d, %q, %s", name, status, stdout, stderr)
		}
		if stdout, stderr, status := runProcess(t, input, "parse"); status != exitFound || !strings.Contains(stdout, `"message":"cart is not a function"`) {
			t.Errorf("%s: parse: status %d, %.300q, %s", name, status, stdout, stderr)
		}
	}
	for input, want := range map[string]string{
		"\x04\x22\x4d\x18":     "standard input: lz4 is not read, only gzip, zstd, xz and bzip2 are",
		"PK\x03\x04":           "standard input: zip is not read",
		"\xfd7zXZ\x00\x00\x04": "standard input: ",
		"BZh9, but no more":    "standard input: ",
	} {
		if _, stderr, status := runProcess(t, input, "scan"); status != exitUsage || !strings.Contains(stderr, want) {
			t.Errorf("%q: status %d, %q, want %q", input, status, stderr, want)
		}
	}
}

func inUTF16(s string, mark, big bool) string {
	var b strings.Builder
	if mark {
		s = "\ufeff" + s
	}
	for _, unit := range utf16.Encode([]rune(s)) {
		low, high := byte(unit), byte(unit>>8)
		if big {
			low, high = high, low
		}
		b.WriteByte(low)
		b.WriteByte(high)
	}
	return b.String()
}
