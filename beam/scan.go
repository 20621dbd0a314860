package stacktracebeam

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/sdf"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/rtrackers/offsetrange"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/stacktrace-go/stacktrace/internal/zone"
	"github.com/stacktrace-go/stacktrace/logscan"
)

func init() {
	beam.RegisterType(reflect.TypeFor[matchFn]())
	beam.RegisterType(reflect.TypeFor[inspectFn]())
	beam.RegisterType(reflect.TypeFor[scanFn]())
	register.Emitter1[string]()
	register.Emitter1[File]()
	register.Emitter1[Trace]()
	register.Emitter1[Range]()
	register.Emitter1[BadFile]()
	beam.RegisterType(reflect.TypeFor[leastFn]())
	beam.RegisterFunction(badByFile)
	beam.RegisterFunction(badOf)
}

// ScanOptions tell how logs are scanned. The zero value is right for most.
type ScanOptions struct {
	// MaxLine, MaxTrace, MaxGap, MaxStreams and Year are those of logscan.Options. A Year of 0 is that in which the
	// pipeline was made.
	MaxLine, MaxTrace, MaxGap, MaxStreams int
	Year                                  int

	// Zone is the zone of times that tell none: the name of one in the IANA database, an offset such as +02:00, or
	// "local" for that of the worker. "" is UTC.
	Zone string

	// RangeSize is how many bytes of a file are scanned by a worker at once, before a runner splits ranges further.
	// 0 is 64 MiB. A range costs some 4 MB more to scan than it has.
	RangeSize int64
}

// Scanned is what Scan finds.
type Scanned struct {
	Traces  beam.PCollection // of Trace
	Bad     beam.PCollection // of BadFile
	Ranges  beam.PCollection // of Range: for Number
	Several beam.PCollection // one bool, whether there are several files: for Lines
}

// Scan finds the traces in the files that match the globs in a PCollection<string>, of any file system that Beam knows
// and the program imports.
//
// Files of text are split, if their file system can read from an offset on; a runner may split ranges further while
// they are scanned. A range has the traces whose first line begins in it. Files that gzip, zstd, xz or bzip2 have
// compressed and files in UTF-16 are known by their first bytes, and are one range each.
//
// A file that cannot be read is told in Bad, once, and does not end the job.
func Scan(s beam.Scope, globs beam.PCollection, o ScanOptions) Scanned {
	s = s.Scope("stacktracebeam.Scan")
	o = o.withYear()
	names, unmatched := beam.ParDo2(s, &matchFn{}, globs)
	files, uninspected := beam.ParDo2(s, &inspectFn{}, beam.Reshuffle(s, names))
	traces, ranges, unread := beam.ParDo3(s, &scanFn{Options: o}, files)
	bad := beam.ParDo(s, badByFile, beam.Flatten(s, unmatched, uninspected, unread))
	return Scanned{
		Traces:  traces,
		Bad:     beam.ParDo(s, badOf, beam.CombinePerKey(s, &leastFn{}, bad)),
		Ranges:  ranges,
		Several: several(s, names),
	}
}

// matchFn gives the names of the files that match a glob.
type matchFn struct{}

func (*matchFn) ProcessElement(ctx context.Context, glob string, emit func(string), emitBad func(BadFile)) error {
	fs, err := filesystem.New(ctx, glob)
	if err != nil {
		return err // of all workers
	}
	defer fs.Close()
	names, err := fs.List(ctx, glob)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		emitBad(BadFile{glob, "no file matches"})
	}
	for _, name := range names {
		emit(name)
	}
	return nil
}

// inspectFn looks at the first bytes of files.
type inspectFn struct{}

func (*inspectFn) ProcessElement(ctx context.Context, name string, emit func(File), emitBad func(BadFile)) {
	f, err := inspect(ctx, name)
	if err != nil {
		emitBad(badFile(name, err))
		return
	}
	emit(f)
}

// badFile returns a file with the reason why it could not be read, which tells its name once.
func badFile(name string, err error) BadFile {
	return BadFile{name, strings.TrimPrefix(strings.TrimPrefix(err.Error(), "open "+name+": "), "read "+name+": ")}
}

