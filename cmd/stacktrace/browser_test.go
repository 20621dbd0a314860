package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a page in a real Chromium, and what it did that it should not.
type browser struct {
	context.Context

	mu       sync.Mutex
	problems []string // messages on the console, errors, violations of the policy
	requests []string // URLs
}

// newBrowser starts Chromium. A machine without one skips the test.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: each test starts a browser, which takes seconds; TestReportEscapes checks without one that a hostile log adds no markup to the page")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium, chromium-browser or google-chrome in PATH, and only a browser runs the page's script; .ci/run installs one, and TestReportEscapes needs none")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1100, 800))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	page, closePage := chromedp.NewContext(allocator)
	t.Cleanup(closePage)
	limited, cancel := context.WithTimeout(page, 60*time.Second)
	t.Cleanup(cancel)
	b := &browser{Context: limited}
	chromedp.ListenTarget(b, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			b.problems = append(b.problems, e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			b.problems = append(b.problems, fmt.Sprint("console: ", e.Type))
		case *log.EventEntryAdded:
			b.problems = append(b.problems, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			b.requests = append(b.requests, e.Request.URL)
		}
	})
	b.do(t, network.Enable(), log.Enable())
	return b
}

func (b *browser) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(b, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval returns what an expression of JavaScript gives, as a string.
func (b *browser) eval(t *testing.T, expression string) string {
	t.Helper()
	var s string
	b.do(t, chromedp.Evaluate("String("+expression+")", &s))
	return s
}

func (b *browser) check(t *testing.T, expression, want string) {
	t.Helper()
	if got := b.eval(t, expression); got != want {
		t.Errorf("%s = %q, want %q", expression, got, want)
	}
}

// checkQuiet checks that the page had no error and asked for nothing but the URLs with the prefix.
func (b *browser) checkQuiet(t *testing.T, prefix string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		t.Errorf("the browser says: %s", p)
	}
	for _, url := range b.requests {
		if !strings.HasPrefix(url, prefix) {
			t.Errorf("the page asks for %s", url)
		}
	}
}

// hostile is a log of messages, functions and files that would run or load something if they were read
// as anything but text.
var hostile = func() string {
	var b strings.Builder
	for i, s := range hostileTexts {
		fmt.Fprintf(&b, "2026-11-21T10:00:%02dZ [%s] TypeError: %s\n    at f%d%s (https://shop.example/%s/a%d.js:1:2)\n    at g (%s:3:4)\n",
			i, strings.ReplaceAll(s, "]", ""), s, i, s, s, i, s)
	}
	return b.String()
}()

var hostileTexts = []string{
	`</script><script>window.ran=1</script>`,
	`<img src=x onerror="window.ran=2">`,
	`"><svg onload=window.ran=3>`,
	`' onmouseover='window.ran=4`,
	`<!--<script>window.ran=5</script>-->`,
	`</title></style><script>window.ran=6</script>`,
	"\u2028window.ran=7\u2029",
	`{{.Title}}${window.ran=8}`,
	`javascript:window.ran=9`,
	`<iframe srcdoc="<script>parent.ran=10</script>"></iframe>`,
	`<a href="https://evil.example/">x</a><link rel=stylesheet href=https://evil.example/a.css>`,
	`]]><base href=https://evil.example/><meta http-equiv=refresh content="0;url=https://evil.example/">`,
	`\u003cscript\u003ewindow.ran=11\u003c/script\u003e`,
	`</textarea></noscript><script>window.ran=12</script>`,
}

// TestReportHostile checks that a page made of a hostile log runs nothing and fetches nothing, with
// everything on it opened, and shows the text as it was.
func TestReportHostile(t *testing.T) {
	dir := t.TempDir()
	name := "<img src=x onerror=window.ran=13>.log"
	if goruntime.GOOS == "windows" {
		name = "'-window.ran=13-'.log" // a name has no "<" there
	}
	file, page := filepath.Join(dir, name), filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(hostile), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := runProcess(t, "", "report", "-o", page, "--title", hostileTexts[0], file); status != exitFound {
		t.Fatalf("status %d: %s", status, stderr)
	}
	b := newBrowser(t)
	url := "file://" + page
	b.do(t, chromedp.Navigate(url))
	b.check(t, "document.title", hostileTexts[0])
	b.do(t, chromedp.Evaluate("document.querySelectorAll('.row').forEach((r) => r.click())", nil))
	b.check(t, "window.ran", "undefined")
	b.check(t, "document.querySelectorAll('.row').length === document.querySelectorAll('.detail').length", "true")
	b.check(t, "document.querySelectorAll('script').length", "2")
	b.check(t, "document.querySelectorAll('main a, main img, main iframe, main link, base').length", "0")
	for _, s := range []string{hostileTexts[0], hostileTexts[1], hostileTexts[9]} {
		b.check(t, "document.querySelector('main').textContent.includes("+quoted(t, s)+")", "true")
	}
	b.do(t, chromedp.Sleep(200*time.Millisecond)) // what would run late
	b.check(t, "window.ran", "undefined")
	b.check(t, "location.href", url)
	b.checkQuiet(t, "file://")
}

