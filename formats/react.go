package formats

import "strings"

// react is a component of React in a component stack, where no engine's syntax tells it.
//
//	frame = "in " , name , [ " (at " , basename , ":" , line , ")" | " (created by " , owner , ")" ] ;   (* up to 16 *)
//	      | "at " , name , [ " (<anonymous>)" ] | name , "@unknown:0:0" ;                                (* 17 to 19 *)
//
// Lines:
//
//	in Foo (at App.js:12)
//	in Foo (created by Bar)
//	in div
//	in Unknown
//	in ForwardRef(FwdInner)
//	in Unknown (created by Custom (Display)@Name)
//	at div
//	at Custom (Display)@Name
//
// The last two are React 17's and 18's for what has no function whose place an engine could tell:
// elements of the page and functions that could not be called. Those with a function are in the
// engine's own syntax. An owner is kept as the Origin, "created by Bar" (React,
// shared/describeComponentFrame and shared/ReactComponentStackFrame).
var react = Format{
	engine:  React,
	name:    "react",
	title:   "React",
	foreign: true,
	match:   matchReact,
	read:    readReact,
	append:  appendReact,
	stack:   Stack{Indent: "    ", Headed: true, Anonymous: "Unknown", Script: "Unknown", Module: "Unknown", Eval: "Unknown", Placed: true},
}

const (
	createdBy  = "created by "
	suffixV8   = " (<anonymous>)" // what React 19 puts behind the name of an element in V8
	suffixSign = "@unknown:0:0"   // and in the engines that write "NAME@LOCATION"
)

// matchReact knows the lines of React up to 16 that tell a place or an owner.
func matchReact(line string) bool {
	var f Frame
	return strings.HasPrefix(line, "in ") && readReact(&f, line) && (f.Origin != "" || f.Line > 0) && isComponentName(f.Func)
}

func readReact(f *Frame, line string) bool {
	if len(line) < len("in X") {
		return false
	}
	name, isOld := strings.CutPrefix(line, "in ")
	if !isOld {
		var ok bool
		if name, ok = strings.CutPrefix(line, "at "); ok {
			name = strings.TrimSuffix(name, suffixV8)
		} else if name, ok = strings.CutSuffix(line, suffixSign); !ok {
			return false
		}
		f.setComponent(name, React)
		return isComponentName(name)
	}
	f.setComponent(name, React)
	if open := strings.LastIndex(name, " ("); open > 0 && strings.HasSuffix(name, ")") {
		within := name[open+2 : len(name)-1]
		if created := strings.LastIndex(name, " ("+createdBy); created > 0 {
			open, within = created, name[created+2:len(name)-1] // an owner may hold parentheses
		}
		if place, ok := strings.CutPrefix(within, "at "); ok {
			file, lineNumber, col, numbers := cutPosition(place)
			if numbers > 0 && lineNumber > 0 && file != "" {
				f.Func, f.File, f.Line, f.Col = name[:open], file, lineNumber, col
				return !isBlank(name[0])
			}
		} else if len(within) > len(createdBy) && strings.HasPrefix(within, createdBy) {
			f.Func, f.Origin = name[:open], within
			return !isBlank(name[0])
		}
	}
	return isComponentName(name)
}

// setComponent makes f the frame of a component and clears all else but Text.
func (f *Frame) setComponent(name string, engine Engine) {
	f.set(name, "", 0, 0, engine)
	f.Component = true
}

// isComponentName reports whether s can be a component's name where nothing else in the line tells
// it: one word, or one with the name of the component that it wraps behind it.
//
//	ForwardRef(FwdInner)
//	Context.Consumer
//	Custom (Display)@Name
func isComponentName(s string) bool {
	word, _, _ := strings.Cut(s, " (")
	return word != "" && strings.IndexByte(word, ' ') < 0 && strings.IndexByte(word, '\t') < 0 && !strings.HasSuffix(s, ":")
}

func appendReact(b []byte, f Frame) []byte {
	b = append(b, "in "...)
	b = append(b, f.Func...)
	switch {
	case f.File != "":
		b = append(b, " (at "...)
		b = append(b, f.File...)
		b = appendPosition(b, &f)
		b = append(b, ')')
	case strings.HasPrefix(f.Origin, createdBy):
		b = append(b, " ("...)
		b = append(b, f.Origin...)
		b = append(b, ')')
	}
	return b
}

// ReadComponent fills f from a line of a component stack of React 17 or later, which is known to be
// one: in the syntax of engine where the line tells a place, else in React's own.
func ReadComponent(f *Frame, engine Engine, line string) bool {
	component, suffixed := strings.CutSuffix(line, suffixSign)
	if after, ok := strings.CutPrefix(component, "at "); ok {
		component = strings.TrimSuffix(after, suffixV8)
		suffixed = len(component) < len(after)
	}
	switch {
	case Read(f, engine, line) && f.File != "<anonymous>" && (!suffixed || f.Func == component) && (isComponentName(f.Func) || f.Func == "" && f.Line > 0) && (suffixed || f.File != "" || strings.HasSuffix(line, "@")):
		f.Component = true
		return true
	case isComponentName(component) && (suffixed || !strings.Contains(component, "://")):
		f.setComponent(component, React)
		return true
	}
	return false
}

// IsElement reports whether name is that of an element of a page or of a component of React's own
// which no function of a program is likely to have. Those of React Native begin with "RCT".
func IsElement(name string) bool {
	if len(name) > len("RCT") && strings.HasPrefix(name, "RCT") {
		return true
	}
	switch name {
	case "html", "body", "div", "span", "section", "nav", "footer", "article", "aside", "button", "textarea",
		"table", "tbody", "thead", "tfoot", "img", "svg", "iframe", "canvas", "video", "audio", "fieldset",
		"legend", "figure", "Suspense", "SuspenseList":
		return true
	}
	return false
}

// IsShortElement reports whether name is that of an element of a page which a minified program may
// have given to a function too.
func IsShortElement(name string) bool {
	switch name {
	case "a", "b", "i", "p", "g", "s", "u", "li", "ul", "ol", "td", "th", "tr", "dd", "dl", "dt", "em", "h1",
		"h2", "h3", "h4", "h5", "h6", "br", "hr", "form", "main", "header", "label", "input", "select", "option",
		"path", "code", "pre", "strong", "Activity":
		return true
	}
	return false
}
