// Command differ compares what two revisions of the library make of the same texts. The script
// .ci/differential runs it against an older revision:
//
//	.ci/differential HEAD~3
//	.ci/differential --every 10 --ignore label,source main
//
// It consists of three parts, so that the API may change from one revision to the other. "differ texts"
// makes the texts. The program in internal/differ/dump of each revision writes the results of that
// revision. "differ compare" runs the two and compares what they write, text by text; it knows what is
// called otherwise in an older revision.
//
// The exit status is 0 if all results are equal, 1 if some differ, and 2 if they could not be compared.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

const usage = `usage: differ texts [--every N] [--root DIR]
       differ compare [--show N] [--ignore KEY,…] [--rename OLD=NEW,…] TEXTS OLD NEW

"texts" writes the texts to the standard output: the captures in DIR, as they are, changed and wrapped,
the texts of testdata, and those of package attack.
"compare" runs the programs OLD and NEW with the file TEXTS as their input and compares their outputs.
`

// Exit statuses.
const (
	equal     = 0
	different = 1
	failed    = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run does what args say and returns the exit status.
func run(args []string, out, errs io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(errs, usage)
		return failed
	}
	var status int
	var err error
	switch command, args := args[0], args[1:]; command {
	case "texts":
		err = runTexts(args, out)
	case "compare":
		status, err = runCompare(args, out, errs)
	case "help", "-h", "--help":
		fmt.Fprint(out, usage)
		return equal
	default:
		err = fmt.Errorf("no command %q, want texts or compare", command)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, usage)
		return equal
	case err != nil:
		fmt.Fprintln(errs, "differ:", err)
		return failed
	}
	return status
}

func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run writes the error
	return flags
}

func runTexts(args []string, out io.Writer) error {
	flags := newFlags("texts")
	every := flags.Int("every", 1, "")
	root := flags.String("root", ".", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("texts takes no argument, but got %q", flags.Arg(0))
	}
	if *every < 1 {
		return fmt.Errorf("--every %d: want 1 or more", *every)
	}
	w := bufio.NewWriterSize(out, 1<<20)
	if err := writeTexts(w, *root, *every); err != nil {
		return err
	}
	return w.Flush()
}

func runCompare(args []string, out, errs io.Writer) (status int, err error) {
	flags := newFlags("compare")
	show := flags.Int("show", 10, "")
	ignore := flags.String("ignore", "", "")
	rename := flags.String("rename", "", "")
	if err := flags.Parse(args); err != nil {
		return failed, err
	}
	if flags.NArg() != 3 {
		return failed, fmt.Errorf("compare takes three arguments, but got %d", flags.NArg())
	}
	form, err := newForm(list(*ignore), list(*rename))
	if err != nil {
		return failed, err
	}
	c := &comparison{form: form, show: *show, out: out, errs: errs}
	if err := c.run(flags.Arg(0), flags.Arg(1), flags.Arg(2)); err != nil {
		return failed, err
	}
	if c.report(); c.different > 0 {
		return different, nil
	}
	return equal, nil
}

// list returns the words in s, which has commas between them.
func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
