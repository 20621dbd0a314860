package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// located is one line of the output of scan.
type located struct {
	File      string            `json:"file,omitempty"`
	Start     int64             `json:"start"`
	End       int64             `json:"end"`
	Prefix    string            `json:"prefix,omitempty"`
	Time      *time.Time        `json:"time,omitempty"`
	Stream    string            `json:"stream,omitempty"`
	Truncated string            `json:"truncated,omitempty"`
	Trace     *stacktrace.Trace `json:"trace"`
}

// scanning is the command that prints every trace of a log.
type scanning struct {
	*command
	out  *bufio.Writer
	rest *bufio.Writer // nil if nobody wants it

	format  string
	only    map[stacktrace.Engine]bool // engines; nil for all
	since   time.Time
	several bool
	count   int
}

func (c *command) scan(args []string) error {
	flags := c.flags("scan")
	format := flags.String("format", "", "")
	only := flags.String("only", "", "")
	since := flags.String("since", "", "")
	rest := flags.String("rest", "", "")
	files, err := parseFlags(flags, args)
	if err != nil {
		return err
	}
	if err := c.chooseFormat(format, "json"); err != nil {
		return err
	}
	s := &scanning{command: c, format: *format, several: len(files) > 1}
	if s.only, err = readEngines(*only); err != nil {
		return err
	}
	if s.since, err = readSince(*since, time.Now()); err != nil {
		return err
	}
	options := logscan.Options{Idle: idle}
	if *rest != "" {
		file, err := os.Create(*rest)
		if err != nil {
			return err
		}
		s.rest = bufio.NewWriterSize(file, 64<<10)
		options.Rest = s.keep
		defer func() {
			for _, err := range [...]error{s.rest.Flush(), file.Close()} {
				if err != nil {
					c.report(errors.New(err.Error())) // whoever may read it is not who reads the output
				}
			}
		}()
	}
	if total := c.inputSize(files); total >= 0 || !isTerminal(c.stdout) { // else what is printed shows it
		c.showProgress(total)
	}
	s.out = bufio.NewWriterSize(c.progress.beside(c.stdout), 64<<10)
	c.readLogs(files, options, s.print)
	c.report(s.out.Flush())
	return nil
}

// keep writes what is of no trace. An error comes back when the rest is flushed at the end.
func (s *scanning) keep(_ int64, part []byte) {
	s.rest.Write(part)
	if s.waits {
		s.rest.Flush()
	}
}

// readEngines reads a list of engines, "v8,jsc".
func readEngines(list string) (map[stacktrace.Engine]bool, error) {
	if list == "" {
		return nil, nil
	}
	engines := map[stacktrace.Engine]bool{}
	for name := range strings.SplitSeq(list, ",") {
		engine, err := engineNamed(name)
		if err != nil {
			return nil, err
		}
		engines[engine] = true
	}
	return engines, nil
}

// engineNamed returns the engine called name.
func engineNamed(name string) (stacktrace.Engine, error) {
	var engine stacktrace.Engine
	if err := engine.UnmarshalText([]byte(name)); err != nil || engine == stacktrace.NoEngine {
		return engine, fmt.Errorf("unknown engine %q: %s", name, strings.Join(engineList(), ", "))
	}
	return engine, nil
}

// engineList returns the names of all engines.
func engineList() []string {
	var names []string
	for _, engine := range stacktrace.Engines() {
		names = append(names, engine.String())
	}
	return names
}

// readSince reads a time, a day, or how long ago it was.
func readSince(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if ago, err := time.ParseDuration(s); err == nil {
		return now.Add(-ago), nil
	}
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--since %s is neither a time, 2026-11-21T10:00:00Z, nor how long ago, 90m", s)
}

// limits says what logscan's limits mean.
var limits = map[string]string{
	"trace":   "it is too long",
	"line":    "one of its lines is too long",
	"gap":     "too much of other streams is between its lines",
	"streams": "too many streams are in the middle of a trace",
}

// print prints a trace, at once if somebody may be waiting for it.
func (s *scanning) print(name string, f logscan.Found) error {
	if s.only != nil && !s.only[f.Trace.Engine] || !s.since.IsZero() && !f.Time.IsZero() && f.Time.Before(s.since) {
		return nil
	}
	s.found = true
	if err := s.write(name, f); err != nil {
		return err
	}
	if s.waits {
		return s.out.Flush()
	}
	return nil
}

func (s *scanning) write(name string, f logscan.Found) error {
	if s.format == "json" {
		l := located{Start: f.Start, End: f.End, Prefix: f.Prefix, Stream: f.Stream, Truncated: f.Truncated, Trace: f.Trace}
		if s.several {
			l.File = name
		}
		if t := f.Time.UTC(); !f.Time.IsZero() && 0 <= t.Year() && t.Year() <= 9999 { // what JSON can have
			l.Time = &t
		}
		return newEncoder(s.out).Encode(l)
	}
	var b strings.Builder
	if s.count++; s.count > 1 {
		b.WriteByte('\n')
	}
	if s.several {
		fmt.Fprintf(&b, "%s:", name)
	}
	fmt.Fprintf(&b, "%d", f.Start)
	if !f.Time.IsZero() {
		b.WriteString("  " + f.Time.Format("2006-01-02 15:04:05.999 Z07:00"))
	}
	if f.Stream != "" {
		b.WriteString("  " + f.Stream)
	}
	if f.Truncated != "" {
		fmt.Fprintf(&b, "  cut: %s", limits[f.Truncated])
	}
	b.WriteByte('\n')
	if _, err := io.WriteString(s.out, strings.Map(visible, b.String())); err != nil {
		return err
	}
	writeText(s.out, f.Trace)
	return nil
}
