//go:build unix

// Package cpu counts the processor time of the process.
package cpu

import (
	"syscall"
	"time"
)

// Time returns the time that the process has had of all processors. Unlike that of a clock, it does
// not grow while others have them.
func Time() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // it has no other reason than a wrong argument
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
