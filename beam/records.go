package stacktracebeam

import (
	"reflect"
	"slices"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/stacktrace-go/stacktrace/logscan"
)

func init() {
	beam.RegisterType(reflect.TypeFor[recordFn]())
	beam.RegisterType(reflect.TypeFor[linesOfFn]())
	beam.RegisterFunction(bySource)
	register.Iter1[Record]()
}

// Record is what a source of records gives: a message of Kafka or Pub/Sub.
type Record struct {
	Source string // where it comes from: a topic and partition, a container, a host and file
	Offset int64  // its place among those of its source
	Text   string // a line, or several
}

// ScanRecords finds the traces in a PCollection<Record> in which each record has whole traces: a program's error with its
// stack, an entry of a logger in JSON, a record that a collector has put together. The traces are in the windows of
// their records, with their event times. Start and End of a trace are in its record, behind the record's Offset.
//
// The collection may be unbounded. Then Group needs windows, since it gives a group when its window ends:
//
//	records := ... // of Kafka or Pub/Sub, with the time of each record as its event time
//	minutes := beam.WindowInto(s, window.NewFixedWindows(time.Minute), records)
//	traces := stacktracebeam.ScanRecords(s, minutes, stacktracebeam.ScanOptions{})
//	groups := stacktracebeam.Group(s, stacktracebeam.Fingerprint(s, traces, stacktracebeam.Rules{}))
//
// gives each minute's failures. The runner must support unbounded collections, event-time windows and watermarks, as
// Flink and Dataflow do; what comes later than its watermark is dropped unless the window allows it
// (beam.AllowedLateness), and with triggers a window may give a group several times, to which beam.PanesAccumulate or
// beam.PanesDiscard says whether it counts what was given before. Groups of several windows can be combined again by Group,
// in a longer window, with the fingerprint as the key: nothing is counted twice.
func ScanRecords(s beam.Scope, records beam.PCollection, o ScanOptions) beam.PCollection {
	s = s.Scope("stacktracebeam.ScanRecords")
	return beam.ParDo(s, &recordFn{o.withYear()}, records)
}

// ScanLines finds the traces in a PCollection<Record> whose records are lines, so that a trace has several. The lines of a
// source are put together in each window, in the order of their offsets: so a window of one source must have place in a
// worker's memory, and a trace over which a window ends is cut. Use windows of minutes, and ScanRecords if the
// records can be whole.
func ScanLines(s beam.Scope, records beam.PCollection, o ScanOptions) beam.PCollection {
	s = s.Scope("stacktracebeam.ScanLines")
	return beam.ParDo(s, &linesOfFn{o.withYear()}, beam.GroupByKey(s, beam.ParDo(s, bySource, records)))
}

func bySource(r Record) (string, Record) { return r.Source, r }

// withYear returns the options with the year in which the pipeline is made, if they tell none.
func (o ScanOptions) withYear() ScanOptions {
	if o.Year == 0 {
		o.Year = time.Now().Year()
	}
	return o
}

// recordFn scans records one by one.
type recordFn struct{ Options ScanOptions }

// Setup checks the options.
func (fn *recordFn) Setup() error { return fn.Options.Check() }

// ProcessElement gives the traces of a record.
func (fn *recordFn) ProcessElement(r Record, emit func(Trace)) {
	scanRecords(fn.Options, []Record{r}, emit)
}

// linesOfFn scans the lines of a source.
type linesOfFn struct{ Options ScanOptions }

// Setup checks the options.
func (fn *linesOfFn) Setup() error { return fn.Options.Check() }

// ProcessElement gives the traces in the lines of a source.
func (fn *linesOfFn) ProcessElement(_ string, records func(*Record) bool, emit func(Trace)) {
	var all []Record
	for r := (Record{}); records(&r); {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b Record) int { return compare(a.Offset, b.Offset) })
	scanRecords(fn.Options, all, emit)
}

// compare returns -1, 0 or 1 if a is less than, equal to or greater than b.
func compare(a, b int64) int { return int(min(max(a-b, -1), 1)) }

// scanRecords finds the traces in records of one source. Offsets are those of the record in which a trace begins.
func scanRecords(o ScanOptions, records []Record, emit func(Trace)) {
	zone, _ := readZone(o.Zone) // was checked
	offsets := make([]int64, 0, len(records))
	last := Trace{End: -1}
	p := logscan.NewPusher(o.scan(zone), func(f logscan.Found) {
		i, ok := slices.BinarySearch(offsets, f.Start)
		if !ok {
			i--
		}
		t := traceOf(f)
		shift := records[i].Offset - offsets[i]
		t.File, t.Start, t.End = records[i].Source, t.Start+shift, t.End+shift
		if t.Start == last.Start && t.End == last.End {
			t.Nth = last.Nth + 1
		}
		last = Trace{Start: t.Start, End: t.End, Nth: t.Nth}
		emit(t)
	})
	offset := int64(0)
	for i := range records {
		offsets = append(offsets, offset)
		text := records[i].Text
		p.Push("", text)
		offset += int64(len(text))
		if text == "" || text[len(text)-1] != '\n' {
			offset++
		}
	}
	p.Close()
}
