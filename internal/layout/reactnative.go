package layout

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// stackWord ends the header that React Native gives to an error before it hands it to the native side, and
// engineWord stands before it since there are two engines:
//
//	TypeError: x, stack:
//	TypeError: x, js engine: hermes, stack:
//
// (react-native, ExceptionsManager.js and JSStackTrace.java).
const (
	stackWord  = ", stack:"
	engineWord = ", js engine: "
)

// locatedWord stands before the components in which an error was.
const locatedWord = "This error is located at:"

// readReactNative reads an error as React Native hands it to the native side, where logs and trackers print
// it. Components stand before the calls, and are put behind them:
//
//	com.facebook.react.common.JavascriptException: TypeError: x
//
//	This error is located at:
//	    in A (created by B)
//	    in B, js engine: hermes, stack:
//	f@1:1082033
//	apply@-1
//	g (address at@1:61790
//
// Trackers join the calls: "TypeError: x, stack: f@12:34 apply@-1".
func readReactNative(lines model.Lines) (*model.Parsed, bool) {
	at, before, behind := findStackWord(lines)
	if at < 0 {
		return nil, false
	}
	r := reactNative{lines: lines, at: at, engine: formats.JSC}
	if text, engine, ok := strings.Cut(before, engineWord); ok {
		before = text
		if engine == "hermes" {
			r.engine = formats.Hermes
		}
	}
	p := new(model.Parsed)
	p.Frames = txt.WithRoom(lines.Room, lines.Len()-at)
	end, isJoined := r.readCalls(p, behind)
	if len(p.Frames) == 0 {
		return nil, false
	}
	r.settleEngine(p)
	r.readHeader(p, before)
	p.LeaveLines(lines.From(end))
	if isJoined {
		p.Wrap("joined")
	}
	return p, true
}

// findStackWord finds the first line with the word before a stack, and returns what stands on either side of it.
func findStackWord(lines model.Lines) (at int, before, behind string) {
	for i, l := range lines.All() {
		if before, behind, ok := strings.Cut(l.Body, stackWord); ok && (behind == "" || behind[0] == ' ') {
			return i, before, strings.TrimLeft(behind, " ")
		}
	}
	return -1, "", ""
}

type reactNative struct {
	lines  model.Lines
	at     int            // the line with the word before the stack
	engine formats.Engine // whose calls these are
}

// readCalls reads the calls, which begin with behind on the line with the word before the stack if they are
// joined. It returns the line behind them.
func (r *reactNative) readCalls(p *model.Parsed, behind string) (end int, isJoined bool) {
	var f formats.Frame
	if behind != "" {
		name := "" // the first words of a name with blanks
		for word := range strings.FieldsSeq(behind) {
			text := name + word
			if !r.readCall(&f, text) {
				name = text + " "
				continue
			}
			p.Take(&f, model.Line{Raw: text})
			name = ""
		}
		return r.at + 1, true
	}
	end = r.at + 1
	for i := end; i < r.lines.Len(); i++ {
		l := r.lines.At(i)
		if l.Body == "" {
			if i > end { // more than one
				break
			}
			continue
		}
		if !r.readCall(&f, l.Body) {
			break
		}
		p.LeaveLines(r.lines.Slice(end, i)) // empty
		p.Take(&f, l)
		end = i + 1
	}
	return end, false
}

// readCall reads one call, of which s is all:
//
//	f@12:34
//	f@1:1082033
//	f@-1
//	f (address at@1:1082033
//	f@http://localhost:8081/index.bundle?platform=ios:12:34
func (r *reactNative) readCall(f *formats.Frame, s string) bool {
	if strings.Contains(s, ": ") {
		return false // a prefix
	}
	s = strings.TrimRight(s, "'\"")
	if name, ok := strings.CutSuffix(s, "@-1"); ok {
		*f = formats.Frame{Func: name, Native: true, Engine: r.engine}
		return name != ""
	}
	if name, address, ok := strings.Cut(s, " (address at@"); ok {
		segment, offset, ok := cutTwoNumbers(address)
		*f = formats.Frame{Func: name, Index: segment, Offset: offset, TopLevel: name == "global", Engine: formats.Hermes}
		return ok
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return strings.HasPrefix(s, "at ") && !isJava(s) && (formats.Read(f, formats.Hermes, s) || formats.Read(f, formats.V8, s))
	}
	if line, col, ok := cutTwoNumbers(s[at+1:]); ok {
		*f = formats.Frame{Func: s[:at], Line: line, Col: col, Engine: formats.JSC}
		f.TopLevel = f.Func == "global code"
		if r.engine == formats.Hermes && line == 1 {
			*f = formats.Frame{Func: s[:at], Index: line, Offset: col, TopLevel: s[:at] == "global", Engine: formats.Hermes}
		}
		return true
	}
	return formats.Read(f, formats.JSC, s) && (f.Line > 0 || f.Native)
}

// isJava reports whether line is a frame of Java: "at java.lang.reflect.Method.invoke(Native Method)".
func isJava(line string) bool {
	open := strings.IndexByte(line, '(')
	return strings.HasSuffix(line, ".java)") || strings.HasSuffix(line, "(Native Method)") || open > 0 && line[open-1] != ' ' && strings.Contains(line[open:], ".java")
}

// cutTwoNumbers reads "A:B".
func cutTwoNumbers(s string) (a, b int, ok bool) {
	first, second, ok := strings.Cut(s, ":")
	a, ok2 := txt.ParseCount(first)
	b, ok3 := txt.ParseCount(second)
	return a, b, ok && ok2 && ok3
}

