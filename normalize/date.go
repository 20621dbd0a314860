package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// dateLen returns the length of the date, time, or both, that s begins with, in the forms that Date prints
// in its methods, and that databases and servers print:
//
//	2026-11-21, 2026-11-21T10:00:00.123Z, 2026-11-21 10:00:00.123+00, 2026/11/21
//	21/11/2026 10:30, 11/21/2026, 10:00:00 AM, 21.11.2026, 21-11-2026
//	Sat Nov 21 2026 10:00:00 GMT+0100 (Central European Standard Time), Sat, 21 Nov 2026 10:00:00 GMT
//	Nov 21, 2026, 21 November 2026, 21/Nov/2026:10:00:00 +0000
//	10:00:00.123, 10:30 PM
func dateLen(s string) int {
	n := dayLen(s)
	if n == 0 {
		if n = clockLen(s); n > len("10:00") {
			return n
		}
		return 0
	}
	rest := s[n:]
	for _, between := range [...]string{" at ", ", ", "T", " ", ":"} {
		if after, ok := strings.CutPrefix(rest, between); ok {
			if m := clockLen(after); m > 0 {
				return n + len(between) + m
			}
		}
	}
	return n
}

// dayLen returns the length of the day that s begins with.
func dayLen(s string) int {
	if n := numericDayLen(s); n > 0 {
		return n
	}
	n := 0
	if m := nameLen(s, weekdays[:]); m > 0 {
		n = m
		if n < len(s) && s[n] == ',' {
			n++
		}
		if n >= len(s) || s[n] != ' ' {
			return 0
		}
		n++
	}
	if m := numericDayLen(s[n:]); m > 0 {
		return n + m
	}
	if m := monthFirstLen(s[n:]); m > 0 {
		return n + m
	}
	if m := dayFirstLen(s[n:]); m > 0 {
		return n + m
	}
	return 0
}

// monthFirstLen returns the length of a day in words whose month comes first: Nov 21 2026, November 21st, 2026.
func monthFirstLen(s string) int {
	n := nameLen(s, months[:])
	if n == 0 {
		return 0
	}
	if n < len(s) && s[n] == '.' {
		n++
	}
	day := strings.TrimLeft(s[n:], " ")
	blanks, digits := len(s)-n-len(day), digitsLen(day)
	if blanks == 0 || blanks > 2 || digits == 0 || digits > 2 {
		return 0
	}
	n += blanks + digits
	for _, ending := range [...]string{"st", "nd", "rd", "th"} {
		if strings.HasPrefix(s[n:], ending) {
			n += len(ending)
		}
	}
	for _, between := range [...]string{", ", " "} {
		if after, ok := strings.CutPrefix(s[n:], between); ok && digitsLen(after) == 4 {
			return n + len(between) + 4
		}
	}
	return n
}

// dayFirstLen returns the length of a day in words that begins with its number: 21 Nov 2026, 21-Nov-26.
func dayFirstLen(s string) int {
	n := digitsLen(s)
	if n == 0 || n > 2 || n >= len(s) {
		return 0
	}
	sep := s[n]
	if sep != ' ' && sep != '-' && sep != '/' && sep != '.' {
		return 0
	}
	n++
	if sep == '.' && n < len(s) && s[n] == ' ' {
		n++
	}
	month := nameLen(s[n:], months[:])
	if month == 0 {
		return 0
	}
	n += month
	if n < len(s) && (s[n] == sep || s[n] == ' ') {
		if year := digitsLen(s[n+1:]); year == 4 || year == 2 && sep != ' ' {
			return n + 1 + year
		}
	}
	return n
}

