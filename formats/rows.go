package formats

import "strings"

// rows are the frames that tools, trackers and old consoles list in rows of their own.
//
//	row  = [ lead ] , ( name , separator , place | place , [ separator , name ] ) , [ tail ] ;
//
// What stands between the name and the place, and around both, differs from tool to tool, and so does
// the way in which the place is written: see rowShapes. Frames are written as Google Apps Script lists
// them, which has a place for every name and every file.
//
//	translateText⇥@ Code.gs:78
var rows = Format{
	engine:     Rows,
	name:       "rows",
	title:      "rows of a tool",
	foreign:    true,
	dropsAlias: true,
	read:       readRows,
	append:     appendRows,
	stack:      Stack{Headed: true, Natives: true, Placed: true},
}

// Evidence tells what it takes to believe that a line is a row of a stack.
type Evidence uint8

const (
	RowAlone  Evidence = iota + 1 // nobody writes such a line but the tool
	RowBeside                     // a second row, or the header of an error, must stand beside it
	RowBelow                      // an error's header or the title of a stack must stand above it
	RowWithin                     // other rows must stand above it
)

// RowShape is one way to write a frame in a row.
type RowShape struct {
	lead      string // what the row begins with
	tail      string // what it ends in
	separator string // between the name and the place; "" if there is no name
	nameFirst bool
	place     placeShape
	optional  bool // the name may be missing, with the separator left

	Evidence Evidence
	engine   Engine // whose frames these are; NoEngine for rows' own
}

// placeShape is one way to write a file and a position.
type placeShape uint8

const (
	placeColons    placeShape = iota // FILE:LINE, FILE:LINE:COL
	placeScript                      // the same, of a file that can only be a script
	placeNull                        // [native code]:null
	placeNumbers                     // FILE LINE:COL
	placeParens                      // FILE (LINE:COL)
	placeBrackets                    // FILE [LINE]
	placeNumber                      // [LINE]
	placeLine                        // FILE [Line LINE], FILE [Line LINE, Col COL], native [Line null]
	placeComma                       // FILE, line LINE; FILE, line LINE character COL
	placeQuoted                      // "FILE" line LINE col COL
	placePython                      // "FILE", line LINE; "[native code]", line unknown
	placeAtLine                      // FILE in NAME at line LINE:COL, of which the position was cut off
	placeMembers                     // 'NAME', file:'FILE', line: LINE, column: COL
	placeNamed                       // FILE, Line: LINE, Column: COL
	placeGjs                         // FILE:LINE (ADDRESS @ OFFSET)
	placeGluedFile                   // FILE:LINE behind a name without anything between
)

// writtenRow is the form in which rows are written.
var writtenRow = RowShape{separator: "\t@ ", nameFirst: true, optional: true}

