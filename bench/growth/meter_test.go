package main

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stacktrace-go/stacktrace/internal/attack"
)

// TestMeter measures functions whose times are made up.
func TestMeter(t *testing.T) {
	for _, test := range []struct {
		name  string
		time  func(n float64) float64 // in ns for n bytes
		grows bool
	}{
		{"linear", func(n float64) float64 { return 100 * n }, false},
		{"fast", func(n float64) float64 { return n / 100 }, false},
		{"linear behind a start", func(n float64) float64 { return 1e5 + 20*n }, false},
		{"a cache that is too small", func(n float64) float64 {
			if n > 1<<16 {
				return 65 * n
			}
			return 50 * n
		}, false},
		{"n log n", func(n float64) float64 { return 10 * n * math.Log2(n) }, true},
		{"quadratic", func(n float64) float64 { return n * n / 10 }, true},
		{"quadratic beside much that is not", func(n float64) float64 { return 100*n + n*n/1e4 }, true},
		{"quadratic from a size on", func(n float64) float64 { return 10*n + math.Pow(max(n-1<<19, 0), 2)/1e4 }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var now time.Duration
			m := &meter{clock: func() time.Duration { return now }}
			m.function.Prepare = func(text string) func() attack.Result {
				return func() attack.Result {
					now += time.Duration(test.time(float64(len(text))))
					return attack.Result{}
				}
			}
			m.pieces = m.function
			for size := 1 << 10; size <= 1<<20 && !m.isDone(); size *= 2 {
				m.measure(strings.Repeat("a", size))
			}
			if complaint := m.growth(); (complaint != "") != test.grows {
				t.Errorf("complaint %q, want one: %t", complaint, test.grows)
			}
		})
	}
}

// TestNoise measures a function that sometimes takes longer than it should, and one that grows all the
// same.
func TestNoise(t *testing.T) {
	for _, grows := range []bool{false, true} {
		var now time.Duration
		calls := 0
		m := &meter{clock: func() time.Duration { return now }}
		m.function.Prepare = func(text string) func() attack.Result {
			return func() attack.Result {
				n := time.Duration(len(text))
				took := 100 * n
				if grows {
					took += n * n / 2000
				}
				if calls++; calls%3 == 0 && n >= 1<<16 {
					took += took
				}
				now += took
				return attack.Result{}
			}
		}
		m.pieces = m.function
		for size := 1 << 10; size <= 1<<20 && !m.isDone(); size *= 2 {
			m.measure(strings.Repeat("a", size))
		}
		if complaint := m.growth(); (complaint != "") != grows {
			t.Errorf("complaint %q, want one: %t", complaint, grows)
		}
	}
}

// TestMeterOfMemory measures a function that allocates more bytes per byte than may be.
func TestMeterOfMemory(t *testing.T) {
	var sink []byte
	m := &meter{clock: func() time.Duration { return 0 }}
	m.function.Prepare = func(text string) func() attack.Result {
		return func() attack.Result {
			sink = make([]byte, (attack.MostBeside+1)*len(text))
			return attack.Result{}
		}
	}
	m.measure(strings.Repeat("a", 1<<20))
	if complaint := m.memory(); complaint == "" {
		t.Errorf("no complaint of %d bytes", len(sink))
	}
	m = &meter{clock: m.clock, function: m.function, pieces: m.function}
	m.function.Most = attack.MostBeside + 1
	m.measure(strings.Repeat("a", 1<<20))
	if complaint := m.memory(); complaint != "" {
		t.Errorf("complaint %q, want none", complaint)
	}
}
