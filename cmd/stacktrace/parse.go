package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// parsing is the command that prints what an error's text holds.
type parsing struct {
	*command
	parser    stacktrace.Parser
	format    string
	ndjson    bool
	canonical bool
	all       bool
	explain   bool
	several   bool // files
	maps      *mapper
	rules     rules
	options   []normalize.Option // of rules
}

func (c *command) newParse() *cobra.Command {
	p := &parsing{command: c}
	var dir, release string
	cmd := &cobra.Command{
		Use:   "parse [FILE...]",
		Short: "Print the type, message and frames of an error",
		Long: `Parse reads one error from each file and prints its type, message and frames: as
a line of JSON if the output is a pipe, to be read by a person on a terminal.

A person sees the calls of the application and, folded, those of others; the
errors within the error as a tree; and how many more errors the text holds.
--all shows every error and every call. Files that are there are links, in
terminals that have links.

--ndjson reads a stream of JSON objects, one on a line, and prints one for each:

    in   {"id": 1, "text": "TypeError: x\n    at f (a.js:1:2)"}
         {"id": 2, "name": "TypeError", "message": "x", "stack": "f@a.js:1:2",
          "file": "a.js", "line": 1, "col": 2}
    out  {"id": 1, "trace": {"engine": "v8", "type": "TypeError", ...},
          "canonical": {"frames": [...], "message": "x", "fingerprint": {...}}}

A line that cannot be read gives {"line": N, "error": "..."} in its place.

"truncated" in the JSON tells what the limits cut.`,
		Example: `  node -e 'null.x' 2>&1 | stacktrace parse
  stacktrace parse --all --format text error.txt
  stacktrace parse --canonical --explain error.txt
  stacktrace parse --ndjson --max-frames 100 <errors.ndjson >traces.ndjson`,
		RunE: func(_ *cobra.Command, files []string) (err error) {
			if p.maps, err = newMapper(dir, release); err != nil {
				return err
			}
			if p.options, err = p.rules.options(); err != nil {
				return err
			}
			return p.run(files)
		},
	}
	mapFlags(cmd, &dir, &release)
	p.rules.addFlags(cmd)
	flags := cmd.Flags()
	c.formatFlag(cmd, &p.format, "json or text (default: text on a terminal)")
	flags.BoolVar(&p.all, "all", false, "every error of the text, not only the first, and every frame")
	flags.BoolVar(&p.canonical, "canonical", false, "what is the same in every engine: frames, the message as a template, fingerprints")
	flags.BoolVar(&p.explain, "explain", false, "which rules make the trace comparable, and its fingerprints")
	flags.BoolVar(&p.ndjson, "ndjson", false, "read and write a stream of JSON objects")
	flags.IntVar(&p.parser.MaxBytes, "max-bytes", 0, "read at most `N` bytes of a text or stack")
	flags.IntVar(&p.parser.MaxLine, "max-line", 0, "keep at most `N` bytes of a line")
	flags.IntVar(&p.parser.MaxFrames, "max-frames", 0, "keep at most `N` frames of an error")
	flags.IntVar(&p.parser.MaxDepth, "max-depth", 0, "keep errors at most `N` deep within each other")
	cmd.MarkFlagsMutuallyExclusive("ndjson", "all")
	cmd.MarkFlagsMutuallyExclusive("ndjson", "explain")
	return cmd
}

func (p *parsing) run(files []string) error {
	if min(p.parser.MaxBytes, p.parser.MaxLine, p.parser.MaxFrames, p.parser.MaxDepth) < 0 {
		return errors.New("a limit is below zero")
	}
	if err := p.chooseFormat(&p.format, "json"); err != nil {
		return err
	}
	if p.ndjson {
		p.inputs(files, p.records)
		return nil
	}
	p.several = len(files) > 1
	out := bufio.NewWriter(p.stdout)
	p.inputs(files, func(from source, r io.Reader) error {
		text, err := readText(from.name, r)
		if err != nil {
			return err
		}
		if err := p.write(out, from.name, text); err != nil {
			return err
		}
		return out.Flush()
	})
	return nil
}

