package stacktrace_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// TestExamples checks that each exported function and method has an example.
func TestExamples(t *testing.T) {
	examples, exported := map[string]bool{}, []string{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			switch {
			case !ok:
			case strings.HasSuffix(entry.Name(), "_test.go"):
				examples[f.Name.Name] = true
			case f.Name.IsExported():
				exported = append(exported, exampleName(f))
			}
		}
	}
	if len(exported) < 20 {
		t.Fatalf("only %d exported functions: %q", len(exported), exported)
	}
	for _, name := range exported {
		if !examples[name] {
			t.Errorf("there is no %s", name)
		}
	}
}

// exampleName returns what the example of f is called.
func exampleName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return "Example" + f.Name.Name
	}
	receiver := f.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	return "Example" + receiver.(*ast.Ident).Name + "_" + f.Name.Name
}
