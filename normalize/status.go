package normalize

import (
	"encoding/json"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// statusAt returns the length of the HTTP status that s, the message from i on, begins with, 0 if it
// begins with none: three digits behind a word that says so, before the phrase that belongs to them, or at
// the begin of the message. It stays in the message, and the first is kept.
func (p *placer) statusAt(i int, s string) int {
	if digitsLen(s) != 3 || s[0] < '1' || s[0] > '5' || len(s) > 3 && (isWordByte(s[3]) && s[3] < 0x80 || s[3] == '.' && len(s) > 4 && txt.IsDigit(s[4]) || s[3] == '%') {
		return 0
	}
	before := p.s[max(0, i-60):i]
	if !isStatusWord(before, s[0] >= '4') && !isReason(s) && !(s[0] >= '4' && (i == 0 && isStatusHead(s) || isRequest(p.s, before))) {
		return 0
	}
	if p.status == "" {
		p.status = s[:3]
	}
	return 3
}

// isStatusWord reports whether what stands before a number says that it is an HTTP status; failed says that it
// begins with 4 or 5, as those of errors do.
func isStatusWord(before string, failed bool) bool {
	word := lastWord(before)
	switch word {
	case "status", "statuscode", "http", "httpstatus", "httpstatuscode":
		return true
	case "error", "response":
		if failed {
			return true
		}
		fallthrough
	case "code":
		rest := strings.TrimRight(before, " :=(")
		rest = rest[:len(rest)-len(word)]
		if strings.HasSuffix(rest, "_") || strings.HasSuffix(rest, "-") {
			rest = rest[:len(rest)-1]
		}
		switch lastWord(rest) {
		case "status", "http", "response", "server":
			return true
		}
	}
	i := strings.LastIndex(before, "HTTP/")
	return i >= 0 && strings.IndexByte(before[i:], ' ') == len(before)-i-1
}

// isRequest reports whether a message speaks of a request, and a number behind before may be its status.
func isRequest(message, before string) bool {
	if methodLen(message) > 0 && strings.HasSuffix(before, " ") && lastWord(before) == "" { // GET /users 500
		return true
	}
	switch lastWord(before) {
	case "with", "returned", "returns", "received", "got", "responded", "failed", "a", "an", "code":
	default:
		return false
	}
	text := lower(message[:min(len(message), maxWord)])
	for _, word := range [...]string{"://", "request", "response", "server", "fetch", "http", "endpoint", "api"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return methodLen(message) > 0
}

// methodLen returns the length of the HTTP method that a message begins with, 0 if it begins with none.
func methodLen(message string) int {
	for _, method := range [...]string{"GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "OPTIONS "} {
		if strings.HasPrefix(message, method) {
			return len(method)
		}
	}
	return 0
}

// isStatusHead reports whether a message that begins with a number begins with an HTTP status: a sentence
// or a colon follows.
func isStatusHead(s string) bool {
	if len(s) == 3 {
		return true
	}
	rest, ok := strings.CutPrefix(s[3:], " ")
	if !ok {
		return s[3] == ':' || s[3] == ' '
	}
	return rest != "" && (txt.IsUpper(rest[0]) || rest[0] == '-' || rest[0] == '{' || rest[0] == '"' || rest[0] == '(')
}

// isReason reports whether the phrase that HTTP gives to a status follows it.
func isReason(s string) bool {
	rest, ok := strings.CutPrefix(s[3:], " ")
	if !ok {
		return false
	}
	rest = strings.TrimPrefix(rest, "(")
	for _, reason := range [...]string{
		"OK", "Created", "Accepted", "No Content", "Moved Permanently", "Found", "Not Modified", "Temporary Redirect", "Bad Request", "Unauthorized", "Payment Required", "Forbidden", "Not Found",
		"Method Not Allowed", "Not Acceptable", "Proxy Authentication", "Request Timeout", "Conflict", "Gone", "Length Required", "Precondition Failed", "Payload Too Large", "Request Entity", "URI Too Long", "Unsupported Media",
		"Range Not", "I'm a teapot", "Misdirected", "Unprocessable", "Locked", "Too Early", "Upgrade Required", "Too Many Requests", "Request Header", "Unavailable For", "Internal Server Error", "Not Implemented",
		"Bad Gateway", "Service Unavailable", "Gateway Time", "HTTP Version", "Insufficient Storage",
	} {
		if strings.HasPrefix(rest, reason) {
			return true
		}
	}
	return false
}

// What is tried as JSON: so many bytes, and so many brackets that turn out to be none.
const (
	maxJSON      = 8 << 10
	maxJSONTries = 4
)

// jsonAt returns the length of the JSON object or array at i and what replaces it: the code, status, type and name
// of an object that has them.
func (p *placer) jsonAt(i int) (int, string) {
	if p.json == maxJSONTries {
		return 0, ""
	}
	n := bracketsLen(p.s[i:min(len(p.s), i+maxJSON)])
	if n == 0 || !json.Valid([]byte(p.s[i:i+n])) {
		p.json++
		return 0, ""
	}
	text := p.s[i : i+n]
	if text[0] == '[' {
		var list []json.RawMessage
		if json.Unmarshal([]byte(text), &list) == nil && len(list) > 0 && list[0][0] == '{' {
			return n, jsonText([]byte(list[0])) // as ZodError prints its issues
		}
		return n, phList
	}
	return n, jsonText([]byte(text))
}

// bracketsLen returns the length of the text up to the bracket that shuts the one s begins with.
func bracketsLen(s string) int {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// jsonText returns what stands for an object: "<json>", or "<json code=401>".
func jsonText(text []byte) string {
	var b strings.Builder
	b.WriteString("<json")
	writeJSONIdentity(&b, text, 0)
	b.WriteByte('>')
	return b.String()
}

// writeJSONIdentity writes the members of an object that tell one error from another, and those of the
// object that its member error is.
func writeJSONIdentity(b *strings.Builder, text []byte, depth int) {
	var object map[string]json.RawMessage
	if json.Unmarshal(text, &object) != nil || depth > 2 {
		return
	}
	for _, name := range [...]string{"code", "status", "statusCode", "status_code", "errorCode", "error_code", "errno", "type", "name", "reason", "path", "error", "errors"} {
		value, ok := object[name]
		if !ok || len(value) == 0 {
			continue
		}
		switch value[0] {
		case '{':
			writeJSONIdentity(b, value, depth+1)
			continue
		case '[':
			var list []json.RawMessage
			if name == "errors" && json.Unmarshal(value, &list) == nil && len(list) > 0 {
				writeJSONIdentity(b, list[0], depth+1)
			}
			if name != "path" {
				continue
			}
		}
		plain := strings.Trim(string(value), `"`)
		if len(plain) > 64 {
			continue
		}
		if value[0] == '"' {
			if text, _ := placehold(plain); text != plain || strings.Count(plain, " ") > 6 {
				continue
			}
		}
		b.WriteString(" " + name + "=" + plain)
	}
}
