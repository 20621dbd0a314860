package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// compressions are told apart by the first bytes, whatever a file is called.
var compressions = [...]struct {
	magic string
	open  func(io.Reader) (io.Reader, error)
}{
	{"\x1f\x8b", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	{"\x28\xb5\x2f\xfd", openZstd},
	{"\x50\x2a\x4d\x18", openZstd}, // what pzstd writes for itself before the data
}

// maxWindow is how far back a zstd file may refer. So much is kept in memory; it is what the program
// zstd reads unless it is told to take more.
const maxWindow = 128 << 20

// openZstd returns a reader that needs no closing: with a concurrency of one it has no goroutines.
func openZstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
}

// decompressed returns what r holds, which may be compressed. It waits for no more of r than it takes
// to tell.
func decompressed(r io.Reader) (io.Reader, error) {
	var start []byte
	for {
		undecided := false
		for _, c := range compressions {
			if string(start) == c.magic {
				return c.open(io.MultiReader(bytes.NewReader(start), r))
			}
			undecided = undecided || strings.HasPrefix(c.magic, string(start))
		}
		var next [1]byte
		if !undecided {
			break
		}
		if _, err := io.ReadFull(r, next[:]); err != nil {
			break // what reads on meets it again
		}
		start = append(start, next[0])
	}
	return io.MultiReader(bytes.NewReader(start), r), nil
}
