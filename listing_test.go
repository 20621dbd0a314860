package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// listed are texts whose frames tools and trackers list in rows of their own, with the outline of what is in them.
var listed = []struct{ name, text, want string }{
	{"Expo", "Network request failed\n- node_modules/a.js:104:6 in f\n* [native code]:null in g", `: Network request failed
f node_modules/a.js:104:6
g 
`},
	{"LogBox", "TypeError: x\n\nat App.js:12:34 in <global>\nat b.js:1:2 in f", `TypeError: x
<global> App.js:12:34
f b.js:1:2
unparsed ""
`},
	{"the red screen", "undefined is not an object\n\nrender\n    App.js:23:45\nupdate\n    a/b.js:3:4\nmount\n    a/b.js:5:6\n", `: undefined is not an object
render App.js:23:45
update a/b.js:3:4
mount a/b.js:5:6
unparsed ""
`},
	{"Next's overlay", "Unhandled Runtime Error\nError: x\n\nCall Stack\nrenderWithHooks\nnode_modules/react-dom/x.js (12507:0)\nmountIndeterminateComponent\nnode_modules/react-dom/x.js (15429:0)", `Error: x
renderWithHooks node_modules/react-dom/x.js:12507
mountIndeterminateComponent node_modules/react-dom/x.js:15429
unparsed "Unhandled Runtime Error"
unparsed ""
unparsed "Call Stack"
`},
	{"stacktrace.js", "ReferenceError: x is not defined\nf (/a/b.js:1:2)\ng (/a/c.js:3:4)", `ReferenceError: x is not defined
f /a/b.js:1:2
g /a/c.js:3:4
`},
	{"Apps Script", "TypeError: Cannot read properties of undefined (reading 'length')\ntranslateText\t@ Code.gs:78", `TypeError: Cannot read properties of undefined (reading 'length')
translateText Code.gs:78
`},
	{"an extension's errors", "Uncaught (in promise) TypeError: x\nContext\npopup.html\nStack Trace\npopup.js:13 (anonymous function)", `TypeError: x
(anonymous function) popup.js:13
unparsed "Context"
unparsed "popup.html"
unparsed "Stack Trace"
`},
	{"SpiderMonkey's dump", "== Stack trace for context 0x55 ==\n#0   7ffc b   resource:///x.js:82 (7fd0 @ 71)\n#1   7ffc I   self-hosted:917 (7fd1 @ 394)", `
 resource:///x.js:82
 self-hosted:917
unparsed "== Stack trace for context 0x55 =="
`},
	{"CasperJS", "TypeError: 'undefined' is not a function\n  /usr/l/casper.js:2446 in createPage\n  /var/s/simple.js:5", `TypeError: 'undefined' is not a function
createPage /usr/l/casper.js:2446
 /var/s/simple.js:5
`},
	{"NativeScript", "SyntaxError: Unexpected identifier\nFile: \"file:///a/main.js, line: 6, column: 7\n\nStackTrace: \n\tFrame: function:'require', file:'', line: 1, column: 266", `SyntaxError: Unexpected identifier
require :1:266
unparsed "File: \"file:///a/main.js, line: 6, column: 7"
unparsed ""
unparsed "StackTrace: "
`},
	{"Capacitor", "⚡️  TypeError: x\n⚡️  URL: http://h/vendor.js\n⚡️  vendor.js:55:29", `TypeError: x
 vendor.js:55:29
unparsed "⚡️  URL: http://h/vendor.js"
`},
	{"Internet Explorer", "SCRIPT5007: Unable to get property 'c' of undefined\nFile: x.js, Line: 1, Column: 2", ` [SCRIPT5007]: Unable to get property 'c' of undefined
 x.js:1:2
`},
	{"Dart", "a/b.dart 742:5   f\nlib/c.dart 511:7           [_g]", `
f a/b.dart:742:5
[_g] lib/c.dart:511:7
`},
	{"Bugsnag", "## Error in App\n\n**TypeError** in **/projects**\nx must be a number\n\n## Stacktrace\n\n    src/a.js:52 - f\n    http://h/b:31 - \n\n*Created*", `
f src/a.js:52
 http://h/b:31
unparsed "## Error in App"
unparsed ""
unparsed "**TypeError** in **/projects**"
unparsed "x must be a number"
unparsed ""
unparsed "## Stacktrace"
unparsed ""
unparsed ""
unparsed "*Created*"
`},
	{"Gatsby", "TypeError: x\n  - build-html.js:110 doBuildPages\n    [repo]/x/build-html.js:110:24\n  - a.js:5 f\n    [repo]/a.js:5:6", `TypeError: x
doBuildPages [repo]/x/build-html.js:110:24
f [repo]/a.js:5:6
`},
	{"Airbrake", "Backtrace:\n\nhttps://h/a.js:72:in Object.<anonymous>\nhttps://h/b.js:5064:in fire", `
Object.<anonymous> https://h/a.js:72
fire https://h/b.js:5064
unparsed "Backtrace:"
unparsed ""
`},
	{"Rollbar's page", "TypeError: x\n  1 File \"(unknown)\" line 2 col 297 in eval\n  2 File _X_ line 94 col 3 in r._wrapped", `TypeError: x
eval (unknown):2:297
r._wrapped _X_:94:3
`},
	{"Rollbar's text", "TypeError: q\n  File \"https://h/a.js\", line 1, in f\n    the line of the source\n  File \"[native code]\", line unknown, in forEach\n  File \"https://h/b.js\", line 4, in [anonymous]", `TypeError: q
f https://h/a.js:1
forEach 
[anonymous] https://h/b.js:4
unparsed "    the line of the source"
`},
	{"Sentry's text", " f in /a/b.ts [Line 8] (Not in app)\n\nconst x = 1;  <-- SUSPECT LINE\n g in native [Line null] (Not in app)", `
f /a/b.ts:8
g 
unparsed ""
unparsed "const x = 1;  <-- SUSPECT LINE"
`},
	{"Sentry's page", "NotFoundError\nNode was not found\n/a.min.js in o at line 2:24507\n/* a comment */", `NotFoundError: Node was not found
o /a.min.js:2:24507
unparsed "/* a comment */"
`},
	{"Raycast", "TypeError: x\n\nY4:Issue.tsx:125:86\n\n---\n124: f(x)\n---\n\nyr:index.js:7:3106\n    at ray-stack (<anonymous>)\nHo:index.js:7:2607", `TypeError: x
Y4 Issue.tsx:125:86
yr index.js:7:3106
ray-stack 
Ho index.js:7:2607
unparsed ""
unparsed ""
unparsed "---"
unparsed "124: f(x)"
unparsed "---"
unparsed ""
`},
	{"node-webkit", "Uncaught Error: x\nbootstrap.js [1460] cljs.core.missing\n[37]    g\nkey.js [562]  h", `Error: x
cljs.core.missing bootstrap.js:1460
g :37
h key.js:562
`},
	{"Firefox", "x is null a.js:366\n    f resource:///modules/a.js:366\n    forEach self-hosted:4324\n    (Async: promise callback)\n    g http://h/b.js:1", `: x is null a.js:366
f resource:///modules/a.js:366
forEach self-hosted:4324
g http://h/b.js:1, after "promise callback"
`},
	{"a table of Chrome's rows", "printErr | @ | b.js:1\n-- | -- | --\n  | g | @ | b.js:2\n  | $func219 | @ | 00970c26:0x1a0fb", `
printErr b.js:1
g b.js:2
$func219 00970c26
unparsed "-- | -- | --"
`},
	{"Chrome's rows below Vue's", "[Vue warn]: Unhandled error\n  at <Tag ref=1 >\n  at <App>\nwarn @ vue.js?d2dd:38\n(anonymous) @ vue.js?d2dd:212", `: [Vue warn]: Unhandled error
Tag 
App 
warn vue.js?d2dd:38
(anonymous) vue.js?d2dd:212
`},
	{"dictionaries", "Exception thrown with params (\n    (\n        {\n        column = 17;\n        file = \"http://h/a.js\";\n        lineNumber = 55;\n        methodName = \"_f\";\n    },\n", `: Exception thrown with params (\n    (
_f http://h/a.js:55:17
`},
	{"rows of any tool", "TypeError: x\nrun - http://h/a.js:1:2\ngo - http://h/b.js:3:4", `TypeError: x
run http://h/a.js:1:2
go http://h/b.js:3:4
`},
	{"numbered rows", "TypeError: x\n#0 run (http://h/a.js:1:2)\n#1 go (http://h/b.js:3:4)", `TypeError: x
run http://h/a.js:1:2
go http://h/b.js:3:4
`},
	{"rows below a title", "TypeError: x\n\nStack trace:\nhttp://h/a.js(1,2): run\nhttp://h/b.js(3,4): go", `TypeError: x
run http://h/a.js:1:2
go http://h/b.js:3:4
unparsed ""
unparsed "Stack trace:"
`},
	{"Datadog", "TypeError: x\n  at run @ http://h/a.js:1:2\n  at go @ http://h/b.js:3:4", `TypeError: x
run http://h/a.js:1:2
go http://h/b.js:3:4
`},
	{"rows with what was left out of a place", "TypeError: x\nrun [/a/b.js:1:2]\ngo [/a/c.js:3:4]", `TypeError: x
run /a/b.js:1:2
go /a/c.js:3:4
`},
	{"places below names, with source between", "TypeError: x\nrun\nsrc/a.js:12\n   9 | const x\n> 12 | x.y\nView compiled\ngo\nsrc/b.js:3", `TypeError: x
run src/a.js:12
go src/b.js:3
unparsed "   9 | const x"
unparsed "> 12 | x.y"
unparsed "View compiled"
`},
	{"PhantomJS", "TypeError: 'undefined' is not a function\n/a/app.js:247\n/a/app.js:177", `TypeError: 'undefined' is not a function
 /a/app.js:247
 /a/app.js:177
`},
}

