package normalize

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// setOrigin tells whose code the file raw is, whose canonical name is known, by where it lies and what it is
// called. A name that a tool gives only to others' code is others' code; one that anyone may choose is
// the application's. The pairs of raw are among p.
func (c *config) setOrigin(raw string, p *pairs, file *canonicalFile) {
	switch {
	case matchesAny(c.appPatterns, raw):
		file.code = App
		return
	case matchesAny(c.otherPatterns, raw):
		file.code = Dependency
		file.pkg, _, _ = packageOf(raw, p)
		return
	}
	if file.code != App && file.code != Inline {
		return
	}
	scheme, rest := cutScheme(raw)
	plain, _ := cutQuery(raw)
	name, _ := cutQuery(file.name) // without the build's hash
	named := name[strings.LastIndexByte(name, '/')+1:]
	hashed := file.rules&RuleHash != 0
	plain = strings.ReplaceAll(plain, `\`, "/")
	switch {
	case isEvalFile(raw):
		file.code = Eval
	case file.code == Inline:
	case isMetroBundle(scheme, plain, p):
	case isExtensionFile(raw, p):
		file.code = Extension
	case raw == "self-hosted":
		file.code = Native
	case isRuntimeFile(raw), isHostRuntime(scheme, plain, p), isBundlerRuntime(scheme, plain, named, hashed, p):
		file.code = Runtime
	default:
		if pkg, _, ok := packageOf(raw, p); ok {
			file.code, file.pkg = Dependency, pkg
			break
		}
		host := ""
		if scheme == "http" || scheme == "https" {
			host = hostName(rest)
		}
		base := plain[strings.LastIndexByte(plain, '/')+1:]
		if pkg, ok := libraryOf(base, plain, p); ok {
			file.code, file.pkg = Dependency, pkg
		} else if pkg, ok := chunkOf(base, named, plain, hashed, p); ok {
			file.code, file.pkg = Dependency, pkg
		} else if host != "" && isThirdParty(host, rest) {
			file.code = Dependency
		} else if pkg, python := pythonOf(plain); python != App {
			file.code, file.pkg = python, pkg
		} else if host != "" && isPage(plain) || raw == "(index)" {
			file.code = Inline
		}
	}
}

// matchesAny reports whether one of the patterns, in which "*" stands for anything, is part of file.
func matchesAny(patterns []string, file string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		rest := file
		for _, piece := range strings.Split(pattern, "*") {
			i := strings.Index(rest, piece)
			if i < 0 {
				return false
			}
			rest = rest[i+len(piece):]
		}
		return true
	})
}

// hostName returns the host of a URL without its port, from what follows the scheme and colon.
func hostName(rest string) string {
	host := strings.TrimPrefix(rest, "//")
	for i := 0; i < len(host); i++ {
		if c := host[i]; c == '/' || c == '?' || c == '#' {
			host = host[:i]
			break
		}
	}
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	host, _, _ = strings.Cut(host, ":")
	return host
}

// isEvalFile reports whether a tool gave that name to code without a file: DevTools, Firefox's console and
// scratchpad, Node's prompt, vm and command line, Python's prompt.
func isEvalFile(file string) bool {
	if file == "" || strings.IndexByte("der[<p_VRSi", file[0]) < 0 { // as none of them begins
		return false
	}
	switch file {
	case "debugger eval code", "evalmachine.<anonymous>", "repl", "[eval]", "[stdin]", "<stdin>", "<string>", "<console>", "<input>", "[eval1]", "pasted":
		return true
	}
	if strings.HasPrefix(file, "__puppeteer_evaluation_script__") || strings.HasPrefix(file, "__playwright_evaluation_script__") || strings.HasPrefix(file, "pptr:") {
		return true
	}
	for _, prefix := range [...]string{"VM", "REPL", "Scratchpad/", "debugger:///VM", "<ipython-input-", "<ipython-", "ipykernel_"} {
		if rest, ok := strings.CutPrefix(file, prefix); ok && rest != "" && txt.IsDigit(rest[0]) {
			n := digitsLen(rest)
			return n == len(rest) || rest[n] == ' ' || rest[n] == '-'
		}
	}
	return false
}

// isExtensionFile reports whether a browser hides an extension behind that name.
func isExtensionFile(file string, p *pairs) bool {
	return strings.HasPrefix(file, "webkit-masked-url:") || strings.HasPrefix(file, "safari-extension:") || strings.HasPrefix(file, "user-script:") || strings.HasPrefix(file, "userscript.html?") || p.index(file, &wordUserScript) >= 0 || strings.HasPrefix(file, "chrome-extension:")
}

var wordUserScript = newWord("/userscript.html?name=")

// isMetroBundle reports whether file is the whole application as Metro serves it, under the path of its entry,
// which may be in a package:
//
//	http://localhost:8081/node_modules/expo/AppEntry.bundle//&platform=ios
func isMetroBundle(scheme, file string, p *pairs) bool {
	if scheme != "http" && scheme != "https" {
		return false
	}
	if i := p.index(file, &wordMetro); i > 0 {
		return true
	}
	return strings.HasSuffix(file, ".bundle")
}

// isHostRuntime reports whether a file is part of what runs the application: a cloud's functions, Electron, a
// web view, a package manager's resolver, a test runner's page, the .NET runtime in the browser.
func isHostRuntime(scheme, file string, p *pairs) bool {
	base := file[strings.LastIndexByte(file, '/')+1:]
	switch base {
	case "ELECTRON_ASAR.js", "asar_bundle.js", ".pnp.cjs", ".pnp.js", ".pnp.loader.mjs", "__launcher.js", "__launcher.cjs", "___launcher.js":
		return true
	case "worker-bundle.js":
		return strings.Contains(file, "/workers/node/")
	}
	if p.hasPrefix(base, hostFiles) {
		return true
	}
	if scheme == "http" || scheme == "https" {
		return p.index(file, &wordCypress) >= 0 || p.index(file, &wordBlazor) >= 0 && strings.HasSuffix(base, "js")
	}
	return p.hasPrefix(file, hostPlaces) || p.contains(file, hostFolders...)
}

var (
	wordCypress = newWord("/__cypress/runner/")
	wordBlazor  = newWord("/_framework/")
	hostFiles   = newWords("WAService", "WAWebview", "WASubContext", "WARemote", "___netlify", "___next_launcher", "___vc")
	hostPlaces  = newWords("/var/runtime/", "file:///var/runtime/", "/opt/rust/", "/opt/nodejs/runtime", "cloudflare-internal:", "node-internal:", "cloudflare:", "electron/js2c/", "extensions::", "devtools://", "chrome-devtools://", "pkg/prelude/", "internal:", "___vc/")
	hostFolders = newWords("/___vc/", "/.yarn/releases/yarn-", "electron.asar/", "/snapshot/prelude/")
)

// isBundlerRuntime reports whether a bundler or its development server put the file there to load the others.
//
// Named is the name of the file without the hash that it has if hashed.
func isBundlerRuntime(scheme, file, named string, hashed bool, p *pairs) bool {
	path := file
	switch scheme {
	case "webpack", "webpack-internal", "turbopack":
		path = bundled(scheme, file[len(scheme)+1:])
		if p.contains(file, bundlerFolders...) {
			return true
		}
	}
	if strings.HasPrefix(path, "webpack/") || path != "" && (path[0] == '(' || path[0] == '[') {
		for _, prefix := range [...]string{"webpack/bootstrap", "webpack/runtime/", "(webpack)/", "[turbopack]", "webpack/universalModuleDefinition", "webpack/container", "webpack/sharing"} {
			if strings.HasPrefix(path, prefix) {
				return true
			}
		}
	}
	if i := p.index(file, &wordAt); i >= 0 {
		for _, prefix := range [...]string{"/@vite/", "/@react-refresh", "/@id/__x00__"} {
			if strings.HasPrefix(file[i:], prefix) {
				return true
			}
		}
	}
	if strings.HasPrefix(named, "[turbopack]_runtime") || p.contains(file, webpackFolders...) {
		return true
	}
	stem, ext := cutExtension(named)
	if ext == "" {
		return false
	}
	switch {
	case stem == "webpack-runtime", stem == "webpack-api-runtime", stem == "edge-runtime-webpack", stem == "runtime~main", strings.HasPrefix(stem, "runtime~"), strings.HasPrefix(stem, "runtime-es20"), stem == "runtime-main":
		return true
	case stem == "runtime": // Angular's; any other may be anyone's
		return hashed
	case stem == "webpack", stem == "turbopack":
		return strings.Contains(file, "/_next/static/chunks/")
	}
	return false
}

var (
	bundlerFolders = newWords("/(webpack)/", "[turbopack]/")
	webpackFolders = newWords("/webpack/bootstrap", "/webpack/runtime/")
	wordAt         = newWord("/@")
	wordSources    = newWord("/src/")
	wordInChunk    = newWord("node_modules_")
)

// cutExtension cuts the extension of a script off its name: "" if it has none.
func cutExtension(base string) (stem, ext string) {
	for _, ext := range [...]string{".js", ".mjs", ".cjs"} {
		if stem, ok := strings.CutSuffix(base, ext); ok {
			return stem, ext
		}
	}
	return base, ""
}

// chunkOf reports whether a bundler or a framework gives such a name only to chunks of others' code, and of
// which package it is, if the name tells:
//
//	vendor.4f3a9c1e.js, vendors~main.js, chunk-vendors.js, react-vendor-DkzW1gqV.js, polyfills-es2015.js, vendor.dll.js
//	vendors-node_modules_axios_index_js.js, node_modules_next_dist_ec3769._.js
//	_next/static/chunks/framework-5429a50ba5373c56.js, main-3123a443c688934f.js, polyfills-….js   Next.js
//	ngsw-worker.js                                                                               Angular's service worker
//
// Base is the name of the file at path, and named that without the hash that it has if hashed.
func chunkOf(base, named, path string, hashed bool, p *pairs) (pkg string, ok bool) {
	if strings.HasPrefix(path, "src/") || p.index(path, &wordSources) >= 0 {
		return "", false
	}
	if i := p.lastIndex(base, &wordInChunk); i >= 0 && (i == 0 || !txt.IsLetter(base[i-1])) {
		return packageOfChunk(base[i+len("node_modules_"):]), true
	}
	stem, ext := cutExtension(named)
	if ext == "" {
		return "", false
	}
	if stem != "" && strings.IndexByte("keln578yd", stem[len(stem)-1]) >= 0 { // as these end
		for _, ending := range [...]string{".chunk", ".bundle", ".dll", ".min", "-es5", "-es2015", "-es2017", "-es2018", "-legacy", "-modern", ".prod"} {
			stem = strings.TrimSuffix(stem, ending)
		}
	}
	switch stem {
	case "vendor", "vendors", "chunk-vendors", "polyfill", "polyfills", "polyfills-nomodule", "npm.vendor", "vendors~main", "common-vendors", "chunk-libs", "ngsw-worker", "safety-worker", "chunk-elementUI", "polyfills-css-shim":
		return "", true
	case "framework", "main", "main-app", "react-refresh": // in that folder Next.js alone gives them
		return "", strings.HasSuffix(path[:len(path)-len(base)], "/_next/static/chunks/")
	}
	if rest, ok := strings.CutPrefix(stem, "npm."); ok && rest != "" { // a name that many configurations of webpack give
		return rest, true
	}
	return "", strings.HasPrefix(stem, "vendors~") || strings.HasPrefix(stem, "vendor~") || strings.HasPrefix(stem, "chunk-vendors~") ||
		hashed && (strings.HasPrefix(stem, "vendors-") || strings.HasPrefix(stem, "vendor-") || strings.HasSuffix(stem, "-vendor") || strings.HasSuffix(stem, "-vendors") || strings.HasSuffix(stem, "_vendor"))
}

// packageOfChunk returns the name of the package whose path, with "_" for what names of files cannot have, a
// chunk is called by: "axios_index_js".
func packageOfChunk(name string) string {
	for _, store := range [...]string{"pnpm_", ".pnpm_", "_pnpm_"} {
		name = strings.TrimPrefix(name, store)
	}
	scope := ""
	if strings.HasPrefix(name, "@") {
		i := strings.IndexByte(name, '_')
		if i < 0 {
			return ""
		}
		scope, name = name[:i]+"/", name[i+1:]
	}
	if i := strings.IndexAny(name[min(1, len(name)):], "_@~"); i >= 0 {
		name = name[:i+1]
	}
	name, _, _ = strings.Cut(name, ".js")
	return scope + name
}

// pythonOf tells whose code a file of Python is: a package's, the standard library's, or the application's.
func pythonOf(file string) (pkg string, code Code) {
	if strings.HasPrefix(file, "<frozen ") || strings.HasPrefix(file, "<__array_function__") || strings.HasPrefix(file, "<attrs ") {
		return "", Runtime
	}
	if !strings.HasSuffix(file, ".py") && !strings.HasSuffix(file, ".pyx") {
		return "", App
	}
	for _, folder := range [...]string{"/site-packages/", "/dist-packages/"} {
		if i := strings.LastIndex(file, folder); i >= 0 {
			name, _, more := strings.Cut(file[i+len(folder):], "/")
			if !more {
				name = strings.TrimSuffix(name, ".py")
			}
			return name, Dependency
		}
	}
	file = strings.Replace(file, "/lib64/", "/lib/", 1)
	if i := strings.LastIndex(lower(file), "/lib/"); i >= 0 {
		before, after := lower(file[:i]), lower(file[i+len("/lib/"):])
		folder := before[strings.LastIndexByte(before, '/')+1:]
		if isPythonFolder(folder) {
			return "", Runtime
		}
		if folder, _, ok := strings.Cut(after, "/"); ok && isPythonFolder(folder) {
			return "", Runtime
		}
	}
	return "", App
}

// isPythonFolder reports whether an interpreter is installed in a folder of that name: python3.11, Python35,
// anaconda3.
func isPythonFolder(name string) bool {
	rest, ok := cutAny(name, "python", "anaconda", "miniconda", "miniforge")
	return ok && rest != "" && strings.Trim(rest, "0123456789.-") == ""
}

// isPage reports whether a URL is that of a page rather than of a script.
func isPage(url string) bool {
	i := strings.Index(url, "://")
	path := url[i+len("://"):]
	slash := strings.IndexByte(path, '/')
	if slash < 0 {
		return true
	}
	base := path[strings.LastIndexByte(path, '/')+1:]
	switch dot := strings.LastIndexByte(base, '.'); {
	case base == "":
		return true
	case dot < 0:
		return false // may be a script as well
	default:
		switch lower(base[dot:]) {
		case ".html", ".htm", ".xhtml", ".php", ".asp", ".aspx", ".jsp", ".cfm", ".do", ".action":
			return true
		}
	}
	return false
}
