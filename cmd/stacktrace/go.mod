module github.com/stacktrace-go/stacktrace/cmd/stacktrace

go 1.25.0

require (
	github.com/google/go-cmp v0.7.0
	github.com/klauspost/compress v1.20.3
	github.com/stacktrace-go/stacktrace v0.0.0
)

// For as long as the root module has no version: go install PACKAGE@VERSION refuses a module that replaces another.
replace github.com/stacktrace-go/stacktrace => ../..