// write writes the errors of one text.
func (p *parsing) write(out io.Writer, name, text string) error {
	var traces []*stacktrace.Trace
	if p.all {
		traces = p.parser.ParseAll(text)
	}
	if len(traces) == 0 {
		traces = []*stacktrace.Trace{p.parser.Parse(text)}
	}
	if p.format == "text" && p.several {
		fmt.Fprintf(out, "%s:\n", clean(name))
	}
	for i, t := range traces {
		p.found = p.found || hasFrames(t)
		if p.maps != nil {
			mapped, _ := p.maps.apply(t)
			t = mapped.Trace
		}
		if p.format == "text" {
			if i > 0 {
				fmt.Fprintln(out)
			}
			p.writeText(out, t)
			continue
		}
		if err := newEncoder(out).Encode(p.answer(t)); err != nil {
			return err
		}
	}
	if p.format == "text" && !p.all && !p.canonical {
		if more := len(p.parser.ParseAll(text)) - 1; more > 0 {
			l := p.look()
			fmt.Fprintln(out, "\n"+l.in(styleDim, plural(more, "more error")+hintAll))
		}
	}
	return nil
}

// hintAll tells what shows the rest.
const hintAll = ": --all shows them"

func (p *parsing) writeText(out io.Writer, t *stacktrace.Trace) {
	l := p.look()
	if p.canonical {
		writeCanonical(out, l, t, p.options)
	} else {
		shower{look: l, all: p.all, hint: hintAll}.write(out, t)
	}
	if p.explain {
		writeExplanation(out, l, t, !p.canonical, p.options)
	}
}

// explained is the JSON of --explain.
type explained struct {
	Trace     *stacktrace.Trace       `json:"trace"`
	Canonical *normalize.Canonical    `json:"canonical"`
	Explain   []normalize.Explanation `json:"explain"`
}

// answer returns what is printed of a trace as JSON.
func (p *parsing) answer(t *stacktrace.Trace) any {
	switch {
	case p.explain:
		e := explained{t, normalize.Trace(t, p.options...), normalize.Explain(t, p.options...)}
		if e.Explain == nil {
			e.Explain = []normalize.Explanation{}
		}
		return e
	case p.canonical:
		return normalize.Trace(t, p.options...)
	}
	return t
}

// newEncoder returns an encoder that leaves <, > and & as they are.
func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// hasFrames reports whether an error or one that is part of it has frames.
func hasFrames(t *stacktrace.Trace) bool {
	return len(t.Frames) > 0 || slices.ContainsFunc(parts(t), func(p part) bool { return hasFrames(p.trace) })
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

// records answers the records of a stream, in their order. It writes what it has whenever it
// would wait for more input.
func (p *parsing) records(from source, r io.Reader) error {
	decoded, err := decoded(r)
	if err != nil {
		return fmt.Errorf("%s: %w", from.name, err)
	}
	in, out := bufio.NewReaderSize(decoded, 64<<10), bufio.NewWriterSize(p.stdout, 64<<10)
	encoder := newEncoder(out)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			out.Flush()
			return fmt.Errorf("%s:%d: %w", from.name, number, err)
		}
		if line := bytes.TrimSpace(line); len(line) > 0 {
			var rec record
			var failed error
			if problem := json.Unmarshal(line, &rec); problem != nil {
				failed = encoder.Encode(refusal{Line: number, Error: problem.Error()})
			} else {
				trace := rec.trace(p.parser)
				p.found = p.found || hasFrames(trace)
				mapped, opts := p.maps.apply(trace)
				failed = encoder.Encode(answer{ID: rec.ID, Trace: mapped.Trace, Canonical: normalize.Trace(mapped.Trace, append(opts, p.options...)...)})
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