// rowShapes are asked in this order. A row is that of the first shape that reads it.
var rowShapes = [...]RowShape{
	// Capacitor, whose log marks each line: "⚡️  vendor.js:55:29".
	{lead: "⚡️  ", place: placeScript, Evidence: RowBelow},

	// React Native's LogBox and Expo: "at App.js:12:34 in <global>", "- node_modules/a.js:104:6 in f",
	// "* [native code]:null in g".
	{lead: "at ", separator: " in ", place: placeColons, Evidence: RowAlone},
	{lead: "- ", separator: " in ", place: placeColons, Evidence: RowAlone},
	{lead: "* ", separator: " in ", place: placeNull, Evidence: RowAlone},
	{lead: "- ", separator: " in ", place: placeNull, Evidence: RowAlone},
	{lead: "at ", separator: " in ", place: placeNull, Evidence: RowAlone},
	{lead: "* ", separator: " in ", place: placeColons, Evidence: RowAlone},

	// Trackers: Airbrake "https://h/a.js:72:in f", Bugsnag "src/a.js:92 - onRefresh", Rollbar
	// `1 File "(unknown)" line 2 col 297 in eval`, Sentry "f in /a/b.ts [Line 8] (Not in app)",
	// "/a.min.js in o at line 2:24507" and "a/b.ts:142:21 (f)".
	{separator: ":in ", place: placeColons, Evidence: RowAlone},
	{separator: " - ", place: placeColons, optional: true, Evidence: RowBelow},
	{lead: "# File ", separator: " in ", place: placeQuoted, Evidence: RowAlone},
	{tail: " (Not in app)", separator: " in ", nameFirst: true, place: placeLine, Evidence: RowAlone},
	{tail: " (In app)", separator: " in ", nameFirst: true, place: placeLine, Evidence: RowAlone},
	{separator: " in ", place: placeAtLine, Evidence: RowAlone},
	{separator: " (", place: placeScript, tail: ")", Evidence: RowBeside},

	// Frames of JavaScript in Python's words, of Rollbar and of older versions of Sentry.
	{lead: "File ", separator: ", in ", place: placePython, Evidence: RowBelow},

	// CasperJS: "/usr/l/casper.js:2446 in createPage".
	{separator: " in ", place: placeScript, Evidence: RowBeside},

	// pretty-error, which Gatsby uses: "- build-html.js:110 doBuildPages".
	{lead: "- ", separator: " ", place: placeScript, Evidence: RowBeside},
	{lead: "• ", separator: " ", place: placeScript, Evidence: RowBeside},

	// NativeScript: "Frame: function:'f', file:'a.js', line: 1044, column: 12", and since version 7
	// "f(file: src/webpack:/a/b.js:155:0)".
	{lead: "Frame: function:", place: placeMembers, Evidence: RowAlone},
	{lead: "at ", separator: "(file: ", nameFirst: true, optional: true, place: placeColons, tail: ")", Evidence: RowAlone, engine: V8},
	{separator: "(file: ", nameFirst: true, place: placeColons, tail: ")", Evidence: RowAlone, engine: V8},

	// stacktrace.js without "at ": "f (/a/b.js:1:2)"; Safari's console: "f (a.js, line 99)".
	{separator: " (", nameFirst: true, place: placeComma, tail: ")", Evidence: RowBeside},
	{separator: " (", nameFirst: true, place: placeColons, tail: ")", Evidence: RowBeside},

	// SpiderMonkey's DumpBacktrace: "#0   7ffc… b   resource:///x.js:82 (7fd0 @ 71)".
	{lead: "#", place: placeGjs, Evidence: RowAlone, engine: SpiderMonkey},

	// Internet Explorer: "File: x.js, Line: 1, Column: 2", "x.js, line 157 character 370".
	{lead: "File: ", place: placeNamed, Evidence: RowBelow},
	{place: placeComma, Evidence: RowBelow},

	// React Native of 2015: "onload          main.jsbundle:6".
	{separator: "  ", nameFirst: true, place: placeScript, Evidence: RowBelow},

	// Dart: "a.dart 742:5   f".
	{separator: "  ", place: placeNumbers, Evidence: RowBeside},

	// The console of node-webkit: "bootstrap.js [1460] f", "[37]    g".
	{separator: "] ", place: placeBrackets, Evidence: RowBelow},
	{separator: "] ", place: placeNumber, Evidence: RowWithin},

	// Raycast: "Y4:Issue.tsx:125:86".
	{separator: ":", nameFirst: true, place: placeScript, Evidence: RowBelow},

	// Chrome: "popup.js:13 (anonymous function)", of the page of an extension's errors, and old rows whose
	// separator was lost: "(anonymous function)jq.min.js:59".
	{separator: " ", place: placeScript, Evidence: RowBelow},
	{lead: "(anonymous function)", place: placeGluedFile, Evidence: RowBeside},

	// Anonymous functions of PhantomJS and others: "/a/b.js:247", "vendor.js:55:29".
	{place: placeScript, Evidence: RowBelow},
}

// ReadRow reads line as a row of a stack, and returns its shape, or nil if it is not a row.
func ReadRow(f *Frame, line string) *RowShape {
	if len(line) > maxRow || !mayBeRow(line, maxRowWords) {
		return nil
	}
	for i := range rowShapes {
		if rowShapes[i].read(f, line) {
			return &rowShapes[i]
		}
	}
	return nil
}

