package otelprocessor

import (
	"context"
	"fmt"
	"os"
	"sync"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// attrVersion is the resource attribute that tells the release of a program.
const attrVersion = "service.version"

// lookup is what came of looking up a frame, as the metric tells it.
type lookup uint8

const (
	lookupMapped lookup = iota
	lookupUnmapped
	lookupNoMap
	lookupFailed
	lookups
)

// resultOptions are the attributes of the metric, by lookup.
var resultOptions = func() (options [lookups]metric.MeasurementOption) {
	for i, result := range [lookups]string{"mapped", "unmapped", "no_map", "failed"} {
		options[i] = metric.WithAttributeSet(attribute.NewSet(attribute.String("result", result)))
	}
	return options
}()

// sharedMaps has the source maps of each configuration: those of a processor's pipelines are kept once.
type sharedMaps struct {
	mu  sync.Mutex
	all map[*Config]*openMaps
}

type openMaps struct {
	resolver sourcemap.Resolver
	users    int
}

// open returns the source maps of a configuration, nil without a directory, and how to let go of them. isFirst
// says that no other pipeline has them.
func (s *sharedMaps) open(config *Config) (resolver sourcemap.Resolver, isFirst bool, release func(), err error) {
	directory := config.SourceMaps.Directory
	if directory == "" {
		return nil, false, func() {}, nil
	}
	if info, err := os.Stat(directory); err != nil {
		return nil, false, nil, fmt.Errorf("source_maps::directory: %w", err)
	} else if !info.IsDir() {
		return nil, false, nil, fmt.Errorf("source_maps::directory: %s is no directory", directory)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	maps := s.all[config]
	if maps == nil {
		maps = &openMaps{resolver: sourcemap.Cached(sourcemap.Dir(os.DirFS(directory)), int64(config.SourceMaps.Cache.Bytes))}
		s.all[config] = maps
	}
	maps.users++
	release = sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if maps.users--; maps.users == 0 {
			delete(s.all, config)
		}
	})
	return maps.resolver, maps.users == 1, release, nil
}

// observeCache reports the size of the cache.
func (r *reader) observeCache() error {
	cache, ok := r.maps.(interface{ Size() int64 })
	if !ok {
		return nil
	}
	return r.telemetry.RegisterProcessorJsStacktraceSourceMapCacheBytesCallback(func(_ context.Context, o metric.Int64Observer) error {
		o.Observe(cache.Size())
		return nil
	})
}

// hints returns a context that tells what a resource says of its scripts.
func (r *reader) hints(ctx context.Context, resource pcommon.Resource) context.Context {
	release := textOf(resource.Attributes(), attrVersion)
	if r.maps == nil || release == "" {
		return ctx
	}
	return sourcemap.WithHints(ctx, sourcemap.Hints{Release: release})
}

// resolve returns a trace as it is in the original sources, with the options for its canonical form. Without
// a frame that was mapped it returns t itself.
func (r *reader) resolve(b *batch, t *stacktrace.Trace) (*stacktrace.Trace, []normalize.Option) {
	result := sourcemap.Apply(b.context, t, r.maps)
	for _, e := range result.Traces {
		for _, f := range e.Frames {
			switch f.Status {
			case sourcemap.Mapped:
				b.lookups[lookupMapped]++
			case sourcemap.Unmapped:
				b.lookups[lookupUnmapped]++
			case sourcemap.NotFound:
				b.lookups[lookupNoMap]++
			case sourcemap.Failed:
				b.lookups[lookupFailed]++
			}
		}
	}
	if mapped, _ := result.Mapped(); mapped == 0 {
		return t, r.options
	}
	isApp := normalize.AppCode(func(f *normalize.CanonicalFrame) bool {
		return (f.Code == normalize.App || f.Code == normalize.Eval || f.Code == normalize.Inline) && !result.Ignored(f.Index)
	})
	return result.Trace, append(r.options[:len(r.options):len(r.options)], isApp)
}
