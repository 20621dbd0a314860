package normalize_test

import (
	"regexp"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// TestOrigins checks whose code a frame is in: by names that tools give only to others' code, and by names
// like them that are the application's.
func TestOrigins(t *testing.T) {
	for _, test := range []struct {
		file string
		code normalize.Code
		pkg  string
	}{
		// Libraries under the names that they publish.
		{"https://h/js/react-dom.production.min.js", normalize.Dependency, "react-dom"},
		{"react-dom.development.js?f8c1", normalize.Dependency, "react-dom"},
		{"https://h/js/jquery-3.6.0.slim.min.js", normalize.Dependency, "jquery"},
		{"https://h/wp-includes/js/jquery/jquery.min.js?ver=3.6", normalize.Dependency, "jquery"},
		{"https://h/js/bootstrap.bundle.min.js", normalize.Dependency, "bootstrap"},
		{"vue.runtime.esm.js?2b0e", normalize.Dependency, "vue"},
		{"https://h/assets/runtime-core.esm-bundler.js", normalize.Dependency, "@vue/runtime-core"},
		{"https://h/d3.v4.min.js", normalize.Dependency, "d3"},
		{"https://h/workbox-d249b2c8.js", normalize.Dependency, ""},
		{"https://h/js/react-checkout.js", normalize.App, ""},
		{"https://h/js/vue-app.3f2e1d0c.js", normalize.App, ""},
		{"https://h/js/react-app.js", normalize.App, ""},
		{"/srv/shop/src/lib/moment.js", normalize.App, ""},
		{"/srv/shop/lib/redux.js", normalize.App, ""},
		// Chunks of others' code.
		{"https://h/js/chunk-vendors.47a8d2f1.js", normalize.Dependency, ""},
		{"https://h/js/vendors~main.1b2c3d4e.chunk.js", normalize.Dependency, ""},
		{"https://h/js/vendors-node_modules_axios_index_js.js", normalize.Dependency, "axios"},
		{"https://h/js/vendors-node_modules_babel_runtime_helpers_esm_x_js.js", normalize.Dependency, "babel"},
		{"https://h/assets/react-vendor-DkzW1gqV.js", normalize.Dependency, ""},
		{"https://h/polyfills-es2015.5b10b8fd823b6392f1fd.js", normalize.Dependency, ""},
		{"https://h/_next/static/chunks/framework-5429a50ba5373c56.js", normalize.Dependency, ""},
		{"https://h/_next/static/chunks/main-3123a443c688934f.js", normalize.Dependency, ""},
		{"https://h/_next/static/chunks/node_modules_next_dist_client_1f56dc06._.js", normalize.Dependency, "next"},
		{"https://h/static/js/main.3f2e1d0c.js", normalize.App, ""},
		{"https://h/js/vendor-list.js", normalize.App, ""},
		{"http://localhost:4200/src/polyfills.ts", normalize.App, ""},
		{"/srv/shop/src/vendors/list.ts", normalize.App, ""},
		// Runtimes of bundlers and hosts.
		{"webpack:///webpack/bootstrap 1f2e3d4c5b6a", normalize.Runtime, ""},
		{"webpack/runtime/jsonp chunk loading", normalize.Runtime, ""},
		{"https://h/static/js/runtime~main.a8a9905a.js", normalize.Runtime, ""},
		{"https://h/js/runtime.js", normalize.App, ""},
		{"http://localhost:5173/@vite/client", normalize.Runtime, ""},
		{"/var/runtime/index.mjs", normalize.Runtime, ""},
		{"cloudflare-internal:d1-api", normalize.Runtime, ""},
		{"electron/js2c/asar_bundle.js", normalize.Runtime, ""},
		{"/srv/app/.pnp.cjs", normalize.Runtime, ""},
		{"util.js", normalize.Runtime, ""},
		{"/srv/app/util.js", normalize.App, ""},
		{"/var/task/___netlify-bootstrap.mjs", normalize.Runtime, ""},
		{"https://h/_framework/dotnet.runtime.8.0.js", normalize.Runtime, ""},
		{"https://h/appservice/WAServiceMainContext.js", normalize.Runtime, ""},
		{"self-hosted", normalize.Native, ""},
		// Hosts that serve others' code.
		{"https://www.googletagmanager.com/gtm.js?id=GTM-X", normalize.Dependency, ""},
		{"https://js.stripe.com/v3/", normalize.Dependency, ""},
		{"https://stackpath.bootstrapcdn.com/bootstrap/4.3.1/js/bootstrap.min.js", normalize.Dependency, "bootstrap"},
		{"https://d111111abcdef8.cloudfront.net/static/js/app.js", normalize.App, ""},
		{"https://storage.googleapis.com/shop/main.js", normalize.App, ""},
		// Folders and stores of packages.
		{"/code/node_modules/_gulp@3.9.1@gulp/index.js", normalize.Dependency, "gulp"},
		{"/code/node_modules/_@babel_core@7.26.0@@babel/core/lib/a.js", normalize.Dependency, "@babel/core"},
		{"/code/node_modules/.store/react-npm-18.2.0-1f2e/package/index.js", normalize.Dependency, "react"},
		{"http://localhost:3000/node_modules/.vite/react-redux/es/index.js?v=c7a8ad7a", normalize.Dependency, "react-redux"},
		{"http://localhost:9000/bower_components/angular/angular.js", normalize.Dependency, "angular"},
		{"webpack:///./~/react-proxy/modules/a.js?", normalize.Dependency, "react-proxy"},
		{"/usr/share/nodejs/express/lib/router.js", normalize.Dependency, "express"},
		{"file:///android_asset/www/plugins/cordova-plugin-camera/www/Camera.js", normalize.Dependency, "cordova-plugin-camera"},
		{"/home/u/.cache/deno/npm/npm.example.com/chalk/5.3.0/index.js", normalize.Dependency, "chalk"},
		{"/home/u/.bun/install/cache/lodash@4.17.21/lodash.js", normalize.Dependency, "lodash"},
		{"https://localhost/plugins/cordova-plugin-camera/www/Camera.js", normalize.Dependency, "cordova-plugin-camera"},
		{"http://localhost:3000/_next/static/chunks/main-app.js", normalize.Dependency, ""},
		{"http://localhost:3000/_next/static/chunks/app/main.js", normalize.App, ""},
		{`webpack:///external "vum"`, normalize.Dependency, "vum"},
		// The whole application, named after its entry in a package.
		{"http://h:8081/node_modules/expo/AppEntry.bundle//&platform=ios&dev=true", normalize.App, ""},
		// Python.
		{"/srv/venv/lib/python3.11/site-packages/starlette/routing.py", normalize.Dependency, "starlette"},
		{"/usr/lib/python3.9/threading.py", normalize.Runtime, ""},
		{`C:\Python35\lib\urllib\request.py`, normalize.Runtime, ""},
		{"/usr/lib64/python3.6/json/decoder.py", normalize.Runtime, ""},
		{"/opt/anaconda3/lib/python3.8/runpy.py", normalize.Runtime, ""},
		{"<frozen runpy>", normalize.Runtime, ""},
		{"bot/bot.py", normalize.App, ""},
		// Without a file of its own, in a page, in an extension.
		{"VM123", normalize.Eval, ""},
		{"debugger eval code", normalize.Eval, ""},
		{"evalmachine.<anonymous>", normalize.Eval, ""},
		{"https://h/checkout.html", normalize.Inline, ""},
		{"https://h/", normalize.Inline, ""},
		{"(index)", normalize.Inline, ""},
		{"webkit-masked-url://hidden/", normalize.Extension, ""},
		{"about://React/Server/file:///srv/shop/.next/server/chunks/a.js?3", normalize.App, ""},
	} {
		got := normalize.Frame(stacktrace.Frame{Func: "f", File: test.file, Line: 1, Col: 2, Engine: stacktrace.V8})
		if got.Code != test.code || got.Package != test.pkg {
			t.Errorf("Frame of %q is %v of %q, want %v of %q", test.file, got.Code, got.Package, test.code, test.pkg)
		}
	}
}

// TestOriginOptions checks that patterns decide before the tables do.
func TestOriginOptions(t *testing.T) {
	own := stacktrace.Frame{Func: "f", File: "https://h/js/vendor.4f3a9c1e.js", Line: 1}
	other := stacktrace.Frame{Func: "f", File: "https://h/legacy/menu.js", Line: 1}
	opts := []normalize.Option{normalize.InApp("/js/vendor."), normalize.NotInApp("//h/legacy/*.js")}
	if c := normalize.Frame(own, opts...); !c.InApp {
		t.Errorf("a file that InApp names is %v", c.Code)
	}
	if c := normalize.Frame(other, opts...); c.InApp || c.Code != normalize.Dependency {
		t.Errorf("a file that NotInApp names is %v", c.Code)
	}
	wrapper := normalize.IsWrapper(func(f *normalize.CanonicalFrame) bool { return f.Func == "f" })
	if c := normalize.Frame(other, wrapper); c.InApp {
		t.Error("a wrapper is the application's")
	}
	hash := normalize.Hash(regexp.MustCompile(`~build[0-9]+`))
	if c := normalize.Frame(stacktrace.Frame{Func: "f", File: "https://h/js/menu~build512.js", Line: 1}, hash); c.File != "/js/menu.js" {
		t.Errorf("a file with a hash of its own kind is %q", c.File)
	}
	mapped := normalize.MapFile(func(file string) string { return "/mapped.js" })
	if c := normalize.Frame(other, mapped); c.File != "/mapped.js" {
		t.Errorf("a mapped file is %q", c.File)
	}
}
