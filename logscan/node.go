package logscan

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// node is a value of JSON.
type node struct {
	name     string // of the member that it is, or ""
	value    string // as it stands in the text
	children []node
	isObject bool
	isList   bool
}

// maxNodes bounds the values that are read of one text, and maxDepth how deep they are nested.
const (
	maxNodes = 20_000
	maxDepth = 20
)

// nodeReader reads a text of JSON.
type nodeReader struct {
	text string
	pos  int
	left int // how many more values are read
}

// readNode returns the value that s is from its beginning to its end, or nil if it is no JSON.
func readNode(s string) *node {
	r := nodeReader{text: s, left: maxNodes}
	n, ok := r.read(0)
	if r.skip(); !ok || r.pos < len(s) {
		return nil
	}
	return &n
}

// skip passes over blanks.
func (r *nodeReader) skip() {
	for r.pos < len(r.text) && (txt.IsBlank(r.text[r.pos]) || r.text[r.pos] == '\n') {
		r.pos++
	}
}

// read reads the value that comes next.
func (r *nodeReader) read(depth int) (n node, ok bool) {
	r.skip()
	if r.left--; r.pos >= len(r.text) || r.left < 0 || depth > maxDepth {
		return n, false
	}
	start := r.pos
	switch c := r.text[r.pos]; c {
	case '{', '[':
		n.isObject, n.isList = c == '{', c == '['
		ok = r.readChildren(&n, depth)
	case '"':
		ok = r.skipString()
	default:
		for r.pos < len(r.text) && !endsLiteral(r.text[r.pos]) {
			r.pos++
		}
		ok = r.pos > start && depth > 0
	}
	n.value = r.text[start:r.pos]
	return n, ok
}

// endsLiteral reports whether c stands behind a number or a word.
func endsLiteral(c byte) bool {
	return c == ',' || c == '}' || c == ']' || txt.IsBlank(c) || c == '\n'
}

// readChildren reads the members of an object, or the values of a list.
func (r *nodeReader) readChildren(n *node, depth int) bool {
	closing := r.text[r.pos] + 2 // "}" of "{", "]" of "["
	for r.pos++; ; {
		if r.skip(); r.pos < len(r.text) && r.text[r.pos] == closing && len(n.children) == 0 {
			r.pos++
			return true
		}
		name := ""
		if n.isObject {
			start := r.pos
			if r.pos >= len(r.text) || r.text[r.pos] != '"' || !r.skipString() {
				return false
			}
			name = r.text[start+1 : r.pos-1]
			if r.skip(); r.pos >= len(r.text) || r.text[r.pos] != ':' {
				return false
			}
			r.pos++
		}
		child, ok := r.read(depth + 1)
		if !ok {
			return false
		}
		child.name = name
		if n.children == nil {
			n.children = make([]node, 0, 8)
		}
		n.children = append(n.children, child)
		if r.skip(); r.pos >= len(r.text) {
			return false
		}
		c := r.text[r.pos]
		r.pos++
		if c == closing {
			return true
		}
		if c != ',' {
			return false
		}
	}
}

// skipString passes over a string.
func (r *nodeReader) skipString() bool {
	for r.pos++; r.pos < len(r.text); r.pos++ {
		switch r.text[r.pos] {
		case '"':
			r.pos++
			return true
		case '\\':
			r.pos++
		case '\n':
			return false
		}
	}
	r.pos = len(r.text)
	return false
}

// stringOf returns the decoded string of JSON that value is, or "" if it is not a string.
func stringOf(value string) string {
	if len(value) < 2 || value[0] != '"' {
		return ""
	}
	return carrier.DecodeString(value)
}

// member returns the first member whose name is one of names, without regard to case and to the names
// before a point, or nil.
func (n *node) member(names ...string) *node {
	for _, name := range names {
		for i := range n.children {
			own := n.children[i].name
			from := len(own) - len(name)
			if from >= 0 && (from == 0 || own[from-1] == '.') && strings.EqualFold(own[from:], name) {
				return &n.children[i]
			}
		}
	}
	return nil
}

// string returns what the first of the members says that is a string or a number and whose name is one of
// names.
func (n *node) string(names ...string) string {
	for _, name := range names {
		if m := n.member(name); m != nil && !m.isObject && !m.isList && m.value != "null" {
			return m.scalar()
		}
	}
	return ""
}

// scalar returns what a string says, or a number as it stands.
func (n *node) scalar() string {
	if n.value[0] == '"' {
		return stringOf(n.value)
	}
	return n.value
}

// isText reports whether n is a string, or a list of strings.
func (n *node) isText() bool {
	if !n.isList {
		return n.value[0] == '"'
	}
	for i := range n.children {
		if n.children[i].value[0] != '"' {
			return false
		}
	}
	return len(n.children) > 0
}

// lines returns the text of a string, or of a list of strings, each of them a line; "" if n is neither.
func (n *node) lines() string {
	if !n.isList {
		return stringOf(n.value)
	}
	var b strings.Builder
	for i := range n.children {
		if n.children[i].value[0] != '"' {
			return ""
		}
		b.WriteString(strings.TrimSuffix(stringOf(n.children[i].value), "\n"))
		b.WriteByte('\n')
	}
	return b.String()
}

// attributes returns the list n as an object if each of its elements is a name with a value, as those of
// OpenTelemetry are:
//
//	[{"key":"exception.type","value":{"stringValue":"TypeError"}}]
func (n *node) attributes() *node {
	if !n.isList || len(n.children) == 0 {
		return nil
	}
	object := &node{name: n.name, isObject: true}
	for i := range n.children {
		key, value := n.children[i].string("key"), n.children[i].member("value")
		if key == "" || value == nil {
			return nil
		}
		member := *value
		if value.isObject && len(value.children) == 1 {
			member = value.children[0]
		}
		member.name = key
		object.children = append(object.children, member)
	}
	return object
}
