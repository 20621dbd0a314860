package otelprocessor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/otelprocessor/internal/metadatatest"
)

// recombining is the default configuration with records put together, slow to flush.
func recombining(changes ...func(*Config)) *Config {
	return configure(append([]func(*Config){func(c *Config) {
		c.LogBodies.Recombine, c.LogBodies.FlushAfter = true, time.Hour
	}}, changes...)...)
}

// linesOf returns a record for each line of a text.
func linesOf(text string) plog.Logs {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for line := range strings.Lines(text) {
		records.AppendEmpty().Body().SetStr(strings.TrimSuffix(line, "\n"))
	}
	return ld
}

// bodies returns the bodies of all records in their order.
func bodies(ld plog.Logs) []string {
	var all []string
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, record := range sl.LogRecords().All() {
				all = append(all, record.Body().AsString())
			}
		}
	}
	return all
}

// sink is a consumer that can be slow, or refuse. What it is given it spoils, as a consumer may.
type sink struct {
	mu     sync.Mutex
	refuse func(call int) error
	delay  time.Duration
	calls  int
	got    []plog.Logs
}

func (s *sink) Capabilities() consumer.Capabilities { return consumer.Capabilities{MutatesData: true} }

func (s *sink) ConsumeLogs(_ context.Context, ld plog.Logs) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(s.delay)
	s.calls++
	if s.refuse != nil {
		if err := s.refuse(s.calls); err != nil {
			ld.ResourceLogs().RemoveIf(func(plog.ResourceLogs) bool { return true })
			return err
		}
	}
	s.got = append(s.got, ld)
	return nil
}

func (s *sink) all() plog.Logs {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := plog.NewLogs()
	for _, ld := range s.got {
		copied := plog.NewLogs()
		ld.CopyTo(copied)
		copied.ResourceLogs().MoveAndAppendTo(out.ResourceLogs())
	}
	return out
}

func startRecombiner(t testing.TB, config *Config, next consumer.Logs) (*recombiner, *componenttest.Telemetry) {
	t.Helper()
	set, telemetry := settings(t)
	p, err := NewFactory().CreateLogs(context.Background(), set, config, next)
	require.NoError(t, err)
	require.NoError(t, p.Start(context.Background(), componenttest.NewNopHost()))
	return p.(*recombiner), telemetry
}

func TestRecombine(t *testing.T) {
	trace := strings.Split(chromeStack, "\n")
	for name, c := range map[string]struct {
		lines []string
		want  []string
	}{
		"one trace":            {trace, []string{chromeStack}},
		"among other records":  {slices.Concat([]string{"starting", "ready"}, trace, []string{"stopping"}), []string{"starting", "ready", chromeStack, "stopping"}},
		"two traces":           {slices.Concat(trace, trace), []string{chromeStack, chromeStack}},
		"a record of several":  {[]string{"ready", chromeStack, "stopping"}, []string{"ready", chromeStack, "stopping"}},
		"parts of several":     {[]string{"ready", trace[0] + "\n" + trace[1], trace[2] + "\n" + trace[3], "stopping"}, []string{"ready", chromeStack, "stopping"}},
		"two in one record":    {[]string{chromeStack + "\n" + trace[0], trace[1], trace[2], trace[3], "stopping"}, []string{chromeStack + "\n" + chromeStack, "stopping"}},
		"line ends of records": {[]string{trace[0] + "\n", trace[1] + "\n", trace[2] + "\n", "stopping\n"}, []string{trace[0] + "\n" + trace[1] + "\n" + trace[2] + "\n", "stopping\n"}},
		"no trace":             {[]string{"a", "", "b"}, []string{"a", "", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			ld := plog.NewLogs()
			records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
			for _, line := range c.lines {
				records.AppendEmpty().Body().SetStr(line)
			}
			assert.Equal(t, c.want, bodies(processLogs(t, recombining(), ld)))
		})
	}
}

