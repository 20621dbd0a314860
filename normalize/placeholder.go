package normalize

import (
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxWord is how far it is looked for what a word is, and maxQuoted for the end of a quote: the bounds
// make a message cost no more than a number of steps for each byte.
const (
	maxWord   = 256
	maxPart   = 48 // of a word that was looked at from its begin: a UUID fits
	maxQuoted = 512
)

// placeholders are what a message's words are replaced by.
const (
	phNumber  = "<number>"
	phHex     = "<hex>"
	phUUID    = "<uuid>"
	phID      = "<id>"
	phAddress = "<address>"
	phURL     = "<url>"
	phPath    = "<path>"
	phEmail   = "<email>"
	phPhone   = "<phone>"
	phDate    = "<date>"
	phVersion = "<version>"
	phQuoted  = "<quoted>"
	phList    = "<list>"
	phName    = "<name>"
)

// placer replaces what varies in a message.
type placer struct {
	s    string
	out  []byte
	from int    // what stands before it is in out
	last string // the placeholder that out ends in, if s goes on right there
	word int    // where the word ends that was looked at as a whole
	json int    // how many brackets were tried as JSON in vain

	status string // the HTTP status that the message tells
}

// placehold returns message with placeholders for what varies, and the HTTP status that it tells, if any.
func placehold(message string) (text, status string) {
	p := placer{s: message}
	for i := 0; i < len(message); {
		i = p.step(i)
	}
	if p.from == 0 {
		return message, p.status
	}
	return string(append(p.out, message[p.from:]...)), p.status
}

// step looks at what begins at i and returns where it ends.
func (p *placer) step(i int) int {
	c := p.s[i]
	if n := p.quotedLen(i); n > 0 {
		if p.keepsQuoted(i, n) {
			return i + n
		}
		return p.replace(i, i+n, phQuoted)
	}
	begins := i == 0 || isBreak(p.s[i-1]) || strings.IndexByte("=:,;#|", p.s[i-1]) >= 0 || p.s[i-1] >= 0x80
	if begins && (c == '{' || c == '[') {
		if n, text := p.jsonAt(i); n > 0 {
			return p.replace(i, i+n, text)
		}
		return i + 1
	}
	if begins {
		if n := p.signedLen(i); n > 0 {
			return p.replace(i, i+n, phNumber)
		}
	}
	if c >= 0x80 || !isWordByte(c) && (!begins || c != '/' && c != '~' && c != '.' && c != '\\' && c != '+' && c != '(' && c != ':') {
		return i + 1
	}
	end := min(len(p.s), i+maxWord)
	if i < p.word {
		end = min(len(p.s), i+maxPart)
	} else if begins {
		p.word = i
		for p.word < end && !isBreak(p.s[p.word]) {
			p.word++
		}
	}
	if n, placeholder := p.wordAt(i, p.s[i:end], begins); n > 0 {
		if placeholder == "" {
			return i + n
		}
		return p.replace(i, i+n, placeholder)
	}
	if begins {
		if n := p.personLen(i); n > 0 {
			return p.replace(i, i+n, phName)
		}
	}
	n := 1
	for i+n < end && isWordByte(p.s[i+n]) && p.s[i+n] < 0x80 && isWordByte(c) {
		n++
	}
	return i + n
}

// replace puts a placeholder in the place of s[i:end] and returns end. A list of equal placeholders becomes one.
func (p *placer) replace(i, end int, placeholder string) int {
	between := p.s[p.from:i]
	if p.last == placeholder && isListSeparator(between) {
		p.from = end
		return end
	}
	if p.from == 0 && p.out == nil {
		p.out = make([]byte, 0, len(p.s)+len(placeholder))
	}
	p.out = append(p.out, between...)
	p.out = append(p.out, placeholder...)
	p.from, p.last = end, placeholder
	return end
}

// isListSeparator reports whether s stands between the elements of a list, or the parts of a range.
func isListSeparator(s string) bool {
	switch s {
	case ",", ", ", " ", ":", " and ", " or ", ", and ", ", or ", " & ", "-", " - ", "–", " – ", "x", " x ", "×", ";", "; ", "/", " / ", " | ", ",\n":
		return true
	}
	return false
}

// quotedLen returns the length of the quoted text that begins at i, 0 if there is none. An apostrophe
// within a word is no quote.
func (p *placer) quotedLen(i int) int {
	s := p.s
	quote := s[i]
	switch {
	case quote == '"', quote == '`':
	case quote == '\'':
		if i > 0 && isWordByte(s[i-1]) {
			return 0
		}
	case quote >= 0x80:
		return typographicLen(s[i:])
	default:
		return 0
	}
	for j := i + 1; j < len(s) && j-i < maxQuoted; j++ {
		if s[j] == '\\' && j+1 < len(s) && s[j+1] == quote {
			j++
			continue
		}
		if s[j] == quote && (quote != '\'' || j+1 == len(s) || !isWordByte(s[j+1])) {
			return j + 1 - i
		}
		if s[j] == '\n' {
			break
		}
	}
	return 0
}

// typographicLen returns the length of the text in typographic quotes that s begins with, 0 if it begins
// with none.
func typographicLen(s string) int {
	for _, quotes := range typographic {
		if !strings.HasPrefix(s, quotes.open) {
			continue
		}
		rest := s[len(quotes.open):min(len(s), maxQuoted)]
		if i := strings.IndexByte(rest, '\n'); i >= 0 {
			rest = rest[:i]
		}
		for _, shut := range quotes.shut {
			if i := strings.Index(rest, shut); i > 0 {
				return len(quotes.open) + i + len(shut)
			}
		}
	}
	return 0
}

// keepsQuoted reports whether the n bytes in quotes at i name a thing of the program, rather than a value:
// an identifier behind or before a word that says so, the field at the head of a validation's message, or
// a whole sentence that the message ends in.
func (p *placer) keepsQuoted(i, n int) bool {
	inner := unquote(p.s[i : i+n])
	if inner == "" || len(inner) > 80 {
		return false
	}
	before, after := lastWord(p.s[:i]), nextWord(p.s[i+n:])
	if strings.Count(inner, " ") >= 2 {
		return i > 1 && i+n >= len(p.s)-1 && p.s[i-1] == ' ' && p.s[i-2] == ':' && txt.IsUpper(inner[0])
	}
	if !isName(inner) {
		return false
	}
	switch {
	case isThing(before):
	case isThing(after):
	case i == 0 && isVerdict(p.s[n:]):
	default:
		return false
	}
	if text, _ := placehold(inner); text != inner {
		return false
	}
	return true
}

// personLen returns the length of the name at i that somebody or something was given by a user, without
// quotes: "User ann not found".
func (p *placer) personLen(i int) int {
	n := 0
	for i+n < len(p.s) && n < 40 && (txt.IsLetter(p.s[i+n]) || txt.IsDigit(p.s[i+n]) || p.s[i+n] == '_' || p.s[i+n] == '.') {
		n++
	}
	if n == 0 || i+n >= len(p.s) || p.s[i+n] != ' ' || i == 0 || p.s[i-1] != ' ' {
		return 0
	}
	switch lastWord(p.s[:i]) {
	case "user", "username", "customer", "account", "member", "player", "login", "host", "hostname", "tenant":
	default:
		return 0
	}
	for _, verdict := range [...]string{" not found", " does not exist", " doesn't exist", " already exists", " is not found", " was not found", " is unknown", " is locked", " is disabled", " is blocked", " has no ", " could not be found", " cannot be found"} {
		if strings.HasPrefix(p.s[i+n:], verdict) && !strings.HasPrefix(verdict, " "+p.s[i:i+n]+" ") {
			switch p.s[i : i+n] {
			case "is", "was", "does", "has", "could", "cannot", "already", "id", "name":
				return 0
			}
			return n
		}
	}
	return 0
}

// isName reports whether s, which was in quotes, may name something of the program.
func isName(s string) bool {
	letter := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case txt.IsLetter(c), c >= 0x80:
			letter = true
		case txt.IsDigit(c), c == '_', c == '$', c == '-':
		case strings.IndexByte(".:@#[]()*!?", c) >= 0 && len(s) > 1, c == '/' && i > 0, c == ' ' && i > 0 && strings.Count(s, " ") == 1:
		default:
			return false
		}
	}
	return letter && s[0] != '.'
}

