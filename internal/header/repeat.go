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
