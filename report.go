package stacktrace

import "github.com/stacktrace-go/stacktrace/internal/reader"

// Report is what a program knows of an error besides its stack: the fields of an Error object and the
// arguments of window.onerror. All fields are optional.
type Report struct {
	Name    string // error.name
	Message string // error.message, or the first argument of window.onerror
	Stack   string // error.stack
	File    string // the script that window.onerror tells
	Line    int    // its line, from 1; 0 if unknown
	Col     int    // its column, from 1; 0 if unknown
}

// ParseReport returns the error that a report describes. Its type and message are those of the report,
// without the words that consoles put before a message and without the code that Node puts into a
// name. What the report lacks is read from the stack. The message also tells where the stack's header
// ends, however much its lines look like frames.
//
// If the stack has no frames but the report has a file, the result has one frame, without Engine and
// Text: the place that the report tells. A first frame without a column gets that of the report if
// both have the same line.
//
// A report without any frame gives a Trace without Frames that holds what else was read, such as the
// message "Script error." of a script from another origin. The result is never nil.
func ParseReport(r Report) *Trace { return fromReader(reader.ParseReport(reader.Report(r))) }
