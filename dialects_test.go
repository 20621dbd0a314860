package stacktrace_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestDialectsNoFrames checks that prose which looks like the rows of a console, like components or
// like Opera's backtraces holds no frame.
func TestDialectsNoFrames(t *testing.T) {
	for _, text := range []string{
		"user @ host:22",
		"svc @ db:5432",
		"Deploying\nsvc @ db:5432\ncache @ redis:6379\ndone",
		"write to me@example.com or you@example.com:25",
		"Meet me @ main.js:12",
		"in the box (at home)",
		"lost\n  in the box (at home)\n  in the attic (created by mistake)",
		"put it\nin the drawer\nin the kitchen",
		"Line 5 of the poem",
		"Line 5 of the poem\n  roses are red\nLine 6 of the poem\n  violets are blue",
		"div {\n  color: red;\n}\nspan @ media:1 {\n}",
		"@media screen and (max-width: 600px) {\n  div { color: red }\n}",
		"services:\n  web:\n    image: nginx:1\n    ports:\n      - 80:80\n",
		"html\nbody\ndiv\nspan\n",
		"found in\n\nthe attic",
		"<div>\n<span>\n",
		"GET http://h/a.js:12\nGET http://h/b.js:13",
		"Loading http://h/page:12",
		"Before — and after",
		"Chapter one — section:12",
		"called from the office, column 3 in the paper:",
		"see http://h/a.js:12 in foo",
		"❯ npm run build",
		" ❯ vi.test.mjs (8 tests | 7 failed) 12ms",
		"setTimeout (async)\nPromise.then (async)",
		"Show 3 more frames",
	} {
		trace := stacktrace.Parse(text)
		if len(trace.Frames) > 0 {
			t.Errorf("Parse(%q) = %+v, want no frame", text, trace.Frames)
		}
	}
}

// TestDialectsLaws checks the laws on texts of every dialect.
func TestDialectsLaws(t *testing.T) {
	for _, name := range cases(t, "testdata/traces", ".txt") {
		switch folder, _, _ := strings.Cut(name, "/"); folder {
		case "devtools", "firefoxconsole", "safariconsole", "phantomjs", "vitest", "react", "vue", "presto", "carakan":
		default:
			continue
		}
		text := readFile(t, "testdata/traces/"+name+".txt")
		for law, check := range map[string]func(string) error{
			"nothing invented": laws.Invented,
			"nothing lost":     laws.Lost,
			"round trip":       laws.RoundTrip,
			"neutral":          laws.Neutral,
			"one answer":       laws.OneAnswer,
		} {
			if err := check(text); err != nil {
				t.Errorf("%s: %s: %v", name, law, err)
			}
		}
		trace := stacktrace.Parse(text)
		for _, engine := range stacktrace.Engines() {
			if _, err := trace.Render(engine); err != nil {
				t.Errorf("%s: Render(%q): %v", name, engine, err)
			}
		}
	}
}

// TestDialectsPrefix reads the dialects behind the prefix of a log.
func TestDialectsPrefix(t *testing.T) {
	for _, name := range []string{"devtools/chrome-async-marks", "devtools/chrome-stack-then-rows", "firefoxconsole/firefox-uncaught", "react/react19-firefox-lazy", "vue/vue3-warn", "presto/opera9-message", "carakan/opera12-stacktrace"} {
		text := readFile(t, "testdata/traces/"+name+".txt")
		want := stacktrace.Parse(text)
		got := stacktrace.Parse("[1] " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n[1] "))
		if got.Engine != want.Engine || got.Message != want.Message || len(got.Frames) != len(want.Frames) || !slices.Equal(got.Wrapping, []string{"prefix"}) {
			t.Errorf("%s behind a prefix: %q, %q, %d frames, wrapping %q, want %q, %q, %d frames", name, got.Engine, got.Message, len(got.Frames), got.Wrapping, want.Engine, want.Message, len(want.Frames))
		}
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
