package normalize_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// mistake is what one engine said of one mistake. See testdata/README.md.
type mistake struct {
	Engine  string `json:"engine"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
	Code    string `json:"code"`
	Name    string `json:"name"`
	Message string `json:"message"`
}

func mistakes(t *testing.T) (byCode map[string][]mistake) {
	t.Helper()
	file, err := os.Open("../testdata/messages/results.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	byCode = make(map[string][]mistake)
	for s := bufio.NewScanner(file); s.Scan(); {
		var m mistake
		if err := json.Unmarshal(s.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		byCode[m.Code] = append(byCode[m.Code], m)
	}
	return byCode
}

// TestMistakes prints how often two engines' messages of the same mistake have one template: of all
// pairs of products, of those of two engines, and of those that can have one. An engine may say the same
// of two mistakes that the other tells apart: QuickJS says "not a function" of new f() too, SpiderMonkey
// of 2022 "o is undefined" of everything that is done with o.
func TestMistakes(t *testing.T) {
	type count struct{ same, total int }
	var all, engines, clear count
	known, total := 0, 0
	kinds := make(map[string]bool)
	byCode := mistakes(t)
	template := func(m mistake) string {
		template := normalize.Message(m.Name, m.Message)
		if template.Kind == "" {
			return "\x00" + m.Name + m.Message // like no other
		}
		return template.Text
	}
	saidOf := make(map[[3]string][]string) // the mistakes of which a product says the same
	said := make(map[[2]string]mistake)    // what a product says of a mistake
	for code, messages := range byCode {
		for _, m := range messages {
			key := [3]string{m.Version, m.Name, m.Message}
			saidOf[key] = append(saidOf[key], code)
			said[[2]string{m.Version, code}] = m
		}
	}
	// isAmbiguous reports whether a's engine says the same of a mistake of which b's says another thing.
	isAmbiguous := func(a, b mistake) bool {
		for _, code := range saidOf[[3]string{a.Version, a.Name, a.Message}] {
			if other, ok := said[[2]string{b.Version, code}]; ok && template(other) != template(b) {
				return true
			}
		}
		return false
	}
	for code, messages := range byCode {
		missed := false
		for i, a := range messages {
			total++
			if kind := normalize.Message(a.Name, a.Message).Kind; kind != "" {
				known++
				kinds[kind] = true
			}
			for _, b := range messages[i+1:] {
				counts := []*count{&all}
				if a.Engine != b.Engine {
					counts = append(counts, &engines)
				}
				if !isAmbiguous(a, b) && !isAmbiguous(b, a) {
					counts = append(counts, &clear)
				}
				same := template(a) == template(b)
				for _, n := range counts {
					n.total++
					if same {
						n.same++
					}
				}
				missed = missed || !same
			}
		}
		if missed && *showMisses {
			t.Logf("%s", code)
			for _, m := range messages {
				t.Logf("  %-20s %s: %s: %s", normalize.Message(m.Name, m.Message).Kind, m.Version, m.Name, m.Message)
			}
		}
	}
	share := func(n count) float64 { return 100 * float64(n.same) / float64(n.total) }
	t.Logf("one template for %d of %d pairs of products, %.1f %%; %d of %d messages of %d mistakes known, of %d kinds", all.same, all.total, share(all), known, total, len(byCode), len(kinds))
	t.Logf("of two engines: %d of %d pairs, %.1f %%", engines.same, engines.total, share(engines))
	t.Logf("without the %d pairs in which one engine says the same of mistakes that the other tells apart: %d of %d, %.1f %%", all.total-clear.total, clear.same, clear.total, share(clear))
	if share(all) < 96.5 || share(clear) < 98 || len(kinds) < 60 {
		t.Errorf("one template for %.1f %%, where messages are clear for %.1f %%; %d kinds", share(all), share(clear), len(kinds))
	}
}

// TestKinds checks the mistakes that are made most.
func TestKinds(t *testing.T) {
	for _, test := range []struct {
		typ, message, kind, params string
	}{
		{"TypeError", "Cannot read properties of undefined (reading 'id')", "nullish-property", "value=undefined property=id"},
		{"TypeError", `can't access property "id", user is undefined`, "nullish-property", "property=id object=user value=undefined"},
		{"TypeError", "undefined is not an object (evaluating 'user.id')", "nullish-property", "code=user.id property=id object=user"},
		{"TypeError", "Unable to get property 'id' of undefined or null reference", "nullish-property", "property=id"},
		{"TypeError", "Cannot read property 'id' of undefined", "nullish-property", "property=id value=undefined"},
		{"Error", "connect ECONNREFUSED 127.0.0.1:5432", "system", "syscall=connect code=ECONNREFUSED address=127.0.0.1 port=5432"},
		{"Error", "connect ECONNREFUSED ::1:45999", "system", "syscall=connect code=ECONNREFUSED address=::1 port=45999"},
		{"Error", "ENOENT: no such file or directory, open '/etc/app, v2.json'", "system", "code=ENOENT syscall=open path=/etc/app, v2.json"},
		{"Error", "EXDEV: cross-device link not permitted, rename '/a' -> '/b'", "system", "code=EXDEV syscall=rename path=/a dest=/b"},
		{"Error", "listen EADDRINUSE: address already in use :::3000", "system", "syscall=listen code=EADDRINUSE address=:: port=3000"},
		{"Error", "getaddrinfo ENOTFOUND db.example.com", "system", "syscall=getaddrinfo code=ENOTFOUND address=db.example.com"},
		{"Error", "spawn ffmpeg ENOENT", "system", "syscall=spawn path=ffmpeg code=ENOENT"},
		{"Error", "read ECONNRESET", "system", "syscall=read code=ECONNRESET"},
		{"", "Script error.", "script-error", ""},
		{"ChunkLoadError", "Loading chunk 480 failed.\n(error: https://h/480.js)", "chunk-load", "id=480 rest=\n(error: https://h/480.js)"},
		{"Error", "Uncaught (in promise): TypeError: Cannot read properties of null (reading 'id')", "nullish-property", "value=null property=id"},
		{"Error", "read the manual", "", ""},
		{"Error", "order is undefined", "", ""},
	} {
		got := normalize.Message(test.typ, test.message)
		var params []string
		for _, p := range got.Params {
			params = append(params, p.Name+"="+p.Value)
		}
		if got.Kind != test.kind || strings.Join(params, " ") != test.params {
			t.Errorf("Message(%q, %q) is of kind %q with %q, want %q with %q", test.typ, test.message, got.Kind, strings.Join(params, " "), test.kind, test.params)
		}
	}
}

