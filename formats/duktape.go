package formats

import "strings"

// duktape is Duktape, an engine for embedding in C programs.
//
//	frame = "at " , name , ( " (" , file , ":" , line , ")" | " (" , [ file ] , ") native" | " light"
//	      | " (" , source , ":" , line , ") internal" ) , flags ;
//	flags = [ " strict" ] , [ " tailcall" ] , [ " construct" ] , [ " directeval" ] , [ " preventsyield" ] ;
//	name  = function | "[anon]" | "global" | "eval" | "anonymous" ;
//	file  = path | "input" | "compile" ;
//
// Lines:
//
//	at fail (es5.js:2) tailcall
//	at [anon] (es5.js:9)
//	at Ctor (es5.js:3) construct
//	at forEach () native strict preventsyield
//	at eval (input:1) directeval preventsyield
//	at anonymous (compile:1)
//	at [anon] (duk_hobject_props.c:2621) internal
//	at [anon] (es5.js:2) internal
//	at global (es5.js:9) preventsyield
//
// There are no columns. "input" and "compile" are the files of the code that eval and Function made;
// they become the Origin, for they say what made the code, though not where. An internal frame is a
// place in the engine's own C code, or the place of a syntax error. Of the flags, "construct" is the
// Constructor, and "preventsyield" tells the program from a function called "global"; strict mode,
// tail calls and calls through native code have no field (duktape, src-input/duk_bi_error.c,
// duk__error_getter_helper).
var duktape = Format{
	engine:    Duktape,
	name:      "duktape",
	title:     "Duktape",
	at:        atSyntax{order: 40, match: matchDuktape, read: readDuktape, noColumns: true, lined: true},
	append:    appendDuktape,
	stack:     Stack{Indent: "    ", Headed: true, Anonymous: "[anon]", Script: "global", Module: "global", Eval: "eval", Natives: true},
	anonymous: []string{"[anon]"},
	skipped:   "[... ", skippedEnd: " more frames",
	marksNative: true,
}

// duktapeFlags are the words behind a frame, in their order.
var duktapeFlags = [...]string{" strict", " tailcall", " construct", " directeval", " preventsyield"}

// duktapeFlag is a set of flags, one bit for each of duktapeFlags.
type duktapeFlag uint8

const (
	isConstruct     duktapeFlag = 1 << 2
	isPreventsYield duktapeFlag = 1 << 4
)

// cutDuktapeFlags takes the flags off the right end of s.
func cutDuktapeFlags(s string) (rest string, flags duktapeFlag) {
	for i := len(duktapeFlags) - 1; i >= 0; i-- {
		if before, ok := strings.CutSuffix(s, duktapeFlags[i]); ok {
			s = before
			flags |= 1 << i
		}
	}
	return s, flags
}

// duktapeOrigin returns which of Duktape's files for code from a string s is, or "".
func duktapeOrigin(s string) string {
	if s == "input" || s == "compile" {
		return s
	}
	return ""
}

func matchDuktape(c call) bool {
	if c.endsInParen() { // neither flags nor the words for what is no program's
		return c.name() == "[anon]" && c.numbers == 1
	}
	if c.numbers > 0 {
		return false
	}
	text, flags := cutDuktapeFlags(c.text)
	for _, kind := range [...]string{" native", " internal"} {
		if before, ok := strings.CutSuffix(text, kind); ok && strings.HasSuffix(before, ")") {
			return true
		}
	}
	return flags != 0 && (strings.HasSuffix(text, ")") || strings.HasSuffix(text, " light"))
}

func readDuktape(f *Frame, c call) bool {
	*f = Frame{Engine: Duktape}
	call, flags := cutDuktapeFlags(c.text)
	f.Constructor = flags&isConstruct != 0
	if name, ok := strings.CutSuffix(call, " light"); ok && strings.IndexByte(name, '(') < 0 {
		f.Func, f.Native = name, true
		return true
	}
	if before, ok := strings.CutSuffix(call, " native"); ok && strings.HasSuffix(before, ")") {
		f.Native = true
		f.Func, f.File, ok = cutCall(before)
		return ok
	}
	call, internal := strings.CutSuffix(call, " internal")
	name, location, ok := cutCall(call)
	if !ok {
		return false
	}
	f.Func, f.TopLevel = name, name == "global" && flags&isPreventsYield != 0
	if !readLine(f, location) {
		return false
	}
	f.Native = internal && strings.HasSuffix(f.File, ".c")
	if origin := duktapeOrigin(f.File); origin != "" {
		f.Eval, f.Origin, f.File = true, origin, ""
	}
	return true
}

func appendDuktape(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	b = append(b, f.Func...)
	b = append(b, " ("...)
	origin := duktapeOrigin(f.Origin)
	switch {
	case f.Native && strings.HasSuffix(f.File, ".c"):
		b = append(appendLine(b, &f), ") internal"...)
	case f.Native:
		b = append(b, f.File...)
		b = append(b, ") native strict"...)
	case f.Eval && f.File == "":
		if origin == "" {
			origin = "input"
		}
		b = append(b, origin...)
		b = append(b, ':')
		b = append(appendInt(b, f.Line), ')')
	default:
		b = append(appendLine(b, &f), ')')
	}
	if f.Constructor {
		b = append(b, " construct"...)
	}
	// What no field says, but is true of nearly all frames of these kinds.
	isEval := f.Func == "eval" && (f.Native || f.Eval && origin == "input")
	if isEval {
		b = append(b, " directeval"...)
	}
	if isEval || f.TopLevel || f.Native && f.File == "" {
		b = append(b, " preventsyield"...)
	}
	return b
}