// isThing reports whether a word, in lower case, says that what is quoted beside it names a thing of the
// program, the schema or the framework.
func isThing(word string) bool {
	switch word {
	case "relation", "relations", "table", "column", "columns", "constraint", "index", "view", "schema", "database", "sequence", "trigger", "collection", "bucket", "topic", "queue", "stream",
		"field", "fields", "key", "keys", "property", "properties", "prop", "props", "attribute", "attributes", "parameter", "param", "params", "argument", "arguments", "option", "options", "variable", "variables",
		"model", "entity", "type", "types", "class", "interface", "enum", "method", "function", "procedure", "operator", "module", "package", "plugin", "preset", "loader", "extension", "dependency",
		"component", "directive", "pipe", "provider", "service", "controller", "middleware", "hook", "event", "action", "reducer", "mutation", "query", "selector", "command", "job", "task", "handler", "listener",
		"import", "export", "path", "header", "permission", "role", "scope", "policy", "feature", "flag", "env", "setting", "config", "element", "tag", "rule", "store", "slot", "operation", "invocation", "call", "state", "resource", "template", "layout", "workflow", "step", "stage", "channel", "exchange", "namespace", "bean", "context", "injector", "token":
		return true
	}
	return false
}

// isVerdict reports whether rest, behind the quoted name that a message begins with, is what validators say
// of a field.
func isVerdict(rest string) bool {
	for _, verdict := range [...]string{" is required", " must ", " is not allowed", " should ", " is missing", " cannot be ", " can't be ", " has to ", " length must", " contains ", " failed ", " is a required", " is not exported", " is not defined", " is not a function", " is not supported", " is deprecated", " was not found in", " does not exist on", " with value "} {
		if strings.HasPrefix(rest, verdict) {
			return true
		}
	}
	return false
}

