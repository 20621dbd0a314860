package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

var react = formats.React.Format()

// readReact reads a component stack of React up to 16, and what its development build says around it:
//
//	The above error occurred in the <Thrower> component:
//	    in Thrower (created by Arrow)
//	    in Arrow (at App.js:12)
//	    in div
//
// A line must tell a place or an owner, an element be among the components, or React's words stand
// before them.
func readReact(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isRow := func(l model.Line) bool {
		return strings.HasPrefix(l.Body, "in ") && readRow(&f, react, withoutEngine(l))
	}
	for from := 0; from < lines.Len(); {
		start, end := nextRun(lines, from, isRow)
		from = end + 1
		if start == end {
			continue
		}
		proved := isReactHeader(lines.Slice(0, start))
		elements := 0
		for _, l := range lines.Slice(start, end).All() {
			name := strings.TrimPrefix(withoutEngine(l).Body, "in ")
			if formats.IsElement(name) || formats.IsShortElement(name) {
				elements++
			}
			proved = proved || react.Match(l.Body)
		}
		if proved || elements > 0 && end-start > 1 {
			return readRun(lines, start, end, react)
		}
	}
	return nil, false
}

// withoutEngine returns l without the name of the engine that React Native puts behind the last component.
func withoutEngine(l model.Line) model.Line {
	l.Body, _, _ = strings.Cut(l.Body, engineWord)
	return l
}

// maxReactLines is the number of lines before a component stack in which React's words may stand. Several
// of them are empty.
const maxReactLines = 8

// isReactHeader reports whether lines end in what React's development build says before a component
// stack:
//
//	The above error occurred in the <Foo> component:
//	Check the render method of `Foo`.
//	Warning: Each child in a list should have a unique "key" prop. See https://fb.me/react-warning-keys for more information.%s
func isReactHeader(lines model.Lines) bool {
	for i := lines.Len() - 1; i >= 0 && i >= lines.Len()-maxReactLines; i-- {
		if isReactSentence(lines.At(i).Body) {
			return true
		}
	}
	return false
}

func isReactSentence(body string) bool {
	switch {
	case body == "":
		return false
	case strings.Contains(body, "error occurred in "):
		return strings.HasSuffix(body, " component:") || strings.HasSuffix(body, "React component:") || strings.HasSuffix(body, "> component")
	case strings.HasPrefix(body, "Check the "):
		return strings.HasPrefix(body, "Check the render method of ") || strings.HasPrefix(body, "Check the top-level render call using ")
	case strings.HasPrefix(body, "Warning: "):
		return strings.Contains(body, "https://fb.me/react") || strings.Contains(body, "https://reactjs.org/") || strings.Contains(body, "https://react.dev/")
	}
	return false
}

func mayBeReact(text string) bool {
	return hasReactMarks(text) || mayBeComponents(text)
}

func hasReactMarks(text string) bool { return model.Holds(text, "(created by ", "(at ") }

// HasReactWords reports whether text holds words that every sentence of [isReactSentence] has.
func HasReactWords(text string) bool {
	return holdsFrom(text, "Warning: ") || holdsFrom(text, "Check the ") || strings.Contains(text, "error occurred in ")
}

// holdsFrom reports whether text holds word, whose first byte most texts have nowhere.
func holdsFrom(text, word string) bool {
	at := strings.IndexByte(text, word[0])
	return at >= 0 && strings.Contains(text[at:], word)
}
