package formats

import "strings"

// presto is Opera 8 and 9, whose engine is linear_b, later futhark: the backtrace in error.message
// and, since 9.6, error.stacktrace.
//
//	frame = [ "...  " ] , "Line " , line , " of " , where , [ ": In function " , name ] ;
//	where = "linked script " , url | "inline#" , number , " script in " , url
//	      | "unknown script" | "eval script" | "function script" ;
//
// Lines, each of which the line of the source follows:
//
//	Line 44 of linked script http://path/to/file.js
//	Line 4 of inline#1 script in http://path/to/file.js: In function bar
//
// The number of an inline script on its page, from 1, is the Index. Code from a string has no file;
// "eval script" or "function script" is its Origin. The mark "...", before frames that the engine
// left out, does not say how many.
var presto = Format{
	engine:        Presto,
	name:          "presto",
	title:         "Opera's Presto",
	match:         matchPresto,
	read:          readPresto,
	append:        appendPresto,
	stack:         Stack{Indent: "  ", Headed: true, LineEnd: true, Placed: true},
	inlineScripts: true,
}

func matchPresto(line string) bool {
	var f Frame
	return readPresto(&f, line) && f.File != ""
}

func readPresto(f *Frame, line string) bool {
	if rest, ok := strings.CutPrefix(line, "..."); ok {
		line = strings.TrimLeft(rest, " \t")
	}
	rest, ok := strings.CutPrefix(line, "Line ")
	if !ok {
		return false
	}
	number, where, ok := strings.Cut(rest, " of ")
	if !ok {
		return false
	}
	before, lineNumber, ok := cutNumber(number)
	if !ok || before != "" || lineNumber == 0 {
		return false
	}
	name := ""
	const in = ": In function "
	if at := strings.LastIndex(where, in); at >= 0 && at+len(in) < len(where) {
		where, name = where[:at], where[at+len(in):]
		if isBlank(name[0]) {
			return false
		}
	}
	f.set(name, "", lineNumber, 0, Presto)
	switch where {
	case "unknown script":
		return true
	case "eval script", "function script":
		f.Eval, f.Origin = true, where
		return true
	}
	if url, ok := strings.CutPrefix(where, "linked script "); ok {
		f.File = url
		return url != "" && !isBlank(url[0])
	}
	inline, ok := strings.CutPrefix(where, "inline#")
	if !ok {
		return false
	}
	number, url, ok := strings.Cut(inline, " script in ")
	before, f.Index, _ = cutNumber(number)
	f.File = url
	return ok && before == "" && f.Index > 0 && url != "" && !isBlank(url[0])
}

func appendPresto(b []byte, f Frame) []byte {
	b = append(b, "Line "...)
	b = appendInt(b, f.Line)
	b = append(b, " of "...)
	switch {
	case f.File != "" && f.Index > 0 && !f.Wasm:
		b = append(b, "inline#"...)
		b = appendInt(b, f.Index)
		b = append(b, " script in "...)
		b = append(b, f.File...)
	case f.File != "":
		b = append(b, "linked script "...)
		b = append(b, f.File...)
	case f.Origin == "function script":
		b = append(b, f.Origin...)
	case f.Eval:
		b = append(b, "eval script"...)
	default:
		b = append(b, "unknown script"...)
	}
	if f.Func != "" {
		b = append(b, ": In function "...)
		b = append(b, f.Func...)
	}
	return b
}
