package laws

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Wrappings are what programs, logs and pages put around a whole trace, by the names that Parse
// gives to them, from the outside in. Several ways to do the same have the name once each.
var Wrappings = []struct {
	Name string // as in Trace.Wrapping
	What string
	Wrap func(text string) string
}{
	{"escaped", "line ends", escapeLines},
	{"escaped", "CRLF", func(text string) string {
		return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", `\r\n`)
	}},
	{"escaped", "line ends and tabs", func(text string) string {
		return strings.ReplaceAll(escapeLines(text), "\t", `\t`)
	}},
	{"escaped", "twice", func(text string) string {
		return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", `\\n`)
	}},
	{"json", "a string", quote},
	{"json", "a log's object", func(text string) string {
		return `{"level":"error","err":{"type":"Error","stack":` + quote(text) + `},"pid":1}`
	}},
	{"json", "behind a time", func(text string) string {
		return `2026-11-21T10:00:00.123Z ERROR {"stack":` + quote(text) + `}`
	}},
	{"json", "cut off", func(text string) string {
		return `{"level":"error","stack":` + strings.TrimSuffix(quote(text), `"`)
	}},
	{"json escaped", "escaped in a string", func(text string) string {
		return `{"stack":` + quote(escapeLines(text)) + `}`
	}},
	{"json json", "an object in a string", func(text string) string {
		return `{"log":` + quote(`{"level":"error","stack":`+quote(text)+`}`) + `,"stream":"stderr"}`
	}},
	{"joined", "bars", func(text string) string {
		return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", " | ")
	}},
	{"html", "breaks", func(text string) string {
		return strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n", "<br>")
	}},
	{"html", "breaks, line ends and indentation", func(text string) string {
		text = strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n    ", "\n &nbsp; &nbsp;")
		return strings.ReplaceAll(text, "\n", "<br />\n")
	}},
	{"html", "entities", html.EscapeString},
	{"html", "a page", func(text string) string {
		return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>" +
			strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n", "<br>") + "</pre>\n</body>\n</html>\n"
	}},
	{"prefix", "a process's name", func(text string) string {
		return eachLine(text, func(line string) string { return "app-1  | " + line })
	}},
	{"prefix", "a number", func(text string) string {
		return eachLine(text, func(line string) string { return "[1] " + line })
	}},
	{"prefix", "words", func(text string) string {
		return eachLine(text, func(line string) string { return "npm verbose stack " + line })
	}},
	{"prefix", "times", func(text string) string {
		n := 7
		return eachLine(text, func(line string) string {
			n++
			return fmt.Sprintf("2026-11-21T10:00:%02d.%dZ [app] ", n%60, n*9) + line
		})
	}},
	{"prefix", "syslog", func(text string) string {
		n := 7
		return eachLine(text, func(line string) string {
			n++
			return fmt.Sprintf("Nov 21 10:00:%02d host-1 app[12]: ", n%60) + line
		})
	}},
	{"bom", "a byte-order mark", func(text string) string { return "\ufeff" + text }},
	{"prefix json", "objects behind times", func(text string) string {
		return "2026-11-21T10:00:00Z app: {\"level\":\"info\",\"msg\":\"start\"}\n2026-11-21T10:00:01Z app: {\"level\":\"error\",\"stack\":" + quote(text) + "}\n"
	}},
	{"json html", "a page in a string", func(text string) string {
		return quote(strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n", "<br>"))
	}},
}

func escapeLines(text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", `\n`)
}

// quote returns text as a string of JSON.
func quote(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Unwrapped returns an error if got, read from a wrapped text, differs from want, read from the text
// itself, in more than where the lines stand.
func Unwrapped(got, want *stacktrace.Trace) error {
	inner := *got
	inner.Unparsed = want.Unparsed
	return equal(&inner, want)
}
