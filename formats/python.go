package formats

import "strings"

// python is CPython, 2.7 to 3.14, and what imitates it: PyPy, Cython.
//
//	entry    = "File " , quote , file , quote , ", line " , number , [ ", in " , name | " in " , name ] ;
//	number   = digits | "None" | "???" ;
//
// Lines:
//
//	File "/app/a.py", line 18, in <module>
//	File "/app/a.py", line 2, in <lambda>
//	File "<string>", line 1
//	File "<frozen importlib._bootstrap>", line 488, in _call_with_frames_removed
//	File "/app/fault.py", line 8 in f
//	File “/app/a.py”, line 18, in f
//
// The third is where a syntax error was found. The fifth is faulthandler's, which writes "???" for
// what it cannot read (Python/traceback.c, dump_frame); the others are those of the traceback module
// (Lib/traceback.py, StackSummary.format_frame_summary). The last is as web pages show the first:
// quotes became typographic ones, and "<module>" may have been taken for a tag and be gone.
//
// Quotes in file names are not escaped, so the name ends where the last position begins. A name is
// that of the code object, without class or enclosing function; templates and other generated code
// have names with blanks. A file in angle brackets is code that was made from a string, but for the
// frozen modules of the interpreter. There are no columns.
var python = Format{
	engine:    Python,
	name:      "python",
	title:     "Python",
	foreign:   true,
	match:     matchPython,
	read:      readPython,
	append:    appendPython,
	stack:     Stack{Indent: "  ", Headed: true, LineEnd: true, Title: "Traceback (most recent call last):", Anonymous: "<lambda>", Script: "<module>", Module: "<module>", Eval: "<module>"},
	anonymous: []string{"<lambda>"},
	evalFile:  "<string>",
	skipped:   "[Previous line repeated ", skippedEnd: " more times]", skippedOne: " more time]",
	tellsTopLevel: true,
}

func matchPython(line string) bool {
	var f Frame
	return readPython(&f, line)
}

// pythonQuotes are what file names stand between: what Python writes, and what word processors and
// web pages make of it.
var pythonQuotes = [...]string{`"`, "“", "”", "„", "«", "»"}

func readPython(f *Frame, line string) bool {
	rest, ok := strings.CutPrefix(line, "File ")
	if !ok {
		return false
	}
	if after, ok := strings.CutPrefix(rest, "???, line "); ok {
		return readPythonPosition(f, "", after)
	}
	open := ""
	for _, quote := range pythonQuotes {
		if strings.HasPrefix(rest, quote) {
			open = quote
		}
	}
	if open == "" {
		return false
	}
	rest = rest[len(open):]
	for end := len(rest); ; {
		const word = ", line "
		at := strings.LastIndex(rest[:end], word)
		if at < 0 {
			return false
		}
		for _, quote := range pythonQuotes {
			if file, ok := strings.CutSuffix(rest[:at], quote); ok && readPythonPosition(f, file, rest[at+len(word):]) {
				return true
			}
		}
		end = at
	}
}

// readPythonPosition reads what follows ", line ".
func readPythonPosition(f *Frame, file, rest string) bool {
	digits := 0
	for digits < len(rest) && isDigit(rest[digits]) {
		digits++
	}
	number := 0
	switch {
	case digits > 0:
		before, n, ok := cutNumber(rest[:digits])
		if !ok || before != "" {
			return false
		}
		number, rest = n, rest[digits:]
	case strings.HasPrefix(rest, "None"):
		rest = rest[len("None"):]
	case strings.HasPrefix(rest, "???"):
		rest = rest[len("???"):]
	default:
		return false
	}
	name := ""
	if rest != "" && rest != ", in" {
		var ok bool
		if name, ok = strings.CutPrefix(rest, ", in "); !ok {
			name, ok = strings.CutPrefix(rest, " in ")
		}
		if !ok || name == "" {
			return false
		}
	}
	f.set(name, file, number, 0, Python)
	f.Eval = isPythonString(file)
	f.TopLevel = name == "<module>"
	return true
}

// isPythonString reports whether file is a name that a program or Python itself gives to code that
// comes from no file: "<string>", "<stdin>", "<python-input-0>", "<decorator-gen-57>".
func isPythonString(file string) bool {
	return len(file) > 2 && file[0] == '<' && file[len(file)-1] == '>' && !strings.HasPrefix(file, "<frozen ")
}

func appendPython(b []byte, f Frame) []byte {
	b = append(b, `File "`...)
	b = append(b, f.File...)
	b = append(b, `", line `...)
	if f.Line > 0 {
		b = appendInt(b, f.Line)
	} else {
		b = append(b, "None"...)
	}
	if f.Func != "" {
		b = append(b, ", in "...)
		b = append(b, f.Func...)
	}
	return b
}
