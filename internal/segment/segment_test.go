package segment_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/segment"
)

// TestMachine shows lines to a machine, one letter for each: "H" and "h" are a strong and a weak header, "f" a
// frame, "." another line. A line is deeper than the first header where ">" stands before it. What is wanted is what
// each frame is, and what the end is: "j" of the error, "a" of it across noise, "n" of another error, which then has the
// lines from its header on.
func TestMachine(t *testing.T) {
	for _, test := range []struct{ name, lines, want string }{
		{"one error", "Hfff", "jjj j"},
		{"no header", "ff", "jj j"},
		{"noise between", "Hf.f", "ja j"},
		{"noise at the end", "Hf..", "j j"},
		{"a strong header", "HfHf", "jn j"},
		{"a strong header behind noise", "Hf..Hf", "jn j"},
		{"noise behind a strong header", "HfH..f", "jn j"},
		{"a strong header at the end", "HfH.", "j n"},
		{"a weak header", "Hfhf", "jn j"},
		{"noise behind a weak header", "Hfh.f", "ja j"},
		{"a weak header at the end", "Hfh", "j j"},
		{"a weak header before a strong one", "HfhHf", "jn j"},
		{"a header deeper than one", "Hf>Hf", "jn j"},
		{"a header deeper than the first of two", "HHf>Hf", "ja j"},
		{"a header beside the first of two", "HHfHf", "jn j"},
		{"three errors", "HfHfHf", "jnn j"},
	} {
		var got strings.Builder
		m := new(segment.Machine)
		indent := 0
		hasFrame := false
		verdict := func(v segment.Verdict) {
			got.WriteByte("jan"[v])
		}
		for _, c := range test.lines {
			kind := segment.Other
			switch c {
			case '>':
				indent = 4
				continue
			case 'H':
				kind = segment.Strong
			case 'h':
				kind = segment.Weak
			case 'f':
				v := m.Frame()
				verdict(v)
				if v == segment.Another {
					m = new(segment.Machine)
					m.Header(0)
				}
				m.Accept()
				hasFrame = true
				continue
			}
			if !hasFrame && kind == segment.Strong {
				m.Header(indent)
			} else {
				m.Line(kind, indent, 0)
			}
			indent = 0
		}
		got.WriteByte(' ')
		verdict(m.End())
		if got.String() != test.want {
			t.Errorf("%s, %q: got %q, want %q", test.name, test.lines, got.String(), test.want)
		}
	}
}

// TestPlace checks where another error begins, and that noise is counted from the last frame on.
func TestPlace(t *testing.T) {
	var m segment.Machine
	m.Line(segment.Strong, 0, 3)
	m.Accept()
	m.Line(segment.Other, 0, 10)
	m.Line(segment.Weak, 0, 20)
	if m.At() != 20 || m.Noise() != 2 {
		t.Errorf("a weak header at %d behind %d lines, want 20 and 2", m.At(), m.Noise())
	}
	m.Line(segment.Strong, 0, 30)
	m.Line(segment.Strong, 0, 40)
	if m.At() != 30 || m.Noise() != 4 {
		t.Errorf("a strong header at %d behind %d lines, want 30 and 4", m.At(), m.Noise())
	}
	m.Accept()
	if m.Noise() != 0 || m.Frame() != segment.Joins {
		t.Errorf("%d lines behind a frame, the next one is %v", m.Noise(), m.Frame())
	}
}
