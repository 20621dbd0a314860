package main

import (
	"fmt"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// engineNames returns the names of all engines, as flags take them.
func engineNames() []string {
	var names []string
	for _, engine := range stacktrace.Engines() {
		names = append(names, engine.String())
	}
	return names
}

// engineOf returns the name of the engine in whose syntax a trace is.
func engineOf(t *stacktrace.Trace) string { return t.Engine.String() }

// engineNamed returns the engine with a name.
func engineNamed(name string) (stacktrace.Engine, error) {
	var engine stacktrace.Engine
	if err := engine.UnmarshalText([]byte(name)); err != nil || engine == stacktrace.NoEngine {
		return engine, fmt.Errorf("unknown engine %q: %s", name, strings.Join(engineNames(), ", "))
	}
	return engine, nil
}

// render returns a trace as the engine with a name would have written it.
func render(t *stacktrace.Trace, name string) (string, error) {
	engine, err := engineNamed(name)
	if err != nil {
		return "", err
	}
	return t.Render(engine)
}

// engineList returns the names of all engines for a person: "v8, jsc and bun".
func engineList() string {
	engines := engineNames()
	return strings.Join(engines[:len(engines)-1], ", ") + " and " + engines[len(engines)-1]
}

// engineTitle returns the name of an engine as people know it.
func engineTitle(name string) string {
	var engine stacktrace.Engine
	if engine.UnmarshalText([]byte(name)) != nil {
		return name
	}
	if engine == stacktrace.NoEngine {
		return "no engine's syntax"
	}
	return engine.Title()
}
