package header

import "strings"

// maxRepeat is the number of lines of a header among which it may be told a second time.
const maxRepeat = 24

// Repeated returns the index of the line on which a header of n lines is told a second time, or its name for the
// first:
//
//	Uncaught TypeError: x
//
//	TypeError: x
//
//	MiniProgramError
//	x
//	TypeError: x
//
// React Native's print of an error has the stack behind a word: " stack: TypeError: x". Body returns the content of a
// line. The result is 0 if there is nothing of the kind.
func Repeated(n int, body func(i int) string) int {
	if n < 2 {
		return 0
	}
	told := messageOf(body(0))
	before, at := told, 0
	for i := 1; i < min(n, maxRepeat); i++ {
		line := body(i)
		if rest, ok := strings.CutPrefix(line, "stack: "); ok {
			if strong, ok := FindStrong(rest); ok && strong.At == 0 {
				return i
			}
		}
		if strong, ok := FindStrong(line); ok && strong.At == 0 && strong.Message != "" {
			if message := strings.TrimSpace(strong.Message); message == told || message == before {
				at = i
			}
		}
		if line != "" {
			before = line
		}
	}
	return at
}

// messageOf returns the message of a header in one line.
func messageOf(line string) string {
	if strong, ok := FindStrong(line); ok {
		return strings.TrimSpace(strong.Message)
	}
	rest, _ := CutConsoleWords(line)
	return strings.TrimSpace(rest)
}

// ToldAgain returns the index of the first line of a header of n lines, of an error without frames, that is no part of its
// message: one that tells the header again, behind whatever words, or says where the error was. It is n if none tells
// the header again.
//
//	cordova.js: Line 927 : Uncaught TypeError: x
//	[INFO:CONSOLE(927)] "Uncaught TypeError: x", source: cordova.js (927)
//
//	Uncaught SyntaxError: x
//	Source: file:///a.js
//	Line: 1, Col: 62
//	SyntaxError: x
func ToldAgain(n int, body func(i int) string) int {
	if n < 2 {
		return n
	}
	first, ok := FindStrong(body(0))
	if !ok || first.Message == "" {
		return n
	}
	told := first.Type + ": " + strings.TrimSpace(first.Message)
	end := n
	for i := 1; i < min(n, maxRepeat); i++ {
		line := body(i)
		if strings.Contains(line, told) {
			return min(i, end)
		}
		if end == n && isPlaceNote(line) {
			end = i
		}
	}
	return n
}

// isPlaceNote reports whether a line says where an error was: "Source: file:///a.js", "Line: 1, Col: 62".
func isPlaceNote(line string) bool {
	for _, word := range [...]string{"Source: ", "Line: ", "URL: ", "File: ", "Stack Trace:", "Stack:"} {
		if strings.HasPrefix(line, word) {
			return true
		}
	}
	return false
}
