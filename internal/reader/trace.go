package reader

import "github.com/stacktrace-go/stacktrace/formats"

// Frame is one call, as the syntax layer reads it.
type Frame = formats.Frame

// Trace is an error as a text reports it. Its fields are those of the root package's Trace, in their
// order, where they are documented: the root takes the one for the other without copying it.
type Trace struct {
	Engine    string
	Label     string
	Type      string
	Code      string
	Message   string
	Frames    []Frame
	Cause     *Trace
	Errors    []*Trace
	Props     []Prop
	Wrapping  []string
	Unparsed  []string
	Truncated Truncated
}

// Prop is a property of an error as it was printed: its name, and its value with its quotes.
type Prop struct{ Name, Text string }

// Truncated tells what limits left out. The reader knows no limits and leaves it zero.
type Truncated struct{ Bytes, Lines, Frames, Errors int }
