package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// libraries are the names under which libraries publish their files, and the packages that they are, if they
// are called otherwise. The names are those of the files that the packages publish in their dist folders and
// that cdnjs (cdnjs.com/libraries) lists.
var libraries = map[string]string{
	"react": "", "react-dom": "", "react-dom-server": "react-dom", "react-dom-client": "react-dom", "react-is": "", "react-jsx-runtime": "react", "react-jsx-dev-runtime": "react", "react-test-renderer": "", "react-router": "", "react-router-dom": "", "react-redux": "", "react-refresh-runtime": "react-refresh",
	"scheduler": "", "scheduler-tracing": "scheduler", "redux": "", "redux-toolkit": "@reduxjs/toolkit", "mobx": "", "mobx-react": "", "immer": "", "preact": "", "hooks.module": "preact", "prop-types": "", "react-transition-group": "", "react-query": "", "formik": "",
	"vue": "", "vue-router": "", "vuex": "", "pinia": "", "vue-i18n": "", "vue-server-renderer": "", "runtime-core": "@vue/runtime-core", "runtime-dom": "@vue/runtime-dom", "reactivity": "@vue/reactivity", "compiler-core": "@vue/compiler-core", "compiler-dom": "@vue/compiler-dom", "element-ui": "", "vuetify": "",
	"angular": "", "angular-route": "", "angular-resource": "", "angular-animate": "", "angular-sanitize": "", "angular-cookies": "", "angular-touch": "", "angular-aria": "", "angular-messages": "", "angular-mocks": "", "angular-ui-router": "", "ui-bootstrap-tpls": "angular-ui-bootstrap",
	"zone": "zone.js", "zone-evergreen": "zone.js", "zone-legacy": "zone.js", "rxjs": "", "ember": "ember-source", "ember.prod": "ember-source", "ember.debug": "ember-source", "svelte": "", "alpine": "alpinejs", "alpinejs": "", "htmx": "htmx.org", "stimulus": "", "turbo": "@hotwired/turbo", "turbolinks": "", "backbone": "", "backbone.marionette": "", "marionette": "backbone.marionette", "knockout": "", "lit": "", "polymer": "", "mithril": "", "inferno": "",
	"jquery": "", "jquery-ui": "jquery-ui", "jquery.ui": "jquery-ui", "jquery-migrate": "", "jquery.validate": "jquery-validation", "jquery.validate.unobtrusive": "jquery-validation-unobtrusive", "jquery.mobile": "jquery-mobile", "jquery.dataTables": "datatables", "jquery.cookie": "", "jquery.form": "jquery-form", "jquery.unobtrusive-ajax": "jquery-ajax-unobtrusive", "jquery.signalR": "signalr", "jquery.slim": "jquery", "dataTables.bootstrap": "datatables", "dataTables": "datatables.net", "zepto": "", "cash": "cash-dom", "mootools": "", "mootools-core": "mootools", "prototype": "", "scriptaculous": "", "dojo": "", "ext-all": "extjs", "yui": "", "select2": "", "select2.full": "select2", "slick": "slick-carousel", "owl.carousel": "", "chosen.jquery": "chosen-js", "fancybox": "", "jquery.fancybox": "fancybox", "jquery.magnific-popup": "magnific-popup", "toastr": "", "bootstrap-datepicker": "", "bootstrap-select": "", "daterangepicker": "",
	"bootstrap": "", "bootstrap.bundle": "bootstrap", "popper": "popper.js", "tether": "", "foundation": "foundation-sites", "materialize": "materialize-css", "semantic": "semantic-ui", "uikit": "", "uikit-icons": "uikit", "sweetalert": "", "sweetalert2": "", "sweetalert2.all": "sweetalert2", "tippy": "tippy.js", "flatpickr": "", "swiper": "", "swiper-bundle": "swiper",
	"lodash": "", "lodash.core": "lodash", "underscore": "", "underscore-min": "underscore", "ramda": "", "moment": "", "moment-with-locales": "moment", "moment-timezone": "", "moment-timezone-with-data": "moment-timezone", "dayjs": "", "luxon": "", "date-fns": "", "numeral": "", "accounting": "", "bluebird": "", "q": "", "async": "", "axios": "", "superagent": "", "socket.io": "socket.io-client", "sockjs": "sockjs-client", "stomp": "stompjs", "signalr": "@microsoft/signalr", "pusher": "pusher-js", "core-js": "", "shim": "core-js", "es6-promise": "", "es6-promise.auto": "es6-promise", "promise-polyfill": "", "whatwg-fetch": "", "regenerator-runtime": "", "tslib": "", "systemjs": "", "require": "requirejs", "requirejs": "", "almond": "", "modernizr": "", "html5shiv": "", "respond": "", "js.cookie": "js-cookie", "localforage": "", "dexie": "", "pako": "", "crypto-js": "", "jszip": "", "FileSaver": "file-saver", "clipboard": "", "handlebars": "", "handlebars.runtime": "handlebars", "mustache": "", "ejs": "", "nunjucks": "", "marked": "", "showdown": "", "highlight": "highlight.js", "prism": "prismjs", "dompurify": "", "purify": "dompurify", "i18next": "", "graphql": "", "apollo-client": "", "firebase": "", "firebase-app": "firebase", "firebase-app-compat": "firebase", "firebase-auth": "firebase", "firebase-firestore": "firebase", "firebase-messaging": "firebase", "firebase-messaging-compat": "firebase", "aws-sdk": "", "supabase": "@supabase/supabase-js",
	"d3": "", "three": "", "three.module": "three", "pixi": "pixi.js", "phaser": "", "babylon": "babylonjs", "chart": "chart.js", "Chart": "chart.js", "Chart.bundle": "chart.js", "highcharts": "", "highstock": "highcharts", "highmaps": "highcharts", "echarts": "", "plotly": "plotly.js", "apexcharts": "", "raphael": "", "morris": "morris.js", "konva": "", "fabric": "", "p5": "", "gsap": "", "TweenMax": "gsap", "TweenLite": "gsap", "ScrollTrigger": "gsap", "anime": "animejs", "velocity": "velocity-animate", "lottie": "lottie-web", "typed": "typed.js", "aos": "", "wow": "wow.js", "isotope.pkgd": "isotope-layout", "masonry.pkgd": "masonry-layout", "imagesloaded.pkgd": "imagesloaded", "flickity.pkgd": "flickity", "leaflet": "", "leaflet-src": "leaflet", "mapbox-gl": "", "maplibre-gl": "", "ol": "", "ol-debug": "ol", "cesium": "", "video": "video.js", "hls": "hls.js", "dash.all": "dashjs", "shaka-player.compiled": "shaka-player", "plyr": "", "howler": "", "pdf": "pdfjs-dist", "pdf.worker": "pdfjs-dist",
	"tinymce": "", "tiny_mce": "tinymce", "ckeditor": "", "ckeditor5": "ckeditor5", "quill": "", "codemirror": "", "ace": "ace-builds", "summernote": "", "trix": "", "dropzone": "", "cropper": "cropperjs", "photoswipe": "", "lightbox": "lightbox2", "hammer": "hammerjs", "interact": "interactjs", "sortable": "sortablejs", "Sortable": "sortablejs", "dragula": "", "fullcalendar": "", "ag-grid-community": "", "ag-grid-enterprise": "", "handsontable": "handsontable", "kendo.all": "", "dx.all": "devextreme", "wasm-bindgen": "",
	"raven": "raven-js", "bundle.tracing": "@sentry/browser", "rollbar": "", "rollbar.umd": "rollbar", "rollbar.snippet": "rollbar", "bugsnag": "@bugsnag/js", "datadog-rum": "@datadog/browser-rum", "datadog-logs": "@datadog/browser-logs", "trackjs": "", "elastic-apm-rum.umd": "@elastic/apm-rum", "web-vitals": "", "stacktrace": "stacktrace-js", "workbox-sw": "", "workbox-core.prod": "workbox-core", "workbox-precaching.prod": "workbox-precaching", "OneSignalSDK": "", "OneSignalSDK.page": "OneSignalSDK", "OneSignalSDKWorker": "OneSignalSDK", "native-bridge": "@capacitor/core", "karma": "", "jasmine": "jasmine-core", "mocha": "", "chai": "", "sinon": "", "qunit": "", "LogRocket": "logrocket", "newrelic": "", "cordova": "", "phonegap": "cordova", "ionic.bundle": "ionic", "capacitor": "@capacitor/core", "react-native": "", "babel": "@babel/standalone", "browser-polyfill": "webextension-polyfill", "webcomponents-bundle": "@webcomponents/webcomponentsjs", "webcomponents-lite": "@webcomponents/webcomponentsjs", "custom-elements-es5-adapter": "@webcomponents/webcomponentsjs",
}

