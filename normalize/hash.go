package normalize

import "strings"

// Build tools put a hash of the content into a file's name:
//
//	main.4f3a9c1e.js, 2.7ab3f1e2.chunk.js        webpack, Parcel: 8 hexadecimal digits
//	main-2c79e2a64abdb08b.js                     webpack in Next.js: 16; Angular and webpack 5: 16 or 20
//	main.d41d8cd98f00b204e9800998ecf8427e.js     MD5: 32; SHA-1: 40; SHA-256: 64
//	index-Dq-9a_bZ.js                            Rollup and Vite: 8 of base64url
//	chunk-5RMVKXQZ.js                            esbuild and Angular: 8 of base32 in upper case
//	node_modules_next_dist_1a2b3c4d._.js         turbopack
//	_nuxt/DkX2_a1b.js, _nuxt/4f3a9c1.js          Nuxt: nothing but a hash
//	_next/static/Wq3v5zY8xK1pL0aB2cD4e/_app.js   Next.js: the build's id, 21 of base64url
//
// A name that is nothing but a hash becomes "*".

// cutHashes takes the hashes of a build out of a path. It reports false if there is none.
func cutHashes(path string) (string, bool) {
	slash := strings.LastIndexByte(path, '/')
	dir, base := path[:slash+1], path[slash+1:]
	base, inBase := cutHash(base)
	dir, inDir := cutHashDirs(dir)
	if !inBase && !inDir {
		return path, false
	}
	return dir + base, true
}

// cutHashDirs puts "*" in the place of folders that are called by a hash, a UUID or a build's id.
func cutHashDirs(dir string) (string, bool) {
	if len(dir) < 16 {
		return dir, false
	}
	var b []byte
	previous, kept := "", 0
	for from := 0; from < len(dir); {
		end := strings.IndexByte(dir[from:], '/')
		if end < 0 {
			break
		}
		end += from
		segment := dir[from:end]
		if len(segment) >= 16 && (isHexHash(segment) || isUUID(segment)) || len(segment) == 21 && previous == "static" && hasDigitAndLetter(segment) {
			b = append(b, dir[kept:from]...)
			b = append(b, '*')
			kept = end
		}
		previous = segment
		from = end + 1
	}
	if b == nil {
		return dir, false
	}
	return string(append(b, dir[kept:]...)), true
}

// cutHash takes the hash out of the name of a file.
func cutHash(base string) (string, bool) {
	dot := strings.LastIndexByte(base, '.')
	if dot <= 0 {
		return base, false
	}
	if dot < 6 { // no room for a hash
		return base, false
	}
	// Parts between dots, and behind the last "-" or "_" of a part. The extension is none.
	for end := dot; end > 0; {
		start := strings.LastIndexByte(base[:end], '.') + 1
		if from, ok := hashIn(base[start:end], start == 0 && end == dot, start > 0); ok {
			if from += start; from == 0 {
				return "*" + base[end:], true
			}
			return base[:from-1] + base[end:], true
		}
		end = start - 1
	}
	return base, false
}

// hashIn returns where the hash begins that part, a piece of a file's name, ends in. Whole says that
// part is all of the name but its extension; dotted, that a dot stands before it.
func hashIn(part string, whole, dotted bool) (from int, ok bool) {
	if len(part) < 7 {
		return 0, false
	}
	if isHexHash(part) || isUUID(part) {
		return 0, true
	}
	if at := strings.LastIndexAny(part, "-_"); at > 0 && isHexHash(part[at+1:]) && (len(part)-at > 8) {
		return at + 1, true
	}
	if n := len(part) - 8; n == 0 && (whole || dotted) {
		if isBase64Hash(part) {
			return 0, true
		}
	} else if n > 1 && (part[n-1] == '-' || part[n-1] == '.') && isBase64Hash(part[n:]) {
		return n, true
	}
	return 0, false
}

