package otelprocessor

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/stacktrace-go/stacktrace/otelprocessor/internal/metadata"
)

var capabilities = consumer.Capabilities{MutatesData: true}

// factory makes processors. The pipelines of one configuration share its source maps.
type factory struct{ maps sharedMaps }

// NewFactory returns the factory of the processor js_stacktrace.
func NewFactory() processor.Factory {
	f := &factory{sharedMaps{all: make(map[*Config]*openMaps)}}
	return processor.NewFactory(
		metadata.Type,
		createDefaultConfig,
		processor.WithTraces(f.createTraces, metadata.TracesStability),
		processor.WithLogs(f.createLogs, metadata.LogsStability),
	)
}

func (f *factory) createTraces(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Traces) (processor.Traces, error) {
	p, err := newReader(set, cfg.(*Config), &f.maps)
	if err != nil {
		return nil, err
	}
	return processorhelper.NewTraces(ctx, set, cfg, next, p.traces,
		processorhelper.WithCapabilities(capabilities),
		processorhelper.WithShutdown(p.shutdown))
}

func (f *factory) createLogs(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	p, err := newReader(set, cfg.(*Config), &f.maps)
	if err != nil {
		return nil, err
	}
	annotated, err := processorhelper.NewLogs(ctx, set, cfg, next, p.logs,
		processorhelper.WithCapabilities(capabilities),
		processorhelper.WithShutdown(p.shutdown))
	if err != nil || !p.config.LogBodies.Recombine {
		return annotated, err
	}
	return newRecombiner(p.config, p, annotated, set.Logger)
}
