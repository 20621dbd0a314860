// Package header reads what the first lines of an error say: its name, its code and its message, behind
// the words of consoles and runtimes.
package header

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Header is what a line, and those that belong to it, say of an error.
type Header struct {
	Label   string // the words of a console or a runtime before the error, see [LabelOf]
	Type    string // the error's name, "" if there is none
	Code    string // that the name or the message tells
	Message string
}

// consoleWords are what consoles and runtimes put before an error that nobody caught.
var consoleWords = [...]string{
	"Uncaught ",
	"(in promise) ",
	"uncaught exception: ", // Firefox, for what is no Error
	"Unhandled rejection ", // Bluebird
	"Unhandled Rejection: ",
	"Unhandled Promise Rejection: ", // Safari
	"error: ",                       // Deno, Bun
}

// CutConsoleWords takes the words of consoles off the beginning of a header.
func CutConsoleWords(s string) (rest string, found bool) {
	for again := true; again; {
		again = false
		for _, word := range consoleWords {
			if after, ok := strings.CutPrefix(s, word); ok {
				s, found, again = after, true, true
			}
		}
		if after, ok := strings.CutPrefix(s, `(in worker "`); ok && found { // Deno
			if _, after, ok = strings.Cut(after, `") `); ok {
				s, again = after, true
			}
		}
	}
	if after, ok := CutRhinoWords(s); ok {
		return after, true
	}
	return s, found
}

// CutRhinoWords takes off what Rhino's shell prints before an error that nobody caught:
//
//	js: "rh.js", line 1: exception from uncaught JavaScript throw: Error: x
//	js: "rh.js", line 1: uncaught JavaScript runtime exception: TypeError: x
//
// Other lines behind "js: " are warnings, and the errors of the compiler.
func CutRhinoWords(s string) (rest string, ok bool) {
	if !strings.HasPrefix(s, `js: "`) {
		return s, false
	}
	first, _, _ := strings.Cut(s, "\n")
	for _, words := range [...]string{": exception from uncaught JavaScript throw: ", ": uncaught JavaScript runtime exception: "} {
		if at := strings.Index(first, words); at >= 0 {
			return s[at+len(words):], true
		}
	}
	return s, false
}

// Parse reads "Type [CODE]: Message", "Type [CODE]" or a message alone. If printed is true, an
// engine has put the error's name before the message, as those do that print a header at all, and
// any name is believed; else only what looks like an error's.
func Parse(s string, printed bool) Header {
	whole := s
	s, uncaught := CutConsoleWords(s)
	if s == "" {
		return Header{Message: whole}
	}
	label := LabelOf(whole[:len(whole)-len(s)])
	first, rest, several := strings.Cut(s, "\n")
	name, _, found := strings.Cut(first, ": ")
	if !found {
		name, found = strings.CutSuffix(first, ":") // a blank that was trimmed
	}
	typ, code, ok := CutCode(name)
	switch {
	case !ok || IsErrno(typ):
	case found && (IsErrorName(typ) || IsName(typ) && (printed || txt.IsUpper(typ[0]))):
		h := Header{Label: label, Type: typ, Code: code, Message: strings.TrimPrefix(s[len(name)+len(":"):], " ")}
		if h.Code == "" {
			h.Code = ErrnoOf(h.Message)
		}
		return h
	case !found && IsName(typ) && (IsErrorName(typ) || !several && (printed || txt.IsUpper(typ[0])) && !uncaught):
		return Header{Label: label, Type: typ, Code: code, Message: rest}
	}
	return Header{Label: label, Message: s, Code: ErrnoOf(s)}
}

// LabelOf returns the label of an error before which words stand, what [CutConsoleWords] has taken off:
// the words without the level "error: " of Deno and Bun at their beginning, and without the colon and
// the blanks at their end. "Uncaught (in promise)" of "error: Uncaught (in promise) ".
func LabelOf(words string) string {
	for {
		after, ok := strings.CutPrefix(words, "error: ")
		if !ok {
			return strings.TrimRight(words, ": ")
		}
		words = after
	}
}

// ParsePlain splits the header that most traces have, "TypeError: message" in one line without
// anything around it.
func ParsePlain(line string) (typ, message string, ok bool) {
	end := 0
	for end < len(line) && txt.IsUpper(line[end]&^0x20) {
		end++
	}
	if end+len(": ") >= len(line) || line[end:end+len(": ")] != ": " || !txt.IsUpper(line[0]) {
		return "", "", false
	}
	typ, message = line[:end], line[end+len(": "):]
	return typ, message, strings.HasSuffix(typ, "Error") || strings.HasSuffix(typ, "Exception") && typ != "Exception"
}

// CutCode splits "Error [ERR_X]", the name that Node gives to its own errors in their stacks. Other names in
// brackets are those of classes, or of errors whose class stands before them.
func CutCode(s string) (name, code string, ok bool) {
	if !strings.HasSuffix(s, "]") {
		return s, "", s != ""
	}
	name, code, ok = strings.Cut(s[:len(s)-1], " [")
	if !ok || name == "" || code == "" {
		return s, "", false
	}
	for i := 0; i < len(code); i++ {
		if c := code[i]; !txt.IsUpper(c) && (c < '0' || c > '9') && c != '_' {
			if name == "DOMException" {
				return code, "", true // "DOMException [AbortError]", whose class says less than its name
			}
			return name, "", true // "A [Error]", a class that kept its parent's name
		}
	}
	if code == levelWord {
		code = ""
	}
	return name, code, true
}

