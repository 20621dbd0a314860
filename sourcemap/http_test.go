package sourcemap_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/sourcemap"
)

const tinyMap = `{"version":3,"sources":["src/a.ts"],"names":[],"mappings":"AAAA"}`

func frameOf(file string) stacktrace.Frame { return stacktrace.Frame{File: file, Line: 1, Col: 1} }

// site is a server with scripts, and counts what is asked of it.
func site(t *testing.T) (*httptest.Server, *int) {
	t.Helper()
	requests := new(int)
	mux := http.NewServeMux()
	write := func(path, text string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { *requests++; fmt.Fprint(w, text) })
	}
	write("/a.js", "x()\n//# sourceMappingURL=maps/a.map?v=1\n")
	write("/maps/a.map", tinyMap)
	write("/b.js", "x()\n")
	write("/b.js.map", tinyMap)
	write("/data.js", "x()\n//# sourceMappingURL=data:application/json,"+strings.ReplaceAll(tinyMap, `"`, "%22"))
	write("/else.js", "x()\n//# sourceMappingURL=http://other.example.com/a.map\n")
	write("/none.js", "x()\n")
	write("/bad.js", "x()\n//# sourceMappingURL=a.js\n")
	write("/big.js", strings.Repeat("x", 5000))
	mux.HandleFunc("/header.js", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("SourceMap", "/maps/a.map") })
	mux.HandleFunc("/moved.js", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a.js", http.StatusFound) })
	mux.HandleFunc("/away.js", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
	})
	mux.HandleFunc("/loop.js", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop.js", http.StatusFound) })
	mux.HandleFunc("/slow.js", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server, requests
}

func TestHTTP(t *testing.T) {
	server, _ := site(t)
	r, err := sourcemap.HTTP([]string{server.URL}, sourcemap.HTTPMaxBytes(4000), sourcemap.HTTPTimeout(500*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, err string // what the error must tell; "" for a map
		notFound  bool
	}{
		{"/a.js", "", false},
		{"/a.js?v=2#x", "", false},
		{"/b.js", "", false},
		{"/data.js", "", false},
		{"/header.js", "", false},
		{"/moved.js", "", false},
		{"/none.js", "404", true},
		{"/missing.js", "404", true},
		{"/else.js", "other.example.com is not among", true},
		{"/away.js", "169.254.169.254 is not among", true},
		{"/loop.js", "too many redirects", false},
		{"/bad.js", "not an object", false},
		{"/big.js", "more than 4000 bytes", false},
		{"/slow.js", "deadline exceeded", false},
	} {
		m, err := r.Map(context.Background(), frameOf(server.URL+c.path))
		switch {
		case c.err == "":
			if err != nil || m.Sources()[0] != "src/a.ts" {
				t.Errorf("%s: %v, %v", c.path, m, err)
			}
		case err == nil || !strings.Contains(err.Error(), c.err) || errors.Is(err, sourcemap.ErrNotFound) != c.notFound:
			t.Errorf("%s: error %v, want one with %q", c.path, err, c.err)
		}
	}
}

// TestHTTPReachesNothingElse: addresses that the list does not name are not connected to, whatever name
// leads there.
func TestHTTPReachesNothingElse(t *testing.T) {
	server, requests := site(t)
	port := server.URL[strings.LastIndexByte(server.URL, ':'):]
	// A name of the list that resolves to this machine, which the list does not name.
	for _, host := range []string{"localhost.localdomain", "ip6-localhost", "127.0.0.1.nip.example"} {
		r, err := sourcemap.HTTP([]string{"http://" + host + port})
		if err != nil {
			t.Fatal(err)
		}
		if m, err := r.Map(context.Background(), frameOf("http://"+host+port+"/a.js")); err == nil {
			t.Errorf("%s: %v", host, m.Sources())
		}
	}
	r, err := sourcemap.HTTP([]string{"https://shop.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{
		server.URL + "/a.js", "file:///etc/passwd", "ftp://shop.example.com/a.js", "http://shop.example.com/a.js",
		"https://shop.example.com:8443/a.js", "https://shop.example.com.evil.example/a.js", "https://shop.example.com@127.0.0.1/a.js",
		"//shop.example.com/a.js", "a.js", "https://[::1]/a.js", "\x00", "javascript:1",
	} {
		if _, err := r.Map(context.Background(), frameOf(file)); !errors.Is(err, sourcemap.ErrNotFound) {
			t.Errorf("%q: error %v, want ErrNotFound", file, err)
		}
	}
	if *requests > 0 {
		t.Errorf("%d requests came through", *requests)
	}
	for _, list := range []string{"example.com", "ftp://example.com", "https://example.com/path", "https://u:p@example.com", "https://"} {
		if _, err := sourcemap.HTTP([]string{list}); err == nil {
			t.Errorf("%q is taken for an origin", list)
		}
	}
}
