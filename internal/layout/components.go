package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readComponents reads a component stack of React 17 or later. The components with a function are
// frames of the engine; elements of the page have a name alone, with a suffix since React 19:
//
//	at Thrower (http://h/a.js:21138:26)         Thrower@http://h/a.js:21138:23
//	at Arrow                                    Arrow
//	at div                                      div
//	at section (<anonymous>)                    section@unknown:0:0
//
// It must have an element, or React's words before it. An error's own stack may stand before both.
func readComponents(lines model.Lines) (*model.Parsed, bool) {
	for from := 0; from < lines.Len(); {
		start, end, engine, proved := nextComponents(lines, from)
		if start == end {
			break
		}
		if !proved {
			from = end
			continue
		}
		p := new(model.Parsed)
		if from > 0 {
			p = readCalls(lines.Slice(0, from))
		}
		if len(p.Frames) > 0 {
			p.LeaveLines(lines.Slice(from, start))
		} else {
			p = new(model.Parsed)
			readHeaderLines(p, lines.Slice(0, start), false)
			p.Frames = lines.Room
		}
		p.Frames = txt.WithRoom(p.Frames, end-start)
		var f formats.Frame
		for _, l := range lines.Slice(start, end).All() {
			if formats.ReadComponent(&f, engine, l.Body) || readComponent(&f, l.Body) {
				p.Take(&f, l)
			}
		}
		p.LeaveLines(lines.From(end))
		return p, true
	}
	return nil, false
}

// readCalls reads the error that stands before a component stack.
func readCalls(lines model.Lines) *model.Parsed {
	text := joinLines(lines, func(l model.Line) string { return l.Own })
	p := lines.Calls(text, lines.Room)
	taken := make([]bool, lines.Len())
	next := 0
	for i := range p.Frames {
		next = restoreLine(&p.Frames[i].Text, lines, next, taken)
	}
	next = 0
	for i := range p.Unparsed {
		next = restoreLine(&p.Unparsed[i], lines, next, taken)
	}
	return p
}

// restoreLine makes own, which is that of a line from an index on, that line as it stands in the text. It
// returns the index of the line behind it. A line is taken once.
func restoreLine(own *string, lines model.Lines, from int, taken []bool) int {
	for i := from; i < lines.Len(); i++ {
		if l := lines.At(i); !taken[i] && l.Own == *own {
			*own = l.Raw
			taken[i] = true
			return i + 1
		}
	}
	return from // a frame over several lines
}

// nextComponents returns the first lines at or behind from that may be a component stack, the engine
// in whose syntax those with a place are, and whether they surely are.
func nextComponents(lines model.Lines, from int) (start, end int, engine formats.Engine, proved bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	said, next := -1, 0 // the last line with React's words, and the next to be asked for them
	for start = from; start < lines.Len(); start++ {
		l := lines.At(start)
		isAt := strings.HasPrefix(l.Body, "at ")
		if !isComponentLine(&f, l.Body, isAt) {
			continue
		}
		for next = max(next, start-maxReactLines); next < start; next++ {
			if isReactSentence(lines.At(next).Body) {
				said = next
			}
		}
		headed := said >= max(start-maxReactLines, 0)
		if !isAt && !headed && strings.IndexByte(l.Body, '@') < 0 {
			continue // a word alone begins nothing
		}
		placed, elements := headed, 0
		for end = start; end < lines.Len(); end++ {
			body := lines.At(end).Body
			if !isComponentLine(&f, body, isAt) {
				break
			}
			placed = placed || isAt || strings.Contains(body, "://") && strings.IndexByte(body, '@') >= 0 || strings.HasSuffix(body, "@unknown:0:0")
			elements += elementWeight(body)
		}
		return start, end, componentEngine(lines.Slice(start, end), isAt), headed || placed && elements >= enoughElements
	}
	return lines.Len(), lines.Len(), formats.NoEngine, false
}

// isComponentLine reports whether body can be a line of a component stack, and reads it into f.
func isComponentLine(f *formats.Frame, body string, isAt bool) bool {
	if body == "" || strings.HasPrefix(body, "at ") != isAt || !isAt && strings.IndexByte(body, '@') < 0 && !isLabel(body) {
		return false
	}
	return readComponent(f, body)
}

// readComponent reads a line of a component stack whose engine is not decided.
func readComponent(f *formats.Frame, body string) bool {
	if strings.HasPrefix(body, "at ") {
		return formats.ReadComponent(f, formats.V8, body)
	}
	return formats.ReadComponent(f, formats.JSC, body) || formats.ReadComponent(f, formats.SpiderMonkey, body)
}

// enoughElements is the weight of the elements that prove a component stack.
const enoughElements = 2

// elementWeight weighs what body says for a component stack: an element of the page that no function
// is likely to be called as, or two that a minified function may be.
func elementWeight(body string) int {
	if strings.HasSuffix(body, "@unknown:0:0") {
		return enoughElements
	}
	name := strings.TrimPrefix(body, "at ")
	component, suffixed := strings.CutSuffix(name, " (<anonymous>)")
	switch {
	case formats.IsElement(component), suffixed && formats.IsShortElement(component):
		return enoughElements
	case formats.IsShortElement(component):
		return 1
	}
	return 0
}

// componentEngine returns the name of the engine in whose syntax the lines of a component stack are
// that tell a place.
func componentEngine(lines model.Lines, isAt bool) formats.Engine {
	for _, l := range lines.All() {
		if isAt {
			if strings.HasSuffix(l.Body, " (<anonymous>)") {
				continue // React's own suffix
			}
			if engine := formats.MatchAt(l.Body); engine != nil {
				return engine.Engine()
			}
		} else if strings.IndexByte(l.Body, '@') >= 0 && !strings.HasSuffix(l.Body, "@unknown:0:0") {
			if engine := formats.MatchSign(l.Body); engine != nil {
				return engine.Engine()
			}
		}
	}
	if isAt {
		return formats.DefaultAt().Engine()
	}
	return formats.DefaultSign().Engine()
}

// mayBeComponents reports whether a line of text ends in the name of an element, or the words of
// React's development build are in it.
func mayBeComponents(text string) bool {
	if HasReactWords(text) || model.Holds(text) {
		return true
	}
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		if EndsInElement(line) {
			return true
		}
	}
	return false
}

// EndsInElement reports whether line ends in the name of an element.
func EndsInElement(line string) bool {
	line = strings.TrimRight(line, " \t\r")
	return elementWeight(line[strings.LastIndexAny(strings.TrimSuffix(line, " (<anonymous>)"), " \t")+1:]) > 0
}