// minOffset is less than the offset of any function in the bytecode of a bundle.
const minOffset = 100

// settleEngine makes all calls those of Hermes if one of them can be no other engine's: "f@1:1082033" has an
// offset into the bytecode, if all calls are on line 1.
func (r *reactNative) settleEngine(p *model.Parsed) {
	isHermes := r.engine == formats.Hermes
	all, big := true, false
	for i := range p.Frames {
		f := &p.Frames[i]
		isHermes = isHermes || f.Engine == formats.Hermes
		all = all && (f.Native || f.Line == 1 && f.File == "")
		big = big || f.Line == 1 && f.Col >= minOffset
	}
	if !isHermes && !(all && big) {
		return
	}
	for i := range p.Frames {
		f := &p.Frames[i]
		if f.File == "" && f.Line == 1 {
			f.Index, f.Offset, f.Line, f.Col = f.Line, f.Col, 0, 0
			f.TopLevel = f.Func == "global"
		}
		if f.File == "" && f.Line == 0 {
			f.Engine = formats.Hermes
		}
	}
	p.Engine = p.Frames[0].Engine
}

// readHeader reads the lines up to the word before the stack, of whose line before is the beginning.
func (r *reactNative) readHeader(p *model.Parsed, before string) {
	lines := r.lines.Slice(0, r.at+1)
	located := lines.Len() // the line that says where the error is located
	for i, l := range lines.All() {
		if l.Body == locatedWord {
			located = i
		}
	}
	message := lines.Slice(0, min(located, lines.Len()))
	start := r.headerStart(message)
	text := joinLines(message.From(start), func(l model.Line) string { return l.Own })
	if located == lines.Len() {
		last := before
		if i := strings.LastIndexByte(text, '\n'); i >= 0 {
			last = text[:i+1] + before
		}
		text = last
	}
	calls := p.Frames
	p.LeaveLines(lines.Slice(0, start))
	text, components, _ := strings.Cut(text, locatedWord)
	h := parseReactNative(strings.TrimRight(text, " \t\n"))
	p.Before = len(p.Unparsed)
	p.Header = joinLines(message.From(start), func(l model.Line) string { return l.Raw })
	p.Label, p.Type, p.Code, p.Message = h.Label, h.Type, h.Code, h.Message
	p.Frames = calls
	takeJoinedComponents(p, components)
	if located == lines.Len() {
		return
	}
	p.LeaveLines(lines.Slice(located, located+1))
	var f formats.Frame
	for i := located + 1; i < lines.Len(); i++ {
		l := lines.At(i)
		body := l.Body
		if i == r.at {
			body = before
		}
		if strings.HasPrefix(body, "at ") && formats.ReadComponent(&f, formats.Hermes, body) || formats.Read(&f, formats.React, body) {
			p.Take(&f, l)
		} else {
			p.LeaveLines(lines.Slice(i, i+1))
		}
	}
}

// headerStart returns the line on which the header begins, of those up to its last line.
func (r *reactNative) headerStart(lines model.Lines) int {
	for i := lines.Len() - 1; i >= 0 && i >= lines.Len()-maxAbove; i-- {
		body := lines.At(i).Body
		if isErrorHeader(body) && !strings.HasSuffix(body, javaException) || strings.Contains(body, unhandledWord) {
			return i
		}
		if strings.HasSuffix(body, javaException) && i < lines.Len()-1 {
			return i + 1
		}
	}
	return max(lines.Len()-1, 0)
}

const (
	javaException = "JavascriptException"
	unhandledWord = "Unhandled JS Exception: "
	reasonWord    = "', reason: '"
)

// parseReactNative reads a header without the words that React Native and the native side put around it:
//
//	com.facebook.react.common.JavascriptException: TypeError: x
//	*** Terminating app due to uncaught exception 'RCTFatalException: Unhandled JS Exception: x', reason: 'Unhandled JS Exception: x
func parseReactNative(text string) header.Header {
	h := header.Header{}
	if _, message, ok := strings.Cut(text, unhandledWord); ok {
		text, _, _ = strings.Cut(message, reasonWord)
		h.Label = strings.TrimSuffix(unhandledWord, ": ")
	}
	class := ""
	if before, message, ok := strings.Cut(text, javaException+": "); ok {
		class = before[strings.LastIndexAny(before, " \t\n")+1:] + javaException
		text = message
	}
	found := header.Parse(text, false)
	if header.IsErrorName(found.Type) || found.Type != "" && found.Label != "" {
		return header.Header{Label: found.Label, Type: found.Type, Code: found.Code, Message: found.Message}
	}
	if strong, ok := header.FindStrong(text); ok && strong.At == 0 {
		return strong.Header
	}
	h.Type, h.Message = class, text
	return h
}

// takeJoinedComponents takes components that are joined by blanks: "in A (created by B)     in C".
func takeJoinedComponents(p *model.Parsed, text string) {
	var f formats.Frame
	for part := range strings.SplitSeq(text, "  ") {
		if part = strings.TrimSpace(part); strings.HasPrefix(part, "in ") && formats.Read(&f, formats.React, part) {
			p.Take(&f, model.Line{Raw: part})
		}
	}
}

func hasStackWord(text string) bool { return model.Holds(text, stackWord) }

// HasStackWord reports whether text holds the word that React Native puts before calls.
func HasStackWord(text string) bool {
	return strings.IndexByte(text, stackWord[0]) >= 0 && strings.Contains(text, stackWord)
}
