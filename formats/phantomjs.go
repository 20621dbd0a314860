package formats

import "strings"

// phantomJS is the stack that the command of PhantomJS prints of an error that nobody caught.
//
//	frame = url , ":" , line , [ " in " , name ] ;
//
// Lines:
//
//	phantomjs://code/x.js:12 in foo
//	http://h/a.js:12 in foo
//
// Its error.stack is JavaScriptCore's.
var phantomJS = Format{
	engine:  PhantomJS,
	name:    "phantomjs",
	title:   "PhantomJS",
	foreign: true,
	match:   matchPhantomJS,
	read:    readPhantomJS,
	append:  appendPhantomJS,
	stack:   Stack{Indent: "  ", Headed: true, Placed: true},
}

func matchPhantomJS(line string) bool {
	var f Frame
	return readPhantomJS(&f, line) && (strings.HasPrefix(line, "phantomjs://") || f.Func != "" && isLinkText(f.File))
}

func readPhantomJS(f *Frame, line string) bool {
	name, location := "", line
	if at := strings.LastIndex(line, " in "); at >= 0 {
		location, name = line[:at], line[at+len(" in "):]
		if name == "" || isBlank(name[0]) {
			return false
		}
	}
	file, lineNumber, _, numbers := cutPosition(location)
	f.set(name, file, lineNumber, 0, PhantomJS)
	return numbers == 1 && lineNumber > 0 && strings.Contains(file, "://") && hasScheme(file) && strings.IndexByte(file, ' ') < 0 && !isCutURL(file)
}

func appendPhantomJS(b []byte, f Frame) []byte {
	b = append(b, f.File...)
	b = append(b, ':')
	b = appendInt(b, f.Line)
	if f.Func != "" {
		b = append(b, " in "...)
		b = append(b, f.Func...)
	}
	return b
}
