//go:build !unix

// Package cpu counts the processor time of the process.
package cpu

import "time"

var started = time.Now()

// Time is a clock where the system's count of processor time is not asked for.
func Time() time.Duration { return time.Since(started) }
