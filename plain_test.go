package stacktrace_test

import (
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
		if ok := formats.ReadSync(&slow, line); plain != formats.NotPlain && !strings.HasPrefix(line, "at async ") && (!ok || slow != f) {
			t.Errorf("ReadPlainAt(%q) reads %+v, want %+v", line, f, slow)
		}
		if plain == formats.NotPlain || plain == formats.IsProof {
			return
		}
		if got, want := formats.PlainEngine(&f, line), formats.MatchAt(line); got != want {
			t.Errorf("PlainEngine(%q) = %v, want %v", line, nameOf(got), nameOf(want))
		}
		for _, name := range stacktrace.Engines() {
			engine := formats.Named(name)
			if engine == nil || !engine.IsAlike(&f, plain) {
				continue
			}
			var read formats.Frame
			f.Engine = name
			if ok := engine.Read(&read, line); !ok || read != f {
				t.Errorf("Read(%q) of %s = %+v, %t, want %+v", line, name, read, ok, f)
			}
		}
	}
	for _, c := range captures(t, func(*capture) bool { return true }) {
		for line := range strings.Lines(c.Text) {
			line = strings.TrimSpace(line)
			if call, ok := strings.CutPrefix(line, "at "); ok && call != "" {
				check(line)
				check(strings.Replace(line, ".js", "(1).js", 1))
				check(strings.Replace(line, ".js", ").js", 1))
				check("at (unknown):3" + strings.TrimPrefix(call, "f"))
			}
		}
	}
}

func nameOf(format *formats.Format) string {
	if format == nil {
		return ""
	}
	return format.Name
}
