package reader

import "github.com/stacktrace-go/stacktrace/formats"

// Frame is one call, as the syntax layer reads it.
type Frame = formats.Frame

// Trace is an error as a text reports it. The fields are those of the root package's Trace, where they
// are documented.
type Trace struct {
	Engine   string
	Type     string
	Code     string
	Message  string
	Frames   []Frame
	Cause    *Trace
	Errors   []*Trace
	Props    []Prop
	Wrapping string
	Unparsed []string
}

// Prop is a property of an error as it was printed: its name, and its value with its quotes.
type Prop struct{ Name, Text string }
