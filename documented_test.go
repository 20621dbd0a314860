package stacktrace_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
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
