package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// convert is the command that prints an error as another engine would have.
func (c *command) convert(args []string) error {
	flags := c.flags("convert")
	engine := flags.String("to", "", "")
	format := flags.String("format", "", "")
	files, err := parseFlags(flags, args)
	if err != nil {
		return err
	}
	if err := c.chooseFormat(format, "text"); err != nil {
		return err
	}
	if *engine == "" {
		return errors.New("convert needs --to ENGINE")
	}
	to, err := engineNamed(*engine)
	if err != nil {
		return err
	}
	c.inputs(files, func(name string, r io.Reader) error {
		text, err := readText(name, r)
		if err != nil {
			return err
		}
		trace := stacktrace.Parse(text)
		if len(trace.Frames) == 0 {
			return nil
		}
		c.found = true
		converted, err := trace.Render(to)
		if err != nil {
			return err
		}
		if *format == "json" {
			return newEncoder(c.stdout).Encode(map[string]string{"engine": *engine, "stack": converted})
		}
		_, err = fmt.Fprintln(c.stdout, strings.TrimSuffix(converted, "\n"))
		return err
	})
	return nil
}
