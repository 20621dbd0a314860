package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readNamesAndPlaces reads frames of two lines, as the red screen of React Native and the overlay of Next show
// them:
//
//	TypeError: undefined is not an object
//	render
//	    App.js:23:45
//	Call Stack
//	renderWithHooks
//	node_modules/react-dom/cjs/react-dom.development.js (12507:0)
//
// Several pairs prove themselves; fewer need the title of a stack or an error's header above them.
func readNamesAndPlaces(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	for from := 0; from < lines.Len(); from++ {
		if !isPlaceAlone(&f, lines.At(from)) {
			continue
		}
		start, end, named, places := pairsAround(lines, from)
		above := lines.Slice(0, start)
		if named > 2 || named > 0 && isBelowStackTitle(above, false) && named*2 >= places {
			return readPairsFrom(lines, start, end, places), true
		}
		from = end
	}
	return nil, false
}

// isPlaceAlone reports whether l is the place of a frame and no more, and reads it into f.
func isPlaceAlone(f *formats.Frame, l model.Line) bool {
	if l.Body == nativePlace {
		*f = formats.Frame{Native: true, Engine: formats.Rows}
		return true
	}
	return l.Body != "" && formats.ReadRowPlace(f, l.Body)
}

// nativePlace stands for the place of a function of the engine.
const nativePlace = "[native code]"

// isBetweenPairs reports whether body is what pages show between frames: source, and buttons.
func isBetweenPairs(body string) bool {
	switch body {
	case "View compiled", "View source", "Collapse", "Show more", "Open in your editor":
		return true
	}
	source := strings.TrimLeft(body, "> ")
	return header.IsNumbered(source) || strings.HasPrefix(source, "|") || strings.Contains(body, " stack frames were ") || strings.HasPrefix(body, "▶")
}

// isNameAlone reports whether body is the name of a function and no more.
func isNameAlone(body string) bool {
	switch body {
	case "global code", "eval code", "module code":
		return true
	}
	return len(body) < 200 && formats.IsConsoleName(body) && !header.IsStackTitle(body) && !isErrorHeader(body) && strings.IndexByte(",.;!?", body[len(body)-1]) < 0
}

// pairsAround returns the lines of the frames of which the first place is that with an index, and how many
// frames have a name and a place.
func pairsAround(lines model.Lines, place int) (start, end, named, places int) {
	var f formats.Frame
	start = place
	if place > 0 && isNameAlone(lines.At(place-1).Body) {
		start--
	}
	hasName := start < place
	for end = place; end < lines.Len(); end++ {
		l := lines.At(end)
		switch {
		case l.Body == "":
		case isPlaceAlone(&f, l):
			places++
			if hasName {
				named++
			}
			hasName = false
		case isBetweenPairs(l.Body):
		case !hasName && isNameAlone(l.Body) && isPlaceNext(lines, end+1):
			hasName = true
		case header.IsStackTitle(l.Body):
		default:
			return start, end, named, places
		}
	}
	return start, end, named, places
}

// isPlaceNext reports whether the line with an index is a place.
func isPlaceNext(lines model.Lines, i int) bool {
	var f formats.Frame
	return i < lines.Len() && isPlaceAlone(&f, lines.At(i))
}

// readPairsFrom reads the frames among the lines from start up to end.
func readPairsFrom(lines model.Lines, start, end, places int) *model.Parsed {
	p := new(model.Parsed)
	p.Frames = txt.WithRoom(lines.Room, places)
	readListingHeader(p, lines.Slice(0, start))
	var f formats.Frame
	name := -1
	for i := start; i < end; i++ {
		l := lines.At(i)
		switch {
		case isPlaceAlone(&f, l):
			if name >= 0 {
				f.Func = lines.At(name).Body
				l.Raw = lines.Between(name, i+1)
			}
			p.Take(&f, l)
			name = -1
		case l.Body == "" || header.IsStackTitle(l.Body) || isBetweenPairs(l.Body):
			p.LeaveLines(lines.Slice(i, i+1))
		default:
			name = i
		}
	}
	p.LeaveLines(lines.From(end))
	return p
}

// mayHoldPairs reports whether a line of text may be a place alone.
func mayHoldPairs(text string) bool {
	if model.Holds(text) {
		return true
	}
	var f formats.Frame
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		if line = txt.TrimBlanks(line); line != "" && formats.ReadRowPlace(&f, line) {
			return true
		}
	}
	return false
}
