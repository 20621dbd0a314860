package corpus

import (
	"math/rand/v2"
	"os"
	"strings"
)

// Lines returns the lines of files, with their ends, one file after the other.
func Lines(names ...string) ([]string, error) {
	var lines []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		lines = append(lines, strings.SplitAfter(string(text), "\n")...)
	}
	return lines, nil
}

// Mix makes a log of at least size bytes out of pieces of lines, some of whose streams it interleaves.
func Mix(random *rand.Rand, lines []string, size int) []byte {
	piece := func() []string {
		at := random.IntN(len(lines))
		return lines[at:min(len(lines), at+1+random.IntN(60))]
	}
	var b []byte
	for len(b) < size {
		one, other := piece(), piece()
		isMixed := random.IntN(3) == 0
		for len(one) > 0 || isMixed && len(other) > 0 {
			from := &one
			if len(one) == 0 || isMixed && len(other) > 0 && random.IntN(2) == 0 {
				from = &other
			}
			b = append(b, (*from)[0]...)
			*from = (*from)[1:]
		}
	}
	return b
}