// TestRecombinedRecord checks what the record has that others became parts of.
func TestRecombinedRecord(t *testing.T) {
	ld := linesOf("ready\n" + chromeStack + "\nstopping")
	records := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	for i, record := range records.All() {
		record.SetTimestamp(pcommon.Timestamp(100 + i))
		record.SetObservedTimestamp(pcommon.Timestamp(200 + i))
		record.Attributes().PutInt("n", int64(i))
		record.SetSeverityNumber(plog.SeverityNumberInfo)
		record.SetSeverityText("info")
	}
	records.At(3).SetSeverityNumber(plog.SeverityNumberError)
	records.At(3).SetSeverityText("error")
	out := processLogs(t, recombining(), ld).ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	require.Equal(t, 3, out.Len())
	record := out.At(1)
	assert.EqualValues(t, 101, record.Timestamp())
	assert.EqualValues(t, 201, record.ObservedTimestamp())
	assert.Equal(t, plog.SeverityNumberError, record.SeverityNumber())
	assert.Equal(t, "error", record.SeverityText())
	assert.Equal(t, chrome(map[string]any{"n": int64(1)}), record.Attributes().AsRaw())
	assert.Equal(t, map[string]any{"n": int64(0)}, out.At(0).Attributes().AsRaw())
	assert.Equal(t, plog.SeverityNumberInfo, out.At(2).SeverityNumber())
}

// TestRecombineStreams checks that records of other streams and records that are no text do not part a
// trace, and keep their order.
func TestRecombineStreams(t *testing.T) {
	trace := strings.Split(chromeStack, "\n")
	ld := plog.NewLogs()
	for i, line := range trace {
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", "a")
		rl.Resource().Attributes().PutStr("host.name", "h")
		records := rl.ScopeLogs().AppendEmpty().LogRecords()
		record := records.AppendEmpty()
		record.Body().SetStr(line)
		// file_log gives attributes in any order.
		if i%2 == 0 {
			record.Attributes().PutStr("log.file.name", "0.log")
		}
		record.Attributes().PutStr("log.iostream", "stderr")
		if i%2 == 1 {
			record.Attributes().PutStr("log.file.name", "0.log")
		}
		record = records.AppendEmpty()
		record.Body().SetStr("out " + fmt.Sprint(i))
		record.Attributes().PutStr("log.iostream", "stdout")
		record = records.AppendEmpty()
		record.Body().SetEmptyMap().PutInt("map", int64(i))
		record.Attributes().PutStr("log.iostream", "stderr")
		record.Attributes().PutStr("log.file.name", "0.log")

		// The same resource with its attributes in another order, and another resource.
		rl = ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("host.name", "h")
		rl.Resource().Attributes().PutStr("service.name", "b")
		rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Body().SetStr(line)
	}
	ld.ResourceLogs().At(2).Resource().Attributes().Clear()
	ld.ResourceLogs().At(2).Resource().Attributes().PutStr("host.name", "h")
	ld.ResourceLogs().At(2).Resource().Attributes().PutStr("service.name", "a")
	out := processLogs(t, recombining(), ld)
	got := make(map[string][]string)
	for _, rl := range out.ResourceLogs().All() {
		name, _ := rl.Resource().Attributes().Get("service.name")
		for _, record := range rl.ScopeLogs().At(0).LogRecords().All() {
			from := name.AsString() + " " + textOf(record.Attributes(), "log.iostream")
			got[from] = append(got[from], record.Body().AsString())
		}
	}
	assert.Equal(t, map[string][]string{
		"a stdout": {"out 0", "out 1", "out 2", "out 3"},
		"a stderr": {chromeStack, `{"map":0}`, `{"map":1}`, `{"map":2}`, `{"map":3}`},
		"b ":       {chromeStack},
	}, got)
}

