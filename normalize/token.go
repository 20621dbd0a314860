package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// wordAt returns the placeholder for what s, the message from i on, begins with, and its length: 0 if
// nothing varies, and no placeholder if that many bytes stay. Begins says that a word begins there.
func (p *placer) wordAt(i int, s string, begins bool) (n int, placeholder string) {
	if begins {
		if n, placeholder := placeAt(s); n > 0 {
			return n, placeholder
		}
		if n := phoneLen(s); n > 0 {
			return n, phPhone
		}
		if n := dateLen(s); n > 0 {
			return n, phDate
		}
	}
	if !isWordByte(s[0]) || s[0] >= 0x80 {
		return 0, ""
	}
	if n := versionLen(s, begins); n > 0 {
		return n, phVersion
	}
	if txt.IsDigit(s[0]) {
		if n := p.statusAt(i, s); n > 0 {
			return n, ""
		}
	}
	if begins {
		if n := tokenLen(s); n > 0 {
			return n, phID
		}
	}
	return p.identAt(i, s)
}

// identAt is wordAt of a word of letters and digits.
func (p *placer) identAt(i int, s string) (n int, placeholder string) {
	end := identLen(s)
	part := s[:end]
	switch {
	case len(part) > 2 && part[0] == '0' && part[1]|0x20 == 'x' && isHex(part[2:]):
		return end, phHex
	case len(part) == 36 && isUUID(part):
		return end, phUUID
	}
	if end == 6 && i > 0 && p.s[i-1] == '#' && isHex(part) && strings.ContainsAny(part, "abcdefABCDEF") { // a colour
		return end, phHex
	}
	if txt.IsDigit(part[0]) && strings.Trim(part, "0123456789-") == "" && strings.IndexByte(part, '-') > 0 && len(part) < 20 { // 10-20
		return digitsLen(part), phNumber
	}
	if txt.IsDigit(part[0]) {
		if n := numberLen(s); n > 0 && (n >= end || strings.IndexByte(part[:min(n, end)], '-') < 0 && !isHexWord(part) && !isID(part)) {
			return n, phNumber
		}
	}
	if isHexWord(part) {
		return end, phHex
	}
	if n, ok := codeLen(part, p.s[:i]); ok { // ORD-1234, order_12: the letters stay
		return n, ""
	}
	if isID(part) {
		return end, phID
	}
	if n := digitsLen(part); n > 0 {
		return n, phNumber
	}
	if i := strings.IndexAny(part, "-"); i > 0 {
		return i, ""
	}
	return 0, ""
}

// identLen returns how many bytes of ASCII letters, digits, "_", "$" and "-" between them s begins with.
func identLen(s string) int {
	end := 0
	for end < len(s) && s[end] < 0x80 && (isWordByte(s[end]) || s[end] == '-' && end > 0 && end+1 < len(s) && s[end+1] < 0x80 && isWordByte(s[end+1])) {
		end++
	}
	return end
}

// isHexWord reports whether a word is hexadecimal: eight digits at least, with one of 0 to 9 among them.
func isHexWord(s string) bool {
	return len(s) >= 8 && isHex(s) && strings.ContainsAny(s, "0123456789") && strings.ContainsAny(s, "abcdefABCDEF")
}

// codeLen returns how much of a word of letters and a number stays: the letters and what parts them from
// the number, or all of it if it is the code of an error, a standard, or a name with a small number.
func codeLen(word, before string) (int, bool) {
	letters := 0
	for letters < len(word) && txt.IsLetter(word[letters]) {
		letters++
	}
	sign := letters
	if sign < len(word) && (word[sign] == '-' || word[sign] == '_') {
		sign++
	}
	digits := len(word) - sign
	if letters == 0 || digits == 0 || !isNumber(word[sign:]) {
		return 0, false
	}
	switch {
	case isStandard(lower(word[:letters])):
		return len(word), true
	case letters > 1 && txt.IsUpper(word[0]) && txt.IsUpper(word[1]) && digits >= 2 && isCodePlace(before), letters == 1 && txt.IsUpper(word[0]) && digits >= 4 && before == "":
		return len(word), true // ORA-12154:, TS2322, E11000
	case sign > letters:
		return sign, true
	case letters == 1:
		return 0, false
	}
	return len(word), digits < 4
}

