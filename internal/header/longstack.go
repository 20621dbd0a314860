package header

import "strings"

// Libraries put the stacks of asynchronous calls one behind the other, with a line between them:
//
//	From previous event:                                                         Bluebird, Q
//	from execution context:                                                      when.js
//	---------------------------------------------                                longjohn
//	    at ____________________Elapsed_2_ms__At__Sat_Nov_21_2026_ (http://localhost)   zone.js, V8
//	____________________Elapsed_2_ms__At__Sat_Nov_21_2026_@[native]              zone.js, Firefox and Safari
//	for call at                                                                  grpc-js
//	From: Task: WebDriver.get()                                                  selenium-webdriver
//	==== async task ====                                                         selenium-webdriver
//	--- Promise.then ---                                                         debuggers, with other words too
//	(Async: promise callback)                                                    Firefox
//
// The frame behind it tells what it said. Zone.js makes it look like a frame so that other tools show
// it (zone-spec/long-stack-trace.ts). Bluebird writes
//
//	    (No stack trace)
//
// for a stack from which it took all frames (debuggability.js); zone.js leaves the header of the
// error in which it kept the stack, "Error: STACKTRACE TRACKING", if it cannot tell it from a frame.

// zoneBoundary begins the name of zone.js' boundaries. The rest of the words "Elapsed 2 ms; At: " and
// of the date behind them is made one with "_" too.
const zoneBoundary = "____________________Elapsed_"

// readBoundary reads the lines that libraries put between the stacks of asynchronous calls.
func readBoundary(body string) (Separator, bool) {
	switch body[0] {
	case 'F':
		if strings.HasPrefix(body, "From: Task: ") {
			return Separator{Cause: body}, true
		}
		return Separator{Cause: "From previous event", Ends: true}, body == "From previous event:"
	case 'f':
		if body == "for call at" {
			return Separator{Cause: body}, true
		}
		return Separator{Cause: "from execution context", Ends: true}, body == "from execution context:"
	case 'a', '_':
		cause, ok := cutZoneBoundary(body)
		return Separator{Cause: cause}, ok
	case '(':
		if cause, ok := cutAround(body, "(Async: ", ")"); ok && cause != "" {
			return Separator{Cause: cause}, true
		}
		return Separator{Ends: true}, body == "(No stack trace)"
	case '-', '=':
		return Separator{Cause: body}, isRule(body)
	case 'E':
		return Separator{Adds: true}, body == "Error: STACKTRACE TRACKING"
	}
	return Separator{}, false
}

// cutZoneBoundary returns the name of the frame that zone.js makes up for a boundary.
func cutZoneBoundary(body string) (cause string, ok bool) {
	if call, isAt := strings.CutPrefix(body, "at "); isAt {
		cause, ok = strings.CutSuffix(call, " (http://localhost)")
	} else {
		cause, ok = strings.CutSuffix(body, "@[native]")
	}
	return cause, ok && strings.HasPrefix(cause, zoneBoundary) && !strings.ContainsAny(cause, " (@")
}

// isRule reports whether body is a line of dashes or equals signs, with words between or none.
func isRule(body string) bool {
	const least = 3
	sign := body[:1]
	before := len(body) - len(strings.TrimLeft(body, sign))
	behind := len(body) - len(strings.TrimRight(body, sign))
	return before >= least && behind >= least && (before < len(body) || before >= 2*least)
}
