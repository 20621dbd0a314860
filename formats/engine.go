package formats

import "fmt"

// Engine names the syntax of a line: that of a JavaScript engine, or of a console, a tool, a framework or
// Python, which print frames in a syntax of their own. The zero value is [NoEngine].
type Engine uint8

// The syntaxes that are known, in the order of their documentation. Those from Python on are no engine's.
const (
	NoEngine Engine = iota // no engine wrote it, or none is known
	V8
	SpiderMonkey
	JSC
	Chakra
	Hermes
	QuickJS
	Bun
	Duktape
	MuJS
	Rhino
	Nashorn
	GraalJS
	XS
	Goja
	Otto
	NJS
	QV4
	Engine262
	Carakan
	Presto
	Python
	DevTools
	FirefoxConsole
	SafariConsole
	PhantomJS
	Vitest
	React
	Vue
	Rows
)

// table has a row for each syntax, in the order of the constants. Nothing else lists them all.
var table = [...]*Format{
	V8:             &v8,
	SpiderMonkey:   &spidermonkey,
	JSC:            &jsc,
	Chakra:         &chakra,
	Hermes:         &hermes,
	QuickJS:        &quickjs,
	Bun:            &bun,
	Duktape:        &duktape,
	MuJS:           &mujs,
	Rhino:          &rhino,
	Nashorn:        &nashorn,
	GraalJS:        &graaljs,
	XS:             &xs,
	Goja:           &goja,
	Otto:           &otto,
	NJS:            &njs,
	QV4:            &qv4,
	Engine262:      &engine262,
	Carakan:        &carakan,
	Presto:         &presto,
	Python:         &python,
	DevTools:       &devtools,
	FirefoxConsole: &firefoxConsole,
	SafariConsole:  &safariConsole,
	PhantomJS:      &phantomJS,
	Vitest:         &vitest,
	React:          &react,
	Vue:            &vue,
	Rows:           &rows,
}

// Format returns the syntax that e names, or nil if e is [NoEngine].
func (e Engine) Format() *Format {
	if int(e) >= len(table) {
		return nil
	}
	return table[e]
}

// String returns the name of e in JSON and on command lines: "v8", "spidermonkey". That of [NoEngine] is "".
func (e Engine) String() string {
	if format := e.Format(); format != nil {
		return format.name
	}
	return ""
}

// Title returns the name of e as people know it: "V8", "JavaScriptCore", "Firefox's console". That of
// [NoEngine] is "".
func (e Engine) Title() string {
	if format := e.Format(); format != nil {
		return format.title
	}
	return ""
}

// IsEngine reports whether e is the syntax of a JavaScript engine, and not that of a console, a tool, a
// framework or Python.
func (e Engine) IsEngine() bool {
	format := e.Format()
	return format != nil && !format.foreign
}

// MarshalText returns what String does.
func (e Engine) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText makes e the engine called text; an empty text is [NoEngine]. Another name that is not known
// is an error.
func (e *Engine) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*e = NoEngine
		return nil
	}
	format := Named(string(text))
	if format == nil {
		return fmt.Errorf("stacktrace: unknown engine %q", text)
	}
	*e = format.engine
	return nil
}

// All returns the syntaxes that are known, in the order of their constants.
func All() []*Format { return append([]*Format(nil), table[V8:]...) }

// Named returns the syntax called name, or nil if there is none.
func Named(name string) *Format {
	for _, format := range table[V8:] {
		if format.name == name {
			return format
		}
	}
	return nil
}
