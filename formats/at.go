package formats

import "strings"

// What the engines that write "at NAME (LOCATION)" share: where the location begins.

// cutCall splits "NAME (LOCATION)". Names and locations may hold parentheses of their own, closed
// or not:
//
//	with (parens) (/app/x.js:6:34)
//	f (C:\Program Files (x86)\x.js:1:2)
//	inVm (x (y:1:2):2:9)
//	f (http://h/a).js:3:9)
//	f ((:2:9)
//
// The location is what the last parenthesis closes, unless that leaves a name with an open
// parenthesis in which a location begins.
func cutCall(s string) (name, location string, ok bool) {
	if s == "" || s[len(s)-1] != ')' {
		return "", "", false
	}
	inner := s[:len(s)-1]
	if open := findParen(inner); open > 0 && inner[open-1] == ' ' && inner[open] == '(' {
		if location = inner[open+1:]; !hasParen(location) {
			return inner[:open-1], location, true // most lines have one pair
		}
	}
	if open := openingParen(s); open > 0 && s[open-1] == ' ' {
		name, location = s[:open-1], inner[open+1:]
		if at := unclosedLocation(name); at >= 0 {
			return s[:at], inner[at+2:], true
		}
		return name, location, true
	}
	// Parentheses that do not pair: the first " (" with a location behind it, else the first.
	first := -1
	for from := 0; ; {
		at := strings.Index(inner[from:], " (")
		if at < 0 {
			break
		}
		at += from
		if first < 0 {
			first = at
		}
		if isLocated(inner[at+2:]) {
			first = at
			break
		}
		from = at + 1
	}
	if first < 0 {
		return "", "", false
	}
	return s[:first], inner[first+2:], true
}

// openingParen returns the index of the parenthesis that the last byte of s closes, or -1.
func openingParen(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// unclosedLocation returns the index of the first " (" in name that is never closed and that a
// location follows, or -1: "f (/a" of "f (/a (b/x.js:1:2)".
func unclosedLocation(name string) int {
	if strings.IndexByte(name, '(') < 0 {
		return -1
	}
	found, depth := -1, 0
	for i := len(name) - 1; i > 0; i-- {
		switch name[i] {
		case ')':
			depth++
		case '(':
			if depth > 0 {
				depth--
			} else if name[i-1] == ' ' && isLocated(name[i+1:]) {
				found = i - 1
			}
		}
	}
	return found
}

// hasOpenParen reports whether s holds a " (" that is not closed, or that a location follows: the
// mark of a line that was cut.
func hasOpenParen(s string) bool {
	if strings.IndexByte(s, '(') < 0 {
		return false
	}
	if at := strings.Index(s, " ("); at >= 0 && isLocated(s[at+2:]) {
		return true
	}
	depth := 0
	for i := len(s) - 1; i > 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth > 0 {
				depth--
			} else if s[i-1] == ' ' {
				return true
			}
		}
	}
	return false
}

// readBare reads "FILE:LINE:COL" or "FILE:LINE", the whole of a line behind its "at "; anonymous is
// the engine's word for a file that has no name, or "".
func readBare(f *Frame, location, anonymous string) bool {
	file, line, col, numbers := cutPosition(location)
	return readBareAt(f, anonymous, file, line, col, numbers)
}

// readBareAt is readBare of what [cutPosition] has cut the location into.
func readBareAt(f *Frame, anonymous, file string, line, col, numbers int) bool {
	if numbers == 0 || file == "" || hasOpenParen(file) {
		return false
	}
	if numbers == 1 && (isCutURL(file) || !isLocated(file) && !hasScriptEnding(file)) {
		return false
	}
	if isDigit(file[0]) && strings.Trim(file, "0123456789-/T .") == "" {
		return false // a time, "12:30:45" or "2026-11-21T10:30:45", or an address
	}
	if file != anonymous {
		f.File = file
	}
	f.Line, f.Col = line, col
	return true
}

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// readFile reads "FILE:LINE:COL", "FILE:LINE" or an absolute "FILE" between parentheses; anonymous
// is the engine's word for a file that has no name, or "".
func readFile(f *Frame, location, anonymous string) bool {
	file, line, col, numbers := cutPosition(location)
	return readFileAt(f, location, anonymous, file, line, col, numbers)
}

// readFileAt is readFile of what [cutPosition] has cut the location into.
func readFileAt(f *Frame, location, anonymous, file string, line, col, numbers int) bool {
	if numbers == 0 || numbers == 1 && isCutURL(file) {
		if !needsNoPosition(location) {
			return false // cut off before the position
		}
		if location != anonymous {
			f.File = location
		}
		return true
	}
	if rest, first, ok := cutNumber(file); ok && rest == "" && numbers == 1 {
		f.Line, f.Col = first, line // "(1:11)", which Bun prints for its own code
		return true
	}
	if file != anonymous {
		f.File = file
	}
	f.Line, f.Col = line, col
	return true
}

// needsNoPosition reports whether file is seen to be whole without a position behind it.
func needsNoPosition(file string) bool {
	return isLocated(file) && strings.IndexByte(file, ' ') < 0 && strings.Count(file, "(") == strings.Count(file, ")")
}

// appendFile appends what [readFile] reads back; anonymous is the engine's word for a file that
// has no name.
func appendFile(b []byte, f *Frame, anonymous string) []byte {
	if f.File == "" {
		b = append(b, anonymous...)
	} else {
		b = append(b, f.File...)
	}
	if _, _, _, numbers := cutPosition(f.File); f.Line == 0 && f.Col == 0 && (numbers > 0 || !needsNoPosition(f.File)) {
		return append(b, ":0:0"...)
	}
	return appendPosition(b, f)
}

// readLine reads "FILE:LINE", for the engines that count no columns.
func readLine(f *Frame, location string) (ok bool) {
	f.File, f.Line, ok = cutLine(location)
	return ok
}

// readBareLine reads "FILE:LINE", the whole of a line behind its "at "; anonymous is the engine's
// word for a file that has no name.
func readBareLine(f *Frame, location, anonymous string) bool {
	if !readLine(f, location) {
		return false
	}
	if f.File == anonymous || isRhinoFile(f.File) {
		return true
	}
	return (isLocated(f.File) || hasScriptEnding(f.File)) && !hasOpenParen(f.File)
}

// appendCall appends "NAME (LOCATION)", or the location alone if there is no name and isBare says
// that it can be read back.
func appendCall(b []byte, name string, location []byte, isBare func(location string) bool) []byte {
	if name == "" && isBare(string(location)) {
		return append(b, location...)
	}
	b = append(b, name...)
	b = append(b, " ("...)
	b = append(b, location...)
	return append(b, ')')
}
