package main

import (
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"github.com/stacktrace-go/stacktrace/internal/encoded"
)

// libraries decompress files.
var libraries = encoded.Libraries{
	Gzip: func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	Zstd: func(r io.Reader) (io.Reader, error) {
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(encoded.MaxWindow)) // without goroutines
	},
	XZ: func(r io.Reader) (io.Reader, error) { return xz.NewReader(r) },
}

// decoded returns the text that r holds, which may be compressed or in UTF-16, or both.
func decoded(r io.Reader) (io.Reader, error) { return libraries.Decode(r) }
