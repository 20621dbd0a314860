package encoded

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// fake are libraries that tell their name and read nothing.
var fake = Libraries{
	Gzip: func(io.Reader) (io.Reader, error) { return strings.NewReader("gzip"), nil },
	Zstd: func(io.Reader) (io.Reader, error) { return strings.NewReader("zstd"), nil },
	XZ:   func(io.Reader) (io.Reader, error) { return strings.NewReader("xz"), nil },
}

func TestDecode(t *testing.T) {
	for _, test := range []struct {
		name, input, want, err string
	}{
		{"nothing", "", "", ""},
		{"a byte", "a", "a", ""},
		{"text", "text\n", "text\n", ""},
		{"gzip", "\x1f\x8b\x08", "gzip", ""},
		{"zstd", "\x28\xb5\x2f\xfd\x00", "zstd", ""},
		{"xz", "\xfd7zXZ\x00\x00\x00", "xz", ""},
		{"a large dictionary", "\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x28", "", "xz: a dictionary of"},
		{"UTF-16", "\xff\xfea\x00\n\x00", "a\n", ""},
		{"UTF-16, big-endian", "\xfe\xff\x00a\x00\n", "a\n", ""},
		{"UTF-16 without a mark", "a\x00b\x00", "ab", ""},
		{"zip", "PK\x03\x04", "", "zip is not read"},
		{"lz4", "\x04\x22\x4d\x18", "", "lz4 is not read"},
	} {
		isText := IsText([]byte(test.input[:min(4, len(test.input))]))
		if want := test.want == test.input; isText != want {
			t.Errorf("%s: IsText = %v, want %v", test.name, isText, want)
		}
		for _, r := range []io.Reader{strings.NewReader(test.input), iotest.OneByteReader(strings.NewReader(test.input))} {
			in, err := fake.Decode(r)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("%s: error %v, want %q", test.name, err, test.err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
				continue
			}
			if got, err := io.ReadAll(in); err != nil || string(got) != test.want {
				t.Errorf("%s: read %q, error %v, want %q", test.name, got, err, test.want)
			}
		}
	}
}