// isCodePlace reports whether the code of an error may stand behind what is before it: at the begin of the
// message, or behind "error", "code" or a colon.
func isCodePlace(before string) bool {
	if before == "" || strings.HasSuffix(before, ": ") || strings.HasSuffix(before, "\n") {
		return true
	}
	word := lastWord(before)
	return word == "error" || word == "code" || word == "errno" || word == "exception"
}

// isStandard reports whether letters before a number name a standard, an encoding or a model, of which the
// number tells one from another.
func isStandard(letters string) bool {
	switch letters {
	case "utf", "iso", "sha", "md", "es", "ecma", "base", "aes", "rsa", "tls", "ssl", "http", "ip", "ipv", "rfc", "gpt", "claude", "latin", "ucs", "crc", "win", "x", "mp", "h", "vp", "av", "int", "uint", "float", "web", "log", "atan", "oauth", "col", "en", "u":
		return true
	}
	return false
}

// isID reports whether a word is an identifier that a program made up: digits between letters, many behind
// them, or letters in an order that no words have.
func isID(s string) bool {
	if len(s) < 5 {
		return false
	}
	digits, changes, upper, lower := 0, 0, false, false
	for i := 0; i < len(s); i++ {
		if txt.IsDigit(s[i]) {
			digits++
		}
		upper = upper || txt.IsUpper(s[i])
		lower = lower || isLower(s[i])
		if i > 0 && txt.IsDigit(s[i]) != txt.IsDigit(s[i-1]) {
			changes++
		}
	}
	switch {
	case digits >= 4 || digits > 0 && changes >= 3 && len(s) >= 6:
		return true
	case len(s) >= 14 && upper && lower && isRandom(s):
		return true
	case digits > 0 && upper && lower && len(s) >= 12: // cus_NffrFeUfNV2Hib
		tail := s[strings.LastIndexByte(s, '_')+1:]
		return len(tail) >= 10 && strings.Trim(tail, "0123456789") != "" && wordBits(tail) < 0
	}
	return len(s) >= 10 && digits >= 2 && isRandom(s)
}

// isRandom reports whether a word of letters, digits, "-" and "_" is made of no words.
func isRandom(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !txt.IsLetter(c) && !txt.IsDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return wordBits(s) < -len(s)/2
}

// tokenLen returns the length of the JSON web token, or the text in base64, that s begins with.
func tokenLen(s string) int {
	if strings.HasPrefix(s, "eyJ") {
		n := 0
		for n < len(s) && (txt.IsLetter(s[n]) || txt.IsDigit(s[n]) || strings.IndexByte("-_.=+/", s[n]) >= 0) {
			n++
		}
		if n >= 20 {
			return len(strings.TrimRight(s[:n], "."))
		}
	}
	n, digits, plus := 0, 0, 0
	for n < len(s) && (txt.IsLetter(s[n]) || txt.IsDigit(s[n]) || s[n] == '+' || s[n] == '/') {
		if txt.IsDigit(s[n]) {
			digits++
		} else if s[n] == '+' {
			plus++
		}
		n++
	}
	padded := n
	for padded < len(s) && padded-n < 2 && s[padded] == '=' {
		padded++
	}
	switch {
	case padded > n && n >= 8 && padded%4 == 0:
		return padded
	case n >= 24 && plus > 0 && digits > 0:
		return n
	case n >= 40 && digits > 2 && strings.ToLower(s[:n]) != s[:n] && strings.Count(s[:n], "/") < 4 && wordBits(strings.ReplaceAll(s[:n], "/", "_")) < -20:
		return n
	}
	return 0
}

// placeAt returns the placeholder of the URL, address or path that s begins with.
func placeAt(s string) (int, string) {
	end := 0
	for end < len(s) && !isBreak(s[end]) && (s[end] < 0x80 || s[0] < 0x80 && strings.Contains(s[:end], "/")) {
		end++
	}
	word := strings.TrimRight(s[:end], ".,:;!?")
	if i := strings.Index(word, "://"); i > 0 && i < 20 {
		return len(word), phURL
	}
	if at := strings.IndexByte(word, '@'); at > 0 && strings.IndexByte(word[at:], '.') > 0 && strings.Count(word, "@") == 1 && strings.IndexByte(word[:at], '/') < 0 {
		return len(word), phEmail
	}
	if n := pathLen(s, word); n > 0 {
		return n, phPath
	}
	if n := addressLen(s, word); n > 0 {
		return n, phAddress
	}
	return 0, ""
}

