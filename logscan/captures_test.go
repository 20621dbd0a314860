package logscan_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// capture is a trace that a real engine wrote; see testdata/README.md of the module.
type capture struct {
	ID     string `json:"id"`
	Engine string `json:"engine"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`

	want []stacktrace.Frame // of the bare text, without Text
}

// readCaptures returns the captures in which Parse finds frames. A place that a browser's console tells in words, on one
// line, is read where it is all that there is, and not in the midst of a log.
var readCaptures = sync.OnceValues(func() ([]capture, error) {
	all, err := corpus.Read[capture]("../testdata/captures/traces.jsonl.gz")
	kept := all[:0]
	for _, c := range all {
		if c.Kind == "console" && !strings.Contains(strings.TrimRight(c.Text, "\n"), "\n") {
			continue
		}
		if t := stacktrace.Parse(c.Text); len(t.Frames) > 0 {
			c.want = withoutText(t)
			kept = append(kept, c)
		}
	}
	return kept, err
})

// withoutText returns the frames of a trace without the lines that they are from, and without lines of source: those
// that stand before a header are a log's where nothing else parts them.
func withoutText(t *stacktrace.Trace) []stacktrace.Frame {
	frames := slices.Clone(t.Frames)
	for i := range frames {
		frames[i].Text, frames[i].Source = "", ""
	}
	return frames
}

// carrier is a way in which a log holds a text.
type carrier struct {
	name  string
	wrap  func(random *rand.Rand, text string) string
	noise []string // a line that is no trace
}

// eachLine puts prefix before each line of a text.
func eachLine(prefix string) func(*rand.Rand, string) string {
	return func(random *rand.Rand, text string) string {
		var b strings.Builder
		for line := range strings.Lines(strings.TrimSuffix(text, "\n") + "\n") {
			b.WriteString(strings.ReplaceAll(prefix, "#", fmt.Sprint(random.IntN(10))))
			b.WriteString(line)
		}
		return b.String()
	}
}

func firstLine(prefix string) func(*rand.Rand, string) string {
	return func(random *rand.Rand, text string) string { return prefix + strings.TrimSuffix(text, "\n") + "\n" }
}

func inJSON(before, after string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, text string) string {
		b, err := json.Marshal(text)
		if err != nil {
			panic(err)
		}
		return before + string(b) + after + "\n"
	}
}

var records = []string{
	"2026-11-21T10:00:02.123Z INFO [main] GET /cart 200 12ms from 10.0.0.7:51234\n",
	"2026-11-21T10:00:02.124Z WARN [main] connect ECONNREFUSED ::1:45999\n",
	"2026-11-21T10:00:02.125Z INFO [main] listening on http://localhost:3000\n",
}

var carriers = []carrier{
	{"bare", firstLine(""), append([]string{
		"GET /cart 200 12ms from 10.0.0.7:51234\n",
		"> shop@1.2.3 start\n",
		"Listening at http://localhost:3000/\n",
		"user@host:80:12 was here, at 10:30:45\n",
		"\n",
	}, records...)},
	{"record", firstLine("2026-11-21T10:00:01.123Z ERROR [main] "), records},
	{"each line", eachLine("2026-11-21 10:00:0#,123 ERROR "), []string{"2026-11-21 10:00:02,123 INFO GET /cart 200 12ms from 10.0.0.7:51234\n"}},
	{"compose", eachLine("app-1  | "), []string{"app-1  | GET /cart 200 12ms from 10.0.0.7:51234\n", "db-1  | checkpoint complete at 10:30:45\n"}},
	{"CRI", eachLine("2026-11-21T10:00:00.12345678#Z stderr F "), []string{"2026-11-21T10:00:00.123456789Z stderr F GET /cart 200 12 ms\n", "2026-11-21T10:00:00.123456789Z stdout F fine: 12:1\n"}},
	{"syslog", eachLine("<11>Nov 21 10:00:0# web app[12]: "), []string{"<11>Nov 21 10:00:00 web app[12]: GET /cart 200 12 ms\n"}},
	{"journal", eachLine("Nov 21 10:00:0# web node[12]: "), []string{"Nov 21 10:00:00 web node[12]: GET /cart 200 12 ms\n", "Nov 21 10:00:00 web sshd[7]: Accepted publickey for root from 10.0.0.7 port 5123\n"}},
	{"Docker", func(_ *rand.Rand, text string) string {
		var b strings.Builder
		for line := range strings.Lines(strings.TrimSuffix(text, "\n") + "\n") {
			b.WriteString(inJSON(`{"log":`, `,"stream":"stderr","time":"2026-11-21T10:00:00.123456789Z"}`)(nil, line))
		}
		return b.String()
	}, []string{`{"log":"GET /cart 200 12 ms\n","stream":"stderr","time":"2026-11-21T10:00:00.123456789Z"}` + "\n"}},
	{"pino", inJSON(`{"level":50,"time":1763719200123,"pid":7,"hostname":"web","err":{"type":"Error","message":"x","stack":`, `},"msg":"x"}`), []string{`{"level":30,"time":1763719200123,"pid":7,"hostname":"web","msg":"a\nb at c"}` + "\n"}},
	{"winston", inJSON(`{"level":"error","message":"x","stack":`, `,"timestamp":"2026-11-21T10:00:00.123Z"}`), []string{`{"level":"info","message":"fine","timestamp":"2026-11-21T10:00:00.123Z"}` + "\n"}},
	{"logfmt", inJSON(`time=2026-11-21T10:00:00Z level=error msg="it broke" err=`, ` pid=7`), []string{"time=2026-11-21T10:00:00Z level=info msg=\"fine\"\n"}},
	{"Cloud", inJSON(`{"severity":"ERROR","jsonPayload":{"message":`, `},"timestamp":"2026-11-21T10:00:00.123Z"}`), []string{`{"severity":"INFO","textPayload":"fine","timestamp":"2026-11-21T10:00:00.123Z"}` + "\n"}},
}

