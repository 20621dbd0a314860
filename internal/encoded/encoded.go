// Package encoded reads texts that are compressed or in UTF-16, which their first bytes tell, whatever a file is
// called. The libraries that decompress are those of whoever calls it.
package encoded

import (
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// MaxWindow is how far back a zstd or xz file may refer. So much is kept in memory; it is what the
// program zstd reads unless it is told to take more.
const MaxWindow = 128 << 20

// Libraries are the functions that open what is compressed. What they return needs no closing.
type Libraries struct {
	Gzip, Zstd, XZ func(io.Reader) (io.Reader, error)
}

// encoding is a way to write a text.
type encoding struct {
	magic string
	open  func(*Libraries, io.Reader) (io.Reader, error)
}

var encodings = [...]encoding{
	{"\x1f\x8b", func(l *Libraries, r io.Reader) (io.Reader, error) { return l.Gzip(r) }},
	{"\x28\xb5\x2f\xfd", openZstd},
	{"\x50\x2a\x4d\x18", openZstd}, // what pzstd writes before the data
	{"\xfd7zXZ\x00", openXZ},
	{"BZh", func(_ *Libraries, r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }},
	{"\xff\xfe", openUTF16(binary.LittleEndian)},
	{"\xfe\xff", openUTF16(binary.BigEndian)},

	{"\x04\x22\x4d\x18", refuse("lz4")},
	{"PK\x03\x04", refuse("zip")},
	{"7z\xbc\xaf\x27\x1c", refuse("7-Zip")},
	{"LZIP", refuse("lzip")},
	{"\x1f\x9d", refuse("compress")},
}

func openZstd(l *Libraries, r io.Reader) (io.Reader, error) { return l.Zstd(r) }

// xzHead is how many bytes tell the dictionary of an xz file: its stream header, and the block header up
// to the properties of the filter LZMA2, if that is the only one. The format is described in
// "The .xz File Format", sections 2.1.1 and 3.1.
const xzHead = 12 + 5

func openXZ(l *Libraries, r io.Reader) (io.Reader, error) {
	head := make([]byte, xzHead)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	// Two bits of the block's flags tell how many filters there are, the rest whether sizes stand before
	// them; with sizes the length of the header is not fixed and the library's limits are all there is.
	if n == xzHead && head[13] == 0 && head[14] == 0x21 {
		bits := head[16]
		if size := (2 | int64(bits&1)) << (bits/2 + 11); bits > 40 || size > MaxWindow {
			return nil, fmt.Errorf("xz: a dictionary of %d MiB is more than %d", size>>20, MaxWindow>>20)
		}
	}
	return l.XZ(io.MultiReader(bytes.NewReader(head[:n]), r))
}

// refuse returns a function for a compression that is not read.
func refuse(name string) func(*Libraries, io.Reader) (io.Reader, error) {
	return func(*Libraries, io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("%s is not read, only gzip, zstd, xz and bzip2 are", name)
	}
}

// Decode returns the text that r holds, which may be compressed or in UTF-16, or both. It waits for no
// more of r than it takes to tell.
func (l *Libraries) Decode(r io.Reader) (io.Reader, error) {
	in, compressed, err := l.decodeOnce(r)
	if err != nil || !compressed {
		return in, err
	}
	in, _, err = l.decodeOnce(in)
	return in, err
}

// decodeOnce takes off one encoding, and tells whether there may be another within.
func (l *Libraries) decodeOnce(r io.Reader) (in io.Reader, more bool, err error) {
	var start []byte
	for {
		undecided := false
		for _, e := range encodings {
			if string(start) == e.magic {
				in, err := e.open(l, io.MultiReader(bytes.NewReader(start), r))
				return in, e.magic[0] < 0xfe, err
			}
			undecided = undecided || strings.HasPrefix(e.magic, string(start))
		}
		// Windows writes UTF-16 without a byte-order mark too. No log has NUL in its first two bytes.
		if len(start) == 2 && start[0] != 0 && start[1] == 0 {
			return newUTF16(io.MultiReader(bytes.NewReader(start), r), binary.LittleEndian), false, nil
		}
		if len(start) == 2 && start[0] == 0 && start[1] != 0 {
			return newUTF16(io.MultiReader(bytes.NewReader(start), r), binary.BigEndian), false, nil
		}
		if !undecided && len(start) >= 2 {
			break
		}
		var next [1]byte
		if _, err := io.ReadFull(r, next[:]); err != nil {
			break // what reads on meets it again
		}
		start = append(start, next[0])
	}
	return io.MultiReader(bytes.NewReader(start), r), false, nil
}

// IsText reports whether a file that begins with start is read as it stands. Four bytes are enough to tell, or all if
// there are less; what has the first bytes of xz or 7-Zip only begins like them.
func IsText(start []byte) bool {
	for _, e := range encodings {
		n := min(len(e.magic), 4)
		if len(start) >= n && string(start[:n]) == e.magic[:n] {
			return false
		}
	}
	return len(start) < 2 || (start[0] == 0) == (start[1] == 0)
}
