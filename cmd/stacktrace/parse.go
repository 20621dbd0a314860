package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// parse is the command that prints what an error's text holds.
func (c *command) parse(args []string) error {
	flags := c.flags("parse")
	format := flags.String("format", "", "")
	ndjson := flags.Bool("ndjson", false, "")
	canonical := flags.Bool("canonical", false, "")
	var parser stacktrace.Parser
	for name, limit := range map[string]*int{"max-bytes": &parser.MaxBytes, "max-line": &parser.MaxLine, "max-frames": &parser.MaxFrames, "max-depth": &parser.MaxDepth} {
		flags.IntVar(limit, name, 0, "")
	}
	files, err := parseFlags(flags, args)
	if err != nil {
		return err
	}
	if min(parser.MaxBytes, parser.MaxLine, parser.MaxFrames, parser.MaxDepth) < 0 {
		return errors.New("a limit is below zero")
	}
	if err := c.chooseFormat(format, "json"); err != nil {
		return err
	}
	if *ndjson {
		c.inputs(files, func(name string, r io.Reader) error { return c.parseRecords(name, r, parser) })
		return nil
	}
	out := bufio.NewWriter(c.stdout)
	several := len(files) > 1
	c.inputs(files, func(name string, r io.Reader) error {
		text, err := readText(name, r)
		if err != nil {
			return err
		}
		trace := parser.Parse(text)
		c.found = c.found || hasFrames(trace)
		if *format == "text" {
			if several {
				fmt.Fprintf(out, "%s:\n", name)
			}
			if *canonical {
				writeCanonical(out, trace)
			} else {
				writeText(out, trace)
			}
			return out.Flush()
		}
		var answer any = trace
		if *canonical {
			answer = normalize.Trace(trace)
		}
		if err := newEncoder(out).Encode(answer); err != nil {
			return err
		}
		return out.Flush()
	})
	return nil
}

// chooseFormat fills in the format that is right for the output, or checks the one that was chosen;
// piped is that of an output that is no terminal.
func (c *command) chooseFormat(format *string, piped string) error {
	switch *format {
	case "json", "text":
	case "":
		*format = piped
		if isTerminal(c.stdout) {
			*format = "text"
		}
	default:
		return fmt.Errorf("unknown format %q: json or text", *format)
	}
	return nil
}

// newEncoder returns an encoder that leaves <, > and & as they are.
func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// record is one line of the input of --ndjson: a text, or the fields of a report.
type record struct {
	ID      json.RawMessage `json:"id"`
	Text    *string         `json:"text"`
	Name    string          `json:"name"`
	Message string          `json:"message"`
	Stack   string          `json:"stack"`
	File    string          `json:"file"`
	Line    int             `json:"line"`
	Col     int             `json:"col"`
}

// trace reads the error that the record describes.
func (r *record) trace(parser stacktrace.Parser) *stacktrace.Trace {
	if r.Text != nil {
		return parser.Parse(*r.Text)
	}
	return parser.ParseReport(stacktrace.Report{
		Name: r.Name, Message: r.Message, Stack: r.Stack, File: r.File, Line: r.Line, Col: r.Col,
	})
}

// answer is one line of the output of --ndjson.
type answer struct {
	ID    json.RawMessage   `json:"id,omitempty"`
	Trace *stacktrace.Trace `json:"trace"`

	Canonical *normalize.Canonical `json:"canonical"`
}

// refusal takes the place of an answer to a line that is no record.
type refusal struct {
	Line  int    `json:"line"`
	Error string `json:"error"`
}

