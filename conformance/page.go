package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// pageTime is how long a page may take until it tells of its error.
const pageTime = 4 * time.Second

// browserTime is how long a browser may take for all pages.
const browserTime = 4 * time.Minute

// pages serves programs to a browser on loopback: one page runs each of the others in a frame of its
// own, one after the other, and asks the server when it may go on.
type pages struct {
	programs map[string]*Program
	order    []string
	hook     bool // call sites too

	mu   sync.Mutex
	told map[string]told   // by the folder and the program, "text/class.js"
	errs map[string]string // what an error event said
	news map[string]chan struct{}
	done chan struct{}
}

// runPages runs programs in a browser.
func (e *Engine) runPages(ctx context.Context, programs []*Program) ([]*Result, error) {
	s := &pages{
		programs: make(map[string]*Program), hook: e.Hook,
		told: make(map[string]told), errs: make(map[string]string), news: make(map[string]chan struct{}), done: make(chan struct{}),
	}
	for _, p := range programs {
		s.programs[p.Name] = p
		s.order = append(s.order, p.Name)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	defer server.Close()
	ctx, cancel := context.WithTimeout(ctx, browserTime)
	defer cancel()
	stop, err := e.open(ctx, "http://"+listener.Addr().String()+"/")
	if err != nil {
		return nil, err
	}
	defer stop()
	select {
	case <-s.done:
	case <-ctx.Done():
		err = fmt.Errorf("%s did not come to the end: %w", e.Name, ctx.Err())
	}
	return s.results(e, programs, listener.Addr().String()), err
}

// results puts together what the pages told.
func (s *pages) results(e *Engine, programs []*Program, host string) []*Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*Result
	for _, p := range programs {
		r := &Result{}
		r.Engine, r.Runtime, r.Version, r.Scenario = e.Family, e.Name, e.version, p.Name
		t, ok := s.told["text/"+p.Name]
		switch {
		case ok:
			r.take(t)
		case s.errs["text/"+p.Name] != "":
			r.Failed = s.errs["text/"+p.Name]
		default:
			r.Failed = "the page told nothing"
		}
		if t, ok := s.told["site/"+p.Name]; ok && r.Failed == "" {
			r.takeSites(t.Sites)
		}
		r.rename("http://"+host+"/site/", "http://host/app/")
		r.rename("http://"+host+"/text/", "http://host/app/")
		all = append(all, r)
	}
	return all
}

func (s *pages) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.serveAll)
	mux.HandleFunc("GET /page", s.servePage)
	mux.HandleFunc("GET /text/{name}", s.serveScript)
	mux.HandleFunc("GET /site/{name}", s.serveScript)
	mux.HandleFunc("GET /wait", s.serveWait)
	mux.HandleFunc("POST /told", s.serveTold)
	mux.HandleFunc("POST /failed", s.serveFailed)
	mux.HandleFunc("POST /done", func(http.ResponseWriter, *http.Request) { close(s.done) })
	return mux
}

var allPage = template.Must(template.New("all").Parse(`<!doctype html><title>conformance</title><script type="module">
for (const name of {{.}}) {
  const frame = document.createElement("iframe");
  frame.src = "/page?run=" + encodeURIComponent(name);
  document.body.append(frame);
  await fetch("/wait?run=" + encodeURIComponent(name));
  frame.remove();
}
await fetch("/done", { method: "POST" });
</script><body></body>`))