func badByFile(b BadFile) (string, string)    { return b.File, b.Error }
func badOf(file string, error string) BadFile { return BadFile{file, error} }

// leastFn combines texts to the first in the alphabet.
type leastFn struct{}

func (*leastFn) MergeAccumulators(a, b string) string { return min(a, b) }

// scanFn is a splittable DoFn that scans ranges of files. The restriction of a file that cannot be split is the range
// from 0 to 1, which stands for all of it.
type scanFn struct {
	Options ScanOptions

	zone *time.Location
}

// Setup reads the zone.
func (fn *scanFn) Setup() (err error) {
	fn.zone, err = readZone(fn.Options.Zone)
	return err
}

// readZone returns the zone with a name: one of the IANA database, an offset, or "local".
func readZone(name string) (*time.Location, error) {
	z, err := zone.Named(name)
	if err != nil {
		return nil, fmt.Errorf("stacktracebeam: %q is no zone: local, UTC, Europe/Berlin, +02:00", name)
	}
	return z, nil
}

// CreateInitialRestriction returns all of a file.
func (fn *scanFn) CreateInitialRestriction(f File) offsetrange.Restriction {
	if !f.Text {
		return offsetrange.Restriction{Start: 0, End: 1}
	}
	return offsetrange.Restriction{Start: 0, End: f.Size}
}

// SplitRestriction splits a file into ranges of the same size, or one that is up to half as long again.
func (fn *scanFn) SplitRestriction(f File, r offsetrange.Restriction) []offsetrange.Restriction {
	size := fn.Options.RangeSize
	if size <= 0 {
		size = 64 << 20
	}
	return r.EvenSplits(max(1, (r.End-r.Start+size/2)/size))
}

// RestrictionSize returns the number of bytes.
func (fn *scanFn) RestrictionSize(f File, r offsetrange.Restriction) float64 {
	if !f.Text {
		return float64(f.Size)
	}
	return r.Size()
}

// CreateTracker returns what tracks how far a range was scanned.
func (fn *scanFn) CreateTracker(r offsetrange.Restriction) *sdf.LockRTracker {
	return sdf.NewLockRTracker(offsetrange.NewTracker(r))
}

// ProcessElement gives the traces whose first line begins in a range.
func (fn *scanFn) ProcessElement(ctx context.Context, rt *sdf.LockRTracker, f File, emit func(Trace), emitRange func(Range), emitBad func(BadFile)) error {
	part := newPart(rt, &f)
	err := fn.scan(ctx, &f, part, emit)
	part.finish()
	if err != nil {
		emitBad(badFile(f.Name, err))
	}
	emitRange(Range{f.Name, part.start, part.pos, part.lines})
	return nil
}

func (fn *scanFn) scan(ctx context.Context, f *File, p *part, emit func(Trace)) error {
	in, done, err := f.open(ctx, fn.Options.reach())
	if err != nil {
		return err
	}
	defer done()
	return p.scan(in, f.Name, fn.Options.scan(fn.zone), emit)
}

// scan returns the options for the scanner.
func (o *ScanOptions) scan(zone *time.Location) logscan.Options {
	return logscan.Options{MaxLine: o.MaxLine, MaxTrace: o.MaxTrace, MaxGap: o.MaxGap, MaxStreams: o.MaxStreams, Year: o.Year, Location: zone}
}

// reach returns how far before what a scanner has read a trace may begin that it finds, at most.
func (o *ScanOptions) reach() int64 {
	return 1<<22 + 4*int64(16*o.MaxGap+2*o.MaxLine+o.MaxTrace)
}

// traceOf returns a trace that was found as an element of a collection.
func traceOf(f logscan.Found) Trace {
	return Trace{
		Start: f.Start, End: f.End, Prefix: f.Prefix, Time: f.Time, Zone: f.Zone, Stream: f.Stream,
		Truncated: f.Truncated, Text: f.Text, Trace: f.Trace,
	}
}

// lineStep is how many bytes there are between two offsets at which it is known how many lines there were.
const lineStep = 4 << 10

