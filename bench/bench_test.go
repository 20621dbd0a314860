package main

import (
	"bytes"
	"strings"
	"testing"
)

// BenchmarkReaders measures each reader in Go with each trace, for benchstat:
//
//	go test -run '^$' -bench . -count 10 | tee new.txt; benchstat -col /reader new.txt
func BenchmarkReaders(b *testing.B) {
	traces, err := loadTraces()
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range readers {
		for _, t := range traces {
			b.Run("reader="+strings.ReplaceAll(r.name, " ", "")+"/trace="+strings.ReplaceAll(t.name, ", ", "-"), func(b *testing.B) {
				read := r.prepare(t)
				b.SetBytes(int64(len(t.text)))
				b.ReportAllocs()
				for b.Loop() {
					read()
				}
			})
		}
	}
}

// TestTable checks that the table can be made, and that the expressions that the package is compared
// with do the same job.
func TestTable(t *testing.T) {
	var out bytes.Buffer
	if err := run(&out, "", 1, 0, true); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "| v8, 1000 |") {
		t.Errorf("no trace of 1000 frames in\n%s", &out)
	}
}

// TestExpressions checks that the expressions find the same frames as the package, with the same
// fields, in the traces of 50 frames.
func TestExpressions(t *testing.T) {
	traces, err := loadTraces()
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range traces[:3] {
		got := appendMatches(nil, trace.text)
		if len(got) != len(trace.frames) {
			t.Errorf("%s: %d frames, want %d", trace.name, len(got), len(trace.frames))
			continue
		}
		for i, want := range trace.frames {
			got[i].Engine = want.Engine
			if got[i] != want {
				t.Errorf("%s: expression finds %+v, want %+v", trace.name, got[i], want)
			}
		}
	}
}
