package logscan

import (
	"slices"
	"strings"
)

// Test runners that write TAP describe a failure in YAML, and the frames as the text of a key, without "at ":
//
//	---
//	error: "Cannot read properties of undefined (reading 'id')"
//	name: 'TypeError'
//	stack: |-
//	  loadUser (/srv/app/a.test.js:2:32)
//	  TestContext.<anonymous> (/srv/app/a.test.js:3:21)
//	...

// maxBlock is how many keys stand before the stack at most.
const maxBlock = 20

// beginBlock begins a trace with the first line of a stack in YAML, and reports whether l is one. What else the
// block tells of the error stands before it.
func (c *cutter) beginBlock(l *line) bool {
	if body := l.trimmed(); indentOf(l.body) == 0 || body == "" || body[len(body)-1] != ')' || !strings.Contains(body, " (") {
		return false
	}
	var block []line // the nearest first
	for h := range c.before(l, c.reach(l)) {
		if len(block) == 0 && !isStackBlock(h.trimmed()) || len(block) > maxBlock {
			break
		}
		if len(block) > 0 && (h.kind == blank || indentOf(h.body) < indentOf(block[0].body)) {
			break
		}
		if block = append(block, h); h.trimmed() == "---" {
			break
		}
	}
	if len(block) == 0 || indentOf(block[0].body) >= indentOf(l.body) {
		return false
	}
	r := c.newRegion(l)
	r.block = indentOf(block[0].body)
	for _, h := range slices.Backward(block) {
		r.add(c, &h)
	}
	r.add(c, l)
	r.note(l)
	r.seen = l.next
	c.push(r)
	return true
}

// isStackBlock reports whether a line is the key of a stack whose lines follow.
func isStackBlock(body string) bool {
	return body == "stack: |-" || body == "stack: |" || body == "stack: >-"
}
