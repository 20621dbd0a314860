package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// scanning is the command that prints every trace of a log.
type scanning struct {
	*command
	filter filter

	format   string
	restFile string
	context  int
	raw      bool
	count    bool
	follow   bool

	out     *bufio.Writer
	rest    *bufio.Writer // nil if nobody wants it
	several bool          // files
	printed int           // traces
	counts  []int         // traces of each file
	around  []*contexts   // of each file, with --context
	reading int           // the file of which rest is given
	look    look
	waits   bool // more may come later
}

func (c *command) newScan() *cobra.Command {
	s := &scanning{command: c}
	cmd := &cobra.Command{
		Use:   "scan [FILE...]",
		Short: "Print every trace of a log",
		Long: `Scan prints every trace of a log, whatever its lines begin with and whichever
processes write into it. It follows a pipe, and with --follow files that grow and
are rotated. A line of JSON is

    {"start": 120, "end": 480, "prefix": "app-1  | ", "time": "...",
     "stream": "app-1", "trace": {...}}

with offsets in bytes of the log, uncompressed and in UTF-8, and "truncated" if a
limit cut the trace. --format sentry prints events as Sentry's event protocol has
them, --format otlp log records as OTLP/JSON, an export request a line.
` + timesNote,
		Example: `  docker compose logs -f | stacktrace scan
  stacktrace scan --only v8 --since 90m --rest other.log app.log app.log.1.gz
  stacktrace scan --type TypeError,RangeError --context 3 app.log
  stacktrace scan --follow --format otlp app.log
  stacktrace scan --match checkout --count app.log app.log.1.gz`,
		RunE: func(_ *cobra.Command, files []string) error {
			saveMemory()
			return s.run(files)
		},
	}
	flags := cmd.Flags()
	c.formatFlag(cmd, &s.format, "json (one object a line), text, sentry or otlp (default: text on a terminal)", "ndjson", "sentry", "otlp")
	s.filter.addFlags(c, cmd)
	flags.StringVar(&s.restFile, "rest", "", "write what is of no trace to this `FILE`")
	flags.IntVarP(&s.context, "context", "C", 0, "with `N` lines of the log before and after each trace")
	flags.BoolVar(&s.raw, "raw", false, "the lines of the log as they stand there, and nothing else")
	flags.BoolVar(&s.count, "count", false, "only the number of traces")
	flags.BoolVarP(&s.follow, "follow", "f", false, "read files on as they grow, and the new file when one is rotated")
	cmd.MarkFlagsMutuallyExclusive("raw", "count", "format")
	cmd.MarkFlagsMutuallyExclusive("context", "rest")
	cmd.MarkFlagsMutuallyExclusive("context", "count")
	return cmd
}

func (s *scanning) run(files []string) error {
	if err := s.chooseFormat(&s.format, "json", "sentry", "otlp"); err != nil {
		return err
	}
	if s.context < 0 {
		return errFlag("context", s.context, "a number of lines")
	}
	if s.context > 0 && (s.format == "sentry" || s.format == "otlp") {
		return fmt.Errorf("--format %s has no place for --context", s.format)
	}
	if s.context > 0 && s.follow && len(files) > 1 {
		return errors.New("--context follows only one file")
	}
	if err := s.filter.read(time.Now()); err != nil {
		return err
	}
	s.several = len(files) > 1
	inputs := len(orStandardInput(files))
	s.counts = make([]int, inputs)
	s.look = s.command.look()
	l := logReading{options: logscan.Options{Idle: idle, Location: s.filter.zone}, follow: s.follow, found: s.print}
	if s.restFile != "" {
		file, err := os.Create(s.restFile)
		if err != nil {
			return err
		}
		s.rest = bufio.NewWriterSize(file, 64<<10)
		l.options.Rest = s.keep
		defer func() {
			for _, err := range [...]error{s.rest.Flush(), file.Close()} {
				if err != nil {
					s.report(errors.New(err.Error())) // whoever may read it is not who reads the output
				}
			}
		}()
	}
	if s.context > 0 {
		s.useContexts(&l, inputs)
	}
	if total := s.inputSize(files); !s.follow && (total >= 0 || !isTerminal(s.stdout)) { // else what is printed shows it
		s.showProgress(total)
	}
	s.out = bufio.NewWriterSize(s.progress.beside(s.stdout), 64<<10)
	s.readLogs(files, l)
	if s.count {
		s.writeCounts(orStandardInput(files))
	}
	s.report(s.out.Flush())
	return nil
}

// keep writes what is of no trace. An error comes back when the rest is flushed at the end.
func (s *scanning) keep(_ int64, part []byte) {
	s.rest.Write(part)
	if s.waits {
		s.rest.Flush()
	}
}

