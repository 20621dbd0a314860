package otelprocessor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/stacktrace-go/stacktrace/otelprocessor/internal/metadatatest"
)

// refusing is a consumer that refuses what comes first.
type refusing struct {
	times int // that it refuses
	consumertest.LogsSink
	traces consumertest.TracesSink
}

var errFull = errors.New("full")

func (r *refusing) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (r *refusing) refuse() error {
	if r.times == 0 {
		return nil
	}
	r.times--
	return errFull
}

func (r *refusing) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	if err := r.refuse(); err != nil {
		return err
	}
	return r.LogsSink.ConsumeLogs(ctx, ld)
}

func (r *refusing) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	if err := r.refuse(); err != nil {
		return err
	}
	return r.traces.ConsumeTraces(ctx, td)
}

// TestRefused checks that senders are told what the next consumer refuses, and that nothing is added twice or
// otherwise where they offer the same data again, which the processor has changed by then.
func TestRefused(t *testing.T) {
	inputs, err := filepath.Glob("testdata/golden/*.in.json")
	require.NoError(t, err)
	require.NotEmpty(t, inputs)
	for name, change := range map[string]func(*Config){
		"default":       func(*Config) {},
		"filled always": func(c *Config) { c.Fill, c.Causes, c.Structured = FillAlways, true, StructuredMaps },
	} {
		for _, input := range inputs {
			t.Run(name+" "+filepath.Base(input), func(t *testing.T) {
				data, err := os.ReadFile(input)
				require.NoError(t, err)
				next := &refusing{times: 2}
				set, _ := settings(t)
				if strings.HasPrefix(filepath.Base(input), "logs") {
					read := func() plog.Logs {
						ld, err := new(plog.JSONUnmarshaler).UnmarshalLogs(data)
						require.NoError(t, err)
						return ld
					}
					p, err := NewFactory().CreateLogs(context.Background(), set, configure(change), next)
					require.NoError(t, err)
					ld := read()
					require.ErrorIs(t, p.ConsumeLogs(context.Background(), ld), errFull)
					require.ErrorIs(t, p.ConsumeLogs(context.Background(), ld), errFull)
					require.NoError(t, p.ConsumeLogs(context.Background(), ld))
					require.Len(t, next.AllLogs(), 1)
					got, err := new(plog.JSONMarshaler).MarshalLogs(next.AllLogs()[0])
					require.NoError(t, err)
					want, err := new(plog.JSONMarshaler).MarshalLogs(processLogs(t, configure(change), read()))
					require.NoError(t, err)
					assert.JSONEq(t, string(want), string(got))
					require.NoError(t, p.Shutdown(context.Background()))
					return
				}
				read := func() ptrace.Traces {
					td, err := new(ptrace.JSONUnmarshaler).UnmarshalTraces(data)
					require.NoError(t, err)
					return td
				}
				p, err := NewFactory().CreateTraces(context.Background(), set, configure(change), next)
				require.NoError(t, err)
				td := read()
				require.ErrorIs(t, p.ConsumeTraces(context.Background(), td), errFull)
				require.ErrorIs(t, p.ConsumeTraces(context.Background(), td), errFull)
				require.NoError(t, p.ConsumeTraces(context.Background(), td))
				require.Len(t, next.traces.AllTraces(), 1)
				got, err := new(ptrace.JSONMarshaler).MarshalTraces(next.traces.AllTraces()[0])
				require.NoError(t, err)
				want, err := new(ptrace.JSONMarshaler).MarshalTraces(processTraces(t, configure(change), read()))
				require.NoError(t, err)
				assert.JSONEq(t, string(want), string(got))
				require.NoError(t, p.Shutdown(context.Background()))
			})
		}
	}
}

// TestRefusedMapped is TestRefused for a stack that was mapped.
func TestRefusedMapped(t *testing.T) {
	next := &refusing{times: 1}
	set, _ := settings(t)
	p, err := NewFactory().CreateLogs(context.Background(), set, mapped(t), next)
	require.NoError(t, err)
	ld := logOf(t, "", nil, map[string]any{attrStack: minifiedStack})
	want := firstRecord(processLogs(t, mapped(t), logOf(t, "", nil, map[string]any{attrStack: minifiedStack}))).Attributes().AsRaw()
	require.Equal(t, minifiedStack, want[attrOriginal])
	require.ErrorIs(t, p.ConsumeLogs(context.Background(), ld), errFull)
	require.NoError(t, p.ConsumeLogs(context.Background(), ld))
	assert.Equal(t, want, firstRecord(next.AllLogs()[0]).Attributes().AsRaw())
	require.NoError(t, p.Shutdown(context.Background()))
}

