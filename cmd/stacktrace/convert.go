package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace"
)

// converting is the command that prints an error as another engine would have.
type converting struct {
	*command
	to     string
	format string
}

// toSentry is the value of --to for an event.
const toSentry = "sentry"

func (c *command) newConvert() *cobra.Command {
	v := &converting{command: c}
	cmd := &cobra.Command{
		Use:   "convert --to ENGINE [FILE...]",
		Short: "Print an error as another engine would have, or as an event for Sentry",
		Long: `Convert prints the error of each file as another engine would have written it, as
text or as a JSON object with the text in it. ENGINE is one of
` + wrap(engineList()+".", 80) + `

With --to sentry it is a JSON object as Sentry's event protocol has events, with
all errors within the error.`,
		Example: `  stacktrace convert --to spidermonkey error.txt
  stacktrace convert --to jsc --format json <error.txt
  stacktrace convert --to sentry error.txt`,
		RunE: func(_ *cobra.Command, files []string) error { return v.run(files) },
	}
	cmd.Flags().StringVar(&v.to, "to", "", "the `ENGINE` in whose words to print, or sentry")
	c.complete(cmd, "to", append(engineNames(), toSentry)...)
	c.formatFlag(cmd, &v.format, "json or text (default: text)")
	return cmd
}

// wrap returns s in lines of at most so many bytes.
func wrap(s string, width int) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(s) {
		if column > 0 && column+1+len(word) > width {
			b.WriteByte('\n')
			column = 0
		}
		if column > 0 {
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

func (v *converting) run(files []string) error {
	if err := v.chooseFormat(&v.format, "text"); err != nil {
		return err
	}
	if v.to == "" {
		return errors.New("convert needs --to ENGINE")
	}
	if _, err := render(new(stacktrace.Trace), v.to); err != nil && v.to != toSentry {
		return fmt.Errorf("unknown engine %q: %s", v.to, strings.Join(engineNames(), ", "))
	}
	v.inputs(files, func(from source, r io.Reader) error {
		text, err := readText(from.name, r)
		if err != nil {
			return err
		}
		trace := stacktrace.Parse(text)
		if len(trace.Frames) == 0 {
			return nil
		}
		v.found = true
		if v.to == toSentry {
			return newEncoder(v.stdout).Encode(newSentryEvent(trace, text))
		}
		converted, err := render(trace, v.to)
		if err != nil {
			return err
		}
		if v.format == "json" {
			return newEncoder(v.stdout).Encode(map[string]string{"engine": v.to, "stack": converted})
		}
		if isTerminal(v.stdout) {
			converted = clean(converted)
		}
		return writeLine(v.stdout, strings.TrimSuffix(converted, "\n"))
	})
	return nil
}
