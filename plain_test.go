package stacktrace_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/formats"
)

// TestPlainAt compares what is asked of plain lines with what would be asked of any, and what was read
// of them with what other engines read, for every line that an engine wrote, and with parentheses in
// its name and its file.
func TestPlainAt(t *testing.T) {
	check := func(line string) {
		var f formats.Frame
		plain := formats.ReadPlainAt(&f, line[len("at "):], nil)
		var slow formats.Frame
		sync, async := strings.CutPrefix(line, "at async ")
		if async = async && sync[0] != '('; async {
			if plain != formats.NotPlain && (strings.HasPrefix(sync, "new ") || strings.HasPrefix(sync, "async ")) {
				t.Errorf("ReadPlainAt(%q) reads %+v, want nothing", line, f)
			}
			sync = "at " + sync
		} else {
			sync = line
		}
		ok := formats.ReadSync(&slow, sync)
		if index, isIndex := strings.CutPrefix(sync, "at "+slow.Func+" (index "); async && isIndex { // as no line without "async" has it
			slow.Native, ok = true, true
			slow.Index, _ = strconv.Atoi(strings.TrimSuffix(index, ")"))
		}
		if slow.Async = async; plain != formats.NotPlain && (!ok || slow != f) {
			t.Errorf("ReadPlainAt(%q) reads %+v, want %+v", line, f, slow)
		}
		if plain == formats.NotPlain || plain == formats.IsProof {
			return
		}
		if got, want := formats.PlainEngine(&f, line), formats.MatchAt(line); got != want {
			t.Errorf("PlainEngine(%q) = %v, want %v", line, nameOf(got), nameOf(want))
		}
	}
	for _, c := range captures(t, func(*capture) bool { return true }) {
		for line := range strings.Lines(c.Text) {
			line = strings.TrimSpace(line)
			if call, ok := strings.CutPrefix(line, "at "); ok && call != "" {
				check(line)
				check(strings.Replace(line, ".js", "(1).js", 1))
				check(strings.Replace(line, ".js", ").js", 1))
				check("at async " + call)
				check("at new " + call)
				check("at (unknown):3" + strings.TrimPrefix(call, "f"))
			}
		}
	}
}

// TestPlainSign does the same with "@" lines, for which the two engines of browsers are asked.
func TestPlainSign(t *testing.T) {
	plain := map[formats.Engine]int{}
	for _, c := range captures(t, func(*capture) bool { return true }) {
		for line := range strings.Lines(c.Text) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "at ") {
				continue
			}
			for _, line := range [...]string{line, strings.Replace(line, "@/", "@webpack-internal:///./", 1), strings.Replace(line, "@http", "@webpack", 1)} {
				for _, name := range [...]formats.Engine{formats.JSC, formats.SpiderMonkey} {
					var f, slow formats.Frame
					kind := formats.ReadPlainSign(&f, line, name, nil)
					if kind == formats.NotPlain {
						continue
					}
					plain[name]++
					if kind == formats.IsNested {
						continue // to be read again
					}
					if ok := name.Format().ReadInto(&slow, line); !ok || slow != f || formats.IsDoubtful(&slow, line) {
						t.Errorf("ReadPlainSign(%q, %q) reads %+v, want %+v, %t", line, name, f, slow, ok)
					}
					if engine := formats.MatchSign(line); engine != nil && engine.Engine() != name && kind != formats.IsProof {
						t.Errorf("ReadPlainSign(%q, %q) = %v, but %s alone writes such lines", line, name, kind, engine.Engine())
					}
				}
			}
		}
	}
	if plain[formats.JSC] < 10_000 || plain[formats.SpiderMonkey] < 10_000 {
		t.Errorf("plain lines: %v", plain)
	}
}

