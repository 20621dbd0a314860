package integration

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/otelprocessor/integration/internal/load"
)

// backend is a server that collectors send to over OTLP.
type backend struct {
	address string
	mu      sync.Mutex
	logs    []plog.LogRecord
	events  []ptrace.SpanEvent
}

type backendLogs struct {
	plogotlp.UnimplementedGRPCServer
	*backend
}

type backendTraces struct {
	ptraceotlp.UnimplementedGRPCServer
	*backend
}

func startBackend(t testing.TB) *backend {
	listener, err := net.Listen("tcp", "localhost:0")
	check(t, err)
	b := &backend{address: listener.Addr().String()}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(64 << 20))
	plogotlp.RegisterGRPCServer(server, &backendLogs{backend: b})
	ptraceotlp.RegisterGRPCServer(server, &backendTraces{backend: b})
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Stop()
		<-served
	})
	return b
}

func (b *backendLogs) Export(_ context.Context, r plogotlp.ExportRequest) (plogotlp.ExportResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, rl := range r.Logs().ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, record := range sl.LogRecords().All() {
				b.logs = append(b.logs, record)
			}
		}
	}
	return plogotlp.NewExportResponse(), nil
}

func (b *backendTraces) Export(_ context.Context, r ptraceotlp.ExportRequest) (ptraceotlp.ExportResponse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, rs := range r.Traces().ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				for _, event := range span.Events().All() {
					b.events = append(b.events, event)
				}
			}
		}
	}
	return ptraceotlp.NewExportResponse(), nil
}

// wait returns the log records and span events that came, once there are as many as wanted.
func (b *backend) wait(t testing.TB, logs, events int) ([]plog.LogRecord, []ptrace.SpanEvent) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		b.mu.Lock()
		if len(b.logs) >= logs && len(b.events) >= events {
			defer b.mu.Unlock()
			return b.logs, b.events
		}
		b.mu.Unlock()
		if time.Now().After(deadline) {
			t.Fatalf("%d log records and %d span events came, want %d and %d", len(b.logs), len(b.events), logs, events)
		}
	}
}

