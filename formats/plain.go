package formats

import "strings"

// The fast path: the lines of which nine in ten traces consist are read here without asking any format, in one
// pass, from the right where the right end is certain.

// Plain tells what [ReadPlainAt] and [ReadPlainSign] made of a line.
type Plain uint8

const (
	NotPlain Plain = iota // the line needs its format's Read
	IsPlain               // read; every engine of the family that writes columns would have read the same
	IsLine                // read; it has no column. Every engine of the family would have read the same, or nothing
	IsNative              // read; it is native code. Engines that write other words for it, or do not mark constructors, would not have read it so
	IsOdd                 // read, but its name is a hint at an engine
	IsProof               // read, and no engine but the family's default writes such a line
	IsNested              // read, but the name is one that only SpiderMonkey writes
)

// ReadPlainAt reads call, a line of V8's or of an undecided engine's without its "at ", if it is one
// of these, with neither blanks nor parentheses in names and files:
//
//	f (FILE:LINE:COL)
//	async f (FILE:LINE:COL)
//	new F (FILE:LINE:COL)
//	T.f [as g] (FILE:LINE:COL)
//	T.f (<anonymous>)
//	FILE:LINE:COL
//	f (FILE:LINE)
//	FILE:LINE
//	T.f (native)
//	new F (native)
//	f (eval at ORIGIN, <anonymous>:LINE:COL)
//	get x [as y] (FILE:LINE:COL)
//	async Promise.all (index N)
//
// Seen is a frame that was read from another such line, or nil: calls are often of one file, which need
// not be looked at again.
func ReadPlainAt(f *Frame, call string, seen *Frame) Plain {
	name, location := "", call
	if blank := strings.IndexByte(call, ' '); blank >= 0 {
		last := len(call) - 1
		if blank == 0 || call[last] != ')' || call[blank+1] != '(' {
			return readMarkedCall(f, call, seen)
		}
		name, location = call[:blank], call[blank+2:last]
	}
	if seen != nil {
		line, col := cutSeen(location, seen.File)
		switch {
		case col > 0:
			if seen.Col == 0 || name == "" && isOddLocation(location) {
				break
			}
			f.set(name, location[:len(seen.File)], line, col, V8)
			if isOddName(name) {
				return IsOdd
			}
			return IsPlain
		case line > 0 && seen.Col == 0 && isLineName(name) && (name != "" || isLineFile(seen.File)):
			f.set(name, location[:len(seen.File)], line, 0, V8)
			return IsLine
		}
	}
	return readPlainCall(f, name, location)
}

// readMarkedCall reads a call with "async" or "new" before it, or an alias behind its name.
func readMarkedCall(f *Frame, call string, seen *Frame) Plain {
	rest, async := strings.CutPrefix(call, "async ")
	constructor := false
	if !async {
		rest, constructor = strings.CutPrefix(call, "new ")
	}
	if !async && !constructor {
		return readAliasedCall(f, call)
	}
	if strings.HasPrefix(rest, "async ") || strings.HasPrefix(rest, "new ") {
		return NotPlain
	}
	if async && strings.HasSuffix(rest, ")") {
		if name, number, ok := strings.Cut(rest[:len(rest)-1], " (index "); ok {
			return readPlainCombinator(f, name, number)
		}
	}
	plain := ReadPlainAt(f, rest, seen)
	switch {
	case plain == NotPlain, plain == IsLine:
		return NotPlain
	case async && f.Native, constructor && f.Func == "": // "async Promise.all" is not what it looks like
		return NotPlain
	}
	f.Async, f.Constructor = async, constructor
	return plain
}

// readPlainCombinator reads "async Promise.all (index N)".
func readPlainCombinator(f *Frame, name, number string) Plain {
	rest, index, ok := cutNumber(number)
	if !ok || rest != "" || !isCombinator(name) {
		return NotPlain
	}
	f.set(name, "", 0, 0, V8)
	f.Index, f.Native, f.Async = index, true, true
	return IsProof
}

