package stacktracebeam_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/graph/window"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/memfs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/passert"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/teststream"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	stacktracebeam "github.com/stacktrace-go/stacktrace/beam"
)

func TestMain(m *testing.M) {
	status := ptest.MainRet(m)
	if command != "" {
		os.RemoveAll(filepath.Dir(command))
	}
	os.Exit(status)
}

func init() {
	beam.RegisterFunction(counted)
	beam.RegisterFunction(exampleOf)
}

// command is the path of the command stacktrace, once it is built.
var command string

// topOf returns the lines of "stacktrace top --format json", sorted.
func topOf(t testing.TB, args ...string) []string {
	t.Helper()
	if command == "" {
		root, err := filepath.Abs("..")
		if err != nil {
			t.Fatal(err)
		}
		dir, err := os.MkdirTemp("", "stacktrace")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "stacktrace.exe")
		build := exec.Command("go", "build", "-o", path, "./cmd/stacktrace")
		build.Dir, build.Env = root, append(os.Environ(), "GOWORK="+filepath.Join(root, "go.work"), "GOFLAGS=")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("the command cannot be built: %v\n%s", err, out)
		}
		command = path
	}
	top := exec.Command(command, append([]string{"top", "--format", "json"}, args...)...)
	var stderr strings.Builder
	top.Stderr = &stderr
	out, err := top.Output()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	usage := top.ProcessState
	t.Logf("top: %v of CPU time", usage.UserTime()+usage.SystemTime())
	return sortedLines(out)
}

func sortedLines(text []byte) []string {
	lines := strings.Split(string(text), "\n")
	slices.Sort(lines)
	return lines[1:] // without what is behind the last line end
}

// writeTop runs the pipeline of the command and returns the lines of its two files, sorted.
func writeTop(t testing.TB, n int, o stacktracebeam.ScanOptions, r stacktracebeam.Rules, globs ...string) (top, bad []string) {
	t.Helper()
	o.Zone = "local"
	prefix := filepath.Join(t.TempDir(), "out")
	p, s := beam.NewPipelineWithRoot()
	stacktracebeam.WriteTop(s, globs, prefix, n, o, r)
	if err := ptest.Run(p); err != nil {
		t.Fatal(err)
	}
	read := func(name string) []string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return sortedLines(text)
	}
	return read(prefix + ".ndjson"), read(prefix + ".bad.ndjson")
}

func checkSame(t testing.TB, want, got []string) {
	t.Helper()
	if len(want) == 0 {
		t.Error("top has no groups")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("other groups (-stacktrace top +beam):\n%.6000s", diff)
	}
}

// TestTop compares the groups of the project's logs with those of the command.
func TestTop(t *testing.T) {
	const logs = "../testdata/logs/*.log"
	names, _ := filepath.Glob(logs)
	for _, by := range []string{"exact", "stable", "loose"} {
		got, bad := writeTop(t, 0, stacktracebeam.ScanOptions{RangeSize: 3000}, stacktracebeam.Rules{By: by}, logs)
		checkSame(t, topOf(t, append([]string{"-n", "0", "--by", by}, names...)...), got)
		if len(bad) > 0 {
			t.Errorf("bad files: %q", bad)
		}
	}
	got, _ := writeTop(t, 5, stacktracebeam.ScanOptions{}, stacktracebeam.Rules{}, logs)
	checkSame(t, topOf(t, append([]string{"-n", "5"}, names...)...), got)
	got, _ = writeTop(t, 0, stacktracebeam.ScanOptions{}, stacktracebeam.Rules{CountMessage: true, CountCause: true, MaxCalls: 1, KeepQuery: true, OtherCode: []string{"shop.js"}}, names[0])
	checkSame(t, topOf(t, "-n", "0", "--count-message", "--count-cause", "--max-calls", "1", "--keep-query", "--other-code", "shop.js", names[0]), got)
}

