package main

import (
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// engineNames returns the names of all engines, as flags take them.
func engineNames() []string { return stacktrace.Engines() }

// engineOf returns the name of the engine in whose syntax a trace is.
func engineOf(t *stacktrace.Trace) string { return t.Engine }

// render returns a trace as the engine with a name would have written it.
func render(t *stacktrace.Trace, engine string) (string, error) { return t.Render(engine) }

// engineList returns the names of all engines for a person: "v8, jsc and bun".
func engineList() string {
	engines := engineNames()
	return strings.Join(engines[:len(engines)-1], ", ") + " and " + engines[len(engines)-1]
}

// engineTitles are the names of engines as people know them, where they are not the library's.
var engineTitles = map[string]string{
	"":               "no engine's syntax",
	"v8":             "V8",
	"spidermonkey":   "SpiderMonkey",
	"jsc":            "JavaScriptCore",
	"chakra":         "Chakra",
	"hermes":         "Hermes",
	"quickjs":        "QuickJS",
	"bun":            "Bun",
	"duktape":        "Duktape",
	"mujs":           "MuJS",
	"rhino":          "Rhino",
	"nashorn":        "Nashorn",
	"graaljs":        "GraalJS",
	"xs":             "XS",
	"qv4":            "QML's V4",
	"carakan":        "Opera's Carakan",
	"presto":         "Opera's Presto",
	"devtools":       "Chrome's console",
	"firefoxconsole": "Firefox's console",
	"safariconsole":  "Safari's console",
	"rows":           "rows of a tool",
	"phantomjs":      "PhantomJS",
	"vitest":         "Vitest",
	"react":          "React",
	"vue":            "Vue",
	"python":         "Python",
}

// engineTitle returns the name of an engine as people know it.
func engineTitle(engine string) string {
	if name, ok := engineTitles[engine]; ok {
		return name
	}
	return engine
}
