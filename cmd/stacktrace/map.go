package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// mapCache is how many bytes of maps are kept in memory.
const mapCache = 1 << 30

// maps returns a resolver for the maps in a folder. Only what is in it is read: a link to elsewhere is not
// followed.
func maps(dir string) (sourcemap.Resolver, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return sourcemap.Cached(sourcemap.Dir(root.FS()), mapCache), nil
}

// mapOptions are those of the command that undoes minification.
type mapOptions struct {
	maps    string // the folder of the maps
	release string // the folder in it, if there is one for each release
	ndjson  bool
	format  string // json, or text for a person
	color   bool
	context int // lines of source before and behind the culprit's
}

// mapFrames is the command that prints traces with the frames of the original code. It reads each file as
// one text, or as records of --ndjson.
func (c *command) mapFrames(files []string, opts mapOptions) error {
	resolver, err := maps(opts.maps)
	if err != nil {
		return err
	}
	ctx := sourcemap.WithHints(context.Background(), sourcemap.Hints{Release: opts.release})
	if opts.ndjson {
		c.inputs(files, func(name string, r io.Reader) error { return c.mapRecords(ctx, name, r, resolver) })
		return nil
	}
	out := bufio.NewWriter(c.stdout)
	c.inputs(files, func(name string, r io.Reader) error {
		text, err := readText(name, r)
		if err != nil {
			return err
		}
		trace := stacktrace.Parse(text)
		c.found = c.found || hasFrames(trace)
		result := sourcemap.Apply(ctx, trace, resolver)
		if opts.format == "json" {
			if err := newEncoder(out).Encode(result.Trace); err != nil {
				return err
			}
			return out.Flush()
		}
		if len(files) > 1 {
			fmt.Fprintf(out, "%s:\n", name)
		}
		writeMapped(out, result, opts)
		return out.Flush()
	})
	return nil
}

