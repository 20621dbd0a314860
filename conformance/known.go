package main

import "strings"

// known are the misses of which the reason is known: in what the text does not decide, or what an
// engine itself tells wrongly. The key is the engine and the program.
var known = map[string]string{
	"v8 overflow.js":            "the stack overflows at another call in the run that tells the call sites",
	"deno source-url.js":        "Deno writes what V8 says of the script beside the name that the script gives itself",
	"bun uncaught-aggregate.js": "Bun prints the errors in an AggregateError, not the AggregateError",
	"bun console-trace.js":      "Bun prints the words alone above the frames, as a header without a message would be",
	"* frame-like.js":           "the message has lines that are frames, and the text alone does not say where it ends",
	"* named-error.js":          "the name has a blank, and the message is a header",
}

// reason returns why the engine's misses in a program are no faults of the library, "" if that is not
// known.
func (e *Engine) reason(program string) string {
	for key, reason := range known {
		engine, name, _ := strings.Cut(key, " ")
		if (engine == "*" || engine == e.Name || engine == e.Family) && name == program {
			return reason
		}
	}
	return ""
}
