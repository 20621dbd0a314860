package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
	"github.com/stacktrace-go/stacktrace/internal/truth"
)

// Score counts what of a text was read as the engine and the program say.
type Score struct {
	Right, All int // facts: frames, and the header
	Misses     []Miss
}

// Miss is something that was read in another way than the truth says.
type Miss struct {
	Line  string // of the text
	Truth string
	Read  string
}

func (s *Score) fact(ok bool, line, truth, read string) {
	s.All++
	if ok {
		s.Right++
		return
	}
	s.Misses = append(s.Misses, Miss{line, truth, read})
}

// compare compares what is read of a result with all that is known of it.
func compare(p *Program, r *Result) Score {
	var s Score
	if p.Printed {
		s.printed(p, r)
		return s
	}
	trace := stacktrace.ParseReport(stacktrace.Report{Name: value(r.Name), Message: value(r.Message), Stack: r.Text})
	if len(r.Sites) > 0 {
		s.sites(trace, r)
	} else {
		s.calls(p, r, trace)
	}
	s.top(trace, r)
	s.header(r)
	for _, law := range []func(string) error{laws.Lost, laws.Invented} {
		if err := law(r.Text); err != nil {
			s.fact(false, r.Text, "the laws hold", err.Error())
		}
	}
	return s
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// sites compares each frame with V8's call site of it, field by field.
func (s *Score) sites(trace *stacktrace.Trace, r *Result) {
	for i, f := range trace.Frames {
		if i >= len(r.Sites) {
			s.fact(false, f.Text, "no call site", "a frame")
			continue
		}
		one := *trace
		one.Frames = trace.Frames[i : i+1]
		difference := ""
		if strings.HasSuffix(strings.TrimSpace(f.Text), "at "+r.Sites[i].Text) {
			difference = truth.CompareSites(&one, r.Sites[i:i+1])
		} else {
			difference = compareLoosely(f, r.Sites[i])
		}
		s.fact(difference == "", f.Text, r.Sites[i].Text, difference)
	}
	for _, site := range r.Sites[min(len(trace.Frames), len(r.Sites)):] {
		s.fact(false, site.Text, "a call site", "no frame")
	}
}

// compareLoosely compares a frame with a call site that the runtime writes in words of its own: Deno
// tells URLs where V8 has paths, and types that V8 keeps from a module's functions.
func compareLoosely(f stacktrace.Frame, site truth.CallSite) string {
	want, err := site.Frame()
	if err != nil {
		return err.Error()
	}
	sameFile := f.File == want.File || f.File == "file://"+want.File
	sameFunc := f.Func == want.Func || strings.HasSuffix(f.Func, "."+want.Func) || want.Func == "" && isAnonymous(f.Func)
	if sameFile && sameFunc && f.Line == want.Line && f.Col == want.Col && f.Async == want.Async && f.Constructor == want.Constructor && f.Native == want.Native && f.Eval == want.Eval {
		return ""
	}
	return fmt.Sprintf("the engine says %+v", want)
}

// isAnonymous reports whether an engine's name of a function says that it has none.
func isAnonymous(name string) bool {
	return name == "anonymous" || strings.HasSuffix(name, "<anonymous>")
}

// calls compares the frames of the program with its marks, in order. An engine may leave a call out:
// natives, callers that wait, the caller of a tail call. A mark is left out by the library only where
// the text has its line.
func (s *Score) calls(p *Program, r *Result, trace *stacktrace.Trace) {
	next := 0
	for _, f := range trace.Frames {
		if f.Native || f.Wasm || !f.Eval && !strings.HasSuffix(f.File, p.Name) || !f.Eval && f.Line > p.lines() {
			continue // the engine's own, or the harness
		}
		at := slices.IndexFunc(p.Marks[next:], func(m Mark) bool { return m.Line == 0 && f.Eval || m.Line == f.Line })
		if at < 0 {
			s.fact(isWord(p, f.Func) && isPlaceOf(f), f.Text, "a place of the engine's own", fmt.Sprintf("%+v", f))
			continue
		}
		for _, m := range p.Marks[next : next+at] {
			s.leftOut(p, r, m)
		}
		next += at
		m := p.Marks[next]
		s.fact(isNamed(p, f, m.Func) && isInLine(f, p), f.Text, fmt.Sprintf("%s, line %d", m.Func, m.Line), fmt.Sprintf("%+v", f))
		if !m.Repeat {
			next++
		}
	}
	for _, m := range p.Marks[next:] {
		if !m.Repeat {
			s.leftOut(p, r, m)
		}
	}
}

// isPlaceOf reports whether a frame has the position that its line ends in.
func isPlaceOf(f stacktrace.Frame) bool {
	place := fmt.Sprint(f.Line)
	if f.Col > 0 {
		place += fmt.Sprintf(":%d", f.Col)
	}
	return strings.HasSuffix(strings.TrimRight(f.Text, ") "), ":"+place)
}

// isWord reports whether a function's name is one of the program's words, or stands for none. Engines
// tell places that no call has: where a class or a generator begins, or the statement that reports.
func isWord(p *Program, name string) bool {
	switch name {
	case "global", "global code", "module code", "eval code", "<eval>":
		return true
	}
	if isAnonymous(name) { // "Object.<anonymous>" too
		return true
	}
	for word := range strings.FieldsFuncSeq(withoutHints(name), func(r rune) bool { return strings.ContainsRune("./<*", r) }) {
		if !strings.Contains(p.Source, word) {
			return false
		}
	}
	return true
}

// leftOut counts a mark of which there is no frame as a miss if the text has its place.
func (s *Score) leftOut(p *Program, r *Result, m Mark) {
	if m.Line == 0 {
		return
	}
	place := fmt.Sprintf("%s:%d", p.Name, m.Line)
	for line := range strings.Lines(r.Text) {
		_, rest, ok := strings.Cut(line, place)
		if !ok || rest != "" && rest[0] >= '0' && rest[0] <= '9' || strings.Contains(value(r.Message), strings.TrimSpace(line)) {
			continue
		}
		if strings.Contains(line, "eval at") || strings.Contains(line, "> eval") || strings.Contains(line, "> Function") {
			continue // where eval'd code came from
		}
		if at := slices.IndexFunc(p.Marks, func(o Mark) bool { return o.Line == m.Line && o != m }); at >= 0 {
			continue // another call on the same line
		}
		s.fact(false, line, fmt.Sprintf("%s, line %d", m.Func, m.Line), "no frame")
	}
}

func lineOf(p *Program, n int) string {
	lines := strings.Split(p.Source, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// isInLine reports whether the column of a frame is one of its line's.
func isInLine(f stacktrace.Frame, p *Program) bool {
	return f.Eval || f.Col <= len(lineOf(p, f.Line))+1
}

// isNamed reports whether a frame may be that of a function: it has the name, with what the engine puts
// before and behind it ("bag[key]", "chain.three", "use/<"), or a word for code without a name.
func isNamed(p *Program, f stacktrace.Frame, name string) bool {
	if strings.HasPrefix(name, "<") {
		return isWord(p, f.Func)
	}
	got := f.Func
	for _, mark := range [...]string{"async ", "new ", "get ", "set "} {
		name, got = strings.TrimPrefix(name, mark), strings.TrimPrefix(got, mark)
	}
	got = withoutHints(strings.TrimRight(got, "/<"))
	if got == "" || isAnonymous(got) || f.Alias == name {
		return true
	}
	before, ok := strings.CutSuffix(got, name)
	if !ok {
		before, ok = strings.CutSuffix(got, "["+strconv.Quote(name)+"]")
		return ok && before != ""
	}
	return before == "" || strings.HasSuffix(before, ".") || strings.HasSuffix(before, "/")
}

// withoutHints returns a name without what Hermes puts before those of generators and async functions.
func withoutHints(name string) string {
	for strings.HasPrefix(name, "?anon_0_") {
		name = strings.TrimPrefix(name, "?anon_0_")
	}
	return name
}

// top compares the first frame with the place that the error object has, where the text has it.
func (s *Score) top(trace *stacktrace.Trace, r *Result) {
	if r.Top == nil || r.Top.Col == 0 || !strings.Contains(r.Text, fmt.Sprintf(":%d:%d", r.Top.Line, r.Top.Col)) {
		return
	}
	i := slices.IndexFunc(trace.Frames, func(f stacktrace.Frame) bool { return f.Col > 0 })
	want := fmt.Sprintf("%s:%d:%d", r.Top.File, r.Top.Line, r.Top.Col)
	if i < 0 {
		s.fact(false, r.Text, want, "no frame with a column")
		return
	}
	f := trace.Frames[i]
	sameFile := f.File == r.Top.File || r.Top.File == "" || f.Eval || strings.Contains(r.Top.File, " > ")
	s.fact(sameFile && f.Line == r.Top.Line && f.Col == r.Top.Col, f.Text, "the error's own place "+want, fmt.Sprintf("%+v", f))
}

// header compares type and message, read from the text alone, with the error's, where the text begins
// with them.
func (s *Score) header(r *Result) {
	if r.String == nil || *r.String == "" || r.Name == nil {
		return
	}
	after, ok := strings.CutPrefix(r.Text, *r.String)
	if !ok || after != "" && after[0] != '\n' {
		return
	}
	trace := stacktrace.Parse(r.Text)
	first, _, _ := strings.Cut(r.Text, "\n")
	ok = trace.Type == *r.Name && trace.Message == value(r.Message)
	s.fact(ok, first, fmt.Sprintf("%q, %q", *r.Name, value(r.Message)), fmt.Sprintf("%q, %q", trace.Type, trace.Message))
}

// printed compares what is read of a runtime's output with the error that the program makes: its type
// and message, and the marked lines.
func (s *Score) printed(p *Program, r *Result) {
	typ, message := p.thrown()
	all := stacktrace.ParseAll(r.Text)
	at := slices.IndexFunc(all, func(t *stacktrace.Trace) bool {
		told := strings.Contains("\n"+r.Text, "\n"+typ+": ") || strings.Contains(r.Text, typ+" [") // Bun says "error" of an Error
		return (t.Message == message || message == "?") && (t.Type == typ || typ == "" || t.Type == "" && !told)
	})
	if at < 0 {
		var read []string
		for _, t := range all {
			read = append(read, fmt.Sprintf("%q %q", t.Type, t.Message))
		}
		s.fact(false, r.Text, fmt.Sprintf("%q, %q", typ, message), strings.Join(read, ", "))
		return
	}
	s.fact(true, "", "", "")
	own := *r
	own.Text = ""
	for _, f := range all[at].Frames {
		own.Text += f.Text + "\n"
	}
	for _, line := range all[at].Unparsed {
		own.Text += line + "\n"
	}
	s.calls(p, &own, all[at])
}
