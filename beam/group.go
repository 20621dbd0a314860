package stacktracebeam

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

func init() {
	beam.RegisterType(reflect.TypeFor[fingerprintFn]())
	beam.RegisterType(reflect.TypeFor[groupFn]())
	beam.RegisterType(reflect.TypeFor[totalFn]())
	beam.RegisterType(reflect.TypeFor[topFn]())
	beam.RegisterType(reflect.TypeFor[rankedFn]())
	beam.RegisterFunction(tracesOf)
	register.Emitter1[Traces]()
	beam.RegisterCoder(reflect.TypeFor[ranking](), encodeRanking, decodeRanking)
}

// Rules tell what fingerprints count. The zero value is that of the command "stacktrace top".
type Rules struct {
	By string // "exact", "stable" or "loose"; "" is stable

	AppCode, OtherCode []string // files of which such a pattern is a part are the application's, or others'
	BuildHash          []string // what such a regular expression matches in a file's path changes with each build
	KeepOrigin         bool     // files of two hosts are two files
	KeepQuery          bool     // a.js?v=1 and a.js?v=2 are two files
	CountCause         bool     // errors with different causes are different failures
	CountMessage       bool     // errors with different messages are different failures
	MaxCalls           int      // of a trace that are counted; 0 is 8
}

// read returns what the rules mean.
func (r *Rules) read() (by normalize.Strength, options []normalize.Option, err error) {
	strengths := map[string]normalize.Strength{"": normalize.Stable}
	for _, s := range [...]normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose} {
		strengths[s.String()] = s
	}
	by, ok := strengths[r.By]
	if !ok {
		return 0, nil, fmt.Errorf("stacktracebeam: unknown fingerprint %q: exact, stable or loose", r.By)
	}
	if len(r.AppCode) > 0 {
		options = append(options, normalize.InApp(r.AppCode...))
	}
	if len(r.OtherCode) > 0 {
		options = append(options, normalize.NotInApp(r.OtherCode...))
	}
	for _, hash := range r.BuildHash {
		pattern, err := regexp.Compile(hash)
		if err != nil {
			return 0, nil, fmt.Errorf("stacktracebeam: the build hash %s: %w", hash, err)
		}
		options = append(options, normalize.Hash(pattern))
	}
	for _, o := range [...]struct {
		is     bool
		option func() normalize.Option
	}{{r.KeepOrigin, normalize.KeepOrigin}, {r.KeepQuery, normalize.KeepQuery}, {r.CountCause, normalize.CountCause}, {r.CountMessage, normalize.CountMessage}} {
		if o.is {
			options = append(options, o.option())
		}
	}
	if r.MaxCalls < 0 {
		return 0, nil, fmt.Errorf("stacktracebeam: %d calls are less than none", r.MaxCalls)
	}
	if r.MaxCalls > 0 {
		options = append(options, normalize.MaxFrames(r.MaxCalls))
	}
	return by, options, nil
}

// Check returns an error if the rules have a mistake, which would end a job else.
func (r Rules) Check() error {
	_, _, err := r.read()
	return err
}

// Fingerprint makes of a PCollection<Trace> a PCollection<KV<string, Traces>>: each trace by its fingerprint, with what
// its group keeps of it. It does not matter on which worker, when or with which other traces that was done: fingerprints
// are the same everywhere, for the same version of the library and the same rules.
func Fingerprint(s beam.Scope, traces beam.PCollection, r Rules) beam.PCollection {
	if err := r.Check(); err != nil {
		panic(err)
	}
	s = s.Scope("stacktracebeam.Fingerprint")
	return beam.ParDo(s, &fingerprintFn{Rules: r}, traces)
}

// fingerprintFn remembers what it has made of the last traces. That changes nothing but how long it takes.
type fingerprintFn struct {
	Rules Rules

	by      normalize.Strength
	options []normalize.Option
	known   *groups.Meanings
}

// Setup reads the rules.
func (fn *fingerprintFn) Setup() (err error) {
	fn.known = groups.NewMeanings()
	fn.by, fn.options, err = fn.Rules.read()
	return err
}

