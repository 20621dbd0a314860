package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// readDictionaries reads frames as React Native for iOS logs them, each a dictionary of Objective-C:
//
//	{
//	    column = 17;
//	    file = "http://localhost:8081/index.ios.bundle?platform=ios";
//	    lineNumber = 55667;
//	    methodName = "_onLogoButtonPress";
//	},
func readDictionaries(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame
	start := -1
	for i := 0; i < lines.Len() && start < 0; i++ {
		if _, ok := readDictionary(&f, lines, i); ok {
			start = i
		}
	}
	if start < 0 {
		return nil, false
	}
	p := new(model.Parsed)
	p.Frames = lines.Room
	readListingHeader(p, lines.Slice(0, start))
	for i := start; i < lines.Len(); {
		n, ok := readDictionary(&f, lines, i)
		if !ok {
			p.LeaveLines(lines.Slice(i, i+1))
			i++
			continue
		}
		l := lines.At(i)
		l.Raw = lines.Between(i, i+n)
		p.Take(&f, l)
		i += n
	}
	return p, true
}

// maxMembers is the number of members that a dictionary of a frame has at most.
const maxMembers = 8

// readDictionary reads the frame whose dictionary begins on the line with an index, and returns how many lines
// it has.
func readDictionary(f *formats.Frame, lines model.Lines, i int) (n int, ok bool) {
	if lines.At(i).Body != "{" {
		return 0, false
	}
	*f = formats.Frame{Engine: formats.Rows}
	for n = 1; n <= maxMembers+1 && i+n < lines.Len(); n++ {
		body := strings.TrimSuffix(lines.At(i+n).Body, ",")
		if body == "}" {
			return n + 1, f.Line > 0 && (f.File != "" || f.Func != "")
		}
		key, value, ok := strings.Cut(strings.TrimSuffix(body, ";"), " = ")
		if !ok {
			return 0, false
		}
		value = strings.Trim(value, `"`)
		switch key {
		case "column":
			f.Col, _ = txt.ParseCount(value)
		case "file":
			f.File = value
		case "lineNumber":
			f.Line, _ = txt.ParseCount(value)
		case "methodName":
			f.Func = value
		}
	}
	return 0, false
}

func mayBeDictionaries(text string) bool { return model.Holds(text, "lineNumber = ") }
