package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// Build tools put a hash of the content into a file's name:
//
//	main.4f3a9c1e.js, 2.7ab3f1e2.chunk.js        webpack, Parcel: 8 hexadecimal digits
//	main-2c79e2a64abdb08b.js                     webpack in Next.js: 16; Angular and webpack 5: 16 or 20
//	main.d41d8cd98f00b204e9800998ecf8427e.js     MD5: 32; SHA-1: 40; SHA-256: 64
//	index-Dq-9a_bZ.js                            Rollup and Vite: 8 of base64url
//	chunk-5RMVKXQZ.js                            esbuild and Angular: 8 of base32 in upper case
//	node_modules_next_dist_1a2b3c4d._.js         turbopack; or _1a2b3c4d._.js
//	3vvmoez86fyfd.js, turbopack-2u1d16houkiyo.js turbopack in production: 13 of 0 to 9, a to z, "_" and "-"
//	_nuxt/DkX2_a1b.js, _nuxt/4f3a9c1.js          Nuxt: nothing but a hash, in a folder that has no other files
//	_app/immutable/chunks/DkX2_a1b.js            SvelteKit
//	_next/static/Wq3v5zY8xK1pL0aB2cD4e/_app.js   Next.js: the build's id, 21 of base64url
//
// A name that is nothing but a hash, or nothing but the number of a chunk, becomes "*".

// cutHashes takes the hashes of a build out of a path. It reports false if there is none.
func cutHashes(path string, p *pairs) (string, bool) {
	slash := strings.LastIndexByte(path, '/')
	dir, base := path[:slash+1], path[slash+1:]
	build := isBuildFolder(dir, p)
	base, inBase := cutHash(base, build)
	for again := inBase; again; { // 1dd3208c-335eaf9e3a8a834b.js: what is left may be a hash too
		base, again = cutHash(base, build)
	}
	if dot := strings.IndexByte(base, '.'); dot > 0 && dot <= 6 && isNumber(base[:dot]) {
		base, inBase = "*"+base[dot:], true
	}
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

// isBuildFolder reports whether build tools put the files into the folder whose names may be nothing
// but a hash.
func isBuildFolder(dir string, p *pairs) bool {
	for i := range buildFolders {
		if i := p.lastIndex(dir, &buildFolders[i]); i == 0 || i > 0 && dir[i-1] == '/' {
			return true
		}
	}
	return false
}

var buildFolders = newWords("_nuxt/", "_astro/", "immutable/", "assets/", "chunks/")

// cutHash takes the hash out of the name of a file, which may be nothing else if it is in a build's
// folder.
func cutHash(base string, build bool) (string, bool) {
	dot := strings.LastIndexByte(base, '.')
	if dot <= 0 {
		return base, false
	}
	if dot < 6 { // no room for a hash
		return base, false
	}
	// Look at the parts between dots, and at what follows the last "-" or "_" of a part, but not at the extension.
	for end := dot; end > 0; {
		start := strings.LastIndexByte(base[:end], '.') + 1
		if from, ok := hashIn(base[start:end], start > 0 || build, build); ok {
			if from += start; from == 0 {
				return "*" + base[end:], true
			}
			return base[:from-1] + base[end:], true
		}
		end = start - 1
	}
	return base, false
}

// hashIn returns where the hash begins that part, a piece of a file's name, ends in. All says that it
// may be all of part, since a dot stands before it or the file is in a build's folder: elsewhere such
// a hash is hexadecimal or as good as certain. Build says that the file is in a build's folder.
func hashIn(part string, all, build bool) (from int, ok bool) {
	if len(part) < 7 {
		return 0, false
	}
	if isHexHash(part) || isUUID(part) {
		return 0, true
	}
	if at := max(strings.LastIndexByte(part, '-'), strings.LastIndexByte(part, '_')); at >= 0 && isHexHash(part[at+1:]) && (len(part)-at > 8) {
		if at == 0 {
			return 0, true
		}
		return at + 1, true
	}
	if n := len(part) - turbopackLen; build && n >= 0 && (n == 0 || isHashSeparator(part[n-1])) && isTurbopackHash(part[n:]) {
		return n, true
	}
	switch n := len(part) - 8; {
	case n == 0:
		return 0, isBase64Hash(part, all)
	case n > 1 && part[n-1] == '-':
		return n, isBase64Hash(part[n:], true)
	}
	return 0, false
}

// turbopackLen is the length of Turbopack's hashes: 64 bits in base 38.
const turbopackLen = 13

// isTurbopackHash reports whether s, of that length, is a hash and not made of words. One in 50 has no
// digit.
func isTurbopackHash(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case txt.IsDigit(c):
			digits++
		case !isLower(c) && c != '-' && c != '_':
			return false
		}
	}
	return digits >= 3 || wordBits(s) < 0
}

func isHashSeparator(c byte) bool { return c == '-' || c == '_' }

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
		case txt.IsDigit(c):
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
// words. Expected says that it stands where build tools put one.
//
// Of 100,000 hashes some 140 read like words. Words without capitals, and with digits at most behind
// them, have to be much less likely to be taken for a hash: few hashes look like that.
func isBase64Hash(s string, expected bool) bool {
	plain, base32 := true, true
	anyDigit := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !txt.IsUpper(c) && (c < '2' || c > '7') {
			base32 = false
		}
		switch {
		case txt.IsDigit(c):
			anyDigit = true
		case c == '-', c == '_', isLower(c):
			plain = plain && !anyDigit
		case txt.IsUpper(c):
			plain = false
		default:
			return false
		}
	}
	switch {
	case !expected:
		return anyDigit && wordBits(s) < -14 // names with several acronyms are as unlikely
	case base32:
		return true
	case plain:
		return wordBits(s) < 1
	}
	return wordBits(s) < 8
}

func hasDigitAndLetter(s string) bool {
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789") != ""
}
