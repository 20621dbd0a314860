package formats

// Code that has no source: the engine's own functions and the host's. Each engine has its word:
//
//	Array.forEach (<anonymous>)               V8
//	Array.sort (native)                       V8 before 2018; Hermes, QuickJS
//	Array.prototype.forEach (native code)     Chakra
//	forEach@[native code]                     JavaScriptCore
//	[native code]                             JavaScriptCore before 2023, without a name
//	forEach (native:1:11)                     Bun, for functions that are JavaScript inside
//	sort (unknown)                            Bun
//	forEach () native strict preventsyield    Duktape
//	Array.prototype.forEach (native)          MuJS, njs
//	forEach (native)                          goja, engine262
//	forEach (<native code>)                   otto
//	forEach ()                                XS, but not only for native code
//
// SpiderMonkey, Rhino, Nashorn and QML's engine leave such frames out.

// isNativeAt reports whether location, from between the parentheses of an "at" line, is an engine's
// word for native code.
func isNativeAt(location string) bool {
	return location == "<anonymous>" || location == "native"
}

const (
	nativeChakra = "native code"
	nativeJSC    = "[native code]"
	nativeBun    = "native"
	unknownBun   = "unknown"
)
