package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// errNoCommand is that of an invocation without a command.
var errNoCommand = errors.New("no command")

// run carries out the command that args tell and returns the exit status.
func (c *command) run(args []string) int {
	root := c.newRoot()
	root.SetArgs(append([]string{}, args...)) // cobra takes nil for the arguments of the process
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		c.found = true // a shell that asks for completions reads nothing
	}
	done, err := root.ExecuteC()
	switch {
	case err == nil:
		return c.status()
	case errors.Is(err, errNoCommand):
		root.SetOut(c.stderr)
		root.Help()
	default:
		fmt.Fprintf(c.stderr, "stacktrace: %s; see %s --help\n", strings.TrimSpace(err.Error()), done.CommandPath())
	}
	return exitUsage
}

// newRoot returns the command with all its subcommands.
func (c *command) newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "stacktrace",
		Short: "Read the stack traces of JavaScript engines",
		Long: `Stacktrace reads the stack traces of JavaScript engines: V8 (Chrome, Node, Deno,
Edge), SpiderMonkey (Firefox), JavaScriptCore (Safari), Chakra, Hermes, QuickJS
and Bun, of any age.

No file, or -, is the standard input. Files that gzip, zstd, xz or bzip2 have
compressed and files in UTF-16 are read as they are. Ctrl-C ends scan, top and
report: what was begun is printed, and the groups so far.

The exit status is 0 if a stack frame was found, 1 if none was, 2 if the command
line or a file could not be read, and 3 if top --new-since found new failures.

NO_COLOR in the environment turns colours off, as --color never does.`,
		Example: `  node -e 'null.x' 2>&1 | stacktrace parse
  docker compose logs -f | stacktrace scan
  stacktrace top app.log app.log.1.gz app.log.2.zst`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errNoCommand
			}
			return unknownCommand(cmd, args[0])
		},
		PersistentPreRunE: func(*cobra.Command, []string) error { return c.checkColor() },
	}
	root.SetIn(c.stdin)
	root.SetOut(c.stdout)
	root.SetErr(c.stderr)
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), "Flags.FlagUsages ", fmt.Sprintf("Flags.FlagUsagesWrapped %d ", c.helpWidth())))
	root.SetFlagErrorFunc(suggestFlag)
	root.PersistentFlags().StringVar(&c.color, "color", "auto", "colours and links: auto, always or never")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveDefault)
	c.complete(root, "color", "auto", "always", "never")
	root.AddCommand(c.newParse(), c.newMap(), c.newScan(), c.newTop(), c.newReport(), c.newServe(), c.newConvert(), c.newVersion(), c.newMan())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, sub := range root.Commands() {
		if sub.Name() == "help" || sub.Name() == "completion" {
			c.countAsFound(sub)
		}
	}
	c.helpIsFound(root)
	return root
}

// countAsFound makes the exit status of a command that reads nothing, and of those below it, 0.
func (c *command) countAsFound(cmd *cobra.Command) {
	cmd.PostRun = func(*cobra.Command, []string) { c.found = true }
	for _, sub := range cmd.Commands() {
		c.countAsFound(sub)
	}
}

// helpIsFound makes the exit status of --help and --version 0: neither runs a command.
func (c *command) helpIsFound(root *cobra.Command) {
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		c.found = true
		help(cmd, args)
	})
	cobra.AddTemplateFunc("foundVersion", func(version string) string {
		c.found = true
		return version
	})
	root.SetVersionTemplate("{{foundVersion .Version}}\n")
}

func (c *command) newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the commit it was built from, and Go's version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c.found = true
			_, err := fmt.Fprintln(c.stdout, version())
			return err
		},
	}
}

// unknownCommand returns the error for a command that is not there, with those that may be meant.
func unknownCommand(root *cobra.Command, name string) error {
	root.SuggestionsMinimumDistance = 2
	err := fmt.Errorf("unknown command %q", name)
	if similar := root.SuggestionsFor(name); len(similar) > 0 {
		err = fmt.Errorf("%w: do you mean %s?", err, strings.Join(similar, " or "))
	}
	return err
}

// suggestFlag adds to the error of an unknown flag the flag that is spelled most like it.
func suggestFlag(cmd *cobra.Command, err error) error {
	_, name, ok := strings.Cut(err.Error(), "unknown flag: --")
	if !ok {
		return err
	}
	best, least := "", 3
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if d := distance(f.Name, name); d < least {
			best, least = f.Name, d
		}
	})
	if best != "" {
		err = fmt.Errorf("%w: do you mean --%s?", err, best)
	}
	return err
}

// distance returns how many letters have to be put in, taken out or replaced to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// complete makes shells complete the value of a flag with one of words.
func (c *command) complete(cmd *cobra.Command, flag string, words ...string) {
	cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// formatFlag adds the flag for the format of the output, of which text and JSON are always two.
func (c *command) formatFlag(cmd *cobra.Command, format *string, usage string, others ...string) {
	cmd.Flags().StringVar(format, "format", "", usage)
	c.complete(cmd, "format", append([]string{"json", "text"}, others...)...)
}

// chooseFormat fills in the format that is right for the output, or checks the one that was chosen;
// piped is that of an output that is no terminal.
func (c *command) chooseFormat(format *string, piped string, others ...string) error {
	switch *format {
	case "json", "text":
		return nil
	case "ndjson":
		*format = "json"
		return nil
	case "":
		*format = piped
		if isTerminal(c.stdout) {
			*format = "text"
		}
		return nil
	}
	for _, other := range others {
		if *format == other {
			return nil
		}
	}
	known := append([]string{"json", "text"}, others...)
	last := len(known) - 1
	return fmt.Errorf("unknown format %q: %s or %s", *format, strings.Join(known[:last], ", "), known[last])
}

// writeLine writes s and a line end.
func writeLine(w io.Writer, s string) error {
	_, err := io.WriteString(w, s+"\n")
	return err
}
