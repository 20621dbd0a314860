package formats

import "strings"

// The lines of SpiderMonkey and JavaScriptCore that need no second look, which are nearly all: what
// [readSpiderMonkey] and [readJSC] read in general, in a fraction of the time.

// ReadSigned reads line, which does not begin with a blank, as ReadInto does, faster, and sets the Text of f too. Alone tells that the line
// can be nothing but a frame: there is no blank in it, and nothing of a separator.
func (e *Format) ReadSigned(f *Frame, line string) (ok, alone bool) {
	f.Text = line
	at, blank := findAt(line)
	if at < 0 {
		return false, false
	}
	alone = !blank && line[0] != '-' && line[0] != '='
	switch e.engine {
	case SpiderMonkey:
		ok = readSpiderMonkeyLine(f, line[:at], line[at+1:])
	case JSC:
		ok = readJSCLine(f, line[:at], line[at+1:], blank)
		alone = alone && (f.Col > 0 || isPlain(line[at+1:]))
	}
	if ok {
		return true, alone
	}
	ok = e.sign.read != nil && e.sign.read(f, line)
	f.Text = line
	return ok, false
}

func readSpiderMonkeyLine(f *Frame, name, location string) bool {
	cause := ""
	if star := strings.IndexByte(name, '*'); star >= 0 && isCause(name[:star]) {
		cause, name = name[:star], name[star+1:]
	}
	end, line, col := cutPlaces(location)
	if end == 0 {
		if hasByte(location, '@') {
			return false
		}
		module, index, offset, ok := cutWasm(location)
		f.set(name, module, 0, 0, SpiderMonkey)
		f.Index, f.Offset, f.Wasm = index, offset, true
		if _, _, ok := cutIntroducer(module); ok {
			f.Origin = module
		}
		f.Async, f.AsyncCause = cause != "", cause
		return ok
	}
	file := location[:end]
	f.set(name, file, line, col, SpiderMonkey)
	if cause != "" {
		f.Async, f.AsyncCause = true, cause
	}
	if isPlain(file) {
		return true
	}
	if _, _, ok := cutIntroducer(file); ok {
		f.Eval, f.Origin, f.File = true, file, ""
	}
	return !hasByte(file, '@')
}

func readJSCLine(f *Frame, name, location string, blank bool) bool {
	end, line, col := cutPlaces(location)
	switch {
	case end > 0:
		file := location[:end]
		if !isPlain(file) && hasByte(file, '@') {
			return false
		}
		f.set(name, file, line, col, JSC)
	case location == "":
		f.set(name, "", 0, 0, JSC)
	case location == nativeJSC:
		f.set(name, "", 0, 0, JSC)
		f.Native = true
	default:
		module, index, offset, ok := cutWasm(location)
		if !ok || hasByte(location, '@') {
			return false
		}
		f.set(name, module, 0, 0, JSC)
		f.Index, f.Offset, f.Wasm = index, offset, true
	}
	if !blank {
		return true
	}
	if after, ok := strings.CutPrefix(name, "async "); ok {
		f.Async, f.Func = true, after
	}
	f.TopLevel = f.Func == "global code" || f.Func == "module code"
	f.Eval = f.Func == "eval code"
	return true
}
