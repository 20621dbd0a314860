package logscan_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sebdah/goldie/v2"
	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// TestGolden scans the logs of real programs. See testdata/README.md of the module.
func TestGolden(t *testing.T) {
	logs, err := filepath.Glob("../testdata/logs/*.log")
	if err != nil || len(logs) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	g := goldie.New(t, goldie.WithFixtureDir("../testdata/logs/golden"))
	for _, name := range logs {
		t.Run(filepath.Base(name), func(t *testing.T) {
			log, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, f := range checkLaws(t, log, logscan.Options{}, 1).Found {
				describe(&b, string(log), f)
			}
			g.Assert(t, strings.TrimSuffix(filepath.Base(name), ".log"), []byte(b.String()))
		})
	}
}

// describe writes a trace for a person to compare with the log: the lines it takes, numbered from 1,
// what was taken off the first, and what was read.
func describe(b *strings.Builder, log string, f logscan.Found) {
	fmt.Fprint(b, "lines")
	for _, p := range f.Pieces {
		from := strings.Count(log[:p.Start], "\n") + 1
		fmt.Fprintf(b, " %d-%d", from, from+strings.Count(p.Text, "\n")-1)
	}
	fmt.Fprintf(b, "\nprefix %q\n", f.Prefix)
	if !f.Time.IsZero() {
		fmt.Fprintf(b, "time %s\n", f.Time.Format(time.RFC3339Nano))
	}
	if f.Stream != "" {
		fmt.Fprintf(b, "stream %s\n", f.Stream)
	}
	describeTrace(b, f.Trace, "  ")
	b.WriteByte('\n')
}

func describeTrace(b *strings.Builder, trace *stacktrace.Trace, indent string) {
	for line := range strings.Lines(strings.TrimSuffix(trace.String(), "\n") + "\n") {
		b.WriteString(indent + line)
	}
	for _, p := range trace.Props {
		fmt.Fprintf(b, "%s%s: %s\n", indent, p.Name, p.Text)
	}
	for _, line := range slices.Concat(trace.Context, trace.Unparsed) {
		fmt.Fprintf(b, "%s| %s\n", indent, line)
	}
	if trace.Cause != nil {
		fmt.Fprintf(b, "%scause\n", indent)
		describeTrace(b, trace.Cause, indent+"  ")
	}
	for _, e := range trace.Errors {
		fmt.Fprintf(b, "%serror\n", indent)
		describeTrace(b, e, indent+"  ")
	}
}
