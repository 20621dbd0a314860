package stacktrace_test

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/formats"
)

func TestDump(t *testing.T) {
	out, _ := os.Create(os.Getenv("DUMP"))
	w := bufio.NewWriter(out)
	defer w.Flush()
	lines := map[string]bool{}
	var whole []string
	for _, c := range captures(t, func(*capture) bool { return true }) {
		f, _ := stacktrace.AppendFrames(nil, c.Text)
		e := ""
		for _, x := range f {
			e += x.Engine + ";" + x.Func + "|" + x.File + fmt.Sprint(x.Line, x.Col, x.Native, x.Eval, x.TopLevel) + "\n"
		}
		whole = append(whole, fmt.Sprintf("%q %q", c.ID, e))
		for line := range strings.Lines(c.Text) {
			line = strings.TrimSpace(line)
			if len(line) > 3 && strings.HasPrefix(line, "at ") {
				for _, l := range []string{line, strings.Replace(line, ".js", "(1).js", 1), strings.Replace(line, ".js", ").js", 1), strings.Replace(line, "/", " ", 1)} {
					lines[l] = true
				}
			}
		}
	}
	var all []string
	for l := range lines {
		e := ""
		if m := formats.MatchAt(l); m != nil {
			e = m.Name
		}
		all = append(all, fmt.Sprintf("%q %s", l, e))
	}
	sort.Strings(all)
	for _, l := range append(all, whole...) {
		fmt.Fprintln(w, l)
	}
}
