package stacktracebeam

import (
	"bufio"
	"context"
	"encoding/json"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/stacktrace-go/stacktrace/internal/groups"
)

func init() {
	beam.RegisterType(reflect.TypeFor[writeGroupsFn]())
	beam.RegisterType(reflect.TypeFor[writeBadFn]())
	beam.RegisterFunction(noTraces)
	beam.RegisterFunction(noBadFile)
	register.Iter1[BadFile]()
}

// The counters of a job of WriteTop, and the namespace that they are in.
const (
	Counters      = "stacktrace"
	CounterTraces = "traces"
	CounterBad    = "bad_files"
)

// WriteTop does what the command does: it writes the n most frequent groups of the files that match globs to PREFIX.ndjson,
// as "stacktrace top --format json" does, and the files that could not be read to PREFIX.bad.ndjson. With n 0 it
// writes all groups, in no order.
func WriteTop(s beam.Scope, globs []string, prefix string, n int, o ScanOptions, r Rules) {
	filesystem.ValidateScheme(prefix)
	scanned := Scan(s, beam.CreateList(s, globs), o)
	all := Group(s, Fingerprint(s, scanned.Traces, r))
	totals := Total(s, all)
	if n > 0 {
		all = Top(s, all, n)
	}
	all = Number(s, all, scanned.Ranges)
	// An element that is none is written too, so that there are files if nothing was found.
	none := beam.Impulse(s)
	keyed := beam.AddFixedKey(s, beam.Flatten(s, all, beam.ParDo(s, noTraces, none)))
	beam.ParDo0(s, &writeGroupsFn{File: prefix + ".ndjson", Sorted: n > 0}, beam.GroupByKey(s, keyed), beam.SideInput{Input: totals}, beam.SideInput{Input: scanned.Several})
	bad := beam.AddFixedKey(s, beam.Flatten(s, scanned.Bad, beam.ParDo(s, noBadFile, none)))
	beam.ParDo0(s, &writeBadFn{File: prefix + ".bad.ndjson"}, beam.GroupByKey(s, bad))
}

func noTraces([]byte) Traces   { return Traces{new(groups.Group)} }
func noBadFile([]byte) BadFile { return BadFile{} }

// writeGroupsFn writes groups to a file, the most frequent first if they are to be sorted.
type writeGroupsFn struct {
	File   string
	Sorted bool
}

// ProcessElement writes the groups.
func (fn *writeGroupsFn) ProcessElement(ctx context.Context, _ int, all func(*Traces) bool, totals func(*Totals) bool, several func(*bool) bool) error {
	var sum Totals
	totals(&sum)
	var isSeveral bool
	several(&isSeveral)
	beam.NewCounter(Counters, CounterTraces).Inc(ctx, int64(sum.Traces()))
	return writeLines(ctx, fn.File, func(write func(string) error) error {
		writeGroup := func(g *groups.Group) error {
			line, err := lineOf(g, &sum.t, isSeveral)
			if err != nil {
				return err
			}
			return write(line)
		}
		var sorted []*groups.Group
		for t := (Traces{}); all(&t); {
			g := t.group()
			switch {
			case g.Count == 0:
			case fn.Sorted:
				sorted = append(sorted, g)
			default:
				if err := writeGroup(g); err != nil {
					return err
				}
			}
		}
		slices.SortFunc(sorted, groups.Compare)
		for _, g := range sorted {
			if err := writeGroup(g); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeBadFn writes which files could not be read.
type writeBadFn struct{ File string }

// ProcessElement writes the names of files, with the reasons.
func (fn *writeBadFn) ProcessElement(ctx context.Context, _ int, all func(*BadFile) bool) error {
	var sorted []BadFile
	for b := (BadFile{}); all(&b); {
		if b != (BadFile{}) {
			sorted = append(sorted, b)
		}
	}
	slices.SortFunc(sorted, func(a, b BadFile) int {
		if a.File < b.File {
			return -1
		}
		return 1
	})
	beam.NewCounter(Counters, CounterBad).Inc(ctx, int64(len(sorted)))
	return writeLines(ctx, fn.File, func(write func(string) error) error {
		for _, b := range sorted {
			line, err := json.Marshal(b)
			if err != nil {
				return err
			}
			if err := write(string(line)); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeLines writes a file of any file system. A file that was there is written anew, so that a bundle can be tried
// again.
func writeLines(ctx context.Context, name string, lines func(write func(string) error) error) error {
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return err
	}
	defer fs.Close()
	file, err := fs.OpenWrite(ctx, name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 64<<10)
	err = lines(func(line string) error {
		if _, err := out.WriteString(line); err != nil {
			return err
		}
		return out.WriteByte('\n')
	})
	if err != nil {
		file.Close()
		return err
	}
	if err := out.Flush(); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
