package stacktrace_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// The functions below turn a Trace into what other trackers take. They are examples to copy: none needs
// more than 15 lines.

// failure is the error that the examples are about.
var failure = stacktrace.Parse("TypeError: x is not a function\n" +
	"    at load (https://example.com/app.js:12:34)\n" +
	"    at render (https://example.com/node_modules/preact/preact.js:1:400)")

// Elastic's events have the innermost frame first.
// https://www.elastic.co/guide/en/apm/guide/current/api-error.html
func elasticException(t *stacktrace.Trace) map[string]any {
	frames := []map[string]any{}
	for _, f := range normalize.Trace(t).All {
		frame := t.Frames[f.Index]
		frames = append(frames, map[string]any{
			"abs_path": frame.File, "filename": f.File, "function": frame.Name(),
			"lineno": frame.Line, "colno": frame.Col, "library_frame": !f.InApp,
		})
	}
	return map[string]any{"type": t.Type, "message": t.Message, "code": t.Code, "stacktrace": frames}
}

func Example_elastic() {
	printJSON(elasticException(failure))
	// Output: {"code":"","message":"x is not a function","stacktrace":[{"abs_path":"https://example.com/app.js","colno":34,"filename":"/app.js","function":"load","library_frame":false,"lineno":12},{"abs_path":"https://example.com/node_modules/preact/preact.js","colno":400,"filename":"/node_modules/preact/preact.js","function":"render","library_frame":true,"lineno":1}],"type":"TypeError"}
}

// Faro's payload has the innermost frame first.
// https://grafana.com/docs/grafana-cloud/monitor-applications/frontend-observability/
func faroException(t *stacktrace.Trace) map[string]any {
	frames := []map[string]any{}
	for _, f := range t.Frames {
		frames = append(frames, map[string]any{
			"filename": f.File, "function": f.Name(), "lineno": f.Line, "colno": f.Col,
		})
	}
	return map[string]any{"type": t.Type, "value": t.Message, "stacktrace": map[string]any{"frames": frames}}
}

func Example_faro() {
	printJSON(faroException(failure))
	// Output: {"stacktrace":{"frames":[{"colno":34,"filename":"https://example.com/app.js","function":"load","lineno":12},{"colno":400,"filename":"https://example.com/node_modules/preact/preact.js","function":"render","lineno":1}]},"type":"TypeError","value":"x is not a function"}
}

// Honeycomb takes a trace apart into four attributes of a span or log record.
// https://docs.honeycomb.io/send-data/javascript-browser/
func honeycombAttributes(t *stacktrace.Trace) map[string]any {
	var functions, urls []string
	var lines, columns []int
	for _, f := range t.Frames {
		functions, urls = append(functions, f.Name()), append(urls, f.File)
		lines, columns = append(lines, f.Line), append(columns, f.Col)
	}
	const prefix = "exception.structured_stacktrace."
	return map[string]any{
		prefix + "functions": functions, prefix + "urls": urls, prefix + "lines": lines, prefix + "columns": columns,
		"exception.type": t.Type, "exception.message": t.Message,
	}
}

func Example_honeycomb() {
	printJSON(honeycombAttributes(failure))
	// Output: {"exception.message":"x is not a function","exception.structured_stacktrace.columns":[34,400],"exception.structured_stacktrace.functions":["load","render"],"exception.structured_stacktrace.lines":[12,1],"exception.structured_stacktrace.urls":["https://example.com/app.js","https://example.com/node_modules/preact/preact.js"],"exception.type":"TypeError"}
}

// Bugsnag's events have the innermost frame first, and a list of exceptions that begins with the error
// itself.
// https://bugsnagerrorreportingapi.docs.apiary.io/
func bugsnagExceptions(t *stacktrace.Trace) []map[string]any {
	exceptions := []map[string]any{}
	for e := range t.All() {
		frames := []map[string]any{}
		for _, f := range e.Frames {
			frames = append(frames, map[string]any{
				"file": f.File, "method": f.Name(), "lineNumber": f.Line, "columnNumber": f.Col, "inProject": normalize.Frame(f).InApp,
			})
		}
		exceptions = append(exceptions, map[string]any{"errorClass": e.Type, "message": e.Message, "type": "browserjs", "stacktrace": frames})
	}
	return exceptions
}

func Example_bugsnag() {
	printJSON(bugsnagExceptions(failure))
	// Output: [{"errorClass":"TypeError","message":"x is not a function","stacktrace":[{"columnNumber":34,"file":"https://example.com/app.js","inProject":true,"lineNumber":12,"method":"load"},{"columnNumber":400,"file":"https://example.com/node_modules/preact/preact.js","inProject":false,"lineNumber":1,"method":"render"}],"type":"browserjs"}]
}

// Rollbar's items have the innermost frame last.
// https://docs.rollbar.com/reference/create-item
func rollbarTrace(t *stacktrace.Trace) map[string]any {
	frames := []map[string]any{}
	for _, f := range slices.Backward(t.Frames) {
		frames = append(frames, map[string]any{
			"filename": f.File, "method": f.Name(), "lineno": f.Line, "colno": f.Col,
		})
	}
	return map[string]any{"frames": frames, "exception": map[string]any{"class": t.Type, "message": t.Message}}
}

func Example_rollbar() {
	printJSON(rollbarTrace(failure))
	// Output: {"exception":{"class":"TypeError","message":"x is not a function"},"frames":[{"colno":400,"filename":"https://example.com/node_modules/preact/preact.js","lineno":1,"method":"render"},{"colno":34,"filename":"https://example.com/app.js","lineno":12,"method":"load"}]}
}

func printJSON(v any) {
	if err := json.NewEncoder(os.Stdout).Encode(v); err != nil {
		panic(err)
	}
}

// TestAdaptersShort checks that the functions above stay as short as their comment says.
func TestAdaptersShort(t *testing.T) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "adapters_test.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	adapters := 0
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Type.Results == nil || strings.HasPrefix(f.Name.Name, "Test") {
			continue
		}
		adapters++
		if lines := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1; lines > 15 {
			t.Errorf("%s has %d lines", f.Name.Name, lines)
		}
	}
	if adapters != 5 {
		t.Errorf("%d adapters, want 5", adapters)
	}
}
