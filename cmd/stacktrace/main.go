// Stacktrace reads the stack traces of JavaScript engines.
//
// Run it with --help for its commands.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

const usage = `Stacktrace reads the stack traces of JavaScript engines: V8 (Chrome, Node, Deno,
Edge), SpiderMonkey (Firefox), JavaScriptCore (Safari), Chakra, Hermes, QuickJS
and Bun, of any age.

Usage:

  stacktrace parse [--format json|text] [FILE...]
      Read one error from each file and print its type, message and frames: as a
      line of JSON if the output is a pipe, to be read by a person on a terminal.

  stacktrace parse --canonical [--format json|text] [FILE...]
      Print what is the same in every engine: the frames without what only some
      engines print, the message as a template, and three fingerprints to group by.

  stacktrace parse --ndjson [FILE...]
      Read a stream of JSON objects, one on a line, and print one for each:
        in   {"id": 1, "text": "TypeError: x\n    at f (a.js:1:2)"}
             {"id": 2, "name": "TypeError", "message": "x", "stack": "f@a.js:1:2",
              "file": "a.js", "line": 1, "col": 2}
        out  {"id": 1, "trace": {"engine": "v8", "type": "TypeError", ...},
              "canonical": {"frames": [...], "message": "x", "fingerprint": {...}}}
      A line that cannot be read gives {"line": N, "error": "..."} in its place.

      Whichever it prints, parse takes the limits --max-bytes N of a text or stack,
      --max-line N bytes of a line, --max-frames N of an error and --max-depth N
      errors within each other. "truncated" in the trace tells what they cut.

  stacktrace scan [--only ENGINE,...] [--since TIME] [--rest FILE] [--format json|text] [FILE...]
      Print every trace of a log, whatever its lines begin with and whichever
      processes write into it. It follows a pipe, and reads what gzip and zstd have
      compressed. A line of JSON is
        {"start": 120, "end": 480, "prefix": "app-1  | ", "time": "...",
         "stream": "app-1", "trace": {...}}
      with offsets in bytes, and "truncated" if a limit cut the trace.
      TIME is a time, 2026-11-21T10:00:00Z, or how long ago, 90m; traces without
      a time are printed. What is of no trace is written to the FILE of --rest.

  stacktrace top [--by exact|stable|loose] [-n N] [--format json|text] [FILE...]
      Group the traces of a log by fingerprint and print the N most frequent groups,
      10 unless told, all for 0. A line of JSON is
        {"fingerprint": "st1:s8d2...", "count": 8, "share": 0.5, "first": "...",
         "last": "...", "engines": ["v8"], "type": "TypeError", "message": "...",
         "template": "...", "frames": [...], "start": 120,
         "timeline": {"start": "...", "seconds": 67.1, "counts": [...],
                      "sparkline": "▁▃█▁▁▁▁▂"}}
      with the first message, and the first calls of the application's own code. The
      first 10,000 groups are kept; traces of others are only counted.

  stacktrace convert --to ENGINE [--format json|text] [FILE...]
      Print the error as another engine would have written it, as text or as a JSON
      object with the text in it. ENGINE is one of
      %s.

  stacktrace --version
      Print the version, the commit it was built from, and Go's version.

No file, or -, is the standard input. Ctrl-C ends scan and top: what was begun is
printed, and the groups so far.

The exit status is 0 if a stack frame was found, 1 if none was, and 2 if the
command line or a file could not be read.

Try:

  node -e 'null.x' 2>&1 | stacktrace parse
  docker compose logs -f | stacktrace scan
  stacktrace top app.log app.log.1.gz app.log.2.zst
`

// The exit statuses.
const (
	exitFound = iota
	exitNone
	exitUsage
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // writing fails instead, so that there is time to end
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// command is one invocation: where it reads and writes, and what came of it.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	patience time.Duration // how long work takes before its progress is shown
	progress *progress     // nil if it is not shown
	current  int           // the number of the input that is read, from 0
	waits    bool          // more of it may come later

	found  bool // a frame
	failed bool // a file could not be read, or the output not written
	ended  bool // nobody wants to have more files read
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{stdin: stdin, stdout: stdout, stderr: stderr, patience: patience}
	return c.run(args)
}

func (c *command) run(args []string) int {
	if len(args) == 0 {
		c.printUsage(c.stderr)
		return exitUsage
	}
	name, args := args[0], args[1:]
	var err error
	switch name {
	case "parse":
		err = c.parse(args)
	case "scan":
		err = c.scan(args)
	case "top":
		err = c.top(args)
	case "convert":
		err = c.convert(args)
	case "help", "-h", "-help", "--help":
		c.printUsage(c.stdout)
		return exitFound
	case "version", "-version", "--version":
		fmt.Fprintln(c.stdout, version())
		return exitFound
	default:
		err = fmt.Errorf("unknown command %q", name)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.printUsage(c.stdout)
		return exitFound
	case err != nil:
		fmt.Fprintf(c.stderr, "stacktrace: %v; see stacktrace --help\n", err)
		return exitUsage
	case c.failed:
		return exitUsage
	case !c.found:
		return exitNone
	}
	return exitFound
}

func (c *command) printUsage(w io.Writer) {
	engines := engineList()
	fmt.Fprintf(w, usage, strings.Join(engines[:len(engines)-1], ", ")+" and "+engines[len(engines)-1])
}

// flags returns an empty set of flags for the command called name. Errors are returned, not printed.
func (c *command) flags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

// parseFlags parses args, in which flags may stand behind files too, and returns the files. What
// follows "--" is a file whatever it looks like.
func parseFlags(flags *flag.FlagSet, args []string) (files []string, err error) {
	var literal []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, literal = args[:i], args[i+1:]
	}
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if args = flags.Args(); len(args) > 0 {
			files, args = append(files, args[0]), args[1:]
		}
	}
	return append(files, literal...), nil
}

// inputs calls read for each file, or for standard input if there is none. A file that cannot be
// read is reported, and the others are still read.
func (c *command) inputs(files []string, read func(name string, r io.Reader) error) {
	if len(files) == 0 {
		files = []string{"-"}
	}
	for i, name := range files {
		if c.ended {
			return
		}
		c.current = i
		c.report(c.input(name, read))
	}
}

// report tells of an error, if it is one. That nobody reads the output any more is none: head has what
// it wanted.
func (c *command) report(err error) {
	if err == nil {
		return
	}
	if isClosedPipe(err) {
		c.ended = true
		return
	}
	c.progress.hide()
	fmt.Fprintf(c.stderr, "stacktrace: %v\n", err)
	c.failed = true
}

func (c *command) input(name string, read func(name string, r io.Reader) error) error {
	if name == "-" {
		return read("standard input", c.stdin)
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return read(name, file)
}

// readText reads all of r.
func readText(name string, r io.Reader) (string, error) {
	var b strings.Builder
	if _, err := io.Copy(&b, r); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return b.String(), nil
}