// maxRow is the length of the longest line that is looked at as a row.
const maxRow = 1000

// maxRowWords is the number of words that a row has at most.
const maxRowWords = 10

// mayBeRow is false for most lines that are no rows: a row has few words, and a number, or says that there is none.
func mayBeRow(line string, words int) bool {
	hasNumber := false
	for i := 1; i < len(line); i++ {
		switch before := line[i-1]; {
		case isDigit(line[i]):
			hasNumber = hasNumber || before == ':' || before == '[' || before == '(' || before == ' '
		case before == ' ' && line[i] != ' ':
			if words--; words == 0 {
				return false
			}
		}
	}
	return hasNumber || strings.Contains(line, "null") || strings.Contains(line, ", line unknown")
}

// IsBare reports whether rows of the shape have no name.
func (s *RowShape) IsBare() bool { return s.separator == "" && s.place != placeMembers }

// IsSure reports whether rows of the shape count even where an engine's own frames are: nobody else writes them, or
// they are Raycast's, which has components among them.
func (s *RowShape) IsSure() bool { return s.Evidence == RowAlone || s.separator == ":" }

// HasNameFirst reports whether the name stands before the place.
func (s *RowShape) HasNameFirst() bool { return s.nameFirst }

// Lead returns what rows of the shape begin with.
func (s *RowShape) Lead() string { return s.lead }

// read reads line if it is a row of the shape.
func (s *RowShape) read(f *Frame, line string) bool {
	rest, ok := s.cutLead(line)
	if !ok || s.lead == "" && strings.HasPrefix(line, "at ") {
		return false
	}
	if rest, ok = strings.CutSuffix(rest, s.tail); !ok {
		return false
	}
	f.set("", "", 0, 0, Rows)
	if s.engine != NoEngine {
		f.Engine = s.engine
	}
	if s.place == placeAtLine {
		if rest, ok = cutAtLine(f, rest); !ok {
			return false
		}
	}
	name, place, ok := s.split(rest)
	if !ok || !s.readPlace(f, place) {
		return false
	}
	return s.IsBare() || s.place == placeMembers || s.setName(f, name)
}

// cutLead takes the lead of the shape off line. "#" at its beginning stands for a number, but in that of
// SpiderMonkey's dump, where the number follows it.
func (s *RowShape) cutLead(line string) (rest string, ok bool) {
	after, numbered := strings.CutPrefix(s.lead, "# ")
	if !numbered {
		return strings.CutPrefix(line, s.lead)
	}
	n := 0
	for n < len(line) && isDigit(line[n]) {
		n++
	}
	if n == 0 {
		return "", false
	}
	return strings.CutPrefix(line[n:], " "+after)
}

// split parts the name from the place.
func (s *RowShape) split(line string) (name, place string, ok bool) {
	if s.separator == "" {
		return "", line, true
	}
	at := -1
	if s.nameFirst && s.place != placeLine && s.separator != " (" {
		at = strings.Index(line, s.separator)
	} else {
		at = strings.LastIndex(line, s.separator)
	}
	if s.separator == "  " || s.separator == "] " || s.separator == " " {
		at = strings.Index(line, s.separator) // there may be more blanks
	}
	if at < 0 {
		if bare, ok := strings.CutSuffix(line, strings.TrimRight(s.separator, " ")); ok && s.optional && !s.nameFirst {
			return "", bare, true
		}
		return "", "", false
	}
	before, behind := line[:at], strings.TrimLeft(line[at+len(s.separator):], " \t")
	if s.place == placeBrackets || s.place == placeNumber {
		before = line[:at+1]
	}
	if s.nameFirst {
		return before, behind, true
	}
	return behind, before, true
}

