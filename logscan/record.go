package logscan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/around"
	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Containers and collectors of logs put each line into an object of JSON:
//
//	{"log":"    at f (/a.js:1:2)\n","stream":"stderr","time":"2026-11-21T10:00:00.123456789Z"}   Docker
//	{"container_name":"/shop","source":"stderr","log":"    at f (/a.js:1:2)"}                    Fluentd
//	{"file":"/var/log/app.log","host":"web1","message":"    at f (/a.js:1:2)","timestamp":"…"}   Vector
//	{"MESSAGE":"    at f (/a.js:1:2)","_PID":"7","__REALTIME_TIMESTAMP":"1795255207123456"}      the journal
//
//	2026-11-29 10:11:12.0 +0000 app.tag: {"log":"    at f (/a.js:1:2)"}                          Fluentd's files
//
// The member in which the first frame is holds all lines of the trace, whatever its name.

// member is a string or a number in an object of JSON.
type member struct {
	path  string // the names that lead to it, with points between
	value string // as it stands in the line
}

// name returns the last name of the path.
func (m member) name() string { return m.path[strings.LastIndexByte(m.path, '.')+1:] }

func (m member) isString() bool { return m.value[0] == '"' }

func (m member) text() string { return stringOf(m.value) }

// appendMembers appends the strings and numbers of an object, those of objects within it included. Lists are
// passed over.
func (n *node) appendMembers(members []member, path string) []member {
	for i := range n.children {
		child := &n.children[i]
		name := child.name
		if path != "" {
			name = path + "." + name
		}
		switch {
		case child.isObject:
			members = child.appendMembers(members, name)
		case !child.isList:
			members = append(members, member{name, child.value})
		}
	}
	return members
}

// streamMembers are the names of members that tell where a line comes from. The tag and the name of the
// container stand before the others.
var streamMembers = [...]string{"tag", "container_name", "stream", "source", "pod_name", "pod", "container", "container_id", "host", "hostname", "file", "unit",
	"_SYSTEMD_UNIT", "SYSLOG_IDENTIFIER", "_HOSTNAME", "_PID", "logStream", "logStreamName", "instance", "instanceId", "pid"}

// readRecord reads a line that is an object of JSON, of which one member holds the line that a program
// wrote: that with the path holder, or if it is "", the one that a container's log has, or the one that is
// a frame. It reports false if there is none.
func (l *line) readRecord(f *formats.Frame, holder string) bool {
	start := strings.Index(l.body, `{"`)
	if start < 0 || start > maxShaped {
		return false
	}
	before := l.body[:start]
	object := readNode(strings.TrimRight(l.body[start:], " \t\r"))
	if object == nil {
		return false
	}
	members := object.appendMembers(nil, "")
	at := slices.IndexFunc(members, func(m member) bool { return m.isString() && m.path == cmp.Or(holder, "log") })
	if at < 0 && holder == "" {
		at = slices.IndexFunc(members, func(m member) bool { return m.isFrame(f) })
	}
	if at < 0 {
		return false
	}
	text := members[at].text()
	if strings.IndexByte(strings.TrimSuffix(text, "\n"), '\n') >= 0 {
		return false // several lines
	}
	l.form.member = members[at].path
	l.record = l.body
	l.body = strings.TrimSuffix(text, "\n")
	var origin []string
	isDocker := !slices.ContainsFunc(members, func(m member) bool { return !isDockers(m.path) }) && object.member("time") != nil
	for _, name := range streamMembers {
		for _, m := range members {
			if m.name() != name {
				continue
			}
			if value := strings.TrimPrefix(strings.Trim(m.value, `"`), "/"); value != "" {
				origin = append(origin, value)
			}
			break
		}
	}
	l.carrier = strings.Join(origin, "/")
	l.partial = isDocker && l.body == text && text != ""
	if l.timeText = timeOf(members); l.timeText == "" {
		l.timeText = findTime(before)
	}
	return true
}

// isFrame reports whether a member holds nothing but a frame.
func (m member) isFrame(f *formats.Frame) bool {
	if !m.isString() || around.IsStackKey(m.name()) || len(m.value) < minStack || !mayHoldFrames(m.value) {
		return false
	}
	l := line{body: strings.TrimSuffix(m.text(), "\n")}
	if strings.IndexByte(l.body, '\n') >= 0 {
		return false
	}
	text := l.body
	if l.readPrefix(); isFrame(f, &l) {
		return l.isAt() || strings.Contains(f.File, "://") || isScript(f.File)
	}
	prefix, weak := shapedPrefix(new(carrier.Finder), f, text)
	return prefix != "" && !weak
}

// isDockers reports whether a member is one of those that Docker's json-file driver writes.
func isDockers(path string) bool {
	return path == "log" || path == "stream" || path == "time" || strings.HasPrefix(path, "attrs.")
}

// mayBeRecord reports whether a line may be an object of JSON of which one member holds a line.
func mayBeRecord(s string) bool {
	for s != "" && txt.IsBlank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	if s == "" || s[len(s)-1] != '}' || strings.IndexByte(s, '{') < 0 {
		return false
	}
	return strings.Contains(s, `"log":`) || holdsFrame(s)
}

// escapedEnd is a line end as JSON has it.
const escapedEnd = `\n`

// holdsFrame reports whether a line of JSON may hold a frame as the whole of a string.
func holdsFrame(s string) bool {
	for {
		quote := strings.IndexByte(s, '"')
		if quote < 0 {
			return false
		}
		s = s[quote+1:]
		end := strings.IndexByte(s, '"')
		if end < 0 {
			return false
		}
		if text := strings.TrimSuffix(s[:end], escapedEnd); len(text) >= minStack && !strings.Contains(text, escapedEnd) && (strings.IndexByte(text, '@') > 0 || strings.Contains(text, "at ")) && mayEndFrame(text) {
			return true
		}
		s = s[end+1:]
	}
}
