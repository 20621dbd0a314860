package logscan

import (
	"strconv"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// clock is a time as a log writes it. The fields that it lacks are zero.
type clock struct {
	year, month, day     int
	hour, minute, second int
	nanos                int
	half                 byte // 'A' or 'P', of a clock of twelve hours; 'a' or 'p' in small letters
	zone                 int  // seconds east of Greenwich
	hasZone              bool
	isEpoch              bool // seconds and nanos since 1970
	epoch                int64
}

// timePatterns are the orders in which times are written. Y, M and D are the year, the month and the day in
// digits, C all three in one number, N and W the names of the month and of the weekday, T the clock with
// fraction, half of the day and zone, E the time since 1970. "-" is any of "-", "/" and ".", "_" what stands
// between a date and a clock: "T", a blank, a comma and a blank, or a colon. A blank is one or two.
var timePatterns = [...]string{
	"Y-M-D_T",   // 2026-11-21T10:00:00.123Z  2026/11/21 10:00:00  2026-11-21 10:00:00,123 +01:00
	"D-N-Y_T",   // 21/Nov/2026:10:00:00 +0000  10-Jan-2019 14:17:28
	"M-D-Y_T",   // 11/29/2026, 10:11:12 AM; or the day first, see order
	"D N Y_T",   // 29 Nov 2026 10:11:12
	"D N_T",     // 29 Nov 10:11:12
	"W Y-M-D_T", // Sun 2026-11-29 10:11:12 UTC
	"W D N Y_T", // Sun, 29 Nov 2026 10:11:12 GMT
	"W N D_T Y", // Sun Nov 29 10:11:12.123456 2026
	"W N D Y T", // Sun Nov 29 2026 10:11:12 GMT+0000
	"W N D_T",   // Sun Nov 29 10:11:12
	"N D Y_T",   // Nov 29 2026 10:11:12
	"N D_T",     // Nov 29 10:11:12  avril 14 22:07:15
	"M-D T",     // 05-01 10:00:00.123
	"C-T",       // 20170609-12:03:05.139
	"T",         // 10:00:00.123  10:11:12 AM
	"E",         // 1763719200  1763719200.123  1763719200123
}

// timeLen returns the length of the time that s begins with, 0 if it begins with none.
func timeLen(s string) int {
	var c clock
	return c.read(s)
}

func isTimeStart(s string) bool { return timeLen(s) > 0 }

// read reads the time that s begins with, and returns its length, which is 0 if there is none.
func (c *clock) read(s string) int {
	if s == "" || !txt.IsDigit(s[0]) && !txt.IsLetter(s[0]) && s[0] < 0x80 {
		return 0
	}
	digits := txt.DigitsLen(s)
	var behind byte
	switch {
	case digits == 0 && !mayBeginDate(s):
		return 0
	case digits > 0 && digits < len(s):
		behind = s[digits]
	}
	for _, pattern := range timePatterns {
		if !mayBegin(pattern, digits, behind) {
			continue
		}
		if n := c.match(s, pattern); n > 0 {
			return n
		}
	}
	return 0
}

// mayBegin reports whether a text that begins with so many digits, and another byte behind them, may be in the
// order of a pattern.
func mayBegin(pattern string, digits int, behind byte) bool {
	switch pattern[0] {
	case 'N', 'W':
		return digits == 0
	case 'Y':
		return digits == 4
	case 'C':
		return digits == 8
	case 'E':
		return digits >= 10
	case 'T':
		return digits <= 2 && behind == ':'
	}
	return (digits == 1 || digits == 2) && (behind == pattern[1] || pattern[1] == '-' && (behind == '/' || behind == '.'))
}

// match reads a time in the order of a pattern.
func (c *clock) match(s, pattern string) int {
	*c = clock{}
	n := 0
	for i := 0; i < len(pattern); i++ {
		m := c.matchPart(s[n:], pattern[i])
		if m == 0 {
			return 0
		}
		n += m
	}
	if !c.order(pattern) {
		return 0
	}
	return n
}

// matchPart reads one part of a pattern, and returns its length.
func (c *clock) matchPart(s string, part byte) int {
	switch part {
	case 'Y':
		return readNumber(s, 4, 4, &c.year)
	case 'M':
		return readNumber(s, 1, 2, &c.month)
	case 'D':
		return readNumber(s, 1, 2, &c.day)
	case 'C':
		date := 0
		n := readNumber(s, 8, 8, &date)
		c.year, c.month, c.day = date/1e4, date/100%100, date%100
		return n
	case 'N':
		return c.readMonth(s)
	case 'W':
		if len(s) > 3 && strings.Contains(weekdays, s[:3]) && s[0] <= 'Z' {
			if s[3] == ',' {
				return 4
			}
			return 3
		}
	case 'T':
		return c.readClock(s)
	case 'E':
		return c.readEpoch(s)
	case '-':
		if s != "" && (s[0] == '-' || s[0] == '/' || s[0] == '.') {
			return 1
		}
	case '_':
		switch {
		case strings.HasPrefix(s, ", "):
			return 2
		case s != "" && strings.IndexByte("Tt :", s[0]) >= 0:
			return 1
		}
	case ' ':
		switch {
		case strings.HasPrefix(s, "  "):
			return 2
		case strings.HasPrefix(s, " "):
			return 1
		}
	}
	return 0
}

const weekdays = "MonTueWedThuFriSatSun"

// order puts the day and the month right where either may come first, and reports whether there is such a
// date: the Americans, who write the month first, have a clock of twelve hours.
func (c *clock) order(pattern string) bool {
	if pattern == "M-D-Y_T" && c.month <= 31 && c.day <= 31 && (c.month > 12 || c.day <= 12 && c.half != 'A' && c.half != 'P') {
		c.month, c.day = c.day, c.month
	}
	hasMonth := strings.IndexByte(pattern, 'M') >= 0 || c.year > 0 || c.month > 0
	return !hasMonth || 1 <= c.month && c.month <= 12 && 1 <= c.day && c.day <= 31
}

// readNumber reads a number of least to most digits that no other digit follows.
func readNumber(s string, least, most int, number *int) int {
	n := txt.DigitsLen(s)
	if n < least || n > most {
		return 0
	}
	*number, _ = txt.ParseCount(s[:n])
	return n
}

// readClock reads "10:00:00" with a fraction, half of the day and zone.
func (c *clock) readClock(s string) int {
	n := readNumber(s, 1, 2, &c.hour)
	if n == 0 || n+6 > len(s) || s[n] != ':' || readNumber(s[n+1:], 2, 2, &c.minute) == 0 || s[n+3] != ':' {
		return 0
	}
	if readNumber(s[n+4:], 2, 2, &c.second) == 0 || c.hour > 24 || c.minute > 59 || c.second > 60 {
		return 0
	}
	isLong := n == 2
	n += len(":00:00")
	if n+1 < len(s) && (s[n] == '.' || s[n] == ',') {
		if d := txt.DigitsLen(s[n+1:]); d > 0 {
			c.nanos = fraction(s[n+1 : n+1+d])
			n += 1 + d
		}
	}
	if m := c.readHalf(s[n:]); m > 0 {
		return n + m
	}
	if !isLong {
		return 0 // "1:23:45" is how long something took
	}
	return n + c.readZone(s[n:])
}

// fraction returns the nanoseconds of the digits behind a point.
func fraction(digits string) int {
	nanos, unit := 0, int(time.Second)
	for i := 0; i < len(digits) && unit > 1; i++ {
		unit /= 10
		nanos += int(digits[i]-'0') * unit
	}
	return nanos
}

// readHalf reads " AM" and " pm".
func (c *clock) readHalf(s string) int {
	blank := len(s) - len(strings.TrimPrefix(strings.TrimPrefix(s, " "), "\u202f")) // newer ICU has a narrow blank
	if s = s[blank:]; blank == 0 || len(s) < 2 || s[1]|0x20 != 'm' || s[0]|0x20 != 'a' && s[0]|0x20 != 'p' || len(s) > 2 && txt.IsLetter(s[2]) {
		return 0
	}
	c.half = s[0]
	return blank + 2
}

// readZone reads "Z", "+01:00", " +0100", " UTC", " GMT+0100".
func (c *clock) readZone(s string) int {
	c.hasZone = true
	n := 0
	if strings.HasPrefix(s, " ") {
		n = 1
	}
	switch rest := s[n:]; {
	case strings.HasPrefix(s, "Z"):
		return 1
	case n == 1 && (strings.HasPrefix(rest, "UTC") || strings.HasPrefix(rest, "GMT")):
		n += len("UTC")
		if m := c.readOffset(s[n:]); m > 0 {
			return n + m
		}
		if n == len(s) || !txt.IsLetter(s[n]) {
			return n
		}
	default:
		if m := c.readOffset(rest); m > 0 {
			return n + m
		}
	}
	c.hasZone = false
	return 0
}

// readOffset reads "+01:00", "+0100" and "+01".
func (c *clock) readOffset(s string) int {
	if len(s) < 3 || s[0] != '+' && s[0] != '-' {
		return 0
	}
	n := 1 + txt.DigitsLen(s[1:])
	hours, minutes := 0, 0
	switch {
	case n == 3:
		hours, _ = txt.ParseCount(s[1:3])
		if strings.HasPrefix(s[3:], ":") && readNumber(s[4:], 2, 2, &minutes) > 0 {
			n = len("+01:00")
		}
	case n == 5:
		hours, _ = txt.ParseCount(s[1:3])
		minutes, _ = txt.ParseCount(s[3:5])
	default:
		return 0
	}
	if hours > 24 || minutes > 59 {
		return 0
	}
	c.zone = hours*3600 + minutes*60
	if s[0] == '-' {
		c.zone = -c.zone
	}
	return n
}

// readEpoch reads the time since 1970 in seconds, milliseconds, microseconds or nanoseconds.
func (c *clock) readEpoch(s string) int {
	n := txt.DigitsLen(s)
	if n == 0 || s[0] != '1' && s[0] != '2' {
		return 0
	}
	number, err := strconv.ParseInt(s[:n], 10, 64)
	if err != nil {
		return 0
	}
	unit := int64(1)
	switch n {
	case 10:
		if len(s) > n+1 && s[n] == '.' {
			if d := txt.DigitsLen(s[n+1:]); d > 0 {
				c.nanos = fraction(s[n+1 : n+1+d])
				n += 1 + d
			}
		}
	case 13:
		unit = 1e3
	case 16:
		unit = 1e6
	case 19:
		unit = 1e9
	default:
		return 0
	}
	if n < len(s) && strings.IndexByte(" \t]", s[n]) < 0 {
		return 0
	}
	c.isEpoch = true
	c.epoch = number / unit
	c.nanos += int(number % unit * (int64(time.Second) / unit))
	return n
}

// monthNames are the beginnings of the months' names in the languages that syslog is often set to, each with
// the month.
var monthNames = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
	"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12, // German
	"fév": 2, "avr": 4, "juin": 6, "juil": 7, "aoû": 8, "déc": 12, // French
	"ene": 1, "abr": 4, "ago": 8, "dic": 12, // Spanish
	"fev": 2, "set": 9, "out": 10, // Portuguese
	"gen": 1, "mag": 5, "giu": 6, "lug": 7, "ott": 10, // Italian
	"mrt": 3, "maa": 3, "mei": 5, // Dutch
	"янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12, // Russian
}

