package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// A hash of 8 characters of base64url is told from words by what is more likely, in bits: the
// characters of a hash are 6 bits each, those of words follow from one another. The tables hold how
// unlikely what follows is, counted over the names of 24,000 files in npm packages.

// letterBits is the cost of a letter, a to z, behind another, and that of a word's first one.
var letterBits = [27]string{
	"84449758596353849343667768", // a
	"36783877479376379447477869", // b
	"39683983594489289463599969", // c
	"37652778278577389457587978", // d
	"46435668799453767234867579", // e
	"48693489288477379455599859", // f
	"46772754489464479356498769", // g
	"27772899398667378573599959", // h
	"56455559897452359543959695", // i
	"36882888486868346836358688", // j
	"45861765397655668646587958", // k
	"36752897297389379855578959", // l
	"25872889399557339758589989", // m
	"47433637486776479733669979", // n
	"66558659686442559354465689", // o
	"38773884499377349354599979", // p
	"68885688688466886558186888", // q
	"38552769396656369544568959", // r
	"57473784396656448843487869", // s
	"38572894299668479345597959", // t
	"54564659598443749333999799", // u
	"37791777299778579577799889", // v
	"26872874388664389447998979", // w
	"56473765379569637562997769", // x
	"45454567579444539535596996", // y
	"38881886388668488658686855", // z
	"44344555576545547434565988", // begins a word
}

// endBits is how much less likely than another letter, a to z, is a word's last one, less 2.
const endBits = "01132232013222022232012342"

// The kinds of characters in names of files.
const (
	lowerCase = iota
	upperCase
	digit
	separator
	nothing // before the first
)

// kindBits is the cost of a character's kind behind that of another.
var kindBits = [5][4]int{
	lowerCase: {0, 3, 8, 6},
	upperCase: {0, 5, 11, 10},
	digit:     {5, 2, 2, 4},
	separator: {0, 4, 8, 11},
	nothing:   {1, 1, 11, 6},
}

// acronyms are those that stand in names as they are, and what they cost.
var acronyms = [...]string{"HTML", "JSON", "URL", "XML", "API", "SVG", "CSS", "DOM", "PDF", "CSV", "SDK", "UI", "QR", "ID", "ISO", "XR", "VR", "AR", "UV"}

const acronymBits = 6

// wordBits returns how many bits speak for s being made of words, in camel case or with "-" and "_"
// between them, rather than a hash in base64url. It is negative if more speak for the hash.
func wordBits(s string) int {
	const (
		hashBits  = 6 // of each character
		digitBits = 3 // which digit it is
		markBits  = 1 // whether it is "-" or "_"
		start     = 26
	)
	bits := hashBits * len(s)
	before, letter := nothing, start
	endWord := func() {
		if letter != start {
			bits += int(endBits[letter]) - '2'
		}
		letter = start
	}
	for i := 0; i < len(s); i++ {
		kind := kindOf(s[i])
		if n := acronymLen(s[i:]); n > 0 && before != upperCase {
			endWord()
			bits -= kindBits[before][upperCase] + acronymBits
			i += n - 1
			before = lowerCase
			continue
		}
		bits -= kindBits[before][kind]
		switch kind {
		case digit:
			endWord()
			bits -= digitBits
		case separator:
			endWord()
			bits -= markBits
		default:
			if kind == upperCase && (before != upperCase || i+1 < len(s) && isLower(s[i+1])) {
				endWord()
			}
			next := int(s[i] | 0x20 - 'a')
			bits -= int(letterBits[letter][next] - '0')
			letter = next
		}
		before = kind
	}
	endWord()
	return bits
}

func kindOf(c byte) int {
	switch {
	case isLower(c):
		return lowerCase
	case txt.IsUpper(c):
		return upperCase
	case txt.IsDigit(c):
		return digit
	}
	return separator
}

// acronymLen returns the length of the acronym that s begins with, 0 if it begins with none or with
// one that goes on.
func acronymLen(s string) int {
	if !txt.IsUpper(s[0]) {
		return 0
	}
	for _, a := range acronyms {
		if strings.HasPrefix(s, a) && (len(s) == len(a) || !isLower(s[len(a)])) {
			return len(a)
		}
	}
	return 0
}
