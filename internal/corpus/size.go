package corpus

import (
	"os"
	"testing"
)

// IsWhole reports whether tests read all that there is and not a share of it: where STACKTRACE_TESTS
// is "all", as in .ci/run for the laws.
func IsWhole() bool { return os.Getenv("STACKTRACE_TESTS") == "all" }

// Step returns how many captures a test goes on by: one if it reads all, usual in the tests as anybody
// runs them, and five times as many with -short.
func Step(usual int) int {
	switch {
	case testing.Short():
		return 5 * usual
	case IsWhole():
		return 1
	default:
		return usual
	}
}