// TestListed checks what is read of rows. Each text is read alike behind prose, with the prose unparsed.
func TestListed(t *testing.T) {
	for _, test := range listed {
		if got := outline(test.text) + "\n"; strings.TrimLeft(got, "\n") != strings.TrimLeft(test.want, "\n") {
			t.Errorf("%s: Parse(%q) =\n%swant\n%s", test.name, test.text, got, test.want)
		}
		frames := stacktrace.AppendFrames(nil, test.text)
		behind := stacktrace.AppendFrames(nil, "Steps: open the page, click.\nIt broke.\n\n"+test.text)
		if len(frames) != len(behind) {
			t.Errorf("%s: %d frames, behind prose %d", test.name, len(frames), len(behind))
		}
		for law, check := range map[string]func(string) error{
			"nothing invented": laws.Invented, "nothing lost": laws.Lost, "round trip": laws.RoundTrip, "one answer": laws.OneAnswer, "neutral": laws.Neutral,
		} {
			if err := check(test.text); err != nil {
				t.Errorf("%s: %s: %v", test.name, law, err)
			}
		}
	}
}

// TestListedNoFrames checks that lines which look like rows are none where nothing says that they are a stack's.
func TestListedNoFrames(t *testing.T) {
	for _, text := range []string{
		"Meeting at 10:30 in the office",
		"src/a.js:12 - fix this\nsrc/b.js:13 - later",
		"src/a.ts(12,5): error TS2322: x\nsrc/b.ts(1,2): error TS1: y",
		"src/a.ts:12:5 - error TS2322: Type 'a' is not assignable to type 'b'.",
		"/app/src/a.js\n  12:5  error  'x' is not defined  no-undef\n",
		"src/a.js:12\nsrc/b.js:13\nsrc/c.js:14",
		"src/a.js:12:const x = 1\nsrc/b.js:13:const y = 2",
		"build [12] done\nbuild [13] done",
		"DEBUG  app.js:12\nINFO  app.js:13",
		"app.js:12 hello\napp.js:13 done",
		"- fixed a.js in f\n- removed b.js in g",
		"chapter (see a.html:1)",
		"Server listening at http://localhost:3000\nOpen http://localhost:3000 in browser",
		"image: a:1\nports: b:2",
		"GET /app.js 200 12:30\nGET /b.js 404 12:31",
		"12:30 in Berlin, 11:30 in London",
		"at 12:30 in Berlin",
		"- Meet a.b:12 in Berlin",
		"Error: 2 hosts failed\nweb - http://h:80\ndb - http://h:81",
		"Error: pull failed\nimage: x@sha256:aa11:1:2\nimage: y@sha256:bb22:3:4",
		"Error: lint\nsrc/a.ts:12:5 - error TS1: y\nsrc/b.ts:1:2 - error TS2: z",
		"app-1  | Error: x\napp-1  | see http://h/a.html\napp-1  | done",
	} {
		if frames := stacktrace.AppendFrames(nil, text); len(frames) > 0 {
			t.Errorf("AppendFrames(%q) = %+v, want no frame", text, frames)
		}
	}
}

