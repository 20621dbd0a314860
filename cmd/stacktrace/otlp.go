package main

import (
	"strconv"
	"time"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// The types of a request of OpenTelemetry's protocol for logs in JSON, as far as they are used here.
// Numbers of 64 bits are strings in it.
//
// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
type (
	otlpLogs struct {
		ResourceLogs []otlpResourceLogs `json:"resourceLogs"`
	}
	otlpResourceLogs struct {
		Resource  otlpResource    `json:"resource"`
		ScopeLogs []otlpScopeLogs `json:"scopeLogs"`
	}
	otlpResource struct {
		Attributes []otlpAttribute `json:"attributes,omitempty"`
	}
	otlpScopeLogs struct {
		Scope      otlpScope    `json:"scope"`
		LogRecords []otlpRecord `json:"logRecords"`
	}
	otlpScope struct {
		Name string `json:"name"`
	}
	otlpRecord struct {
		TimeUnixNano         string          `json:"timeUnixNano,omitempty"`
		ObservedTimeUnixNano string          `json:"observedTimeUnixNano"`
		SeverityNumber       int             `json:"severityNumber"`
		SeverityText         string          `json:"severityText"`
		Body                 otlpValue       `json:"body"`
		Attributes           []otlpAttribute `json:"attributes"`
	}
	otlpAttribute struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpValue struct {
		String *string `json:"stringValue,omitempty"`
		Int    string  `json:"intValue,omitempty"`
	}
)

func otlpString(key, s string) otlpAttribute { return otlpAttribute{key, otlpValue{String: &s}} }

// severityError is that of an error in OpenTelemetry's model of logs.
const severityError = 17

// otlpRequest returns a trace as a request to export one record of a log. The attributes are those of
// OpenTelemetry's conventions for exceptions and log files.
func otlpRequest(file string, f logscan.Found) otlpLogs {
	record := otlpRecord{
		ObservedTimeUnixNano: strconv.FormatInt(time.Now().UnixNano(), 10),
		SeverityNumber:       severityError,
		SeverityText:         "ERROR",
		Body:                 otlpValue{String: &f.Text},
	}
	if year := f.Time.UTC().Year(); 1970 <= year && year < 2262 { // what the number can have
		record.TimeUnixNano = strconv.FormatInt(f.Time.UnixNano(), 10)
	}
	add := func(key, s string) {
		if s != "" {
			record.Attributes = append(record.Attributes, otlpString(key, s))
		}
	}
	add("exception.type", f.Trace.Type)
	add("exception.message", f.Trace.Message)
	add("exception.stacktrace", f.Trace.String())
	add("log.file.path", file)
	add("log.iostream", standardStream(f.Stream))
	record.Attributes = append(record.Attributes, otlpAttribute{"log.file.offset", otlpValue{Int: strconv.FormatInt(f.Start, 10)}})
	return otlpLogs{[]otlpResourceLogs{{
		ScopeLogs: []otlpScopeLogs{{Scope: otlpScope{"stacktrace"}, LogRecords: []otlpRecord{record}}},
	}}}
}

// standardStream returns the stream if it is one that the convention knows.
func standardStream(name string) string {
	if name == "stdout" || name == "stderr" {
		return name
	}
	return ""
}
