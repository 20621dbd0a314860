package sourcemap

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace/internal/jsonescape"
)

// A SyntaxError says why a text is no source map.
type SyntaxError struct {
	Offset int    // where in the text, in bytes from 0
	What   string // what is wrong there and what would be right
}

// Error returns the reason and the place.
func (e *SyntaxError) Error() string { return fmt.Sprintf("sourcemap: byte %d: %s", e.Offset, e.What) }

// syntaxError returns a SyntaxError. It takes no arguments by reference, so that a caller's variables
// stay on its stack.
func syntaxError(offset int, what string) error { return &SyntaxError{offset, what} }

// maxNesting is how deep arrays and objects may lie in each other. Maps need six levels.
const maxNesting = 1000

// span is a piece of the text: a JSON value. The zero span is no value.
type span struct{ start, end uint32 }

func (s span) of(data []byte) []byte { return data[s.start:s.end] }

// scanner reads JSON without building values. Strings that are skipped are not looked into: a map is
// mostly the text of its sources, which are decoded when they are needed.
type scanner struct {
	data []byte
	pos  int
}

// next returns the byte at which the next value or mark begins; 0 at the end of the text.
func (s *scanner) next() byte {
	for ; s.pos < len(s.data); s.pos++ {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// unexpected returns an error for what stands at the position.
func (s *scanner) unexpected(want string) error {
	if s.pos >= len(s.data) {
		return syntaxError(s.pos, "the text ends where it should have "+want)
	}
	return syntaxError(s.pos, fmt.Sprintf("%q, not %s", s.data[s.pos], want))
}

// word returns what an error calls the value that begins with c.
func word(c byte) string {
	switch c {
	case '"':
		return "a string"
	case '{':
		return "an object"
	case '[':
		return "an array"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	case 0:
		return "the end of the text"
	}
	return "a number"
}

// str skips a string and returns the piece between its quotes, with its escapes.
func (s *scanner) str() (span, error) {
	if s.next() != '"' {
		return span{}, s.unexpected("a string")
	}
	start := s.pos + 1
	for at := start; ; {
		i := bytes.IndexByte(s.data[at:], '"')
		if i < 0 {
			return span{}, syntaxError(s.pos, "a string without an end")
		}
		quote, slashes := at+i, 0
		for quote-slashes > at && s.data[quote-slashes-1] == '\\' {
			slashes++
		}
		at = quote + 1
		if slashes%2 == 0 {
			s.pos = at
			return span{uint32(start), uint32(quote)}, nil
		}
	}
}

// object calls each with the name of each member of an object, at its value, which each must read.
// The name is decoded and only valid during the call.
func (s *scanner) object(each func(name []byte) error) error {
	if s.next() != '{' {
		return s.unexpected("an object")
	}
	s.pos++
	if s.next() == '}' {
		s.pos++
		return nil
	}
	for {
		key, err := s.str()
		if err != nil {
			return err
		}
		name := key.of(s.data)
		if bytes.IndexByte(name, '\\') >= 0 {
			name = []byte(unquote(name))
		}
		if s.next() != ':' {
			return s.unexpected("a colon")
		}
		s.pos++
		if err := each(name); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.pos++
		case '}':
			s.pos++
			return nil
		default:
			return s.unexpected("a comma or the end of the object")
		}
	}
}

// array calls each at each element of an array, which each must read.
func (s *scanner) array(each func() error) error {
	if s.next() != '[' {
		return s.unexpected("an array")
	}
	s.pos++
	if s.next() == ']' {
		s.pos++
		return nil
	}
	for {
		if err := each(); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.pos++
		case ']':
			s.pos++
			return nil
		default:
			return s.unexpected("a comma or the end of the array")
		}
	}
}

// value skips a value of any kind and returns it.
func (s *scanner) value() (span, error) {
	first := s.next()
	start := s.pos
	if err := s.skip(first); err != nil {
		return span{}, err
	}
	return span{uint32(start), uint32(s.pos)}, nil
}