// pathLen returns the length of the path that s begins with, whose first word is word:
//
//	/srv/a.json, /users, ~/a.json, ./a.js, ../lib/a.js, src/lib/a.js, C:\Program Files\a.json, \\server\share\a
//
// A blank may stand in it if a separator follows in the next word.
func pathLen(s, word string) int {
	sep := byte('/')
	switch {
	case isDrive(word):
		sep = word[2]
	case strings.HasPrefix(word, `\\`) && strings.Count(word, `\`) >= 3:
		sep = '\\'
	case strings.HasPrefix(word, "/"), strings.HasPrefix(word, "~/"), strings.HasPrefix(word, "./"), strings.HasPrefix(word, "../"):
		if !strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 || txt.IsLetter(byte(r)) || txt.IsDigit(byte(r)) }) {
			return 0
		}
	case isRelativePath(word), isUserFile(word):
		return len(word)
	default:
		return 0
	}
	n := len(word)
	for n < len(s) && s[n] == ' ' && !hasExtension(s[:n]) {
		next := n + 1
		for next < len(s) && !isBreak(s[next]) {
			next++
		}
		more := strings.TrimRight(s[n+1:next], ".,:;!?")
		if i := strings.IndexByte(more, sep); i <= 0 || isDrive(more) || strings.IndexByte(more[:i], ':') >= 0 {
			break
		}
		n += 1 + len(more)
	}
	return n
}

// isRelativePath reports whether a word is the path of a file below some folder: with an extension, or deep.
func isRelativePath(word string) bool {
	slashes := strings.Count(word, "/")
	if slashes == 0 || strings.ContainsAny(word, "()=,;") || strings.Contains(word, "//") || !txt.IsLetter(word[0]) && word[0] != '@' && word[0] != '_' {
		return false
	}
	return hasExtension(word)
}

// isUserFile reports whether a word is the name of a file that users have, and programs are not made of.
func isUserFile(word string) bool {
	dot := strings.LastIndexByte(word, '.')
	if dot <= 0 || strings.IndexByte(word, '/') >= 0 {
		return false
	}
	switch lower(word[dot+1:]) {
	case "jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "tif", "tiff", "pdf", "csv", "xls", "xlsx", "doc", "docx", "ppt", "pptx", "odt", "zip", "gz", "tar", "rar", "7z", "mp4", "mov", "avi", "mkv", "mp3", "wav", "m4a", "txt", "rtf", "tmp", "bak":
		return true
	}
	return false
}

// hasExtension reports whether a path ends in the extension of a file.
func hasExtension(path string) bool {
	base := path[strings.LastIndexAny(path, `/\`)+1:]
	dot := strings.LastIndexByte(base, '.')
	if dot <= 0 || len(base)-dot > 7 || len(base)-dot < 2 {
		return false
	}
	return txt.IsLetter(base[dot+1])
}

// addressLen returns the length of the address that s begins with, whose first word is word: of IPv4 or
// IPv6, perhaps with a port or a mask, of a network card, or a host with a port or a domain that is known.
func addressLen(s, word string) int {
	if isAddress(word) {
		return len(word)
	}
	if i := strings.LastIndexByte(word, '/'); i > 0 && isAddress(word[:i]) { // with a mask
		return len(word)
	}
	if strings.Count(word, ":") >= 2 && isColonAddress(word) {
		return len(word)
	}
	host, port, ok := strings.Cut(word, ":")
	if ok && isNumber(port) && len(port) >= 2 && len(port) <= 5 && isHost(host) && (strings.IndexByte(host, '.') > 0 || host == "localhost" || strings.IndexByte(host, '-') > 0) {
		return len(word)
	}
	if !ok && isHost(word) && hasDomain(word) {
		return len(word)
	}
	return 0
}

// isColonAddress reports whether s is an IPv6 address or that of a network card.
func isColonAddress(s string) bool {
	groups, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':':
			groups++
			digits = 0
		case c == '%':
			return groups > 1
		case c == '.':
			return groups > 1 && isAddress(s[strings.LastIndexByte(s, ':')+1:])
		default:
			if _, ok := hexValue(c); !ok {
				return false
			}
			if digits++; digits > 5 {
				return false
			}
		}
	}
	return strings.Contains(s, "::") || groups == 5 && len(s) == 17 || groups == 7 || groups == 8
}

// isHost reports whether s may be the name of a host.
func isHost(s string) bool {
	if s == "" || !txt.IsLetter(s[0]) && !txt.IsDigit(s[0]) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; !isLower(c) && !txt.IsDigit(c) && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

// hasDomain reports whether a host ends in a domain that is no property or extension of a file.
func hasDomain(host string) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 {
		return false
	}
	switch host[dot+1:] {
	case "com", "net", "org", "edu", "gov", "internal", "local", "localdomain", "lan", "cloud", "arpa":
		return true
	case "io", "dev", "app", "co", "de", "fr", "uk", "ru", "cn", "jp", "eu", "us", "in", "nl", "pl", "br", "it", "es", "ch", "at", "se", "svc":
		return strings.Count(host, ".") > 1
	}
	return false
}

// isAddress reports whether s is an IPv4 address, perhaps with a port.
func isAddress(s string) bool {
	dots, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case txt.IsDigit(c):
			if digits++; digits > 3 {
				return false
			}
		case c == '.' && digits > 0:
			dots++
			digits = 0
		case c == ':' && digits > 0 && dots == 3:
			return isNumber(s[i+1:])
		default:
			return false
		}
	}
	return dots == 3 && digits > 0
}

// versionLen returns the length of the version that s begins with: three numbers or more, or two behind a
// "v", and what may follow: 10.0.0-beta.4+build.
func versionLen(s string, begins bool) int {
	n, least := 0, 2
	if s[0] == 'v' && begins {
		n, least = 1, 1
	}
	dots := 0
	for {
		d := digitsLen(s[n:])
		if d == 0 || d > 5 {
			return 0
		}
		n += d
		if n+1 >= len(s) || s[n] != '.' || !txt.IsDigit(s[n+1]) {
			break
		}
		n++
		dots++
	}
	if dots < least {
		return 0
	}
	if n+1 < len(s) && (s[n] == '-' || s[n] == '+') && isWordByte(s[n+1]) {
		n++
		for n < len(s) && (txt.IsLetter(s[n]) || txt.IsDigit(s[n]) || (s[n] == '.' || s[n] == '-' || s[n] == '+') && n+1 < len(s) && isWordByte(s[n+1])) {
			n++
		}
	} else if n < len(s) && isWordByte(s[n]) && s[n] < 0x80 {
		return 0
	}
	return n
}

// phoneLen returns the length of the phone number that s begins with: "+" and seven digits at least in
// groups, or three groups of three, three and four digits.
func phoneLen(s string) int {
	n, digits, last := 0, 0, 0
	plus := s[0] == '+'
	if plus {
		n++
	} else if !txt.IsDigit(s[0]) && s[0] != '(' {
		return 0
	}
	groups := make([]int, 0, 8)
	group := 0
	for ; n < len(s) && len(groups) < 8; n++ {
		c := s[n]
		if txt.IsDigit(c) {
			digits++
			group++
			last = n + 1
			continue
		}
		if group > 0 {
			groups = append(groups, group)
			group = 0
		}
		if c != ' ' && c != '-' && c != '(' && c != ')' && c != '.' && c != '/' || n+1 < len(s) && c == s[n+1] {
			break
		}
	}
	if group > 0 {
		groups = append(groups, group)
	}
	if last < len(s) && isWordByte(s[last]) && s[last] < 0x80 {
		return 0
	}
	switch {
	case plus && digits >= 7 && digits <= 15:
		return last
	case !plus && len(groups) == 3 && groups[0] == 3 && groups[1] == 3 && groups[2] == 4 && strings.IndexByte(s[:last], '/') < 0:
		return last
	}
	return 0
}