// parseRecords answers the records of a stream, in their order. It writes what it has whenever it
// would wait for more input.
func (c *command) parseRecords(name string, r io.Reader, parser stacktrace.Parser) error {
	in, out := bufio.NewReaderSize(r, 64<<10), bufio.NewWriterSize(c.stdout, 64<<10)
	encoder := newEncoder(out)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			out.Flush()
			return fmt.Errorf("%s:%d: %w", name, number, err)
		}
		if line := bytes.TrimSpace(line); len(line) > 0 {
			var rec record
			var failed error
			if problem := json.Unmarshal(line, &rec); problem != nil {
				failed = encoder.Encode(refusal{Line: number, Error: problem.Error()})
			} else {
				trace := rec.trace(parser)
				c.found = c.found || hasFrames(trace)
				failed = encoder.Encode(answer{ID: rec.ID, Trace: trace, Canonical: normalize.Trace(trace)})
			}
			if failed != nil {
				return failed
			}
		}
		if err == io.EOF {
			return out.Flush()
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

// writeText writes a trace for a person: the error, its frames in two columns, and what is left.
//
// The text may come from a stranger's browser, so what a terminal would obey is made visible.
func writeText(out io.Writer, t *stacktrace.Trace) {
	var b strings.Builder
	writeTrace(&b, t)
	io.WriteString(out, strings.Map(visible, b.String()))
}

// visible replaces the control characters that a terminal acts on, but for those of layout.
func visible(r rune) rune {
	switch {
	case r == '\n', r == '\t':
		return r
	case r < 0x20:
		return r + 0x2400 // the picture of the character
	case r == 0x7f, 0x80 <= r && r < 0xa0:
		return utf8.RuneError
	}
	return r
}

// writeTruncated tells what the limits left out, if anything.
func writeTruncated(w io.Writer, cut stacktrace.Truncated) {
	var parts []string
	for _, part := range [...]struct {
		n    int
		what string
	}{{cut.Frames, "frames"}, {cut.Errors, "errors"}, {cut.Lines, "ends of lines"}, {cut.Bytes, "bytes of the text"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	if len(parts) > 0 {
		fmt.Fprintf(w, "left out: %s\n", strings.Join(parts, ", "))
	}
}

// writeTrace writes a trace and then, indented, the errors that are part of it.
func writeTrace(w io.Writer, t *stacktrace.Trace) {
	writeError(w, t)
	writeTruncated(w, t.Truncated)
	for _, part := range parts(t) {
		fmt.Fprintf(w, "\n%s:\n", part.title)
		var b strings.Builder
		writeTrace(&b, part.trace)
		for line := range strings.Lines(b.String()) {
			if line != "\n" {
				line = "  " + line
			}
			io.WriteString(w, line)
		}
	}
	if len(t.Unparsed) > 0 {
		fmt.Fprintln(w, "\nother lines:")
		for _, line := range t.Unparsed {
			fmt.Fprintf(w, "  | %s\n", line)
		}
	}
}

// hasFrames reports whether an error or one that is part of it has frames.
func hasFrames(t *stacktrace.Trace) bool {
	return len(t.Frames) > 0 || slices.ContainsFunc(parts(t), func(p part) bool { return hasFrames(p.trace) })
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

// writeError writes one error without those that are part of it.
func writeError(w io.Writer, t *stacktrace.Trace) {
	title := t.Type
	if t.Code != "" && !strings.Contains(t.Message, t.Code) {
		title = strings.TrimSpace(title + " [" + t.Code + "]")
	}
	if title != "" && t.Message != "" {
		title += ": "
	}
	title += t.Message
	if title == "" {
		title = "(an error without a header)"
	}
	fmt.Fprintln(w, title)
	for _, p := range t.Props {
		fmt.Fprintf(w, "  %s: %s\n", p.Name, strings.ReplaceAll(p.Text, "\n", "\n  "))
	}
	width := 0
	for _, f := range t.Frames {
		width = max(width, min(utf8.RuneCountInString(describe(f)), 40))
	}
	for _, f := range t.Frames {
		if f.AsyncCause != "" {
			fmt.Fprintf(w, "  --- %s ---\n", f.AsyncCause)
		}
		if f.Skipped > 0 {
			fmt.Fprintf(w, "  (%d frames left out)\n", f.Skipped)
		}
		fmt.Fprintf(w, "  %-*s  %s\n", width, describe(f), locate(f))
	}
	switch n := len(t.Frames); n {
	case 0:
		fmt.Fprintln(w, "no stack frame")
	case 1:
		fmt.Fprintf(w, "1 frame, %s\n", engineName(t.Engine))
	default:
		fmt.Fprintf(w, "%d frames, %s\n", n, engineName(t.Engine))
	}
}

// describe returns the function of f with its marks.
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

// engineName returns the name of an engine as people know it.
func engineName(engine stacktrace.Engine) string {
	if engine == stacktrace.NoEngine {
		return "no engine's syntax"
	}
	return engine.Title()
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