func (s *scanning) writeCounts(files []string) {
	for i, n := range s.counts {
		if s.several {
			fmt.Fprintf(s.out, "%s:", clean(files[i]))
		}
		fmt.Fprintln(s.out, n)
	}
}

// limits says what logscan's limits mean.
var limits = map[string]string{
	"trace":   "it is too long",
	"line":    "one of its lines is too long",
	"gap":     "too much of other streams is between its lines",
	"streams": "too many streams are in the middle of a trace",
}

// print prints a trace, at once if somebody may be waiting for it.
func (s *scanning) print(from source, f logscan.Found) error {
	s.waits = from.waits
	if !s.filter.wants(&f) {
		return nil
	}
	s.found = true
	s.counts[from.index]++
	if s.count {
		return nil
	}
	if s.around != nil {
		s.around[from.index].hold(f)
		return s.printHeld(from, false)
	}
	return s.printOne(from, f, nil, nil)
}

// printOne prints a trace with the lines around it.
func (s *scanning) printOne(from source, f logscan.Found, before, after []string) error {
	s.printed++
	if err := s.write(from.name, f, before, after); err != nil {
		return err
	}
	if from.waits {
		return s.out.Flush()
	}
	return nil
}

func (s *scanning) write(name string, f logscan.Found, before, after []string) error {
	switch {
	case s.raw:
		return s.writeRaw(f, before, after)
	case s.format == "text":
		return s.writeText(name, f, before, after)
	}
	if !s.several {
		name = ""
	}
	switch s.format {
	case "sentry":
		return newEncoder(s.out).Encode(sentryEvent(name, f))
	case "otlp":
		return newEncoder(s.out).Encode(otlpRequest(name, f))
	}
	l := located{File: name, Start: f.Start, End: f.End, Prefix: f.Prefix, Stream: f.Stream, Truncated: f.Truncated, Before: before, After: after, Trace: f.Trace}
	if t := f.Time.UTC(); !f.Time.IsZero() && 0 <= t.Year() && t.Year() <= 9999 { // what JSON can have
		l.Time = &t
	}
	return newEncoder(s.out).Encode(l)
}

// located is one line of the output of scan.
type located struct {
	File      string            `json:"file,omitempty"`
	Start     int64             `json:"start"`
	End       int64             `json:"end"`
	Prefix    string            `json:"prefix,omitempty"`
	Time      *time.Time        `json:"time,omitempty"`
	Stream    string            `json:"stream,omitempty"`
	Truncated string            `json:"truncated,omitempty"`
	Before    []string          `json:"before,omitempty"`
	After     []string          `json:"after,omitempty"`
	Trace     *stacktrace.Trace `json:"trace"`
}

// writeRaw writes the lines of the log that are the trace's. What stands between them, in other
// streams, is left out.
func (s *scanning) writeRaw(f logscan.Found, before, after []string) error {
	if s.context > 0 && s.printed > 1 {
		s.out.WriteString("--\n")
	}
	for _, line := range before {
		s.out.WriteString(line + "\n")
	}
	for i, p := range f.Pieces {
		s.out.WriteString(p.Text)
		if last := i == len(f.Pieces)-1; last && !strings.HasSuffix(p.Text, "\n") {
			s.out.WriteByte('\n')
		}
	}
	for _, line := range after {
		s.out.WriteString(line + "\n")
	}
	_, err := s.out.Write(nil)
	return err
}

// writeText writes a trace for a person, after a line that tells where and when it is.
func (s *scanning) writeText(name string, f logscan.Found, before, after []string) error {
	var b strings.Builder
	if s.printed > 1 {
		b.WriteByte('\n')
	}
	if s.several {
		fmt.Fprintf(&b, "%s:", clean(name))
	}
	fmt.Fprintf(&b, "%d", f.Start)
	if !f.Time.IsZero() {
		b.WriteString("  " + f.Time.Format(timeLayout))
	}
	if f.Stream != "" {
		b.WriteString("  " + clean(f.Stream))
	}
	if f.Truncated != "" {
		fmt.Fprintf(&b, "  cut: %s", limits[f.Truncated])
	}
	head := b.String()
	line := strings.TrimPrefix(head, "\n")
	if err := writeLine(s.out, head[:len(head)-len(line)]+s.look.in(styleDim, line)); err != nil {
		return err
	}
	s.writeLines(before)
	if err := (shower{look: s.look}).write(s.out, f.Trace); err != nil {
		return err
	}
	s.writeLines(after)
	return nil
}

// timeLayout is how times are shown.
const timeLayout = "2006-01-02 15:04:05.999 Z07:00"

// writeLines writes lines of the log that are of no trace.
func (s *scanning) writeLines(lines []string) {
	for _, line := range lines {
		io.WriteString(s.out, s.look.in(styleDim, "> "+fit(clean(line), s.look.width-len("> ")))+"\n")
	}
}
