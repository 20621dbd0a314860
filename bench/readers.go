package main

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// reader is one way to read a text. Prepare returns what is measured, which tells how many frames, or
// other things, it saw.
type reader struct {
	name    string
	prepare func(t trace) func() int
	frames  bool // the number is that of the frames found
}

// readers are what is compared, the floor first.
var readers = [...]reader{
	{"floor", func(t trace) func() int { return func() int { return countLines(t.text) } }, false},
	{"AppendFrames", func(t trace) func() int {
		var frames []stacktrace.Frame
		return func() int {
			frames = stacktrace.AppendFrames(frames[:0], t.text)
			return len(frames)
		}
	}, true},
	{"Parse", func(t trace) func() int {
		return func() int {
			parsed := stacktrace.Parse(t.text)
			return len(parsed.Frames)
		}
	}, true},
	{"Detect", func(t trace) func() int {
		return func() int { return int(stacktrace.Detect(t.text)) }
	}, false},
	{"String", func(t trace) func() int {
		parsed := stacktrace.Parse(t.text)
		return func() int { return len(parsed.String()) }
	}, false},
	{"Fingerprint", func(t trace) func() int {
		parsed := stacktrace.Parse(t.text)
		return func() int { return len(normalize.Fingerprint(parsed, normalize.Exact)) }
	}, false},
	{"logscan", func(t trace) func() int {
		found := 0
		p := logscan.NewPusher(logscan.Options{}, func(f logscan.Found) { found = len(f.Trace.Frames) })
		return func() int {
			p.Push("", t.text)
			p.Settle()
			return found
		}
	}, true},
	{"Go regexp", func(t trace) func() int {
		var frames []stacktrace.Frame
		return func() int {
			frames = appendMatches(frames[:0], t.text)
			return len(frames)
		}
	}, true},
}

// countLines is the floor: it finds each newline and does nothing else.
func countLines(text string) int {
	lines := 0
	for {
		end := strings.IndexByte(text, '\n')
		if end < 0 {
			return lines
		}
		lines++
		text = text[end+1:]
	}
}

// The lines of the engines as the trackers' parsers read them: one expression for those that begin
// with "at", one for the others. RE2 has no backtracking, so they take linear time.
var (
	atLine   = regexp.MustCompile(`^\s*at (?:(async) )?(?:(new) )?(?:(.*?) ?(?:\[as (.*?)\] ?)?\()?(?:address at )?(.*?)(?::(\d+))?(?::(\d+))?(?:\(\d+\))?\)?(?: \w+)?\s*$`)
	signLine = regexp.MustCompile(`^\s*(?:(.*?)\*)?([^@]*)@(.*?)(?::(\d+))?(?::(\d+))?\s*$`)
)

// appendMatches does with the expressions what AppendFrames does: it appends the frames of text and
// fills their fields.
func appendMatches(dst []stacktrace.Frame, text string) []stacktrace.Frame {
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		if m := atLine.FindStringSubmatchIndex(line); m != nil {
			f := stacktrace.Frame{Engine: stacktrace.V8, Text: line,
				Async: m[2] >= 0, Constructor: m[4] >= 0,
				Func: group(line, m, 3), Alias: group(line, m, 4), File: group(line, m, 5),
				Line: number(line, m, 6), Col: number(line, m, 7)}
			takeWords(&f)
			dst = append(dst, f)
			continue
		}
		if m := signLine.FindStringSubmatchIndex(line); m != nil {
			f := stacktrace.Frame{Engine: stacktrace.JSC, Text: line,
				AsyncCause: group(line, m, 1), Func: group(line, m, 2), File: group(line, m, 3),
				Line: number(line, m, 4), Col: number(line, m, 5)}
			f.Async = f.AsyncCause != ""
			takeWords(&f)
			dst = append(dst, f)
		}
	}
	return dst
}

// takeWords sets what words in place of a file or a name say.
func takeWords(f *stacktrace.Frame) {
	switch f.Func {
	case "global code", "module code", "eval code", "Global code", "global":
		f.TopLevel = true
	}
	switch f.File {
	case "<anonymous>", "native", "native code", "[native code]":
		f.Native, f.File = true, ""
	}
}

func group(line string, match []int, n int) string {
	if match[2*n] < 0 {
		return ""
	}
	return line[match[2*n]:match[2*n+1]]
}

func number(line string, match []int, n int) int {
	i, _ := strconv.Atoi(group(line, match, n))
	return i
}
