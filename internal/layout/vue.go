package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

var vue = formats.Vue.Format()

// readVue reads the trace of a warning of Vue's:
//
//	[Vue warn]: Unhandled error during execution of render function
//	  at <Foo key=1 >
//	  at <App>
//
// and that of Vue 2:
//
//	[Vue warn]: Error in render: "TypeError: x is undefined"
//
//	found in
//
//	---> <Foo> at src/Foo.vue
//	       <Root>
func readVue(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isRow := func(l model.Line) bool {
		return readRow(&f, vue, l)
	}
	for from := 0; from < lines.Len(); {
		start, end := nextRun(lines, from, isRow)
		from = end + 1
		if start == end {
			continue
		}
		header := start
		for i := start - 1; i >= 0 && i >= start-3; i-- {
			if lines.At(i).Body == "found in" {
				header = i
			}
		}
		if !vue.Match(lines.At(start).Body) && !isVueHeader(lines.Slice(0, start)) {
			continue
		}
		p := new(model.Parsed)
		p.Frames = txt.WithRoom(lines.Room, end-start)
		readHeaderLines(p, lines.Slice(0, header), false)
		p.LeaveLines(lines.Slice(header, start))
		for _, l := range lines.Slice(start, end).All() {
			vue.ReadInto(&f, l.Body)
			p.Take(&f, l)
		}
		takeConsoleRows(p, lines.From(end))
		return p, true
	}
	return nil, false
}

// isVueHeader reports whether one of lines begins a warning of Vue's.
func isVueHeader(lines model.Lines) bool {
	for _, l := range lines.All() {
		if strings.Contains(l.Body, "[Vue warn]") {
			return true
		}
	}
	return false
}

func mayBeVue(text string) bool { return model.Holds(text, "[Vue warn]", "---> <") }