// skip skips the value that begins with first. It does not call itself, so that no text exhausts
// the stack.
func (s *scanner) skip(first byte) error {
	var closers [maxNesting]byte
	depth := 0
	for c := first; ; c = s.next() {
		switch c {
		case '{', '[':
			if depth == maxNesting {
				return syntaxError(s.pos, "nested deeper than 1000 levels")
			}
			closers[depth] = c + 2 // the closing bracket of either kind
			depth++
			s.pos++
			if s.next() != c+2 {
				if c == '{' {
					if err := s.key(); err != nil {
						return err
					}
				}
				continue
			}
			s.pos++
			depth--
		default:
			if err := s.scalar(c); err != nil {
				return err
			}
		}
		// After a value: the ends of what it is in, or a comma and the next one.
		for depth > 0 && s.next() == closers[depth-1] {
			s.pos++
			depth--
		}
		if depth == 0 {
			return nil
		}
		if s.next() != ',' {
			return s.unexpected("a comma or the end of " + word(closers[depth-1]-2))
		}
		s.pos++
		if closers[depth-1] == '}' {
			if err := s.key(); err != nil {
				return err
			}
		}
	}
}

// key skips the name of a member and the colon.
func (s *scanner) key() error {
	if _, err := s.str(); err != nil {
		return err
	}
	if s.next() != ':' {
		return s.unexpected("a colon")
	}
	s.pos++
	return nil
}

// scalar skips a string, number or literal that begins with c.
func (s *scanner) scalar(c byte) error {
	switch c {
	case '"':
		_, err := s.str()
		return err
	case 't':
		return s.literal("true")
	case 'f':
		return s.literal("false")
	case 'n':
		return s.literal("null")
	}
	return s.number()
}

func (s *scanner) literal(want string) error {
	if !bytes.HasPrefix(s.data[s.pos:], []byte(want)) {
		return s.unexpected("a value")
	}
	s.pos += len(want)
	return nil
}

// number skips a number as JSON writes it.
func (s *scanner) number() error {
	at := s.pos
	digits := func() bool {
		from := at
		for at < len(s.data) && '0' <= s.data[at] && s.data[at] <= '9' {
			at++
		}
		return at > from
	}
	is := func(c byte) bool {
		if at < len(s.data) && s.data[at] == c {
			at++
			return true
		}
		return false
	}
	is('-')
	if !is('0') && !digits() {
		return s.unexpected("a value")
	}
	if is('.') && !digits() {
		return syntaxError(s.pos, "a number without digits behind its point")
	}
	if is('e') || is('E') {
		if !is('+') {
			is('-')
		}
		if !digits() {
			return syntaxError(s.pos, "a number without digits in its exponent")
		}
	}
	s.pos = at
	return nil
}

// unquote decodes the inside of a JSON string. What is no escape and no UTF-8 becomes U+FFFD, so that
// any text has a value.
func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		if utf8.Valid(raw) {
			return string(raw)
		}
		return validUTF8(raw)
	}
	return string(appendUnquoted(make([]byte, 0, len(raw)), raw))
}

// validUTF8 returns the text with U+FFFD in place of each byte that is no UTF-8.
func validUTF8(raw []byte) string { return string([]rune(string(raw))) }

// appendUnquoted appends the decoded inside of a JSON string.
func appendUnquoted(b, raw []byte) []byte {
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 {
			i = len(raw)
		}
		if piece := raw[:i]; utf8.Valid(piece) {
			b = append(b, piece...)
		} else {
			b = append(b, validUTF8(piece)...)
		}
		if raw = raw[i:]; len(raw) == 0 {
			break
		}
		r, size := escape(raw)
		b = utf8.AppendRune(b, r)
		raw = raw[size:]
	}
	return b
}

// escape decodes the escape that raw begins with and returns its length. What is no escape is U+FFFD.
func escape(raw []byte) (rune, int) {
	if r, n := jsonescape.Decode(raw); n > 0 {
		return r, n
	}
	return utf8.RuneError, min(len(raw), 2)
}