// readAliasedCall reads "T.f [as g] (LOCATION)", and "get f [as g] (LOCATION)" of an accessor.
func readAliasedCall(f *Frame, call string) Plain {
	from := 0
	if strings.HasPrefix(call, "get ") || strings.HasPrefix(call, "set ") {
		from = len("get ")
	}
	blank := from + strings.IndexByte(call[from:], ' ')
	if blank <= from {
		return NotPlain
	}
	if call[len(call)-1] != ')' {
		return NotPlain
	}
	alias, location := cutPlainAlias(call[blank+1:])
	if alias == "" {
		return NotPlain
	}
	plain := readPlainCall(f, call[:blank], location)
	switch plain {
	case IsLine, IsNative:
		return NotPlain
	case IsPlain:
		plain = IsProof
	}
	f.Alias = alias
	return plain
}

// readPlainCall reads "NAME (LOCATION)", or LOCATION if name is empty.
func readPlainCall(f *Frame, name, location string) Plain {
	if location == "<anonymous>" && name != "" {
		f.set(name, "", 0, 0, V8)
		f.Native = true
		return IsProof
	}
	if name != "" && strings.HasPrefix(location, evalAt) {
		return readPlainEval(f, name, location)
	}
	plain := IsPlain
	if isOddName(name) {
		plain = IsOdd
	}
	file, line, col := cutPlainPosition(location)
	switch {
	case file == "" && plain == IsPlain:
		return readPlainLine(f, name, location)
	case file == "", name == "" && isOddLocation(file), !isPlainFile(file):
		return NotPlain
	}
	f.set(name, file, line, col, V8)
	return plain
}

// evalAt is what V8's origins of eval'd code begin with.
const evalAt = "eval at "

// readPlainEval reads "NAME (ORIGIN, <anonymous>:LINE:COL)", of which the parentheses pair: V8's line of
// eval'd code, which no other engine writes.
func readPlainEval(f *Frame, name, location string) Plain {
	const within = ", <anonymous>"
	origin, line, col := cutPlainPosition(location)
	origin, ok := strings.CutSuffix(origin, within)
	if !ok || strings.IndexByte(name, '(') >= 0 || strings.IndexByte(name, ')') >= 0 {
		return NotPlain
	}
	if !hasPairs(origin) {
		return NotPlain
	}
	f.set(name, "", line, col, V8)
	f.Eval, f.Origin = true, origin
	return IsProof
}

// isOddLocation reports whether a location that stands alone begins with what may be something else: "1:2:3".
func isOddLocation(location string) bool { return isDigit(location[0]) || location[0] == '(' }

// isPlainFile reports whether file, before a position, is no word or place that engines write instead.
func isPlainFile(file string) bool {
	switch file[0] {
	case '<':
		return false
	case 'n', 'u', 'J':
		if file == "native" || file == "unknown" || file == "JavaScript" {
			return false
		}
	}
	return strings.IndexByte(file, ' ') < 0
}

// readPlainLine reads "NAME (FILE:LINE)" and "FILE:LINE", of a file with an ending, and "NAME (native)".
func readPlainLine(f *Frame, name, location string) Plain {
	if !isLineName(name) {
		return NotPlain
	}
	if location == "native" && name != "" {
		f.set(name, "", 0, 0, V8)
		f.Native = true
		return IsNative
	}
	file, line, ok := cutLine(location)
	if !ok || file == "" || !isLetter(file[0]) && file[0] != '/' || !isLetter(file[len(file)-1]) || strings.IndexByte(file, '.') < 0 {
		return NotPlain
	}
	if strings.IndexByte(file, ' ') >= 0 || strings.IndexByte(file, '(') >= 0 || isCutURL(file) || name == "" && !isLineFile(file) {
		return NotPlain
	}
	f.set(name, file, line, 0, V8)
	return IsLine
}

// isLineName reports whether name, or nothing, is that of a function in a line without a column, in every
// engine.
func isLineName(name string) bool {
	for i := 0; i < len(name); i++ {
		if c := name[i]; !inIdentifier[c] && c != '.' {
			return false
		}
	}
	return name != "main" && name != "anonymous" && name != "global" // the first is the top level in njs
}

// isLineFile reports whether "FILE:LINE" alone is a location.
func isLineFile(file string) bool { return isLocated(file) || hasScriptEnding(file) }

// PlainEngine returns what [MatchAt] would return of line, which [ReadPlainAt] has read as f: the engine that alone
// writes it, or nil. It must not be called for lines that are [IsProof].
func PlainEngine(f *Frame, line string) *Format {
	if f.hasParens() {
		return MatchAt(line) // no name of the engines that know their lines by names has parentheses
	}
	return plainEngine(f)
}

