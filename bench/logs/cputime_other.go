//go:build !unix

package main

import "time"

var started = time.Now()

// cpuTime is a clock where the system's count of processor time is not asked for.
func cpuTime() time.Duration { return time.Since(started) }
