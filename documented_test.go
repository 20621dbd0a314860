package stacktrace_test

import (
	"cmp"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
)

// publicPackages are the folders of the packages that programs may import.
var publicPackages = [...]string{".", "formats", "logscan", "normalize", "sentry", "sourcemap"}

// TestExamples checks that each exported function and method has an example whose output is checked. Methods that
// make a type fit an interface of the standard library are shown where that is used.
func TestExamples(t *testing.T) {
	for _, folder := range publicPackages {
		files := token.NewFileSet()
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no files in %s: %v", folder, err)
		}
		var all []*ast.File
		for _, name := range names {
			file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") || strings.HasSuffix(file.Name.Name, "_test") {
				all = append(all, file)
			}
		}
		documented, err := doc.NewFromFiles(files, all, "github.com/stacktrace-go/stacktrace/"+folder)
		if err != nil {
			t.Fatal(err)
		}
		functions := documented.Funcs
		for _, one := range documented.Types {
			functions = append(append(functions, one.Funcs...), one.Methods...)
		}
		for _, f := range functions {
			if folder == "formats" && !forPrograms[receiver(f)+f.Name] {
				continue
			}
			if !hasExample(f) && !isOfInterface[f.Name] {
				t.Errorf("%s: no example of %s%s that runs", folder, receiver(f), f.Name)
			}
		}
		if len(functions) == 0 {
			t.Errorf("%s has no functions", folder)
		}
	}
}

// forPrograms are the functions and methods of package formats that programs use. The others are there for the reader
// of this module, which is in packages of its own.
var forPrograms = map[string]bool{
	"All": true, "Named": true,
	"(*Format).Name": true, "(*Format).Title": true, "(*Format).Engine": true,
	"(*Format).Match": true, "(*Format).Read": true, "(*Format).Append": true,
	"(Engine).Format": true, "(Engine).IsEngine": true, "(Engine).Title": true,
}

// isOfInterface are the names of methods that the standard library calls.
var isOfInterface = map[string]bool{
	"String": true, "Error": true, "MarshalText": true, "UnmarshalText": true, "MarshalJSON": true, "UnmarshalJSON": true,
}

func receiver(f *doc.Func) string {
	if f.Recv == "" {
		return ""
	}
	return "(" + f.Recv + ")."
}

// hasExample reports whether one of the examples of f is run.
func hasExample(f *doc.Func) bool {
	for _, e := range f.Examples {
		if e.Output != "" || e.EmptyOutput {
			return true
		}
	}
	return false
}

// TestPlaces checks that the files, functions and fields that the pages about the code name exist: what stands
// in backquotes and looks like a path of the repository, or like a name of one of its packages.
func TestPlaces(t *testing.T) {
	declared := declaredNames(t)
	quoted := regexp.MustCompile("`([^`\n]+)`")
	path := regexp.MustCompile(`^\.?[a-z][\w.-]*(/[\w.-]+)*/?$`)
	name := regexp.MustCompile(`^([a-z]\w*)\.([A-Za-z]\w*)$`)
	private := regexp.MustCompile(`^[a-z]+[A-Z]\w*$`)
	placeholder := regexp.MustCompile(`/[A-Z]{4,}.*`) // "testdata/traces/ENGINE/CASE.txt"
	paths, names := 0, 0
	for _, page := range [...]string{"docs/architecture.md", "CONTRIBUTING.md", "conformance/README.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(outsideOfCode(string(text)), -1) {
			word, _, _ := strings.Cut(m[1], " ")
			word = placeholder.ReplaceAllString(word, "")
			if n := name.FindStringSubmatch(word); n != nil && n[2] != "go" && declared[n[1]] != nil {
				if names++; !declared[n[1]][n[2]] {
					t.Errorf("%s: package %s has no %s", page, n[1], n[2])
				}
				continue
			}
			if private.MatchString(word) {
				if names++; !isDeclared(declared, word) {
					t.Errorf("%s: no package has %s", page, word)
				}
				continue
			}
			if !path.MatchString(word) || !strings.Contains(word, "/") && !slices.Contains([]string{".go", ".js", ".md", ".yml"}, filepath.Ext(word)) {
				continue
			}
			if paths++; !isThere(word) {
				t.Errorf("%s: there is no %s", page, word)
			}
		}
	}
	if paths < 50 || names < 30 {
		t.Errorf("only %d paths and %d names were found", paths, names)
	}
}

// isDeclared reports whether some package declares a name.
func isDeclared(declared map[string]map[string]bool, name string) bool {
	for _, names := range declared {
		if names[name] {
			return true
		}
	}
	return false
}