func (f *Frame) hasParens() bool {
	return strings.IndexByte(f.Func, '(') >= 0 || strings.IndexByte(f.Func, ')') >= 0 ||
		strings.IndexByte(f.File, '(') >= 0 || strings.IndexByte(f.File, ')') >= 0
}

func plainEngine(f *Frame) *Format {
	isMarked := f.Async || f.Constructor
	switch {
	case strings.HasPrefix(f.Func, "?anon_") && !isMarked, strings.HasSuffix(f.File, "InternalBytecode.js"):
		return table[Hermes]
	case f.Func == "<eval>" && !isMarked:
		return table[QuickJS]
	case f.Func == "<parse>" && !isMarked:
		return table[Bun]
	case f.Func == "Object.<anonymous>" && !isMarked, f.Func == "<anonymous>" && f.Constructor, strings.HasPrefix(f.Func, "Promise.") && f.Async,
		strings.HasPrefix(f.File, "node:internal/"), f.Func != "" && strings.HasPrefix(f.File, "internal/"):
		return table[V8]
	}
	return nil
}

// isOddName reports whether name, in a plain line, is an engine's for code that has none.
func isOddName(name string) bool {
	return name != "" && name[0] == '<' || name == "anonymous" || name == "global"
}

// cutPlainAlias splits "[as ALIAS] (LOCATION)" with an alias without blanks; alias is "" if s is
// something else.
func cutPlainAlias(s string) (alias, location string) {
	const as, open = "[as ", "] ("
	if !strings.HasPrefix(s, as) {
		return "", ""
	}
	s = s[len(as):]
	end := strings.IndexByte(s, ' ') - 1
	if end <= 0 || len(s) <= end+len(open) || s[end:end+len(open)] != open {
		return "", ""
	}
	return s[:end], s[end+len(open) : len(s)-1]
}

// set makes f the frame of a function at a place, and clears all else but Text. One assignment of a
// whole Frame would take twice the time: it is built elsewhere and copied.
func (f *Frame) set(name, file string, line, col int, engine Engine) {
	f.Func, f.File, f.Line, f.Col, f.Engine = name, file, line, col, engine
	f.Alias, f.Origin, f.AsyncCause, f.Source = "", "", "", ""
	f.Index, f.Offset, f.Skipped = 0, 0, 0
	f.Async, f.Constructor, f.Eval, f.Native, f.Wasm, f.TopLevel, f.Component = false, false, false, false, false, false, false
}

// cutPlainPosition takes ":LINE:COL" off the right end of s. File is "" if s does not end in it, or has nothing
// before it.
func cutPlainPosition(s string) (file string, line, col int) {
	at, line, col := cutPlaces(s)
	return s[:at], line, col
}

// cutSeen takes file off the left end of s, and reads what is left as ":LINE:COL" or ":LINE"; line is 0 if s
// does not begin with file or does not end in a position.
func cutSeen(s, file string) (line, col int) {
	i := len(file)
	if i == 0 || i+1 >= len(s) || s[i] != ':' || !isFirstDigit(s[i+1]) || s[:i] != file {
		return 0, 0
	}
	start := i + 1
	for i = start; i < len(s) && isDigit(s[i]); i++ {
		line = line*10 + int(s[i]-'0')
	}
	switch {
	case i-start > maxDigits:
		return 0, 0
	case i == len(s):
		return line, 0
	}
	start = i + 1
	if start >= len(s) || s[i] != ':' || !isFirstDigit(s[start]) {
		return 0, 0
	}
	for i = start; i < len(s) && isDigit(s[i]); i++ {
		col = col*10 + int(s[i]-'0')
	}
	if i < len(s) || i-start > maxDigits {
		return 0, 0
	}
	return line, col
}

// isFirstDigit reports whether a line or a column may begin with c.
func isFirstDigit(c byte) bool { return '1' <= c && c <= '9' }

