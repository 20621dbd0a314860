package header_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/header"
)

func TestIsHeaderLine(t *testing.T) {
	for line, want := range map[string]bool{
		"TypeError: x":                     true,
		"TypeError":                        true,
		"Error [ERR_X]: x":                 true,
		"Error [ERR_X]":                    true,
		"java.io.IOException: x":           true,
		"Custom Error: x":                  true,
		"Internal Server Error":            false, // several words alone may be prose
		"⨯ TypeError: x":                   true,
		"Uncaught x":                       true,
		"Unhandled rejection at: x":        true,
		"[api] Uncaught x":                 true,
		"[Error: x] {":                     true,
		"error: x":                         true,
		"could not save: TypeError: x":     true,
		"a: b: TypeError: x":               true,
		`12,"TypeError: x`:                 true,
		`{"message": "TypeError: x"}`:      true,
		"":                                 false,
		"\"":                               false,
		"MyProblem: x":                     false,
		"no Error here":                    false,
		"an error: x":                      false,
		"GET /Error: 500":                  false,
		"2 tests passed, 1 had TypeErrors": false,
	} {
		if got := header.IsHeaderLine(line); got != want {
			t.Errorf("IsHeaderLine(%q) = %v, want %v", line, got, want)
		}
	}
}

func TestStartsWithName(t *testing.T) {
	for line, want := range map[string]bool{
		"MyProblem: x":      true,
		"MyProblem":         true,
		"Problem [E1]: x":   true,
		"app.Problem$1: x":  true,
		": x":               true,
		"Größenfehler: x":   true,
		"":                  false,
		"two words: x":      false,
		"12:30 x":           false,
		"/app/a.js:4":       false,
		"http://h/a.js":     true, // a scheme could be a name
		"Problem [E1] x":    false,
		"it broke":          false,
		"[api] MyProblem: ": false,
	} {
		if got := header.StartsWithName(line); got != want {
			t.Errorf("StartsWithName(%q) = %v, want %v", line, got, want)
		}
	}
}

func TestIsPlace(t *testing.T) {
	for line, want := range map[string]bool{
		"/app/a.js:4":  true,
		"vm.js:-4":     true,
		"a b.js:12":    true,
		"":             false,
		":4":           false,
		"4":            false,
		"/app/a.js":    false,
		"/app/a.js:":   false,
		"/app/a.js:-":  false,
		"retries: x:4": false,
	} {
		if got := header.IsPlace(line); got != want {
			t.Errorf("IsPlace(%q) = %v, want %v", line, got, want)
		}
	}
}
