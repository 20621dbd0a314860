package carrier

import (
	"iter"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxShapes bounds the number of prefixes of different shapes that are taken off the lines of one text.
const maxShapes = 8

// stream are the lines of a text that have a prefix of one shape.
type stream struct {
	shape  Shape
	frames int // lines that surely are frames, behind the prefix
	first  int // where the first of them begins
	indent int // the number of blanks between the prefix and the first frame

	blanks int // that stand behind the prefix on every line, or -1
}

// prefixed yields text without the prefixes that stand before frames. A prefix is known by its shape alone:
// lines that surely are frames have what agrees but for digits, hexadecimal numbers and times before them. It
// is taken off every line of that shape, and lines without it stay as they are:
//
//	TypeError: x                                            npm ERR! code ELIFECYCLE
//	2026-11-21T10:00:00.123Z app[web.1]:     at f (…)       npm ERR! stack TypeError: x
//	2026-11-21T10:00:00.123Z app[web.1]:     at g (…)       npm ERR! stack     at f (…)
//
// Lines of several streams are put together by streams, a line without a prefix behind the one before it.
func prefixed(t Text) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		if strings.IndexByte(t.Stripped, '\n') < 0 {
			return // lines joined into one
		}
		streams := findStreams(t.Stripped)
		if len(streams) > 0 {
			yield(Candidate{Name: Prefix, Text: cutStreams(t.Stripped, streams)})
		}
	}
}

// findStreams returns the streams whose prefixes stand before frames.
func findStreams(text string) []stream {
	var streams []stream
	var r Finder
	for offset := 0; offset < len(text); {
		start := offset
		var line string
		line, offset = txt.LineAt(text, offset)
		if i := streamOf(streams, line); i >= 0 {
			rest, _ := streams[i].shape.Cut(line)
			if at, ok := r.Start(rest); ok && strings.Trim(rest[:at], " \t") == "" {
				streams[i].frames++
				continue
			}
		}
		shape, indent := r.shapeOf(line)
		if shape != "" && len(streams) < maxShapes {
			streams = append(streams, stream{shape: shape, frames: 1, first: start, indent: indent, blanks: -1})
		}
	}
	for i := range streams {
		streams[i].count(text)
	}
	return slices.DeleteFunc(streams, func(s stream) bool { return s.frames == 0 })
}

// streamOf returns the index of the stream of which line is, or -1.
func streamOf(streams []stream, line string) int {
	return slices.IndexFunc(streams, func(s stream) bool {
		_, ok := s.shape.Cut(line)
		return ok
	})
}

// count counts the lines of the stream, and the blanks behind the prefix that all of them have. A stream
// without enough lines that show that the prefix is one is left without frames.
func (s *stream) count(text string) {
	lines := 0
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		rest, ok := s.shape.Cut(line)
		if !ok {
			continue
		}
		lines++
		if body := strings.TrimLeft(rest, " \t"); strings.TrimRight(body, "\r") != "" {
			if n := len(rest) - len(body); s.blanks < 0 || n < s.blanks {
				s.blanks = n
			}
		}
	}
	isMark := !txt.IsLetter(s.shape[len(s.shape)-1])
	isAlone := s.first == 0 && lines == 1
	if s.frames == 1 && !(s.indent > 1 && (isMark || s.indent > 3 && !isAlone) || lines > 1 && isMark) {
		s.frames = 0
	}
}

// cutStreams returns text without the prefixes of streams, the lines of one stream together.
func cutStreams(text string, streams []stream) string {
	var first strings.Builder
	first.Grow(len(text))
	builders := []*strings.Builder{&first}
	for range streams[1:] {
		builders = append(builders, new(strings.Builder))
	}
	current := 0
	for offset := 0; offset < len(text); {
		start := offset
		var line string
		line, offset = txt.LineAt(text, offset)
		if i := streamOf(streams, line); i >= 0 {
			current = i
			line, _ = streams[i].shape.Cut(line)
			line = line[min(max(streams[i].blanks, 0), len(line)):]
		} else if start == 0 {
			line = streams[0].cutPart(line)
		}
		builders[current].WriteString(line)
		if text[offset-1] == '\n' {
			builders[current].WriteByte('\n')
		}
	}
	for _, b := range builders[1:] {
		if s := first.String(); s != "" && s[len(s)-1] != '\n' {
			first.WriteByte('\n')
		}
		first.WriteString(b.String())
	}
	return first.String()
}

// cutPart takes off the first line of a text what is left of its prefix, of which the beginning was cut off.
func (s stream) cutPart(line string) string {
	at, ok := new(Finder).Start(line)
	if !ok {
		return line
	}
	prefix := strings.TrimRight(line[:at], " \t")
	if prefix == "" || !strings.HasSuffix(string(s.shape), prefix) {
		return line
	}
	return line[len(prefix)+min(max(s.blanks, 0), at-len(prefix)):]
}
