package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// What Opera printed before it took over V8: two lines for a frame, the second of which is the line
// of the source. Both are the frame's Text.

var (
	presto  = formats.Presto.Format()
	carakan = formats.Carakan.Format()
)

// readPresto reads a backtrace of Opera 8 and 9:
//
//	Statement on line 44: Type mismatch
//	Backtrace:
//	  Line 44 of linked script http://path/to/file.js
//	    this.undef();
//	  Line 4 of inline#1 script in http://path/to/file.js: In function bar
//	    printTrace(printStackTrace());
func readPresto(lines model.Lines) (*model.Parsed, bool) {
	return readPairs(lines, presto, presto.Match)
}

// readCarakan reads the error.stacktrace of Opera 10.5 to 12:
//
//	Error thrown at line 42, column 12 in <anonymous function: createException>() in http://h/x.js:
//	    this.undef();
//	called from line 15, column 3 in http://h/x.js:
//	    foo();
func readCarakan(lines model.Lines) (*model.Parsed, bool) {
	return readPairs(lines, carakan, formats.IsCarakanTrace)
}

// readPairs reads frames of format, each with the line of the source behind it. One line must be a
// proof.
func readPairs(lines model.Lines, format *formats.Format, isProof func(line string) bool) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isFrame := func(l model.Line) bool {
		return readRow(&f, format, l) && (format != carakan || formats.IsCarakanTrace(l.Body))
	}
	start, proved := lines.Len(), false
	for i, l := range lines.All() {
		if isFrame(l) {
			start = min(start, i)
			if isProof(l.Body) {
				proved = true
				break
			}
		}
	}
	if !proved {
		return nil, false
	}
	rows := lines.From(start)
	p := new(model.Parsed)
	p.Frames = rows.RoomFor(isFrame)
	readOperaHeader(p, lines.Slice(0, start))
	for i := start; i < lines.Len(); i++ {
		l := lines.At(i)
		if !isFrame(l) {
			p.LeaveLines(lines.Slice(i, i+1))
			continue
		}
		if i+1 < lines.Len() && lines.At(i+1).Body != "" && !isFrame(lines.At(i+1)) {
			l.Raw = lines.Between(i, i+2)
			i++
		}
		format.ReadInto(&f, l.Body)
		p.Take(&f, l)
	}
	return p, true
}

// readOperaHeader reads what stands before the frames:
//
//	Statement on line 44: Type mismatch
//	Backtrace:
//	Uncaught exception: TypeError: Cannot convert 'x' to object
func readOperaHeader(p *model.Parsed, lines model.Lines) {
	end := lines.Len()
	for i, l := range lines.All() {
		if l.Body == "Backtrace:" {
			end = i
			break
		}
	}
	header := lines.Slice(0, end)
	for i, l := range header.All() {
		if l.Body == "" {
			continue
		}
		rest, ok := strings.CutPrefix(l.Body, "Uncaught exception: ")
		if !ok {
			rest, ok = cutStatement(l.Body)
		}
		if ok {
			header.Replace(i, rest)
		}
		break
	}
	readHeaderLines(p, header, false)
	p.LeaveLines(lines.From(end))
}

// cutStatement takes "Statement on line 44: " off the beginning of a message.
func cutStatement(s string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(s, "Statement on line ")
	if !ok {
		return s, false
	}
	number, rest, ok := strings.Cut(rest, ": ")
	if _, isNumber := txt.ParseCount(number); !ok || !isNumber {
		return s, false
	}
	return rest, true
}

func mayBePresto(text string) bool { return model.Holds(text, " of linked script ", " of inline#") }

func mayBeCarakan(text string) bool { return model.Holds(text, ", column ") }
