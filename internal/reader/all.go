package reader

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/carrier"
	"github.com/stacktrace-go/stacktrace/internal/excerpt"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

// window is how much of a text is looked at first for one of its errors. Most are shorter; for one that is
// longer twice as much is looked at, and so on, so that many errors in a long text take no longer for each.
const window = 8 << 10

// ParseAll returns the errors of text, in their order.
func ParseAll(text string) []*model.Trace {
	if text == "" {
		return nil
	}
	var all []*model.Trace
	var around []string // the wrappings that were taken off all of what is left of the text
	for {
		p := parseFirst(text)
		outer, within := around, around
		if len(p.Wrapping) > 0 {
			within = append(slices.Clone(around), p.Wrapping...)
		}
		p.Wrapping = within
		if !p.apart {
			around = within
		}
		excerpt.TakeAll(&p.Trace)
		all = append(all, &p.Trace)
		for _, other := range p.others {
			excerpt.TakeAll(other)
			other.Wrapping = append(slices.Clone(outer), other.Wrapping...)
			all = append(all, other)
		}
		if p.next == 0 {
			return all
		}
		text = p.text[p.next:]
	}
}

// parseFirst reads the first error of text.
func parseFirst(text string) *parsed {
	w := &unwrapper{left: maxUnwrapped * len(text), all: true}
	if len(text) > window && !beginsWithFrames(text) && !strings.HasPrefix(text, carrier.ByteOrderMark) {
		if holds := carrier.Look(text); !holds.Frames {
			return w.parseLooked(text, holds)
		}
	}
	for size := window; size < len(text); size *= 2 {
		end := strings.LastIndexByte(text[:size], '\n')
		if end < 0 {
			continue
		}
		if p := parse(text[:end+1]); p.next > 0 && len(p.Wrapping) == 0 {
			p.text = text
			return p
		}
	}
	return parseWithin(text, w)
}
