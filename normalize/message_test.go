package normalize_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

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

// TestMistakes prints how often two engines' messages of the same mistake have one template. Where they
// have not, an engine has one message for several mistakes: QuickJS says "not a function" of new f()
// too, SpiderMonkey of 2022 "o is undefined" of everything that is done with o.
func TestMistakes(t *testing.T) {
	same, pairs, known, total := 0, 0, 0, 0
	kinds := make(map[string]bool)
	for code, all := range mistakes(t) {
		missed := false
		for i, a := range all {
			total++
			template := normalize.Message(a.Name, a.Message)
			if template.Kind != "" {
				known++
				kinds[template.Kind] = true
			}
			for _, b := range all[i+1:] {
				pairs++
				if other := normalize.Message(b.Name, b.Message); other.Text == template.Text && template.Kind != "" {
					same++
				} else {
					missed = true
				}
			}
		}
		if missed && *showMisses {
			t.Logf("%s", code)
			for _, m := range all {
				t.Logf("  %-20s %s: %s: %s", normalize.Message(m.Name, m.Message).Kind, m.Version, m.Name, m.Message)
			}
		}
	}
	share := 100 * float64(same) / float64(pairs)
	t.Logf("one template for %d of %d pairs of engines, %.1f %%; %d of %d messages known, of %d kinds", same, pairs, share, known, total, len(kinds))
	if share < 96.5 || len(kinds) < 60 {
		t.Errorf("one template for %.1f %%, want 96.5 %%; %d kinds, want 60", share, len(kinds))
	}
}

// TestKinds checks the mistakes that are made most.
func TestKinds(t *testing.T) {
	for _, test := range []struct {
		typ, message, kind, params string
	}{
		{"TypeError", "Cannot read properties of undefined (reading 'id')", "nullish-property", "value=undefined property=id"},
		{"TypeError", `can't access property "id", user is undefined`, "nullish-property", "property=id object=user value=undefined"},
		{"TypeError", "undefined is not an object (evaluating 'user.id')", "nullish-property", "code=user.id"},
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

// TestPlaceholders checks what is taken out of the messages of programs.
func TestPlaceholders(t *testing.T) {
	for _, test := range []struct{ message, want string }{
		{"Order 1234 of ann@example.com failed", "Order <number> of <email> failed"},
		{"user 3f2504e0-4f89-11d3-9a0c-0305e82c3301 not found", "user <uuid> not found"},
		{"GET https://example.com/a?b=1 failed: 503", "GET <url> failed: <number>"},
		{`no field "name" in 'user'`, "no field <quoted> in <quoted>"},
		{"can't open /var/lib/app/x.db.", "can't open <path>."},
		{"pointer 0x7ffdeadbeef", "pointer <hex>"},
		{"commit 4f3a9c1e is gone", "commit <hex> is gone"},
		{"since 2026-11-21T10:00:00Z", "since <date>"},
		{"peer 10.0.0.1:8080 left", "peer <address> left"},
		{"took 12ms, 3.5 s", "took <number>ms, <number> s"},
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