// TestDecided compares what is read of lines whose engine is known with what the engine's format reads in general, for
// every line that an engine wrote, and with changes to it.
func TestDecided(t *testing.T) {
	dirty := formats.Frame{Func: "x", Alias: "x", File: "x", Line: 9, Col: 9, Index: 9, Offset: 9, Origin: "x", AsyncCause: "x",
		Async: true, Constructor: true, Eval: true, Native: true, Wasm: true, TopLevel: true, Component: true, Engine: 200, Source: "x"}
	read := map[string]int{}
	check := func(name, line string, ok bool, got formats.Frame, format *formats.Format) {
		if !ok {
			return
		}
		read[name]++
		want, ok := format.Read(line)
		want.Text = line
		if !ok || got != want {
			t.Errorf("%s reads %q as %+v, want %+v, %t", name, line, got, want, ok)
		}
	}
	seen := map[string]bool{}
	for _, c := range captures(t, func(*capture) bool { return true }) {
		for line := range strings.Lines(c.Text) {
			line = strings.TrimSpace(line)
			if line == "" || len(line) > 500 || seen[line] {
				continue
			}
			seen[line] = true
			for _, line := range [...]string{line, strings.Replace(line, ".js", "(1).js", 1), strings.Replace(line, ".js", ").js", 1),
				strings.Replace(line, ".js", ", <anonymous>.js", 1), strings.Replace(line, ":1", ":01", 1), line + ":7"} {
				f := dirty
				if strings.HasPrefix(line, "at ") && len(line) > len("at ") {
					ok := formats.ReadV8(&f, line, len("at "))
					check("ReadV8", line, ok, f, formats.V8.Format())
					continue
				}
				for _, engine := range [...]formats.Engine{formats.JSC, formats.SpiderMonkey} {
					f = dirty
					ok, _ := engine.Format().ReadSigned(&f, line)
					check("ReadSigned of "+engine.String(), line, ok, f, engine.Format())
				}
			}
		}
	}
	if read["ReadV8"] < 10_000 || len(read) != 3 {
		t.Errorf("lines that were read: %v", read)
	}
}

// TestSeen reads plain lines with and without the frame of another line, which must not change what is read,
// into frames in which something else was before.
func TestSeen(t *testing.T) {
	dirty := formats.Frame{Func: "x", Alias: "x", File: "x", Line: 9, Col: 9, Index: 9, Offset: 9, Origin: "x", AsyncCause: "x",
		Async: true, Constructor: true, Eval: true, Native: true, Wasm: true, TopLevel: true, Component: true, Engine: 200}
	for _, c := range captures(t, func(*capture) bool { return true }) {
		var at, sign *formats.Frame
		for line := range strings.Lines(c.Text) {
			line = strings.TrimSpace(line)
			if call, ok := strings.CutPrefix(line, "at "); ok && call != "" {
				for _, call := range [...]string{call, strings.TrimSuffix(call, ")"), strings.ReplaceAll(call, ":1", ":01"), call + ":7", strings.Replace(call, ":", " (1:", 1)} {
					f, g := dirty, dirty
					got, want := formats.ReadPlainAt(&f, call, at), formats.ReadPlainAt(&g, call, nil)
					if got != want || got != formats.NotPlain && f != g {
						t.Errorf("ReadPlainAt(%q) behind %+v = %v, %+v, want %v, %+v", call, at, got, f, want, g)
					}
					g.Text = "x"
					if got != formats.NotPlain && g.Line > 0 {
						at = &g
					}
				}
				continue
			}
			for _, engine := range [...]formats.Engine{formats.JSC, formats.SpiderMonkey} {
				f, g := dirty, dirty
				got, want := formats.ReadPlainSign(&f, line, engine, sign), formats.ReadPlainSign(&g, line, engine, nil)
				if got != want || got != formats.NotPlain && f != g {
					t.Errorf("ReadPlainSign(%q, %q) behind %+v = %v, %+v, want %v, %+v", line, engine, sign, got, f, want, g)
				}
				if got != formats.NotPlain && g.Line > 0 {
					sign = &g
				}
			}
		}
	}
}

// TestRoom reads into slices that have to grow at each of the first frames.
func TestRoom(t *testing.T) {
	check := func(text string) {
		want := stacktrace.AppendFrames(make([]stacktrace.Frame, 0, 64), text)
		for room := range min(len(want)+1, 12) {
			if got := stacktrace.AppendFrames(make([]stacktrace.Frame, 0, room), text); !slices.Equal(got, want) {
				t.Errorf("with room for %d frames %+v, want %+v\n%s", room, got, want, text)
			}
		}
	}
	check("f@/a.js:1\ng/<@/a.js:1:2")
	for _, c := range captures(t, func(c *capture) bool { return c.isRead() && len(c.Text) < 4<<10 }) {
		check(c.Text)
	}
}

func nameOf(format *formats.Format) string {
	if format == nil {
		return ""
	}
	return format.Name()
}
