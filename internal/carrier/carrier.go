// Package carrier knows what stands around a whole text: the prefix of a log before each line, strings of
// JSON, line ends that were escaped, HTML, lines that were joined into one, a byte-order mark. It proposes
// candidates, the texts that may be within, and reads none of them: which of them is a trace is for the
// reader to say.
package carrier

import "iter"

// The names of the carriers, as they are told in Trace.Wrapping.
const (
	Prefix  = "prefix"
	JSON    = "json"
	Escaped = "escaped"
	HTML    = "html"
	Joined  = "joined"
	BOM     = "bom"
	YAML    = "yaml"
	Quoted  = "quoted"
	Pasted  = "pasted"
	Wrapped = "wrapped"
)

// Candidate is a text that may be within a carrier.
type Candidate struct {
	Name string // of the carrier
	Text string // what is within, decoded

	// Before and Behind are what stands around a candidate that is only a part of the text.
	Before, Behind string

	IsStack bool // a key says that the candidate is a stack

	Error *Error // what else is told of the error, whose stack Text is
}

// Carrier is one kind of what may stand around a text.
type Carrier struct {
	Name string

	// Nests says that the carrier may stand within itself.
	Nests bool

	// Candidates yields the texts that may be within.
	Candidates func(t Text) iter.Seq[Candidate]
}

// Text is a text around which carriers may stand.
type Text struct {
	Raw      string
	Stripped string // the same without colours
}

// All are the carriers that are looked for in a text without a frame that is sure, in this order, behind
// prefixes, which stand before every line of the others. What is joined by blanks comes last, for blanks are
// everywhere.
var All = [...]Carrier{
	{Name: Quoted, Candidates: quoted},
	{Name: JSON, Nests: true, Candidates: jsonStrings},
	{Name: Escaped, Candidates: escaped},
	{Name: HTML, Candidates: html},
	{Name: Joined, Candidates: joined},
}

// ByteOrderMark is what programs of Windows write before the first line.
const ByteOrderMark = "\ufeff"

// Blocks are blocks of YAML. They come before all others and before layouts, for rows may be in them.
var Blocks = Carrier{Name: YAML, Candidates: blocks}

// Copied are what copying a text left in it. They come before all others too, but only count if there are more
// frames within than without.
var Copied = [...]Carrier{
	{Name: Pasted, Candidates: pasted},
	{Name: Wrapped, Candidates: wrapped},
}

// Prefixed are the lines of streams, without their prefixes. It comes before All.
var Prefixed = Carrier{Name: Prefix, Candidates: prefixed}

// Named returns the carrier with a name.
func Named(name string) *Carrier {
	for i := range All {
		if All[i].Name == name {
			return &All[i]
		}
	}
	return nil
}
