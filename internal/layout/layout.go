// Package layout reads the texts in which the frames are not the lines of an engine of today: rows of
// consoles and tools, component stacks, Opera's frames of two lines. A layout is a file with its grammar,
// and a row of the table All.
package layout

import "github.com/stacktrace-go/stacktrace/internal/model"

// All are the layouts, which are asked in this order.
var All = [...]Layout{
	{May: mayBePresto, Read: readPresto},
	{May: mayBeCarakan, Read: readCarakan},
	{May: mayBeVitest, Read: readVitest},
	{May: hasStackWord, Read: readReactNative, Within: Stack},
	{May: mayBeReact, Read: readReact, Words: true},
	{May: mayBeVue, Read: readVue},
	{May: mayBeComponents, Read: readComponents, Words: true, Within: Components},
	{May: mayBeDevtools, Read: readDevtools, Within: Rows},
	{May: hasSourceBehind, Read: readChromiumLog, Within: Log},
	{May: HasURLRows, Read: readFirefoxConsole, Words: true},
	{May: hasDash, Read: readSafariConsole},
	{May: HasURLRows, Read: readPhantomJS, Words: true},
	{May: mayBeDictionaries, Read: readDictionaries},
	{May: mayHoldPairs, Read: readNamesAndPlaces, Words: true, Within: Pairs},
	{May: mayBeListing, Read: readListing, Words: true, Within: Listing},
	{May: mayBeAnyRows, Read: readAnyRows, Words: true, Within: AnyRows},
}

// Layout is a kind of text in which the frames are not the lines of an engine of today: rows of consoles
// and tools, component stacks, Opera's frames of two lines.
type Layout struct {
	// May is false for most texts that are not in the layout. It allocates nothing.
	May func(text string) bool

	// Read reads lines, all of them, if they surely are in the layout, and reports false if they are not.
	Read func(lines model.Lines) (*model.Parsed, bool)

	Words  bool // May looks at single words
	Within Set  // its bit, if it can stand in a text with frames of an engine too
}

// Set tells which of the layouts may take a text.
type Set uint8

const (
	Components Set = 1 << iota // component stacks
	Rows                       // rows of Chrome's console
	Log                        // Chromium's log
	Stack                      // what React Native hands to the native side
	Listing                    // rows of tools
	AnyRows                    // rows that are read by what all rows have in common
	Pairs                      // a name and its place on two lines

	Any Set = 1<<8 - 1
)

// MayBeWhole reports whether text may be in a layout, judged by more than a word alone or where a line
// begins.
func MayBeWhole(text string) bool {
	for _, l := range All {
		if !l.Words && l.May(text) {
			return true
		}
	}
	return hasReactMarks(text) || HasReactWords(text)
}