func (s *pages) serveAll(w http.ResponseWriter, _ *http.Request) {
	var runs []string
	for _, name := range s.order {
		runs = append(runs, "text/"+name)
		if s.hook {
			runs = append(runs, "site/"+name)
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	allPage.Execute(w, runs)
}

var onePage = template.Must(template.New("one").Parse(`<!doctype html><meta charset="utf-8"><script>
addEventListener("error", (event) => {
  const request = new XMLHttpRequest();
  request.open("POST", "/failed" + location.search, false);
  request.send(event.message || "a script did not load");
}, true);
</script><script {{if .Module}}type="module"{{end}} src="/{{.Run}}"></script>`))

func (s *pages) servePage(w http.ResponseWriter, r *http.Request) {
	run := r.FormValue("run")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	onePage.Execute(w, struct {
		Run    string
		Module bool
	}{run, strings.HasSuffix(run, ".mjs")})
}

func (s *pages) serveScript(w http.ResponseWriter, r *http.Request) {
	p := s.programs[r.PathValue("name")]
	if p == nil {
		http.NotFound(w, r)
		return
	}
	script, err := p.script(strings.HasPrefix(r.URL.Path, "/site/"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	io.WriteString(w, script)
}

// serveWait answers when the page has told of its error, or has taken too long.
func (s *pages) serveWait(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-s.newsOf(r.FormValue("run")):
	case <-time.After(pageTime):
	case <-r.Context().Done():
	}
}

func (s *pages) serveTold(_ http.ResponseWriter, r *http.Request) {
	var t told
	if json.NewDecoder(r.Body).Decode(&t) != nil {
		return
	}
	run := r.URL.Query().Get("run")
	news := s.newsOf(run)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, again := s.told[run]; !again {
		s.told[run] = t
		close(news)
	}
}

// serveFailed keeps what an error event says: a program whose text cannot be compiled tells nothing else.
func (s *pages) serveFailed(_ http.ResponseWriter, r *http.Request) {
	message, _ := io.ReadAll(io.LimitReader(r.Body, 1000))
	run := r.URL.Query().Get("run")
	news := s.newsOf(run)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, told := s.told[run]; told || s.errs[run] != "" {
		return
	}
	s.errs[run] = string(message)
	close(news)
}

// newsOf returns the channel that is closed when a run has told something.
func (s *pages) newsOf(run string) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.news[run] == nil {
		s.news[run] = make(chan struct{})
	}
	return s.news[run]
}

// open starts the browser with a page, and returns what ends it.
func (e *Engine) open(ctx context.Context, url string) (stop func(), err error) {
	profile, err := os.MkdirTemp("", "conformance-profile")
	if err != nil {
		return nil, err
	}
	remove := func() { os.RemoveAll(profile) }
	switch e.Name {
	case "chromium":
		return start(exec.CommandContext(ctx, e.path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir="+profile, url), remove)
	case "firefox":
		return start(exec.CommandContext(ctx, e.path, "--headless", "--no-remote", "--profile", profile, url), remove)
	case "webkit":
		return openWebKit(ctx, e.path, url, remove)
	}
	remove()
	return nil, fmt.Errorf("%s is no browser that this command can open", e.Name)
}

// start starts a command and returns what kills it and cleans up.
func start(command *exec.Cmd, clean func()) (stop func(), err error) {
	command.WaitDelay = time.Second
	if err := command.Start(); err != nil {
		clean()
		return nil, err
	}
	return func() {
		command.Process.Kill()
		command.Wait()
		clean()
	}, nil
}

// openWebKit opens a page in WebKitGTK's browser for tests through its WebDriver, on a display that
// nobody sees.
func openWebKit(ctx context.Context, driver, url string, clean func()) (stop func(), err error) {
	browser := miniBrowser()
	if browser == "" {
		clean()
		return nil, fmt.Errorf("there is no MiniBrowser beside %s", driver)
	}
	port, err := freePort()
	if err != nil {
		clean()
		return nil, err
	}
	const display = ":97"
	stopDisplay, err := start(exec.CommandContext(ctx, "Xvfb", display, "-screen", "0", "800x600x24"), clean)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, driver, "--port="+port)
	command.Env = append(os.Environ(), "DISPLAY="+display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1", "LIBGL_ALWAYS_SOFTWARE=1")
	stopDriver, err := start(command, stopDisplay)
	if err != nil {
		return nil, err
	}
	base := "http://127.0.0.1:" + port
	var session struct {
		Value struct {
			ID string `json:"sessionId"`
		} `json:"value"`
	}
	body := fmt.Sprintf(`{"capabilities":{"alwaysMatch":{"webkitgtk:browserOptions":{"binary":%q,"args":["--automation"]}}}}`, browser)
	if err := post(ctx, base+"/session", body, &session); err != nil {
		stopDriver()
		return nil, err
	}
	if err := post(ctx, base+"/session/"+session.Value.ID+"/url", fmt.Sprintf(`{"url":%q}`, url), nil); err != nil {
		stopDriver()
		return nil, err
	}
	return stopDriver, nil
}

// miniBrowser returns the file of WebKitGTK's browser for tests, "" if it is not there.
func miniBrowser() string {
	found, err := filepath.Glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

// post sends JSON to a WebDriver, which may still be starting, and reads its answer.
func post(ctx context.Context, url, body string, answer any) error {
	for try := 0; ; try++ {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			if try < 50 && ctx.Err() == nil {
				time.Sleep(200 * time.Millisecond)
				continue
			}
			return err
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			return err
		}
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("WebDriver answers %s: %.300s", response.Status, text)
		}
		if answer == nil {
			return nil
		}
		return json.Unmarshal(text, answer)
	}
}

// freePort returns a port on loopback that nobody uses just now.
func freePort() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	return port, err
}
