// Package jsscan finds the functions of a program in JavaScript, TypeScript, Flow or JSX, and their
// names. It is no parser: it tells tokens apart and follows brackets, so that it reads what no grammar
// accepts, at some hundred megabytes a second, and goes on behind what it does not understand.
package jsscan

import (
	"math"
	"path"
	"slices"
	"strings"
)

// Kind is what a function is written as.
type Kind uint8

const (
	Function    Kind = iota // a declaration or an expression, with the keyword or as an arrow
	Method                  // of a class or an object
	Constructor             // of a class, whose name it has
	Getter
	Setter
	Fields // the initializer of a field of a class, which engines run as a function
	Static // the initializer of a static field, or a static block
)

// Func is a function of a program.
type Func struct {
	// Name is its name as the language gives it: its own, or that of what it is assigned to, of its
	// property or field. "" if it has none.
	Name string

	// Owner is the class that it is a member of, or the object literal's name. "" if it has none.
	Owner string

	// Start and End are where it is in the program, in bytes: from its first token, async, static and
	// parameters included, to behind its last one.
	Start, End int

	// Parent is the index of the function that it is in; -1 for none.
	Parent int

	Kind Kind

	// Block says that its last token is the brace of its body: it is no arrow with an expression.
	Block bool

	// Async says that it may wait: it is written with the word async.
	Async bool

	arrow bool
}

// Lang is what a program may be written in.
type Lang uint8

const (
	JSX   Lang = iota // JavaScript, Flow, and JSX
	TSX               // TypeScript and JSX
	TS                // TypeScript, where < before an expression is a type
	Other             // none of these: nothing is found
)

// others are the endings of languages that are compiled to JavaScript, or that bundles hold too.
var others = map[string]bool{
	".c": true, ".cc": true, ".civet": true, ".clj": true, ".cljc": true, ".cljs": true, ".coffee": true, ".cpp": true, ".cs": true, ".css": true, ".cxx": true,
	".dart": true, ".elm": true, ".fs": true, ".fsx": true, ".go": true, ".h": true, ".hpp": true, ".hs": true, ".hx": true, ".imba": true, ".java": true,
	".json": true, ".kt": true, ".kts": true, ".less": true, ".litcoffee": true, ".ls": true, ".md": true, ".mdx": true, ".ml": true, ".nim": true, ".php": true,
	".purs": true, ".py": true, ".rb": true, ".re": true, ".res": true, ".rs": true, ".sass": true, ".scala": true, ".scss": true, ".swift": true, ".wat": true, ".zig": true,
}

// LangOf returns the language that the name of a source tells. A query may follow the name.
func LangOf(name string) Lang {
	if i := strings.IndexAny(name, "?#"); i > 0 {
		name = name[:i]
	}
	ext := strings.ToLower(path.Ext(name))
	if others[ext] {
		return Other
	}
	switch ext {
	case ".ts", ".mts", ".cts":
		return TS
	case ".tsx", ".vue", ".svelte", ".astro":
		return TSX
	}
	return JSX
}

// Scan returns the functions of a program, in the order of where they start. Where src is a page or a
// component that has its programs in script elements, they are what is scanned. It reports false where it cannot tell: in
// another language, with more than 10,000 brackets open, or more than 524,288 functions.
func Scan(src string, lang Lang) (funcs []Func, ok bool) {
	if lang >= Other || len(src) > math.MaxInt32 {
		return nil, false
	}
	s := scanner{src: src, lang: lang}
	if from := firstScript(src); from >= 0 {
		s.pages(from)
	} else {
		s.program(0, len(src))
	}
	if s.gaveUp {
		return nil, false
	}
	return s.finish(), true
}

// firstScript returns where the first script element of a page begins; -1 if src is no page.
func firstScript(src string) int {
	if trimmed := strings.TrimLeft(src, " \t\r\n\uFEFF"); !strings.HasPrefix(trimmed, "<") || strings.HasPrefix(trimmed, "<!--") && !strings.Contains(trimmed, "-->") {
		return -1
	}
	i := strings.Index(src, "<script")
	if i >= 0 && !strings.Contains(src[i:], "</script") {
		return -1
	}
	return i
}

// pages scans the script elements of a page.
func (s *scanner) pages(from int) {
	for from >= 0 && from < len(s.src) {
		open := strings.IndexByte(s.src[from:], '>')
		if open < 0 {
			return
		}
		start := from + open + 1
		length := strings.Index(s.src[start:], "</script")
		if length < 0 {
			return
		}
		s.program(start, start+length)
		next := strings.Index(s.src[start+length:], "<script")
		if next < 0 {
			return
		}
		from = start + length + next
	}
}

// maxDepth is how many brackets may be open, and maxFuncs how many functions a program may have.
const (
	maxDepth = 10_000
	maxFuncs = 1 << 19
)

// program scans a piece of the text.
func (s *scanner) program(start, end int) {
	s.pos, s.end, s.last = start, end, start
	s.stack = append(s.stack[:0], context{kind: inBlock, fn: none, named: none})
	s.prev = atStart
	s.nameable, s.newline = false, false
	s.asyncStart, s.generics = none, none
	for s.step() {
		if len(s.stack) > maxDepth || len(s.funcs) > maxFuncs {
			s.gaveUp = true
			break
		}
	}
	for len(s.stack) > 1 {
		s.pop()
	}
}

// finish returns the functions that have a body, with their parents.
func (s *scanner) finish() []Func {
	kept := slices.DeleteFunc(s.funcs, func(f Func) bool { return f.End <= f.Start })
	slices.SortStableFunc(kept, func(a, b Func) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var open []int
	for i := range kept {
		for len(open) > 0 && kept[open[len(open)-1]].End <= kept[i].Start {
			open = open[:len(open)-1]
		}
		kept[i].Parent = none
		if len(open) > 0 {
			kept[i].Parent = open[len(open)-1]
		}
		open = append(open, i)
	}
	return kept
}
