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
	t := Template{Kind: "system", identity: true}
	word, after, _ := strings.Cut(rest, " ")
	code, explained := strings.CutSuffix(word, ":")
	if !isErrno(code) {
		if first == "spawn" || first == "spawnSync" { // spawn FILE CODE
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
	t := Template{Text: code, Kind: "system", Params: []Param{{"code", code}}, identity: true}
	comma := strings.LastIndex(rest, ", ")
	if quote := strings.IndexByte(rest, '\''); quote >= 0 {
		comma = strings.LastIndex(rest[:quote], ", ")
	}
	if comma < 0 {
		return t, rest != ""
	}
	syscall, path, _ := strings.Cut(rest[comma+2:], " ")
	if !isSyscall(syscall) {
		return t, true
	}
	t.Text = syscall + " " + code
	t.Params = append(t.Params, Param{"syscall", syscall})
	if from, to, ok := strings.Cut(path, "' -> '"); ok {
		t.Params = append(t.Params, Param{"path", strings.Trim(from, "'")}, Param{"dest", strings.Trim(to, "'")})
	} else if path != "" {
		t.Params = append(t.Params, Param{"path", strings.Trim(path, "'")})
	}
	return t, true
}

// isErrno reports whether s is the name of a system's error: those of libuv (include/uv/errno.h), of its
// look-ups (EAI_…) and of c-ares, as Node's os.constants.errno and dns list them.
func isErrno(s string) bool {
	if len(s) < 4 || s[0] != 'E' {
		return false
	}
	switch s {
	case "E2BIG", "EACCES", "EADDRINUSE", "EADDRNOTAVAIL", "EAFNOSUPPORT", "EAGAIN", "EALREADY", "EBADF", "EBADMSG", "EBUSY", "ECANCELED", "ECHARSET", "ECHILD", "ECONNABORTED",
		"ECONNREFUSED", "ECONNRESET", "EDEADLK", "EDESTADDRREQ", "EDOM", "EDQUOT", "EEXIST", "EFAULT", "EFBIG", "EFTYPE", "EHOSTDOWN", "EHOSTUNREACH", "EIDRM", "EILSEQ", "EINPROGRESS", "EINTR", "EINVAL",
		"EIO", "EISCONN", "EISDIR", "ELOOP", "EMFILE", "EMLINK", "EMSGSIZE", "EMULTIHOP", "ENAMETOOLONG", "ENETDOWN", "ENETRESET", "ENETUNREACH", "ENFILE", "ENOBUFS", "ENODATA", "ENODEV", "ENOENT",
		"ENOEXEC", "ENOLCK", "ENOLINK", "ENOMEM", "ENOMSG", "ENONET", "ENOPROTOOPT", "ENOSPC", "ENOSR", "ENOSTR", "ENOSYS", "ENOTCONN", "ENOTDIR", "ENOTEMPTY", "ENOTSOCK", "ENOTSUP", "ENOTTY", "ENXIO",
		"EOF", "EOPNOTSUPP", "EOVERFLOW", "EPERM", "EPIPE", "EPROTO", "EPROTONOSUPPORT", "EPROTOTYPE", "ERANGE", "EREMOTEIO", "EROFS", "ESHUTDOWN", "ESOCKTNOSUPPORT", "ESPIPE", "ESRCH", "ESTALE",
		"ETIME", "ETIMEDOUT", "ETXTBSY", "EUNATCH", "EUNKNOWN", "EWOULDBLOCK", "EXDEV",
		"ENOTFOUND", "ESERVFAIL", "EFORMERR", "ENOTIMP", "EREFUSED", "EBADQUERY", "EBADNAME", "EBADFAMILY", "EBADRESP", "ETIMEOUT", "EDESTRUCTION", "EBADSTR", "EBADFLAGS", "ENONAME", "EBADHINTS",
		"ENOTINITIALIZED", "ELOADIPHLPAPI", "EADDRGETNETWORKPARAMS", "ECANCELLED", "ESOCKETTIMEDOUT", "ECONNECTION":
		return true
	}
	return strings.HasPrefix(s, "EAI_") && len(s) > len("EAI_")
}

// isSyscall reports whether s is a system call as Node writes it, or a query of its dns.
func isSyscall(s string) bool {
	switch s {
	case "connect", "connectx", "read", "write", "writev", "listen", "bind", "accept", "getaddrinfo", "getnameinfo", "spawn", "spawnSync", "kill", "shutdown", "send", "sendmsg", "recv", "recvmsg",
		"open", "close", "opendir", "setsockopt", "watch", "scandir", "getHostByAddr", "ttyname", "getsockname", "getpeername", "socket", "pipe", "fstat", "stat", "lstat", "unlink", "rename", "mkdir", "rmdir",
		"copyfile", "chmod", "chown", "fchmod", "fchown", "access", "fsync", "ftruncate", "futime", "utime", "link", "symlink", "readlink", "realpath", "mkdtemp", "chdir", "cwd", "uv_cwd", "exec",
		"uv_interface_addresses", "uv_os_get_passwd", "uv_os_gethostname", "uv_os_homedir", "uv_spawn", "addMembership", "dropMembership", "setBroadcast", "setMulticastTTL", "setTTL",
		"queryA", "queryAaaa", "queryAny", "queryCaa", "queryCname", "queryMx", "queryNaptr", "queryNs", "queryPtr", "querySoa", "querySrv", "queryTlsa", "queryTxt", "reverse":
		return true
	}
	return false
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