// maxMonth is the length of the longest name of a month.
const maxMonth = 20

// monthWordLen returns the length of the word that s begins with, which may be the name of a month.
func monthWordLen(s string) int {
	n := 0
	for n < len(s) && n < maxMonth && (txt.IsLetter(s[n]) || s[n] >= 0x80) {
		n++
	}
	return n
}

// monthOf returns the month whose name, or the beginning of it, is word; 0 if there is none.
func monthOf(word string) int {
	word = firstLetters(word, 4)
	var lower [4]byte
	isASCII := len(word) <= len(lower)
	for i := 0; isASCII && i < len(word); i++ {
		lower[i] = word[i]
		if 'A' <= lower[i] && lower[i] <= 'Z' {
			lower[i] += 'a' - 'A'
		}
		isASCII = word[i] < 0x80
	}
	if isASCII { // without a copy, since most lines begin with a word
		if month := monthNames[string(lower[:len(word)])]; month > 0 {
			return month
		}
		return monthNames[string(lower[:min(3, len(word))])]
	}
	word = strings.ToLower(word)
	if month := monthNames[word]; month > 0 {
		return month
	}
	return monthNames[firstLetters(word, 3)]
}

// readMonth reads the name of a month, or its beginning with or without a point.
func (c *clock) readMonth(s string) int {
	n := monthWordLen(s)
	c.month = monthOf(s[:n])
	switch {
	case c.month == 0:
		return 0
	case n < len(s) && s[n] == '.':
		n++
	}
	return n
}

