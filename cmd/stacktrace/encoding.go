package main

import (
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// encoding is a way to write a text that the first bytes tell, whatever a file is called.
type encoding struct {
	magic string
	open  func(io.Reader) (io.Reader, error)
}

var encodings = [...]encoding{
	{"\x1f\x8b", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	{"\x28\xb5\x2f\xfd", openZstd},
	{"\x50\x2a\x4d\x18", openZstd}, // what pzstd writes before the data
	{"\xfd7zXZ\x00", openXZ},
	{"BZh", func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }},
	{"\xff\xfe", openUTF16(binary.LittleEndian)},
	{"\xfe\xff", openUTF16(binary.BigEndian)},

	{"\x04\x22\x4d\x18", refuse("lz4")},
	{"PK\x03\x04", refuse("zip")},
	{"7z\xbc\xaf\x27\x1c", refuse("7-Zip")},
	{"LZIP", refuse("lzip")},
	{"\x1f\x9d", refuse("compress")},
}

// maxWindow is how far back a zstd or xz file may refer. So much is kept in memory; it is what the
// program zstd reads unless it is told to take more.
const maxWindow = 128 << 20

// openZstd returns a reader that needs no closing: with a concurrency of one it has no goroutines.
func openZstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
}

// xzHead is how many bytes tell the dictionary of an xz file: its stream header, and the block header up
// to the properties of the filter LZMA2, if that is the only one. The format is described in
// "The .xz File Format", sections 2.1.1 and 3.1.
const xzHead = 12 + 5

func openXZ(r io.Reader) (io.Reader, error) {
	head := make([]byte, xzHead)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	// Two bits of the block's flags tell how many filters there are, the rest whether sizes stand before
	// them; with sizes the length of the header is not fixed and the library's limits are all there is.
	if n == xzHead && head[13] == 0 && head[14] == 0x21 {
		bits := head[16]
		if size := (2 | int64(bits&1)) << (bits/2 + 11); bits > 40 || size > maxWindow {
			return nil, fmt.Errorf("xz: a dictionary of %d MiB is more than %d", size>>20, maxWindow>>20)
		}
	}
	return xz.NewReader(io.MultiReader(bytes.NewReader(head[:n]), r))
}

// refuse returns a function for a compression that is not read.
func refuse(name string) func(io.Reader) (io.Reader, error) {
	return func(io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("%s is not read, only gzip, zstd, xz and bzip2 are", name)
	}
}

// decoded returns the text that r holds, which may be compressed or in UTF-16, or both. It waits for no
// more of r than it takes to tell.
func decoded(r io.Reader) (io.Reader, error) {
	in, compressed, err := decodeOnce(r)
	if err != nil || !compressed {
		return in, err
	}
	in, _, err = decodeOnce(in)
	return in, err
}

// decodeOnce takes off one encoding, and tells whether there may be another within.
func decodeOnce(r io.Reader) (in io.Reader, more bool, err error) {
	var start []byte
	for {
		undecided := false
		for _, e := range encodings {
			if string(start) == e.magic {
				in, err := e.open(io.MultiReader(bytes.NewReader(start), r))
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

// utf16Reader reads UTF-16 as UTF-8. What is no UTF-16 becomes U+FFFD.
type utf16Reader struct {
	r     io.Reader
	order binary.ByteOrder
	err   error // that comes after all of out

	in   [8 << 10]byte
	held int    // bytes at the beginning of in that are not decoded yet
	buf  []byte // what out is a piece of
	out  []byte // what was decoded and not read yet
	high uint16 // the first half of a character; 0 if there is none
	read bool   // something was decoded: a byte-order mark is only one at the beginning
}

func openUTF16(order binary.ByteOrder) func(io.Reader) (io.Reader, error) {
	return func(r io.Reader) (io.Reader, error) { return newUTF16(r, order), nil }
}

func newUTF16(r io.Reader, order binary.ByteOrder) io.Reader {
	return &utf16Reader{r: r, order: order}
}

func (u *utf16Reader) Read(b []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.fill()
	}
	n := copy(b, u.out)
	u.out = u.out[n:]
	return n, nil
}

// fill decodes what the next read gives.
func (u *utf16Reader) fill() {
	n, err := u.r.Read(u.in[u.held:])
	n += u.held
	u.err = err
	u.out = u.buf[:0]
	whole := n &^ 1
	for i := 0; i < whole; i += 2 {
		u.decode(u.order.Uint16(u.in[i:]))
	}
	u.held = copy(u.in[:], u.in[whole:n])
	if err != nil && (u.held > 0 || u.high != 0) { // the text ends within a character
		u.out = utf8.AppendRune(u.out, utf8.RuneError)
		u.held, u.high = 0, 0
	}
	u.buf = u.out[:0]
}

func (u *utf16Reader) decode(unit uint16) {
	first := !u.read
	u.read = true
	if high := rune(u.high); high != 0 {
		u.high = 0
		if r := utf16.DecodeRune(high, rune(unit)); r != utf8.RuneError {
			u.out = utf8.AppendRune(u.out, r)
			return
		}
		u.out = utf8.AppendRune(u.out, utf8.RuneError)
	}
	switch {
	case first && unit == 0xfeff:
	case 0xd800 <= unit && unit < 0xdc00:
		u.high = unit
	default:
		u.out = utf8.AppendRune(u.out, rune(unit)) // half a character becomes U+FFFD
	}
}
