package stacktracebeam

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/stacktrace-go/stacktrace/internal/groups"
)

func init() {
	beam.RegisterFunction(byExample)
	beam.RegisterFunction(byFile)
	beam.RegisterType(reflect.TypeFor[numberFn]())
	beam.RegisterType(reflect.TypeFor[linesFn]())
	beam.RegisterType(reflect.TypeFor[countFn]())
	beam.RegisterFunction(isSeveral)
	register.Iter1[Traces]()
	register.Iter1[Range]()
	register.Iter1[Totals]()
	register.Iter1[bool]()
}

// several returns a PCollection<bool> with one element, whether there are several files.
func several(s beam.Scope, names beam.PCollection) beam.PCollection {
	return beam.ParDo(s, isSeveral, beam.Combine(s, &countFn{}, names))
}

type countFn struct{}

func (*countFn) CreateAccumulator() int         { return 0 }
func (*countFn) AddInput(n int, _ string) int   { return n + 1 }
func (*countFn) MergeAccumulators(a, b int) int { return a + b }
func (*countFn) ExtractOutput(n int) int        { return n }
func isSeveral(n int) bool                      { return n > 1 }
func byExample(t Traces) (string, Traces)       { return t.group().Example.File, t }
func byFile(r Range) (string, Range)            { return r.File, r }

// Number fills in the number of the line at which the first trace of each group is, in a PCollection<Traces> of files:
// ranges are the Scanned.Ranges of the same Scan.
func Number(s beam.Scope, all, ranges beam.PCollection) beam.PCollection {
	s = s.Scope("stacktracebeam.Number")
	return beam.ParDo(s, &numberFn{}, beam.CoGroupByKey(s, beam.ParDo(s, byExample, all), beam.ParDo(s, byFile, ranges)))
}

type numberFn struct{}

// ProcessElement numbers the lines of the examples in one file.
func (*numberFn) ProcessElement(_ string, all func(*Traces) bool, ranges func(*Range) bool, emit func(Traces)) {
	var sorted []Range
	for r := (Range{}); ranges(&r); {
		sorted = append(sorted, r)
	}
	slices.SortFunc(sorted, func(a, b Range) int { return compare(a.Start, b.Start) })
	before := make([]int64, len(sorted)+1) // lines before each range
	for i, r := range sorted {
		before[i+1] = before[i] + r.Lines
	}
	for t := (Traces{}); all(&t); {
		g := *t.group()
		if g.Example.Line > 0 {
			i, _ := slices.BinarySearchFunc(sorted, g.Example.Base, func(r Range, base int64) int { return compare(r.Start, base) })
			g.Example.Line, g.Example.Base = g.Example.Line+int(before[i]), 0
		}
		emit(Traces{&g})
	}
}

// Lines makes of a PCollection<Traces> the lines of JSON that "stacktrace top --format json" writes, a
// PCollection<string> in no order. Totals is what Total returns for all groups, of which these may be a part, and several
// a PCollection<bool> with one element: whether lines tell the file of the first trace.
func Lines(s beam.Scope, all, totals, several beam.PCollection) beam.PCollection {
	s = s.Scope("stacktracebeam.Lines")
	return beam.ParDo(s, &linesFn{}, all, beam.SideInput{Input: totals}, beam.SideInput{Input: several})
}

type linesFn struct{}

// ProcessElement returns the line of one group.
func (*linesFn) ProcessElement(t Traces, totals func(*Totals) bool, several func(*bool) bool) (string, error) {
	var all Totals
	totals(&all)
	var isSeveral bool
	several(&isSeveral)
	return lineOf(t.group(), &all.t, isSeveral)
}

func lineOf(g *groups.Group, all *groups.Totals, several bool) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(g.Row(all, several)); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}
