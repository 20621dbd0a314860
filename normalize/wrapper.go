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
// around another:
//
//	asyncGeneratorStep, _next, _throw, _asyncToGenerator   Babel, SWC
//	__awaiter, __generator                                 TypeScript
//	sentryWrapped                                          Sentry
//	zoneDelegateInvoke …                                   are found by their file
func isWrapper(name string) bool {
	switch name {
	case "asyncGeneratorStep", "_asyncToGenerator", "_async_to_generator", "__awaiter", "__generator", "__async", "sentryWrapped", "_next", "_throw",
		"async_generator_step", "tryCatch", "_callSuper", "_regenerator", "_regeneratorDefine", "wrappedByRaven":
		return true
	}
	return false
}
