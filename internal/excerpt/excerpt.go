// Package excerpt finds the lines of source code that a text shows with an error, among those that the reader
// could not read as anything else.
package excerpt

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/ansi"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// TakeAll moves the excerpts of t and of the errors within it from the unparsed lines to Context, and gives the frames
// that they are of their Source:
//
//	/app/a.js:4                      Node: the place, the line, a caret
//	  throw e;
//	  ^
//
//	    throw e;                     Deno: the line and a caret
//	          ^
//
//	12 | function f() {              Bun, Babel, Vite, Jest, Next, esbuild: numbered lines. One is
//	13 |   throw e;                  marked by the caret below, or
//	             ^
//	> 13 |   throw e;                by what stands before its number
//	     |         ^
//	 13| throw e;                    Vitest
//	   |       ^
//	122: };                          Raycast: no line is marked. That of a frame is among them.
//	123: throw e;
//
// The lines of an excerpt follow one another.
func TakeAll(t *model.Trace) {
	for ; t != nil; t = t.Cause {
		take(t)
		for _, e := range t.Errors {
			TakeAll(e)
		}
		for i := range t.Props {
			TakeAll(t.Props[i].Trace)
		}
	}
}

func take(t *model.Trace) {
	if t.Engine == formats.Python || !mayHold(t.Unparsed) {
		return // Python shows the source of each frame below it
	}
	f := finder{trace: t, lines: t.Unparsed, rest: t.Unparsed[:0]} // never more lines than were gone over
	for i := 0; i < len(f.lines); {
		if end := f.numbered(i); end > i {
			i = f.skipBlank(end)
			continue
		}
		if isCaret(body(f.lines[i])) && f.pointed(f.lines[i]) {
			i = f.skipBlank(i + 1)
			continue
		}
		f.rest = append(f.rest, f.lines[i])
		i++
	}
	if len(f.rest) < len(f.lines) {
		t.Unparsed = f.rest
		if len(f.rest) == 0 {
			t.Unparsed = nil
		}
	}
}

// mayHold reports whether a line may be one of an excerpt that shows where it is one.
func mayHold(lines []string) bool {
	for _, line := range lines {
		if isCaret(body(line)) {
			return true
		}
		if _, ok := readNumbered(body(line)); ok || header.IsNumberedBehind(body(line)) {
			return true
		}
	}
	return false
}

// body returns line without colours and the blanks around it.
func body(line string) string { return txt.TrimBlanks(ansi.Strip(line)) }

// finder goes over the unparsed lines of a trace.
type finder struct {
	trace *model.Trace
	lines []string
	rest  []string // those that are of no excerpt
}

// skipBlank returns the line behind an excerpt that ends before the i-th, without an empty one between.
func (f *finder) skipBlank(i int) int {
	if i < len(f.lines) && i > 0 && body(f.lines[i]) == "" {
		return i + 1
	}
	return i
}

// pointed takes the lines before a caret, the last of rest, for what it points at. It reports false if there is no line.
func (f *finder) pointed(caret string) bool {
	n := len(f.rest)
	if n == 0 || body(f.rest[n-1]) == "" {
		return false
	}
	code := body(f.rest[n-1])
	from := n - 1
	file, line := "", 0
	for i := n - 2; i >= max(n-3, 0); i-- {
		if place := body(f.rest[i]); header.IsPlace(place) || len(place) > 1 && place[0] == ':' && txt.DigitsLen(place[1:]) == len(place)-1 {
			file, line = splitPlace(place)
			code = body(f.rest[i+1])
			from = i
			break
		}
	}
	f.trace.Context = append(txt.WithRoom(f.trace.Context, n-from+1), f.rest[from:]...)
	f.trace.Context = append(f.trace.Context, caret)
	f.rest = f.rest[:from]
	for i := range f.trace.Frames {
		frame := &f.trace.Frames[i]
		if line > 0 && frame.Line == line && isFile(frame.File, file) || line == 0 && frame.File != "" && frame.Col == columnOf(caret, frame) {
			setSource(frame, code)
			break
		}
	}
	return true
}

// columnOf returns the column that Deno's caret stands at. Its excerpts are indented as its frames are, without the 4
// blanks before those.
func columnOf(caret string, frame *model.Frame) int {
	own := ansi.Strip(caret)
	text := ansi.Strip(frame.Text)
	return strings.IndexByte(own, '^') + 1 - max(strings.Index(text, "at ")-len("    "), 0)
}

