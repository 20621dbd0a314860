package formats

import "strings"

// The lines of V8 that need no second look, which are nearly all: what [readV8] reads in general, in a fraction of
// the time.

// ReadV8 reads line, a line of V8's whose "at " ends at from, and sets the Text of f too. It reports false of a line
// that its format's Read must look at.
func ReadV8(f *Frame, line string, from int) bool {
	f.Text = line
	call := line[from:]
	last := len(call) - 1
	if last < 0 {
		return false
	}
	if call[last] != ')' {
		return readV8Place(f, call)
	}
	open := findParen(call)
	if open < 2 || call[open] != '(' || call[open-1] != ' ' {
		return false
	}
	name := call[:open-1]
	at, number, col := cutPlaces(call[open+1 : last])
	if at == 0 {
		return readV8Word(f, name, call[open+1:last])
	}
	file := call[open+1 : open+1+at]
	switch {
	case strings.HasPrefix(file, evalAt):
		origin, ok := strings.CutSuffix(file, ", <anonymous>")
		if !ok || !hasPairs(origin) {
			return false
		}
		f.set(name, "", number, col, V8)
		f.Eval, f.Origin = true, origin
	case file == "<anonymous>":
		f.set(name, "", number, col, V8)
	case isClean(file), hasPairs(file) && !strings.Contains(file, ", "):
		f.set(name, file, number, col, V8)
	default:
		return false
	}
	return f.cutV8Marks()
}

// readV8Place reads a location that stands alone.
func readV8Place(f *Frame, call string) bool {
	at, line, col := cutPlaces(call)
	if at == 0 {
		*f = Frame{Engine: V8, Text: f.Text}
		return !strings.HasPrefix(call, "async ") && readV8Call(f, call)
	}
	file, async := call[:at], false
	if after, ok := strings.CutPrefix(file, "async "); ok {
		file, async = after, true
	}
	if file == "" || isDigit(file[0]) || file[0] == '<' || !isClean(file) {
		return false
	}
	f.set("", file, line, col, V8)
	f.Async = async
	return true
}

// readV8Word reads a location without a line and a column: V8's words for native code, and places in WebAssembly.
func readV8Word(f *Frame, name, location string) bool {
	switch {
	case location == "<anonymous>", location == "native":
		f.set(name, "", 0, 0, V8)
		f.Native = true
	case strings.HasPrefix(location, "index ") && strings.HasPrefix(name, "async "):
		return readPlainCombinator(f, name[len("async "):], location[len("index "):]) != NotPlain
	default:
		if strings.HasPrefix(location, evalAt) || !isClean(location) && (hasParen(location) || strings.Contains(location, ", ")) {
			return false
		}
		module, index, offset, ok := cutWasm(location)
		if !ok {
			return false
		}
		f.set(name, module, 0, 0, V8)
		f.Index, f.Offset, f.Wasm = index, offset, true
	}
	return f.cutV8Marks()
}

// cutV8Marks takes "async ", "new " and " [as x]" off the name of f. It reports false if the name is nothing but
// "async ".
func (f *Frame) cutV8Marks() bool {
	name := f.Func
	switch name[0] {
	case 'a':
		if after, ok := strings.CutPrefix(name, "async "); ok && !strings.HasPrefix(after, "[as ") {
			if after == "" {
				return false
			}
			f.Async, f.Func = true, after
			f.cutV8Name()
			return true
		}
	case 'n':
		f.cutV8Name()
		return true
	}
	if name[len(name)-1] == ']' {
		f.cutV8Name()
	}
	return true
}

// cutV8Name takes "new " and " [as x]" off the name of f.
func (f *Frame) cutV8Name() {
	name := f.Func
	if after, ok := strings.CutPrefix(name, "new "); ok && after != "" && !strings.HasPrefix(after, "[as ") {
		f.Constructor, name = true, after
	}
	if strings.HasSuffix(name, "]") {
		if at := lastAlias(name); at > 0 {
			f.Alias, name = name[at+len(" [as "):len(name)-1], name[:at]
		}
	}
	f.Func = name
}

// lastAlias returns the index of the last " [as " in name, or -1.
func lastAlias(name string) int {
	const as = " [as "
	for i := len(name) - len(as) - 1; i >= 0; i-- {
		if name[i+1] == '[' && name[i:i+len(as)] == as {
			return i
		}
	}
	return -1
}
