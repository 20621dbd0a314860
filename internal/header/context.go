package header

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// The excerpts of the source that runtimes print with an error that nobody caught.

// ExcerptBehind returns where the source excerpt begins that Deno prints between an error that nobody
// caught and its frames, or the length of lines if there is none:
//
//	error: Uncaught (in promise) Error: x
//	  throw e;
//	        ^
//
// For a syntax error it is
//
//	  |
//	1 | export const x = = 1;
//	  |                  ~
//
// and if there is no source a warning that says so.
func ExcerptBehind(lines string, clean func(string) string) int {
	first, next := txt.LineAt(lines, 0)
	if !strings.HasPrefix(clean(first), "error: ") {
		return len(lines)
	}
	for offset := next; offset < len(lines); {
		line, next := txt.LineAt(lines, offset)
		if body := clean(line); body == "|" || strings.HasPrefix(body, "Warning Couldn't format source line: ") {
			return offset - 1
		}
		offset = next
	}
	caret := strings.LastIndexByte(lines, '\n')
	if caret < 0 || !IsCaretLine(clean(lines[caret+1:])) {
		return len(lines)
	}
	source := strings.LastIndexByte(lines[:caret], '\n')
	if source < 0 {
		return len(lines)
	}
	return source
}

// IsNumbered reports whether a line is one of Bun's excerpts, "12 | code".
func IsNumbered(body string) bool {
	digits := txt.DigitsLen(body)
	return digits > 0 && strings.HasPrefix(body[digits:], " |")
}

// IsNumberedBehind reports whether a line is something else and such a line, "err: 12 | code".
func IsNumberedBehind(body string) bool {
	if strings.IndexByte(body, '|') < 0 {
		return false
	}
	at := strings.Index(body, " |")
	if at < 0 {
		return false
	}
	blank := strings.LastIndexByte(body[:at], ' ')
	return blank > 0 && IsNumbered(body[blank+1:])
}

// NumberedEnd returns where the excerpt ends that begins at offset, or offset if none does. Bun
// prints one before each error, with a caret below its last line:
//
//	1 | function f() {
//	2 |   throw new Error("x");
//	                ^
//
// What was printed before the error may stand before the first line.
func NumberedEnd(s string, offset int, clean func(string) string) int {
	line, next := txt.LineAt(s, offset)
	body := clean(line)
	behind := !IsNumbered(body)
	if behind && !IsNumberedBehind(body) {
		return offset
	}
	for next < len(s) {
		line, after := txt.LineAt(s, next)
		body := clean(line)
		if IsCaretLine(body) {
			return after
		}
		if !IsNumbered(body) {
			break
		}
		next = after
	}
	if behind {
		return offset
	}
	return next
}

// BlankEnd returns where the first line begins in s, from an offset on, that is not empty.
func BlankEnd(s string, offset int, clean func(string) string) int {
	for offset < len(s) {
		line, next := txt.LineAt(s, offset)
		if clean(line) != "" {
			break
		}
		offset = next
	}
	return offset
}

// IsCaretLine reports whether a line points at a place in the line above it, and does nothing else.
func IsCaretLine(line string) bool {
	return strings.Trim(line, " \t^~") == "" && strings.IndexByte(line, '^') >= 0
}

// ExcerptEnd returns where the source excerpt ends that begins at offset, or offset if none does.
// Node prints one before an error, and into the stack of a syntax error:
//
//	/app/a.js:4
//	  throw e;
//	  ^
//
// The place has no column; the caret line is blanks and carets only; an empty line may follow.
func ExcerptEnd(s string, offset int, clean func(string) string) int {
	place, next := txt.LineAt(s, offset)
	if !IsPlace(clean(place)) {
		return offset
	}
	for range 3 {
		if next >= len(s) {
			return offset
		}
		var line string
		line, next = txt.LineAt(s, next)
		line = clean(line)
		if IsCaretLine(line) {
			if line, after := txt.LineAt(s, next); next < len(s) && clean(line) == "" && after < len(s) {
				next = after
			}
			return next
		}
	}
	return offset
}

// IsPlace reports whether a line is the place of an error in a file as Node prints it: "/app/a.js:4".
// Code that is compiled from strings may begin at a line below zero.
func IsPlace(body string) bool {
	file := txt.TrimDigits(body)
	if len(file) == len(body) {
		return false
	}
	file, ok := strings.CutSuffix(strings.TrimSuffix(file, "-"), ":")
	return ok && file != "" && !strings.Contains(body, ": ")
}

// maxContext is the number of lines before a header that ContextStart looks at: Bun's excerpts have up to
// six, and there may be empty lines.
const maxContext = 12

// ContextStart returns where the excerpt begins that ends before the header at an offset of s, but for empty
// lines, or that offset if there is none. Nothing before from is looked at.
func ContextStart(s string, from, header int, clean func(string) string) int {
	var starts [maxContext]int
	n := 0
	for at := header; at > from && n < maxContext; n++ {
		at = max(strings.LastIndexByte(s[:at-1], '\n')+1, from)
		starts[n] = at
	}
	for n--; n >= 0; n-- {
		end := NumberedEnd(s, starts[n], clean)
		if end == starts[n] {
			end = ExcerptEnd(s, starts[n], clean)
		}
		if end == starts[n] {
			continue
		}
		if BlankEnd(s, end, clean) == header {
			return starts[n]
		}
	}
	return header
}