// lastWord returns the last word of s in lower case, "" if something else than a blank or colon stands behind it.
func lastWord(s string) string {
	s = s[max(0, len(s)-40):]
	s = strings.TrimRight(s, " :=(")
	end := len(s)
	for end > 0 && txt.IsLetter(s[end-1]) {
		end--
	}
	return lower(s[end:])
}

// nextWord returns the word that s begins with behind a blank, in lower case.
func nextWord(s string) string {
	s, ok := strings.CutPrefix(s, " ")
	if !ok {
		return ""
	}
	n := 0
	for n < len(s) && n < 40 && txt.IsLetter(s[n]) {
		n++
	}
	return lower(s[:n])
}

// signedLen returns the length of a number with a sign or a currency before it, 0 if s has none at i.
func (p *placer) signedLen(i int) int {
	s := p.s[i:min(len(p.s), i+maxWord)]
	n := 0
	for _, sign := range [...]string{"US$", "-", "−", "+", "±", "~", "≈", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₴"} {
		if strings.HasPrefix(s[n:], sign) {
			n += len(sign)
		}
	}
	if n == 0 || n >= len(s) {
		return 0
	}
	if s[n] == ' ' && n > 1 {
		n++
	}
	if n >= len(s) || !txt.IsDigit(s[n]) && (s[n] != '.' || n+1 >= len(s) || !txt.IsDigit(s[n+1])) || s[0] == '+' && phoneLen(s) > 0 || dateLen(s[n:]) > 0 {
		return 0
	}
	if m := numberLen(s[n:]); m > 0 {
		return n + m
	}
	return 0
}

// numberLen returns the length of the number that s begins with, with its groups, fraction, exponent, and
// the unit, currency or ending of an ordinal behind it; 0 if other letters follow.
func numberLen(s string) int {
	n := 0
	if s != "" && s[0] == '.' {
		n++
	}
	for n < len(s) {
		switch {
		case txt.IsDigit(s[n]):
			n++
		case (s[n] == '.' || s[n] == ',' || s[n] == '\'' || s[n] == '_') && n > 0 && n+1 < len(s) && txt.IsDigit(s[n-1]) && txt.IsDigit(s[n+1]):
			n++
		case n > 0 && (strings.HasPrefix(s[n:], "\u00a0") || strings.HasPrefix(s[n:], "\u202f") || strings.HasPrefix(s[n:], "’")) && groupLen(s[n:]) > 0:
			n += groupLen(s[n:])
		default:
			return n + suffixLen(s[n:], n)
		}
	}
	return n
}

