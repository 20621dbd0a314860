package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // for systems without a database of zones

	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/zone"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// filter tells which traces of a log a command is for.
type filter struct {
	onlyFlag, typeFlag, sinceFlag, untilFlag, matchFlag, zoneFlag string

	engines      map[stacktrace.Engine]bool // nil for all
	types        map[string]bool            // nil for all
	since, until time.Time                  // zero for no limit
	match        *regexp.Regexp             // nil for all
	inApp        bool
	zone         *time.Location // of times that tell none

	mapsDir, release string
	maps             *mapper // what undoes the minification of a trace before it is printed or counted
}

// addFlags adds the flags that set the filter.
func (f *filter) addFlags(c *command, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.onlyFlag, "only", "", "only traces of these engines: `ENGINE,...`")
	flags.StringVar(&f.typeFlag, "type", "", "only errors of these types, or with such an error within: `TYPE,...`")
	flags.StringVar(&f.sinceFlag, "since", "", "only traces from this `TIME` on: 2026-11-21T10:00:00Z, or how long ago, 90m")
	flags.StringVar(&f.untilFlag, "until", "", "only traces up to this `TIME`")
	flags.StringVar(&f.matchFlag, "match", "", "only traces with a text that matches a regular expression of Go: `REGEXP`")
	flags.BoolVar(&f.inApp, "in-app", false, "only traces with a call of the application's code")
	flags.StringVar(&f.zoneFlag, "tz", "local", "the zone of times without one, in the log and in flags: `ZONE`, such as UTC, Europe/Berlin or +02:00")
	mapFlags(cmd, &f.mapsDir, &f.release)
	c.complete(cmd, "only", engineNames()...)
}

// timesNote is what the help of commands with a filter says of times.
const timesNote = `Traces without a time pass --since and --until.`

// read reads the values of the flags.
func (f *filter) read(now time.Time) (err error) {
	if f.zone, err = readZone(f.zoneFlag); err != nil {
		return err
	}
	if f.engines, err = readEngines(f.onlyFlag); err != nil {
		return err
	}
	if f.typeFlag != "" {
		f.types = map[string]bool{}
		for name := range strings.SplitSeq(f.typeFlag, ",") {
			f.types[strings.TrimSpace(name)] = true
		}
	}
	if f.since, err = readTime("since", f.sinceFlag, now, f.zone); err != nil {
		return err
	}
	if f.until, err = readTime("until", f.untilFlag, now, f.zone); err != nil {
		return err
	}
	if f.maps, err = newMapper(f.mapsDir, f.release); err != nil {
		return err
	}
	if f.matchFlag != "" {
		if f.match, err = regexp.Compile(f.matchFlag); err != nil {
			return fmt.Errorf("--match: %w", err)
		}
	}
	return nil
}

// wants reports whether the command is for a trace, whose frames it maps if it is.
func (f *filter) wants(found *logscan.Found) bool {
	if !f.matches(found) {
		return false
	}
	c := counted{found: *found}
	wanted := f.refine(&c)
	found.Trace = c.found.Trace
	return wanted
}

// matches reports whether a trace has what the filter asks for, as far as its calls do not count.
func (f *filter) matches(found *logscan.Found) bool {
	switch {
	case f.engines != nil && !f.engines[found.Trace.Engine]:
		return false
	case !f.since.IsZero() && !found.Time.IsZero() && found.Time.Before(f.since):
		return false
	case !f.until.IsZero() && !found.Time.IsZero() && found.Time.After(f.until):
		return false
	case f.types != nil && !f.hasType(found.Trace):
		return false
	}
	return f.match == nil || f.match.MatchString(found.Text)
}

// refine maps the frames of a trace and reports whether the command is for its calls. It may be called for several
// traces at the same time.
func (f *filter) refine(c *counted) bool {
	if f.maps != nil {
		c.mapped, c.options = f.maps.apply(c.found.Trace)
		c.found.Trace = c.mapped.Trace
	}
	return !f.inApp || hasInApp(c.found.Trace)
}

func (f *filter) hasType(t *stacktrace.Trace) bool {
	for e := range t.All() {
		if f.types[e.Type] {
			return true
		}
	}
	return false
}

// hasInApp reports whether the error or one within it has a call of the application's code.
func hasInApp(t *stacktrace.Trace) bool {
	for e := range t.All() {
		for _, f := range e.Frames {
			if normalize.Frame(f).InApp {
				return true
			}
		}
	}
	return false
}

// readEngines reads a list of engines, "v8,jsc".
func readEngines(list string) (map[stacktrace.Engine]bool, error) {
	if list == "" {
		return nil, nil
	}
	engines := map[stacktrace.Engine]bool{}
	for name := range strings.SplitSeq(list, ",") {
		engine, err := engineNamed(name)
		if err != nil {
			return nil, err
		}
		engines[engine] = true
	}
	return engines, nil
}

// readZone reads a zone: its name in the IANA database, "local", or how far it is from UTC.
func readZone(name string) (*time.Location, error) {
	z, err := zone.Named(name)
	if err != nil || name == "" {
		return nil, errFlag("tz", name, "a zone: local, UTC, Europe/Berlin, +02:00")
	}
	return z, nil
}

// readTime reads a time, a day, or how long ago it was.
func readTime(flag, s string, now time.Time, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if ago, err := time.ParseDuration(s); err == nil {
		return now.Add(-ago), nil
	}
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--%s %s is neither a time, 2026-11-21T10:00:00Z, nor how long ago, 90m", flag, s)
}
