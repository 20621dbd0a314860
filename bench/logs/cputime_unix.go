//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime returns the time that the process has had of all processors. Unlike that of a clock, it does
// not grow while others have them.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // it has no other reason than a wrong argument
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
