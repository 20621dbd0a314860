package laws

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Lost returns an error if a line of text is in none of the parts of its errors and of those that are part
// of them, or in more than one.
//
// A line that stands between frames must be told: one frame has its words as AsyncCause or its number
// as Skipped, and no frame tells two lines of a kind.
func Lost(text string) error {
	traces := stacktrace.ParseAll(text)
	if len(traces) == 0 {
		return nil
	}
	for _, t := range traces {
		if len(t.Wrapping) > 0 {
			return lostWrapped(text, traces)
		}
	}
	var all []*stacktrace.Trace
	for _, t := range traces {
		all = append(all, tree(t)...)
	}
	l := newLedger(all, text)
	var rest []string // the lines that must have a head
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, "\r") // however many, they are of the line's end
		if !l.take(line) {
			rest = append(rest, line)
		}
	}
	if line, ok := unheaded(rest, l.heads); !ok {
		return fmt.Errorf("line %q is nowhere in %+v", line, traces)
	}
	return l.left()
}

// ledger counts the lines that the parts of a trace are made of. Each line of the text takes one out,
// and in the end nothing may be left.
type ledger struct {
	whole map[string]int // lines of frames, and unparsed ones, as they stand in the text
	inner map[string]int // lines of messages and properties, without what is printed around them
	first []string       // the first lines of messages, which are in inner too
	heads []head
	keys  map[string]int // "cause" and "errors": how many errors have some
	shown map[string]int // the sources of frames that stand below them

	carets int // how many lines point at such a source
	told   told

	structured bool // lines may be no more than brackets around errors and properties
}

func newLedger(all []*stacktrace.Trace, text string) *ledger {
	l := &ledger{whole: map[string]int{}, inner: map[string]int{}, keys: map[string]int{}, shown: map[string]int{}, told: toldBy(all)}
	for _, t := range all {
		l.addFrames(t)
		l.addMessage(t)
		l.addProps(t)
		if t.Cause != nil {
			l.keys["cause"]++
		}
		if t.Errors != nil {
			l.keys["errors"]++
		}
		l.structured = l.structured || t.Props != nil || t.Errors != nil || t.Cause != nil
	}
	before := ""
	for line := range strings.SplitSeq(Clean(text), "\n") {
		body := strings.TrimSpace(line)
		l.structured = l.structured || strings.HasSuffix(body, " {") // braces, perhaps around nothing
		if body == zoneHeader && (isSeparator(before) || before == zoneHeader) {
			l.told.causes[zoneHeader]++ // by the frame that tells the separator
		}
		inGroup := strings.TrimLeft(body, "| ")
		if _, isShown := l.shown[unbraced(strings.TrimLeft(before, "| "))]; isShown && isCarets(inGroup) {
			l.carets++
		}
		before = body
	}
	return l
}

func (l *ledger) addFrames(t *stacktrace.Trace) {
	for _, f := range t.Frames {
		if f.Engine == stacktrace.Python && f.Source != "" {
			l.shown[unbraced(strings.TrimLeft(f.Source, "| "))]++
		}
		for line := range strings.SplitSeq(f.Text, "\n") {
			l.whole[strings.TrimRight(line, "\r")]++
		}
	}
	for _, lines := range [][]string{t.Context, t.Unparsed} {
		for _, line := range lines {
			l.whole[strings.TrimRight(line, "\r")]++
		}
	}
}

func (l *ledger) addMessage(t *stacktrace.Trace) {
	for line := range strings.SplitSeq(t.Message, "\n") {
		l.inner[unbraced(line)]++
	}
	first := unbraced(firstLine(t.Message))
	l.first = append(l.first, first)
	if t.Type != "" || t.Message != "" {
		l.heads = append(l.heads, head{unbraced(t.Type), first, false})
	}
}

func (l *ledger) addProps(t *stacktrace.Trace) {
	for _, p := range t.Props {
		l.heads = append(l.heads, head{p.Name, unbraced(firstLine(p.Text)), true})
		if _, more, ok := strings.Cut(p.Text, "\n"); ok {
			for line := range strings.SplitSeq(more, "\n") {
				l.inner[unbraced(line)]++
			}
		}
	}
}