// TestRecombineTraceContext checks that the lines of two requests, which a program printed at the same time, are
// told apart by the trace that they are of.
func TestRecombineTraceContext(t *testing.T) {
	one, two := strings.Split(chromeStack, "\n"), strings.Split(strings.ReplaceAll(chromeStack, "price", "count"), "\n")
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for i := range one {
		for n, line := range []string{one[i], two[i]} {
			record := records.AppendEmpty()
			record.Body().SetStr(line)
			record.SetTraceID(pcommon.TraceID{byte(n + 1)})
		}
	}
	assert.Equal(t, []string{strings.Join(one, "\n"), strings.Join(two, "\n")}, bodies(processLogs(t, recombining(), ld)))
}

// TestRecombineLogs checks the project's container logs, one record a line: the traces are those that
// logscan finds in the file, every other record is as it was, and the order is kept.
func TestRecombineLogs(t *testing.T) {
	files, err := filepath.Glob("../testdata/logs/*.log")
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("the logs are in the repository, not in the module")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if _, isMissing := err.(*fs.PathError); isMissing {
				t.Skipf("the logs are in the repository, not in the module: %v", err)
			}
			want := recombined(string(data))
			ld := linesOf(string(data))
			// A batch of one record each, so that a trace spans batches.
			next := new(sink)
			c, _ := startRecombiner(t, recombining(), next)
			for _, record := range ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
				one := plog.NewLogs()
				record.CopyTo(one.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty())
				require.NoError(t, c.ConsumeLogs(context.Background(), one))
			}
			require.NoError(t, c.Shutdown(context.Background()))
			got := bodies(next.all())
			assert.Equal(t, want, got)
		})
	}
}

// recombined returns the records of a log as they should be: those that logscan finds to be a trace
// together are one, at the place of the first.
func recombined(log string) []string {
	type line struct {
		text  string
		trace int
	}
	var lines []line
	byOffset := make(map[int64]int)
	offset := int64(0)
	for text := range strings.Lines(log) {
		byOffset[offset] = len(lines)
		lines = append(lines, line{strings.TrimSuffix(text, "\n"), -1})
		offset += int64(len(text))
	}
	scanner := logscan.NewScanner(bytes.NewReader([]byte(log)), logscan.Options{MaxTrace: 64 << 10})
	for n := 0; scanner.Scan(); n++ {
		for _, piece := range scanner.Found().Pieces {
			at := piece.Start
			for text := range strings.Lines(piece.Text) {
				lines[byOffset[at]].trace = n
				at += int64(len(text))
			}
		}
	}
	var out []string
	first := make(map[int]int) // by trace, where it is in out
	for _, l := range lines {
		at, isThere := first[l.trace]
		switch {
		case l.trace < 0:
			out = append(out, l.text)
		case isThere:
			out[at] += "\n" + l.text
		default:
			first[l.trace] = len(out)
			out = append(out, l.text)
		}
	}
	return out
}

// TestFlush checks that records are held no longer than configured, and that a trace of which lines
// still come is not parted.
func TestFlush(t *testing.T) {
	next := new(sink)
	c, telemetry := startRecombiner(t, recombining(), next)
	held := func(want int64) {
		t.Helper()
		metadatatest.AssertEqualProcessorJsStacktraceHeldRecords(t, telemetry, []metricdata.DataPoint[int64]{{Value: want}}, metricdatatest.IgnoreTimestamp())
	}
	send := func(lines ...string) {
		t.Helper()
		require.NoError(t, c.ConsumeLogs(context.Background(), linesOf(strings.Join(lines, "\n"))))
	}
	trace := strings.Split(chromeStack, "\n")
	send("ready", trace[0], trace[1])
	held(3)
	began := time.Now()
	time.Sleep(2 * time.Millisecond)
	send(trace[2])
	// The records of the first batch are old, but the trace is not over.
	c.flush(began.Add(time.Hour).Add(time.Millisecond))
	assert.Equal(t, []string{"ready"}, bodies(next.all()))
	held(3)
	send(trace[3], "stopping")
	c.flush(time.Now().Add(time.Hour))
	assert.Equal(t, []string{"ready", chromeStack, "stopping"}, bodies(next.all()))
	held(0)
	assert.Empty(t, c.streams)

	// More of a trace keeps coming, but not for ever.
	send(trace[0], trace[1])
	c.flush(time.Now().Add((patience + 1) * time.Hour))
	assert.Len(t, bodies(next.all()), 4)
	require.NoError(t, c.Shutdown(context.Background()))
	metadatatest.AssertEqualProcessorJsStacktraceRecombinedRecords(t, telemetry, []metricdata.DataPoint[int64]{{Value: 4}}, metricdatatest.IgnoreTimestamp())
}

