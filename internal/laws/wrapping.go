package laws

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Wrappings are what programs, logs and pages put around a whole trace, by the names that Parse
// gives to them, from the outside in. Several ways to do the same have the name once each.
var Wrappings = []struct {
	Name string // the words of Trace.Wrapping with blanks between them
	What string
	Wrap func(text string) string

	// Least is the share of texts that must be read behind the wrapping as they are without it.
	Least float64
}{
	{"escaped", "line ends", escapeLines, 0.99},
	{"escaped", "CRLF", func(text string) string {
		return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", `\r\n`)
	}, 0.99},
	{"escaped", "line ends and tabs", func(text string) string {
		return strings.ReplaceAll(escapeLines(text), "\t", `\t`)
	}, 0.99},
	{"escaped", "twice", func(text string) string {
		return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", `\\n`)
	}, 0.99},
	{"json", "a string", quote, 1},
	{"json", "a log's object", func(text string) string {
		return `{"level":"error","err":{"stack":` + quote(text) + `},"pid":1}`
	}, 1},
	{"json", "behind a time", func(text string) string {
		return `2026-11-21T10:00:00.123Z ERROR {"stack":` + quote(text) + `}`
	}, 1},
	{"json", "cut off", func(text string) string {
		return `{"level":"error","stack":` + strings.TrimSuffix(quote(text), `"`)
	}, 1},
	{"quoted", "a string in parts", func(text string) string {
		lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
		for i, line := range lines {
			lines[i] = "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\t", `\t`, "\r", `\r`, "\x1b", `\x1B`).Replace(line)
		}
		return "{\n  level: 'error',\n  stack: " + strings.Join(lines, "\\n' +\n    ") + "'\n}"
	}, 0.99},
	{"yaml", "a block", func(text string) string {
		return "---\nlevel: error\nstack: |-\n" + eachLine(strings.TrimRight(text, "\n"), func(line string) string { return "  " + line }) + "\n...\n"
	}, 0.98},
	{"escaped", "rsyslog", func(text string) string {
		return strings.NewReplacer("\r", "#015", "\n", "#012", "\t", "#011").Replace(strings.TrimRight(text, "\n"))
	}, 0.99},
	{"json", "objects on lines", func(text string) string {
		return eachLine(text, func(line string) string { return `{"message":` + quote(line) + `,"time":"2026-11-21T10:00:00Z"}` })
	}, 0.99},
	{"json escaped", "escaped in a string", func(text string) string {
		return `{"stack":` + quote(escapeLines(text)) + `}`
	}, 0.99},
	{"json json", "an object in a string", func(text string) string {
		return `{"log":` + quote(`{"level":"error","stack":`+quote(text)+`}`) + `,"stream":"stderr"}`
	}, 0.999},
	{"joined", "bars", func(text string) string {
		return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", " | ")
	}, 0.99},
	{"html", "breaks", func(text string) string {
		return strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n", "<br>")
	}, 0.99},
	{"html", "breaks, line ends and indentation", func(text string) string {
		text = strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n    ", "\n &nbsp; &nbsp;")
		return strings.ReplaceAll(text, "\n", "<br />\n")
	}, 0.99},
	{"html", "entities", html.EscapeString, 0.99},
	{"html", "a page", func(text string) string {
		return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>" +
			strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n", "<br>") + "</pre>\n</body>\n</html>\n"
	}, 0.99},
	{"prefix", "a process's name", func(text string) string {
		return eachLine(text, func(line string) string { return "app-1  | " + line })
	}, 0.99},
	{"prefix", "a number", func(text string) string {
		return eachLine(text, func(line string) string { return "[1] " + line })
	}, 0.99},
	{"prefix", "words", func(text string) string {
		return eachLine(text, func(line string) string { return "npm verbose stack " + line })
	}, 0.985},
	{"prefix", "times", func(text string) string {
		n := 7
		return eachLine(text, func(line string) string {
			n++
			return fmt.Sprintf("2026-11-21T10:00:%02d.%dZ [app] ", n%60, n*9) + line
		})
	}, 0.99},
	{"prefix", "syslog", func(text string) string {
		n := 7
		return eachLine(text, func(line string) string {
			n++
			return fmt.Sprintf("Nov 21 10:00:%02d host-1 app[12]: ", n%60) + line
		})
	}, 0.99},
	{"bom", "a byte-order mark", func(text string) string { return "\ufeff" + text }, 1},
	{"prefix json", "objects behind times", func(text string) string {
		return "2026-11-21T10:00:00Z app: {\"level\":\"info\",\"msg\":\"start\"}\n2026-11-21T10:00:01Z app: {\"level\":\"error\",\"stack\":" + quote(text) + "}\n"
	}, 0.999},
	{"json html", "a page in a string", func(text string) string {
		return quote(strings.ReplaceAll(html.EscapeString(strings.TrimRight(text, "\n")), "\n", "<br>"))
	}, 0.99},
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

