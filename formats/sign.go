package formats

import "strings"

// What the engines that write "NAME@LOCATION" share: which "@" it is.

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
	at := strings.IndexByte(s, '@')
	if at < 0 {
		return "", "", false
	}
	if strings.IndexByte(s[at+1:], '@') < 0 {
		return s[:at], s[at+1:], true // as in most lines
	}
	if isClean(s) && strings.IndexByte(s, '"') < 0 {
		return cutBareSign(s, at)
	}
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
			if relative < 0 && i > lastBlank && depth <= 0 && !quoted {
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
	for _, at = range [...]int{first, open, relative, last} {
		if at >= 0 {
			break
		}
	}
	return s[:at], s[at+1:], true
}

// cutBareSign is cutSign of a line without quotes, parentheses and blanks, whose first "@" is at index at.
func cutBareSign(s string, at int) (name, location string, ok bool) {
	first, relative := -1, at
	for {
		if isLocated(s[at+1:]) && (first < 0 || endsInNumber(s[:at])) {
			first = at
		}
		next := strings.IndexByte(s[at+1:], '@')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	if first < 0 {
		first = relative
	}
	return s[:first], s[first+1:], true
}

// endsInNumber reports whether s ends in ":NUMBER", as a frame does.
func endsInNumber(s string) bool {
	rest, _, ok := cutNumber(s[max(0, len(s)-maxDigits-1):])
	return ok && strings.HasSuffix(rest, ":")
}

// IsDoubtful reports whether line, which was read as f, might as well be prose: "see docs@https://example.com:443:1",
// "git@github.com:22:1", "README", "at <anonymous>". Such a line counts only beside a frame that is certain.
func IsDoubtful(f *Frame, line string) bool {
	name := f.Func
	switch {
	case f.Engine == Hermes:
		return false
	case strings.HasPrefix(line, "at "):
		return line == "at <anonymous>" || line == "at native"
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
	case strings.IndexByte(line, '@') < 0:
		return true // a location or a word alone
	case isLocated(f.File):
		return f.Line == 0
	case f.File == "" && f.Col > 0:
		return !isWord(name) // "render@12:34", from React Native
	case MatchSign(line) != nil:
		return false
	}
	// "/a/@scope/p@1.0.0/i.js:2" and "odd@name (2).js:11" are files.
	return f.Col == 0 || !hasScriptEnding(f.File) || strings.IndexByte(f.File, ' ') >= 0 || strings.HasPrefix(name, "/")
}

// IsProse reports whether a doubtful line that was read as f is most likely prose: it has no position, its file
// is no script's, or its name has the punctuation of a sentence or a log. Such a line does not count, not even
// in a text of nothing but such lines.
func IsProse(f *Frame) bool {
	if f.Wasm {
		return false
	}
	return f.Line == 0 || strings.IndexByte(f.File, ' ') >= 0 || strings.ContainsAny(f.Func, ":|") ||
		!isLocated(f.File) && !hasScriptEnding(f.File)
}

// hasScriptEnding reports whether the file called name is one that a script may be in.
func hasScriptEnding(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || len(name)-dot > len(".jsbundle") {
		return false
	}
	switch name[dot+1:] {
	case "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "vue", "svelte", "bundle", "jsbundle", "hbc", "html", "htm",
		"dart", "gs", "coffee", "cljs", "cljc", "jsm":
		return true
	}
	return false
}
