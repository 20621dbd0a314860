package formats

// traits tells which of the bytes that part a line's pieces a string holds. Eight bytes are looked at at a time:
// a name or a file is too short for a call of strings.IndexByte for each of them.
type traits uint8

const (
	parenTrait traits = 1 << iota
	blankTrait
	commaTrait
	atTrait
	starTrait // only of names
	controlTrait
)

// byteTraits are those of a single byte.
var byteTraits = func() (all [256]traits) {
	for c := range all {
		switch c {
		case '(', ')':
			all[c] = parenTrait
		case ' ':
			all[c] = blankTrait
		case ',':
			all[c] = commaTrait
		case '@':
			all[c] = atTrait
		case '*':
			all[c] = starTrait
		}
		if c < ' ' {
			all[c] = controlTrait
		}
	}
	return all
}()

// nameTraits returns the traits of a name, which is short.
func nameTraits(s string) (t traits) {
	for i := 0; i < len(s); i++ {
		t |= byteTraits[s[i]]
	}
	return t
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x80 * lowBits
)

// fileTraits returns the traits of a file, but for those of names.
func fileTraits(s string) (t traits) {
	if len(s) < 8 {
		return nameTraits(s)
	}
	var parens, blanks, commas, ats uint64
	for i := 0; ; i += 8 {
		i = min(i, len(s)-8)
		b := s[i : i+8]
		v := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		parens |= zeroBytes(v&^lowBits ^ '('*lowBits)
		blanks |= zeroBytes(v ^ ' '*lowBits)
		commas |= zeroBytes(v ^ ','*lowBits)
		ats |= zeroBytes(v ^ '@'*lowBits)
		if i == len(s)-8 {
			break
		}
	}
	if parens != 0 {
		t = parenTrait
	}
	if blanks != 0 {
		t |= blankTrait
	}
	if commas != 0 {
		t |= commaTrait
	}
	if ats != 0 {
		t |= atTrait
	}
	return t
}

// zeroBytes returns a number that is not zero if one of the eight bytes of v is.
func zeroBytes(v uint64) uint64 { return (v - lowBits) &^ v & highBits }

// Seen is the file of a line that was read, for the lines behind it: calls are often of one file, which need not
// be looked at again. Its zero value is that of no file.
type Seen struct {
	file   string
	traits traits
	lined  bool // there was no column
}

// note makes file that of the last line.
func (s *Seen) note(file string, t traits) { s.file, s.traits, s.lined = file, t, false }

// cutPlaces takes ":LINE:COL" off the right end of s, and returns where it begins: 0 if s does not end so, or
// begins so.
func cutPlaces(s string) (at, line, col int) {
	i := len(s) - 1
	scale := 1
	for ; i > 0 && isDigit(s[i]); i-- {
		col += int(s[i]-'0') * scale
		scale *= 10
	}
	if digits := len(s) - 1 - i; digits == 0 || digits > maxDigits || s[i] != ':' || s[i+1] == '0' {
		return 0, 0, 0
	}
	end := i
	scale = 1
	for i--; i > 0 && isDigit(s[i]); i-- {
		line += int(s[i]-'0') * scale
		scale *= 10
	}
	if digits := end - 1 - i; digits <= 0 || digits > maxDigits || s[i] != ':' || s[i+1] == '0' {
		return 0, 0, 0
	}
	return i, line, col
}

// endsIn reports whether line[:at] ends in the file, and returns where that begins.
func (s *Seen) endsIn(line string, at int) (start int, ok bool) {
	start = at - len(s.file)
	return start, start >= 0 && s.file != "" && line[start:at] == s.file
}
