package logscan_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// benchLog makes a log of which 1 % of the bytes are traces.
func benchLog(size int, json bool) string {
	const trace = "TypeError: Cannot read properties of undefined (reading 'price')\n" +
		"    at Cart.add (/app/src/cart.js:12:18)\n    at Array.forEach (<anonymous>)\n" +
		"    at Cart.addAll (/app/src/cart.js:20:11)\n    at handle (/app/src/server.js:44:9)\n" +
		"    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)\n"
	random := rand.New(rand.NewPCG(5, 6))
	var b strings.Builder
	traces := 0
	for b.Len() < size {
		switch {
		case traces*100 < b.Len() && json:
			n := b.Len()
			fmt.Fprintf(&b, `{"level":50,"time":%d,"pid":7,"hostname":"web-1","err":{"type":"TypeError","stack":%q},"msg":"failed"}`+"\n", int64(1763719200000)+int64(b.Len()), trace)
			traces += b.Len() - n
		case traces*100 < b.Len():
			b.WriteString(trace)
			traces += len(trace)
		case json:
			fmt.Fprintf(&b, `{"level":30,"time":%d,"pid":7,"hostname":"web-1","req":{"method":"GET","url":"/cart/%d"},"msg":"request completed"}`+"\n", int64(1763719200000)+int64(b.Len()), random.IntN(1e6))
		default:
			fmt.Fprintf(&b, "2026-11-21T10:%02d:%02d.%03dZ INFO [web] GET /cart/%d from 10.0.0.%d took %d ms, cache miss\n", random.IntN(60), random.IntN(60), random.IntN(1000), random.IntN(1e6), random.IntN(256), random.IntN(100))
		}
	}
	return b.String()
}

var benchSink int

func BenchmarkFloor(b *testing.B) {
	for _, json := range []bool{false, true} {
		b.Run(fmt.Sprintf("json=%v", json), func(b *testing.B) {
			log := benchLog(16<<20, json)
			b.SetBytes(int64(len(log)))
			for b.Loop() {
				for rest := log; ; {
					n := strings.IndexByte(rest, '\n')
					if n < 0 {
						break
					}
					benchSink++
					rest = rest[n+1:]
				}
			}
		})
	}
}

func BenchmarkScan(b *testing.B) {
	for _, json := range []bool{false, true} {
		for _, workers := range []int{0, 2} {
			b.Run(fmt.Sprintf("json=%v/workers=%d", json, workers), func(b *testing.B) {
				log := benchLog(16<<20, json)
				b.SetBytes(int64(len(log)))
				for b.Loop() {
					s := logscan.NewScanner(strings.NewReader(log), logscan.Options{Workers: workers})
					for s.Scan() {
						benchSink++
					}
				}
			})
		}
	}
}

// endless repeats a text up to a size.
type endless struct {
	text string
	left int
	at   int
}

func (e *endless) Read(b []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(copy(b, e.text[e.at:]), e.left)
	e.left -= n
	e.at = (e.at + n) % len(e.text)
	return n, nil
}

// TestMemory scans much, of logs and of a line that does not end.
func TestMemory(t *testing.T) {
	for name, text := range map[string]string{
		"log":              benchLog(1<<20, false),
		"JSON":             benchLog(1<<20, true),
		"line":             strings.Repeat("x", 1<<20),
		"JSON of one line": strings.Repeat(`{"stack":"Error: x\n    at f (/a.js:1:2)"}`, 1<<14),
		"frames":           strings.Repeat("    at f (/a.js:1:2)\n", 1<<14),
		"braces":           "Error: x\n    at f (/a.js:1:2) {\n" + strings.Repeat("  a: 1\n", 1<<14) + "}\n" + strings.Repeat("fine\n", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			size := 32 << 20
			if testing.Short() {
				size = 8 << 20
			}
			var before, now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			var most uint64
			s := logscan.NewScanner(&endless{text: text, left: size}, logscan.Options{})
			n := 0
			for s.Scan() {
				if n++; n%1000 == 0 {
					runtime.GC()
					runtime.ReadMemStats(&now)
					most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
			runtime.KeepAlive(s)
			t.Logf("%d traces in %d MiB, %.2f MiB in use", n, size>>20, float64(most)/(1<<20))
			if most > 8<<20 {
				t.Errorf("%d bytes in use, want at most 8 MiB", most)
			}
		})
	}
}