// TestReportPage checks what a person does with a page: search, sort, open, keys, a narrow screen.
func TestReportPage(t *testing.T) {
	dir := t.TempDir()
	file, page := filepath.Join(dir, "shop.log"), filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(shop), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := runProcess(t, "", "report", "-o", page, file); status != exitFound {
		t.Fatalf("status %d: %s", status, stderr)
	}
	b := newBrowser(t)
	b.do(t, chromedp.Navigate("file://"+page))
	titles := "[...document.querySelectorAll('.title')].map((e) => e.textContent).join(' | ')"
	const orders, reading = "Error: order <number> is lost", "TypeError: Cannot read properties of undefined (reading 'id')"
	b.check(t, titles, orders+" | "+reading)
	b.check(t, "document.getElementById('summary').textContent.startsWith('5 traces · 2 failures · 2026-11-21 10:00:01 UTC to 2026-11-21 10:00:17 UTC · ')", "true")
	b.check(t, "document.querySelectorAll('#trend rect').length", "4")

	b.do(t, chromedp.SetValue("#sort", "first"), chromedp.Evaluate("document.getElementById('sort').dispatchEvent(new Event('change'))", nil))
	b.check(t, titles, reading+" | "+orders)

	b.do(t, chromedp.KeyEvent("/"), chromedp.KeyEvent("cart.js"), chromedp.Sleep(200*time.Millisecond))
	b.check(t, titles, reading)
	b.check(t, "document.getElementById('matches').textContent", "1 of 2 match")
	b.do(t, chromedp.KeyEvent("\u001b"))
	b.check(t, "document.querySelectorAll('.row').length", "2")

	b.do(t, chromedp.KeyEvent("j"), chromedp.KeyEvent("\r"))
	b.check(t, "document.querySelectorAll('.detail').length", "1")
	b.check(t, "[...document.querySelectorAll('.frames li')].map((e) => e.className + ' ' + e.textContent).join(' | ')",
		"app load  https://a.example.com/src/cart.js:12:7 | app start  https://a.example.com/src/app.js:3:1 | other Array.map  native code  (the engine) | other render  https://a.example.com/node_modules/preact/dist/preact.js:1:400  (preact)")
	b.check(t, "document.querySelector('pre').textContent.startsWith(\"TypeError: Cannot read\")", "true")
	b.check(t, "[...document.querySelectorAll('.messages li')].map((e) => e.textContent).join(' | ')",
		"Cannot read properties of undefined (reading 'id') | undefined is not an object (evaluating 'user.id')")
	shoot(t, b, "report.png")
	b.do(t, emulation.SetDeviceMetricsOverride(390, 800, 2, true))
	b.check(t, "document.documentElement.scrollWidth <= 390", "true")
	shoot(t, b, "report-phone.png")
	b.do(t, emulation.ClearDeviceMetricsOverride())
	visible := func(selector string) string {
		return "getComputedStyle(document.querySelector('" + selector + "')).display !== 'none'"
	}
	ground := "getComputedStyle(document.body).backgroundColor"
	b.check(t, ground, "rgb(255, 255, 255)")
	b.do(t, chromedp.Click("#theme"), chromedp.Click("#theme")) // light, then dark
	b.check(t, ground, "rgb(22, 24, 29)")
	shoot(t, b, "report-dark.png")
	b.do(t, emulation.SetEmulatedMedia().WithMedia("print"))
	b.check(t, ground, "rgb(255, 255, 255)")
	b.check(t, visible("#controls"), "false")
	b.check(t, visible(".detail"), "true")
	b.do(t, emulation.SetEmulatedMedia().WithMedia(""), chromedp.Focus(".row"), chromedp.KeyEvent("\u001b"))
	b.check(t, "document.querySelectorAll('.detail').length", "0")
	b.checkQuiet(t, "file://")
}

// shoot keeps a picture of the page in the folder that SCREENSHOTS names, for a person to look at.
func shoot(t *testing.T, b *browser, name string) {
	t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	var picture []byte
	b.do(t, chromedp.CaptureScreenshot(&picture))
	if err := os.WriteFile(filepath.Join(dir, name), picture, 0o600); err != nil {
		t.Fatal(err)
	}
}

// runProcess runs the command as a process of its own.
func runProcess(t *testing.T, stdin string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	p := newProcess(args...)
	p.Stdin = strings.NewReader(stdin)
	out, err := p.Output()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	return string(out), p.stderr.String(), p.ProcessState.ExitCode()
}
