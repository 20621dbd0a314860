module github.com/stacktrace-go/stacktrace/bench

go 1.25.0

require github.com/stacktrace-go/stacktrace v0.0.0

require github.com/go-sourcemap/sourcemap v2.1.4+incompatible

replace github.com/stacktrace-go/stacktrace => ../
