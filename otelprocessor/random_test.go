package otelprocessor

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// TestRecombineLaws sends lines of all kinds in any order, in batches of any size, with flushes at any time
// and a consumer that refuses now and then, and checks that each line arrives once, that the records of a stream
// keep their order, and the lines of a record too.
func TestRecombineLaws(t *testing.T) {
	kinds := []string{
		"TypeError: number #", "    at f# (/srv/a.js:1:2)", "f#@https://h/a.js:1:2", "    at async g# (/srv/b.js:3:4) {", "  code: 'E#'", "}",
		"Caused by: Error: #", "--- #", "", "2026-11-29T09:00:00Z INFO request #", "app-# | Error: x", "app-1 |     at f# (/srv/a.js:1:2)", "app-2 | ready #",
		"Error: whole #\n    at f (/srv/a.js:1:2)\n    at g (/srv/a.js:2:3)", "    at f# (/srv/a.js:1:2)\nError: #", "tail #\n",
		`{"level":"error","n":#,"stack":"Error: x\n    at f (/srv/a.js:1:2)"}`, "Traceback (most recent call last): #", `  File "/srv/a.py", line 1, in f#`,
	}
	numbered := regexp.MustCompile(`<(\d+)>`)
	rounds := uint64(30)
	if testing.Short() {
		rounds = 5
	}
	for seed := range rounds {
		random := rand.New(rand.NewPCG(seed, 1))
		next := &sink{refuse: func(int) error {
			if random.IntN(5) == 0 {
				return fmt.Errorf("not now")
			}
			return nil
		}}
		config := recombining(func(c *Config) {
			c.LogBodies.Held = HeldConfig{Records: 1 + random.IntN(200), Bytes: 1 << 20, Streams: 1 + random.IntN(4)}
		})
		c, _ := startRecombiner(t, config, next)
		now, n := time.Now(), 0
		for range 100 {
			ld := plog.NewLogs()
			for range 1 + random.IntN(3) {
				rl := ld.ResourceLogs().AppendEmpty()
				rl.Resource().Attributes().PutInt("stream", int64(random.IntN(3)))
				records := rl.ScopeLogs().AppendEmpty().LogRecords()
				for range random.IntN(12) {
					// Each line has a number of its own, by which it is told.
					n++
					kind := kinds[random.IntN(len(kinds))]
					records.AppendEmpty().Body().SetStr(strings.ReplaceAll(kind, "#", strconv.Itoa(random.IntN(3))) + fmt.Sprintf("<%d>", n))
				}
			}
			for {
				sent := plog.NewLogs()
				ld.CopyTo(sent)
				if c.ConsumeLogs(context.Background(), sent) == nil {
					break
				}
			}
			if random.IntN(10) == 0 {
				now = now.Add(time.Duration(random.IntN(90)) * time.Minute)
				c.flush(now)
			}
		}
		require.NoError(t, c.Shutdown(context.Background()))
		seen := make(map[int]bool)
		last := make(map[string]int)
		for _, rl := range next.all().ResourceLogs().All() {
			stream := fmt.Sprint(rl.Resource().Attributes().AsRaw())
			for _, record := range rl.ScopeLogs().At(0).LogRecords().All() {
				before := 0
				for i, m := range numbered.FindAllStringSubmatch(record.Body().Str(), -1) {
					number, err := strconv.Atoi(m[1])
					require.NoError(t, err)
					require.False(t, seen[number], "seed %d: line %d came twice", seed, number)
					seen[number] = true
					require.Greater(t, number, before, "seed %d: the lines of a record: %s", seed, record.Body().Str())
					before = number
					if i == 0 {
						require.Greater(t, number, last[stream], "seed %d: the records of a stream", seed)
						last[stream] = number
					}
				}
			}
		}
		require.Len(t, seen, n, "seed %d", seed)
	}
}