// TestCaptures puts each capture into each carrier, with noise around it, and looks for it.
func TestCaptures(t *testing.T) {
	captures, err := readCaptures()
	if err != nil {
		t.Fatal(err)
	}
	step := corpus.Step(16)
	sum, right := 0, 0
	for _, carrier := range carriers {
		random := rand.New(rand.NewPCG(1, 2))
		var log strings.Builder
		var ends []int
		var of []*capture
		order := random.Perm(len(captures))
		for i := 0; i < len(order); i += step {
			c := &captures[order[i]]
			log.WriteString(carrier.noise[0]) // of the same stream: nothing else parts two traces without a header
			for range random.IntN(3) {
				log.WriteString(carrier.noise[random.IntN(len(carrier.noise))])
			}
			log.WriteString(carrier.wrap(random, c.Text))
			ends, of = append(ends, log.Len()), append(of, c)
		}
		log.WriteString(carrier.noise[0])
		found := make([]bool, len(ends))
		missed := map[string]int{}
		all := scanAll(t, strings.NewReader(log.String()), logscan.Options{})
		for _, f := range all.Found {
			i, _ := slices.BinarySearch(ends, int(f.Start)+1)
			if i < len(of) && slices.Equal(withoutText(f.Trace), of[i].want) {
				found[i] = true
			}
		}
		n := 0
		for i, ok := range found {
			if ok {
				n++
				continue
			}
			missed[of[i].Engine+" "+of[i].Kind]++
			if want := os.Getenv("LOGSCAN_SHOW"); want != "" && strings.HasPrefix(carrier.name+" "+of[i].Engine+" "+of[i].Kind, want) {
				t.Logf("%s %s:\n%s", of[i].ID, of[i].Engine, strings.Join(first(strings.Split(of[i].Text, "\n"), 7), "\n"))
				if os.Getenv("LOGSCAN_BEFORE") != "" && i > 0 {
					t.Logf("before it %s", of[i-1].Text)
				}
				for _, f := range all.Found {
					if j, _ := slices.BinarySearch(ends, int(f.Start)+1); j == i {
						t.Logf("found %q", f.Text)
					}
				}
			}
		}
		sum, right = sum+len(found), right+n
		t.Logf("%-10s %d of %d, %.2f %%", carrier.name, n, len(found), 100*float64(n)/float64(len(found)))
		for _, what := range slices.Sorted(maps.Keys(missed)) {
			t.Logf("           missed %4d of %s", missed[what], what)
		}
	}
	share := 100 * float64(right) / float64(sum)
	t.Logf("%d of %d, %.2f %%", right, sum, share)
	least := 99.3
	if !corpus.IsWhole() {
		least = 98.5 // of a few captures one more or less counts for much
	}
	if share < least {
		t.Errorf("%.2f %% of the captures are found, want %.1f", share, least)
	}
}

func first(lines []string, n int) []string { return lines[:min(n, len(lines))] }