// outsideOfCode returns a page without its blocks of code.
func outsideOfCode(page string) string {
	var b strings.Builder
	inBlock := false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			inBlock = !inBlock
		} else if !inBlock && !strings.HasPrefix(line, "    ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// isThere reports whether a path is in the repository, or in the folder of the package that the page is about.
func isThere(path string) bool {
	for _, folder := range [...]string{".", "internal/reader", "conformance"} {
		if _, err := os.Stat(filepath.Join(folder, path)); err == nil {
			return true
		}
	}
	return false
}

// declaredNames returns what the packages of the repository declare, by their names.
func declaredNames(t *testing.T) map[string]map[string]bool {
	declared := make(map[string]map[string]bool)
	files, err := filepath.Glob("internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range publicPackages {
		more, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if declared[file.Name.Name] == nil {
			declared[file.Name.Name] = make(map[string]bool)
		}
		names := declared[file.Name.Name]
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				names[n.Name.Name] = true
				return false
			case *ast.TypeSpec:
				names[n.Name.Name] = true
			case *ast.ValueSpec:
				for _, id := range n.Names {
					names[id.Name] = true
				}
			}
			return true
		})
	}
	declared["scan"] = declared["reader"] // its methods, in the page's "scan.run"
	return declared
}

// TestFormatsPage checks that the lines that the page about formats shows of an engine are read and written as that
// engine's.
func TestFormatsPage(t *testing.T) {
	page, err := os.ReadFile("docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	engines := map[string]stacktrace.Engine{"Node": stacktrace.V8, "Deno": stacktrace.V8}
	for _, engine := range stacktrace.Engines() {
		engines[engine.Title()] = engine
	}
	var engine stacktrace.Engine
	lines, block := 0, ""
	for line := range strings.Lines(string(page)) {
		line = strings.TrimRight(line, "\n")
		if heading, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && line[0] == '#' {
			engine = engines[heading]
		}
		if fence, ok := strings.CutPrefix(line, "```"); ok {
			if block == "" {
				block = fence + "…"
			} else {
				block = ""
			}
			continue
		}
		call := strings.TrimSuffix(strings.TrimSpace(line), " {")
		if engine == stacktrace.NoEngine || block != "…" || !strings.HasPrefix(call, "at ") && !strings.Contains(call, "@") {
			continue
		}
		format := engine.Format()
		frame, ok := format.Read(call)
		if lines++; !ok {
			t.Errorf("%v does not read %q", engine, call)
			continue
		}
		written := string(format.Append(nil, frame))
		if again, ok := format.Read(written); !ok || again != frame {
			t.Errorf("%v reads %q as %+v, writes %q and reads that as %+v", engine, call, frame, written, again)
		}
	}
	if lines < 90 {
		t.Errorf("only %d lines were found", lines)
	}
}

// TestPicture checks that the picture of the packages is true: each arrow is an import, and each import between two
// packages of the picture is an arrow or follows from others.
func TestPicture(t *testing.T) {
	page, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, picture, _ := strings.Cut(string(page), "```mermaid\n")
	picture, _, _ = strings.Cut(picture, "```")
	folders := map[string]string{"beam": "beam", "formats": "formats"} // by the names of the nodes
	arrows := make(map[string][]string)
	node := regexp.MustCompile(`(\w+)(?:\["([^"]*)"\])?`)
	for line := range strings.Lines(picture) {
		from, to, ok := strings.Cut(line, " --> ")
		if !ok {
			continue
		}
		source := ""
		for i, m := range node.FindAllStringSubmatch(from+" "+to, -1) {
			if folders[m[1]] == "" || m[2] != "" {
				folders[m[1]] = cmp.Or(m[2], folders[m[1]], m[1])
			}
			if i == 0 {
				source = m[1]
			} else {
				arrows[source] = append(arrows[source], m[1])
			}
		}
	}
	folders["root"] = "."
	if len(folders) < 15 {
		t.Fatalf("only %d packages are in the picture", len(folders))
	}
	for from, folder := range folders {
		imports := importsOf(t, folder)
		if len(imports) == 0 && folder != "formats" {
			continue // a module of its own that is not there
		}
		for _, to := range arrows[from] {
			if !imports[folders[to]] {
				t.Errorf("%s does not import %s", folder, folders[to])
			}
		}
		for to, other := range folders {
			if imports[other] && !leads(arrows, from, to) {
				t.Errorf("%s imports %s, which the picture does not tell", folder, other)
			}
		}
	}
}

// leads reports whether arrows lead from one node to another.
func leads(arrows map[string][]string, from, to string) bool {
	return from == to || slices.ContainsFunc(arrows[from], func(next string) bool { return leads(arrows, next, to) })
}

// importsOf returns the folders of the packages of this repository that the package in a folder imports.
func importsOf(t *testing.T, folder string) map[string]bool {
	const module = "github.com/stacktrace-go/stacktrace"
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	imports := make(map[string]bool)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			if path, ok := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), module); ok {
				imports[cmp.Or(strings.TrimPrefix(path, "/"), ".")] = true
			}
		}
	}
	return imports
}
