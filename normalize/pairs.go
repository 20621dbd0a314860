package normalize

import "strings"

// pairs is the set of the pairs of neighbouring bytes that a text has, of which some share a bit. A text
// that lacks a pair of a word does not hold the word: to find that none of many words is in a name takes a few
// instructions for each, where searching the name for them takes many times as much.
//
// A backslash counts as a slash, so the pairs of a Windows path are those of its canonical name too, and
// the pairs of a text hold those of all its parts.
type pairs [4]uint64

// pairsOf returns the pairs of a text.
func pairsOf(text string) (p pairs) {
	before := uint32(0) // it makes the first pair, which no word has
	for i := 0; i < len(text); i++ {
		c := uint32(text[i])
		if c == '\\' {
			c = '/'
		}
		bit := (before*29 + c*5) & 255
		p[bit>>6] |= 1 << (bit & 63)
		before = c
	}
	return p
}

// word is a text that is looked for in the names of files.
type word struct {
	text  string
	pairs pairs
}

func newWord(text string) word {
	w := word{text: text}
	for i := 1; i < len(text); i++ {
		bit := (uint32(text[i-1])*29 + uint32(text[i])*5) & 255
		w.pairs[bit>>6] |= 1 << (bit & 63)
	}
	return w
}

func newWords(texts ...string) []word {
	words := make([]word, len(texts))
	for i, text := range texts {
		words[i] = newWord(text)
	}
	return words
}

// mayHold reports whether a text with these pairs may hold the word.
func (p *pairs) mayHold(w *word) bool {
	return w.pairs[0]&^p[0] == 0 && w.pairs[1]&^p[1] == 0 && w.pairs[2]&^p[2] == 0 && w.pairs[3]&^p[3] == 0
}

// index is strings.Index of the word in a text whose pairs are among p.
func (p *pairs) index(text string, w *word) int {
	if !p.mayHold(w) {
		return -1
	}
	return strings.Index(text, w.text)
}

// lastIndex is strings.LastIndex of the word in a text whose pairs are among p.
func (p *pairs) lastIndex(text string, w *word) int {
	if !p.mayHold(w) {
		return -1
	}
	return strings.LastIndex(text, w.text)
}

// hasPrefix reports whether a text whose pairs are among p begins with one of the words.
func (p *pairs) hasPrefix(text string, words []word) bool {
	for i := range words {
		if p.mayHold(&words[i]) && strings.HasPrefix(text, words[i].text) {
			return true
		}
	}
	return false
}

// contains reports whether one of the words is in a text whose pairs are among p.
func (p *pairs) contains(text string, words ...word) bool {
	for i := range words {
		if p.mayHold(&words[i]) && strings.Contains(text, words[i].text) {
			return true
		}
	}
	return false
}
