package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

// mapCache is how many bytes of maps are kept in memory.
const mapCache = 1 << 30

// mapper undoes minification with the maps of a folder. A nil one leaves traces as they are.
type mapper struct {
	resolver sourcemap.Resolver
	ctx      context.Context
}

// newMapper returns a mapper for the maps in a folder, in which there may be one folder for each release; nil
// if dir is "". Only what is in the folder is read: a link to elsewhere is not followed.
func newMapper(dir, release string) (*mapper, error) {
	if dir == "" {
		return nil, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the folder of --maps: %w", err)
	}
	return &mapper{
		resolver: sourcemap.Cached(sourcemap.Dir(root.FS()), mapCache),
		ctx:      sourcemap.WithHints(context.Background(), sourcemap.Hints{Release: release}),
	}, nil
}

// apply returns the trace with the frames of the original code, and the options to normalize it with: what
// is in the ignore list of a map is not the application's own.
func (m *mapper) apply(t *stacktrace.Trace) (sourcemap.Result, []normalize.Option) {
	if m == nil {
		return sourcemap.Result{Trace: t}, nil
	}
	result := sourcemap.Apply(m.ctx, t, m.resolver)
	return result, []normalize.Option{normalize.AppCode(func(f *normalize.CanonicalFrame) bool {
		switch f.Code {
		case normalize.App, normalize.Eval, normalize.Inline:
			return !result.Ignored(f.Index)
		}
		return false
	})}
}

// mapFlags adds the flags of the folder of maps.
func mapFlags(cmd *cobra.Command, dir, release *string) {
	cmd.Flags().StringVar(dir, "maps", "", "undo minification with the source maps in `DIR`, see map --help")
	cmd.Flags().StringVar(release, "release", "", "the `folder` of DIR, where there is one for each release")
	cmd.MarkFlagDirname("maps")
}

// mapping is the command that undoes minification.
type mapping struct {
	parsing
	dir, release string
	context      int // lines of source before and behind the culprit's
}

func (c *command) newMap() *cobra.Command {
	m := &mapping{parsing: parsing{command: c}}
	cmd := &cobra.Command{
		Use:   "map --maps DIR [FILE...]",
		Short: "Undo the minification of an error with source maps",
		Long: `Map reads one error from each file and prints it with the files, lines and
functions of the original code, as the source maps in DIR tell them, and the
source around the call that is to blame.

DIR holds maps (.map, .map.gz) and scripts with maps in them, in any folders.
The map of a script is that whose path fits its address best. Of two maps that
differ and fit alike, as those of two deploys do, none is taken: --release
chooses the folder of one.

--ndjson reads what parse --ndjson reads and prints the mapped traces, with the
canonical forms and fingerprints of those.`,
		Example: `  pbpaste | stacktrace map --maps dist
  stacktrace map --maps maps --release 2.4.1 error.txt
  stacktrace map --maps dist --ndjson <errors.ndjson >mapped.ndjson`,
		RunE: func(_ *cobra.Command, files []string) error { return m.run(files) },
	}
	mapFlags(cmd, &m.dir, &m.release)
	cmd.MarkFlagRequired("maps")
	c.formatFlag(cmd, &m.format, "json or text (default: text on a terminal)")
	cmd.Flags().BoolVar(&m.all, "all", false, "every error of the text, not only the first, and every frame")
	cmd.Flags().BoolVar(&m.ndjson, "ndjson", false, "read and write a stream of JSON objects")
	cmd.Flags().IntVar(&m.context, "context", 2, "show `N` lines of source before and after the culprit's")
	return cmd
}

func (m *mapping) run(files []string) error {
	if m.dir == "" {
		return errors.New("--maps needs a folder")
	}
	if m.context < 0 {
		return errors.New("--context is below zero")
	}
	var err error
	if m.maps, err = newMapper(m.dir, m.release); err != nil {
		return err
	}
	if m.ndjson {
		m.inputs(files, m.records)
		return nil
	}
	if err := m.chooseFormat(&m.format, "text"); err != nil {
		return err
	}
	out := bufio.NewWriter(m.stdout)
	m.inputs(files, func(from source, r io.Reader) error {
		text, err := readText(from.name, r)
		if err != nil {
			return err
		}
		if m.format == "text" && len(files) > 1 {
			fmt.Fprintf(out, "%s:\n", clean(from.name))
		}
		if err := m.write(out, text); err != nil {
			return err
		}
		return out.Flush()
	})
	return nil
}

// write writes the errors of one text.
func (m *mapping) write(out io.Writer, text string) error {
	traces := []*stacktrace.Trace{m.parser.Parse(text)}
	if m.all {
		if all := m.parser.ParseAll(text); len(all) > 0 {
			traces = all
		}
	}
	for i, t := range traces {
		m.found = m.found || hasFrames(t)
		result, _ := m.maps.apply(t)
		if m.format == "json" {
			if err := newEncoder(out).Encode(result.Trace); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		m.show(out, result)
	}
	return nil
}

// show writes a mapped trace for a person: the error, its frames, the source around the culprit, and then
// the same of each error within it.
func (m *mapping) show(out io.Writer, result sourcemap.Result) {
	s := shower{look: m.look(), all: true}
	for i, t := range result.Traces {
		title := ""
		if i > 0 {
			title = "within it"
		}
		for _, line := range s.header(t.Trace, title) {
			fmt.Fprintln(out, line)
		}
		culprit := culprit(t)
		for j, f := range t.Trace.Frames {
			r := t.Frames[j]
			line := "  " + s.in(styleFunc, clean(describe(f)))
			if place := clean(locate(f)); place != "" {
				line += "  " + s.in(stylePlace, place)
			}
			if r.Status == sourcemap.NotFound || r.Status == sourcemap.Failed || r.Status == sourcemap.Unmapped {
				line += s.in(styleDim, "  ["+clean(why(r))+"]")
			}
			fmt.Fprintln(out, line)
			if j == culprit {
				m.excerpt(out, s.look, r)
			}
		}
	}
	mapped, all := result.Mapped()
	fmt.Fprintln(out, s.in(styleDim, fmt.Sprintf("%d of %s mapped", mapped, plural(all, "frame"))))
}

// why tells why a frame is not mapped.
func why(r sourcemap.FrameResult) string {
	if r.Err != nil && r.Err != sourcemap.ErrNotFound {
		return strings.TrimPrefix(r.Err.Error(), "sourcemap: ")
	}
	return r.Status.String()
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

// excerpt writes the lines around a frame's, with a caret below its column.
func (m *mapping) excerpt(out io.Writer, l look, r sourcemap.FrameResult) {
	for _, line := range sourcemap.Context(r, m.context) {
		text, indent := window(line.Text, r.Position.Col)
		if line.Number != r.Position.Line {
			fmt.Fprintln(out, l.in(styleDim, fmt.Sprintf("      %5d | %s", line.Number, clean(text))))
			continue
		}
		fmt.Fprintln(out, l.in(styleMessage, fmt.Sprintf("    > %5d | %s", line.Number, clean(text))))
		fmt.Fprintln(out, "            | "+indent+l.in(styleType, "^"))
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