// take takes out what line is, and reports false if it is nothing that stands alone on a line.
func (l *ledger) take(line string) bool {
	body := strings.TrimSpace(Clean(line))
	inGroup := strings.TrimLeft(body, "| ")
	switch {
	case takeOne(l.whole, line), takeOne(l.shown, unbraced(inGroup)), body == "", takeOne(l.inner, unbraced(body)):
		return true
	case isCarets(inGroup) && l.carets > 0:
		l.carets--
		return true
	case l.takeKey(body), isDeeper(body) && l.takeEnd(unbraced(body)):
		return true
	case l.told.take(strings.TrimLeft(body, "| ")):
		return true
	case body == "error:": // Bun's word for an error, which has no message
		return true
	}
	return l.structured && l.takeBracket(unbraced(body)) || isPythonEdge(body)
}

// isCarets reports whether body does no more than point at what stands above it.
func isCarets(body string) bool { return body != "" && strings.Trim(body, "^~ ") == "" }

// takeOne takes one of key out of counts, and reports false if there is none.
func takeOne(counts map[string]int, key string) bool {
	if counts[key] == 0 {
		return false
	}
	counts[key]--
	return true
}

// takeKey takes out a property of which body is the name alone. The text of the property, if there is
// any, is then expected on a line below.
func (l *ledger) takeKey(body string) bool {
	name, ok := strings.CutSuffix(body, ":")
	if !ok {
		return false
	}
	for i, h := range l.heads {
		if h.isProp && strings.Trim(name, "{ '\"") == strings.Trim(h.name, "'\"") {
			l.heads = append(l.heads[:i], l.heads[i+1:]...)
			if h.text != "" {
				l.inner[h.text]++
			}
			return true
		}
	}
	return false
}

// takeEnd takes out the longest line of a message or property that body, a line behind a group's
// margin, ends in.
func (l *ledger) takeEnd(body string) bool {
	longest, found := "", false
	for line, n := range l.inner {
		if n > 0 && strings.HasSuffix(body, line) && len(line) >= len(longest) {
			longest, found = line, true
		}
	}
	return found && takeOne(l.inner, longest)
}

// takeBracket takes out a line of which body is all but its last brackets: nothing, or what stands
// before a cause or gathered errors.
func (l *ledger) takeBracket(body string) bool {
	switch body {
	case "":
		return true
	case "[errors]:", "errors:":
		return takeOne(l.keys, "errors")
	case "[cause]:", "cause:":
		return takeOne(l.keys, "cause")
	}
	return false
}

// left returns an error if a part of the trace was no line of the text, or is there twice.
func (l *ledger) left() error {
	for line, n := range l.whole {
		if n > 0 && line != "" {
			return fmt.Errorf("%q is no line of the text, or is in two places", line)
		}
	}
	for _, line := range l.first {
		l.inner[line]-- // stands behind the type
	}
	for line, n := range l.shown {
		if n > 0 && line != "" {
			return fmt.Errorf("source %q is no line of the text, or is in two places", line)
		}
	}
	for line, n := range l.inner {
		if n > 0 && line != "" {
			return fmt.Errorf("%q of the message is no line of the text, or is in two places", line)
		}
	}
	return nil
}

// told counts what frames say of the lines before them: each AsyncCause and each number of frames
// left out stands for one line.
type told struct {
	causes map[string]int
	counts map[string]int
}

func toldBy(all []*stacktrace.Trace) told {
	t := told{causes: map[string]int{}, counts: map[string]int{}}
	for _, trace := range all {
		for _, f := range trace.Frames {
			if f.AsyncCause != "" && !strings.Contains(f.Text, f.AsyncCause+"*") { // else the frame's own line says it
				t.causes[f.AsyncCause]++
			}
			if f.Skipped > 0 {
				t.counts[fmt.Sprint(f.Skipped)]++
			}
		}
	}
	return t
}

// take takes out the frame that tells the line body, and reports false if there is none.
func (t told) take(body string) bool {
	for _, cause := range [...]string{body, strings.TrimSuffix(body, ":"), strings.TrimSuffix(body, " (async)"), strings.TrimSuffix(strings.TrimPrefix(body, "(Async: "), ")"), zoneName(body)} {
		if takeOne(t.causes, cause) {
			return true
		}
	}
	numbers := leftOut.FindStringSubmatch(body)
	return numbers != nil && takeOne(t.counts, strings.Join(numbers[1:], "")) // one of them matched
}

// takeBehind is take for a line with a prefix of one or several words.
func (t told) takeBehind(line string) bool {
	for {
		if t.take(line) {
			return true
		}
		var ok bool
		if _, line, ok = strings.Cut(line, " "); !ok {
			return false
		}
	}
}

