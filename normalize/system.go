package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// systemTemplate reads the messages of Node's system errors (lib/internal/errors.js, uvException and
// its like):
//
//	connect ECONNREFUSED 127.0.0.1:80                     syscall, code, address, port
//	connect ECONNREFUSED ::1:80 - Local (undefined:undefined)
//	connect ENOENT /run/app.sock                          syscall, code, path
//	getaddrinfo ENOTFOUND example.com                     syscall, code, address
//	listen EADDRINUSE: address already in use :::3000     syscall, code, address, port
//	read ECONNRESET                                       syscall, code
//	spawn ffmpeg ENOENT                                   syscall, path, code
//	ENOENT: no such file or directory, open '/a/b'        code, syscall, path
//	EXDEV: cross-device link not permitted, rename '/a' -> '/b'
func systemTemplate(message string) (Template, bool) {
	first, rest, _ := strings.Cut(message, " ")
	if code, ok := strings.CutSuffix(first, ":"); ok && isErrno(code) {
		return uvTemplate(code, rest)
	}
	if !isSyscall(first) || rest == "" {
		return Template{}, false
	}
	t := Template{Kind: "system"}
	word, after, _ := strings.Cut(rest, " ")
	code, explained := strings.CutSuffix(word, ":")
	if !isErrno(code) {
		if strings.HasPrefix(first, "spawn") { // spawn FILE CODE
			i := strings.LastIndexByte(rest, ' ')
			if i > 0 && isErrno(rest[i+1:]) {
				t.Text = first + " " + rest[i+1:]
				t.Params = []Param{{"syscall", first}, {"path", rest[:i]}, {"code", rest[i+1:]}}
				return t, true
			}
		}
		return Template{}, false
	}
	t.Text = first + " " + code
	t.Params = []Param{{"syscall", first}, {"code", code}}
	after, _, _ = strings.Cut(after, " - Local (")
	if explained { // the last word, behind the explanation
		after = after[strings.LastIndexByte(after, ' ')+1:]
	}
	switch colon := strings.LastIndexByte(after, ':'); {
	case after == "":
	case after[0] == '/' || after[0] == '\\' || after[0] == '.':
		t.Params = append(t.Params, Param{"path", after})
	case colon >= 0 && isNumber(after[colon+1:]):
		t.Params = append(t.Params, Param{"address", after[:colon]}, Param{"port", after[colon+1:]})
	case strings.IndexByte(after, ' ') < 0:
		t.Params = append(t.Params, Param{"address", after})
	}
	return t, true
}

// uvTemplate reads what follows the code of libuv's form.
func uvTemplate(code, rest string) (Template, bool) {
	t := Template{Text: code, Kind: "system", Params: []Param{{"code", code}}}
	comma := strings.LastIndex(rest, ", ")
	if quote := strings.IndexByte(rest, '\''); quote >= 0 {
		comma = strings.LastIndex(rest[:quote], ", ")
	}
	if comma < 0 {
		return t, rest != ""
	}
	syscall, path, _ := strings.Cut(rest[comma+2:], " ")
	t.Text = syscall + " " + code
	t.Params = append(t.Params, Param{"syscall", syscall})
	if from, to, ok := strings.Cut(path, "' -> '"); ok {
		t.Params = append(t.Params, Param{"path", strings.Trim(from, "'")}, Param{"dest", strings.Trim(to, "'")})
	} else if path != "" {
		t.Params = append(t.Params, Param{"path", strings.Trim(path, "'")})
	}
	return t, true
}

// isErrno reports whether s is the name of a system's error: ENOENT, EAI_AGAIN.
func isErrno(s string) bool {
	if len(s) < 3 || s[0] != 'E' || strings.HasPrefix(s, "ERR_") {
		return false
	}
	for i := 1; i < len(s); i++ {
		if !txt.IsUpper(s[i]) && !txt.IsDigit(s[i]) && s[i] != '_' {
			return false
		}
	}
	return true
}

// isSyscall reports whether s is a system call as Node writes it: lower case, perhaps with digits.
func isSyscall(s string) bool {
	switch s {
	case "connect", "read", "write", "listen", "bind", "accept", "getaddrinfo", "getnameinfo", "spawn", "spawnSync", "kill", "shutdown", "send", "recv", "open", "close",
		"uv_interface_addresses", "setsockopt", "connectx", "watch", "scandir", "queryA", "queryAaaa", "queryMx", "querySrv", "queryTxt", "queryCname", "queryNs", "getHostByAddr", "ttyname":
		return true
	}
	return strings.HasPrefix(s, "query") || strings.HasPrefix(s, "spawn")
}

func isNumber(s string) bool {
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !txt.IsDigit(s[i]) {
			return false
		}
	}
	return true
}
