package encoded

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

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

func openUTF16(order binary.ByteOrder) func(*Libraries, io.Reader) (io.Reader, error) {
	return func(_ *Libraries, r io.Reader) (io.Reader, error) { return newUTF16(r, order), nil }
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
