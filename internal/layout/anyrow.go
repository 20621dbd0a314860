package layout

import (
	"strings"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Rows of tools that nobody has written down are read by what all rows have in common:
//
//	row      = [ lead ] , ( name , separator , place | place , [ separator , name ] ) ;
//	place    = file , position ;
//	position = ":12:5" | "(12,5)" | ", line 12" | " line 12 column 5" | … ;
//
// Several rows that are written in one way must stand below the header of an error or the title of a stack.

// anyRow is the way in which a row is written.
type anyRow struct {
	lead      string // what it begins with, "#" for a number
	separator string // between the name and the place, without blanks
	nameFirst bool
	isBare    bool // there is no name
	position  byte // what the position begins with
	number    int  // of the row, if it has one
}

// isLike reports whether two rows are written in the same way. One of them may have no name.
func (r anyRow) isLike(other anyRow) bool {
	if r.lead != other.lead || r.position != other.position || r.lead != "" && r.lead[0] == '#' && r.number == other.number {
		return false
	}
	return r.isBare || other.isBare || r.nameFirst == other.nameFirst && r.separator == other.separator
}

// maxAnyRow is the length of the longest line that is looked at.
const maxAnyRow = 600

// readAnyRow reads line as a row, into f.
func readAnyRow(f *formats.Frame, line string) (r anyRow, ok bool) {
	if len(line) > maxAnyRow || len(line) < len("a.js:1") {
		return r, false
	}
	var place string
	if r.lead, place = cutAnyLead(line); r.lead != "" && r.lead[0] == '#' {
		number := strings.TrimLeft(line, "#[(")
		r.number, _ = txt.ParseCount(number[:txt.DigitsLen(number)])
	}
	if strings.HasSuffix(r.lead, "at ") && len(r.lead) > len("at ") {
		return r, false // an engine's frame behind a prefix
	}
	ends := " \t,;|│"
	if r.lead == "at " {
		ends = " \t,;"
	}
	place = strings.TrimRight(place, ends)
	if arrow := strings.Index(place, " <- "); arrow > 0 {
		place = place[:arrow] // the place in the bundle, as Karma tells it
	}
	for at := 0; at < len(place); {
		start, end, pos, ok := nextPlace(place, at)
		if !ok {
			return r, false
		}
		before, opener := cutSeparator(place[:start])
		behind := place[pos.end:]
		*f = formats.Frame{Engine: formats.Rows, File: strings.TrimRight(place[start:end], "\"')"), Line: pos.line, Col: pos.col}
		if r.lead == "at " {
			f.Engine = formats.V8
		}
		r.position = pos.form
		if before == "" {
			name, separator := cutSeparatorBehind(closeBracket(behind, opener))
			r.separator, r.nameFirst = separator, false
			r.isBare = name == ""
			if r.isBare && strings.Trim(behind, ")]>\"' ") == "" || isAnyName(f, name) {
				return r, true
			}
		} else if rest := closeBracket(behind, opener); strings.Trim(rest, ")]>\"'` ") == "" {
			r.separator, r.nameFirst, r.isBare = strings.Trim(place[len(before):start], " \t"), true, false
			if place[len(before):start] != "@" && isAnyName(f, before) { // else it is an engine's frame
				return r, true
			}
		}
		at = pos.end
	}
	return r, false
}

// leads are the words that a row may begin with.
var leads = [...]string{"at ", "in ", "from ", "called from ", "called by ", "by ", "File ", "file ", "function ", "Function "}

// cutAnyLead takes the number, the bullet and the word off the beginning of a row.
func cutAnyLead(line string) (lead, rest string) {
	rest = line
	if n := numberLead(rest); n > 0 {
		lead, rest = "#", strings.TrimLeft(rest[n:], " \t")
	} else if n := bulletLead(rest); n > 0 {
		lead, rest = rest[:n], strings.TrimLeft(rest[n:], " \t")
	}
	for _, word := range leads {
		if after, ok := strings.CutPrefix(rest, word); ok {
			return lead + word, strings.TrimLeft(after, " \t")
		}
	}
	return lead, rest
}

// numberLead returns the length of the number that line begins with: "#1", "1:", "[1]", "1.", "1 ".
func numberLead(line string) int {
	rest := strings.TrimLeft(line, "#[(")
	opened := len(line) - len(rest)
	n := txt.DigitsLen(rest)
	if n == 0 || n > 4 || opened > 1 {
		return 0
	}
	end := opened + n
	for end < len(line) && strings.IndexByte("]):.|", line[end]) >= 0 {
		end++
	}
	if end == len(line) || !txt.IsBlank(line[end]) {
		return 0
	}
	return end
}

// bulletLead returns the length of the signs that line begins with, behind which a blank stands: "-", "•", "=>".
func bulletLead(line string) int {
	end := 0
	for end < len(line) && !txt.IsBlank(line[end]) {
		r, n := utf8.DecodeRuneInString(line[end:])
		if r < utf8.RuneSelf && strings.IndexByte("-*+=~#>", byte(r)) < 0 || r == '>' && end == 0 || r >= utf8.RuneSelf && isLetterLike(r) {
			return 0
		}
		end += n
	}
	if end == len(line) || end > len("├──") {
		return 0
	}
	return end
}

// isLetterLike reports whether r may be in a name.
func isLetterLike(r rune) bool {
	return !(r >= 0x2000 && r < 0x2e80 || r == '·' || r == '»' || r == '›')
}

// anyPosition is where a position was found in a line.
type anyPosition struct {
	line, col int
	form      byte
	end       int
}

// nextPlace finds the first file of a script with a position behind it, from at on: line[start:end] is the file.
func nextPlace(line string, at int) (start, end int, pos anyPosition, ok bool) {
	for i := max(at, 1); i < len(line); i++ {
		if strings.IndexByte(":([ ,#\t-", line[i]) < 0 || !isFileByte(line[i-1]) {
			continue
		}
		pos, found := readPosition(line[i:])
		if !found {
			continue
		}
		start := fileStart(line[:i], at)
		if !isScriptFile(strings.TrimRight(line[start:i], "\"')")) {
			continue
		}
		pos.end += i
		return start, i, pos, true
	}
	return 0, 0, pos, false
}

// isFileByte reports whether c may be the last of the name of a file.
func isFileByte(c byte) bool {
	return c >= utf8.RuneSelf || txt.IsLetter(c) || txt.IsDigit(c) || strings.IndexByte("_$>)]=&/.-\"'", c) >= 0
}

// readPosition reads the position that s begins with. It must end there.
func readPosition(s string) (p anyPosition, ok bool) {
	p.form = s[0]
	rest := s
	switch rest[0] {
	case ':', '#':
		rest = strings.TrimLeft(rest[1:], " ")
		if after, isWord := strings.CutPrefix(rest, "line "); isWord {
			rest = after
		}
	case '(', '[':
		rest = rest[1:]
	default:
		rest = strings.TrimLeft(rest, " \t,-([")
		for _, word := range [...]string{"at line ", "on line ", "line: ", "line ", "Line ", "Line: ", "L"} {
			if after, isWord := strings.CutPrefix(rest, word); isWord {
				rest, p.form = after, 'l'
				break
			}
		}
	}
	n := txt.DigitsLen(rest)
	line, isNumber := txt.ParseCount(rest[:n])
	if !isNumber || line == 0 || n > maxPositionDigits {
		return p, false
	}
	rest = rest[n:]
	p.line = line
	after := strings.TrimLeft(rest, ":,. \t")
	for _, word := range [...]string{"column: ", "column ", "col: ", "col ", "character ", "char ", "Column ", "Column: ", "Col "} {
		if behind, isWord := strings.CutPrefix(after, word); isWord {
			after = behind
			break
		}
	}
	isWord := len(after) < len(rest) && (rest[0] == ':' || rest[0] == ',' || rest[0] == '\t' || txt.DigitsLen(strings.TrimLeft(rest, ":,. \t")) == 0)
	if m := txt.DigitsLen(after); isWord && m > 0 && m <= maxPositionDigits {
		if col, ok := txt.ParseCount(after[:m]); ok && endsPosition(after[m:]) {
			p.col, rest = col, after[m:]
		}
	}
	if p.form == ' ' && p.col == 0 || p.form == '-' {
		return p, false // a number behind a file
	}
	if p.form == '(' || p.form == '[' || s[0] == ' ' && len(s) > 1 && (s[1] == '(' || s[1] == '[') {
		if rest == "" || rest[0] != ')' && rest[0] != ']' {
			return p, false
		}
		rest = rest[1:]
	}
	if !endsPosition(rest) {
		return p, false
	}
	p.end = len(s) - len(rest)
	return p, true
}

// maxPositionDigits is the number of digits that a line or a column has at most.
const maxPositionDigits = 9

// endsPosition reports whether a position may end before s.
func endsPosition(s string) bool { return s == "" || strings.IndexByte(" \t)]>,;:|'\"`-", s[0]) >= 0 }

// fileStart returns where the file begins that line ends in, no earlier than from.
func fileStart(line string, from int) int {
	start := from
	if scheme := strings.LastIndex(line, "://"); scheme >= from {
		start = scheme
		for start > from && (txt.IsLetter(line[start-1]) || txt.IsDigit(line[start-1]) || strings.IndexByte("+.-", line[start-1]) >= 0) {
			start--
		}
		if !strings.ContainsAny(line[start:], " \t") {
			return start
		}
	}
	start = from + strings.LastIndexAny(line[from:], " \t([<\"'`|,") + 1
	if at := strings.IndexByte(line[start:], '@'); at > 0 && strings.HasSuffix(line[start:start+at], ")") {
		return start + at + 1
	}
	if strings.HasPrefix(line[start:], "@") && !strings.Contains(line[start:], "/") {
		return start + 1
	}
	return start
}

// isScriptFile reports whether file can be nothing but that of a script: a URL, a whole path, or a name that ends as
// those of scripts do.
func isScriptFile(file string) bool {
	if file == "" {
		return false
	}
	if _, rest, ok := strings.Cut(file, "://"); ok {
		return strings.IndexByte(rest, '/') >= 0
	}
	name := file
	if query := strings.IndexAny(file, "?#"); query > 0 {
		name = file[:query]
	}
	ending := name[strings.LastIndexByte(name, '.')+1:]
	switch ending {
	case "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "vue", "svelte", "bundle", "jsbundle", "hbc", "html", "htm", "dart", "gs", "coffee", "cljs", "cljc", "qml":
		return len(ending) < len(name)
	}
	return false
}

// cutSeparator takes the separator off the end of what stands before a place, and returns the bracket that was opened.
func cutSeparator(before string) (name string, opener byte) {
	name = before
	for name != "" {
		trimmed := strings.TrimRight(name, " \t")
		switch {
		case trimmed == "":
			return "", opener
		case strings.IndexByte("([<\"'`", trimmed[len(trimmed)-1]) >= 0 && opener == 0 && !strings.HasSuffix(trimmed, "()"):
			opener = trimmed[len(trimmed)-1]
			name = trimmed[:len(trimmed)-1]
			continue
		case opener != 0 && strings.HasSuffix(trimmed, "(async"):
			name = strings.TrimSuffix(trimmed, "(async")
			continue
		case strings.IndexByte("@,:|-=>;", trimmed[len(trimmed)-1]) >= 0 && !isMarkup(trimmed):
			name = trimmed[:len(trimmed)-1]
			continue
		}
		word := ""
		for _, w := range [...]string{" called at", " defined at", " called from", " in file", " file", " in", " at", " from", " on", "—", "–", "→", "·", "←"} {
			if strings.HasSuffix(trimmed, w) {
				word = w
				break
			}
		}
		if word == "" {
			return trimmed, opener
		}
		name = strings.TrimSuffix(trimmed, word)
	}
	return name, opener
}

// isMarkup reports whether name ends in what is a part of it: "<anonymous>".
func isMarkup(name string) bool {
	return name[len(name)-1] == '>' && strings.LastIndexByte(name, '<') > strings.LastIndexByte(name, ' ')
}

// closeBracket takes the bracket or the quote off the beginning of behind that closes opener.
func closeBracket(behind string, opener byte) string {
	if behind != "" && opener != 0 {
		if i := strings.IndexByte("([<\"'`", opener); behind[0] == ")]>\"'`"[i] {
			return behind[1:]
		}
	}
	return behind
}

// cutSeparatorBehind takes the separator off the beginning of what stands behind a place.
func cutSeparatorBehind(behind string) (name, separator string) {
	name = strings.TrimLeft(behind, " \t,:|-–—>=;·→←")
	for _, word := range [...]string{"in function ", "in ", "at ", "by ", "function "} {
		if after, ok := strings.CutPrefix(name, word); ok {
			name = after
			break
		}
	}
	separator = strings.Join(strings.Fields(behind[:len(behind)-len(name)]), " ")
	if n := len(name); n > 1 {
		switch open, closed := name[0], name[n-1]; {
		case open == '(' && closed == ')' && name != "(anonymous)" && !strings.HasPrefix(name, "(anonymous "), open == '[' && closed == ']', open == '`' && closed == '\'', open == '`' && closed == '`',
			open == '\'' && closed == '\'', open == '"' && closed == '"':
			separator += string(open)
			name = name[1 : n-1]
		}
	}
	return name, separator
}

// isAnyName reports whether name is that of a function, and takes it.
func isAnyName(f *formats.Frame, name string) bool {
	name = strings.Trim(name, " \t'`\"")
	name = strings.TrimSuffix(name, "()")
	if before, ok := strings.CutSuffix(name, "]"); ok {
		if fn, alias, ok := strings.Cut(before, " [as "); ok {
			name, f.Alias = fn, alias
		}
	}
	for _, marker := range [...]string{"new ", "async ", "function "} {
		if after, ok := strings.CutPrefix(name, marker); ok {
			name = after
			f.Constructor = f.Constructor || marker == "new "
			f.Async = f.Async || marker == "async "
		}
	}
	switch name {
	case "":
		return false
	case "async", "new", "get", "set", "static", "at", "in", "error", "warning", "info", "note", "hint", "debug", "warn", "Error", "Warning", "notice", "fatal", "ERROR", "WARN", "WARNING", "INFO":
		return false
	case "{anonymous}", "(?)", "?", "<unknown>":
		return true // nobody knows it
	case "global code", "eval code", "module code", "Global code", "Anonymous function", "anonymous function", "<anonymous function>":
		f.Func = name
		return true
	}
	if strings.ContainsAny(name, "/\\") && (name[0] == '/' || name[0] == '.' || strings.Contains(name, "://")) || !formats.IsConsoleName(name) ||
		strings.IndexByte(",.;!?=(", name[len(name)-1]) >= 0 || txt.DigitsLen(name) == len(name) {
		return false
	}
	f.Func = name
	return true
}

// ReadSpoilt reads body, which begins as a frame of V8 does and is none, as one that lost something on the way:
//
//	at f (/a/b.js:1:2            its parenthesis
//	at f /a/b.js:1:2)
//	at /a/b.js:1:2)
//	at f - /a/b.js:1:2           or its parentheses became something else
//	at Promise.all (index 2)     "async"
//	at eval (eval at f (/a.js:1:2))    the position within
func ReadSpoilt(f *formats.Frame, body string) bool {
	for _, native := range [...]string{"(<anonymous>)", "(native)"} {
		if name, ok := strings.CutSuffix(body[len("at "):], native); ok && formats.IsConsoleName(name) {
			*f = formats.Frame{Func: name, Native: true, Engine: formats.V8}
			return true
		}
	}
	if name, index, ok := strings.Cut(body[len("at "):], " (index "); ok {
		n, isNumber := txt.ParseCount(strings.TrimSuffix(index, ")"))
		*f = formats.Frame{Func: name, Index: n, Native: true, Async: true, Engine: formats.V8}
		return isNumber && strings.HasPrefix(name, "Promise.")
	}
	if origin, ok := strings.CutPrefix(body, "at eval (eval at "); ok && strings.HasSuffix(origin, "))") && strings.Count(origin, "(") == 1 {
		*f = formats.Frame{Func: "eval", Eval: true, Origin: body[len("at eval (") : len(body)-1], Engine: formats.V8}
		return true
	}
	r, ok := readAnyRow(f, body)
	return ok && r.lead == "at "
}

// maxTails bounds the places in a line at which a frame may end and something else begin.
const maxTails = 12

// ReadTailed reads the frame of V8 that body begins with, behind which other words stand:
//
//	at f (/a/b.js:1:2) File: /u/x.json
//	at /a/b.js:1:2(env: Windows,mp)
func ReadTailed(f *formats.Frame, body string) bool {
	tries := 0
	for i := len("at x"); i < len(body) && tries < maxTails; i++ {
		if body[i-1] != ')' && !txt.IsDigit(body[i-1]) || txt.IsDigit(body[i]) || body[i] == ':' || body[i] == ')' {
			continue
		}
		if body[i] != ' ' && body[i] != '(' && body[i] != '\t' && body[i] != ',' && body[i] != ';' {
			continue
		}
		tries++
		if strings.HasPrefix(body[i:], " in ") || strings.HasPrefix(body[i:], " (") || strings.Trim(body[i:], " \t|│`*") == "" || strings.Contains(body[i:], "at ") || strings.Contains(body[i:], " @ ") {
			return false // another frame
		}
		if formats.Read(f, formats.V8, body[:i]) && f.Line > 0 && f.Col > 0 && strings.Count(body[:i], "(") == strings.Count(body[:i], ")") {
			return true
		}
	}
	return false
}

// readAnyRows reads the first rows of lines that are written in one way and stand below the header of an error or the
// title of a stack.
func readAnyRows(lines model.Lines) (*model.Parsed, bool) {
	var f formats.Frame // of one line after the other
	for from := 0; from < lines.Len(); from++ {
		form, ok := readAnyRow(&f, lines.At(from).Body)
		if !ok {
			continue
		}
		end, rows, named := from+1, 1, 0
		name, isOther := f.Func, false // rows that all begin alike may have a prefix
		isOdd := form.isOdd(&f, lines.At(from).Body)
		if !form.isBare {
			named++
		}
		for i := from + 1; i < lines.Len() && i-end <= maxBetweenAny; i++ {
			body := lines.At(i).Body
			if next, ok := readAnyRow(&f, body); ok && form.isLike(next) {
				if form.isBare {
					form = next
				}
				end = i + 1
				rows++
				isOdd = isOdd || form.isOdd(&f, body)
				if !next.isBare {
					named++
					isOther = isOther || !isSameButDigits(f.Func, name)
				}
				form.number = next.number
			} else if form.isFrame(&f, body) {
				end = i + 1
				rows++
			} else if isErrorHeader(body) {
				break
			}
		}
		if rows > 1 && named > 0 && isOdd && (isOther || named == 1 || !form.nameFirst) && isBelowStackTitle(lines.Slice(0, from), true) {
			return takeAnyRows(lines, from, end, rows, form), true
		}
		from = end - 1
	}
	return nil, false
}

// isSameButDigits reports whether two names are the same but for the digits in them.
func isSameButDigits(a, b string) bool {
	digit := func(r rune) rune {
		if '0' <= r && r <= '9' {
			return '0'
		}
		return r
	}
	return a == b || len(a) == len(b) && strings.Map(digit, a) == strings.Map(digit, b)
}

// isOdd reports whether f, which was read from body, is no frame as V8 writes it.
func (r anyRow) isOdd(f *formats.Frame, body string) bool {
	if r.lead != "at " {
		return true
	}
	var frame formats.Frame
	return !formats.Read(&frame, formats.V8, strings.TrimRight(body, " ,;")) || frame.File != f.File || frame.Line != f.Line || frame.Col != f.Col
}

// isFrame reports whether body is a frame of V8 among rows that begin as those do, and reads it into f.
func (r anyRow) isFrame(f *formats.Frame, body string) bool {
	return r.lead == "at " && strings.HasPrefix(body, "at ") && formats.Read(f, formats.V8, body) && (f.Line > 0 || f.Native)
}

// maxBetweenAny is the number of lines that may stand between two rows.
const maxBetweenAny = 3

// takeAnyRows takes the rows of form from start up to end.
func takeAnyRows(lines model.Lines, start, end, rows int, form anyRow) *model.Parsed {
	p := new(model.Parsed)
	p.Frames = txt.WithRoom(lines.Room, rows)
	readListingHeader(p, lines.Slice(0, start))
	var f formats.Frame
	for i := start; i < end; i++ {
		l := lines.At(i)
		if r, ok := readAnyRow(&f, l.Body); ok && (form.isLike(r) || r == form) {
			form.number = r.number
			p.Take(&f, l)
		} else if form.isFrame(&f, l.Body) {
			p.Take(&f, l)
		} else {
			p.LeaveLines(lines.Slice(i, i+1))
		}
	}
	p.LeaveLines(lines.From(end))
	return p
}

// mayBeAnyRows reports whether a line of text may be a row.
func mayBeAnyRows(text string) bool {
	var f formats.Frame
	for offset := 0; offset < len(text); {
		var line string
		line, offset = txt.LineAt(text, offset)
		if _, ok := readAnyRow(&f, txt.TrimBlanks(line)); ok {
			return true
		}
	}
	return model.Holds(text)
}
