//go:build unix

package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// startServer starts the command and returns its process and the address that it prints.
func startServer(t *testing.T, args ...string) (p *process, url string) {
	t.Helper()
	p = start(t, append([]string{"serve"}, args...)...)
	line, err := p.stdout.ReadString('\n')
	url = strings.TrimSpace(line)
	if err != nil || !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Fatalf("the first line is %q, error %v, standard error %s", line, err, p.stderr.String())
	}
	return p, url
}

// ask sends a request and returns the status and the body.
func ask(t *testing.T, method, url, body string, change func(*http.Request)) (status int, answer string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

func TestServe(t *testing.T) {
	p, url := startServer(t)
	for _, test := range []struct {
		name, method, path, body string
		change                   func(*http.Request)
		status                   int
		want                     string
	}{
		{"the page", "GET", "", "", nil, 200, "<!doctype html>"},
		{"a log", "POST", "traces", shop, nil, 200, `{"total":5,"groups":[{"fingerprint":"st2:s`},
		{"a compressed log", "POST", "traces", gzipped(t, shop), nil, 200, `{"total":5,"groups":[{"fingerprint":"st2:s`},
		{"an error", "POST", "traces", `<pre>TypeError: x<br>    at f (/a.js:1:2)</pre>`, nil, 200, `{"total":1,"groups":[{"fingerprint":"st2:s`},
		{"prose", "POST", "traces", "hello\n", nil, 200, `{"total":0,"groups":[]`},
		{"a file that is not read", "POST", "traces", "PK\x03\x04", nil, 400, "zip is not read"},
		{"another path", "GET", "favicon.ico", "", nil, 404, ""},
		{"a name that leads here", "GET", "", "", func(r *http.Request) { r.Host = "evil.example:80" }, 403, "only the page"},
		{"another origin", "POST", "traces", shop, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403, "only the page"},
		{"no origin that can be told", "POST", "traces", shop, func(r *http.Request) { r.Header.Set("Origin", "null") }, 403, "only the page"},
		{"another site's page", "GET", "traces", "", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403, "only the page"},
		{"its own origin", "POST", "traces", shop, func(r *http.Request) { r.Header.Set("Origin", strings.TrimSuffix(url, "/")) }, 200, `{"total":5`},
		{"nothing new", "GET", "traces?after=0", "", nil, 204, ""},
	} {
		status, answer := ask(t, test.method, url+test.path, test.body, test.change)
		if status != test.status || !strings.Contains(answer, test.want) {
			t.Errorf("%s: status %d, %.200q, want %d and %q", test.name, status, answer, test.status, test.want)
		}
	}
	if _, status := p.interrupt(t, os.Interrupt); status != exitFound || p.stderr.Len() > 0 {
		t.Errorf("status %d, standard error %q", status, p.stderr.String())
	}
}

func TestServeRefuses(t *testing.T) {
	_, stderr, status := runProcess(t, "", "serve", "--port", "70000")
	if status != exitUsage || !strings.Contains(stderr, "--port 70000 is not a number from 0 to 65535") {
		t.Errorf("status %d, standard error %q", status, stderr)
	}
}

// TestServeBrowser checks in a browser that what is piped and what is pasted is shown, and that hostile
// text runs nothing there either.
func TestServeBrowser(t *testing.T) {
	p, url := startServer(t, "--by", "exact")
	b := newBrowser(t)
	b.do(t, chromedp.Navigate(url))
	b.check(t, "document.getElementById('paste').hidden", "false")
	if _, err := io.WriteString(p.stdin, shop+"fine\n"); err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Poll("document.querySelectorAll('.row').length === 2", nil))
	text, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Evaluate("document.getElementById('text').value = "+string(text), nil),
		chromedp.Click("#paste [type=submit]"),
		chromedp.Poll("document.querySelectorAll('.row').length > 2", nil),
		chromedp.Evaluate("document.querySelectorAll('.row').forEach((r) => r.click())", nil))
	b.check(t, "window.ran", "undefined")
	b.check(t, "document.querySelector('main').textContent.includes("+quoted(t, hostileTexts[0])+")", "true")
	b.do(t, chromedp.Click("#clear"), chromedp.Poll("document.querySelectorAll('.row').length === 2", nil))
	b.checkQuiet(t, url)
}
