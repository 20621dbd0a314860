// A module of its own, so that whoever imports the library does not download its test data. It holds no
// package, and nobody requires it. The tests read it by its path.
module github.com/stacktrace-go/stacktrace/internal/jsscan/testdata

go 1.25.0
