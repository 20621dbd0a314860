package logscan_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace/logscan"
)

const short = "Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)\n"

func TestLimits(t *testing.T) {
	deep := "Error: x\n" + strings.Repeat("    at f (/a.js:1:2)\n", 100)
	const (
		a    = "a-1  | Error: x\na-1  |     at f (/a.js:1:2)\n"
		b    = "b-1  | fine\n"
		more = "a-1  |     at g (/a.js:3:4)\n"
	)
	for _, test := range []struct {
		name    string
		input   string
		options logscan.Options
		want    []string
	}{
		{"no limit is reached", deep, logscan.Options{}, []string{"0-2109 100 "}},
		{"bytes of a trace", deep + "end\n", logscan.Options{MaxTrace: 500}, []string{"0-492 23 trace"}},
		{"the next trace is whole", deep + "end\n" + short, logscan.Options{MaxTrace: 500}, []string{"0-492 23 trace", "2113-2164 2 "}},
		{"a line's bytes", `{"stack":"Error: x\n    at f (/a.js:1:2)\n    at g (/a.js:3:4)"}` + "\n" + short, logscan.Options{MaxLine: 50}, []string{"0-50 1 line", "65-116 2 "}},
		{"a line in a trace", "Error: x\n    at f (/a.js:1:2)\n    at " + strings.Repeat("g", 100) + " (/a.js:3:4)\nend\n", logscan.Options{MaxLine: 50}, []string{"0-80 1 line"}},
		{"bytes of other streams", a + strings.Repeat(b, 20) + more, logscan.Options{MaxGap: 100}, []string{"0-44 1 gap", "284-312 1 gap"}},
		{"other streams below the limit", a + strings.Repeat(b, 20) + more, logscan.Options{}, []string{"0-312 2 "}},
		{"other streams and the end", a + strings.Repeat(b, 20), logscan.Options{MaxGap: 100}, []string{"0-44 1 "}},
		{"other streams and then something else", a + strings.Repeat(b, 20) + "a-1  | fine\n" + more, logscan.Options{MaxGap: 100}, []string{"0-44 1 ", "296-324 1 "}},
		{"other streams and another trace", a + strings.Repeat(b, 20) + a, logscan.Options{MaxGap: 100}, []string{"0-44 1 ", "284-328 1 "}},
		{"other streams and the cause", a + strings.Repeat(b, 20) + "a-1  | Caused by: Error: y\n" + more, logscan.Options{MaxGap: 100}, []string{"0-44 1 gap", "284-339 1 gap"}},
		{"other streams for long", a + strings.Repeat(b, 200) + more, logscan.Options{MaxGap: 100}, []string{"0-44 1 ", "2444-2472 1 "}},
		{"other streams within an object", "a-1  | Error: x\na-1  |     at f (/a.js:1:2) {\n" + strings.Repeat(b, 20) + "a-1  |   code: 'X'\na-1  | }\n", logscan.Options{MaxGap: 100}, []string{"0-46 1 gap"}},
		{"other streams within a traceback", "a-1  | Traceback (most recent call last):\na-1  |   File \"a.py\", line 3, in f\n" + strings.Repeat(b, 20) + "a-1  | ValueError: y\n", logscan.Options{MaxGap: 100}, []string{"0-77 1 gap"}},
		{"a long line of another stream", a + strings.Repeat("b", 300) + "\n" + more, logscan.Options{MaxGap: 100, MaxLine: 50}, []string{"0-44 1 gap", "345-373 1 gap"}},
		{"streams", "a-1  | Error: x\nb-1  | Error: y\na-1  |     at f (/a.js:1:2)\nb-1  |     at f (/b.js:1:2)\na-1  |     at g (/a.js:3:4)\n", logscan.Options{MaxStreams: 1}, []string{"0-60 1 streams", "88-116 1 streams", "16-88 1 "}},
		{"streams that end", "a-1  | Error: x\nb-1  | Error: y\na-1  |     at f (/a.js:1:2)\nb-1  |     at f (/b.js:1:2)\na-1  | fine\nb-1  | fine\n", logscan.Options{MaxStreams: 1}, []string{"16-88 1 ", "0-60 1 "}},
		{"bytes of a trace that ends there", deep[:471] + "\nend\n", logscan.Options{MaxTrace: 471}, []string{"0-471 22 "}},
		{"bytes of a trace among other streams", strings.ReplaceAll(strings.ReplaceAll(deep, "Error", "a-1  | Error"), "    at", "b-1  | fine\na-1  |     at") + "b-1  | fine\na-1  | fine\n" + short, logscan.Options{MaxTrace: 500}, []string{"0-936 23 trace", "4040-4091 2 "}},
		{"bytes of a traceback", "Traceback (most recent call last):\n" + strings.Repeat("  File \"a.py\", line 3, in f\n", 20) + "ValueError: y\n", logscan.Options{MaxTrace: 300}, []string{"0-287 9 trace"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range checkLaws(t, []byte(test.input), test.options, 1).Found {
				got = append(got, fmt.Sprintf("%d-%d %d %s", f.Start, f.End, len(f.Trace.Frames), f.Truncated))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestLongLine scans a line of 1 GB with a trace behind it.
func TestLongLine(t *testing.T) {
	size := 1 << 30
	if testing.Short() {
		size = 1 << 24
	}
	line := &endless{text: strings.Repeat("x@y:1:2 ", 1<<13), left: size}
	s := logscan.NewScanner(io.MultiReader(line, strings.NewReader("\n"+short)), logscan.Options{})
	if !s.Scan() || s.Found().Start != int64(size)+1 {
		t.Errorf("found %+v, want the trace at %d", s.Found(), size+1)
	}
}

func TestAll(t *testing.T) {
	n := 0
	for f, err := range logscan.NewScanner(strings.NewReader(short+"end\n"+short), logscan.Options{}).All() {
		if err != nil || len(f.Trace.Frames) != 2 {
			t.Errorf("found %+v, error %v", f, err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("found %d, want 2", n)
	}
	failing := io.MultiReader(strings.NewReader(short), failingReader{})
	var all []error
	for _, err := range logscan.NewScanner(failing, logscan.Options{}).All() {
		all = append(all, err)
	}
	if diff := cmp.Diff([]string{"<nil>", "it broke"}, []string{fmt.Sprint(all[0]), fmt.Sprint(all[1])}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for range logscan.NewScanner(strings.NewReader(strings.Repeat(short, 1000)), logscan.Options{Workers: 2}).All() {
		break // the workers end
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, fmt.Errorf("it broke") }

// TestIdle waits for the end of a trace that only time tells. A reader that stops within a line ends nothing.
func TestIdle(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	var rest strings.Builder
	const idle = 20 * time.Millisecond
	s := logscan.NewScanner(r, logscan.Options{Idle: idle, Rest: func(_ int64, part []byte) { rest.Write(part) }})
	found := make(chan logscan.Found)
	go func() {
		for s.Scan() {
			found <- s.Found()
		}
		close(found)
	}()
	io.WriteString(w, "start\n"+short)
	if f := <-found; len(f.Trace.Frames) != 2 {
		t.Errorf("found %+v", f)
	}
	io.WriteString(w, "ending\n"+short+"    at h (/a")
	select {
	case f := <-found:
		t.Errorf("found %+v before the line ended", f)
	case <-time.After(4 * idle):
	}
	io.WriteString(w, ".js:5:6)\n")
	if f := <-found; f.Start != 64 || len(f.Trace.Frames) != 3 {
		t.Errorf("found %+v, want three frames at 64", f)
	}
	w.Close()
	if f, ok := <-found; ok || s.Err() != nil {
		t.Errorf("found %+v, error %v, want the end", f, s.Err())
	}
	if got, want := rest.String(), "start\nending\n"; got != want {
		t.Errorf("the rest is %q, want %q", got, want)
	}
}

func TestPusher(t *testing.T) {
	var got []string
	p := logscan.NewPusher(logscan.Options{}, func(f logscan.Found) {
		got = append(got, fmt.Sprintf("%s %d-%d %d %s", f.Trace.Type, f.Start, f.End, len(f.Trace.Frames), f.Stream))
	})
	p.Push("a", "Error: x")
	p.Push("b", "TypeError: y\n    at h (/b.js:1:2)")
	p.Push("a", "    at f (/a.js:1:2)\n")
	p.Push("b", "fine, thanks")
	if at := p.Push("a", "    at g (/a.js:3:4)"); at != 77 {
		t.Errorf("the last record is at %d, want 77", at)
	}
	p.Close()
	if diff := cmp.Diff([]string{"TypeError 9-43 1 b", "Error 0-98 2 a"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