// splitPlace splits "FILE:LINE".
func splitPlace(place string) (file string, line int) {
	colon := strings.LastIndexByte(place, ':')
	line, _ = txt.ParseCount(place[colon+1:])
	return place[:colon], line
}

// isFile reports whether two files are the same: one may be a URL.
func isFile(a, b string) bool {
	return a == b || strings.TrimPrefix(a, "file://") == strings.TrimPrefix(b, "file://")
}

func setSource(frame *model.Frame, code string) {
	if frame.Source == "" {
		frame.Source = code
	}
}

// numbered takes an excerpt whose lines have numbers, from the i-th on, and returns where it ends: at i if there is none.
func (f *finder) numbered(i int) int {
	var first, last, marked line
	end, isPointed := i, false
	count := 0
	for ; end < len(f.lines); end++ {
		text := body(f.lines[end])
		if end == i && header.IsNumberedBehind(text) { // "err: 12 | code", as Bun prints an error in an object
			text = text[strings.LastIndexByte(text[:strings.Index(text, " |")], ' ')+1:]
		}
		if l, ok := readNumbered(text); ok && (count == 0 || l.number == last.number+1 && l.bar == last.bar) {
			if count++; count == 1 {
				first = l
			}
			if last = l; l.marked {
				marked = l
			}
			continue
		}
		if !isCaret(text) && !isGutter(text) {
			break
		}
		if isCaret(text) && count > 0 && marked.number == 0 {
			marked, isPointed = last, true
		}
	}
	if count == 0 {
		return i
	}
	if marked.number == 0 {
		if marked = f.ofFrame(i, end); marked.number == 0 || first.bar == ':' && count < leastUnmarked {
			return i
		}
	} else if first.bar == ':' && !isPointed {
		return i
	}
	f.trace.Context = append(txt.WithRoom(f.trace.Context, end-i), f.lines[i:end]...)
	for j := range f.trace.Frames {
		if frame := &f.trace.Frames[j]; frame.Line == marked.number && frame.Source == "" {
			frame.Source = marked.code
			break
		}
	}
	return end
}

// leastUnmarked is the number of lines from which on numbers before a colon are those of an excerpt.
const leastUnmarked = 3

// ofFrame returns the first of lines[i:end] whose number is that of a frame without a source.
func (f *finder) ofFrame(i, end int) line {
	for j := range f.trace.Frames {
		for k := i; k < end && f.trace.Frames[j].Source == ""; k++ {
			if l, ok := readNumbered(body(f.lines[k])); ok && l.number == f.trace.Frames[j].Line {
				return l
			}
		}
	}
	return line{}
}

// line is a line of an excerpt with its number.
type line struct {
	number int
	code   string
	marked bool
	bar    byte // the first byte of what stands behind the number
}

// readNumbered reads "12 | code", "> 12 | code", "12| code", "12 │ code" and "12: code".
func readNumbered(text string) (l line, ok bool) {
	if strings.HasPrefix(text, ">") {
		text, l.marked = strings.TrimLeft(text[1:], " "), true
	}
	digits := txt.DigitsLen(text)
	if digits == 0 {
		return line{}, false
	}
	l.number, ok = txt.ParseCount(text[:digits])
	behind := text[digits:]
	for _, bar := range [...]string{" |", "|", " │", "│", " ┃", ":"} {
		if code, found := strings.CutPrefix(behind, bar); found && (code == "" || code[0] == ' ' || code[0] == '\t') {
			l.code, l.bar = txt.TrimBlanks(code), strings.TrimLeft(bar, " ")[0]
			return l, ok && l.number > 0
		}
	}
	return line{}, false
}

// isCaret reports whether text points at a place in the line above it, perhaps behind the edge of an excerpt.
func isCaret(text string) bool {
	inner := cutEdge(text)
	if inner == "" || inner[0] != '^' && inner[0] != '~' {
		return false
	}
	return strings.Trim(inner, "^~ ") == "" || len(inner) < len(text) // Babel's may have words behind it
}

// isGutter reports whether text is the edge of an excerpt and nothing else.
func isGutter(text string) bool { return text != "" && cutEdge(text) == "" }

// cutEdge returns text without the edge of an excerpt and the blanks behind it.
func cutEdge(text string) string {
	for _, edge := range [...]string{"|", "│", "┃", "╵", "╰"} {
		if behind, ok := strings.CutPrefix(text, edge); ok {
			return strings.TrimLeft(behind, " ")
		}
	}
	return text
}
