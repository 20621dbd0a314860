// Package load makes records to send through a collector, and counts which of them arrive.
package load

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"google.golang.org/grpc"
	_ "google.golang.org/grpc/encoding/gzip" // with which collectors send

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// Frames is the number of frames that each stack has.
const Frames = 20

// attrNumber is the attribute that tells records from each other.
const attrNumber = "n"

// Stack is an error as an SDK reports it.
type Stack struct{ Type, Message, Text string }

// runtimes are those whose captures are taken.
var runtimes = []string{"chromium", "firefox", "webkitgtk", "node", "deno", "bun"}

// Stacks returns stacks of 20 frames, all different: each the header of an error that a browser or a server wrote, its
// frames, and those of the captures behind it up to that number. The name of the file of captures is given.
func Stacks(captures string) ([]Stack, error) {
	type capture struct{ Runtime, Kind, Name, Message, Text string }
	all, err := corpus.Read[capture](captures)
	if err != nil {
		return nil, err
	}
	type read struct {
		capture
		header string
		frames []stacktrace.Frame
	}
	byRuntime := make(map[string][]read)
	for _, c := range all {
		if !slices.Contains(runtimes, c.Runtime) || c.Kind != "error.stack" {
			continue
		}
		frames := stacktrace.AppendFrames(nil, c.Text)
		if len(frames) == 0 || len(c.Text) > 8<<10 {
			continue
		}
		header := c.Text[:max(0, strings.Index(c.Text, frames[0].Text))]
		byRuntime[c.Runtime] = append(byRuntime[c.Runtime], read{c, header, frames})
	}
	seen := make(map[string]bool)
	var stacks []Stack
	for _, runtime := range runtimes {
		of := byRuntime[runtime]
		for i, c := range of {
			lines := make([]string, 0, Frames)
			for j := i; len(lines) < Frames; j = (j + 1) % len(of) {
				for _, f := range of[j].frames[:min(len(of[j].frames), Frames-len(lines))] {
					lines = append(lines, f.Text)
				}
			}
			text := c.header + strings.Join(lines, "\n")
			if !seen[text] {
				seen[text] = true
				stacks = append(stacks, Stack{c.Name, c.Message, text})
			}
		}
	}
	if len(stacks) == 0 {
		return nil, fmt.Errorf("%s has no such capture", captures)
	}
	// Those of one runtime are not sent one after the other. The step has no factor in common with the number.
	step := len(stacks)*5/13 | 1
	for gcd(step, len(stacks)) != 1 {
		step += 2
	}
	mixed := make([]Stack, len(stacks))
	for i := range mixed {
		mixed[i] = stacks[i*step%len(stacks)]
	}
	return mixed, nil
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// Batch returns the records whose numbers begin at first, as a page's SDK sends them: the example for browsers reads
// no others.
func Batch(stacks []Stack, first, size int) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("telemetry.sdk.language", "webjs")
	rl.Resource().Attributes().PutStr("service.name", "shop")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	records.EnsureCapacity(size)
	for i := first; i < first+size; i++ {
		stack := &stacks[i%len(stacks)]
		record := records.AppendEmpty()
		record.SetSeverityNumber(plog.SeverityNumberError)
		attrs := record.Attributes()
		attrs.EnsureCapacity(4)
		attrs.PutInt(attrNumber, int64(i))
		attrs.PutStr("exception.type", stack.Type)
		attrs.PutStr("exception.message", stack.Message)
		attrs.PutStr("exception.stacktrace", stack.Text)
	}
	return ld
}

// Arrivals is a server for OTLP that counts the records that come.
type Arrivals struct {
	plogotlp.UnimplementedGRPCServer
	Address string

	server *grpc.Server
	mu     sync.Mutex
	seen   []bool // by number
	counts Counts
}

// Counts tells what came.
type Counts struct {
	Records       int // with those that came twice
	Distinct      int
	Fingerprinted int // of the distinct ones, those that have a fingerprint
}

// Listen starts a server for so many records.
func Listen(records int) (*Arrivals, error) {
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return nil, err
	}
	a := &Arrivals{Address: listener.Addr().String(), server: grpc.NewServer(grpc.MaxRecvMsgSize(64 << 20)), seen: make([]bool, records)}
	plogotlp.RegisterGRPCServer(a.server, a)
	go a.server.Serve(listener)
	return a, nil
}

// Close stops the server.
func (a *Arrivals) Close() { a.server.Stop() }

// Counts returns what came so far.
func (a *Arrivals) Counts() Counts {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.counts
}

// Export implements plogotlp.GRPCServer.
func (a *Arrivals) Export(_ context.Context, r plogotlp.ExportRequest) (plogotlp.ExportResponse, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, rl := range r.Logs().ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, record := range sl.LogRecords().All() {
				a.counts.Records++
				n, ok := record.Attributes().Get(attrNumber)
				if !ok || n.Int() < 0 || n.Int() >= int64(len(a.seen)) {
					return plogotlp.NewExportResponse(), fmt.Errorf("a record that was not sent")
				}
				if a.seen[n.Int()] {
					continue
				}
				a.seen[n.Int()] = true
				a.counts.Distinct++
				if v, ok := record.Attributes().Get("exception.fingerprint"); ok && v.Str() != "" {
					a.counts.Fingerprinted++
				}
			}
		}
	}
	return plogotlp.NewExportResponse(), nil
}