// ReadPlainSign reads line if it is one of these, where the name is an identifier or nothing and the
// file a path or a URL without blanks or another "@":
//
//	f@FILE:LINE:COL
//	@FILE:LINE:COL
//	f@[native code]
//
// In a trace of SpiderMonkey's or JavaScriptCore's, the name may also be a path of scopes; once
// SpiderMonkey is decided to be the engine, a cause may stand before it, and as long as it is not, the
// name may be JavaScriptCore's for code that is no function:
//
//	g/f<@FILE:LINE:COL
//	promise callback*g/f<@FILE:LINE:COL
//	get x@FILE:LINE:COL
//	f@FILE line LINE > eval:LINE:COL
//	global code@FILE:LINE:COL
//
// Seen is as in [ReadPlainAt].
func ReadPlainSign(f *Frame, line string, engine Engine, seen *Frame) Plain {
	at := 0
	for at < len(line) && inIdentifier[line[at]] {
		at++
	}
	cause, topLevel, plain := "", false, IsPlain
	name := line[:at]
	if at < len(line) && line[at] != '@' {
		odd := at
		if at = strings.IndexByte(line, '@'); at < 0 {
			return NotPlain
		}
		name = line[:at]
		switch {
		case engine == SpiderMonkey:
			if isPlainPath(name[odd:]) || isPlainAccessor(name) {
				break
			}
			var ok bool
			if cause, name, ok = cutPlainCause(name); !ok {
				return NotPlain
			}
		case engine != JSC:
			return NotPlain
		case name == "global code", name == "module code":
			topLevel, plain = true, IsProof
		case !isPlainPath(name[odd:]):
			return NotPlain
		case name[len(name)-1] == '<':
			plain = IsNested
		default:
			plain = IsOdd
		}
	}
	if at+1 >= len(line) {
		return NotPlain
	}
	location := line[at+1:]
	size, lineNumber, col := 0, 0, 0 // size is the length of the file
	if seen != nil {
		size = len(seen.File)
		lineNumber, col = cutSeen(location, seen.File)
	}
	if col == 0 {
		switch c := location[0]; {
		case c == '/', strings.HasPrefix(location, "http"), strings.HasPrefix(location, "file:"),
			strings.HasPrefix(location, "webpack://"), strings.HasPrefix(location, "webpack-internal://"):
		case location == nativeJSC && engine == JSC && !topLevel:
			f.set(name, "", 0, 0, engine)
			f.Native = true
			return IsProof
		default:
			return NotPlain
		}
		var file string
		file, lineNumber, col = cutPlainPosition(location)
		if size = len(file); size == 0 || strings.IndexByte(file, '@') >= 0 {
			return NotPlain
		}
		if strings.IndexByte(file, ' ') >= 0 {
			if _, _, ok := cutIntroducer(file); !ok || engine != SpiderMonkey || plain != IsPlain {
				return NotPlain
			}
			f.set(name, "", lineNumber, col, engine)
			f.AsyncCause, f.Async = cause, cause != ""
			f.Eval, f.Origin = true, file
			return IsPlain
		}
	}
	if plain != IsPlain && !isLocated(location[:size]) {
		return NotPlain
	}
	f.set(name, location[:size], lineNumber, col, engine)
	if cause != "" || topLevel {
		f.AsyncCause, f.Async, f.TopLevel = cause, cause != "", topLevel
	}
	return plain
}

// isPlainAccessor reports whether name is an accessor's: "get x", "set x".
func isPlainAccessor(name string) bool {
	const get = "get "
	return (strings.HasPrefix(name, get) || strings.HasPrefix(name, "set ")) && len(name) > len(get) && isPlainPath(name[len(get):])
}

// isPlainPath reports whether s, a name or its end, is a path of scopes, of which bundlers make files one.
func isPlainPath(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !inWord[c] && c != '/' && c != '-' {
			return false
		}
	}
	return true
}

// cutPlainCause splits "CAUSE*NAME" of SpiderMonkey's; the name has no quotes or brackets.
func cutPlainCause(s string) (cause, name string, ok bool) {
	cause, name, ok = strings.Cut(s, "*")
	return cause, name, ok && isCause(cause) && isPlainPath(name)
}

// inIdentifier holds the bytes of an identifier and of "#private".
var inIdentifier = func() (set [256]bool) {
	for c := range set {
		set[c] = inWord[c] && strings.IndexByte("<>.", byte(c)) < 0
	}
	return set
}()
