// Package truth holds what an engine and a program know of an error besides its text, and compares it
// with what is read of the text. testdata/README.md tells where each fact comes from.
package truth

import (
	"fmt"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Capture is a trace that a real engine wrote, with what the engine and the program told about it.
// See testdata/README.md.
type Capture struct {
	ID       string  `json:"id"`
	Scenario string  `json:"scenario"`
	Engine   string  `json:"engine"`
	Runtime  string  `json:"runtime"`
	Version  string  `json:"version"`
	Config   string  `json:"config,omitempty"`
	Kind     string  `json:"kind"`
	Name     *string `json:"name,omitempty"`
	Message  *string `json:"message,omitempty"`
	String   *string `json:"string,omitempty"`
	Text     string  `json:"text"`

	Sites   []CallSite   `json:"sites,omitempty"` // V8
	Saved   []SavedFrame `json:"saved,omitempty"` // SpiderMonkey
	Top     *Place       `json:"top,omitempty"`
	Chain   []Call       `json:"chain,omitempty"`
	OnError *Event       `json:"onerror,omitempty"`
}

// Call is what the program says of one function on the stack.
type Call struct {
	Func string `json:"fn"`
	Line int    `json:"line,omitempty"`
}

// CallSite is what V8's CallSite object says of a frame.
type CallSite struct {
	Func        string `json:"func,omitempty"`
	Type        string `json:"type,omitempty"`
	Method      string `json:"method,omitempty"`
	File        string `json:"file,omitempty"`
	Line        int    `json:"line,omitempty"`
	Col         int    `json:"col,omitempty"`
	Origin      string `json:"origin,omitempty"`
	Constructor bool   `json:"constructor,omitempty"`
	Async       bool   `json:"async,omitempty"`
	Promise     *int   `json:"promise,omitempty"`
	Native      bool   `json:"native,omitempty"`
	TopLevel    bool   `json:"toplevel,omitempty"`
	Eval        bool   `json:"eval,omitempty"`
	Wasm        bool   `json:"wasm,omitempty"`
	Text        string `json:"text,omitempty"`
}

// SavedFrame is what SpiderMonkey's debugger says of a frame.
type SavedFrame struct {
	Func   string `json:"func"`
	Source string `json:"source"`
	Line   int    `json:"line"`
	Col    int64  `json:"col"`
	Async  string `json:"async"`
}

// Place is where the error object says that it was made.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

// Event is what an error event of a page tells.
type Event struct {
	Message string `json:"message,omitempty"`
	Source  string `json:"source"`
	Line    int    `json:"line"`
	Col     int    `json:"column"`
}

// Frame returns the frame that the call site of V8 is, from the properties of the site and from how
// they are put together in its text.
func (s CallSite) Frame() (stacktrace.Frame, error) {
	f := stacktrace.Frame{Engine: stacktrace.V8, Async: s.Async, Constructor: s.Constructor}
	text := s.Text
	if s.Async {
		text = strings.TrimPrefix(text, "async ")
	}
	if s.Promise != nil {
		f.Native, f.Index = true, *s.Promise
		f.Func = strings.TrimSuffix(text, fmt.Sprintf(" (index %d)", *s.Promise))
		return f, nil
	}
	location, isBare := s.location(&f, text)
	if isBare {
		return f, nil
	}
	name, ok := strings.CutSuffix(text, " ("+location+")")
	if !ok {
		return f, fmt.Errorf("call site %q does not end in %q", s.Text, location)
	}
	if s.Constructor {
		name = strings.TrimPrefix(name, "new ")
	}
	if alias := " [as " + s.Method + "]"; s.Method != "" && strings.HasSuffix(name, alias) {
		name, f.Alias = strings.TrimSuffix(name, alias), s.Method
	}
	f.Func = name
	return f, nil
}

// location fills the location of f and returns its text, and whether the text is nothing else.
func (s CallSite) location(f *stacktrace.Frame, text string) (location string, isBare bool) {
	if s.Wasm && strings.Contains(text, "wasm-function[") && s.File == "" || s.Wasm && strings.HasPrefix(s.File, "wasm://") {
		return s.wasm(f, text)
	}
	if strings.HasSuffix(text, " (native)") {
		f.Native = true
		return "native", false
	}
	file := s.File
	if cut, _, ok := strings.Cut(text, ":-"); ok && cut == file {
		f.File = file // a negative line, of which the site says nothing
		return text, true
	}
	if file == "" || file == "<anonymous>" || strings.HasSuffix(text, "<anonymous>)") || text == "<anonymous>" {
		file = "<anonymous>"
	} else {
		f.File = file
	}
	location = file
	if s.Line > 0 && strings.Contains(text, fmt.Sprintf(":%d", s.Line)) {
		f.Line = s.Line
		location += fmt.Sprintf(":%d", s.Line)
		if s.Col > 0 {
			f.Col = s.Col
			location += fmt.Sprintf(":%d", s.Col)
		}
	}
	if s.File == "" && s.Origin != "" && strings.Contains(text, s.Origin+", ") {
		f.Eval, f.Origin = true, s.Origin
		location = s.Origin + ", " + location
	} else if location == "<anonymous>" {
		f.Native = true
	}
	return location, text == location
}

func (s CallSite) wasm(f *stacktrace.Frame, text string) (location string, isBare bool) {
	f.Wasm = true
	at := strings.LastIndex(text, "wasm-function[")
	part := strings.TrimSuffix(text[at:], ")")
	if _, err := fmt.Sscanf(part, "wasm-function[%d]:0x%x", &f.Index, &f.Offset); err != nil {
		if _, err := fmt.Sscanf(part, "wasm-function[%d]:%d", &f.Index, &f.Offset); err != nil {
			panic(text)
		}
	}
	module := s.File
	if strings.Contains(text, "<anonymous>:wasm-function") {
		module = "<anonymous>"
	} else {
		f.File = module
	}
	if module != "" {
		part = module + ":" + part
	}
	return part, text == part
}

// IsAmbiguous reports whether the call sites have a name that makes their text one that other sites
// would have too.
func IsAmbiguous(sites []CallSite) bool {
	for _, s := range sites {
		for _, name := range [...]string{s.Func, s.File} {
			if strings.ContainsAny(name, "\n\r") || strings.Contains(name, "async ") || strings.Contains(name, " [as ") || strings.Contains(name, " (") {
				return true
			}
		}
		if strings.HasPrefix(s.Func, "new ") && !s.Constructor {
			return true
		}
	}
	return false
}

// CompareSites returns in what the frames of trace differ from the engine's call sites, "" if in nothing.
func CompareSites(trace *stacktrace.Trace, sites []CallSite) string {
	if len(trace.Frames) != len(sites) {
		return fmt.Sprintf("%d frames, %d call sites", len(trace.Frames), len(sites))
	}
	for i, s := range sites {
		want, err := s.Frame()
		if err != nil {
			return err.Error()
		}
		want.Text = trace.Frames[i].Text
		want.Source = trace.Frames[i].Source // the text's own
		if want != trace.Frames[i] {
			return fmt.Sprintf("frame %d is %+v, the engine says %+v", i, trace.Frames[i], want)
		}
	}
	return ""
}

// Is reports whether f can be the frame of e.
func (e Call) Is(f stacktrace.Frame, slack int) bool {
	if e.Line > 0 && f.Line > 0 && (f.Line > e.Line || f.Line < e.Line-slack) {
		return false
	}
	name := e.Func
	for _, mark := range [...]string{"async ", "new ", "get ", "set "} {
		name = strings.TrimPrefix(name, mark)
	}
	if strings.HasPrefix(name, "native:") || strings.HasPrefix(name, "wasm:") {
		return false
	}
	got := strings.TrimSuffix(f.Func, "<")
	for _, mark := range [...]string{"get ", "set "} {
		got = strings.TrimPrefix(got, mark)
	}
	switch got {
	case "[anon]", "anonymous", "global", "%entry", "main":
		return true // code without a name, in engines that have a word for it
	}
	if strings.HasPrefix(name, "<") || got == "" || strings.HasPrefix(got, "<") || e.Line > 0 && f.Line == e.Line {
		return true // code without a name, for the program or for the engine
	}
	return got == name || strings.HasSuffix(got, "."+name) || strings.HasSuffix(got, "/"+name) || strings.HasSuffix(name, "."+got)
}
