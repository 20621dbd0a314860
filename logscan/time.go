package logscan

import (
	"strconv"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// timeLen returns the length of the time that s begins with, 0 if it begins with none:
//
//	2026-11-21T10:00:00.123Z  2026-11-21 10:00:00,123  2026/11/21 10:00:00  2026-11-21T10:00:00+01:00
//	Nov 21 10:00:00  Sat Nov 21 10:00:00.123456 2026  21/Nov/2026:10:00:00 +0000
//	10:00:00.123  1763719200  1763719200.123  1763719200123
func timeLen(s string) int {
	if s == "" {
		return 0
	}
	if txt.IsLetter(s[0]) {
		return monthTimeLen(s)
	}
	if !txt.IsDigit(s[0]) {
		return 0
	}
	n := txt.DigitsLen(s)
	switch {
	case n == 4 && len(s) >= 10 && (s[4] == '-' || s[4] == '/') && s[7] == s[4] && txt.DigitsLen(s[5:]) == 2 && txt.DigitsLen(s[8:]) == 2:
		n = 10
		if len(s) > n+1 && (s[n] == 'T' || s[n] == ' ' || s[n] == 't') {
			if m := clockLen(s[n+1:]); m > 0 {
				n += 1 + m
				n += zoneLen(s[n:])
				return n
			}
		}
		return 0
	case n == 2 && len(s) > 11 && s[2] == '/' && txt.IsLetter(s[3]):
		if len(s) > 20 && s[6] == '/' && s[11] == ':' {
			if m := clockLen(s[12:]); m > 0 {
				n = 12 + m
				return n + zoneLen(s[n:])
			}
		}
		return 0
	case n == 2:
		m := clockLen(s)
		if half := s[m:]; m > 0 && (strings.HasPrefix(half, " AM") || strings.HasPrefix(half, " PM")) {
			m += len(" AM")
		}
		return m
	case n == 10 || n == 13:
		if s[0] != '1' && s[0] != '2' {
			return 0
		}
		if n == 10 && len(s) > 11 && s[10] == '.' {
			n += 1 + txt.DigitsLen(s[11:])
		}
		if n < len(s) && s[n] != ' ' && s[n] != '\t' && s[n] != ']' {
			return 0
		}
		return n
	}
	return 0
}

func isTimeStart(s string) bool { return timeLen(s) > 0 }

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

func isMonth(s string) bool {
	if len(s) < 3 {
		return false
	}
	i := strings.Index(months, s[:3])
	return i >= 0 && i%3 == 0
}

func monthTimeLen(s string) int {
	from := 0
	if len(s) > 8 && s[3] == ' ' && isMonth(s[4:]) && strings.Contains("MonTueWedThuFriSatSun", s[:3]) {
		from = 4
	}
	if len(s) < from+15 || !isMonth(s[from:]) || s[from+3] != ' ' {
		return 0
	}
	n := from + 4
	if s[n] == ' ' {
		n++
	}
	d := txt.DigitsLen(s[n:])
	if d == 0 || d > 2 || n+d >= len(s) || s[n+d] != ' ' {
		return 0
	}
	n += d + 1
	m := clockLen(s[n:])
	if m == 0 {
		return 0
	}
	n += m
	if from > 0 && len(s) >= n+5 && s[n] == ' ' && txt.DigitsLen(s[n+1:]) == 4 {
		n += 5
	}
	return n
}

// clockLen returns the length of "10:00:00" with a fraction.
func clockLen(s string) int {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' || txt.DigitsLen(s) != 2 || txt.DigitsLen(s[3:]) != 2 || txt.DigitsLen(s[6:]) != 2 {
		return 0
	}
	if len(s) > 9 && (s[8] == '.' || s[8] == ',') {
		if d := txt.DigitsLen(s[9:]); d > 0 {
			return 9 + d
		}
	}
	return 8
}

func zoneLen(s string) int {
	switch {
	case strings.HasPrefix(s, "Z"):
		return 1
	case strings.HasPrefix(s, " UTC"):
		return 4
	}
	i := 0
	if strings.HasPrefix(s, " ") {
		i = 1
	}
	if len(s) < i+5 || s[i] != '+' && s[i] != '-' || txt.DigitsLen(s[i+1:]) < 2 {
		return 0
	}
	if s[i+3] == ':' && txt.DigitsLen(s[i+4:]) >= 2 {
		return i + 6
	}
	if txt.DigitsLen(s[i+1:]) == 4 {
		return i + 5
	}
	return 0
}

// layouts are tried in turn, with commas made points and slashes made dashes.
var layouts = [...]string{
	"2006-01-02T15:04:05.999999999Z07:00",
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02T15:04:05.999999999",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999 Z0700",
	"2006-01-02 15:04:05.999999999 MST",
	"2006-01-02 15:04:05.999999999",
	"Mon Jan _2 15:04:05.999999999 2006",
	"02-Jan-2006:15:04:05 -0700",
}

// parseTime reads what timeLen measured.
func parseTime(s string, year int) time.Time {
	if s == "" {
		return time.Time{}
	}
	if n := txt.DigitsLen(s); n == 10 || n == 13 {
		if number, err := strconv.ParseFloat(s, 64); err == nil {
			if n == 13 {
				return time.UnixMilli(int64(number)).UTC()
			}
			return time.UnixMicro(int64(number * 1e6)).UTC()
		}
	}
	s = strings.Replace(s, ",", ".", 1)
	s = strings.ReplaceAll(s, "/", "-")
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	if t, err := time.Parse("Jan _2 15:04:05.999999999", s); err == nil {
		return t.AddDate(year, 0, 0)
	}
	return time.Time{}
}

// timeKeys are the names under which loggers put the time into JSON.
var timeKeys = [...]string{`"time":`, `"timestamp":`, `"@timestamp":`, `"ts":`, `"datetime":`, `"date":`, `"timeUnixNano":`, `"observedTimeUnixNano":`, `"asctime":`, `"eventTime":`, `"sent_at":`, "time=", "ts=", "timestamp="}

// readTime returns the time that l tells, in its prefix or its JSON.
func readTime(l *line, year int) time.Time {
	if t := parseTime(l.timeText, year); !t.IsZero() {
		return t
	}
	for _, key := range timeKeys {
		at := strings.Index(l.body, key)
		if at < 0 || at > 0 && strings.HasSuffix(key, "=") && l.body[at-1] != ' ' {
			continue
		}
		rest := strings.TrimLeft(l.body[at+len(key):], ` "`)
		if n := txt.DigitsLen(rest); n == 19 { // nanoseconds
			if ns, err := strconv.ParseInt(rest[:n], 10, 64); err == nil {
				return time.Unix(0, ns).UTC()
			}
		} else if n == 10 || n == 13 {
			if n == 10 && len(rest) > n && rest[n] == '.' {
				n += 1 + txt.DigitsLen(rest[n+1:])
			}
			if t := parseTime(rest[:n], year); !t.IsZero() {
				return t
			}
		}
		if n := timeLen(rest); n > 0 {
			if t := parseTime(rest[:n], year); !t.IsZero() {
				return t
			}
		}
	}
	return time.Time{}
}
