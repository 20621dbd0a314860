package logscan

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// A trace's header is looked for in the lines before its first frame, this far back.
const (
	maxHeaderBytes = 16 << 10
	maxHeaderLines = 64
)

// reach returns how far back the header of a trace may be of which l is the first sure line.
func (c *cutter) reach(l *line) int64 { return max(l.start-maxHeaderBytes, c.horizon) }

// linesBefore yields the offsets of the lines that end before an offset, the nearest first, n at most: where a
// line begins, and where the one behind it does. None begins before the offset least.
func (c *cutter) linesBefore(offset, least int64, n int) iter.Seq2[int64, int64] {
	return func(yield func(start, next int64) bool) {
		for next := offset; next > least && n > 0; n-- {
			start := int64(bytes.LastIndexByte(c.bytes(least, next-1), '\n')) + 1 + least
			if start == least && least != c.horizon {
				return // perhaps not where it begins
			}
			if c.ahead != nil {
				c.ahead.noteLook(c.pos, start)
			}
			if !yield(start, next) {
				return
			}
			next = start
		}
	}
}

// before returns the lines of l's stream before it, the nearest first, that begin behind the offset
// least or at the horizon. The header of an error that stands right before l, or before the lines that were
// returned, is the last one: behind it, the log went on in another form.
func (c *cutter) before(l *line, least int64) iter.Seq[line] {
	return func(yield func(line) bool) {
		last := l.start
		shaped, counts := l.shaped, l.shaped != "" && !c.wasSeen(l)
		others := 0 // lines in a row that are of another stream
		for start, next := range c.linesBefore(l.start, least, 4*maxHeaderLines) {
			h, same := c.readLineAs(start, next-1, next, l.form)
			if l.isBare() {
				h.bare()
			}
			if same && h.isOf(l) && (h.shaped == shaped || counts && isNextOf(shaped, h.shaped)) {
				last, shaped, others = start, h.shaped, 0
				if c.isTaken(start) {
					return
				}
				h.classify(&c.frame)
				if !yield(h) {
					return
				}
				continue
			}
			if next == last && !c.isTaken(start) && !(same && l.form.prefix != "") && c.isStray(&h, l) {
				yield(h)
				return
			}
			// A prefix of which only the shape is known may be the beginning of a sentence, and then no line has it.
			if others++; l.shaped != "" && others > maxSeen {
				return
			}
		}
	}
}

// isStray reports whether h is the header of the trace of l, or of another line of its, although h stands in
// the log in another form: one of the two has no prefix. It reads h anew.
func (c *cutter) isStray(h, l *line) bool {
	*h = c.readLine(h.start, h.end, h.next)
	if h.outer != l.outer || h.form.member != l.form.member {
		return false
	}
	h.classify(&c.frame)
	if h.stray = h.kind == other && header.IsHeaderLine(h.trimmed()); h.stray && !l.isBare() {
		strong, ok := header.FindStrong(h.trimmed())
		h.stray = h.carrier == "" && ok && strong.At == 0 // else it is of another stream
	}
	return h.stray
}

// headerOf returns the lines before l, the first that is surely a frame, that are of the same trace. It
// is alone if nothing else of its stream is before it, as far as was looked. The header is valid until
// the next one is looked for.
func (c *cutter) headerOf(l *line) (found []line, alone bool) {
	lines := c.headers[:0] // the nearest first
	begin := -1            // the index of the one that the header begins with
	first := l
	count := 0 // of lines like frames
	least := c.reach(l)
	for h := range c.before(l, least) {
		isLike := h.kind == connects || h.kind == frame
		if isLike && len(lines) == count && h.hasEntry == l.hasEntry && h.isAt() == l.isAt() {
			lines = append(lines, h)
			count = len(lines)
			first = &lines[count-1]
			continue
		}
		if len(lines) > count && h.kind == frame || h.kind == pythonStart {
			break
		}
		lines = append(lines, h)
		isEnd := false
		if begin, isEnd = c.beginOf(lines, count, l, least); isEnd {
			break
		}
	}
	c.headers = lines[:0]
	alone = len(lines) == count
	if begin < 0 && !alone && l.isAt() && isUnknownHeader(&lines[count], first) {
		begin = count
	}
	if begin >= count && !l.isAt() && mayReadAsFrame(lines[count].trimmed()) {
		begin = -1 // it would become a frame beside those that are sure
	}
	if begin < 0 {
		lines = lines[:count]
	} else {
		lines = lines[:begin+1]
		lines = append(lines, c.objectBefore(&lines[begin], least)...)
		lines = append(lines, c.excerptBefore(&lines[len(lines)-1], least)...)
	}
	slices.Reverse(lines)
	return lines, alone
}

// maxMessage is how many lines the message of a record has whose first line is no header.
const maxMessage = 8

