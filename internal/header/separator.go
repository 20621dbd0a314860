package header

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Separator is what a line between frames says.
type Separator struct {
	Skipped int    // frames that were left out before the next one
	Cause   string // the asynchronous break before the next one
	Closes  bool   // what follows is another stack
	Ends    bool   // the line ends the header too, if there is no frame
	Extends bool   // the line belongs to the frame before
	Adds    bool   // the line belongs to the separator before
	Another bool   // what follows is another error or report, not a part of this one
}

// ReadSeparator reads the lines that stand between frames:
//
//	... 5 lines matching cause stack trace ...     Node, util.inspect
//	... skipping 51 frames                         Hermes, beyond 100 frames
//	[... 994 more frames                           Duktape
//	repeats 278 times                              njs, of the frame before
//	---------------------------------------------  longjohn
//	---- async ----                                libraries that hook asynchronous calls
//	Caused by: Error: …                            Deno, axios
//	Emitted 'error' event on Queue instance at:    Node
//	Thrown at:                                     Node, --trace-uncaught
//	(node:12) Warning: …                           Node, another report of the same process
//	1 | throw e;                                   Bun, the source of the next error
//	-> /src/orig.ts:5:9                            Node 12 to 14, --enable-source-maps
//	[... lines matching original stack trace ...]  Node
//	[...]                                          Duktape, which keeps 10 frames
//	Error created at <anonymous function>@…        Opera 11
//
// and those between the stacks of asynchronous calls, see readBoundary. "-> " tells where the frame
// before it is in the source that it was made of, and is part of the frame's Text. The last three say
// nothing of the next frame.
func ReadSeparator(body string) (Separator, bool) {
	if !BeginsSeparator(body[0]) {
		return Separator{}, false
	}
	if m, ok := readBoundary(body); ok {
		return m, true
	}
	switch body[0] {
	case '.':
		if rest, ok := strings.CutPrefix(body, "... "); ok {
			rest, skipping := strings.CutPrefix(rest, "skipping ")
			number, unit, _ := strings.Cut(rest, " ")
			n, ok := txt.ParseCount(number)
			if ok && (skipping && unit == "frames" || !skipping && unit == "lines matching cause stack trace ...") {
				return Separator{Skipped: n}, true
			}
		}
	case 'C', 'c':
		return Separator{Closes: true}, strings.HasPrefix(body, "Caused by: ") || strings.HasPrefix(body, "caused by: ")
	case 'E':
		if strings.HasPrefix(body, "Error created at ") && strings.IndexByte(body, '@') > 0 {
			return Separator{}, true
		}
		return Separator{Closes: true, Ends: true}, strings.HasPrefix(body, "Emitted 'error' event") && strings.HasSuffix(body, "at:")
	case 'T':
		return Separator{Closes: true, Ends: true}, body == "Thrown at:"
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return Separator{Closes: true, Another: true}, IsNumbered(body)
	case '(':
		return Separator{Closes: true, Another: true}, CutProcessWarning(body) != body
	case '-', '=':
		return Separator{Extends: true}, strings.HasPrefix(body, "-> ")
	case 'r':
		if number, ok := cutAround(body, "repeats ", " times"); ok {
			n, ok := txt.ParseCount(number)
			return Separator{Skipped: n}, ok && n > 0
		}
	case '[':
		if number, ok := cutAround(strings.TrimSuffix(body, "]"), "[... ", " more frames"); ok {
			n, ok := txt.ParseCount(number)
			return Separator{Skipped: n}, ok && n > 0
		}
		if strings.HasPrefix(body, "[cause]: ") {
			return Separator{Closes: true}, true
		}
		return Separator{}, body == "[...]" || body == "[... lines matching original stack trace ...]"
	}
	return Separator{}, false
}

// BeginsSeparator reports whether a separator may begin with c.
func BeginsSeparator(c byte) bool {
	switch c {
	case 'F', 'f', 'a', '_', '(', '-', '=', 'E', '.', 'C', 'c', 'T', 'r', '[':
		return true
	}
	return '0' <= c && c <= '9'
}

// cutAround returns what stands in s between before, its beginning, and after, its end.
func cutAround(s, before, after string) (between string, ok bool) {
	between, ok = strings.CutPrefix(s, before)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(between, after)
}
