package carrier

import (
	"iter"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// blocks yields the stacks that are blocks of YAML, as node:test prints them in TAP, with what stands beside
// them. Frames may be without their "at ":
//
//	name: 'TypeError'
//	error: "x is not a function"
//	stack: |-
//	  load (/app/cart.test.js:8:17)
//	  TestContext.<anonymous> (/app/cart.test.js:3:1)
func blocks(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		text := t.Stripped
		for offset := 0; offset < len(text); {
			line, next := txt.LineAt(text, offset)
			key, indent, ok := blockKey(line)
			if !ok || roleOf(key) != stackRole {
				offset = next
				continue
			}
			end := blockEnd(text, next, indent)
			stack := dedent(text[next:end])
			e := &Error{Stack: stack, from: next, to: end}
			e.takeSiblings(text, offset, end, indent)
			e.Stack, e.Bare = withAt(stack)
			if !yield(Candidate{Name: YAML, Text: e.Stack, Error: e, Before: text[:next], Behind: text[end:], IsStack: true}) {
				return
			}
			offset = end
		}
	}
}

// HasBlock reports whether a block of YAML may begin in text.
func HasBlock(text string) bool { return strings.Contains(text, ": |") }

// blockKey returns the name of the member whose value is a block, and how far it is indented.
func blockKey(line string) (key string, indent int, ok bool) {
	line = strings.TrimRight(line, " \t\r")
	key, value, ok := strings.Cut(line, ": ")
	if !ok || value == "" || value[0] != '|' || len(value) > len("|2-") {
		return "", 0, false
	}
	body := strings.TrimLeft(key, " -")
	return strings.Trim(body, `"'`), len(key) - len(body), true
}

// blockEnd returns where the lines end, from an offset on, that are indented further than indent or empty.
func blockEnd(text string, offset, indent int) int {
	for offset < len(text) {
		line, next := txt.LineAt(text, offset)
		if body := strings.TrimLeft(line, " "); body != "" && len(line)-len(body) <= indent {
			break
		}
		offset = next
	}
	return offset
}

// dedent returns lines without the indentation that all of them have.
func dedent(lines string) string {
	least := -1
	for offset := 0; offset < len(lines); {
		var line string
		line, offset = txt.LineAt(lines, offset)
		if body := strings.TrimLeft(line, " "); body != "" {
			if n := len(line) - len(body); least < 0 || n < least {
				least = n
			}
		}
	}
	if least <= 0 {
		return lines
	}
	return txt.EachLine(lines, func(line string) string { return line[min(least, len(line)):] })
}

// takeSiblings takes the type and the message of an error from the members beside its stack, whose key is in
// the line at offset and whose value ends at end.
func (e *Error) takeSiblings(text string, offset, end, indent int) {
	from := offset
	for from > 0 {
		start := strings.LastIndexByte(text[:from-1], '\n') + 1
		line, _ := txt.LineAt(text, start)
		if body := strings.TrimLeft(line, " "); body == "---" {
			e.Label = tapTitle(text[:start])
			break
		} else if body != "" && len(line)-len(body) < indent {
			break
		}
		from = start
	}
	for offset := from; offset < len(text); {
		line, next := txt.LineAt(text, offset)
		body := strings.TrimLeft(line, " ")
		if n := len(line) - len(body); body != "" && n < indent {
			break
		} else if n == indent {
			e.takeSibling(text, body, next, indent)
		}
		offset = max(next, min(end, next))
	}
}

// tapTitle returns the title of the test that failed, whose line in TAP ends before: "not ok 2 - adds items".
func tapTitle(before string) string {
	before = txt.TrimLineEnds(before)
	line := strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], " ")
	rest, ok := strings.CutPrefix(line, "not ok ")
	if !ok {
		return ""
	}
	_, title, _ := strings.Cut(rest, " - ")
	return title
}

// takeSibling takes what a member says, whose line is body; the line behind it begins at next.
func (e *Error) takeSibling(text, body string, next, indent int) {
	key, value, ok := strings.Cut(body, ": ")
	if !ok {
		return
	}
	if strings.HasPrefix(value, "|") {
		value = strings.TrimRight(dedent(text[next:blockEnd(text, next, indent)]), "\n")
	} else {
		value = yamlString(strings.TrimRight(value, " \r"))
	}
	switch key {
	case "name", "type":
		e.Type = value
	case "error", "message":
		e.Message = value
	}
}

// yamlString returns the text of a scalar with its quotes, if it has some.
func yamlString(s string) string {
	if len(s) < 2 || s[0] != s[len(s)-1] {
		return s
	}
	switch s[0] {
	case '"':
		return DecodeString(s)
	case '\'':
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'")
	}
	return s
}

// withAt puts "at " before the lines of a stack that are frames without it, and reports whether there are any.
func withAt(stack string) (with string, bare bool) {
	var f formats.Frame
	with = txt.EachLine(stack, func(line string) string {
		body := strings.TrimLeft(line, " \t")
		if body == "" || strings.HasPrefix(body, "at ") || strings.IndexByte(body, '@') >= 0 && !strings.HasSuffix(body, ")") {
			return line
		}
		if at := "at " + body; formats.DefaultAt().ReadInto(&f, at) && f.Line > 0 && f.Col > 0 && strings.IndexByte(f.File, ' ') < 0 {
			bare = true
			return line[:len(line)-len(body)] + at
		}
		return line
	})
	return with, bare
}