// TestFlushByItself checks that what is held is passed on without any more records.
func TestFlushByItself(t *testing.T) {
	next := new(sink)
	c, _ := startRecombiner(t, recombining(func(c *Config) { c.LogBodies.FlushAfter = 20 * time.Millisecond }), next)
	require.NoError(t, c.ConsumeLogs(context.Background(), linesOf(chromeStack)))
	assert.Eventually(t, func() bool { return slices.Equal(bodies(next.all()), []string{chromeStack}) }, 5*time.Second, time.Millisecond)
	require.NoError(t, c.Shutdown(context.Background()))
}

// TestHeld checks the bounds of what is held, and that nothing is lost where they are reached.
func TestHeld(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"records": func(c *Config) { c.LogBodies.Held.Records = 10 },
		"bytes":   func(c *Config) { c.LogBodies.Held.Bytes = 8 << 10 },
		"streams": func(c *Config) { c.LogBodies.Held.Streams = 3 },
	} {
		t.Run(name, func(t *testing.T) {
			next := new(sink)
			config := recombining(change)
			c, _ := startRecombiner(t, config, next)
			const records = 1000
			for i := range records {
				ld := linesOf(fmt.Sprintf("record %d %s", i, strings.Repeat("x", 100)))
				ld.ResourceLogs().At(0).Resource().Attributes().PutInt("stream", int64(i%7))
				require.NoError(t, c.ConsumeLogs(context.Background(), ld))
				require.LessOrEqual(t, c.count, config.LogBodies.Held.Records)
				require.LessOrEqual(t, c.bytes, int64(config.LogBodies.Held.Bytes))
				require.LessOrEqual(t, len(c.streams), config.LogBodies.Held.Streams)
				require.Empty(t, c.waiting)
			}
			require.NoError(t, c.Shutdown(context.Background()))
			require.Zero(t, c.count)
			require.Zero(t, c.bytes)
			last := make(map[int]int)
			all := bodies(next.all())
			require.Len(t, all, records)
			for _, body := range all {
				var n int
				_, err := fmt.Sscanf(body, "record %d", &n)
				require.NoError(t, err)
				if before, ok := last[n%7]; ok {
					require.Equal(t, before+7, n, "the order of a stream")
				}
				last[n%7] = n
			}
		})
	}
}

// TestBackPressure checks that what a consumer refuses is offered again, in its order and once, and that
// nothing more is accepted before.
func TestBackPressure(t *testing.T) {
	refused := errors.New("full")
	var isFull bool
	next := &sink{refuse: func(int) error {
		if isFull {
			return refused
		}
		return nil
	}}
	c, _ := startRecombiner(t, recombining(func(c *Config) { c.LogBodies.Held.Records = 1 }), next)
	require.NoError(t, c.ConsumeLogs(context.Background(), linesOf("a\nb")))
	isFull = true
	require.NoError(t, c.ConsumeLogs(context.Background(), linesOf("c\nd")), "it is held, so it is accepted")
	for range 3 {
		require.ErrorIs(t, c.ConsumeLogs(context.Background(), linesOf("e")), refused)
	}
	c.flush(time.Now())
	isFull = false
	require.NoError(t, c.ConsumeLogs(context.Background(), linesOf("e")))
	require.NoError(t, c.Shutdown(context.Background()))
	assert.Equal(t, []string{"a", "b", "c", "d", "e"}, bodies(next.all()))
	assert.Error(t, c.ConsumeLogs(context.Background(), linesOf("f")))
}

