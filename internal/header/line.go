package header

import (
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// IsHeaderLine reports whether a line shows by itself, without the lines beside it, that it is the first
// line of an error:
//
//	TypeError: x                       the name of an error and a colon, or the end of the line
//	Error [ERR_X]: x                   with a code
//	⨯ TypeError: x                     behind a symbol: Next.js and test runners
//	Uncaught x                         behind words of consoles and runtimes, where any text may follow
//	Unhandled rejection at: x
//	[Error: x] {                       in brackets, as Node prints an error without frames
//	could not save: TypeError: x       behind a label
//	12,"TypeError: x                   in a field of CSV, or another string that goes on in the next line
//
// [Parse] reads a line of which this is known already, so it believes in more names.
func IsHeaderLine(line string) bool {
	line = cutSymbol(line)
	if strings.HasPrefix(line, "Unhandled ") || strings.HasPrefix(line, "[Error") {
		return true
	}
	if _, found := CutConsoleWords(line); found {
		return true
	}
	if at := strings.Index(line, "Uncaught "); at > 0 && at < maxBefore {
		return true
	}
	name, _, found := strings.Cut(line, ":")
	name = cutQuote(name)
	if class, _, ok := CutCode(name); ok {
		name = class
	}
	if IsErrorName(name) {
		return found || IsErrorWord(name)
	}
	return HasStrong(line)
}

// maxBefore is how far from the beginning of a line a console's word may stand.
const maxBefore = 60

// cutQuote returns what stands behind the last quote of s.
func cutQuote(s string) string { return s[strings.LastIndexByte(s, '"')+1:] }

// cutSymbol takes the symbol off a line that tools put before an error: "⨯ TypeError: x".
func cutSymbol(line string) string {
	symbol, rest, ok := strings.Cut(line, " ")
	if ok && symbol != "" && len(symbol) <= utf8.UTFMax && symbol[0] >= utf8.RuneSelf {
		return rest
	}
	return line
}

// maxWord is the length up to which a word is taken for a name that nobody knows.
const maxWord = 80

// StartsWithName reports whether a line may begin with the name of any error, known or not: one word and
// a colon, "MyProblem: x", a code, "Problem [E1]: x", or the end of the line. An empty name leaves its
// colon. It is narrower than [IsName]: paths and addresses are no names here, since nothing but the
// frames that follow such a line tells that it is of an error.
func StartsWithName(line string) bool {
	n := 0
	for n < len(line) && n < maxWord && isWordByte(line[n]) {
		n++
	}
	if n == 0 || txt.IsDigit(line[0]) {
		return strings.HasPrefix(line, ":")
	}
	rest := line[n:]
	return rest == "" || rest[0] == ':' || strings.HasPrefix(rest, " [") && strings.Contains(rest, "]: ")
}

func isWordByte(c byte) bool {
	return txt.IsLetter(c) || txt.IsDigit(c) || c >= utf8.RuneSelf || strings.IndexByte("_$.-", c) >= 0
}
