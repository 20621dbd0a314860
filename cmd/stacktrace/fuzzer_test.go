package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFuzzer puts the crashes in testdata/fuzzer into buckets. They are what 24 runs of Jazzer.js printed for the
// target beside them, which has a mistake in decode and the same one in two lines of size; docs/fuzzing.md tells how
// they were made.
func TestFuzzer(t *testing.T) {
	crashes, err := filepath.Glob("testdata/fuzzer/crash-*.txt")
	if err != nil || len(crashes) != 24 {
		t.Fatalf("%d crashes, %v", len(crashes), err)
	}
	type bucket struct {
		Count   int
		Title   string
		Culprit string
	}
	const decode, size = "TypeError: Cannot read properties of undefined (reading 'includes')", "RangeError: Invalid array length"
	for by, want := range map[string][]bucket{
		"exact":  {{13, decode, "decode (/src/target.js:12)"}, {8, size, "size (/src/target.js:16)"}, {3, size, "size (/src/target.js:17)"}},
		"stable": {{13, decode, "decode (/src/target.js:12)"}, {11, size, "size (/src/target.js:16)"}},
		"loose":  {{13, decode, "decode (/src/target.js:12)"}, {11, size, "size (/src/target.js:16)"}},
	} {
		stdout, stderr, status := runProcess(t, "", append([]string{"top", "--by", by}, crashes...)...)
		if status != exitFound || stderr != "" {
			t.Fatalf("--by %s: status %d, %s", by, status, stderr)
		}
		var got []bucket
		for line := range strings.Lines(stdout) {
			var b bucket
			if err := json.Unmarshal([]byte(line), &b); err != nil {
				t.Fatal(err)
			}
			got = append(got, b)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("--by %s (-want +got):\n%s", by, diff)
		}
	}
}
