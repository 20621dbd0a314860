package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// idle is how long a pipe may give nothing until a trace that was begun is printed.
const idle = 500 * time.Millisecond

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
	out     *bufio.Writer
	rest    *bufio.Writer // nil if nobody wants it
	restErr error

	format  string
	only    map[string]bool // engines; nil for all
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
	s := &scanning{command: c, out: bufio.NewWriterSize(c.stdout, 64<<10), format: *format, several: len(files) > 1}
	if s.only, err = readEngines(*only); err != nil {
		return err
	}
	if s.since, err = readSince(*since, time.Now()); err != nil {
		return err
	}
	if *rest != "" {
		file, err := os.Create(*rest)
		if err != nil {
			return err
		}
		s.rest = bufio.NewWriterSize(file, 64<<10)
		defer func() {
			err := s.rest.Flush()
			if closing := file.Close(); err == nil {
				err = closing
			}
			if err != nil {
				fmt.Fprintf(c.stderr, "stacktrace: %v\n", err)
				c.failed = true
			}
		}()
	}
	c.inputs(files, s.read)
	return nil
}

// readEngines reads a list of engines, "v8,jsc".
func readEngines(list string) (map[string]bool, error) {
	if list == "" {
		return nil, nil
	}
	known := map[string]bool{}
	for _, name := range stacktrace.Engines() {
		known[name] = true
	}
	engines := map[string]bool{}
	for name := range strings.SplitSeq(list, ",") {
		if !known[name] {
			return nil, fmt.Errorf("unknown engine %q: %s", name, strings.Join(stacktrace.Engines(), ", "))
		}
		engines[name] = true
	}
	return engines, nil
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

// read prints the traces of one input.
func (s *scanning) read(name string, r io.Reader) error {
	follows := isStream(r)
	options := logscan.Options{}
	switch {
	case follows:
		options.Idle = idle
	case runtime.GOMAXPROCS(0) > 1 && isLarge(r):
		options.Workers = runtime.GOMAXPROCS(0)
	}
	if s.rest != nil {
		options.Rest = func(_ int64, part []byte) {
			if _, err := s.rest.Write(part); err != nil && s.restErr == nil {
				s.restErr = err
			}
		}
	}
	in, err := decompressed(r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	scanner := logscan.NewScanner(in, options)
	defer scanner.Close()
	for scanner.Scan() {
		found := scanner.Found()
		if s.only != nil && !s.only[found.Trace.Engine] || !s.since.IsZero() && !found.Time.IsZero() && found.Time.Before(s.since) {
			continue
		}
		s.found = true
		if err := s.write(name, found); err != nil {
			return err
		}
		if follows {
			if err := s.out.Flush(); err != nil {
				return err
			}
		}
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return s.restErr
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
		fmt.Fprintf(&b, "  cut: the %s is too long", f.Truncated)
	}
	b.WriteByte('\n')
	if _, err := io.WriteString(s.out, strings.Map(visible, b.String())); err != nil {
		return err
	}
	writeText(s.out, f.Trace)
	return nil
}

// isStream reports whether more may come from r later: a pipe, a terminal, a socket.
func isStream(r io.Reader) bool {
	file, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && !info.Mode().IsRegular()
}

// largeFile is the size of a file for which it is worth to use several processors.
const largeFile = 4 << 20

func isLarge(r io.Reader) bool {
	file, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Size() >= largeFile
}
