package logscan_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// shopLog is a log with two errors.
const shopLog = "2026-11-21T10:00:00Z INFO listening on port 80\n" +
	"2026-11-21T10:00:07Z ERROR TypeError: x is not a function\n" +
	"    at load (/app/cart.js:8:17)\n" +
	"2026-11-21T10:00:09Z ERROR Error: order 17 is lost\n" +
	"    at find (/app/orders.js:5:9)\n" +
	"2026-11-21T10:00:10Z INFO stopping\n"

func ExampleNewScanner() {
	found := 0
	for s := logscan.NewScanner(strings.NewReader(shopLog), logscan.Options{}); s.Scan(); {
		found++
	}
	fmt.Println(found, "traces")
	// Output: 2 traces
}

func ExampleScanner_Scan() {
	s := logscan.NewScanner(strings.NewReader(shopLog), logscan.Options{})
	for s.Scan() {
		fmt.Println(s.Found().Trace.Title())
	}
	// Output:
	// TypeError: x is not a function
	// Error: order 17 is lost
}

func ExampleScanner_Found() {
	s := logscan.NewScanner(strings.NewReader(shopLog), logscan.Options{})
	s.Scan()
	f := s.Found()
	fmt.Printf("%d %d %q\n", f.Start, f.End, f.Prefix)
	fmt.Print(f.Text)
	// Output:
	// 47 137 "2026-11-21T10:00:07Z ERROR "
	// TypeError: x is not a function
	//     at load (/app/cart.js:8:17)
}

func ExampleScanner_All() {
	for found, err := range logscan.NewScanner(strings.NewReader(shopLog), logscan.Options{}).All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(found.Time.Format(time.TimeOnly), found.Trace.Frames[0].File)
	}
	// Output:
	// 10:00:07 /app/cart.js
	// 10:00:09 /app/orders.js
}

// brokenReader fails after its text.
type brokenReader struct{ r *strings.Reader }

func (b brokenReader) Read(p []byte) (int, error) {
	if b.r.Len() == 0 {
		return 0, fmt.Errorf("the disk is gone")
	}
	return b.r.Read(p)
}

func ExampleScanner_Err() {
	s := logscan.NewScanner(brokenReader{strings.NewReader(shopLog)}, logscan.Options{})
	found := 0
	for s.Scan() {
		found++
	}
	fmt.Println(found, s.Err())
	// Output: 2 the disk is gone
}

func ExampleScanner_Close() {
	s := logscan.NewScanner(strings.NewReader(shopLog), logscan.Options{Workers: 2})
	defer s.Close() // the rest is not wanted
	if s.Scan() {
		fmt.Println(s.Found().Trace.Type)
	}
	// Output: TypeError
}

func ExampleNewPusher() {
	p := logscan.NewPusher(logscan.Options{}, func(f logscan.Found) {
		fmt.Println(f.Stream, f.Trace.Title())
	})
	p.Push("web-1", "TypeError: x is not a function")
	p.Push("web-2", "GET /cart took 12 ms")
	p.Push("web-1", "    at load (/app/cart.js:8:17)")
	p.Close()
	// Output: web-1 TypeError: x is not a function
}

func ExamplePusher_Push() {
	p := logscan.NewPusher(logscan.Options{}, func(f logscan.Found) { fmt.Println(f.Start, f.End, f.Trace.Title()) })
	fmt.Println(p.Push("web", "listening"))
	fmt.Println(p.Push("web", "Error: a\n    at f (/a.js:1:2)\n"))
	p.Close()
	// Output:
	// 0
	// 10
	// 10 40 Error: a
}

func ExamplePusher_Write() {
	p := logscan.NewPusher(logscan.Options{}, func(f logscan.Found) { fmt.Println(f.Trace.Title()) })
	fmt.Fprint(p, "Error: a\n    at f (/a.j") // a write may end anywhere
	fmt.Fprint(p, "s:1:2)\n")
	p.Close()
	// Output: Error: a
}

func ExamplePusher_Settle() {
	p := logscan.NewPusher(logscan.Options{}, func(f logscan.Found) { fmt.Println(f.Trace.Title()) })
	p.Push("", "Error: a\n    at f (/a.js:1:2)")
	fmt.Println("nothing has come for a second")
	p.Settle()
	fmt.Println("more may come")
	p.Close()
	// Output:
	// nothing has come for a second
	// Error: a
	// more may come
}

func ExamplePusher_Close() {
	p := logscan.NewPusher(logscan.Options{}, func(f logscan.Found) { fmt.Println(f.Trace.Title()) })
	p.Push("", "Error: a\n    at f (/a.js:1:2)")
	p.Close() // the trace has no line after it that would have told its end
	// Output: Error: a
}

func ExampleScanRange() {
	log := strings.NewReader(shopLog)
	middle := log.Size() / 2 // in a line of the first trace, which is of the first half
	for _, part := range [][2]int64{{0, middle}, {middle, log.Size()}} {
		s := logscan.ScanRange(log, part[0], part[1], logscan.Options{})
		for s.Scan() {
			fmt.Println(part[0] == 0, s.Found().Start, s.Found().Trace.Title())
		}
	}
	// Output:
	// true 47 TypeError: x is not a function
	// false 137 Error: order 17 is lost
}

func ExampleScanner_EndAt() {
	log := strings.NewReader(shopLog)
	s := logscan.ScanRange(log, 0, log.Size(), logscan.Options{})
	s.EndAt(100) // another machine takes what begins behind it
	for s.Scan() {
		fmt.Println(s.Found().Start, s.Found().Trace.Title())
	}
	// Output: 47 TypeError: x is not a function
}
