package laws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Neutral returns an error if what stands around the lines of a text changes what they say: line
// ends, a last newline more or less, indentation, colours, the prefix of a log.
//
// The law is about texts without such things, so a text with escape sequences or carriage returns is
// left out.
func Neutral(text string) error {
	if strings.ContainsAny(text, "\x1b\r") {
		return nil
	}
	want := stacktrace.Parse(text)
	if len(want.Wrapping) > 0 {
		return nil
	}
	for name, change := range changes {
		changed, ok := change(text)
		if !ok {
			continue
		}
		got := stacktrace.Parse(changed)
		if err := equal(got, want); err != nil {
			return fmt.Errorf("%s: %w\nin %q", name, err, changed)
		}
	}
	return nil
}

// changes are the things that must not matter. A change reports false for a text for which it would
// change what a line says.
var changes = map[string]func(text string) (string, bool){
	"CRLF": func(text string) (string, bool) {
		return strings.ReplaceAll(text, "\n", "\r\n"), true
	},
	"no last newline": func(text string) (string, bool) {
		return strings.TrimSuffix(text, "\n"), true
	},
	"another last newline": func(text string) (string, bool) {
		return text + "\n", strings.Trim(text, "\n") != ""
	},
	"more indentation": func(text string) (string, bool) {
		return eachLine(text, func(line string) string { return "  " + line }), !strings.Contains(text, "\t") && !strings.HasPrefix(text, "\n") && !hasSplitFrame(text)
	},
	"tabs for indentation": func(text string) (string, bool) {
		return eachLine(text, func(line string) string {
			if body, ok := strings.CutPrefix(line, "    at "); ok {
				return "\tat " + body
			}
			return line
		}), isRegular(text)
	},
	"no indentation": func(text string) (string, bool) {
		return eachLine(text, func(line string) string {
			if body, ok := strings.CutPrefix(line, "    at "); ok {
				return "at " + body
			}
			return line
		}), isRegular(text)
	},
	"colours": func(text string) (string, bool) {
		return eachLine(text, func(line string) string { return "\x1b[90m" + line + "\x1b[39m" }), true
	},
	"colours within": func(text string) (string, bool) {
		return eachLine(text, func(line string) string {
			if len(line) < 12 || strings.TrimSpace(line[:12]) != line[:12] && !strings.HasPrefix(line, "    at ") {
				return line
			}
			return line[:11] + "\x1b[1m" + line[11:] + "\x1b[0m"
		}), true
	},
	"a log's prefix": func(text string) (string, bool) {
		return eachLine(text, func(line string) string { return "app-1  | " + line }), isPrefixable(text)
	},
}

// eachLine changes the lines of text that are not empty.
func eachLine(text string, change func(line string) string) string {
	all := strings.Split(text, "\n")
	for i, line := range all {
		if line != "" {
			all[i] = change(line)
		}
	}
	return strings.Join(all, "\n")
}

// hasSplitFrame reports whether a line may be part of a frame with a newline in its name, so that
// indentation gets into the name.
func hasSplitFrame(text string) bool {
	frames := stacktrace.AppendFrames(nil, text)
	for line := range strings.SplitSeq(text, "\n") {
		isFrame := func(f stacktrace.Frame) bool { return f.Text == line }
		if strings.HasPrefix(strings.TrimLeft(line, " \t"), "at ") && !slices.ContainsFunc(frames, isFrame) {
			return true
		}
	}
	return false
}

// isRegular reports whether the lines of text that may be frames are indented alike, so that their
// indentation tells nothing, and the message has none of them.
func isRegular(text string) bool {
	if trace := stacktrace.Parse(text); strings.Contains(trace.Message, "\n    at ") || hasSplitFrame(text) {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		body := strings.TrimLeft(line, " \t")
		if strings.HasPrefix(body, "at ") && line != "    "+body {
			return false
		}
		if !strings.HasPrefix(body, "at ") && len(body) != len(line) {
			return false
		}
	}
	return true
}

// isPrefixable reports whether a prefix before every line of text can be told from the lines: there
// are several, and they have nothing in common themselves.
func isPrefixable(text string) bool {
	first, others := "", 0
	for line := range strings.SplitSeq(text, "\n") {
		switch body := strings.TrimSpace(line); {
		case body == "":
		case first == "":
			first = body
		case body[0] != first[0]:
			others++
		}
	}
	trace := stacktrace.Parse(text)
	if len(trace.Frames) == 1 && trace.Type != "" && strings.Contains(trace.Frames[0].Text, trace.Type+": ") {
		return false // the header tells the place, in words that may stand anywhere
	}
	return len(trace.Frames) > 0 && others > 0 && trace.Engine != stacktrace.NoEngine && !hasSplitFrame(text)
}

// equal compares all but the lines as they stand in the text, in every error of the tree.
func equal(got, want *stacktrace.Trace) error {
	if got.Engine != want.Engine || got.Label != want.Label || got.Type != want.Type || got.Code != want.Code || got.Message != want.Message {
		return fmt.Errorf("%q %q %q %q %q, want %q %q %q %q %q",
			got.Engine, got.Label, got.Type, got.Code, got.Message, want.Engine, want.Label, want.Type, want.Code, want.Message)
	}
	if len(got.Frames) != len(want.Frames) {
		return fmt.Errorf("%d frames, want %d", len(got.Frames), len(want.Frames))
	}
	for i, f := range got.Frames {
		f.Text = want.Frames[i].Text
		if f != want.Frames[i] {
			return fmt.Errorf("frame %+v, want %+v", fields(f), fields(want.Frames[i]))
		}
	}
	if len(got.Unparsed) != len(want.Unparsed) {
		return fmt.Errorf("unparsed %q, want %q", got.Unparsed, want.Unparsed)
	}
	if len(got.Context) != len(want.Context) {
		return fmt.Errorf("context %q, want %q", got.Context, want.Context)
	}
	if len(got.Props) != len(want.Props) {
		return fmt.Errorf("properties %q, want %q", got.Props, want.Props)
	}
	for i, p := range got.Props {
		if p.Name != want.Props[i].Name {
			return fmt.Errorf("property %q, want %q", p.Name, want.Props[i].Name)
		}
		if (p.Trace == nil) != (want.Props[i].Trace == nil) {
			return fmt.Errorf("property %q is %+v, want %+v", p.Name, p.Trace, want.Props[i].Trace)
		}
		if p.Trace != nil {
			if err := equal(p.Trace, want.Props[i].Trace); err != nil {
				return fmt.Errorf("property %q: %w", p.Name, err)
			}
		}
	}
	if len(got.Errors) != len(want.Errors) || (got.Cause == nil) != (want.Cause == nil) {
		return fmt.Errorf("%d errors, cause %+v, want %d, %+v", len(got.Errors), got.Cause, len(want.Errors), want.Cause)
	}
	for i, t := range got.Errors {
		if err := equal(t, want.Errors[i]); err != nil {
			return fmt.Errorf("error %d: %w", i, err)
		}
	}
	if want.Cause != nil {
		if err := equal(got.Cause, want.Cause); err != nil {
			return fmt.Errorf("cause: %w", err)
		}
	}
	return nil
}