// groupLen returns the length of a separator of more than one byte and the three digits behind it.
func groupLen(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	if rest := s[size:]; digitsLen(rest) == 3 {
		return size + 3
	}
	return 0
}

// suffixLen returns the length of what belongs to a number of n bytes before s: an exponent, a unit, a
// currency. If other letters follow, so that the whole is not a number, it returns -n.
func suffixLen(s string, n int) int {
	if s == "" {
		return 0
	}
	if (s[0] == 'e' || s[0] == 'E') && len(s) > 1 {
		m := 1
		if s[m] == '+' || s[m] == '-' {
			m++
		}
		if d := digitsLen(s[m:]); d > 0 && (m+d == len(s) || !isWordByte(s[m+d])) {
			return m + d
		}
	}
	letters := 0
	for letters < len(s) && (txt.IsLetter(s[letters]) || strings.HasPrefix(s[letters:], "µ")) {
		if s[letters] >= 0x80 {
			letters++
		}
		letters++
	}
	if letters > 0 {
		if isUnit(s[:letters]) && (letters == len(s) || !isWordByte(s[letters]) || txt.IsDigit(s[letters]) || s[letters] >= 0x80) {
			return letters
		}
		return -n
	}
	if s[0] == '_' || s[0] == '$' {
		return -n
	}
	for _, sign := range [...]string{"%", " %", "€", " €", "\u00a0€", "£", "$", "°C", "°F", "°", " ₽", " zł", " kr"} {
		if strings.HasPrefix(s, sign) {
			return len(sign)
		}
	}
	if s[0] == ' ' {
		letters = 1
		for letters < len(s) && txt.IsLetter(s[letters]) {
			letters++
		}
		if isSpacedUnit(s[1:letters]) && (letters == len(s) || !isWordByte(s[letters])) {
			return letters
		}
	}
	return 0
}

// isUnit reports whether s is what stands directly behind a number.
func isUnit(s string) bool {
	switch s {
	case "ms", "s", "sec", "secs", "m", "min", "mins", "h", "hr", "hrs", "d", "w", "y", "ns", "us", "µs", "b", "B", "kb", "KB", "kB", "Kb", "mb", "MB", "Mb", "gb", "GB", "tb", "TB", "KiB", "MiB", "GiB", "TiB",
		"k", "K", "M", "G", "px", "em", "rem", "pt", "pc", "vh", "vw", "dpi", "fps", "Hz", "hz", "kHz", "MHz", "GHz", "x", "X", "th", "st", "nd", "rd", "cm", "mm", "km", "kg", "g", "mg", "W", "V", "bps", "kbps", "Mbps", "n", "am", "pm", "AM", "PM", "eur", "EUR", "USD", "usd":
		return true
	}
	return false
}

// isSpacedUnit reports whether s is what stands behind a number and a blank.
func isSpacedUnit(s string) bool {
	switch s {
	case "ms", "s", "sec", "secs", "second", "seconds", "millisecond", "milliseconds", "min", "mins", "minute", "minutes", "hour", "hours", "hr", "hrs", "day", "days", "byte", "bytes", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB",
		"px", "percent", "Hz", "kHz", "MHz", "EUR", "USD", "GBP", "CHF", "JPY", "RUB", "PLN", "BTC", "ETH":
		return true
	}
	return false
}

func isHex(s string) bool {
	for i := 0; i < len(s); i++ {
		if _, ok := hexValue(s[i]); !ok {
			return false
		}
	}
	return true
}

func isWordByte(c byte) bool {
	return txt.IsLetter(c) || txt.IsDigit(c) || c == '_' || c == '$' || c >= 0x80
}

// isBreak reports whether c ends a word in which an address or a URL may stand.
func isBreak(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', '(', ')', '[', ']', '{', '}', '<', '>', '"', '\'', '`', '|':
		return true
	}
	return false
}