// setName takes name with the words around it. It reports false if no function is called so.
func (s *RowShape) setName(f *Frame, name string) bool {
	if name == "" {
		return s.optional
	}
	if before, ok := strings.CutSuffix(name, "]"); ok {
		if fn, alias, ok := strings.Cut(before, " [as "); ok {
			name, f.Alias = fn, alias
		}
	}
	if s.separator == ":in " {
		name = strings.Trim(name, "`'") // as Ruby does
	}
	f.Func = name
	if s == &writtenRow {
		return true // whatever it is
	}
	if s.separator == ":" {
		return isWord(name) && f.File[0] != '/'
	}
	switch name {
	case "global code", "eval code", "module code", "Global Code", "Eval Code", "Module Code", "[native code]":
		return true
	case "?":
		return s.place == placeLine || s.place == placePython // Sentry's, for no name
	}
	return IsConsoleName(name) && strings.IndexByte(",.;!?", name[len(name)-1]) < 0
}

// readPlace reads the file and the position.
func (s *RowShape) readPlace(f *Frame, place string) bool {
	switch s.place {
	case placeColons:
		return readRowColons(f, place, s == &writtenRow)
	case placeScript, placeGluedFile:
		return readRowColons(f, place, false) && (hasScriptEnding(cutQuery(f.File)) || isLocated(f.File) && f.Line > 0) && !strings.ContainsAny(f.File, " \t") && !isSignFile(f.File)
	case placeNull:
		f.Native = place == nativeJSC+":null"
		return f.Native
	case placeNumbers:
		return readRowNumbers(f, place, ' ')
	case placeParens:
		if rest, ok := strings.CutSuffix(place, ")"); ok {
			return readRowNumbers(f, rest, '(')
		}
	case placeBrackets, placeNumber:
		return readRowBrackets(f, place) && (f.File == "") == (s.place == placeNumber)
	case placeLine:
		return readRowLine(f, place)
	case placeComma:
		return readRowComma(f, place)
	case placeQuoted:
		return readRowQuoted(f, place)
	case placePython:
		return readRowPython(f, place)
	case placeAtLine:
		f.File = place
		return strings.IndexByte(place, ' ') < 0 && place != ""
	case placeMembers:
		return readRowMembers(f, place)
	case placeNamed:
		return readRowNamed(f, place)
	case placeGjs:
		return readRowGjs(f, place)
	}
	return false
}

// isSignFile reports whether file begins as "NAME@LOCATION" does.
func isSignFile(file string) bool {
	at := strings.IndexByte(file, '@')
	return at >= 0 && !strings.ContainsAny(file[:at], "/\\")
}

// cutQuery returns file without a query or a fragment.
func cutQuery(file string) string {
	if query := strings.IndexAny(file, "?#"); query > 0 {
		return file[:query]
	}
	return file
}

// readRowColons reads "FILE:LINE" or "FILE:LINE:COL", or if any is true also a file without a position
// and "[native code]".
func readRowColons(f *Frame, place string, any bool) bool {
	file, line, col, numbers := cutPosition(place)
	if before, zero := strings.CutSuffix(place, ":0"); zero {
		if rest, n, ok := cutLine(before); ok {
			file, line, col, numbers = rest, n, 0, 2 // a column that nobody knew
		}
	}
	f.File, f.Line, f.Col = file, line, col
	if any {
		if place == nativeJSC {
			f.File, f.Native = "", true
		}
		return strings.IndexByte(place, '\t') < 0
	}
	if numbers == 0 || line == 0 || file == "" || numbers == 1 && isCutURL(file) {
		return false
	}
	return isRowFile(file)
}

// isRowFile reports whether file can be what a row calls a file.
func isRowFile(file string) bool {
	if isBlank(file[0]) || isBlank(file[len(file)-1]) {
		return false
	}
	return strings.IndexByte(file, ' ') < 0 && strings.ContainsAny(file, "./\\<=") || isLocated(file) && !strings.Contains(file, ", ")
}

