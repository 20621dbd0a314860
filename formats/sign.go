package formats

import "strings"

// What the engines that write "NAME@LOCATION" share: which "@" it is.

// ReadPlainSign reads line if it is one of the nine in ten that look the same in every engine:
// "NAME@FILE:LINE:COL" with an identifier or nothing for a name, and a file that is a path or a URL
// without blanks or another "@".
func ReadPlainSign(f *Frame, line, engine string) Plain {
	at := strings.IndexByte(line, '@')
	if at < 0 || at+1 == len(line) {
		return NotPlain
	}
	name, location := line[:at], line[at+1:]
	for i := 0; i < len(name); i++ {
		if !inIdentifier[name[i]] {
			return NotPlain
		}
	}
	if location[0] != '/' && !strings.HasPrefix(location, "http") && !strings.HasPrefix(location, "file:") {
		return NotPlain
	}
	if strings.IndexByte(location, '@') >= 0 || strings.IndexByte(location, ' ') >= 0 {
		return NotPlain
	}
	i := len(location) - 1
	col, scale := 0, 1
	for ; isDigit(location[i]); i-- {
		col += int(location[i]-'0') * scale
		scale *= 10
	}
	digits := len(location) - 1 - i
	if digits == 0 || digits > maxDigits || location[i] != ':' || location[i+1] == '0' {
		return NotPlain
	}
	end := i
	i--
	line0 := 0
	scale = 1
	for ; i > 0 && isDigit(location[i]); i-- {
		line0 += int(location[i]-'0') * scale
		scale *= 10
	}
	digits = end - 1 - i
	if digits <= 0 || digits > maxDigits || location[i] != ':' || location[i+1] == '0' {
		return NotPlain
	}
	*f = Frame{Func: name, File: location[:i], Line: line0, Col: col, Engine: engine}
	return IsPlain
}

// inIdentifier holds the bytes of an identifier and of "#private".
var inIdentifier = func() (set [256]bool) {
	for c := range set {
		set[c] = inWord[c] && strings.IndexByte("<>.", byte(c)) < 0
	}
	return set
}()

// cutSign splits "NAME@LOCATION". Names and locations may hold an "@" of their own:
//
//	obj["@fn"]@Scratchpad/1:10:29
//	user@host@/app/x.js:7:21
//	who@http://localhost:5000/misc/@stuff/foo.js:3:9
//	f@@scope/pkg/x.js:2:9
//	foo@http://x/y.js:1:2@http://127.0.0.1/s/e5-names.js:28:42
//	bar("a@http://b")@http://127.0.0.1:8000/js/file.js:13
//
// The separator is the first "@" with an absolute location behind it and no open quote or
// parenthesis before it, unless all before a later one is a frame in itself. Without any, it is the
// first with no blank behind it, else the last.
func cutSign(s string) (name, location string, ok bool) {
	first, open, relative, last := -1, -1, -1, -1
	lastBlank := strings.LastIndexByte(s, ' ')
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		case '"':
			quoted = !quoted
		case '@':
			last = i
			if relative < 0 && i > lastBlank {
				relative = i
			}
			if !isLocated(s[i+1:]) {
				continue
			}
			switch {
			case depth > 0 || quoted:
				if open < 0 {
					open = i
				}
			case first < 0 || endsInNumber(s[:i]):
				first = i
			}
		}
	}
	for _, at := range [...]int{first, open, relative, last} {
		if at >= 0 {
			return s[:at], s[at+1:], true
		}
	}
	return "", "", false
}

// endsInNumber reports whether s ends in ":NUMBER", as a frame does.
func endsInNumber(s string) bool {
	rest, _, ok := cutNumber(s[max(0, len(s)-maxDigits-1):])
	return ok && strings.HasSuffix(rest, ":")
}

// IsDoubtful reports whether line, which was read as f, might as well be prose, so that it counts
// only beside lines that are none: "see docs@https://example.com:443:1", "git@github.com:22:1",
// "README", "at <anonymous>".
func IsDoubtful(f *Frame, line string) bool {
	name := f.Func
	switch {
	case f.Engine == "hermes":
		return false
	case strings.HasPrefix(line, "at "):
		return line == "at <anonymous>"
	}
	for _, marker := range [...]string{"get ", "set ", "new "} {
		if after, ok := strings.CutPrefix(name, marker); ok {
			name = after
			break
		}
	}
	if isCodeName(f.Func) {
		name = ""
	}
	if strings.IndexByte(name, ' ') >= 0 || strings.Contains(name, "://") {
		return true
	}
	switch {
	case f.Native, f.Wasm, f.Eval, f.TopLevel && f.File == "":
		return false
	case strings.HasPrefix(name, "/") && !isLocated(f.File):
		return true // "/a/@scope/p@1.0.0/i.js:2" is a file
	}
	if strings.IndexByte(line, '@') < 0 {
		return true // a location or a word alone
	}
	return f.Line == 0 || !isLocated(f.File) && !hasScriptEnding(f.File)
}

// hasScriptEnding reports whether the file called name is one that a script may be in.
func hasScriptEnding(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || len(name)-dot > len(".jsbundle") {
		return false
	}
	switch name[dot+1:] {
	case "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "vue", "svelte", "bundle", "jsbundle", "hbc", "html", "htm":
		return true
	}
	return false
}
