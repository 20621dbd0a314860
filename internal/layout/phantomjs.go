package layout

import (
	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

var phantomJS = formats.PhantomJS.Format()

// readPhantomJS reads what the command of PhantomJS prints:
//
//	ReferenceError: Can't find variable: x
//
//	  phantomjs://code/x.js:12 in foo
//	  phantomjs://code/x.js:20
func readPhantomJS(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame
	if lines.Contains(func(l model.Line) bool {
		shape := formats.ReadRow(&f, l.Body)
		return shape != nil && !shape.IsBare() && !phantomJS.Match(l.Body)
	}) {
		return nil, false // rows of CasperJS, which may end in some of PhantomJS
	}
	return readProved(lines, phantomJS, func(*formats.Frame) bool { return true })
}
