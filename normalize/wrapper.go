package normalize

import "strings"

// isWrapperPackage reports whether nothing in a package is worth telling: it wraps the calls of others.
func isWrapperPackage(name string) bool {
	switch name {
	case "":
		return false
	case "zone.js", "core-js", "core-js-pure", "core-js-bundle", "regenerator-runtime", "tslib", "@babel/runtime", "@babel/runtime-corejs3", "@babel/polyfill",
		"@swc/helpers", "asyncToGenerator", "raven-js", "@bugsnag/js", "@bugsnag/browser", "rollbar", "trackjs", "@opentelemetry/context-zone", "es6-promise", "promise-polyfill":
		return true
	}
	return strings.HasPrefix(name, "@sentry/") || strings.HasPrefix(name, "@datadog/browser-") || strings.HasPrefix(name, "@sentry-internal/")
}

// isWrapperFile reports whether a file that is in no package's folder is one of those packages.
func isWrapperFile(name string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".js"), ".min")
	switch base {
	case "zone", "zone-evergreen", "tslib", "regenerator-runtime", "asyncToGenerator", "bundle.tracing", "raven", "datadog-rum":
		return len(base) < len(name)
	}
	return false
}

// isWrapper reports whether a function of this name is what a compiler, polyfill or tracker puts
// around another.
func isWrapper(name string) bool { return isHelper(name) || isTrackerWrapper(name) }

// isTrackerWrapper reports whether a function of this name is what a tracker, or what hooks into timers
// and events, puts around another:
//
//	sentryWrapped, __sentry_wrapped__, wrappedByRaven      Sentry
//	nrWrapper                                              New Relic
//	_rollbar_wrapped                                       Rollbar
//	callMonitored                                          Datadog
//	globalZoneAwareCallback, ZoneAwarePromise              zone.js
func isTrackerWrapper(name string) bool {
	switch name {
	case "sentryWrapped", "__sentry_wrapped__", "__sentry_original__", "wrappedByRaven", "nrWrapper", "_rollbar_wrapped", "callMonitored", "globalZoneAwareCallback", "ZoneAwarePromise", "drainMicroTaskQueue":
		return true
	}
	return false
}

// isHelper reports whether a function of this name is what a compiler puts around another. Those of
// JavaScriptCore have no name if they were assigned to a variable that may
// have held them before, as TypeScript does, but then they are nothing but functions without a name.
//
//	asyncGeneratorStep, _next, _throw, _asyncToGenerator   Babel, SWC
//	__awaiter, __generator, __read                         TypeScript
//
// TypeScript's step and fulfilled are as much a program's own words, and stay.
func isHelper(name string) bool {
	switch name {
	case "asyncGeneratorStep", "_asyncToGenerator", "_async_to_generator", "async_generator_step", "_next", "_throw",
		"tryCatch", "_regenerator", "_regeneratorDefine", "_callSuper", "_inherits", "_classCallCheck", "_createClass",
		"__awaiter", "__generator", "__asyncGenerator", "__asyncValues", "__asyncDelegator", "__async", "__await", "__read", "__values", "__spread",
		"__spreadArray", "__spreadArrays", "__extends", "__assign", "__rest", "__decorate", "__param", "__metadata", "__classPrivateFieldGet",
		"__classPrivateFieldSet", "__classPrivateFieldIn", "__makeTemplateObject", "__importStar", "__importDefault", "__createBinding",
		"__exportStar", "__esDecorate", "__runInitializers", "__propKey", "__setFunctionName", "__addDisposableResource", "__disposeResources":
		return true
	}
	return false
}
