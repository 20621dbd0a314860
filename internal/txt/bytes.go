package txt

// IsBlank reports whether c is a blank, a tab or a carriage return.
func IsBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// IsDigit reports whether c is a decimal digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// IsUpper reports whether c is a capital letter of ASCII.
func IsUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// IsLetter reports whether c is a letter of ASCII.
func IsLetter(c byte) bool { return IsUpper(c &^ 0x20) }
