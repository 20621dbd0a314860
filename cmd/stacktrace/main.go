// Stacktrace reads the stack traces of JavaScript engines.
//
// Run it with --help for its commands.
package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// The exit statuses.
const (
	exitFound = iota
	exitNone
	exitUsage
	exitNew // of top --new-since
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // writing fails instead, so that there is time to end
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// command is one invocation: where it reads and writes, and what came of it.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	color string // the value of --color: "auto", "always" or "never"

	patience time.Duration // how long work takes before its progress is shown
	progress *progress     // nil if it is not shown

	found  bool // a frame
	failed bool // a file could not be read, or the output not written
	ended  bool // nobody wants to have more files read
	isNew  bool // a failure that was not there before
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{stdin: stdin, stdout: stdout, stderr: stderr, patience: patience}
	return c.run(args)
}

// status returns the exit status of a command that could be carried out.
func (c *command) status() int {
	switch {
	case c.failed:
		return exitUsage
	case c.isNew:
		return exitNew
	case !c.found:
		return exitNone
	}
	return exitFound
}

// source is one of the inputs of a command.
type source struct {
	name  string // of the file, or "standard input"
	index int    // its place among the inputs, from 0
	waits bool   // more may come later
}

// inputs calls read for each file, or for standard input if there is none. A file that cannot be
// read is reported, and the others are still read.
func (c *command) inputs(files []string, read func(from source, r io.Reader) error) {
	for i, name := range orStandardInput(files) {
		if c.ended {
			return
		}
		c.report(c.input(i, name, read))
	}
}

func orStandardInput(files []string) []string {
	if len(files) == 0 {
		return []string{"-"}
	}
	return files
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

func (c *command) input(index int, name string, read func(from source, r io.Reader) error) error {
	if name == "-" {
		return read(source{name: "standard input", index: index}, c.stdin)
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return read(source{name: name, index: index}, file)
}

// readText reads all of r, which may be compressed or in UTF-16.
func readText(name string, r io.Reader) (string, error) {
	in, err := decoded(r)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	var b strings.Builder
	if _, err := io.Copy(&b, in); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return b.String(), nil
}
