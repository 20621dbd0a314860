package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// packageOf returns the name of the package whose file a path or URL names, "" if it may be of several,
// and the path within it:
//
//	…/node_modules/react-dom/cjs/react-dom.js                            npm
//	…/node_modules/@babel/core/lib/index.js                              npm, in a scope
//	…/node_modules/.pnpm/@babel+core@7.0.0/node_modules/@babel/core/a.js pnpm
//	…/.yarn/cache/lodash-npm-4.17.21-6382451519-eb835a2e51.zip/node_modules/lodash/a.js
//	…/node_modules/.vite/deps/react-dom_client.js?v=1f2e3d4c             Vite
//	https://unpkg.com/vue@3.4.0/dist/vue.js
//	https://cdn.jsdelivr.net/npm/vue@3/dist/vue.js
//	https://esm.sh/preact@10.5.7/hooks, https://esm.sh/v135/preact@10.5.7/es2022/preact.mjs
//	https://cdn.skypack.dev/lodash, https://ga.jspm.io/npm:lodash@4.17.21/lodash.js
//	https://cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1/jquery.min.js
//	https://deno.land/std@0.200.0/path/mod.ts, https://deno.land/x/oak@v12/mod.ts
//	https://jsr.io/@std/path/1.0.0/mod.ts
//	npm:chalk@5, jsr:@std/path@1
//
// The pairs of file are among p.
func packageOf(file string, p *pairs) (name, path string, ok bool) {
	const modules = "node_modules"
	if strings.HasPrefix(file, "webpack") {
		file = cutLoaders(file)
	}
	if i := p.lastIndex(file, &wordModules); i >= 0 && i+len(modules) < len(file) && isSeparator(file[i+len(modules)]) && (i == 0 || !isNameByte(file[i-1])) {
		return packageInModules(cutCnpm(file[i+len(modules)+1:]))
	}
	if name, path, ok := packageInFolder(file, p); ok {
		return name, path, true
	}
	scheme, rest := cutScheme(file)
	switch scheme {
	case "npm", "jsr":
		return cutPackage(strings.TrimPrefix(rest, "/"), true)
	case "http", "https":
	default:
		return "", "", false
	}
	host, path, _ := strings.Cut(strings.TrimPrefix(rest, "//"), "/")
	return packageOnHost(host, path)
}

// packageInModules is packageOf of what follows the last folder node_modules of a path.
func packageInModules(rest string) (name, path string, ok bool) {
	if deps, ok := cutAny(rest, ".vite/deps/", ".vite/deps_ssr/"); ok {
		deps, _ = cutQuery(deps)
		name := strings.TrimSuffix(deps, ".js")
		if strings.HasPrefix(name, "chunk-") { // of several packages
			return "", deps, true
		}
		if strings.HasPrefix(name, "@") {
			name = strings.Replace(name, "_", "/", 1)
		}
		if at := strings.IndexByte(name, '_'); at > 0 {
			name = name[:at]
		}
		return name, deps, true
	}
	if deps, ok := strings.CutPrefix(rest, ".vite/"); ok {
		return cutPackage(deps, false)
	}
	if store, ok := strings.CutPrefix(rest, ".store/"); ok {
		if name, path, ok := cutStoreName(store); ok {
			return name, path, true
		}
	}
	return cutPackage(rest, false)
}

