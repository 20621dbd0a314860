package logscan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// BenchmarkAttacks scans texts that are made to cost much. A byte must cost about the same, however many
// there are.
func BenchmarkAttacks(b *testing.B) {
	for _, unit := range []string{
		"    at h:1:2\nfine\n",
		"a@b:1:2\nfine and well\n",
		"x\n    at h:1:2\n\n\n",
		"2026-11-21T10:00:00Z ERROR at h:1:2\n",
		"a-1  | at h:1:2\nb-1  | at h:1:2\nc-1  | fine\n",
		`{"a":"\n at b@c:1:2"}` + "\n",
		`"\n at `,
		"Traceback (most recent call last):\n",
		"Traceback (most recent call last):\n  x\n",
		"1 | a\n",
		"  ^\n    at h:1:2\n",
		"Error: x {\n  [errors]: [\n      at h:1:2\n",
		"2026-11-21T10:00:00.123456789Z stderr P \\n at \n",
		": : : : Error at h:1:2\n",
		"[a] [b] [c] [d] at h:1:2\n",
	} {
		for _, size := range [...]int{1 << 16, 1 << 20} {
			b.Run(fmt.Sprintf("%.24q/%d", unit, size), func(b *testing.B) {
				text := strings.Repeat(unit, size/len(unit))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					s := logscan.NewScanner(strings.NewReader(text), logscan.Options{})
					for s.Scan() {
						benchSink++
					}
				}
			})
		}
	}
}
