package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// maxFuncColumns is how wide the column of function names gets.
const maxFuncColumns = 40

// How many lines of a property, and of what belongs to nothing else, are shown unless all are.
const (
	maxPropLines  = 6
	maxOtherLines = 12
)

// shower draws traces for a person.
type shower struct {
	look
	all  bool   // nothing is folded
	hint string // how to see what is folded: ": --all shows them"
}

// write writes a trace: the error, its frames in two columns, the errors that are part of it as a
// tree, and what is left.
func (s shower) write(out io.Writer, t *stacktrace.Trace) error {
	var b strings.Builder
	for _, line := range s.trace(t, "", 0) {
		b.WriteString(line + "\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// trace returns the lines of a trace. The first one begins with a title, if there is one, and all of
// them get an indentation of so many columns.
func (s shower) trace(t *stacktrace.Trace, title string, indent int) []string {
	lines := s.header(t, title)
	lines = append(lines, s.fold(s.quoted(t.Context), maxOtherLines)...)
	for _, p := range t.Props {
		name := s.in(styleName, clean(p.Name)) + ": "
		lines = append(lines, s.fold(split("  "+name+clean(strings.ReplaceAll(p.Text, "\n", "\n  "))), maxPropLines)...)
	}
	lines = append(lines, s.frames(t, indent)...)
	lines = append(lines, s.in(styleDim, summary(t)))
	if cut := truncated(t.Truncated); cut != "" {
		lines = append(lines, "left out: "+cut)
	}
	all := parts(t)
	for i, part := range all {
		first, rest := "├─ ", "│  "
		if i == len(all)-1 {
			first, rest = "└─ ", "   "
		}
		for j, line := range s.trace(part.trace, part.title, indent+len("   ")) {
			branch := rest
			if j == 0 {
				branch = first
			}
			lines = append(lines, strings.TrimRight(s.in(styleDim, branch)+line, " "))
		}
	}
	if len(t.Unparsed) > 0 {
		lines = append(lines, s.in(styleDim, "other lines:"))
		lines = append(lines, s.fold(s.quoted(t.Unparsed), maxOtherLines)...)
	}
	return lines
}

// quoted returns lines of the text as they are shown.
func (s shower) quoted(lines []string) []string {
	shown := make([]string, len(lines))
	for i, line := range lines {
		shown[i] = s.in(styleDim, "  | "+clean(line))
	}
	return shown
}

// fold returns the first lines, of which so many are shown unless all are, and how many more there are.
func (s shower) fold(lines []string, most int) []string {
	if more := len(lines) - most; more > 1 && !s.all {
		return append(lines[:most:most], s.in(styleDim, fmt.Sprintf("    … %d more lines", more)+s.hint))
	}
	return lines
}

// header returns the lines of what is said of an error, after a title.
func (s shower) header(t *stacktrace.Trace, title string) []string {
	var b strings.Builder
	if title != "" {
		b.WriteString(s.in(styleDim, title+":") + " ")
	}
	if t.Label != "" {
		b.WriteString(s.in(styleDim, clean(t.Label)) + " ")
	}
	typ, message := clean(t.Type), clean(t.Message)
	b.WriteString(s.in(styleType, typ))
	if t.Code != "" && !strings.Contains(t.Message, t.Code) {
		if typ != "" {
			b.WriteByte(' ')
		}
		b.WriteString(s.in(styleCode, "["+clean(t.Code)+"]"))
		typ = "code"
	}
	switch {
	case typ != "" && message != "":
		b.WriteString(": ")
	case typ == "" && message == "":
		b.WriteString("(an error without a header)")
	}
	b.WriteString(s.in(styleMessage, message))
	return split(strings.TrimRight(b.String(), " "))
}

// split returns the lines of s.
func split(s string) []string { return strings.Split(s, "\n") }

// summary tells how many frames there are, and in whose syntax.
func summary(t *stacktrace.Trace) string {
	if len(t.Frames) == 0 {
		return "no stack frame"
	}
	return plural(len(t.Frames), "frame") + ", " + engineTitle(engineOf(t))
}

// frames returns the lines of the frames. Runs of frames that are not of the application are folded.
func (s shower) frames(t *stacktrace.Trace, indent int) []string {
	shown := normalize.Trace(t).All
	anyInApp := slices.ContainsFunc(shown, func(f normalize.CanonicalFrame) bool { return f.InApp })
	runs := make([]int, len(t.Frames)) // how many frames are folded from here on
	if !s.all && anyInApp {
		foldRuns(t.Frames, shown, runs)
	}
	width := 0
	for i := 0; i < len(t.Frames); i += max(1, runs[i]) {
		if runs[i] == 0 {
			width = max(width, min(ansi.StringWidth(clean(describe(t.Frames[i]))), maxFuncColumns))
		}
	}
	var lines []string
	for i := 0; i < len(t.Frames); i += max(1, runs[i]) {
		f := t.Frames[i]
		if f.AsyncCause != "" {
			lines = append(lines, s.in(styleDim, "  --- "+clean(f.AsyncCause)+" ---"))
		}
		if f.Skipped > 0 {
			lines = append(lines, s.in(styleDim, fmt.Sprintf("  (%s left out)", plural(f.Skipped, "frame"))))
		}
		if runs[i] > 0 {
			lines = append(lines, s.in(styleDim, "  … "+plural(runs[i], "frame")+" of "+packages(shown[i:i+runs[i]])))
			continue
		}
		if slices.ContainsFunc(t.Context, func(line string) bool { return strings.Contains(line, f.Source) }) {
			f.Source = "" // it is shown above
		}
		lines = append(lines, split(s.frame(f, shown[i].InApp || !anyInApp, width, indent))...)
	}
	return lines
}

// foldRuns fills in the lengths of the runs of frames that are folded: at least two in a row that are
// not of the application. The innermost call is always shown, and so is what stands before a frame.
func foldRuns(frames []stacktrace.Frame, shown []normalize.CanonicalFrame, runs []int) {
	for from := 1; from < len(frames); {
		to := from
		for to < len(frames) && !shown[to].InApp && (to == from || frames[to].AsyncCause == "" && frames[to].Skipped == 0) {
			to++
		}
		if to-from >= 2 {
			runs[from] = to - from
		}
		from = max(to, from+1)
	}
}

// packages tells whose code frames are: "react-dom", "react-dom and the engine".
func packages(frames []normalize.CanonicalFrame) string {
	var names []string
	seen := map[string]bool{}
	for _, f := range frames {
		name := clean(f.Package)
		if name == "" {
			name = codeNames[f.Code]
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	const most = 3
	if len(names) > most {
		names = append(names[:most-1], "others")
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return names[0]
}

// codeNames tell whose the code of frames is that are of no package.
var codeNames = map[normalize.Code]string{
	normalize.App:        "the application",
	normalize.Dependency: "dependencies",
	normalize.Runtime:    "the runtime",
	normalize.Native:     "the engine",
	normalize.Extension:  "an extension",
	normalize.Eval:       "eval'd code",
	normalize.Inline:     "inline scripts",
}

// frame returns the line of a frame, and below it its source if the text has it.
func (s shower) frame(f stacktrace.Frame, bright bool, width, indent int) string {
	name, place := clean(describe(f)), clean(locate(f))
	const margin = 2
	if s.width > 0 {
		const least = 24 // columns of a place
		place = fitEnd(place, max(s.width-indent-2*margin-max(width, ansi.StringWidth(name)), least))
	}
	name = pad(name, width)
	if bright {
		name, place = s.in(styleFunc, name), s.in(stylePlace, place)
	} else {
		name, place = s.in(styleDim, name), s.in(styleDim, place)
	}
	line := "  " + name + "  " + s.link(place, f.File)
	if f.Source != "" {
		const margin = "      "
		columns := 0
		if s.width > 0 {
			columns = max(s.width-indent-len(margin), 1)
		}
		line += "\n" + margin + s.in(styleDim, fit(strings.ReplaceAll(clean(f.Source), "\t", " "), columns))
	}
	return line
}

// part is an error that is part of another.
type part struct {
	title string
	trace *stacktrace.Trace
}

func parts(t *stacktrace.Trace) []part {
	var all []part
	for i, e := range t.Errors {
		all = append(all, part{fmt.Sprintf("error %d of %d", i+1, len(t.Errors)), e})
	}
	if t.Cause != nil {
		all = append(all, part{"caused by", t.Cause})
	}
	return all
}

// truncated tells what the limits left out; "" if they left out nothing.
func truncated(cut stacktrace.Truncated) string {
	var parts []string
	for _, part := range [...]struct {
		n    int
		what string
	}{{cut.Frames, "frames"}, {cut.Errors, "errors"}, {cut.Lines, "ends of lines"}, {cut.Bytes, "bytes of the text"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	return strings.Join(parts, ", ")
}

// describe returns the function of f with its markers.
func describe(f stacktrace.Frame) string {
	s := f.Func
	switch {
	case s == "" && f.Wasm:
		s = fmt.Sprintf("(wasm function %d)", f.Index)
	case s == "":
		s = "(anonymous)"
	}
	if f.Alias != "" {
		s += " as " + f.Alias
	}
	if f.Constructor {
		s = "new " + s
	}
	if f.Async && f.AsyncCause == "" {
		s = "async " + s
	}
	return s
}

// locate returns the place of f.
func locate(f stacktrace.Frame) string {
	s := f.File
	switch {
	case f.Native && s == "":
		return "native code"
	case s == "" && f.Eval:
		s = "eval'd code"
	case s == "":
		s = "(no file)"
	}
	if f.Line > 0 {
		s += fmt.Sprintf(":%d", f.Line)
		if f.Col > 0 {
			s += fmt.Sprintf(":%d", f.Col)
		}
	}
	if index, ok := f.WasmFunction(); ok {
		s += fmt.Sprintf(", function %d", index)
	}
	if offset, ok := f.WasmOffset(); ok {
		s += fmt.Sprintf(", offset %#x", offset)
	}
	if segment, offset, ok := f.BytecodeAddress(); ok {
		s += fmt.Sprintf(", segment %d, offset %d", segment, offset)
	}
	if index, ok := f.Instruction(); ok {
		s += fmt.Sprintf(", instruction %d", index)
	}
	for caller, ok := f.Caller(); ok; caller, ok = caller.Caller() {
		s += ", from " + describe(caller)
		if caller.File != "" || caller.Line > 0 {
			s += " " + locate(stacktrace.Frame{File: caller.File, Line: caller.Line, Col: caller.Col})
		}
	}
	return s
}
