package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Minifiers give functions new names in each build, and no engine tells which names those are. A name
// is taken for a minifier's if two things agree.
//
// The name itself is one that minifiers make (see isShort): one or two letters, three that are no common
// word, letters with digits, "_0x1f2e3d".
//
// And it stands in minified code. That is told, for all frames of the file,
//
//   - by a column beyond any in code that people write or that a development server makes (wideColumn);
//   - by a file that only production builds have: "main.jsbundle"; or, in one of its first lines,
//     "app.min.js" or a file with a build's hash or a number for a name (firstLines);
//   - by such a name itself, in the first line of a script of a page, not at its begin (farColumns);
//   - by a second function in the same line, one of the first, far from this one (farColumns);
//   - by its neighbours: one of the first lines, between frames that are minified.
//
// So f, at and run of code that people wrote count as any other name.
const (
	wideColumn  = 300
	wideInFirst = 80 // in one of the first lines
	firstLines  = 2
	farColumns  = 20
)

// findMinified finds which frames are in minified code and whose names are a minifier's.
//
// Only frames before an asynchronous break, which begins at the frame broken, tell it: Firefox shows no others.
func (n *normalizer) findMinified(frames []CanonicalFrame, broken int) {
	any := false
	for i := range frames {
		f := &frames[i]
		if isHexName(f.Func) {
			f.Minified = true
			f.Rules |= RuleMinified
		}
		file := n.fileOf(f)
		if file == nil || i >= broken {
			continue
		}
		if f.tellsMinified(file) || i+1 < broken && f.isBesideOther(&frames[i+1]) {
			file.wide, any = n.round, true
		}
	}
	if !any {
		return
	}
	for i := range frames {
		f := &frames[i]
		file := n.fileOf(f)
		if file == nil || f.Code == Native || f.Code == Runtime && !file.page {
			continue
		}
		f.inMinified = file.wide == n.round || file.page && f.isInFirstLines() && f.col > farColumns && isShort(f.Func)
		if f.inMinified && isShort(f.Func) {
			f.Minified = true
			f.Rules |= RuleMinified
		}
	}
}

// tellsMinified reports whether the frame alone tells that its file is minified.
func (f *CanonicalFrame) tellsMinified(file *canonicalFile) bool {
	switch {
	case f.col > wideColumn, file.bundle:
		return true
	case !f.isInFirstLines():
		return false
	case f.col > wideInFirst, file.isBuilt():
		return true
	}
	return file.page && f.Line == 1 && f.col >= farColumns && isShort(f.Func)
}

// isBesideOther reports whether the caller g of f is another function in the same line, one of the first, far from
// f.
func (f *CanonicalFrame) isBesideOther(g *CanonicalFrame) bool {
	if !f.isInFirstLines() || f.file != g.file || f.Line != g.Line || f.Func == g.Func || f.col == 0 || g.col == 0 || !isShort(f.Func) {
		return false
	}
	left, right := min(f.col, g.col), max(f.col, g.col)
	return right-left >= farColumns && right > 2*farColumns
}

func (f *CanonicalFrame) isInFirstLines() bool { return 0 < f.Line && f.Line <= firstLines }

// fileOf returns what is known of a frame's file, nil if it has none or there were too many.
func (n *normalizer) fileOf(f *CanonicalFrame) *canonicalFile {
	if f.file == 0 || f.file > len(n.files) {
		return nil
	}
	if file := &n.files[f.file-1]; file.name == f.File {
		return file
	}
	return nil
}

// isBundle reports whether a file is what Metro makes of an application for production.
func (f *canonicalFile) isBundle() bool {
	base := f.name[strings.LastIndexByte(f.name, '/')+1:]
	return strings.HasSuffix(base, ".jsbundle") || base == "index.android.bundle" || base == "index.ios.bundle"
}

// isBuilt reports whether only production builds make such a file.
func (f *canonicalFile) isBuilt() bool {
	if f.rules&RuleHash != 0 {
		return true
	}
	base := f.name[strings.LastIndexByte(f.name, '/')+1:]
	stem := base
	if dot := strings.LastIndexByte(base, '.'); dot >= 0 {
		stem = base[:dot]
	}
	if strings.HasSuffix(stem, ".min") || strings.HasSuffix(stem, "-min") {
		return true
	}
	stem = strings.TrimSuffix(strings.TrimSuffix(stem, ".chunk"), ".bundle")
	return f.page && stem != "" && len(stem) <= 6 && isNumber(stem)
}

// isShort reports whether minifiers make such names.
func isShort(name string) bool {
	name = strings.TrimPrefix(name, "#")
	switch len(name) {
	case 0:
		return false
	case 1, 2:
		return isShortWord(name)
	case 3:
		return isShortWord(name) && !isCommonWord(name)
	case 4: // the fourth letter comes after a quarter of a million names, a digit before it
		return isShortWord(name) && strings.ContainsAny(name[1:], "0123456789$_") && name != "utf8" && name != "sha1"
	}
	return isHexName(name)
}

// isShortWord reports whether name is made of what identifiers of ASCII are.
func isShortWord(name string) bool {
	for i := 0; i < len(name); i++ {
		if c := name[i]; !txt.IsLetter(c) && c != '$' && c != '_' && (i == 0 || !txt.IsDigit(c)) {
			return false
		}
	}
	return true
}

// isHexName reports whether name is one that an obfuscator made: _0x1f2e3d.
func isHexName(name string) bool {
	return len(name) > 4 && strings.HasPrefix(name, "_0x") && isHex(name[3:])
}

// isCommonWord reports whether a name of three letters is a word that people give to methods, which
// minifiers leave as they are, rather than one of the 170,000 that minifiers make.
func isCommonWord(name string) bool {
	switch name {
	case "abs", "add", "all", "any", "ask", "bid", "bin", "box", "buy", "cap", "cut", "del", "dig", "doc", "dom", "dot", "end", "fit", "fix", "for", "get",
		"has", "hit", "key", "lap", "len", "let", "lex", "lit", "log", "map", "max", "min", "mix", "mod", "mul", "new", "nop", "not", "now", "off", "pad",
		"pan", "pay", "pin", "pop", "pos", "put", "raf", "raw", "ref", "req", "res", "row", "rpc", "run", "say", "sep", "set", "sin", "sub", "sum", "sql",
		"tag", "tan", "tap", "tie", "top", "try", "txt", "uid", "url", "use", "val", "win", "xhr", "zip", "api", "app", "cos", "css", "div", "err", "exp",
		"fmt", "ids", "img", "msg", "nav", "obj", "pow", "pub", "src", "str", "svg", "var", "vec":
		return true
	}
	return false
}
