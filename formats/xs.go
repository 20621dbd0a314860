package formats

import "strings"

// xs is XS, Moddable's engine.
//
//	frame = "at" , [ " " , name ] , " (" , [ file , ":" , line ] , ")" ;
//	file  = path | "#" , int ;
//
// Lines:
//
//	at inner (/app/f.js:3)
//	at (/app/f.js:6)
//	at get prop (/app/f.js:13)
//	at bound Foo ()
//	at forEach ()
//	at ()
//	at anonymous (#11:2)
//
// There are no columns. Code without a name, a script's top level among it, has nothing before the
// parenthesis. Nothing stands within it for native code, and for all code of a build without debug
// information, so neither is said to be native. Code from a string has a counter for a file, which
// becomes the Origin, unless a sourceURL gave it a name (moddable, xs/sources/xsError.c,
// fx_Error_prototype_get_stack).
var xs = Format{
	engine: XS,
	name:   "xs",
	title:  "XS",
	at:     atSyntax{order: 130, match: matchXS, hint: hintXS, read: readXS, lined: true},
	append: appendXS,
	stack:  Stack{Indent: " ", Headed: true, Natives: true},
}

func matchXS(c call) bool {
	if c.text[0] != '(' {
		return c.paired && c.numbers == 1 && isCounter(c.file())
	}
	name, location, ok := cutCallXS(c.text)
	if !ok {
		return false
	}
	file, _, ok := cutLine(location)
	if ok && isCounter(file) {
		return true
	}
	// Nobody else writes "at (", but people do: "at (12:30)".
	return name == "" && (location == "" || ok && !isNumber(file))
}

// hintXS knows that XS writes no columns, and that empty parentheses are otherwise what is left of
// V8's "<anonymous>", which follows the name of a method and its type.
func hintXS(c call, _ bool) int {
	switch {
	case c.paired && c.location() == "" && isWord(c.name()) && strings.IndexByte(c.name(), '.') < 0:
		return 1
	case c.paired && c.location() == "":
		return 0
	case c.numbers != 1:
		return -never
	}
	return 0
}

// cutCallXS splits "NAME (LOCATION)" or "(LOCATION)".
func cutCallXS(call string) (name, location string, ok bool) {
	if strings.HasPrefix(call, "(") && strings.HasSuffix(call, ")") {
		if open := openingParen(call); open <= 0 || call[open-1] != ' ' {
			return "", call[1 : len(call)-1], true
		}
	}
	return cutCall(call)
}

// isCounter reports whether file is what XS calls code from a string: "#11".
func isCounter(file string) bool {
	rest, _, ok := cutNumber(file)
	return ok && rest == "#"
}

func readXS(f *Frame, c call) bool {
	name, location, ok := cutCallXS(c.text)
	if !ok {
		return false
	}
	*f = Frame{Func: name, Engine: XS}
	if location == "" {
		return true
	}
	if !readLine(f, location) {
		return false
	}
	if isCounter(f.File) {
		f.Eval, f.Origin, f.File = true, f.File, ""
	}
	return true
}

func appendXS(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	location := f
	switch {
	case f.Eval && f.File == "" && isCounter(f.Origin):
		location.File = f.Origin
	case f.Eval && f.File == "":
		location.File = "#0"
	}
	where := []byte{'('}
	if !f.Native && (location.File != "" || f.Line != 0) {
		where = appendLine(where, &location)
	}
	where = append(where, ')')
	name, _, ok := cutCallXS(string(where))
	if f.Func != "" || !ok || name != "" {
		b = append(b, f.Func...)
		b = append(b, ' ')
	}
	return append(b, where...)
}