// isHexHash reports whether s is as long as the hashes of build tools, hexadecimal, and no word or
// year.
func isHexHash(s string) bool {
	switch len(s) {
	case 7, 8, 10, 12, 16, 20, 24, 32, 40, 64:
	default:
		return false
	}
	digits, letters := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			digits++
		case 'a' <= c && c <= 'f':
			letters++
		default:
			return false
		}
	}
	if len(s) == 7 {
		return digits > 0 && letters > 0
	}
	return true
}

// isUUID reports whether s is a UUID.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if s[i] != '-' {
				return false
			}
		} else if _, ok := hexValue(s[i]); !ok {
			return false
		}
	}
	return true
}

// isBase64Hash reports whether s, 8 characters long, is a hash in base64url or base32 and not made of
// words.
func isBase64Hash(s string) bool {
	separated, upper := false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-' || c == '_':
			separated = true
		case isUpper(c):
			upper = true
		case !isLetter(c) && !isDigit(c):
			return false
		}
	}
	if separated && upper || isBase32(s) { // words are not written both ways at once
		return true
	}
	from := 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '-' || s[i] == '_' {
			if !isWords(s[from:i]) {
				return true
			}
			from = i + 1
		}
	}
	return false
}

// isBase32 reports whether s has nothing but capitals and the digits of base32.
func isBase32(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isUpper(s[i]) && (s[i] < '2' || s[i] > '7') {
			return false
		}
	}
	return true
}

// isWords reports whether s reads like a word, several in camel case, a number, or a word with a
// number behind it.
func isWords(s string) bool {
	switch s {
	case "i18n", "l10n", "a11y", "e2e", "k8s", "h5", "p2p", "b2b", "b2c":
		return true
	}
	word := strings.TrimRight(s, "0123456789")
	if number := len(s) - len(word); number > 4 || word == "" {
		return number <= 4
	}
	upper := 0
	for i := 0; i < len(word); i++ {
		if isDigit(word[i]) {
			return false
		}
		if isUpper(word[i]) {
			upper++
		}
	}
	switch {
	case upper == 0 || upper == 1 && isUpper(word[0]):
		return len(word) <= 2 || isSpoken(word)
	case upper == len(word):
		return len(word) <= 4 // an acronym
	}
	for _, acronym := range [...]string{"HTML", "JSON", "URL", "XML", "API", "SVG", "CSS", "DOM", "PDF", "CSV", "SDK", "UI", "QR", "ID"} {
		if rest, ok := strings.CutPrefix(word, acronym); ok && (rest == "" || isUpper(rest[0])) {
			word = rest
			break
		}
	}
	from := 0
	for i := 1; i <= len(word); i++ {
		if i < len(word) && !isUpper(word[i]) {
			continue
		}
		if part := word[from:i]; len(part) < 3 && !isShortWord(part) || len(part) >= 3 && !isSpoken(part) {
			return false
		}
		from = i
	}
	return true
}

// isShortWord reports whether a word of two letters is one that names of code have.
func isShortWord(s string) bool {
	switch s {
	case "my", "My", "is", "Is", "to", "To", "on", "On", "in", "In", "by", "By", "of", "Of", "up", "Up", "id", "Id", "ui", "Ui", "js", "Js", "ts", "Ts", "do", "go", "no", "No", "at", "At", "or", "Or", "db", "Db", "io", "Io", "qr", "Qr":
		return true
	}
	return false
}

// isSpoken reports whether a word can be spoken: it has a vowel, no more than four consonants in a
// row or two in a word of three or four letters, and a "q" only before "u".
func isSpoken(word string) bool {
	vowels, run, longest := 0, 0, 0
	for i := 0; i < len(word); i++ {
		switch c := word[i] | 0x20; {
		case strings.IndexByte("aeiou", c) >= 0, c == 'y' && i > 0:
			vowels++
			run = 0
		case c == 'q' && (i+1 == len(word) || word[i+1]|0x20 != 'u'):
			return false
		default:
			run++
			longest = max(longest, run)
		}
	}
	return vowels > 0 && longest <= 4 && (len(word) > 4 || longest <= 2) && vowels*5 >= len(word)
}

func hasDigitAndLetter(s string) bool {
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789") != ""
}