// TestWordings checks what engines, hosts and frameworks say that are not among those in testdata/messages:
// old ones, and those that take a network, an extension or a build.
func TestWordings(t *testing.T) {
	for _, test := range []struct{ kind, typ, message string }{
		// Chrome before 30, 34 and 80.
		{"nullish-property", "TypeError", "Cannot call method 'foo' of undefined"},
		{"not-a-function", "TypeError", "Object #<Foo> has no method 'bar'"},
		{"not-a-function", "TypeError", "Property 'bar' of object #<Foo> is not a function"},
		{"nullish-property", "TypeError", "Cannot set property 'x' of null"},
		{"json-syntax", "SyntaxError", "Unexpected token < in JSON at position 0"},
		// Firefox 2 and later.
		{"nullish-property", "TypeError", "document.body has no properties"},
		{"nullish-property", "TypeError", "this.state is null"},
		{"read-only", "TypeError", "setting a property that has only a getter"},
		{"cross-origin", "Error", "Permission denied to access property 'document'"},
		{"cross-origin", "SecurityError", `Permission denied to access property "href" on cross-origin object`},
		{"dead-object", "TypeError", "can't access dead object"},
		// Safari 3, 5, 6 and later, PhantomJS.
		{"nullish-property", "TypeError", "Value undefined (result of expression a.b) is not object."},
		{"nullish-property", "TypeError", "Result of expression 'a.b' [undefined] is not an object."},
		{"not-a-function", "TypeError", "Result of expression 'a.b' [undefined] is not a function."},
		{"nullish-property", "TypeError", "'undefined' is not an object (evaluating 'a.b.c')"},
		{"not-a-function", "TypeError", "'undefined' is not a function (evaluating 'a.b()')"},
		{"nullish-property", "TypeError", "null is not an object (evaluating 'document.body.style')"},
		{"not-a-function", "TypeError", "a.b is not a function. (In 'a.b()', 'a.b' is undefined)"},
		{"in-operand", "TypeError", "e is not an Object. (evaluating '\"a\" in e')"},
		{"not-defined", "ReferenceError", "Can't find variable: gtag"},
		{"cross-origin", "SecurityError", `Blocked a frame with origin "https://a.example" from accessing a frame with origin "https://b.example". Protocols, domains, and ports must match.`},
		// Internet Explorer and Edge before 79.
		{"nullish-property", "TypeError", "'foo.bar' is null or not an object"},
		{"nullish-property", "TypeError", "Unable to get value of the property 'x': object is null or undefined"},
		{"nullish-property", "TypeError", "Unable to set property 'x' of undefined or null reference"},
		{"not-defined", "ReferenceError", "'foo' is undefined"},
		{"not-a-function", "TypeError", "Object doesn't support property or method 'includes'"},
		{"not-a-function", "TypeError", "Object expected"},
		{"before-initialisation", "ReferenceError", "Use before delaration"},
		{"incompatible-receiver", "TypeError", "Invalid calling object"},
		{"stack-overflow", "Error", "Out of stack space"},
		{"security", "Error", "Access is denied."},
		{"dead-object", "Error", "Can't execute code from a freed script"},
		// Hermes.
		{"not-defined", "ReferenceError", "Property 'foo' doesn't exist"},
		{"not-a-constructor", "TypeError", "undefined cannot be used as a constructor."},
		{"stack-overflow", "RangeError", "Maximum call stack size exceeded (native stack depth)"},
		{"module-not-found", "Error", `Requiring unknown module "undefined". If you are sure the module exists, try restarting Metro.`},
		// Networks, modules and builds.
		{"network", "TypeError", "Load failed (api.example.com)"},
		{"network", "TypeError", "Network request failed"},
		{"network", "AxiosError", "Network Error"},
		{"dynamic-import", "TypeError", "Importing a module script failed."},
		{"dynamic-import", "Error", "Unable to preload CSS for /assets/index-Dq-9a_bZ.css"},
		{"chunk-load", "ChunkLoadError", "Loading CSS chunk 12 failed.\n(/static/css/12.4f3a9c1e.chunk.css)"},
		{"chunk-load", "Error", "Uncaught (in promise): ChunkLoadError: Loading chunk 12 failed."},
		{"quota", "QuotaExceededError", "Failed to execute 'setItem' on 'Storage': Setting the value of 'cart' exceeded the quota."},
		{"quota", "QuotaExceededError", "The quota has been exceeded."},
		{"abort", "AbortError", "The user aborted a request."},
		{"timeout", "TimeoutError", "signal timed out"},
		// Extensions.
		{"extension-invalidated", "Error", "Extension context invalidated."},
		{"extension-message", "Error", "Could not establish connection. Receiving end does not exist."},
		// React, in development and in production.
		{"hydration", "Error", "Hydration failed because the server rendered HTML didn't match the client."},
		{"hydration", "Error", "Minified React error #418; visit https://react.dev/errors/418?args[]=HTML for the full message"},
		{"react-update-depth", "Error", "Maximum update depth exceeded. This can happen when a component repeatedly calls setState."},
		{"react-update-depth", "Error", "Minified React error #185; visit https://react.dev/errors/185 for the full message"},
		{"react-child", "Error", "Objects are not valid as a React child (found: object with keys {id})."},
		{"react-child", "Error", "Minified React error #31; visit https://react.dev/errors/31 for the full message"},
		{"react-hooks", "Error", "Rendered more hooks than during the previous render."},
		{"react-hooks", "Error", "Minified React error #310; visit https://react.dev/errors/310 for the full message"},
		// What programs say, and ends as messages of engines do.
		{"", "Error", "the cart is not iterable"},
		{"", "Error", "config.url is not an object"},
		{"", "ValidationFailure", "name is not defined"},
	} {
		if got := normalize.Message(test.typ, test.message).Kind; got != test.kind {
			t.Errorf("Message(%q, %q) is of kind %q, want %q", test.typ, test.message, got, test.kind)
		}
	}
}

