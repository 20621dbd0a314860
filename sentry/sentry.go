// Package sentry writes traces in the shape of Sentry's event protocol, and reads them back.
//
// [NewEvent] makes an event of a trace, [Exceptions] only its exceptions; [Trace] and [Event.Trace] read
// them again. The types have the members of the protocol that a stack trace can fill, with their names in
// JSON. They need no SDK: a tracker that takes events takes what encoding/json writes of them.
//
// The protocol is described at https://develop.sentry.dev/sdk/data-model/event-payloads/.
package sentry

import "time"

// Event is an error event. Whoever sends it gives it an ID and a time.
type Event struct {
	// EventID is 32 hexadecimal digits in lower case, without dashes, which the sender chooses.
	EventID string `json:"event_id,omitempty"`

	// Timestamp is when the error happened; nil is unknown.
	Timestamp *time.Time `json:"timestamp,omitempty"`

	// Platform is "javascript" for code of a page, "node" for code of a server, "python" for Python.
	Platform string `json:"platform"`

	// Level is "error", or "warning" for the warnings of a process.
	Level string `json:"level,omitempty"`

	Logger      string            `json:"logger,omitempty"`
	ServerName  string            `json:"server_name,omitempty"`
	Release     string            `json:"release,omitempty"`
	Environment string            `json:"environment,omitempty"`
	Tags        map[string]string `json:"tags,omitempty"`

	// Extra is what else is known, under names of the sender's.
	Extra map[string]string `json:"extra,omitempty"`

	// Fingerprint replaces Sentry's grouping, if it is not nil.
	Fingerprint []string `json:"fingerprint,omitempty"`

	// Exception has the error and all errors within it.
	Exception ExceptionList `json:"exception"`
}

// ExceptionList is the exception interface: the innermost cause first, the error itself last.
type ExceptionList struct {
	Values []Exception `json:"values"`
}

// Exception is one error.
type Exception struct {
	Type      string     `json:"type,omitempty"`
	Value     string     `json:"value"`
	Mechanism *Mechanism `json:"mechanism,omitempty"`

	// Stacktrace has the frames. RawStacktrace has those of the minified code, if Stacktrace has those
	// of the original sources.
	Stacktrace    *Stacktrace `json:"stacktrace,omitempty"`
	RawStacktrace *Stacktrace `json:"raw_stacktrace,omitempty"`
}

// Mechanism tells how an error came about and which other it belongs to.
type Mechanism struct {
	// Type is "generic", "onerror" for an uncaught error, "onunhandledrejection" for a rejected promise
	// that nobody handled, and "chained" for an error within another.
	Type string `json:"type"`

	// Handled is false if nobody caught the error, nil if the text does not tell.
	Handled *bool `json:"handled,omitempty"`

	// Source is what holds the error within the other: "cause", "errors[0]", or the name of a property.
	Source string `json:"source,omitempty"`

	// IsExceptionGroup says that the error gathers others.
	IsExceptionGroup bool `json:"is_exception_group,omitempty"`

	// ExceptionID numbers the errors of an event from 0, which is the error itself. ParentID is the
	// number of the error that this one is within; nil for the error itself.
	ExceptionID int  `json:"exception_id"`
	ParentID    *int `json:"parent_id,omitempty"`

	// Data has the code of the error and its printed properties, and as "label" what a console or a
	// runtime put before the error.
	Data map[string]string `json:"data,omitempty"`
}

// Stacktrace is the calls of an error.
type Stacktrace struct {
	// Frames are the calls, the outermost first and the innermost last.
	Frames []Frame `json:"frames"`
}

// Frame is one call.
type Frame struct {
	// Function is the name of the function without its markers, "?" if it has none. RawFunction is the
	// name with markers, "new Foo", if that is another.
	Function    string `json:"function,omitempty"`
	RawFunction string `json:"raw_function,omitempty"`

	// AbsPath is the script's URL or path as the engine wrote it, and Filename its path without scheme,
	// host and query. Code without a file has no AbsPath, and as Filename "[native code]" if it is the
	// engine's, "<eval>" if it came from a string, and else "<anonymous>".
	Filename string `json:"filename,omitempty"`
	AbsPath  string `json:"abs_path,omitempty"`

	Lineno int `json:"lineno,omitempty"` // from 1; 0 is unknown
	Colno  int `json:"colno,omitempty"`  // from 1; 0 is unknown

	// InApp says that the code is the application's.
	InApp bool `json:"in_app"`

	// ContextLine is the line of the source, PreContext and PostContext are those around it. No function
	// here fills them.
	PreContext  []string `json:"pre_context,omitempty"`
	ContextLine string   `json:"context_line,omitempty"`
	PostContext []string `json:"post_context,omitempty"`

	// InstructionAddr is the offset of a WebAssembly instruction in its module, as "0x2a". Platform is
	// "native" then.
	InstructionAddr string `json:"instruction_addr,omitempty"`
	Platform        string `json:"platform,omitempty"`
}
