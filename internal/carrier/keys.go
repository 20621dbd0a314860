package carrier

import "strings"

// role is what a member of an object of JSON says of an error or a frame.
type role uint8

const (
	noRole role = iota
	stackRole
	typeRole
	messageRole
	codeRole
	causeRole
	errorsRole
	funcRole
	fileRole
	lineRole
	colRole
	attributeRole // the name of an attribute of OpenTelemetry, whose value stands beside it
	valueRole
	textRole // the text of such a value
)

// roles are the names of members, in small letters and without "_" and "-", as programs, loggers and error
// trackers call them.
var roles = map[string]role{
	"stack": stackRole, "stacktrace": stackRole, "errorstack": stackRole, "errstack": stackRole, "backtrace": stackRole,
	"callstack": stackRole, "parsedstack": stackRole, "frames": stackRole, "callframes": stackRole, "stackframes": stackRole, "trace": stackRole,

	"type": typeRole, "name": typeRole, "errortype": typeRole, "errorname": typeRole, "errorclass": typeRole, "class": typeRole,
	"classname": typeRole, "typename": typeRole, "exceptiontype": typeRole,

	"message": messageRole, "errormessage": messageRole, "exceptionmessage": messageRole, "msg": messageRole, "description": messageRole,

	"code": codeRole, "errorcode": codeRole,

	"cause": causeRole, "causedby": causeRole, "innererror": causeRole, "innerexception": causeRole, "originalerror": causeRole,

	"errors": errorsRole, "aggregateerrors": errorsRole,

	"function": funcRole, "func": funcRole, "method": funcRole, "methodname": funcRole, "functionname": funcRole,

	"filename": fileRole, "file": fileRole, "url": fileRole, "fullfilepath": fileRole, "filepath": fileRole, "scripturl": fileRole,

	"line": lineRole, "lineno": lineRole, "linenumber": lineRole, "number": lineRole, "fileline": lineRole,

	"column": colRole, "col": colRole, "colno": colRole, "columnno": colRole, "columnnumber": colRole, "filecolumn": colRole,

	"key": attributeRole, "value": valueRole, "stringvalue": textRole,
}

// maxKey is the length of the longest name in roles, with what may stand before and within it.
const maxKey = 48

// roleOf returns the role of a member. Of a name with dots the last part counts, if those before it speak of
// an error: "error.stack_trace", but not "log.level".
func roleOf(name string) role {
	if len(name) > maxKey {
		return noRole
	}
	dotted := false
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		owner := strings.ToLower(name[:dot])
		if !strings.Contains(owner, "err") && !strings.Contains(owner, "exception") {
			return noRole
		}
		name, dotted = name[dot+1:], true
	}
	var lower [maxKey]byte
	n := 0
	for i := range len(name) {
		c := name[i]
		if c == '_' || c == '-' {
			continue
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		lower[n] = c
		n++
	}
	r := roles[string(lower[:n])]
	if dotted && r > errorsRole {
		return noRole
	}
	return r
}