// TestGroups checks that what varies in the messages of programs, hosts and engines does not part them, and
// that what tells two errors apart does.
func TestGroups(t *testing.T) {
	text, err := os.ReadFile("../testdata/messages/groups.txt")
	if err != nil {
		t.Fatal(err)
	}
	key := func(typ, message string) string {
		return normalize.Fingerprint(&stacktrace.Trace{Type: typ, Message: message}, normalize.Loose)
	}
	typ, first := "", ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "="); ok {
			typ, first = name, ""
			continue
		}
		message, differs := strings.CutPrefix(line, "#")
		if first == "" {
			first = message
		}
		if (key(typ, first) == key(typ, message)) == differs {
			t.Errorf("%s: %q and %q have one fingerprint: %v, want %v; %q, %q", typ, first, message, differs, !differs, normalize.Message(typ, first).Text, normalize.Message(typ, message).Text)
		}
	}
}

// TestPlaceholders checks what is taken out of the messages of programs.
func TestPlaceholders(t *testing.T) {
	for _, test := range []struct{ message, want string }{
		{"Order 1234 of ann@example.com failed", "Order <number> of <email> failed"},
		{"user 3f2504e0-4f89-11d3-9a0c-0305e82c3301 not found", "user <uuid> not found"},
		{"GET https://example.com/a?b=1 failed: 503", "GET <url> failed: 503"},
		{`no field "name" in 'user'`, `no field "name" in <quoted>`},
		{"can't open /var/lib/app/x.db.", "can't open <path>."},
		{"pointer 0x7ffdeadbeef", "pointer <hex>"},
		{"commit 4f3a9c1e is gone", "commit <hex> is gone"},
		{"since 2026-11-21T10:00:00Z", "since <date>"},
		{"peer 10.0.0.1:8080 left", "peer <address> left"},
		{"took 12ms, 3.5 s", "took <number>"},
		{"token xyz123def456 expired", "token <id> expired"},
		{"utf8 and base64 stay, as does h264", "utf8 and base64 stay, as does h264"},
		{"prototype method", "prototype method"},
		{"", ""},
	} {
		if got := normalize.Message("Error", test.message).Text; got != test.want {
			t.Errorf("Message(%q) = %q, want %q", test.message, got, test.want)
		}
	}
}