// joinedFrames are texts whose frames stand one behind the other on a line.
var joinedFrames = []struct{ name, text, want string }{
	{"Safari's", "[Error] ERROR\nError: Uncaught (in promise): x for y! get@http://h/v.js:25605:36 http://h/v.js:68895:32 forEach@[native code] f@http://h/v.js:4:5", `Error: Uncaught (in promise): x for y!
get http://h/v.js:25605:36
 http://h/v.js:68895:32
forEach 
f http://h/v.js:4:5
unparsed "[Error] ERROR"
`},
	{"one", "JS ERROR: TypeError: x is null f/g<@/usr/share/a@b/w.js:42:21", `TypeError: x is null
f/g< /usr/share/a@b/w.js:42:21
`},
	{"cut off", "Error at new f (https://h/a.js:26554:23) at ...", `Error
f https://h/a.js:26554:23
`},
	{"a place beside the message", "[4012:1129/101112.1:INFO:CONSOLE(3)] \"Uncaught TypeError: q\", source: https://h/a.js (12)", `TypeError: q
 https://h/a.js:12
`},
	{"a place behind the message", "E/Web Console( 1630): Uncaught TypeError: q at file:///a.js:15", `TypeError: q
 file:///a.js:15
`},
	{"a place in members", "[TypeError: q]\n  line: 5,\n  column: 58,\n  sourceURL: 'http://h/a.js'", `TypeError: q
 http://h/a.js:5:58
`},
	{"a place of Internet Explorer's", "SCRIPT438: q\na.js (12,5)", ` [SCRIPT438]: q
 a.js:12:5
`},
	{"a dialog", "A JavaScript error occurred in the main process\nUncaught Exception:\nTypeError: x\n    at f (/a.js:1:2)", `TypeError: x
f /a.js:1:2
unparsed "A JavaScript error occurred in the main process"
unparsed "Uncaught Exception:"
`},
	{"titles", "TypeError: x\nStack trace:\nf@http://h/a.js:1:2\ng@http://h/a.js:3:4", `TypeError: x
f http://h/a.js:1:2
g http://h/a.js:3:4
unparsed "Stack trace:"
`},
	{"a title before the first frame", "Error: q\nStack: f@resource://h/a.js:1:2\ng@resource://h/a.js:3:4", `Error: q
f resource://h/a.js:1:2
g resource://h/a.js:3:4
`},
	{"what frames have lost", "TypeError: x\n    at f (/a.js:1:2\n    at g /b.js:3:4)\n    at h (/c.js:5:6) File: /u.json\n    at k (/d.js:7:8)", `TypeError: x
f /a.js:1:2
g /b.js:3:4
h /c.js:5:6
k /d.js:7:8
`},
	{"without at", "Uncaught error from Firefox TypeError: t[0] is undefined title: (src/a.ts:123:34) call (src/b.js:448:33)", `TypeError: t[0] is undefined
title: src/a.ts:123:34
call src/b.js:448:33
`},
	{"a header that is told twice", "Uncaught TypeError: x\n\nTypeError: x\n   at f (/a.js:1:2)", `TypeError: x
f /a.js:1:2
unparsed "Uncaught TypeError: x"
unparsed ""
`},
	{"a name above the message", "MiniProgramError\nx is y\nTypeError: x is y\n    at f (/a.js:1:2)", `TypeError: x is y
f /a.js:1:2
unparsed "MiniProgramError"
unparsed "x is y"
`},
	{"React Native's print", "Error: \n stack: TypeError: x\n    at f (/a.js:1:2)\n line: undefined", `TypeError: x
f /a.js:1:2
unparsed "Error: "
unparsed " line: undefined"
`},
	{"zone.js tells a header within another", "Error: Uncaught (in promise): TypeError: x\nTypeError: x\n    at f (/a.js:1:2)", `Error: Uncaught (in promise): TypeError: x\nTypeError: x
f /a.js:1:2
`},
	{"React Native for Hermes", "TypeError: x, js engine: hermes, stack:\nf@1:1082033\napply@-1\ng (address at@1:61790\n\n       at com.facebook.react.X.y(X.java:71)", `TypeError: x
f 
apply 
g 
unparsed ""
unparsed "       at com.facebook.react.X.y(X.java:71)"
`},
	{"React Native for JavaScriptCore", "Fatal Exception: com.facebook.react.common.JavascriptException\nTypeError: x, stack: f@1368:4730 global code@954:1602 forEach@-1", `TypeError: x
f :1368:4730
global code :954:1602
forEach 
unparsed "Fatal Exception: com.facebook.react.common.JavascriptException"
`},
	{"React Native with components", "TypeError: x\n\nThis error is located at:\n    in A (created by B)\n    in B, js engine: hermes, stack:\nf@1:7\ng@1:6", `TypeError: x
f 
g 
A 
B 
unparsed "This error is located at:"
`},
	{"a label above Chrome's rows", "app.js:1 Plugin failure: images TypeError: h is not a constructor\n    at e.<anonymous> (app.js:1:22)\n(anonymous) @ app.js:1\ns @ app.js:7", `TypeError: h is not a constructor
e.<anonymous> app.js:1:22
s app.js:7
unparsed "(anonymous) @ app.js:1"
`},
	{"a place that is told again", "file:///a/cordova.js: Line 927 : Uncaught TypeError: x\n[INFO:CONSOLE(927)] \"Uncaught TypeError: x\", source: file:///a/cordova.js (927)", `TypeError: x
 file:///a/cordova.js:927
unparsed "[INFO:CONSOLE(927)] \"Uncaught TypeError: x\", source: file:///a/cordova.js (927)"
`},
	{"an error screen", "Uncaught SyntaxError: Unexpected token =\nSource: file:///js/4945.js\nLine: 1, Col: 6281\nStack Trace:\nSyntaxError: Unexpected token =\nUser Agent: x", `SyntaxError: Unexpected token =
 file:///js/4945.js:1:6281
unparsed "Stack Trace:"
unparsed "SyntaxError: Unexpected token ="
unparsed "User Agent: x"
`},
	{"Bun, without numbers in the excerpt", "TypeError: x\n code: \"ERR_X\"\n\n      at /a/test.ts:1:1\n\nBun v1.1.10 (Linux x64)", `TypeError [ERR_X]: x
 /a/test.ts:1:1
prop code = "ERR_X"
unparsed ""
unparsed "Bun v1.1.10 (Linux x64)"
`},
	{"Objective-C", "*** Terminating app due to uncaught exception 'RCTFatalException: Unhandled JS Exception: x of y', reason: 'Unhandled JS Exception: x of..., stack:\nf@209:410\n<unknown>@595:1191\n'", `: x of y
f :209:410
<unknown> :595:1191
unparsed "'"
`},
}

// TestJoinedFrames checks what is read of frames on one line, and of headers that are told in other words.
func TestJoinedFrames(t *testing.T) {
	for _, test := range joinedFrames {
		if got := outline(test.text) + "\n"; got != test.want {
			t.Errorf("%s: Parse(%q) =\n%swant\n%s", test.name, test.text, got, test.want)
		}
		for law, check := range map[string]func(string) error{
			"nothing invented": laws.Invented, "nothing lost": laws.Lost, "round trip": laws.RoundTrip, "one answer": laws.OneAnswer,
		} {
			if err := check(test.text); err != nil {
				t.Errorf("%s: %s: %v", test.name, law, err)
			}
		}
	}
	for _, text := range []string{
		"mail me@example.com:25 or you@example.com:26",
		"git clone git@github.com:a/b.git and git@github.com:c/d.git",
		"open (a.js:1) and (b.js:2)",
	} {
		if frames := stacktrace.AppendFrames(nil, text); len(frames) > 0 {
			t.Errorf("AppendFrames(%q) = %+v, want no frame", text, frames)
		}
	}
}
