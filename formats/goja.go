package formats

import "strings"

// goja is goja, and its fork sobek: the JavaScript of k6, PocketBase and other Go programs.
//
//	frame = "at " , ( name , " (" , where , ")" | where ) ;
//	where = ( file | "<eval>" ) , ":" , line , ":" , column , "(" , pc , ")" | "native" ;
//
// Lines:
//
//	at fail (dir/a b.js:1:24(3))
//	at dir/a b.js:4:34(3)
//	at anonymous (<eval>:3:5(6))
//	at <eval>:1:5(1)
//	at forEach (native)
//	at native
//
// A location alone is a function without a name, a class's constructor or the top level. The number
// in parentheses is the index of the instruction in the function's code; it becomes the Offset
// (goja, runtime.go, StackFrame.Write).
var goja = Format{
	engine: Goja,
	name:   "goja",
	title:  "goja",
	// Its "(pc)" is the surest mark of all.
	at:           atSyntax{order: 30, match: matchGoja, read: readGoja},
	append:       appendGoja,
	stack:        Stack{Indent: "\t", Headed: true, LineEnd: true, Natives: true},
	instructions: true,
}

const evalGoja = "<eval>"

// cutGoja takes ":LINE:COL(PC)" off the right end of s.
func cutGoja(s string) (file string, line, col, pc int, ok bool) {
	inner, ok := strings.CutSuffix(s, ")")
	if !ok {
		return s, 0, 0, 0, false
	}
	rest, pc, ok := cutNumber(inner)
	if !ok || !strings.HasSuffix(rest, "(") {
		return s, 0, 0, 0, false
	}
	file, line, col, ok = cutAddress(rest[:len(rest)-1])
	return file, line, col, pc, ok
}

func matchGoja(c call) bool {
	s, ok := strings.CutSuffix(c.text, "))")
	if !ok {
		s, ok = strings.CutSuffix(c.text, ")")
	}
	if !ok || s == "" || !isDigit(s[len(s)-1]) {
		return false
	}
	_, _, _, _, ok = cutGoja(c.text[:len(s)+1])
	return ok
}

func readGoja(f *Frame, c call) bool {
	*f = Frame{Engine: Goja}
	if c.text == "native" {
		f.Native = true
		return true
	}
	location := c.text
	if _, _, _, _, ok := cutGoja(location); !ok {
		if !c.paired {
			return false
		}
		f.Func, location = c.name(), c.location()
		if location == "native" {
			f.Native = true
			return true
		}
	}
	var ok bool
	f.File, f.Line, f.Col, f.Offset, ok = cutGoja(location)
	if f.File == evalGoja {
		f.Eval, f.File = true, ""
	}
	return ok
}

func appendGoja(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	if f.Native {
		if f.Func == "" {
			return append(b, "native"...)
		}
		b = append(b, f.Func...)
		return append(b, " (native)"...)
	}
	if f.Func != "" {
		b = append(b, f.Func...)
		b = append(b, " ("...)
	}
	if f.Eval && f.File == "" {
		b = append(b, evalGoja...)
	}
	b = append(b, f.File...)
	b = append(b, ':')
	b = appendInt(b, f.Line)
	b = append(b, ':')
	b = appendInt(b, f.Col)
	b = append(b, '(')
	b = appendInt(b, f.Offset)
	b = append(b, ')')
	if f.Func != "" {
		b = append(b, ')')
	}
	return b
}
