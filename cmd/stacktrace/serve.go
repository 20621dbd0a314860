package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// serving is the command that shows the page of a report for what is pasted into it.
type serving struct {
	*command
	port   int
	byFlag string
	by     normalize.Strength
	piped  bool
	hosts  []string // with the port, that a request may be for

	mu     sync.Mutex
	groups *grouping // of what is piped
}

func (c *command) newServe() *cobra.Command {
	s := &serving{command: c}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the page of report for what is pasted, dropped or piped",
		Long: `Serve shows the page of report at an address of this machine, which it prints. What
is pasted into the page, or dropped on it as a file, is read at once; what is
piped into the command is shown as it comes.

Nothing leaves this machine: only it can reach the address, and requests that a
page of another origin makes are refused. Ctrl-C ends it.`,
		Example: `  stacktrace serve
  docker compose logs -f | stacktrace serve --port 8080`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return s.run() },
	}
	cmd.Flags().IntVar(&s.port, "port", 0, "the `PORT` (default: one that is free)")
	cmd.Flags().StringVar(&s.byFlag, "by", normalize.Stable.String(), "the fingerprint to group by: exact, stable or loose")
	c.complete(cmd, "by", "exact", "stable", "loose")
	return cmd
}

func (s *serving) run() (err error) {
	if s.by, err = readStrength(s.byFlag); err != nil {
		return err
	}
	if s.port < 0 || s.port > 65535 {
		return errFlag("port", s.port, "a number from 0 to 65535")
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)))
	if err != nil {
		return err
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	for _, host := range []string{"127.0.0.1", "localhost"} {
		s.hosts = append(s.hosts, net.JoinHostPort(host, strconv.Itoa(s.port)))
	}
	s.found = true
	s.piped = !isTerminal(s.stdin)
	s.groups = newGroups(s.by)
	s.groups.keep, s.groups.teller = keepDetail, &teller{}
	if err := writeLine(s.stdout, "http://"+s.hosts[0]+"/"); err != nil {
		return err
	}
	ctx, stop := untilInterrupted()
	defer stop()
	server := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	context.AfterFunc(ctx, func() { server.Close() })
	if s.piped {
		go s.readPipe(ctx)
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// readPipe reads standard input until it ends. The page stays there.
func (s *serving) readPipe(ctx context.Context) {
	err := s.readLog(ctx, source{name: "standard input"}, s.stdin, logReading{
		options: logscan.Options{Idle: idle},
		found: func(from source, f logscan.Found) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.groups.add(from, f)
			return nil
		},
	})
	if err != nil {
		fmt.Fprintf(s.stderr, "stacktrace: %v\n", err)
	}
}

// handler answers the page and what it asks for, and refuses what others ask.
func (s *serving) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.servePage)
	mux.HandleFunc("GET /traces", s.servePiped)
	mux.HandleFunc("POST /traces", s.servePasted)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", pagePolicy(true)+"; frame-ancestors 'none'")
		if !s.isAllowed(r) {
			http.Error(w, "only the page of this server may ask", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// isAllowed reports whether a request is for an address of this server, and not made by a page of
// another one: a name that somebody else has made to lead here is no address of it.
func (s *serving) isAllowed(r *http.Request) bool {
	if !slices.Contains(s.hosts, r.Host) {
		return false
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Scheme == "http" && u.Host == r.Host
}

// data returns what the page shows of groups.
func (s *serving) data(g *grouping, name string) *pageData {
	d := newPageData(g, g.rank(0, nil), []string{name})
	d.Live, d.Piped = true, s.piped
	return d
}

// pipedData returns what the page shows of what was piped.
func (s *serving) pipedData() *pageData {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := "-"
	if !s.piped {
		name = "what is pasted"
	}
	return s.data(s.groups, name)
}

func (s *serving) servePage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := writePage(w, "Stack traces", s.pipedData()); err != nil {
		return // the browser has gone
	}
}

// servePiped answers what was piped, if there is more than the page knows of.
func (s *serving) servePiped(w http.ResponseWriter, r *http.Request) {
	d := s.pipedData()
	if after, err := strconv.Atoi(r.FormValue("after")); err == nil && after == d.Total {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	writeJSON(w, d)
}

// maxPaste is how many bytes may be pasted or dropped.
const maxPaste = 256 << 20

// servePasted answers what is in the text that was pasted.
func (s *serving) servePasted(w http.ResponseWriter, r *http.Request) {
	in, err := decoded(http.MaxBytesReader(w, r.Body, maxPaste))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	g := newGroups(s.by)
	g.keep, g.teller = keepDetail, &teller{}
	from := source{name: "what is pasted"}
	start := &beginning{most: 1 << 20}
	scanner := logscan.NewScanner(io.TeeReader(in, start), logscan.Options{})
	for scanner.Scan() {
		g.add(from, scanner.Found())
	}
	if err := scanner.Err(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if g.total == 0 { // it may be an error by itself, in a form that no log has
		for _, t := range stacktrace.ParseAll(start.String()) {
			if hasFrames(t) {
				g.add(from, logscan.Found{Trace: t, Text: start.String()})
			}
		}
	}
	writeJSON(w, s.data(g, from.name))
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	newEncoder(w).Encode(v) // the browser may have gone
}

// beginning keeps the first bytes that are written.
type beginning struct {
	strings.Builder
	most int
}

func (b *beginning) Write(p []byte) (int, error) {
	b.Builder.Write(p[:min(len(p), max(b.most-b.Len(), 0))])
	return len(p), nil
}
