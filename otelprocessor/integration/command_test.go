package integration

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/otelprocessor"
)

// TestCommand checks that the processor gives a stack the fingerprint that the command prints for it.
func TestCommand(t *testing.T) {
	type capture struct{ ID, Text string }
	all, err := corpus.Read[capture](filepath.Join("..", "..", "testdata", "captures", "traces.jsonl.gz"))
	check(t, err)

	program := filepath.Join(t.TempDir(), "stacktrace")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = filepath.Join("..", "..", "cmd", "stacktrace")
	build.Env = append(os.Environ(), "GOWORK=") // the command of this working tree
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var in bytes.Buffer
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for i := 0; i < len(all); i += corpus.Step(5) {
		line, err := json.Marshal(map[string]any{"id": all[i].ID, "text": all[i].Text})
		check(t, err)
		in.Write(append(line, '\n'))
		record := records.AppendEmpty()
		record.Attributes().PutStr("id", all[i].ID)
		record.Attributes().PutStr("exception.stacktrace", all[i].Text)
	}
	parse := exec.Command(program, "parse", "--ndjson", "--canonical")
	parse.Stdin = &in
	out, err := parse.Output()
	check(t, err)

	config := otelprocessor.NewFactory().CreateDefaultConfig().(*otelprocessor.Config)
	config.Limits = otelprocessor.LimitsConfig{Bytes: 1 << 30, Line: 1 << 30, Frames: 1 << 30, Depth: 1 << 30}
	sink := new(consumertest.LogsSink)
	factory := otelprocessor.NewFactory()
	p, err := factory.CreateLogs(context.Background(), processortest.NewNopSettings(factory.Type()), config, sink)
	check(t, err)
	check(t, p.ConsumeLogs(context.Background(), ld))
	check(t, p.Shutdown(context.Background()))
	records = sink.AllLogs()[0].ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	read := 0
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if len(lines) != records.Len() {
		t.Fatalf("the command wrote %d lines for %d stacks", len(lines), records.Len())
	}
	for i, line := range lines {
		var printed struct {
			ID        string
			Canonical struct {
				Fingerprint struct{ Stable string }
			}
		}
		check(t, json.Unmarshal(line, &printed))
		attrs := records.At(i).Attributes().AsRaw()
		if attrs["id"] != printed.ID {
			t.Fatalf("line %d is of %s, want %v", i, printed.ID, attrs["id"])
		}
		told, isTold := attrs["exception.fingerprint"]
		if !isTold { // no frame, or another language's
			continue
		}
		read++
		if told != printed.Canonical.Fingerprint.Stable {
			t.Errorf("%s: the fingerprint is %v, the command prints %s", printed.ID, told, printed.Canonical.Fingerprint.Stable)
		}
	}
	if read < records.Len()*9/10 {
		t.Errorf("%d of %d stacks have a fingerprint, want nearly all", read, records.Len())
	}
}
