package logscan_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// errorsOf returns the errors of a text that have frames, with those that are part of them, as ParseAll reads them.
func errorsOf(text string) []string {
	var all []string
	for _, trace := range stacktrace.ParseAll(text) {
		if len(trace.Frames) > 0 {
			all = append(all, treeOf(trace))
		}
	}
	return all
}

// scannedErrors returns the same as the scanner finds them, in the order of their lines.
func scannedErrors(t testing.TB, text string) []string {
	found := scanAll(t, strings.NewReader(text), logscan.Options{}).Found
	slices.SortStableFunc(found, func(a, b logscan.Found) int { return cmp.Compare(a.Start, b.Start) })
	var all []string
	for _, f := range found {
		if len(f.Trace.Frames) > 0 {
			all = append(all, treeOf(f.Trace))
		}
	}
	return all
}

// treeOf describes an error and those that are part of it.
func treeOf(t *stacktrace.Trace) string {
	var b strings.Builder
	for e := range t.All() {
		fmt.Fprintf(&b, "%s: %q", e.Type, e.Message)
		for _, f := range e.Frames {
			fmt.Fprintf(&b, " %s %s:%d:%d", f.Func, f.File, f.Line, f.Col)
		}
		b.WriteString("; ")
	}
	return b.String()
}

// TestOneAnswer compares what ParseAll and the scanner find in the captures. They differ where only the end of the
// text tells what is a header, where a message looks like frames, and where another program's line stands between
// frames, which in a log ends a trace.
func TestOneAnswer(t *testing.T) {
	captures, err := readCaptures()
	if err != nil {
		t.Fatal(err)
	}
	all, same := 0, 0
	for i := 0; i < len(captures); i += corpus.Step(8) {
		c := &captures[i]
		want, got := errorsOf(c.Text), scannedErrors(t, c.Text)
		if all++; slices.Equal(want, got) {
			same++
		} else if testing.Verbose() {
			t.Logf("%s: ParseAll finds\n%s\nthe scanner\n%s", c.ID, strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
	}
	share := 100 * float64(same) / float64(all)
	t.Logf("%d of %d, %.2f %%", same, all, share)
	if share < 97.5 {
		t.Errorf("%.2f %% have one answer, want 97.5", share)
	}
}

// glues stand between two errors of a text.
var glues = []string{"", "\n", "\n\n\n", "\nNode.js v20.1.0\n\n", "GET /cart 200 12ms\n", "done\nit is " + strings.Repeat("well ", 20) + "\n"}

// TestOneAnswerOfSeveral puts several errors into one text, each of them with a header that can be nothing else. ParseAll
// and the scanner must find each as it is found alone.
func TestOneAnswerOfSeveral(t *testing.T) {
	captures, err := readCaptures()
	if err != nil {
		t.Fatal(err)
	}
	var texts, wants []string
	for i := 0; i < len(captures); i += corpus.Step(8) {
		text := strings.TrimRight(captures[i].Text, "\r\n") + "\n"
		first, _, _ := strings.Cut(text, "\n")
		strong, ok := header.FindStrong(first)
		alone := errorsOf(text)
		if !ok || strong.At > 0 || len(alone) != 1 || !slices.Equal(alone, scannedErrors(t, text)) {
			continue
		}
		if trace := stacktrace.Parse(text); trace.Unparsed == nil && len(trace.Wrapping) == 0 && strings.TrimRight(trace.Frames[len(trace.Frames)-1].Text, "\r") == lastLine(text) {
			texts, wants = append(texts, text), append(wants, alone[0])
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	failed := 0
	for range 2000 {
		var b strings.Builder
		var want []string
		for n := range 2 + random.IntN(3) {
			if n > 0 {
				b.WriteString(glues[random.IntN(len(glues))])
			}
			i := random.IntN(len(texts))
			b.WriteString(texts[i])
			want = append(want, wants[i])
		}
		for name, got := range map[string][]string{"ParseAll": errorsOf(b.String()), "the scanner": scannedErrors(t, b.String())} {
			if !slices.Equal(want, got) {
				if failed++; failed < 6 {
					t.Errorf("%s finds\n%s\nwant\n%s\nin\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"), b.String())
				}
			}
		}
	}
	t.Logf("%d texts, %d failures", len(texts), failed)
}

// lastLine returns the last line of a text.
func lastLine(text string) string {
	text = strings.TrimRight(text, "\r\n")
	return text[strings.LastIndexByte(text, '\n')+1:]
}
