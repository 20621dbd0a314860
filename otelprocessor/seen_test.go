package otelprocessor

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// TestMemory checks that an error is told the same the first time and ever after, by several callers at
// once, and that errors that have parts in common are told apart.
func TestMemory(t *testing.T) {
	type told struct{ name, message, stack, body string }
	var all []told
	for i := range 50 {
		stack := strings.ReplaceAll(chromeStack, "total", fmt.Sprint("total", i))
		all = append(all, told{"", "", stack, ""}, told{"TypeError", "one", firefoxStack, ""}, told{"TypeError", fmt.Sprint("number ", i), firefoxStack, ""},
			told{"", "", "", stack}, told{"RangeError", "one", firefoxStack, ""}, told{"Error", "Script error.", "", ""})
	}
	logs := func() plog.Logs {
		return manyRecords(len(all), func(record plog.LogRecord, i int) {
			for key, value := range map[string]string{attrType: all[i].name, attrMessage: all[i].message, attrStack: all[i].stack} {
				if value != "" {
					record.Attributes().PutStr(key, value)
				}
			}
			record.Body().SetStr(all[i].body)
		})
	}
	set, _ := settings(t)
	fresh, err := newReader(set, configure(), new(sharedMaps))
	require.NoError(t, err)
	fresh.memory = nil
	want, err := fresh.logs(context.Background(), logs())
	require.NoError(t, err)

	r, err := newReader(set, configure(), new(sharedMaps))
	require.NoError(t, err)
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for range 5 {
				got, err := r.logs(context.Background(), logs())
				assert.NoError(t, err)
				for i, record := range got.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
					assert.Equal(t, want.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(i).Attributes().AsRaw(), record.Attributes().AsRaw())
				}
			}
		})
	}
	callers.Wait()
	kept := 0
	for i := range r.memory.findings {
		if r.memory.findings[i].Load() != nil {
			kept++
		}
	}
	assert.Positive(t, kept)
}

// TestMemoryOfLongTexts checks that nothing is kept that is long.
func TestMemoryOfLongTexts(t *testing.T) {
	set, _ := settings(t)
	r, err := newReader(set, configure(), new(sharedMaps))
	require.NoError(t, err)
	for range 3 {
		_, err := r.logs(context.Background(), logOf(t, "", nil, map[string]any{attrStack: "Error: " + strings.Repeat("long ", 2000) + "\n    at f (/a.js:1:2)"}))
		require.NoError(t, err)
	}
	for i := range r.memory.findings {
		assert.Nil(t, r.memory.findings[i].Load())
	}
}