// TestBadFiles checks that files which cannot be read are told and do not end the job, that the others are read whatever
// has compressed them, and that what is before an error is counted.
func TestBadFiles(t *testing.T) {
	dir := t.TempDir()
	var log bytes.Buffer
	for i := range 200 {
		fmt.Fprintf(&log, "2026-11-21T10:00:%02dZ ERROR Error: order %d is lost\n    at find (/src/orders%d.js:5:9)\n", i%60, i, i%7)
	}
	var packed, torn, squeezed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	zip.Write(log.Bytes())
	zip.Close()
	torn.Write(packed.Bytes()[:packed.Len()/2])
	squeeze, err := zstd.NewWriter(&squeezed)
	if err != nil {
		t.Fatal(err)
	}
	squeeze.Write(log.Bytes())
	squeeze.Close()
	random := make([]byte, 1<<20)
	source := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(source.IntN(256))
	}
	var wide bytes.Buffer
	for _, b := range log.Bytes() {
		wide.Write([]byte{b, 0})
	}
	for name, content := range map[string][]byte{
		"a.log": log.Bytes(), "b.log.gz": packed.Bytes(), "c.log.zst": squeezed.Bytes(), "d.log.gz": torn.Bytes(),
		"e.zip": []byte("PK\x03\x04 and more"), "f.bin": random, "g.log": nil, "h.log": wide.Bytes(), "i.log": bytes.Repeat([]byte{0}, 1<<20),
		"j.log": []byte("\x1f\x8b and no gzip"), "k.log": []byte(strings.Repeat("    at f (/src/a.js:1:2)\n", 1<<15)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "missing.log")
	glob := filepath.Join(dir, "*")
	got, bad := writeTop(t, 0, stacktracebeam.ScanOptions{}, stacktracebeam.Rules{}, glob, missing)
	names, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	checkSame(t, topOf(t, append([]string{"-n", "0"}, names...)...), got)
	var files []string
	for _, line := range bad {
		var b stacktracebeam.BadFile
		if err := json.Unmarshal([]byte(line), &b); err != nil || b.Error == "" || strings.Contains(b.Error, b.File) {
			t.Errorf("%s: %v", line, err)
		}
		files = append(files, filepath.Base(b.File))
	}
	slices.Sort(files)
	if want := []string{"d.log.gz", "e.zip", "folder", "j.log", "missing.log"}; !slices.Equal(want, files) {
		t.Errorf("bad files: %q, want %q", bad, want)
	}
}

// TestNothing checks that there are files if there is nothing to write.
func TestNothing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.log")
	if err := os.WriteFile(name, []byte("start\nend\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if top, bad := writeTop(t, 10, stacktracebeam.ScanOptions{}, stacktracebeam.Rules{}, name); len(top)+len(bad) > 0 {
		t.Errorf("%q, bad files %q", top, bad)
	}
}

// TestMemory reads a file system that can only be read from the beginning on.
func TestMemory(t *testing.T) {
	const logs = "../testdata/logs/"
	names, _ := filepath.Glob(logs + "*.log")
	fs := memfs.New(t.Context())
	defer fs.Close()
	for _, name := range names {
		log, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := filesystem.Write(t.Context(), fs, "memfs://logs/"+filepath.Base(name), log); err != nil {
			t.Fatal(err)
		}
	}
	got, _ := writeTop(t, 0, stacktracebeam.ScanOptions{RangeSize: 1000}, stacktracebeam.Rules{}, "memfs://logs/*.log")
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], "memfs://logs/", logs)
	}
	slices.Sort(got)
	checkSame(t, topOf(t, append([]string{"-n", "0"}, names...)...), got)
}

