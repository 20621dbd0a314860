package formats

import "strings"

// rhino is Rhino, Mozilla's JavaScript in Java, in its own style and in that of V8.
//
//	frame = "at " , file , ":" , line , [ " (" , name , ")" ]                     (* RHINO *)
//	      | "at " , ( name , " (" , file , ":" , line , ":0)" | file , ":" , line , ":0" ) ;   (* V8 *)
//	file  = path | "(unknown)" | caller , "#" , line , "(" , ( "eval" | "Function" ) , ")" ;
//	caller = file | "<eval'ed string>" | "eval code" ;
//
// Lines:
//
//	at p.js:2 (fail)
//	at p.js:9
//	at (unknown):65 (anonymous)
//	at f.js#14(eval)#1(eval):1
//	at <eval'ed string>#1(Function):1 (anonymous)
//	at fail (p.js:2:0)
//	at p.js:14:0
//	at inner ((unknown):3:0)
//
// There are no columns: the last number of V8's style is always 0. A location alone is the top level,
// and in V8's style and the interpreter a function without a name too. Code from a string tells the
// place of the call behind a "#", again and again: that is its Origin. "(unknown)" is the file of
// compiled code (rhino, org/mozilla/javascript/ScriptStackElement.java, renderJavaStyle and
// renderV8Style).
var rhino = Format{
	engine: Rhino,
	name:   "rhino",
	title:  "Rhino",
	// Asked before XS, whose files may be called anything.
	at:        atSyntax{order: 80, match: matchRhino, hint: hintRhino, read: readRhino},
	sign:      rhinoSign,
	signIsOld: true,
	append:    appendRhino,
	stack:     Stack{Indent: "\t", LineEnd: true},
	anonymous: []string{"anonymous"},
}

// rhinoSign is Rhino in the style of the Mozilla browsers, which has parentheses behind every name:
//
//	inner()@f.js:5
//	@f.js#14(eval):1
//	anonymous()@(unknown):65
//
// Firefox up to 13 wrote the first for a function without arguments, but of a URL (renderMozillaStyle).
//
// It is asked before SpiderMonkey, to which "()" would be an argument list.
var rhinoSign = signSyntax{order: 30, match: matchRhinoSign, read: readRhinoSign}

const unknownRhino = "(unknown)"

// cutRhinoOrigin takes "#LINE(KIND)" off the right end of a file's name; caller is the file in which
// eval or Function was called.
func cutRhinoOrigin(s string) (caller string, line int, ok bool) {
	inner, ok := strings.CutSuffix(s, ")")
	if !ok {
		return s, 0, false
	}
	rest, isEval := strings.CutSuffix(inner, "(eval")
	if !isEval {
		if rest, ok = strings.CutSuffix(inner, "(Function"); !ok {
			return s, 0, false
		}
	}
	rest, line, ok = cutNumber(rest)
	if !ok || !strings.HasSuffix(rest, "#") {
		return s, 0, false
	}
	return rest[:len(rest)-1], line, true
}

// isRhinoPlaceholder reports whether file is Rhino's word for code that has none.
func isRhinoPlaceholder(file string) bool {
	return file == unknownRhino || file == "<eval'ed string>" || file == "eval code"
}

// isRhinoFile reports whether no other engine calls a file so.
func isRhinoFile(file string) bool {
	_, _, ok := cutRhinoOrigin(file)
	return ok || file == unknownRhino
}

func matchRhino(c call) bool {
	if location, name, ok := cutRhinoName(c.text); ok {
		file, _, _ := cutLine(location)
		return isRhinoFile(file) || isWord(name) && name != "native" && (isLocated(file) || hasScriptEnding(file))
	}
	return c.numbers > 0 && isRhinoFile(c.file())
}

// hintRhino knows the constant column of V8's style; and that no other engine without a header writes
// a location alone that has no column.
func hintRhino(c call, headed bool) int {
	switch {
	case c.numbers == 2 && c.col == 0 && c.line > 0 && c.name() != "new" && !strings.HasPrefix(c.name(), "<"):
		return 2
	case c.numbers != 1, c.paired:
		return -never
	case headed:
		return 1
	}
	return 2
}

