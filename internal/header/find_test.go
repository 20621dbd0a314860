package header_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace/internal/header"
)

// TestFindStrong has the headers that consoles, loggers and tools print, of real reports and runs.
func TestFindStrong(t *testing.T) {
	for _, test := range []struct {
		line, label, typ, code, message string
	}{
		{"TypeError: x", "", "TypeError", "", "x"},
		{"Failed to load: TypeError: x", "Failed to load", "TypeError", "", "x"},
		{"Module build failed: SyntaxError: x", "Module build failed", "SyntaxError", "", "x"},
		{"Plugin failure: dataview SyntaxError: x", "Plugin failure: dataview", "SyntaxError", "", "x"},
		{"failed to load user 42 TypeError: x", "failed to load user 42", "TypeError", "", "x"},
		{"JS ERROR: TypeError: x", "JS ERROR", "TypeError", "", "x"},
		{"Unhandled Rejection (TypeError): x", "Unhandled Rejection", "TypeError", "", "x"},
		{"ERROR TypeError: x", "", "TypeError", "", "x"},
		{" ERROR  TypeError: x", "", "TypeError", "", "x"},
		{"server error TypeError: x", "server error", "TypeError", "", "x"},
		{"[vite] TypeError: x", "[vite]", "TypeError", "", "x"},
		{"##[error]TypeError: x", "", "TypeError", "", "x"},
		{"✘ [ERROR] Uncaught TypeError: x", "Uncaught", "TypeError", "", "x"},
		{"FATAL ERROR: TypeError: x", "", "TypeError", "", "x"},
		{"2026-11-29 10:00:00 | ERROR | 2127 | shop.api | TypeError: x", "shop.api", "TypeError", "", "x"},
		{"[3/1/2025, 10:00:01 AM] [Hue] TypeError: x", "[Hue]", "TypeError", "", "x"},
		{"E/shop: Error: x", "E/shop", "Error", "", "x"},
		{"DiscordAPIError[50035]: Invalid Form Body", "", "DiscordAPIError", "50035", "Invalid Form Body"},
		{"Error [ERR_X]: x", "", "Error", "ERR_X", "x"},
		{"TypeError [ERROR]: x", "", "TypeError", "", "x"},
		{"Error: Request failed: TypeError: x", "", "Error", "", "Request failed: TypeError: x"},
		{"app.FooException: x", "", "app.FooException", "", "x"},
		{"TypeError", "", "TypeError", "", ""},
		{"Caught: TypeError", "Caught", "TypeError", "", ""},
	} {
		got, ok := header.FindStrong(test.line)
		want := header.Header{Label: test.label, Type: test.typ, Code: test.code, Message: test.message}
		if !ok || got.Header != want {
			t.Errorf("FindStrong(%q) = %+v, %t, want %+v", test.line, got.Header, ok, want)
		}
	}
	for _, line := range []string{
		"", "the TypeError", "an Error occurred", "Exception: x", "Warning: x", "ERROR: x", "no errors: 0", "terrors: x",
		"http://h/Error.js: x", "Errors: 3", "isError: true", "myError: null",
	} {
		if got, ok := header.FindStrong(line); ok {
			t.Errorf("FindStrong(%q) = %+v, want nothing", line, got)
		}
	}
}
