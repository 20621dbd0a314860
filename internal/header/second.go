package header

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// IsFrameEnd reports whether c can be the last byte of a frame with a position.
func IsFrameEnd(c byte) bool { return c == ')' || '0' <= c && c <= '9' }

// CutSecondError splits the line of a frame behind which another error was printed:
//
//	at f (/app/a.js:1:2) TypeError: x
//	at f (/app/a.js:1:2)TypeError: x
//	at f (/app/a.js:1:2) { Error: x
//	f@http://h/a.js:1:2 TypeError: x
func CutSecondError(body string) (frame, tail string) {
	for i := len("at "); i < len(body); i++ {
		if !IsFrameEnd(body[i-1]) || body[i] != ' ' && (body[i-1] != ')' || !txt.IsUpper(body[i])) {
			continue
		}
		rest := strings.TrimPrefix(body[i:], " ")
		rest = rest[:min(len(rest), MaxKey)]
		rest, _ = CutInspectWords(rest)
		name, _, found := strings.Cut(rest, ":")
		if (found || len(rest) < MaxKey) && IsErrorName(name) {
			return body[:i], body[i:]
		}
	}
	return body, ""
}