// TestShutdownRefused checks that a consumer is asked again at the end.
func TestShutdownRefused(t *testing.T) {
	next := &sink{refuse: func(call int) error {
		if call < 4 {
			return errors.New("full")
		}
		return nil
	}}
	c, _ := startRecombiner(t, recombining(), next)
	require.NoError(t, c.ConsumeLogs(context.Background(), linesOf(chromeStack)))
	require.NoError(t, c.Shutdown(context.Background()))
	assert.Equal(t, []string{chromeStack}, bodies(next.all()))

	next = &sink{refuse: func(int) error { return errors.New("full") }}
	c, _ = startRecombiner(t, recombining(), next)
	require.NoError(t, c.ConsumeLogs(context.Background(), linesOf(chromeStack)))
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	require.ErrorContains(t, c.Shutdown(ctx), "1 log records that were held are lost: full")

	// What is refused for good is not offered again.
	next = &sink{refuse: func(int) error { return consumererror.NewPermanent(errors.New("bad")) }}
	c, _ = startRecombiner(t, recombining(), next)
	require.NoError(t, c.ConsumeLogs(context.Background(), linesOf(chromeStack)))
	require.NoError(t, c.Shutdown(context.Background()))
	assert.Equal(t, 1, next.calls)
}

// TestSlowConsumer checks that a slow consumer makes senders wait, who can give up, and that nothing is
// lost of what was accepted.
func TestSlowConsumer(t *testing.T) {
	next := &sink{delay: 20 * time.Millisecond}
	c, _ := startRecombiner(t, recombining(func(c *Config) { c.LogBodies.Held.Records = 5; c.LogBodies.FlushAfter = 5 * time.Millisecond }), next)
	var accepted sync.Map
	var senders sync.WaitGroup
	for sender := range 4 {
		senders.Go(func() {
			for i := range 20 {
				ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
				text := fmt.Sprintf("record %d of %d", i, sender)
				if c.ConsumeLogs(ctx, linesOf(text)) == nil {
					accepted.Store(text, true)
				}
				cancel()
			}
		})
	}
	senders.Wait()
	next.mu.Lock()
	next.delay = 0
	next.mu.Unlock()
	require.NoError(t, c.Shutdown(context.Background()))
	got := bodies(next.all())
	n := 0
	accepted.Range(func(text, _ any) bool {
		n++
		assert.Contains(t, got, text)
		return true
	})
	assert.Len(t, got, n)
	assert.Positive(t, n)
}

// TestRecombineManyRecords checks that nothing of many records is lost or out of order.
func TestRecombineManyRecords(t *testing.T) {
	sink := new(consumertest.LogsSink)
	c, _ := startRecombiner(t, recombining(func(c *Config) { c.LogBodies.FlushAfter = 50 * time.Millisecond }), sink)
	const batches, traces = 100, 200
	for b := range batches {
		var text strings.Builder
		for i := range traces {
			fmt.Fprintf(&text, "request %d\n%s\n", b*traces+i, chromeStack)
		}
		require.NoError(t, c.ConsumeLogs(context.Background(), linesOf(text.String()))) // 5 records each
	}
	require.NoError(t, c.Shutdown(context.Background()))
	n := 0
	for _, ld := range sink.AllLogs() {
		for _, body := range bodies(ld) {
			want := chromeStack
			if n%2 == 0 {
				want = fmt.Sprintf("request %d", n/2)
			}
			require.Equal(t, want, body)
			n++
		}
	}
	assert.Equal(t, 2*batches*traces, n)
}
