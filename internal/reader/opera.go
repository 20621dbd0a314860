package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
)

// What Opera printed before it took over V8: two lines for a frame, the second of which is the line
// of the source. Both are the frame's Text.

var (
	presto  = formats.Named("presto")
	carakan = formats.Named("carakan")
)

// readPresto reads a backtrace of Opera 8 and 9:
//
//	Statement on line 44: Type mismatch
//	Backtrace:
//	  Line 44 of linked script http://path/to/file.js
//	    this.undef();
//	  Line 4 of inline#1 script in http://path/to/file.js: In function bar
//	    printTrace(printStackTrace());
func readPresto(lines textLines) (*parsed, bool) {
	return readPairs(lines, presto, presto.Match)
}

// readCarakan reads the error.stacktrace of Opera 10.5 to 12:
//
//	Error thrown at line 42, column 12 in <anonymous function: createException>() in http://h/x.js:
//	    this.undef();
//	called from line 15, column 3 in http://h/x.js:
//	    foo();
func readCarakan(lines textLines) (*parsed, bool) {
	return readPairs(lines, carakan, formats.IsCarakanTrace)
}

// readPairs reads frames of format, each with the line of the source behind it. One line must be a
// proof.
func readPairs(lines textLines, format *formats.Format, isProof func(line string) bool) (*parsed, bool) {
	var f formats.Frame // of one line after the other: a format takes it where it is
	isFrame := func(l textLine) bool {
		return readRow(&f, format, l) && (format != carakan || formats.IsCarakanTrace(l.body))
	}
	start, proved := lines.len(), false
	for i, l := range lines.all() {
		if isFrame(l) {
			start = min(start, i)
			if isProof(l.body) {
				proved = true
				break
			}
		}
	}
	if !proved {
		return nil, false
	}
	rows := lines.from(start)
	p := new(parsed)
	p.Frames = rows.roomFor(isFrame)
	p.readOperaHeader(lines.slice(0, start))
	for i := start; i < lines.len(); i++ {
		l := lines.at(i)
		if !isFrame(l) {
			p.leaveLines(lines.slice(i, i+1))
			continue
		}
		if i+1 < lines.len() && lines.at(i+1).body != "" && !isFrame(lines.at(i+1)) {
			l.raw = lines.between(i, i+2)
			i++
		}
		format.Read(&f, l.body)
		p.take(&f, l)
	}
	return p, true
}

// readOperaHeader reads what stands before the frames:
//
//	Statement on line 44: Type mismatch
//	Backtrace:
//	Uncaught exception: TypeError: Cannot convert 'x' to object
func (p *parsed) readOperaHeader(lines textLines) {
	end := lines.len()
	for i, l := range lines.all() {
		if l.body == "Backtrace:" {
			end = i
			break
		}
	}
	header := lines.slice(0, end)
	for i, l := range header.all() {
		if l.body == "" {
			continue
		}
		rest, ok := strings.CutPrefix(l.body, "Uncaught exception: ")
		if !ok {
			rest, ok = cutStatement(l.body)
		}
		if ok {
			header.replace(i, rest)
		}
		break
	}
	p.readHeaderLines(header, false)
	p.leaveLines(lines.from(end))
}

// cutStatement takes "Statement on line 44: " off the beginning of a message.
func cutStatement(s string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(s, "Statement on line ")
	if !ok {
		return s, false
	}
	number, rest, ok := strings.Cut(rest, ": ")
	if _, isNumber := parseCount(number); !ok || !isNumber {
		return s, false
	}
	return rest, true
}

func mayBePresto(text string) bool { return holds(text, " of linked script ", " of inline#") }

func mayBeCarakan(text string) bool { return holds(text, ", column ") }