// TestSlowConsumerOfLogs checks that senders wait for a slow consumer, and that what was accepted arrives, also where
// nothing is recombined.
func TestSlowConsumerOfLogs(t *testing.T) {
	next := &sink{delay: 5 * time.Millisecond}
	set, _ := settings(t)
	p, err := NewFactory().CreateLogs(context.Background(), set, configure(), next)
	require.NoError(t, err)
	const senders, batches = 4, 20
	began := time.Now()
	var all sync.WaitGroup
	for sender := range senders {
		all.Go(func() {
			for i := range batches {
				assert.NoError(t, p.ConsumeLogs(context.Background(), logOf(t, "webjs", fmt.Sprintf("%s %d %d", chromeStack, sender, i), nil)))
			}
		})
	}
	all.Wait()
	assert.GreaterOrEqual(t, time.Since(began), senders*batches*next.delay)
	require.NoError(t, p.Shutdown(context.Background()))
	seen := make(map[string]bool)
	for _, rl := range next.all().ResourceLogs().All() {
		record := rl.ScopeLogs().At(0).LogRecords().At(0)
		seen[record.Body().Str()] = true
		_, isRead := record.Attributes().Get("exception.fingerprint")
		assert.True(t, isRead)
	}
	assert.Len(t, seen, senders*batches)
}

// TestHostileSpans is TestHostile for what spans and their events carry.
func TestHostileSpans(t *testing.T) {
	long := chromeStack + strings.Repeat("\n    at f (https://h/a.js:1:2)", 10<<20/30)
	for name, attrs := range map[string]map[string]any{
		"10 MB":    {attrStack: long},
		"types":    {attrStack: int64(1), attrType: 2.5, attrMessage: true, attrFile: []any{"x"}},
		"nested":   {attrStack: map[string]any{attrStack: chromeStack}, attrType: map[string]any{}, attrMessage: []any{map[string]any{"a": []any{}}}},
		"empty":    {attrStack: "", attrType: "", attrMessage: "", "": ""},
		"no UTF-8": {attrStack: "\xff\xfe\n    at \xff (\xfe:1:2)\n    at \xff (\xfe:1:2)", attrType: "\xff"},
	} {
		t.Run(name, func(t *testing.T) {
			td := spanOf(t, "webjs", attrs, attrs)
			before := ptrace.NewTraces()
			td.CopyTo(before)
			began := time.Now()
			after := processTraces(t, configure(), td)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			for _, attrs := range []struct{ before, after pcommon.Map }{
				{firstSpan(before).Attributes(), firstSpan(after).Attributes()},
				{firstSpan(before).Events().At(0).Attributes(), firstSpan(after).Events().At(0).Attributes()},
			} {
				for key, was := range attrs.before.All() {
					v, isThere := attrs.after.Get(key)
					if !isThere || !v.Equal(was) {
						t.Errorf("%s was changed", key)
					}
				}
			}
		})
	}
}

// TestMetricsOfSpans checks that a span and its events are counted as log records are.
func TestMetricsOfSpans(t *testing.T) {
	set, telemetry := settings(t)
	p, err := NewFactory().CreateTraces(context.Background(), set, configure(), consumertest.NewNop())
	require.NoError(t, err)
	require.NoError(t, p.ConsumeTraces(context.Background(), spanOf(t, "webjs", map[string]any{attrStack: chromeStack}, map[string]any{attrStack: firefoxStack})))
	require.NoError(t, p.ConsumeTraces(context.Background(), spanOf(t, "webjs", map[string]any{"other": "x"}, map[string]any{attrType: "Error", attrMessage: "Script error."})))
	require.NoError(t, p.ConsumeTraces(context.Background(), spanOf(t, "python", map[string]any{attrStack: chromeStack}, nil)))
	count := func(engine, outcome string) metricdata.DataPoint[int64] {
		return metricdata.DataPoint[int64]{Attributes: attribute.NewSet(attribute.String("engine", engine), attribute.String("outcome", outcome)), Value: 1}
	}
	metadatatest.AssertEqualProcessorJsStacktraceTraces(t, telemetry,
		[]metricdata.DataPoint[int64]{count("v8", "read"), count("jsc", "read"), count("none", "no_frames")}, metricdatatest.IgnoreTimestamp())
	metadatatest.AssertEqualProcessorJsStacktraceFrames(t, telemetry, []metricdata.DataPoint[int64]{{Value: 5}}, metricdatatest.IgnoreTimestamp())
	require.NoError(t, p.Shutdown(context.Background()))
}