// cutRhinoName splits "FILE:LINE (NAME)".
func cutRhinoName(call string) (location, name string, ok bool) {
	inner, ok := strings.CutSuffix(call, ")")
	if !ok {
		return call, "", false
	}
	for end := len(inner); ; {
		open := strings.LastIndexByte(inner[:end], '(')
		if open <= 0 {
			return call, "", false
		}
		if file, _, ok := cutLine(inner[:open-1]); ok && file != "" && inner[open-1] == ' ' {
			return inner[:open-1], inner[open+1:], true
		}
		end = open
	}
}

func readRhino(f *Frame, c call) bool {
	*f = Frame{Engine: Rhino}
	if location, name, ok := cutRhinoName(c.text); ok {
		f.Func = name
		return readLine(f, location) && f.takeRhinoFile()
	}
	if c.paired {
		location, ok := strings.CutSuffix(c.location(), ":0")
		f.Func = c.name()
		return ok && readLine(f, location) && f.takeRhinoFile()
	}
	if location, ok := strings.CutSuffix(c.text, ":0"); ok && readBareLine(f, location, unknownRhino) {
		return f.takeRhinoFile()
	}
	return readBareLine(f, c.text, unknownRhino) && f.takeRhinoFile()
}

// takeRhinoFile makes a file of code from a string the origin of f.
func (f *Frame) takeRhinoFile() bool {
	if _, _, ok := cutRhinoOrigin(f.File); ok {
		f.Eval, f.Origin, f.File = true, f.File, ""
	} else if f.File == unknownRhino {
		f.File = ""
	}
	return true
}

func appendRhino(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	start := len(b)
	switch {
	case f.Eval && f.File == "":
		b = appendRhinoOrigin(b, &f)
	case f.File == "":
		b = append(b, unknownRhino...)
	default:
		b = append(b, f.File...)
	}
	isOpen := isOpenEnded(string(b[max(start, len(b)-maxDigits-2):])) // no more counts
	b = append(b, ':')
	b = appendInt(b, f.Line)
	if f.Func == "" {
		var again Frame
		switch isBare := readBareLine(&again, string(b[start:]), unknownRhino); {
		case isBare && f.Line == 0 && isOpen:
			return append(b, ":0"...) // else it would be the column of V8's style
		case isBare:
			return b
		}
	}
	b = append(b, " ("...)
	b = append(b, f.Func...)
	return append(b, ')')
}

// appendRhinoOrigin appends, in Rhino's words, where the eval'd code of f came from.
func appendRhinoOrigin(b []byte, f *Frame) []byte {
	return appendOutermostFirst(b, f, cutRhinoOrigin, "<eval'ed string>", "#", "(eval)")
}

func matchRhinoSign(line string) bool {
	if line == "" || !isDigit(line[len(line)-1]) {
		return false
	}
	name, location, ok := cutRhinoSign(line)
	if !ok {
		return false
	}
	file, _, ok := cutLine(location)
	if !ok {
		return false
	}
	return isRhinoFile(file) || strings.HasSuffix(name, "()") && isWord(name[:len(name)-2]) &&
		!isOpenEnded(file) && !strings.Contains(file, "://") && (isLocated(file) || hasScriptEnding(file))
}

// cutRhinoSign splits "NAME()@LOCATION" and "@LOCATION".
func cutRhinoSign(line string) (name, location string, ok bool) {
	if strings.HasPrefix(line, "@") {
		return "", line[1:], true
	}
	at := strings.Index(line, "()@")
	if at < 0 {
		return line, "", false
	}
	return line[:at+len("()")], line[at+len("()@"):], true
}

func readRhinoSign(f *Frame, line string) bool {
	name, location, ok := cutRhinoSign(line)
	name = strings.TrimSuffix(name, "()")
	if !ok || strings.IndexByte(name, '(') >= 0 {
		return false
	}
	*f = Frame{Func: name, Engine: Rhino}
	return readLine(f, location) && f.takeRhinoFile()
}
