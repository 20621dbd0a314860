//go:build unix

package stacktracebeam_test

import (
	"syscall"
	"time"
)

// cpuTime returns how much CPU time this process has had.
func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