// unwrapped returns text as it is within wrappings, the outermost first, in all of
// it: escapes decoded, tags taken out, lines parted.
func unwrapped(text string, wrappings []string) string {
	for _, name := range wrappings {
		switch name {
		case "bom":
			text = strings.TrimPrefix(text, "\ufeff")
		case "json":
			text = jsonEscape.ReplaceAllStringFunc(text, func(escape string) string {
				var s string
				if json.Unmarshal([]byte(`"`+escape+`"`), &s) != nil {
					return escape
				}
				return s
			})
		case "quoted":
			text = quotedJoin.ReplaceAllString(text, "")
			text = quotedEscape.ReplaceAllStringFunc(text, func(escape string) string {
				switch escape {
				case `\n`:
					return "\n"
				case `\t`:
					return "\t"
				case `\x1B`:
					return "\x1b"
				}
				return escape[1:]
			})
		case "escaped":
			text = strings.NewReplacer("#015#012", "\n", "#012", "\n", "#011", "\t").Replace(text)
			text = escapedEnd.ReplaceAllString(text, "\n")
			text = escapedTab.ReplaceAllStringFunc(text, func(tabs string) string { return strings.Repeat("\t", strings.Count(tabs, "t")) })
		case "html":
			text = inlineTag.ReplaceAllString(text, "")
			text = entities.Replace(tag.ReplaceAllString(text, "\n"))
		case "joined":
			text = strings.NewReplacer(" | ", "\n", "⏎", "\n", "↵", "\n").Replace(text)
		}
	}
	return text
}

// messageOf returns the message of a record in JSON that line is, or line.
func messageOf(line string) string {
	if message, ok := strings.CutPrefix(line, `{"message":"`); ok {
		if end := strings.LastIndex(message, `","time":"`); end >= 0 {
			return message[:end]
		}
	}
	return line
}

var (
	number       = regexp.MustCompile(`[0-9]+`)
	jsonEscape   = regexp.MustCompile(`(\\u[0-9a-fA-F]{4}){2}|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]`)
	quotedJoin   = regexp.MustCompile(`['"] \+\n[ \t]*['"]`)
	quotedEscape = regexp.MustCompile(`\\(x1B|[nt'"\\])`)
	escapedEnd   = regexp.MustCompile(`(\\+r)?\\+n`)
	escapedTab   = regexp.MustCompile(`(?m)^([ \t]*\\+t)+`)
	inlineTag    = regexp.MustCompile(`(?is)</?(a|b|code|em|font|i|mark|samp|small|span|strong|tt|u)([ \t\r\n/][^>]*)?>`)
	tag          = regexp.MustCompile(`(?is)</?(!doctype|article|body|br|dd|div|dl|dt|h1|h2|h3|h4|head|hr|html|li|meta|ol|p|pre|section|table|tbody|td|th|title|tr|ul)([ \t\r\n/][^>]*)?>`)
	entities     = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&quot;", `"`, "&apos;", "'", "&nbsp;", " ",
		"&#39;", "'", "&#039;", "'", "&#x27;", "'", "&#X27;", "'", "&#34;", `"`, "&#x22;", `"`, "&#60;", "<", "&#x3C;", "<",
		"&#x3c;", "<", "&#62;", ">", "&#x3E;", ">", "&#x3e;", ">", "&#38;", "&", "&#x26;", "&", "&#x2F;", "/", "&#47;", "/",
		"&#160;", " ", "&#xA0;", " ", "&#x60;", "`", "&#96;", "`", "&#x3D;", "=", "&#64;", "@", "&#10;", "\n")
)