// numericDayLen returns the length of a day in digits.
func numericDayLen(s string) int {
	a := digitsLen(s)
	if a == 0 || a == 3 || a > 4 || a >= len(s) {
		return 0
	}
	sep := s[a]
	if sep != '-' && sep != '/' && sep != '.' {
		return 0
	}
	n := a + 1
	if sep == '.' && n < len(s) && s[n] == ' ' {
		n++
	}
	b := digitsLen(s[n:])
	if b == 0 || b > 2 || n+b >= len(s) || s[n+b] != sep {
		return 0
	}
	n += b + 1
	if sep == '.' && n < len(s) && s[n] == ' ' {
		n++
	}
	c := digitsLen(s[n:])
	switch {
	case a == 4 && sep != '.' && (c == 1 || c == 2):
	case a <= 2 && (c == 4 || c == 2 && sep == '/'):
	default:
		return 0
	}
	n += c
	if n < len(s) && (txt.IsLetter(s[n]) && s[n] != 'T' || s[n] == '_' || s[n] == sep && sep != '.') {
		return 0
	}
	return n
}

// clockLen returns the length of the time of day that s begins with, with its zone.
func clockLen(s string) int {
	h := digitsLen(s)
	if h == 0 || h > 2 || h >= len(s) || s[h] != ':' || digitsLen(s[h+1:]) != 2 || number(s[:h]) > 24 || number(s[h+1:h+3]) > 59 {
		return 0
	}
	n := h + 3
	seconds := n < len(s) && s[n] == ':' && digitsLen(s[n+1:]) == 2
	if seconds {
		n += 3
		if n+1 < len(s) && (s[n] == '.' || s[n] == ',') && txt.IsDigit(s[n+1]) {
			n += 1 + digitsLen(s[n+1:])
		}
	}
	half := false
	for _, ending := range [...]string{" AM", " PM", " am", " pm", "AM", "PM", "am", "pm", " a.m.", " p.m.", "\u202fAM", "\u202fPM"} {
		if strings.HasPrefix(s[n:], ending) {
			n, half = n+len(ending), true
			break
		}
	}
	if !seconds && !half && h != 2 || n < len(s) && s[n] == ':' {
		return 0
	}
	zone := n
	if zone < len(s) && s[zone] == ' ' {
		zone++
	}
	for _, name := range [...]string{"GMT", "UTC", "Z", "CET", "CEST", "EST", "EDT", "PST", "PDT", "CST", "CDT", "MSK", "JST", "IST", "BST"} {
		if rest, ok := strings.CutPrefix(s[zone:], name); ok && (rest == "" || !isWordByte(rest[0])) {
			zone += len(name)
			n = zone
			break
		}
	}
	if zone < len(s) && (s[zone] == '+' || s[zone] == '-') && zone <= n+1 {
		if d := digitsLen(s[zone+1:]); d == 2 || d == 4 {
			zone += 1 + d
			if d == 2 && zone < len(s) && s[zone] == ':' && digitsLen(s[zone+1:]) == 2 {
				zone += 3
			}
			n = zone
		}
	}
	if strings.HasPrefix(s[n:], " (") { // the zone's name
		if i := strings.IndexByte(s[n:], ')'); i > 0 && i < 60 {
			n += i + 1
		}
	}
	if n < len(s) && isWordByte(s[n]) && s[n] < 0x80 {
		return 0
	}
	return n
}

// number returns the value of up to two digits.
func number(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = 10*n + int(s[i]-'0')
	}
	return n
}

var (
	weekdays = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	months   = [...]string{
		"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
		"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec",
	}
)

// nameLen returns the length of the name of those that s begins with, 0 if it begins with none.
func nameLen(s string, names []string) int {
	if s == "" || !txt.IsUpper(s[0]) {
		return 0
	}
	for _, name := range names {
		if len(s) >= len(name) && (s[:len(name)] == name || len(name) == 3 && strings.EqualFold(s[:3], name) && txt.IsUpper(s[1]) && txt.IsUpper(s[2])) && (len(s) == len(name) || !txt.IsLetter(s[len(name)])) {
			return len(name)
		}
	}
	return 0
}
