package formats

import "strings"

// carakan is Opera 10.5 to 12: error.stack and error.stacktrace.
//
//	stack      = name , [ "([arguments not available])" ] , "@" , url , ":" , line ;
//	stacktrace = lead , "line " , line , ", column " , column , [ " in " , name , "(" , parameters , ")" ] , " in " , url , ":" ;
//	lead       = "called from " | "Error thrown at " | "Error created at " | "Error initially occurred at " | "called via " , … ;
//	name       = function | "<anonymous function>" | "<anonymous function: " , function , ">" ;
//
// Lines:
//
//	foo([arguments not available])@http://h/x.js:43
//	<anonymous function: run>([arguments not available])@http://h/x.js:27
//	<anonymous function>@http://h/x.js:15
//	Error thrown at line 42, column 12 in <anonymous function: createException>() in http://h/x.js:
//	called from line 27, column 8 in <anonymous function: run>(ex) in http://h/x.js:
//	called from line 15, column 3 in http://h/x.js:
//
// The line of the source follows each line of a stacktrace. Lines are 1-based, columns 0-based, and
// Col is the number as written: a column of 0 is as good as unknown. Only a stacktrace has columns,
// so a frame with one is written as "called from". The names of the parameters are left out.
var carakan = Format{
	engine: Carakan,
	name:   "carakan",
	title:  "Opera's Carakan",
	// Asked early: "f([arguments not available])@…" has the arguments of an old Firefox.
	sign:      signSyntax{order: 20, match: matchCarakan, read: readCarakan},
	append:    appendCarakan,
	stack:     Stack{Anonymous: "<anonymous function>", Script: "<anonymous function>", Module: "<anonymous function>", Eval: "<anonymous function>", Placed: true},
	anonymous: []string{"<anonymous function>"},
}

const (
	carakanArguments = "([arguments not available])"
	carakanAnonymous = "<anonymous function"
)

func matchCarakan(line string) bool {
	if strings.HasPrefix(line, "Error created at ") || strings.HasPrefix(line, "Error thrown at ") {
		return false // where it was created, behind the last frame
	}
	return strings.Contains(line, carakanArguments+"@") || strings.HasPrefix(line, carakanAnonymous+">@") || strings.HasPrefix(line, carakanAnonymous+": ")
}

func readCarakan(f *Frame, line string) bool {
	if readCarakanTrace(f, line) {
		return true
	}
	if strings.HasPrefix(line, "Error created at ") {
		return false
	}
	name, location, ok := cutSign(line)
	if at := strings.Index(line, carakanArguments+"@"); at >= 0 {
		name, location, ok = line[:at], line[at+len(carakanArguments)+1:], true
	} else if strings.HasPrefix(line, carakanAnonymous) {
		name, location, ok = strings.Cut(line, "@")
	}
	if !ok {
		return false
	}
	file, lineNumber, _, numbers := cutPosition(location)
	f.set(name, file, lineNumber, 0, Carakan)
	return numbers == 1 && file != "" && lineNumber > 0 && !isCutURL(file) && !isOpenEnded(file) && name != "" && !isBlank(name[0])
}

// readCarakanTrace reads a line of error.stacktrace.
func readCarakanTrace(f *Frame, line string) bool {
	rest, ok := cutCarakanLead(line)
	if !ok || !strings.HasSuffix(rest, ":") {
		return false
	}
	number, rest, ok := strings.Cut(rest[:len(rest)-1], ", column ")
	if !ok {
		return false
	}
	before, lineNumber, ok := cutNumber(number)
	column, rest, ok2 := strings.Cut(rest, " in ")
	beforeColumn, col, ok3 := cutNumber(column)
	if !ok || !ok2 || !ok3 || before != "" || beforeColumn != "" || lineNumber == 0 {
		return false
	}
	name, url := "", rest
	if at := strings.LastIndex(rest, ") in "); at >= 0 {
		if open := openingParen(rest[:at+1]); open > 0 {
			name, url = rest[:open], rest[at+len(") in "):]
		}
	}
	f.set(name, url, lineNumber, col, Carakan)
	return url != "" && !isBlank(url[0]) && (name == "" || !isBlank(name[0]))
}

// cutCarakanLead takes the words before the number of the line off a line of error.stacktrace.
func cutCarakanLead(line string) (rest string, ok bool) {
	for _, lead := range [...]string{"called from line ", "Error thrown at line ", "Error created at line ", "Error initially occurred at line "} {
		if rest, ok := strings.CutPrefix(line, lead); ok {
			return rest, true
		}
	}
	if strings.HasPrefix(line, "called via ") {
		_, rest, ok = strings.Cut(line, " line ")
	}
	return rest, ok
}

// IsCarakanTrace reports whether line is one of error.stacktrace, which the line of the source
// follows.
func IsCarakanTrace(line string) bool {
	var f Frame
	return readCarakanTrace(&f, line)
}

func appendCarakan(b []byte, f Frame) []byte {
	if f.Col > 0 || f.Func == "" {
		b = append(b, "called from line "...)
		b = appendInt(b, f.Line)
		b = append(b, ", column "...)
		b = appendInt(b, f.Col)
		if f.Func != "" {
			b = append(b, " in "...)
			b = append(b, f.Func...)
			b = append(b, "()"...)
		}
		b = append(b, " in "...)
		b = append(b, f.File...)
		return append(b, ':')
	}
	b = append(b, f.Func...)
	if f.Func != carakanAnonymous+">" {
		b = append(b, carakanArguments...)
	}
	b = append(b, '@')
	b = append(b, f.File...)
	return appendPosition(b, &f)
}
