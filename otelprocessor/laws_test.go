package otelprocessor

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/otelprocessor/internal/metadatatest"
)

type capture struct {
	ID      string  `json:"id"`
	Name    *string `json:"name"`
	Message *string `json:"message"`
	Text    string  `json:"text"`
}

// captures returns traces that real engines wrote. They are no part of the module, so a test without
// the repository around it is skipped.
func captures(t *testing.T) []capture {
	all, err := corpus.Read[capture]("../testdata/captures/traces.jsonl.gz")
	if _, isMissing := err.(*fs.PathError); isMissing {
		t.Skipf("the captures are in the repository, not in the module: %v", err)
	}
	require.NoError(t, err)
	if testing.Short() {
		all = all[:len(all)/10]
	}
	return all
}

// TestCaptures checks that attributes that are there are never changed, whatever engine wrote them, and
// that the fingerprint is the one that the command tells of the same text.
func TestCaptures(t *testing.T) {
	all := captures(t)
	for _, fill := range []Fill{FillNever, FillMissing} {
		ld := plog.NewLogs()
		records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
		before := plog.NewLogRecordSlice()
		for _, c := range all {
			record := records.AppendEmpty()
			record.Attributes().PutStr(attrStack, c.Text)
			if fill == FillNever && c.Name != nil && c.Message != nil {
				record.Attributes().PutStr(attrType, *c.Name)
				record.Attributes().PutStr(attrMessage, *c.Message)
			}
			record.CopyTo(before.AppendEmpty())
		}
		after := processLogs(t, configure(func(c *Config) { c.Fill, c.Limits = fill, LimitsConfig{1 << 30, 1 << 30, 1 << 30, 1 << 30, struct{}{}} }), ld)
		records = after.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
		require.Equal(t, len(all), records.Len())
		read := 0
		for i, c := range all {
			attrs := records.At(i).Attributes()
			for key, was := range before.At(i).Attributes().All() {
				v, isThere := attrs.Get(key)
				if !isThere || !v.Equal(was) {
					t.Errorf("%s: %s is %v, was %v", c.ID, key, v.AsRaw(), was.AsRaw())
				}
			}
			if fill == FillNever {
				continue
			}
			trace := stacktrace.Parse(c.Text)
			if len(trace.Frames) == 0 || trace.Engine == stacktrace.Python || isForeign(trace.Frames[0].File) {
				continue
			}
			read++
			if v, _ := attrs.Get("exception.fingerprint"); v.AsString() != normalize.Fingerprint(trace, normalize.Stable) {
				t.Errorf("%s: the fingerprint is %s, want %s", c.ID, v.AsString(), normalize.Fingerprint(trace, normalize.Stable))
			}
		}
		if fill == FillMissing && read < len(all)*9/10 {
			t.Errorf("%d of %d captures are read, want nearly all", read, len(all))
		}
	}
}

// TestHostile checks that no attribute, whatever its type, and no text is changed, lost, or read at
// more than its length's cost.
func TestHostile(t *testing.T) {
	long := chromeStack + strings.Repeat("\n    at f (https://h/a.js:1:2)", 10<<20/30)
	deep := pcommon.NewMap()
	for m, i := deep, 0; i < 100; i++ {
		m.PutStr("stack", "no stack:1")
		m = m.PutEmptyMap("err")
	}
	for name, c := range map[string]struct {
		body  any
		attrs map[string]any
	}{
		"10 MB in an attribute": {attrs: map[string]any{attrStack: long}},
		"10 MB of a body":       {body: long},
		"10 MB without an end":  {body: strings.Repeat("at f (", 10<<20/6) + "\n:1"},
		"types":                 {attrs: map[string]any{attrStack: int64(1), attrType: 2.5, attrMessage: true, "stack": []any{chromeStack}, "err": "x", "error": int64(1)}},
		"empty":                 {attrs: map[string]any{attrStack: "", attrType: "", attrMessage: "", "stack": "", "err": map[string]any{}}, body: map[string]any{}},
		"bytes":                 {body: []byte(chromeStack)},
		"nested":                {body: deep.AsRaw(), attrs: map[string]any{"err": deep.AsRaw()}},
		"no UTF-8":              {attrs: map[string]any{attrStack: "\xff\xfe\n    at \xff (\xfe:1:2)\n    at \xff (\xfe:1:2)"}, body: "\xff\n\x00@:1"},
	} {
		t.Run(name, func(t *testing.T) {
			in := logOf(t, "webjs", c.body, c.attrs)
			before := plog.NewLogs()
			in.CopyTo(before)
			began := time.Now()
			record := firstRecord(processLogs(t, configure(), in))
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			assert.Equal(t, firstRecord(before).Body().AsRaw(), record.Body().AsRaw())
			for key, was := range firstRecord(before).Attributes().All() {
				v, isThere := record.Attributes().Get(key)
				if !isThere || !v.Equal(was) {
					t.Errorf("%s was changed", key)
				}
			}
		})
	}
}