// IsName reports whether s can be an error's name: one word of letters, digits and what programs
// put between the parts of a name.
func IsName(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80, txt.IsUpper(c &^ 0x20), '0' <= c && c <= '9':
		case strings.IndexByte("_$.:-/#@", c) >= 0:
		default:
			return false
		}
	}
	return s != "" && !strings.Contains(s, "//")
}

// IsErrorName reports whether s can be nothing but an error's name: one word that is (see IsErrorWord),
// or several that are together (see isErrorPhrase).
func IsErrorName(s string) bool {
	if IsName(s) {
		return IsErrorWord(s)
	}
	return isErrorPhrase(s)
}

// IsErrorWord reports whether s is one word that can be nothing but an error's name: it ends in "Error"
// or "Exception".
func IsErrorWord(s string) bool {
	return (strings.HasSuffix(s, "Error") || strings.HasSuffix(s, "Exception") || s == "UnhandledPromiseRejection") && IsName(s)
}

// maxPhrase is the length up to which several words are taken for a name.
const maxPhrase = 100

// isErrorPhrase reports whether s consists of several words that all begin with a capital, and of which
// one is an error's name by itself or says that a rule was broken: "Custom Error", "Internal Server Error",
// "Invariant Violation".
func isErrorPhrase(s string) bool {
	if len(s) > maxPhrase {
		return false
	}
	found := false
	for word := range strings.SplitSeq(s, " ") {
		if !IsName(word) || !txt.IsUpper(word[0]) {
			return false
		}
		found = found || strings.HasSuffix(word, "Error") || strings.HasSuffix(word, "Exception") || word == "Violation"
	}
	return found
}

// ErrnoOf returns the code of a system error of Node, as its message tells it:
//
//	ENOENT: no such file or directory, open '/x'
//	ENOENT, no such file or directory '/x'
//	connect ECONNREFUSED 127.0.0.1:80
//	spawnSync no-such-bin ENOENT
func ErrnoOf(message string) string {
	first, _, _ := strings.Cut(message, "\n")
	word, rest, _ := strings.Cut(first, " ")
	if code := strings.TrimRight(word, ":,"); IsErrno(code) && (rest == "" || len(code) < len(word)) {
		return code
	}
	if !isSyscall(word) {
		return ""
	}
	word2, rest, _ := strings.Cut(rest, " ")
	if IsErrno(strings.TrimRight(word2, ":")) {
		return strings.TrimRight(word2, ":")
	}
	if strings.HasPrefix(word, "spawn") {
		if last := rest[strings.LastIndexByte(rest, ' ')+1:]; IsErrno(last) {
			return last
		}
	}
	return ""
}

// isSyscall reports whether word looks like the name that Node gives to a system call: "connect",
// "getaddrinfo", "spawnSync".
func isSyscall(word string) bool {
	for i := 0; i < len(word); i++ {
		if c := word[i]; (c < 'a' || c > 'z') && (!txt.IsUpper(c) || i == 0) && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return word != ""
}

// IsErrno reports whether s is the name of a system error: those of libuv (uv.h, UV_ERRNO_MAP) and
// of c-ares, which Node reports for DNS.
func IsErrno(s string) bool {
	switch s {
	case "E2BIG", "EACCES", "EADDRINUSE", "EADDRNOTAVAIL", "EAFNOSUPPORT", "EAGAIN", "EAI_ADDRFAMILY",
		"EAI_AGAIN", "EAI_BADFLAGS", "EAI_BADHINTS", "EAI_CANCELED", "EAI_FAIL", "EAI_FAMILY",
		"EAI_MEMORY", "EAI_NODATA", "EAI_NONAME", "EAI_OVERFLOW", "EAI_PROTOCOL", "EAI_SERVICE",
		"EAI_SOCKTYPE", "EALREADY", "EBADF", "EBUSY", "ECANCELED", "ECHARSET", "ECONNABORTED",
		"ECONNREFUSED", "ECONNRESET", "EDESTADDRREQ", "EEXIST", "EFAULT", "EFBIG", "EFTYPE",
		"EHOSTDOWN", "EHOSTUNREACH", "EILSEQ", "EINTR", "EINVAL", "EIO", "EISCONN", "EISDIR", "ELOOP",
		"EMFILE", "EMLINK", "EMSGSIZE", "ENAMETOOLONG", "ENETDOWN", "ENETUNREACH", "ENFILE", "ENOBUFS",
		"ENODATA", "ENODEV", "ENOENT", "ENOEXEC", "ENOMEM", "ENONET", "ENOPROTOOPT", "ENOSPC", "ENOSYS",
		"ENOTCONN", "ENOTDIR", "ENOTEMPTY", "ENOTSOCK", "ENOTSUP", "ENOTTY", "ENXIO", "EOF",
		"EOVERFLOW", "EPERM", "EPIPE", "EPROTO", "EPROTONOSUPPORT", "EPROTOTYPE", "ERANGE", "EREMOTEIO",
		"EROFS", "ESHUTDOWN", "ESOCKTNOSUPPORT", "ESPIPE", "ESRCH", "ETIMEDOUT", "ETXTBSY", "EUNATCH",
		"EXDEV",
		"EBADFAMILY", "EBADFLAGS", "EBADHINTS", "EBADNAME", "EBADQUERY", "EBADRESP", "EBADSTR",
		"ECANCELLED", "ECONNREFUSEDV6", "EDESTRUCTION", "EFORMERR", "EFILE", "ELOADIPHLPAPI", "ENONAME",
		"ENOTFOUND", "ENOTIMP", "ENOTINITIALIZED", "EREFUSED", "ESERVFAIL", "ETIMEOUT":
		return true
	}
	return false
}