// packageOnHost is packageOf of a path on a host that serves packages.
func packageOnHost(host, path string) (name, rest string, ok bool) {
	switch host {
	case "cdn.skypack.dev":
		return cutPackage(strings.TrimPrefix(path, "-/"), true)
	case "unpkg.com", "jsr.io", "npm.jsr.io", "esm.run":
		return cutPackage(path, true)
	case "cdn.jsdelivr.net", "fastly.jsdelivr.net":
		if rest, ok := strings.CutPrefix(path, "npm/"); ok {
			return cutPackage(rest, true)
		}
		if rest, ok := strings.CutPrefix(path, "gh/"); ok {
			return cutPackage("@"+rest, true)
		}
	case "ga.jspm.io", "jspm.dev":
		return cutPackage(strings.TrimPrefix(path, "npm:"), true)
	case "esm.sh":
		for len(path) > 0 && path[0] != '@' { // v135/, stable/
			segment, rest, more := strings.Cut(path, "/")
			if !more || segment != "stable" && (segment[0] != 'v' || strings.Trim(segment[1:], "0123456789") != "") {
				break
			}
			path = rest
		}
		return cutPackage(strings.TrimPrefix(path, "*"), true)
	case "cdnjs.cloudflare.com":
		if rest, ok := strings.CutPrefix(path, "ajax/libs/"); ok {
			return cutPackage(rest, false)
		}
	case "ajax.googleapis.com":
		if rest, ok := strings.CutPrefix(path, "ajax/libs/"); ok {
			return cutPackage(rest, false)
		}
	case "code.jquery.com":
		return "jquery", path, true
	case "stackpath.bootstrapcdn.com", "maxcdn.bootstrapcdn.com", "netdna.bootstrapcdn.com":
		return cutPackage(path, false)
	case "deno.land":
		return cutPackage(strings.TrimPrefix(path, "x/"), true)
	}
	return "", "", false
}

// packageInFolder returns the name of the package whose file lies in a folder that only packages are in, but
// for node_modules:
//
//	bower_components/jquery/…, jspm_packages/npm/react@16.0.0/…      Bower, jspm
//	webpack:///./~/react-proxy/…                                      webpack 1
//	/usr/share/nodejs/express/…                                       Debian
//	www/plugins/cordova-plugin-camera/www/Camera.js                   Cordova
//	…/npm/HOST/chalk/5.3.0/source/index.js                            Deno's cache
//	external "vum"                                                    webpack, of what is loaded otherwise
func packageInFolder(file string, p *pairs) (name, path string, ok bool) {
	for i := range packageFolders {
		if rest, ok := cutFolder(file, p, &packageFolders[i]); ok {
			return cutPackage(rest, false)
		}
	}
	for i := range pluginFolders {
		if i := p.index(file, &pluginFolders[i]); i >= 0 {
			return cutPackage(file[i+len("/plugins/"):], false)
		}
	}
	if rest, ok := cutFolder(file, p, &wordBunCache); ok {
		return cutPackage(rest, true)
	}
	if p.index(file, &wordDenoCache) >= 0 {
		return "", "", true
	}
	if rest, ok := cutFolder(file, p, &wordJspm); ok {
		return cutPackage(rest, true)
	}
	if i := p.lastIndex(file, &wordWebpack1); i >= 0 && strings.HasPrefix(file, "webpack") {
		return cutPackage(file[i+len(wordWebpack1.text):], false)
	}
	if rest, ok := cutFolder(file, p, &wordCordova); ok && strings.Contains(rest, "/") && (strings.HasPrefix(file, "file:") || strings.Contains(rest, "plugin")) {
		return cutPackage(rest, false)
	}
	if rest, ok := cutFolder(file, p, &wordNpm); ok && strings.HasPrefix(file, "file:") || ok && strings.HasPrefix(file, "/") {
		host, rest, _ := strings.Cut(rest, "/")
		if name, version, ok := cutPackage(rest, false); ok && strings.IndexByte(host, '.') > 0 && version != "" && txt.IsDigit(version[0]) {
			return name, version, true
		}
	}
	if p.contains(file, webpackServer...) {
		name, path, _ := strings.Cut(file[strings.Index(file, "(webpack)")+len("(webpack)"):], "/")
		return "webpack" + name, path, true
	}
	if rest, ok := cutFolder(file, p, &wordMeteor); ok { // Meteor's, whose names have an author
		if name, path, _ := strings.Cut(rest, "/"); strings.IndexByte(name, ':') > 0 {
			return name, path, true
		}
	}
	if i := p.index(file, &wordExternal); i >= 0 && (i == 0 || file[i-1] == '/') {
		name, _, _ = strings.Cut(file[i+len(wordExternal.text):], "\"")
		return name, "", name != ""
	}
	return "", "", false
}

