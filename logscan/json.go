package logscan

import (
	"encoding/json"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// parseLine reads the trace that a line holds by itself, and returns the text of it. The trace is nil
// if there is none.
func parseLine(s string) (*stacktrace.Trace, string) {
	s = strings.TrimRight(s, " \t\r\n")
	if trace, text := parseStrings(s); trace != nil {
		return trace, text
	}
	trace := stacktrace.Parse(s)
	if len(trace.Frames) == 0 || len(trace.Wrapping) == 0 {
		return nil, ""
	}
	return trace, s
}

// parseStrings reads the trace that a string of JSON in a line holds, at any depth. What is around
// the string need not be JSON: logfmt quotes alike. Among several strings with frames, one that is
// called the stack is taken; if there is none, the first that tells the error's type; else the first.
func parseStrings(s string) (*stacktrace.Trace, string) {
	var best *stacktrace.Trace
	var text string
	most := 0
	for from := 0; from < len(s); {
		start := strings.IndexByte(s[from:], '"')
		if start < 0 {
			break
		}
		start += from
		end := start + 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(s) {
			break // cut off: for stacktrace.Parse
		}
		from = end + 1
		if from < len(s) && s[from] == ':' || end-start < minStack || !mayHoldFrames(s[start:end]) {
			continue
		}
		if before := strings.TrimRight(s[:start], " "); strings.HasSuffix(before, "[") || strings.HasSuffix(before, ",") {
			return nil, "" // perhaps a list of lines: for stacktrace.Parse
		}
		var decoded string
		if json.Unmarshal([]byte(s[start:from]), &decoded) != nil {
			continue
		}
		weight := 1
		isStack := isStackKey(s[:start])
		trace := stacktrace.Parse(decoded)
		switch {
		case len(trace.Frames) == 0:
			continue
		case isStack:
			weight = 3
		case trace.Type != "":
			weight = 2
		}
		if weight > most {
			best, text, most = trace, decoded, weight
		}
		if weight == 3 {
			break
		}
	}
	if best != nil {
		best.Wrapping = append([]string{"json"}, best.Wrapping...)
	}
	return best, text
}

// minStack is the length of the shortest text that is worth a look: "a@b:1:2".
const minStack = 7

// mayHoldFrames reports whether a string holds what all frames have.
func mayHoldFrames(s string) bool {
	return strings.IndexByte(s, '@') >= 0 || strings.Contains(s, "at ") || strings.Contains(s, `, line `)
}

// isStackKey reports whether the name before a value, with which s ends, is one that loggers give to
// stacks: "stack": or "error.stack_trace":.
func isStackKey(s string) bool {
	s = strings.TrimRight(s, `:= "`)
	i := len(s)
	for i > 0 && len(s)-i < 32 && (txt.IsLetter(s[i-1]) || s[i-1] == '_') {
		i--
	}
	return around.IsStackKey(s[i:])
}
