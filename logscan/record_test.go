package logscan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// TestMixed has traces whose lines do not stand in the log in one form.
func TestMixed(t *testing.T) {
	for _, test := range []struct {
		name, log string
		want      []string
	}{
		{"a bare header", "ok\nTypeError: x\n2021-11-21T10:00:00.123456+00:00 app[web.1]:     at f (/a.js:1:2)\n2021-11-21T10:00:00.123456+00:00 app[web.1]:     at g (/a.js:3:4)\nok\n", []string{"TypeError: x [f g]"}},
		{"a bare header, a shape", "ok\nTypeError: x\napp:     at f (/a.js:1:2)\napp:     at g (/a.js:3:4)\nok\n", []string{"TypeError: x [f g]"}},
		{"bare frames in the journal", "Nov 29 10:11:12 box node[7]: TypeError: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\nNov 29 10:11:12 box node[7]: ok\n", []string{"TypeError: x [f g]"}},
		{"bare lines in the journal", "Nov 29 10:11:12 box node[7]: TypeError: x\n                             y\n                                 at f (/a.js:1:2)\nNov 29 10:11:12 box node[7]: ok\n", []string{"TypeError: x\n                             y [f]"}},
		{"npm", "npm ERR! code X\nnpm ERR! stack TypeError: y\nnpm ERR! stack     at f (/a.js:1:2)\nnpm ERR! stack     at g (/a.js:3:4)\nnpm ERR! node -v v20.0.0\n", []string{"TypeError: y [f g]"}},
		{"gyp", "gyp ERR! configure error\ngyp ERR! stack Error: x\ngyp ERR! stack     at f (/a.js:1:2)\ngyp ERR! stack     at g (/a.js:3:4)\ngyp ERR! System Linux\n", []string{"Error: x [f g]"}},
		{"VS Code", "2023-11-21 10:00:00.123 [info] ok\n2023-11-21 10:00:01.123 [error] Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\n2023-11-21 10:00:02.123 [info] ok\n", []string{"Error: x [f g]"}},
		{"Lambda", "START RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd Version: $LATEST\n2019-11-21T10:00:00.123Z\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tERROR\tTypeError: q\n    at f (/a.js:1:2)\nEND RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\n", []string{"TypeError: q [f]"}},
		{"words in brackets", "[auth] failed: TypeError: one\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\n[auth] ok\n[auth] failed: RangeError: two\n    at h (/b.js:5:6)\n", []string{"TypeError: one [f g]", "RangeError: two [h]"}},
		{"words in brackets, nothing between", "[auth] failed: TypeError: one\n    at f (/a.js:1:2)\n[db] failed: RangeError: two\n    at h (/b.js:5:6)\n", []string{"TypeError: one [f]", "RangeError: two [h]"}},
		{"streams in brackets", "[0] TypeError: one\n[1] RangeError: two\n[0]     at f (/a.js:1:2)\n[1]     at h (/b.js:5:6)\n[0]     at g (/a.js:3:4)\n", []string{"TypeError: one [f g]", "RangeError: two [h]"}},
		{"records of several loggers", "2026-11-21T10:00:00Z ERROR [api] Error: connect\n    at f (/a.js:1:2)\n2026-11-21T10:00:01Z ERROR [worker-0] job failed TypeError: x\n    at work (/b.js:1:2)\n", []string{"Error: connect [f]", "TypeError: x [work]"}},
		{"a strong header behind frames", "TypeError: a\n    at f (/a.js:1:2)\nRangeError: b\n    at h (/b.js:1:2)\nerror: Uncaught (in promise) Error: c\n    at i (file:///c.ts:1:2)\n", []string{"TypeError: a [f]", "RangeError: b [h]", "Error: c [i]"}},
		{"streams of a shape", "shop-1 app TypeError: one\nshop-2 app RangeError: two\nshop-1 app     at f (/a.js:1:2)\nshop-2 app     at h (/b.js:5:6)\nshop-1 app     at g (/a.js:3:4)\nshop-2 app     at i (/b.js:7:8)\nshop-1 app ok\nshop-2 app ok\n", []string{"TypeError: one [f g]", "RangeError: two [h i]"}},
		{"processes of logcat", "05-01 10:00:00.123   801   801 E RN: TypeError: one\n05-01 10:00:00.124   802   802 E RN: RangeError: two\n05-01 10:00:00.124   801   801 E RN:     at f (/a.js:1:2)\n05-01 10:00:00.125   802   802 E RN:     at h (/b.js:5:6)\n05-01 10:00:00.125   801   801 E RN:     at g (/a.js:3:4)\n05-01 10:00:00.125   802   802 E RN:     at i (/b.js:7:8)\n", []string{"TypeError: one [f g]", "RangeError: two [h i]"}},
		{"steps of BuildKit", "#9 1.234 TypeError: x\n#10 0.1 ok\n#9 1.235     at f (/a.js:1:2)\n#10 0.2 ok\n#9 1.236     at g (/a.js:3:4)\n#10 0.3 ok\n#9 1.3 ok\n", []string{"TypeError: x [f g]"}},
		{"one sentence", "deprecated call at f (/a.js:1:2)\ndeprecated call at g (/a.js:3:4)\ndeprecated call at h (/a.js:5:6)\n", nil},
		{"a place behind blanks", "slow query    at f (/a.js:1:2)\nok\n", nil},
		{"an excerpt behind the frames", " ⨯ TypeError: x\n    at Page (app/page.tsx:5:22)\n  4 |   const u = undefined;\n> 5 |   return <p>{u.id}</p>;\n    |                ^\n  6 | } {\n  digest: '1'\n}\nok\n", []string{"TypeError: x [Page]"}},
		{"TAP", "not ok 1 - loads\n  ---\n  duration_ms: 1.2\n  location: '/a.test.js:3:1'\n  error: 'x'\n  code: 'ERR_TEST_FAILURE'\n  name: 'TypeError'\n  stack: |-\n    f (/a.test.js:2:32)\n    TestContext.<anonymous> (/a.test.js:3:21)\n  ...\n1..1\n", []string{"TypeError: x [f TestContext.<anonymous>]"}},
		{"a string as Node prints it", "{\n  stack: 'TypeError: can\\'t\\n' +\n    '    at f (/a.js:1:2)\\n' +\n    '    at g (/a.js:3:4)'\n}\nok\n", []string{"TypeError: can't [f g]"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range checkLaws(t, []byte(test.log), logscan.Options{}, 1).Found {
				got = append(got, describeShort(f))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestRecords has traces in JSON: a line of them in each object, and all of them in one.
func TestRecords(t *testing.T) {
	for _, test := range []struct {
		name, log string
		want      []string
	}{
		{"message", `{"message":"TypeError: x","timestamp":"2026-11-21T10:00:00Z"}` + "\n" + `{"message":"    at f (/a.js:1:2)","timestamp":"2026-11-21T10:00:00Z"}` + "\n" + `{"message":"    at g (/a.js:3:4)","timestamp":"2026-11-21T10:00:00Z"}` + "\n" + `{"message":"ok","timestamp":"2026-11-21T10:00:00Z"}` + "\n", []string{"TypeError: x [f g]"}},
		{"line", `{"line":"TypeError: x"}` + "\n" + `{"line":"    at f (/a.js:1:2)"}` + "\n" + `{"line":"    at g (/a.js:3:4)"}` + "\n", []string{"TypeError: x [f g]"}},
		{"textPayload", `{"insertId":"1a","textPayload":"TypeError: x","timestamp":"2026-11-21T10:00:00Z"}` + "\n" + `{"insertId":"2b","textPayload":"    at f (/a.js:1:2)","timestamp":"2026-11-21T10:00:00Z"}` + "\n" + `{"insertId":"3c","textPayload":"    at g (/a.js:3:4)","timestamp":"2026-11-21T10:00:00Z"}` + "\n", []string{"TypeError: x [f g]"}},
		{"at a depth, with line ends", `{"a":{"b":"TypeError: x\n"}}` + "\n" + `{"a":{"b":"    at f (/a.js:1:2)\n"}}` + "\n" + `{"a":{"b":"    at g (/a.js:3:4)\n"}}` + "\n", []string{"TypeError: x [f g]"}},
		{"Firefox", `{"message":"TypeError: x"}` + "\n" + `{"message":"f@http://h/a.js:1:2"}` + "\n" + `{"message":"@http://h/a.js:3:4"}` + "\n", []string{"TypeError: x [f ]"}},
		{"two containers", `{"container_name":"a","message":"TypeError: x"}` + "\n" + `{"container_name":"b","message":"RangeError: y"}` + "\n" + `{"container_name":"a","message":"    at f (/a.js:1:2)"}` + "\n" + `{"container_name":"b","message":"    at h (/b.js:1:2)"}` + "\n" + `{"container_name":"a","message":"    at g (/a.js:3:4)"}` + "\n", []string{"TypeError: x [f g]", "RangeError: y [h]"}},
		{"a logger within", `{"message":"2026-11-21 ERR! shop TypeError: x"}` + "\n" + `{"message":"2026-11-21 ERR! shop     at f (/a.js:1:2)"}` + "\n" + `{"message":"2026-11-21 ERR! shop     at g (/a.js:3:4)"}` + "\n", []string{"TypeError: x [f g]"}},
		{"the journal", `{"MESSAGE":"TypeError: x","_PID":"7","__REALTIME_TIMESTAMP":"1795255207123456"}` + "\n" + `{"MESSAGE":"    at f (/a.js:1:2)","_PID":"7","__REALTIME_TIMESTAMP":"1795255207123457"}` + "\n" + `{"MESSAGE":"ok","_PID":"8"}` + "\n" + `{"MESSAGE":"    at g (/a.js:3:4)","_PID":"7","__REALTIME_TIMESTAMP":"1795255207123457"}` + "\n", []string{"TypeError: x [f g]"}},
		{"several errors", `{"events":[{"stack":"TypeError: x\n    at f (/a.js:1:2)"},{"stack":"RangeError: y\n    at g (/a.js:3:4)"}]}` + "\n", []string{"TypeError: x [f]", "RangeError: y [g]"}},
		{"a cause and a code", `{"err":{"stack":"DbError: outer\n    at f (/a.js:1:2)","code":"E_DB","cause":{"stack":"Error: inner\n    at g (/b.js:3:4)"}}}` + "\n", []string{"DbError: outer [f] E_DB Error: inner [g]"}},
		{"frames alone", `{"name":"TypeError","message":"x","stack":"    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}` + "\n", []string{"TypeError: x [f g]"}},
		{"Lambda", `{"errorType":"TypeError","errorMessage":"x","trace":["TypeError: x","    at f (/a.js:1:2)"]}` + "\n", []string{"TypeError: x [f]"}},
		{"told twice", `{"message":"TypeError: x\n    at f (/a.js:1:2)","stack":"TypeError: x\n    at f (/a.js:1:2)"}` + "\n", []string{"TypeError: x [f]"}},
		{"gathered", `{"stack":"AggregateError: a","aggregateErrors":[{"stack":"TypeError: x\n    at f (/a.js:1:2)"},{"stack":"RangeError: y\n    at g (/a.js:3:4)"}]}` + "\n", []string{"AggregateError: a [] TypeError: x [f] RangeError: y [g]"}},
		{"Fluentd's files", "2026-11-29 10:11:12.000000000 +0000 app.tag: {\"log\":\"TypeError: x\"}\n2026-11-29 10:11:12.000000000 +0000 app.tag: {\"log\":\"    at f (/a.js:1:2)\"}\n2026-11-29 10:11:12.000000000 +0000 app.tag: {\"log\":\"    at g (/a.js:3:4)\"}\n", []string{"TypeError: x [f g]"}},
		{"several lines in the member of a container's line", `{"log":"TypeError: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}` + "\n", []string{"TypeError: x [f g]"}},
		{"frames beside the message", `{"error":{"name":"TypeError","message":"x","frames":"    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}}` + "\n", []string{"TypeError: x [f g]"}},
		{"rsyslog", "Nov 29 10:11:12 web1 node[7]: TypeError: x#012    at f (/a.js:1:2)#012    at g (/a.js:3:4)\n", []string{"TypeError: x [f g]"}},
		{"in one line", "2026-11-29T10:11:12Z ERROR TypeError: x    at f (/a.js:1:2)    at g (/a.js:3:4)\n", []string{"TypeError: x [f g]"}},
		{"JSON in JSON", `{"log":"{\"err\":{\"stack\":\"TypeError: x\\n    at f (/a.js:1:2)\",\"code\":\"E\"}}"}` + "\n", []string{"TypeError: x [f] E"}},
		{"places", `{"url":"http://u@h/a.js:1:2","at":"at localhost:80:1"}` + "\n" + `{"url":"http://u@h/a.js:1:2"}` + "\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range checkLaws(t, []byte(test.log), logscan.Options{}, 1).Found {
				got = append(got, describeShort(f))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTimes has times as logs write them, before the header of a trace, and the record before it.
func TestTimes(t *testing.T) {
	vienna := time.FixedZone("CET", 3600)
	const trace = "TypeError: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\n"
	for _, test := range []struct {
		prefix, want string
		zone         string
	}{
		{"2026-11-29T10:11:12.123Z ", "2026-11-29T10:11:12.123Z", ""},
		{"2026-11-29 10:11:12 ", "2026-11-29T09:11:12Z", "CET"},
		{"2026-11-29 10:11:12,5 +0200 ", "2026-11-29T08:11:12.5Z", ""},
		{"11/29/2026, 10:11:12 AM ", "2026-11-29T09:11:12Z", "CET"},
		{"1/2/2026, 1:11:12 PM ", "2026-01-02T12:11:12Z", "CET"},
		{"11/29/2026, 12:11:12\u202fAM ", "2026-11-28T23:11:12Z", "CET"},
		{"29/11/2026 10:11:12 ", "2026-11-29T09:11:12Z", "CET"},
		{"2/1/2026, 10:11:12 am ", "2026-01-02T09:11:12Z", "CET"},
		{"29.11.2026 10:11:12 ", "2026-11-29T09:11:12Z", "CET"},
		{"[29/Nov/2026:10:11:12 +0000] ", "2026-11-29T10:11:12Z", ""},
		{"29-Nov-2026 10:11:12 ", "2026-11-29T09:11:12Z", "CET"},
		{"29 Nov 10:11:12 - [error] ", "2026-11-29T09:11:12Z", "CET"},
		{"Nov 29 10:11:12 box node[7]: ", "2026-11-29T09:11:12Z", "CET"},
		{"Nov  9 10:11:12 box node[7]: ", "2026-11-09T09:11:12Z", "CET"},
		{"Nov 8 08:04:37 AM ", "2026-11-08T07:04:37Z", "CET"},
		{"avril 14 22:07:15 box pnpm[1]: ", "2026-04-14T21:07:15Z", "CET"},
		{"Mär 14 22:07:15 box pnpm[1]: ", "2026-03-14T21:07:15Z", "CET"},
		{"juil. 14 22:07:15 box pnpm[1]: ", "2026-07-14T21:07:15Z", "CET"},
		{"Sun 2026-11-29 10:11:12 UTC box unit[1]: ", "2026-11-29T10:11:12Z", ""},
		{"Sun Nov 29 10:11:12.5 2026 ", "2026-11-29T09:11:12.5Z", "CET"},
		{"Sun Nov 29 2026 10:11:12 GMT+0100 (CET) ", "2026-11-29T09:11:12Z", ""},
		{"Sun, 29 Nov 2026 10:11:12 GMT ", "2026-11-29T10:11:12Z", ""},
		{"05-01 10:00:00.123  8593  8620 E RN: ", "2026-05-01T09:00:00.123Z", "CET"},
		{"W20240501-10:00:00.123(0)? (STDERR) ", "2024-05-01T09:00:00.123Z", "CET"},
		{"[main 2024-10-14T02:59:42.000Z] ", "2024-10-14T02:59:42Z", ""},
		{"1763719200.5 ", "2025-11-21T10:00:00.5Z", ""},
		{"1763719200123 ", "2025-11-21T10:00:00.123Z", ""},
		{"2026-11-29T10:11:12.123Z\t8476a536-e9f4-11e8-9739-2dfe598c3fcd\tERROR\t", "2026-11-29T10:11:12.123Z", ""},
		{"10:11:12 ", "0001-01-01T00:00:00Z", ""},
		{"2026-11-29T10:11:12Z ERROR it broke\n", "2026-11-29T10:11:12Z", ""},
		{"2026-11-29T10:11:12Z ERROR it broke\n{\n  a: 1\n}\n", "2026-11-29T10:11:12Z", ""},
		{"it broke\n", "0001-01-01T00:00:00Z", ""},
	} {
		t.Run(test.prefix, func(t *testing.T) {
			s := logscan.NewScanner(strings.NewReader("ok\n"+test.prefix+trace+"ok\n"), logscan.Options{Year: 2026, Location: vienna})
			if !s.Scan() {
				t.Fatal("no trace")
			}
			f := s.Found()
			if got := f.Time.UTC().Format(time.RFC3339Nano); got != test.want || f.Zone != test.zone {
				t.Errorf("time %s, zone %q, want %s, %q", got, f.Zone, test.want, test.zone)
			}
			if len(f.Trace.Frames) != 2 || f.Trace.Type != "TypeError" || f.Trace.Message != "x" {
				t.Errorf("trace %v", f.Trace)
			}
		})
	}
}

// TestOverlap has traces of two streams whose spans overlap, and whose pieces do not.
func TestOverlap(t *testing.T) {
	const log = "a-1  | TypeError: one\nb-1  | RangeError: two\na-1  |     at f (/a.js:1:2)\nb-1  |     at h (/b.js:5:6)\n" +
		"b-1  | ok\na-1  |     at g (/a.js:3:4)\na-1  | ok\n"
	all := checkLaws(t, []byte(log), logscan.Options{}, 1)
	if len(all.Found) != 2 {
		t.Fatalf("found %+v", all.Found)
	}
	two, one := all.Found[0], all.Found[1]
	if describeShort(two) != "RangeError: two [h]" || describeShort(one) != "TypeError: one [f g]" {
		t.Errorf("found %s and %s", describeShort(two), describeShort(one))
	}
	if !(one.Start < two.Start && two.Start < one.End && two.End < one.End) {
		t.Errorf("spans %d-%d and %d-%d", one.Start, one.End, two.Start, two.End)
	}
	line := func(n int) int64 { return int64(len(strings.Join(strings.SplitAfter(log, "\n")[:n], ""))) }
	want := []logscan.Piece{{line(0), log[line(0):line(1)]}, {line(2), log[line(2):line(3)]}, {line(5), log[line(5):line(6)]}}
	if diff := cmp.Diff(want, one.Pieces); diff != "" {
		t.Errorf("pieces (-want +got):\n%s", diff)
	}
}
