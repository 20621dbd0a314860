// Stacktrace-beam is "stacktrace top" as a job of Apache Beam, for the logs of a fleet:
//
//	stacktrace-beam top --input 'gs://logs/2026-11-21/*' --output gs://out/top --runner dataflow …
//
// Run it with --help for its flags. Those of Beam and its runners are taken too.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/memfs"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	stacktracebeam "github.com/stacktrace-go/stacktrace/beam"
	_ "github.com/stacktrace-go/stacktrace/beam/objects"
)

// The exit statuses, which are those of the command stacktrace.
const (
	exitFound = iota
	exitNone
	exitUsage
)

const usage = `Usage: stacktrace-beam top --input GLOB --output PREFIX [flags]

Top groups the stack traces in files by fingerprint, as a job of Apache Beam, and
writes the most frequent groups to PREFIX.ndjson, the same lines as those of
"stacktrace top --format json", and to PREFIX.bad.ndjson the files that could not
be read: {"file": "...", "error": "..."}.

Globs and the prefix may be of any file system that Beam knows: paths, gs://, s3://.
Files that gzip, zstd, xz or bzip2 have compressed are read as they are.

The exit status is 0 if a trace was found, 1 if none was, 2 if the command line or
a file could not be read or the job failed; 0 of a job that goes on without it.

  --input GLOB,...     the files; the flag may be repeated
  --output PREFIX      where to write
  --by STRENGTH        the fingerprint to group by: exact, stable or loose (default: stable)
  -n N                 write N groups, 0 for all, in no order (default: 10)
  --tz ZONE            the zone of times without one: local (of the worker), UTC, Europe/Berlin, +02:00 (default: local)
  --year YEAR          the year of times without one (default: this year)
  --range-size BYTES   how much of a file a worker scans at once (default: 64 MiB)
  --app-code PATTERN   files of which it is a part are the application's; may be repeated
  --other-code PATTERN files of which it is a part are others'; may be repeated
  --build-hash REGEXP  what it matches in a file's path changes with each build; may be repeated
  --keep-origin        files of two hosts are two files
  --keep-query         a.js?v=1 and a.js?v=2 are two files
  --count-cause        errors with different causes are different failures
  --count-message      errors with different messages are different failures
  --max-calls N        count at most N calls of a trace (default: 8)
  --runner RUNNER      prism (in this process; the default), dataflow, flink, spark, universal

and the flags of Beam and its runners, such as --endpoint or --project.
`

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

// list is a flag that may be repeated.
type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// globs is a flag with several globs. A comma in braces or brackets is part of a glob.
type globs []string

func (g *globs) String() string { return strings.Join(*g, ",") }

func (g *globs) Set(s string) error {
	depth, begin := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				*g, begin = append(*g, s[begin:i]), i+1
			}
		}
	}
	*g = append(*g, s[begin:])
	return nil
}

// job is what the flags say.
type job struct {
	input  globs
	output string
	n      int
	scan   stacktracebeam.ScanOptions
	rules  stacktracebeam.Rules
}

func (j *job) addFlags(f *flag.FlagSet) {
	f.Var(&j.input, "input", "the files")
	f.StringVar(&j.output, "output", "", "where to write")
	f.IntVar(&j.n, "n", 10, "the number of groups")
	f.StringVar(&j.rules.By, "by", "stable", "the fingerprint to group by")
	f.StringVar(&j.scan.Zone, "tz", "local", "the zone of times without one")
	f.IntVar(&j.scan.Year, "year", 0, "the year of times without one")
	f.Int64Var(&j.scan.RangeSize, "range-size", 0, "how much of a file a worker scans at once")
	f.Var((*list)(&j.rules.AppCode), "app-code", "the application's files")
	f.Var((*list)(&j.rules.OtherCode), "other-code", "others' files")
	f.Var((*list)(&j.rules.BuildHash), "build-hash", "what changes with each build")
	f.BoolVar(&j.rules.KeepOrigin, "keep-origin", false, "files of two hosts are two files")
	f.BoolVar(&j.rules.KeepQuery, "keep-query", false, "files with two queries are two files")
	f.BoolVar(&j.rules.CountCause, "count-cause", false, "causes count")
	f.BoolVar(&j.rules.CountMessage, "count-message", false, "messages count")
	f.IntVar(&j.rules.MaxCalls, "max-calls", 0, "the number of calls that count")
}

// check returns an error if the flags do not make a job.
func (j *job) check() error {
	switch {
	case len(j.input) == 0:
		return fmt.Errorf("--input is missing")
	case j.output == "":
		return fmt.Errorf("--output is missing")
	case j.n < 0:
		return fmt.Errorf("-n %d is less than none", j.n)
	}
	if err := j.scan.Check(); err != nil {
		return err
	}
	return j.rules.Check()
}

func run(args []string, stderr io.Writer) int {
	var j job
	flags := flag.CommandLine
	flags.Init("stacktrace-beam", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { io.WriteString(stderr, usage) }
	j.addFlags(flags)
	isTop := len(args) > 0 && args[0] == "top"
	if isTop {
		args = args[1:]
	}
	if err := flags.Parse(args); err != nil {
		if err == flag.ErrHelp {
			return exitFound
		}
		return exitUsage
	}
	beam.Init() // does not return on a worker of a runner, which starts this program with flags of its own
	fail := func(err error) int {
		fmt.Fprintf(stderr, "stacktrace-beam: %s; see stacktrace-beam --help\n", strings.TrimPrefix(err.Error(), "stacktracebeam: "))
		return exitUsage
	}
	if !isTop {
		return fail(fmt.Errorf("the only command is top"))
	}
	if flags.NArg() > 0 {
		return fail(fmt.Errorf("%q is no flag", flags.Arg(0)))
	}
	if err := j.check(); err != nil {
		return fail(err)
	}
	p := beam.NewPipeline()
	stacktracebeam.WriteTop(p.Root(), j.input, j.output, j.n, j.scan, j.rules)
	result, err := beamx.RunWithMetrics(context.Background(), p)
	if err != nil {
		fmt.Fprintf(stderr, "stacktrace-beam: the job failed: %v\n", err)
		return exitUsage
	}
	return j.status(result, stderr)
}

// status tells of files that could not be read and returns the exit status of a job that has ended.
func (j *job) status(result beam.PipelineResult, stderr io.Writer) int {
	if result == nil {
		return exitFound
	}
	counts := map[string]int64{}
	known := false
	for _, c := range result.Metrics().AllMetrics().Counters() {
		if c.Namespace() == stacktracebeam.Counters {
			counts[c.Name()] += c.Result()
			known = true
		}
	}
	switch {
	case !known:
		return exitFound // the runner keeps its metrics elsewhere
	case counts[stacktracebeam.CounterBad] > 0:
		fmt.Fprintf(stderr, "stacktrace-beam: %d files could not be read: see %s.bad.ndjson\n", counts[stacktracebeam.CounterBad], j.output)
		return exitUsage
	case counts[stacktracebeam.CounterTraces] == 0:
		return exitNone
	}
	return exitFound
}
