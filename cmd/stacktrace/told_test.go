package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/stacktrace-go/stacktrace/logscan"
)

func TestTold(t *testing.T) {
	byMatch := &teller{release: regexp.MustCompile(`shop[@-](\d+(?:\.\d+)*)`)}
	for _, test := range []struct {
		teller           *teller
		file, text       string
		release, browser string
	}{
		{&teller{}, "", `{"level":"error","release":"shop@2.4.1","stack":"Error"}`, "shop@2.4.1", ""},
		{&teller{}, "", `{"service.version" : "7", "agent": "chromium"}`, "7", "chromium"},
		{&teller{}, "", `{"release":{"id":7},"appVersion":"1.2"}`, "1.2", ""},
		{&teller{}, "", `{"release":7}`, "", ""},
		{&teller{}, "", `level=error release=2.4.1 msg="a"`, "2.4.1", ""},
		{&teller{}, "", `level=error release="2.4.1 beta" msg="a"`, "2.4.1 beta", ""},
		{&teller{}, "", `prerelease=1 Error: no release was told, "release" alone`, "", ""},
		{&teller{}, "shop-2.4.1.log", "Error: a", "", ""},
		{byMatch, "shop-2.4.1.log", "Error: a", "2.4.1", ""},
		{byMatch, "shop-2.4.1.log", "[shop@3] Error: a", "3", ""},
		{&teller{}, "", `"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0" TypeError`, "", "Firefox 128"},
		{&teller{}, "", `"userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87"`, "", "Edge 126"},
		{&teller{}, "", `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`, "", "Safari 17"},
		{&teller{}, "", `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, "", "Chrome on iOS 126"},
		{&teller{}, "", `Mozilla/5.0 (compatible; somebot/1.0)`, "", ""},
		{&teller{}, "", `{"agent":"curl/8.1"}`, "", ""},
	} {
		f := logscan.Found{Pieces: []logscan.Piece{{Text: test.text}}}
		release, browser := test.teller.read(test.file, &f)
		if release != test.release || browser != test.browser {
			t.Errorf("of %s: release %q, browser %q, want %q and %q", test.text, release, browser, test.release, test.browser)
		}
	}
}

// TestReportTold checks that a page shows releases, browsers and the source around the calls.
func TestReportTold(t *testing.T) {
	dir := t.TempDir()
	file, page := filepath.Join(dir, "shop.log"), filepath.Join(dir, "page.html")
	stack := strings.TrimSuffix(strings.ReplaceAll(mapsTrace, "\n", `\n`), `\n`)
	var log strings.Builder
	for _, fields := range []string{
		`"release":"2.4.0","userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"`,
		`"release":"2.4.1","userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"`,
		`"release":"2.4.1"`,
	} {
		log.WriteString(`{"time":"2026-11-21T10:00:00Z",` + fields + `,"stack":"` + stack + "\"}\n")
	}
	if err := os.WriteFile(file, []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := runProcess(t, "", "report", "--maps", mapsFolder(t), "-o", page, file); status != exitFound {
		t.Fatalf("status %d: %s", status, stderr)
	}
	b := newBrowser(t)
	b.do(t, chromedp.Navigate("file://"+page), chromedp.Evaluate("document.querySelector('.row').click()", nil))
	facts := "[...document.querySelectorAll('.facts dt')].map((e) => e.textContent + ': ' + e.nextSibling.textContent).join(' | ')"
	b.check(t, facts+".includes('Releases: 2.4.0 (1), 2.4.1 (2) | Browsers: Firefox 128 | ')", "true")
	b.check(t, "document.querySelector('.app').textContent", "total  ../src/cart.js:3:91  // the cart\n2  export function total(items) {\n3  \treturn items.map(price)\n4  }\n5  \n")
	b.check(t, "document.querySelectorAll('.source').length + ' ' + document.querySelector('.here').textContent", "1 3  \treturn items.map(price)\n")
	b.check(t, "[...document.querySelectorAll('.frames li')].map((e) => e.className).join(' ')", "app app other")
	shoot(t, b, "report-source.png")
	b.checkQuiet(t, "file://")
}