// leftOut matches the lines that say how many frames were left out: those of Hermes, of Node, of
// Duktape, of njs, of Python and of DevTools.
var leftOut = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`\.\.\. skipping 0*(\d+) frames`,
	`\.\.\. 0*(\d+) lines matching cause stack trace \.\.\.`,
	`\[\.\.\. 0*(\d+) more frames\]?`,
	`repeats 0*(\d+) times`,
	`\[Previous line repeated 0*(\d+) more times?\]`,
	`Show 0*(\d+) more frames?`,
}, "|") + `)$`)

// zoneHeader is the header of the error in which zone.js keeps a stack. It may stand behind a separator,
// and says nothing more.
const zoneHeader = "Error: STACKTRACE TRACKING"

// zoneName returns the name of the frame that zone.js makes up for a separator, or body.
func zoneName(body string) string {
	if open := strings.LastIndex(body, " ["); open > 0 && strings.HasSuffix(body, "]") {
		body = body[:open] // the zone's name
	}
	if call, ok := strings.CutPrefix(body, "at "); ok {
		return strings.TrimSuffix(call, " (http://localhost)")
	}
	return strings.TrimSuffix(body, "@[native]")
}

// isSeparator reports whether body is a line that is known to stand between frames and says something
// of the next one.
func isSeparator(body string) bool {
	switch body {
	case "From previous event:", "from execution context:":
		return true
	}
	for _, prefix := range [...]string{"----", "====", "____", "at ____"} {
		if strings.HasPrefix(body, prefix) {
			return true
		}
	}
	return leftOut.MatchString(body)
}

// isPythonEdge reports whether body is one of the lines of Python that say only that a traceback
// begins or ends, how it is connected to the one before, or that an error of a group begins.
func isPythonEdge(body string) bool {
	switch body = strings.TrimLeft(body, "| "); body {
	case "Traceback (most recent call last):", "Exception Group Traceback (most recent call last):", "+ Exception Group Traceback (most recent call last):",
		"Stack (most recent call last):", `"""`, "",
		"The above exception was the direct cause of the following exception:",
		"During handling of the above exception, another exception occurred:":
		return true
	}
	return strings.HasPrefix(body, "+-----") || strings.HasPrefix(body, "+-+-----")
}

// isDeeper reports whether body is a line of an error within a group, behind the group's margin.
func isDeeper(body string) bool { return strings.HasPrefix(body, "|") }

// head is what stands together on one line: an error's type and the first line of its message, or
// the name of a property and the first line of its text.
type head struct {
	name, text string
	isProp     bool
}

// isAlone reports whether body ends in no more than the name and the text.
func (h head) isAlone(body string) bool {
	switch {
	case h.text == "" && h.isProp:
		return strings.Trim(strings.TrimSuffix(body, ":"), "{ '\"") == strings.Trim(h.name, "'\"")
	case h.text == "":
		return h.name != "" && strings.HasSuffix(strings.TrimSuffix(body, ":"), h.name)
	case h.name == "":
		return body == h.text
	}
	return strings.HasSuffix(body, h.name+": "+h.text)
}

// isWithin reports whether body ends in the text and has the name somewhere, or ends in the name, or
// has both in brackets or as the value of a property.
func (h head) isWithin(body string) bool {
	if words, isReactNative := strings.CutSuffix(body, ", stack:"); isReactNative && strings.Contains(words, h.name) && strings.Contains(words, h.text) {
		return true
	}
	return strings.Contains(body, h.name) && strings.HasSuffix(body, h.text) || h.name != "" && strings.HasSuffix(body, h.name) ||
		strings.Contains(body, "["+h.name+": "+h.text+"]") || strings.HasPrefix(body, "{ ") && strings.Contains(body, h.name+": "+h.text)
}

// unheaded looks for a head for each of lines, of which no two may have the same. It returns a line for
// which there is none, and false, or true if all have one.
func unheaded(lines []string, heads []head) (line string, ok bool) {
	lineOf := make([]int, len(heads)) // the line that has a head, counted from 1
	var find func(l int, seen []bool) bool
	find = func(l int, seen []bool) bool {
		body := unbraced(strings.TrimSpace(Clean(lines[l])))
		for h := range heads {
			if seen[h] || !heads[h].isAlone(body) && !heads[h].isWithin(body) {
				continue
			}
			seen[h] = true
			if lineOf[h] == 0 || find(lineOf[h]-1, seen) { // its line may have another
				lineOf[h] = l + 1
				return true
			}
		}
		return false
	}
	for l := range lines {
		if !find(l, make([]bool, len(heads))) {
			return lines[l], false
		}
	}
	return "", true
}

// unbraced returns line without the brackets and commas at its end, which are of what was printed
// around its content.
func unbraced(line string) string {
	return strings.TrimRight(strings.TrimSpace(line), "{}[], \t\r\"'")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
