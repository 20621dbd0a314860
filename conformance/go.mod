module github.com/stacktrace-go/stacktrace/conformance

go 1.25.0

require github.com/stacktrace-go/stacktrace v0.1.0

replace github.com/stacktrace-go/stacktrace => ../