// part is a range of a file that is being scanned. It claims what is read, ends the scan where a runner has split
// the range, and counts lines.
type part struct {
	start, end int64
	tracker    *sdf.LockRTracker
	claims     bool // the restriction has offsets
	stopped    bool // no more can be claimed
	scanner    *logscan.Scanner

	in    io.ReaderAt
	pos   int64   // up to where lines are counted
	lines int64   // line ends from start to pos
	steps []int64 // line ends from start to each step, without the first steps
	first int     // how many steps are left out
}

// newPart returns the range of a file that a restriction stands for.
func newPart(rt *sdf.LockRTracker, f *File) *part {
	if !f.Text {
		rt.TryClaim(int64(0))
		return &part{tracker: rt, end: everything}
	}
	r := rt.GetRestriction().(offsetrange.Restriction)
	return &part{tracker: rt, claims: true, start: r.Start, end: r.End}
}

// scan gives the traces of the part of a file.
func (p *part) scan(in io.ReaderAt, name string, o logscan.Options, emit func(Trace)) error {
	p.in, p.pos, p.steps = in, p.start, []int64{0}
	p.scanner = logscan.ScanRange(p, p.start, p.end, o)
	last := Trace{End: -1}
	for p.scanner.Scan() {
		t := traceOf(p.scanner.Found())
		t.File, t.Base = name, p.start
		if t.Start == last.Start && t.End == last.End {
			t.Nth = last.Nth + 1
		}
		last = Trace{Start: t.Start, End: t.End, Nth: t.Nth}
		var err error
		if t.Line, err = p.lineAt(t.Start); err != nil {
			return err
		}
		emit(t)
	}
	return p.scanner.Err()
}

// ReadAt reads for the scanner.
func (p *part) ReadAt(b []byte, offset int64) (int, error) {
	n, err := p.in.ReadAt(b, offset)
	if next := offset + int64(n); offset <= p.pos && p.pos < next && p.pos < p.end {
		p.claim(next)
		if until := min(next, p.end); until > p.pos {
			p.count(b[p.pos-offset : until-offset])
		}
	}
	return n, err
}

// claim claims what is before an offset. Where a runner has split the range, its end is earlier than it was.
func (p *part) claim(offset int64) {
	if !p.claims || p.stopped {
		return
	}
	if !p.tracker.TryClaim(min(offset, p.end) - 1) {
		p.stopped = true
	}
	p.end = min(p.end, p.tracker.GetRestriction().(offsetrange.Restriction).End)
	p.scanner.EndAt(p.end)
}

// finish claims what is left, of a file that has become shorter or could not be read.
func (p *part) finish() {
	if p.claims && !p.stopped && !p.tracker.IsDone() {
		p.tracker.TryClaim(p.tracker.GetRestriction().(offsetrange.Restriction).End)
	}
}

// count counts the lines of the next bytes.
func (p *part) count(b []byte) {
	for len(b) > 0 {
		n := min(int64(len(b)), lineStep-(p.pos-p.start)%lineStep)
		p.lines += int64(bytes.Count(b[:n], []byte{'\n'}))
		p.pos += n
		b = b[n:]
		if (p.pos-p.start)%lineStep == 0 {
			p.steps = append(p.steps, p.lines)
		}
	}
	const most = 1 << 16 // of 256 MiB
	if len(p.steps) > most {
		drop := len(p.steps) - most/2
		p.steps = append(p.steps[:0], p.steps[drop:]...)
		p.first += drop
	}
}

// lineAt returns the number of the line that begins at an offset, from 1 at the beginning of the range.
func (p *part) lineAt(offset int64) (int, error) {
	step := (offset - p.start) / lineStep
	i := int(step) - p.first
	if i < 0 || i >= len(p.steps) {
		return 0, fmt.Errorf("offset %d was not counted", offset)
	}
	from := p.start + step*lineStep
	b := make([]byte, offset-from)
	if _, err := p.in.ReadAt(b, from); err != nil && err != io.EOF {
		return 0, err
	}
	return 1 + int(p.steps[i]) + bytes.Count(b, []byte{'\n'}), nil
}

// Check returns an error if the options have a mistake, which would end a job else.
func (o ScanOptions) Check() error {
	_, err := readZone(o.Zone)
	return err
}
