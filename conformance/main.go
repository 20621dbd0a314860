// Command conformance runs programs in the JavaScript engines that a machine has, asks each engine for
// its own truth, and compares it with what the library reads of the engine's text, field by field.
//
//	go run ./conformance                          a table, and what is wrong
//	go run ./conformance --modules node_modules   with the engines among npm packages
//	go run ./conformance --save captures          what the engines wrote, as test data
//	go run ./conformance --engines node --binary node=/opt/node26/bin/node --against /opt/node20/bin/node
//
// It exits with status 1 where something was read in another way than the truth says and no reason is
// known, and with 2 where it could not run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type options struct {
	engines  string
	modules  string
	only     string
	save     string
	against  string
	binaries map[string]string
	markdown bool
	quiet    bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	misses, err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(0)
	case err != nil:
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(2)
	case misses > 0:
		os.Exit(1)
	}
}

func parseFlags(args []string, stderr io.Writer) (options, error) {
	o := options{binaries: make(map[string]string)}
	f := flag.NewFlagSet("conformance", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.engines, "engines", "", "the engines to ask, with commas; all that are there if empty")
	f.StringVar(&o.modules, "modules", "", "a folder of npm packages, node_modules, to look for engines in")
	f.StringVar(&o.only, "only", "", "run programs whose name contains this")
	f.StringVar(&o.save, "save", "", "write what the engines wrote into this folder, in the form of testdata/captures")
	f.StringVar(&o.against, "against", "", "another binary of the one engine: print what changed in its texts from that one")
	f.BoolVar(&o.markdown, "markdown", false, "print the table in Markdown")
	f.BoolVar(&o.quiet, "quiet", false, "print no misses and no fingerprints")
	f.Func("binary", "ENGINE=FILE: the engine's binary, instead of the one in PATH; ENGINE may have a suffix, as in node@20", func(s string) error {
		name, file, ok := strings.Cut(s, "=")
		if !ok {
			return fmt.Errorf("want ENGINE=FILE")
		}
		o.binaries[name] = file
		return nil
	})
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	if o.modules != "" {
		var err error
		if o.modules, err = filepath.Abs(o.modules); err != nil {
			return o, err
		}
	}
	return o, nil
}

// run does what the arguments say and returns how many misses have no known reason.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (misses int, err error) {
	o, err := parseFlags(args, stderr)
	if err != nil {
		return 0, err
	}
	programs, err := readPrograms("programs", o.only)
	if err != nil {
		return 0, err
	}
	printed, err := readPrograms("printed", o.only)
	if err != nil {
		return 0, err
	}
	there, missing, err := choose(ctx, o)
	if err != nil {
		return 0, err
	}
	if o.against != "" {
		return 0, against(ctx, stdout, there, o.against, append(programs, printed...))
	}
	for _, e := range missing {
		fmt.Fprintf(stderr, "%s is left out: it is not there (%s)\n", e.Name, e.Needs)
	}
	t := newTable(append(programs, printed...))
	for _, e := range there {
		began := time.Now()
		results, err := e.run(ctx, programs, printed)
		if err != nil {
			fmt.Fprintf(stderr, "%s is left out: %v\n", e.Name, err)
			continue
		}
		fmt.Fprintf(stderr, "%s: %.1f s\n", e.title(), time.Since(began).Seconds())
		t.add(e, results)
		if o.save != "" {
			if err := save(o.save, e, results); err != nil {
				return 0, err
			}
		}
	}
	if len(t.columns) == 0 {
		return 0, errors.New("no engine is there")
	}
	t.print(stdout, o.markdown)
	if !o.quiet {
		t.printMisses(stdout)
		t.printFingerprints(stdout)
	}
	return t.unexplained(), nil
}

// choose returns the engines that are to be asked, and those that are not there.
func choose(ctx context.Context, o options) (there, missing []*Engine, err error) {
	all := engines()
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(o.binaries))) {
		family, suffix, _ := strings.Cut(name, "@")
		i := slices.IndexFunc(all, func(e *Engine) bool { return e.Name == family })
		if i < 0 {
			return nil, nil, fmt.Errorf("--binary: there is no engine %q", family)
		}
		e := *all[i]
		e.Paths = []string{o.binaries[name]}
		if suffix == "" {
			all[i] = &e
		} else {
			all = slices.Insert(all, i+1, &e)
		}
	}
	var names []string
	if o.engines != "" {
		names = strings.Split(o.engines, ",")
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(e *Engine) bool { return e.Name == name }) {
			return nil, nil, fmt.Errorf("--engines: there is no engine %q", name)
		}
	}
	for _, e := range all {
		switch {
		case names != nil && !slices.Contains(names, e.Name):
		case e.find(ctx, o.modules):
			there = append(there, e)
		default:
			missing = append(missing, e)
		}
	}
	return there, missing, nil
}

// run asks the engine for all programs, the printed ones last, in their order.
func (e *Engine) run(ctx context.Context, programs, printed []*Program) ([]*Result, error) {
	if e.Page {
		return e.runPages(ctx, programs)
	}
	if e.Prints {
		programs = slices.Concat(programs, printed)
	}
	return e.runShell(ctx, programs)
}
