package carrier_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/carrier"
)

// TestShape reads the prefix of a frame and takes it off other lines.
func TestShape(t *testing.T) {
	for _, test := range []struct {
		frame, shape string
		line, rest   string // rest is "-" if line has no prefix of the shape
	}{
		{"[1]     at f (/a.js:1:2)", "[1]", "[22] Error: x", " Error: x"},
		{"#9 1.234     at f (/a.js:1:2)", "#9 1.234", "#10 12.5 Error: x", " Error: x"},
		{"npm ERR! stack     at f (/a.js:1:2)", "npm ERR! stack", "npm ERR! code 1", "-"},
		{"2026-11-21T10:00:00.123Z app[148e71]:     at f (/a.js:1:2)", "2026-11-21T10:00:00.123Z app[148e71]:", "2026-11-21T10:00:01.9Z app[abcdef]: x", " x"},
		{"Nov  9 10:00:00 host node[12]:     at f (/a.js:1:2)", "Nov  9 10:00:00 host node[12]:", "Dec 10 10:00:00 host node[7]: x", " x"},
		{"Nov  9 10:00:00 host node[12]:     at f (/a.js:1:2)", "Nov  9 10:00:00 host node[12]:", "Nov  9 10:00:00 host sshd[12]: x", "-"},
		{"##[error]    at f (/a.js:1:2)", "##[error]", "##[error]TypeError: x", "TypeError: x"},
		{"app     at f (/a.js:1:2)", "app", "apple pie", "-"},
		{"INFO f@http://h/a.js:1:2", "INFO", "INFO g@http://h/a.js:3:4", " g@http://h/a.js:3:4"},
		{"INFO get f@http://h/a.js:1:2", "INFO", "INFO", ""},
		{"get f@http://h/a.js:1:2", "", "", ""},
		{"    at f (/a.js:1:2)", "", "", ""},
		{"TypeError: x    at f (/a.js:1:2)", "", "", ""},
		{"at f (/a.js:1:2) at g (/a.js:3:4)", "", "", ""},
		{"\"stack\": \"    at f (/a.js:1:2)", "", "", ""},
		{"we met at noon", "", "", ""},
	} {
		shape, _ := carrier.ShapeOf(test.frame)
		if string(shape) != test.shape {
			t.Errorf("ShapeOf(%q) = %q, want %q", test.frame, shape, test.shape)
			continue
		}
		if shape == "" {
			continue
		}
		rest, ok := shape.Cut(test.line)
		if !ok {
			rest = "-"
		}
		if rest != test.rest {
			t.Errorf("%q.Cut(%q) = %q, want %q", shape, test.line, rest, test.rest)
		}
	}
}

// TestStart finds frames behind something else on their lines.
func TestStart(t *testing.T) {
	for _, test := range []struct{ line, frame string }{
		{"web |     at f (/a.js:1:2)", "at f (/a.js:1:2)"},
		{"look at this: at f (/a.js:1:2)", "at f (/a.js:1:2)"},
		{"web |     at Array.map (native)", "at Array.map (native)"},
		{"web | f@http://h/a.js:1:2", "f@http://h/a.js:1:2"},
		{"web | @http://h/a.js:1:2", "@http://h/a.js:1:2"},
		{"web | eval code@[native code]", "eval code@[native code]"},
		{"user@host: f@http://h/a.js:1:2", "f@http://h/a.js:1:2"},
		{"we met at noon", ""},
		{"image: x@sha256:aa11:1:2", ""},
	} {
		at, ok := new(carrier.Finder).Start(test.line)
		if got := strings.TrimSpace(test.line[at:]); ok != (test.frame != "") || ok && got != test.frame {
			t.Errorf("Start(%q) = %q %v, want %q", test.line, got, ok, test.frame)
		}
	}
}