// mayBeginDate reports whether s begins with the name of a month or of a weekday, and what stands behind it in a
// date. Most lines begin with another word.
func mayBeginDate(s string) bool {
	n := monthWordLen(s)
	if n < 3 || n == len(s) || s[n] != ' ' && s[n] != '.' && s[n] != ',' {
		return false
	}
	return n == 3 && strings.Contains(weekdays, s[:3]) || monthOf(s[:n]) > 0
}

// firstLetters returns the first n letters of s, or all of them.
func firstLetters(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// zones tell what times lack.
type zones struct {
	year     int
	location *time.Location
}

// time returns the time, and the name of the zone that it was taken to be in if it told none. A clock alone is
// no time.
func (c *clock) time(z zones) (t time.Time, zone string) {
	switch {
	case c.isEpoch:
		return time.Unix(c.epoch, int64(c.nanos)).UTC(), ""
	case c.month == 0:
		return time.Time{}, ""
	}
	year, hour, location := c.year, c.hour, z.location
	if year == 0 {
		year = z.year
	}
	switch c.half | 0x20 {
	case 'a':
		hour %= 12
	case 'p':
		hour = hour%12 + 12
	}
	if c.hasZone {
		location = time.UTC
	}
	t = time.Date(year, time.Month(c.month), c.day, hour, c.minute, c.second, c.nanos, location)
	if c.hasZone {
		return t.Add(-time.Duration(c.zone) * time.Second), ""
	}
	return t, location.String()
}

// parseTime reads the time that s begins with.
func parseTime(s string, z zones) (t time.Time, zone string) {
	var c clock
	if c.read(s) == 0 {
		return time.Time{}, ""
	}
	return c.time(z)
}

// findTime returns the first time with a date in s, else the first without; "" if there is none.
func findTime(s string) string {
	var c clock
	found := ""
	for i := 0; i < len(s); i++ {
		if i > 0 && (txt.IsDigit(s[i]) == txt.IsDigit(s[i-1]) && txt.IsLetter(s[i]) == txt.IsLetter(s[i-1]) || txt.IsDigit(s[i-1])) || s[i] >= 0x80 && i > 0 {
			continue // within a word or a number
		}
		n := c.read(s[i:])
		switch {
		case n > 0 && (c.month > 0 || c.isEpoch):
			return s[i : i+n]
		case n > 0 && found == "":
			found = s[i : i+n]
		}
	}
	return found
}

// timeKeys are the names under which loggers put the time into JSON.
var timeKeys = [...]string{"time", "timestamp", "@timestamp", "ts", "datetime", "date", "timeUnixNano", "observedTimeUnixNano", "asctime", "eventTime", "sent_at", "__REALTIME_TIMESTAMP", "eventTimestamp"}

// quotedTimeKeys are they as they stand in JSON.
var quotedTimeKeys = func() (keys [len(timeKeys)]string) {
	for i, key := range timeKeys {
		keys[i] = `"` + key + `":`
	}
	return keys
}()

// fieldKeys are the same of logfmt.
var fieldKeys = [...]string{"time=", "ts=", "timestamp="}

// timeOf returns what the members of an object tell of its time.
func timeOf(members []member) string {
	for _, key := range timeKeys {
		for _, m := range members {
			if m.path == key {
				return strings.Trim(m.value, `"`)
			}
		}
	}
	for _, key := range timeKeys {
		for _, m := range members {
			if m.name() == key {
				return strings.Trim(m.value, `"`)
			}
		}
	}
	return ""
}

// timeOf returns the time that l tells, in its prefix or its JSON, and the zone that it was taken to be in.
func (c *cutter) timeOf(l *line) (time.Time, string) {
	z := zones{c.options.Year, c.options.Location}
	if t, zone := parseTime(l.timeText, z); !t.IsZero() {
		return t, zone
	}
	return timeWithin(l.body, z)
}

// timeWithin returns the time that a member of JSON or a field of logfmt tells, wherever it stands.
func timeWithin(s string, z zones) (time.Time, string) {
	if strings.IndexByte(s, '"') >= 0 {
		for _, key := range quotedTimeKeys {
			if t, zone := timeBehind(s, key, z); !t.IsZero() {
				return t, zone
			}
		}
	}
	if strings.IndexByte(s, '=') < 0 {
		return time.Time{}, ""
	}
	for _, key := range fieldKeys {
		if at := strings.Index(s, key); at == 0 || at > 0 && s[at-1] == ' ' {
			if t, zone := timeBehind(s, key, z); !t.IsZero() {
				return t, zone
			}
		}
	}
	return time.Time{}, ""
}

// timeBehind returns the time behind the first key in s.
func timeBehind(s, key string, z zones) (time.Time, string) {
	_, rest, ok := strings.Cut(s, key)
	if !ok {
		return time.Time{}, ""
	}
	rest = strings.TrimLeft(rest, ` "`)
	if n := txt.DigitsLen(rest); n >= 10 { // what follows a number is of JSON
		if strings.HasPrefix(rest[n:], ".") {
			n += 1 + txt.DigitsLen(rest[n+1:])
		}
		rest = rest[:n]
	}
	return parseTime(rest, z)
}
