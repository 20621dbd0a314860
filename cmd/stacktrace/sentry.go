package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/sentry"
)

// sentryEvent returns a trace of a log as an event. Its ID is made of the trace and its place, so that a
// log which is sent twice gives the same events.
func sentryEvent(file string, f logscan.Found) *sentry.Event {
	e := newSentryEvent(f.Trace, fmt.Sprintf("%s %d %s", file, f.Start, f.Text))
	e.Logger = "stacktrace"
	if t := f.Time.UTC(); !f.Time.IsZero() && 1 <= t.Year() && t.Year() <= 9999 {
		e.Timestamp = &t
	}
	if f.Stream != "" {
		e.Tags = map[string]string{"stream": f.Stream}
	}
	e.Extra = map[string]string{"offset": fmt.Sprint(f.Start)}
	if file != "" {
		e.Extra["file"] = file
	}
	return e
}

// newSentryEvent returns a trace as an event that is grouped by the stable fingerprint. Identity is what
// its ID is made of.
func newSentryEvent(t *stacktrace.Trace, identity string) *sentry.Event {
	e := sentry.NewEvent(t)
	id := sha256.Sum256([]byte(identity))
	e.EventID = hex.EncodeToString(id[:16])
	e.Fingerprint = []string{normalize.Fingerprint(t, normalize.Stable)}
	return e
}
