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
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
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
)

// backend is a server that collectors send to over OTLP.
type backend struct {
	address   string
	onlyCount bool // records are counted and not kept
	mu        sync.Mutex
	count     int
	logs      []plog.LogRecord
	events    []ptrace.SpanEvent
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
	b.count += r.Logs().LogRecordCount()
	if b.onlyCount {
		return plogotlp.NewExportResponse(), nil
	}
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
		if b.count >= logs && len(b.events) >= events {
			defer b.mu.Unlock()
			return b.logs, b.events
		}
		b.mu.Unlock()
		if time.Now().After(deadline) {
			t.Fatalf("%d log records and %d span events came, want %d and %d", b.count, len(b.events), logs, events)
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
func environment(t *testing.T, b *backend) (http, grpc string) {
	http, grpc = freeAddress(t), freeAddress(t)
	for key, value := range map[string]string{"BACKEND": b.address, "OTLP_HTTP": http, "OTLP_GRPC": grpc, "METRICS": "none", "FLUSH_AFTER": "200ms"} {
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
	httpAddress, grpcAddress := environment(t, b)
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
			environment(t, b)
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

// stackOf returns a stack of 20 frames, of which no other failure has the numbers.
func stackOf(failure int) string {
	var b strings.Builder
	b.WriteString("TypeError: " + chromeMessage + "\n")
	for i := range 20 {
		fmt.Fprintf(&b, "    at Shop.step%d (https://shop.example.com/assets/module%d.js:%d:%d)\n", i, i%5, 10+failure%90, 3+i)
	}
	return b.String()
}

// TestRestart sends many records while the collector is restarted in the middle, as a sender does that
// tries again, and checks that each of them arrives.
func TestRestart(t *testing.T) {
	const batches, size = 40, 250
	b := startBackend(t)
	_, address := environment(t, b)
	stop := start(t, "browsers.yaml")
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	check(t, err)
	defer connection.Close()
	client := plogotlp.NewGRPCClient(connection)
	began, half := time.Now(), make(chan struct{})
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		<-half
		stop()
		start(t, "browsers.yaml")
	}()
	for n := range batches {
		if n == batches/2 {
			close(half)
		}
		for try := 0; ; try++ {
			_, err := client.Export(context.Background(), plogotlp.NewExportRequestFromLogs(batchOf(n, size)))
			if err == nil {
				break
			}
			if try > 1000 {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	<-restarted
	logs, _ := b.wait(t, batches*size, 0)
	took := time.Since(began)
	arrived := make(map[int64]int)
	for _, record := range logs {
		n, _ := record.Attributes().Get("n")
		arrived[n.Int()]++
		if _, isRead := record.Attributes().Get("exception.fingerprint"); !isRead {
			t.Fatalf("record %d has no fingerprint", n.Int())
		}
	}
	if len(arrived) != batches*size {
		t.Errorf("%d records arrived, want %d", len(arrived), batches*size)
	}
	t.Logf("%d records, of which %d twice, in %v: %.0f a second", len(logs), len(logs)-len(arrived), took, float64(len(logs))/took.Seconds())
}

func batchOf(batch, size int) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("telemetry.sdk.language", "webjs")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	for i := range size {
		attrs := records.AppendEmpty().Attributes()
		attrs.PutInt("n", int64(batch*size+i))
		attrs.PutStr("exception.type", "TypeError")
		attrs.PutStr("exception.message", chromeMessage)
		attrs.PutStr("exception.stacktrace", stackOf(i))
	}
	return ld
}

// BenchmarkCollector measures records of 20 frames through a collector, OTLP in and out. One operation is a
// batch of 1,000, so run it with -benchtime 200x. COLLECTOR is a program to run, such as what the builder made;
// without it the collector is in this process.
func BenchmarkCollector(b *testing.B) {
	const size = 1000
	end := startBackend(b)
	end.onlyCount = true
	address := freeAddress(b)
	for key, value := range map[string]string{"BACKEND": end.address, "OTLP_HTTP": freeAddress(b), "OTLP_GRPC": address, "METRICS": "none"} {
		b.Setenv(key, value)
	}
	used := func() (memory float64, cpu time.Duration) { return 0, 0 }
	if program := os.Getenv("COLLECTOR"); program != "" {
		used = run(b, program)
	} else {
		start(b, "browsers.yaml")
	}
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	check(b, err)
	defer connection.Close()
	client := plogotlp.NewGRPCClient(connection)
	requests := make([]plogotlp.ExportRequest, 20)
	for i := range requests {
		requests[i] = plogotlp.NewExportRequestFromLogs(batchOf(i, size))
	}
	sent := 0
	export := func() error {
		_, err := client.Export(context.Background(), requests[sent/size%len(requests)], grpc.WaitForReady(true))
		return err
	}
	check(b, export())
	end.wait(b, size, 0)
	sent = size
	_, before := used()
	for b.Loop() {
		for try := 0; ; try++ {
			err := export()
			if err == nil {
				break
			}
			if try > 1000 {
				b.Fatal(err)
			}
			time.Sleep(5 * time.Millisecond)
		}
		sent += size
	}
	end.wait(b, sent, 0)
	b.ReportMetric(float64(sent-size)/b.Elapsed().Seconds(), "records/s")
	memory, cpu := used()
	b.ReportMetric(memory, "MiB")
	b.ReportMetric(float64((cpu-before).Microseconds())/float64(sent-size), "cpu-µs/record")
	if end.count != sent {
		b.Errorf("%d records arrived, want %d", end.count, sent)
	}
}

// run runs a collector as a program of its own, and returns a function that tells the most memory that it
// has had, in MiB, and the processor time that it took. Only Linux tells.
func run(t testing.TB, program string) (used func() (memory float64, cpu time.Duration)) {
	command := exec.Command(program, "--config", filepath.Join("..", "examples", "browsers.yaml"))
	check(t, command.Start())
	t.Cleanup(func() {
		command.Process.Signal(os.Interrupt)
		command.Wait()
	})
	return func() (memory float64, cpu time.Duration) {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", command.Process.Pid))
		_, after, _ := strings.Cut(string(status), "VmHWM:")
		var kilobytes float64
		fmt.Sscan(after, &kilobytes)
		stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", command.Process.Pid))
		_, after, _ = strings.Cut(string(stat), ") ")
		var ticks time.Duration // hundredths of a second
		if fields := strings.Fields(after); len(fields) > 12 {
			var user, system time.Duration
			fmt.Sscan(fields[11]+" "+fields[12], &user, &system)
			ticks = user + system
		}
		return kilobytes / 1024, ticks * 10 * time.Millisecond
	}
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