// start runs a collector with an example and changes to it until the test ends or stop is called.
func start(t testing.TB, example string, changes ...string) (stop func()) {
	t.Helper()
	uris := []string{"file:" + filepath.Join("..", "examples", example)}
	for _, change := range append(changes, "service::telemetry::logs::level: error") {
		uris = append(uris, "yaml:"+change)
	}
	collector, err := newCollector(uris...)
	check(t, err)
	ended := make(chan error, 1)
	go func() { ended <- collector.Run(context.Background()) }()
	for collector.GetState() != otelcol.StateRunning {
		select {
		case err := <-ended:
			t.Fatalf("the collector ended: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	var once sync.Once
	stop = func() {
		once.Do(func() {
			collector.Shutdown()
			if err := <-ended; err != nil {
				t.Errorf("the collector ended: %v", err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// freeAddress returns an address on this machine at which nothing listens.
func freeAddress(t testing.TB) string {
	listener, err := net.Listen("tcp", "localhost:0")
	check(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// environment sets what the examples take from the environment. No metrics are served, since the port is
// the same for every collector.
func environment(t *testing.T, backend string) (http, grpc string) {
	http, grpc = freeAddress(t), freeAddress(t)
	for key, value := range map[string]string{"BACKEND": backend, "OTLP_HTTP": http, "OTLP_GRPC": grpc, "METRICS": "none", "FLUSH_AFTER": "200ms"} {
		t.Setenv(key, value)
	}
	return http, grpc
}

func post(url string, body []byte) error {
	response, err := http.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", response.Status, text)
	}
	return nil
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// One failure, as two browsers tell it.
const (
	chromeMessage  = "Cannot read properties of undefined (reading 'price')"
	firefoxMessage = `can't access property "price", item is undefined`
	chromeStack    = "TypeError: " + chromeMessage + "\n" +
		"    at Shop.total (https://shop.example.com/assets/cart.js:41:22)\n" +
		"    at Array.map (<anonymous>)\n" +
		"    at checkout (https://shop.example.com/assets/cart.js:88:9)\n" +
		"    at HTMLButtonElement.<anonymous> (https://shop.example.com/assets/page.js:12:5)"
	firefoxStack = "total@https://shop.example.com/assets/cart.js:41:15\n" +
		"checkout@https://shop.example.com/assets/cart.js:88:5\n" +
		"@https://shop.example.com/assets/page.js:12:5\n"
)

// TestBrowsers checks that a log record of Chrome, sent over HTTP, and a span event of Firefox, sent over
// gRPC, arrive with the same fingerprint: they are one failure.
func TestBrowsers(t *testing.T) {
	b := startBackend(t)
	httpAddress, grpcAddress := environment(t, b.address)
	start(t, "browsers.yaml")

	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("telemetry.sdk.language", "webjs")
	attrs := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Attributes()
	attrs.PutStr("exception.type", "TypeError")
	attrs.PutStr("exception.message", chromeMessage)
	attrs.PutStr("exception.stacktrace", chromeStack)
	body, err := new(plog.JSONMarshaler).MarshalLogs(ld)
	check(t, err)
	check(t, post("http://"+httpAddress+"/v1/logs", body))

	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("telemetry.sdk.language", "webjs")
	span := rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	span.SetName("click")
	event := span.Events().AppendEmpty()
	event.SetName("exception")
	event.Attributes().PutStr("exception.type", "TypeError")
	event.Attributes().PutStr("exception.message", firefoxMessage)
	event.Attributes().PutStr("exception.stacktrace", firefoxStack)
	connection, err := grpc.NewClient(grpcAddress, grpc.WithTransportCredentials(insecure.NewCredentials()))
	check(t, err)
	defer connection.Close()
	_, err = ptraceotlp.NewGRPCClient(connection).Export(context.Background(), ptraceotlp.NewExportRequestFromTraces(td))
	check(t, err)

	logs, events := b.wait(t, 1, 1)
	chrome, firefox := logs[0].Attributes().AsRaw(), events[0].Attributes().AsRaw()
	want := normalize.Fingerprint(stacktrace.Parse(chromeStack), normalize.Stable)
	if chrome["exception.fingerprint"] != want || firefox["exception.fingerprint"] != want {
		t.Errorf("the fingerprints are %v and %v, want %s for both", chrome["exception.fingerprint"], firefox["exception.fingerprint"], want)
	}
	if chrome["exception.message.template"] != firefox["exception.message.template"] {
		t.Errorf("the templates are %v and %v", chrome["exception.message.template"], firefox["exception.message.template"])
	}
	if chrome["exception.stacktrace"] != chromeStack || firefox["exception.stacktrace"] != firefoxStack || firefox["exception.message"] != firefoxMessage {
		t.Errorf("what was sent was changed: %v %v", chrome, firefox)
	}
	if chrome["code.file.path"] != "https://shop.example.com/assets/cart.js" || firefox["code.line.number"] != int64(41) {
		t.Errorf("the place is not that of the failure: %v %v", chrome, firefox)
	}
}

// TestContainers checks the logs that container runtimes wrote: each trace arrives as one record, and no
// line is lost or out of order.
func TestContainers(t *testing.T) {
	for file, read := range map[string]func(line string) (stream, text string){
		"node20-cri.log":    readContainerd,
		"node20-docker.log": readDocker,
	} {
		t.Run(file, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "logs", file))
			check(t, err)
			b := startBackend(t)
			environment(t, b.address)
			folder := filepath.Join(t.TempDir(), "shop_cart-7d9f_0b1c2d3e-0000-4000-8000-000000000000", "cart")
			check(t, os.MkdirAll(folder, 0o777))
			check(t, os.WriteFile(filepath.Join(folder, "0.log"), data, 0o666))
			t.Setenv("LOGS", filepath.Dir(filepath.Dir(folder)))

			// What the container printed, by stream, since the collector keeps each stream's order.
			printed := make(map[string]string)
			for line := range strings.Lines(string(data)) {
				stream, text := read(strings.TrimSuffix(line, "\n"))
				if stream == "" {
					t.Fatalf("no line of a container: %s", line)
				}
				printed[stream] += text
			}
			traces, others := 0, 0
			for _, text := range printed {
				others += strings.Count(text, "\n")
				scanner := logscan.NewScanner(strings.NewReader(text), logscan.Options{})
				for scanner.Scan() {
					traces++
					for _, piece := range scanner.Found().Pieces {
						others -= strings.Count(piece.Text, "\n")
					}
				}
			}
			stop := start(t, "containers.yaml", "exporters::otlp_grpc::sending_queue::enabled: false")
			b.wait(t, traces+others, 0)
			stop()
			logs, _ := b.wait(t, traces+others, 0)
			arrived := make(map[string]string)
			known := 0
			for _, record := range logs {
				stream, _ := record.Attributes().Get("log.iostream")
				arrived[stream.AsString()] += strings.TrimSuffix(record.Body().AsString(), "\n") + "\n"
				if _, isKnown := record.Attributes().Get("exception.fingerprint"); isKnown {
					known++
				}
			}
			for stream, text := range printed {
				if arrived[stream] != text {
					t.Errorf("of %s arrived\n%s\nwant\n%s", stream, arrived[stream], text)
				}
			}
			if known != traces || len(logs) != traces+others {
				t.Errorf("%d records of which %d have a fingerprint, want %d and %d", len(logs), known, traces+others, traces)
			}
		})
	}
}

// readContainerd returns the stream of a line and what the container printed.
func readContainerd(line string) (stream, text string) {
	m := regexp.MustCompile(`^\S+ (\S+) ([FP]) (.*)$`).FindStringSubmatch(line)
	if m == nil {
		return "", ""
	}
	if m[2] == "F" {
		return m[1], m[3] + "\n"
	}
	return m[1], m[3] // the line goes on
}

// readDocker is readContainerd for Docker's JSON.
func readDocker(line string) (stream, text string) {
	var entry struct{ Log, Stream string }
	if json.Unmarshal([]byte(line), &entry) != nil {
		return "", ""
	}
	return entry.Stream, entry.Log
}

// TestRestart sends stacks that browsers and servers wrote while the collector is restarted in the middle, as senders do
// that try again, and checks that each record arrives with a fingerprint.
func TestRestart(t *testing.T) {
	const records, size, senders = 20_480, 512, 4
	stacks, err := load.Stacks(filepath.Join("..", "..", "testdata", "captures", "traces.jsonl.gz"))
	check(t, err)
	arrivals, err := load.Listen(records)
	check(t, err)
	t.Cleanup(arrivals.Close)
	_, address := environment(t, arrivals.Address)
	stop := start(t, "browsers.yaml")
	began := time.Now()
	var next, refused atomic.Int64
	var half sync.Once
	var all sync.WaitGroup
	for range senders {
		all.Go(func() {
			connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
			if err != nil {
				t.Error(err)
				return
			}
			defer connection.Close()
			client := plogotlp.NewGRPCClient(connection)
			for {
				first := int(next.Add(size)) - size
				if first >= records {
					return
				}
				if first >= records/2 {
					half.Do(func() {
						all.Go(func() {
							stop()
							start(t, "browsers.yaml")
						})
					})
				}
				request := plogotlp.NewExportRequestFromLogs(load.Batch(stacks, first, size))
				for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
					if _, err = client.Export(context.Background(), request); err == nil {
						break
					}
					refused.Add(1)
					if time.Now().After(deadline) {
						t.Errorf("the records from %d on: %v", first, err)
						return
					}
				}
			}
		})
	}
	all.Wait()
	for deadline := time.Now().Add(time.Minute); arrivals.Counts().Distinct < records && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	took := time.Since(began)
	got := arrivals.Counts()
	if got.Distinct != records || got.Fingerprinted != records {
		t.Errorf("%d records arrived, %d with a fingerprint, want %d", got.Distinct, got.Fingerprinted, records)
	}
	if refused.Load() == 0 {
		t.Error("no request was refused, so the restart was not in the middle")
	}
	t.Logf("%d records, of which %d twice, %d requests sent again, in %v: %.0f a second", got.Records, got.Records-got.Distinct, refused.Load(), took, float64(got.Distinct)/took.Seconds())
}

// TestManifest checks that builder.yaml lists the modules that the tests run, in the versions of go.mod.
func TestManifest(t *testing.T) {
	manifest, err := os.ReadFile(filepath.Join("..", "builder.yaml"))
	check(t, err)
	mod, err := os.ReadFile("go.mod")
	check(t, err)
	listed := regexp.MustCompile(`(?m)^  - gomod: (.*)$`).FindAllStringSubmatch(string(manifest), -1)
	if len(listed) != 10 {
		t.Errorf("%d modules are listed, want 10", len(listed))
	}
	for _, m := range listed {
		if !strings.Contains(string(mod), "\t"+m[1]+"\n") {
			t.Errorf("go.mod does not require %s", m[1])
		}
	}
}
