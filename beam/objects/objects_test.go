package objects

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// store answers as both object stores do for reading a part of an object.
func store(t *testing.T, text string) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/logs/2026/a.log") {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "a.log", time.Time{}, strings.NewReader(text))
	}))
	t.Cleanup(server.Close)
	return server
}

// TestOpen reads a part of an object from a server that takes the place of each store.
func TestOpen(t *testing.T) {
	text := fmt.Sprint(strings.Repeat("0123456789", 100))
	server := store(t, text)
	t.Setenv("STORAGE_EMULATOR_HOST", server.URL)
	t.Setenv("AWS_ENDPOINT_URL", server.URL)
	t.Setenv("AWS_REGION", "us-east-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "none")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "none")
	if r, err := openGoogle(context.Background(), "gs://logs/2026/a.log", 995); err != nil {
		t.Error(err)
	} else if got, err := io.ReadAll(r); err != nil || string(got) != text[995:] {
		t.Errorf("gs: read %q, error %v", got, err)
	}
	if r, err := openAmazon(context.Background(), "s3://logs/2026/a.log", 995); err != nil {
		t.Error(err)
	} else if got, err := io.ReadAll(r); err != nil || string(got) != text[995:] {
		t.Errorf("s3: read %q, error %v", got, err)
	}
	for _, name := range []string{"gs://", "gs://bucket", "gs://bucket/"} {
		if _, err := openGoogle(context.Background(), name, 0); err == nil {
			t.Errorf("%s is opened", name)
		}
	}
}