// writeLogs writes logs of so many bytes together in so many files of mixed sizes, some of them compressed. About a
// hundredth of their bytes are traces.
func writeLogs(t testing.TB, dir string, size int64, files int) {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	weights := make([]float64, files)
	sum := 0.0
	for i := range weights {
		weights[i] = 0.05 + random.ExpFloat64()
		sum += weights[i]
	}
	for i, weight := range weights {
		name := filepath.Join(dir, fmt.Sprintf("%03d.log", i))
		isPacked := i%20 == 7
		if isPacked {
			name += ".gz"
		}
		file, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		var packed *gzip.Writer
		if isPacked {
			packed, _ = gzip.NewWriterLevel(file, gzip.BestSpeed)
		}
		at := time.Date(2026, 11, 21, 0, 0, i, 0, time.UTC)
		for left := int64(float64(size) * weight / sum); left > 0; {
			b.Reset()
			for b.Len() < 1<<20 && int64(b.Len()) < left {
				at = at.Add(time.Duration(random.IntN(200)) * time.Millisecond)
				writeEntry(&b, random, at)
			}
			left -= int64(b.Len())
			if isPacked {
				packed.Write(b.Bytes())
			} else if _, err := file.Write(b.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
		if isPacked {
			packed.Close()
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// writeEntry writes a line of an access log, or now and then an error of one of many kinds.
func writeEntry(b *bytes.Buffer, random *rand.Rand, at time.Time) {
	stamp := at.Format("2006-01-02T15:04:05.000Z")
	if random.IntN(400) > 0 {
		fmt.Fprintf(b, "%s INFO [worker-%d] GET /cart/%d 200 %dms from 10.0.%d.%d\n", stamp, random.IntN(8), random.IntN(1e6), random.IntN(300), random.IntN(256), random.IntN(256))
		return
	}
	kind := int(random.ExpFloat64() * 40)
	fmt.Fprintf(b, "%s ERROR [worker-%d] ", stamp, random.IntN(8))
	switch kind % 4 {
	case 0:
		fmt.Fprintf(b, "TypeError: Cannot read properties of undefined (reading 'field%d')\n", kind)
	case 1:
		fmt.Fprintf(b, "Error: order %d is lost\n", random.IntN(1e6))
	case 2:
		fmt.Fprintf(b, "Error: connect ECONNREFUSED 10.0.0.%d:5432\n", random.IntN(4))
	default:
		fmt.Fprintf(b, "RangeError: %d of %q is too much\n", random.IntN(5), "tea")
	}
	for i := range 3 + kind%7 {
		fmt.Fprintf(b, "    at step%d_%d (/srv/shop/src/part%d.js:%d:%d)\n", kind, i, kind%50, 10+i, 5+i)
	}
	if kind%5 == 0 {
		fmt.Fprintf(b, "    at Router.handle (/srv/shop/node_modules/express/lib/router/index.js:%d:9)\n", 100+kind)
	}
}

// TestGenerated compares the groups of many files with those of the command: 32 MiB of them, or STACKTRACE_BEAM_MIB. It
// prints the CPU time of both.
func TestGenerated(t *testing.T) {
	mib := int64(32)
	if testing.Short() {
		mib = 4
	}
	if s := os.Getenv("STACKTRACE_BEAM_MIB"); s != "" {
		var err error
		if mib, err = strconv.ParseInt(s, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	writeLogs(t, dir, mib<<20, 200)
	glob := filepath.Join(dir, "*")
	names, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	want := topOf(t, append([]string{"-n", "0"}, names...)...)
	before := cpuTime()
	got, bad := writeTop(t, 0, stacktracebeam.ScanOptions{RangeSize: 8 << 20}, stacktracebeam.Rules{}, glob)
	t.Logf("beam: %v of CPU time for %d MiB, %d groups", cpuTime()-before, mib, len(got))
	checkSame(t, want, got)
	if len(bad) > 0 {
		t.Errorf("bad files: %q", bad)
	}
}

// TestLongLine checks that a line of 100 MB takes no more memory than others, in a file that is split and in one that is
// not.
func TestLongLine(t *testing.T) {
	const trace = "2026-11-21T10:00:00Z ERROR Error: a\n    at f (/src/a.js:1:2)\n"
	dir := t.TempDir()
	write := func(name string, pack bool) string {
		name = filepath.Join(dir, name)
		file, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		packed, _ := gzip.NewWriterLevel(file, gzip.BestSpeed)
		out := func(b []byte) {
			if pack {
				packed.Write(b)
			} else {
				file.Write(b)
			}
		}
		out([]byte(trace))
		part := bytes.Repeat([]byte("x = f(y, 1234567); // "), 1<<10)
		for n := 0; n < 100e6; n += len(part) {
			out(part)
		}
		out([]byte("\n" + trace))
		if pack {
			packed.Close()
		}
		return name
	}
	names := []string{write("a.log", false), write("b.log.gz", true)}
	stop, peak := make(chan bool), make(chan uint64)
	go func() {
		most := uint64(0)
		for {
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	got, _ := writeTop(t, 0, stacktracebeam.ScanOptions{RangeSize: 16 << 20}, stacktracebeam.Rules{}, filepath.Join(dir, "*"))
	close(stop)
	if used := int64(<-peak) - int64(before.HeapAlloc); used > 100e6 {
		t.Errorf("%d MB of memory", used/1e6)
	}
	checkSame(t, topOf(t, append([]string{"-n", "0"}, names...)...), got)
}

func counted(w beam.Window, t stacktracebeam.Traces) string {
	return fmt.Sprintf("%d %s: %d", w.MaxTimestamp()/60_000, t.Title(), t.Count())
}

func exampleOf(t stacktracebeam.Traces) string {
	file, offset, line := t.Example()
	return fmt.Sprintf("%s %s:%d:%d", t.Title(), file, offset, line)
}

// TestWindows checks that failures are counted by the minute, of records that come in no order.
func TestWindows(t *testing.T) {
	stream := teststream.NewConfig()
	record := func(source string, offset int64, text string) stacktracebeam.Record {
		return stacktracebeam.Record{Source: source, Offset: offset, Text: text}
	}
	const a, b = "Error: a\n    at f (/src/a.js:1:2)", `{"level":"error","stack":"Error: b\n    at g (/src/b.js:3:4)"}`
	for _, step := range []struct {
		at      int64 // in milliseconds
		records []any
	}{
		{1_000, []any{record("x", 1, a), record("y", 2, b), record("x", 3, "fine")}},
		{59_000, []any{record("x", 9, a)}},
		{30_000, []any{record("x", 5, a)}},
		{61_000, []any{record("y", 7, b), record("x", 0, a)}},
	} {
		if err := stream.AddElements(step.at, step.records...); err != nil {
			t.Fatal(err)
		}
	}
	if err := stream.AdvanceWatermark(60_000); err != nil {
		t.Fatal(err)
	}
	if err := stream.AddElements(130_000, record("z", 1, a)); err != nil {
		t.Fatal(err)
	}
	if err := stream.AdvanceWatermarkToInfinity(); err != nil {
		t.Fatal(err)
	}
	p, s := beam.NewPipelineWithRoot()
	minutes := beam.WindowInto(s, window.NewFixedWindows(time.Minute), teststream.Create(s, stream))
	groups := stacktracebeam.Group(s, stacktracebeam.Fingerprint(s, stacktracebeam.ScanRecords(s, minutes, stacktracebeam.ScanOptions{}), stacktracebeam.Rules{}))
	got := beam.WindowInto(s, window.NewGlobalWindows(), beam.ParDo(s, counted, stacktracebeam.Top(s, groups, 5)))
	passert.Equals(s, got, "0 Error: a: 3", "0 Error: b: 1", "1 Error: a: 1", "1 Error: b: 1", "2 Error: a: 1")
	ptest.RunAndValidate(t, p)
}

// TestScanLines checks that traces are found whose lines are records of their own.
func TestScanLines(t *testing.T) {
	p, s := beam.NewPipelineWithRoot()
	var records []any
	for i, line := range []string{"Error: a", "    at f (/src/a.js:1:2)", "fine", "Error: b", "    at g (/src/b.js:3:4)"} {
		for _, source := range []string{"x", "y"} {
			records = append(records, stacktracebeam.Record{Source: source, Offset: int64(100 * i), Text: line})
		}
	}
	slices.Reverse(records)
	traces := stacktracebeam.ScanLines(s, beam.Create(s, records...), stacktracebeam.ScanOptions{})
	groups := stacktracebeam.Group(s, stacktracebeam.Fingerprint(s, traces, stacktracebeam.Rules{}))
	passert.Equals(s, beam.ParDo(s, exampleOf, groups), "Error: a x:0:0", "Error: b x:300:0")
	ptest.RunAndValidate(t, p)
}
