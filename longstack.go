package stacktrace

import "strings"

// Libraries put the stacks of asynchronous calls one behind the other, with a line between them:
//
//	From previous event:                                                         Bluebird, Q
//	from execution context:                                                      when.js
//	---------------------------------------------                                longjohn
//	    at ____________________Elapsed_2_ms__At__Sat_Nov_21_2026_ (http://localhost)   zone.js, V8
//	____________________Elapsed_2_ms__At__Sat_Nov_21_2026_@[native]              zone.js, Firefox and Safari
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
func readBoundary(body string) (mark, bool) {
	switch body[0] {
	case 'F':
		return mark{cause: "From previous event", ends: true}, body == "From previous event:"
	case 'f':
		return mark{cause: "from execution context", ends: true}, body == "from execution context:"
	case 'a', '_':
		cause, ok := cutZoneBoundary(body)
		return mark{cause: cause}, ok
	case '(':
		return mark{ends: true}, body == "(No stack trace)"
	case 'E':
		return mark{adds: true}, body == "Error: STACKTRACE TRACKING"
	}
	return mark{}, false
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

// cutZone takes off the zone in which zone.js says that a frame was called, behind the frame:
//
//	at f (http://h/a.js:1:2) [angular]
//	at f (http://h/a.js:1:2) [<root> => ProxyZone]
//	f@http://h/a.js:1:2 [<root>]
//
// The name of a zone is any text.
func cutZone(body string) string {
	if body == "" || body[len(body)-1] != ']' {
		return body
	}
	frame := body
	if at := strings.LastIndex(body, " ["); at > 0 {
		frame = body[:at]
	}
	digits := len(frame)
	for digits > 0 && isDigit(frame[digits-1]) {
		digits--
	}
	switch {
	case len(frame) == len(body):
	case digits < len(frame) && digits > 0 && frame[digits-1] == ':', frame[len(frame)-1] == ')', strings.HasSuffix(frame, "@[native code]"):
		return frame
	}
	return body
}