// TestMessages prints the same of the messages in the captures, which are of Chakra too. Programs whose
// mistakes are not the same in two engines, since one lacks what they use, are among them.
func TestMessages(t *testing.T) {
	_, scenarios := cross(t)
	same, pairs := 0, 0
	for scenario, configs := range scenarios {
		for i, x := range comparedConfigs {
			for _, y := range comparedConfigs[i+1:] {
				a, b := configs[x], configs[y]
				if a == nil || b == nil || a.Message == b.Message || a.family() == b.family() {
					continue
				}
				ta, tb := normalize.Message(a.Name, a.Message), normalize.Message(b.Name, b.Message)
				if ta.Kind == "not-defined" || tb.Kind == "not-defined" || ta.Kind == "" && tb.Kind == "" {
					continue
				}
				pairs++
				if ta.Text == tb.Text {
					same++
				} else if *showMisses {
					t.Logf("%s: %s %q %s, %s %q %s", scenario, x, a.Message, ta.Kind, y, b.Message, tb.Kind)
				}
			}
		}
	}
	share := 100 * float64(same) / float64(pairs)
	t.Logf("one template for %d of %d pairs of different messages in the captures, %.1f %%", same, pairs, share)
	if share < 91.5 {
		t.Errorf("one template for %.1f %%", share)
	}
}