// readRowNumbers reads "FILE LINE:COL" with a separator before the numbers.
func readRowNumbers(f *Frame, place string, before byte) bool {
	rest, col, ok := cutNumber(place)
	if !ok || !strings.HasSuffix(rest, ":") {
		return false
	}
	rest, line, ok := cutNumber(rest[:len(rest)-1])
	if !ok || line == 0 || rest == "" || rest[len(rest)-1] != before {
		return false
	}
	f.File, f.Line, f.Col = strings.TrimRight(rest[:len(rest)-1], " "), line, col
	return f.File != "" && (hasScriptEnding(cutQuery(f.File)) || isLocated(f.File))
}

// readRowBrackets reads "FILE [LINE]" or "[LINE]".
func readRowBrackets(f *Frame, place string) bool {
	rest, ok := strings.CutSuffix(place, "]")
	if !ok {
		return false
	}
	rest, line, ok := cutNumber(rest)
	if !ok || line == 0 || !strings.HasSuffix(rest, "[") {
		return false
	}
	f.File, f.Line = strings.TrimRight(rest[:len(rest)-1], " \t"), line
	return f.File == "" || hasScriptEnding(cutQuery(f.File)) && strings.IndexByte(f.File, ' ') < 0
}

// readRowLine reads "FILE [Line LINE]", "FILE [Line LINE, Col COL]" or "native [Line null]".
func readRowLine(f *Frame, place string) bool {
	file, position, ok := strings.Cut(place, " [Line ")
	position, closed := strings.CutSuffix(position, "]")
	if !ok || !closed || file == "" {
		return false
	}
	number, col, _ := strings.Cut(position, ", ")
	if number == "null" {
		f.Native = file == "native"
		if !f.Native {
			f.File = file
		}
		return true
	}
	rest, line, ok := cutNumber(number)
	if !ok || rest != "" {
		return false
	}
	f.File, f.Line = file, line
	if number, isCol := cutWordFold(col, "col "); isCol {
		_, f.Col, _ = cutNumber(strings.TrimPrefix(number, "umn "))
	}
	return true
}

// cutWordFold takes word, which is in small letters, off the beginning of s in any case.
func cutWordFold(s, word string) (rest string, ok bool) {
	if len(s) < len(word) || !strings.EqualFold(s[:len(word)], word) {
		return s, false
	}
	return s[len(word):], true
}

// readRowComma reads "FILE, line LINE", "FILE, line LINE character COL" or "FILE, line LINE, column COL".
func readRowComma(f *Frame, place string) bool {
	file, position, ok := strings.Cut(place, ", line ")
	if !ok || file == "" {
		return false
	}
	if before, after, ok := strings.Cut(position, " character "); ok {
		position = before
		if rest, col, ok := cutNumber(after); ok && rest == "" {
			f.Col = col
		}
	} else if before, after, ok := strings.Cut(position, ", column "); ok {
		position = before
		if rest, col, ok := cutNumber(after); ok && rest == "" {
			f.Col = col
		}
	}
	rest, line, ok := cutNumber(position)
	f.File, f.Line = file, line
	return ok && rest == "" && line > 0 && (hasScriptEnding(cutQuery(file)) || isLocated(file)) && strings.IndexByte(file, ' ') < 0
}

// readRowQuoted reads `"FILE" line LINE col COL`. Quotes may have become another mark.
func readRowQuoted(f *Frame, place string) bool {
	file, position, ok := strings.Cut(place, " line ")
	if !ok || file == "" {
		return false
	}
	if len(file) > 2 && file[0] == '"' && file[len(file)-1] == '"' {
		file = file[1 : len(file)-1]
	}
	number, after, _ := strings.Cut(position, " col ")
	rest, line, ok := cutNumber(number)
	if !ok || rest != "" {
		return false
	}
	_, col, _ := cutNumber(after)
	f.File, f.Line, f.Col = file, line, col
	return true
}

// readRowPython reads `"FILE", line LINE`, of a file that is not Python's.
func readRowPython(f *Frame, place string) bool {
	file, number, ok := strings.Cut(strings.TrimPrefix(place, `"`), `", line `)
	if !ok || file == "" || strings.HasSuffix(file, ".py") || isPythonString(file) {
		return false
	}
	if number == "unknown" {
		f.Native = file == nativeJSC
		if !f.Native {
			f.File = file
		}
		return true
	}
	rest, line, ok := cutNumber(number)
	f.File, f.Line, f.Engine = file, line, Python
	return ok && rest == ""
}

