package stacktrace_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/truth"
)

// TestCallSites compares every field of every frame of V8's captures with the engine's own call
// sites.
func TestCallSites(t *testing.T) {
	all, right := 0, 0
	for _, c := range captures(t, func(c *capture) bool { return c.Sites != nil && c.Kind == "error.stack" }) {
		all++
		trace := stacktrace.ParseReport(stacktrace.Report{Name: text(c.Name), Message: text(c.Message), Stack: c.Text})
		diff := truth.CompareSites(trace, c.Sites)
		if diff == "" {
			right++
			continue
		}
		if !truth.IsAmbiguous(c.Sites) && !isRewritten(&c) {
			t.Errorf("%s: %s\n%s", c.ID, c.Text, diff)
		}
	}
	t.Logf("%d of %d traces right in every field, %.2f %%", right, all, 100*float64(right)/float64(all))
	if float64(right) < 0.99*float64(all) {
		t.Errorf("%d of %d traces right", right, all)
	}
}

// isRewritten reports whether the text is not what the engine wrote when it gave the call sites: a
// library took frames out of it, or the script's URL was made anew in each run.
func isRewritten(c *capture) bool {
	for _, s := range [...]string{"libs-bluebird/", "libs-q/", "html/lib-bluebird/", "html/lib-q/", "html/workers/blob-worker"} {
		if strings.HasPrefix(c.Scenario, s) {
			return true
		}
	}
	return false
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// TestSavedFrames compares every field of every frame of SpiderMonkey's captures with the engine's
// own chain of saved frames, which counts a WebAssembly function's index from 1<<31 in the column.
func TestSavedFrames(t *testing.T) {
	all, right := 0, 0
	for _, c := range captures(t, func(c *capture) bool { return c.Saved != nil && c.Engine == "spidermonkey" }) {
		all++
		frames := stacktrace.AppendFrames(nil, c.Text)
		var got, want []stacktrace.Frame
		for _, f := range frames {
			f.Text, f.Engine, f.Eval, f.Async, f.TopLevel = "", stacktrace.NoEngine, false, false, false
			if f.Wasm {
				f.Origin = ""
			}
			got = append(got, f)
		}
		for _, s := range c.Saved {
			f := stacktrace.Frame{Func: s.Func, File: s.Source, Line: s.Line, AsyncCause: s.Async}
			switch {
			case s.Col >= 1<<31:
				f.Wasm, f.Index, f.Offset, f.Line = true, int(s.Col-1<<31), s.Line, 0
			case strings.Contains(s.Source, " > "):
				f.File, f.Origin, f.Col = "", s.Source, int(s.Col)
			default:
				f.Col = int(s.Col)
			}
			want = append(want, f)
		}
		if diff := cmp.Diff(want, got); diff == "" {
			right++
		} else {
			t.Logf("%s: %s\n%s", c.ID, c.Text, diff)
		}
	}
	t.Logf("%d of %d traces right in every field, %.2f %%", right, all, 100*float64(right)/float64(all))
	if float64(right) < 0.98*float64(all) {
		t.Errorf("%d of %d traces right", right, all)
	}
}

// TestTop compares the first frame that is code of the program with the position that the error
// object has, in the engines that tell it, wherever the text holds that position at all.
func TestTop(t *testing.T) {
	scores, lines := scores{}, scores{}
	for _, c := range captures(t, func(c *capture) bool { return c.Top != nil && c.isRead() && c.Kind == "error.stack" }) {
		if c.isSmall() && c.Top.Line > 0 {
			c.topLine(t, lines)
			continue
		}
		if !strings.Contains(c.Text, fmt.Sprintf(":%d:%d", c.Top.Line, c.Top.Col)) {
			continue // a syntax error's own place, or an engine that tells a property only
		}
		trace := stacktrace.ParseReport(stacktrace.Report{Name: text(c.Name), Message: text(c.Message), Stack: c.Text})
		i := slices.IndexFunc(trace.Frames, func(f stacktrace.Frame) bool { return f.Col > 0 })
		right := false
		if i >= 0 {
			f := trace.Frames[i]
			sameFile := f.File == c.Top.File || c.Top.File == "" || f.Eval || strings.Contains(c.Top.File, " > ")
			right = sameFile && f.Line == c.Top.Line && f.Col == c.Top.Col
		}
		scores.count(t, &c, right, fmt.Sprintf("top %+v\n%+v", *c.Top, trace.Frames))
	}
	scores.check(t, 0.995)
	lines.check(t, 0.99)
}

// topLine is TestTop for an engine that counts no columns: the line and file are those of the first
// frame that is code of the program, wherever the text holds them.
func (c *capture) topLine(t *testing.T, scores scores) {
	if !strings.Contains(c.Text, fmt.Sprintf("%s:%d", c.Top.File, c.Top.Line)) {
		return
	}
	trace := stacktrace.ParseReport(stacktrace.Report{Name: text(c.Name), Message: text(c.Message), Stack: c.Text})
	i := slices.IndexFunc(trace.Frames, func(f stacktrace.Frame) bool { return f.Line > 0 && !f.Native })
	right := i >= 0 && trace.Frames[i].File+trace.Frames[i].Origin == c.Top.File && trace.Frames[i].Line == c.Top.Line
	scores.count(t, c, right, fmt.Sprintf("top %+v\n%+v", *c.Top, trace.Frames))
}

// scores counts, for each engine, what was read right.
type scores map[string]*struct{ right, all int }

func (s scores) add(engine string, right bool) {
	score := s[engine]
	if score == nil {
		score = new(struct{ right, all int })
		s[engine] = score
	}
	score.all++
	if right {
		score.right++
	}
}

// count adds a capture, and shows it if it is wrong and somebody looks.
func (s scores) count(t *testing.T, c *capture, right bool, detail string) {
	s.add(c.engine(), right)
	if !right && testing.Verbose() {
		t.Logf("%s: %.300s\n%.600s", c.ID, c.Text, detail)
	}
}

// check prints the share of each engine and fails where it is below least.
func (s scores) check(t *testing.T, least float64) {
	t.Helper()
	for _, engine := range slices.Sorted(maps.Keys(s)) {
		s.checkOne(t, engine, least)
	}
}

func (s scores) checkOne(t *testing.T, engine string, least float64) {
	t.Helper()
	score := s[engine]
	share := float64(score.right) / float64(score.all)
	t.Logf("%-13s %5d of %5d, %.2f %%", engine, score.right, score.all, 100*share)
	if share < least {
		t.Errorf("%s: %.4f right, want %.4f", engine, share, least)
	}
}

// TestChain compares the frames with what the program's source says was on the stack. Engines leave
// out natives, asynchronous parents and bound functions, and do not know every name; so each frame
// must be some later entry of the chain, with the same line where both have one.
func TestChain(t *testing.T) {
	scores := scores{}
	for _, c := range captures(t, func(c *capture) bool { return c.Chain != nil && c.isRead() && c.Kind == "error.stack" }) {
		trace := stacktrace.ParseReport(stacktrace.Report{Name: text(c.Name), Message: text(c.Message), Stack: c.Text})
		program, _, _ := strings.Cut(c.Scenario, "/")
		next, wrong := 0, ""
		for _, f := range trace.Frames {
			if next == len(c.Chain) {
				break // frames of the harness
			}
			if f.Native || f.Wasm || strings.HasPrefix(f.File, "<") || !f.Eval && !strings.Contains(f.File, program) {
				continue
			}
			if strings.HasSuffix(f.Text, " internal") {
				continue // Duktape's place of a syntax error, which is no call
			}
			at := slices.IndexFunc(c.Chain[next:], func(e truth.Call) bool { return e.Is(f, c.slack()) })
			if at < 0 {
				wrong = fmt.Sprintf("%+v is not in %v", f, c.Chain[next:])
				break
			}
			next += at + 1
		}
		scores.count(t, &c, wrong == "", wrong)
	}
	scores.check(t, 0.994)
}

// slack is the number of lines by which an engine may be above the line of a call, because it tells
// the one where the statement begins or, for a call that nobody wrote, such as a setter's, that of
// the statement before. The longest statement of the programs has seven.
func (c *capture) slack() int {
	switch c.engine() {
	case "mujs", "rhino", "goja", "otto", "njs", "qv4", "engine262":
		return 6
	}
	return 0
}

// header returns the name and message that the header of a capture shows, and false where the text
// has none or the program changed the error after the header was made.
func (c *capture) header() (name, message string, ok bool) {
	if c.Name == nil || c.Message == nil || c.String == nil || *c.Name == "" && *c.Message == "" {
		return "", "", false
	}
	name, message = *c.Name, *c.Message
	shown := c.shown()
	behind := c.Text
	if i := strings.Index(c.Text, "\n"+shown); i >= 0 && strings.HasPrefix(c.Scenario, "libs-") {
		behind = c.Text[i+1:] // behind an excerpt of the source
	}
	after, ok := strings.CutPrefix(behind, shown)
	return name, message, ok && *c.String == shown && (after == "" || after[0] == '\n')
}

// shown is the error as String puts name and message together.
func (c *capture) shown() string {
	switch {
	case *c.Name == "":
		return *c.Message
	case *c.Message == "":
		return *c.Name
	}
	return *c.Name + ": " + *c.Message
}

// TestHeader compares type and message with those of the error object, read from the text alone.
func TestHeader(t *testing.T) {
	scores := scores{}
	for _, c := range captures(t, func(c *capture) bool { return c.isRead() && c.Kind == "error.stack" }) {
		name, message, ok := c.header()
		if !ok {
			continue
		}
		trace := stacktrace.Parse(c.Text)
		scores.count(t, &c, trace.Type == name && trace.Message == message, fmt.Sprintf("got %q, %q", trace.Type, trace.Message))
	}
	scores.checkOne(t, "njs", 0.985) // one of 85 is a message with a line of a library's
	delete(scores, "njs")
	scores.check(t, 0.99)
}

// TestHeaderKnown compares type and message with those of the error object, which the report tells,
// and checks that the header ends where the message does.
func TestHeaderKnown(t *testing.T) {
	for _, c := range captures(t, func(c *capture) bool { return c.isRead() && c.Kind == "error.stack" }) {
		name, message, ok := c.header()
		if !ok {
			continue
		}
		trace := stacktrace.ParseReport(stacktrace.Report{Name: name, Message: message, Stack: c.Text})
		name, _, _ = strings.Cut(name, " [")
		if trace.Type != name || trace.Message != message {
			t.Errorf("%s: got %q, %q, want %q, %q", c.ID, trace.Type, trace.Message, name, message)
		}
		if len(trace.Unparsed) > 0 && strings.HasPrefix(c.Text, c.shown()) {
			for _, line := range trace.Unparsed {
				if strings.Contains(message, line) && line != "" {
					t.Errorf("%s: line %q of the message is unparsed", c.ID, line)
				}
			}
		}
		for _, f := range trace.Frames {
			if strings.Contains(message, f.Text) && strings.Count(c.Text, f.Text) == 1 {
				t.Errorf("%s: frame %q is in the message", c.ID, f.Text)
			}
		}
	}
}

// outdated are the configurations whose engines write lines that their successors do not: V8 before
// 2019 with "(native)" and WebAssembly of two generations ago, WebKit before 2023 without "@".
// Rhino's imitations of other engines are as good as outdated.
var outdated = []string{"node0.10", "node0.12", "node4", "node8", "node10", "chromium69", "chromium80", "qtwebkit",
	"rhinomoz", "rhinomozc", "rhinov8", "rhinov8c"}

// TestStringIsLine counts the frames that are written as they stand in the text, byte for byte, in
// the engines that live.
func TestStringIsLine(t *testing.T) {
	scores := scores{}
	for _, c := range captures(t, func(c *capture) bool {
		return c.isRead() && c.Kind == "error.stack" && !slices.Contains(outdated, c.Config)
	}) {
		frames := stacktrace.AppendFrames(nil, c.Text)
		for _, f := range frames {
			line := strings.Trim(f.Text, " \t")
			f.Text = ""
			scores.add(c.engine(), f.String() == line)
		}
	}
	for engine, least := range map[string]float64{
		"duktape":   0.91, // its flags have no fields
		"engine262": 0.995,
	} {
		scores.checkOne(t, engine, least)
		delete(scores, engine)
	}
	scores.check(t, 0.997)
}

// TestNothingUnparsed counts the stacks of which no line is left over, in the engines whose stacks
// are no more than a header and frames.
func TestNothingUnparsed(t *testing.T) {
	scores := scores{}
	for _, c := range captures(t, func(c *capture) bool { return c.isSmall() && c.Kind == "error.stack" }) {
		trace := stacktrace.Parse(c.Text)
		left := slices.DeleteFunc(trace.Unparsed, func(line string) bool {
			// Duktape's word for frames that it left out at the end, and empty lines.
			return strings.TrimSpace(line) == "[...]" || strings.TrimSpace(line) == ""
		})
		if excerpt, _, ok := strings.Cut(c.Text, "^\nSyntaxError: "); ok && len(left) == 2 {
			left = slices.DeleteFunc(left, func(line string) bool { return strings.Contains(excerpt+"^", line) })
		}
		scores.count(t, &c, len(left) == 0, fmt.Sprintf("left %q", left))
	}
	for engine, least := range map[string]float64{
		"engine262": 0.998, // a name with a newline and a whole frame in it
		"xs":        0.997, // the same
		"njs":       0.988, // a message with a whole frame in it
	} {
		scores.checkOne(t, engine, least)
		delete(scores, engine)
	}
	scores.check(t, 1)
}
