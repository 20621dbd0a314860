package reader

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Dialogs and pages put titles above the header of an error and above its frames:
//
//	A JavaScript error occurred in the main process
//	Uncaught Exception:
//	TypeError: x
//	Stack trace:
//	    at f (/a.js:1:2)

// titledAt returns where in lines, those before the first frame, the header of an error stands below the last title;
// 0 if none does.
func (s *scan) titledAt(lines string) int {
	if len(s.frames) == 0 || strings.IndexByte(lines, '\n') < 0 {
		return 0
	}
	at, isBelow := 0, false
	for offset := 0; offset < len(lines); {
		line, next := txt.LineAt(lines, offset)
		body := s.body(line)
		switch {
		case body == "":
		case header.IsErrorTitle(body):
			isBelow = true
		case isBelow:
			isBelow = false
			if strong, ok := header.FindStrong(body); ok && strong.At == 0 {
				at = offset
			}
		}
		offset = next
	}
	return at
}

// titleAt returns where the title of a stack begins that lines, those of a header, end in, and its length if there is
// none.
func (s *scan) titleAt(lines string) int {
	end := len(strings.TrimRight(lines, " \t\r\n"))
	last := strings.LastIndexByte(lines[:end], '\n') + 1
	if last > 0 && header.IsStackTitle(s.body(lines[last:end])) {
		return last
	}
	return len(lines)
}

// labelAbove returns the title that lines, those above a header, end in, if it says that nobody caught the error.
func (s *scan) labelAbove(lines string) string {
	lines = strings.TrimRight(lines, " \t\r\n")
	title, ok := strings.CutSuffix(s.body(lines[strings.LastIndexByte(lines, '\n')+1:]), ":")
	if ok && header.IsErrorTitle(title) && strings.HasPrefix(title, "Un") {
		return title
	}
	return ""
}

// cutLead takes what stands on the line of the first frame before it off the frame's name. If it is not a title alone, it is
// of the header.
func (s *scan) cutLead() {
	f := &s.frames[s.base]
	at := strings.IndexByte(f.Text, '@')
	name := f.Text[:max(at, 0)]
	n := header.FrameLead(name)
	if n == 0 || s.coloured || strings.HasPrefix(strings.TrimLeft(f.Text, " \t"), "at ") || len(f.Func) > len(name)-n && !strings.HasSuffix(f.Func, name[n:]) {
		return
	}
	f.Func = f.Func[max(len(f.Func)-len(name)+n, 0):]
	if title := header.TitleStart(name[:n]); title < n && s.header >= 0 && strings.HasPrefix(s.text[s.header:], f.Text) {
		s.headed = s.headed || title > 0
		s.header += title
	}
}

// cutCalls takes the parentheses off the names of frames as printStackTrace and the frameworks that took it over write
// them:
//
//	new Foo()@http://h/a.js:1:2
//	{anonymous}()@http://h/a.js:3:4
func (s *scan) cutCalls() {
	for i := s.base; i < len(s.frames); i++ {
		f := &s.frames[i]
		name, ok := strings.CutSuffix(f.Func, "()")
		if !ok || f.Col == 0 || !strings.Contains(f.Text, "()@") {
			continue
		}
		if after, ok := strings.CutPrefix(name, "new "); ok {
			name, f.Constructor = after, true
		}
		if name == "{anonymous}" {
			name = ""
		}
		f.Func = name
	}
}

// readLedSign reads the first frame of a stack that stands behind the header and the title of the stack on one line:
//
//	WARN Add-on is invalid: Error: q JS Stack trace: f@a.js:1:2
func (s *scan) readLedSign(line, body string, start int) bool {
	if s.header >= 0 || s.known || s.coloured || strings.IndexByte(body, '@') < 0 {
		return false
	}
	end := strings.LastIndex(body[:strings.LastIndexByte(body, '@')], ": ") + len(": ")
	title := header.TitleStart(body[:max(end, 0)])
	if end < len(": x") || title >= end {
		return false
	}
	if _, ok := s.readSignBody(body[end:]); !ok {
		return false
	}
	if s.frames[len(s.frames)-1].Line == 0 {
		s.drop()
		return false
	}
	s.settle()
	s.signed, s.headed, s.inSign = true, true, true
	indent := strings.Index(line, body)
	s.led = indent + end
	s.accept(&s.frames[len(s.frames)-1], line[s.led:], start+s.led)
	s.header, s.lastLine = start+indent+title, start+s.led
	return true
}

// restoreLed makes the text of the first frame its whole line.
func (s *scan) restoreLed() {
	f := &s.frames[s.base]
	if at := s.header; at >= 0 {
		line := strings.LastIndexByte(s.text[:at], '\n') + 1
		whole, _ := txt.LineAt(s.text, line)
		if !strings.HasSuffix(whole, f.Text) {
			return
		}
		f.Text = whole
		for i := s.base; i < len(s.frames) && s.sign == nil && strings.HasSuffix(f.File, ".jsm"); i++ {
			s.frames[i].Engine = formats.SpiderMonkey // only Firefox has such modules
		}
		if len(s.frames) == s.base+1 {
			s.lastFrame = line
		}
	}
}