// beginOf looks at the last of the lines before l, the nearest first, of which the first count are like frames. It
// returns the index of the line that the header begins with, or -1, and whether no more lines need be looked
// at.
func (c *cutter) beginOf(lines []line, count int, l *line, least int64) (begin int, isEnd bool) {
	last := len(lines) - 1
	h := &lines[last]
	n := len(lines) - count
	switch {
	case n > maxHeaderLines:
		return -1, true
	case h.stray || header.IsHeaderLine(h.trimmed()):
		return last, true
	}
	if header.IsCaretLine(h.body) { // of the source that is printed before a header, whatever that looks like
		at := last - 1
		for at >= count && lines[at].kind == blank {
			at--
		}
		if at >= count && c.excerptBefore(&lines[at], least) != nil {
			return at, true
		}
	}
	if h.hasEntry && !l.hasEntry && n <= maxMessage && h.trimmed() != "" {
		return last, true // the record's first line: what is behind it is all of one error
	}
	return -1, h.hasEntry && (!l.hasEntry || n > maxMessage)
}

// isUnknownHeader reports whether the line before the first frame is the header of an error whose name nobody
// knows.
func isUnknownHeader(h, first *line) bool {
	body := h.trimmed()
	return body != "" && h.kind == other && header.StartsWithName(body) && indentOf(h.body) < indentOf(first.body)
}

// mayReadAsFrame reports whether a line that connects nothing looks like "NAME@FILE:LINE" all the same:
// "user@host was here at 10:30:45".
func mayReadAsFrame(body string) bool {
	return strings.IndexByte(body, '@') >= 0 && strings.IndexByte(body, ' ') >= 0 && txt.IsDigit(body[len(body)-1])
}

// maxMembers is the number of members that may stand in a printed error before one that is an error.
const maxMembers = 20

// objectBefore returns the lines of an error without frames of its own in which the error that first
// begins was printed, the nearest first:
//
//	[AggregateError: All promises were rejected] {
//	  [errors]: [
func (c *cutter) objectBefore(first *line, least int64) []line {
	indent := indentOf(first.body)
	if indent == 0 {
		return nil
	}
	var lines []line
	for h := range c.before(first, least) {
		if h.kind == blank || h.hasEntry && !first.hasEntry && indentOf(h.body) >= indent || len(lines) > maxMembers {
			return nil
		}
		lines = append(lines, h)
		if indentOf(h.body) >= indent {
			continue
		}
		indent = indentOf(h.body)
		body := h.trimmed()
		switch {
		case strings.HasSuffix(body, " {") && strings.Contains(body, "Error"):
			lines[len(lines)-1].opens = true
			return lines
		case indent == 0 || !strings.HasSuffix(body, "[") && !strings.HasSuffix(body, "{"):
			return nil
		}
	}
	return nil
}

// excerptBefore returns the lines of the source that Node or Bun print before a header, the nearest
// first.
func (c *cutter) excerptBefore(first *line, least int64) []line {
	if bytes.IndexByte(c.bytes(least, first.start), '^') < 0 {
		return nil
	}
	var lines []line
	caret := -1
	for h := range c.before(first, least) {
		body := h.trimmed()
		lines = append(lines, h)
		n := len(lines)
		switch {
		case n > 12 || h.hasEntry != first.hasEntry && caret < 0:
			return nil
		case caret < 0 && body == "":
			if n > 1 {
				return nil
			}
		case caret < 0:
			if !header.IsCaretLine(body) {
				return nil
			}
			caret = n - 1
		case header.IsNumbered(body): // Bun
			if strings.HasPrefix(body, "1 |") || n-caret > 6 {
				return lines
			}
		case n-caret > 2 && header.IsNumbered(lines[n-2].trimmed()):
			return lines[:n-1]
		case n-caret == 3 && header.IsPlace(body):
			return lines
		case n-caret >= 3:
			return nil
		}
	}
	if n := len(lines); n > 0 && header.IsNumbered(lines[n-1].trimmed()) {
		return lines
	}
	return nil
}

// maxRecord is how many lines a record has at most before the trace of which it tells the time.
const maxRecord = 16

// recordTime returns the time of the record that the lines of a trace are of, if none begins with one: that
// before the name of the error, or else of the nearest line before them which begins with a time. The first
// frame of the trace is in l.
func (c *cutter) recordTime(r *region, l *line) (time.Time, string) {
	if r.key.carrier != "" || r.form != (form{}) || r.entry {
		return time.Time{}, ""
	}
	z := zones{c.options.Year, c.options.Location}
	if strong, ok := header.FindStrong(r.head.body); ok && strong.At > 0 {
		if t, zone := parseTime(findTime(r.head.body[:strong.At]), z); !t.IsZero() {
			return t, zone
		}
	}
	least := c.reach(l)
	for start, next := range c.linesBefore(r.start, least, maxRecord) {
		if h := c.readLine(start, next-1, next); h.outer == l.outer && (h.hasEntry || h.timeText != "") {
			return parseTime(h.timeText, z)
		}
	}
	return time.Time{}, ""
}