// bareLibraries are those of the libraries whose files are known without a mark of a release: nobody calls
// a file of their own so.
func isBareLibrary(name string) bool {
	switch name {
	case "jquery", "underscore", "lodash", "zone", "zone-evergreen", "angular", "bootstrap", "modernizr", "mootools", "knockout", "backbone", "require", "requirejs", "tinymce", "tiny_mce", "ckeditor", "react-dom", "react-dom-client", "jquery-ui", "jquery-migrate", "handlebars",
		"OneSignalSDK", "OneSignalSDK.page", "OneSignalSDKWorker", "native-bridge", "karma", "raven", "rollbar", "bundle.tracing", "datadog-rum", "html5shiv", "cordova", "phonegap", "sweetalert2", "highcharts", "echarts", "core-js", "regenerator-runtime", "es6-promise", "promise-polyfill", "jquery.validate", "jquery.mobile", "d3", "popper", "moment-timezone":
		return true
	}
	return false
}

// libraryOf reports whether a file, its name being base, is a library's under the name that the library
// publishes it by, and returns its package:
//
//	react-dom.production.min.js, react-dom.development.js   jquery-3.6.0.slim.min.js, d3.v4.min.js
//	vue.esm.js, runtime-core.esm-bundler.js                 bootstrap.bundle.min.js, workbox-d249b2c8.js
//
// A name alone is not enough, but for a few that nobody gives to a file of their own: a mark of a release must
// be there, or a folder of libraries. What goes on behind the name, react-checkout.js, is the application's.
func libraryOf(base, path string, p *pairs) (pkg string, ok bool) {
	stem, ext := cutExtension(base)
	if ext == "" || strings.HasPrefix(path, "src/") || p.index(path, &wordSources) >= 0 {
		return "", false
	}
	if hash, ok := strings.CutPrefix(stem, "workbox-"); ok && (isHexHash(hash) || strings.Contains(hash, ".prod") || strings.Contains(hash, ".dev")) {
		return "", true
	}
	if rest, ok := strings.CutPrefix(stem, "nr-"); ok && rest != "" && (txt.IsDigit(rest[0]) || strings.HasPrefix(rest, "loader") || strings.HasPrefix(rest, "spa") || strings.HasPrefix(rest, "full") || strings.HasPrefix(rest, "rum")) {
		return "", true // New Relic's agent
	}
	name, marks := cutMarks(stem)
	pkg, known := libraries[name]
	if !known {
		return "", false
	}
	if marks == 0 && !isBareLibrary(name) && !isLibraryFolder(path) {
		return "", false
	}
	if pkg == "" {
		pkg = name
	}
	return pkg, true
}

