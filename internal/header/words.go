package header

import "strings"

// words are what is in every line that shows by itself that it is a header, as [FindStrong], [CutConsoleWords] and
// [IsErrorName] see it: the words for errors, and those of consoles.
var words = [...]string{"Error", "Exception", "Warning", "Rejection", "ncaught ", "in promise) ", "nhandled ", "error: ", `js: "`}

// chunk is how much of a text is looked through for all words before more of it is.
const chunk = 4 << 10

// longestWord is the length of the longest of words.
const longestWord = len("in promise) ")

// Words finds in a text the words that every header has which cannot be mistaken. It goes through the text once for each
// word, however many lines there are, and no further than the next word.
type Words struct {
	Text string

	end  int             // words that begin before it were looked for
	next [len(words)]int // where each word stands next; end if it does not
}

// Next returns where the next of the words stands from an offset on, or the length of the text. The offsets must not
// become smaller.
func (w *Words) Next(from int) int {
	for from < len(w.Text) {
		isNew := from >= w.end
		if isNew {
			w.end = min(from+chunk, len(w.Text))
		}
		part := w.Text[from:min(w.end+longestWord, len(w.Text))]
		least := w.end
		for i, word := range words {
			if isNew || w.next[i] < from {
				w.next[i] = w.end
				if at := strings.Index(part, word); at >= 0 {
					w.next[i] = from + at
				}
			}
			least = min(least, w.next[i])
		}
		if least < w.end {
			return least
		}
		from = w.end
	}
	return len(w.Text)
}
