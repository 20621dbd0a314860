package laws

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stacktrace-go/stacktrace"
)

// maxTitle is how long the documentation of Title allows it to be.
const maxTitle = 200

// Described returns an error if the title of what Parse makes of text, or of an error within it, is not
// one short line, if it says nothing though the trace holds something, if the place of a frame is
// invented, or if a clone differs.
func Described(text string) error {
	trace := stacktrace.Parse(text)
	count := 0
	for t := range trace.All() {
		count++
		if err := titled(t); err != nil {
			return err
		}
		for _, f := range t.Frames {
			if err := located(f); err != nil {
				return err
			}
		}
	}
	if want := len(tree(trace)); count != want {
		return fmt.Errorf("%d errors in All, want %d", count, want)
	}
	if clone := trace.Clone(); !reflect.DeepEqual(clone, trace) {
		return fmt.Errorf("clone is %+v, want %+v", clone, trace)
	}
	return nil
}

func titled(t *stacktrace.Trace) error {
	title := t.Title()
	if len(title) > maxTitle || !utf8.ValidString(title) || strings.ContainsFunc(title, unicode.IsControl) {
		return fmt.Errorf("title %q is not one line of at most %d bytes", title, maxTitle)
	}
	if title == "" && hasWords(t) {
		return fmt.Errorf("no title for %+v", t)
	}
	return nil
}

// hasWords reports whether t or an error within it holds anything but white space.
func hasWords(t *stacktrace.Trace) bool {
	for e := range t.All() {
		words := append([]string{e.Label, e.Type, e.Code, e.Message}, e.Unparsed...)
		words = append(words, e.Context...)
		for _, p := range e.Props {
			words = append(words, p.Name, p.Text)
		}
		isWord := func(s string) bool { return strings.TrimSpace(s) != "" }
		if len(e.Frames) > 0 || slices.ContainsFunc(words, isWord) {
			return true
		}
	}
	return false
}

// located checks that what a frame has in the place of a file is in its line. The position behind it may
// be written otherwise there.
func located(f stacktrace.Frame) error {
	place := strings.TrimRight(f.Location(), ":0123456789")
	if f.Text == "" || place == strings.TrimRight(f.File, ":0123456789") || f.Origin != "" && strings.HasPrefix(place, f.Origin) {
		return nil
	}
	if !strings.Contains(Clean(f.Text), place) {
		return fmt.Errorf("location %q of %q is invented", f.Location(), f.Text)
	}
	return nil
}