// lostWrapped returns an error if a line of a wrapped text is in no part of its errors.
func lostWrapped(text string, traces []*stacktrace.Trace) error {
	var all []string
	var wrapping []string // of the error with the most
	var errors []*stacktrace.Trace
	for _, t := range traces {
		collect(t, &all)
		errors = append(errors, tree(t)...)
		if len(t.Wrapping) > len(wrapping) {
			wrapping = t.Wrapping
		}
	}
	parts := Clean(strings.Join(all, "\n"))
	parts += "\n" + Clean(unwrapped(parts, wrapping)) // what is around was left as it stands
	places := strings.Split(parts, "\n")
	lines := strings.Split(Clean(unwrapped(text, wrapping)), "\n")
	isPrefix := func(body string) bool { // before other lines, and so an empty one
		body = number.ReplaceAllString(body, "0")
		return len(wrapping) > 0 && wrapping[0] == "prefix" && slices.ContainsFunc(lines, func(line string) bool {
			line = number.ReplaceAllString(line, "0")
			return len(line) > len(body) && strings.HasPrefix(line, body)
		})
	}
	told := toldBy(errors)
	for _, line := range lines {
		body := strings.TrimSpace(messageOf(line))
		if isSeparator(body) {
			if !told.take(body) && !slices.ContainsFunc(places, func(place string) bool { return strings.HasSuffix(strings.TrimSpace(messageOf(place)), body) }) {
				return fmt.Errorf("line %q is told by no frame of %+v", body, traces)
			}
			continue
		}
		isPart := func(part string) bool {
			part = strings.TrimSpace(part)
			return part != "" && strings.Contains(body, part)
		}
		content := strings.TrimSuffix(unbraced(body), "[errors]:")
		if content == "" || content == "errors:" || isPrefix(strings.TrimSpace(content)) {
			continue // of what is printed around errors and properties, or a string
		}
		if !strings.Contains(parts, body) && !told.takeBehind(body) && body != zoneHeader && !isPythonEdge(body) && !slices.ContainsFunc(places, isPart) {
			return fmt.Errorf("line %q is nowhere in %+v", body, traces)
		}
	}
	return nil
}

// collect appends what t and the errors within it hold of the text.
func collect(t *stacktrace.Trace, all *[]string) {
	*all = append(*all, t.Label, t.Type, t.Message)
	for _, f := range t.Frames {
		*all = append(*all, f.Text, f.Source)
	}
	*all = append(*all, t.Unparsed...)
	for _, p := range t.Props {
		*all = append(*all, p.Name, p.Text)
		if p.Trace != nil {
			collect(p.Trace, all)
		}
	}
	*all = append(*all, t.Context...)
	if t.Cause != nil {
		collect(t.Cause, all)
	}
	for _, e := range t.Errors {
		collect(e, all)
	}
}

// Unwrapped returns an error if got, read from a wrapped text, differs from want, read from the text
// itself, in more than where the lines stand.
func Unwrapped(got, want *stacktrace.Trace) error {
	inner := *got
	inner.Unparsed = want.Unparsed
	return equal(&inner, want)
}