// ProcessElement gives the fingerprint of a trace.
func (fn *fingerprintFn) ProcessElement(t Trace) (string, Traces) {
	key := fn.known.Key(t.Trace)
	meaning := fn.known.Get(key)
	if meaning == nil {
		meaning = groups.MeaningOf(normalize.Trace(t.Trace, fn.options...), fn.by)
		fn.known.Remember(key, meaning, meaning.Fingerprint)
	}
	one := new(groups.Group)
	at := groups.Place{File: t.File, Start: t.Start, End: t.End, Nth: t.Nth, Line: t.Line, Base: t.Base}
	one.Add(&logscan.Found{Trace: t.Trace, Time: t.Time}, &at, meaning)
	return one.Fingerprint, Traces{one}
}

// Group combines a PCollection<KV<string, Traces>> to one element for each fingerprint, and window: PCollection<Traces>.
// Nothing is gathered on one worker: a runner may combine in any order, before a shuffle too.
func Group(s beam.Scope, prints beam.PCollection) beam.PCollection {
	s = s.Scope("stacktracebeam.Group")
	return beam.ParDo(s, tracesOf, beam.CombinePerKey(s, &groupFn{}, prints))
}

func tracesOf(_ string, t Traces) Traces { return t }

// groupFn merges the traces of one fingerprint.
type groupFn struct{}

func (*groupFn) CreateAccumulator() Traces { return Traces{new(groups.Group)} }

func (*groupFn) AddInput(all, one Traces) Traces {
	all.g.Merge(one.group())
	return all
}

func (*groupFn) MergeAccumulators(a, b Traces) Traces {
	a.g.Merge(b.group())
	return a
}

func (*groupFn) ExtractOutput(all Traces) Traces { return all }

// Total counts what the groups of a PCollection<Traces> have together: a PCollection<Totals> with one element for each
// window.
func Total(s beam.Scope, all beam.PCollection) beam.PCollection {
	s = s.Scope("stacktracebeam.Total")
	return beam.Combine(s, &totalFn{}, all)
}

type totalFn struct{}

func (*totalFn) CreateAccumulator() Totals { return Totals{} }

func (*totalFn) AddInput(all Totals, one Traces) Totals {
	all.t.Add(one.group())
	return all
}

func (*totalFn) MergeAccumulators(a, b Totals) Totals {
	a.t.Merge(b.t)
	return a
}

func (*totalFn) ExtractOutput(all Totals) Totals { return all }

// Top keeps the n most frequent groups of a PCollection<Traces>, in each window. Of those as frequent the one is first
// that was seen first: in the first file by name, at the least offset.
func Top(s beam.Scope, all beam.PCollection, n int) beam.PCollection {
	s = s.Scope("stacktracebeam.Top")
	return beam.ParDo(s, &rankedFn{}, beam.Combine(s, &topFn{n}, all))
}

// ranking is the most frequent groups, in no order while more come.
type ranking struct{ all []*groups.Group }

type topFn struct{ N int }

func (*topFn) CreateAccumulator() ranking { return ranking{} }

func (fn *topFn) AddInput(best ranking, one Traces) ranking {
	best.all = append(best.all, one.group())
	if len(best.all) >= 2*fn.N+16 {
		best.cut(fn.N)
	}
	return best
}

func (fn *topFn) MergeAccumulators(a, b ranking) ranking {
	a.all = append(a.all, b.all...)
	a.cut(fn.N)
	return a
}

func (fn *topFn) ExtractOutput(best ranking) ranking {
	best.cut(fn.N)
	return best
}

// cut sorts the groups and leaves n.
func (r *ranking) cut(n int) {
	slices.SortFunc(r.all, groups.Compare)
	r.all = r.all[:min(n, len(r.all))]
}

// rankedFn gives the groups of a ranking.
type rankedFn struct{}

func (*rankedFn) ProcessElement(best ranking, emit func(Traces)) {
	for _, g := range best.all {
		emit(Traces{g})
	}
}

var errRanking = errors.New("stacktracebeam: not a ranking of this version")

func encodeRanking(r ranking) ([]byte, error) {
	var b []byte
	for _, g := range r.all {
		one, err := g.MarshalBinary()
		if err != nil {
			return nil, err
		}
		b = append(binary.AppendUvarint(b, uint64(len(one))), one...)
	}
	return b, nil
}

func decodeRanking(b []byte) (r ranking, err error) {
	for len(b) > 0 {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return r, errRanking
		}
		g := new(groups.Group)
		if err := g.UnmarshalBinary(b[size : size+int(n)]); err != nil {
			return r, cmp.Or(err, errRanking)
		}
		r.all, b = append(r.all, g), b[size+int(n):]
	}
	return r, nil
}
