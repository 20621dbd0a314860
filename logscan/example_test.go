package logscan_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/stacktrace-go/stacktrace/logscan"
)

func ExampleScanner() {
	log := "2026-11-21T10:00:00Z INFO listening on port 80\n" +
		"2026-11-21T10:00:07Z ERROR TypeError: x is not a function\n" +
		"    at load (/app/cart.js:8:17)\n" +
		"    at main (/app/main.js:3:1)\n" +
		"2026-11-21T10:00:08Z INFO stopping\n"
	s := logscan.NewScanner(strings.NewReader(log), logscan.Options{
		Rest: func(_ int64, part []byte) { os.Stdout.Write(part) },
	})
	for s.Scan() {
		f := s.Found()
		fmt.Println(f.Start, f.End, f.Time.Format("15:04:05"), f.Trace.Type, f.Trace.Frames[0].Func)
	}
	if err := s.Err(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 47 168 10:00:07 TypeError load
	// 2026-11-21T10:00:00Z INFO listening on port 80
	// 2026-11-21T10:00:08Z INFO stopping
}