// TestManyRecords checks that no record of many is lost or out of order, by several callers at once.
func TestManyRecords(t *testing.T) {
	const callers, batches, size = 4, 25, 1000
	sink := new(consumertest.LogsSink)
	set, _ := settings(t)
	p, err := NewFactory().CreateLogs(context.Background(), set, configure(), sink)
	require.NoError(t, err)
	failed := make(chan error)
	for range callers {
		go func() {
			for range batches {
				ld := plog.NewLogs()
				records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
				for i := range size {
					record := records.AppendEmpty()
					record.Body().SetStr(fmt.Sprintf("request %d took 3 ms", i))
					if i%10 == 0 {
						record.Body().SetStr(chromeStack)
					}
				}
				if err := p.ConsumeLogs(context.Background(), ld); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	for range callers {
		require.NoError(t, <-failed)
	}
	require.NoError(t, p.Shutdown(context.Background()))
	require.Equal(t, callers*batches*size, sink.LogRecordCount())
	for _, ld := range sink.AllLogs() {
		for i, record := range ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
			if _, isRead := record.Attributes().Get("exception.fingerprint"); isRead != (i%10 == 0) {
				t.Fatalf("record %d: it is %t that it has a fingerprint", i, isRead)
			}
		}
	}
}

// TestMetrics checks that the metrics are what happened.
func TestMetrics(t *testing.T) {
	set, telemetry := settings(t)
	p, err := NewFactory().CreateLogs(context.Background(), set, configure(func(c *Config) { c.Limits.Frames = 2 }), consumertest.NewNop())
	require.NoError(t, err)
	for _, attrs := range []map[string]any{
		{attrStack: chromeStack}, {attrStack: chromeStack}, {attrStack: firefoxStack + "f@https://h/a.js line 3 > eval:1:2\n"},
		{attrType: "Error", attrMessage: "Script error."}, {attrStack: "none"}, {}, {"other": "x"},
	} {
		require.NoError(t, p.ConsumeLogs(context.Background(), logOf(t, "webjs", "a body", attrs)))
	}
	count := func(engine, outcome string, n int64) metricdata.DataPoint[int64] {
		return metricdata.DataPoint[int64]{Attributes: attribute.NewSet(attribute.String("engine", engine), attribute.String("outcome", outcome)), Value: n}
	}
	ignoreTime := metricdatatest.IgnoreTimestamp()
	metadatatest.AssertEqualProcessorJsStacktraceTraces(t, telemetry,
		[]metricdata.DataPoint[int64]{count("v8", "read", 2), count("spidermonkey", "read", 1), count("none", "no_frames", 2)}, ignoreTime)
	metadatatest.AssertEqualProcessorJsStacktraceFrames(t, telemetry, []metricdata.DataPoint[int64]{{Value: 6}}, ignoreTime)
	metadatatest.AssertEqualProcessorJsStacktraceTruncated(t, telemetry, []metricdata.DataPoint[int64]{{Value: 3}}, ignoreTime)
	duration, err := telemetry.GetMetric("otelcol_processor_js_stacktrace_duration")
	require.NoError(t, err)
	assert.EqualValues(t, 5, duration.Data.(metricdata.Histogram[float64]).DataPoints[0].Count)
	require.NoError(t, p.Shutdown(context.Background()))
}
