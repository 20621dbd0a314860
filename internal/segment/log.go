package segment

// LogLine is what a line of a log, which follows the first frame of a trace in its stream, can be.
type LogLine uint8

const (
	Nothing   LogLine = iota // of no trace, as far as is known
	Empty                    // nothing stands on it
	Frame                    // a frame
	Connects                 // a frame if it stands beside one
	Separator                // what stands between frames, and elsewhere too: dashes
	Told                     // of the trace, even if no frame follows: a separator that says so, a damaged frame
	logLines
)

// rule tells whether a line is of the trace, and whether it surely is: else a later one must tell.
type rule struct{ joins, sure bool }

// logRules are the rules for each kind of line: behind a line of the trace, and behind an empty one that is perhaps
// of it. A log goes on behind a trace with anything, so that noise ends a trace there, and so does an empty line
// if no separator follows.
var logRules = [logLines]struct{ behindLine, behindEmpty rule }{
	Nothing:   {rule{}, rule{}},
	Empty:     {rule{joins: true}, rule{joins: true}},
	Frame:     {rule{true, true}, rule{}},
	Connects:  {rule{joins: true}, rule{}},
	Separator: {rule{joins: true}, rule{joins: true}},
	Told:      {rule{true, true}, rule{true, true}},
}

// maxEmpty is how many lines that are only perhaps of a trace may stand before another empty one.
const maxEmpty = 2

// InLog reports whether a line of a log is of the trace before it, and whether it surely is. Unsure is how many
// lines behind the last sure one are perhaps of it, and isBehindEmpty tells that the last of them is empty.
func InLog(kind LogLine, unsure int, isBehindEmpty bool) (joins, sure bool) {
	if kind == Empty && unsure >= maxEmpty {
		return false, false
	}
	r := logRules[kind].behindLine
	if unsure > 0 && isBehindEmpty {
		r = logRules[kind].behindEmpty
	}
	return r.joins, r.sure
}
