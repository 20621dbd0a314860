//go:generate mdatagen metadata.yaml

// Package otelprocessor is the processor js_stacktrace of the OpenTelemetry Collector. It reads the
// stack traces of JavaScript engines in span events and log records and adds to each what one groups,
// counts and alerts by: a fingerprint, the message without what varies in it, and where the error
// happened. What is there is left as it is.
//
// A collector is built with it by the OpenTelemetry Collector Builder, see builder.yaml.
package otelprocessor
