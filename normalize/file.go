package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// File returns the canonical name of a script: the path of its source without query, fragment and
// build hash, without origin, drive and what bundlers and development servers put before it, with
// slashes and with its percent escapes decoded.
//
//	https://cdn.example.com/static/js/main.4f3a9c1e.js?v=3      /static/js/main.js
//	https://example.com/assets/index-Dq-9a_bZ.js                /assets/index.js
//	webpack-internal:///./src/app.tsx                           src/app.tsx
//	webpack://shop/./node_modules/babel-loader/lib!./a.ts?1f2e  a.ts
//	http://localhost:5173/@fs/home/u/shop/src/a.ts?t=1700000    /home/u/shop/src/a.ts
//	file:///C:/shop/a.js, C:\shop\a.js                          /shop/a.js
//	/opt/shop/resources/app.asar/dist/a.js                      app.asar/dist/a.js
//	chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb/a.js    extension:/a.js
//
// A blob has no name but "blob:", a data URL none but its media type.
func File(file string, opts ...Option) string {
	c := newConfig(opts)
	pairs := pairsOf(file)
	name, _, _ := c.file(file, &pairs)
	return name
}

// file returns the canonical name of a script, whose code it is, and the rules that made the name. Its pairs are
// among p.
func (c *config) file(file string, p *pairs) (name string, code Code, rules Rule) {
	name = file
	if name == "" {
		return "", App, 0
	}
	scheme, rest := cutScheme(name)
	if name, code, rules, ok := c.special(scheme, rest, name, p); ok {
		return name, code, rules
	}
	origin := ""
	if scheme != "" {
		path := pathOf(rest)
		if c.origin {
			origin = name[:len(name)-len(path)]
			if scheme == "file" {
				origin = "file://"
			}
		} else {
			rules |= RuleOrigin
		}
		name = path
	}
	if scheme == "" && isDrive(name) {
		if c.origin {
			origin = name[:2]
		} else {
			rules |= RuleOrigin
		}
		name = name[2:]
	} else if scheme == "file" && len(name) > 3 && name[0] == '/' && isDrive(name[1:]) {
		if c.origin {
			origin += name[:3]
		}
		name = name[3:]
	}
	if scheme == "" && strings.IndexByte(name, '\\') >= 0 {
		name, rules = strings.ReplaceAll(name, `\`, "/"), rules|RuleSlashes
	}
	switch scheme {
	case "http", "https":
		if rest, ok := cutServer(name); ok {
			name, rules = rest, rules|RuleBundler
		}
	case "", "file", "vscode-file":
		if i := installed(name, p); i > 0 {
			if c.origin {
				origin += name[:i]
			} else {
				rules |= RuleOrigin
			}
			name = name[i:]
		}
	}
	name, code, rules = c.path(name, p, App, rules)
	if origin != "" {
		name = origin + name
	}
	return name, code, rules
}

// path returns the canonical form of the path of a source, whose pairs are among p.
func (c *config) path(name string, p *pairs, code Code, rules Rule) (string, Code, Rule) {
	if i := p.index(name, &wordMetro); i >= 0 && !c.query { // Metro's, of Hermes
		name, rules = name[:i+len(".bundle")], rules|RuleQuery
	}
	for strings.HasPrefix(name, "../") { // a source map's, from the bundle to the source
		name, rules = name[len("../"):], rules|RuleBundler
	}
	if rest, cut := cutQuery(name); cut {
		switch {
		case !c.query:
			name, rules = rest, rules|RuleQuery
		default:
			if i := strings.IndexByte(name, '#'); i >= 0 {
				name, rules = name[:i], rules|RuleQuery
			}
		}
	}
	if i := strings.LastIndexByte(name, '!'); i >= 0 {
		name, rules = strings.TrimPrefix(name[i+1:], "./"), rules|RuleBundler
	}
	if plain, ok := cutStore(name, p); ok {
		name, rules = plain, rules|RuleBundler
	}
	if strings.IndexByte(name, '%') >= 0 {
		if decoded, ok := decodeEscapes(name); ok {
			name, rules = decoded, rules|RuleEscapes
			decodedPairs := pairsOf(name)
			p = &decodedPairs
		}
	}
	for _, hash := range c.hashes {
		if plain := hash.ReplaceAllLiteralString(name, ""); plain != name {
			name, rules = plain, rules|RuleHash
			cutPairs := pairsOf(name)
			p = &cutPairs
		}
	}
	if plain, ok := cutHashes(name, p); ok {
		name, rules = plain, rules|RuleHash
	}
	return name, code, rules
}

// special returns what file does for the schemes that are no places of the web or of a disk: those of data, of
// runtimes and browsers, of bundlers.
func (c *config) special(scheme, rest, file string, p *pairs) (name string, code Code, rules Rule, ok bool) {
	switch scheme {
	case "data":
		kind, _, _ := strings.Cut(rest, ",")
		kind, _, _ = strings.Cut(kind, ";")
		return "data:" + kind, Inline, RuleID, true
	case "about", "rsc":
		if inner, ok := cutReact(rest); ok {
			name, code, rules = c.file(inner, p)
			return name, code, rules | RuleBundler, true
		}
		if scheme == "about" {
			return "about:", Inline, RuleID, true
		}
	case "webkit-masked-url":
		return "extension:", Extension, RuleID, true
	case "javascript":
		return scheme + ":", Inline, RuleID, true
	case "blob":
		return "blob:", App, RuleID, true
	case "node", "ext", "deno", "internal", "native", "bun", "electron":
		if rest, cut := cutQuery(file); cut && !c.query {
			return rest, Runtime, RuleQuery, true
		}
		return file, Runtime, 0, true
	case "chrome-extension", "moz-extension", "safari-extension", "safari-web-extension", "ms-browser-extension":
		name = "extension:" + pathOf(rest)
		pairs := pairsOf(name)
		name, code, rules = c.path(name, &pairs, Extension, RuleID|RuleOrigin)
		return name, code, rules, true
	case "resource", "chrome", "edge":
		return file, Runtime, 0, true
	case "webpack", "webpack-internal", "turbopack", "ng", "metro", "vite", "rollup", "parcel":
	default:
		return "", 0, 0, false
	}
	name, code, rules = c.path(strings.TrimPrefix(cutLoaders(bundled(scheme, rest)), "./"), p, App, RuleBundler)
	return name, code, rules, true
}

// cutReact takes off what React puts before the file of a frame that a server ran:
//
//	about://React/Server/file:///srv/shop/.next/server/chunks/a.js?3
//	rsc://React/Prerender/webpack-internal:///(rsc)/./app/page.tsx?12
func cutReact(rest string) (inner string, ok bool) {
	rest, ok = strings.CutPrefix(rest, "//React/")
	if !ok {
		return "", false
	}
	_, inner, ok = strings.Cut(rest, "/")
	inner, _ = cutQuery(inner)
	return inner, ok && inner != "" && !strings.HasPrefix(inner, "about:") && !strings.HasPrefix(inner, "rsc:")
}

// installed returns the length of the folder that an application was installed into, which is another
// one for every user, 0 if path is not known to be in one:
//
//	/Applications/Shop.app/Contents/Resources/app.asar/dist/main.js              Electron
//	/data/user/0/com.shop/files/CodePush/4f3a9c1e…/CodePush/index.android.bundle  CodePush
//	/private/var/containers/Bundle/Application/3F2504E0-…/Shop.app/main.jsbundle  iOS
//	/Users/ann/Library/Application Support/Adobe/CEP/extensions/com.shop/a.js      Adobe
//	vscode-file://vscode-app/Applications/Code.app/Contents/Resources/app/out/a.js VS Code
func installed(path string, p *pairs) int {
	if i := p.index(path, &wordAsar); i >= 0 {
		return strings.LastIndexByte(path[:i], '/') + 1
	}
	if i := p.index(path, &wordApp); i >= 0 && strings.Contains(path[:i], "/Bundle/Application/") {
		return i + len(wordApp.text)
	}
	for i := range installedIn {
		folder := &installedIn[i]
		if i := p.index(path, folder); i >= 0 {
			return i + len(folder.text)
		}
	}
	if p.contains(path, downloadedTo...) {
		return strings.LastIndexByte(path, '/') + 1
	}
	return 0
}

var (
	wordMetro    = newWord(".bundle//&")
	wordAsar     = newWord(".asar/")
	wordApp      = newWord(".app/")
	installedIn  = newWords("/CEP/extensions/", "/resources/app/")
	downloadedTo = newWords("/CodePush/", "/.expo-internal/")
)

// cutScheme returns the scheme of a URL in lower case, and what follows its colon. A path with a
// drive has none, nor has a name such as "a.js".
func cutScheme(name string) (scheme, rest string) {
	i := 0
	for i < len(name) && (txt.IsLetter(name[i]) || i > 0 && (txt.IsDigit(name[i]) || name[i] == '-' || name[i] == '+' || name[i] == '.')) {
		i++
	}
	if i < 2 || i >= len(name) || name[i] != ':' {
		return "", name
	}
	scheme, rest = name[:i], name[i+1:]
	if strings.HasPrefix(rest, "//") {
		return lower(scheme), rest
	}
	switch scheme = lower(scheme); scheme {
	case "data", "javascript", "about", "blob", "node", "ext", "deno", "internal", "native", "bun", "file", "webpack", "npm", "jsr", "app", "safari-extension":
		return scheme, rest
	}
	return "", name
}

// lower returns s in lower case, and s itself if it is.
func lower(s string) string { return strings.ToLower(s) }

// pathOf returns the path of a URL from what follows its scheme and colon.
func pathOf(rest string) string {
	after, ok := strings.CutPrefix(rest, "//")
	if !ok {
		return rest
	}
	for i := 0; i < len(after); i++ {
		switch after[i] {
		case '/':
			return after[i:]
		case '?', '#':
			return after[i:]
		}
	}
	return "/"
}

// cutLoaders takes off the loaders before the path of a source, each of which may have a query:
//
//	./node_modules/babel-loader/lib/index.js??ref--4!./node_modules/vue-loader/lib/index.js?!./src/a.vue?vue&type=script
func cutLoaders(path string) string {
	return path[strings.LastIndexByte(path, '!')+1:]
}

// cutStore takes out the store that a package manager keeps versions of packages in:
//
//	/srv/node_modules/.pnpm/express@4.18.2/node_modules/express/lib/router.js        /srv/node_modules/express/lib/router.js
//	/srv/.yarn/cache/lodash-npm-4.17.21-6382451519.zip/node_modules/lodash/map.js    /srv/node_modules/lodash/map.js
func cutStore(path string, p *pairs) (string, bool) {
	for i := range stores {
		store := &stores[i]
		i := p.index(path, store)
		if i < 0 || i > 0 && path[i-1] != '/' {
			continue
		}
		if j := p.lastIndex(path, &wordInModules); j >= i+len(store.text) {
			return path[:i] + path[j+1:], true
		}
	}
	return path, false
}

var (
	wordInModules = newWord("/node_modules/")
	stores        = newWords("node_modules/.pnpm/", ".yarn/cache/", ".yarn/__virtual__/", ".yarn/unplugged/")
)

// bundled returns the path of a source from a bundler's URL:
//
//	webpack://shop/./src/a.ts, webpack:///./src/a.ts, webpack:///src/a.ts
//	webpack-internal:///(app-pages-browser)/./src/a.ts
//	webpack-internal:///./src/a.ts
//	turbopack://[project]/src/a.ts, turbopack:///[project]/src/a.ts
//	ng://shop/a.ngfactory.js
func bundled(scheme, rest string) string {
	path := strings.TrimPrefix(rest, "//")
	switch i := strings.IndexByte(path, '/'); {
	case i < 0:
	case i == 0, strings.HasPrefix(path, "["), scheme == "ng":
		path = path[i+1:]
		if i > 0 && scheme == "ng" {
			path = rest[len("//"):]
		}
	default:
		path = path[i+1:]
	}
	for strings.HasPrefix(path, "(") || strings.HasPrefix(path, "[") {
		i := strings.IndexByte(path, '/')
		if i < 0 {
			break
		}
		path = path[i+1:]
	}
	for strings.HasPrefix(path, "./") {
		path = path[2:]
	}
	return path
}

// cutServer takes off what Vite's development server puts before a path:
//
//	/@fs/home/u/shop/src/a.ts
//	/@id/__x00__virtual:a
func cutServer(path string) (string, bool) {
	if rest, ok := strings.CutPrefix(path, "/@fs"); ok && strings.HasPrefix(rest, "/") {
		if len(rest) > 3 && isDrive(rest[1:]) {
			rest = rest[3:]
		}
		return rest, true
	}
	if rest, ok := strings.CutPrefix(path, "/@id/"); ok {
		return strings.TrimPrefix(rest, "__x00__"), true
	}
	return path, false
}

// cutQuery takes off query and fragment.
func cutQuery(name string) (string, bool) {
	i := strings.IndexByte(name, '?')
	if j := strings.IndexByte(name, '#'); i < 0 || j >= 0 && j < i {
		i = j
	}
	if i > 0 {
		return name[:i], true
	}
	return name, false
}

// decodeEscapes decodes the percent escapes of a path. It reports false if nothing changes. What
// is not a valid escape stays.
func decodeEscapes(s string) (string, bool) {
	var b []byte
	from := 0
	for i := 0; i+2 < len(s); i++ {
		if s[i] != '%' {
			continue
		}
		high, ok1 := hexValue(s[i+1])
		low, ok2 := hexValue(s[i+2])
		if !ok1 || !ok2 {
			continue
		}
		b = append(b, s[from:i]...)
		b = append(b, high<<4|low)
		i += 2
		from = i + 1
	}
	if from == 0 {
		return s, false
	}
	return string(append(b, s[from:]...)), true
}

func hexValue(c byte) (byte, bool) {
	switch {
	case txt.IsDigit(c):
		return c - '0', true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// isDrive reports whether name begins with a drive of Windows and a separator.
func isDrive(name string) bool {
	return len(name) > 2 && txt.IsLetter(name[0]) && name[1] == ':' && (name[2] == '/' || name[2] == '\\')
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
