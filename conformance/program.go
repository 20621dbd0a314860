package main

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

//go:embed programs printed harness.js hook.js qjs.mjs
var files embed.FS

// Program is a script that fails in one way. Comments such as /*#2 outer*/ mark the lines that are on
// the stack, innermost first: the number of the call, and the function's name.
type Program struct {
	Name    string // "class.js"
	Source  string
	Doc     string // the first line, which says what it is about
	Marks   []Mark // by their numbers
	Printed bool   // it reports no error: what the runtime prints is read
}

// Mark is a line of a program that is on the stack.
type Mark struct {
	Func   string // "new Shop", "get size", or one of <anon>, <top>, <eval>, <field-init>, <static-init>
	Line   int    // from 1; 0 in eval'd code, whose lines the program does not number
	Repeat bool   // it may be there many times: "#1*"
}

var markPattern = regexp.MustCompile(`/\*#(\d+)(\*?) ([^*]*)\*/`)

// readPrograms returns the programs of a folder, "programs" or "printed", whose name contains only.
func readPrograms(folder, only string) ([]*Program, error) {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, err
	}
	var programs []*Program
	for _, entry := range entries {
		if !strings.Contains(entry.Name(), only) {
			continue
		}
		source, err := files.ReadFile(path.Join(folder, entry.Name()))
		if err != nil {
			return nil, err
		}
		p, err := parseProgram(entry.Name(), string(source))
		if err != nil {
			return nil, err
		}
		p.Printed = folder == "printed"
		programs = append(programs, p)
	}
	return programs, nil
}

// parseProgram reads the marks of a program.
func parseProgram(name, source string) (*Program, error) {
	doc, _, _ := strings.Cut(source, "\n")
	p := &Program{Name: name, Source: source, Doc: strings.TrimPrefix(doc, "// ")}
	marks := make(map[int]Mark)
	for i, line := range strings.Split(source, "\n") {
		for _, m := range markPattern.FindAllStringSubmatch(line, -1) {
			n, err := strconv.Atoi(m[1])
			if _, again := marks[n]; err != nil || again {
				return nil, fmt.Errorf("%s:%d: mark %q is there twice, or is no number", name, i+1, m[0])
			}
			mark := Mark{Func: m[3], Line: i + 1, Repeat: m[2] == "*"}
			if mark.Func == "<eval>" {
				mark.Line = 0
			}
			marks[n] = mark
		}
	}
	for n := 1; n <= len(marks); n++ {
		mark, ok := marks[n]
		if !ok {
			return nil, fmt.Errorf("%s: there are %d marks, but no #%d", name, len(marks), n)
		}
		p.Marks = append(p.Marks, mark)
	}
	return p, nil
}

// script is what an engine runs: the program, and behind it the function that tells of its error. With
// hook, V8's call sites are told in the place of the text. The hook shares the first line, which is a
// comment, so that no line moves.
func (p *Program) script(hook bool) (string, error) {
	harness, err := files.ReadFile("harness.js")
	if err != nil {
		return "", err
	}
	if p.Printed {
		harness = nil
	}
	first := ""
	if hook {
		text, err := files.ReadFile("hook.js")
		if err != nil {
			return "", err
		}
		first = strings.TrimSpace(string(text)) + " "
	}
	return first + p.Source + string(harness), nil
}

func (p *Program) isModule() bool { return strings.HasSuffix(p.Name, ".mjs") }

// lines is how many lines the program has; what stands behind them is the harness.
func (p *Program) lines() int { return strings.Count(p.Source, "\n") }

// newPattern finds the error that a program for a runtime's output makes on its first marked line.
var newPattern = regexp.MustCompile(`(?:new|throw new) (\w+)\((?:\[.*?\], )?"((?:[^"\\]|\\.)*)"`)

// thrown returns the type and message of the error that the program makes, as its source says: those of
// the first mark's line, or "// prints Type: message" where it is the engine that makes it.
func (p *Program) thrown() (typ, message string) {
	for line := range strings.Lines(p.Source) {
		if told, ok := strings.CutPrefix(line, "// prints "); ok {
			typ, message, _ = strings.Cut(strings.TrimSpace(told), ": ") // "?" stands for any message
			if message == "" {
				return "", typ
			}
			return typ, message
		}
	}
	for line := range strings.Lines(p.Source) {
		if m := newPattern.FindStringSubmatch(line); m != nil && strings.Contains(line, "/*#1 ") {
			if text, err := strconv.Unquote(`"` + m[2] + `"`); err == nil {
				return m[1], text
			}
		}
	}
	return "", ""
}
