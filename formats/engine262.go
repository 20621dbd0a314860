package formats

import "strings"

// engine262 is engine262, the specification of JavaScript as a program.
//
//	frame = "at " , ( [ "async " ] , [ "new " ] , name , [ " (as " , alias , ")" ] , " (" , where , ")" | "<anonymous>" , position ) ;
//	where = ( file | "<anonymous>" ) , position | file | "native" ;
//	position = ":" , line , ":" , column ;
//
// Lines:
//
//	at boom (/app/e5-names.js:3:35)
//	at <anonymous> (/app/e5-messages.js:65:16)
//	at <anonymous> (as f) (/app/es22-private.js:29:31)
//	at eval (as geval) (native)
//	at new MyError (as thrower) (/app/e5-messages.js:76:26)
//	at async two (/app/es17-async.js:18:49)
//	at new DefaultCtor (native)
//	at Base (/app/es6-class.js)
//	at <anonymous>:1:1
//
// "<anonymous>" is a function without a name, and the file of code at the top level. The alias is the
// name under which the caller knew the function; in parentheses it is engine262's alone. The rest is
// near V8 (the lines are those of engine262 0.0.1, feee935).
var engine262 = Format{
	engine: Engine262,
	name:   "engine262",
	title:  "engine262",
	// Asked after Bun, which also names functions without a name, and is run more.
	at:     atSyntax{order: 150, match: matchEngine262, hint: hintEngine262, read: readEngine262, plain: true},
	append: appendEngine262,
	stack:  Stack{Indent: "    ", Headed: true, Anonymous: "<anonymous>", Natives: true},
}

const anonymousEngine262 = "<anonymous>"

func matchEngine262(c call) bool {
	return strings.HasSuffix(c.name(), ")") && strings.Index(c.name(), " (as ") > 0
}

// hintEngine262 knows that a function without a name has a word for it, but code at the top level has
// not; Bun has both.
func hintEngine262(c call, headed bool) int {
	switch {
	case !headed:
		return -never
	case !c.paired:
		if c.file() == anonymousEngine262 {
			return 1
		}
		return -never
	case strings.HasSuffix(c.name(), "]") && strings.Contains(c.name(), " [as "):
		return -never
	case c.name() == anonymousEngine262, c.name() == "async "+anonymousEngine262:
		if c.numbers != 2 {
			return -never
		}
		return 3
	}
	return 0
}

func readEngine262(f *Frame, c call) bool {
	*f = Frame{Engine: Engine262}
	if !c.paired {
		return c.readBare(f, anonymousEngine262)
	}
	name := c.name()
	if strings.HasSuffix(name, ")") {
		if at := strings.LastIndex(name, " (as "); at > 0 {
			f.Alias, name = name[at+len(" (as "):len(name)-1], name[:at]
		}
	}
	if after, ok := strings.CutPrefix(name, "async "); ok && after != "" {
		f.Async, name = true, after
	}
	if after, ok := strings.CutPrefix(name, "new "); ok && after != "" {
		f.Constructor, name = true, after
	}
	f.Func = name
	if c.location() == "native" {
		f.Native = true
		return true
	}
	return c.readFile(f, anonymousEngine262)
}

func appendEngine262(b []byte, f Frame) []byte {
	b = append(b, "at "...)
	var name []byte
	if f.Async && f.AsyncCause == "" {
		name = append(name, "async "...)
	}
	if f.Constructor {
		name = append(name, "new "...)
	}
	if f.Func == "" && len(name) > 0 {
		name = append(name, anonymousEngine262...)
	}
	name = append(name, f.Func...)
	if f.Alias != "" {
		name = append(name, " (as "...)
		name = append(name, f.Alias...)
		name = append(name, ')')
	}
	if f.Native {
		b = append(b, name...)
		return append(b, " (native)"...)
	}
	return appendCall(b, string(name), appendFile(nil, &f, anonymousEngine262), func(where string) bool {
		var again Frame
		return readBare(&again, where, anonymousEngine262)
	})
}