// mapRecords answers the records of a stream with mapped traces, in their order.
func (c *command) mapRecords(ctx context.Context, name string, r io.Reader, resolver sourcemap.Resolver) error {
	in, out := bufio.NewReaderSize(r, 64<<10), bufio.NewWriterSize(c.stdout, 64<<10)
	encoder := newEncoder(out)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			out.Flush()
			return fmt.Errorf("%s:%d: %w", name, number, err)
		}
		if line := bytes.TrimSpace(line); len(line) > 0 {
			if err := encoder.Encode(c.mapRecord(ctx, line, number, resolver)); err != nil {
				return err
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

// mapRecord returns the answer to one record.
func (c *command) mapRecord(ctx context.Context, line []byte, number int, resolver sourcemap.Resolver) any {
	var rec record
	if err := json.Unmarshal(line, &rec); err != nil {
		return refusal{Line: number, Error: err.Error()}
	}
	trace := rec.trace(stacktrace.Parser{})
	c.found = c.found || hasFrames(trace)
	result := sourcemap.Apply(ctx, trace, resolver)
	return answer{ID: rec.ID, Trace: result.Trace, Canonical: normalize.Trace(result.Trace, mappedOptions(result)...)}
}

// mappedOptions are those with which a mapped trace is normalized: what is in the ignore list of a map is not
// the application's own.
func mappedOptions(result sourcemap.Result) []normalize.Option {
	return []normalize.Option{normalize.AppCode(func(f *normalize.CanonicalFrame) bool {
		switch f.Code {
		case normalize.App, normalize.Eval, normalize.Inline:
			return !result.Ignored(f.Index)
		}
		return false
	})}
}

// The parts of a text on a terminal that have a colour of their own.
const (
	colorError   = "\x1b[1;31m"
	colorFunc    = "\x1b[1m"
	colorPlace   = "\x1b[36m"
	colorCulprit = "\x1b[33m"
	colorDim     = "\x1b[2m"
	colorEnd     = "\x1b[0m"
)

// painter writes for a person, in colour if it may.
type painter struct {
	strings.Builder
	color bool
}

func (p *painter) paint(color, format string, args ...any) {
	text := strings.Map(visible, fmt.Sprintf(format, args...))
	if p.color && text != "" {
		text = color + text + colorEnd
	}
	p.WriteString(text)
}

// writeMapped writes mapped traces for a person: the error, its frames, and the source around the first
// frame of the application's own code.
func writeMapped(out io.Writer, result sourcemap.Result, opts mapOptions) {
	p := &painter{color: opts.color}
	for i, t := range result.Traces {
		if i > 0 {
			p.WriteString("\n")
			p.paint(colorDim, "caused by, or gathered by, the error above:")
			p.WriteString("\n")
		}
		p.paint(colorError, "%s", t.Trace.Title())
		p.WriteString("\n")
		culprit := culprit(t)
		for j, f := range t.Trace.Frames {
			p.frame(f, t.Frames[j])
			if j == culprit {
				p.excerpt(t.Frames[j], opts.context)
			}
		}
	}
	io.WriteString(out, p.String())
}

// culprit returns the index of the first frame that was mapped to the application's own code; of the first
// that was mapped if there is none, and -1 without one.
func culprit(t sourcemap.TraceResult) int {
	first := -1
	for i, f := range t.Frames {
		if f.Status != sourcemap.Mapped {
			continue
		}
		if normalize.Frame(t.Trace.Frames[i]).InApp && !f.Position.Ignored {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

// frame writes a frame, and why it is not mapped.
func (p *painter) frame(f stacktrace.Frame, r sourcemap.FrameResult) {
	name := describe(f)
	if r.Owner != "" && f.Func != "" && !f.Constructor {
		name = r.Owner + "." + name
	}
	p.WriteString("  at ")
	p.paint(colorFunc, "%s", name)
	p.WriteString(" (")
	p.paint(colorPlace, "%s", locate(f))
	p.WriteString(")")
	if r.Status != sourcemap.Mapped && r.Status != sourcemap.NoPosition {
		why := r.Status.String()
		if r.Status == sourcemap.Failed {
			why = r.Err.Error()
		}
		p.WriteString("  ")
		p.paint(colorDim, "[%s]", why)
	}
	p.WriteString("\n")
}

// excerpt writes the lines around a frame's, with a caret below its column.
func (p *painter) excerpt(r sourcemap.FrameResult, around int) {
	lines := sourcemap.Context(r, around)
	for _, l := range lines {
		mark := " "
		if l.Number == r.Position.Line {
			mark = ">"
		}
		text, caret := window(l.Text, r.Position.Col)
		color := colorDim
		if mark == ">" {
			color = colorCulprit
		}
		p.paint(color, "    %s %5d | %s", mark, l.Number, text)
		p.WriteString("\n")
		if mark == ">" {
			p.paint(colorCulprit, "            | %s^", caret)
			p.WriteString("\n")
		}
	}
}

// maxExcerpt is how many characters of a line are shown.
const maxExcerpt = 120

// window returns the piece of a line that is shown, and what must stand before a caret that points at the
// column, which is in UTF-16 units from 1.
func window(line string, col int) (text, indent string) {
	runes := []rune(strings.TrimRight(line, "\r"))
	at, units := 0, 1
	for at < len(runes) && units < col {
		if units++; runes[at] > 0xffff {
			units++
		}
		at++
	}
	from := 0
	if at > maxExcerpt*3/4 {
		from = at - maxExcerpt/2
	}
	to := min(len(runes), from+maxExcerpt)
	var b strings.Builder
	for _, r := range runes[from:min(at, to)] {
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return string(runes[from:to]), b.String()
}

// mapCommand reads the flags of the command.
func (c *command) mapCommand(args []string) error {
	flags := c.flags("map")
	var opts mapOptions
	flags.StringVar(&opts.maps, "maps", "", "")
	flags.StringVar(&opts.release, "release", "", "")
	flags.BoolVar(&opts.ndjson, "ndjson", false, "")
	flags.StringVar(&opts.format, "format", "", "")
	flags.IntVar(&opts.context, "context", 2, "")
	files, err := parseFlags(flags, args)
	if err != nil {
		return err
	}
	if opts.maps == "" {
		return fmt.Errorf("map needs the folder of the maps: --maps DIR")
	}
	if err := c.chooseFormat(&opts.format, "text"); err != nil {
		return err
	}
	opts.color = isTerminal(c.stdout) && os.Getenv("NO_COLOR") == ""
	return c.mapFrames(files, opts)
}

