package stacktrace

import "github.com/stacktrace-go/stacktrace/formats"

// Engine names the syntax of a frame's line: that of a JavaScript engine, or of a console, a tool, a framework
// or Python, which print frames in a syntax of their own; [Engine.IsEngine] tells which. The zero value is
// [NoEngine]. In JSON it is the name that its String method returns: "v8", "" for NoEngine.
type Engine = formats.Engine

// The syntaxes that are known. Engines returns them in this order.
const (
	NoEngine       = formats.NoEngine // no engine wrote it, or none is known
	V8             = formats.V8
	SpiderMonkey   = formats.SpiderMonkey
	JSC            = formats.JSC
	Chakra         = formats.Chakra
	Hermes         = formats.Hermes
	QuickJS        = formats.QuickJS
	Bun            = formats.Bun
	Duktape        = formats.Duktape
	MuJS           = formats.MuJS
	Rhino          = formats.Rhino
	Nashorn        = formats.Nashorn
	GraalJS        = formats.GraalJS
	XS             = formats.XS
	Goja           = formats.Goja
	Otto           = formats.Otto
	NJS            = formats.NJS
	QV4            = formats.QV4
	Engine262      = formats.Engine262
	Carakan        = formats.Carakan
	Presto         = formats.Presto
	Python         = formats.Python
	DevTools       = formats.DevTools
	FirefoxConsole = formats.FirefoxConsole
	SafariConsole  = formats.SafariConsole
	PhantomJS      = formats.PhantomJS
	Vitest         = formats.Vitest
	React          = formats.React
	Vue            = formats.Vue
	Rows           = formats.Rows
)

// Engines returns all that is known but [NoEngine]. Each is one that [Trace.Render] can write.
func Engines() []Engine {
	var engines []Engine
	for _, format := range formats.All() {
		engines = append(engines, format.Engine())
	}
	return engines
}
