package otelprocessor

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/otelprocessor/internal/metadata"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// attrLanguage is the resource attribute in which an SDK tells the language of the program.
const attrLanguage = "telemetry.sdk.language"

// reader reads the errors of spans and log records and annotates them. It is safe for concurrent use.
type reader struct {
	config    *Config
	parser    stacktrace.Parser
	strength  normalize.Strength
	options   []normalize.Option
	python    bool                       // traces of Python are read as well
	free      chan *normalize.Normalizer // that no batch uses
	memory    *memory                    // nil where what is added is more than is kept, or may change
	maps      sourcemap.Resolver         // nil without source maps
	release   func()                     // lets go of them
	additions int                        // how many attributes are added at most
	telemetry *metadata.TelemetryBuilder
	engines   map[stacktrace.Engine][2]metric.MeasurementOption // of each outcome, by engine
}

// outcome is what came of an error, as the metric tells it.
type outcome uint8

const (
	outcomeRead outcome = iota
	outcomeNoFrames
)

func newReader(set processor.Settings, config *Config, shared *sharedMaps) (*reader, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	r := &reader{
		config: config,
		parser: stacktrace.Parser{
			MaxBytes:  int(config.Limits.Bytes),
			MaxLine:   int(config.Limits.Line),
			MaxFrames: config.Limits.Frames,
			MaxDepth:  config.Limits.Depth,
		},
		strength:  map[string]normalize.Strength{"exact": normalize.Exact, "stable": normalize.Stable, "loose": normalize.Loose}[config.Fingerprint.Strength],
		python:    len(config.Languages) == 0 || slices.Contains(config.Languages, "python"),
		additions: additions(config),
		telemetry: telemetry,
		free:      make(chan *normalize.Normalizer, runtime.GOMAXPROCS(0)),
		engines:   make(map[stacktrace.Engine][2]metric.MeasurementOption),
	}
	var isFirst bool
	if r.maps, isFirst, r.release, err = shared.open(config); err != nil {
		return nil, err
	}
	if isFirst {
		if err := r.observeCache(); err != nil {
			return nil, err
		}
	}
	if config.Structured == StructuredNone && r.maps == nil {
		r.memory = newMemory()
	}
	if config.Fingerprint.CountMessage == "always" {
		r.options = append(r.options, normalize.CountMessage())
	}
	// Engines are few and known, so no text can add another attribute to a metric.
	for _, engine := range append(stacktrace.Engines(), stacktrace.NoEngine) {
		name := engine.String()
		if engine == stacktrace.NoEngine {
			name = "none"
		}
		measured := func(outcome string) metric.MeasurementOption {
			return metric.WithAttributeSet(attribute.NewSet(attribute.String("engine", name), attribute.String("outcome", outcome)))
		}
		r.engines[engine] = [2]metric.MeasurementOption{measured("read"), measured("no_frames")}
	}
	return r, nil
}

func (r *reader) shutdown(context.Context) error {
	r.release()
	r.telemetry.Shutdown()
	return nil
}

// batch is what the errors of one call add to the metrics.
type batch struct {
	context   context.Context // with what the resource tells of its scripts
	began     time.Time
	traces    []counted
	frames    int64
	truncated int64
	lookups   [lookups]int64

	normalizer *normalize.Normalizer // nil until one is needed
	texts      strings.Builder       // of which what is added are pieces
	room       int                   // that texts was given
}

// mostRoom is the number of bytes of which what is added are pieces at most. They are in memory as long as one
// of the records is.
const mostRoom = 2 << 10

// keep returns a text as a string. The strings of a batch are pieces of few.
func (b *batch) keep(text []byte) string {
	if b.texts.Cap()-b.texts.Len() < len(text) {
		b.room = min(max(2*b.room, 64), mostRoom)
		b.texts = strings.Builder{}
		b.texts.Grow(max(b.room, len(text)))
	}
	from := b.texts.Len()
	b.texts.Write(text)
	return b.texts.String()[from:]
}

// normalizer returns the normalizer of a batch.
func (r *reader) normalizer(b *batch) *normalize.Normalizer {
	if b.normalizer == nil {
		select {
		case b.normalizer = <-r.free:
		default:
			b.normalizer = normalize.NewNormalizer(r.options...)
		}
	}
	return b.normalizer
}

type counted struct {
	engine  stacktrace.Engine
	outcome outcome
	n       int64
}

func (b *batch) count(f *finding) {
	o := outcomeRead
	if f.frames == 0 {
		o = outcomeNoFrames
	}
	b.frames += int64(f.frames)
	if f.truncated {
		b.truncated++
	}
	for i := range b.traces {
		if c := &b.traces[i]; c.engine == f.engine && c.outcome == o {
			c.n++
			return
		}
	}
	b.traces = append(b.traces, counted{f.engine, o, 1})
}

// report adds a batch, which is over, to the metrics.
func (r *reader) report(ctx context.Context, b *batch) {
	if b.normalizer != nil {
		b.normalizer.Release()
		select {
		case r.free <- b.normalizer:
		default: // there are enough
		}
	}
	for _, c := range b.traces {
		options, ok := r.engines[c.engine]
		if !ok {
			options = r.engines[stacktrace.NoEngine]
		}
		r.telemetry.ProcessorJsStacktraceTraces.Add(ctx, c.n, options[c.outcome])
	}
	if b.frames > 0 {
		r.telemetry.ProcessorJsStacktraceFrames.Add(ctx, b.frames)
	}
	if b.truncated > 0 {
		r.telemetry.ProcessorJsStacktraceTruncated.Add(ctx, b.truncated)
	}
	for result, n := range b.lookups {
		if n > 0 {
			r.telemetry.ProcessorJsStacktraceSourceMapLookups.Add(ctx, n, resultOptions[result])
		}
	}
	if len(b.traces) > 0 {
		r.telemetry.ProcessorJsStacktraceDuration.Record(ctx, time.Since(b.began).Seconds())
	}
}

// language reports whether the records of a resource are read, and whether the resource says that
// its program is in one of the languages.
func (r *reader) language(resource pcommon.Resource) (isRead, isTold bool) {
	v, ok := resource.Attributes().Get(attrLanguage)
	if !ok || v.Type() != pcommon.ValueTypeStr || v.Str() == "" {
		return true, false
	}
	told := slices.Contains(r.config.Languages, v.Str())
	return told || len(r.config.Languages) == 0, told
}

// traces annotates the spans and span events that tell an error.
func (r *reader) traces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	b := batch{began: time.Now()}
	for _, rs := range td.ResourceSpans().All() {
		isRead, isTold := r.language(rs.Resource())
		if !isRead {
			continue
		}
		b.context = r.hints(ctx, rs.Resource())
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				r.exception(&b, span.Attributes(), isTold)
				for _, event := range span.Events().All() {
					r.exception(&b, event.Attributes(), isTold)
				}
			}
		}
	}
	r.report(ctx, &b)
	return td, nil
}

// logs annotates the log records that tell an error.
func (r *reader) logs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	b := batch{began: time.Now()}
	for _, rl := range ld.ResourceLogs().All() {
		isRead, isTold := r.language(rl.Resource())
		if !isRead {
			continue
		}
		b.context = r.hints(ctx, rl.Resource())
		for _, sl := range rl.ScopeLogs().All() {
			for _, record := range sl.LogRecords().All() {
				r.record(&b, record, isTold)
			}
		}
	}
	r.report(ctx, &b)
	return ld, nil
}
