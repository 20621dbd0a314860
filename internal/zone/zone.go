// Package zone reads the time zones that people name on a command line or in options.
package zone

import (
	"strings"
	"time"
)

// Named returns the zone that name tells: "local", an offset such as "+02:00", "+0200" or "+02", or a name of the
// IANA database. "" is UTC. The error is that of [time.LoadLocation].
func Named(name string) (*time.Location, error) {
	if strings.EqualFold(name, "local") {
		return time.Local, nil
	}
	for _, layout := range [...]string{"-07:00", "-0700", "-07"} {
		if t, err := time.Parse(layout, name); err == nil {
			_, seconds := t.Zone()
			return time.FixedZone("", seconds), nil
		}
	}
	return time.LoadLocation(name)
}
