package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Failure is a test that failed, in what a test runner prints.
type Failure struct {
	Title string // of the test, as it stands on its line
	From  int    // where what is behind the title begins
	To    int    // where the next failure begins, or the summary; the length of the text if nothing does
	Next  bool   // another failure begins there
}

// FindFailure finds the first failure in text, of which own is without colours:
//
//	  ● Cart › adds items                          Jest
//	 FAIL  a.test.mjs > Cart > adds items          Vitest
//	  1) Cart                                      Mocha, Cypress
//	       adds items:
//	  1) [chromium] › a.spec.ts:5:7 › adds items   Playwright
//	1) Cart adds items                             Jasmine
//	  Message:
//	✖ adds items (1.7ms)                           node:test
//	Chrome 78.0 (Linux) Cart adds items FAILED     Karma
//
// Lines of the kind are titles only if an error follows.
func FindFailure(own string) (f Failure, ok bool) {
	summary := strings.Index(own, "\n✖ failing tests:")
	for offset := 0; offset < len(own); {
		title, from, found := titleAt(own, offset)
		if !found {
			_, offset = txt.LineAt(own, offset)
			continue
		}
		if !ok {
			f, ok = Failure{Title: title, From: from, To: len(own)}, true
			if summary > offset {
				f.To = summary + 1 // node:test tells all of them again
			}
			offset = from
			continue
		}
		if offset < f.To {
			f.To, f.Next = offset, true
		}
		break
	}
	return f, ok
}

// MayHoldFailure reports whether text may hold the title of a test that failed.
func MayHoldFailure(text string) bool {
	for _, mark := range [...]string{"● ", "FAIL  ", ") ", "✖ ", " FAILED\n"} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}

// titleAt reads the title of a failure that begins on the line at offset. From is where what is behind it begins.
func titleAt(own string, offset int) (title string, from int, ok bool) {
	line, next := txt.LineAt(own, offset)
	body := txt.TrimBlanks(line)
	if body == "" {
		return "", 0, false
	}
	switch c := body[0]; {
	case strings.HasPrefix(body, "● "):
		title = strings.TrimSpace(body[len("● "):])
		return title, next, strings.Contains(title, " › ") || errorFollows(own, next, 3)
	case strings.HasPrefix(body, "FAIL  "):
		title = strings.TrimSpace(body[len("FAIL  "):])
		return title, next, strings.Contains(title, " > ") || errorFollows(own, next, 2)
	case strings.HasPrefix(body, "✖ "):
		title = body[len("✖ "):]
		if open := strings.LastIndex(title, " ("); open > 0 && strings.HasSuffix(title, "ms)") {
			title = title[:open]
		}
		return title, next, errorFollows(own, next, 1)
	case txt.IsDigit(c):
		return numberedTitle(own, body, next)
	case strings.HasSuffix(body, " FAILED"):
		title = strings.TrimSuffix(body, " FAILED")
		browser := strings.LastIndex(title, ") ")
		if browser > 0 {
			title = title[browser+len(") "):]
		}
		below, _ := txt.LineAt(own, min(next, len(own)))
		isDeeper := len(below)-len(strings.TrimLeft(below, " \t")) > len(line)-len(strings.TrimLeft(line, " \t"))
		return title, next, errorFollows(own, next, 1) || browser > 0 && isDeeper
	}
	return "", 0, false
}

// maxTitle is the number of lines over which Mocha writes the title of a test: one for each suite around it.
const maxTitle = 8

// numberedTitle reads the title of a failure that begins with its number.
func numberedTitle(own, body string, next int) (title string, from int, ok bool) {
	rest, ok := strings.CutPrefix(body[txt.DigitsLen(body):], ") ")
	if !ok || rest == "" {
		return "", 0, false
	}
	if line, after := txt.LineAt(own, next); txt.TrimBlanks(line) == "Message:" { // Jasmine
		return rest, after, true
	}
	if strings.Contains(rest, " › ") { // Playwright
		return strings.TrimRight(rest, " ─"), next, true
	}
	if title, ok = strings.CutSuffix(rest, ":"); ok && errorFollows(own, next, 2) {
		return title, next, true
	}
	for range maxTitle {
		line, after := txt.LineAt(own, next)
		line = txt.TrimBlanks(line)
		if title, ok := strings.CutSuffix(line, ":"); ok {
			return title, after, title != "" && !isErrorHeader(line)
		}
		if line == "" || txt.IsDigit(line[0]) && strings.Contains(line, ") ") {
			break
		}
		next = after
	}
	return "", 0, false
}

// errorFollows reports whether one of the next few lines that are not empty is an error's header.
func errorFollows(own string, offset, lines int) bool {
	for lines > 0 && offset < len(own) {
		var line string
		line, offset = txt.LineAt(own, offset)
		body := txt.TrimBlanks(line)
		if body == "" {
			continue
		}
		if isErrorHeader(body) {
			return true
		}
		lines--
	}
	return false
}

// CutFailure takes off the message of a failure what the runner prints between it and the frames, and leaves those
// lines: the difference between what was expected and what came, an excerpt of the source, the title of the stack.
func CutFailure(p *model.Parsed) {
	lines := strings.Split(p.Message, "\n")
	cut := len(lines)
	for i, line := range lines {
		if i > 0 && isFailureNote(strings.TrimSpace(line)) {
			cut = i
			break
		}
	}
	if cut == len(lines) {
		p.Message = strings.TrimRight(p.Message, " \t\n")
		return
	}
	raw := strings.Split(p.Header, "\n")
	from := len(raw) - (len(lines) - cut)
	if from < 0 {
		return
	}
	p.Message = strings.TrimRight(strings.Join(lines[:cut], "\n"), " \t\n")
	rest := append([]string(nil), p.Unparsed[min(p.Before, len(p.Unparsed)):]...)
	p.Unparsed = append(p.Unparsed[:min(p.Before, len(p.Unparsed)):min(p.Before, len(p.Unparsed))], raw[from:]...)
	p.Unparsed = append(p.Unparsed, rest...)
	p.Header = strings.Join(raw[:from], "\n")
}

// isFailureNote reports whether a line of a message is the first of what a runner prints behind it.
func isFailureNote(line string) bool {
	switch line {
	case "Stack:", "+ expected - actual", "- Expected", "Call log:":
		return true
	}
	number := strings.TrimSpace(strings.TrimPrefix(line, ">"))
	return header.IsNumbered(number)
}
