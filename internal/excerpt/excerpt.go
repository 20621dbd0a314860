// Package excerpt finds the lines of source code that a text shows with an error, among those that the reader
// could not read as anything else.
package excerpt

import (
	"slices"
	"strings"
	"unicode/utf8"

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
	if t.Engine == formats.Python || len(t.Frames) == 0 && t.Type == "" && t.Message == "" {
		return // Python shows the source of each frame below it; what is no error has no excerpt
	}
	first := slices.IndexFunc(t.Unparsed, mayHold)
	if first < 0 {
		return
	}
	before := max(first-maxBefore, 0)
	lines := t.Unparsed[before:]
	f := finder{trace: t, lines: lines, of: make([]part, len(lines))}
	for i := 0; i < len(lines); {
		if end := f.numbered(i); end > i {
			f.show(i, end)
			i = f.skipBlank(end)
			continue
		}
		if from := f.pointed(i); from < i {
			f.show(from, i+1)
			i = f.skipBlank(i + 1)
			continue
		}
		i++
	}
	if f.shown > 0 {
		f.split(before)
	}
}

// maxBefore is the number of lines before a caret that may be of its excerpt.
const maxBefore = 3

// mayHold reports whether line may be one of an excerpt that shows where it is one.
func mayHold(line string) bool {
	text := txt.TrimBlanks(line)
	if text == "" {
		return false
	}
	switch c := text[0]; {
	case c == '^', c == '~', c == '|', c == '>', '0' <= c && c <= '9', c >= utf8.RuneSelf, c == ansi.Escape:
	case strings.IndexByte(text, '|') < 0:
		return false // most lines
	}
	text = body(line)
	if isCaret(text) || header.IsNumberedBehind(text) {
		return true
	}
	_, ok := readNumbered(text)
	return ok
}

// body returns line without colours and the blanks around it.
func body(line string) string { return txt.TrimBlanks(ansi.Strip(line)) }

// finder goes over the unparsed lines of a trace.
type finder struct {
	trace *model.Trace
	lines []string
	of    []part // for each of the lines
	shown int    // how many lines are of excerpts
	none  int    // before this line no excerpt with numbers begins
	first int    // the first frame that has no source
}

// part is what a line is part of.
type part byte

const (
	ofNone    part = iota // it stays unparsed
	ofExcerpt             // it is moved to Context
	ofNothing             // it is the empty line behind an excerpt
)

// show makes lines[from:end] an excerpt, or part of one.
func (f *finder) show(from, end int) {
	for i := from; i < end; i++ {
		f.of[i] = ofExcerpt
	}
	f.shown += end - from
}

// split moves the lines of excerpts from the unparsed ones to Context. The first of the unparsed lines, as many as
// before says, were not gone over. What is more stays in the list that is there, so that little memory is taken.
func (f *finder) split(before int) {
	t, kept := f.trace, before
	for _, of := range f.of {
		if of == ofNone {
			kept++
		}
	}
	shown, rest := f.lines[:0], t.Unparsed[:before]
	if f.shown > kept {
		rest = append(make([]string, 0, kept), rest...)
	} else {
		shown = make([]string, 0, f.shown)
	}
	for i, of := range f.of {
		switch of {
		case ofNone:
			rest = append(rest, f.lines[i])
		case ofExcerpt:
			shown = append(shown, f.lines[i])
		}
	}
	if t.Unparsed = rest; kept == 0 {
		t.Unparsed = nil
	}
	if t.Context == nil {
		t.Context = shown
	} else {
		t.Context = append(t.Context, shown...)
	}
}

// skipBlank returns the line behind an excerpt that ends before the i-th, without an empty one between.
func (f *finder) skipBlank(i int) int {
	if i < len(f.lines) && body(f.lines[i]) == "" {
		f.of[i] = ofNothing
		return i + 1
	}
	return i
}

// pointed reads an excerpt that ends in a caret on the i-th line, and returns where it begins: at i if there is none.
func (f *finder) pointed(i int) int {
	if i == 0 || f.of[i-1] != ofNone || !isCaret(body(f.lines[i])) {
		return i
	}
	code := body(f.lines[i-1])
	if code == "" {
		return i
	}
	from := i - 1
	file, line := "", 0
	for j := i - 2; j >= max(i-maxBefore, 0) && f.of[j] == ofNone; j-- {
		if place := body(f.lines[j]); header.IsPlace(place) || len(place) > 1 && place[0] == ':' && txt.DigitsLen(place[1:]) == len(place)-1 {
			file, line = splitPlace(place)
			code = body(f.lines[j+1])
			from = j
			break
		}
	}
	frames := f.frames()
	for j := range frames {
		frame := &frames[j]
		if line > 0 && frame.Line == line && isFile(frame.File, file) || line == 0 && frame.File != "" && frame.Col == columnOf(f.lines[i], frame) {
			setSource(frame, code)
			break
		}
	}
	return from
}

// maxFrames and maxLines bound the frames and the lines among which the one is looked for that an excerpt shows.
const (
	maxFrames = 32
	maxLines  = 64
)

// frames returns the first frames without a source: excerpts show them in their order.
func (f *finder) frames() []model.Frame {
	all := f.trace.Frames
	for f.first < len(all) && all[f.first].Source != "" {
		f.first++
	}
	return all[f.first:min(f.first+maxFrames, len(all))]
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
	if i < f.none {
		return i
	}
	for ; end < len(f.lines); end++ {
		if count == 0 && end-i >= maxBefore {
			return i
		}
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
			f.none = end
			return i
		}
	} else if first.bar == ':' && !isPointed {
		f.none = end
		return i
	}
	frames := f.frames()
	for j := range frames {
		if frame := &frames[j]; frame.Line == marked.number && frame.Source == "" {
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
	var numbers [maxLines]line
	n := 0
	for k := i; k < end && n < maxLines; k++ {
		if l, ok := readNumbered(body(f.lines[k])); ok {
			numbers[n] = l
			n++
		}
	}
	for _, frame := range f.frames() {
		for _, l := range numbers[:n] {
			if frame.Source == "" && l.number == frame.Line {
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
