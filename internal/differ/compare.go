package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"time"
)

// comparison compares the outputs of two programs, text by text.
type comparison struct {
	form *form
	show int // how many texts that differ are shown
	out  io.Writer
	errs io.Writer

	texts     int
	different int     // texts of which a result differs
	kinds     []*kind // in the order of the output
}

// kind counts the results of one kind.
type kind struct {
	name      string
	compared  int
	different int
	alone     int // results that only one of the programs has
}

// longest is how long a line of output may be.
const longest = 1 << 30

// run compares what the programs before and now write for the texts in a file.
func (c *comparison) run(texts, before, now string) error {
	file, err := os.Open(texts)
	if err != nil {
		return err
	}
	defer file.Close()
	old, err := start(before, texts)
	if err != nil {
		return err
	}
	defer old.stop()
	next, err := start(now, texts)
	if err != nil {
		return err
	}
	defer next.stop()

	told := time.Now()
	in := bufio.NewReaderSize(file, 1<<20)
	for {
		name, text, err := readRecord(in)
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", texts, err)
		}
		c.texts++
		oldResults, oldErr := old.read()
		newResults, newErr := next.read()
		if oldErr != nil || newErr != nil {
			return errors.Join(fmt.Errorf("no result of %s, %s", name, short(fmt.Sprintf("%q", text))), oldErr, newErr)
		}
		c.compare(name, text, oldResults, newResults)
		if time.Since(told) > 10*time.Second {
			told = time.Now()
			fmt.Fprintf(c.errs, "%d texts, %d differ\n", c.texts, c.different)
		}
	}
	return errors.Join(old.wait(), next.wait())
}

// program is one that writes results.
type program struct {
	path    string
	command *exec.Cmd
	input   *os.File
	lines   *bufio.Scanner
	begun   bool     // the line that begins the next text has been read
	results []result // of the last text
	buffer  []byte   // what they are pieces of
}

// result is a result of one kind.
type result struct {
	kind  string
	value []byte
}

// start runs the program at path with a file as its input.
func start(path, input string) (*program, error) {
	file, err := os.Open(input)
	if err != nil {
		return nil, err
	}
	command := exec.Command(path)
	command.Stdin, command.Stderr = file, os.Stderr
	command.Env = append(os.Environ(), "GOGC=400", "GOMAXPROCS=2")
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(make([]byte, 1<<20), longest)
	return &program{path: path, command: command, input: file, lines: lines}, nil
}

// read returns the results of the next text. They are good until the next call.
func (p *program) read() ([]result, error) {
	if !p.begun && (!p.lines.Scan() || p.lines.Text() != "text") {
		return nil, fmt.Errorf("%s ended too early: %w", p.path, p.failure())
	}
	p.begun = false
	p.results, p.buffer = p.results[:0], p.buffer[:0]
	type part struct{ kind, end int }
	var parts []part
	for p.lines.Scan() {
		line := p.lines.Bytes()
		if string(line) == "text" {
			p.begun = true
			break
		}
		blank := bytes.IndexByte(line, ' ')
		if blank < 0 {
			return nil, fmt.Errorf("%s wrote %q, want a kind and a value", p.path, line)
		}
		parts = append(parts, part{len(p.buffer) + blank, len(p.buffer) + len(line)})
		p.buffer = append(p.buffer, line...)
	}
	from := 0
	for _, part := range parts {
		p.results = append(p.results, result{string(p.buffer[from:part.kind]), p.buffer[part.kind+1 : part.end]})
		from = part.end
	}
	return p.results, p.lines.Err()
}

// failure returns why the program ended.
func (p *program) failure() error {
	if err := p.lines.Err(); err != nil {
		return err
	}
	if err := p.command.Wait(); err != nil {
		return err
	}
	return errors.New("no more output")
}

// wait waits for the end of a program that has written all.
func (p *program) wait() error {
	if p.begun || p.lines.Scan() {
		return fmt.Errorf("%s wrote more than there are texts", p.path)
	}
	if err := p.command.Wait(); err != nil {
		return fmt.Errorf("%s: %w", p.path, err)
	}
	return nil
}

// stop ends the program if it has not ended.
func (p *program) stop() {
	if p.command.ProcessState == nil {
		p.command.Process.Kill()
		p.command.Wait()
	}
	p.input.Close()
}

// compare compares the results of one text, and shows those that differ if few have been.
func (c *comparison) compare(name, text string, old, now []result) {
	differs := false
	for _, n := range now {
		k := c.kindOf(n.kind)
		o, ok := find(old, n.kind)
		if !ok {
			k.alone++
			continue
		}
		k.compared++
		if bytes.Equal(o.value, n.value) {
			continue
		}
		before, err := c.form.decode(o.value)
		after, err2 := c.form.decode(n.value)
		if err == nil && err2 == nil && reflect.DeepEqual(before, after) {
			continue
		}
		k.different++
		if !differs {
			differs = true
			c.different++
			c.showf("\n--- %s\n%s\n", strings.ReplaceAll(name, "\n", `\n`), short(fmt.Sprintf("%q", text)))
		}
		c.showf("%s, old: %s\n%s, new: %s\n", n.kind, short(string(o.value)), n.kind, short(string(n.value)))
		for _, d := range differences(before, after, 5) {
			c.showf("    %s\n", short(d))
		}
	}
	for _, o := range old {
		if _, ok := find(now, o.kind); !ok {
			c.kindOf(o.kind).alone++
		}
	}
}

// showf prints something of a text that differs, if not too many have been shown.
func (c *comparison) showf(format string, args ...any) {
	if c.different <= c.show {
		fmt.Fprintf(c.out, format, args...)
	}
}

// short returns s, or its beginning and how much is left out.
func short(s string) string {
	const most = 3000
	if len(s) <= most {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes more)", s[:most], len(s)-most)
}

func find(results []result, kind string) (result, bool) {
	for _, r := range results {
		if r.kind == kind {
			return r, true
		}
	}
	return result{}, false
}

// kindOf returns the counts of the kind called name.
func (c *comparison) kindOf(name string) *kind {
	for _, k := range c.kinds {
		if k.name == name {
			return k
		}
	}
	k := &kind{name: name}
	c.kinds = append(c.kinds, k)
	return k
}

// report prints how much was compared, and how much differs.
func (c *comparison) report() {
	fmt.Fprintf(c.out, "%d of %d texts differ\n", c.different, c.texts)
	for _, k := range c.kinds {
		fmt.Fprintf(c.out, "  %-8s %d of %d\n", k.name, k.different, k.compared)
		if k.alone > 0 {
			fmt.Fprintf(c.errs, "differ: %d results of kind %q are of one revision only and were not compared\n", k.alone, k.name)
		}
	}
}
