// Package around knows what programs put around frames and whole stacks, for the reader of texts and for
// the scanner of logs.
package around

import "strings"

// CutZone takes off the zone in which zone.js says that a frame was called, behind the frame:
//
//	at f (http://h/a.js:1:2) [angular]
//	at f (http://h/a.js:1:2) [<root> => ProxyZone]
//	f@http://h/a.js:1:2 [<root>]
//
// The name of a zone is any text.
func CutZone(body string) string {
	if body == "" || body[len(body)-1] != ']' {
		return body
	}
	frame := body
	if at := strings.LastIndex(body, " ["); at > 0 {
		frame = body[:at]
	}
	digits := len(frame)
	for digits > 0 && '0' <= frame[digits-1] && frame[digits-1] <= '9' {
		digits--
	}
	switch {
	case len(frame) == len(body):
	case digits < len(frame) && digits > 0 && frame[digits-1] == ':', frame[len(frame)-1] == ')', strings.HasSuffix(frame, "@[native code]"):
		return frame
	}
	return body
}

// IsStackKey reports whether loggers put stacks under key: "stack", "stack_trace", "error.stack".
func IsStackKey(key string) bool {
	key = key[strings.LastIndexByte(key, '.')+1:]
	switch strings.ToLower(key) {
	case "stack", "stacktrace", "stack_trace", "errorstack", "error_stack", "err_stack", "errstack":
		return true
	}
	return false
}