// cutAtLine takes " at line LINE:COL" off the right end of line.
func cutAtLine(f *Frame, line string) (rest string, ok bool) {
	at := strings.LastIndex(line, " at line ")
	if at < 0 {
		return "", false
	}
	_, first, second, numbers := cutPosition("x:" + line[at+len(" at line "):])
	f.Line, f.Col = first, second
	return line[:at], numbers > 0 && first > 0
}

// readRowMembers reads "'NAME', file:'FILE', line: LINE, column: COL".
func readRowMembers(f *Frame, place string) bool {
	name, rest, ok := strings.Cut(place, ", file:")
	file, rest, ok2 := strings.Cut(rest, ", line: ")
	number, rest, ok3 := strings.Cut(rest, ", column: ")
	if !ok || !ok2 || !ok3 {
		return false
	}
	_, line, ok := cutNumber(number)
	_, col, ok2 := cutNumber(strings.TrimRight(rest, ", "))
	f.Func, f.File, f.Line, f.Col = strings.Trim(name, "'"), strings.Trim(file, "'"), line, col
	return ok && ok2
}

// readRowNamed reads "FILE, Line: LINE, Column: COL".
func readRowNamed(f *Frame, place string) bool {
	file, rest, ok := strings.Cut(strings.TrimPrefix(place, `"`), ", ")
	number, after, ok2 := strings.Cut(rest, ", ")
	number, isLine := cutWordFold(number, "line: ")
	after, isCol := cutWordFold(after, "column: ")
	if !ok || !ok2 || !isLine || !isCol || file == "" {
		return false
	}
	_, line, ok := cutNumber(number)
	_, col, ok2 := cutNumber(after)
	f.File, f.Line, f.Col = file, line, col
	return ok && ok2 && line > 0 && (hasScriptEnding(cutQuery(file)) || strings.Contains(file, "://"))
}

// readRowGjs reads "0 7ffc… b   FILE:LINE (7fd0 @ 71)".
func readRowGjs(f *Frame, place string) bool {
	rest, ok := strings.CutSuffix(place, ")")
	open := strings.LastIndex(rest, " (")
	if !ok || open < 0 || !strings.Contains(rest[open:], " @ ") {
		return false
	}
	fields := strings.Fields(rest[:open])
	if len(fields) < 3 || !isNumber(fields[0]) || len(fields[len(fields)-2]) > 1 {
		return false
	}
	file, line, ok := cutLine(fields[len(fields)-1])
	f.File, f.Line = file, line
	return ok && line > 0 && file != ""
}

// maxPlaceWords is the number of words that a place has at most.
const maxPlaceWords = 4

// ReadRowPlace reads line as the place of a frame whose name stands on a line of its own: "App.js:23:45",
// "node_modules/x.js (12507:0)".
func ReadRowPlace(f *Frame, line string) bool {
	if len(line) > maxRow || !mayBeRow(line, maxPlaceWords) {
		return false
	}
	for _, place := range [...]placeShape{placeParens, placeColons} {
		s := RowShape{place: place}
		if s.read(f, line) && (hasScriptEnding(cutQuery(f.File)) || isLocated(f.File) || f.Col > 0 && strings.IndexByte(f.File, '=') > 0) {
			return true
		}
	}
	return false
}

func readRows(f *Frame, line string) bool {
	return writtenRow.read(f, line) || ReadRow(f, line) != nil
}

func appendRows(b []byte, f Frame) []byte {
	b = append(b, f.Func...)
	if f.Alias != "" {
		b = append(b, " [as "...)
		b = append(b, f.Alias...)
		b = append(b, ']')
	}
	b = append(b, "\t@ "...)
	if f.Native {
		return append(b, nativeJSC...)
	}
	b = append(b, f.File...)
	return appendPosition(b, &f)
}