var (
	wordModules    = newWord("node_modules")
	packageFolders = newWords("bower_components/", "/usr/share/nodejs/")
	pluginFolders  = newWords("/plugins/cordova-plugin-", "/plugins/phonegap-plugin-")
	wordBunCache   = newWord("/.bun/install/cache/")
	wordDenoCache  = newWord("/deno/deps/https/")
	wordJspm       = newWord("jspm_packages/npm/")
	wordWebpack1   = newWord("/~/")
	wordCordova    = newWord("www/plugins/")
	wordNpm        = newWord("/npm/")
	webpackServer  = newWords("(webpack)-dev-server/", "(webpack)-hot-middleware/")
	wordMeteor     = newWord("packages/")
	wordExternal   = newWord("external \"")
)

// cutFolder returns what follows the last folder of that name in a path.
func cutFolder(file string, p *pairs, folder *word) (rest string, ok bool) {
	i := p.lastIndex(file, folder)
	if i < 0 || i > 0 && folder.text[0] != '/' && !isSeparator(file[i-1]) {
		return "", false
	}
	return file[i+len(folder.text):], true
}

// cutCnpm takes out what cnpm puts before and behind the name of a package:
//
//	_gulp@3.9.1@gulp/index.js                 gulp/index.js
//	_@babel_core@7.26.0@@babel/core/lib/a.js  @babel/core/lib/a.js
func cutCnpm(path string) string {
	if !strings.HasPrefix(path, "_") {
		return path
	}
	if i := strings.Index(path, "@@"); i > 1 {
		return path[i+1:]
	}
	end := strings.IndexAny(path, `/\`)
	if end < 0 {
		end = len(path)
	}
	if at := strings.LastIndexByte(path[:end], '@'); at > 1 && strings.IndexByte(path[1:at], '@') > 0 {
		return path[at+1:]
	}
	return path
}

// cutStoreName returns the package of a folder in the store of Yarn or Midgard: react-npm-18.2.0-1f2e/package/.
func cutStoreName(path string) (name, rest string, ok bool) {
	segment, rest, _ := strings.Cut(path, "/")
	name, _, ok = strings.Cut(segment, "-npm-")
	if !ok {
		return "", "", false
	}
	if strings.HasPrefix(name, "@") {
		name = strings.Replace(name, "-", "/", 1)
	}
	return name, strings.TrimPrefix(rest, "package/"), true
}

// cutPackage returns the name of the package that path begins with, and what follows it. Versioned
// says that "@" and a version may follow the name.
func cutPackage(path string, versioned bool) (name, rest string, ok bool) {
	i := 0
	for scoped := strings.HasPrefix(path, "@"); i < len(path); i++ {
		if isSeparator(path[i]) {
			if !scoped {
				break
			}
			scoped = false
		}
	}
	name = path[:i]
	if i < len(path) {
		rest = path[i+1:]
	}
	if versioned {
		name, _ = cutQuery(name)
		if at := strings.LastIndexByte(name, '@'); at > 0 {
			name = name[:at]
		}
	}
	if name == "" || name == "@" || !versioned && rest == "" || name[0] == '.' {
		return "", "", false
	}
	return strings.ReplaceAll(name, `\`, "/"), rest, true
}

// cutAny cuts the first of the prefixes that s has.
func cutAny(s string, prefixes ...string) (string, bool) {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			return rest, true
		}
	}
	return s, false
}

func isSeparator(c byte) bool { return c == '/' || c == '\\' }

func isNameByte(c byte) bool {
	return txt.IsLetter(c) || txt.IsDigit(c) || c == '_' || c == '-' || c == '.'
}
