package stacktrace

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTitle is how many bytes a title has at most.
const maxTitle = 200

// Title returns the trace in one line of at most 200 bytes, such as "TypeError: x is not a function": the
// type, and the first line of the message that is not blank.
//
// If the trace has neither, the title is its code, its label, or its first frame. If it has none of
// these, the title is that of an error within it, or else a property or an unparsed line. It is "" only
// if the trace holds nothing that can be shown.
//
// A title that was cut ends in "…". Tabs and other white space become blanks; other control characters
// and invalid UTF-8 become U+FFFD. So a title is safe in a log or on a terminal.
func (t *Trace) Title() string {
	for e := range t.All() {
		if s := joinTitle(e.Type, e.Message); s != "" {
			return s
		}
		if s := cmp.Or(oneLine(e.Code), oneLine(e.Label)); s != "" {
			return s
		}
		if len(e.Frames) > 0 {
			return oneLine(e.Frames[0].String())
		}
	}
	for e := range t.All() {
		for _, p := range e.Props {
			if s := joinTitle(p.Name, p.Text); s != "" {
				return s
			}
		}
		for _, lines := range [...][]string{e.Context, e.Unparsed} {
			for _, line := range lines {
				if s := oneLine(line); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// joinTitle returns "NAME: TEXT" as a title, or one of the two if the other is blank.
func joinTitle(name, text string) string {
	name, text = oneLine(name), oneLine(text)
	if name == "" || text == "" {
		return name + text
	}
	return oneLine(name + ": " + text)
}

// oneLine returns the first line of s that is not blank, as a title.
func oneLine(s string) string {
	const ellipsis = "…"
	var b strings.Builder
	fits := 0 // where b is cut if there is no room for all of s
	for i, r := range s {
		switch {
		case r == '\n' && b.Len() > 0:
			return strings.TrimRight(b.String(), " ")
		case unicode.IsSpace(r):
			r = ' '
			if b.Len() == 0 {
				continue
			}
		case unicode.IsControl(r):
			r = utf8.RuneError
		}
		if b.Len()+utf8.RuneLen(r) > maxTitle {
			if rest, _, _ := strings.Cut(s[i:], "\n"); strings.TrimSpace(rest) == "" {
				break
			}
			return strings.TrimRight(b.String()[:fits], " ") + ellipsis
		}
		b.WriteRune(r)
		if b.Len() <= maxTitle-len(ellipsis) {
			fits = b.Len()
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// Name returns the function's name with its markers, as V8 and SpiderMonkey write them: "new Foo",
// "async f", "f [as g]", "promise callback*f". It is "" if the engine told no name. Func is the name
// without markers.
func (f Frame) Name() string {
	name := f.Func
	if name == "" {
		return ""
	}
	if f.Alias != "" {
		name += " [as " + f.Alias + "]"
	}
	if f.Constructor {
		name = "new " + name
	}
	switch {
	case f.AsyncCause != "" && strings.Contains(f.line(), f.AsyncCause+"*"):
		name = f.AsyncCause + "*" + name
	case f.Async && f.AsyncCause == "":
		name = "async " + name
	}
	return name
}

// Location returns the place of the frame as its engine writes it: "https://h/app.js:1:2". Where the
// engine has something else in the file's place, it is that: "native", "[native code]",
// "eval code:1:5", "https://h/a.js line 3 > eval:1:5", "m:wasm-function[1]:0x2a",
// "address at index.android.bundle:1:1234567", "index 0". It is "" if the engine told nothing.
func (f Frame) Location() string {
	if s, ok := f.numberedLocation(); ok {
		return s
	}
	place := f.File
	switch {
	case place != "":
	case f.Origin == "":
		place = f.placeholder()
	case f.Engine == V8:
		place = f.Origin + ", <anonymous>"
	default:
		place = f.Origin
	}
	if f.Line == 0 && f.Col == 0 {
		return place
	}
	if place != "" {
		place += ":"
	}
	place += strconv.Itoa(f.Line)
	if f.Col > 0 {
		place += ":" + strconv.Itoa(f.Col)
	}
	return place
}

// numberedLocation returns the location of a frame that has another number than those of a position in a
// source.
func (f *Frame) numberedLocation() (string, bool) {
	if index, ok := f.PromiseIndex(); ok {
		return "index " + strconv.Itoa(index), true
	}
	if segment, offset, ok := f.BytecodeAddress(); ok {
		address := strconv.Itoa(segment) + ":" + strconv.Itoa(offset)
		switch line := f.line(); {
		case f.File != "":
			return "address at " + f.File + ":" + address, true
		case strings.Contains(line, "unknown:"):
			return "address at unknown:" + address, true
		}
		return address, true
	}
	if index, ok := f.WasmFunction(); ok {
		s := "wasm-function[" + strconv.Itoa(index) + "]"
		if f.File != "" {
			s = f.File + ":" + s
		}
		if offset, ok := f.WasmOffset(); ok {
			if strings.Contains(f.line(), "]:0x") {
				s += ":0x" + strconv.FormatInt(int64(offset), 16)
			} else {
				s += ":" + strconv.Itoa(offset) // V8 before 2019
			}
		}
		return s, true
	}
	return "", false
}

// placeholders are what engines write in the place of the file. What is part of another comes after it.
var placeholders = [...]string{
	"[native code]", "<native code>", "native code", "[wasm code]",
	"Unknown script code", "Function code", "eval code", "unknown script", "unknown location", "unknown source",
	"<anonymous>", "<unknown>", "<eval>", "(eval)", "(unknown)", "native", "missing", "unknown",
}

// placeholder returns what the line of a frame has in the place of the file; "" if nothing is there.
func (f *Frame) placeholder() string {
	line := f.line()
	_, behind, _ := strings.Cut(line, f.Func) // the name may be one of these words too
	for _, word := range placeholders {
		if strings.Contains(behind, word) {
			return word
		}
	}
	return ""
}

// line returns the line of f as it stands in the text, or as String writes it for a frame without Text.
func (f *Frame) line() string {
	if f.Text != "" {
		return f.Text
	}
	return f.String()
}
