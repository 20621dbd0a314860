package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	return written(t, &b, gzip.NewWriter(&b), text)
}

func zstandard(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, &b, w, text)
}

func written(t *testing.T, b *bytes.Buffer, w io.WriteCloser, text string) string {
	t.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDecoded(t *testing.T) {
	long := strings.Repeat("fine\n", 100_000)
	skipped := "\x50\x2a\x4d\x18\x04\x00\x00\x00\x01\x02\x03\x04"
	for _, test := range []struct{ name, input, want string }{
		{"nothing", "", ""},
		{"a byte", "\x28", "\x28"},
		{"text", long, long},
		{"almost gzip", "\x1f\x8c", "\x1f\x8c"},
		{"almost zstd", "\x28\xb5\x2f\xfe and more", "\x28\xb5\x2f\xfe and more"},
		{"the beginning of zstd", "\x28\xb5\x2f", "\x28\xb5\x2f"},
		{"gzip", gzipped(t, long), long},
		{"gzip, twice", gzipped(t, "a\n") + gzipped(t, "b\n"), "a\nb\n"},
		{"zstd", zstandard(t, long), long},
		{"zstd, twice", zstandard(t, "a\n") + zstandard(t, "b\n"), "a\nb\n"},
		{"zstd behind a frame that is passed over", skipped + zstandard(t, "a\n"), "a\n"},
	} {
		for _, r := range []io.Reader{strings.NewReader(test.input), iotest.OneByteReader(strings.NewReader(test.input))} {
			in, err := decoded(r)
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
				continue
			}
			if got, err := io.ReadAll(in); err != nil || string(got) != test.want {
				t.Errorf("%s: %d bytes, %.40q, error %v, want %d bytes", test.name, len(got), got, err, len(test.want))
			}
		}
	}
}

// TestDecodedFails checks that what was read before an error is not lost.
func TestDecodedFails(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, start := range []string{"", "\x1f", "\x28\xb5", "text"} {
		in, err := decoded(io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken)))
		if err != nil {
			t.Errorf("%q: %v", start, err)
			continue
		}
		if got, err := io.ReadAll(in); string(got) != start || err != broken {
			t.Errorf("%q: read %q, error %v", start, got, err)
		}
	}
}

// TestCompressed checks that both commands read compressed files and compressed standard input, and
// that one that breaks off is told and read up to there.
func TestCompressed(t *testing.T) {
	dir := t.TempDir()
	for kind, compress := range map[string]func(*testing.T, string) string{"gzip": gzipped, "zstd": zstandard} {
		whole := compress(t, shop)
		file, torn := filepath.Join(dir, kind), filepath.Join(dir, kind+" torn")
		long := compress(t, shop+incompressible())
		for name, content := range map[string]string{file: whole, torn: long[:len(long)/2]} {
			if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, test := range []struct {
			args   []string
			stdin  string
			status int
			lines  int
			stderr string
		}{
			{[]string{"scan", file}, "", exitFound, 5, ""},
			{[]string{"scan"}, whole, exitFound, 5, ""},
			{[]string{"scan", "-"}, whole, exitFound, 5, ""},
			{[]string{"scan", torn}, "", exitUsage, 5, torn + ": unexpected EOF"},
			{[]string{"top", file}, "", exitFound, 2, ""},
			{[]string{"top"}, whole, exitFound, 2, ""},
			{[]string{"top", torn}, "", exitUsage, 2, torn + ": unexpected EOF"},
			{[]string{"top", file, torn}, "", exitUsage, 2, torn + ": unexpected EOF"},
		} {
			var stdout, stderr strings.Builder
			if status := run(test.args, strings.NewReader(test.stdin), &stdout, &stderr); status != test.status {
				t.Errorf("%s: run(%q) = %d, want %d", kind, test.args, status, test.status)
			}
			if n := strings.Count(stdout.String(), "\n"); n != test.lines {
				t.Errorf("%s: run(%q) prints %d lines, want %d", kind, test.args, n, test.lines)
			}
			checkOutput(t, "standard error", stderr.String(), test.stderr)
		}
	}
}

// incompressible returns lines that stay long when they are compressed, so that a file of them can be
// torn behind what comes before.
func incompressible() string {
	var b strings.Builder
	for i := range uint32(200_000) {
		fmt.Fprintf(&b, "%08x\n", i*2654435761)
	}
	return b.String()
}

// TestUTF16 checks what is decoded against the standard library, in pieces of any size, and what is no
// UTF-16.
func TestUTF16(t *testing.T) {
	for _, test := range []struct{ input, want string }{
		{inUTF16("aä€𝄞\n", true, false), "aä€𝄞\n"},
		{inUTF16("aä€𝄞\n", true, true), "aä€𝄞\n"},
		{inUTF16("a\ufeffb", true, false), "a\ufeffb"},
		{"\xff\xfe", ""},
		{"\xff\xfea", "\ufffd"},
		{"\xff\xfea\x00\x00\xd8", "a\ufffd"},
		{"\xff\xfe\x00\xd8a\x00", "\ufffda"},
		{"\xff\xfe\x00\xdca\x00", "\ufffda"},
		{"\xff\xfe\x00\xd8\x00\xd8\x00\xdc", "\ufffd\U00010000"},
		{inUTF16(strings.Repeat("𝄞a", 20_000), true, false), strings.Repeat("𝄞a", 20_000)},
	} {
		for _, r := range []io.Reader{strings.NewReader(test.input), iotest.OneByteReader(strings.NewReader(test.input)), iotest.DataErrReader(strings.NewReader(test.input))} {
			in, err := decoded(r)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(in); err != nil || string(got) != test.want {
				t.Errorf("%.20q is %.20q, error %v, want %.20q", test.input, got, err, test.want)
			}
		}
	}
}

// TestXZDictionary checks that a file cannot make the command take more memory than it is meant to.
func TestXZDictionary(t *testing.T) {
	const header = "\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01" // of the stream, and of a block up to its dictionary
	for properties, want := range map[string]string{"\x28": "xz: a dictionary of", "\x27": "xz: a dictionary of 3072 MiB is more than 128", "\xff": "xz: "} {
		_, err := decoded(strings.NewReader(header + properties + "\x00\x00\x00"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", properties, err, want)
		}
	}
}
