package formats

import "strings"

// graaljs is GraalJS, the JavaScript of GraalVM.
//
//	frame = "at " , ( name , " (" , ( location | "native" ) , ")" | location ) ;
//	name  = [ class , "." ] , method ;
//	location = file , ":" , line , ":" , column ;
//
// Lines:
//
//	at fail (p.js:1:26)
//	at p.js:16:26
//	at Array.map (native)
//	at <js> f(Unnamed:1:20-29)
//
// All but the last are V8's too. The last is one of Java's trace of an exception that crosses
// languages: no blank is before the parenthesis, and the columns are a range of characters. "Unnamed"
// is a source without a name (oracle/graaljs, runtime/builtins/JSError.java,
// formatStackTraceIntl). As an imitation of Nashorn it writes Nashorn's lines.
var graaljs = Format{
	engine: GraalJS,
	name:   "graaljs",
	title:  "GraalJS",
	at:     atSyntax{order: 120, match: matchGraalJS, read: readGraalJS, plain: true},
	append: appendGraalJS,
	stack:  Stack{Indent: "    ", Headed: true, Natives: true},
}

const (
	polyglotGraalJS = "<js> "
	unnamedGraalJS  = "Unnamed"
)

func matchGraalJS(c call) bool {
	return strings.HasPrefix(c.text, polyglotGraalJS) && c.endsInParen()
}

func readGraalJS(f *Frame, c call) bool {
	*f = Frame{Engine: GraalJS}
	if after, ok := strings.CutPrefix(c.text, polyglotGraalJS); ok {
		return readPolyglot(f, after)
	}
	if !c.paired {
		return c.readBare(f, unnamedGraalJS)
	}
	f.Func = c.name()
	if c.location() == "native" {
		f.Native = true
		return true
	}
	return c.readFile(f, unnamedGraalJS)
}

// readPolyglot reads "NAME(FILE:LINE:FIRST-LAST)".
func readPolyglot(f *Frame, call string) bool {
	open := openingParen(call)
	if open < 0 || call[len(call)-1] != ')' {
		return false
	}
	f.Func = call[:open]
	location := call[open+1 : len(call)-1]
	if rest, _, ok := cutNumber(location); ok && strings.HasSuffix(rest, "-") {
		location = rest[:len(rest)-1]
	}
	return readFile(f, location, unnamedGraalJS) && f.Line > 0 && strings.IndexByte(f.Func, '(') < 0
}

func appendGraalJS(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	if f.Native {
		b = append(b, f.Func...)
		return append(b, " (native)"...)
	}
	return appendCall(b, f.Func, appendFile(nil, &f, unnamedGraalJS), func(where string) bool {
		var again Frame
		return readBare(&again, where, unnamedGraalJS)
	})
}
