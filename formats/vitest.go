package formats

import "strings"

// vitest is the stack that Vitest prints of a test that failed.
//
//	frame = "❯ " , [ name , " " ] , file , ":" , line , ":" , column ;
//
// Lines:
//
//	❯ helper vi.test.mjs:2:27
//	❯ vi.test.mjs:4:24
//
// The file is relative to the project. Lines and columns are 1-based, as V8 counts them, in the
// source before it was transformed.
var vitest = Format{
	engine:  Vitest,
	name:    "vitest",
	title:   "Vitest",
	foreign: true,
	match:   matchVitest,
	read:    readVitest,
	append:  appendVitest,
	stack:   Stack{Indent: " ", Headed: true, Placed: true},
}

const vitestMark = "❯ "

func matchVitest(line string) bool {
	var f Frame
	return readVitest(&f, line)
}

func readVitest(f *Frame, line string) bool {
	rest, ok := strings.CutPrefix(line, vitestMark)
	if !ok {
		return false
	}
	name, location := "", rest
	if blank := strings.IndexByte(rest, ' '); blank >= 0 {
		name, location = rest[:blank], rest[blank+1:]
		if name == "" || location == "" || isBlank(location[0]) {
			return false
		}
	}
	file, lineNumber, col, numbers := cutPosition(location)
	f.set(name, file, lineNumber, col, Vitest)
	return numbers == 2 && lineNumber > 0 && file != ""
}

func appendVitest(b []byte, f Frame) []byte {
	b = append(b, vitestMark...)
	if f.Func != "" {
		b = append(b, f.Func...)
		b = append(b, ' ')
	}
	b = append(b, f.File...)
	b = append(b, ':')
	b = appendInt(b, f.Line)
	b = append(b, ':')
	return appendInt(b, f.Col)
}