// cutMarks takes off the marks of a release from the end of a file's name, and returns how many there were.
func cutMarks(stem string) (name string, marks int) {
	for {
		if _, ok := libraries[stem]; ok {
			return stem, marks
		}
		i := len(stem) - 1
		for i >= 0 && stem[i] != '.' && stem[i] != '-' && stem[i] != '_' {
			i--
		}
		if i <= 0 || !isReleaseMark(stem[i+1:]) {
			return stem, marks
		}
		stem = stem[:i]
		marks++
	}
}

// isReleaseMark reports whether a part of a file's name tells which build of a library it is.
func isReleaseMark(s string) bool {
	switch s {
	case "min", "production", "development", "prod", "dev", "debug", "slim", "esm", "cjs", "umd", "iife", "common", "runtime", "global", "bundler", "browser", "module", "modern", "legacy", "core", "full", "all", "bundle", "es", "es5", "es6", "amd", "node", "profiling", "compiled", "latest", "rc", "beta", "alpha", "custom", "packed", "pkgd", "standalone", "lite", "server", "compat", "src", "evergreen", "dist", "snippet", "tracing":
		return true
	}
	s = strings.TrimPrefix(s, "v")
	if s == "" || !txt.IsDigit(s[0]) {
		return false
	}
	return strings.Trim(s, "0123456789") == "" && len(s) <= 4 || strings.HasPrefix(s, "rc")
}

// isLibraryFolder reports whether a file lies in a folder for libraries alone.
func isLibraryFolder(path string) bool {
	dir := path[:strings.LastIndexByte(path, '/')+1]
	for _, folder := range [...]string{"/vendor/", "/vendors/", "/3rdparty/", "/third_party/", "/thirdparty/", "/third-party/", "/wp-includes/"} {
		if strings.Contains(dir, folder) {
			return true
		}
	}
	return strings.HasPrefix(path, "http") && (strings.Contains(dir, "/lib/") || strings.Contains(dir, "/libs/")) // on a server they may be anyone's
}
