package printed

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// gatheredHeader ends the first line of what Bluebird's AggregateError says of itself.
const gatheredHeader = "AggregateError of:"

// IsGathered reports whether a line without what surrounds its content begins the list of errors that Bluebird's
// AggregateError gathers.
func IsGathered(body string) bool {
	label, ok := strings.CutSuffix(body, gatheredHeader)
	return ok && (label == "" || strings.HasSuffix(label, " "))
}

// TakeGathered reads the text of a header that lists the errors which it gathers, as Bluebird does, and reports
// false if it is none:
//
//	AggregateError of:
//	    Error: one
//	    RangeError: two
//	of several lines
func TakeGathered(t *model.Trace, text string) bool {
	first, rest, _ := strings.Cut(text, "\n")
	if !IsGathered(first) {
		return false
	}
	errors, rest := readGathered(rest, 0, maxNesting)
	if len(errors) == 0 || strings.TrimSpace(rest) != "" {
		return false
	}
	t.Label = header.TrimLabel(strings.TrimSuffix(first, gatheredHeader))
	t.Type, t.Errors = strings.TrimSuffix(gatheredHeader, " of:"), errors
	return true
}

// readGathered reads the errors of which text is a list, up to a line with less indentation than the first, but
// more than the given one. It returns what is behind them.
func readGathered(text string, more, depth int) (errors []*model.Trace, rest string) {
	indent := -1
	var message []string // the lines of that of the last one, if they are several
	defer func() { endMessage(errors, message) }()
	for text != "" && depth > 0 {
		line, next := txt.LineAt(text, 0)
		body := txt.TrimBlanks(line)
		blanks := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case body == "":
		case indent < 0 && blanks <= more || indent >= 0 && blanks < indent && header.HasStrong(body):
			return errors, text
		case IsGathered(body):
			endMessage(errors, message)
			indent, message = max(indent, 0), nil
			t := &model.Trace{Type: strings.TrimSuffix(gatheredHeader, " of:")}
			t.Errors, text = readGathered(text[next:], blanks, depth-1)
			errors = append(errors, t)
			continue
		case indent < 0 || blanks == indent && header.HasStrong(body):
			endMessage(errors, message)
			indent, message = blanks, nil
			h := header.Parse(body, true)
			errors = append(errors, &model.Trace{Label: h.Label, Type: h.Type, Code: h.Code, Message: h.Message})
		case len(errors) > 0:
			if message == nil {
				message = append(message, errors[len(errors)-1].Message)
			}
			message = append(message, line[min(blanks, indent):])
		}
		text = text[next:]
	}
	return errors, text
}

// endMessage gives the last of errors its message, if that has several lines.
func endMessage(errors []*model.Trace, lines []string) {
	if len(lines) > 0 {
		errors[len(errors)-1].Message = strings.Join(lines, "\n")
	}
}
