// Package segment decides which lines of a text are of which error. It is a machine over lines that its caller
// has read and classified: the reader of whole texts and the scanner of logs are two of them.
//
//	TypeError: a             a header and its run of frames
//	    at f (/a.js:1:2)
//	listening on 3000        noise: the next frame is of the same error, or the frames before it are of its
//	    at h (/a.js:5:6)     message
//	RangeError: b            a header behind frames begins another error
//	    at g (/b.js:1:2)
//
// Separators, empty lines, properties and what else is told by its form are nothing that parts a frame from the
// next one, and not shown to the machine.
package segment

// Kind is what a line that is no frame says of an error.
type Kind uint8

const (
	Other  Kind = iota // nothing
	Weak               // it is a header if a frame is on the next line
	Strong             // it can be nothing but a header
	kinds
)

// state is where a machine is in an error.
type state uint8

const (
	before state = iota // no frame has come
	run                 // the last line that counts is a frame
	gap                 // noise stands behind the last frame
	named               // and the last line of it is a weak header
	headed              // or one of its lines is a strong header
	states
)

// next tells where a line that is no frame leads to.
var next = [states][kinds]state{
	before: {Other: before, Weak: before, Strong: before},
	run:    {Other: gap, Weak: named, Strong: headed},
	gap:    {Other: gap, Weak: named, Strong: headed},
	named:  {Other: gap, Weak: named, Strong: headed},
	headed: {Other: headed, Weak: headed, Strong: headed},
}

// Verdict is what a frame, or the end of the text, is to an error.
type Verdict uint8

const (
	Joins   Verdict = iota // it is of the error
	Across                 // it is, but noise parts it from the frames before, which may be of the message
	Another                // another error has begun
)

// atFrame tells what a frame is.
var atFrame = [states]Verdict{before: Joins, run: Joins, gap: Across, named: Another, headed: Another}

// atEnd tells what the end of the text is: a header without frames is one only if it can be nothing else.
var atEnd = [states]Verdict{before: Joins, run: Joins, gap: Joins, named: Joins, headed: Another}

// Machine follows the lines of one error. The zero value is before its first line.
type Machine struct {
	state   state
	headers int // strong ones before the first frame
	indent  int // of the first of them
	at      int // where the header of another error begins, if one does
	noise   int // lines behind the last frame
}

// Header says that a strong header with some indentation stands before the first frame.
func (m *Machine) Header(indent int) {
	if m.headers == 0 {
		m.indent = indent
	}
	m.headers++
}

// Excerpt says that the excerpt of the source that stands before an error's header stands before the first
// frame. It counts as a header if there was another one, or a header.
func (m *Machine) Excerpt(again bool) {
	if again || m.headers > 0 {
		m.headers = max(m.headers, 1) + 1
	}
}

// IsNested reports whether several headers stand before the first frame, so that frames may be of a message.
func (m *Machine) IsNested() bool { return m.headers > 1 }

// Line takes a line that is no frame, with its indentation and where it begins. What is deeper than the first of
// several headers is within that error, as the header before the frames is.
func (m *Machine) Line(kind Kind, indent, at int) {
	if m.state != before {
		m.noise++
	}
	if m.state == headed {
		return
	}
	if m.IsNested() && indent > m.indent {
		kind = Other
	}
	if m.state = next[m.state][kind]; m.state == named || m.state == headed {
		m.at = at
	}
}

// Noise returns how many lines have come behind the last frame.
func (m *Machine) Noise() int { return m.noise }

// Frame returns what a frame is that follows. The machine stays where it is until [Machine.Accept].
func (m *Machine) Frame() Verdict { return atFrame[m.state] }

// Accept says that the frame that was read is of the error.
func (m *Machine) Accept() { m.state, m.noise = run, 0 }

// End returns what the end of the text is.
func (m *Machine) End() Verdict { return atEnd[m.state] }

// At returns where the header of the other error begins.
func (m *Machine) At() int { return m.at }
