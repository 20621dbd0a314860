package normalize_test

import (
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

func TestFile(t *testing.T) {
	for _, test := range []struct{ file, want string }{
		{"https://cdn.example.com/static/js/main.4f3a9c1e.js?v=3", "/static/js/main.js"},
		{"https://example.com/static/js/2.7ab3f1e2.chunk.js", "/static/js/*.chunk.js"},
		{"https://example.com/assets/index-Dq-9a_bZ.js", "/assets/index.js"},
		{"https://example.com/assets/index-BkT4x_Zq.js#x", "/assets/index.js"},
		{"https://example.com/chunk-5RMVKXQZ.js", "/chunk.js"},
		{"https://example.com/main-QWERTYUI.js", "/main.js"},
		{"https://example.com/_next/static/chunks/framework-2c79e2a64abdb08b.js", "/_next/static/chunks/framework.js"},
		{"https://example.com/_next/static/chunks/pages/_app-2c79e2a64abdb08b.js", "/_next/static/chunks/pages/_app.js"},
		{"https://example.com/_next/static/Wq3v5zY8xK1pL0aB2cD4e/_buildManifest.js", "/_next/static/*/_buildManifest.js"},
		{"https://example.com/_next/static/chunks/node_modules_next_dist_1a2b3c4d._.js", "/_next/static/chunks/node_modules_next_dist._.js"},
		{"https://example.com/polyfills.d41d8cd98f00b204e9800998ecf8427e.js", "/polyfills.js"},
		{"https://example.com/main.0123456789abcdef0123.js", "/main.js"},
		{"https://example.com/_nuxt/4f3a9c1.js", "/_nuxt/*.js"},
		{"https://example.com/_nuxt/DkX2_a1b.js", "/_nuxt/*.js"},
		{"https://example.com/_app/immutable/chunks/DkX2_a1b.js", "/_app/immutable/chunks/*.js"},
		{"https://example.com/component---src-pages-index-js-0123456789abcdef0123.js", "/component---src-pages-index-js.js"},
		{"https://example.com/_next/static/chunks/3vvmoez86fyfd.js", "/_next/static/chunks/*.js"},
		{"https://example.com/_next/static/chunks/0e3-qbph1y7ha.js", "/_next/static/chunks/*.js"},
		{"https://example.com/_next/static/chunks/turbopack-2u1d16houkiyo.js", "/_next/static/chunks/turbopack.js"},
		{"https://example.com/_next/static/chunks/src_app_0e3qbph1y7ha-._.js", "/_next/static/chunks/src_app._.js"},
		{"https://example.com/_next/static/chunks/1dd3208c-335eaf9e3a8a834b.js", "/_next/static/chunks/*.js"},
		{"https://example.com/475.4323c100935adce376e0.js", "/*.js"},
		{"https://example.com/static/js/12.chunk.js", "/static/js/*.chunk.js"},
		// Words and numbers that are no hashes.
		{"https://example.com/_next/static/chunks/notifications.js", "/_next/static/chunks/notifications.js"},
		{"https://example.com/_next/static/chunks/user-settings.js", "/_next/static/chunks/user-settings.js"},
		{"https://example.com/main-dashboard.js", "/main-dashboard.js"},
		{"https://example.com/user-settings.js", "/user-settings.js"},
		{"https://example.com/app-UserList.js", "/app-UserList.js"},
		{"https://example.com/page-checkout.js", "/page-checkout.js"},
		{"https://example.com/jquery-3.7.1.min.js", "/jquery-3.7.1.min.js"},
		{"https://example.com/main-es2015.js", "/main-es2015.js"},
		{"https://example.com/my-web-component-a.js", "/my-web-component-a.js"},
		{"https://example.com/settings.js", "/settings.js"},
		{"https://example.com/user-UserPage.js", "/user-UserPage.js"},
		{"https://example.com/link-icon-png.js", "/link-icon-png.js"},
		{"https://example.com/src/base-cmd.js", "/src/base-cmd.js"},
		{"https://example.com/lodash/toString.js", "/lodash/toString.js"},
		{"https://example.com/assets/isLength.js", "/assets/isLength.js"},
		{"https://example.com/three/FXAAPass.js", "/three/FXAAPass.js"},
		{"https://example.com/vendors~main.js", "/vendors~main.js"},
		// Bundlers and development servers.
		{"webpack:///./src/app.tsx", "src/app.tsx"},
		{"webpack://shop/./src/app.tsx?1f2e", "src/app.tsx"},
		{"webpack://shop/src/app.tsx", "src/app.tsx"},
		{"webpack-internal:///./src/app.tsx", "src/app.tsx"},
		{"webpack-internal:///(app-pages-browser)/./src/app.tsx", "src/app.tsx"},
		{"webpack://_N_E/./node_modules/babel-loader/lib/index.js!./src/a.ts", "src/a.ts"},
		{"webpack-internal:///./node_modules/babel-loader/lib/index.js??ref--4!./node_modules/vue-loader/lib/index.js?!./src/User.vue?vue&type=script&lang=js&", "src/User.vue"},
		{"webpack:///./loader.js?x!src/a.ts?1f2e", "src/a.ts"},
		{"turbopack:///[project]/src/a.ts", "src/a.ts"},
		{"turbopack://[project]/src/a.ts", "src/a.ts"},
		{"http://localhost:5173/@fs/home/u/shop/src/a.ts?t=1700000", "/home/u/shop/src/a.ts"},
		{"http://localhost:5173/@fs/C:/shop/src/a.ts", "/shop/src/a.ts"},
		{"http://localhost:5173/@id/__x00__virtual:a", "virtual:a"},
		{"http://localhost:5173/src/a.ts?t=1700000", "/src/a.ts"},
		{"http://localhost:8081/index.bundle?platform=ios&dev=true", "/index.bundle"},
		// Package managers.
		{"/srv/node_modules/.pnpm/express@4.18.2/node_modules/express/lib/router.js", "/srv/node_modules/express/lib/router.js"},
		{"/srv/node_modules/.pnpm/@babel+core@7.0.0/node_modules/@babel/core/lib/index.js", "/srv/node_modules/@babel/core/lib/index.js"},
		{"/srv/.yarn/cache/lodash-npm-4.17.21-6382451519.zip/node_modules/lodash/map.js", "/srv/node_modules/lodash/map.js"},
		// Hosts.
		{"app:///index.android.bundle", "/index.android.bundle"},
		{"app://obsidian.md/app.js", "/app.js"},
		{"capacitor://localhost/main.js", "/main.js"},
		{"file:///srv/app.asar/main.js", "app.asar/main.js"},
		{"/Applications/Shop.app/Contents/Resources/app.asar/dist/main.js", "app.asar/dist/main.js"},
		{`C:\Users\Ann\AppData\Local\Programs\shop\resources\app.asar\dist\main.js`, "app.asar/dist/main.js"},
		{"/data/user/0/com.shop/files/CodePush/4f3a9c1e4f3a9c1e4f3a9c1e4f3a9c1e/CodePush/index.android.bundle", "index.android.bundle"},
		{"http://localhost:3000/_next/static/chunks/_d9a1b2c3._.js", "/_next/static/chunks/*._.js"},
		{"file:///C:/shop/a.js", "/shop/a.js"},
		{`C:\shop\a.js`, "/shop/a.js"},
		{"/srv/shop/a.js", "/srv/shop/a.js"},
		{"http://h/a%20b.js", "/a b.js"},
		{"http://h/a b.js", "/a b.js"},
		{"chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb/a.js", "extension:/a.js"},
		{"moz-extension://3f2504e0-4f89-11d3-9a0c-0305e82c3301/a.js", "extension:/a.js"},
		{"blob:https://h/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "blob:"},
		{"data:text/javascript;base64,AAAA", "data:text/javascript"},
		{"node:internal/modules/cjs/loader", "node:internal/modules/cjs/loader"},
		{"http://h/", "/"},
		{"http://h", "/"},
		{"", ""},
	} {
		if got := normalize.File(test.file); got != test.want {
			t.Errorf("File(%q) = %q, want %q", test.file, got, test.want)
		}
	}
	for _, test := range []struct {
		file, want string
		opt        normalize.Option
	}{
		{"https://h/a.4f3a9c1e.js?v=3", "https://h/a.js", normalize.KeepOrigin()},
		{"https://h/a.4f3a9c1e.js?v=3#x", "/a.js?v=3", normalize.KeepQuery()},
		{"C:/a.js", "C:/a.js", normalize.KeepOrigin()},
		{"/opt/shop/resources/app.asar/a.js", "/opt/shop/resources/app.asar/a.js", normalize.KeepOrigin()},
	} {
		if got := normalize.File(test.file, test.opt); got != test.want {
			t.Errorf("File(%q) with the option = %q, want %q", test.file, got, test.want)
		}
	}
}

func TestFunc(t *testing.T) {
	for _, test := range []struct{ engine, line, want string }{
		{"v8", "    at Foo.bar (http://h/a.js:1:2)", "bar"},
		{"v8", "    at async Foo.bar [as baz] (http://h/a.js:1:2)", "bar"},
		{"v8", "    at new Foo (http://h/a.js:1:2)", "Foo"},
		{"v8", "    at get prop [as prop] (http://h/a.js:1:2)", "prop"},
		{"v8", "    at Object.<anonymous> (/a.js:1:2)", normalize.Anonymous},
		{"v8", "    at http://h/a.js:1:2", normalize.Anonymous},
		{"v8", "    at Foo.#p (http://h/a.js:1:2)", "#p"},
		{"v8", "    at ns.sub.fn (http://h/a.js:1:2)", "fn"},
		{"v8", "    at eval (eval at f (http://h/a.js:1:2), <anonymous>:1:1)", normalize.TopLevel},
		{"spidermonkey", "outer/inner<@http://h/a.js:1:2", "inner"},
		{"spidermonkey", "outer/<@http://h/a.js:1:2", normalize.Anonymous},
		{"spidermonkey", "Foo.prototype.bar@http://h/a.js:1:2", "bar"},
		{"spidermonkey", "get prop@http://h/a.js:1:2", "prop"},
		{"jsc", "global code@http://h/a.js:1:2", normalize.TopLevel},
		{"jsc", "module code@http://h/a.js:1:2", normalize.TopLevel},
		{"jsc", "@http://h/a.js:1:2", normalize.Anonymous},
		{"chakra", "   at Anonymous function (http://h/a.js:1:2)", normalize.Anonymous},
		{"chakra", "   at Global code (http://h/a.js:1:2)", normalize.TopLevel},
		{"chakra", "   at Foo.prototype.bar (http://h/a.js:1:2)", "bar"},
		{"hermes", "    at global (address at index.android.bundle:1:2)", normalize.TopLevel},
		{"quickjs", "    at <eval> (<input>:1:2)", normalize.TopLevel},
		{"v8", "    at my_app.wasm.core::panicking::panic::h0123456789abcdef (wasm://wasm/my_app.wasm-5bfa1c2e:wasm-function[120]:0x3a2f)", "core::panicking::panic"},
		{"v8", "    at my_module.trap (wasm://wasm/my_module-5bfa:wasm-function[1]:0x2a)", "trap"},
	} {
		frames := stacktrace.AppendFrames(nil, test.line)
		if len(frames) == 0 {
			t.Fatalf("%s: no frame", test.line)
		}
		_ = frames[0].Engine.UnmarshalText([]byte(test.engine))
		if got := normalize.Func(frames[0]); got != test.want {
			t.Errorf("Func of %q = %q, want %q", test.line, got, test.want)
		}
	}
}

func TestCode(t *testing.T) {
	for _, test := range []struct {
		line    string
		code    normalize.Code
		pkg     string
		isInApp bool
	}{
		{"    at f (https://h/static/js/main.js:1:2)", normalize.App, "", true},
		{"    at f (/srv/node_modules/express/lib/router.js:1:2)", normalize.Dependency, "express", false},
		{"    at f (/srv/node_modules/@babel/core/lib/index.js:1:2)", normalize.Dependency, "@babel/core", false},
		{"    at f (/srv/node_modules/.pnpm/@babel+core@7.0.0/node_modules/@babel/core/a.js:1:2)", normalize.Dependency, "@babel/core", false},
		{"    at f (/srv/.yarn/cache/lodash-npm-4.17.21-6382451519.zip/node_modules/lodash/a.js:1:2)", normalize.Dependency, "lodash", false},
		{`    at f (C:\srv\node_modules\express\lib\router.js:1:2)`, normalize.Dependency, "express", false},
		{"    at f (http://localhost:5173/node_modules/.vite/deps/react-dom_client.js?v=1f2e3d4c:1:2)", normalize.Dependency, "react-dom", false},
		{"    at f (webpack:///./node_modules/react/index.js:1:2)", normalize.Dependency, "react", false},
		{"    at f (webpack-internal:///./node_modules/vue-loader/lib/index.js?!./src/User.vue?vue&type=script&lang=js&:1:2)", normalize.App, "", true},
		{"    at f (https://unpkg.com/vue@3.4.0/dist/vue.js:1:2)", normalize.Dependency, "vue", false},
		{"    at f (https://unpkg.com/@scope/pkg@1.2.3/index.js:1:2)", normalize.Dependency, "@scope/pkg", false},
		{"    at f (https://cdn.jsdelivr.net/npm/vue@3/dist/vue.js:1:2)", normalize.Dependency, "vue", false},
		{"    at f (https://esm.sh/v135/preact@10.5.7/es2022/preact.mjs:1:2)", normalize.Dependency, "preact", false},
		{"    at f (https://deno.land/std@0.200.0/path/mod.ts:1:2)", normalize.Dependency, "std", false},
		{"    at f (https://deno.land/x/oak@v12.0.0/mod.ts:1:2)", normalize.Dependency, "oak", false},
		{"    at f (https://jsr.io/@std/path/1.0.0/mod.ts:1:2)", normalize.Dependency, "@std/path", false},
		{"    at f (https://cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1/jquery.min.js:1:2)", normalize.Dependency, "jquery", false},
		{"    at f (node:internal/modules/cjs/loader:1:2)", normalize.Runtime, "", false},
		{"    at f (ext:deno_node/fs.ts:1:2)", normalize.Runtime, "", false},
		{"    at Array.forEach (<anonymous>)", normalize.Native, "", false},
		{"    at f (chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb/a.js:1:2)", normalize.Extension, "", false},
		{"    at f (eval at g (http://h/a.js:1:2), <anonymous>:3:4)", normalize.Eval, "", true},
		{"    at f (data:text/javascript,f():1:2)", normalize.Inline, "", true},
	} {
		frames := stacktrace.AppendFrames(nil, test.line)
		if len(frames) == 0 {
			t.Fatalf("%s: no frame", test.line)
		}
		got := normalize.Frame(frames[0])
		if got.Code != test.code || got.Package != test.pkg || got.InApp != test.isInApp {
			t.Errorf("Frame of %q is %v of %q, in app %v; want %v of %q, in app %v", test.line, got.Code, got.Package, got.InApp, test.code, test.pkg, test.isInApp)
		}
	}
}
