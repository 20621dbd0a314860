package stacktracebeam

import (
	"encoding/json"
	"errors"
	"reflect"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/groups"
)

// Trace is a trace that was found in a log.
type Trace struct {
	// File is the name of the file, or what a record says of where it comes from. Start and End are offsets in
	// its text, in bytes, uncompressed and in UTF-8: where the first line begins and where the last one ends. Nth
	// counts the traces of the same lines, from 0.
	File       string `json:"file,omitempty"`
	Start, End int64
	Nth        int `json:",omitempty"`

	// Line is the number of the first line, from 1, if lines are counted from the offset Base on. 0 is unknown.
	Line int   `json:",omitempty"`
	Base int64 `json:",omitempty"`

	// Prefix, Time, Zone, Stream and Truncated are as logscan.Found has them.
	Prefix    string `json:"prefix,omitempty"`
	Time      time.Time
	Zone      string `json:"zone,omitempty"`
	Stream    string `json:"stream,omitempty"`
	Truncated string `json:"truncated,omitempty"`

	// Text is the lines of the trace without their prefixes, and Trace what was read from it.
	Text  string
	Trace *stacktrace.Trace
}

// BadFile is a file that could not be read, or not to its end. The traces before are found.
type BadFile struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

// Range is a part of a file that was scanned as a whole. Lines is the number of line ends in it.
type Range struct {
	File       string
	Start, End int64
	Lines      int64
}

// Traces are traces of one fingerprint, counted. The zero value has none.
type Traces struct{ g *groups.Group }

// Fingerprint returns what the traces have in common, and Count how many there are.
func (t Traces) Fingerprint() string { return t.group().Fingerprint }
func (t Traces) Count() int          { return t.group().Count }

// First and Last return the times of the first and the last trace; zero if none had one.
func (t Traces) First() time.Time { return t.group().First }
func (t Traces) Last() time.Time  { return t.group().Last }

// Title returns the type and the message that tell most of the failure, Culprit the call that it is put down to.
func (t Traces) Title() string   { return t.group().Title() }
func (t Traces) Culprit() string { return t.group().Culprit() }

// Type, Code and Cause return what the first trace says that says anything.
func (t Traces) Type() string  { return t.group().Type() }
func (t Traces) Code() string  { return t.group().Code() }
func (t Traces) Cause() string { return t.group().Cause() }

// Message returns the most frequent message and how often it was logged. The number is an estimate if there are more
// than eight messages.
func (t Traces) Message() (text string, count int) {
	if all := t.group().Messages(); len(all) > 0 {
		return all[0].Name, all[0].Count
	}
	return "", 0
}

// Engines returns in how many traces each engine's syntax was seen.
func (t Traces) Engines() map[stacktrace.Engine]int {
	engines := map[stacktrace.Engine]int{}
	for _, e := range t.group().Engines() {
		engines[e.Engine] = e.Count
	}
	return engines
}

// Example returns the file and offset of the first trace, and the number of its line; 0 if nobody counted.
func (t Traces) Example() (file string, offset int64, line int) {
	at := t.group().Example
	return at.File, at.Start, at.Line
}

func (t Traces) group() *groups.Group {
	if t.g == nil {
		return new(groups.Group)
	}
	return t.g
}

// Totals are what all groups have together: the number of traces and the time that they cover.
type Totals struct{ t groups.Totals }

// Traces returns the number of traces.
func (t Totals) Traces() int { return t.t.Traces }

// traceVersion is the first byte of a Trace that was written.
const traceVersion = 1

func encodeTrace(t Trace) ([]byte, error) {
	b, err := json.Marshal(t)
	return append([]byte{traceVersion}, b...), err
}

func decodeTrace(b []byte) (t Trace, err error) {
	if len(b) == 0 || b[0] != traceVersion {
		return t, errors.New("stacktracebeam: a trace of another version")
	}
	err = json.Unmarshal(b[1:], &t)
	return t, err
}

func encodeTraces(t Traces) ([]byte, error) { return t.group().MarshalBinary() }

func decodeTraces(b []byte) (Traces, error) {
	t := Traces{new(groups.Group)}
	return t, t.g.UnmarshalBinary(b)
}

func encodeTotals(t Totals) ([]byte, error) { return t.t.MarshalBinary() }

func decodeTotals(b []byte) (t Totals, err error) {
	err = t.t.UnmarshalBinary(b)
	return t, err
}

func init() {
	beam.RegisterCoder(reflect.TypeFor[Trace](), encodeTrace, decodeTrace)
	beam.RegisterCoder(reflect.TypeFor[Traces](), encodeTraces, decodeTraces)
	beam.RegisterCoder(reflect.TypeFor[Totals](), encodeTotals, decodeTotals)
	beam.RegisterType(reflect.TypeFor[BadFile]())
	beam.RegisterType(reflect.TypeFor[Range]())
	beam.RegisterType(reflect.TypeFor[File]())
	beam.RegisterType(reflect.TypeFor[Record]())
}
